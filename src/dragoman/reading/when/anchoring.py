"""When an event happened: by the tree first, then the sentence, then the story, else the news itself."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from datetime import date

from spacy.tokens import Doc, Token

from dragoman.reading.when.days import plus
from dragoman.reading.when.expressions import TimeExpression
from dragoman.records import Basis, When

_OWN_CLAUSE = ("ccomp", "advcl", "acl", "parataxis", "csubj")


def event_when(
    doc: Doc,
    predicate: int,
    times: Sequence[TimeExpression],
    published: date,
    *,
    future: bool,
    said_at: When | None = None,
) -> When:
    """The span of days of the event that the predicate's token states, with its basis."""
    sentence = doc[predicate].sent if doc.has_annotation("SENT_START") else doc[:]
    here = _between(times, sentence.start, sentence.end)
    dated = [time for time in here if time.record.earliest or time.record.latest]
    if dated and doc.has_annotation("DEP"):
        heads = [(time, _governors(doc, time)) for time in dated]
        token = doc[predicate]
        for step, governor in enumerate(_line(token)):
            own = [time for time, line in heads if governor.i in line[:1]]
            if own:
                return _bounded(own, predicate, published, future, "stated" if step == 0 else "inherited")
    elif dated:
        return _bounded(dated, predicate, published, future, "inherited")
    if future:
        return When(None, None, None, "unknown")
    last = said_at.latest if said_at and said_at.latest and said_at.latest <= published else published
    return When(plus(last, -1), last, None, "published")


def _between(times: Sequence[TimeExpression], start: int, end: int) -> list[TimeExpression]:
    first = bisect_left(times, start, key=lambda time: time.start)
    found = []
    for time in times[first:]:
        if time.start >= end:
            break
        found.append(time)
    return found


def _head(doc: Doc, time: TimeExpression) -> Token:
    return next((t for t in doc[time.start : time.end] if not time.start <= t.head.i < time.end), doc[time.start])


def _governors(doc: Doc, time: TimeExpression) -> list[int]:
    """The words that the expression modifies, nearest first: a noun in between, then the predicate."""
    token = _head(doc, time)
    return [token.head.i] if token.head.i != token.i else [token.i]


def _line(token: Token) -> list[Token]:
    """The predicate, then the words whose time is its own as well: light verb, controlling verb, first conjunct."""
    line = [token]
    for _ in range(6):
        dep = token.dep_
        head = token.head
        if head.i == token.i or dep.split(":")[0] in ("ccomp", "acl", "parataxis", "advcl"):
            break
        line.append(head)
        token = head
    return line


def _bounded(times: list[TimeExpression], predicate: int, published: date, future: bool, basis: Basis) -> When:
    """Of several times the narrowest; what has happened did so by the day of publication."""
    best = min(times, key=lambda time: (_width(time), abs(time.start - predicate)))
    record = best.record
    latest = record.latest
    if not future and latest and latest > published and record.earliest and record.earliest <= published:
        latest = published
    return When(record.earliest, latest, record.text, basis)


def _width(time: TimeExpression) -> int:
    record = time.record
    if record.earliest is None or record.latest is None:
        return 10**6
    return (record.latest - record.earliest).days
