"""The archive as JSON: all that the pages show, described by `/api/openapi.json`."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, Generic, TypeVar, get_args

from fastapi import APIRouter, Body, Path, Query
from fastapi.params import Depends
from pydantic import BaseModel, StringConstraints
from starlette.requests import Request
from starlette.responses import Response

from dragoman.codebook import load_codebook
from dragoman.codebook.plover import EventType
from dragoman.errors import DragomanError
from dragoman.mediation import Changes, MediationFile, Question, questions
from dragoman.mediation.changes import changes
from dragoman.records import Actor, Event, Place, Reading, Record, Statement, Step, Tie
from dragoman.store import ArticleHead, Found, Info, Relation
from dragoman.store.queries import BY
from dragoman.store.reviews import Correction, Review, Verdict, precision
from dragoman.web import pages
from dragoman.web import questions as strangers
from dragoman.web.library import Library, Shelf
from dragoman.web.selection import ParameterError, Selection

T = TypeVar("T")

MOST_ITEMS = 500
_MOST_OFFSET = 10_000_000
ARROW = "application/vnd.apache.arrow.stream"

router = APIRouter(prefix="/api")

# ── what stands in an address ──

Word = Annotated[str, StringConstraints(max_length=200, pattern=r"^[^\x00]*$")]
Words = Annotated[list[Word], Query(max_length=24)]
Identifier = Annotated[str, Path(min_length=1, max_length=300)]
Limit = Annotated[int, Query(ge=1, le=MOST_ITEMS)]
Offset = Annotated[int, Query(ge=0, le=_MOST_OFFSET)]
Order = Annotated[list[Annotated[str, StringConstraints(pattern=r"^-?[a-z_]{1,40}$")]], Query(max_length=6)]
By = Annotated[str, StringConstraints(pattern=f"^({'|'.join(BY)})$")]
Day = Annotated[date | None, Query()]


def _events_wanted(
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


Wanted = Annotated[Selection, Depends(_events_wanted)]


# ── what comes back ──


class Page(BaseModel, Generic[T]):
    """A stretch of a list; `total` is how many there are in all."""

    total: int
    offset: int
    limit: int
    items: list[T]


class Rows(BaseModel):
    """A table."""

    columns: list[str]
    rows: list[list[Any]]
    cut: bool = False


class Head(BaseModel):
    """What is wrong."""

    detail: Any


class FoundRecord(BaseModel, Generic[T]):
    """A record with the article that says so, what made it, and the names of those who take part."""

    record: T
    article: ArticleHead
    versions: str
    names: dict[str, str]
    review: Review | None = None


class Shown(BaseModel):
    """An article without its records; `/api/articles/{id}` has them."""

    article: ArticleHead
    origin: str | None
    document: str
    batch: str
    versions: str
    events: int
    notes: list[str]


class Given(BaseModel):
    """A review as it is sent."""

    article: Word
    event: Word
    verdict: Verdict
    author: Annotated[str, StringConstraints(min_length=1, max_length=200)]
    note: Annotated[str, StringConstraints(max_length=4000)] | None = None
    correction: Correction = Correction()


_ERRORS: dict[int | str, dict[str, Any]] = {
    code: {"model": Head} for code in (400, 401, 403, 404, 413, 414, 422, 429)
}  # fmt: skip


def _documented(model: Any) -> dict[int | str, dict[str, Any]]:
    return {200: {"model": model}, 304: {"description": "It has not changed."}, **_ERRORS}


def plain(value: Any) -> Any:
    """Whatever the archive gives as plain JSON values, under the names of the contract."""
    if isinstance(value, Record):
        return value.to_dict()
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {field.name: plain(getattr(value, field.name)) for field in dataclasses.fields(value)}
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    if isinstance(value, float) and (value != value or value in (float("inf"), float("-inf"))):
        return None
    if value is None or isinstance(value, str | int | float | bool):
        return value
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


def _json(value: Any) -> Response:
    text = json.dumps(plain(value), ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    # A lone surrogate would break the answer as a whole.
    return Response(text.encode("utf-8", "replace"), media_type="application/json")


def _reply(request: Request, make: Callable[[Shelf], Any]) -> Response:
    with _library(request).shelf() as shelf:

        def made() -> Response:
            found = make(shelf)
            return found if isinstance(found, Response) else _json(found)

        return pages.answer(request, shelf, made, request.headers.get("accept", ""))


def _library(request: Request) -> Library:
    library: Library = request.app.state.room.library
    return library


def _listed(
    request: Request, relation: Callable[[Shelf], Relation[Any]], limit: int, offset: int, order: Sequence[str],
    shown: Callable[[Any, Shelf], Any] = lambda item, shelf: item,
) -> Response:  # fmt: skip
    """A stretch of a relation as JSON, or all of it as an Arrow stream where that is asked for."""

    def make(shelf: Shelf) -> Any:
        found = relation(shelf)
        if order:
            unknown = [name for name in order if name.lstrip("-") not in found.columns]
            if unknown:
                raise ParameterError(f"order: there is no column {unknown[0].lstrip('-')!r}")
            found = found.order(*order)
        if ARROW in request.headers.get("accept", ""):
            return _arrow(found.limit(limit, offset) if "limit" in request.query_params else found)
        total = shelf.keep(("total", found.sql, str(found.parameters)), found.count)
        items = [shown(item, shelf) for item in found.limit(limit, offset)]
        return {"total": total, "offset": offset, "limit": limit, "items": items}

    return _reply(request, make)


def _arrow(relation: Relation[Any]) -> Response:
    import pyarrow as pa

    table = relation.arrow()
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, table.schema) as writer:
        writer.write_table(table)
    return Response(sink.getvalue().to_pybytes(), media_type=ARROW)


def _found(item: Found[Any], shelf: Shelf) -> dict[str, Any]:
    review = None
    if isinstance(item.record, Event):
        review = shelf.reviews.get((item.article.id, item.record.id))
    return {"record": item.record, "article": item.article, "versions": item.versions, "names": dict(item.names),
            "review": review}  # fmt: skip


# ── the archive ──


@router.get("/info", responses=_documented(Info), tags=["archive"])
def info(request: Request) -> Response:
    """What the archive holds."""
    return _reply(request, lambda shelf: dataclasses.replace(shelf.info, address=""))


@router.get("/batches", responses=_documented(list[dict[str, Any]]), tags=["archive"])
def batches(request: Request) -> Response:
    """What came in, in order."""
    return _reply(request, lambda shelf: shelf.archive.batches())


@router.get("/articles", responses=_documented(Page[Shown]), tags=["articles"])
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

    return _listed(
        request,
        lambda shelf: shelf.archive.articles(
            id=id or None, source=source or None, since=since, until=until, search=search or None,
            one_story=one_story, history=history,
        ),
        limit, offset, order, shown,
    )  # fmt: skip


@router.get("/articles/{id}", responses=_documented(Reading), tags=["articles"])
def reading(request: Request, id: Identifier, versions: Annotated[Word | None, Query()] = None) -> Response:
    """One article with all its records, as `dragoman read --format json` prints it."""
    return _reply(request, lambda shelf: shelf.archive.reading(id, versions or None))


@router.get("/articles/{id}/copies", responses=_documented(list[ArticleHead]), tags=["articles"])
def copies(request: Request, id: Identifier) -> Response:
    """Near-copies of an article."""
    return _reply(request, lambda shelf: shelf.archive.copies(id))


@router.get("/articles/{id}/revisions", responses=_documented(list[dict[str, Any]]), tags=["articles"])
def revisions(request: Request, id: Identifier) -> Response:
    """Every reading of the article's document."""
    return _reply(request, lambda shelf: shelf.archive.revisions(id))


