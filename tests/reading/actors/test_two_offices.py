"""Who holds several offices is called by the one that the text means."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

import dragoman
from dragoman.knowledge import load_knowledge
from dragoman.language import load
from dragoman.reading.actors import find_actors

PEOPLE = "person,name,country,aliases\nx-tembo,Xavier Tembo,ZMB,\n"
OFFICES = (
    "person,office,of,start,end,title,source\n"
    "x-tembo,president,ZMB-PARTY,2001,2020,,test\n"
    "x-tembo,president,ZMB,2010,2015,,test\n"
)
GROUPS = "id,name,kind,sector,country,of,aliases,source\nZMB-PARTY,Party of Zambian Tests,organization,PTY,ZMB,,,test\n"


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    found = []
    for name, text in (("people", PEOPLE), ("offices", OFFICES), ("groups", GROUPS)):
        path = tmp_path / f"{name}.csv"
        path.write_text(text, encoding="utf-8")
        found.append(path)
    return found


def office(text: str, published: date, files: list[Path]) -> tuple[str | None, str | None]:
    actors = find_actors(load()(text), published, load_knowledge(files))
    (tembo,) = (actor for actor in actors.records if actor.id == "x-tembo")
    return tembo.office, tembo.of


def test_the_president_of_a_country_is_that_before_he_is_his_partys(files: list[Path]) -> None:
    assert office("President Xavier Tembo met the envoys.", date(2012, 5, 6), files) == ("president", "ZMB")


def test_a_former_president_who_leads_a_party_is_the_former_president(files: list[Path]) -> None:
    told = office("Former president Xavier Tembo met the envoys.", date(2018, 5, 6), files)
    assert told == ("former president", None)


def test_a_title_of_his_time_makes_nobody_president_of_today() -> None:
    reading = dragoman.read(
        "WASHINGTON – U.S. officials said that President Bush had refused talks with North Korea in 1991. "
        "President Clinton met the envoy in the White House.",
        published="1994-06-18",
    )
    offices = {actor.id: actor.office for actor in reading.actors}
    assert offices["bill-clinton"] == "president"
    assert offices["george-h-w-bush"] is None


@pytest.mark.parametrize(
    "text",
    [
        "UNITED NATIONS – The secretary-general said on Monday that Iraq had refused to see his envoy.",
        "The United Nations met on Iraq. Yuli Vorontsov, the secretary-general's coordinator, told of no progress.",
    ],
)
def test_the_secretary_general_is_that_of_the_body_last_told_of_and_no_general(text: str) -> None:
    reading = dragoman.read(text, published=date(2001, 6, 20))
    words = {text[m.start : m.end].lower(): actor.id for actor in reading.actors for m in actor.mentions}
    assert words["the secretary-general"] == "kofi-annan"
    assert not [actor for actor in reading.actors if actor.sector == "MIL"]


def test_a_secretary_general_of_no_body_that_is_told_of_is_nobody() -> None:
    reading = dragoman.read(
        "The secretary-general met Iraqi officials in Geneva on Monday.", published=date(2001, 6, 20)
    )
    assert {actor.id for actor in reading.actors} <= {"IRQ:GOV", "IRQ"}
