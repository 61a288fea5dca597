"""Web pages: the main text, and what the page says of itself.

trafilatura finds the main text, the title and the site. The day is ours (`page_dates`), because trafilatura's best
guess is not good enough for a fact.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from dragoman.errors import FormatError
from dragoman.sources.article import RawArticle, prepare
from dragoman.sources.extras import extra
from dragoman.sources.normalization import REPLACEMENT, UTF8_PIECE, decode
from dragoman.sources.page_dates import stated_day
from dragoman.sources.source import Document, Options

if TYPE_CHECKING:
    from lxml.html import HtmlElement

# What browsers look at for <meta charset>, and then some: pages put scripts before it.
_HEAD = 4096
_CHARSET = re.compile(rb"<meta\b[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_:.-]{2,40})", re.IGNORECASE)
_XML = re.compile(rb"\s*<\?xml\b[^>]{0,200}?encoding\s*=\s*[\"']([A-Za-z0-9_.-]{2,40})[\"']", re.IGNORECASE)
# Seldom has a page of news a fifth of this; beyond, some steps of finding the main text take the square of it.
_MOST_ELEMENTS = 30_000
# A sentence of some length. Where there is none, what was found are menus.
_PROSE = re.compile(r"(?:\S+\s+){6}.*[.!?…][”’\"')\]]*\s*$")
# After the end of a page there are remarks of the server at most.
_TAIL = 10_000
_UNSEEN = ("script", "style", "template", "noscript")
_BLOCKS = ("p", "br", "div", "li", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "tr", "figcaption")
# Labels that everyone, browsers included, takes for the larger set that they are part of.
_MEANT = {"iso8859-1": "cp1252", "ascii": "cp1252", "gb2312": "gb18030", "gbk": "gb18030", "shift_jis": "cp932"}


@dataclass(frozen=True, slots=True)
class _Page:
    """What a page says."""

    text: str = ""
    title: str | None = None
    site: str | None = None
    url: str | None = None


def read_html(document: Document, options: Options) -> RawArticle:
    """The article in a web page. Its own word goes before the hints, save for its address.

    Raises:
        ArticleError: there is no article in it, or it cannot be read; see `prepare`.
    """
    data, hints = document.data, document.hints
    if len(data) > options.limits.page:
        raise FormatError(f"it has more than {options.limits.page:,} bytes, too many for a page")
    with extra("trafilatura"), extra("htmldate"):
        import trafilatura
        from lxml.etree import LxmlError
    text, notes = decode_page(data, hints.charset)
    try:
        tree = trafilatura.load_html(text)
        if tree is not None and sum(1 for _ in islice(tree.iter(), _MOST_ELEMENTS + 1)) > _MOST_ELEMENTS:
            raise FormatError(f"it has more than {_MOST_ELEMENTS:,} elements, too many for a page of news")
        given = document.given(options)
        day, more = (given, ()) if given or tree is None else stated_day(tree)
        found = _Page() if tree is None else _extract(tree, hints.url)
    except (LxmlError, ArithmeticError, AssertionError, AttributeError, LookupError, RecursionError, TypeError,
            ValueError) as error:  # fmt: skip
        # Whatever goes wrong in a parser goes wrong because of this page.
        raise FormatError(f"its HTML cannot be parsed: {type(error).__name__}: {str(error)[:100]}") from error
    if not any(_PROSE.search(line) for line in found.text.splitlines()):
        raise FormatError("no main text was found in this page")
    if "</html" not in text[-_TAIL:].lower():
        notes = (*notes, "it has no end (</html>) and may have been cut off")
    return prepare(
        found.text,
        published=day or hints.published or options.published,
        external_id=hints.external_id,
        title=found.title or hints.title,
        source=found.site or hints.source,
        url=hints.url or found.url,
        notes=(*notes, *more),
    )


def read_fragment(document: Document, options: Options) -> RawArticle:
    """The article in HTML that holds it alone, as entries of feeds do.

    Raises:
        ArticleError: it cannot be read; see `prepare`.
    """
    with extra("trafilatura"):
        from lxml.etree import LxmlError
        from lxml.html import fromstring
    hints = document.hints
    try:
        tree = fromstring(f"<div>{decode(document.data)[0]}</div>")
        for element in tree.iter(*_UNSEEN):
            element.text, element[:] = None, []
        for element in tree.iter(*_BLOCKS):
            element.text, element.tail = f"\n{element.text or ''}", f"\n{element.tail or ''}"
        lines = [" ".join(line.split()) for line in tree.text_content().splitlines()]
    except (LxmlError, AssertionError, RecursionError, TypeError, ValueError) as error:
        raise FormatError(f"its HTML cannot be parsed: {type(error).__name__}: {str(error)[:100]}") from error
    return prepare(
        "\n".join(filter(None, lines)),
        published=hints.published or options.published,
        external_id=hints.external_id,
        title=hints.title,
        source=hints.source,
        url=hints.url,
    )


def _extract(tree: HtmlElement, url: str | None) -> _Page:
    from trafilatura import bare_extraction

    found = bare_extraction(
        tree,
        url=url,
        include_comments=False,
        with_metadata=True,
        # Never used, but it cannot be switched off; this is the cheapest way to look for it.
        date_extraction_params={"extensive_search": False, "original_date": True},
    )
    if found is None or isinstance(found, dict):
        return _Page()
    title, text = found.title, (found.text or "").strip()
    if title and text.startswith(f"{title}\n"):  # the headline above the text is kept apart
        text = text[len(title) + 1 :]
    return _Page(text, title, found.sitename or found.hostname, found.url)


def decode_page(data: bytes, charset: str | None = None) -> tuple[str, tuple[str, ...]]:
    """A page's text, with a note where the bytes are not what the server or the page says.

    What is valid UTF-8 beyond ASCII is UTF-8, whatever is said: no other encoding looks like it by chance. Else the
    server is believed, then the page, and last the bytes alone speak (see `normalization.decode`).
    """
    stated = [charset] if charset else []
    if found := _XML.match(data) or _CHARSET.search(data, 0, _HEAD):
        stated.append(found[1].decode("ascii"))
    if not data.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        try:
            text = data.decode("utf-8")
        except UnicodeDecodeError:
            pass
        else:
            wrong = not text.isascii() and stated and _codec(stated[0]) != "utf-8"
            return text, (f"it is in UTF-8, though “{stated[0]}” is stated",) if wrong else ()
        for label in stated:
            codec = _codec(label)
            if codec is not None and codec != "utf-8":
                try:
                    return data.decode(codec), ()
                except (LookupError, UnicodeError, ValueError):  # base64 and the like are “codecs” as well
                    continue
    text, notes = decode(data)
    if REPLACEMENT in text and not UTF8_PIECE.search(data):  # signs that prose does not use stand in menus all the same
        text = data.decode("cp1252", "replace")
        notes = ("the bytes are not UTF-8 and were read as Windows-1252",)
    return text, notes


def _codec(label: str) -> str | None:
    """The Python codec of a charset label, if there is one."""
    try:
        name = codecs.lookup(label.strip("\"' ")).name
    except (LookupError, ValueError):
        return None
    return _MEANT.get(name, name)
