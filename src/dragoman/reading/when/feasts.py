"""Feasts and commemorations: the days that a name stands for in a year."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache

from hijridate import Gregorian, Hijri

from dragoman.reading.when.days import Days, plus


def occurrences(rule: str, year: int) -> Iterator[Days]:
    """The spans in which a feast falls that begin in the (Gregorian) year.

    Rules: ``fixed MM-DD length``, ``easter offset length``, ``orthodox offset length``, ``hijri MM-DD length``,
    ``hebrew MM-DD length`` (months from Nisan), ``lunar-new-year length``, ``nth MM weekday n``.
    """
    kind, *arguments = rule.split()
    if kind == "fixed":
        month, number = map(int, arguments[0].split("-"))
        yield _run(date(year, month, number), int(arguments[1]))
    elif kind == "easter":
        yield _run(plus(easter(year), int(arguments[0])), int(arguments[1]))
    elif kind == "orthodox":
        yield _run(plus(orthodox_easter(year), int(arguments[0])), int(arguments[1]))
    elif kind == "hijri":
        month, number = map(int, arguments[0].split("-"))
        yield from _hijri(year, month, number, int(arguments[1]))
    elif kind == "nth":
        month, weekday, count = map(int, arguments)
        first = date(year, month, 1)
        yield _run(plus(first, (weekday - first.weekday()) % 7 + 7 * (count - 1)), 1)


def _run(first: date, length: int) -> Days:
    return Days(first, first + timedelta(days=length - 1))


@cache
def _hijri(year: int, month: int, number: int, length: int) -> tuple[Days, ...]:
    """Umm al-Qura, which covers 1924 to 2077; other years give none. Length 0 is the whole month."""
    if not 1925 <= year <= 2076:
        return ()
    found = []
    start = Gregorian(year, 1, 1).to_hijri().year
    for hijri_year in (start, start + 1):
        first = Hijri(hijri_year, month, number)
        begin = date(*first.to_gregorian().datetuple())
        if begin.year == year:
            found.append(_run(begin, length or first.month_length()))
    return tuple(found)


def easter(year: int) -> date:
    """Western Easter Sunday, by the anonymous Gregorian algorithm (Meeus, Astronomical Algorithms, ch. 8)."""
    a, b, c = year % 19, year // 100, year % 100
    h = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    weekday = (32 + 2 * (b % 4) + 2 * (c // 4) - h - c % 4) % 7
    m = (a + 11 * h + 22 * weekday) // 451
    month, number = divmod(h + weekday - 7 * m + 114, 31)
    return date(year, month, number + 1)


def orthodox_easter(year: int) -> date:
    """Eastern Easter Sunday on the Gregorian calendar (Meeus' Julian algorithm)."""
    d = (19 * (year % 19) + 15) % 30
    e = (2 * (year % 4) + 4 * (year % 7) - d + 34) % 7
    month, number = divmod(d + e + 114, 31)
    return plus(date(year, month, number + 1), year // 100 - year // 400 - 2)