@router.get("/events", responses=_documented(Page[FoundRecord[Event]]), tags=["records"])
def events(
    request: Request,
    wanted: Wanted,
    order: Order = [],
    limit: Limit = 50,
    offset: Offset = 0,
) -> Response:
    """Who did what to whom; as they were coded, each with its last review."""
    return _listed(request, lambda shelf: shelf.archive.events(**wanted.filters()), limit, offset, order, _found)


@router.get("/counts", responses=_documented(Page[dict[str, Any]]), tags=["records"])
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

    return _listed(request, relation, limit, offset, order)


@router.get("/statements", responses=_documented(Page[FoundRecord[Statement]]), tags=["records"])
def statements(
    request: Request, speaker: Words = [], source: Words = [], article: Words = [], since: Day = None,
    until: Day = None, one_story: bool = False, history: bool = False, order: Order = [],
    limit: Limit = 50, offset: Offset = 0,
) -> Response:  # fmt: skip
    """What is said, on whose word."""
    return _listed(
        request,
        lambda shelf: shelf.archive.statements(
            speaker=speaker or None, source=source or None, article=article or None, since=since, until=until,
            one_story=one_story, history=history,
        ),
        limit, offset, order, _found,
    )  # fmt: skip


@router.get("/actors", responses=_documented(Page[FoundRecord[Actor]]), tags=["records"])
def actors(
    request: Request, id: Words = [], country: Words = [], sector: Words = [], kind: Words = [],
    source: Words = [], article: Words = [], since: Day = None, until: Day = None, history: bool = False,
    order: Order = [], limit: Limit = 50, offset: Offset = 0,
) -> Response:  # fmt: skip
    """Who acts: one record an actor and article."""
    return _listed(
        request,
        lambda shelf: shelf.archive.actors(
            id=id or None, country=country or None, sector=sector or None, kind=kind or None, source=source or None,
            article=article or None, since=since, until=until, history=history,
        ),
        limit, offset, order, _found,
    )  # fmt: skip


