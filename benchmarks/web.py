"""How quick the reading room is on a large archive, and whether it bears many readers.

    python -m benchmarks.web                      # a generated archive of a million events
    python -m benchmarks.web --events 100000 --readers 50 --seconds 60

The archive is made of a reading by hand, varied in actors, types and days: its texts are short and alike, so it
measures questions and pages, not the reading of long articles. Every page is asked for `--times` times with a selection
of its own each time (nothing that was kept helps) and again as it was (what most readers do); medians in milliseconds,
in this process and without a network. Then `--readers` threads walk the pages for `--seconds` against a server of its
own, while batches go on coming in.
"""

from __future__ import annotations

import argparse
import random
import socket
import tempfile
import threading
import time
import urllib.request
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from statistics import median

import duckdb
import pyarrow as pa

from dragoman.codebook import load_codebook
from dragoman.records import (
    Actor,
    Article,
    Event,
    Evidence,
    Mediation,
    Mediator,
    Reading,
    Span,
    Step,
    TextSpan,
    When,
    Where,
)
from dragoman.store import open_archive
from dragoman.store.reviews import Reviews
from dragoman.store.rows import Origin, rows
from dragoman.store.tables import Tables, to_tables
from dragoman.store.writing import Writer

VERSIONS = "0.1.0 generated=1"
COUNTRIES = "RUS UKR TUR USA CHN FRA DEU GBR IRN ISR EGY SAU QAT ARE SYR IRQ SDN ETH KEN ZAF COL VEN CUB NOR".split()
PLACES = [("Istanbul", "TUR", 41.01, 28.95), ("Geneva", "CHE", 46.20, 6.15), ("Doha", "QAT", 25.29, 51.53),
          ("Cairo", "EGY", 30.06, 31.25), ("Nairobi", "KEN", -1.28, 36.82), ("Oslo", "NOR", 59.91, 10.75)]  # fmt: skip
BASE = 500
EVENTS_AN_ARTICLE = 10


