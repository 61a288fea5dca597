"""Sides and mediators weighed: what the rules find and what the language model believes, each where it is the better.

Both are boosted trees over some features of each body, in `data/sides.json` and `data/mediators.json`; those of steps
(`credibility`) lie beside them. `python -m training.standing` grows all of them.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import get_args

from dragoman.boosting import Boosted, Features, load_boosted, log_odds
from dragoman.mediation.parties import Pairs, mediating_bodies
from dragoman.mediation.profiles import BODIES, MOVEMENTS
from dragoman.mediation.roles import is_at_home
from dragoman.mediation.scene import Scene
from dragoman.mediation.standing import Standing
from dragoman.mediation.vocabulary import Vocabulary
from dragoman.records import Mediator, MediatorRole, Step, StepKind

DATA = Path(__file__).parent / "data"
# What a third party does, and what is done to it, by kinds of steps.
_DONE: tuple[StepKind, ...] = (
    "offer", "proposal", "consultation", "appeal", "endorsement", "criticism", "pressure", "assessment", "condition",
)  # fmt: skip
_HAD: tuple[StepKind, ...] = ("endorsement", "acceptance", "refusal", "request", "criticism", "consultation")
# The code of events in which somebody expresses an intent to mediate.
_OFFERING = "039"
# How likely a side is where no rule sees a quarrel; and where rules do, but the model has never heard of it.
_UNRULED, _HARDLY = 0.65, 0.05
# No belief in a body counts for more than this, either way.
_SUREST = 0.02
# A body of which the model says nothing: named as a place only, or not at all.
_NOTHING = Standing(0, 1 / 3, 1 / 3, 1 / 3, 1.0, 1 / 3, 1 / 3)


@dataclass(frozen=True, slots=True)
class Weighing:
    """What training has grown.

    Attributes:
        sides, mediators: how likely a body is one. Their level `least` is the least probability that is believed;
            `second` is that of a second side, where only one is beyond doubt, and of a mediator that a rule found.
        steps: how likely a step is; its level `alone` is that of one that only the language model sees.
        occurrence: how likely all that is a mediation at all.
    """

    sides: Boosted
    mediators: Boosted
    steps: Boosted
    occurrence: Boosted


@cache
def load_weighing() -> Weighing:
    """What ships."""
    return Weighing(*(load_boosted(DATA / f"{name}.json") for name in ("sides", "mediators", "steps", "occurrence")))


def _about(scene: Scene, body: str, beliefs: Mapping[str, Standing]) -> dict[str, float]:
    """What both questions look at."""
    standing, sector = beliefs.get(body, _NOTHING), scene.profiles.sector(body)
    most = max((each.mentions for each in beliefs.values()), default=1)
    return {
        "side": log_odds(standing.side, _SUREST),
        "surest": log_odds(standing.surest, _SUREST),
        "opening": log_odds(standing.opening, _SUREST),
        "mediator": log_odds(standing.mediator, _SUREST),
        "best": log_odds(standing.best, _SUREST),
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
        "contender": float(body in scene.profiles.contenders),
        "compatriots": float(_compatriots(scene, body, beliefs)),
        "sides": sum(each.side > 0.5 for each in beliefs.values()),
    }


def _compatriots(scene: Scene, body: str, beliefs: Mapping[str, Standing]) -> float:
    """How many other bodies of its country the model rather takes for a side: at home, those at odds are of one."""
    country = scene.profiles.country_of(body)
    others = (name for name, each in beliefs.items() if name != body and each.side > 0.5)
    return sum(country is not None and scene.profiles.country_of(name) == country for name in others)


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
        about |= {"no rule": float(not found), "rules": float(len(found))}
        features[body] = about
    likely = sorted(beliefs, key=lambda body: (-beliefs[body].side * math.log1p(beliefs[body].mentions), body))[:3]
    for body, about in features.items():
        with_whom = (quarrels.get(frozenset({body, other}), 0.0) for other in likely if other != body)
        about["pair likely"] = math.log1p(max(with_whom, default=0.0))
    return _ranked(features, "side")


def offering_bodies(scene: Scene) -> frozenset[str]:
    """Who is told to offer to mediate: of the quarrel in which they do so they are no side."""
    told = (event for events in scene.events.values() for event in events if event.cameo == _OFFERING)
    return frozenset(scene.bodies.body(actor) for event in told if event.status != "negated" for actor in event.actors)


def likely_sides(features: Mapping[str, Features], trees: Boosted) -> Mapping[str, float]:
    """How likely each body is a side."""
    return dict(zip(features, trees.probabilities(list(features.values())), strict=True))


def weighed_sides(
    features: Mapping[str, Features],
    likely: Mapping[str, float],
    levels: Mapping[str, float],
    offering: Set[str] = frozenset(),
) -> tuple[str, ...]:
    """The ids of the sides, sorted; none where there are not two.

    Args:
        likely: how likely each is one.
        levels: how likely one must be (see `Weighing`).
        offering: who offers to mediate, and is hardly a side in the stead of those that the rules found.
    """
    ranked = sorted(((probability, body) for body, probability in likely.items()), reverse=True)
    found = [body for body, about in features.items() if about.get("rule")]
    # Where no rule sees a quarrel, the model has to be surer.
    least = levels["least"] if found else max(levels["least"], _UNRULED)
    sides = [body for probability, body in ranked if probability >= least]
    if len(sides) == 1:
        # Nobody is at odds alone: with the next likely one, else with whom the rules saw.
        sides += [body for probability, body in ranked[1:2] if probability >= levels["second"]]
        sides = found if len(sides) == 1 and sides[0] in found else sides
    possible = [body for probability, body in ranked if probability >= levels["second"] and body not in offering]
    if len(sides) < 2 and all(body in found for body in possible):
        # Nobody is taken for a side in their stead: a quarrel that the model has never heard of.
        kept = [body for body in found if likely[body] >= _HARDLY]
        sides = possible if len(possible) > 1 else kept if len(kept) > 1 else found
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
        if is_at_home(body, parties, scene) or scene.profiles.is_nameless(body):
            continue
        about = _about(scene, body, beliefs)
        roles = rules[body].roles if body in rules else ()
        about |= {
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
    return _ranked(features, "best")


def _ranked(features: Mapping[str, dict[str, float]], belief: str) -> Mapping[str, Features]:
    """With what the model believes of each body beside what it believes of the others: somebody is it."""
    weight = {body: about[belief] + about["mentions"] for body, about in features.items()}
    ranked = sorted(features, key=lambda body: (-weight[body], body))
    for place, body in enumerate(ranked):
        features[body]["leads"] = float(place == 0)
        features[body]["next"] = float(place == 1)
        features[body]["behind"] = weight[ranked[0]] - weight[body]
        features[body]["behind next"] = weight[ranked[min(1, len(ranked) - 1)]] - weight[body]
    return features


def weighed_mediators(
    features: Mapping[str, Features], found: Sequence[Mediator], trees: Boosted
) -> tuple[Mediator, ...]:
    """The mediators in the order of their ids; whom only the model takes for one facilitates."""
    rules = {mediator.actor: mediator for mediator in found}
    likely = dict(zip(features, trees.probabilities(list(features.values())), strict=True))
    return tuple(
        rules.get(body) or Mediator(body, ("facilitator",))
        for body, about in sorted(features.items())
        if _mediates(about, rules.get(body), likely[body], trees.levels)
    )


def _mediates(about: Features, rule: Mediator | None, likely: float, levels: Mapping[str, float]) -> bool:
    if rule is not None and len({*rule.roles} - {"envoy"}) > 1:
        # Who is told to mediate in two ways – it offered, and it was accepted – does, whatever the model makes of it;
        # anybody has envoys.
        return True
    if rule is None and (about.get("does endorsement") or about.get("does criticism")):
        # Who praises or faults a mediation stands outside of it.
        return False
    return likely >= levels["least" if rule is None else "second"]
