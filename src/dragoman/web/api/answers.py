"""What the API answers with: models that describe it, and how an answer is made."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Generic, TypeVar

from pydantic import BaseModel
from starlette.requests import Request
from starlette.responses import Response

from dragoman.records import Event, Record
from dragoman.store import ArticleHead, Found, Relation
from dragoman.store.reviews import Review
from dragoman.web import pages
from dragoman.web.library import Library, Shelf
from dragoman.web.selection import ParameterError

T = TypeVar("T")

ARROW = "application/vnd.apache.arrow.stream"


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


ERRORS: dict[int | str, dict[str, Any]] = {
    code: {"model": Head} for code in (400, 401, 403, 404, 413, 414, 422, 429)
}  # fmt: skip


def documented(model: Any) -> dict[int | str, dict[str, Any]]:
    """What a call answers, for the description."""
    return {200: {"model": model}, 304: {"description": "It has not changed."}, **ERRORS}


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


def as_json(value: Any) -> Response:
    """Any value of the archive as an answer."""
    text = json.dumps(plain(value), ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    # A lone surrogate would break the answer as a whole.
    return Response(text.encode("utf-8", "replace"), media_type="application/json")


def reply(request: Request, make: Callable[[Shelf], Any]) -> Response:
    """What `make` gives, with its ETag."""
    with library_of(request).shelf() as shelf:

        def made() -> Response:
            found = make(shelf)
            return found if isinstance(found, Response) else as_json(found)

        return pages.answer(request, shelf, made, request.headers.get("accept", ""))


def library_of(request: Request) -> Library:
    """The archive that is asked."""
    library: Library = request.app.state.room.library
    return library


def listed(
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

    return reply(request, make)


def _arrow(relation: Relation[Any]) -> Response:
    import pyarrow as pa

    table = relation.arrow()
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, table.schema) as writer:
        writer.write_table(table)
    return Response(sink.getvalue().to_pybytes(), media_type=ARROW)


def found_record(item: Found[Any], shelf: Shelf) -> dict[str, Any]:
    """A record with its article, and the last review where it is an event."""
    review = None
    if isinstance(item.record, Event):
        review = shelf.reviews.get((item.article.id, item.record.id))
    return {"record": item.record, "article": item.article, "versions": item.versions, "names": dict(item.names),
            "review": review}  # fmt: skip
