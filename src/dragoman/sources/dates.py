"""The day on which an article was published: as users give it, and as articles carry it."""

from __future__ import annotations

import re
from datetime import date

from dragoman.errors import DateError

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul", "august aug",
            "september sept sep", "october oct", "november nov", "december dec",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip

_MONTH = r"(?P<month>(?i:" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + r"))\.?"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>(?:1[89]|20)\d\d)"
_WEEKDAY = r"(?:(?i:mon|tues?|wednes|wed|thurs?|thu|fri|satur|sat|sun)(?i:day)?\.?,?\s+)?"
_CLOCK = r"(?:,?\s+(?:at\s+)?\d{1,2}[:.]\d\d(?:[:.]\d\d)?(?:\s*[ap]\.?m\.?)?(?:\s*(?:[A-Z]{2,4}|[+-]\d\d:?\d\d))?)?"

_ISO = r"(?P<year>\d{4})-(?P<month>\d{2})-(?P<day>\d{2})"
_ISO_DATE = re.compile(_ISO + r"(?:[T ]\d{2}:?\d{2}(?::?\d{2}(?:[.,]\d+)?)?\s*(?:Z|[+-]\d{2}:?\d{2})?)?")
_COMPACT_DATE = re.compile(r"(?P<year>(?:1[89]|20)\d\d)(?P<month>\d{2})(?P<day>\d{2})(?:T\d{6}Z?)?")
_DAY_FIRST = rf"{_DAY}\s+(?:of\s+)?{_MONTH},?\s+{_YEAR}"
_MONTH_FIRST = rf"{_MONTH}\s+{_DAY},?\s+{_YEAR}"
_WRITTEN_DATES = tuple(re.compile(_WEEKDAY + form + _CLOCK) for form in (_DAY_FIRST, _MONTH_FIRST))

# " date 2022-03-21 The ministers met …": a marker before the first word, which is no part of the text.
_MARKER = re.compile(r"\s*date[ \t]*[:=]?[ \t]*(?P<date>\d{4}-\d{1,2}-\d{1,2})(?=\s|$)\s*", re.IGNORECASE)

_NO_PLACE = r"(?!(?:On|In|By|Since|Until|Till|From|Before|After|During|Between|The|A)\b)"
_PLACE = _NO_PLACE + r"[A-Z][\w'’./-]*(?:,?[ ](?:[A-Z(][\w'’./)-]*|de|la|el|al|of|the|and|du|da|dos))*"
_AGENCY = r"(?:\s*[(\[][A-Z][\w .,/&-]{1,30}[)\]])?"
_DATELINES = tuple(
    re.compile(
        rf"^(?P<place>{_PLACE}){_AGENCY}\s*(?:,|\s[-–—]+|:)?\s+{_WEEKDAY}(?P<date>{plain}){_AGENCY}\s*(?:[-–—:.]|$)"
    )
    for plain in (re.sub(r"\(\?P<(\w+)>", "(?:", form) for form in (_DAY_FIRST, _MONTH_FIRST, _ISO))
)
_LABEL = re.compile(r"^(?:(?i:published|posted|updated|date|dated|issued|released)(?:\s+(?i:on|at))?\s*:?\s+)?")

# A date stands above an article or in its first line, never further down, where it is one of the story's own.
_FIRST_LINES = 5
_LONGEST_DATELINE = 160


def parse_day(words: str) -> date:
    """The day that somebody gave for an article.

    Understood are ISO days and times (2022-03-21, 2022-03-21T18:30:00Z, 20220321) and days with the month in words
    (21 March 2022, March 21, 2022). A day in figures such as 03/04/2022 is not, for nobody can tell its month. A time
    keeps the day of its own zone.

    Raises:
        DateError: it is none of these, or there is no such day.
    """
    stripped = words.strip()
    for pattern in (_ISO_DATE, _COMPACT_DATE, *_WRITTEN_DATES):
        if found := pattern.fullmatch(stripped):
            return _day(found, words)
    raise DateError(f"{words!r} is no day that can be understood; give it as 2022-03-21")


def _day(found: re.Match[str], words: str) -> date:
    month = found["month"]
    number = int(month) if month.isdigit() else _MONTHS[month.lower()]
    try:
        return date(int(found["year"]), number, int(found["day"]))
    except ValueError:
        raise DateError(f"there is no such day as {words.strip()!r}") from None


def split_marker(text: str) -> tuple[date | None, int]:
    """The day in a first-line marker (`date 2022-03-21 …`), and where the text begins after it.

    Raises:
        DateError: the marker holds no real day.
    """
    found = _MARKER.match(text)
    return (parse_day(found["date"]), found.end()) if found else (None, 0)


def find_dateline(text: str) -> date | None:
    """The day of a dateline with its year (`GENEVA, March 3, 2003 (Reuters) - …`), or alone on a line near the top."""
    lines = [line.strip() for line in text[: _FIRST_LINES * 1000].splitlines() if line.strip()][:_FIRST_LINES]
    for line in lines:
        for pattern in _DATELINES:
            if found := pattern.match(line[:_LONGEST_DATELINE]):
                return parse_day(found["date"])
        if len(line) <= _LONGEST_DATELINE:
            alone = line[_LABEL.match(line).end() :]  # type: ignore[union-attr]  # it matches the empty string
            if any(pattern.fullmatch(alone) for pattern in (_ISO_DATE, *_WRITTEN_DATES)):
                return parse_day(alone)
    return None
