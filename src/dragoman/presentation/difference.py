"""The words for what differs between two readings: a line a record."""

from __future__ import annotations

from typing import Any

from dragoman.comparison import Difference
from dragoman.presentation import wording
from dragoman.presentation.wording import Names
from dragoman.records import Actor, Event, Mediation, Mediator, Record, Statement, Step, Tie, When, Where

# Fields that hold ids of actors, to be told by name.
_ACTORS = frozenset(
    {"actors", "recipients", "third_parties", "persons", "parties", "said_by", "speaker", "from_", "to"}
)


def told(difference: Difference, names: Names) -> str:
    """The record in a line; of a changed one, the record as it was and what is otherwise."""
    record = difference.before or difference.after
    assert record is not None
    words = _record(record, names)
    changes = [
        f"{name.rstrip('_')}: {_value(name, getattr(difference.before, name), names)} → "
        f"{_value(name, getattr(difference.after, name), names)}"
        for name in difference.fields
    ]
    return f"{words}: {'; '.join(changes)}" if changes else words


def _record(record: Record, names: Names) -> str:
    if isinstance(record, Event):
        who = _to(names.join(record.actors), names.join(record.recipients))
        deed = " ".join(filter(None, (wording.deed(record), record.cameo, f"“{_flat(record.predicate.text)}”")))
        return " ".join(filter(None, (deed, who, f"({record.status})")))
    if isinstance(record, Actor):
        return f"{record.name} ({', '.join(filter(None, (record.id, record.kind, record.sector, record.office)))})"
    if isinstance(record, Statement):
        return f"by {names[record.speaker] if record.speaker else 'nobody known'}"
    if isinstance(record, Tie):
        return f"{names[record.from_]} – {names[record.to]}, {record.kind}"
    if isinstance(record, Mediation):
        return " ".join(filter(None, (record.id, wording.parties(record, names), wording.mediators(record, names))))
    if isinstance(record, Step):
        return " ".join(filter(None, (wording.step_title(record), wording.step_parties(record, names))))
    raise TypeError(f"a {type(record).__name__} has no line of its own")


def _to(actors: str, recipients: str) -> str:
    return f"{actors} → {recipients}" if recipients else actors


def _value(name: str, value: Any, names: Names) -> str:
    if value is None or value == ():
        return "none"
    if isinstance(value, When):
        return wording.days(value)
    if isinstance(value, Where):
        return wording.place(value, names)
    if isinstance(value, tuple):
        return ", ".join(_value(name, each, names) for each in value)
    if isinstance(value, Mediator):
        return f"{names[value.actor]} ({', '.join(value.roles) or 'no role'})"
    return names[value] if name in _ACTORS else str(value)


def _flat(text: str) -> str:
    return " ".join(text.split())
