"""Phrases of phrases: "the end of last month", "from Monday to Wednesday", "since 2014", "by mid-June"."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from dragoman.reading.when.context import NOTHING, Context, Rule, Told, grain_of
from dragoman.reading.when.days import (
    DAYS,
    Days,
    part,
    plus,
    plus_months,
    shifted,
    unit_around,
)
from dragoman.reading.when.distances import amount_of, distance, is_counted
from dragoman.reading.when.lexicon import Item

# "The first encounter between … since November": so many tokens back, for both sides may be named in between.
_SINCE = 12


def _within(context: Context, item: Item, slot: str = "period") -> Told | None:
    return context.resolve(item.slots[slot])


def _part(context: Context, item: Item) -> Told | None:
    if "period" in item.slots:
        told = _within(context, item)
    else:
        unit = str(item.value("unit"))
        told = (
            Told(unit_around(context.base, unit), grain_of(unit)) if unit in DAYS or unit in ("month", "year") else None
        )
    if told is None or told.days.earliest is None or told.days.latest is None:
        return told
    first, last = told.days.earliest, told.days.latest
    if "part" in item.slots:
        which = item.value("part")
        if item.sources["part"] == "EDGE" and told.grain in ("year", "quarter") and which != "mid":
            found = unit_around(first if which == "early" else last, "month")
            return replace(told, days=found, grain="month")
        days = part(told.days, told.grain, which)  # type: ignore[arg-type]
        return replace(told, days=days)
    if "earlier" in item.slots:
        if first < context.base <= plus(last, 1):
            last = min(last, plus(context.base, -1))
        return replace(told, days=Days(first, max(first, last)))
    if "later" in item.slots or "rest" in item.text:
        if first <= context.base < last and told.grain != "day":
            first = plus(context.base, 1)
        return replace(told, days=Days(first, last))
    if "half" in item.slots:
        middle = plus(first, ((last - first).days + 1) // 2)
        days = Days(first, plus(middle, -1)) if item.number("half") == 1 else Days(middle, last)
        return replace(told, days=days)
    if "window" in item.slots:
        return _nth(context, item.slots["window"], told, first, last)
    if "unit" in item.slots:
        return _nth(context, item, told, first, last)
    return told


def _nth(context: Context, item: Item, told: Told, first: date, last: date) -> Told | None:
    unit = str(item.value("unit"))
    if unit not in ("day", "week", "month", "year", "decade"):
        return None
    if item.rule == "window" and item.number("direction") > 0:
        return told
    if "first" in item.slots or ("last" in item.slots and "n" in item.slots) or item.rule == "window":
        amount = amount_of(context, item.slots.get("n"), unit) if "n" in item.slots else None
        if amount is None:
            return replace(told, days=part(told.days, told.grain, "early" if "first" in item.slots else "late"))
        if "first" in item.slots:
            end = plus(shifted(first, amount[1], unit), -1)
            return replace(told, days=Days(first, min(end, last)), grain=grain_of(unit))
        return replace(
            told, days=Days(max(first, plus(shifted(last, -amount[1], unit), 1)), last), grain=grain_of(unit)
        )
    if "last" in item.slots or item.rule == "lastunit":
        begin = plus(shifted(plus(last, 1), -1, unit), 0)
        return replace(told, days=Days(max(first, begin), last), grain=grain_of(unit))
    number = item.number("n")
    begin = shifted(first, number - 1, unit)
    end = plus(shifted(begin, 1, unit), -1)
    if begin > last:
        return None
    return replace(told, days=Days(begin, min(end, last)), grain=grain_of(unit))


def _daypart(context: Context, item: Item) -> Told | None:
    told = _within(context, item)
    if told and "night" in item.slots and told.days.earliest:
        if any(word in item.text for word in ("into", "to ")):
            return replace(told, days=Days(plus(told.days.earliest, -1), told.days.latest))
        if told.days.latest:
            return replace(told, days=Days(told.days.earliest, plus(told.days.latest, 1)))
    return told


def _offset(context: Context, item: Item) -> Told | None:
    told = _within(context, item)
    if told is None or not told.days.earliest or not told.days.latest:
        return told
    back = "back" in item.slots
    return distance(context, item, told.days.earliest if back else told.days.latest, -1 if back else 1)


def _range(context: Context, item: Item) -> Told | None:
    last = context.resolve(item.slots["last"])
    if last is None or last.days.latest is None or last.days.earliest is None:
        return NOTHING
    # "November 20 to December 11, 2015", "January 23 through March 9": the end tells the year.
    dates = item.slots["period"].rule in ("date", "month", "part") and last.grain in ("day", "month")
    kept, context.year_hint = context.year_hint, last.days.earliest.year if last.dated or dates else None
    first = context.resolve(item.slots["period"])
    context.year_hint = kept
    if first is None or first.days.earliest is None:
        return NOTHING
    begin, end = first.days.earliest, last.days.latest
    if begin > end:  # "from November to February", "from Friday to Monday": the end lies in the next round
        if first.grain == "day" and "WEEKLY" in item.slots["last"].symbols:
            end = plus(end, 7) if context.outlook(item) == "future" else end
            begin = begin if begin <= end else plus(begin, -7)
        elif last.dated or context.outlook(item) != "future":
            begin = plus_months(begin, -12)
        else:
            end = plus_months(end, 12)
    if begin > end:
        return NOTHING
    return Told(Days(begin, end), last.grain, dated=first.dated or last.dated)


def _pair(context: Context, item: Item) -> Told | None:
    """Two neighbouring units as one span; others are each their own."""
    last = context.resolve(item.slots["last"])
    kept = context.year_hint
    if last and last.dated and last.days.earliest:
        context.year_hint = last.days.earliest.year
    first = context.resolve(item.slots["period"])
    context.year_hint = kept
    if not first or not last or not first.days.latest or not last.days.earliest or first.grain != last.grain:
        return None
    if plus(first.days.latest, 1) != last.days.earliest:
        return None
    return Told(Days(first.days.earliest, last.days.latest), last.grain, dated=last.dated)


def _since(context: Context, item: Item) -> Told | None:
    told = _within(context, item)
    if told is None or told.days.earliest is None:
        return told
    lasting = Days(told.days.earliest, max(context.base, told.days.earliest))
    # "Their first meeting since August": over that time it is the first, and not its day.
    counted = is_counted(context, item, _SINCE)
    return Told(lasting, told.grain, told.dated, refers=False, point=told.days, counted=counted)


def _sincethen(context: Context, item: Item) -> Told | None:
    told = context.reference("year", ahead=False, at=item.start)
    if told is None or told.days.earliest is None:
        return NOTHING
    lasting = Days(told.days.earliest, max(context.base, told.days.earliest))
    return Told(lasting, told.grain, told.dated, refers=False, point=told.days)


def _sincestart(context: Context, item: Item) -> Told | None:
    return Told(Days(None, context.base), "day", refers=False)


def _by(context: Context, item: Item) -> Told | None:
    return _deadline(context, item)


def _until(context: Context, item: Item) -> Told | None:
    return _deadline(context, item)


def _deadline(context: Context, item: Item) -> Told | None:
    told = _within(context, item)
    if told is None or told.days.latest is None or told.days.latest <= context.base:
        return told
    return Told(Days(context.base, told.days.latest), told.grain, told.dated, refers=False)


RULES: Mapping[str, Rule] = {
    "part": _part,
    "daypart": _daypart,
    "offset": _offset,
    "range": _range,
    "pair": _pair,
    "since": _since,
    "sincethen": _sincethen,
    "sincestart": _sincestart,
    "by": _by,
    "until": _until,
}
