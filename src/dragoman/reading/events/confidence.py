"""How sure: what frames and learned coder give together, or a logistic score over what the frames' reading rests on.

The weights of that score are set so that a plain active clause with both roles comes out near 0.85;
`benchmarks/relations.py` reports how both are calibrated.
"""

from __future__ import annotations

import math

from dragoman.reading.events.coding import Verdict
from dragoman.reading.events.rules import Coding
from dragoman.records import Status

_BASE = 1.1
_WEIGHTS = {
    "recipient": 0.6,
    "condition": 0.3,
    "phrase": 0.3,
    "composed": 0.1,
    "noun": -0.5,
    "bare noun": -0.4,
    "adjective": -0.3,
    "deep actor": -0.5,
    "deep recipient": -0.1,
    "inherited": -0.2,
    "hypothetical": -0.5,
    "lone symmetric": -0.6,
}


def confidence(coding: Coding, status: Status, verdict: Verdict | None) -> float:
    """The probability that type and roles are right; `verdict` is what frames and a learned coder give together."""
    if verdict is not None:
        return round(min(max(verdict.probability, 0.01), 0.99), 3)
    features = set()
    if coding.recipients or (coding.frame.symmetric and len(coding.actors) > 1):
        features.add("recipient")
    if coding.frame.conditions:
        features.add("condition")
    if len(coding.frame.words) > 1:
        features.add("phrase")
    if coding.inner is not None:
        features.add("composed")
    if coding.predicate.pos == "n":
        features.add("noun" if coding.predicate.light is not None else "bare noun")
    if coding.predicate.pos == "a":
        features.add("adjective")
    if any(filler.path != "itself" for filler in coding.actors):
        features.add("deep actor")
    if any(filler.path != "itself" for filler in coding.recipients):
        features.add("deep recipient")
    if any(note in {"control", "coordination", "shared subject"} for note in coding.predicate.construction):
        features.add("inherited")
    if status == "hypothetical":
        features.add("hypothetical")
    if coding.frame.symmetric and len(coding.actors) < 2:
        features.add("lone symmetric")
    score = _BASE + sum(_WEIGHTS[name] for name in sorted(features))
    return round(1 / (1 + math.exp(-score)), 3)
