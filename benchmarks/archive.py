"""The archive: how fast it takes in and answers, what it holds in memory, and that nothing is lost.

python -m benchmarks.archive speed     ingest beside reading alone, turn about in one run
python -m benchmarks.archive memory    peak memory of an ingest, for growing numbers of articles
python -m benchmarks.archive kill      kill -9 at random moments, then compare to the byte with an undisturbed run
python -m benchmarks.archive query     events by dyad and month, of 5 million generated events
python -m benchmarks.archive rivals    the same rows in SQLite and under DuckDB
python -m benchmarks.archive commits   what a batch costs as the archive grows
python -m benchmarks.archive merging   what the file on one conflict costs as more is told of it
"""

from __future__ import annotations

import argparse
import contextlib
import dataclasses
import json
import multiprocessing
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Generator, Iterable, Iterator
from datetime import date, timedelta
from functools import cache
from itertools import pairwise
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks.report import Table
from dragoman.ingest import LocalEngine, Recipe, Report, ingest, standard_recipe
from dragoman.records import Reading
from dragoman.sources import Document, Origin, RawArticle, open_source

SAMPLES = Path(__file__).parents[1] / "samples"
SEED = 20261128


@cache
def _paragraphs() -> tuple[str, ...]:
    found = []
    for item in open_source(SAMPLES):
        assert isinstance(item.content, RawArticle)
        found += [part for part in item.content.text.split("\n") if len(part.split()) > 15]
    return tuple(found)


def variations(number: int, paragraphs: int = 5) -> Iterator[Document]:
    """Articles made of paragraphs of the samples, in another mixture each: no two are alike, and each is news prose.

    Each has a word of its own, since a vocabulary that grows with what is read is what memory could be lost to.
    """
    draw = random.Random(SEED)
    for index in range(1, number + 1):
        name = "".join(draw.choice("bdfgklmnprstvz") + draw.choice("aeiou") for _ in range(4)).capitalize()
        parts = draw.sample(_paragraphs(), paragraphs)
        text = "\n\n".join([*parts, f"This is report number {index}, sent by {name}."])
        day = date(2005, 1, 1) + timedelta(days=draw.randrange(7000))
        line = json.dumps({"text": text, "published": day.isoformat(), "id": str(index)}).encode()
        yield Document(Origin("generated.jsonl", index, f"generated.jsonl, line {index}"), "json", line)


class QuickReader:
    """Gives every article the records of one that was read beforehand: all of the way but the reading."""

    def __init__(self, path: str) -> None:
        self._reading = Reading.from_dict(json.loads(Path(path).read_text(encoding="utf-8")))

    def read(self, raw: RawArticle) -> Reading:
        article = dataclasses.replace(
            self._reading.article, id=raw.id, text=raw.text, published=raw.published, external_id=raw.external_id
        )
        events = tuple(
            dataclasses.replace(event, id=f"{raw.id}-e{number}") for number, event in enumerate(self._reading.events)
        )
        return dataclasses.replace(self._reading, article=article, events=events)


def quick_recipe(folder: Path) -> tuple[Recipe, Reading]:
    """A recipe that reads in no time, and what it says of every article: a sample that tells of a mediation."""
    path = folder / "reading.json"
    if not path.exists():  # in a process of its own, so that memory is not that of the language model
        with multiprocessing.get_context("spawn").Pool(1) as pool:
            path.write_text(pool.apply(_first_reading), encoding="utf-8")
    reading = Reading.from_dict(json.loads(path.read_text(encoding="utf-8")))
    return Recipe(QuickReader, (str(path),), "quick model=0 codebook=0 knowledge=0"), reading


def _first_reading() -> str:
    from dragoman.reader import default_reader

    item = next(iter(open_source(SAMPLES)))
    assert isinstance(item.content, RawArticle)
    return json.dumps(default_reader().read(item.content).to_dict())


# ── speed ──

_reader: Any = None


def _load() -> None:
    global _reader
    os.environ["DRAGOMAN_THREADS"] = "1"
    from dragoman.reader import default_reader

    _reader = default_reader()


def _read(documents: list[Document]) -> int:
    from dragoman.sources import read_document

    return sum(len(_reader.read(read_document(document).content).events) for document in documents)


def _processor() -> float:
    """Processor time of this process and of all that it has waited for: what a busy machine does not change."""
    return sum(
        usage.ru_utime + usage.ru_stime
        for usage in map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    )


