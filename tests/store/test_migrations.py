from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from archives import article, fill

import dragoman
from dragoman.store import schema

KEPT = Path(__file__).parent / "archives"


@pytest.mark.parametrize("version", sorted(path.name for path in KEPT.iterdir()))
def test_an_archive_of_every_version_can_be_read(version: str) -> None:
    archive = dragoman.open(KEPT / version / "archive")
    wanted = json.loads((KEPT / version / "readings.json").read_text(encoding="utf-8"))
    assert [reading.to_dict() for reading in archive.readings()] == wanted
    assert archive.events().count() == sum(len(reading["events"]) for reading in wanted)
    assert archive.counts(("type",)).list()
    assert [file.id for file in archive.mediations()] == ["ERI-ETH"]
    assert archive.problems().count() == 1


def test_an_archive_of_an_older_schema_is_read_as_it_is_and_grows_when_it_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as past:
        events = schema.TABLES["events"]
        past.setitem(schema.TABLES, "events", events.remove(events.get_field_index("why")))
        past.setattr("dragoman.store.writing.SCHEMA", 0)
        past.setattr("dragoman.store.snapshot.SCHEMA", 0)
        fill(tmp_path, [article(1)])
    shutil.rmtree(tmp_path / "times")  # a table that the older schema did not have
    before = dragoman.open(tmp_path)
    assert before.info().schema == 0
    assert before.sql("SELECT DISTINCT why FROM events").list() == [{"why": None}]
    assert before.sql("SELECT count(*) AS n FROM times").list() == [{"n": 0}]
    fill(tmp_path, [article(2)])
    after = dragoman.open(tmp_path)
    assert after.info().schema == schema.SCHEMA
    assert after.sql("SELECT count(*) AS n, count(why) AS told FROM events").list() == [{"n": 6, "told": 3}]
    assert after.sql("SELECT count(*) AS n FROM times").list() == [{"n": 2}]
