"""Many articles are read by a process a core, and nobody can tell from the records."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

import dragoman
from dragoman.cli import session
from dragoman.cli.app import app
from dragoman.sources import from_text

CITIES = ("Oslo", "Doha", "Nairobi", "Geneva", "Muscat", "Cairo", "Algiers", "Vienna", "Rome")
TEXTS = [f"The foreign ministers of Kenya and Uganda met in {city} on Monday and agreed to a truce." for city in CITIES]


def test_two_processes_give_the_records_of_one_in_the_same_order() -> None:
    articles = [from_text(text, published="2021-03-05") for text in TEXTS]
    with dragoman.Readers(workers=2) as readers:
        found = list(readers.read_all(iter(articles)))
    assert found == [dragoman.default_reader().read(article) for article in articles]


@pytest.mark.parametrize("few", [2, 100])
def test_the_command_prints_the_same_whether_there_are_many_articles_or_few(
    few: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(session, "_FEW", few)
    monkeypatch.setattr(session, "cores", lambda: 2)
    path = tmp_path / "articles.jsonl"
    rows = [{"text": text, "published": "2021-03-05"} for text in TEXTS[:4]]
    path.write_text("\n".join([json.dumps(rows[0]), "no JSON", *map(json.dumps, rows[1:])]), encoding="utf-8")
    result = CliRunner().invoke(app, ["read", "--format", "jsonl", str(path)])
    assert result.exit_code == 1
    assert "line 2" in result.stderr
    found = [json.loads(line) for line in result.stdout.splitlines()]
    assert found == [dragoman.read(row["text"], published="2021-03-05").to_dict() for row in rows]
