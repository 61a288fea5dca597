"""JSON, JSON Lines and rows of tables: an article is named fields, `text` and `published` among them."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from dragoman.errors import FormatError
from dragoman.sources.article import RawArticle, prepare
from dragoman.sources.lines import bounded_lines
from dragoman.sources.normalization import decode
from dragoman.sources.source import Document, Item, Limits, Options, Origin

_OPTIONAL = {"id": "external_id", "title": "title", "source": "source", "url": "url"}
# What the fields are often called elsewhere; what they are called here goes before.
_SYNONYMS = {
    "text": ("body", "content", "article_text", "full_text", "maintext"),
    "published": ("date", "published_at", "publication_date", "pub_date", "pubdate", "date_publish"),
    "title": ("headline",),
    "source": ("publisher", "newspaper", "outlet", "source_domain"),
    "url": ("link",),
    "id": ("article_id",),
}
#: Every name of a column that is read unasked, in small letters.
NAMES = frozenset(_SYNONYMS) | {name for names in _SYNONYMS.values() for name in names} | {"spans"}
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
    if "text" not in value and isinstance(kept := value.get("article"), dict):
        # Records of Dragoman: the article that they are of. Its id is ours; the caller's stands beside it.
        value = {**kept, "id": kept.get("external_id")}
    return read_row(value, options, notes)


def read_row(row: Mapping[str, Any], options: Options, notes: tuple[str, ...] = ()) -> RawArticle:
    """The article in named fields.

    Raises:
        ArticleError: it cannot be read; see `prepare`.
    """
    column, text = _value(row, "text", options)
    if not isinstance(text, str):
        raise FormatError(f"“{column}” is missing" if text is None else f"“{column}” is not a string")
    spans = row.get("spans")
    return prepare(
        text,
        published=_day(row, options) or options.published,
        spans=() if isinstance(spans, str) else _spans(spans),  # in a cell it is something else
        notes=notes,
        **{name: _field(row, key, options) for key, name in _OPTIONAL.items()},
    )


def _value(row: Mapping[str, Any], key: str, options: Options) -> tuple[str, Any]:
    """A field under the column that the user names, or under its own name, or one of its usual ones."""
    if column := options.columns.get(key):
        return column, row.get(column)
    if row.get(key) is None:
        known = {name.lower(): name for name in row}
        for name in (key, *_SYNONYMS[key]):
            if (column := known.get(name)) and row[column] is not None:
                return column, row[column]
    return key, row.get(key)


def _day(row: Mapping[str, Any], options: Options) -> date | str | None:
    """The day, which a table may hold as such."""
    _, value = _value(row, "published", options)
    return value if isinstance(value, date) else _field(row, "published", options)


def _field(row: Mapping[str, Any], key: str, options: Options) -> str | None:
    column, value = _value(row, key, options)
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
