"""Files on mediations, and steps."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import Response

from dragoman.mediation import Changes, MediationFile, Question, questions
from dragoman.mediation.changes import changes
from dragoman.records import Step
from dragoman.web.api.answers import FoundRecord, Page, documented, found_record, listed, reply
from dragoman.web.api.parameters import Day, Identifier, Limit, Offset, Order, Words
from dragoman.web.library import Shelf

router = APIRouter()


@router.get("/steps", responses=documented(Page[FoundRecord[Step]]), tags=["mediations"])
def steps(
    request: Request, mediation: Words = [], kind: Words = [], actor: Words = [], article: Words = [],
    since: Day = None, until: Day = None, history: bool = False, order: Order = [],
    limit: Limit = 50, offset: Offset = 0,
) -> Response:  # fmt: skip
    """Steps as single articles tell them; `/api/mediations/{id}` has them merged."""
    return listed(
        request,
        lambda shelf: shelf.archive.steps(
            mediation=mediation or None, kind=kind or None, actor=actor or None, article=article or None, since=since,
            until=until, history=history,
        ),
        limit, offset, order, found_record,
    )  # fmt: skip


@router.get("/mediations", responses=documented(Page[dict[str, Any]]), tags=["mediations"])
def mediations(request: Request, as_of: Day = None, limit: Limit = 50, offset: Offset = 0) -> Response:
    """The files without their steps, the one with the newest report first."""

    def make(shelf: Shelf) -> Any:
        files = shelf.files(as_of)
        items = [
            {"id": file.id, "parties": file.parties, "mediators": file.mediators, "steps": len(file.steps),
             "articles": len(file.articles), "latest": file.latest}
            for file in files[offset : offset + limit]
        ]  # fmt: skip
        return {"total": len(files), "offset": offset, "limit": limit, "items": items}

    return reply(request, make)


@router.get("/mediations/{id}", responses=documented(MediationFile), tags=["mediations"])
def mediation(request: Request, id: Identifier, as_of: Day = None) -> Response:
    """The whole file on a conflict, with every report."""
    return reply(request, lambda shelf: shelf.file(id, as_of))


@router.get("/mediations/{id}/changes", responses=documented(Changes), tags=["mediations"])
def changed(request: Request, id: Identifier, since: date, until: Day = None) -> Response:
    """What is new in the file since a day."""
    return reply(request, lambda shelf: changes(shelf.all_files, id, since, until))


@router.get("/mediations/{id}/questions", responses=documented(list[Question]), tags=["mediations"])
def open_questions(request: Request, id: Identifier, as_of: Day = None) -> Response:
    """What stands open."""
    return reply(request, lambda shelf: questions(shelf.file(id, as_of), as_of))


@router.get("/mediations/{id}/brief", responses=documented(dict[str, Any]), tags=["mediations"])
def brief(
    request: Request, id: Identifier, as_of: Day = None, since: Day = None,
    steps: Annotated[int | None, Query(ge=1, le=10_000)] = None,
) -> Response:  # fmt: skip
    """The brief, sentence by sentence with its footnotes."""
    from dragoman.mediation import brief as make

    def made(shelf: Shelf) -> Any:
        news = None if since is None else changes(shelf.all_files, id, since, as_of)
        return make(shelf.file(id, as_of), as_of, shelf.names.__getitem__, news, steps)

    return reply(request, made)
