"""What an article tells more than once is one step: those found so far, and which of them a new telling is of."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Hashable, Iterator
from dataclasses import replace

from dragoman.mediation.matching import is_country, same_place
from dragoman.records import Step, When, Where

MEETINGS = frozenset({"talks", "consultation"})
# Whoever does one of these twice has done two things, unless the words are the same.
_SEVERAL = frozenset({"assessment", "criticism", "refusal", "condition", "pressure", "agreement"})
# A span of more days than these is looked for among all others, not by its months.
_LONG_SPAN = 366


class Told:
    """Steps in the order in which they were first told.

    They are filed by what two tellings of one step must share, so that a long article does not compare each with all.
    """

    def __init__(self) -> None:
        self.steps: list[Step] = []
        # The numbers of the talks, in order.
        self.talks: list[int] = []
        # What a step is about beyond what it records, by number: two that differ in this are two.
        self.about: list[frozenset[str]] = []
        self._filed: dict[Hashable, set[int]] = defaultdict(set)

    def add(self, step: Step, about: frozenset[str] = frozenset()) -> None:
        """Add a step, or its evidence to the first that tells the same."""
        for number in sorted({number for key in _asked(step) for number in self._filed.get(key, ())}):
            other = self.about[number]
            if (not about or not other or about & other) and _same(step, self.steps[number]):
                self.about[number] |= about
                self.join(number, step)
                return
        self.steps.append(step)
        self.about.append(about)
        if step.kind == "talks":
            self.talks.append(len(self.steps) - 1)
        self._file(len(self.steps) - 1)

    def join(self, number: int, step: Step) -> None:
        """Add what another telling of a step says to it."""
        self.steps[number] = _joined(self.steps[number], step)
        self._file(number)

    def _file(self, number: int) -> None:
        for key in _keys(self.steps[number]):
            self._filed[key].add(number)


def _keys(step: Step) -> Iterator[Hashable]:
    """Under what a step is filed: its words, its events, and each actor with the months and with any."""
    yield step.kind, step.evidence
    if step.events:
        yield step.kind, step.events
    months = _months(step.when)
    for actor in step.actors:
        yield step.kind, step.status, actor
        yield from ((step.kind, step.status, actor, month) for month in months or ("long",))


def _asked(step: Step) -> Iterator[Hashable]:
    """Under what those stand that may be the same step."""
    yield step.kind, step.evidence
    if step.events:
        yield step.kind, step.events
    if step.kind in _SEVERAL and step.kind != "agreement":
        return
    months = _months(step.when)
    for actor in step.actors:
        if not months:
            yield step.kind, step.status, actor
        yield from ((step.kind, step.status, actor, month) for month in (*months, "long") if months)


def _months(when: When) -> tuple[int, ...]:
    """The months of a span, counted from the year 0; none of one with an open end, or of a long one."""
    if when.earliest is None or when.latest is None or days_of(when) > _LONG_SPAN:
        return ()
    first, last = (12 * day.year + day.month for day in (when.earliest, when.latest))
    return tuple(range(first, last + 1))


def _same(one: Step, other: Step) -> bool:
    if one.kind != other.kind or one.status != other.status:
        return False
    if one.round is not None and other.round is not None and one.round != other.round:
        return False
    if not set(one.actors) & set(other.actors) or (set(one.terms) ^ set(other.terms) and one.kind == "condition"):
        return False
    if one.recipients and other.recipients and not set(one.recipients) & set(other.recipients):
        return False
    if one.kind in (*MEETINGS, "breakdown") and one.where and other.where and not one_place(one.where, other.where):
        return False
    if one.kind == "endorsement" and set(one.recipients) != set(other.recipients):
        # To welcome a deal and to thank the host are two steps.
        return False
    if one.kind == "agreement" and (set(one.actors) <= set(other.actors) or set(other.actors) <= set(one.actors)):
        # A deal is told in the title, in the first sentence, and once more with those who signed it.
        return days_meet(one.when, other.when)
    if one.kind in _SEVERAL:
        # Several of these by one actor are several things said or done, unless the words are the same.
        return one.events == other.events != () or one.evidence == other.evidence
    if one.kind == "consultation" and one.persons and other.persons and not set(one.persons) & set(other.persons):
        return False
    return days_meet(one.when, other.when)


def one_place(one: Where, other: Where) -> bool:
    """Whether two places may be the same: alike, or a country and a town in it."""
    return same_place(one, other) or (one.country == other.country and (is_country(one) or is_country(other)))


def days_meet(one: When, other: When) -> bool:
    """Whether two spans have a day in common; one with an open end may have any."""
    if one.earliest is None or other.earliest is None or one.latest is None or other.latest is None:
        return True
    return one.earliest <= other.latest and other.earliest <= one.latest


def days_of(when: When) -> float:
    """How many days a span covers; what has an open end covers any number."""
    if when.earliest is None or when.latest is None:
        return math.inf
    return (when.latest - when.earliest).days


def _joined(one: Step, other: Step) -> Step:
    """Two tellings of one step as one: what is known from either, the first told winning."""
    stated = one.when if one.when.basis == "stated" or other.when.basis != "stated" else other.when
    if one.when.basis == other.when.basis == "stated" and days_of(other.when) < days_of(one.when):
        stated = other.when
    return replace(
        one,
        actors=tuple(dict.fromkeys((*one.actors, *other.actors))),
        recipients=tuple(dict.fromkeys((*one.recipients, *other.recipients))),
        third_parties=tuple(
            a for a in dict.fromkeys((*one.third_parties, *other.third_parties)) if a not in one.actors
        ),
        persons=tuple(dict.fromkeys((*one.persons, *other.persons))),
        when=stated,
        where=one.where or other.where,
        round=one.round if one.round is not None else other.round,
        outcome=one.outcome or other.outcome,
        terms=tuple(dict.fromkeys((*one.terms, *other.terms))),
        said_by=one.said_by if one.said_by == other.said_by else None,
        events=tuple(dict.fromkeys((*one.events, *other.events))),
        evidence=tuple(dict.fromkeys((*one.evidence, *other.evidence))),
    )
