"""A band that stands before a noun, or whose a noun is, is the one that the article tells of."""

from __future__ import annotations

from datetime import date

import pytest

import dragoman
from dragoman.records import Event

WAR = "UNITA and Angola's army fought near Huambo on Monday. The Angolan government said the rebels of UNITA had lost. "


def last_event(text: str) -> Event:
    return dragoman.read(WAR + text, published=date(1993, 3, 9)).events[-1]


@pytest.mark.parametrize(
    ("text", "recipient"),
    [
        ("Government warplanes bombed rebel positions on Tuesday.", "UNITA"),
        ("South African jets bombed a guerrilla camp on Tuesday.", "UNITA"),
        ("UNITA shelled an army outpost on Tuesday.", "AGO:MIL"),
        ("UNITA ambushed an army convoy on Tuesday.", "AGO:MIL"),
        ("UNITA shelled government positions on Tuesday.", "AGO"),
    ],
)
def test_what_is_attacked_is_attacked_for_those_whose_it_is(text: str, recipient: str) -> None:
    event = last_event(text)
    assert (event.type, event.recipients) == ("ASSAULT", (recipient,))


def test_rebel_soldiers_and_rebel_delegates_are_the_rebels() -> None:
    assert last_event("Rebel soldiers ambushed a train on Tuesday.").actors == ("UNITA",)
    assert set(last_event("Portugal's foreign minister met rebel delegates on Tuesday.").actors) >= {"UNITA"}


def test_delegates_of_a_government_are_not_of_the_country_in_which_they_meet() -> None:
    event = last_event("UNITA met a government commission in Zambia on Tuesday.")
    assert event.type == "CONSULT"
    assert set(event.actors) == {"UNITA", "AGO:GOV"}


def test_the_leadership_of_a_movement_leads_no_country() -> None:
    event = last_event("Portugal criticised the UNITA leadership on Tuesday.")
    assert (event.type, event.recipients) == ("ACCUSE", ("UNITA",))


@pytest.mark.parametrize("text", ["Guerrilla warfare is old.", "An army mutiny was feared.", "The port is calm."])
def test_a_kind_of_war_is_nobody(text: str) -> None:
    before = len(WAR)
    reading = dragoman.read(WAR + text, published=date(1993, 3, 9))
    assert not [actor.id for actor in reading.actors if any(span.start >= before for span in actor.mentions)]
