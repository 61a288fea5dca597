"""What stands open in a file on a day: offers without an answer, conditions, rounds that are due, silence."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from dragoman.mediation.files import MediationFile
from dragoman.mediation.merging import FileStep
from dragoman.records import Evidence, Record, Step

QuestionKind = Literal[
    "offer unanswered", "request unanswered", "condition open", "condition met", "round due", "round overdue", "silent"
]

# Who was part of the file and has not been heard of for this long, while others were, has gone silent.
SILENCE = timedelta(days=14)

# What a later step of these kinds brings about when it names the term.
_FULFILS = frozenset({"agreement"})
_ANSWERS = frozenset({"acceptance", "refusal"})


@dataclass(frozen=True, slots=True)
class Question(Record):
    """One open question: whom it waits for, on what, since when, and the steps and words that it rests on."""

    kind: QuestionKind
    actors: tuple[str, ...]
    about: tuple[str, ...]
    terms: tuple[str, ...]
    since: date | None
    steps: tuple[str, ...]
    evidence: tuple[Evidence, ...]


def questions(file: MediationFile, on: date | None = None) -> tuple[Question, ...]:
    """What stands open at the end of a day (by default the day of the newest report), the oldest first."""
    day = on or file.latest
    if day is None:
        return ()
    found = [
        *_offers(file),
        *_requests(file),
        *_conditions(file),
        *_rounds(file, day),
        *_silent(file, day),
    ]
    return tuple(sorted(found, key=lambda q: (q.since or date.max, q.kind, q.actors, q.steps)))


def _offers(file: MediationFile) -> Iterable[Question]:
    for step in _of_kind(file, "offer"):
        answered = {
            party
            for later in file.steps
            if later.step.kind in _ANSWERS and _not_before(later.step, step.step)
            if not _named(later.step) or set(step.step.actors) & _named(later.step)
            for party in later.step.actors
        }
        # Who sits down at the table of the one who offered has taken the offer up.
        for talks in _of_kind(file, "talks"):
            if set(talks.step.third_parties) & set(step.step.actors) and _not_before(talks.step, step.step):
                answered |= set(talks.step.actors) | set(talks.step.recipients)
        waiting = [party for party in file.parties if party not in answered]
        if waiting:
            yield _question("offer unanswered", waiting, step.step.actors, [step])


def _requests(file: MediationFile) -> Iterable[Question]:
    for step in _of_kind(file, "request"):
        asked = set(step.step.recipients)
        heard = any(
            later.step.kind in {"offer", "acceptance", "refusal", "talks", "consultation"}
            and _not_before(later.step, step.step)
            and (not asked or asked & (_named(later.step) | set(later.step.actors)))
            for later in file.steps
            if later.id != step.id
        )
        if not heard:
            yield _question("request unanswered", sorted(asked), step.step.actors, [step])


def _conditions(file: MediationFile) -> Iterable[Question]:
    for step in _of_kind(file, "condition"):
        for term in step.step.terms:
            met = [
                later
                for later in file.steps
                if later.step.kind in _FULFILS and later.step.status in ("actual", "historical")
                if term in later.step.terms and _not_before(later.step, step.step)
            ]
            kind: QuestionKind = "condition met" if met else "condition open"
            yield _question(kind, step.step.actors, step.step.recipients, [step, *met[:1]], (term,))


def _rounds(file: MediationFile, day: date) -> Iterable[Question]:
    for step in file.steps:
        planned = step.step
        if planned.kind not in ("talks", "consultation") or planned.status != "future":
            continue
        overdue = planned.when.latest is not None and planned.when.latest < day
        yield _question(
            "round overdue" if overdue else "round due",
            planned.actors,
            planned.third_parties,
            [step],
            since=planned.when.earliest or planned.when.latest,
        )


def _silent(file: MediationFile, day: date) -> Iterable[Question]:
    heard: dict[str, FileStep] = {}
    newest: date | None = None
    for step in file.steps:
        latest = step.step.when.latest or step.step.when.earliest
        if latest is None or step.step.status not in ("actual", "negated") or latest > day:
            continue
        newest = latest if newest is None else max(newest, latest)
        for actor in {*step.step.actors, *step.step.recipients, *step.step.third_parties}:
            known = heard.get(actor)
            if known is None or (known.step.when.latest or date.min) <= latest:
                heard[actor] = step
    followed = {*file.parties, *(mediator.actor for mediator in file.mediators)}
    for actor in sorted(followed & heard.keys()):
        last = heard[actor].step.when.latest or heard[actor].step.when.earliest
        if last is not None and newest is not None and last < newest and day - last > SILENCE:
            yield _question("silent", [actor], (), [heard[actor]], since=last)


def _of_kind(file: MediationFile, kind: str) -> list[FileStep]:
    return [step for step in file.steps if step.step.kind == kind and step.step.status in ("actual", "historical")]


def _named(step: Step) -> set[str]:
    return {*step.recipients, *step.third_parties}


def _not_before(later: Step, earlier: Step) -> bool:
    """Whether a step may have followed another: vague spans get the benefit of the doubt."""
    last = later.when.latest or later.when.earliest
    first = earlier.when.earliest or earlier.when.latest
    return last is None or first is None or last >= first


def _question(
    kind: QuestionKind,
    actors: Sequence[str],
    about: Sequence[str],
    steps: Sequence[FileStep],
    terms: tuple[str, ...] = (),
    since: date | None = None,
) -> Question:
    first = steps[0].step.when
    return Question(
        kind=kind,
        actors=tuple(actors),
        about=tuple(about),
        terms=terms,
        since=since or first.earliest or first.latest,
        steps=tuple(step.id for step in steps),
        evidence=tuple(evidence for step in steps for evidence in step.step.evidence),
    )
