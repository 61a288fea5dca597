from __future__ import annotations

import csv
import dataclasses
import io
import json
from datetime import date
from pathlib import Path

import pytest
from sample_reading import sample_reading
from typer.testing import CliRunner, Result

from dragoman.cli.app import app
from dragoman.mediation import MediationFile


def _run(*arguments: object) -> Result:
    return CliRunner().invoke(app, [*map(str, arguments)], env={"COLUMNS": "100"})


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    """A folder as `dragoman read --output` leaves it: two articles, the second a month later."""
    folder = tmp_path / "kept"
    (folder / "articles").mkdir(parents=True)
    for identifier, day in (("a", date(2001, 8, 13)), ("b", date(2001, 9, 13))):
        text = json.dumps(sample_reading().to_dict()).replace(sample_reading().article.id, identifier)
        data = json.loads(text)
        data["article"]["published"] = day.isoformat()
        (folder / "articles" / f"{identifier}.json").write_text(json.dumps(data), encoding="utf-8")
    return folder


def test_the_list_names_parties_and_how_much_is_known(kept: Path) -> None:
    result = _run("mediations", kept)
    assert result.exit_code == 0, result.output
    assert "ERI-ETH" in result.stdout
    assert "13 Aug 2001" in result.stdout


def test_the_list_as_json_counts_articles_and_days(kept: Path) -> None:
    (found,) = json.loads(_run("mediations", kept, "--format", "json").stdout)
    assert (found["id"], found["articles"]) == ("ERI-ETH", 2)
    assert (found["first_report"], found["latest_report"]) == ("2001-08-13", "2001-09-13")


def test_the_list_as_of_a_day_knows_nothing_of_later_articles(kept: Path) -> None:
    (found,) = json.loads(_run("mediations", kept, "--format", "json", "--as-of", "2001-08-31").stdout)
    assert found["articles"] == 1
    assert json.loads(_run("mediations", kept, "--format", "json", "--as-of", "2001-08-01").stdout) == []


def test_a_file_shows_each_step_with_the_sentence_that_it_rests_on(kept: Path) -> None:
    result = _run("mediation", "ERI-ETH", kept)
    assert result.exit_code == 0, result.output
    step = sample_reading().mediations[0].steps[0]
    assert step.kind.capitalize() in result.stdout
    assert "“" in result.stdout
    assert "sentence 1" in result.stdout


def test_a_file_is_found_whatever_the_order_and_the_capitals_of_its_parties(kept: Path) -> None:
    assert _run("mediation", "eth-eri", kept).stdout == _run("mediation", "ERI-ETH", kept).stdout


def test_a_file_as_json_can_be_taken_up_again(kept: Path) -> None:
    file = MediationFile.from_dict(json.loads(_run("mediation", "ERI-ETH", kept, "--format", "json").stdout))
    assert len(file.articles) == 2


@pytest.mark.parametrize("format", ["csv", "events"])
def test_tables_have_a_row_a_step(kept: Path, format: str) -> None:
    rows = list(csv.DictReader(io.StringIO(_run("mediation", "ERI-ETH", kept, "--format", format).stdout)))
    assert rows
    assert {row.get("conflict", row.get("conflict_id")) for row in rows} == {"ERI-ETH"}


def test_a_brief_has_a_footnote_for_its_sentences(kept: Path) -> None:
    page = _run("mediation", "ERI-ETH", kept, "--brief", "--format", "md").stdout
    assert "[^1]" in page
    assert "[^1]: " in page
    assert "<!DOCTYPE html>" in _run("mediation", "ERI-ETH", kept, "--brief", "--format", "html").stdout
    assert "Sources" in _run("mediation", "ERI-ETH", kept, "--brief").stdout


def test_a_briefing_begins_with_what_is_new(kept: Path) -> None:
    result = _run("mediation", "ERI-ETH", kept, "--since", "2001-08-20")
    assert "New since 20 August 2001" in result.stdout


def test_a_briefing_without_news_says_so(kept: Path) -> None:
    result = _run("mediation", "ERI-ETH", kept, "--since", "2001-12-31", "--brief", "--format", "md")
    assert "Nothing is new since 31 December 2001." in result.stdout
    assert "## New since" not in result.stdout


def test_what_was_not_yet_reported_is_said(kept: Path) -> None:
    result = _run("mediation", "ERI-ETH", kept, "--as-of", "1999-01-01")
    assert result.exit_code == 1
    assert "nothing was reported" in str(result.exception)


def test_an_unknown_file_is_an_error_that_names_the_known_ones(kept: Path) -> None:
    result = _run("mediation", "FRA-GBR", kept)
    assert result.exit_code == 1
    assert "ERI-ETH" in str(result.exception)


def test_a_brief_as_a_table_is_a_wrong_command(kept: Path) -> None:
    assert _run("mediation", "ERI-ETH", kept, "--brief", "--format", "csv").exit_code == 2


def test_records_that_are_damaged_are_named(kept: Path) -> None:
    file = kept / "articles" / "a.json"
    data = sample_reading().to_dict()
    del data["article"]["text"]
    file.write_text(json.dumps(data), encoding="utf-8")
    result = _run("mediations", kept)
    assert result.exit_code == 1
    assert str(file) in str(result.exception)


def test_readings_as_json_lines_are_taken_without_reading_again(tmp_path: Path) -> None:
    path = tmp_path / "kept.jsonl"
    path.write_text(json.dumps(sample_reading().to_dict()) + "\n", encoding="utf-8")
    assert "ERI-ETH" in _run("mediations", path).stdout


def test_without_a_mediation_that_is_said(tmp_path: Path) -> None:
    path = tmp_path / "kept.json"
    path.write_text(json.dumps(dataclasses.replace(sample_reading(), mediations=()).to_dict()), encoding="utf-8")
    result = _run("mediations", path)
    assert (result.exit_code, result.stdout) == (0, "No mediation is told of.\n")


def test_without_a_path_the_archive_is_asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    text = "Ethiopia and Eritrea signed a peace agreement in Algiers on Tuesday that ends their war."
    (tmp_path / "one.txt").write_text(f"date 2000-12-13\n{text}", encoding="utf-8")
    assert _run("ingest", "one.txt", "--workers", 1).exit_code == 0
    for arguments in ((), ("--archive", tmp_path / "archive"), (tmp_path / "archive",)):
        assert "ERI-ETH" in _run("mediations", *arguments).stdout
    assert "signed" in _run("mediation", "ERI-ETH").stdout


def test_without_an_archive_it_is_said_how_to_make_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    result = _run("mediations")
    assert result.exit_code == 1
    assert "dragoman ingest" in str(result.exception)
