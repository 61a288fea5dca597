from __future__ import annotations

import dataclasses
import json
import sys
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import pytest
from sample_reading import sample_reading
from typer.testing import CliRunner, Result

from dragoman.cli.app import app
from dragoman.errors import DragomanError
from dragoman.records import Reading
from dragoman.sources import RawArticle

TEXT = "The two parties signed an agreement in Ohrid on Monday, and the envoys of both unions praised it."


class _Reader:
    """Reads any article as the sample, under its own id and day: the command, not the reading, is tested here."""

    def read_all(self, articles: Iterable[RawArticle]) -> Iterator[Reading]:
        for raw in articles:
            article = dataclasses.replace(
                sample_reading().article, id=raw.id, published=raw.published, external_id=raw.external_id
            )
            yield dataclasses.replace(sample_reading(), article=article)


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[tuple[object, ...]]:
    """The reader's place is taken; gives what it was asked for."""
    calls: list[tuple[object, ...]] = []

    def default_reader(*wanted: object) -> _Reader:
        calls.append(wanted)
        return _Reader()

    monkeypatch.setitem(sys.modules, "dragoman.reader", SimpleNamespace(default_reader=default_reader))
    monkeypatch.chdir(tmp_path)
    return calls


def _run(*arguments: object, text: str | None = None) -> Result:
    return CliRunner().invoke(app, ["read", *map(str, arguments)], input=text)


def _article(folder: Path, name: str = "a.txt", day: str = "date 2001-08-13 ") -> Path:
    path = folder / name
    path.write_text(f"{day}{TEXT}", encoding="utf-8")
    return path


@pytest.mark.usefixtures("asked")
def test_one_article_as_json_is_one_object_of_the_contract(tmp_path: Path) -> None:
    result = _run("--format", "json", _article(tmp_path))
    assert result.exit_code == 0
    reading = Reading.from_dict(json.loads(result.stdout))
    assert reading.article.published.isoformat() == "2001-08-13"


