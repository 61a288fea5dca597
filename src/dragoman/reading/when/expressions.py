"""Every time expression of an article, in order, each with its span of days."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from datetime import date

from spacy.tokens import Doc

from dragoman.reading.when.context import Context, Told
from dragoman.reading.when.cues import load_cues
from dragoman.reading.when.days import Days
from dragoman.reading.when.grammar import grammar
from dragoman.reading.when.lexicon import Item, items
from dragoman.reading.when.quotations import speech_days
from dragoman.reading.when.resolution import RULES
from dragoman.records import Basis, Time


@dataclass(frozen=True, slots=True)
class TimeExpression:
    """A time expression: its tokens (end exclusive) and its record.

    Attributes:
        point: of "since June", the June that it counts from.
        counted: whether something is counted or ranked over it, and so did not last as long: "the first in ten years".
    """

    start: int
    end: int
    record: Time
    point: Days | None = None
    counted: bool = False


def find_times(doc: Doc, published: date) -> tuple[TimeExpression, ...]:
    """The time expressions of an article, each with the smallest span of days that it stands for.

    Tags and trees help (tense tells whether "on Tuesday" has passed) but are not needed.
    """
    row = grammar().parse(list(items(doc)))
    context = Context(doc, published, RULES, _day_first(row))
    quoted = sorted(speech_days(doc, row, context).items(), key=lambda entry: entry[0].start)
    found: list[TimeExpression] = []
    for item in row:
        if not item.rule or not item.symbols & _SYMBOLS:
            continue
        # Quotations do not overlap: only the one that begins last before the expression can hold it.
        at = bisect_right(quoted, item.start, key=lambda entry: entry[0].start) - 1
        context.base = quoted[at][1] if at >= 0 and item.start in quoted[at][0] else published
        parts = [item]
        if item.rule == "pair" and context.resolve(item) is None:
            parts = [item.slots["period"], item.slots["last"]]
        for part in parts:
            told = context.resolve(part)
            if told is not None:
                context.remember(part.start, told)
                found.append(_expression(doc, part, told))
    return tuple(found)


def _expression(doc: Doc, item: Item, told: Told) -> TimeExpression:
    end = _noun_phrase_end(doc, item.end) if item.rule == "sincestart" else item.end
    span = doc[item.start : end]
    days = told.days
    basis: Basis = "stated" if days.earliest or days.latest else "unknown"
    record = Time(days.earliest, days.latest, span.text, basis, span.start_char, span.end_char)
    return TimeExpression(item.start, end, record, told.point, told.counted)


def _noun_phrase_end(doc: Doc, start: int) -> int:
    """Where the noun phrase ends that begins at a token: "the beginning of | Russia's invasion"."""
    end = start
    while end < min(start + 7, len(doc)):
        token = doc[end]
        # Possessives and compounds run on; a noun that is followed by anything else closes the phrase.
        if token.is_punct or token.is_space or token.pos_ in ("VERB", "AUX", "ADP", "CCONJ", "SCONJ", "PRON"):
            break
        end += 1
        following = doc[end].text if end < len(doc) else ""
        untagged = not token.pos_ and token.text.islower() and token.text not in load_cues().phrase_open
        if untagged and following not in ("'s", "’s", "-"):
            break
    return end


_SYMBOLS = frozenset({"PERIOD", "TIME", "CLOCKTIME", "DURATION"})


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
