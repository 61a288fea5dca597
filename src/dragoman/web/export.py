"""A selection of events as a file, with what analysts have made of each."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from typing import Any

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from dragoman.records import Event
from dragoman.store import Found
from dragoman.store.reviews import Review
from dragoman.web import pages
from dragoman.web.library import Shelf
from dragoman.web.selection import Selection

COLUMNS = (
    "article", "published", "source", "url", "event", "type", "mode", "contexts", "quad", "intensity", "cameo",
    "actors", "recipients", "actor_names", "recipient_names", "status", "earliest", "latest", "basis", "place",
    "country", "latitude", "longitude", "geonames", "said_by", "topics", "confidence", "predicate", "sentence",
    "start", "end", "why", "review", "reviewed_by", "reviewed_at", "review_note", "coded_type", "coded_status",
)  # fmt: skip
_MEDIA_TYPES = {"csv": "text/csv; charset=utf-8", "jsonl": "application/x-ndjson"}
_AT_ONCE = 500


def download(content: bytes, media_type: str, name: str) -> Response:
    """A file to be saved."""
    return Response(content, media_type=media_type, headers={"content-disposition": f'attachment; filename="{name}"'})


def file_name(identifier: str, what: str) -> str:
    """A name that tells the files of several mediations apart, in letters that any disk and any header takes."""
    return f"{re.sub(r'[^A-Za-z0-9]+', '-', identifier).strip('-')}-{what}"


def events(request: Request, shelf: Shelf, selection: Selection, suffix: str) -> Response:
    """The events of a selection as `csv` or `jsonl`, streamed: nothing is left out, however many they are."""
    if suffix not in _MEDIA_TYPES:
        return pages.failed(request, 404, "Events come as csv or jsonl.")
    # A handle of its own: this thread answers other requests while the file is on its way.
    found = shelf.archive.cursor().events(**selection.filters())
    rows = (row(item, shelf.reviews.get((item.article.id, item.record.id)), shelf) for item in found)
    text = _csv(rows) if suffix == "csv" else (json.dumps(item, ensure_ascii=False) + "\n" for item in rows)
    headers = {"content-disposition": f'attachment; filename="events.{suffix}"'}
    return StreamingResponse(_gathered(text), media_type=_MEDIA_TYPES[suffix], headers=headers)


def row(found: Found[Event], review: Review | None, shelf: Shelf) -> dict[str, Any]:
    """One event with the last review of it.

    Corrections stand in the fields themselves, what was coded in `coded_type` and `coded_status`; a rejected event
    stays, and says so.
    """
    coded, article = found.record, found.article
    event = review.applied(coded) if review else coded
    where = event.where
    values = (
        article.id, article.published.isoformat(), article.source, article.url, event.id, event.type, event.mode,
        list(event.contexts), event.quad, event.intensity, event.cameo, list(event.actors), list(event.recipients),
        [shelf.names[actor] for actor in event.actors], [shelf.names[actor] for actor in event.recipients],
        event.status, _iso(event.when.earliest), _iso(event.when.latest), event.when.basis,
        where.name if where else None, where.country if where else None, where.latitude if where else None,
        where.longitude if where else None, where.geonames if where else None, event.said_by, list(event.topics),
        event.confidence, event.predicate.text, event.sentence, event.start, event.end, event.why,
        review.verdict if review else None, review.author if review else None, review.at if review else None,
        review.note if review else None, coded.type if review else None, coded.status if review else None,
    )  # fmt: skip
    return dict(zip(COLUMNS, values, strict=True))


def _iso(value: Any) -> str | None:
    return None if value is None else str(value.isoformat())


def _csv(rows: Iterator[dict[str, Any]]) -> Iterator[str]:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for item in rows:
        writer.writerow([_cell(value) for value in item.values()])
        yield out.getvalue()
        out.seek(0)
        out.truncate()
    yield out.getvalue()


def _cell(value: Any) -> Any:
    """As a spreadsheet takes it: text must not start a formula there."""
    if isinstance(value, list):
        value = "; ".join(value)
    return f"'{value}" if isinstance(value, str) and value[:1] in ("=", "+", "-", "@", "\t", "\r") else value


def _gathered(lines: Iterator[str]) -> Iterator[str]:
    """Many lines at a time: each piece of an answer costs a change of threads."""
    held: list[str] = []
    for line in lines:
        held.append(line)
        if len(held) == _AT_ONCE:
            yield "".join(held)
            held.clear()
    yield "".join(held)
