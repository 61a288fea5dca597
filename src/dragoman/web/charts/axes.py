"""Where the lines of a grid are: round numbers, and days that begin a year, a month or a week."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
          "December")  # fmt: skip
# A step is taken where the wanted one is nearer to it than to the next, as a ratio; so does d3, which readers know.
_ROUND = ((math.sqrt(50), 10), (math.sqrt(10), 5), (math.sqrt(2), 2))


@dataclass(frozen=True, slots=True)
class _Calendar:
    """So many days, weeks (from Sunday), months or years, and about how many days that are."""

    unit: str
    n: int
    days: float

    def begin(self, day: date) -> date:
        """When the one began that the day is in."""
        if self.unit == "day":
            return day - timedelta((day.day - 1) % self.n)
        if self.unit == "week":
            return day - timedelta(day.isoweekday() % 7)
        if self.unit == "month":
            return date(day.year, day.month - (day.month - 1) % self.n, 1)
        return date(max(1, day.year - day.year % self.n), 1, 1)

    def after(self, first: date) -> date:
        """When the next one begins."""
        if self.unit == "day":  # every other day of a month begins anew with the month
            return min(first + timedelta(self.n), month_after(first))
        if self.unit == "week":
            return first + timedelta(7)
        if self.unit == "month":
            for _ in range(self.n):
                first = month_after(first)
            return first
        return date(first.year + self.n, 1, 1)


_CALENDAR = (
    _Calendar("day", 1, 1), _Calendar("day", 2, 2), _Calendar("week", 1, 7), _Calendar("month", 1, 30),
    _Calendar("month", 3, 90), _Calendar("year", 1, 365),
)  # fmt: skip


def round_step(span: float, wanted: int) -> int:
    """A step of 1, 2 or 5 times a power of ten that parts a span into about so many; whole numbers alone."""
    step = span / wanted
    if step <= 1:
        return 1
    power = int(10 ** math.floor(math.log10(step)))
    return next((factor for least, factor in _ROUND if step / power >= least), 1) * power


def numbers(most: int, wanted: int = 4) -> range:
    """From nothing to the first round number that is not below `most`."""
    step = round_step(most, wanted)
    return range(0, step * max(1, math.ceil(most / step)) + 1, step)


def days(first: date, last: date, wanted: int = 8) -> list[date]:
    """About so many days from first to last, that begin something."""
    step = _step((last - first).days + 1, wanted)
    return [day for day in _from(step.begin(first), step, last) if day >= first]


def _step(span: int, wanted: int) -> _Calendar:
    each = span / wanted
    if each > _CALENDAR[-1].days:
        years = round_step(span / 365.25, wanted)
        return _Calendar("year", years, 365.25 * years)
    return min(_CALENDAR, key=lambda step: abs(math.log(each / step.days)))


def _from(day: date, step: _Calendar, last: date) -> Iterator[date]:
    while day <= last:
        yield day
        if day.year + step.n > date.max.year:
            return
        day = step.after(day)


def month_after(day: date) -> date:
    """The first day of the next month."""
    return date(day.year + 1, 1, 1) if day.month == 12 else date(day.year, day.month + 1, 1)
