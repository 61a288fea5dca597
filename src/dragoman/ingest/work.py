"""What is to be read, how it is read, and what became of it: the values that pass between ingest and its workers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from dragoman.records import Reading
from dragoman.sources import RawArticle

Rows = dict[str, list[dict[str, Any]]]


class Reads(Protocol):
    """What reads an article; `reader.Reader` does."""

    def read(self, raw: RawArticle) -> Reading:
        """The records of one article."""


@dataclass(frozen=True, slots=True)
class Task:
    """An article to be read, and where it came from."""

    origin: str
    raw: RawArticle


@dataclass(frozen=True, slots=True)
class Failure:
    """Why an article could not be read: the name of the error, and what it says."""

    kind: str
    message: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a task: rows for the archive, or a failure."""

    task: Task
    result: Rows | Failure


@dataclass(frozen=True, slots=True)
class Recipe:
    """How a worker makes its reader.

    Attributes:
        make: a function that can be imported by name (it is pickled), called once in each process.
        arguments: what it is called with.
        versions: what the records are made with, as `provenance.Versions` writes it.
    """

    make: Callable[..., Reads]
    arguments: tuple[Any, ...]
    versions: str


def standard_recipe(frames: tuple[Path, ...] = (), actors: tuple[Path, ...] = (), model: str | None = None) -> Recipe:
    """The reader that ships, with the user's own files; see `reader.default_reader`."""
    from dragoman.provenance import current_versions

    return Recipe(make_reader, (frames, actors, model), str(current_versions(frames, actors, model)))


def make_reader(frames: tuple[Path, ...], actors: tuple[Path, ...], model: str | None) -> Reads:
    """The reader of a worker: on one core, since there are as many workers as cores."""
    import os

    os.environ["DRAGOMAN_THREADS"] = "1"
    from dragoman.reader import default_reader

    return default_reader(frames, actors, model)
