"""What analysts say of events, and the form in which they say it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, get_args

from dragoman.codebook import load_codebook
from dragoman.presentation import wording
from dragoman.records import Event, Status
from dragoman.store import ArticleHead
from dragoman.store.reviews import Correction, precision
from dragoman.web.contexts import ReviewPage, ReviewsPage
from dragoman.web.library import Library, Shelf
from dragoman.web.selection import ParameterError, day
from dragoman.web.views.events import row_of
from dragoman.web.views.parts import paging

REVIEWS_A_PAGE = 50
_UNSURE = 10
_MOST_ACTORS, _LONGEST_ID = 24, 120


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


def correction_of(fields: Mapping[str, str], event: Event) -> Correction:
    """What a form says should stand there instead: only where it differs from what does.

    Raises:
        ParameterError: a field holds no type, status, day or actor.
    """
    book = load_codebook()
    wanted: dict[str, Any] = {}
    kind = fields.get("type", event.type)
    if kind != event.type:
        if kind not in book.types:
            raise ParameterError(f"type: there is no type {kind[:40]!r}")
        wanted["type"] = kind
    mode = fields.get("mode", event.mode or "")
    if mode != (event.mode or ""):
        if mode and book.types[kind].mode(mode) is None:
            raise ParameterError(f"mode: {kind} has no mode {mode[:40]!r}")
        wanted["mode"] = mode
    for name in ("actors", "recipients"):
        held: tuple[str, ...] = getattr(event, name)
        given = tuple(part.strip() for part in fields.get(name, "; ".join(held)).split(";") if part.strip())
        if given != held:
            if any(len(part) > _LONGEST_ID for part in given) or len(given) > _MOST_ACTORS:
                raise ParameterError(f"{name}: ids of actors, with semicolons between")
            wanted[name] = given
    status = fields.get("status", event.status)
    if status != event.status:
        if status not in get_args(Status):
            raise ParameterError(f"status: there is no status {status[:40]!r}")
        wanted["status"] = status
    for name in ("earliest", "latest"):
        stands: date | None = getattr(event.when, name)
        given_day = fields.get(name, stands.isoformat() if stands else "")
        if given_day != (stands.isoformat() if stands else ""):
            wanted[name] = day(given_day, name)
    place = fields.get("place", event.where.name if event.where else "")
    country = fields.get("country", (event.where.country or "") if event.where else "")
    if place != (event.where.name if event.where else "") or country != ((event.where and event.where.country) or ""):
        if len(place) > _LONGEST_ID or (country and not (len(country) == 3 and country.isalpha())):
            raise ParameterError("place: a name, and the country as three letters")
        wanted |= {"place": place, "country": country.upper() or None}
    first = wanted.get("earliest", event.when.earliest)
    last = wanted.get("latest", event.when.latest)
    if first and last and first > last:
        raise ParameterError("earliest: it lies after the latest day")
    if "earliest" in wanted or "latest" in wanted:
        wanted |= {"earliest": first, "latest": last}
    return Correction(**wanted)
