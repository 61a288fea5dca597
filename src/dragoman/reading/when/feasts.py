"""Feasts and commemorations: the days that a name stands for in a year.

Hijri months come from `hijridate`, which carries the Umm al-Qura tables: arithmetic calendars are off by a day or two,
and a month that begins on the wrong day is a wrong span.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from datetime import MAXYEAR, MINYEAR, date
from functools import cache
from importlib.resources import files
from typing import Any

from hijridate import Gregorian, Hijri

from dragoman.reading.when.days import Days, plus


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads(files(__package__).joinpath("data/feasts.toml").read_text(encoding="utf-8"))


@cache
def names() -> dict[str, str]:
    """Every name in the grammar's notation, with the rule for its days."""
    return {name: feast["rule"] for feast in _data()["feast"] for name in feast["names"]}


@cache
def phrases() -> frozenset[str]:
    """Words after a feast that make it the name of something else ("the Good Friday Agreement")."""
    return frozenset(_data()["not_before"])


@cache
def _matchers() -> tuple[tuple[re.Pattern[str], str], ...]:
    found = []
    for name, rule in sorted(names().items(), key=lambda entry: -len(entry[0])):
        text = re.escape(re.sub(r"\([^)]*\)\? ", "", name).replace("SLASH", "/")).replace(r"\ ", " ")
        found.append((re.compile(rf"(?<!\w){text}(?!\w)"), rule))
    return tuple(found)


def rule_of(words: str) -> str | None:
    """The rule of the longest feast named in the words (in small letters, parted by spaces)."""
    return next((rule for pattern, rule in _matchers() if pattern.search(words)), None)


def occurrences(rule: str, year: int) -> Iterator[Days]:
    """The spans in which a feast falls that begin in the (Gregorian) year.

    Rules: ``fixed MM-DD length``, ``easter offset length``, ``orthodox offset length``, ``hijri MM-DD length``,
    ``hebrew offset length`` (days from Rosh Hashanah), ``nth MM weekday n``, ``once YYYY-MM-DD length``.
    """
    if not MINYEAR <= year <= MAXYEAR:
        return
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
    elif kind == "hebrew":
        yield _run(plus(rosh_hashanah(year), int(arguments[0])), int(arguments[1]))
    elif kind == "once":
        yield _run(date.fromisoformat(arguments[0]), int(arguments[1]))
    elif kind == "nth":
        month, weekday, count = map(int, arguments)
        first = date(year, month, 1)
        yield _run(plus(first, (weekday - first.weekday()) % 7 + 7 * (count - 1)), 1)


def _run(first: date, length: int) -> Days:
    return Days(first, plus(first, length - 1))


_LAST_HIJRI = 1500  # of the tables


@cache
def _hijri(year: int, month: int, number: int, length: int) -> tuple[Days, ...]:
    """Umm al-Qura, which covers 1924 to 2077; other years give none. Length 0 is the whole month."""
    if not 1925 <= year <= 2076:
        return ()
    found = []
    start = Gregorian(year, 1, 1).to_hijri().year
    # A Hijri year is eleven days shorter: one may lie within a Gregorian year that three have days in, as in 2008.
    for hijri_year in range(start, min(start + 2, _LAST_HIJRI) + 1):
        days = Hijri(hijri_year, month, 1).month_length()
        if number > days:
            continue  # a month of 29 days
        begin = date(*Hijri(hijri_year, month, number).to_gregorian().datetuple())
        if begin.year == year:
            found.append(_run(begin, length or days))
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


def rosh_hashanah(year: int) -> date:
    """1 Tishri that falls in the Gregorian year, by the mean conjunction and the four postponements."""
    hebrew = year + 3761
    start = _elapsed(hebrew)
    # Two postponements keep a year from having 356 or 382 days.
    if _elapsed(hebrew + 1) - start == 356:
        start += 2
    elif start - _elapsed(hebrew - 1) == 382:
        start += 1
    return date.fromordinal(start - 1373427)


def _elapsed(hebrew: int) -> int:
    """Days from the epoch of the Hebrew calendar to the mean new year, kept off Sunday, Wednesday and Friday."""
    months = (235 * hebrew - 234) // 19
    parts = 12084 + 13753 * months
    days = 29 * months + parts // 25920
    return days + 1 if 3 * (days + 1) % 7 < 3 else days
