"""Whether an article tells of a mediation at all: wars, visits and summits have sides, talks and deals too.

Boosted trees over the whole of what was found, in `data/occurrence.json` (`python -m training.standing` grows them).
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import numpy as np

from dragoman.boosting import Features, log_odds
from dragoman.language.encoder import STEPS
from dragoman.mediation.parties import tone
from dragoman.mediation.roles import told_roles
from dragoman.mediation.scene import Scene
from dragoman.mediation.standing import Standing
from dragoman.mediation.triggers import HEARD
from dragoman.mediation.vocabulary import Vocabulary
from dragoman.records import Mediation

# What makes a mediation of a quarrel.
CORE = frozenset({"offer", "acceptance", "refusal", "request", "talks", "proposal", "agreement", "breakdown"})
_THIRD = [STEPS.index(kind) for kind in ("offer", "consultation", "proposal")]


def occurrence_features(
    scene: Scene,
    found: Mediation,
    ruled: Sequence[str],
    likely: Mapping[str, float],
    steps: np.ndarray,
    beliefs: Mapping[str, Standing],
    vocabulary: Vocabulary,
) -> Features:
    """What it rests on.

    Args:
        found: the mediation, if it is one.
        ruled: the sides that the rules see.
        likely: how likely each body is a side.
        steps: what the language model believes of each word; a probability a token for each of `STEPS`.
        beliefs: how each body stands for the model.
    """
    sides = sorted(likely.values(), reverse=True)
    core = [step for step in found.steps if step.kind in CORE]
    hostile, peaceful = tone(scene, vocabulary)
    return {
        "top": log_odds(sides[0]),
        "second": log_odds(sides[1]) if len(sides) > 1 else 0.0,
        "ruled": float(len(ruled)),
        "ruled both": float(len(set(ruled) & set(found.parties))),
        "parties": float(len(found.parties)),
        "mediators": float(len(found.mediators)),
        "best": max((each.mediator for each in beliefs.values()), default=0.0),
        "told": float(len(told_roles(scene, vocabulary))),
        "steps": float(len(found.steps)),
        "core": float(len(core)),
        "core actual": float(sum(step.status in ("actual", "historical") for step in core)),
        "core kinds": float(len({step.kind for step in core})),
        "heard": log_odds(steps[:, HEARD].max()),
        "amount": float(steps[:, HEARD].sum()) / len(scene.doc) * 100,
        "talks": log_odds(steps[:, STEPS.index("talks")].max()),
        "third": log_odds(steps[:, _THIRD].max()),
        "agreement": log_odds(steps[:, STEPS.index("agreement")].max()),
        "length": math.log(len(scene.doc)),
        "war": float(hostile),
        "peace": float(peaceful),
    }
