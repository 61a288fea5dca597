"""Readers who walk the pages of a server at once, and the servers that they are let into."""

from __future__ import annotations

import json
import random
import socket
import sqlite3
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
import venv
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

from benchmarks.archive import SAMPLES
from dragoman.ingest import LocalEngine, standard_recipe
from dragoman.ingest import ingest as read_into
from dragoman.sources import RawArticle, find_documents, open_source
from dragoman.store import open_archive

_DATASETTE = "datasette==0.65.5"
# How long a reader reads, in seconds, between one page and the next: half of it to half as long again.
_PAUSE = 5.0
_PATIENCE = 60
_BATCH = 16


@dataclass(slots=True)
class Walked:
    """How long each page took, in milliseconds, by its name; and what went wrong."""

    taken: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    wrong: list[str] = field(default_factory=list)


def walk(address: str, pages: Mapping[str, Callable[[random.Random], str]], number: int, seconds: float) -> Walked:
    """So many readers for so long; each asks for a page, reads it for some five seconds, and asks for another."""
    for chooser in pages.values():  # what a server loads once for all is no part of a page
        with suppress(OSError), urllib.request.urlopen(address + chooser(random.Random(-1)), timeout=_PATIENCE) as page:
            page.read()
    found = Walked()
    stop = time.perf_counter() + seconds

    def reads(reader: int) -> None:
        chance = random.Random(reader)
        time.sleep(chance.random() * _PAUSE)
        while time.perf_counter() < stop:
            name = chance.choice(list(pages))
            url = address + pages[name](chance)
            started = time.perf_counter()
            try:
                with urllib.request.urlopen(url, timeout=_PATIENCE) as response:
                    response.read()
            except OSError as error:
                found.wrong.append(f"{url}: {error}")
            found.taken[name].append(1000 * (time.perf_counter() - started))
            time.sleep(_PAUSE * (0.5 + chance.random()))

    threads = [threading.Thread(target=reads, args=(reader,)) for reader in range(number)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return found


def _port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@contextmanager
def _serving(command: list[str], port: int) -> Iterator[str]:
    address = f"http://127.0.0.1:{port}"
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as running:
        try:
            for _ in range(1200):
                time.sleep(0.1)
                if running.poll() is not None:
                    raise SystemExit(f"{command[0]} ended before it answered")
                try:
                    with urllib.request.urlopen(address, timeout=_PATIENCE):
                        break
                except urllib.error.HTTPError:
                    break
                except OSError:
                    continue
            yield address
        finally:
            running.terminate()


@contextmanager
def reading_room(folder: Path) -> Iterator[str]:
    """`dragoman serve`, without its limit for a single client; gives its address."""
    port = _port()
    command = [str(Path(sys.executable).parent / "dragoman"), "serve", str(folder), "--port", str(port), "--rate", "0"]
    with _serving(command, port) as address:
        yield address


@contextmanager
def ingest(folder: Path, file: Path, seed: int) -> Iterator[subprocess.Popen[bytes]]:
    """A process that reads articles into the archive, mixed from paragraphs of the samples, as long as it is let."""
    chance = random.Random(seed)
    paragraphs = [
        part
        for item in open_source(SAMPLES)
        if isinstance(item.content, RawArticle)
        for part in item.content.text.split("\n")
        if len(part.split()) > 15
    ]
    with file.open("w", encoding="utf-8") as out:
        for number in range(20_000):
            text = "\n\n".join([*chance.sample(paragraphs, 3), f"This is report number {seed + number}."])
            line = {"text": text, "published": f"2024-{chance.randrange(1, 13):02d}-{chance.randrange(1, 29):02d}"}
            out.write(json.dumps(line) + "\n")
    command = [sys.executable, "-m", "benchmarks.readers", str(folder), str(file)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as running:
        try:
            yield running
        finally:
            running.terminate()


def _read_in(folder: str, file: str) -> None:
    """As `dragoman ingest`, by one worker; in small batches, so that several come in while readers read."""
    read_into(folder, find_documents(file), standard_recipe(), LocalEngine(1), batch=_BATCH)


# ── Datasette ──


@contextmanager
def datasette(folder: Path, room: Path) -> Iterator[str]:
    """Datasette, of a fresh environment, over an SQLite copy of the archive; gives its address.

    Its settings are its own: a question that takes more than a second is refused, and a facet that takes more than a
    fifth of one is left out.
    """
    copy = room / "copy.db"
    _to_sqlite(folder, copy)
    environment = room / "datasette"
    venv.create(environment, with_pip=True)
    python = environment / "bin" / "python"
    subprocess.run([python, "-m", "pip", "install", "--quiet", _DATASETTE], check=True, stderr=subprocess.DEVNULL)
    port = _port()
    command = [str(python), "-m", "datasette", "serve", "--immutable", str(copy), "--port", str(port)]
    with _serving(command, port) as address:
        yield address


def datasette_events(filters: Mapping[str, str], suffix: str = "") -> str:
    """Events by the same filters, with the same facets, the newest first."""
    ways = {
        "actor": "actors__arraycontains", "recipient": "recipients__arraycontains", "with": "takers__arraycontains",
        "since": "day__gte", "until": "day__lte", "min_confidence": "confidence__gte",
    }  # fmt: skip
    pairs = [(ways.get(name, name), value) for name, value in filters.items()]
    pairs += [("_sort_desc", "day"), ("_size", "50")]
    if not suffix:
        pairs += [("_facet", name) for name in ("type", "status", "country", "year", "source")]
        pairs += [("_facet_array", "actors"), ("_facet_array", "recipients")]
    return f"/copy/events{suffix}?{urlencode(pairs)}"


def _to_sqlite(folder: Path, copy: Path) -> None:
    """Events, articles and steps as tables with indexes on what is asked by; lists as JSON, as Datasette takes them."""
    archive = open_archive(folder)
    tables = {
        "articles": ("SELECT article AS id, title, published, source, text FROM articles", "id"),
        "events": (
            "SELECT id, article, published, source, type, mode, quad, intensity, day, year(day) AS year, status, "
            "actors, recipients, list_distinct(list_concat(actors, actor_countries, recipients, recipient_countries)) "
            "AS takers, predicate, place, country, said_by, confidence, why FROM events",
            "id",
        ),
        "steps": ("SELECT article, mediation, kind, actors, third_parties, earliest, latest, place FROM steps", None),
    }
    with sqlite3.connect(copy) as target:
        for name, (question, key) in tables.items():
            reader = archive.run(question).to_arrow_reader(50_000)
            columns = [f"{column}{' PRIMARY KEY' if column == key else ''}" for column in reader.schema.names]
            target.execute(f"CREATE TABLE {name} ({', '.join(columns)})")
            marks = ", ".join("?" * len(columns))
            for rows in reader:
                values = [
                    [json.dumps(v) if isinstance(v, list) else v.isoformat() if hasattr(v, "isoformat") else v
                     for v in row.values()]
                    for row in rows.to_pylist()
                ]  # fmt: skip
                target.executemany(f"INSERT OR IGNORE INTO {name} VALUES ({marks})", values)
        for column in ("type", "status", "country", "source", "year", "day", "article", "confidence"):
            target.execute(f"CREATE INDEX events_{column} ON events ({column})")
        target.execute("CREATE INDEX articles_published ON articles (published)")
        target.execute("CREATE INDEX steps_mediation ON steps (mediation, earliest)")
        target.execute("ANALYZE")


if __name__ == "__main__":
    _read_in(*sys.argv[1:])
