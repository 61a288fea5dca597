"""The contract: what reading an article gives back.

Every record is a frozen dataclass. Offsets are character offsets into ``article.text`` (Unicode code points, end
exclusive); dates are days; lists are tuples in reading order and never None; a single value that is not known is None.
``to_dict`` gives exactly the JSON that the command line prints and the archive keeps; ``from_dict`` reads it back.
"""

from __future__ import annotations

import dataclasses
import types
import typing
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any, Literal, Self

from dragoman.errors import RecordError

Basis = Literal["stated", "inherited", "published", "unknown"]
Kind = Literal["country", "organization", "person", "group"]
Status = Literal["actual", "future", "hypothetical", "negated", "historical"]
TieKind = Literal["member", "ally", "neighbour", "trade", "energy", "defense", "tourism", "good", "poor", "other"]
StepKind = Literal[
    "offer",
    "acceptance",
    "refusal",
    "request",
    "appeal",
    "talks",
    "consultation",
    "condition",
    "proposal",
    "agreement",
    "breakdown",
    "endorsement",
    "criticism",
    "pressure",
    "assessment",
]
Outcome = Literal["agreement", "progress", "inconclusive", "failure"]
MediatorRole = Literal["offered", "accepted", "host", "facilitator", "guarantor", "envoy"]

# Names that JSON has and Python cannot: `from` is a keyword.
_JSON_NAMES = {"from_": "from"}


class Record:
    """What all records share: the way to JSON and back."""

    __slots__ = ()

    def to_dict(self) -> dict[str, Any]:
        """Plain JSON values under the names of the contract, in its order."""
        return {
            _JSON_NAMES.get(field.name, field.name): _plain(getattr(self, field.name))
            for field in dataclasses.fields(self)  # type: ignore[arg-type]
        }

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> Self:
        """Read what `to_dict` wrote.

        Raises:
            RecordError: a field is missing or is not of its type; the message names record and field.
        """
        hints: dict[str, Any] = _hints(cls)  # type: ignore[arg-type]  # a class is hashable
        values = {}
        for field in dataclasses.fields(cls):  # type: ignore[arg-type]
            name = _JSON_NAMES.get(field.name, field.name)
            if name not in data:
                if field.default is dataclasses.MISSING:
                    raise RecordError(f"{cls.__name__}: the field {name!r} is missing")
                continue
            try:
                values[field.name] = _typed(data[name], hints[field.name])
            except (TypeError, ValueError, RecordError) as error:
                raise RecordError(f"{cls.__name__}.{name}: {error}") from error
        return cls(**values)


def _plain(value: Any) -> Any:
    if isinstance(value, Record):
        return value.to_dict()
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if isinstance(value, date):
        return value.isoformat()
    return value


@cache
def _hints(cls: type) -> dict[str, Any]:
    return typing.get_type_hints(cls)


def _typed(value: Any, hint: Any) -> Any:
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    if origin is types.UnionType or origin is typing.Union:
        if value is None:
            return None
        return _typed(value, next(argument for argument in arguments if argument is not types.NoneType))
    if origin is Literal:
        if value not in arguments:
            raise ValueError(f"{value!r} is none of {', '.join(map(repr, arguments))}")
        return value
    if origin is tuple:
        return tuple(_typed(item, arguments[0]) for item in value)
    if isinstance(hint, type) and issubclass(hint, Record):
        return hint.from_dict(value)
    if hint is date:
        return date.fromisoformat(value)
    if hint is float and isinstance(value, int):
        return float(value)
    if not isinstance(value, hint):
        raise TypeError(f"{value!r} is not of the type {hint.__name__}")
    return value


@dataclass(frozen=True, slots=True)
class Span(Record):
    """A stretch of ``article.text``."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class TextSpan(Record):
    """A stretch of ``article.text`` with its words."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class When(Record):
    """The smallest span of days in which something happened, given what the article says (both ends included)."""

    earliest: date | None
    latest: date | None
    text: str | None
    basis: Basis


@dataclass(frozen=True, slots=True)
class Time(When):
    """A time expression: a `When` with its place in the text."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Where(Record):
    """A place: the words, the usual name, country (ISO 3166-1 alpha-3), degrees (WGS 84) and GeoNames id."""

    text: str
    name: str
    country: str | None
    latitude: float | None
    longitude: float | None
    geonames: int | None


@dataclass(frozen=True, slots=True)
class Place(Where):
    """A place that is meant as a place: a `Where` with its place in the text."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Article(Record):
    """The article as it was read."""

    id: str
    external_id: str | None
    title: str | None
    text: str
    published: date
    source: str | None
    url: str | None
    language: str
    sentences: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Actor(Record):
    """Someone who acts, resolved: one record for one actor, however often and under whatever name."""

    id: str
    name: str
    kind: Kind
    country: str | None
    sector: str
    office: str | None
    of: str | None
    known: bool
    mentions: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Event(Record):
    """Who did what to whom."""

    id: str
    type: str
    mode: str | None
    contexts: tuple[str, ...]
    quad: str
    intensity: float
    cameo: str | None
    actors: tuple[str, ...]
    recipients: tuple[str, ...]
    predicate: TextSpan
    sentence: int
    start: int
    end: int
    status: Status
    when: When
    where: Where | None
    said_by: str | None
    topics: tuple[str, ...]
    confidence: float
    why: str
    same_as: str | None


@dataclass(frozen=True, slots=True)
class Statement(Record):
    """What is said, on whose word; quoted or reported."""

    speaker: str | None
    start: int
    end: int
    quoted: bool
    cue: TextSpan | None
    sentence: int


@dataclass(frozen=True, slots=True)
class Tie(Record):
    """A standing relation that is not a happening."""

    from_: str
    to: str
    kind: TieKind
    text: str
    sentence: int


@dataclass(frozen=True, slots=True)
class Evidence(Record):
    """Where it is stated: the article and the characters in it."""

    article: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Mediator(Record):
    """A third party and what it is to the mediation."""

    actor: str
    roles: tuple[MediatorRole, ...]


@dataclass(frozen=True, slots=True)
class Step(Record):
    """One step of a mediation."""

    kind: StepKind
    actors: tuple[str, ...]
    recipients: tuple[str, ...]
    third_parties: tuple[str, ...]
    persons: tuple[str, ...]
    when: When
    where: Where | None
    status: Status
    round: int | None
    outcome: Outcome | None
    terms: tuple[str, ...]
    said_by: str | None
    events: tuple[str, ...]
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Mediation(Record):
    """The file on one conflict."""

    id: str
    parties: tuple[str, ...]
    mediators: tuple[Mediator, ...]
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Reading(Record):
    """All that one article says."""

    article: Article
    actors: tuple[Actor, ...]
    events: tuple[Event, ...]
    statements: tuple[Statement, ...]
    times: tuple[Time, ...]
    places: tuple[Place, ...]
    ties: tuple[Tie, ...]
    mediations: tuple[Mediation, ...]

    def _repr_html_(self) -> str:
        """What a notebook shows: the marked article with its tables."""
        # Imported when shown, because the contract itself knows nothing of looks.
        from dragoman.presentation.html import article_html

        return article_html(self)
