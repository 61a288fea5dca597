"""Two witnesses, frames and the learned coder, weighed: one probability a type.

The score of a type is the log of the share that the coder gives it, times a weight, and a bonus for every frame that
speaks for it; a softmax over the types makes probabilities. The few weights lie in `data/weights.json`, with the
command that fits them (`training/weighing.py`).
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from dragoman.errors import DataError
from dragoman.reading.events.classifier import joined_type
from dragoman.reading.events.roles import Coding

DATA = Path(__file__).parent / "data" / "weights.json"
# Below this share the coder's word is noise.
LEAST_SHARE = 0.002
NONE = "none"


@dataclass(frozen=True, slots=True)
class Evidence:
    """What both say of one pair: shares of types (CONCEDE and RETREAT as YIELD), the frames' types with features."""

    shares: Mapping[str, float]
    frames: tuple[tuple[str, frozenset[str]], ...]

    @property
    def nothing(self) -> float:
        """The coder's probability that there is no event."""
        return max(1.0 - sum(self.shares.values()), 0.0)


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each word counts.

    Attributes:
        coder: what the log of the coder's share is multiplied with.
        frame: the bonus of a type for a frame that states it.
        features: what is added to that bonus where the frame is of this kind.
        nothing: the bonus of "no event", where that may be.
    """

    coder: float
    frame: float
    features: Mapping[str, float]
    nothing: float

    def probabilities(self, evidence: Evidence, *, certain: bool) -> dict[str, float]:
        """A probability a type; with `NONE` for no event unless it is `certain` that there is one."""
        scores = {type_: self.coder * math.log(share + LEAST_SHARE) for type_, share in sorted(evidence.shares.items())}
        for type_, _ in evidence.frames:
            scores.setdefault(type_, self.coder * math.log(LEAST_SHARE))
        if not certain:
            scores[NONE] = self.coder * math.log(evidence.nothing + LEAST_SHARE) + self.nothing
        for type_, features in evidence.frames:
            scores[type_] += self.frame + sum(self.features.get(name, 0.0) for name in sorted(features))
        most = max(scores.values())
        powers = {type_: math.exp(score - most) for type_, score in scores.items()}
        total = sum(powers.values())
        return {type_: power / total for type_, power in powers.items()}


@cache
def load_weights(path: Path = DATA) -> Weights:
    """The weights that ship.

    Raises:
        DataError: the file is missing or not what it should be.
    """
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        features = {str(name): float(value) for name, value in data["features"].items()}
        return Weights(float(data["coder"]), float(data["frame"]), features, float(data["nothing"]))
    except (OSError, KeyError, TypeError, ValueError) as error:
        raise DataError(f"the weights in {path} cannot be read: {error}") from error


def features(coding: Coding) -> frozenset[str]:
    """What tells a strong reading by the frames from a weak one."""
    found = set()
    if coding.predicate.pos == "n":
        found.add("noun")
    if coding.predicate.pos == "a":
        found.add("adjective")
    if coding.frame.conditions or len(coding.frame.words) > 1:
        found.add("specific")
    if coding.inner is not None:
        found.add("composed")
    if any(filler.path != "itself" for filler in (*coding.actors, *coding.recipients)):
        found.add("deep")
    return frozenset(found)


def evidence(shares: Mapping[str, float], codings: Sequence[Coding]) -> Evidence:
    """What is known of a pair, for `Weights.probabilities`."""
    return Evidence(shares, tuple((joined_type(coding.type), features(coding)) for coding in codings))
