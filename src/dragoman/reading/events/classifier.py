"""The seam for a learned coder: anything that gives type probabilities for a pair of actors in their sentence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from spacy.tokens import Doc

TokenSpan = tuple[int, int]


class Classifier(Protocol):
    """Scores PLOVER types."""

    def __call__(self, doc: Doc, pairs: Sequence[tuple[TokenSpan, TokenSpan]]) -> Sequence[Mapping[str, float]]:
        """For each pair of source and target (token spans, end exclusive): a probability a type, in sum 1 or less.

        What is missing from 1 is the probability that there is no event between the two.
        """
        ...
