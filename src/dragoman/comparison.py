"""Two readings of one article, record by record: what the second gains, loses and says otherwise.

Records are paired by the words that they rest on, not by their ids: an event that is coded otherwise is a change, and
not one event lost and another gained.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from dragoman.records import Actor, Event, Mediation, Reading, Record, Statement, Step, Tie

Way = Literal["gained", "lost", "changed"]
Likeness = Callable[[Any, Any], float]


@dataclass(frozen=True, slots=True)
class Difference:
    """One record that the two readings do not share.

    Attributes:
        kind: actor, event, statement, tie, mediation or step.
        before: the record of the first reading; None where it is gained.
        after: the record of the second reading; None where it is lost.
        fields: the fields in which both differ, in the order of the contract; empty where one is None.
        start: where the sentence begins that the record rests on, in characters of the article.
        end: where it ends.
    """

    kind: str
    before: Record | None
    after: Record | None
    fields: tuple[str, ...]
    start: int
    end: int

    @property
    def way(self) -> Way:
        """What has become of the record."""
        return "gained" if self.before is None else "lost" if self.after is None else "changed"


@dataclass(frozen=True, slots=True)
class _Kind:
    """How records of one kind are found, paired and compared.

    Attributes:
        likeness: above 0 where two records may be one; the likest pair is made first.
        fields: what is compared. Left out are ids that name the place in the article alone, and `confidence` and `why`,
            which move with everything that is learned or worded anew.
        place: the character that the record stands at.
    """

    name: str
    of: Callable[[Reading], Sequence[Any]]
    likeness: Likeness
    fields: tuple[str, ...]
    place: Callable[[Any, Reading], int]


def differences(before: Reading, after: Reading) -> tuple[Difference, ...]:
    """What `after` says otherwise than `before`, in reading order; both are readings of the same text."""
    found = [difference for kind in _KINDS for difference in _compared(kind, before, after)]
    order = {kind.name: number for number, kind in enumerate(_KINDS)}
    return tuple(sorted(found, key=lambda each: (each.start, order[each.kind])))


def _compared(kind: _Kind, before: Reading, after: Reading) -> Iterator[Difference]:
    old, new = kind.of(before), kind.of(after)
    pairs = _paired(old, new, kind.likeness)
    for one, other in pairs:
        fields = tuple(name for name in kind.fields if getattr(one, name) != getattr(other, name))
        if fields:
            yield Difference(kind.name, one, other, fields, *_sentence(after, kind.place(other, after)))
    for one in _without(old, [pair[0] for pair in pairs]):
        yield Difference(kind.name, one, None, (), *_sentence(before, kind.place(one, before)))
    for other in _without(new, [pair[1] for pair in pairs]):
        yield Difference(kind.name, None, other, (), *_sentence(after, kind.place(other, after)))


def _paired(old: Sequence[Any], new: Sequence[Any], likeness: Likeness) -> list[tuple[Any, Any]]:
    """Pairs of records, the likest first; each record is in one pair at most."""
    likely = sorted(
        (-value, i, j)
        for i, one in enumerate(old)
        for j, other in enumerate(new)
        if (value := likeness(one, other)) > 0
    )
    taken_old: set[int] = set()
    taken_new: set[int] = set()
    pairs = []
    for _, i, j in likely:
        if i not in taken_old and j not in taken_new:
            taken_old.add(i)
            taken_new.add(j)
            pairs.append((old[i], new[j]))
    return pairs


def _without(records: Sequence[Any], paired: Sequence[Any]) -> Iterator[Any]:
    there = {id(record) for record in paired}
    yield from (record for record in records if id(record) not in there)


def _sentence(reading: Reading, place: int) -> tuple[int, int]:
    """The sentence around a character; the character alone where no sentence is."""
    for sentence in reading.article.sentences:
        if sentence.start <= place < sentence.end:
            return sentence.start, sentence.end
    return place, place


def _shared(one: Any, other: Any) -> float:
    """How much of two stretches of text is common, 0 to 1."""
    common = min(one.end, other.end) - max(one.start, other.start)
    whole = max(one.end, other.end) - min(one.start, other.start)
    return float(max(common, 0) / max(whole, 1))


def _actors(one: Actor, other: Actor) -> float:
    return len(set(one.mentions) & set(other.mentions)) + 0.5 * (one.id == other.id)


def _events(one: Event, other: Event) -> float:
    words = _shared(one.predicate, other.predicate)
    if not words:
        return 0
    who = set(one.actors) | set(one.recipients)
    common = len(who & {*other.actors, *other.recipients})
    return words + 0.5 * (one.type == other.type) + 0.1 * common


def _statements(one: Statement, other: Statement) -> float:
    return _shared(one, other)


def _ties(one: Tie, other: Tie) -> float:
    if one.sentence != other.sentence or one.kind != other.kind:
        return 0
    return 1 + (one.from_ == other.from_) + (one.to == other.to)


def _mediations(one: Mediation, other: Mediation) -> float:
    return len(set(one.parties) & set(other.parties)) + 2 * (one.id == other.id)


def _steps(one: Step, other: Step) -> float:
    if one.kind != other.kind:
        return 0
    words = max((_shared(a, b) for a in one.evidence for b in other.evidence), default=0)
    return words + 0.1 * len({*one.actors} & {*other.actors}) if words else 0


def _step_place(step: Step) -> int:
    return min((item.start for item in step.evidence), default=0)


def _tie_place(tie: Tie, reading: Reading) -> int:
    return reading.article.sentences[tie.sentence].start


_KINDS = (
    _Kind(
        "actor",
        lambda reading: reading.actors,
        _actors,
        ("id", "name", "kind", "country", "sector", "office", "of", "known"),
        lambda actor, _: min((mention.start for mention in actor.mentions), default=0),
    ),
    _Kind(
        "event",
        lambda reading: reading.events,
        _events,
        ("type", "mode", "contexts", "cameo", "actors", "recipients", "status", "when", "where", "said_by", "topics"),
        lambda event, _: int(event.predicate.start),
    ),
    _Kind(
        "statement",
        lambda reading: reading.statements,
        _statements,
        ("speaker", "quoted"),
        lambda statement, _: int(statement.start),
    ),
    _Kind("tie", lambda reading: reading.ties, _ties, ("from_", "to"), _tie_place),
    _Kind(
        "mediation",
        lambda reading: reading.mediations,
        _mediations,
        ("id", "parties", "mediators"),
        lambda mediation, _: min(map(_step_place, mediation.steps), default=0),
    ),
    _Kind(
        "step",
        lambda reading: [step for mediation in reading.mediations for step in mediation.steps],
        _steps,
        ("actors", "recipients", "third_parties", "persons", "when", "where", "status", "round", "outcome", "terms"),
        lambda step, _: _step_place(step),
    ),
)
