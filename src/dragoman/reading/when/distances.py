"""So much time ago, later, within, for: distances and windows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from dragoman.reading.when.context import NOTHING, Context, Rule, Told, grain_of
from dragoman.reading.when.cues import load_cues
from dragoman.reading.when.days import (
    DAYS,
    Days,
    plus,
    shifted,
    unit_around,
)
from dragoman.reading.when.lexicon import Item

# "A few" and its like: from so many to so many units.
_FEW = {"day": (1, 7), "week": (1, 5), "month": (1, 6), "hour": (0, 0), "minute": (0, 0)}
# "A week after they had met" counts from a time told no more tokens before, in the same sentence.
_BREATH = 40
# So many tokens before a time may stand what is counted over it: "their third round in two months".
_COUNTED = 8
_FINE = {"hour": 24, "minute": 1440}


def amount_of(context: Context, item: Item | None, unit: str) -> tuple[int, int] | None:
    """Least and most: "three" is 3 to 3, "a few" more than one."""
    if item is None or item.rule != "count":
        return _FEW.get(unit)
    if "few" in item.slots:
        return _FEW.get(unit)
    if item.text.endswith(("couple", "couple of")):
        return 2, 2
    if item.text.endswith("dozen"):
        return 12, 12
    number = item.number("tens") + item.number("n", 1 if "tens" not in item.slots else 0)
    return number, number


def _window(context: Context, item: Item) -> Told | None:
    unit = str(item.value("unit"))
    if "recent" in item.slots:
        direction = -1
    elif "ahead" in item.slots:
        direction = 1
    else:
        direction = item.number("direction")
    anchor = context.base
    before = context.doc[item.start - 1].text.lower() if item.start else ""
    if before in load_cues().possessives:
        return None  # "its last hours"
    if item.slots.get("direction") is not None and item.slots["direction"].text in (
        "following",
        "previous",
        "preceding",
    ):
        reference = context.reference(unit, direction > 0)
        if reference:
            anchor = (reference.days.latest if direction > 0 else reference.days.earliest) or anchor
    amount = amount_of(context, item.slots.get("n"), unit)
    if unit in _FINE:
        hours = (amount or (0, 0))[1]
        amount, unit = (-(-hours // _FINE[unit]),) * 2, "day"
    if unit == "night":
        unit = "day"
    if amount is None or amount[1] > 5000:
        days = Days(None, anchor) if direction < 0 else Days(anchor, None)
        return Told(days, "day", refers=False)
    ends = sorted((anchor, shifted(anchor, direction * amount[1], unit)))
    return Told(Days(ends[0], ends[1]), "day", refers=False)


def _ago(context: Context, item: Item) -> Told | None:
    return distance(context, item, context.base, -1)


def _later(context: Context, item: Item) -> Told | None:
    unit = str(item.value("unit"))
    back = "back" in item.slots
    # "The army had shelled it the day before": not before what is yet to come.
    reference = context.reference(unit, ahead=not back or context.outlook(item) == "future")
    if reference is None:
        if not back or unit in ("hour", "minute"):
            return NOTHING
        return distance(context, item, context.base, -1)
    anchor = reference.days.earliest if back else reference.days.latest
    return distance(context, item, anchor or context.base, -1 if back else 1)


def _aside(context: Context, item: Item) -> Told | None:
    """ "On Friday, a week after the two had met": so long before what the sentence tells."""
    if "n" not in item.slots or not context.story:
        return NOTHING
    position, told = context.story[-1]
    if (
        not told.days.earliest
        or item.start - position > _BREATH
        or told.grain != "day"
        or context.broken(position, item.start)
    ):
        return NOTHING
    turned = distance(context, item, told.days.earliest, 1 if "back" in item.slots else -1)
    return replace(turned, refers=False) if turned else None


def distance(context: Context, item: Item, anchor: date, direction: int) -> Told | None:
    """So many units before or after a day, as the unit of the calendar that it falls in."""
    unit = str(item.value("unit"))
    vague = "n" not in item.slots and item.sources.get("unit") == "PLURAL"
    amount = _FEW.get(unit) if vague else amount_of(context, item.slots.get("n"), unit) if "n" in item.slots else (1, 1)
    if unit in _FINE:
        hours = amount[1] if amount else 0
        found = plus(anchor, direction * (hours // _FINE[unit]))
        return Told(Days(found, found), "day")
    unit = "day" if unit == "night" else unit
    if amount is None or amount[1] > 5000:
        return NOTHING
    least, most = amount
    if least == most:
        target = shifted(anchor, direction * least, unit)
        width = "year" if unit in ("decade", "century") else "week" if unit == "fortnight" else unit
        return Told(unit_around(target, width), grain_of(width), dated=width == "year")
    ends = sorted((shifted(anchor, direction * least, unit), shifted(anchor, direction * most, unit)))
    return Told(Days(ends[0], ends[1]), grain_of(unit) if unit in DAYS else "month", refers=False)


def _duration(context: Context, item: Item) -> Told | None:
    how = item.slots["how"].text
    unit = str(item.value("unit"))
    unit = "day" if unit == "night" else unit
    amount = amount_of(context, item.slots.get("n"), unit) if "n" in item.slots else None
    told = context.outlook(item)
    if amount is None or amount[1] > 5000:
        return NOTHING
    days = amount[1] if unit not in _FINE else -(-amount[1] // _FINE[unit])
    unit = "day" if unit in _FINE else unit
    if how == "for":
        if _perfect(context, item):
            return Told(Days(shifted(context.base, -days, unit), context.base), "day", refers=False)
        return NOTHING
    if how == "in" and is_counted(context, item):
        return Told(Days(shifted(context.base, -days, unit), context.base), "day", refers=False, counted=True)
    if told == "future" or (how == "within" and _to_do(context, item)):
        if how == "in":
            return Told(
                unit_around(shifted(context.base, days, unit), "year" if unit in ("decade", "century") else unit),
                grain_of(unit),
            )
        begin = _signed(context, item)
        return Told(Days(begin, shifted(begin, days, unit)), "day", refers=False)
    if how == "in" and _perfect(context, item):
        return Told(Days(shifted(context.base, -days, unit), context.base), "day", refers=False)
    return NOTHING


def _signed(context: Context, item: Item) -> date:
    """The day from which a term runs: that of the agreement where the sentence tells it."""
    if context.story:
        position, told = context.story[-1]
        latest = told.days.latest
        if told.grain == "day" and latest and latest <= context.base and not context.broken(position, item.start):
            return latest
    return context.base


def _to_do(context: Context, item: Item) -> bool:
    """Whether the words hang on an infinitive: "obliges them to talk within two weeks"."""
    for token in context.doc[item.start : item.end]:
        while item.start <= token.i < item.end and token.head.i != token.i:
            token = token.head
        if not item.start <= token.i < item.end:
            return token.tag_ == "VB" and any(child.tag_ == "TO" for child in token.children)
    return False


def is_counted(context: Context, item: Item, reach: int = _COUNTED) -> bool:
    """Whether something is counted or ranked over a time up to now: "their third round in two months"."""
    doc, cues = context.doc, load_cues()
    for i in range(item.start - 1, max(item.start - reach, -1), -1):
        if doc[i].pos_ in ("VERB", "AUX") or doc[i].is_punct:
            return False
        if doc[i].text.lower() in cues.ranked or doc[i].tag_ == "JJS":
            return True
    return False


def _perfect(context: Context, item: Item) -> bool:
    """Whether the clause is in the present perfect: what it tells goes on."""
    doc, cues = context.doc, load_cues()
    for i in range(item.start - 1, max(item.start - 12, -1), -1):
        if doc[i].text.lower() in cues.perfect:
            return True
        if doc[i].text in ".;" or doc[i].text.lower() in cues.closed:
            return False
    return False


RULES: Mapping[str, Rule] = {
    "window": _window,
    "ago": _ago,
    "later": _later,
    "aside": _aside,
    "duration": _duration,
}
