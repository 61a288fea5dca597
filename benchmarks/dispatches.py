"""How well sides, mediators and steps are read in short dispatches in which every actor has its role.

    python -m benchmarks.dispatches                   the dispatches that nobody tunes on (benchmarks/dispatches)
    python -m benchmarks.dispatches FILE... --verbose others, with what was missed and what was false
    python -m benchmarks.dispatches --by-source       apart by the kind of source in whose manner they are written
    python -m benchmarks.dispatches --json FILE       the figures, for machines (- is the standard output)

A side is found where a party of the reading is, by most of its mentions, that side; a mediator likewise; a host that
the dispatch names as a place only is not counted. Of the steps each mark counts: it is found by a step of its kind
whose evidence includes it, and a step is right where its evidence includes a mark of its kind.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from benchmarks.figures import Figure
from benchmarks.marked import Dispatch, read_dispatches
from benchmarks.report import Table, add_json, publish
from dragoman import Readers, Reading
from dragoman.sources import from_text

UNSEEN = Path(__file__).parent / "dispatches"
# Who acts for his country in everything.
_OFFICIAL = frozenset({"GOV", "MIL", "LEG"})

Figures = dict[str, Figure]


def score(dispatch: Dispatch, reading: Reading) -> tuple[Figures, list[str]]:
    """The figures of one dispatch, and its errors in words."""
    figures: Figures = {name: Figure() for name in ("files", "sides", "mediators", "steps")}
    errors: list[str] = []
    sides = {mark.label for mark in dispatch.actors if mark.label[0] == "P" and mark.label != "PP"}
    mediators = {mark.label for mark in dispatch.actors if mark.label[0] == "M"}
    mediation = reading.mediations[0] if reading.mediations else None
    figures["files"].right = int(bool(sides) and mediation is not None)
    figures["files"].missed = int(bool(sides) and mediation is None)
    figures["files"].false = int(not sides and mediation is not None)
    found = {
        "sides": (sides, mediation.parties if mediation else ()),
        "mediators": (mediators, tuple(each.actor for each in mediation.mediators) if mediation else ()),
    }
    for name, (wanted, bodies) in found.items():
        hit: set[str] = set()
        for body in bodies:
            label = label_of(dispatch, reading, body)
            if label in wanted:
                hit.add(label)
            elif label is not None or name == "sides":
                figures[name].false += 1
                errors.append(f"{name}: false {body} ({label})")
        figures[name].right += len(hit)
        figures[name].missed += len(wanted - hit)
        errors += [f"{name}: missed {label} {_words(dispatch, label)}" for label in sorted(wanted - hit)]
    steps = mediation.steps if mediation else ()
    told = [(step.kind, [(each.start, each.end) for each in step.evidence]) for step in steps]
    for mark in dispatch.steps:
        if any(kind == mark.label and _within(mark.start, mark.end, spans) for kind, spans in told):
            figures["steps"].right += 1
        else:
            figures["steps"].missed += 1
            errors.append(f"steps: missed {mark.label} {dispatch.text[mark.start : mark.end]!r}")
    for kind, spans in told:
        if not any(mark.label == kind and _within(mark.start, mark.end, spans) for mark in dispatch.steps):
            figures["steps"].false += 1
            errors.append(f"steps: false {kind} {dispatch.text[spans[0][0] : spans[0][1]]!r}")
    return figures, errors


def label_of(dispatch: Dispatch, reading: Reading, body: str) -> str | None:
    """The mark of a body of the reading: that of most of its mentions, those of who acts for it counting less."""
    votes: Counter[str] = Counter()
    for actor in reading.actors:
        person = actor.kind == "person" and body in (actor.of, actor.country)
        organ = actor.country == body and actor.sector in _OFFICIAL
        if actor.id != body and not person and not organ:
            continue
        for mention in actor.mentions:
            for mark in dispatch.actors:
                if mark.label != "PP" and mark.start < mention.end and mention.start < mark.end:
                    votes[mark.label] += 3 if actor.id == body else 1
    return max(sorted(votes), key=lambda label: (votes[label], label)) if votes else None


def _within(start: int, end: int, spans: Iterable[tuple[int, int]]) -> bool:
    return any(first < end and start < last for first, last in spans)


def _words(dispatch: Dispatch, label: str) -> list[str]:
    return [dispatch.text[mark.start : mark.end] for mark in dispatch.actors if mark.label == label][:3]


def _readings(dispatches: Sequence[Dispatch]) -> Iterator[Reading]:
    with Readers() as readers:
        yield from readers.read_all(from_text(each.text, published=each.published) for each in dispatches)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", type=Path, nargs="*")
    parser.add_argument("--verbose", action="store_true")
    parser.add_argument("--by-source", action="store_true")
    add_json(parser)
    options = parser.parse_args(arguments)
    if options.verbose and not options.files:
        parser.error("the errors of dispatches that nobody tunes on are not shown; name other files")
    paths = options.files or sorted(UNSEEN.glob("*.txt"))
    dispatches = [dispatch for path in paths for dispatch in read_dispatches(path)]
    total: dict[str, Figures] = {}
    for dispatch, reading in zip(dispatches, _readings(dispatches), strict=True):
        figures, errors = score(dispatch, reading)
        for group in ("all", *([dispatch.style] if options.by_source else [])):
            for name, figure in figures.items():
                total.setdefault(group, {}).setdefault(name, Figure()).add(figure)
        if options.verbose and errors:
            print(dispatch.id, *errors, sep="\n    ")
    tables = [Table(f"{len(dispatches)} dispatches", {name: _row(figure) for name, figure in total.pop("all").items()})]
    if total:
        styles = Counter(dispatch.style for dispatch in dispatches)
        rows = {
            f"{style} ({styles[style]})": {name: figure.f1 or 0.0 for name, figure in figures.items()}
            for style, figures in sorted(total.items())
        }
        tables.append(Table("F1 by kind of source", rows))
    publish(tables, options.json)


def _row(figure: Figure) -> dict[str, float]:
    return {"precision": figure.precision or 0.0, "recall": figure.recall or 0.0, "F1": figure.f1 or 0.0}


if __name__ == "__main__":
    main()
