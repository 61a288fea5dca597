"""Actors."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from dragoman.knowledge.actors import Entity
from dragoman.presentation.wording import Names
from dragoman.records import Actor
from dragoman.web.contexts.events import EventRow
from dragoman.web.contexts.steps import Paging


@dataclass(frozen=True, slots=True)
class Office:
    """An office of a person."""

    title: str
    of: str
    address: str
    days: str


@dataclass(frozen=True, slots=True)
class Deal:
    """With whom an actor has to do: how many events in all, and in each year (cooperation, conflict)."""

    name: str
    address: str
    its_own: str
    theirs: str
    n: int
    how: str
    years: tuple[tuple[int, int, int], ...]


@dataclass(frozen=True, slots=True)
class Saying:
    """A statement in its own words."""

    text: str
    quoted: bool
    published: date
    source: str | None
    address: str


@dataclass(frozen=True, slots=True)
class ActorPage:
    """`/actors/{id}`."""

    id: str
    name: str
    entity: Entity | None
    seen: Actor | None
    country: tuple[str, str] | None
    of: tuple[str, str] | None
    offices: tuple[Office, ...]
    events: int
    articles: int
    over_time: str | None
    deals: tuple[Deal, ...]
    deal_years: tuple[int, int] | None
    most_in_a_year: int
    mediations: tuple[tuple[str, str, str], ...]
    recent: tuple[EventRow, ...]
    statements: tuple[Saying, ...]
    names: Names


@dataclass(frozen=True, slots=True)
class ActorsPage:
    """`/actors`."""

    actors: tuple[tuple[str, str, str, int], ...]
    search: str
    paging: Paging
