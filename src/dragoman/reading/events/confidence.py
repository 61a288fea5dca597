"""How sure: what frames and learned coder give together, and what the frames' reading rests on, as one probability.

Between two actors that the caller named there is taken to be an event, and the probability of its type stands as it is.
In running text it may also be none, or have other actors or another type: there boosted trees over the features below
decide, of which the log odds of that probability are one. They lie in `data/confidence.json`, grown by
`python -m training.confidence`; `benchmarks/confidence.py` tells how far to trust them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path

from dragoman.boosting import Boosted, load_boosted, log_odds
from dragoman.reading.events.coding import Coded
from dragoman.reading.events.roles import Coding
from dragoman.reading.events.triggers import PATH, Triggers
from dragoman.records import Status

DATA = Path(__file__).parent / "data" / "confidence.json"
# Nothing is surer than this, either way.
_LEAST, _MOST = 0.01, 0.99
# An actor so many tokens away was taken from the sentence before.
_FAR = 30
# In a text of more sentences than this the language model hears no better.
_LONG = 12
# What has been is as likely, however long ago.
_HELD: Mapping[Status, Status] = {"historical": "actual"}

#: The features that only a pipeline that tells of events gives.
BELIEFS = frozenset({"believed", "stated", "any", "rival", "acting", "least acting", "turned", "suffering"})


def features(item: Coded, status: Status, triggers: Triggers) -> dict[str, float]:
    """What the confidence of an event in running text rests on; features that are not named are nought."""
    coding, verdict = item.coding, item.verdict
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
        "despite": coding.head in triggers.despite,
        "overruled": item.overruled,
        f"type {coding.type}": True,
    }
    found = {name: 1.0 for name, holds in known.items() if holds}
    found["sentences"] = float(min(len(triggers.clauses.tree.starts), _LONG))
    if verdict is not None:
        found["log odds"] = log_odds(verdict.probability)
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
    parts = [max(triggers.part(i, each, acts=True) for i in coding.tokens) for each in coding.actors]
    found = {
        "believed": 1.0,
        "stated": log_odds(stated),
        "any": log_odds(triggers.any_belief(coding.tokens)),
        "rival": rival,
        "acting": max(parts, default=0.0),
        "least acting": min(parts, default=0.0),
        "turned": max(
            (triggers.part(i, each, acts=False) for i in coding.tokens for each in coding.actors), default=0.0
        ),
    }
    if coding.recipients:
        found["suffering"] = max(
            triggers.part(i, each, acts=False) for i in coding.tokens for each in coding.recipients
        )
    return found


@cache
def load_trees(path: Path = DATA) -> Boosted:
    """The trees that ship: their level `least` is the least probability with which what a frame states is told,
    `alone` that of what only the language model sees.

    Raises:
        DataError: the file is missing or not what it should be.
    """
    return load_boosted(path)


def confidence(item: Coded, status: Status, triggers: Triggers) -> float:
    """The probability that type and actors are right.

    Args:
        item: the event, with what frames and a learned coder give together.
        status: that of the event as it stands in time.
        triggers: what the language model believes of the words.
    """
    held, stated = _HELD.get(status, status), _HELD.get(item.factuality.status, item.factuality.status)
    if item.verdict is not None and item.verdict.given:
        probability = item.verdict.probability
    elif item.likely is not None and item.likely[0] is item.coding and held == stated:
        probability = item.likely[1]
    else:
        probability = load_trees().probability(features(item, status, triggers))
    return round(min(max(probability, _LEAST), _MOST), 3)


def likeliest(items: Sequence[Sequence[Coded]], triggers: Triggers) -> list[Coded]:
    """Of each the likeliest of its readings, without those that are too unlikely to be told.

    What a pipeline without beliefs finds is always told, and what one does in saying that others must: no word
    of its own states that.

    Args:
        items: the readings of the same words, the frame's first.
    """
    asked = [each for readings in items if _is_asked(readings[0], triggers) for each in readings]
    about = [features(each, each.factuality.status, triggers) for each in asked]
    trees = load_trees()
    sure = iter(trees.probabilities(about))
    told = []
    for readings in items:
        if not _is_asked(readings[0], triggers):
            told.append(readings[0])
            continue
        likely = [next(sure) for _ in readings]
        best = max(range(len(readings)), key=lambda number: (likely[number], -number))
        item = readings[best]
        framed = best == 0 and bool(item.coding.frame.line)
        if likely[best] >= trees.levels["least" if framed else "alone"]:
            told.append(replace(item, likely=(item.coding, likely[best])))
    return told


def _is_asked(item: Coded, triggers: Triggers) -> bool:
    given = item.verdict is not None and item.verdict.given
    speaks = any(filler.path == "speaker" for filler in item.coding.actors)
    return triggers.speak and not given and not speaks
