"""What a background paragraph tells: whom it names by what they were called, and when it was."""

from __future__ import annotations

from datetime import date

import dragoman
from dragoman.records import Event, Reading


def event(reading: Reading, words: str) -> Event:
    return next(each for each in reading.events if words in each.predicate.text)


def test_a_committee_of_several_countries_is_theirs() -> None:
    text = "A joint committee of Mali, Niger and Chad will meet within two months to discuss the border."
    assert set(event(dragoman.read(text, published=date(1988, 3, 4)), "meet").actors) == {"MLI", "NER", "TCD"}


def test_an_unknown_armed_body_named_after_a_country_is_not_its_army() -> None:
    text = "The government and the Gambia National Resistance Army signed a truce in Banjul on Monday."
    (actor,) = (each for each in dragoman.read(text, published=date(1988, 3, 4)).actors if "Resistance" in each.name)
    assert (actor.kind, actor.sector) == ("group", "REB")


def test_an_office_that_another_holds_is_not_given_again() -> None:
    text = (
        "Tanzania and Malawi quarrelled over the lake. Tanzania's foreign minister, Odo Kamanga, spoke first. "
        "Tanzania closed the border. Foreign Minister Pili Bandako sent a note."
    )
    reading = dragoman.read(text, published=date(1992, 10, 29))
    assert next(actor for actor in reading.actors if actor.id == "pili-bandako").of == "MWI"


def test_the_mediator_is_whom_the_article_has_called_one() -> None:
    text = (
        "Ghana's President John Kufuor, the mediator of the dispute in Togo, met the opposition in Lome. Nigeria's "
        "president, Olusegun Obasanjo, said that he was worried. The mediator proposed a new vote."
    )
    assert event(dragoman.read(text, published=date(2005, 4, 29)), "proposed").actors == ("john-kufuor",)


def test_days_of_talks_are_counted_back_from_where_they_led() -> None:
    text = "Peru and Chile signed a pact on Tuesday after 12 days of talks led by Brazil."
    talks = event(dragoman.read(text, published=date(1986, 3, 5)), "led")
    assert (talks.when.earliest, talks.when.latest) == (date(1986, 2, 21), date(1986, 3, 4))


def test_what_was_tried_in_autumn_was_refused_then() -> None:
    text = "Ghana tried to mediate in the autumn, but Togo rejected its plan."
    answer = event(dragoman.read(text, published=date(1998, 11, 22)), "rejected")
    assert (answer.when.earliest, answer.when.latest) == (date(1998, 9, 1), date(1998, 11, 22))


def test_an_earlier_meeting_has_the_days_of_its_own_phrase() -> None:
    text = "An earlier meeting in Tacna, called by Bolivia in December 1985, ended in failure."
    meeting = event(dragoman.read(text, published=date(1998, 11, 22)), "meeting")
    assert (meeting.when.earliest, meeting.when.latest) == (date(1985, 12, 1), date(1985, 12, 31))
