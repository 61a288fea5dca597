"""Time expressions get the days that they stand for, with the language model and, where marked plain, without tags."""

import itertools
import json
from datetime import date, timedelta
from pathlib import Path

import pytest
import spacy
from hijridate import Gregorian
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.tokens import Doc

import dragoman
from dragoman.reading.when import find_times
from dragoman.reading.when.feasts import occurrences

CASES = json.loads((Path(__file__).parents[1] / "cases" / "times.json").read_text(encoding="utf-8"))["cases"]
BLANK = spacy.blank("en")
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

Found = list[tuple[str, str | None, str | None]]


@pytest.fixture(scope="module")
def docs() -> dict[str, Doc]:
    texts = [case["text"] for case in CASES]
    return dict(zip(texts, dragoman.load().pipe(texts), strict=True))


def spans(doc: Doc, published: str) -> Found:
    def day(value: date | None) -> str | None:
        return value.isoformat() if value else None

    times = find_times(doc, date.fromisoformat(published))
    return [(time.record.text or "", day(time.record.earliest), day(time.record.latest)) for time in times]


def check(found: Found, expected: list[list[str | None]]) -> None:
    assert [entry[1:] for entry in found] == [tuple(entry[1:]) for entry in expected], found
    for (words, *_), (wanted, *_) in zip(found, expected, strict=True):
        assert wanted
        assert wanted in words or words in wanted


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['published']} {case['text'][:50]}")
def test_a_sentence_of_news_gives_its_days(case: dict, docs: dict[str, Doc]) -> None:  # type: ignore[type-arg]
    check(spans(docs[case["text"]], case["published"]), case["times"])


@pytest.mark.parametrize(
    "case", [case for case in CASES if case.get("plain")], ids=lambda case: f"{case['published']} {case['text'][:50]}"
)
def test_days_are_found_without_tags_and_trees(case: dict) -> None:  # type: ignore[type-arg]
    check(spans(BLANK(case["text"]), case["published"]), case["times"])


@pytest.mark.parametrize(
    "text", ["in mid-June 1994", "in mid - June 1994", "1994–1996", "1994 – 1996", "2007-10-04", "2007 - 10 - 04"]
)
def test_days_do_not_depend_on_how_hyphens_are_split(text: str) -> None:
    joined = text.replace(" - ", "-").replace(" – ", "–")
    split = [entry[1:] for entry in spans(BLANK(text), "2022-03-21")]
    assert split
    assert split == [entry[1:] for entry in spans(BLANK(joined), "2022-03-21")]


@settings(max_examples=40, deadline=None)
@given(
    day=st.dates(date(1950, 1, 1), date(2070, 1, 1)),
    weekday=st.sampled_from(WEEKDAYS),
    frame=st.sampled_from(["They met on {}.", "They will meet on {}.", "Last {} they met.", "They meet next {}."]),
    weeks=st.integers(-500, 500),
)
def test_a_weekday_moves_with_the_publication_date(day: date, weekday: str, frame: str, weeks: int) -> None:
    text = frame.format(weekday)
    shift = timedelta(weeks=weeks)
    (here,) = find_times(BLANK(text), day)
    (there,) = find_times(BLANK(text), day + shift)
    assert here.record.earliest
    assert there.record.earliest
    assert there.record.earliest - here.record.earliest == shift
    assert here.record.earliest.weekday() == WEEKDAYS.index(weekday)
    # "Last Thursday" is not yesterday, which is "on Thursday".
    last = frame.startswith("Last") and (day.weekday() - WEEKDAYS.index(weekday)) % 7 == 1
    assert abs(here.record.earliest - day) <= timedelta(days=8 if last else 7)


@pytest.mark.parametrize("day", [date.min, date.max])
def test_an_article_of_the_first_or_the_last_day_of_the_calendar_is_read(day: date) -> None:
    for case in CASES:
        for time in find_times(BLANK(case["text"]), day):
            record = time.record
            assert record.earliest is None or record.latest is None or record.earliest <= record.latest


@settings(max_examples=40, deadline=None)
@given(day=st.dates(date(1, 1, 1), date(9999, 12, 31)), case=st.sampled_from(CASES))
def test_no_publication_date_gives_a_span_that_ends_before_it_begins(day: date, case: dict) -> None:  # type: ignore[type-arg]
    doc = BLANK(case["text"])
    for time in find_times(doc, day):
        record = time.record
        assert record.earliest is None or record.latest is None or record.earliest <= record.latest
        assert doc.text[record.start : record.end] == record.text
        assert doc[time.start : time.end].text == record.text


WORDS = [
    "on",
    "the",
    "3",
    "May",
    "2014",
    "-",
    "last",
    "two",
    "days",
    "ago",
    "since",
    "from",
    "to",
    "Monday",
    "week",
    "of",
]
WORDS += [
    "early",
    "next",
    "and",
    ",",
    "year",
    "31",
    "June",
    "/",
    "between",
    "by",
    "end",
    "Ramadan",
    "1990s",
    "\n",
    "a",
    "few",
]