@router.get("/actors/{id}/name", responses=_documented(dict[str, str]), tags=["records"])
def name(request: Request, id: Identifier) -> Response:
    """The usual name of an actor; the id itself where nobody knows it."""
    return _reply(request, lambda shelf: {"id": id, "name": shelf.names[id]})


@router.get("/ties", responses=_documented(Page[FoundRecord[Tie]]), tags=["records"])
def ties(
    request: Request, actor: Words = [], kind: Words = [], article: Words = [], since: Day = None,
    until: Day = None, history: bool = False, order: Order = [], limit: Limit = 50, offset: Offset = 0,
) -> Response:  # fmt: skip
    """Standing relations."""
    return _listed(
        request,
        lambda shelf: shelf.archive.ties(
            actor=actor or None, kind=kind or None, article=article or None, since=since, until=until, history=history
        ),
        limit, offset, order, _found,
    )  # fmt: skip


@router.get("/places", responses=_documented(Page[FoundRecord[Place]]), tags=["records"])
def places(
    request: Request, country: Words = [], article: Words = [], since: Day = None, until: Day = None,
    geonames: Annotated[list[Annotated[int, Query(ge=0, le=2**62)]], Query(max_length=24)] = [],
    history: bool = False, order: Order = [], limit: Limit = 50, offset: Offset = 0,
) -> Response:  # fmt: skip
    """Places that are meant as places."""
    return _listed(
        request,
        lambda shelf: shelf.archive.places(
            country=country or None, geonames=geonames or None, article=article or None, since=since, until=until,
            history=history,
        ),
        limit, offset, order, _found,
    )  # fmt: skip


