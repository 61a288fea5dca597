"""Articles, and all that one says."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import Response

from dragoman.records import Reading
from dragoman.store import ArticleHead
from dragoman.web.api.answers import (
    Page,
    Shown,
    documented,
    listed,
    reply,
)
from dragoman.web.api.parameters import Day, Identifier, Limit, Offset, Order, Word, Words
from dragoman.web.library import Shelf

router = APIRouter()


@router.get("/articles", responses=documented(Page[Shown]), tags=["articles"])
def articles(
    request: Request, id: Words = [], source: Words = [], since: Day = None, until: Day = None,
    search: Annotated[Word | None, Query()] = None, one_story: bool = False, history: bool = False,
    order: Order = [], limit: Limit = 50, offset: Offset = 0,
) -> Response:  # fmt: skip
    """Articles without their texts, by day."""

    def shown(item: Any, shelf: Shelf) -> dict[str, Any]:
        a = item.article
        return {"article": ArticleHead(a.id, a.title, a.published, a.source, a.url), "document": item.document,
                "origin": None, "batch": item.batch, "versions": item.versions, "events": item.events,
                "notes": item.notes}  # fmt: skip

    return listed(
        request,
        lambda shelf: shelf.archive.articles(
            id=id or None, source=source or None, since=since, until=until, search=search or None,
            one_story=one_story, history=history,
        ),
        limit, offset, order, shown,
    )  # fmt: skip


@router.get("/articles/{id}", responses=documented(Reading), tags=["articles"])
def reading(request: Request, id: Identifier, versions: Annotated[Word | None, Query()] = None) -> Response:
    """One article with all its records, as `dragoman read --format json` prints it."""
    return reply(request, lambda shelf: shelf.archive.reading(id, versions or None))


@router.get("/articles/{id}/copies", responses=documented(list[ArticleHead]), tags=["articles"])
def copies(request: Request, id: Identifier) -> Response:
    """Near-copies of an article."""
    return reply(request, lambda shelf: shelf.archive.copies(id))


@router.get("/articles/{id}/revisions", responses=documented(list[dict[str, Any]]), tags=["articles"])
def revisions(request: Request, id: Identifier) -> Response:
    """Every reading of the article's document."""
    return reply(request, lambda shelf: shelf.archive.revisions(id))
