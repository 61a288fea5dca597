"""Where the archive breaks first: its commit and merge paths at growing sizes, up to 100 million events.

python -m benchmarks.scale --events 1000000 5000000 20000000 100000000

An archive is generated, not read: of articles the columns that a commit looks at (ids, documents, days, signatures of
near-copies, all of them random, so that nothing compresses that would not in life), of events their dyads, and for
one article in fifty the file of a mediation. It has as many batches as it would have, in files as they are after
compaction. Then real batches of 256 ready-made articles are committed to it, by the code that ingest uses.
"""

from __future__ import annotations

import argparse
import json
import shutil
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np
import pyarrow as pa
from deltalake import write_deltalake

from benchmarks.archive import SEED, quick_recipe, variations
from benchmarks.report import Table
from dragoman.ingest.known import write_known
from dragoman.ingest.worker import Desk
from dragoman.records import Reading
from dragoman.store import open_archive
from dragoman.store.copies import BANDS, ROWS
from dragoman.store.schema import BATCHES, SCHEMA, TABLES
from dragoman.store.tables import Batch, Tables, now, to_tables
from dragoman.store.writing import Writer

EVENTS_AN_ARTICLE = 8
ARTICLES_A_BATCH = 256
# One article in so many tells of a mediation, and conflicts share them as words share a text.
TELLS = 50
CONFLICTS = 150
BLOCK = 500_000  # articles that are generated at once
FIRST = date(2005, 1, 1)
DAYS = 7300


