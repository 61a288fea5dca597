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

# How long after it was told a meeting without a day may still be to come.
_PATIENCE = timedelta(days=60)

# What a later step of these kinds brings about when it names the term.
_FULFILS = frozenset({"agreement"})
_ANSWERS = frozenset({"acceptance", "refusal"})


@dataclass(frozen=True, slots=True)
class Question(Record):
    """One open question: whom it waits for, on what, since when, and the steps and words that it rests on.

    ``words`` are those of the first report of the step that opened it.
    """

    kind: QuestionKind
    actors: tuple[str, ...]
    about: tuple[str, ...]
    terms: tuple[str, ...]
    since: date | None
    steps: tuple[str, ...]
    evidence: tuple[Evidence, ...]
    words: str


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
        # Who sits down at the table of the one who offered has taken the offer up; a deal answers all that was offered.
        for talks in _of_kind(file, "talks"):
            if set(talks.step.third_parties) & set(step.step.actors) and _not_before(talks.step, step.step):
                answered |= set(talks.step.actors) | set(talks.step.recipients)
        for deal in _deals_after(file, step):
            answered |= set(deal.step.actors)
        waiting = [party for party in file.parties if party not in answered]
        if waiting:
            yield _question(file, "offer unanswered", waiting, step.step.actors, [step])


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
            yield _question(file, "request unanswered", sorted(asked), step.step.actors, [step])


def _conditions(file: MediationFile) -> Iterable[Question]:
    """Each condition by its terms; one of no particular term is settled by the next deal between the parties."""
    for step in _of_kind(file, "condition"):
        deals = _deals_after(file, step)
        for term in step.step.terms:
            met = [later for later in deals if term in later.step.terms or term == "other"]
            if not met and any(not later.step.terms for later in deals):
                # A deal of which no terms are told may well cover it: nobody can say that it stands open.
                continue
            kind: QuestionKind = "condition met" if met else "condition open"
            yield _question(file, kind, step.step.actors, step.step.recipients, [step, *met[:1]], (term,))


def _deals_after(file: MediationFile, step: FileStep) -> list[FileStep]:
    """The deals between parties that were made since a step, where the days of both are known."""
    since = step.step.when.latest or step.step.when.earliest or _told_on(file, step)
    sides = set(file.parties)
    return [
        later
        for later in file.steps
        if later.step.kind in _FULFILS and later.step.status in ("actual", "historical")
        if len(sides & {*later.step.actors, *later.step.recipients}) >= min(2, len(sides))
        if (day := later.step.when.latest or later.step.when.earliest) is not None and day >= since
    ]


def _rounds(file: MediationFile, day: date) -> Iterable[Question]:
    seen: set[tuple[object, ...]] = set()
    for step in reversed(file.steps):
        planned = step.step
        if planned.kind not in ("talks", "consultation") or planned.status != "future":
            continue
        if _held_since(file, step):
            continue
        since = planned.when.earliest or planned.when.latest
        key = (planned.kind, planned.actors, planned.recipients, since)
        if key in seen:
            # Two plans without a day are one to whoever waits for it.
            continue
        seen.add(key)
        last = planned.when.latest or (_told_on(file, step) + _PATIENCE if planned.when.earliest is None else None)
        overdue = last is not None and last < day
        about = (*planned.recipients, *planned.third_parties)
        yield _question(file, "round overdue" if overdue else "round due", planned.actors, about, [step], since=since)


def _held_since(file: MediationFile, plan: FileStep) -> bool:
    """Whether those who planned to meet are told to have met, or to have made a deal, since they planned it."""
    told = _told_on(file, plan)
    start = plan.step.when.earliest
    sides = {*plan.step.actors, *plan.step.recipients}
    kinds = ("talks", "agreement") if plan.step.kind == "talks" else ("talks", "agreement", "consultation")
    for later in file.steps:
        step = later.step
        day = step.when.latest or step.when.earliest
        if step.kind not in kinds or step.status not in ("actual", "historical") or day is None:
            continue
        involved = {*step.actors, *step.recipients, *step.third_parties}
        if len(sides & involved) < min(2, len(sides)):
            continue
        # A plan with a day is held by what ends on that day or later, one without by what ends after it was told.
        if (start is not None and day >= start) or (start is None and day > told):
            return True
    return False


def _told_on(file: MediationFile, step: FileStep) -> date:
    """The day on which a step was last reported."""
    told = frozenset(step.reports)
    return max(report.published for report in file.reports if report.id in told)


def _silent(file: MediationFile, day: date) -> Iterable[Question]:
    heard: dict[str, FileStep] = {}
    newest: date | None = None
    for step in file.steps:
        latest = step.step.when.latest or step.step.when.earliest
        if latest is None or step.step.status not in ("actual", "negated") or latest > day:
            continue
        newest = latest if newest is None else max(newest, latest)
        for actor in {*step.step.actors, *step.step.recipients, *step.step.third_parties, *step.step.persons}:
            known = heard.get(actor)
            if known is None or (known.step.when.latest or date.min) <= latest:
                heard[actor] = step
    followed = {*file.parties, *(mediator.actor for mediator in file.mediators)}
    for actor in sorted(followed & heard.keys()):
        last = heard[actor].step.when.latest or heard[actor].step.when.earliest
        if last is not None and newest is not None and last < newest and day - last > SILENCE:
            yield _question(file, "silent", [actor], (), [heard[actor]], since=last)


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
    file: MediationFile,
    kind: QuestionKind,
    actors: Sequence[str],
    about: Sequence[str],
    steps: Sequence[FileStep],
    terms: tuple[str, ...] = (),
    since: date | None = None,
) -> Question:
    first = steps[0].step.when
    told = frozenset(steps[0].reports)
    return Question(
        kind=kind,
        actors=tuple(actors),
        about=tuple(about),
        terms=terms,
        since=since or first.earliest or first.latest,
        steps=tuple(step.id for step in steps),
        evidence=tuple(evidence for step in steps for evidence in step.step.evidence),
        words=next(report.words for report in file.reports if report.id in told),
    )
