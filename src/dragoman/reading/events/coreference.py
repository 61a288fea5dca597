"""Which events of one article report the same happening, and what one report of it tells for the others."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence, Set

from dragoman.records import Event, When, Where

# What is said once is said again: the day of one demand is not that of the next.
_SAID = frozenset({"REQUEST", "REJECT", "ACCUSE", "THREATEN"})
_UNTOLD = frozenset({"published", "unknown"})


class Reports:
    """The events of an article in the order told; a later one is compared with those only that it may repeat."""

    def __init__(self, countries: Set[str]) -> None:
        """`countries` are the names of countries, in which towns may be."""
        self._countries = countries
        # With each event: the word that states it, and the id of the first report of its happening.
        self._told: dict[tuple[str, str, str], list[tuple[Event, str, str]]] = defaultdict(list)

    def same_as(self, event: Event, lemma: str, *, definite: bool) -> str | None:
        """The id of the first report of the happening that this event repeats, or None; then it is among those told.

        Two events are one happening when type and status agree, the actors overlap in each role that both fill, the
        days can be the same, and either the words are one, or code and actors are, or the later one points back ("the
        talks").

        Args:
            event: the event, with its place.
            lemma: the word that states it.
            definite: whether it has an article that points back.
        """
        told = self._told[event.type, event.status, (event.cameo or "")[:2]]
        alike = (first for other, word, first in told if self._is_one(event, other, definite or word == lemma))
        found = next(alike, None)
        told.append((event, lemma, found or event.id))
        return found

    def _is_one(self, event: Event, other: Event, alike: bool) -> bool:
        if not _overlap(event, other) or not _same_days(event.when, other.when):
            return False
        if not _same_place(event.where, other.where, self._countries):
            return False
        return alike or (event.cameo == other.cameo and _everybody(event) == _everybody(other))


def shared(events: Sequence[Event], countries: Set[str]) -> Iterator[tuple[When, Where | None]]:
    """Days and place of each event: where a report tells none, those that another report of the happening states."""
    days: dict[str, list[When]] = {}
    spots: dict[str, list[Where]] = {}
    for event in events:
        happening = event.same_as or event.id
        if event.when.basis not in _UNTOLD:
            days.setdefault(happening, []).append(event.when)
        if event.where is not None:
            spots.setdefault(happening, []).append(event.where)
    for event in events:
        happening = event.same_as or event.id
        when, where = event.when, event.where
        if happening in days and when.basis in _UNTOLD and event.type not in _SAID:
            best = min(days[happening], key=_width)
            when = When(best.earliest, best.latest, best.text, "inherited")
        if happening in spots and (where is None or where.name in countries):
            where = min(spots[happening], key=lambda spot: spot.name in countries)
        yield when, where


def _width(when: When) -> int:
    if when.earliest is None or when.latest is None:
        return 10**6
    return (when.latest - when.earliest).days


def _same_place(a: Where | None, b: Where | None, countries: Set[str]) -> bool:
    """Whether two places can be one; a town is in its country."""
    if a is None or b is None or a.name == b.name:
        return True
    return a.country is not None and a.country == b.country and bool({a.name, b.name} & countries)


def _everybody(event: Event) -> set[str]:
    return {*event.actors, *event.recipients}


def _overlap(event: Event, other: Event) -> bool:
    mine, theirs = _everybody(event), _everybody(other)
    if not event.recipients and not other.recipients:
        return mine <= theirs or theirs <= mine
    if event.recipients and other.recipients:
        return bool(set(event.actors) & set(other.actors)) and bool(set(event.recipients) & set(other.recipients))
    return bool(set(event.actors) & set(other.actors)) and (mine <= theirs or theirs <= mine)


def _same_days(a: When, b: When) -> bool:
    if a.basis != "stated" or b.basis != "stated" or not (a.earliest and a.latest and b.earliest and b.latest):
        return True
    return a.earliest <= b.latest and b.earliest <= a.latest
