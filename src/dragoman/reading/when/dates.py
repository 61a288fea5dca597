"""Dates, months, years, decades and centuries as days."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from dragoman.reading.when.context import NOTHING, Context, Rule, Told
from dragoman.reading.when.cues import load_cues
from dragoman.reading.when.days import (
    Days,
    day,
    month_of,
    years_of,
)
from dragoman.reading.when.lexicon import Item
from dragoman.reading.when.outlook import announces, plans


def _date(context: Context, item: Item) -> Told | None:
    number = item.number("day")
    if "month" not in item.slots:
        reference = context.reference("day")
        anchor = (reference.days.earliest if reference else None) or context.base
        found = day(anchor.year, anchor.month, number)
        return Told(Days(found, found), "day") if found else None
    month, year = item.number("month"), item.number("year")
    if year:
        found = day(year, month, number)
        return Told(Days(found, found), "day", dated=True) if found else NOTHING
    weekday = item.value("weekday")
    years = _candidate_years(context, item, month, number)
    for candidate in years:
        found = day(candidate, month, number)
        if found and (not isinstance(weekday, int) or found.weekday() == weekday):
            return Told(Days(found, found), "day", dated=candidate < context.base.year - 1)
    found = day(years[0], month, number)
    return Told(Days(found, found), "day") if found else NOTHING


# A date told without its year, of what is or was planned, is one of so many days to either side.
_NEAR = 60


def _candidate_years(context: Context, item: Item, month: int, number: int) -> list[int]:
    """Years for a date told without one, best first: the story's, then the nearest by tense."""
    if context.year_hint:
        return [context.year_hint]
    here = context.base.year
    nearby = context.story_year(item)
    first = day(here, month, number) or day(here, month, 28) or context.base
    told = context.outlook(item)
    close = abs((first - context.base).days) <= _NEAR
    if close and (told == "future" or (told == "past" and first > context.base and plans(context.doc, item.start))):
        # "Invited them to a conference on January 19", told on the 14th: a date of last year would have its year.
        years = [here, here + 1 if told == "future" else here - 1]
    elif told == "future":
        years = [here, here + 1] if first >= context.base else [here + 1, here]
    elif told == "past":
        years = [here, here - 1] if first <= context.base else [here - 1, here]
    else:
        near = min((abs((date(y, month, min(number, 28)) - context.base).days), y) for y in (here - 1, here, here + 1))
        years = [near[1], here, here - 1, here + 1]
    if nearby and told != "future":
        years.insert(0, nearby)
    return years


def _numeric(context: Context, item: Item) -> Told | None:
    a, b, year = item.number("a"), item.number("b"), item.number("year")
    if year < 100:
        # The century that brings it nearest to the article.
        century = context.published.year // 100 * 100
        year = min((year + century + step for step in (0, -100, 100)), key=lambda y: abs(y - context.published.year))
    readings = {found for found in (day(year, a, b), day(year, b, a)) if found}
    if not readings:
        return NOTHING
    if len(readings) > 1:
        chosen = _by_evidence(context, day(year, b, a), day(year, a, b))
        readings = {chosen} if chosen else readings
    if len(readings) > 1:
        return NOTHING
    found = readings.pop()
    return Told(Days(found, found), "day", dated=True)


def _by_evidence(context: Context, day_first: date | None, month_first: date | None) -> date | None:
    """Which of two readings of 10/4/2007 the article speaks for: other dates in it, then nearness to its own."""
    if context.day_first is not None:
        return day_first if context.day_first else month_first
    if day_first and month_first:
        gaps = abs((day_first - context.published).days), abs((month_first - context.published).days)
        if min(gaps) <= 31 < max(gaps):
            return day_first if gaps[0] < gaps[1] else month_first
    return None


def _dayrange(context: Context, item: Item) -> Told | None:
    month = item.number("month")
    year = item.number("year") or _candidate_years(context, item, month, item.number("last"))[0]
    first, last = day(year, month, item.number("day")), day(year, month, item.number("last"))
    if not first or not last or first > last:
        return NOTHING
    return Told(Days(first, last), "day", dated="year" in item.slots)


