"""An article's text cut where marks begin and end, so that every output can dress the pieces in its own way."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from dragoman.records import Reading

Layer = Literal["sentence", "statement", "actor", "place", "time", "event"]


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of text that means something; `index` is its record's position in the reading's list of that layer."""

    layer: Layer
    index: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text under the same marks (outermost first), with those that begin and end with it."""

    text: str
    start: int
    marks: tuple[Mark, ...]
    begins: tuple[Mark, ...]
    ends: tuple[Mark, ...]


def marks(reading: Reading, layers: tuple[Layer, ...] = ("statement", "actor", "place", "time", "event")) -> list[Mark]:
    """All marks of these layers, by where they stand, longer ones first."""
    found = []
    if "statement" in layers:
        found += [Mark("statement", i, s.start, s.end) for i, s in enumerate(reading.statements)]
    if "actor" in layers:
        found += [Mark("actor", i, m.start, m.end) for i, actor in enumerate(reading.actors) for m in actor.mentions]
    if "place" in layers:
        found += [Mark("place", i, place.start, place.end) for i, place in enumerate(reading.places)]
    if "time" in layers:
        found += [Mark("time", i, time.start, time.end) for i, time in enumerate(reading.times)]
    if "event" in layers:
        found += [Mark("event", i, e.predicate.start, e.predicate.end) for i, e in enumerate(reading.events)]
    return sorted(
        (mark for mark in found if mark.start < mark.end),
        key=lambda m: (m.start, -m.end, layers.index(m.layer), m.index),
    )


def outermost(found: list[Mark]) -> list[Mark]:
    """The marks without those that lie in or across an earlier one of the same layer."""
    reached: dict[str, int] = defaultdict(int)
    kept = []
    for mark in found:
        if mark.start >= reached[mark.layer]:
            kept.append(mark)
            reached[mark.layer] = mark.end
    return kept


def pieces(text: str, found: list[Mark]) -> Iterator[Piece]:
    """The text in pieces, each under one set of marks; together they are the text."""
    begins, ends = defaultdict(list), defaultdict(list)
    for mark in found:
        begins[mark.start].append(mark)
        ends[mark.end].append(mark)
    cuts = sorted({0, len(text), *begins, *ends})
    active: list[Mark] = []
    for start, end in pairwise(cuts):
        active = [mark for mark in active if mark.end > start] + begins[start]
        yield Piece(text[start:end], start, tuple(active), tuple(begins[start]), tuple(ends[end]))
