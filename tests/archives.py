"""Archives for tests: made in a moment, with readings that need no language model."""

from __future__ import annotations

import dataclasses
import json
import os
import signal
import time
from collections.abc import Generator, Iterable, Sequence
from datetime import date, timedelta
from pathlib import Path

from sample_reading import TEXT, sample_reading

from dragoman.ingest import Recipe, Report, ingest
from dragoman.ingest.work import Job, Outcome
from dragoman.ingest.worker import Desk
from dragoman.records import Reading
from dragoman.sources import Document, Item, Origin, RawArticle

FIRST = date(2000, 12, 13)


class SampleReader:
    """Reads any article as the sample, under its own id, day and text; some words in it do harm."""

    def __init__(self, intensity: float = 0.0) -> None:
        self.intensity = intensity

    def read(self, raw: RawArticle) -> Reading:
        if "KILL" in raw.text:
            os.kill(os.getpid(), signal.SIGKILL)
        if "FAIL" in raw.text:
            raise ValueError("no sense in it")
        if "SLEEP" in raw.text:
            time.sleep(60)
        sample = sample_reading()
        article = dataclasses.replace(
            sample.article,
            id=raw.id,
            text=raw.text,
            published=raw.published,
            external_id=raw.external_id,
            title=raw.title,
            source=raw.source,
            url=raw.url,
        )
        events = tuple(
            dataclasses.replace(event, id=f"{raw.id}-{event.id}", intensity=event.intensity + self.intensity)
            for event in sample.events
        )
        mediations = tuple(
            dataclasses.replace(
                mediation,
                steps=tuple(
                    dataclasses.replace(
                        step,
                        events=tuple(f"{raw.id}-{event}" for event in step.events),
                        evidence=tuple(dataclasses.replace(item, article=raw.id) for item in step.evidence),
                    )
                    for step in mediation.steps
                ),
            )
            for mediation in sample.mediations
        )
        return dataclasses.replace(sample, article=article, events=events, mediations=mediations)


def recipe(versions: str = "1.0 model=a codebook=b knowledge=c", intensity: float = 0.0) -> Recipe:
    return Recipe(SampleReader, (intensity,), versions)


class Here:
    """An engine without processes, for tests of what comes after reading."""

    def run(self, recipe: Recipe, chunks: Iterable[list[Job]]) -> Generator[list[Outcome], None, None]:
        desk = Desk(recipe)
        for chunk in chunks:
            yield [Outcome(job, desk.do(job)) for job in chunk]


def article(number: int, words: str = "", *, url: str | None = None, day: date | None = None) -> RawArticle:
    """An article of its own; with the same number, words and day, the same."""
    return RawArticle(
        text=f"{TEXT} {words}Report {number}.",
        published=day or FIRST + timedelta(days=number),
        external_id=str(number),
        title=f"Report {number}",
        source="Example Gazette",
        url=url,
        spans=((0, 8),),
    )


def documents(articles: Iterable[RawArticle], file: str = "news.jsonl") -> list[Document]:
    """The articles as lines of a file."""
    found = []
    for number, raw in enumerate(articles, start=1):
        line = {
            "text": raw.text,
            "published": raw.published.isoformat(),
            "id": raw.external_id,
            "title": raw.title,
            "source": raw.source,
            "url": raw.url,
            "spans": [list(span) for span in raw.spans],
        }
        content = json.dumps(line, ensure_ascii=False).encode()
        found.append(Document(Origin(file, number, f"{file}, line {number}"), "json", content))
    return found


def fill(folder: Path | str, given: Sequence[RawArticle | Item], made: Recipe | None = None, batch: int = 4) -> Report:
    """Read articles into an archive, here and now."""
    found = [item for item in given if isinstance(item, Item)]
    read = documents(item for item in given if isinstance(item, RawArticle))
    return ingest(folder, [*found, *read], made or recipe(), Here(), batch=batch)


def content(folder: Path | str) -> dict[str, list[str]]:
    """Everything that an archive says, but when it was written and in which files: to the byte."""
    import dragoman

    archive = dragoman.open(folder)
    tables = [row["name"] for row in archive.sql("SELECT view_name AS name FROM duckdb_views() WHERE NOT internal")]
    found = {}
    for table in sorted(name for name in tables if name.endswith("_history")):
        rows = archive.sql(f"SELECT * FROM {table}").arrow().to_pylist()
        found[table] = sorted(repr(row) for row in rows)
    return found
