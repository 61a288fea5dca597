"""Days, weeks and months told from the article or the story: "Tuesday", "last week", "the following day"."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from dragoman.reading.when.context import NOTHING, Context, Rule, Told, grain_of
from dragoman.reading.when.cues import load_cues
from dragoman.reading.when.days import (
    Days,
    plus,
    shifted,
    unit_around,
)
from dragoman.reading.when.lexicon import Item


def _weekday(context: Context, item: Item) -> Told | None:
    number = item.number("weekday")
    if item.start and context.doc[item.start - 1].text.lower() in load_cues().recurring:
        return None
    if "week" in item.slots:
        shift = item.number("week")
        if item.sources["week"] == "SHIFT":
            monday = plus(context.base, -context.base.weekday() + 7 * shift)
        else:
            reference = context.reference("week")
            anchor = (reference.days.earliest if reference else None) or context.base
            monday = plus(anchor, -anchor.weekday() + 7 * shift)
        found = plus(monday, number)
        return Told(Days(found, found), "day")
    which = item.slots["which"].text if "which" in item.slots else ""
    reference = context.reference("day")
    if which in ("following", "that", "same", "previous", "preceding") and reference and reference.days.latest:
        found = _nearest(reference.days.latest, number, which)
    elif which in ("last", "past", "previous", "preceding"):
        found = plus(context.base, -((context.base.weekday() - number - 1) % 7 + 1))
        if which == "last" and found == plus(context.base, -1):
            found = plus(found, -7)  # yesterday would be "on Thursday"
    elif which in ("next", "coming", "following"):
        found = plus(context.base, (number - context.base.weekday() - 1) % 7 + 1)
    elif context.outlook(item) in ("future", "present"):
        # News of the day itself says "will meet on Friday" on a Friday; for the week after it says "next".
        found = plus(context.base, (number - context.base.weekday()) % 7)
    else:
        found = plus(context.base, -((context.base.weekday() - number) % 7))
    return Told(Days(found, found), "day")


def _today(context: Context, item: Item) -> Told | None:
    i = item.start
    if i and context.doc[i].text[0].isupper() and context.doc[i - 1].text[-1].isalpha():
        return None  # the "Today" programme
    found = plus(context.base, item.number("shift"))
    return Told(Days(found, found), "day", refers=item.number("shift") != 0)


def _beyond(context: Context, item: Item) -> Told | None:
    found = plus(context.base, 2 * item.number("shift"))
    return Told(Days(found, found), "day")


def _tonight(context: Context, item: Item) -> Told | None:
    found = plus(context.base, -1) if "last" in item.slots else context.base
    return Told(Days(found, found), "day")


def _allday(context: Context, item: Item) -> Told | None:
    near = bool(context.story) and item.start - context.story[-1][0] < 60
    return Told(_day_in_view(context, item, near=near), "day", refers=False)


def _day_in_view(context: Context, item: Item, *, near: bool) -> Days:
    """The day that is being told of, where it is near in the text or recent; else the article's own."""
    reference = context.reference("day", ahead=False, at=item.start) if near else None
    if reference and reference.days.earliest and (context.base - reference.days.earliest).days < 60:
        return reference.days
    told = [each.days.latest for _, each in context.story if each.grain == "day" and each.days.latest is not None]
    latest = max((day for day in told if 0 <= (context.base - day).days <= 7), default=context.base)
    return Days(latest, latest)


def _overnight(context: Context, item: Item) -> Told | None:
    if context.outlook(item) == "future":
        return Told(Days(context.base, plus(context.base, 1)), "day")
    return Told(Days(plus(context.base, -1), context.base), "day")


def _unit(context: Context, item: Item) -> Told | None:
    if "running" in item.slots:
        unit, count = "weekend", 0
    else:
        unit = str(item.value("unit"))
    if unit in ("hour", "minute"):
        return None
    unit = "day" if unit in ("night", "None") else "week" if unit == "fortnight" else unit
    if "anaphor" in item.slots or "that" in item.slots or "same" in item.slots:
        count = item.number("anaphor") if "anaphor" in item.slots else 0
        reference = context.reference(unit)
        if reference is None or not reference.days.earliest or not reference.days.latest:
            if count == 0:
                return NOTHING
            anchor = context.base
        else:
            anchor = reference.days.latest if count > 0 else reference.days.earliest
        return Told(unit_around(shifted(anchor, count, unit), unit), grain_of(unit), dated=unit == "year")
    if "coming" in item.slots or "past" in item.slots:
        count = -1 if "past" in item.slots else 1
        if unit in ("weekend",):
            return Told(_weekend(context, item, count), "weekend")
        ends = sorted((context.base, shifted(context.base, count, unit)))
        return Told(Days(ends[0], ends[1]), grain_of(unit), refers=False)
    if unit == "weekend":
        count = item.number("shift")
        return Told(_weekend(context, item, count), "weekend")
    if unit == "day":
        return None if item.number("shift") <= 0 else Told(unit_around(plus(context.base, 1), "day"), "day")
    count = item.number("shift")
    if count < 0 and item.text.startswith("the "):  # "in the last month": the thirty days up to now
        return Told(Days(shifted(context.base, count, unit), context.base), "day", refers=False)
    return Told(unit_around(shifted(context.base, count, unit), unit), grain_of(unit), refers=unit != "year")


def _weekend(context: Context, item: Item, count: int) -> Days:
    base = context.base
    last = plus(base, -((base.weekday() - 5) % 7))  # the latest Saturday up to the day
    if count < 0:
        if base.weekday() >= 5:
            last = plus(last, -7)
    elif count > 0 or (base.weekday() < 5 and context.outlook(item) in ("future", "present")):
        last = plus(last, 7)
    return Days(last, plus(last, 1))


def _clock(context: Context, item: Item) -> Told | None:
    near = bool(context.story) and item.start - context.story[-1][0] < 40
    if near and (reference := context.reference("day", at=item.start)):
        return Told(reference.days, "day", refers=False)
    return Told(_day_in_view(context, item, near=False), "day", refers=False)


def _recently(context: Context, item: Item) -> Told | None:
    return Told(Days(None, context.base), "day", refers=False)


def _nearest(anchor: date, weekday: int, which: str) -> date:
    if which == "following":
        return plus(anchor, (weekday - anchor.weekday() - 1) % 7 + 1)
    if which in ("previous", "preceding"):
        return plus(anchor, -((anchor.weekday() - weekday - 1) % 7 + 1))
    return plus(anchor, -((anchor.weekday() - weekday) % 7))


RULES: Mapping[str, Rule] = {
    "weekday": _weekday,
    "today": _today,
    "beyond": _beyond,
    "tonight": _tonight,
    "allday": _allday,
    "overnight": _overnight,
    "unit": _unit,
    "lastunit": _unit,
    "clock": _clock,
    "recently": _recently,
}
