"""Which events of one article report the same happening."""

from __future__ import annotations

from collections.abc import Sequence

from dragoman.records import Event, When


def same_as(event: Event, earlier: Sequence[Event], lemmas: dict[str, str], definite: bool) -> str | None:
    """The first of the earlier events that this one repeats, or None.

    Two events are one happening when type and status agree, the actors overlap in each role that both fill, the days
    can be the same, and either the words are of one kind or the later one points back ("the talks").
    """
    for other in earlier:
        if other.type != event.type or other.status != event.status:
            continue
        if (other.cameo or "")[:2] != (event.cameo or "")[:2]:
            continue
        if not _overlap(event, other) or not _same_days(event.when, other.when):
            continue
        if other.where and event.where and other.where.name != event.where.name:
            continue
        same_words = lemmas[other.id] == lemmas[event.id] or event.cameo == other.cameo
        if definite or same_words:
            return other.same_as or other.id
    return None


def _overlap(event: Event, other: Event) -> bool:
    mine, theirs = set(event.actors) | set(event.recipients), set(other.actors) | set(other.recipients)
    if not event.recipients and not other.recipients:
        return mine <= theirs or theirs <= mine
    if event.recipients and other.recipients:
        return bool(set(event.actors) & set(other.actors)) and bool(set(event.recipients) & set(other.recipients))
    return bool(set(event.actors) & set(other.actors)) and (mine <= theirs or theirs <= mine)


def _same_days(a: When, b: When) -> bool:
    if a.basis != "stated" or b.basis != "stated" or not (a.earliest and a.latest and b.earliest and b.latest):
        return True
    return a.earliest <= b.latest and b.earliest <= a.latest
