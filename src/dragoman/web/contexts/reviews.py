"""What analysts say."""

from __future__ import annotations

from dataclasses import dataclass

from dragoman.codebook import EventType
from dragoman.presentation.wording import Names
from dragoman.records import Event
from dragoman.store import ArticleHead, Problem
from dragoman.store.reviews import Precision, Review
from dragoman.web.contexts.events import EventRow
from dragoman.web.contexts.steps import Paging


@dataclass(frozen=True, slots=True)
class ReviewPage:
    """`/articles/{id}/events/{event}/review`."""

    article: ArticleHead
    heading: str
    sentence: str
    event: Event
    history: tuple[Review, ...]
    author: str
    types: tuple[EventType, ...]
    statuses: tuple[str, ...]
    known: tuple[tuple[str, str], ...]
    error: str | None
    names: Names


@dataclass(frozen=True, slots=True)
class ReviewsPage:
    """`/reviews`."""

    reviews: tuple[Review, ...]
    precision: tuple[Precision, ...]
    unsure: tuple[EventRow, ...]
    problems: tuple[Problem, ...]
    paging: Paging
    names: Names