def grow(tables: Tables, told: Reading, start: int, goal: int, whole: int) -> None:
    """Add generated articles from number `start` to `goal`, in the order of their days, of `whole` in the end."""
    for first in range(start, goal, BLOCK):
        number = min(BLOCK, goal - first)
        draw = np.random.default_rng((SEED, first))
        segment = f"c3-{first:012x}"
        ids = _hexadecimal(draw, number)
        order = first + np.arange(number)
        days = (FIRST - date(1970, 1, 1)).days + order * DAYS // whole + draw.integers(0, 3, number)
        same = {
            "article": ids,
            "batch": pa.array(order // ARTICLES_A_BATCH).cast(pa.string()),
            "versions": pa.repeat("generated", number),
            "published": pa.array(days.astype("int32"), pa.date32()),
        }
        signature = pa.array(draw.integers(-(2**63), 2**63 - 1, number * BANDS * ROWS // 2))
        mediations, texts, sentences = _told(told, draw, same)
        tables.write(
            segment,
            {
                "articles": _table(
                    "articles",
                    number,
                    same
                    | {
                        "document": _hexadecimal(draw, number),
                        "bands": pa.ListArray.from_arrays(
                            pa.array(np.arange(number + 1, dtype="int32") * (BANDS * ROWS // 2)), signature
                        ),
                        "text": texts,
                        "sentences": sentences,
                        "language": pa.repeat("en", number),
                    },
                ),
                "dyads": _dyads(draw, number * EVENTS_AN_ARTICLE, days),
                "mediations": mediations,
            },
        )
    rows = [
        {
            "sequence": number + 1,
            "batch": str(number),
            "segment": f"b-{number:016x}",
            "kind": "ingest",
            "versions": "generated",
            "schema": SCHEMA,
            "articles": ARTICLES_A_BATCH,
            "events": ARTICLES_A_BATCH * EVENTS_AN_ARTICLE,
            "problems": 0,
            "replaced": 0,
            "committed": datetime(2026, 1, 1, tzinfo=UTC),
        }
        for number in range(start // ARTICLES_A_BATCH, goal // ARTICLES_A_BATCH)
    ]
    # The last of them says that near-copies have been looked for until then.
    rows[-1] |= {"kind": "links", "articles": 0, "events": 0}
    write_deltalake(tables.uri("batches"), pa.Table.from_pylist(rows, schema=BATCHES), mode="append")


def _hexadecimal(draw: np.random.Generator, number: int) -> pa.Array:
    """Ids as articles have them: twenty random hexadecimal digits."""
    text = draw.bytes(10 * number).hex().encode()
    offsets = np.arange(number + 1, dtype="int32") * 20
    return pa.Array.from_buffers(pa.string(), number, [None, pa.py_buffer(offsets), pa.py_buffer(text)])


def _table(name: str, number: int, columns: dict[str, Any]) -> pa.Table:
    schema = TABLES[name]
    return pa.table([columns.get(f.name, pa.nulls(number, f.type)) for f in schema], schema=schema)


def _dyads(draw: np.random.Generator, number: int, days: Any) -> pa.Table:
    countries = pa.array([f"{chr(65 + n // 26 % 26)}{chr(65 + n % 26)}X" for n in range(200)])
    weights = 1 / np.arange(1, 201) ** 1.5
    one, two = (pa.array(draw.choice(200, number, p=weights / weights.sum())) for _ in range(2))
    types = pa.array([f"T{n}" for n in range(16)])
    statuses = pa.array(["actual", "actual", "actual", "future", "negated"])
    return _table(
        "dyads",
        number,
        {
            "day": pa.array(np.repeat(days, EVENTS_AN_ARTICLE).astype("int32"), pa.date32()),
            "actor": countries.take(one),
            "recipient": countries.take(two),
            "type": types.take(pa.array(draw.integers(0, 16, number))),
            "status": statuses.take(pa.array(draw.integers(0, 5, number))),
        },
    )


def _told(told: Reading, draw: np.random.Generator, same: dict[str, Any]) -> tuple[pa.Table, pa.Array, pa.Array]:
    """Mediations for one article in `TELLS`, and the texts that their evidence stands in."""
    number = len(same["article"])
    wanted = np.arange(0, number, TELLS)
    weights = 1 / np.arange(1, CONFLICTS + 1)
    conflicts = draw.choice(CONFLICTS, len(wanted), p=weights / weights.sum())
    mediation = told.mediations[0]
    ids, days, batches = (
        dict(zip(wanted.tolist(), same[name].take(pa.array(wanted)).to_pylist(), strict=True))
        for name in ("article", "published", "batch")
    )
    rows = []
    template: dict[int, Any] = {}
    for index, conflict in zip(wanted.tolist(), conflicts.tolist(), strict=True):
        if conflict not in template:
            template[conflict] = json.dumps(mediation.to_dict() | {"id": f"C{conflict:03}"})
        moved = days[index] - told.article.published
        rows.append(
            {
                "article": ids[index],
                "batch": batches[index],
                "versions": "generated",
                "published": days[index],
                "number": 0,
                "id": f"C{conflict:03}",
                "record": _moved(template[conflict], told.article.id, ids[index], moved),
            }
        )
    text, marks = [None] * number, [None] * number
    spans = [{"start": item.start, "end": item.end} for item in told.article.sentences]
    for index in wanted.tolist():
        text[index], marks[index] = told.article.text, spans
    schema = TABLES["articles"]
    return (
        pa.Table.from_pylist(rows, schema=TABLES["mediations"]),
        pa.array(text, pa.string()),
        pa.array(marks, schema.field("sentences").type),
    )


def _moved(record: str, old: str, new: str, by: timedelta) -> str:
    """The record told by another article, some days later."""
    found = json.loads(record.replace(old, new))
    for step in found["steps"]:
        for end in ("earliest", "latest"):
            if step["when"][end]:
                step["when"][end] = (date.fromisoformat(step["when"][end]) + by).isoformat()
    return json.dumps(found)


# ── measuring ──


def _peak() -> float:
    """The most memory, in MB, since this was asked last."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    peak = next(int(line.split()[1]) / 1024 for line in status.splitlines() if line.startswith("VmHWM"))
    with suppress(OSError):
        Path("/proc/self/clear_refs").write_text("5", encoding="ascii")
    return peak


def _incoming(recipe: Any, whole: int) -> Iterator[dict[str, pa.Table]]:
    """Batches of ready-made articles, without end."""
    desk = Desk(recipe)
    part: dict[str, list[dict[str, Any]]] = {}
    for number, document in enumerate(variations(whole), start=1):
        result = desk.do(document)
        assert isinstance(result, dict), result
        for name, rows in result.items():
            part.setdefault(name, []).extend(rows)
        if number % ARTICLES_A_BATCH == 0:
            yield to_tables(part)
            part = {}


def measure(address: Path, batches: Iterator[dict[str, pa.Table]], *, folds: bool) -> dict[str, float]:
    found: dict[str, float] = {}

    def timed(name: str, act: Callable[[Any], Any], given: Iterable[Any] = (None,)) -> Any:
        _peak()
        seconds, worked = [], []
        for item in given:
            began, used = time.perf_counter(), time.process_time()
            answer = act(item)
            seconds.append(time.perf_counter() - began)
            worked.append(time.process_time() - used)
        found[f"{name}, s"] = median(seconds)
        found[f"{name}, processor s"] = median(worked)
        found[f"{name}, MB"] = _peak()
        return answer

    archive = timed("open", lambda _: open_archive(address))
    timed("another handle", lambda _: archive.cursor(), range(5))
    timed("by dyad and month", lambda _: archive.counts(("dyad", "month")).arrow())
    writer = Writer(Tables(address))
    timed("ids for the workers", lambda _: write_known(address / "known.npy", writer.articles()))
    arriving = [next(batches) for _ in range(6)]
    timed("a batch, the first of a run", lambda rows: writer.commit("ingest", "quick", rows), arriving[:1])
    timed("a batch", lambda rows: writer.commit("ingest", "quick", rows), arriving[1:])
    timed("near-copies of six batches", lambda _: writer.link("quick"))
    if folds:
        for name, conflict in (("a file, few reports", f"C{CONFLICTS - 1:03}"), ("a file, most reports", "C000")):
            archive = open_archive(address)
            file = timed(name, lambda _, key=conflict, archive=archive: archive.mediation(key))
            found[f"{name}, reports"] = len(file.reports)
    return found


def simulate(goals: list[int], place: Path | None, folds: int) -> None:
    with tempfile.TemporaryDirectory(dir=place) as folder:
        recipe, told = quick_recipe(Path(folder))
        address = Path(folder) / "archive"
        tables = Tables(address)
        tables.create()
        batches = _incoming(recipe, 10**9)
        have = 0
        columns: dict[str, dict[str, float]] = {}
        for goal in goals:
            articles = goal // EVENTS_AN_ARTICLE // ARTICLES_A_BATCH * ARTICLES_A_BATCH
            began = time.perf_counter()
            fresh = address.with_name(f"at-{goal}")
            grow(tables, told, have, articles, max(goals) // EVENTS_AN_ARTICLE)
            have = articles
            # Measured on a copy (of links), so that real batches are not in the way of generated ones.
            shutil.copytree(address, fresh, copy_function=lambda one, other: Path(other).hardlink_to(one))
            size = sum(path.stat().st_size for path in fresh.rglob("*") if path.is_file()) / 1e6
            print(f"# {goal:,} events, {size:,.0f} MB, made in {time.perf_counter() - began:.0f} s", flush=True)
            columns[f"{goal / 1e6:g} million"] = measure(fresh, batches, folds=goal <= folds)
            print(columns[f"{goal / 1e6:g} million"], flush=True)
            shutil.rmtree(fresh)
    names = list(dict.fromkeys(name for column in columns.values() for name in column))
    rows = {name: {goal: column[name] for goal, column in columns.items() if name in column} for name in names}
    Table("Commit and merge paths, by events", rows).print()


# ── small files into large ones ──


def merge(segments: int, articles: list[int], place: Path | None) -> None:
    """What it costs to put one segment in the place of many, with texts as long as in life."""
    draw = np.random.default_rng(SEED)
    letters = np.frombuffer(b"abcdefghijklmnopqrstuvwxyz      ", np.uint8)
    prose = letters[draw.integers(0, len(letters), 20_000_000)].tobytes().decode()
    rows = {}
    for number in articles:
        with tempfile.TemporaryDirectory(dir=place) as folder:
            tables = Tables(Path(folder) / "archive")
            tables.create()
            batches = []
            for sequence in range(1, segments + 1):
                starts = draw.integers(0, len(prose) - 5000, (2, number))
                texts = [[prose[start : start + 4500] for start in side] for side in starts.tolist()]
                columns = {"article": _hexadecimal(draw, number), "text": texts[0], "records": texts[1]}
                segment = f"b-{sequence:016x}"
                tables.write(segment, {"articles": _table("articles", number, columns)})
                batches.append(Batch(sequence, str(sequence), segment, "ingest", "1", SCHEMA, number, 0, 0, 0, now()))
            size = tables.bytes(batches) / 1e6
            _peak()
            held = _peak()
            began, used = time.perf_counter(), time.process_time()
            gone = tables.compact(batches, fan=segments)
            assert gone > 0
            rows[f"{segments} of {number:,} articles"] = {
                "MB on disk": size,
                "seconds": time.perf_counter() - began,
                "processor seconds": time.process_time() - used,
                "MB of memory before": held,
                "MB of memory at the peak": _peak(),
            }
    Table("Segments made into one", rows).print()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--events", type=int, nargs="+", default=[1_000_000, 5_000_000, 20_000_000, 100_000_000])
    parser.add_argument("--place", type=Path, help="where there is room, about 8 GB for 100 million events")
    parser.add_argument("--folds", type=int, default=10**9, help="no files on mediations above so many events")
    parser.add_argument("--merge", type=int, nargs="+", metavar="ARTICLES", help="make 32 segments of so many into one")
    given = parser.parse_args()
    if given.merge:
        merge(32, given.merge, given.place)
        return
    simulate(sorted(given.events), given.place, given.folds)


if __name__ == "__main__":
    main()
