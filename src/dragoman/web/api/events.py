"""Events: one by one, counted, divided."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query
from pydantic import BaseModel, StringConstraints
from starlette.requests import Request
from starlette.responses import Response

from dragoman.errors import DragomanError
from dragoman.records import Event
from dragoman.store import Relation
from dragoman.store.facets import FACETS
from dragoman.web.api.answers import FoundRecord, Page, documented, found_record, listed, reply
from dragoman.web.api.parameters import By, Limit, Offset, Order, Wanted
from dragoman.web.library import Shelf
from dragoman.web.selection import ParameterError

router = APIRouter()


@router.get("/events", responses=documented(Page[FoundRecord[Event]]), tags=["records"])
def events(
    request: Request,
    wanted: Wanted,
    order: Order = [],
    limit: Limit = 50,
    offset: Offset = 0,
) -> Response:
    """Who did what to whom; as they were coded, each with its last review."""
    return listed(request, lambda shelf: shelf.archive.events(**wanted.filters()), limit, offset, order, found_record)


@router.get("/counts", responses=documented(Page[dict[str, Any]]), tags=["records"])
def counts(
    request: Request, wanted: Wanted,
    by: Annotated[list[By], Query(max_length=4)] = ["type"],
    order: Order = [], limit: Limit = 200, offset: Offset = 0,
) -> Response:  # fmt: skip
    """How many events, by day, week, month, year, dyad, actor, recipient, type, mode, quad, cameo, status and so on."""

    def relation(shelf: Shelf) -> Relation[Any]:
        try:
            return shelf.archive.counts(by=tuple(by), **wanted.filters())
        except DragomanError as error:
            raise ParameterError(str(error)) from error

    return listed(request, relation, limit, offset, order)


class Counted(BaseModel):
    """A value of a facet, and how many events have it."""

    value: str
    n: int


class Divided(BaseModel):
    """How many events there are, and of each value of each facet, the most frequent first."""

    total: int
    counts: dict[str, list[Counted]]


Facet = Annotated[str, StringConstraints(pattern=f"^({'|'.join(FACETS)})$")]


@router.get("/facets", responses=documented(Divided), tags=["records"])
def facets(
    request: Request, wanted: Wanted, by: Annotated[list[Facet], Query(max_length=len(FACETS))] = []
) -> Response:
    """How a selection of events divides; confidence is told in tenths."""
    names = tuple(dict.fromkeys(by)) or FACETS

    def make(shelf: Shelf) -> Any:
        found = shelf.archive.facets(names, **wanted.filters())
        counts = {name: [{"value": value, "n": n} for value, n in each] for name, each in found.counts.items()}
        return {"total": found.total, "counts": counts}

    return reply(request, make)
