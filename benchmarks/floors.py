"""Figures below which no change may fall: `python -m benchmarks.floors`.

    python -m benchmarks.floors                 run every benchmark of floors.toml and compare
    python -m benchmarks.floors articles        only those whose command has this word
    python -m benchmarks.floors --pin           raise the floors to what was reached
    python -m benchmarks.floors --pin --lower "why"    lower them too; the reason is kept beside the floor

A floor stands with the hash of the data that it was measured on. On other data it says nothing, so it is not compared
but named, and has to be pinned anew.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import shlex
import subprocess
import sys
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
FLOORS = Path(__file__).with_name("floors.toml")
# Threads and versions of a library may move a single case; a floor is broken by more than that.
SLACK = 0.002


@dataclass(frozen=True)
class Floor:
    """One benchmark: its command, the data, and the least that each figure must reach."""

    command: str
    data: tuple[str, ...]
    hash: str
    date: str
    figures: Mapping[str, float]
    lowered: str = ""


@dataclass(frozen=True)
class Outcome:
    """What a run gave: the figures, and in words what is wrong."""

    figures: Mapping[str, float]
    faults: tuple[str, ...] = field(default=())


def load(path: Path = FLOORS) -> list[Floor]:
    """The floors of a file, in its order."""
    entries = tomllib.loads(path.read_text(encoding="utf-8"))["floor"]
    return [Floor(**{**entry, "data": tuple(entry["data"])}) for entry in entries]


def dump(floors: Iterable[Floor], path: Path = FLOORS) -> None:
    """Write floors as `load` reads them."""
    blocks = [path.read_text(encoding="utf-8").split("[[floor]]")[0].rstrip() if path.exists() else ""]
    for floor in floors:
        lines = [
            "[[floor]]",
            f"command = {json.dumps(floor.command)}",
            f"data = {json.dumps(list(floor.data))}",
            f"hash = {json.dumps(floor.hash)}",
            f"date = {json.dumps(floor.date)}",
        ]
        if floor.lowered:
            lines.append(f"lowered = {json.dumps(floor.lowered, ensure_ascii=False)}")
        lines.append("[floor.figures]")
        lines += [f"{json.dumps(name)} = {value:.3f}" for name, value in floor.figures.items()]
        blocks.append("\n".join(lines))
    path.write_text("\n\n".join(block for block in blocks if block) + "\n", encoding="utf-8")


def hash_of(data: Sequence[str], root: Path = ROOT) -> str | None:
    """A hash over the files, and the files of folders, by name and content; None where one is not there."""
    digest = hashlib.sha256()
    for name in data:
        place = root / name
        if not place.exists():
            return None
        files = sorted(p for p in place.rglob("*") if p.is_file()) if place.is_dir() else [place]
        for file in files:
            digest.update(str(file.relative_to(root / name) if place.is_dir() else file.name).encode() + b"\0")
            digest.update(file.read_bytes() + b"\0")
    return digest.hexdigest()[:16]


def run(command: str) -> Any:
    """The JSON that a benchmark prints."""
    words = shlex.split(command)
    if words[0] == "python":
        words[0] = sys.executable
    if "--json" not in words:
        words += ["--json", "-"]
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"{command} failed:\n{done.stderr[-2000:]}")
    return json.loads(done.stdout[done.stdout.index("{") :])


def pick(report: Any, name: str) -> float | None:
    """A figure by its path: `held-out/events/precision`."""
    for part in name.split("/"):
        if not isinstance(report, dict) or part not in report:
            return None
        report = report[part]
    return float(report) if isinstance(report, (int, float)) else None


def judge(floor: Floor, report: Any) -> Outcome:
    """Compare a report with a floor."""
    reached = {name: pick(report, name) for name in floor.figures}
    faults = [f"{name} is no longer given" for name, value in reached.items() if value is None]
    faults += [
        f"{name} fell from {floor.figures[name]:.3f} to {value:.3f}"
        for name, value in reached.items()
        if value is not None and value < floor.figures[name] - SLACK
    ]
    return Outcome({name: value for name, value in reached.items() if value is not None}, tuple(faults))


def raised(floor: Floor, outcome: Outcome, hash_: str, today: str, reason: str | None) -> Floor:
    """The floor at what was reached; it falls only with a reason, or on other data."""
    free = reason is not None or hash_ != floor.hash
    figures = {
        name: round(outcome.figures.get(name, old) if free else max(old, outcome.figures.get(name, old)), 3)
        for name, old in floor.figures.items()
    }
    fell = any(figures[name] < floor.figures[name] for name in figures)
    lowered = reason if reason and fell else floor.lowered
    return replace(floor, figures=figures, hash=hash_, date=today, lowered=lowered)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run from the command line; 1 where a floor is broken."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("word", nargs="?", default="", help="run only commands with this word")
    parser.add_argument("--pin", action="store_true", help="write what was reached into floors.toml")
    parser.add_argument("--lower", metavar="WHY", help="with --pin: floors may fall, for this reason")
    options = parser.parse_args(arguments)
    floors, broken = load(), False
    for number, floor in enumerate(floors):
        if options.word not in floor.command:
            continue
        found = hash_of(floor.data)
        if found is None:
            print(f"–  {floor.command}: its data is not here, left out")
            continue
        outcome = judge(floor, run(floor.command))
        if options.pin:
            floors[number] = raised(floor, outcome, found, date.today().isoformat(), options.lower)
        elif found != floor.hash:
            print(f"?  {floor.command}: its data has changed since {floor.date}; pin it anew")
            continue
        print(f"{'✗' if outcome.faults else '✓'}  {floor.command}", *outcome.faults, sep="\n     ")
        broken |= bool(outcome.faults) and not options.pin
    if options.pin:
        dump(floors)
        print("docs/proof.md shows them: python -m benchmarks.proof")
    return int(broken)


if __name__ == "__main__":
    sys.exit(main())
