"""What analysts say of events, and the form in which they say it."""

from __future__ import annotations

from typing import get_args

from dragoman.codebook import load_codebook
from dragoman.presentation import wording
from dragoman.records import Status
from dragoman.store import ArticleHead
from dragoman.store.reviews import precision
from dragoman.web.contexts import ReviewPage, ReviewsPage
from dragoman.web.library import Library, Shelf
from dragoman.web.views.events import row_of
from dragoman.web.views.parts import paging

REVIEWS_A_PAGE = 50
_UNSURE = 10


def review(
    shelf: Shelf, library: Library, identifier: str, event_id: str, author: str, error: str | None = None
) -> ReviewPage | None:
    """The form on one event; None where the article has none of that id.

    Raises:
        ArchiveError: there is no article of that id.
    """
    reading = shelf.keep(("reading", identifier), lambda: shelf.archive.reading(identifier))
    event = next((event for event in reading.events if event.id == event_id), None)
    if event is None:
        return None
    article, span = reading.article, reading.article.sentences[event.sentence]
    return ReviewPage(
        article=ArticleHead(article.id, article.title, article.published, article.source, article.url),
        heading=wording.heading(reading),
        sentence=article.text[span.start : span.end],
        event=event,
        history=tuple(r for r in library.reviews.all() if (r.article, r.event) == (identifier, event_id)),
        author=author,
        types=tuple(load_codebook().types.values()),
        statuses=get_args(Status),
        known=tuple((actor.id, actor.name) for actor in reading.actors),
        error=error,
        names=wording.Names([reading], shelf.names.__getitem__),
    )


def reviews(shelf: Shelf, library: Library, page: int) -> ReviewsPage:
    """All of them, the newest first; precision by type; and what would be worth a look."""
    every = library.reviews.all()
    pages = paging(page, REVIEWS_A_PAGE, len(every), lambda n: f"/reviews?page={n}" if n else "/reviews")
    newest = every[::-1]
    unsure = [
        row_of(found, shelf)
        for found in shelf.archive.events().order("confidence").limit(_UNSURE + len(shelf.reviews))
        if (found.article.id, found.record.id) not in shelf.reviews
    ]
    return ReviewsPage(
        reviews=newest[pages.first - 1 : pages.last] if every else (),
        precision=precision(shelf.reviews.values()),
        unsure=tuple(unsure[:_UNSURE]),
        problems=tuple(shelf.archive.problems().limit(20)),
        paging=pages,
        names=shelf.names,
    )
