"""What every source has in common: where an item stands, what it is before and after it is read, and the limits.

A source is read in two halves. The first finds documents – a file, a line, a record – and costs next to nothing; the
second makes an article of one document, which may cost as much as parsing a page. So the second half can be given to
other processes: documents, options and items can all be pickled.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

from dragoman.errors import ArticleError
from dragoman.sources.article import MAX_CHARACTERS, RawArticle, Refusal
from dragoman.version import VERSION

#: What a document's content is: bytes of a text, a page, an article's HTML alone, a PDF file or a JSON value, or the
#: named fields of a row.
Form = Literal["text", "html", "fragment", "pdf", "json", "row"]
#: How a file is read: as one document of the forms above, or as a container of many.
Kind = Literal["text", "html", "pdf", "json", "jsonl", "csv", "parquet", "feed", "warc"]

#: The fields that an article may have in a table or in JSON.
FIELDS = ("text", "published", "title", "source", "url", "id")

MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True)
class Origin:
    """Where an item stands; the same at every run as long as the source does not change.

    Attributes:
        file: the path as it was given or found under the folder that was given; the address of a page; `-` for
            standard input.
        record: the place in the file: its line, row or record, counted from 1. 0 stands for the file as a whole. Within
            a file it only grows.
        words: the same for people: `news.jsonl.gz, line 7`.
    """

    file: str
    record: int = 0
    words: str = ""

    def __str__(self) -> str:
        return self.words or ("standard input" if self.file == "-" else self.file)

    def at(self, record: int, what: str) -> Origin:
        """A record of this file: `origin.at(7, "line 7")`."""
        return Origin(self.file, record, f"{self}, {what}")


@dataclass(frozen=True, slots=True)
class Item:
    """What a source gives: an article, or why there is none, and where it stands."""

    origin: Origin
    content: RawArticle | Refusal

    @classmethod
    def refused(cls, origin: Origin, error: ArticleError) -> Item:
        """The item of a document that cannot be read."""
        # A traceback would keep the frames of the readers, and with them the whole document, as long as the refusal.
        error.__traceback__ = error.__cause__ = error.__context__ = None
        return cls(origin, Refusal(str(origin), error))


@dataclass(frozen=True, slots=True)
class Hints:
    """What a container tells of a document: a feed of its entry, a server of its page. The document goes before it."""

    published: str | None = None
    external_id: str | None = None
    title: str | None = None
    source: str | None = None
    url: str | None = None
    charset: str | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """Something found that should be an article, before it is looked into.

    Attributes:
        alone: whether it is all that there is at its address, and no record of a container.
    """

    origin: Origin
    form: Form
    content: bytes | Mapping[str, Any]
    hints: Hints = Hints()
    alone: bool = False

    @property
    def data(self) -> bytes:
        """The bytes of a document that is no row."""
        assert isinstance(self.content, bytes)
        return self.content

    def given(self, options: Options) -> date | None:
        """The day that the user gave for just this document; for the records of a container it is but a last resort."""
        return options.published if self.alone else None


@dataclass(frozen=True, slots=True)
class Limits:
    """What is too much to be an article. Whatever goes beyond is refused by name, and never held in memory whole.

    Attributes:
        document: bytes of one text, line, row or PDF file.
        page: bytes of one web page or feed; their trees take many times their size.
        ratio: how many times its size compressed data may unpack to.
    """

    document: int = 4 * MAX_CHARACTERS
    page: int = 5 * MEGABYTE
    ratio: int = 250


@dataclass(frozen=True, slots=True)
class Web:
    """How pages are fetched.

    Attributes:
        user_agent: what the server is told, and by what name robots.txt is read.
        delay: seconds between two requests to one host; its robots.txt may ask for more.
        timeout: seconds without an answer; a whole page may take three times that.
        tries: how often a page is asked for when the server is busy or cannot be reached.
        longest_wait: seconds that a server may make us wait (Retry-After, Crawl-delay); beyond, the page is refused.
        redirects: how many are followed.
        private: whether addresses of the local network may be fetched. Only for tests: a feed from outside could
            otherwise make Dragoman ask servers that are not meant for the world.
    """

    user_agent: str = f"Dragoman/{VERSION} (reads news for research)"
    delay: float = 1.0
    timeout: float = 20.0
    tries: int = 3
    longest_wait: float = 60.0
    redirects: int = 5
    private: bool = False


@dataclass(frozen=True, slots=True)
class Options:
    """How a source is to be read.

    Attributes:
        published: the day of publication. It overrides the day that a text, page or PDF file tells; in containers
            (JSON Lines, tables, feeds, WARC) it is for the articles without one.
        columns: where an article's fields (`text`, `published`, `title`, `source`, `url`, `id`) stand in tables and
            JSON, where they do not go by their own names.
        kind: what the files are, where their names and first bytes do not tell.
    """

    published: date | None = None
    columns: Mapping[str, str] = field(default_factory=dict)
    kind: Kind | None = None
    limits: Limits = Limits()
    web: Web = Web()
