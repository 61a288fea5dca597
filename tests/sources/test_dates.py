from __future__ import annotations

from datetime import date

import pytest

from dragoman.errors import DateError
from dragoman.sources.dates import find_dateline, parse_day, split_marker

DAY = date(2022, 3, 21)


@pytest.mark.parametrize(
    "words",
    [
        "2022-03-21",
        "2022-03-21T23:59:00Z",
        "2022-03-21T00:30:00+03:00",
        "2022-03-21 10:00:00",
        "20220321",
        "21 March 2022",
        "21st of March 2022",
        "March 21, 2022",
        "Mar. 21, 2022",
        "Monday, 21 March 2022",
        "Mon, 21 Mar 2022 10:00:00 GMT",
        " 2022-03-21 ",
    ],
)
def test_a_day_is_understood_as_users_write_it(words: str) -> None:
    assert parse_day(words) == DAY


@pytest.mark.parametrize(
    "words", ["today", "", "03/04/2022", "March 2022", "2022", "2022-02-30", "31 June 2001", "soon"]
)
def test_a_day_that_is_none_or_ambiguous_is_refused(words: str) -> None:
    with pytest.raises(DateError):
        parse_day(words)


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("GENEVA, March 3, 2003 (Reuters) - The envoys met.", date(2003, 3, 3)),
        ("ANKARA — 12 May 1999", date(1999, 5, 12)),
        ("ANKARA — 12 May 1999 — The envoys met.", date(1999, 5, 12)),
        ("SHARM EL-SHEIKH, Egypt (AP) — Oct. 7, 2025 — The envoys met.", date(2025, 10, 7)),
        ("WASHINGTON, D.C., Sept. 13, 1993 -- The envoys met.", date(1993, 9, 13)),
        ("KINSHASA, Democratic Republic of the Congo, July 10, 1999: The envoys met.", date(1999, 7, 10)),
        ("NAIROBI, 9 January 2005 (IRIN) - The envoys met.", date(2005, 1, 9)),
        ("Envoys meet\nBy our correspondent\nUpdated on 3 May 2004 at 10:30 GMT\n\nThe envoys met.", date(2004, 5, 3)),
        ("Envoys meet\n\nMarch 21, 2022\n\nThe envoys met.", DAY),
    ],
)
def test_a_dateline_with_its_year_gives_the_day(line: str, day: date) -> None:
    assert find_dateline(line) == day


@pytest.mark.parametrize(
    "line",
    [
        "GENEVA, March 3 (Reuters) - The envoys met.",
        "The war started on 3 May 2001. It went on for years.",
        "On 3 May 2001 - a Thursday - the war started.",
        "The envoys met.\n\n" * 6 + "GENEVA, March 3, 2003 (Reuters) - That was long ago.",
    ],
)
def test_a_day_of_the_story_is_not_taken_for_that_of_the_article(line: str) -> None:
    assert find_dateline(line) is None


def test_the_first_line_marker_is_no_part_of_the_text() -> None:
    text = " date 2022-03-21 The envoys met."
    day, start = split_marker(text)
    assert (day, text[start:]) == (DAY, "The envoys met.")


def test_a_text_that_only_begins_with_the_word_date_has_no_marker() -> None:
    assert split_marker("Date palms line the road.") == (None, 0)


def test_a_marker_without_a_real_day_is_refused() -> None:
    with pytest.raises(DateError, match="2022-13-45"):
        split_marker("date 2022-13-45 The envoys met.")
