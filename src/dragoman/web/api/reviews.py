"""What analysts say of events."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Body
from pydantic import BaseModel, StringConstraints
from starlette.requests import Request
from starlette.responses import Response

from dragoman.errors import DragomanError
from dragoman.store.reviews import Correction, Review, Verdict, precision
from dragoman.web import corrections
from dragoman.web.api.answers import (
    ERRORS,
    Page,
    as_json,
    documented,
    library_of,
    reply,
)
from dragoman.web.api.parameters import Limit, Offset, Word
from dragoman.web.library import Shelf
from dragoman.web.selection import ParameterError

router = APIRouter()


class Given(BaseModel):
    """A review as it is sent."""

    article: Word
    event: Word
    verdict: Verdict
    author: Annotated[str, StringConstraints(min_length=1, max_length=200)]
    note: Annotated[str, StringConstraints(max_length=4000)] | None = None
    correction: Correction = Correction()


@router.get("/reviews", responses=documented(Page[Review]), tags=["reviews"])
def reviews(request: Request, latest: bool = False, limit: Limit = 50, offset: Offset = 0) -> Response:
    """All reviews, the oldest first; with `latest` only the last word on each event. What a model can be trained on."""

    def make(shelf: Shelf) -> Any:
        every = tuple(shelf.reviews.values()) if latest else library_of(request).reviews.all()
        return {"total": len(every), "offset": offset, "limit": limit, "items": every[offset : offset + limit]}

    return reply(request, make)


@router.get("/reviews/precision", responses=documented(list[dict[str, Any]]), tags=["reviews"])
def precisions(request: Request) -> Response:
    """How often each type was right, of the events that were reviewed, with its 95 % interval."""
    return reply(
        request,
        lambda shelf: [
            {"type": p.type, "right": p.right, "reviewed": p.reviewed, "share": p.share, "interval": p.interval}
            for p in precision(shelf.reviews.values())
        ],
    )


@router.post("/reviews", status_code=201, tags=["reviews"],
             responses={201: {"model": Review}, 304: {"description": "-"}, **ERRORS})  # fmt: skip
def review(request: Request, given: Annotated[Given, Body()]) -> Response:
    """Accept, correct or reject an event."""
    library = library_of(request)
    with library.shelf() as shelf:
        article = shelf.archive.reading(given.article)
    event = next((event for event in article.events if event.id == given.event), None)
    if event is None:
        raise DragomanError(f"the article has no event {given.event!r}")
    corrections.checked(given.correction, event)
    span = article.article.sentences[event.sentence]
    try:
        kept = library.reviews.add(
            event, article.article.id, article.article.published, article.article.text[span.start : span.end],
            given.verdict, given.author, given.correction, given.note,
        )  # fmt: skip
    except DragomanError as error:
        raise ParameterError(str(error)) from error
    response = as_json(kept)
    response.status_code = 201
    return response
