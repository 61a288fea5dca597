"""Reports of one happening lend each other what they tell."""

from __future__ import annotations

from datetime import date

import pytest

import dragoman
from dragoman.reading.events.coreference import Reports
from dragoman.records import Event, When


def events(text: str) -> dict[str, Event]:
    return {event.predicate.text: event for event in dragoman.read(text, published="2015-06-24").events}


def test_talks_that_are_judged_have_the_days_and_the_town_of_the_round_told_before() -> None:
    found = events(
        "On June 8, Geneva hosted talks between Kenya and Uganda. The talks were inconclusive, a diplomat said."
    )
    first, again = found["hosted talks"], found["talks"]
    assert again.same_as == first.id
    assert (again.when.earliest, again.when.latest) == (date(2015, 6, 8), date(2015, 6, 8))
    assert again.where is not None
    assert again.where.name == "Geneva"


def test_a_visit_told_twice_has_the_day_that_either_tells() -> None:
    found = dragoman.read(
        "Ban Ki-moon said he visited Kenya. “I visited Kenya on Monday,” Ban Ki-moon said.", published="2015-06-24"
    ).events
    assert len(found) == 2
    assert {event.when.earliest for event in found} == {date(2015, 6, 22)}


def test_a_demand_made_again_is_not_dated_by_the_first() -> None:
    found = events("On June 8 Kenya demanded a ceasefire from Uganda. Kenya still demands a ceasefire from Uganda.")
    assert found["demanded a ceasefire"].when.earliest == date(2015, 6, 8)
    assert found["demands a ceasefire"].when.earliest != date(2015, 6, 8)


@pytest.mark.parametrize(
    ("sentence", "word"),
    [
        ("Last week, Kenya said it was helping Uganda with a plan.", "helping"),
        ("Last week, Kenya said it was working with Uganda on a plan.", "working"),
    ],
)
def test_what_goes_on_while_it_is_reported_has_the_time_of_the_report(sentence: str, word: str) -> None:
    found = events(sentence)
    assert (found[word].when.earliest, found[word].when.latest) == (date(2015, 6, 15), date(2015, 6, 21))


def test_an_event_is_compared_with_those_only_that_it_may_repeat(monkeypatch: pytest.MonkeyPatch) -> None:
    found = events("Kenya demanded a ceasefire from Uganda on Monday. Uganda shelled a Kenyan village.")
    demand, raid = found["demanded a ceasefire"], found["shelled"]
    compared: list[tuple[When, When]] = []

    def same_days(a: When, b: When) -> bool:
        compared.append((a, b))
        return False

    monkeypatch.setattr("dragoman.reading.events.coreference._same_days", same_days)
    reports = Reports(frozenset())
    for _ in range(20):
        assert reports.same_as(demand, "demand", definite=False) is None
    assert len(compared) == 20 * 19 // 2
    assert reports.same_as(raid, "shell", definite=False) is None
    assert len(compared) == 20 * 19 // 2
