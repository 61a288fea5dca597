"""Small archives and reading rooms over them, made of readings by hand: no model is loaded."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from sample_reading import sample_reading
from starlette.testclient import TestClient

from dragoman.records import Reading
from dragoman.store import open_archive
from dragoman.store.reviews import Reviews
from dragoman.store.rows import Origin, rows
from dragoman.store.tables import Tables, to_tables
from dragoman.store.writing import Writer
from dragoman.web.app import create_app
from dragoman.web.library import Library
from dragoman.web.security import Doors
from dragoman.web.webhooks import Webhook

SCRIPT = "<script>alert(1)</script>"
IMAGE = '"><img src=x onerror=alert(1)>'
RIGHT_TO_LEFT = "\u202eשלום עולם\u202c مرحبا"
LONG = "Lorem" * 2000


def add(folder: Path, readings: Iterable[Reading]) -> None:
    """Put readings into an archive, as one batch."""
    tables = Tables(folder)
    tables.create()
    merged: dict[str, list[dict[str, object]]] = {}
    for reading in readings:
        for name, items in rows(reading, Origin(f"/secret/path/{reading.article.id}.txt", "0.1.0 test=1")).items():
            merged.setdefault(name, []).extend(items)
    Writer(tables).commit("ingest", "0.1.0 test=1", to_tables(merged))


def moved(reading: Reading, identifier: str, days: int = 0, **article: str | None) -> Reading:
    """The same reading as that of another article, published some days later."""
    old = reading.article
    changed = replace(old, id=identifier, published=old.published + timedelta(days=days), **article)  # type: ignore[arg-type]
    mediations = tuple(
        replace(
            mediation,
            steps=tuple(
                replace(step, evidence=tuple(replace(item, article=identifier) for item in step.evidence))
                for step in mediation.steps
            ),
        )
        for mediation in reading.mediations
    )
    events = tuple(replace(event, id=f"{identifier}-{event.id}") for event in reading.events)
    return replace(reading, article=changed, mediations=mediations, events=events)


def hostile() -> Reading:
    """A reading in which every text that can come from outside tries something."""
    reading = moved(
        sample_reading(), "hostile", 3, title=SCRIPT + RIGHT_TO_LEFT, source=IMAGE, url="javascript:alert(1)"
    )
    text = reading.article.text + f"\n\n{SCRIPT} {IMAGE} {RIGHT_TO_LEFT} '; DROP TABLE events; -- {LONG}"
    names = {"ETH": SCRIPT, "ERI": IMAGE, "DZA": RIGHT_TO_LEFT}
    events = tuple(
        replace(
            event,
            why=SCRIPT + IMAGE,
            contexts=(SCRIPT,),
            topics=(IMAGE,),
            predicate=replace(event.predicate, text=SCRIPT),
            where=event.where and replace(event.where, name=SCRIPT, text=IMAGE),
        )
        for event in reading.events
    )
    mediations = tuple(
        replace(
            mediation,
            id=f"A{IMAGE}",
            steps=tuple(
                replace(step, persons=(SCRIPT,), where=step.where and replace(step.where, name=IMAGE))
                for step in mediation.steps
            ),
        )
        for mediation in reading.mediations
    )
    return replace(
        reading,
        article=replace(reading.article, text=text),
        actors=tuple(replace(actor, name=names.get(actor.id, actor.name), known=False) for actor in reading.actors),
        events=events,
        mediations=mediations,
        ties=tuple(replace(tie, text=SCRIPT) for tie in reading.ties),
        places=tuple(replace(place, name=SCRIPT) for place in reading.places),
    )


def quiet() -> list[Reading]:
    """Three articles on one mediation, of three days."""
    return [moved(sample_reading(), f"article{n}", n, title=f"Report {n}", source="Example Gazette") for n in range(3)]


def library(folder: Path) -> Library:
    """The archive of a folder, as the pages use it."""
    archive = open_archive(folder)
    return Library(archive, Reviews(archive.address))


def room(folder: Path | Library, doors: Doors | None = None, webhook: Webhook | None = None) -> TestClient:
    """A reading room, for one who is not slowed down unless `doors` say so."""
    held = folder if isinstance(folder, Library) else library(folder)
    app = create_app(held, doors or Doors(rate=0), webhook)
    return TestClient(app, raise_server_exceptions=False, follow_redirects=False)