@router.get("/steps", responses=_documented(Page[FoundRecord[Step]]), tags=["mediations"])
def steps(
    request: Request, mediation: Words = [], kind: Words = [], actor: Words = [], article: Words = [],
    since: Day = None, until: Day = None, history: bool = False, order: Order = [],
    limit: Limit = 50, offset: Offset = 0,
) -> Response:  # fmt: skip
    """Steps as single articles tell them; `/api/mediations/{id}` has them merged."""
    return _listed(
        request,
        lambda shelf: shelf.archive.steps(
            mediation=mediation or None, kind=kind or None, actor=actor or None, article=article or None, since=since,
            until=until, history=history,
        ),
        limit, offset, order, _found,
    )  # fmt: skip


@router.get("/problems", responses=_documented(Page[dict[str, Any]]), tags=["archive"])
def problems(request: Request, kind: Words = [], limit: Limit = 50, offset: Offset = 0) -> Response:
    """What could not be read."""
    return _listed(
        request, lambda shelf: shelf.archive.problems(kind=kind or None), limit, offset, (),
        lambda item, shelf: plain(item) | {"origin": "", "message": strangers.without_paths(item.message)},
    )  # fmt: skip


# ── mediations ──


@router.get("/mediations", responses=_documented(Page[dict[str, Any]]), tags=["mediations"])
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

    return _reply(request, make)


@router.get("/mediations/{id}", responses=_documented(MediationFile), tags=["mediations"])
def mediation(request: Request, id: Identifier, as_of: Day = None) -> Response:
    """The whole file on a conflict, with every report."""
    return _reply(request, lambda shelf: shelf.file(id, as_of))


@router.get("/mediations/{id}/changes", responses=_documented(Changes), tags=["mediations"])
def changed(request: Request, id: Identifier, since: date, until: Day = None) -> Response:
    """What is new in the file since a day."""
    return _reply(request, lambda shelf: changes(shelf.all_files, id, since, until))


@router.get("/mediations/{id}/questions", responses=_documented(list[Question]), tags=["mediations"])
def open_questions(request: Request, id: Identifier, as_of: Day = None) -> Response:
    """What stands open."""
    return _reply(request, lambda shelf: questions(shelf.file(id, as_of), as_of))


@router.get("/mediations/{id}/brief", responses=_documented(dict[str, Any]), tags=["mediations"])
def brief(
    request: Request, id: Identifier, as_of: Day = None, since: Day = None,
    steps: Annotated[int | None, Query(ge=1, le=10_000)] = None,
) -> Response:  # fmt: skip
    """The brief, sentence by sentence with its footnotes."""
    from dragoman.mediation import brief as make

    def made(shelf: Shelf) -> Any:
        news = None if since is None else changes(shelf.all_files, id, since, as_of)
        return make(shelf.file(id, as_of), as_of, shelf.names.__getitem__, news, steps)

    return _reply(request, made)


# ── reviews, codebook, SQL ──


@router.get("/reviews", responses=_documented(Page[Review]), tags=["reviews"])
def reviews(request: Request, latest: bool = False, limit: Limit = 50, offset: Offset = 0) -> Response:
    """All reviews, the oldest first; with `latest` only the last word on each event. What a model can be trained on."""

    def make(shelf: Shelf) -> Any:
        every = tuple(shelf.reviews.values()) if latest else _library(request).reviews.all()
        return {"total": len(every), "offset": offset, "limit": limit, "items": every[offset : offset + limit]}

    return _reply(request, make)


@router.get("/reviews/precision", responses=_documented(list[dict[str, Any]]), tags=["reviews"])
def precisions(request: Request) -> Response:
    """How often each type was right, of the events that were reviewed, with its 95 % interval."""
    return _reply(
        request,
        lambda shelf: [
            {"type": p.type, "right": p.right, "reviewed": p.reviewed, "share": p.share, "interval": p.interval}
            for p in precision(shelf.reviews.values())
        ],
    )


@router.post("/reviews", status_code=201, tags=["reviews"],
             responses={201: {"model": Review}, 304: {"description": "-"}, **_ERRORS})  # fmt: skip
