"""How quick the reading room is on a large archive, and whether it bears many readers while an ingest runs.

    python -m benchmarks.web pages                # each page, asked anew and again, on a million generated events
    python -m benchmarks.web pages --hold 0       # the same with the archive left in its files
    python -m benchmarks.web load                 # 50 readers for a minute beside an ingest; then Datasette's turn

Every address is drawn at random – actors, types, days, sources, confidence –, so that hardly one is asked for twice.
`pages` asks in this process and without a network; *anew* is an address that nobody asked for before, *again* the same
once more. `load` starts `dragoman serve` and lets readers walk for `--seconds`; then the same readers with the same
choices walk the like pages of Datasette over an SQLite copy of the same rows. Datasette is installed for the occasion,
into an environment that is thrown away. A reader takes some five seconds for a page.
"""

from __future__ import annotations

import argparse
import random
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from statistics import median
from urllib.parse import urlencode

from benchmarks import readers
from benchmarks.generated import COUNTRIES, DAYS, FIRST, SOURCES, make
from dragoman.codebook import load_codebook
from dragoman.web import urls

Chooser = Callable[[random.Random], str]


def _day(chance: random.Random) -> str:
    return (FIRST + timedelta(days=chance.randrange(DAYS))).isoformat()


def selection(chance: random.Random) -> dict[str, str]:
    """One to three filters of events, all at random."""
    since = FIRST + timedelta(days=chance.randrange(DAYS))
    offered: list[dict[str, str]] = [
        {"actor": chance.choice(COUNTRIES)},
        {"recipient": chance.choice(COUNTRIES)},
        {"with": chance.choice(COUNTRIES)},
        {"type": chance.choice(list(load_codebook().types))},
        {"status": chance.choice(("actual", "future", "negated"))},
        {"country": chance.choice(("TUR", "CHE", "QAT", "EGY", "KEN", "NOR"))},
        {"source": chance.choice(SOURCES)},
        {"since": since.isoformat(), "until": (since + timedelta(days=chance.randrange(30, 4000))).isoformat()},
        {"min_confidence": f"{chance.randrange(1, 90) / 100}"},
    ]
    return {name: value for item in chance.sample(offered, chance.randrange(1, 4)) for name, value in item.items()}


def _events(**more: str) -> Chooser:
    return lambda chance: urls.events(**selection(chance), **more)


PAGES: dict[str, Chooser] = {
    "home": lambda chance: f"/?since={_day(chance)}",
    "mediations": lambda chance: urls.mediations(_day(chance)),  # type: ignore[arg-type]
    "mediation": lambda chance: urls.mediation("RUS-UKR", first=_day(chance), by=chance.choice((None, "mediator"))),
    "brief": lambda chance: f"/mediations/ETH-SDN/brief?as_of={_day(chance)}",
    "articles": lambda chance: urls.articles(since=_day(chance)),
    "articles, by words": lambda chance: urls.articles(q=f"Report {chance.randrange(500)}"),
    "article": lambda chance: urls.article(f"g{chance.randrange(500):06d}-{chance.randrange(10)}"),
    "events, all": lambda chance: urls.events(page=chance.randrange(2, 100)),
    "events, table": _events(),
    "events, chart": _events(show="chart"),
    "events, map": _events(show="map"),
    "actor, a country": lambda chance: urls.actor(chance.choice(COUNTRIES)),
    "actor, a person": lambda chance: urls.actor(
        f"{chance.choice(COUNTRIES).lower()}-minister-{chance.randrange(40)}"
    ),
    "actors": lambda chance: urls.actors(q=chance.choice("abcdefgimnorstu")),
    "codebook, a type": lambda chance: urls.codebook(chance.choice(list(load_codebook().types))) + f"?n={_day(chance)}",
    "reviews": lambda chance: f"/reviews?n={_day(chance)}",
    "API, events": lambda chance: f"/api/events?{urlencode(selection(chance))}",
    "API, counts": lambda chance: f"/api/counts?by=year&by=quad&{urlencode(selection(chance))}",
}  # fmt: skip


