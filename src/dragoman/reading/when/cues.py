"""Words beside a time expression that decide what it stands for; they are data, read once."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from dragoman.reading.wordclasses import read_classes


@dataclass(frozen=True, slots=True)
class Cues:
    """The classes of ``data/cues.toml``, which tells what each is for."""

    year_after: frozenset[str]
    no_year_after: frozenset[str]
    recurring: frozenset[str]
    possessives: frozenset[str]
    perfect: frozenset[str]
    closed: frozenset[str]
    phrase_open: frozenset[str]
    ranked: frozenset[str]


@cache
def load_cues() -> Cues:
    """The classes that ship."""
    return read_classes(Cues, __package__, "cues")
