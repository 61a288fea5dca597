"""Every id that the records name leads to a record."""

from __future__ import annotations

from datetime import date

import pytest

import dragoman
from dragoman.knowledge import load_knowledge
from dragoman.reading.actors import Actors, everyone
from dragoman.records import Actor, Mediation, Mediator, Statement, Tie

DAY = date(2022, 3, 21)
RUSSIA = Actor("RUS", "Russia", "country", "RUS", "GOV", None, None, True, ())


def test_ids_of_ties_statements_and_files_have_records_with_what_is_known_of_them() -> None:
    actors = Actors([RUSSIA], [], {"RUS": RUSSIA})
    tie = Tie("TUR", "NATO", "member", "NATO member Turkey", 0)
    said = Statement("sergey-lavrov", 0, 5, False, None, 0)
    file = Mediation("RUS-UKR", ("RUS", "UKR"), (Mediator("TUR", ("host",)),), ())
    found = everyone(actors, [], [said], [tie], [file], load_knowledge(), DAY)
    assert [record.id for record in found] == ["RUS", "sergey-lavrov", "TUR", "NATO", "UKR"]
    assert (found[1].office, found[1].of, found[1].mentions) == ("foreign minister", "RUS", ())


def test_an_id_that_nobody_knows_is_a_record_that_says_so() -> None:
    actors = Actors([], [], {})
    found = everyone(actors, [], [Statement("nobody-known", 0, 5, False, None, 0)], [], [], load_knowledge(), DAY)
    assert (found[0].id, found[0].known, found[0].sector) == ("nobody-known", False, "UNK")


@pytest.mark.parametrize(
    ("text", "given"),
    [
        (
            "The Security Council issued an ultimatum to India and Pakistan on Monday.",
            {"IND": "India", "PAK": "Pakistan"},
        ),
        ("American troops have begun leaving Afghanistan.", {"AFG": "Afghanistan"}),
    ],
)
def test_a_country_that_something_is_done_to_is_shown_where_its_name_stands(text: str, given: dict[str, str]) -> None:
    reading = dragoman.read(text, published="2021-06-30")
    assert {who for event in reading.events for who in event.recipients} == set(given)
    shown = {actor.id: {text[span.start : span.end] for span in actor.mentions} for actor in reading.actors}
    assert {who: shown[who] for who in given} == {who: {name} for who, name in given.items()}


def test_a_place_in_which_something_happens_is_no_mention_of_its_country() -> None:
    text = "Britain and France met in Kenya on Monday. Britain praised Kenya on Tuesday."
    kenya = next(actor for actor in dragoman.read(text, published="2021-06-30").actors if actor.id == "KEN")
    assert [span.start for span in kenya.mentions] == [text.rindex("Kenya")]
