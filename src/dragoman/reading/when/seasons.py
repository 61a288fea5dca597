"""Seasons, quarters, feasts and fiscal years."""

from __future__ import annotations

from collections.abc import Mapping

from dragoman.reading.when.context import NOTHING, Context, Rule, Told
from dragoman.reading.when.days import (
    UNKNOWN,
    months_of,
)
from dragoman.reading.when.feasts import occurrences, phrases, rule_of
from dragoman.reading.when.lexicon import Item


def _season(context: Context, item: Item) -> Told | None:
    month, year = item.number("season"), item.number("year")
    base = context.base
    following = context.doc[item.end].text[:1] if item.end < len(context.doc) else ""
    if not year and following.isupper() and context.doc[item.end - 1].text[:1].isupper():
        return None  # "the Winter Olympics"
    if year or "shift" in item.slots:
        return Told(months_of(year or base.year + item.number("shift"), month, 3), "quarter", dated=True)
    which = item.number("which") if "which" in item.slots else None
    told = context.outlook(item)
    spans = [months_of(y, month, 3) for y in range(base.year - 2, base.year + 3)]
    if which == -1:
        before = (s for s in spans if s.latest and s.latest < base)
        span = max(before, key=lambda s: s.latest or base, default=spans[0])  # at the beginning of the calendar
    elif which == 1 or (which is None and told == "future"):
        coming = (s for s in spans if s.earliest and s.earliest > base)
        span = min(coming, key=lambda s: s.earliest or base, default=spans[-1])
    elif which == 0:
        running = (s for s in spans if s.earliest and s.latest and s.earliest <= base <= s.latest)
        span = next(running, months_of(base.year, month, 3))
        if told == "past" and span.earliest and span.earliest > base:
            span = months_of(base.year - 1, month, 3)
    else:
        begun = (s for s in spans if s.earliest and s.earliest <= base)
        span = max(begun, key=lambda s: s.earliest or base, default=spans[0])
    return Told(span, "quarter")


def _quarter(context: Context, item: Item) -> Told | None:
    year = item.number("year") or context.base.year + item.number("shift")
    dated = "year" in item.slots
    if "half" in item.slots:
        half = item.number("half")
        return Told(months_of(year, 6 * half - 5, 6), "quarter", dated=dated) if half <= 2 else None
    number = item.number("n")
    if not 1 <= number <= 4:
        return None
    span = months_of(year, 3 * number - 2, 3)
    ahead = "shift" not in item.slots and not dated and span.earliest is not None and span.earliest > context.base
    if ahead and context.outlook(item) == "past":
        span = months_of(year - 1, 3 * number - 2, 3)
    return Told(span, "quarter", dated=dated)


def _feast(context: Context, item: Item) -> Told | None:
    rule = rule_of(item.text)
    after = context.doc[item.end].text.lower() if item.end < len(context.doc) else ""
    if rule is None or after in phrases():
        return None
    base, year = context.base, item.number("year")
    if rule.startswith("once"):
        return Told(next(occurrences(rule, base.year)), "day", dated=True)
    if year:
        return Told(next(occurrences(rule, year), UNKNOWN), "day", dated=True)
    near = [s for y in range(max(base.year - 2, 2), base.year + 3) for s in occurrences(rule, y)]
    starts = [(s, s.earliest or base, s.latest or base) for s in near]
    told = context.outlook(item)
    which = item.number("which", 9)
    if which == -1:
        found = [s for s, _, last in starts if last < base][-1:]
    elif which == 1:
        found = [s for s, first, _ in starts if first > base][:1]
    elif which == 0:
        found = [s for s, first, _ in starts if first.year == base.year][:1]
    elif told == "past":
        found = [s for s, first, _ in starts if first <= base][-1:]
    elif told == "future":
        found = [s for s, _, last in starts if last >= base][:1]
    else:
        gaps = [(max((first - base).days, (base - last).days, 0), s.earliest or base, s) for s, first, last in starts]
        found = [min(gaps, key=lambda gap: gap[:2])[2]] if gaps else []
    return Told(found[0], "day") if found else NOTHING


def _fiscal(context: Context, item: Item) -> Told | None:
    year = item.number("year")
    if "last" in item.slots:  # 2019–20: April to March, as in Britain and India
        return Told(months_of(year, 4, 12), "year", dated=True)
    return Told(months_of(year - 1, 10, 12), "year", dated=True)  # the United States' federal year


RULES: Mapping[str, Rule] = {
    "season": _season,
    "quarter": _quarter,
    "feast": _feast,
    "fiscal": _fiscal,
}
