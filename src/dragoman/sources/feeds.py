"""RSS and Atom: an article an entry.

A feed that is a file gives what it holds; a feed of the web is a list of pages (`web`), with what it says of each.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from typing import Any

from dragoman.errors import FormatError
from dragoman.sources.extras import extra
from dragoman.sources.source import Document, Hints, Item, Origin

_MARK = re.compile(rb"<(?:rss|feed|rdf:RDF)[\s>]", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]{1,300}>")
_MOST_ENTRIES = 10_000


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of a feed: its number from 1, what it says of its article, and the HTML that it holds itself."""

    number: int
    hints: Hints
    html: str


def is_feed(start: bytes) -> bool:
    """Whether data that begin so are a feed."""
    return _MARK.search(start) is not None


def entries(data: bytes, *, url: str | None = None, charset: str | None = None) -> Iterator[Entry]:
    """The entries of a feed, as they stand.

    Args:
        url: where it was fetched; links are taken from there.
        charset: the encoding that its server stated.

    Raises:
        FormatError: it is no feed.
    """
    with extra("feedparser"):
        import feedparser
    headers = {"content-location": url or ""}
    if charset:
        headers["content-type"] = f"application/xml; charset={charset}"
    try:
        feed = feedparser.parse(io.BytesIO(data), response_headers=headers, sanitize_html=False)
    except Exception as error:  # its tolerant parser fails in as many ways as feeds do
        raise FormatError(f"it cannot be parsed as a feed: {type(error).__name__}: {str(error)[:100]}") from error
    if not feed.get("entries"):
        said = f": {str(feed['bozo_exception'])[:100]}" if feed.get("bozo") and feed.get("bozo_exception") else ""
        raise FormatError(f"there are no entries in this feed{said}" if feed.get("version") else f"it is no feed{said}")
    site = _plain(feed.feed.get("title"))
    # RSS has one date, which its dialects call by several names; in Atom, that of an update is another than the first.
    one_date = str(feed.get("version")).startswith("rss")
    for number, entry in enumerate(feed.entries[:_MOST_ENTRIES], start=1):
        bodies = [part.get("value") or "" for part in entry.get("content") or ()]
        source = entry.get("source")
        yield Entry(
            number,
            Hints(
                published=_plain(entry.get("published") or (entry.get("updated") if one_date else None)),
                external_id=_plain(entry.get("id")),
                title=_plain(entry.get("title")),
                source=_plain(source.get("title") if isinstance(source, dict) else None) or site,
                url=_plain(entry.get("link")),
            ),
            max([*bodies, entry.get("summary") or ""], key=len),
        )


def find_entries(data: bytes, origin: Origin) -> Iterator[Document | Item]:
    """The entries of a feed with the text that they hold themselves; nothing is fetched."""
    for entry in entries(data):
        place = origin.at(entry.number, f"entry {entry.number}")
        if entry.html:
            yield Document(place, "fragment", entry.html.encode("utf-8", "replace"), entry.hints)
        else:
            yield Item.refused(place, FormatError("it holds no text, only a link"))


def _plain(value: Any) -> str | None:
    """A field of a feed as plain text, if it is there."""
    if not isinstance(value, str):
        return None
    return " ".join(_TAG.sub("", unescape(value)).split()) or None
