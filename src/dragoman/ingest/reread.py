"""The archive's articles read again, with a newer codebook, knowledge or model; what they replace stays visible."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from dragoman.ingest.run import BATCH, Progress, Report, Run
from dragoman.ingest.work import Engine, Recipe, Stored
from dragoman.sources import RawArticle
from dragoman.store.archive import Archive
from dragoman.store.tables import Tables
from dragoman.store.writing import Writer


def reread(
    address: str | Path,
    recipe: Recipe,
    engine: Engine,
    *,
    since: date | None = None,
    until: date | None = None,
    batch: int = BATCH,
    progress: Progress | None = None,
    storage_options: Mapping[str, str] | None = None,
) -> Report:
    """Read those articles again that other versions have read. A run that was stopped goes on.

    What could not be read before is not kept by the archive: `ingest` of its source tries it again, since the versions
    are new.

    Args:
        since: only articles published from this day on; `until` up to this day.

    Raises:
        ArchiveError: there is no archive, or it cannot be written.
        IngestError: no worker can be started.
    """
    archive = Archive.open(address, storage_options=storage_options)
    writer = Writer(Tables(address, storage_options))
    writer.sweep()
    run = Run(writer, recipe, engine, "reread", batch, progress)
    return run.take(_outdated(archive, recipe.versions, since, until))


def outdated(archive: Archive, versions: str, since: date | None = None, until: date | None = None) -> int:
    """How many articles other versions have read."""
    return archive.articles(since=since, until=until).where("versions <> ?", versions).count()


def _outdated(archive: Archive, versions: str, since: date | None, until: date | None) -> Iterator[Stored]:
    articles = archive.articles(since=since, until=until).where("versions <> ?", versions)
    for row in articles.order("published", "article").rows():
        yield stored(row)


def stored(row: Mapping[str, Any]) -> Stored:
    """A row of the archive's `articles` as what is to be read again."""
    return Stored(
        row["origin"],
        RawArticle(
            text=row["text"],
            published=row["published"],
            external_id=row["external_id"],
            title=row["title"],
            source=row["source"],
            url=row["url"],
            spans=tuple((span["start"], span["end"]) for span in row["spans"]),
            notes=tuple(row["notes"]),
        ),
    )