def pages(folder: Path, times: int, hold: int) -> None:
    """Medians of each page, in milliseconds."""
    from starlette.testclient import TestClient

    from dragoman.store import open_archive
    from dragoman.store.reviews import Reviews
    from dragoman.web.app import create_app
    from dragoman.web.library import Library
    from dragoman.web.security import Doors

    started, worked = time.perf_counter(), time.process_time()
    library = Library(open_archive(folder), Reviews(folder), hold)
    print(
        f"opened in {time.perf_counter() - started:.1f} s ({time.process_time() - worked:.1f} s of processor time): "
        f"{library.shelf().info.events:,} events"
    )
    print(f"{'page':20} {'anew':>7} {'95 %':>7} {'work':>7} {'again':>7}   ms, median of {times}; work: processor time")
    anews: list[float] = []
    with TestClient(create_app(library, Doors(rate=0))) as client:
        for chooser in PAGES.values():  # what is loaded once for all is no part of a page
            client.get(chooser(random.Random(1)))
        for name, chooser in PAGES.items():
            chance = random.Random(name)
            anew, again, spent = [], [], []
            for _ in range(times):
                url = chooser(chance)
                for held in (anew, again):
                    started, worked = time.perf_counter(), time.process_time()
                    response = client.get(url)
                    held.append(1000 * (time.perf_counter() - started))
                    if held is anew:
                        spent.append(1000 * (time.process_time() - worked))
                    assert response.status_code in (200, 404 if "person" in name else 200), (url, response.status_code)
            anews += anew
            print(
                f"{name:20} {median(anew):7.0f} {sorted(anew)[int(0.95 * times)]:7.0f} {median(spent):7.0f} "
                f"{median(again):7.0f}",
                flush=True,
            )
    print(f"{'all pages':20} {median(anews):7.0f} {sorted(anews)[int(0.95 * len(anews))]:7.0f}")


# What readers ask for: our page, and the like of it over SQLite, by the same choices.
WALK: dict[str, tuple[Chooser, Chooser]] = {
    "home": (lambda chance: "/", lambda chance: "/copy"),
    "mediation": (
        PAGES["mediation"],
        lambda chance: f"/copy/steps?mediation=RUS-UKR&earliest__gte={_day(chance)}&_sort_desc=earliest&_size=60",
    ),
    "articles": (
        PAGES["articles"],
        lambda chance: f"/copy/articles?published__gte={_day(chance)}&_sort_desc=published&_size=50",
    ),
    "article": (
        PAGES["article"],
        lambda chance: f"/copy/articles/g{chance.randrange(500):06d}-{chance.randrange(10)}",
    ),
    "events": (PAGES["events, table"], lambda chance: readers.datasette_events(selection(chance))),
    "actor": (
        PAGES["actor, a country"],
        lambda chance: readers.datasette_events({"with": chance.choice(COUNTRIES)}),
    ),
    "API, events": (PAGES["API, events"], lambda chance: readers.datasette_events(selection(chance), ".json")),
}  # fmt: skip


def load(folder: Path, number: int, seconds: float) -> None:
    """Readers beside an ingest; then the same beside another, with Datasette to answer."""
    with tempfile.TemporaryDirectory() as temporary:
        room = Path(temporary)
        servers = [
            ("dragoman serve", 0, lambda: readers.reading_room(folder)),
            ("datasette", 1, lambda: readers.datasette(folder, room)),
        ]
        for name, side, serve in servers:
            with serve() as address, _ingesting(folder, room, side) as batches:
                walked = readers.walk(address, {page: both[side] for page, both in WALK.items()}, number, seconds)
            came = batches()
            taken = sorted(one for found in walked.taken.values() for one in found)
            print(
                f"{name}: {number} readers for {seconds:.0f} s beside an ingest ({came}): {len(taken)} pages, "
                f"{len(walked.wrong)} errors, median {median(taken):.0f} ms, 95 % within "
                f"{taken[int(0.95 * len(taken))]:.0f} ms"
            )
            for page, found in walked.taken.items():
                print(f"    {page:14} {median(found):7.0f} ms   {len(found)} times")
            for line in walked.wrong[:3]:
                print("   ", line)


@contextmanager
def _ingesting(folder: Path, room: Path, turn: int) -> Iterator[Callable[[], str]]:
    """An ingest into the archive, of articles that it has not seen."""
    from dragoman.store import open_archive

    before = open_archive(folder).info()
    with readers.ingest(folder, room / f"news{turn}.jsonl", seed=time.time_ns()) as running:
        told: list[str] = []
        yield lambda: told[0]
        assert running.poll() is None, "the ingest ended before the readers did"
        after = open_archive(folder).info()
        told.append(
            f"{after.version - before.version} batches, {after.articles - before.articles} articles, "
            f"{after.events - before.events} events came in"
        )


def main() -> None:
    """Make the archive, ask for pages or let readers in."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=("pages", "load"))
    parser.add_argument("--events", type=int, default=1_000_000)
    parser.add_argument("--times", type=int, default=25)
    parser.add_argument("--hold", type=int, default=5_000_000, help="as for `dragoman serve`")
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
        if given.what == "pages":
            pages(folder, given.times, given.hold)
        else:
            load(folder, given.readers, given.seconds)


if __name__ == "__main__":
    main()
