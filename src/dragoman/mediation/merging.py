"""One step, told by many articles: which reports are one, and the step that they make together.

`clusters` is a pure function of a set of reports: whatever order they came in, it gives the same groups. Reports that
say the very same are one node; nodes whose `matching.weight` passes the threshold are joined, the strongest pair first,
as long as the groups agree on average and no two members rule each other out. Two steps of one article are never one:
the article has told them apart.
"""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from dragoman.mediation.matching import THRESHOLD, is_country, same_place, span, weight
from dragoman.records import Evidence, Record, Status, Step, When, Where

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Report(Record):
    """One article's word on one step, with what a footnote needs.

    ``quote`` is the sentence that states it, ``words`` the part of it that does, ``sentence`` its number in the
    article, from 0.
    """

    id: str
    conflict: str
    article: str
    published: date
    title: str | None
    source: str | None
    url: str | None
    sentence: int
    quote: str
    words: str
    step: Step


@dataclass(frozen=True, slots=True)
class Claim(Record):
    """One value of a field, and the reports that give it."""

    value: str
    reports: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Contradiction(Record):
    """A field on which the reports differ, the value most often given first."""

    field: str
    claims: tuple[Claim, ...]


@dataclass(frozen=True, slots=True)
class FileStep(Record):
    """A step of the file: what the reports say together, which reports they are, and where they differ."""

    id: str
    step: Step
    reports: tuple[str, ...]
    contradictions: tuple[Contradiction, ...]


Signature = tuple[object, ...]
Apart = frozenset[frozenset[str]]


def signature(report: Report, apart: Apart = frozenset()) -> Signature:
    """What decides whether a report matches others: reports with one signature are one node.

    A report that somebody has set apart from another stands for itself.
    """
    step = report.step
    alone = report.id if any(report.id in pair for pair in apart) else ""
    place = None if step.where is None else (step.where.name, step.where.country, step.where.geonames)
    when = (step.when.earliest, step.when.latest)
    people = (step.actors, step.recipients, step.third_parties, step.persons)
    return (alone, step.kind, *people, when, place, step.round, step.terms, step.status, step.outcome, report.published)


@dataclass(frozen=True, slots=True)
class Node:
    """Reports that say the same of a step, in canonical order."""

    reports: tuple[Report, ...]

    @property
    def key(self) -> str:
        """The id of its first report: what nodes are ordered by."""
        return self.reports[0].id

    @property
    def articles(self) -> frozenset[str]:
        """The articles that it draws on."""
        return frozenset(report.article for report in self.reports)


def link(one: Node, other: Node, apart: Apart = frozenset()) -> float | None:
    """The evidence that two nodes tell one step; None where they cannot."""
    if one.articles & other.articles:
        return None
    first, second = one.reports[0], other.reports[0]
    if frozenset({first.id, second.id}) in apart:
        return None
    return weight(first.step, second.step, first.published, second.published)


# What a pair weighs of which nothing is known.
_UNKNOWN = -0.5


def clusters(nodes: Sequence[Node], weights: Mapping[tuple[int, int], float | None]) -> list[tuple[int, ...]]:
    """Groups of nodes that tell one step.

    Args:
        nodes: in canonical order.
        weights: the evidence of each pair of indices (the smaller first); a pair that is not there says nothing.
    """
    group = list(range(len(nodes)))
    members: dict[int, list[int]] = {index: [index] for index in group}
    evidence: dict[int, dict[int, _Evidence]] = {index: {} for index in group}
    for (one, other), value in weights.items():
        evidence[one][other] = evidence[other][one] = (value or 0.0, 1, value is None)
    strong = sorted(
        ((-value, pair) for pair, value in weights.items() if value is not None and value >= THRESHOLD),
        key=lambda item: (round(item[0], 6), item[1]),
    )
    for _, (one, other) in strong:
        first, second = group[one], group[other]
        if first == second:
            continue
        keep, gone = min(first, second), max(first, second)
        if not _agree(evidence[keep][gone], len(members[keep]) * len(members[gone])):
            continue
        for index in members[gone]:
            group[index] = keep
        members[keep] = sorted(members[keep] + members.pop(gone))
        # What is known of the two together and any third is what is known of either.
        del evidence[keep][gone]
        for third, added in evidence.pop(gone).items():
            if third == keep:
                continue
            known = evidence[keep].get(third)
            both = added if known is None else (known[0] + added[0], known[1] + added[1], known[2] or added[2])
            evidence[keep][third] = evidence[third][keep] = both
            del evidence[third][gone]
    return [tuple(members[index]) for index in sorted(members)]


