from __future__ import annotations

import gc
from datetime import timedelta
from pathlib import Path

import pytest
from archives import FIRST, Here, article, fill, recipe

import dragoman
from dragoman.ingest import reread
from dragoman.store.archive import Archive

NEWER = "1.1 model=b codebook=b knowledge=c"
FILTERS = [
    {}, {"actor": "ETH"}, {"actor": ["DZA", "FRA"], "with_": "ERI"}, {"recipient": "ETH", "type": "CONCEDE"},
    {"since": FIRST + timedelta(days=2), "until": FIRST + timedelta(days=7)}, {"history": True},
    {"with_": "ERI"}, {"with_": "abdelaziz-bouteflika"}, {"with_": ["ERI", "DZA"]}, {"with_": "ERI", "one_story": True},
    {"country": "DZA"}, {"actor": "ERI", "said_by": "abdelaziz-bouteflika"}, {"min_confidence": 0.5},
    {"context": "peacekeeping"}, {"topic": "ERI-ETH", "with_": "DZA"}, {"topic": "none"},
]  # fmt: skip


def _answers(archive: Archive) -> list[object]:
    found: list[object] = []
    for filters in FILTERS:
        found.append([(item.versions, item.record, item.article) for item in archive.events(**filters)])  # type: ignore[arg-type]
        for by in (("month", "dyad"), ("actor", "quad"), ("month", "quad"), ("year",)):
            found.append(archive.counts(by=by, **filters).list())  # type: ignore[arg-type]
        found.append(archive.facets(**filters))  # type: ignore[arg-type]
    found += [archive.dealings(actor, own) for actor, own in (("ERI", "ERI"), ("FRA", None), ("nobody", None))]
    found.append(archive.actors(country="DZA").list())
    found.append([(row["id"], row["office"]) for row in archive.table("actors").rows()])
    return found


def test_an_archive_in_memory_answers_as_its_files_do(tmp_path: Path) -> None:
    fill(tmp_path / "a", [article(n) for n in range(6)])
    held = dragoman.open(tmp_path / "a")
    assert held.hold()
    assert _answers(held) == _answers(dragoman.open(tmp_path / "a"))
    # What comes in later, and what an article of before gives way to: a corrected text, a newer reading.
    fill(tmp_path / "a", [article(7), article(8, url="https://example.org/8")])
    fill(tmp_path / "a", [article(8, "Corrected. ", url="https://example.org/8")])
    reread(tmp_path / "a", recipe(NEWER, 1.5), Here(), until=FIRST + timedelta(days=2))
    assert held.refresh()
    assert _answers(held) == _answers(dragoman.open(tmp_path / "a"))
    assert held.events().count() < held.events(history=True).count()


def test_who_asks_about_the_state_before_goes_on_with_it(tmp_path: Path) -> None:
    fill(tmp_path / "a", [article(n) for n in range(4)])
    held = dragoman.open(tmp_path / "a")
    held.hold()
    before = held.cursor()
    told = _answers(before)
    reread(tmp_path / "a", recipe(NEWER, 1.5), Here(), until=FIRST + timedelta(days=1))
    assert held.refresh()
    assert _answers(before) == told
    assert _answers(held) != told
    assert {item.versions for item in held.events(article=article(0).id)} == {NEWER}
    assert _answers(held.cursor()) == _answers(held)


def test_states_that_nobody_asks_about_leave_nothing_behind(tmp_path: Path) -> None:
    fill(tmp_path / "a", [article(0)])
    held = dragoman.open(tmp_path / "a")
    held.hold()
    for number in range(1, 4):
        fill(tmp_path / "a", [article(number)])
        assert held.refresh()
    gc.collect()
    schemas = held.run("SELECT count(*) FROM duckdb_schemas() WHERE schema_name LIKE 'snapshot%'").fetchall()
    assert schemas == [(1,)]


@pytest.mark.parametrize("past", [True, False])
def test_a_large_archive_and_one_of_the_past_stay_in_their_files(tmp_path: Path, past: bool) -> None:
    fill(tmp_path / "a", [article(n) for n in range(4)])
    archive = dragoman.open(tmp_path / "a", version=1) if past else dragoman.open(tmp_path / "a")
    assert not archive.hold(*(() if past else (3,)))
    assert archive.events().count() == 12


def test_an_empty_archive_can_be_held_and_fills_later(tmp_path: Path) -> None:
    from dragoman.store.tables import Tables

    Tables(tmp_path / "a").create()
    held = dragoman.open(tmp_path / "a")
    assert held.hold()
    assert held.events().list() == []
    fill(tmp_path / "a", [article(0)])
    assert held.refresh()
    assert held.events().count() == 3
