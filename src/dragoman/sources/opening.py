"""The one door: an address of any kind → its articles, in order, each with the place where it stands."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from dragoman.errors import ArticleError
from dragoman.sources.article import RawArticle
from dragoman.sources.files import find_in_files
from dragoman.sources.html import read_fragment, read_html
from dragoman.sources.pdf import read_pdf
from dragoman.sources.source import Document, Item, Options, Origin
from dragoman.sources.tabular import read_json, read_row
from dragoman.sources.text import read_text
from dragoman.sources.web import find_on_web, is_web


def open_source(address: str | Path, options: Options | None = None, *, after: Origin | None = None) -> Iterator[Item]:
    """Every article of a source, in order, and for each that cannot be read why; nothing that is wrong ends the run.

    Args:
        address: a file, a folder, a glob, `-` for standard input, or a page or feed of the web.
        options: how it is to be read.
        after: where an earlier run stopped: items up to there are left out, at little cost. The web is asked again,
            since nothing in it stays where it was.
    """
    options = options or Options()
    for found in find_documents(address, options, after=after):
        yield found if isinstance(found, Item) else read_document(found, options)


def find_documents(
    address: str | Path, options: Options | None = None, *, after: Origin | None = None
) -> Iterator[Document | Item]:
    """The first half of `open_source`: what there is, before it is looked into; and what cannot even be found."""
    options = options or Options()
    if is_web(str(address)):
        yield from find_on_web(str(address), options)
    else:
        yield from find_in_files(address, options, after)


def read_document(document: Document, options: Options | None = None) -> Item:
    """The second half of `open_source`: the article that a document holds, or why it holds none. Never raises."""
    try:
        return Item(document.origin, _read(document, options or Options()))
    except ArticleError as error:
        return Item.refused(document.origin, error)


def _read(document: Document, options: Options) -> RawArticle:
    match document.form:
        case "row":
            return read_row(document.content, options)  # type: ignore[arg-type]  # rows have fields, not bytes
        case "json":
            return read_json(document.data, options)
        case "html":
            return read_html(document, options)
        case "fragment":
            return read_fragment(document, options)
        case "pdf":
            return read_pdf(document, options)
        case "text":
            return read_text(document.data, published=document.given(options), url=document.hints.url)
