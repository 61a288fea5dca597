from __future__ import annotations

from datetime import date

import pytest
from sample_reading import sample_reading

from dragoman.presentation import wording
from dragoman.records import When


@pytest.mark.parametrize(
    ("earliest", "latest", "words"),
    [
        ("2022-03-21", "2022-03-21", "21 Mar 2022"),
        ("2022-03-01", "2022-03-20", "1–20 Mar 2022"),
        ("2022-03-01", "2022-03-31", "Mar 2022"),
        ("2024-02-01", "2024-02-29", "Feb 2024"),
        ("2022-02-28", "2022-03-03", "28 Feb – 3 Mar 2022"),
        ("1994-01-01", "1994-12-31", "1994"),
        ("1999-12-30", "2000-01-02", "30 Dec 1999 – 2 Jan 2000"),
        ("2022-03-21", None, "from 21 Mar 2022"),
        (None, "2022-03-21", "until 21 Mar 2022"),
        (None, None, "day unknown"),
        ("9999-12-01", "9999-12-31", "Dec 9999"),
    ],
)
def test_a_span_of_days_is_told_in_few_words(earliest: str | None, latest: str | None, words: str) -> None:
    first, last = (date.fromisoformat(day) if day else None for day in (earliest, latest))
    assert wording.days(When(first, last, None, "stated")) == words


def test_actors_go_by_their_names_and_unknown_ids_by_themselves() -> None:
    names = wording.Names([sample_reading()])
    assert names.join(["ETH", "XYZ"]) == "Ethiopia, XYZ"


def test_a_step_says_who_and_through_whom() -> None:
    reading = sample_reading()
    names = wording.Names([reading])
    offer, agreement = reading.mediations[0].steps
    assert wording.step_parties(offer, names) == "Algeria → Ethiopia, Eritrea"
    assert wording.step_parties(agreement, names) == "Ethiopia, Eritrea; with Algeria"
    assert wording.step_title(agreement) == "Agreement"


def test_steps_stand_by_their_days_and_undated_ones_last() -> None:
    steps = sample_reading().mediations[0].steps
    assert [step.kind for step in wording.in_order(steps[::-1])] == ["offer", "agreement"]


@pytest.mark.parametrize(
    ("earliest", "latest", "words"),
    [
        ("2022-03-01", "2022-03-20", "1–20 Mar"),
        ("2022-03-21", "2022-03-21", "21 Mar"),
        ("2021-12-30", "2022-01-02", "30 Dec 2021 – 2 Jan 2022"),
        ("2022-01-01", "2022-12-31", "2022"),
        ("2022-03-01", "2022-03-31", "Mar 2022"),
        ("2021-03-21", "2021-03-21", "21 Mar 2021"),
    ],
)
def test_the_year_of_the_article_goes_without_saying(earliest: str, latest: str, words: str) -> None:
    when = When(date.fromisoformat(earliest), date.fromisoformat(latest), None, "stated")
    assert wording.days_within(when, 2022) == words


def test_a_place_is_told_with_its_country() -> None:
    reading = sample_reading()
    where = reading.events[0].where
    assert wording.place(where, wording.Names([reading])) == "Algiers, Algeria"
    assert wording.place(where, wording.Names([])) == "Algiers, DZA"
    assert wording.place(None, wording.Names([])) == ""
