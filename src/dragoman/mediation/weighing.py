"""Sides and mediators weighed: what the rules find and what the language model believes, each where it is the better.

Both are logistic regressions over a handful of features, with weights in `data/weighing.toml`
(`python -m training.standing` fits them).
"""

from __future__ import annotations

import math
import tomllib
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import get_args

from dragoman.mediation.parties import Pairs, mediating_bodies
from dragoman.mediation.profiles import BODIES, MOVEMENTS
from dragoman.mediation.roles import is_at_home
from dragoman.mediation.scene import Scene
from dragoman.mediation.standing import Standing
from dragoman.mediation.vocabulary import Vocabulary
from dragoman.records import Mediator, MediatorRole, Step, StepKind

Features = Mapping[str, float]
# What a third party does, and what is done to it, by kinds of steps.
_DONE: tuple[StepKind, ...] = (
    "offer", "proposal", "consultation", "appeal", "endorsement", "criticism", "pressure", "assessment", "condition",
)  # fmt: skip
_HAD: tuple[StepKind, ...] = ("endorsement", "acceptance", "refusal", "request", "criticism", "consultation")
# The code of events in which somebody expresses an intent to mediate.
_OFFERING = "039"
# A body of which the model says nothing: named as a place only, or not at all.
_NOTHING = Standing(0, 1 / 3, 1 / 3, 1 / 3, 1.0)


@dataclass(frozen=True, slots=True)
class Weights:
    """A weight a feature, and the least probability that is believed.

    Attributes:
        second: the least of a second side, where only one is beyond doubt; of a mediator that a rule found.
    """

    weights: Mapping[str, float]
    least: float
    second: float = 1.0

    def probability(self, features: Features) -> float:
        """How likely it is."""
        total = sum(self.weights.get(name, 0.0) * value for name, value in features.items())
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))


@dataclass(frozen=True, slots=True)
class Weighing:
    """What `data/weighing.toml` holds.

    Attributes:
        steps: by kind, the least belief of the model with which a step is taken that no rule sees.
    """

    sides: Weights
    mediators: Weights
    steps: Mapping[str, float]


@cache
def load_weighing() -> Weighing:
    """The weights that ship."""
    table = tomllib.loads(resources.files(__package__).joinpath("data", "weighing.toml").read_text(encoding="utf-8"))
    return Weighing(Weights(**table["sides"]), Weights(**table["mediators"]), table["steps"])


def _odds(share: float) -> float:
    share = min(0.98, max(0.02, share))
    return math.log(share / (1 - share))


def _about(scene: Scene, body: str, beliefs: Mapping[str, Standing]) -> dict[str, float]:
    """What both questions look at."""
    standing, sector = beliefs.get(body, _NOTHING), scene.profiles.sector(body)
    most = max((each.mentions for each in beliefs.values()), default=1)
    return {
        "one": 1.0,
        "side": _odds(standing.side),
        "mediator": _odds(standing.mediator),
        "mentions": math.log1p(standing.mentions),
        "share": standing.mentions / most,
        "first": standing.first,
        "bodies": math.log1p(len(beliefs)),
        "country": float(scene.profiles.is_country(body)),
        "movement": float(sector in MOVEMENTS or sector == "OPP"),
        "international": float(sector in BODIES),
        "person": float(scene.profiles.is_person(body)),
        "strange": float(not scene.profiles.is_country(body) and not scene.profiles.is_established(body)),
        "nameless": float(":" in body),
        "absent": float(not standing.mentions),
        "shadowed": float(_shadowed(scene, body, standing, beliefs)),
    }


def _shadowed(scene: Scene, body: str, standing: Standing, beliefs: Mapping[str, Standing]) -> bool:
    """Whether another body of its country, but for the country itself, is named more often: it may be part of that."""
    country = scene.profiles.country_of(body)
    if country is None or scene.profiles.is_country(body):
        return False
    return any(
        other.mentions > standing.mentions
        and scene.profiles.country_of(name) == country
        and not scene.profiles.is_country(name)
        for name, other in beliefs.items()
    )


def side_features(
    scene: Scene, found: Sequence[str], quarrels: Pairs, beliefs: Mapping[str, Standing], vocabulary: Vocabulary
) -> Mapping[str, Features]:
    """The features of each body that may be a side: those the rules found, and all that are named.

    Args:
        quarrels: how much the article shows of each two that they are at odds, or deal with each other.
    """
    told: Counter[str] = mediating_bodies(scene, vocabulary)
    strength: dict[str, float] = defaultdict(float)
    for pair, weight in quarrels.items():
        for body in pair:
            strength[body] = max(strength[body], weight)
    features: dict[str, dict[str, float]] = {}
    for body in sorted({*found, *beliefs}):
        about = _about(scene, body, beliefs)
        about |= {"rule": float(body in found), "told": math.log1p(told[body]), "pair": math.log1p(strength[body])}
        about |= {"no rule": float(not found)}
        features[body] = about
    return features


