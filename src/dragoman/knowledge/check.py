"""What does not fit together in the knowledge: contradictions, overlaps, dead ends.

A finding is something for a person to look at, not always a fault: two speakers of parliament may overlap because
there are two chambers. What makes the knowledge unusable is refused when it is read (`DataError`); this looks at what
can be read.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import Literal

from dragoman.knowledge.knowledge import Knowledge
from dragoman.knowledge.names import fold
from dragoman.knowledge.offices import Tenure

FindingKind = Literal["dead end", "overlap", "contradiction", "ambiguity"]

# Offices that one person holds at a time.
SINGLE = frozenset(
    (
        "president",
        "prime minister",
        "foreign minister",
        "defense minister",
        "interior minister",
        "parliament speaker",
        "secretary-general",
        "king",
        "emir",
        "supreme leader",
    )
)
# A handover on paper takes days; sources differ by weeks.
_HANDOVER = timedelta(days=31)
_LONGEST = timedelta(days=365 * 60)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that does not fit, where it stands and what it is."""

    kind: FindingKind
    where: str
    message: str


def check(knowledge: Knowledge) -> tuple[Finding, ...]:
    """All findings, dead ends first.

    - *dead end*: an id that leads nowhere – an office of nobody, a party of a conflict, a border, a member.
    - *contradiction*: a border that only one side knows, an office held for a lifetime or without any day.
    - *overlap*: two persons in an office that one holds at a time, for more than a month.
    - *ambiguity*: one full name that is borne by several countries, bodies or groups.
    """
    return (
        *_dead_ends(knowledge),
        *_contradictions(knowledge),
        *_overlaps(knowledge),
        *_ambiguities(knowledge),
    )


def _dead_ends(knowledge: Knowledge) -> Iterator[Finding]:
    offices = knowledge.all_offices()
    for person in offices.persons():
        if knowledge.entity(person) is None:
            line = offices.line_of(offices.of_person(person)[0])
            yield Finding("dead end", line, f"nobody has the key {person!r}")
    for office, of in offices.offices():
        if knowledge.entity(of) is None:
            line = offices.line_of(next(t for t in offices.tenures() if (t.office, t.of) == (office, of)))
            yield Finding("dead end", line, f"the office {office!r} is held in {of!r}, which is unknown")
    for entity in knowledge.entities():
        for what, identifier in (("a part of", entity.of), ("of the country", entity.country)):
            if identifier is not None and knowledge.entity(identifier) is None:
                yield Finding("dead end", entity.id, f"is {what} {identifier!r}, which is unknown")
        for seat in entity.seats:
            if not knowledge.is_country(seat):
                yield Finding("dead end", entity.id, f"has its seat in {seat!r}, which is no country")
    for country in knowledge.countries():
        for neighbour in sorted(knowledge.borders(country)):
            if not knowledge.is_country(neighbour):
                yield Finding("dead end", country, f"borders {neighbour!r}, which is no country")
    for body, members in knowledge.member_lists():
        for identifier in (body, *members):
            if knowledge.entity(identifier) is None:
                yield Finding("dead end", body, f"the member list names {identifier!r}, which is unknown")
    for conflict in knowledge.conflicts:
        for party in (*conflict.parties, *conflict.countries):
            if knowledge.entity(party) is None:
                yield Finding("dead end", conflict.id, f"the conflict names {party!r}, which is unknown")


def _contradictions(knowledge: Knowledge) -> Iterator[Finding]:
    for country in knowledge.countries():
        for neighbour in sorted(knowledge.borders(country)):
            if knowledge.is_country(neighbour) and country not in knowledge.borders(neighbour):
                yield Finding("contradiction", country, f"borders {neighbour}, but {neighbour} does not border it")
    offices = knowledge.all_offices()
    for tenure in offices.tenures():
        if tenure.start is not None and tenure.end is not None and tenure.end - tenure.start > _LONGEST:
            yield Finding(
                "contradiction", offices.line_of(tenure), f"{tenure.person} holds {tenure.office} for over 60 years"
            )
        if tenure.start is None and tenure.end is None:
            yield Finding(
                "contradiction", offices.line_of(tenure), f"{tenure.person}, {tenure.office}: neither start nor end"
            )


def _overlaps(knowledge: Knowledge) -> Iterator[Finding]:
    offices = knowledge.all_offices()
    held: dict[tuple[str, str], list[Tenure]] = defaultdict(list)
    for tenure in offices.tenures():
        if tenure.office in SINGLE and not tenure.acting:
            held[tenure.office, tenure.of].append(tenure)
    for (office, of), tenures in sorted(held.items()):
        tenures.sort(key=lambda tenure: (tenure.start or date.min, tenure.person))
        for first, second in pairwise(tenures):
            if first.person == second.person or second.start is None or _same_year_only(first.end, second.start):
                continue
            if (first.end or date.max) - second.start > _HANDOVER:
                until = f"to {first.end}" if first.end else "with no end"
                yield Finding(
                    "overlap",
                    offices.line_of(first),
                    f"{office} of {of}: {first.person} {until}, but {second.person} from {second.start}",
                )


def _same_year_only(end: date | None, start: date) -> bool:
    """Whether an end and a start are known by the year alone, and it is the same year."""
    return end is not None and end == date(start.year, 12, 31) and start == date(start.year, 1, 1)


def _ambiguities(knowledge: Knowledge) -> Iterator[Finding]:
    bearers: dict[str, set[str]] = defaultdict(set)
    for entity in knowledge.entities():
        if entity.kind != "person":
            for name in (entity.name, *entity.aliases):
                bearers[fold(name)].add(entity.id)
    for name, identifiers in sorted(bearers.items()):
        if len(identifiers) > 1:
            yield Finding("ambiguity", name, "is " + " and ".join(sorted(identifiers)))


def summary(findings: tuple[Finding, ...]) -> dict[str, int]:
    """How many findings of each kind there are."""
    return dict(sorted(Counter(finding.kind for finding in findings).items()))
