"""JSON and JSON Lines: an article is an object with `text` and `published`."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from dragoman.errors import ArticleError, FormatError
from dragoman.sources.article import RawArticle, Refusal, prepare
from dragoman.sources.normalization import decode

_OPTIONAL = {"id": "external_id", "title": "title", "source": "source", "url": "url"}


def read_json_lines(
    lines: Iterable[bytes], origin: str, *, published: date | None = None
) -> Iterator[RawArticle | Refusal]:
    """Each line's article, or why it cannot be read, with file and line; one bad line does not stop the rest.

    `published` is for the lines that do not give a day of their own.
    """
    for number, line in enumerate(lines, start=1):
        if not line.strip(b" \t\r\n\xef\xbb\xbf"):
            continue
        try:
            yield _article(line, published)
        except ArticleError as error:
            yield Refusal(f"{origin}, line {number}", error)


def read_json(data: bytes, origin: str, *, published: date | None = None) -> Iterator[RawArticle | Refusal]:
    """The articles of a file that is one JSON object, an array of them, or else JSON Lines."""
    text, notes = decode(data)
    try:
        whole = json.loads(text)
    except (RecursionError, ValueError):
        yield from read_json_lines(data.splitlines(), origin, published=published)
        return
    several = isinstance(whole, list)
    for number, item in enumerate(whole if several else [whole], start=1):
        try:
            yield _prepared(item, published, notes)
        except ArticleError as error:
            yield Refusal(f"{origin}, article {number}" if several else origin, error)


def _article(line: bytes, published: date | None) -> RawArticle:
    text, notes = decode(line)
    try:
        data = json.loads(text)
    except json.JSONDecodeError as error:
        raise FormatError(f"it is not JSON: {error.msg} at column {error.colno}") from error
    except (RecursionError, ValueError) as error:  # nested too deeply, or a number of thousands of digits
        raise FormatError(f"it is not JSON that can be read: {error}") from error
    return _prepared(data, published, notes)


def _prepared(data: Any, published: date | None, notes: tuple[str, ...]) -> RawArticle:
    if not isinstance(data, dict):
        raise FormatError("it is not a JSON object with “text” and “published”")
    if not isinstance(data.get("text"), str):
        raise FormatError("“text” is missing" if data.get("text") is None else "“text” is not a string")
    return prepare(
        data["text"],
        published=_field(data, "published") or published,
        spans=_spans(data.get("spans")),
        notes=notes,
        **{name: _field(data, key) for key, name in _OPTIONAL.items()},
    )


def _field(data: dict[str, Any], key: str) -> str | None:
    value = data.get(key)
    if isinstance(value, bool) or not isinstance(value, str | int | None):
        raise FormatError(f"“{key}” is not a string")
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