@pytest.mark.usefixtures("asked")
def test_tables_with_columns_of_other_names_and_pages_are_read(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(f'day,story\n2001-08-13,"{TEXT}"\n')
    (tmp_path / "b.html").write_text(
        f"<html><head><title>Signed</title></head><body><p>Published: 14 August 2001</p><p>{TEXT}</p></body></html>"
    )
    result = _run("--format", "jsonl", "--column", "text=story", "--column", "published=day", tmp_path)
    days = [json.loads(line)["article"]["published"] for line in result.stdout.splitlines()]
    assert (days, result.exit_code) == (["2001-08-13", "2001-08-14"], 0)


@pytest.mark.usefixtures("asked")
@pytest.mark.parametrize("column", ["story", "text=", "body=story"])
def test_a_column_that_is_no_field_is_said(tmp_path: Path, column: str) -> None:
    result = _run("--column", column, _article(tmp_path))
    assert result.exit_code != 0
    assert "the fields are text, published" in str(result.exception)


@pytest.mark.usefixtures("asked")
def test_several_articles_as_json_are_an_array(tmp_path: Path) -> None:
    result = _run("--format", "json", _article(tmp_path), _article(tmp_path, "b.txt", "date 2001-08-14 "))
    assert [item["article"]["published"] for item in json.loads(result.stdout)] == ["2001-08-13", "2001-08-14"]


@pytest.mark.usefixtures("asked")
def test_json_lines_are_one_object_a_line(tmp_path: Path) -> None:
    result = _run("--format", "jsonl", _article(tmp_path), _article(tmp_path, "b.txt"))
    assert len([json.loads(line) for line in result.stdout.splitlines()]) == 2


@pytest.mark.usefixtures("asked")
def test_text_is_a_report(tmp_path: Path) -> None:
    result = _run(_article(tmp_path))
    assert "Who did what to whom" in result.stdout
    assert "[Ethiopia]" in result.stdout


@pytest.mark.usefixtures("asked")
def test_what_is_refused_is_named_on_stderr_the_rest_is_read_and_the_exit_code_is_1(tmp_path: Path) -> None:
    undated = _article(tmp_path, "undated.txt", "")
    result = _run("--format", "json", undated, _article(tmp_path))
    assert result.exit_code == 1
    assert f"{undated}: it has no date" in result.stderr
    assert "--published" in result.stderr
    assert len(json.loads(result.stdout)) == 1


def test_when_nothing_can_be_read_the_model_is_not_even_loaded(tmp_path: Path, asked: list[tuple[object, ...]]) -> None:
    result = _run("--format", "json", _article(tmp_path, "undated.txt", ""))
    assert (result.exit_code, result.stdout, asked) == (1, "", [])


@pytest.mark.usefixtures("asked")
def test_standard_input_is_read_when_no_file_is_named() -> None:
    for arguments in (("--published", "2001-08-13"), ("-", "--published", "13 August 2001")):
        result = _run("--format", "json", *arguments, text=TEXT)
        assert json.loads(result.stdout)["article"]["published"] == "2001-08-13"


def test_a_day_that_is_none_is_a_plain_error(tmp_path: Path, asked: list[tuple[object, ...]]) -> None:
    result = _run("--published", "today", _article(tmp_path))
    assert result.exit_code == 1
    assert "2022-03-21" in str(result.exception)
    assert asked == []


def test_frames_and_actors_come_from_settings_and_options(tmp_path: Path, asked: list[tuple[object, ...]]) -> None:
    (tmp_path / "dragoman.toml").write_text('frames = ["ours.tsv"]\nformat = "jsonl"\nmodel = "other"')
    result = _run(_article(tmp_path), "--frames", "mine.tsv", "--actors", "mine.csv")
    assert result.exit_code == 0
    assert len(result.stdout.splitlines()) == 1
    assert asked == [((Path("ours.tsv"), Path("mine.tsv")), (Path("mine.csv"),), "other")]


@pytest.mark.usefixtures("asked")
def test_a_folder_of_output_holds_records_table_files_and_page(tmp_path: Path) -> None:
    out = tmp_path / "out"
    result = _run(_article(tmp_path), "--output", out)
    assert result.exit_code == 0, result.output
    (record,) = (out / "articles").iterdir()
    assert Reading.from_dict(json.loads(record.read_text())).events
    assert len((out / "events.csv").read_text().splitlines()) == 4
    assert {path.name for path in (out / "mediations").iterdir()} == {
        f"ERI-ETH.{suffix}" for suffix in ("csv", "html", "json", "md")
    }
    assert "Eritrea – Ethiopia" in (out / "index.html").read_text(encoding="utf-8")
    assert "index.html" in result.stdout


def test_a_folder_that_was_filled_is_read_again_article_by_article_and_its_pages_are_no_news(
    asked: list[tuple[object, ...]], tmp_path: Path
) -> None:
    sample = sample_reading().article
    line = {"text": TEXT, "published": "2001-08-13", "title": "Signed", "id": "7", "url": "https://example.org/7"}
    (tmp_path / "news.jsonl").write_text(json.dumps(line) + "\n", encoding="utf-8")
    folder = tmp_path / "out" / "kept"
    _run(tmp_path / "news.jsonl", "--output", folder)
    assert {path.name for path in folder.iterdir()} >= {"articles", "events.csv", "index.html"}
    again = _run(tmp_path / "out", "--format", "jsonl")
    assert again.exit_code == 0, again.output
    (reading,) = map(json.loads, again.stdout.splitlines())
    # The reader of this test gives every article the sample's text, under its own id.
    assert (reading["article"]["external_id"], reading["article"]["published"]) == ("7", "2001-08-13")
    assert reading["article"]["id"] == RawArticle(text=sample.text, published=date(2001, 8, 13)).id


def test_an_archive_is_no_source_and_says_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "batches" / "_delta_log").mkdir(parents=True)
    (tmp_path / "articles").mkdir()
    result = _run(tmp_path)
    assert result.exit_code == 1
    assert "dragoman reread" in " ".join(result.output.split())


@pytest.mark.usefixtures("asked")
def test_a_folder_that_cannot_be_made_is_said_without_a_stack(tmp_path: Path) -> None:
    (tmp_path / "kept").write_text("a file", encoding="utf-8")
    result = _run("--output", tmp_path / "kept", _article(tmp_path))
    assert isinstance(result.exception, DragomanError)
    assert "it cannot be written" in str(result.exception)
