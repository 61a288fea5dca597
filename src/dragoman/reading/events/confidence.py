"""How sure: what frames and learned coder give together, and what the frames' reading rests on, as one probability.

Between two actors that the caller named there is taken to be an event, and the probability of its type stands as it is.
In running text it may also be none, or have other actors: there a logistic score over the features below decides, of
which the log odds of that probability are one. Its weights lie in `data/confidence.json`, fitted by
`python -m training.confidence`; `benchmarks/confidence.py` tells how far to trust it.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from dragoman.errors import DataError
from dragoman.reading.events.coding import Verdict
from dragoman.reading.events.rules import Coding
from dragoman.records import Status

DATA = Path(__file__).parent / "data" / "confidence.json"
# Nothing is surer than this, either way.
_LEAST, _MOST = 0.01, 0.99
# An actor so many tokens away was taken from the sentence before.
_FAR = 30


def features(coding: Coding, status: Status, verdict: Verdict | None) -> dict[str, float]:
    """What the confidence of an event in running text rests on; features that are not named are nought."""
    deep_actor = any(filler.path != "itself" for filler in coding.actors)
    deep_recipient = any(filler.path != "itself" for filler in coding.recipients)
    noun = coding.predicate.pos == "n"
    known = {
        "recipient": bool(coding.recipients) or (coding.frame.symmetric and len(coding.actors) > 1),
        "condition": bool(coding.frame.conditions),
        "phrase": len(coding.frame.words) > 1,
        "composed": coding.inner is not None,
        "noun": noun and coding.predicate.light is not None,
        "bare noun": noun and coding.predicate.light is None,
        "adjective": coding.predicate.pos == "a",
        "deep actor": deep_actor,
        "deep recipient": deep_recipient,
        "inherited": any(
            note in {"control", "coordination", "shared subject"} for note in coding.predicate.construction
        ),
        "far actor": any(abs(filler.token - coding.head) > _FAR for filler in coding.actors),
        "several actors": len(coding.actors) > 1,
        "future": status == "future",
        "hypothetical": status == "hypothetical",
        "negated": status == "negated",
        "lone symmetric": coding.frame.symmetric and len(coding.actors) < 2,
        "heard": verdict is not None,
    }
    found = {name: 1.0 for name, holds in known.items() if holds}
    if verdict is not None:
        probability = min(max(verdict.probability, _LEAST), _MOST)
        found["log odds"] = math.log(probability / (1 - probability))
    return found


@cache
def load_weights(path: Path = DATA) -> Mapping[str, float]:
    """The weights that ship, with `base` for what holds of every event.

    Raises:
        DataError: the file is missing or not what it should be.
    """
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        return {"base": float(data["base"]), **{str(name): float(value) for name, value in data["weights"].items()}}
    except (OSError, KeyError, TypeError, ValueError) as error:
        raise DataError(f"the weights in {path} cannot be read: {error}") from error


def score(found: Mapping[str, float], weights: Mapping[str, float]) -> float:
    """The probability that type and actors are right."""
    total = weights["base"] + sum(weights.get(name, 0.0) * value for name, value in sorted(found.items()))
    return 1 / (1 + math.exp(-total))


def confidence(coding: Coding, status: Status, verdict: Verdict | None) -> float:
    """The probability that type and actors are right; `verdict` is what frames and a learned coder give together."""
    if verdict is not None and verdict.given:
        probability = verdict.probability
    else:
        probability = score(features(coding, status, verdict), load_weights())
    return round(min(max(probability, _LEAST), _MOST), 3)