def speed(number: int, rounds: int, workers: int) -> None:
    documents = list(variations(number))
    chunks = [documents[start : start + 8] for start in range(0, number, 8)]
    recipe = standard_recipe()
    walls: dict[str, list[float]] = {"reading": [], "ingest": []}
    works: dict[str, list[float]] = {"reading": [], "ingest": []}
    for _ in range(rounds):
        began, used = time.perf_counter(), _processor()
        pool = multiprocessing.get_context("spawn").Pool(workers, _load)
        pool.map(_read, chunks, chunksize=1)
        pool.close()
        pool.join()
        walls["reading"].append(time.perf_counter() - began)
        works["reading"].append(_processor() - used)
        with tempfile.TemporaryDirectory() as folder:
            began, used = time.perf_counter(), _processor()
            report = ingest(Path(folder) / "archive", iter(documents), recipe, LocalEngine(workers), batch=64)
            walls["ingest"].append(time.perf_counter() - began)
            works["ingest"].append(_processor() - used)
            assert report.articles == number
    rows = {
        name: {"seconds": median(walls[name]), "processor seconds": median(works[name])}
        for name in ("reading", "ingest")
    }
    rows["speed of ingest : speed of reading"] = {
        column: median(one / other for one, other in zip(found["reading"], found["ingest"], strict=True))
        for column, found in (("seconds", walls), ("processor seconds", works))
    }
    Table(f"Reading alone and ingest, {number} articles, {workers} processes, with their start", rows).print()


# ── memory ──


def _tree(pid: int) -> Iterator[int]:
    yield pid
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        for child in task.read_text(encoding="ascii").split():
            yield from _tree(int(child))


def _megabytes(pid: int) -> tuple[float, float]:
    """Proportional memory of a process and all below it (shared pages count once), and of the process alone."""
    sizes = []
    for member in _tree(pid):
        try:
            text = Path(f"/proc/{member}/smaps_rollup").read_text(encoding="ascii")
        except OSError:
            continue
        sizes.append(next(int(line.split()[1]) for line in text.splitlines() if line.startswith("Pss:")) / 1024)
    return sum(sizes), sizes[0] if sizes else 0.0


