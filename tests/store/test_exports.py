from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from archives import article, fill
from typer.testing import CliRunner, Result

import dragoman
from dragoman.cli.app import app
from dragoman.store.exports import code, write_events


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("kept") / "archive"
    fill(path, [article(1), article(2)])
    return path


def _written(folder: Path, format: str, **filters: object) -> list[list[str]]:
    stream = io.StringIO()
    write_events(dragoman.open(folder), format, stream, **filters)
    return list(csv.reader(io.StringIO(stream.getvalue()), delimiter="\t"))


def test_dyads_are_what_took_place_a_pair_a_line(folder: Path) -> None:
    assert _written(folder, "cameo", article=article(1).id) == [
        ["date", "source", "target", "code"],
        ["2000-12-12", "ETH", "ERI", "057"],
        ["2000-12-12", "ERI", "ETH", "057"],
        ["2000-12-14", "DZA", "ETH", "039"],
        ["2000-12-14", "DZA", "ERI", "039"],
    ]
    assert ["2000-12-14", "ETH", "ERI", "0841"] in _written(folder, "cameo", status="future")


def test_rows_like_polecats_have_an_actor_and_a_recipient_each(folder: Path) -> None:
    head, *rows = _written(folder, "polecat", type="AGREE", article=article(1).id)
    found = [dict(zip(head, row, strict=True)) for row in rows]
    assert [(row["Actor Name"], row["Recipient Name"]) for row in found] == [
        ("Algeria", "Ethiopia"),
        ("Algeria", "Eritrea"),
    ]
    assert found[0]["Quad Code"] == "VERBAL COOPERATION"
    assert found[0]["Event Date"] == "2000-12-14"
    assert found[0]["Placename"] == ""
    # All columns of theirs are there, where we know nothing, too: scripts find them by place.
    assert (len(head), head[7], head[15], head[39]) == (40, "Actor Name", "Recipient Name", "Version")
    assert found[0]["Actor COW"] == ""


def test_plover_lines_say_who_did_what_to_whom_and_where_it_was_read(folder: Path) -> None:
    stream = io.StringIO()
    assert write_events(dragoman.open(folder), "plover", stream) == 6
    first = json.loads(stream.getvalue().splitlines()[0])
    assert (first["event"], first["date"], first["cameo"]) == (["SUPPORT"], "2000-12-12", "057")
    assert [item["code"] for item in first["actor"]] == ["ETH", "ERI"]
    assert first["actor"][0]["identifier_text"] == "Ethiopia"
    assert first["recipient"] == []
    assert first["quad_code"] == 1
    assert first["event_loc"]["geonameid"] == 2507480
    assert first["cite_info"]["publication"] == "Example Gazette"
    assert set(first["text_info"]) == {"sequence", "start", "end"}


@pytest.mark.parametrize(
    ("actor", "country", "sector", "written"),
    [
        ("RUS", "RUS", "GOV", "RUS"),
        ("RUS:MIL", "RUS", "MIL", "RUSMIL"),
        ("sergey-lavrov", "RUS", "GOV", "RUSGOV"),
        ("someone", "RUS", "UNK", "RUS"),
        ("NATO", None, "IGO", "IGONATO"),
        ("elders", None, "UNK", "ELDERS"),
    ],
)
def test_actors_are_written_as_cameo_writes_them(actor: str, country: str | None, sector: str, written: str) -> None:
    assert code(actor, country, sector) == written


def _run(*words: object) -> Result:
    return CliRunner().invoke(app, [*map(str, words)])


def test_the_command_line_exports_and_asks(folder: Path, tmp_path: Path) -> None:
    target = tmp_path / "events.parquet"
    assert _run("export", "parquet", "--archive", folder, "-o", target, "--actor", "DZA").exit_code == 0
    assert pq.read_table(target).num_rows == 2
    result = _run("export", "csv", "--archive", folder, "--table", "ties")
    rows = list(csv.DictReader(io.StringIO(result.stdout)))
    assert [row["kind"] for row in rows] == ["neighbour", "neighbour"]
    result = _run("events", "--archive", folder, "--actor", "DZA", "--format", "jsonl", "--limit", "1")
    assert json.loads(result.stdout)["type"] == "AGREE"
    result = _run("events", "--archive", folder, "--by", "type", "--format", "json")
    assert json.loads(result.stdout)[0] == {"type": "AGREE", "n": 2}
    result = _run("sql", "SELECT count(*) AS n FROM events", "--archive", folder, "--format", "csv")
    assert result.stdout == "n\n6\n"
    assert "articles" in _run("archive", "--archive", folder).stdout
    assert json.loads(_run("archive", "--archive", folder, "--format", "json").stdout)["articles"] == 2
    assert _run("problems", "--archive", folder).exit_code == 0
    assert _run("export", "parquet", "--archive", folder).exit_code == 2
    assert _run("export", "csv", "--archive", folder, "--table", "ties", "--actor", "DZA").exit_code == 2
