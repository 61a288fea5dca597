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
from dragoman.reading.events.coding import Coded, Verdict
from dragoman.reading.events.roles import Coding
from dragoman.reading.events.triggers import PATH, Triggers
from dragoman.records import Status

DATA = Path(__file__).parent / "data" / "confidence.json"
# Nothing is surer than this, either way.
_LEAST, _MOST = 0.01, 0.99
# An actor so many tokens away was taken from the sentence before.
_FAR = 30

#: The features that only a pipeline that tells of events gives.
BELIEFS = frozenset({"believed", "stated", "rival", "acting", "suffering"})


def features(coding: Coding, status: Status, verdict: Verdict | None, triggers: Triggers) -> dict[str, float]:
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
        "speaker": any(filler.path == "speaker" for filler in coding.actors),
        "learned": not coding.frame.line and all(each.path == PATH for each in coding.actors),
    }
    found = {name: 1.0 for name, holds in known.items() if holds}
    if verdict is not None:
        found["log odds"] = _log_odds(verdict.probability)
    if triggers.speak:
        found |= _believed(coding, status, triggers)
    return found


def _believed(coding: Coding, status: Status, triggers: Triggers) -> dict[str, float]:
    """What the language model believes of the event and of those who take part.

    What is to come bears another type than the word that states it ("will arrest" threatens): there any event counts.
    """
    best = triggers.best(coding.tokens)
    if status in {"actual", "historical"}:
        stated = triggers.belief(coding.tokens, coding.type)
        rival = best[1] if best is not None and best[0] != coding.type else 0.0
    else:
        stated, rival = triggers.any_belief(coding.tokens), 0.0
    acting = max((triggers.part(i, each, acts=True) for i in coding.tokens for each in coding.actors), default=0.0)
    found = {"believed": 1.0, "stated": _log_odds(stated), "rival": rival, "acting": acting}
    if coding.recipients:
        found["suffering"] = max(
            triggers.part(i, each, acts=False) for i in coding.tokens for each in coding.recipients
        )
    return found


def _log_odds(probability: float) -> float:
    probability = min(max(probability, _LEAST), _MOST)
    return math.log(probability / (1 - probability))


@cache
def load_weights(path: Path = DATA) -> Mapping[str, float]:
    """The weights that ship, with `base` for what holds of every event and `least` for what is still told.

    Raises:
        DataError: the file is missing or not what it should be.
    """
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        weights = {str(name): float(value) for name, value in data["weights"].items()}
        return {"base": float(data["base"]), "least": float(data["least"]), **weights}
    except (OSError, KeyError, TypeError, ValueError) as error:
        raise DataError(f"the weights in {path} cannot be read: {error}") from error


def score(found: Mapping[str, float], weights: Mapping[str, float]) -> float:
    """The probability that type and actors are right."""
    total = weights["base"] + sum(weights.get(name, 0.0) * value for name, value in sorted(found.items()))
    return 1 / (1 + math.exp(-total))


def confidence(coding: Coding, status: Status, verdict: Verdict | None, triggers: Triggers) -> float:
    """The probability that type and actors are right.

    Args:
        verdict: what frames and a learned coder give together.
        triggers: what the language model believes of the words.
    """
    if verdict is not None and verdict.given:
        probability = verdict.probability
    else:
        probability = score(features(coding, status, verdict, triggers), load_weights())
    return round(min(max(probability, _LEAST), _MOST), 3)


def is_likely(item: Coded, triggers: Triggers) -> bool:
    """Whether an event is likely enough to be told.

    What a pipeline without beliefs finds is always told, and what one does in saying that others must: no word
    of its own states that.
    """
    given = item.verdict is not None and item.verdict.given
    speaks = any(filler.path == "speaker" for filler in item.coding.actors)
    if given or speaks or not triggers.speak:
        return True
    return confidence(item.coding, item.factuality.status, item.verdict, triggers) >= load_weights()["least"]