def review(request: Request, given: Annotated[Given, Body()]) -> Response:
    """Accept, correct or reject an event."""
    library = _library(request)
    with library.shelf() as shelf:
        article = shelf.archive.reading(given.article)
    event = next((event for event in article.events if event.id == given.event), None)
    if event is None:
        raise DragomanError(f"the article has no event {given.event!r}")
    check_correction(given.correction, event)
    span = article.article.sentences[event.sentence]
    try:
        kept = library.reviews.add(
            event, article.article.id, article.article.published, article.article.text[span.start : span.end],
            given.verdict, given.author, given.correction, given.note,
        )  # fmt: skip
    except DragomanError as error:
        raise ParameterError(str(error)) from error
    response = _json(kept)
    response.status_code = 201
    return response


def check_correction(correction: Correction, event: Event) -> None:
    """See that a correction can stand in the event.

    Raises:
        ParameterError: a type or mode is none, or the days are the wrong way round.
    """
    kind = load_codebook().types.get(correction.type or event.type)
    if kind is None:
        raise ParameterError(f"type: there is no type {(correction.type or '')[:40]!r}")
    if correction.mode and kind.mode(correction.mode) is None:
        raise ParameterError(f"mode: {kind.name} has no mode {correction.mode[:40]!r}")
    if correction.earliest and correction.latest and correction.earliest > correction.latest:
        raise ParameterError("earliest: it lies after the latest day")
    texts = [
        *(correction.actors or ()),
        *(correction.recipients or ()),
        correction.place or "",
        correction.country or "",
    ]
    if len(texts) > 50 or any(len(text) > 200 for text in texts):
        raise ParameterError("correction: too much of it")


def verdict_of(text: str) -> Verdict:
    """A verdict by its name.

    Raises:
        ParameterError: it is none.
    """
    for verdict in get_args(Verdict):
        if text == verdict:
            found: Verdict = verdict
            return found
    raise ParameterError("verdict: accept, correct or reject")


@router.get("/codebook", responses=_documented(list[EventType]), tags=["codebook"])
def codebook(request: Request) -> Response:
    """All event types with their rules and modes."""
    return _reply(request, lambda shelf: list(load_codebook().types.values()))


@router.get("/sql", responses=_documented(Rows), tags=["archive"])
def sql(request: Request, q: Annotated[str, Query(min_length=1, max_length=8000)]) -> Response:
    """A SELECT over the views of the archive; at most 1,000 rows and 5 seconds."""
    with _library(request).shelf() as shelf:
        try:
            found = strangers.ask(shelf.archive, q)
        except strangers.QuestionError as error:
            raise ParameterError(str(error)) from error
    return _json({"columns": found.columns, "rows": found.rows, "cut": found.cut})


# ── the description itself ──


@dataclass(frozen=True, slots=True)
class Described:
    """`/api`: what can be asked."""

    calls: tuple[tuple[str, str, str, tuple[tuple[str, str], ...]], ...]


def described(openapi: Mapping[str, Any]) -> Described:
    """The OpenAPI as a page to read: method, path, what for, parameters."""
    calls = []
    for path, methods in openapi["paths"].items():
        for method, call in methods.items():
            parameters = tuple((p["name"], p["in"]) for p in call.get("parameters", ()))
            calls.append((method.upper(), path, " ".join(call.get("description", "").split()), parameters))
    return Described(tuple(calls))


def named_as_in_the_contract(openapi: dict[str, Any]) -> dict[str, Any]:
    """`from` is a keyword in Python: the contract's name for it goes into the description."""
    for schema in openapi.get("components", {}).get("schemas", {}).values():
        properties = schema.get("properties", {})
        if "from_" in properties:
            schema["properties"] = {key.rstrip("_") if key == "from_" else key: v for key, v in properties.items()}
            schema["required"] = ["from" if key == "from_" else key for key in schema.get("required", ())]
    return openapi
