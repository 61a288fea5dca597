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


def open_source(address: str | Path, options: Options | None = None, *, after: Origin | None = None) -> Iterator[Item]:
    """Every article of a source, in order, and for each that cannot be read why; nothing that is wrong ends the run.

    Args:
        address: a file, a folder, a glob, or `-` for standard input.
        options: how it is to be read.
        after: where an earlier run stopped: items up to there are left out, at little cost.
    """
    options = options or Options()
    for found in find_documents(address, options, after=after):
        yield found if isinstance(found, Item) else read_document(found, options)


def find_documents(
    address: str | Path, options: Options | None = None, *, after: Origin | None = None
) -> Iterator[Document | Item]:
    """The first half of `open_source`: what there is, before it is looked into; and what cannot even be found."""
    yield from find_in_files(address, options or Options(), after)


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
