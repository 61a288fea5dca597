"""Every time expression of an article, in order, each with its span of days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from spacy.tokens import Doc

from dragoman.reading.when.grammar import grammar
from dragoman.reading.when.lexicon import Item, items
from dragoman.reading.when.resolution import Resolver
from dragoman.records import Time


@dataclass(frozen=True, slots=True)
class TimeExpression:
    """A time expression: its tokens (end exclusive) and its record."""

    start: int
    end: int
    record: Time


def find_times(doc: Doc, published: date) -> tuple[TimeExpression, ...]:
    """The time expressions of an article, each with the smallest span of days that it stands for.

    Tags and trees help (tense tells whether "on Tuesday" has passed) but are not needed.
    """
    row = grammar().parse(list(items(doc)))
    resolver = Resolver(doc, published)
    resolver.day_first = _day_first(row)
    found = []
    for item in row:
        if not item.rule or not item.symbols & _TIMES:
            continue
        told = resolver.resolve(item)
        if told is None:
            continue
        resolver.remember(item.start, told)
        span = doc[item.start : item.end]
        days = told.days
        record = Time(
            days.earliest,
            days.latest,
            span.text,
            "stated" if days.earliest or days.latest else "unknown",
            span.start_char,
            span.end_char,
        )
        found.append(TimeExpression(item.start, item.end, record))
    return tuple(found)


_TIMES = frozenset({"PERIOD", "TIME", "CLOCKTIME", "DURATION"})


def _day_first(row: list[Item]) -> bool | None:
    """Whether the article's other dates put the day before the month ("4 October", 25/12/2007); None: not known."""
    votes = 0
    stack = list(row)
    while stack:
        item = stack.pop()
        stack.extend(item.slots.values())
        if item.rule == "numeric":
            votes += 100 * ((item.number("a") > 12) - (item.number("b") > 12))
        elif item.rule == "date" and "month" in item.slots and "day" in item.slots:
            votes += 1 if item.slots["day"].start < item.slots["month"].start else -1
    return None if votes == 0 else votes > 0
