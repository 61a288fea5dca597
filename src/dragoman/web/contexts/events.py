"""A selection of events."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from dragoman.presentation.wording import Names
from dragoman.records import Event
from dragoman.store import Found
from dragoman.store.reviews import Review
from dragoman.web.contexts.steps import Paging
from dragoman.web.selection import Selection


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a facet: how many events it has, whether it is chosen, and where choosing it leads."""

    value: str
    label: str
    n: int
    chosen: bool
    address: str


@dataclass(frozen=True, slots=True)
class Facet:
    """A way to narrow a selection."""

    name: str
    label: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class EventRow:
    """An event in a table."""

    found: Found[Event]
    final: Event
    review: Review | None
    address: str


@dataclass(frozen=True, slots=True)
class Bar:
    """A row of a bar chart: stretches by quad category, each with where it begins and how far it goes, in percent."""

    label: str
    address: str
    n: int
    says: str
    parts: tuple[tuple[str, float, float], ...]


@dataclass(frozen=True, slots=True)
class EventsPage:
    """`/events`."""

    selection: Selection
    show: str
    total: int
    facets: tuple[Facet, ...]
    rows: tuple[EventRow, ...]
    paging: Paging | None
    chart: str | None
    bars: tuple[tuple[str, tuple[Bar, ...]], ...]
    unplaced: int | None
    sql: str
    values: Mapping[str, object]
    types: tuple[str, ...]
    statuses: tuple[str, ...]
    names: Names
