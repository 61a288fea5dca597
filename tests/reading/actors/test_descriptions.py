"""Who is meant by a description that names nobody: leaders of states just told of, sources, some of a man's men."""

from __future__ import annotations

import pytest

import dragoman


def doers(text: str) -> set[str]:
    """Everyone who acts in an event of a text, or on whose word it has something."""
    reading = dragoman.read(text, published="2003-05-06")
    speakers = {statement.speaker for statement in reading.statements if statement.speaker is not None}
    return speakers | {actor for event in reading.events for actor in event.actors}


def test_both_leaders_are_those_who_lead_the_two_countries_on_the_day() -> None:
    text = "The governments of Kenya and Uganda are at odds. Both presidents will sign a pact in Arusha."
    assert doers(text) == {"mwai-kibaki", "yoweri-museveni"}


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("An army source in Khartoum said that the rebels had left.", "SDN:MIL"),
        ("The other rebel group, Bemba's Movement for the Liberation of Congo, rejected the plan.", "MLC"),
        ("A man in Aleppo said that the army had shelled the market.", "SYR:CVL"),
    ],
)
def test_who_is_described_is_of_whom_the_words_say(text: str, who: str) -> None:
    assert who in doers(text)


def test_some_of_a_presidents_backers_are_not_the_president() -> None:
    text = "Several of President Aristide's backers criticised the amnesty."
    assert doers(text).isdisjoint({"jean-bertrand-aristide"})


def test_what_stands_before_a_noun_puts_nobody_into_a_town() -> None:
    reading = dragoman.read("One man said that the army had shelled the market.", published="2003-05-06")
    assert not [actor for actor in reading.actors if actor.country == "CHE"]


def test_what_somebody_says_in_quotation_marks_does_not_part_he_from_him() -> None:
    text = (
        'The war began when Jorge Paz was a boy. "The army came at night. It was cold. Nobody was hurt. '
        'The villages burned. The roads were closed." He accused Benin of a breach of the truce.'
    )
    assert "jorge-paz" in doers(text)