# Of the pairs between two groups of which something is known: the sum of it, their number, and whether one forbids it.
_Evidence = tuple[float, int, bool]


def _agree(known: _Evidence, pairs: int) -> bool:
    """Whether two groups are one: by the mean over all pairs between them, and no pair may forbid it."""
    total, number, forbidden = known
    return not forbidden and (total + _UNKNOWN * (pairs - number)) / pairs >= THRESHOLD / 2


def combine(reports: Iterable[Report]) -> FileStep:
    """The step that the reports of one happening make together.

    The span tightens to the days that all (or most) agree on, the place to the most exact, and who took part is the
    union. On outcome, round and status the most reports win, then the latest; what differs is kept as a contradiction.
    """
    ordered = sorted(reports, key=order)
    steps = [report.step for report in ordered]
    kind = _majority([step.kind for step in steps])
    third = _union(step.third_parties for step in steps)
    actors = tuple(actor for actor in _union(step.actors for step in steps if step.kind == kind) if actor not in third)
    recipients = _union(step.recipients for step in steps if step.kind == kind)
    when, days_differ = _when(ordered)
    where, places_differ = _where(ordered)
    status = _status(ordered)
    said_by = {step.said_by for step in steps}
    step = Step(
        kind=kind,
        actors=actors or _union(step.actors for step in steps),
        recipients=tuple(actor for actor in recipients if actor not in actors and actor not in third),
        third_parties=third,
        persons=_union(step.persons for step in steps),
        when=when,
        where=where,
        status=status,
        round=_latest_majority([(step.round) for step in steps]),
        outcome=_latest_majority([step.outcome for step in steps]),
        terms=_union(step.terms for step in steps),
        said_by=next(iter(said_by)) if len(said_by) == 1 else None,
        events=_union(step.events for step in steps),
        evidence=_evidence(ordered),
    )
    differing = [
        _contradiction("outcome", ordered, lambda report: report.step.outcome),
        _contradiction("status", _settled(ordered), lambda report: report.step.status),
        _contradiction("kind", ordered, lambda report: report.step.kind),
        _contradiction("when", ordered, _days_text) if days_differ else None,
        _contradiction("where", ordered, _place_text) if places_differ else None,
    ]
    return FileStep(
        id=hashlib.sha256(ordered[0].id.encode()).hexdigest()[:12],
        step=step,
        reports=tuple(report.id for report in ordered),
        contradictions=tuple(item for item in differing if item is not None),
    )


def order(report: Report) -> tuple[date, str, int, str]:
    """The canonical order of reports: day of publication, article, place in it."""
    start = report.step.evidence[0].start if report.step.evidence else 0
    return (report.published, report.article, start, report.id)


