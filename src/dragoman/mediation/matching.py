"""How strongly two reports look like one step: Fellegi–Sunter record linkage over the fields of a step.

Each field adds a weight where the reports agree and takes one away where they disagree; a field that one of them leaves
open says nothing. `weight` gives None where the two cannot be one step whatever else agrees. The weights are in nats,
set by hand and checked against the stories of ``benchmarks/merging.py``.
"""

from __future__ import annotations

import math
from datetime import date, timedelta

from dragoman.records import Step, Where

# A pair is taken as one step from this sum on. Agreement of actors and day alone is worth about 3.
THRESHOLD = 1.6

# Kinds in which all who meet are alike, and it does not matter who is named first.
MEETINGS = frozenset({"talks", "consultation", "agreement", "breakdown"})
# Papers differ on whether a mediator who sits with both sides "meets" them or "holds talks".
_ALIKE = frozenset({frozenset({"talks", "consultation"})})

# Reports of one happening may be this many days apart: time zones, and "on Monday" of a Tuesday paper.
_SLIP = 2
_NEAR_KM = 60.0


def weight(one: Step, other: Step, published: date, other_published: date) -> float | None:
    """The evidence that two reports tell one step, in nats; None where they cannot."""
    if one.kind != other.kind and frozenset({one.kind, other.kind}) not in _ALIKE:
        return None
    if one.round is not None and other.round is not None and one.round != other.round:
        return None
    parts = [
        _participants(one, other) if one.kind in MEETINGS or other.kind in MEETINGS else _roles(one, other),
        _days(span(one, published), span(other, other_published)),
        _places(one.where, other.where),
        _terms(one, other),
    ]
    total = 0.0
    for part in parts:
        if part is None:
            return None
        total += part
    total += _overlap(frozenset(one.persons), frozenset(other.persons), share=1.0, apart=-1.0)
    if one.kind != other.kind:
        total -= 1.0
    if one.round is not None and one.round == other.round:
        total += 2.0
    if one.outcome is not None and one.outcome == other.outcome:
        total += 0.3
    if {one.status, other.status} in ({"negated", "actual"}, {"hypothetical", "actual"}):
        total -= 0.7
    distance = abs((published - other_published).days)
    # Papers write of a step while it is news: two weeks later a like one is more often the next.
    return total + (0.4 if distance <= 3 else -0.6 if distance > 21 else 0.0)


def span(step: Step, published: date) -> tuple[date, date]:
    """The days in which the step can lie: open ends are closed by the publication date.

    What is past cannot lie after its report. A plan without a day lies within the two months after it.
    """
    ahead = step.status in ("future", "hypothetical")
    latest = step.when.latest or (published + timedelta(days=60) if ahead else published)
    earliest = step.when.earliest or (published if ahead else latest - timedelta(days=60))
    return (min(earliest, latest), max(earliest, latest))


def kilometres(one: Where, other: Where) -> float | None:
    """The distance between two places on the great circle, None where a coordinate is not known."""
    if one.latitude is None or one.longitude is None or other.latitude is None or other.longitude is None:
        return None
    first, second = math.radians(one.latitude), math.radians(other.latitude)
    half = math.sin((second - first) / 2) ** 2
    half += math.cos(first) * math.cos(second) * math.sin(math.radians(other.longitude - one.longitude) / 2) ** 2
    return 2 * 6371.0 * math.asin(math.sqrt(min(1.0, half)))


def same_place(one: Where, other: Where) -> bool:
    """Whether two places are one, or so near that a paper may name either."""
    if one.geonames is not None and one.geonames == other.geonames:
        return True
    if one.name.casefold() == other.name.casefold() and one.country == other.country:
        return True
    far = kilometres(one, other)
    return far is not None and far <= _NEAR_KM


def is_country(place: Where) -> bool:
    """Whether no more than the country is known: it has no point of its own."""
    return place.country is not None and (place.latitude is None or place.text == place.country)


def _participants(one: Step, other: Step) -> float | None:
    """Meetings: the same people round the table, in whatever order and role."""
    first, second = frozenset(one.actors + one.recipients), frozenset(other.actors + other.recipients)
    thirds, others = frozenset(one.third_parties), frozenset(other.third_parties)
    if not first or not second:
        core = 0.0
    elif first == second:
        core = 1.5
    elif first | thirds == second | others:
        core = 1.2
    else:
        # One paper names the mediator among those who met, another names the two sides alone.
        shared = len(first & second) / min(len(first), len(second))
        if shared < 0.5 or (shared < 1 and len(first) == len(second) == 2):
            return None
        core = 0.6 if shared == 1 else -0.5
    return core + _overlap(thirds, others, share=0.5, apart=-1.2)


def _roles(one: Step, other: Step) -> float | None:
    """Steps that somebody takes towards somebody."""
    first, second = frozenset(one.actors), frozenset(other.actors)
    if first and second and not first & second:
        return None
    total = 0.0 if not first or not second else 1.5 if first == second else 0.5
    total += _overlap(frozenset(one.recipients), frozenset(other.recipients), share=0.6, apart=-1.5)
    return total + _overlap(frozenset(one.third_parties), frozenset(other.third_parties), share=0.5, apart=-1.2)


def _days(one: tuple[date, date], other: tuple[date, date]) -> float | None:
    gap = (max(one[0], other[0]) - min(one[1], other[1])).days
    if gap > 7:
        return None
    if gap > _SLIP:
        return -3.0
    if gap > 0:
        return 0.3 if gap == 1 else -0.5
    widths = sorted(((one[1] - one[0]).days, (other[1] - other[0]).days))
    if widths[1] <= 3:
        return 1.5
    # A wide span that holds the narrow one fits it, but it would fit many.
    return 0.9 if widths[1] <= 10 else 0.5 if widths[0] <= 10 and widths[1] <= 31 else 0.1


def _places(one: Where | None, other: Where | None) -> float | None:
    if one is None or other is None:
        return 0.0
    if same_place(one, other):
        return 1.5
    if one.country is not None and one.country == other.country:
        return 0.5 if is_country(one) or is_country(other) else -1.5
    return -2.5


def _terms(one: Step, other: Step) -> float | None:
    first, second = frozenset(one.terms), frozenset(other.terms)
    if not first or not second or first & second:
        return 0.8 if first & second else 0.0
    return None if one.kind == "condition" else -1.0


def _overlap(one: frozenset[str], other: frozenset[str], *, share: float, apart: float) -> float:
    if not one or not other:
        return 0.0
    return share if one & other else apart