@settings(max_examples=40, deadline=None)
@given(words=st.lists(st.sampled_from(WORDS), max_size=25), day=st.dates())
def test_any_row_of_time_words_gives_valid_offsets_in_order(words: list[str], day: date) -> None:
    doc = BLANK(" ".join(words))
    times = find_times(doc, day)
    for time in times:
        assert doc.text[time.record.start : time.record.end] == time.record.text
        assert not time.record.earliest or not time.record.latest or time.record.earliest <= time.record.latest
    for one, following in itertools.pairwise(times):
        assert one.end <= following.start


@settings(max_examples=40, deadline=None)
@given(text=st.text(max_size=200))
def test_any_text_at_all_is_read(text: str) -> None:
    doc = BLANK(text)
    for time in find_times(doc, date(2022, 3, 21)):
        assert doc.text[time.record.start : time.record.end] == time.record.text


def test_talks_that_took_ten_days_end_where_the_deal_was_made() -> None:
    text = "The rivals on Tuesday signed a pact to end the war, after ten days of talks led by Norway."
    events = [event for event in dragoman.read(text, published="1995-11-22").events if "led" in event.predicate.text]
    assert [(str(event.when.earliest), str(event.when.latest)) for event in events] in (
        [("1995-11-12", "1995-11-21")],
        [("1995-11-13", "1995-11-22")],
    )


def test_what_one_flies_in_for_on_a_day_is_on_that_day() -> None:
    text = (
        "JAKARTA — South-east Asian leaders have pressed the general.\n\nSenior General Min Aung Hlaing flew to the "
        "Indonesian capital on Saturday for a summit of ASEAN."
    )
    summit = [event for event in dragoman.read(text, published="2021-04-26").events if event.predicate.text == "summit"]
    assert [str(event.when.latest) for event in summit] == ["2021-04-24"]


@pytest.mark.parametrize(("opening", "closing"), [("“", "”"), ('"', '"')])
def test_the_speakers_day_counts_in_every_paragraph_of_what_is_said(opening: str, closing: str) -> None:
    text = (
        f"{opening}The dam was opened today.\n\n{opening}It will feed two provinces,{closing} Uhuru Kenyatta said on "
        "Monday."
    )
    found = [entry[:2] for entry in spans(dragoman.load()(text), "2021-03-12")]
    assert found == [("today", "2021-03-08"), ("Monday", "2021-03-08")]


@pytest.mark.parametrize(
    "text",
    [
        "The ambush in November cost thirty lives.",
        "A bombing in December brought down the bridge.",
        "The ballot in November was rigged, observers found.",
        "After the summit in November the two neighbours reopened their border.",
        "The envoys held a round of talks in December.",
    ],
)
def test_a_month_of_what_is_told_as_past_is_not_to_come(text: str) -> None:
    (time,) = find_times(dragoman.load()(text), date(2011, 10, 15))
    assert time.record.earliest
    assert time.record.earliest.year == 2010


@pytest.mark.parametrize(
    "text",
    [
        "The junta announced a referendum in November.",
        "The two chambers agreed a vote in December.",
        "Her rival was jailed before elections in November.",
        "The ministers discussed preparations for the conference in December.",
        "Voters are weary of the election in November.",
        "The kingdom faces a by-election in November.",
    ],
)
def test_a_month_for_which_something_is_set_is_the_coming_one(text: str) -> None:
    (time,) = find_times(dragoman.load()(text), date(2011, 10, 15))
    assert time.record.earliest
    assert time.record.earliest.year == 2011


@given(day=st.dates(date(1925, 1, 1), date(2076, 12, 31)))
def test_every_day_of_the_hijri_calendar_is_found_in_its_year(day: date) -> None:
    hijri = Gregorian(day.year, day.month, day.day).to_hijri()
    found = occurrences(f"hijri {hijri.month:02}-{hijri.day:02} 1", day.year)
    assert day in [span.earliest for span in found]


def test_a_hijri_new_year_is_found_twice_in_a_year_that_three_have_days_in() -> None:
    found = [span.earliest for span in occurrences("hijri 01-01 1", 2008)]
    assert found == [date(2008, 1, 10), date(2008, 12, 29)]


def test_the_speakers_day_counts_in_each_of_many_quotations() -> None:
    days = ("Monday", "Tuesday", "Wednesday")
    text = "\n\n".join(f'"The harvest failed yesterday," the farmer said on {day}.' for day in days * 8)
    times = find_times(dragoman.load()(text), date(2021, 3, 12))
    assert [time.record.earliest for time in times if time.record.text == "yesterday"] == [
        date(2021, 3, 7),
        date(2021, 3, 8),
        date(2021, 3, 9),
    ] * 8
