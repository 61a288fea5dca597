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


def test_the_other_side_and_a_rival_are_the_other_of_two() -> None:
    two = "Ecuador and Peru fought over the border on Monday. "
    for text in ("Peru blamed the other side.", "Peru accused its rival of aggression.", "Peru blamed its enemy."):
        event = dragoman.read(two + text, published=date(1995, 2, 3)).events[-1]
        assert (event.type, event.actors, event.recipients) == ("ACCUSE", ("PER",), ("ECU",))


def test_both_of_two_are_not_three_who_met_between_them() -> None:
    text = (
        "Ecuador and Peru fought over the border on Monday. Brazil, Chile and Argentina met in Rio. "
        "Both armies shelled the valley, and both parties asked the Red Cross for help."
    )
    *_, shelling, asking = dragoman.read(text, published=date(1995, 2, 3)).events
    assert set(shelling.actors) == {"ECU:MIL", "PER:MIL"}
    assert set(asking.actors) == {"ECU", "PER"}


def test_an_agency_is_the_body_that_was_named() -> None:
    text = "The World Food Programme halted flights to Chad on Monday. The agency demanded guarantees."
    assert dragoman.read(text, published=date(1995, 2, 3)).events[-1].actors == ("WFP",)


def test_those_whom_a_group_has_are_the_group() -> None:
    text = "The Contact Group met in London on Monday. The group's ministers demanded a ceasefire in Bosnia."
    assert dragoman.read(text, published=date(1995, 2, 3)).events[-1].actors == ("CONTACT-GROUP",)


def test_an_ousted_government_is_nobody_in_view() -> None:
    text = "Captain Moussa Dadis Camara seized power in Guinea on Tuesday. He blamed the ousted government."
    event = dragoman.read(text, published=date(2008, 12, 24)).events[-1]
    assert (event.type, event.recipients) == ("ACCUSE", ("GIN:ELI",))


def test_the_men_of_a_general_are_soldiers_of_his_country() -> None:
    text = (
        "Indonesia and the Free Aceh Movement met. General Endriartono Sutarto said his men would stop their patrols."
    )
    reading = dragoman.read(text, published=date(2005, 7, 18))
    (men,) = [actor for actor in reading.actors for span in actor.mentions if text[span.start : span.end] == "his men"]
    assert men.id == "IDN:MIL"
    assert [statement.speaker for statement in reading.statements] == ["endriartono-sutarto"]