def offering_bodies(scene: Scene) -> frozenset[str]:
    """Who is told to offer to mediate: of the quarrel in which they do so they are no side."""
    told = (event for events in scene.events.values() for event in events if event.cameo == _OFFERING)
    return frozenset(scene.bodies.body(actor) for event in told if event.status != "negated" for actor in event.actors)


def weighed_sides(features: Mapping[str, Features], offering: Set[str] = frozenset()) -> tuple[str, ...]:
    """The ids of the sides, sorted; none where there are not two.

    Args:
        offering: who offers to mediate, and is hardly a side in the stead of those that the rules found.
    """
    weights = load_weighing().sides
    ranked = sorted(((weights.probability(about), body) for body, about in features.items()), reverse=True)
    found = [body for body, about in features.items() if about.get("rule")]
    # Where no rule sees a quarrel, the model has to be surer than not.
    least = weights.least if found else max(weights.least, 0.5)
    sides = [body for probability, body in ranked if probability >= least]
    if len(sides) == 1:
        # Nobody is at odds alone: with the next likely one, else with whom the rules saw.
        sides += [body for probability, body in ranked[1:2] if probability >= weights.second]
        sides = found if len(sides) == 1 and sides[0] in found else sides
    likely = [body for probability, body in ranked if probability >= weights.second and body not in offering]
    if len(sides) < 2 and all(body in found for body in likely):
        # Nobody is taken for a side in their stead: a quarrel that the model has never heard of.
        sides = likely if len(likely) > 1 else found
    return tuple(sorted(sides)) if len(sides) > 1 else ()


def mediator_features(
    scene: Scene,
    parties: Sequence[str],
    steps: Sequence[Step],
    found: Sequence[Mediator],
    beliefs: Mapping[str, Standing],
    vocabulary: Vocabulary,
) -> Mapping[str, Features]:
    """The features of each body that may be a mediator: who praises is none, who is praised may well be one."""
    told: Counter[str] = mediating_bodies(scene, vocabulary)
    rules = {mediator.actor: mediator for mediator in found}
    sides, home = set(parties), {scene.profiles.country_of(party) for party in parties}
    features: dict[str, dict[str, float]] = {}
    for body in sorted({*rules, *beliefs} - sides):
        if is_at_home(body, parties, scene):
            continue
        standing = beliefs.get(body, _NOTHING)
        about = _about(scene, body, beliefs)
        roles = rules[body].roles if body in rules else ()
        about |= {
            "best": _odds(standing.best),
            "rule": float(body in rules),
            **{role: float(role in roles) for role in get_args(MediatorRole)},
            "host alone": float(roles == ("host",)),
            "told": math.log1p(told[body]),
            "home": float(not scene.profiles.is_country(body) and scene.profiles.country_of(body) in home),
            **{
                f"does {kind}": float(any(body in step.actors for step in steps if step.kind == kind)) for kind in _DONE
            },
            **{
                f"gets {kind}": float(any(body in step.recipients for step in steps if step.kind == kind))
                for kind in _HAD
            },
            "sees a side": float(any(body in step.actors and sides & set(step.recipients) for step in steps)),
            "at the table": float(any(body in step.third_parties for step in steps)),
        }
        features[body] = about
    return _ranked(features)


def _ranked(features: Mapping[str, dict[str, float]]) -> Mapping[str, Features]:
    """With what the model believes of each body beside what it believes of the others: somebody does mediate."""
    weight = {body: about["best"] + about["mentions"] for body, about in features.items()}
    ranked = sorted(features, key=lambda body: (-weight[body], body))
    for place, body in enumerate(ranked):
        features[body]["leads"] = float(place == 0)
        features[body]["next"] = float(place == 1)
        features[body]["behind"] = weight[ranked[0]] - weight[body]
    return features


def weighed_mediators(features: Mapping[str, Features], found: Sequence[Mediator]) -> tuple[Mediator, ...]:
    """The mediators in the order of their ids; whom only the model takes for one facilitates."""
    weights = load_weighing().mediators
    rules = {mediator.actor: mediator for mediator in found}
    return tuple(
        rules.get(body) or Mediator(body, ("facilitator",))
        for body, about in sorted(features.items())
        if _mediates(about, rules.get(body), weights)
    )


def _mediates(about: Features, rule: Mediator | None, weights: Weights) -> bool:
    if rule is not None and len({*rule.roles} - {"envoy"}) > 1:
        # Who is told to mediate in two ways – it offered, and it was accepted – does, whatever the model makes of it;
        # anybody has envoys.
        return True
    if rule is None and (about.get("does endorsement") or about.get("does criticism")):
        # Who praises or faults a mediation stands outside of it.
        return False
    return weights.probability(about) >= (weights.least if rule is None else weights.second)
