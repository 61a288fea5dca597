"""The archive itself: what it holds, what came in, what could not be read, SQL, the codebook."""

from __future__ import annotations

import dataclasses
from typing import Annotated, Any

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import Response

from dragoman.codebook import load_codebook
from dragoman.codebook.plover import EventType
from dragoman.store import Info
from dragoman.web import questions as strangers
from dragoman.web.api.answers import (
    Page,
    Rows,
    as_json,
    documented,
    library_of,
    listed,
    plain,
    reply,
)
from dragoman.web.api.parameters import Limit, Offset, Words
from dragoman.web.selection import ParameterError

router = APIRouter()


@router.get("/info", responses=documented(Info), tags=["archive"])
def info(request: Request) -> Response:
    """What the archive holds."""
    return reply(request, lambda shelf: dataclasses.replace(shelf.info, address=""))


@router.get("/batches", responses=documented(list[dict[str, Any]]), tags=["archive"])
def batches(request: Request) -> Response:
    """What came in, in order."""
    return reply(request, lambda shelf: shelf.archive.batches())


@router.get("/problems", responses=documented(Page[dict[str, Any]]), tags=["archive"])
def problems(request: Request, kind: Words = [], limit: Limit = 50, offset: Offset = 0) -> Response:
    """What could not be read."""
    return listed(
        request, lambda shelf: shelf.archive.problems(kind=kind or None), limit, offset, (),
        lambda item, shelf: plain(item) | {"origin": "", "message": strangers.without_paths(item.message)},
    )  # fmt: skip


@router.get("/codebook", responses=documented(list[EventType]), tags=["codebook"])
def codebook(request: Request) -> Response:
    """All event types with their rules and modes."""
    return reply(request, lambda shelf: list(load_codebook().types.values()))


@router.get("/sql", responses=documented(Rows), tags=["archive"])
def sql(request: Request, q: Annotated[str, Query(min_length=1, max_length=8000)]) -> Response:
    """A SELECT over the views of the archive; at most 1,000 rows and 5 seconds."""
    with library_of(request).shelf() as shelf:
        try:
            found = strangers.ask(shelf.archive, q)
        except strangers.QuestionError as error:
            raise ParameterError(str(error)) from error
    return as_json({"columns": found.columns, "rows": found.rows, "cut": found.cut})
