"""Words beside a time expression that decide what it stands for; they are data, read once."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


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


@cache
def load_cues() -> Cues:
    """The classes that ship."""
    data = tomllib.loads(files(__package__).joinpath("data/cues.toml").read_text(encoding="utf-8"))
    return Cues(**{name: frozenset(words) for name, words in data.items()})
