"""Days, names, lists and quotations as they stand in an English sentence."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib import resources

from dragoman.records import When

_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip


def listed(items: Sequence[str]) -> str:
    """``a``, ``a and b``, ``a, b and c``."""
    return " and ".join(filter(None, [", ".join(items[:-1]), items[-1] if items else ""]))


def shortened(words: str, most: int = 200) -> str:
    """The words in one line, cut at a word where they are many characters long; they stand in quotation marks."""
    line = _DATELINE.sub("", " ".join(words.split()))
    line = quoted(_STOP.sub("", line.strip(' "“”,;')))
    return line if len(line) <= most else line[:most].rsplit(" ", 1)[0].rstrip(" ,;") + " …"


# "GENEVA, March 12 (Agency) - ": where and when a dispatch was written is no part of what it says.
_DATELINE = re.compile(r"\A[A-Z]{3}[^-–—“\"]{0,45} [-–—]+ ")
_STOP = re.compile(r"(?<![A-Z.])\.\Z")
_OPENING, _CLOSING = re.compile(r'“|(?<![^\s(–—])"'), re.compile(r'[”"]')


def quoted(words: str) -> str:
    """Words that come to stand in quotation marks: what they quote themselves gets single ones, and both of them."""
    # "\1" and "\2" stand for the opening and the closing mark: no text has them, while ’ is an apostrophe as well.
    marked = _CLOSING.sub("\2", _OPENING.sub("\1", words))
    if marked.find("\2") >= 0 and not 0 <= marked.find("\1") < marked.find("\2"):
        marked = f"\1{marked}"
    if marked.rfind("\1") > marked.rfind("\2"):
        marked += "\2"
    return marked.replace("\1", "‘").replace("\2", "’")


def days(when: When, months: Sequence[str] = _MONTHS) -> str:
    """A span of days in few words: 10 March 2022, 1–20 March 2022, March 2022, until 20 March 2022, day unknown.

    Args:
        months: how the twelve are written.
    """
    first, last = when.earliest, when.latest
    if first is None or last is None:
        known = f"from {in_full(first, months)}" if first else f"until {in_full(last, months)}" if last else ""
        return known or "day unknown"
    if first == last:
        return in_full(first, months)
    whole = first.day == 1 and (last == date.max or (last + timedelta(days=1)).day == 1)
    if (first.year, first.month) == (last.year, last.month):
        return _month(first, months) if whole else f"{first.day}–{in_full(last, months)}"
    if whole and (first.year, first.month, last.month) == (last.year, 1, 12):
        return str(first.year)
    told = _month if whole else in_full
    return f"{told(first, months).removesuffix(f' {last.year}')} – {told(last, months)}"


def in_full(day: date, months: Sequence[str] = _MONTHS) -> str:
    """12 March 2022."""
    return f"{day.day} {_month(day, months)}"


def _month(day: date, months: Sequence[str]) -> str:
    return f"{months[day.month - 1]} {day.year}"


def in_prose(name: str) -> str:
    """A name as it stands within a sentence: with "the" where English has it."""
    articles = _articles()
    if name in articles.whole:
        return f"the {name}"
    words = re.split(r",| (?:of|for|on)\b", name, maxsplit=1)[0].split()
    takes = len(name.split()) > 1 and bool(words) and words[-1].casefold() in articles.heads
    return f"the {name}" if takes and words[0] != "the" and not name.endswith(articles.plain) else name


def at(place: str) -> str:
    """In Geneva, in the United States, at the White House, at the Palais Hotel."""
    venue = " " in place and place.split()[-1].casefold() in _articles().venues
    return f"{'at' if venue else 'in'} {in_prose(place)}"


@dataclass(frozen=True, slots=True)
class _Articles:
    """Which names stand with "the", and which places one is at: `data/articles.toml` describes each list."""

    heads: frozenset[str]
    plain: tuple[str, ...]
    whole: frozenset[str]
    venues: frozenset[str]


@cache
def _articles() -> _Articles:
    text = resources.files("dragoman.mediation").joinpath("data/articles.toml").read_text(encoding="utf-8")
    data = tomllib.loads(text)
    return _Articles(
        frozenset(data["heads"]), tuple(data["plain"]), frozenset(data["whole"]), frozenset(data["venues"])
    )
