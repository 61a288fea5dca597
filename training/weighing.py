"""Fit how frames and learned coder are weighed: `python -m training.weighing FILE --coder FOLDER`.

FILE holds labelled pairs (see `benchmarks/relations.py`), FOLDER a coder that was trained without the rows whose number
modulo five is `--fold` (`training/relations.py` leaves one in `fold/`); only those rows are used, for on rows that it
was trained on the coder is far too sure. A handful of weights is fitted by gradient descent on the log loss, with a
penalty on what strays from the start, so that few rows suffice. What the weights are worth on rows that they were not
fitted on is printed: each fifth of the rows is judged by weights fitted on the others.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from benchmarks.relations import Row, articles, calibration, figures, read_rows
from dragoman.language.relations import RelationCoder
from dragoman.reader import Reader, default_reader
from dragoman.reading.actors import find_actors
from dragoman.reading.events.arguments import Arguments
from dragoman.reading.events.classifier import Classifier, joined_shares
from dragoman.reading.events.coding import code_all
from dragoman.reading.events.combination import Combination
from dragoman.reading.events.factuality import FactualityReader
from dragoman.reading.events.pairs import between_pairs, given_pairs
from dragoman.reading.events.predicates import Clauses
from dragoman.reading.events.rules import Rules
from dragoman.reading.events.weighing import DATA, Evidence, Weights, evidence
from dragoman.reading.tree import Tree

FEATURES = ("adjective", "composed", "deep", "noun", "specific")
_START = np.array([0.9, 1.5, *([0.0] * len(FEATURES))])
_PENALTY = 0.01


def gather(rows: Sequence[Row], reader: Reader, coder: Classifier) -> list[tuple[Evidence, str]]:
    """What both witnesses say of each pair of given spans, with the right type."""
    found = []
    for row, raw in zip(rows, articles(rows, given=True), strict=True):
        doc = reader.nlp(raw.text)
        actors = find_actors(doc, raw.published, reader.knowledge, raw.spans)
        clauses = Clauses(doc, Tree.of(doc), reader.codebook)
        arguments = Arguments(clauses, actors)
        rules = Rules(clauses, arguments, reader.codebook)
        factuality = FactualityReader(clauses, reader.codebook)
        coded = code_all(rules, clauses, factuality, reader.codebook, {})
        both = Combination(clauses, arguments, rules, factuality, actors, reader.codebook)
        for between in given_pairs(actors, clauses):
            pairs = between_pairs(between)
            heard = dict(zip(pairs, map(joined_shares, coder(doc, pairs)), strict=True))
            items = both.between(between, coded)
            *_, shares = both.roles(between, items, heard)
            found.append((evidence(shares, [item.coding for item in items]), row.type))
    return found


def loss(values: np.ndarray, known: Sequence[tuple[Evidence, str]]) -> float:
    """The mean log loss with the penalty. *Shape:* (2 + features,)"""
    weights = weights_of(values)
    logs = [np.log(max(weights.probabilities(said, certain=True).get(type_, 0.0), 1e-4)) for said, type_ in known]
    return float(-np.mean(logs) + _PENALTY * np.sum((values - _START) ** 2))


def weights_of(values: np.ndarray, nothing: float = 0.0) -> Weights:
    """The weights that a vector stands for."""
    named = {name: round(float(value), 3) for name, value in zip(FEATURES, values[2:], strict=True)}
    return Weights(float(values[0]), float(values[1]), named, nothing)


def fit(known: Sequence[tuple[Evidence, str]], steps: int = 150, rate: float = 0.3) -> Weights:
    """Descend along the numeric gradient: there are seven weights."""
    values = _START.copy()
    best = (loss(values, known), values)
    for step in range(steps):
        slope = np.array([_slope(values, known, i) for i in range(len(values))])
        values = values - rate / (1 + step / 50) * slope
        best = min(best, (loss(values, known), values), key=lambda pair: pair[0])
    return weights_of(best[1])


def _slope(values: np.ndarray, known: Sequence[tuple[Evidence, str]], i: int) -> float:
    nudge = np.zeros_like(values)
    nudge[i] = 1e-3
    return (loss(values + nudge, known) - loss(values - nudge, known)) / 2e-3


def crossed(known: Sequence[tuple[Evidence, str]]) -> list[tuple[str, float]]:
    """The likeliest type of each pair and its probability, by weights that were fitted without a fifth around it."""
    found: dict[int, tuple[str, float]] = {}
    for part in range(5):
        weights = fit([pair for number, pair in enumerate(known) if number % 5 != part])
        for number, (said, _) in enumerate(known):
            if number % 5 == part:
                shares = weights.probabilities(said, certain=True)
                best = max(sorted(shares), key=lambda type_: shares[type_])
                found[number] = (best, shares[best])
    return [found[number] for number in range(len(known))]


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=Path)
    parser.add_argument("--coder", type=Path, required=True)
    parser.add_argument("--fold", type=int, default=4)
    parser.add_argument("--output", type=Path, default=DATA)
    options = parser.parse_args()
    rows = [row for number, row in enumerate(read_rows(options.file, "all")) if number % 5 == options.fold]
    known = gather(rows, replace(default_reader(), classifier=None), RelationCoder(options.coder))
    right, judged = [type_ for _, type_ in known], crossed(known)
    scores = figures(right, [type_ for type_, _ in judged])
    error = calibration([(sure, type_ == wanted) for (type_, sure), wanted in zip(judged, right, strict=True)])
    print(
        f"{len(known)} pairs, cross-validated: accuracy {scores.accuracy:.3f}, macro F1 {scores.macro_f1:.3f},", end=" "
    )
    print(f"quad {scores.quad_accuracy:.3f}, calibration error {error:.3f}")
    weights = fit(known)
    command = "python -m training.weighing FILE --coder FOLDER"
    data = {
        "source": f"fitted on {len(known)} pairs the coder had not seen, of {options.file.name}: {command}",
        "coder": round(weights.coder, 3),
        "frame": round(weights.frame, 3),
        "features": dict(weights.features),
        "nothing": weights.nothing,
    }
    options.output.write_text(json.dumps(data, indent=1) + "\n", encoding="utf-8")
    fitted = np.array([weights.coder, weights.frame, *weights.features.values()])
    print(f"loss {loss(_START, known):.3f} → {loss(fitted, known):.3f}")
    print(json.dumps(data, indent=1))


if __name__ == "__main__":
    main()
