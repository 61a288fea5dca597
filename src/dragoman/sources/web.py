"""Addresses of the web: a page is an article, a feed is the pages that it leads to."""

from __future__ import annotations

import dataclasses
import io
import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from dragoman.errors import ArticleError, FetchError
from dragoman.sources.feeds import entries, is_feed
from dragoman.sources.fetching import Fetched, Fetcher
from dragoman.sources.files import contents, kind_of
from dragoman.sources.source import Document, Form, Hints, Item, Kind, Options, Origin

_ADDRESS = re.compile(r"https?://", re.IGNORECASE)
_START = 1024
_FORMS: dict[str, Form] = {
    "text/html": "html", "application/xhtml+xml": "html", "application/pdf": "pdf", "text/plain": "text",
}  # fmt: skip
_KINDS: dict[str, Kind] = {"text/csv": "csv", "text/tab-separated-values": "csv", "application/x-ndjson": "jsonl"}


def is_web(address: str) -> bool:
    """Whether an address is one of the web."""
    return _ADDRESS.match(address) is not None


def find_on_web(address: str, options: Options, fetcher: Fetcher | None = None) -> Iterator[Document | Item]:
    """The page at an address; the pages that its feed leads to, in the feed's order; or the articles in its file.

    What a page says of itself goes before what the feed says of it.
    """
    origin = Origin(address)
    try:
        with fetcher or Fetcher(options.web, options.limits) as asking:
            found = asking.fetch(address)
            if options.kind == "feed" or (options.kind is None and _is_feed(found)):
                yield from _pages(found, origin, asking)
            elif options.kind is None and (form := _FORMS.get(found.mime)) in ("html", "pdf"):
                yield Document(origin, form, found.data, Hints(url=found.url, charset=found.charset), alone=True)
            else:
                kind = options.kind or _KINDS.get(found.mime) or kind_of(urlsplit(found.url).path)
                yield from contents(io.BytesIO(found.data), origin, dataclasses.replace(options, kind=kind))
    except ArticleError as error:
        yield Item.refused(origin, error)


def _is_feed(found: Fetched) -> bool:
    return found.mime != "text/html" and is_feed(found.data[:_START])


def _pages(feed: Fetched, origin: Origin, fetcher: Fetcher) -> Iterator[Document | Item]:
    seen = set()
    for entry in entries(feed.data, url=feed.url, charset=feed.charset):
        link = entry.hints.url
        if link is None:
            # Without a page of its own, an entry can only be what it holds.
            place = origin.at(entry.number, f"entry {entry.number}")
            if entry.html:
                yield Document(place, "fragment", entry.html.encode("utf-8", "replace"), entry.hints)
            else:
                yield Item.refused(place, FetchError("it holds neither a text nor a link"))
            continue
        if link in seen:
            continue
        seen.add(link)
        place = Origin(link, 0, f"{link} (entry {entry.number} of {origin})")
        try:
            found = fetcher.fetch(link)
            form = _FORMS.get(found.mime)
            if form is None:
                raise FetchError(f"it is “{found.mime[:60]}”, no page of text")
        except ArticleError as error:
            yield Item.refused(place, error)
            continue
        hints = dataclasses.replace(entry.hints, url=found.url, charset=found.charset)
        yield Document(place, form, found.data, hints)
