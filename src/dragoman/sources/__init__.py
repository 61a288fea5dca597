"""Bytes → dated articles: files and pages of many kinds, normalised and checked."""

from dragoman.sources.article import RawArticle, Refusal, prepare
from dragoman.sources.dates import parse_day
from dragoman.sources.normalization import article_id, normalize
from dragoman.sources.opening import find_documents, open_source, read_document
from dragoman.sources.source import Document, Item, Limits, Options, Origin, Web
from dragoman.sources.text import from_text

__all__ = [
    "Document",
    "Item",
    "Limits",
    "Options",
    "Origin",
    "RawArticle",
    "Refusal",
    "Web",
    "article_id",
    "find_documents",
    "from_text",
    "normalize",
    "open_source",
    "parse_day",
    "prepare",
    "read_document",
]
