"""The proof page: `python -m benchmarks.proof` writes the tables of docs/proof.md from what was measured.

    python -m benchmarks.proof                    the tables anew, from floors.toml, measured.toml and errors.toml
    python -m benchmarks.proof --measure          first run every benchmark of measured.toml, which takes long
    python -m benchmarks.proof --measure places   only those whose command has this word

The page and the files cannot differ: a test compares them. Figures with a floor are written by `benchmarks.floors`.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path

from benchmarks import errors, floors, measured
from benchmarks.groups import ERAS, NOWHERE
from benchmarks.measured import Benchmark
from benchmarks.pictures import calibration_svg

DOCS = Path(__file__).resolve().parents[1] / "docs"
PAGE = DOCS / "proof.md"
CALIBRATION = DOCS / "calibration.svg"
CARD = Path(__file__).resolve().parents[1] / "src" / "dragoman" / "language" / "model" / "CARD.md"
# What stands in a part of its own is not listed again.
_APART = (
    "benchmarks.articles",
    "benchmarks.dispatches",
    "benchmarks.confidence",
    "benchmarks.relations",
    "benchmarks.knowledge",
)
# Of whole articles, what is told apart by region and years.
_TOLD = {
    "articles": "articles",
    "actors/f1": "actors",
    "events/precision": "events, precision",
    "events/recall": "events, recall",
    "events/f1": "events, F1",
    "places/f1": "places",
    "steps/f1": "steps",
}
_ORDER = {name: number for number, (_, name) in enumerate(ERAS)} | {NOWHERE: 1}
LICENCES = {
    "wikidata-ep": "CC0",
    "cia-factbook": "public domain",
    "cia-world-leaders": "public domain",
    "cia-gov-ci": "public domain",
    "rulers-ci": "MIT",
    "ungdc": "facts",
    "compiled": "ours, Apache-2.0",
}


def renewed(page: str) -> str:
    """The page with everything between `<!-- name -->` and `<!-- end -->` written anew."""
    found = {each.command.split()[2]: each for each in measured.load()}
    parts: dict[str, Callable[[], Iterator[str]]] = {
        "floors": lambda: _floors(floors.load()),
        "measured": lambda: _measured([each for name, each in found.items() if name not in _APART]),
        "groups": lambda: _groups(found["benchmarks.articles"]),
        "calibration": lambda: _calibration(found["benchmarks.confidence"]),
        "confusions": lambda: _confusions(found["benchmarks.relations"]),
        "sources": lambda: _sources(found["benchmarks.dispatches"]),
        "errors": lambda: _errors(errors.load()),
        "model": _model,
        "knowledge": lambda: _knowledge(found["benchmarks.knowledge"]),
    }
    for name, lines in parts.items():
        block = "\n".join([f"<!-- {name} -->", "", *lines(), "", "<!-- end -->"])
        page, count = re.subn(rf"<!-- {name} -->.*?<!-- end -->", lambda _, block=block: block, page, flags=re.DOTALL)
        if count != 1:
            raise SystemExit(f"{PAGE} has {count} places for {name}")
    return page


def picture() -> str:
    """The calibration curve of what was measured."""
    benchmark = next(each for each in measured.load() if "benchmarks.confidence" in each.command)
    bins: dict[str, dict[str, float]] = {}
    for path, value in benchmark.figures.items():
        title, row, column = path.split("/")
        if title.endswith("by tenths"):
            bins.setdefault(row, {})[column] = value
    return calibration_svg(bins)


def _run(command: str, day: str, hash_: str) -> str:
    data = f", data `{hash_}`" if hash_ else ""
    return f"`{command}` ({day or 'not yet run'}{data})"


def _floors(found: Sequence[floors.Floor]) -> Iterator[str]:
    for floor in found:
        yield f"{_run(floor.command, floor.date, floor.hash)}:"
        yield ""
        yield "| figure | at least |"
        yield "| --- | ---: |"
        yield from (f"| {_words(name)} | {value:.3f} |" for name, value in floor.figures.items())
        yield ""
        if floor.lowered:
            yield f"Lowered: {floor.lowered}."
            yield ""


def _measured(found: Sequence[Benchmark]) -> Iterator[str]:
    for each in found:
        yield f"### {each.title}"
        yield ""
        yield f"{_run(each.command, each.date, each.hash)}:"
        yield ""
        yield from _tables(each.figures)


def _tables(figures: Mapping[str, float]) -> Iterator[str]:
    """Figures as tables: the last part of a path is a column, those before it name the row."""
    rows: dict[str, dict[str, float]] = {}
    one = len({path.split("/")[0] for path in figures}) == 1  # then its title need not stand in each row
    for path, value in figures.items():
        *names, column = path.split("/")
        rows.setdefault(", ".join(names[one:] or names), {})[column] = value
    counts = {column for row in rows.values() for column in row} - {
        column for row in rows.values() for column, value in row.items() if value != int(value)
    }
    columns: tuple[str, ...] = ()
    for name, row in rows.items():
        if tuple(row) != columns:
            if columns:
                yield ""
            columns = tuple(row)
            yield "| | " + " | ".join(columns) + " |"
            yield "| --- |" + " ---: |" * len(columns)
        yield (
            f"| {name} | "
            + " | ".join(f"{row[column]:,.0f}" if column in counts else _figure(row[column]) for column in columns)
            + " |"
        )
    yield ""


def _words(path: str) -> str:
    return path.replace("/", ", ").replace("_", " ")


def _figure(value: float | None) -> str:
    if value is None:
        return "–"
    return f"{value:,.0f}" if abs(value) >= 10 else f"{value:.3f}"


def _groups(benchmark: Benchmark) -> Iterator[str]:
    yield f"{_run(benchmark.command, benchmark.date, benchmark.hash)}:"
    yield ""
    for by, heading in (("region", "part of the world"), ("era", "years")):
        yield f"| {heading} | " + " | ".join(_TOLD.values()) + " |"
        yield "| --- |" + " ---: |" * len(_TOLD)
        found = dict.fromkeys(path.split("/")[0] for path in benchmark.figures if path.startswith(f"{by}: "))
        for group in sorted(found, key=lambda name: _ORDER.get(name.removeprefix(f"{by}: "), 0)):
            cells = [_figure(benchmark.figures.get(f"{group}/{path}")) for path in _TOLD if path != "articles"]
            articles = f"{benchmark.figures[f'{group}/articles']:.0f}"
            yield f"| {group.removeprefix(f'{by}: ')} | " + " | ".join([articles, *cells]) + " |"
        yield ""


def _sources(benchmark: Benchmark) -> Iterator[str]:
    yield f"{_run(benchmark.command, benchmark.date, benchmark.hash)}:"
    yield ""
    yield from _tables(benchmark.figures)


def _calibration(benchmark: Benchmark) -> Iterator[str]:
    yield f"{_run(benchmark.command, benchmark.date, benchmark.hash)}:"
    yield ""
    yield "![Mean confidence of events across, share of right ones up, by tenths](calibration.svg)"
    yield ""
    yield from _tables(benchmark.figures)


def _confusions(benchmark: Benchmark) -> Iterator[str]:
    yield f"{_run(benchmark.command, benchmark.date, benchmark.hash)}:"
    yield ""
    counted: dict[str, dict[str, int]] = {}
    for path, value in benchmark.figures.items():
        if path.startswith("confusions/"):
            _, wanted, got = path.split("/")
            counted.setdefault(wanted, {})[got] = int(value)
    yield "| annotated | sentences | right | most often taken for |"
    yield "| --- | ---: | ---: | --- |"
    for wanted, found in sorted(counted.items()):
        wrong = sorted(((n, got) for got, n in found.items() if got != wanted), key=lambda pair: (-pair[0], pair[1]))
        others = ", ".join(f"{'no event' if got == 'none' else got} {n}" for n, got in wrong[:4])
        total = sum(found.values())
        yield f"| {wanted} | {total} | {found.get(wanted, 0) / total:.2f} | {others} |"
    yield ""
    shown = {path: value for path, value in benchmark.figures.items() if not path.startswith("confusions/")}
    yield ", ".join(f"{_words(name)} {value:.3f}" for name, value in shown.items()) + "."


def _errors(found: Sequence[errors.Error]) -> Iterator[str]:
    days = sorted({each.date for each in found})
    yield f"`python -m benchmarks.errors` ({', '.join(days)}), all published on {errors.PUBLISHED}:"
    yield ""
    yield "| kind | sentence | ought to be | is |"
    yield "| --- | --- | --- | --- |"
    for each in found:
        got = "; ".join(each.got) or "nothing"
        yield f"| {each.kind} | {each.text} | {each.wanted} | {got}{' (mended)' if each.mended else ''} |"


def _model() -> Iterator[str]:
    for line in CARD.read_text(encoding="utf-8").splitlines()[1:]:
        yield f"#{line}" if line.startswith("## ") else line


def _knowledge(benchmark: Benchmark) -> Iterator[str]:
    yield f"{_run(benchmark.command, benchmark.date, benchmark.hash)}:"
    yield ""
    sources = {path: value for path, value in benchmark.figures.items() if path.startswith("Offices by source/")}
    yield from _tables({path: value for path, value in benchmark.figures.items() if path not in sources})
    rows: dict[str, dict[str, float]] = {}
    for path, value in sources.items():
        _, source, column = path.split("/")
        rows.setdefault(source, {})[column] = value
    yield "| source | licence | offices | of them without an end | newest start |"
    yield "| --- | --- | ---: | ---: | ---: |"
    for source, row in rows.items():
        numbers = f"{row['offices']:,.0f} | {row['without an end']:,.0f} | {row['newest start']:.0f}"
        yield f"| `{source}` | {LICENCES[source]} | {numbers} |"


def main(arguments: Sequence[str] | None = None) -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--measure", nargs="?", const="", metavar="WORD", help="run benchmarks of measured.toml first")
    options = parser.parse_args(arguments)
    if options.measure is not None:
        for number, benchmark in enumerate(measured.load()):
            if options.measure in benchmark.command:
                print(benchmark.command, flush=True)
                done = measured.measured(benchmark, date.today().isoformat())
                # Kept one by one: who stops it loses the one that was running.
                whole = measured.load()
                whole[number] = done
                measured.dump(whole)
    PAGE.write_text(renewed(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
    CALIBRATION.write_text(picture(), encoding="utf-8")


if __name__ == "__main__":
    main()
