"""What an archive answers with, wherever it is: a folder, an object store, or behind a reading room.

It stands on the standard library alone, so that a client of a reading room needs nothing else.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from dragoman.errors import ArchiveError
from dragoman.records import Article

if TYPE_CHECKING:
    import polars
    import pyarrow

R_co = TypeVar("R_co", covariant=True)
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class ArticleHead:
    """An article without its text."""

    id: str
    title: str | None
    published: date
    source: str | None
    url: str | None


@dataclass(frozen=True, slots=True)
class Found(Generic[R_co]):
    """A record that was found, with the article that says so.

    Attributes:
        versions: what made the record, see `provenance.Versions.parse`.
        names: the usual names of those who take part, by id.
    """

    record: R_co
    article: ArticleHead
    versions: str
    names: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class ArchivedArticle:
    """An article as the archive keeps it.

    Attributes:
        origin: the file, line or address that it came from.
        document: what all its revisions share.
        events: how many events were found in it.
        notes: what was mended when it came in.
    """

    article: Article
    origin: str
    document: str
    batch: str
    versions: str
    events: int
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Revision:
    """One reading of a document: which text, when it came in, what made it, and whether it stands."""

    article: ArticleHead
    batch: str
    sequence: int
    versions: str
    current: bool


@dataclass(frozen=True, slots=True)
class Problem:
    """What could not be read, and why."""

    origin: str
    kind: str
    message: str
    article: str | None
    versions: str
    batch: str


@dataclass(frozen=True, slots=True)
class Info:
    """What an archive holds."""

    address: str
    version: int
    schema: int
    articles: int
    events: int
    actors: int
    problems: int
    mediations: int
    replaced: int
    copies: int
    first: date | None
    last: date | None
    versions: tuple[str, ...]
    bytes: int


def polars_frame(table: pyarrow.Table) -> polars.DataFrame:
    """An Arrow table as a Polars data frame.

    Raises:
        ArchiveError: polars is not installed.
    """
    try:
        import polars as pl
    except ImportError as error:
        raise ArchiveError("Polars frames need polars: pip install polars") from error
    frame = pl.from_arrow(table)
    assert isinstance(frame, pl.DataFrame)
    return frame
