"""The learned coder as it runs: a pair of actors marked in their sentence, through a network of its own.

Shapes: N pairs, T word pieces.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

import numpy as np
from spacy.tokens import Doc

from dragoman.errors import ModelError
from dragoman.language.encoder import MODEL, session
from dragoman.language.features import case_class
from dragoman.language.pieces import word_pieces

_CLS, _SEP = 101, 102
_SOURCE, _TARGET = 1, 2
# Words of a sentence that are looked at; of a longer one, those around the two actors.
MOST_WORDS = 110
_BATCH = 32

TokenSpan = tuple[int, int]


class RelationCoder:
    """Probabilities of PLOVER types between two actors.

    The types are those of the codebook but for CONCEDE and RETREAT, which the training data hold together as ``YIELD``.

    Raises:
        ModelError: the network is missing or is not what it should be.
    """

    def __init__(self, folder: Path = MODEL, threads: int | None = None) -> None:
        try:
            settings = json.loads((folder / "relations.json").read_text(encoding="utf-8"))
            self.types: tuple[str, ...] = tuple(settings["types"])
            self.version: str = settings["version"]
            self._temperature = float(settings["temperature"])
            self._session = session(folder / "relations.onnx", threads)
            # Weights kept elsewhere (those that were measured) read with the tokenizer that ships.
            self._pieces = word_pieces(folder if (folder / "tokenizer.json").exists() else MODEL)
        except Exception as error:
            raise ModelError(f"the coder of relations in {folder} cannot be loaded: {error}") from error

    def __call__(self, doc: Doc, pairs: Sequence[tuple[TokenSpan, TokenSpan]]) -> list[Mapping[str, float]]:
        """For each pair of source and target (token spans, end exclusive), a probability a type.

        What is missing from 1 is the probability that nothing happens from the first to the second.
        """
        rows = [self._row(doc, source, target) for source, target in pairs]
        found: list[Mapping[str, float]] = [{}] * len(rows)
        order = sorted(range(len(rows)), key=lambda i: len(rows[i][0]))
        for start in range(0, len(order), _BATCH):
            chosen = order[start : start + _BATCH]
            for i, probabilities in zip(chosen, self._run([rows[i] for i in chosen]), strict=True):
                found[i] = dict(zip(self.types, map(float, probabilities), strict=False))
        return found

    def _row(self, doc: Doc, source: TokenSpan, target: TokenSpan) -> tuple[list[int], list[int], list[int]]:
        """Pieces, case and marks of the sentence, or of the part of it around the pair."""
        first, last = min(source[0], target[0]), max(source[1], target[1])
        start, end = doc[first].sent.start, max(doc[last - 1].sent.end, last)
        if end - start > MOST_WORDS:
            start = max(start, min(first - 20, end - MOST_WORDS))
            end = min(end, start + MOST_WORDS)
        pieces, case, marks = [_CLS], [0], [0]
        for i in range(start, end):
            if doc[i].is_space:
                continue
            word = doc[i].text
            ids = self._pieces(word)
            mark = _SOURCE if source[0] <= i < source[1] else _TARGET if target[0] <= i < target[1] else 0
            pieces.extend(ids)
            case.extend([case_class(word)] * len(ids))
            marks.extend([mark] * len(ids))
        return [*pieces, _SEP], [*case, 0], [*marks, 0]

    def _run(self, rows: list[tuple[list[int], list[int], list[int]]]) -> np.ndarray:
        """*Shape:* N rows → (N, types + 1), the last column for no event"""
        length = max(len(row[0]) for row in rows)
        arrays = np.zeros((4, len(rows), length), dtype=np.int64)
        for i, (pieces, case, marks) in enumerate(rows):
            n = len(pieces)
            arrays[0, i, :n], arrays[1, i, :n], arrays[2, i, :n], arrays[3, i, :n] = pieces, case, marks, 1
        inputs = dict(zip(("pieces", "case", "marks", "mask"), arrays, strict=True))
        (scores,) = self._session.run(None, inputs)
        scores = scores / self._temperature
        scores = np.exp(scores - scores.max(1, keepdims=True))
        shares: np.ndarray = scores / scores.sum(1, keepdims=True)
        return shares


@cache
def load_relations(folder: Path = MODEL) -> RelationCoder:
    """The coder that ships."""
    return RelationCoder(folder)
