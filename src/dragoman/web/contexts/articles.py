"""Articles."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from dragoman.presentation.wording import Names
from dragoman.records import Actor, Article, Event, Place, Statement, Time
from dragoman.store import ArticleHead, Revision
from dragoman.store.reviews import Review
from dragoman.web.contexts.steps import Paging


@dataclass(frozen=True, slots=True)
class Card:
    """An event beside its article: number, roles, and what a reviewer has said.

    A topic has an address where the archive has a file on it.
    """

    number: int
    event: Event
    who: tuple[tuple[str, str], ...]
    whom: tuple[tuple[str, str], ...]
    said_by: tuple[str, str] | None
    topics: tuple[tuple[str, str | None], ...]
    code: str | None
    review: Review | None
    final: Event


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of text under the same marks: what it is dressed in, what it tells, and the events that end with it."""

    text: str
    classes: str
    told: str
    events: tuple[int, ...]
    ends: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence in stretches, with the text between it and the next."""

    number: int
    stretches: tuple[Stretch, ...]
    gap: str


@dataclass(frozen=True, slots=True)
class ArticlePage:
    """`/articles/{id}`."""

    article: Article
    heading: str
    lead: str
    sentences: tuple[Sentence, ...]
    cards: tuple[Card, ...]
    actors: tuple[Actor, ...]
    statements: tuple[tuple[Statement, str, str], ...]
    times: tuple[Time, ...]
    places: tuple[Place, ...]
    mediations: tuple[tuple[str, str, int], ...]
    copies: tuple[ArticleHead, ...]
    revisions: tuple[Revision, ...]
    versions: str
    names: Names


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a sentence's tree."""

    number: int
    text: str
    tag: str
    relation: str
    head: int
    head_text: str


@dataclass(frozen=True, slots=True)
class TreePage:
    """`/articles/{id}/sentences/{n}`."""

    article: Article
    heading: str
    number: int
    text: str
    picture: str
    words: tuple[Word, ...]


@dataclass(frozen=True, slots=True)
class ArticlesPage:
    """`/articles`."""

    articles: Sequence[tuple[str, str, date, str | None, int]]
    paging: Paging
    search: str
    since: date | None
    until: date | None
    source: str