class Watch(threading.Thread):
    """Looks each second at the memory of this process and of all below it."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.peak = self.alone = self._lately = 0.0
        self._over = threading.Event()

    def run(self) -> None:
        while not self._over.wait(1.0):
            with contextlib.suppress(OSError, StopIteration):
                whole, mine = _megabytes(os.getpid())
                self.peak, self.alone = max(self.peak, whole), max(self.alone, mine)
                self._lately = max(self._lately, whole)

    def lately(self) -> float:
        """The peak since this was asked last."""
        peak, self._lately = self._lately, 0.0
        return peak

    def __enter__(self) -> Watch:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self.join()


def memory(numbers: list[int], workers: int, paragraphs: int, *, quick: bool) -> None:
    rows = {}
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        recipe = quick_recipe(folder)[0] if quick else standard_recipe()
        for number in numbers:
            print(f"# {number:,} articles\nread  seconds  peak MB since the line before", flush=True)
            with Watch() as watch:
                said = 0

                def tell(report: Report, watch: Watch = watch) -> None:
                    nonlocal said
                    if report.articles // 1000 > said:
                        said = report.articles // 1000
                        print(f"{report.articles:,}  {report.seconds:.0f}  {watch.lately():.0f}", flush=True)

                archive = folder / f"a{number}"
                report = ingest(archive, variations(number, paragraphs), recipe, LocalEngine(workers), progress=tell)
            size = sum(path.stat().st_size for path in archive.rglob("*") if path.is_file())
            rows[f"{number:,} articles"] = {
                "peak MB, all processes": watch.peak,
                "peak MB, the one that writes": watch.alone,
                "KB an article on disk": size / 1024 / number,
                "articles a second": report.articles / report.seconds,
            }
            shutil.rmtree(archive)
    Table(f"Memory of an ingest, {workers} workers{', records ready-made' if quick else ''}", rows).print()


# ── kill ──


def _content(folder: Path) -> dict[str, list[str]]:
    from dragoman.store import open_archive
    from dragoman.store.schema import TABLES

    archive = open_archive(folder)
    return {name: sorted(repr(row) for row in archive.sql(f"SELECT * FROM {name}_history").rows()) for name in TABLES}


def kill(times: int, number: int, *, real: bool) -> None:
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        quick_recipe(folder)
        command = [sys.executable, "-m", "benchmarks.archive", "victim", place, str(number), *["--real"] * real]
        began = time.perf_counter()
        subprocess.run([*command, "--archive", "undisturbed"], check=True)
        whole = time.perf_counter() - began
        wanted = _content(folder / "undisturbed")
        draw = random.Random(SEED)
        killed = finished = 0
        while killed < times:
            shutil.rmtree(folder / "killed", ignore_errors=True)
            # Killed again and again until it comes through, so that leftovers of leftovers are met, too.
            for turn in range(min(5, times - killed)):
                began = time.perf_counter()
                process = subprocess.Popen([*command, "--archive", "killed"])
                with contextlib.suppress(subprocess.TimeoutExpired):
                    process.wait(draw.uniform(0.2, 1.0) * whole)
                process.send_signal(signal.SIGKILL)
                late = process.wait() == 0
                killed, finished = killed + (not late), finished + late
                if late:
                    if turn == 0:  # the first run of all loads what later ones find loaded
                        whole = time.perf_counter() - began
                    break
            subprocess.run([*command, "--archive", "killed"], check=True)
            assert _content(folder / "killed") == wanted, f"other content after {killed} kills"
            print(f"{killed} kills, {finished} besides came too late", flush=True)
        print(
            f"{killed} kills of runs of {number} articles ({finished} besides came too late): "
            "the content was equal to the byte each time"
        )


def victim(folder: Path, number: int, archive: str, *, real: bool) -> None:
    recipe = standard_recipe() if real else quick_recipe(folder)[0]
    # Small batches, and more of them than gather before files are merged.
    ingest(folder / archive, variations(number, 1 if real else 5), recipe, LocalEngine(1), batch=4)


# ── query ──


def generated(rows: int, seed: int) -> dict[str, Any]:
    """Events of a generated archive as the tables `events` and `dyads`: few countries in most of them, as in news."""
    import numpy as np
    import pyarrow as pa

    from dragoman.codebook import load_codebook
    from dragoman.knowledge import load_knowledge
    from dragoman.store.schema import TABLES

    draw = np.random.default_rng(seed)
    countries = sorted(load_knowledge().countries())[:200]
    weights = 1 / np.arange(1, len(countries) + 1) ** 1.5
    weights /= weights.sum()
    types = sorted(load_codebook().types)
    text = lambda index, words: pa.array(words).take(pa.array(index))  # noqa: E731
    one, two = (draw.choice(len(countries), rows, p=weights) for _ in range(2))
    kind = draw.integers(0, len(types), rows)
    days = pa.array(draw.integers(7300, 20000, rows).astype("int32"), pa.date32())
    digits = draw.bytes(10 * rows).hex()  # ids are hashes: they do not compress
    articles = pa.array([digits[20 * (n // 8) : 20 * (n // 8) + 20] for n in range(rows)])
    ids = pa.array([f"{article}-e{n % 8}" for n, article in enumerate(articles.to_pylist())])
    same = {
        "article": articles,
        "batch": pa.repeat(f"g{seed}", rows),
        "versions": pa.repeat("generated", rows),
        "published": days,
        "day": days,
        "type": text(kind, types),
        "status": text(draw.integers(0, 5, rows), ["actual", "actual", "actual", "future", "negated"]),
        "intensity": pa.array(draw.normal(0, 3, rows)),
        "confidence": pa.array(draw.random(rows)),
        "number": pa.array(np.zeros(rows, "int32")),
    }
    offsets = pa.array(np.arange(rows + 1), pa.int32())
    lists = {
        name: pa.ListArray.from_arrays(offsets, text(side, countries))
        for side, names in ((one, ("actors", "actor_countries")), (two, ("recipients", "recipient_countries")))
        for name in names
    }
    columns = {
        "events": same | lists | {"id": ids},
        "dyads": same
        | {
            "event": ids,
            "actor": text(one, countries),
            "actor_id": text(one, countries),
            "recipient": text(two, countries),
            "recipient_id": text(two, countries),
        },
    }
    return {
        name: pa.table([given.get(f.name, pa.nulls(rows, f.type)) for f in TABLES[name]], schema=TABLES[name])
        for name, given in columns.items()
    }


def query(events: int, batches: int) -> None:
    from dragoman.store import open_archive
    from dragoman.store.schema import SCHEMA
    from dragoman.store.tables import Batch, Tables, new_segment, now

    with tempfile.TemporaryDirectory() as place:
        tables = Tables(Path(place) / "archive")
        tables.create()
        size = events // batches
        for number in range(1, batches + 1):
            segment = new_segment()
            tables.write(segment, generated(size, number))
            version, _ = tables.batches()
            tables.commit(
                Batch(number, f"g{number}", segment, "ingest", "generated", SCHEMA, size, size, 0, 0, now()), version
            )
        rows = {}
        for state in ("as written", "compacted"):
            if state == "compacted":
                tables.compact(tables.batches()[1], fan=2)
            archive = open_archive(Path(place) / "archive")
            for name, ask in (
                ("by dyad and month", lambda a=archive: a.counts(("dyad", "month")).arrow()),
                ("by month and type", lambda a=archive: a.counts(("month", "type")).arrow()),
                ("TUR with RUS, CONSULT", lambda a=archive: a.events(actor="TUR", with_="RUS", type="CONSULT").arrow()),
            ):
                found, worked = [], []
                for _ in range(5):
                    began, used = time.perf_counter(), time.process_time()
                    answer = ask()
                    found.append(time.perf_counter() - began)
                    worked.append(time.process_time() - used)
                rows[f"{name}, {state}"] = {
                    "first, s": found[0],
                    "warm, s (median of 4)": median(found[1:]),
                    "best, s": min(found),
                    "processor time, s": median(worked[1:]),
                    "rows": answer.num_rows,
                }
        Table(f"Questions over {size * batches:,} generated events in {batches} batches", rows).print()


# ── rivals ──


def rivals(rows: int) -> None:
    """The same dyads in SQLite and in Parquet under DuckDB: how large, and the question by dyad and month."""
    import sqlite3

    import duckdb
    import pyarrow.parquet as pq

    table = generated(rows, 1)["dyads"].select(["article", "event", "day", "actor", "recipient", "type"])
    found: dict[str, dict[str, float]] = {}
    with tempfile.TemporaryDirectory() as place:
        file, parquet = Path(place) / "rows.sqlite", Path(place) / "rows.parquet"
        used = time.process_time()
        base = sqlite3.connect(file)
        base.execute("CREATE TABLE dyads (article TEXT, event TEXT, day TEXT, actor TEXT, recipient TEXT, type TEXT)")
        items = (
            (r["article"], r["event"], r["day"].isoformat(), r["actor"], r["recipient"], r["type"])
            for batch in table.to_batches(10_000)
            for r in batch.to_pylist()
        )
        base.executemany("INSERT INTO dyads VALUES (?, ?, ?, ?, ?, ?)", items)
        base.execute("CREATE INDEX by_pair ON dyads (actor, recipient, day)")
        base.commit()
        written = time.process_time() - used
        used = time.process_time()
        base.execute(
            "SELECT actor, recipient, substr(day, 1, 7) AS month, count(*) FROM dyads GROUP BY 1, 2, 3"
        ).fetchall()
        found["SQLite, with an index"] = {
            "MB": file.stat().st_size / 1e6,
            "writing, s": written,
            "asking, s": time.process_time() - used,
        }
        used = time.process_time()
        pq.write_table(table, parquet, compression="zstd")
        written = time.process_time() - used
        connection = duckdb.connect()
        for _ in range(2):  # the second is warm
            used = time.process_time()
            connection.sql(
                "SELECT actor, recipient, date_trunc('month', day) AS month, count(*) "
                f"FROM '{parquet}' GROUP BY ALL ORDER BY ALL"
            ).to_arrow_table()
            asked = time.process_time() - used
        found["Parquet under DuckDB"] = {"MB": parquet.stat().st_size / 1e6, "writing, s": written, "asking, s": asked}
    Table(f"{rows:,} dyads, processor time", found).print()


# ── commits ──


def commits(batches: int, articles: int) -> None:
    """Batches of ready-made records, one after another: what each costs while the archive grows."""
    from dragoman.ingest.work import Job, Outcome
    from dragoman.ingest.worker import Desk

    class Here:
        def run(self, recipe: Recipe, chunks: Iterable[list[Job]]) -> Generator[list[Outcome], None, None]:
            desk = Desk(recipe)
            for chunk in chunks:
                yield [Outcome(job, desk.do(job)) for job in chunk]

    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        recipe, _ = quick_recipe(folder)
        marks: list[float] = []
        seen = 0

        def tell(report: Any) -> None:
            nonlocal seen
            if report.batches > seen:
                seen = report.batches
                marks.append(time.perf_counter())

        ingest(folder / "archive", variations(batches * articles), recipe, Here(), batch=articles, progress=tell)
        costs = [after - before for before, after in pairwise(marks)]
        step = max(1, len(costs) // 5)
        rows: dict[str, dict[str, float]] = {}
        for start in range(0, len(costs), step):
            part = sorted(costs[start : start + step])
            rows[f"batches {start + 2}–{start + 1 + len(part)}"] = {"median s": median(part), "longest s": part[-1]}
        Table(f"A batch of {articles} ready-made articles, rows made and written", rows).print()


def merging(numbers: list[int]) -> None:
    """The file on one conflict, folded from more and more articles: six a day, in the same words, the worst case."""
    from dragoman.mediation import Files

    with tempfile.TemporaryDirectory() as place:
        _, told = quick_recipe(Path(place))
    rows = {}
    for number in numbers:
        given = []
        for index in range(number):
            moved = timedelta(days=index // 6)
            article = dataclasses.replace(told.article, id=f"{index:020x}", published=told.article.published + moved)
            steps = tuple(_moved(step, moved, article.id) for step in told.mediations[0].steps)
            given.append((article, [dataclasses.replace(told.mediations[0], steps=steps)]))
        files, used = Files(), time.process_time()
        files.add_all(given)
        file = files.file(told.mediations[0].id)
        rows[f"{number:,} articles"] = {
            "reports": len(file.reports),
            "steps": len(file.steps),
            "processor seconds": time.process_time() - used,
        }
    Table("The file on one conflict, folded", rows).print()


def _moved(step: Any, days: timedelta, article: str) -> Any:
    when = step.when
    if when.earliest is not None and when.latest is not None:
        when = dataclasses.replace(when, earliest=when.earliest + days, latest=when.latest + days)
    evidence = tuple(dataclasses.replace(item, article=article) for item in step.evidence)
    return dataclasses.replace(step, when=when, evidence=evidence)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parts = parser.add_subparsers(dest="part", required=True)
    part = parts.add_parser("speed")
    part.add_argument("--articles", type=int, default=200)
    part.add_argument("--rounds", type=int, default=3)
    part.add_argument("--workers", type=int, default=2)
    part = parts.add_parser("memory")
    part.add_argument("--articles", type=int, nargs="+", default=[1000, 50000])
    part.add_argument("--workers", type=int, default=2)
    part.add_argument("--paragraphs", type=int, default=5, help="of an article: fewer make shorter articles")
    part.add_argument("--quick", action="store_true", help="records ready-made: all of the way but the reading")
    part = parts.add_parser("kill")
    part.add_argument("--times", type=int, default=100)
    part.add_argument("--articles", type=int, default=136)
    part.add_argument("--real", action="store_true", help="with the real reader")
    part = parts.add_parser("victim")
    part.add_argument("folder", type=Path)
    part.add_argument("articles", type=int)
    part.add_argument("--archive", default="archive")
    part.add_argument("--real", action="store_true")
    part = parts.add_parser("query")
    part.add_argument("--events", type=int, default=5_000_000)
    part.add_argument("--batches", type=int, default=50)
    part = parts.add_parser("rivals")
    part.add_argument("--events", type=int, default=1_000_000)
    part = parts.add_parser("commits")
    part.add_argument("--batches", type=int, default=200)
    part.add_argument("--articles", type=int, default=64)
    part = parts.add_parser("merging")
    part.add_argument("--articles", type=int, nargs="+", default=[500, 2000, 8000])
    given = parser.parse_args()
    match given.part:
        case "speed":
            speed(given.articles, given.rounds, given.workers)
        case "memory":
            memory(given.articles, given.workers, given.paragraphs, quick=given.quick)
        case "kill":
            kill(given.times, given.articles, real=given.real)
        case "victim":
            victim(given.folder, given.articles, given.archive, real=given.real)
        case "query":
            query(given.events, given.batches)
        case "rivals":
            rivals(given.events)
        case "commits":
            commits(given.batches, given.articles)
        case "merging":
            merging(given.articles)


if __name__ == "__main__":
    main()
