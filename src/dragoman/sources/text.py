"""Plain text: one article a file, with what its front matter tells."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from dragoman.errors import FormatError
from dragoman.sources.article import RawArticle, prepare
from dragoman.sources.normalization import decode

_FIELDS = {
    "title": "title", "headline": "title",
    "published": "published", "date": "published", "publication date": "published",
    "source": "source", "publisher": "source", "newspaper": "source",
    "url": "url", "link": "url",
    "id": "external_id",
}  # fmt: skip

_FENCED = re.compile(r"\s*---[ \t]*\r?\n(?P<head>.*?)\r?\n(?:---|\.\.\.)[ \t]*(?:\r?\n|$)", re.DOTALL)
_LINE = re.compile(r"(?P<key>[A-Za-z][A-Za-z _-]{0,30}?)[ \t]*:(?:[ \t]+(?P<value>.*))?")
_BINARY = {
    b"%PDF-": "a PDF file",
    b"PK\x03\x04": "a ZIP archive or an office document",
    b"\x1f\x8b": "a compressed file (gzip)",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"GIF8": "a picture",
    b"{\\rtf": "an RTF document",
    b"\xd0\xcf\x11\xe0": "an office document",
}
_LONGEST_HEAD = 10_000


def read_text(data: bytes, *, published: date | None = None, url: str | None = None) -> RawArticle:
    """The article in a plain-text file; what is given goes before what the file says.

    Raises:
        ArticleError: it cannot be read; see `prepare`.
    """
    _check_binary(data[:1000])
    text, notes = decode(data)
    return from_text(text, published=published, url=url, notes=notes)


def from_text(
    text: str,
    *,
    published: date | str | None = None,
    external_id: str | None = None,
    title: str | None = None,
    source: str | None = None,
    url: str | None = None,
    spans: Sequence[tuple[int, int]] = (),
    notes: Sequence[str] = (),
) -> RawArticle:
    """The article in a text that may carry front matter; what is given goes before what stands there.

    Args:
        spans: stretches of the whole `text`, front matter included.

    Raises:
        ArticleError: it cannot be read; see `prepare`.
    """
    head, body = split_front_matter(text)
    start = len(text) - len(body)
    return prepare(
        body,
        published=published if published is not None else head.get("published"),
        external_id=external_id if external_id is not None else head.get("external_id"),
        title=title if title is not None else head.get("title"),
        source=source if source is not None else head.get("source"),
        url=url if url is not None else head.get("url"),
        spans=[(first - start, last - start) for first, last in spans],
        notes=notes,
    )


def _check_binary(start: bytes) -> None:
    for magic, name in _BINARY.items():
        if start.startswith(magic):
            raise FormatError(f"it is {name}, not text")
    if start.startswith((b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff")):  # UTF-16 and UTF-32
        return
    controls = sum(byte < 32 and byte not in b"\t\n\v\f\r\x1b" for byte in start)
    if controls > 10 and controls > 0.05 * len(start):
        raise FormatError("it is not text but some binary format")


def split_front_matter(text: str) -> tuple[dict[str, str], str]:
    """The fields of the front matter (`title`, `published`, `source`, `url`, `external_id`) and the text below.

    Front matter is `key: value` lines between two lines `---`, or such lines on top of the file, each with a known key,
    up to an empty line. Keys that are not known are passed over between `---`.

    Raises:
        FormatError: a line between the two `---` is not `key: value`; the message gives its number.
    """
    if fenced := _FENCED.match(text[:_LONGEST_HEAD]):
        first = text.count("\n", 0, fenced.start("head")) + 1
        return _fenced_fields(fenced["head"].splitlines(), first), text[fenced.end() :]
    fields: dict[str, str] = {}
    rest = text[:_LONGEST_HEAD].lstrip("\ufeff").lstrip()
    skipped = len(text[:_LONGEST_HEAD]) - len(rest)
    position = skipped
    for line in rest.splitlines(keepends=True):
        found = _LINE.fullmatch(line.strip())
        if found is None or found["key"].strip().lower() not in _FIELDS or not found["value"]:
            if fields and not line.strip():
                return fields, text[position + len(line) :]
            break
        fields[_FIELDS[found["key"].strip().lower()]] = found["value"].strip()
        position += len(line)
    return {}, text


def _fenced_fields(lines: list[str], first: int) -> dict[str, str]:
    fields: dict[str, str] = {}
    for number, line in enumerate(lines, start=first):
        if not line.strip() or line.lstrip().startswith(("#", "- ")) or line.startswith((" ", "\t")):
            continue
        found = _LINE.fullmatch(line.rstrip())
        if found is None:
            raise FormatError(f"line {number} of the front matter is not “key: value”: {line.strip()[:60]!r}")
        name = _FIELDS.get(found["key"].strip().lower())
        value = (found["value"] or "").strip()
        if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'":
            value = value[1:-1]
        if name and value:
            fields[name] = value
    return fields
