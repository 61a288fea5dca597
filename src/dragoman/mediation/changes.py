"""What is new in a file between two days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from dragoman.mediation.files import Files, MediationFile
from dragoman.mediation.merging import FileStep
from dragoman.mediation.questions import Question, questions
from dragoman.records import Mediator, Record

_FIELDS = ("kind", "actors", "recipients", "third_parties", "persons", "status", "round", "outcome", "terms")


@dataclass(frozen=True, slots=True)
class FieldChange(Record):
    """A field of a step that later reports made another, both values as text."""

    field: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class StepChange(Record):
    """A step that was known before: what it is now, what changed, and which reports came in."""

    step: FileStep
    fields: tuple[FieldChange, ...]
    reports: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Changes(Record):
    """What an analyst who last looked on ``since`` has to know on ``until``."""

    id: str
    since: date
    until: date
    new_steps: tuple[FileStep, ...]
    changed_steps: tuple[StepChange, ...]
    new_mediators: tuple[Mediator, ...]
    opened: tuple[Question, ...]
    closed: tuple[Question, ...]


def changes(files: Files, conflict_id: str, since: date, until: date | None = None) -> Changes:
    """What changed between the end of one day and the end of another (by default the newest report's).

    Raises:
        DragomanError: there is no file of that id.
    """
    after = files.file(conflict_id, until)
    before = files.file(conflict_id, since)
    day = until or after.latest or since
    return compare(before, after, since, day)


def compare(before: MediationFile, after: MediationFile, since: date, until: date) -> Changes:
    """The difference of two states of one file."""
    known = {report: step for step in before.steps for report in step.reports}
    new: list[FileStep] = []
    changed: list[StepChange] = []
    for step in after.steps:
        old = next((known[report] for report in step.reports if report in known), None)
        if old is None:
            new.append(step)
            continue
        fields = _differences(old, step)
        added = tuple(report for report in step.reports if report not in known)
        if fields or added:
            changed.append(StepChange(step, fields, added))
    roles = {mediator.actor: set(mediator.roles) for mediator in before.mediators}
    asked = {_key(question): question for question in questions(before, since)}
    asking = {_key(question): question for question in questions(after, until)}
    return Changes(
        id=after.id,
        since=since,
        until=until,
        new_steps=tuple(new),
        changed_steps=tuple(changed),
        new_mediators=tuple(m for m in after.mediators if set(m.roles) - roles.get(m.actor, set())),
        opened=tuple(question for key, question in asking.items() if key not in asked),
        closed=tuple(question for key, question in asked.items() if key not in asking),
    )


def _differences(before: FileStep, after: FileStep) -> tuple[FieldChange, ...]:
    pairs: list[tuple[str, Any, Any]] = [
        (field, getattr(before.step, field), getattr(after.step, field)) for field in _FIELDS
    ]
    old, new = before.step, after.step
    pairs.append(("when", (old.when.earliest, old.when.latest), (new.when.earliest, new.when.latest)))
    pairs.append(("where", old.where and old.where.name, new.where and new.where.name))
    return tuple(FieldChange(field, _text(one), _text(other)) for field, one, other in pairs if one != other)


def _text(value: Any) -> str:
    if value is None or value == ():
        return "unknown"
    if isinstance(value, tuple):
        return ", ".join("?" if item is None else str(item) for item in value)
    return str(value)


def _key(question: Question) -> tuple[object, ...]:
    return (question.kind, question.actors, question.about, question.terms, question.evidence[:1])
