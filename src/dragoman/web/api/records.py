"""Statements, actors, ties and places."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import BaseModel
from starlette.requests import Request
from starlette.responses import Response

from dragoman.records import Actor, Place, Statement, Tie
from dragoman.web.api.answers import FoundRecord, Page, documented, found_record, listed, reply
from dragoman.web.api.parameters import Day, Identifier, Limit, Offset, Order, Word, Words

router = APIRouter()


class Dealt(BaseModel):
    """How many events of a quad category an actor had with a partner in a year."""

    partner: str
    year: int
    quad: str
    n: int


@router.get("/statements", responses=documented(Page[FoundRecord[Statement]]), tags=["records"])
def statements(
    request: Request, speaker: Words = [], source: Words = [], article: Words = [], since: Day = None,
    until: Day = None, one_story: bool = False, history: bool = False, order: Order = [],
    limit: Limit = 50, offset: Offset = 0,
) -> Response:  # fmt: skip
    """What is said, on whose word."""
    return listed(
        request,
        lambda shelf: shelf.archive.statements(
            speaker=speaker or None, source=source or None, article=article or None, since=since, until=until,
            one_story=one_story, history=history,
        ),
        limit, offset, order, found_record,
    )  # fmt: skip


@router.get("/actors", responses=documented(Page[FoundRecord[Actor]]), tags=["records"])
def actors(
    request: Request, id: Words = [], country: Words = [], sector: Words = [], kind: Words = [],
    source: Words = [], article: Words = [], since: Day = None, until: Day = None, history: bool = False,
    order: Order = [], limit: Limit = 50, offset: Offset = 0,
) -> Response:  # fmt: skip
    """Who acts: one record an actor and article."""
    return listed(
        request,
        lambda shelf: shelf.archive.actors(
            id=id or None, country=country or None, sector=sector or None, kind=kind or None, source=source or None,
            article=article or None, since=since, until=until, history=history,
        ),
        limit, offset, order, found_record,
    )  # fmt: skip


@router.get("/actors/{id}/name", responses=documented(dict[str, str]), tags=["records"])
def name(request: Request, id: Identifier) -> Response:
    """The usual name of an actor; the id itself where nobody knows it."""
    return reply(request, lambda shelf: {"id": id, "name": shelf.names[id]})


@router.get("/actors/{id}/dealings", responses=documented(list[Dealt]), tags=["records"])
def dealings(
    request: Request, id: Identifier, own: Annotated[Word | None, Query()] = None,
    most: Annotated[int, Query(ge=1, le=200)] = 14,
) -> Response:  # fmt: skip
    """With whom it takes part in events, by year and quad category; `own` is its own country, which is no partner."""
    return reply(
        request,
        lambda shelf: [
            {"partner": partner, "year": year, "quad": quad, "n": n}
            for partner, year, quad, n in shelf.archive.dealings(id, own, most)
        ],
    )


@router.get("/ties", responses=documented(Page[FoundRecord[Tie]]), tags=["records"])
def ties(
    request: Request, actor: Words = [], kind: Words = [], article: Words = [], since: Day = None,
    until: Day = None, history: bool = False, order: Order = [], limit: Limit = 50, offset: Offset = 0,
) -> Response:  # fmt: skip
    """Standing relations."""
    return listed(
        request,
        lambda shelf: shelf.archive.ties(
            actor=actor or None, kind=kind or None, article=article or None, since=since, until=until, history=history
        ),
        limit, offset, order, found_record,
    )  # fmt: skip


@router.get("/places", responses=documented(Page[FoundRecord[Place]]), tags=["records"])
def places(
    request: Request, country: Words = [], article: Words = [], since: Day = None, until: Day = None,
    geonames: Annotated[list[Annotated[int, Query(ge=0, le=2**62)]], Query(max_length=24)] = [],
    history: bool = False, order: Order = [], limit: Limit = 50, offset: Offset = 0,
) -> Response:  # fmt: skip
    """Places that are meant as places."""
    return listed(
        request,
        lambda shelf: shelf.archive.places(
            country=country or None, geonames=geonames or None, article=article or None, since=since, until=until,
            history=history,
        ),
        limit, offset, order, found_record,
    )  # fmt: skip
