"""The front page and the list of mediations."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from dragoman.mediation import MediationFile
from dragoman.store import Info
from dragoman.web.contexts.steps import ToldStep


@dataclass(frozen=True, slots=True)
class Summary:
    """A mediation in the list: who, through whom, how much, its last turn, and its last step where that came later."""

    file: MediationFile
    title: str
    mediators: tuple[tuple[str, str], ...]
    turn: ToldStep | None
    latest: ToldStep | None
    address: str


@dataclass(frozen=True, slots=True)
class News:
    """What is new in one mediation, since a day or since the last visit."""

    title: str
    address: str
    steps: tuple[ToldStep, ...]
    more: int


@dataclass(frozen=True, slots=True)
class HomePage:
    """`/`: what is there and what is new.

    `fresh` counts articles that came in since the last visit, and `fresh_news` has the steps that they alone tell;
    `since` is the chosen day and `after` the day after it, the first that is new.
    """

    info: Info
    since: date
    after: date
    fresh: int | None
    fresh_news: tuple[News, ...]
    news: tuple[News, ...]
    mediations: tuple[Summary, ...]
    articles: int
    events: int


@dataclass(frozen=True, slots=True)
class MediationsPage:
    """`/mediations`."""

    mediations: tuple[Summary, ...]
    as_of: date | None
