"""The day that a web page states for its publication, and nothing that must be guessed.

Asked are, in this order: the page's data for search engines (JSON-LD), its metadata, elements marked up as the day of
publication, and lines that say “Published …”. Days of change, of the address, or that merely stand about are not taken.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Any

from dragoman.errors import DateError
from dragoman.sources.dates import parse_day

if TYPE_CHECKING:
    from lxml.html import HtmlElement

# Names of metadata for the day of publication, as publishers' systems write them.
_NAMES = frozenset(
    "article:published_time article:published article.published og:article:published_time og:published_time"
    " datepublished date.published published_time published_date published-date publish_date publish-date publishdate"
    " publication_date publication-date publicationdate pubdate rbpubdate bt:pubdate parsely-pub-date sailthru.date"
    " cxenseparse:recs:publishtime article_date_original dc.date.issued dcterms.issued dc.date dcterms.date"
    " citation_publication_date".split()
)
_ARTICLES = re.compile(r"(?:Article|Posting|Report)$")
_SAID = re.compile(
    r"(?:first\s+)?(?:published|posted|issued|released)(?:\s+(?:on|at))?\s*:?\s+(?P<day>.+)", re.IGNORECASE
)
_LONGEST = 100
# A page's data may be nested; an endless nest is no page's data.
_MOST_OBJECTS = 2000


def stated_day(tree: HtmlElement) -> tuple[date | None, tuple[str, ...]]:
    """The day of publication, or None; and a note where the page gives several."""
    found = [day for way in (_from_data, _from_metadata, _from_marked, _from_lines) if (day := way(tree))]
    if not found:
        return None, ()
    # Two clocks differ by a day around midnight; more is worth a word.
    others = sorted({day for day in found if abs((day - found[0]).days) > 1})
    said = f"it gives several days of publication, {found[0]} and {', '.join(map(str, others))}; {found[0]} was taken"
    return found[0], (said,) if others else ()


def _from_data(tree: HtmlElement) -> date | None:
    days = set()
    for script in tree.iterfind(".//script[@type='application/ld+json']"):
        try:
            data = json.loads(script.text or "", strict=False)
        except (RecursionError, ValueError):
            continue
        for thing in _objects(data):
            kinds = thing.get("@type")
            names = kinds if isinstance(kinds, list) else [kinds]
            if any(isinstance(name, str) and _ARTICLES.search(name) for name in names):
                days.add(_day(thing.get("datePublished")))
    return _only(days)


def _objects(data: Any) -> Iterator[dict[str, Any]]:
    """The objects on top of a page's data; those within others are about other things."""
    waiting = [data]
    for _ in range(_MOST_OBJECTS):
        if not waiting:
            return
        value = waiting.pop()
        if isinstance(value, list):
            waiting += value
        elif isinstance(value, dict):
            yield value
            waiting.append(value.get("@graph"))


def _from_metadata(tree: HtmlElement) -> date | None:
    found: dict[str, set[date | None]] = {}
    for meta in tree.iter("meta"):
        name = meta.get("property") or meta.get("name") or meta.get("itemprop") or ""
        if name.lower() in _NAMES:
            found.setdefault(name.lower(), set()).add(_day(meta.get("content")))
    return next((day for days in found.values() if (day := _only(days))), None)


def _from_marked(tree: HtmlElement) -> date | None:
    days = {
        _day(element.get("datetime") or element.get("content") or element.text)
        for element in tree.xpath("//*[@itemprop='datePublished'][not(self::meta)] | //time[@pubdate]")
    }
    return _only(days)


def _from_lines(tree: HtmlElement) -> date | None:
    days = set()
    for element in tree.iter("p", "span", "div", "time", "li", "em", "small", "b", "strong"):
        text = (element.text or "").strip()
        if text and len(text) < _LONGEST and (said := _SAID.fullmatch(text)):
            days.add(_day(said["day"]) or _day(next((time.get("datetime") for time in element.iter("time")), None)))
        elif text and len(element) and len(text) < 20 and _SAID.fullmatch(f"{text} x"):  # Published: <time …>
            days.add(_day(next((time.get("datetime") or time.text for time in element.iter("time")), None)))
    return _only(days)


def _only(days: set[date | None]) -> date | None:
    """The one day of these; of several, none can be told to be this article's."""
    known = {day for day in days if day}
    return known.pop() if len(known) == 1 else None


def _day(words: Any) -> date | None:
    try:
        return parse_day(words.strip()[:_LONGEST]) if isinstance(words, str) else None
    except DateError:
        return None
