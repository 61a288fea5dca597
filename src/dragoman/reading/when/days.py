"""Spans of days and the calendar arithmetic on them.

A week runs from Monday to Sunday; the thirds of a month are the 1st to the 10th, the 11th to the 20th and the rest.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, date, timedelta
from typing import Literal

Grain = Literal["day", "weekend", "week", "month", "quarter", "year", "decade", "century"]

# Months in the units that are made of months; weeks and days count in days.
MONTHS: dict[str, int] = {"month": 1, "quarter": 3, "year": 12, "decade": 120, "century": 1200}
DAYS: dict[str, int] = {"day": 1, "week": 7, "fortnight": 14, "weekend": 7}
ORDER: tuple[Grain, ...] = ("day", "weekend", "week", "month", "quarter", "year", "decade", "century")


@dataclass(frozen=True, slots=True)
class Days:
    """Both ends included; an end that is not known is None."""

    earliest: date | None
    latest: date | None

    def __post_init__(self) -> None:
        if self.earliest and self.latest and self.earliest > self.latest:
            raise ValueError(f"{self.earliest} is after {self.latest}")


UNKNOWN = Days(None, None)


def day(year: int, month: int, number: int) -> date | None:
    """The day, or None where the calendar has none (31 June)."""
    try:
        return date(year, month, number)
    except ValueError:
        return None


def plus(start: date, days: int) -> date:
    """So many days on; held at the ends of the calendar."""
    try:
        return start + timedelta(days=days)
    except OverflowError:
        return date.max if days > 0 else date.min


def plus_months(start: date, months: int) -> date:
    """The same day so many months on, or the last one of that month."""
    index = start.year * 12 + start.month - 1 + months
    year, month = held(index // 12), index % 12 + 1
    return date(year, month, min(start.day, _length(year, month)))


def _length(year: int, month: int) -> int:
    if month == 12:
        return 31
    return (date(year, month + 1, 1) - date(year, month, 1)).days


def held(year: int) -> int:
    """A year, held at the ends of the calendar."""
    return min(max(year, MINYEAR), MAXYEAR)


def month_of(year: int, month: int) -> Days:
    """The whole month."""
    year = held(year)
    return Days(date(year, month, 1), date(year, month, _length(year, month)))


def months_of(year: int, month: int, count: int) -> Days:
    """So many whole months from this one on."""
    first = date(held(year), month, 1)
    return Days(first, plus(plus_months(first, count), -1) if first.year < MAXYEAR else date.max)


def years_of(first: int, last: int) -> Days:
    """From New Year's Day of the first year to the last day of the last."""
    return Days(date(held(first), 1, 1), date(held(last), 12, 31))


def unit_around(moment: date, unit: str) -> Days:
    """The whole unit of the calendar (week, month, year …) that the day lies in."""
    if unit == "day":
        return Days(moment, moment)
    if unit in ("week", "fortnight"):
        monday = plus(moment, -moment.weekday())
        return Days(monday, plus(monday, 6))
    if unit == "weekend":
        saturday = plus(moment, 5 - moment.weekday())
        return Days(saturday, plus(saturday, 1))
    if unit == "month":
        return month_of(moment.year, moment.month)
    if unit == "quarter":
        return months_of(moment.year, (moment.month - 1) // 3 * 3 + 1, 3)
    if unit == "year":
        return years_of(moment.year, moment.year)
    size = 10 if unit == "decade" else 100
    first = moment.year // size * size
    return years_of(first, first + size - 1)


def shifted(moment: date, count: int, unit: str) -> date:
    """The day so many units on (or back, where the count is negative)."""
    if unit in MONTHS:
        return plus_months(moment, count * MONTHS[unit])
    return plus(moment, count * DAYS.get(unit, 0))


def part(span: Days, grain: Grain, which: Literal["early", "mid", "late"]) -> Days:
    """The early, middle or late third; of a month, its days 1–10, 11–20 and 21 to the end."""
    first, last = span.earliest, span.latest
    if first is None or last is None or grain == "day":
        return span
    step = {"early": 0, "mid": 1, "late": 2}[which]
    if grain in ("month", "week"):
        size = 10 if grain == "month" else 3
        starts = (first, plus(first, size if grain == "month" else 2), plus(first, 2 * size if grain == "month" else 4))
        ends = (plus(starts[1], -1), plus(starts[2], -1), last)
        return Days(starts[step], ends[step])
    if grain in ("decade", "century"):
        years = last.year - first.year + 1
        bounds = (0, 4, 7, 10) if years == 10 else (0, years // 3, 2 * years // 3, years)
        return years_of(first.year + bounds[step], first.year + bounds[step + 1] - 1)
    months = (last.year - first.year) * 12 + last.month - first.month + 1
    size = max(1, months // 3)
    begin = plus_months(first, step * size)
    return Days(begin, last if step == 2 else plus(plus_months(first, (step + 1) * size), -1))
