"""Charts: what a reader sees of them, hears of them, and is led to."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta
from html import unescape
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.web import charts
from dragoman.web.charts import axes

_DAYS = st.dates(date(1000, 1, 1), date(2900, 12, 31))


def _rectangles(svg: str) -> list[dict[str, str]]:
    return [dict(shape.attrib) for shape in ElementTree.fromstring(svg).iter("{http://www.w3.org/2000/svg}rect")]


def _texts(svg: str) -> list[str]:
    return [unescape(words) for words in re.findall(r">([^<>]+)</text>", svg)]


@given(first=_DAYS, span=st.integers(0, 700_000))
def test_the_days_of_an_axis_are_few_in_order_and_within_it(first: date, span: int) -> None:
    last = first + timedelta(span)
    days = axes.days(first, last)
    assert days == sorted(set(days))
    assert all(first <= day <= last for day in days)
    assert len(days) <= 20
    if span >= 16:
        assert len(days) >= 2


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        ((2022, 3, 1), (2022, 3, 8), [(2022, 3, day) for day in range(1, 9)]),
        ((2022, 3, 2), (2022, 4, 20), [(2022, 3, 6), (2022, 3, 13), (2022, 3, 20), (2022, 3, 27), (2022, 4, 3),
                                       (2022, 4, 10), (2022, 4, 17)]),
        ((2022, 1, 15), (2022, 9, 1), [(2022, month, 1) for month in range(2, 10)]),
        ((2020, 2, 1), (2021, 12, 31), [(2020, month, 1) for month in (4, 7, 10)] +
                                       [(2021, month, 1) for month in (1, 4, 7, 10)]),
        ((2001, 5, 5), (2023, 8, 24), [(year, 1, 1) for year in range(2002, 2024, 2)]),
    ],
)  # fmt: skip
def test_an_axis_counts_in_days_weeks_months_quarters_or_years(
    first: tuple[int, int, int], last: tuple[int, int, int], expected: Sequence[tuple[int, int, int]]
) -> None:
    assert axes.days(date(*first), date(*last)) == [date(*day) for day in expected]


@given(most=st.integers(1, 10**9))
def test_the_numbers_of_an_axis_are_round_few_and_reach_the_highest_column(most: int) -> None:
    numbers = axes.numbers(most)
    assert numbers[0] == 0
    assert numbers[-1] >= most > numbers[-1] - numbers.step
    assert 2 <= len(numbers) <= 9
    assert str(numbers.step).rstrip("0") in ("1", "2", "5")


def _column(month: int, quad: str, n: int) -> charts.Column:
    first = date(2020, month, 1)
    return charts.Column(first, axes.month_after(first) - timedelta(1), quad, n, f"{n} of {quad}", f"/events?n={n}")


def test_columns_are_as_high_as_there_are_events_and_stand_on_each_other() -> None:
    columns = [
        _column(1, "verbal cooperation", 30),
        _column(1, "material conflict", 10),
        _column(3, "verbal conflict", 20),
    ]
    svg = charts.over_time(columns, "Events")
    bars = [shape for shape in _rectangles(svg) if "fill" in shape and float(shape["height"]) != 10]
    lower, upper, third = sorted(bars, key=lambda shape: (float(shape["x"]), -float(shape["y"])))
    assert lower["fill"] == "var(--alarm)"
    assert float(upper["height"]) == pytest.approx(3 * float(lower["height"]), abs=0.2)
    assert float(upper["y"]) + float(upper["height"]) == pytest.approx(float(lower["y"]), abs=0.2)
    assert float(third["height"]) == pytest.approx(2 * float(lower["height"]), abs=0.2)
    assert float(lower["y"]) + float(lower["height"]) == pytest.approx(220, abs=0.2)


def test_every_mark_says_what_it_is_and_leads_there_whatever_it_is_called() -> None:
    mark = charts.Mark("talks", date(2020, 1, 1), date(2020, 1, 3), "near", "actual", 'A "<b>" & B met', "/s?a=1&b=2")
    svg = charts.timeline([mark], ["talks"], None, 'Steps of "A" & B')
    tree = ElementTree.fromstring(svg)
    links = list(tree.iter("{http://www.w3.org/2000/svg}a"))
    assert {link.attrib["href"] for link in links} == {"/s?a=1&b=2"}
    assert {link.attrib["aria-label"] for link in links} == {'A "<b>" & B met'}
    assert tree.attrib["aria-label"] == 'Steps of "A" & B'


def test_what_reaches_over_the_shown_days_is_cut_off_at_the_edge() -> None:
    mark = charts.Mark("talks", date(2010, 1, 1), date(2030, 1, 1), "near", "actual", "Long talks", "/s")
    bar = _rectangles(charts.timeline([mark], ["talks"], (date(2020, 1, 1), date(2020, 12, 31)), "Steps"))[0]
    assert (float(bar["x"]), float(bar["width"])) == (0, 1100)


def test_the_first_day_on_a_time_line_tells_its_year() -> None:
    def told(last: date) -> list[str]:
        mark = charts.Mark("talks", date(2022, 2, 20), last, "near", "actual", "Talks", "/s")
        return [words for words in _texts(charts.timeline([mark], ["talks"], None, "Steps")) if words != "talks"]

    assert told(date(2022, 3, 14))[0] == "21 Feb 2022"
    assert told(date(2022, 3, 14))[-1] == "13 Mar"
    assert told(date(2022, 9, 1))[:2] == ["Mar 2022", "April"]
    assert told(date(2023, 9, 1))[:4] == ["Apr 2022", "July", "October", "2023"]


def test_a_map_shows_places_where_they_are_and_the_land_beyond_the_date_line() -> None:
    def place(name: str, longitude: float, latitude: float, n: int) -> charts.Point:
        return charts.Point(name, longitude, latitude, n, f"{name}: {n}", "/e")

    svg = charts.world([place("Suva", 178.4, -18.1, 9), place("Wellington", 174.8, -41.3, 1)], "Map")
    circles = [shape.attrib for shape in ElementTree.fromstring(svg).iter("{http://www.w3.org/2000/svg}circle")]
    suva, wellington = sorted(circles, key=lambda shape: -float(shape["r"]))
    assert float(suva["cx"]) > float(wellington["cx"])
    assert float(suva["cy"]) < float(wellington["cy"])
    assert svg.count('fill="var(--land)"') == 2
    assert _texts(svg) == ["Suva", "Wellington"]


def test_a_node_without_a_page_is_named_and_leads_nowhere() -> None:
    svg = charts.network([("Russia", "/actors/RUS", True), ("An envoy", "", False)], [], "Network")
    assert 'href="/actors/RUS" aria-label="Russia"' in svg
    assert '<g role="img" aria-label="An envoy">' in svg
    assert 'href=""' not in svg
