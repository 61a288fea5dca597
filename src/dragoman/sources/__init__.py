"""Bytes → dated articles: files of text and JSON Lines, normalised and checked."""

from dragoman.sources.article import RawArticle, Refusal, prepare
from dragoman.sources.dates import parse_day
from dragoman.sources.files import read_files
from dragoman.sources.normalization import article_id, normalize
from dragoman.sources.text import from_text

__all__ = ["RawArticle", "Refusal", "article_id", "from_text", "normalize", "parse_day", "prepare", "read_files"]