def reading(number: int, chance: random.Random) -> Reading:
    """An article with ten events between four countries."""
    types = list(load_codebook().types.values())
    who = chance.sample(COUNTRIES, 4)
    sentence = "The ministers met and spoke of what was to come in the talks between their countries. "
    text = sentence * EVENTS_AN_ARTICLE
    published = date(2000, 1, 1) + timedelta(days=chance.randrange(9000))
    key = f"g{number:06d}"
    events = []
    for n in range(EVENTS_AN_ARTICLE):
        kind = chance.choice(types)
        start = n * len(sentence)
        name, country, latitude, longitude = chance.choice(PLACES)
        where = Where(name, name, country, latitude, longitude, None) if chance.random() < 0.4 else None
        one, other = chance.sample(who, 2)
        events.append(
            Event(f"{key}-e{n}", kind.name, None, (), kind.quad, kind.score, None, (one,), (other,),
                  TextSpan(start + 14, start + 17, "met"), n, start, start + len(sentence) - 1,
                  chance.choice(("actual", "actual", "actual", "future", "negated")),
                  When(published, published, None, "published"), where, None, (), round(chance.random(), 2),
                  "generated", None)
        )  # fmt: skip
    steps = ()
    mediations: tuple[Mediation, ...] = ()
    if number % 5 == 0:
        parties = ("RUS", "UKR") if number % 10 else ("ETH", "SDN")
        kinds = ("talks", "offer", "condition", "agreement", "breakdown")
        steps = tuple(
            Step(kinds[(number // 5 + n) % 5], parties, (), ("TUR",), (),  # type: ignore[arg-type]
                 When(published, published, None, "stated"), events[n].where, "actual", None, None, (), None, (),
                 (Evidence(key, n * len(sentence), (n + 1) * len(sentence) - 1),))
            for n in range(2)
        )  # fmt: skip
        mediations = (Mediation("-".join(parties), parties, (Mediator("TUR", ("host",)),), steps),)
    spans = tuple(Span(n * len(sentence), (n + 1) * len(sentence) - 1) for n in range(EVENTS_AN_ARTICLE))
    return Reading(
        Article(key, None, f"Report {number}", text, published, f"Gazette {number % 9}", None, "en", spans),
        tuple(Actor(c, c, "country", c, "GOV", None, None, True, (Span(0, 3),)) for c in who),
        tuple(events), (), (), (), (), mediations,
    )  # fmt: skip


def batch(readings: list[Reading]) -> dict[str, pa.Table]:
    """The tables of some readings."""
    merged: dict[str, list[dict[str, object]]] = {}
    for item in readings:
        for name, found in rows(item, Origin(item.article.id, VERSIONS)).items():
            merged.setdefault(name, []).extend(found)
    return to_tables(merged)


def make(folder: Path, events: int) -> None:
    """An archive of so many events: some readings, and copies of their rows under other ids and days."""
    chance = random.Random(7)
    tables = batch([reading(n, chance) for n in range(BASE)])
    store = Tables(folder)
    store.create()
    writer = Writer(store)
    copies = max(1, events // (BASE * EVENTS_AN_ARTICLE))
    for first in range(0, copies, 20):
        grown = {}
        with duckdb.connect() as connection:
            for name, table in tables.items():
                if name in ("mediations", "steps") and first:
                    continue
                connection.register("base", table)
                own = [f"{c} || '-' || k AS {c}" for c in ("article", "id", "document") if c in table.column_names
                       and (c != "id" or name == "events")]  # fmt: skip
                if name in ("mediations", "steps"):
                    grown[name] = table
                    continue
                days = ", CAST(published + CAST(k % 300 AS INTEGER) AS DATE) AS published" if name != "dyads" else ""
                numbers = f"range({first}, {min(first + 20, copies)}) AS numbers(k)"
                sql = f"SELECT * REPLACE ({', '.join(own)}{days}) FROM base, {numbers}"
                found = connection.sql(sql).to_arrow_table()
                grown[name] = found.select(table.column_names).cast(table.schema)
        if first == 0:  # the mediations are those of the articles as they are
            for name in ("articles",):
                grown[name] = pa.concat_tables([grown[name], tables[name]])
        writer.commit("ingest", VERSIONS, grown)


def measure(folder: Path, times: int) -> None:
    """Medians of each page, asked anew and asked again."""
    from starlette.testclient import TestClient

    from dragoman.web.app import create_app
    from dragoman.web.library import Library
    from dragoman.web.security import Doors

    started = time.perf_counter()
    library = Library(open_archive(folder), Reviews(folder))
    print(f"opened in {time.perf_counter() - started:.1f} s: {library.shelf().info.events:,} events")
    chance = random.Random(3)
    days = [date(2000, 1, 1) + timedelta(days=n * 37) for n in range(200)]
    pages = {
        "home": lambda n: f"/?since={days[n]}",
        "mediations": lambda n: f"/mediations?as_of={days[-n - 1]}",
        "mediation": lambda n: f"/mediations/RUS-UKR?first={days[n]}",
        "article": lambda n: f"/articles/g{n:06d}-{n % 3}",
        "articles": lambda n: f"/articles?since={days[n]}",
        "events, table": lambda n: f"/events?actor={chance.choice(COUNTRIES)}&since={days[n]}",
        "events, chart": lambda n: f"/events?show=chart&type=CONSULT&since={days[n]}",
        "events, map": lambda n: f"/events?show=map&type=CONSULT&since={days[n]}",
        "actor": lambda n: f"/actors/{COUNTRIES[n % len(COUNTRIES)]}",
        "codebook": lambda n: f"/codebook?n={n}",
        "api, events": lambda n: f"/api/events?recipient={chance.choice(COUNTRIES)}&since={days[n]}",
    }
    print(
        f"{'page':16} {'anew':>8} {'(work)':>8} {'again':>8}   ms, median of {times}; work: processor time, all cores"
    )
    everything: list[float] = []
    with TestClient(create_app(library, Doors(rate=0))) as client:
        for name, address in pages.items():
            anew, again, spent = [], [], []
            for n in range(times):
                url = address(n)
                for held in (anew, again):
                    started, worked = time.perf_counter(), time.process_time()
                    response = client.get(url)
                    held.append(1000 * (time.perf_counter() - started))
                    if held is anew:
                        spent.append(1000 * (time.process_time() - worked))
                    assert response.status_code == 200, (url, response.status_code)
            everything += again
            print(f"{name:16} {median(anew):8.0f} {median(spent):8.0f} {median(again):8.0f}")
    print(f"median over all pages, asked again: {median(everything):.0f} ms")


def load(folder: Path, readers: int, seconds: float) -> None:
    """Many readers at once, while batches come in."""
    import uvicorn

    from dragoman.web.app import create_app
    from dragoman.web.library import Library
    from dragoman.web.security import Doors

    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    library = Library(open_archive(folder), Reviews(folder))
    server = uvicorn.Server(uvicorn.Config(create_app(library, Doors(rate=0)), port=port, log_level="error"))
    threading.Thread(target=server.run, daemon=True).start()
    while not server.started:
        time.sleep(0.05)
    walk = ["/", "/mediations", "/mediations/RUS-UKR", "/articles", "/events", "/events?type=CONSULT", "/actors/TUR",
            "/codebook", "/articles/g000001-1", "/api/events?limit=20"]  # fmt: skip
    taken: list[float] = []
    wrong: list[str] = []
    stop = time.perf_counter() + seconds

    def reads(number: int) -> None:
        at = number
        while time.perf_counter() < stop:
            url = f"http://127.0.0.1:{port}{walk[at % len(walk)]}"
            at += 1
            started = time.perf_counter()
            try:
                with urllib.request.urlopen(url, timeout=30) as response:
                    response.read()
            except OSError as error:
                wrong.append(f"{url}: {error}")
            taken.append(1000 * (time.perf_counter() - started))
            time.sleep(1.0)  # a reader reads

    threads = [threading.Thread(target=reads, args=(n,)) for n in range(readers)]
    for thread in threads:
        thread.start()
    chance, batches = random.Random(11), 0
    writer = Writer(Tables(folder))
    while time.perf_counter() < stop - 10:
        day = timedelta(days=batches)
        fresh = [reading(900_000 + batches * 20 + n, chance) for n in range(20)]
        fresh = [replace(item, article=replace(item.article, published=date(2026, 1, 1) + day)) for item in fresh]
        writer.commit("ingest", VERSIONS, batch(fresh))
        batches += 1
        time.sleep(10)
    for thread in threads:
        thread.join()
    server.should_exit = True
    taken.sort()
    print(f"{readers} readers for {seconds:.0f} s, {batches} batches came in: {len(taken)} pages, {len(wrong)} errors, "
          f"median {median(taken):.0f} ms, 95 % within {taken[int(0.95 * len(taken))]:.0f} ms")  # fmt: skip
    for line in wrong[:3]:
        print("  ", line)


def main() -> None:
    """Make the archive, ask for pages, let readers in."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--events", type=int, default=1_000_000)
    parser.add_argument("--times", type=int, default=9)
    parser.add_argument("--readers", type=int, default=50)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--archive", type=Path, help="keep the generated archive here, and take it from here again")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = given.archive or Path(temporary) / "archive"
        if not folder.exists():
            started = time.perf_counter()
            make(folder, given.events)
            print(f"made in {time.perf_counter() - started:.0f} s")
        measure(folder, given.times)
        if given.readers:
            load(folder, given.readers, given.seconds)


if __name__ == "__main__":
    main()
