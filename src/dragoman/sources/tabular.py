"""JSON and JSON Lines: an article is an object with `text` and `published`."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator, Mapping
from typing import Any

from dragoman.errors import FormatError
from dragoman.sources.article import RawArticle, prepare
from dragoman.sources.lines import bounded_lines
from dragoman.sources.normalization import decode
from dragoman.sources.source import Document, Item, Limits, Options, Origin

_OPTIONAL = {"id": "external_id", "title": "title", "source": "source", "url": "url"}
_BLANK = b" \t\r\n\xef\xbb\xbf"


def find_lines(stream: io.BufferedReader, origin: Origin, limits: Limits) -> Iterator[Document | Item]:
    """The lines of JSON Lines; one bad line does not stop the rest."""
    for number, line in bounded_lines(stream, limits.document):
        place = origin.at(number, f"line {number}")
        if line is None:
            yield Item.refused(place, FormatError(f"it has more than {limits.document:,} bytes; it was passed over"))
        elif line.strip(_BLANK):
            yield Document(place, "json", line)


def find_values(stream: io.BufferedReader, origin: Origin, limits: Limits) -> Iterator[Document | Item]:
    """The articles of a file that is one JSON object, an array of them, or else JSON Lines.

    Raises:
        FormatError: it is too long to be read as a whole.
    """
    data = stream.read(limits.document + 1)
    if len(data) > limits.document:
        raise FormatError(f"it has more than {limits.document:,} bytes; save it as JSON Lines (.jsonl)")
    text, _ = decode(data)
    try:
        whole = json.loads(text)
    except (RecursionError, ValueError):
        yield from find_lines(io.BufferedReader(io.BytesIO(data)), origin, limits)
        return
    if not isinstance(whole, list):
        yield Document(origin, "json", data)
        return
    for number, item in enumerate(whole, start=1):
        yield Document(origin.at(number, f"article {number}"), "json", json.dumps(item).encode())


def read_json(data: bytes, options: Options) -> RawArticle:
    """The article in a JSON object; the options' day is used if it gives none of its own.

    Raises:
        ArticleError: it cannot be read; see `prepare`.
    """
    text, notes = decode(data)
    try:
        value = json.loads(text)
    except json.JSONDecodeError as error:
        raise FormatError(f"it is not JSON: {error.msg} at column {error.colno}") from error
    except (RecursionError, ValueError) as error:  # nested too deeply, or a number of thousands of digits
        raise FormatError(f"it is not JSON that can be read: {error}") from error
    if not isinstance(value, dict):
        raise FormatError("it is not a JSON object with “text” and “published”")
    return read_row(value, options, notes)


def read_row(row: Mapping[str, Any], options: Options, notes: tuple[str, ...] = ()) -> RawArticle:
    """The article in named fields.

    Raises:
        ArticleError: it cannot be read; see `prepare`.
    """
    column = options.columns.get("text", "text")
    text = row.get(column)
    if not isinstance(text, str):
        raise FormatError(f"“{column}” is missing" if text is None else f"“{column}” is not a string")
    return prepare(
        text,
        published=_field(row, "published", options) or options.published,
        spans=_spans(row.get("spans")),
        notes=notes,
        **{name: _field(row, key, options) for key, name in _OPTIONAL.items()},
    )


def _field(row: Mapping[str, Any], key: str, options: Options) -> str | None:
    column = options.columns.get(key, key)
    value = row.get(column)
    if isinstance(value, bool) or not isinstance(value, str | int | None):
        raise FormatError(f"“{column}” is not a string")
    return None if value is None else str(value)


def _spans(value: Any) -> list[tuple[int, int]]:
    """Spans come as [start, end] or {"start": …, "end": …}."""
    spans = []
    for item in value if isinstance(value, list) else [] if value is None else [value]:
        pair = [item.get("start"), item.get("end")] if isinstance(item, dict) else item
        if not isinstance(pair, list) or len(pair) != 2 or not all(type(number) is int for number in pair):
            raise FormatError(f"“spans” holds {json.dumps(item)[:60]}, which is no [start, end]")
        spans.append((pair[0], pair[1]))
    return spans
