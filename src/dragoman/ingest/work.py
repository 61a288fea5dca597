"""What is to be read, how it is read, and what became of it: the values that pass between ingest and its workers."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Generator, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from dragoman.machine import use_one_core
from dragoman.records import Reading
from dragoman.sources import Document, Options, RawArticle

Rows = dict[str, list[dict[str, Any]]]


class Reads(Protocol):
    """What reads an article; `reader.Reader` does."""

    def read(self, raw: RawArticle) -> Reading:
        """The records of one article."""


@dataclass(frozen=True, slots=True)
class Stored:
    """An article of the archive that is read again, and where it once came from."""

    origin: str
    raw: RawArticle


Job = Document | Stored


@dataclass(frozen=True, slots=True)
class Failure:
    """Why there are no records: the name of the error, and what it says.

    Attributes:
        article: its id, where it came so far as to have one.
        final: whether a second try would say the same.
    """

    kind: str
    message: str
    article: str | None = None
    final: bool = False


@dataclass(frozen=True, slots=True)
class Known:
    """The archive has the article already."""

    article: str


Result = Rows | Failure | Known


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a job."""

    job: Job
    result: Result


class Engine(Protocol):
    """Where the reading is done: on this machine or on many."""

    def run(self, recipe: Recipe, chunks: Iterable[list[Job]]) -> Generator[list[Outcome], None, None]:
        """What became of each chunk, in their order; chunks are taken as they are needed, a few ahead."""


@dataclass(frozen=True, slots=True)
class Recipe:
    """How a worker makes its reader, and what it needs to know besides. It is pickled.

    Attributes:
        make: a function that can be imported by name, called once in each process.
        arguments: what it is called with.
        versions: what the records are made with, as `provenance.Versions` writes it.
        options: how sources are read.
        known: a file of the articles that need not be read, see `known`.
    """

    make: Callable[..., Reads]
    arguments: tuple[Any, ...]
    versions: str
    options: Options = field(default_factory=Options)
    known: Path | None = None


def standard_recipe(
    frames: tuple[Path, ...] = (),
    actors: tuple[Path, ...] = (),
    model: str | None = None,
    options: Options | None = None,
) -> Recipe:
    """The reader that ships, with the user's own files; see `reader.default_reader`."""
    from dragoman.provenance import current_versions

    versions = str(current_versions(frames, actors, model))
    return Recipe(make_reader, (frames, actors, model), versions, options or Options())


def make_reader(frames: tuple[Path, ...], actors: tuple[Path, ...], model: str | None) -> Reads:
    """The reader of a worker: on one core, since there are as many workers as cores."""
    use_one_core()
    from dragoman.reader import default_reader

    return default_reader(frames, actors, model)


def origin(job: Job) -> str:
    """Where a job came from, for people."""
    return job.origin if isinstance(job, Stored) else str(job.origin)


def fingerprint(job: Job) -> str:
    """A hash of what is to be read: how an article that could not be read is known when it comes again."""
    if isinstance(job, Stored):
        return job.raw.id
    content = job.content
    data = content if isinstance(content, bytes) else _bytes(content)
    return hashlib.sha256(data).hexdigest()[:20]


def _bytes(row: Mapping[str, Any]) -> bytes:
    return json.dumps(dict(row), sort_keys=True, default=str).encode()
