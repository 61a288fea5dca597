"""The seam for a learned coder: anything that gives type probabilities for a pair of actors in their sentence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from spacy.tokens import Doc

TokenSpan = tuple[int, int]
# Source and target, token spans with their ends exclusive.
Pair = tuple[TokenSpan, TokenSpan]

# A coder may leave open whether a concession was promised (CONCEDE) or made (RETREAT).
YIELD = "YIELD"
_YIELDING = frozenset({"CONCEDE", "RETREAT"})


class Classifier(Protocol):
    """Scores PLOVER types, CONCEDE and RETREAT apart or together as YIELD."""

    def __call__(self, doc: Doc, pairs: Sequence[Pair]) -> Sequence[Mapping[str, float]]:
        """For each pair of source and target: a probability a type, in sum 1 or less.

        What is missing from 1 is the probability that there is no event between the two.
        """
        ...


def joined_type(type_: str) -> str:
    """The type as a coder names it that does not tell CONCEDE from RETREAT."""
    return YIELD if type_ in _YIELDING else type_


def joined_shares(shares: Mapping[str, float]) -> dict[str, float]:
    """The probabilities with CONCEDE and RETREAT added up, in the order of their names."""
    found: dict[str, float] = {}
    for type_, share in sorted(shares.items()):
        name = joined_type(type_)
        found[name] = found.get(name, 0.0) + share
    return found
