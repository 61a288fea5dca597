"""Figures of benchmarks that have no floor, kept in `measured.toml` with command, data, date and a hash of the data."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

from benchmarks import floors

MEASURED = Path(__file__).with_name("measured.toml")


@dataclass(frozen=True)
class Benchmark:
    """One benchmark, and what it gave when it was last run.

    Attributes:
        data: files and folders whose content it scores on, from the checkout.
        keep: patterns of the paths of figures that are kept.
        figures: by path, parts parted by a slash; empty before it was run.
    """

    title: str
    command: str
    data: tuple[str, ...]
    keep: tuple[str, ...]
    hash: str = ""
    date: str = ""
    figures: Mapping[str, float] = field(default_factory=dict)


def load(path: Path = MEASURED) -> list[Benchmark]:
    """The benchmarks of a file, in its order."""
    entries = tomllib.loads(path.read_text(encoding="utf-8"))["benchmark"]
    return [Benchmark(**{**entry, "data": tuple(entry["data"]), "keep": tuple(entry["keep"])}) for entry in entries]


def dump(benchmarks: Iterable[Benchmark], path: Path = MEASURED) -> None:
    """Write benchmarks as `load` reads them."""
    blocks = [path.read_text(encoding="utf-8").split("[[benchmark]]")[0].rstrip()]
    for each in benchmarks:
        lines = ["[[benchmark]]"]
        for name in ("title", "command", "data", "keep", "hash", "date"):
            value = getattr(each, name)
            if value or name in ("data", "keep"):
                text = json.dumps(list(value) if isinstance(value, tuple) else value, ensure_ascii=False)
                lines.append(f"{name} = {text}")
        if each.figures:
            lines.append("[benchmark.figures]")
            lines += [f"{json.dumps(name, ensure_ascii=False)} = {value:.6g}" for name, value in each.figures.items()]
        blocks.append("\n".join(lines))
    path.write_text("\n\n".join(blocks) + "\n", encoding="utf-8")


def measured(benchmark: Benchmark, today: str) -> Benchmark:
    """Run it, and keep what it gives.

    Raises:
        SystemExit: it failed, or its data is not here.
    """
    hash_ = floors.hash_of(benchmark.data)
    if hash_ is None:
        raise SystemExit(f"{benchmark.command}: its data is not here")
    figures = dict(kept(floors.run(benchmark.command), benchmark.keep))
    return replace(benchmark, figures=figures, hash=hash_ if benchmark.data else "", date=today)


def kept(report: Any, patterns: Iterable[str]) -> Iterator[tuple[str, float]]:
    """The figures of a report whose path is like one of the patterns."""
    listed = tuple(patterns)
    for name, value in flat(report):
        if any(fnmatchcase(name, pattern) for pattern in listed):
            yield name, value


def flat(report: Any, path: str = "") -> Iterator[tuple[str, float]]:
    """Every number of nested dictionaries with its path."""
    for name, value in report.items():
        plain = str(name).replace("/", "∕")  # a slash parts paths
        place = f"{path}/{plain}" if path else plain
        if isinstance(value, dict):
            yield from flat(value, place)
        elif isinstance(value, (int, float)) and not isinstance(value, bool):
            yield place, float(value)