def _month(context: Context, item: Item) -> Told | None:
    month, year = item.number("month"), item.number("year")
    if year:
        return Told(month_of(year, month), "month", dated=True)
    if "anaphor" in item.slots:
        reference = context.reference("year")
        anchor = (reference.days.earliest if reference else None) or context.base
        return Told(month_of(anchor.year + item.number("anaphor"), month), "month", dated=True)
    if "shift" in item.slots:
        shift = item.number("shift")
        if item.text.endswith("year"):
            return Told(month_of(context.base.year + shift, month), "month", dated=True)
        if shift < 0:
            year = context.base.year - (month >= context.base.month)
        elif shift > 0:
            year = context.base.year + (month <= context.base.month)
        else:
            year = context.base.year
        return Told(month_of(year, month), "month")
    if _is_name(context, item) or _recurs(context, item):
        return None
    if context.year_hint:
        return Told(month_of(context.year_hint, month), "month")
    nearby = context.story_year(item)
    told = context.outlook(item)
    if nearby and told != "future":
        return Told(month_of(nearby, month), "month", dated=True)
    here = context.base
    year = here.year
    if told in ("future", "present"):  # "the ministers meet in May"
        year += month < here.month
    elif (month - here.month) % 12 in (1, 2, 3) and (
        announces(context.doc, item.start) if told == "past" else _of_noun(context, item)
    ):
        year += month < here.month  # "elections in November" after October: the coming ones
    elif told == "past" or (month - here.month) % 12 > 6:
        year -= month > here.month
    elif month < here.month and (month - here.month) % 12 <= 3:
        year += 1
    return Told(month_of(year, month), "month")


def _of_noun(context: Context, item: Item) -> bool:
    """Whether the month hangs on a noun, so that the verb's tense says little about it."""
    token = context.doc[item.start]
    return token.dep_ in ("nmod", "nmod:unmarked") and token.head.pos_ == "NOUN"


def _recurs(context: Context, item: Item) -> bool:
    """ "Every year in August": no one August."""
    recurring = load_cues().recurring
    return any(context.doc[i].text.lower() in recurring for i in range(max(item.start - 4, 0), item.start))


def _is_name(context: Context, item: Item) -> bool:
    """ "Theresa May", "April Smith": a month's name inside a person's."""
    doc = context.doc
    before = doc[item.start - 1] if item.start else None
    after = doc[item.end] if item.end < len(doc) else None
    if item.end - item.start > 1 or "-" in doc[item.start].text:
        return False  # "mid-June" is nobody's name
    if doc[item.start].ent_type_ in ("PERSON", "ORG", "GPE"):
        return True
    person = before is not None and before.text[:1].isupper() and before.pos_ == "PROPN"
    follows = after is not None and after.text[:1].isupper() and after.text[1:].islower() and after.pos_ == "PROPN"
    return (person and before is not None and before.dep_ in ("flat", "compound")) or (
        follows and after is not None and after.dep_ == "flat" and after.head.i == item.start
    )


def _year(context: Context, item: Item) -> Told | None:
    year = item.number("year")
    doc, i = context.doc, item.start
    after = doc[item.end] if item.end < len(doc) else None
    if not 1000 <= year <= 2150:
        return None
    if year % 10 == 0 and after is not None and after.text in ("'s", "’s") and i and doc[i - 1].text.lower() == "the":
        return _decades(context, year)
    if (
        after is not None
        and after.pos_ == "NOUN"
        and "Plur" in after.morph.get("Number", [])
        and not (1900 < year < 2060)
    ):
        return None
    if doc[i].dep_ == "nummod" and doc[i].head.i > i and "Plur" in doc[i].head.morph.get("Number", []):
        return None
    cues, before = load_cues(), doc[i - 1].text.lower() if i else ""
    if before in cues.no_year_after:
        return None
    if not 1900 <= year <= 2060 and before not in cues.year_after:
        listed = i > 1 and before in ("and", "or", ",") and doc[i - 2].text.isdecimal()
        if not listed or len(doc[i - 2].text) != 4:
            return None
    return Told(years_of(year, year), "year", dated=True)


def _yearspan(context: Context, item: Item) -> Told | None:
    first, last = item.number("year"), item.number("last")
    if last < 100:
        last += first // 100 * 100
    return Told(years_of(first, last), "year", dated=True) if first <= last else NOTHING


def _decade(context: Context, item: Item) -> Told | None:
    decade = item.number("decade")
    if decade < 100:
        if not item.text.startswith("the"):
            return None  # "in her 80s"
        decade += 1900 if decade > context.published.year % 100 else 2000
    return _decades(context, decade)


def _decades(context: Context, decade: int) -> Told:
    """The 1990s; the 1600s, which are a century."""
    if decade % 100 == 0 and decade < 2000:
        return Told(years_of(decade, decade + 99), "century", dated=True)
    return Told(years_of(decade, decade + 9), "decade", dated=True)


def _century(context: Context, item: Item) -> Told | None:
    first = (item.number("n") - 1) * 100
    return Told(years_of(max(first, 1), first + 99), "century", dated=True) if 1 <= item.number("n") <= 25 else None


RULES: Mapping[str, Rule] = {
    "date": _date,
    "numeric": _numeric,
    "dayrange": _dayrange,
    "month": _month,
    "year": _year,
    "yearspan": _yearspan,
    "decade": _decade,
    "century": _century,
}