def _when(reports: Sequence[Report]) -> tuple[When, bool]:
    """The days that most reports agree on, and whether some of them disagree."""
    known = [
        report for report in reports if report.step.when.earliest is not None or report.step.when.latest is not None
    ]
    if not known:
        return reports[0].step.when, False
    # A plan may move; what was held tells when it was.
    held = [report for report in known if report.step.status in ("actual", "historical")] or known
    spans = [span(report.step, report.published) for report in held]
    best = (0, 0, date.min, date.max)
    for start in sorted({first for first, _ in spans}):
        holding = [bounds for bounds in spans if bounds[0] <= start <= bounds[1]]
        end = min(last for _, last in holding)
        candidate = (len(holding), -(end - start).days, start, end)
        if candidate[:2] > best[:2] or best[0] == 0:
            best = candidate
    count, _, earliest, latest = best
    exact = [r.step.when for r in held if (r.step.when.earliest, r.step.when.latest) == (earliest, latest)]
    texts = [when.text for when in exact if when.text is not None]
    stated = any(report.step.when.basis == "stated" for report in held)
    open_start = all(report.step.when.earliest is None for report in held)
    open_end = all(report.step.when.latest is None for report in held)
    merged = When(
        earliest=None if open_start else earliest,
        latest=None if open_end else latest,
        text=texts[0] if texts else None,
        basis="stated" if stated else held[0].step.when.basis,
    )
    return merged, count < len(held)


def _where(reports: Sequence[Report]) -> tuple[Where | None, bool]:
    """The most exact place of those that most reports give, and whether some name another."""
    places = [report.step.where for report in reports if report.step.where is not None]
    if not places:
        return None, False
    exact = [place for place in places if not is_country(place)] or places
    support = [(sum(same_place(place, other) for other in exact), -index) for index, place in enumerate(exact)]
    best = exact[-max(support)[1]]
    return best, any(
        not same_place(best, place) and not (is_country(place) and place.country == best.country) for place in places
    )


def _status(reports: Sequence[Report]) -> Status:
    """What the latest reports say: a plan that was held is actual, one that was called off is negated."""
    settled = _settled(reports)
    counts = Counter(report.step.status for report in settled)
    latest = {report.step.status: order(report) for report in settled}
    return max(counts, key=lambda status: (counts[status], latest[status]))


def _settled(reports: Sequence[Report]) -> list[Report]:
    """The reports that tell what became of it, or all where it is still ahead."""
    told = [report for report in reports if report.step.status in ("actual", "historical", "negated")]
    if not told:
        return list(reports)
    if any(report.step.status == "actual" for report in told):
        # "Historical" is how a later article calls the same thing.
        told = [report for report in told if report.step.status != "historical"]
    return told


def _contradiction(
    field: str, reports: Sequence[Report], value: Callable[[Report], object | None]
) -> Contradiction | None:
    said: dict[str, list[str]] = defaultdict(list)
    for report in reports:
        found = value(report)
        if found is not None:
            said[str(found)].append(report.id)
    if len(said) < 2:
        return None
    claims = sorted(said.items(), key=lambda item: (-len(item[1]), item[0]))
    return Contradiction(field, tuple(Claim(text, tuple(ids)) for text, ids in claims))


def _days_text(report: Report) -> str | None:
    when = report.step.when
    if when.earliest is None and when.latest is None:
        return None
    if when.earliest == when.latest:
        return str(when.earliest)
    return f"{when.earliest or '…'}/{when.latest or '…'}"


def _place_text(report: Report) -> str | None:
    where = report.step.where
    return None if where is None else where.name if where.country is None else f"{where.name}, {where.country}"


def _evidence(reports: Sequence[Report]) -> tuple[Evidence, ...]:
    return tuple(dict.fromkeys(item for report in reports for item in report.step.evidence))


def _union(groups: Iterable[Sequence[str]]) -> tuple[str, ...]:
    return tuple(sorted({item for group in groups for item in group}))


def _majority(values: Sequence[_T]) -> _T:
    counts = Counter(values)
    return max(counts, key=lambda value: (counts[value], str(value)))


def _latest_majority(values: Sequence[_T | None]) -> _T | None:
    """The value given most often; of two given equally often the one given last."""
    known = [value for value in values if value is not None]
    if not known:
        return None
    counts = Counter(known)
    last = {value: index for index, value in enumerate(known)}
    return max(counts, key=lambda value: (counts[value], last[value]))
