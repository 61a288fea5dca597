"""The articles of one run, read one after another; what is refused is said and counted."""

from __future__ import annotations

import dataclasses
import json
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

from dragoman.errors import DataError, DragomanError
from dragoman.machine import cores
from dragoman.settings import Settings

if TYPE_CHECKING:
    from dragoman.presentation.wording import Names
    from dragoman.records import Reading
    from dragoman.sources import Options, RawArticle


# More articles than these are read by a process a core; for fewer, starting them takes longer than they save.
_FEW = 24

ColumnOption = Annotated[
    list[str] | None,
    typer.Option(
        "--column",
        metavar="FIELD=NAME",
        help="Where a field of articles stands in tables and JSON, such as text=body or published=day; may be "
        "repeated.",
    ),
]


class Session:
    """Reads what is named on the command line, with the settings and the user's own files."""

    def __init__(
        self,
        files: Sequence[str],
        published: str | None,
        settings: Settings,
        frames: Sequence[Path] = (),
        actors: Sequence[Path] = (),
        columns: Sequence[str] = (),
    ) -> None:
        self.articles = 0
        self.refused = 0
        self._files = files
        self._published = published
        self._settings = settings
        self._columns = columns
        self._frames = (*settings.frames, *frames)
        self._actors = (*settings.actors, *actors)
        self._messages = Console(stderr=True, soft_wrap=True, highlight=False)

    def readings(self) -> Iterator[Reading]:
        """Read every article that can be read, in order."""
        articles = self._raw_articles()
        first = list(islice(articles, _FEW + 1))
        if not first:  # nothing to read: the model need not be loaded
            return
        threads = self._settings.threads
        workers = threads or cores()
        made_of = (self._frames, self._actors, self._settings.model)
        if len(first) > _FEW and workers > 1:
            from dragoman.readers import Readers

            with Readers(workers, *made_of) as readers:
                yield from readers.read_all(chain(first, articles))
            return
        if threads:  # read by the language model when it is loaded; without it, what the environment says holds
            os.environ["DRAGOMAN_THREADS"] = str(threads)
        from dragoman.reader import default_reader

        yield from default_reader(*made_of).read_all(chain(first, articles))

    def _raw_articles(self) -> Iterator[RawArticle]:
        from dragoman.sources import Refusal, open_source

        options = source_options(self._settings, self._published, self._columns)
        for item in chain.from_iterable(open_source(address, options) for address in self._files):
            self.articles += 1
            article = item.content
            if isinstance(article, Refusal):
                self.refused += 1
                self._messages.print(f"dragoman: {article}", style="red", markup=False)
                continue
            for note in article.notes:
                self._messages.print(f"dragoman: {item.origin}: note: {note}", style="yellow", markup=False)
            yield article


def source_options(settings: Settings, published: str | None = None, columns: Sequence[str] = ()) -> Options:
    """How sources are read by these settings.

    Args:
        columns: where an article's fields stand, as `text=body`.

    Raises:
        DateError: `published` is no day.
        DataError: a column is not so written, or is for a field that there is not.
    """
    from dragoman.sources import Limits, Options, Web, parse_day
    from dragoman.sources.source import FIELDS, MEGABYTE

    mapped = {}
    for words in columns:
        name, _, column = words.partition("=")
        if name not in FIELDS or not column:
            raise DataError(f"{words!r} is no column of a field, as text=body is; the fields are {', '.join(FIELDS)}")
        mapped[name] = column
    web = Web(delay=settings.web_delay, timeout=max(settings.web_timeout, 1), tries=max(settings.web_tries, 1))
    if settings.user_agent is not None:
        web = dataclasses.replace(web, user_agent=settings.user_agent)
    return Options(
        published=None if published is None else parse_day(published),
        columns=mapped,
        limits=Limits(
            document=settings.largest_document * MEGABYTE,
            page=settings.largest_page * MEGABYTE,
            ratio=settings.largest_ratio,
        ),
        web=web,
    )


def names_of(readings: Iterable[Reading], archive: Callable[[str], str] | None = None) -> Names:
    """The names of the actors in these readings, of whoever else is known, and last of those that an archive names."""
    from dragoman.knowledge import load_knowledge
    from dragoman.presentation.wording import Names

    def known(actor: str) -> str | None:
        entity = load_knowledge().entity(actor)
        return entity.name if entity else archive(actor) if archive is not None else None

    return Names(readings, known)


def is_archive(path: Path) -> bool:
    """Whether the folder is an archive."""
    return (path / "batches" / "_delta_log").is_dir()


def kept_readings(path: Path) -> list[Reading] | None:
    """The readings that lie here already: an archive, a folder that `read --output` filled, or a file of its JSON.

    None where there are none: then it holds articles that are still to be read.

    Raises:
        DataError: a record is malformed; the message names the file.
    """
    if is_archive(path):
        from dragoman.store import open_archive

        return list(open_archive(path).readings(mediations=True))
    if path.is_dir():
        found = sorted((path / "articles").glob("*.json"))
        return [reading for file in found for reading in kept_readings(file) or ()] or None
    if path.suffix not in (".json", ".jsonl") or not path.is_file():
        return None
    try:
        text = path.read_text(encoding="utf-8")
        rows = [json.loads(line) for line in text.splitlines()] if path.suffix == ".jsonl" else json.loads(text)
    except ValueError:  # articles: the source says what is wrong with them
        return None
    rows = rows if isinstance(rows, list) else [rows]
    if not rows or not all(isinstance(row, dict) and isinstance(row.get("article"), dict) for row in rows):
        return None
    from dragoman.records import Reading

    try:
        return [Reading.from_dict(row) for row in rows]
    except (DragomanError, KeyError, TypeError, ValueError) as error:
        raise DataError(f"{path}: these are no records of Dragoman: {error}") from error
