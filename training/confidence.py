"""Fit how sure events in running text are: `python -m training.confidence FILE...`.

FILEs hold dispatches whose events are marked (`benchmarks/marked.py`) and that neither the language model was trained
on nor the frames were made on. Every event that the reader finds there, in each of its readings, is right or wrong by
the marks. Boosted trees tell how features of the reading bear on that; each fifth is also judged by trees grown on the
others, and that is printed. Paragraphs of some are read by themselves as well, for people also read single sentences.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from unittest.mock import patch

from benchmarks.dispatches import match_events
from benchmarks.marked import Dispatch, MarkedEvent, Stretch, read_dispatches
from benchmarks.relations import calibration
from dragoman.boosting import Boosted
from dragoman.language.relations import RelationCoder
from dragoman.reader import Reader, default_reader
from dragoman.reading.events.confidence import BELIEFS, DATA, features
from dragoman.sources import from_text
from training import boosting

# Events less likely than this are not told: what a frame states is kept longer, for its words can be checked, or a user
# has added it. About as many come out right with any levels from 0.2 to 0.4 (it is printed); these were chosen on the
# development articles and on single sentences of ours, in which the model hears less than in an article.
LEVELS = {"least": 0.13, "alone": 0.5}
# Of every so many texts the paragraphs are read once more, each by itself.
_PASSAGES = 3
_RISING, _FALLING = {"stated", "acting", "suffering", "log odds"}, {"rival"}

Known = tuple[dict[str, float], bool]


@dataclass(frozen=True, slots=True)
class Seen:
    """The features of the events that were found in a text, whether each is right, and how many are marked."""

    known: tuple[Known, ...]
    marked: int


def gather(dispatches: Sequence[Dispatch], reader: Reader) -> Iterator[Seen]:
    """What is found in each text, however unlikely it is."""
    for dispatch in dispatches:
        found: list[dict[str, float]] = []

        def note(item, status, triggers, found=found):  # type: ignore[no-untyped-def]
            found.append(features(item, status, triggers))
            return 0.5

        with (
            patch("dragoman.reading.events.confidence", note),
            patch(
                "dragoman.reading.events.likeliest", lambda items, triggers: [each for item in items for each in item]
            ),
        ):
            reading = reader.read(from_text(dispatch.text, published=dispatch.published))
        pairs, _, _ = match_events(dispatch, reading)
        right = {event.id for event, _ in pairs}
        known = tuple((one, event.id in right) for one, event in zip(found, reading.events, strict=True))
        yield Seen(known, len(dispatch.events or ()))


def passages(dispatch: Dispatch) -> Iterator[Dispatch]:
    """The paragraphs of a text, each a text of its own, where they name everybody who acts in their events."""
    for found in re.finditer(r"[^\n]+", dispatch.text):
        start, end = found.span()
        events = [event for event in dispatch.events or () if start <= event.trigger[0] < end]
        if events and all(start <= a and b <= end for event in events for a, b in (*event.sources, *event.targets)):
            moved = tuple(_moved(event, start) for event in events)
            yield replace(dispatch, text=found.group(), actors=(), steps=(), events=moved, links=None)


def _moved(event: MarkedEvent, by: int) -> MarkedEvent:
    def back(stretches: tuple[Stretch, ...]) -> tuple[Stretch, ...]:
        return tuple((start - by, end - by) for start, end in stretches)

    trigger = event.trigger[0] - by, event.trigger[1] - by
    return replace(event, trigger=trigger, sources=back(event.sources), targets=back(event.targets), speakers=())


def fit(known: Sequence[Known]) -> Boosted:
    """The trees.

    What the frames find is there once more without what the language model believes: other pipelines do not tell.
    """
    frames = [(one, right) for one, right in known if "learned" not in one and "overruled" not in one]
    rows = [*known, *((_unbelieved(one), right) for one, right in frames)]
    return boosting.fit(rows, LEVELS, rising=_RISING, falling=_FALLING, trees=150)


def _unbelieved(found: Mapping[str, float]) -> dict[str, float]:
    return {name: value for name, value in found.items() if name not in BELIEFS}


def measured(known: Sequence[Known], trees: Boosted) -> list[tuple[float, bool]]:
    """Confidence and truth of each event."""
    return [(trees.probability(one), right) for one, right in known]


def f1(judged: Sequence[tuple[float, bool]], marked: int, least: float) -> float:
    """F1 of the events that are at least so likely."""
    told = [right for confidence, right in judged if confidence >= least]
    return 2 * sum(told) / max(1, len(told) + marked)


def _apart(alone: Sequence[Sequence[Seen]], kept: Callable[[int], bool]) -> list[Known]:
    """The events of the paragraphs of the texts with these numbers."""
    return [one for number, text in enumerate(alone) if kept(number) for each in text for one in each.known]


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", type=Path, nargs="+")
    parser.add_argument("--output", type=Path, default=DATA)
    parser.add_argument("--coder", type=Path, help="a folder with relations.onnx; without it, the one that ships")
    options = parser.parse_args()
    reader = default_reader()
    if options.coder:
        reader = replace(reader, classifier=RelationCoder(options.coder))
    dispatches = [each for path in options.files for each in read_dispatches(path) if each.events is not None]
    seen = list(gather(dispatches, reader))
    alone = [list(gather(list(passages(each)), reader)) for each in dispatches[::_PASSAGES]]
    known, marked = [one for each in seen for one in each.known], sum(each.marked for each in seen)
    crossed: list[tuple[float, bool]] = []
    for part in range(5):
        rest = [one for number, each in enumerate(seen) if number % 5 != part for one in each.known]
        rest += _apart(alone, lambda number, part=part: number * _PASSAGES % 5 != part)
        held = [one for number, each in enumerate(seen) if number % 5 == part for one in each.known]
        crossed += measured(held, fit(rest))
    print(f"{len(known)} events, {sum(right for _, right in known) / len(known):.3f} right, {marked} marked")
    print(f"calibration error, cross-validated by text: {calibration(crossed):.3f}")
    levels = [round(0.05 * step, 2) for step in range(16)]
    for level in levels:
        print(f"  at least {level:.2f}: F1 {f1(crossed, marked, level):.3f}")
    source = f"grown on {len(known)} events of {len(seen)} texts by python -m training.confidence"
    boosting.write(fit(known + _apart(alone, lambda number: True)), options.output, source)


if __name__ == "__main__":
    main()
