"""The check of the knowledge."""

from pathlib import Path

import pytest

from dragoman.knowledge import load_knowledge
from dragoman.knowledge.check import Finding, check, summary


@pytest.fixture(scope="module")
def shipped() -> tuple[Finding, ...]:
    return check(load_knowledge())


def test_the_shipped_knowledge_has_no_dead_ends(shipped: tuple[Finding, ...]) -> None:
    assert [finding for finding in shipped if finding.kind == "dead end"] == []


def test_the_shipped_overlaps_do_not_grow(shipped: tuple[Finding, ...]) -> None:
    assert summary(shipped).get("overlap", 0) <= 300


def test_dead_ends_and_overlaps_are_found(tmp_path: Path) -> None:
    path = tmp_path / "offices.csv"
    path.write_text(
        "person,office,of,start,end\n"
        "nobody-at-all,leader,HAMAS,2020,2021\n"
        "kofi-annan,president,NOWHERE,2020,2021\n"
        "kofi-annan,foreign minister,RUS,2015-01-01,2016-01-01\n",
        encoding="utf-8",
    )
    found = check(load_knowledge([path]))
    dead = [finding.message for finding in found if finding.kind == "dead end"]
    assert any("nobody-at-all" in message for message in dead)
    assert any("NOWHERE" in message for message in dead)
    overlaps = [finding.message for finding in found if finding.kind == "overlap"]
    assert any("sergey-lavrov" in message and "kofi-annan" in message for message in overlaps)


def test_a_seat_that_is_no_country_is_found(tmp_path: Path) -> None:
    path = tmp_path / "bodies.csv"
    path.write_text(
        "id,name,kind,sector,country,of,aliases,seats\nBLOC,Bloc,organization,IGO,,,,ATL\n", encoding="utf-8"
    )
    messages = [finding.message for finding in check(load_knowledge([path])) if finding.where == "BLOC"]
    assert messages == ["has its seat in 'ATL', which is no country"]
