from __future__ import annotations

import json
from pathlib import Path

import pytest
from archives import Here, article, fill, recipe
from typer.testing import CliRunner, Result

import dragoman
from dragoman.cli.app import app
from dragoman.cli.ingest import line
from dragoman.errors import DragomanError
from dragoman.ingest import Recipe, Report


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The command is tested here, not the reading."""

    def standard_recipe(*_: object) -> Recipe:
        return recipe()

    monkeypatch.setattr("dragoman.ingest.standard_recipe", standard_recipe)
    monkeypatch.setattr("dragoman.ingest.LocalEngine", lambda workers: Here())
    monkeypatch.chdir(tmp_path)


def _run(*words: object) -> Result:
    return CliRunner().invoke(app, [*map(str, words)])


def _file(*numbers: int) -> Path:
    path = Path("news.jsonl")
    rows = [{"text": article(n).text, "published": article(n).published.isoformat()} for n in numbers]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def test_ingest_makes_an_archive_and_goes_on_where_it_was() -> None:
    result = _run("ingest", _file(1, 2))
    assert result.exit_code == 0, result.output
    assert "2 articles read" in result.stderr
    result = _run("ingest", _file(1, 2, 3))
    assert "1 articles read, 2 known" in result.stderr
    assert dragoman.open("archive").articles().count() == 3


def test_what_is_refused_is_counted_and_named() -> None:
    path = _file(1)
    path.write_text(path.read_text(encoding="utf-8") + "{}\n", encoding="utf-8")
    result = _run("ingest", path)
    assert result.exit_code == 1
    assert "1 refused" in result.stderr
    problems = _run("problems", "--format", "json")
    assert json.loads(problems.stdout)[0]["origin"] == "news.jsonl, line 2"


def test_reread_reads_what_other_versions_have_read() -> None:
    fill(Path("archive"), [article(1), article(2)], recipe("0.9 model=a codebook=b knowledge=c"))
    result = _run("reread")
    assert "2 articles read" in result.stderr
    assert "0 articles read" in _run("reread").stderr
    assert json.loads(_run("events", "--history", "--by", "type", "--type", "AGREE", "--format", "json").stdout) == [
        {"type": "AGREE", "n": 4}
    ]


def test_mediations_are_told_from_an_archive() -> None:
    fill(Path("kept"), [article(1), article(2)])
    result = _run("mediations", "kept", "--format", "json")
    assert json.loads(result.stdout)[0]["articles"] == 2
    assert _run("mediation", "ERI-ETH", "kept").exit_code == 0


def test_where_an_ingest_stands_is_told_in_a_line() -> None:
    report = Report(seen=100, articles=80, known=15, refused=5, events=640, seconds=50.0)
    assert line(report, 1000) == (
        "100 of 1,000, 80 articles read, 15 known, 5 refused, 640 events, 2.0 a second, 7 min 30 s left"
    )
    assert line(Report()) == "0, 0 articles read, 0 events, 0 s"


def test_an_archive_that_is_not_there_is_said_to_be_missing() -> None:
    result = _run("events", "--archive", "nowhere")
    assert result.exit_code == 1
    assert "is no archive" in str(result.exception)


def test_where_the_reasons_of_refusals_are_is_a_command_to_paste() -> None:
    Path("empty").mkdir()
    result = _run("ingest", "empty", "--archive", "a place of my own/news")
    assert "`dragoman problems --archive a place of my own/news` tells why" in result.stderr


@pytest.mark.parametrize(("option", "value"), [("--type", "CONSULTATION"), ("--status", "done")])
@pytest.mark.parametrize("command", [["events"], ["export", "csv"]])
def test_a_type_or_status_that_there_is_not_is_an_error_and_not_an_empty_answer(
    command: list[str], option: str, value: str
) -> None:
    fill(Path("archive"), [article(1)], recipe())
    result = _run(*command, option, value)
    assert isinstance(result.exception, DragomanError)
    assert value in str(result.exception)


def test_a_type_is_found_in_small_letters_too() -> None:
    fill(Path("archive"), [article(1)], recipe())
    assert _run("events", "--type", "consult", "--format", "csv").stdout == (
        _run("events", "--type", "CONSULT", "--format", "csv").stdout
    )


def test_an_answer_without_rows_says_so() -> None:
    fill(Path("archive"), [article(1)], recipe())
    assert _run("events", "--actor", "nobody-at-all").stdout == "Nothing was found.\n"


def test_a_narrow_terminal_shows_days_and_types_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    fill(Path("archive"), [article(1)], recipe())
    rows = list(dragoman.open("archive").events().rows())
    monkeypatch.setenv("COLUMNS", "80")
    shown = _run("events").stdout
    assert rows
    assert all(str(row["day"]) in shown and row["type"] in shown for row in rows)
    monkeypatch.setenv("COLUMNS", "200")
    assert "predicate" in _run("events").stdout
