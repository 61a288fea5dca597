"""One mediation."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from dragoman.mediation import Brief
from dragoman.presentation.wording import Names
from dragoman.records import Mediator
from dragoman.web.contexts.steps import Paging, ToldStep


@dataclass(frozen=True, slots=True)
class Position:
    """What one party has said of a settlement: conditions first."""

    name: str
    address: str
    steps: tuple[ToldStep, ...]


@dataclass(frozen=True, slots=True)
class Standing:
    """What was done last of one sort, such as offers; `more` counts the earlier ones that are not shown."""

    label: str
    steps: tuple[ToldStep, ...]
    more: int


@dataclass(frozen=True, slots=True)
class OpenQuestion:
    """What stands open, with the steps that it rests on."""

    sentence: str
    kind: str
    steps: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class MediationPage:
    """`/mediations/{id}`."""

    id: str
    title: str
    parties: tuple[tuple[str, str], ...]
    mediators: tuple[tuple[Mediator, str, str], ...]
    standing: tuple[Standing, ...]
    as_of: date | None
    articles: int
    span: str
    by: str
    first: date | None
    last: date | None
    timeline: str | None
    world: str | None
    places: tuple[tuple[str, int, str], ...]
    network: str | None
    links: tuple[tuple[str, str, int, str], ...]
    positions: tuple[Position, ...]
    others: tuple[ToldStep, ...]
    questions: tuple[OpenQuestion, ...]
    steps: tuple[ToldStep, ...]
    chosen: int
    total: int
    paging: Paging
    zoom: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class StepPage:
    """`/mediations/{id}/steps/{step}`."""

    id: str
    title: str
    as_of: date | None
    told: ToldStep
    contradictions: tuple[str, ...]
    names: Names


@dataclass(frozen=True, slots=True)
class BriefPage:
    """`/mediations/{id}/brief`."""

    id: str
    as_of: date | None
    since: date | None
    brief: Brief
