"""What can stand in an address of the API."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from fastapi import Path, Query
from fastapi.params import Depends
from pydantic import StringConstraints
from starlette.requests import Request

from dragoman.store.queries import BY
from dragoman.web import pages
from dragoman.web.selection import Selection

MOST_ITEMS = 500
_MOST_OFFSET = 10_000_000

Word = Annotated[str, StringConstraints(max_length=200, pattern=r"^[^\x00]*$")]
Words = Annotated[list[Word], Query(max_length=24)]
Identifier = Annotated[str, Path(min_length=1, max_length=300)]
Limit = Annotated[int, Query(ge=1, le=MOST_ITEMS)]
Offset = Annotated[int, Query(ge=0, le=_MOST_OFFSET)]
Order = Annotated[list[Annotated[str, StringConstraints(pattern=r"^-?[a-z_]{1,40}$")]], Query(max_length=6)]
By = Annotated[str, StringConstraints(pattern=f"^({'|'.join(BY)})$")]
Day = Annotated[date | None, Query()]


def events_wanted(
    request: Request,
    actor: Words = [],
    recipient: Words = [],
    with_: Annotated[list[Word], Query(alias="with", max_length=24)] = [],
    type: Words = [],
    mode: Words = [],
    quad: Words = [],
    cameo: Words = [],
    context: Words = [],
    topic: Words = [],
    status: Words = [],
    country: Words = [],
    said_by: Words = [],
    source: Words = [],
    article: Words = [],
    since: Day = None,
    until: Day = None,
    min_confidence: Annotated[float | None, Query(ge=0, le=1)] = None,
    one_story: bool = False,
    history: bool = False,
) -> Selection:
    """The filters of events; FastAPI describes and checks them, `Selection` reads them as the pages do."""
    return Selection.read(pages.pairs(request))


Wanted = Annotated[Selection, Depends(events_wanted)]
