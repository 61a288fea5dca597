"""What the language model makes of each actor of an article: a side, a mediator, or neither."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

import numpy as np

from dragoman.knowledge.offices import office_weight
from dragoman.language.encoder import ROLES
from dragoman.mediation.scene import Scene

# How sure the model is that somebody is a side by himself, and how often he must be named.
_SURE, _OFTEN = 0.6, 2
# How sure it must be of a mediator who is named once.
_SUREST = 0.85
_SIDE, _SIDES, _MEDIATOR, _OTHER = (ROLES.index(name) for name in ("side", "sides", "mediator", "other"))


@dataclass(frozen=True, slots=True)
class Standing:
    """Over all mentions of a body by name or description.

    Attributes:
        mentions: how many there are.
        side, mediator: the share of belief in each; the rest is belief in neither.
        best: the highest belief in a mediator in one mention: it is often said once.
        first: where it is first mentioned, from 0 at the head of the article to 1 at its end.
        surest: the highest belief in a side in one mention.
        opening: the belief in a side where it is first mentioned.
    """

    mentions: int
    side: float
    mediator: float
    best: float
    first: float
    surest: float
    opening: float


def standings(scene: Scene) -> Mapping[str, Standing]:
    """How each body stands; empty where the pipeline does not tell (see `dragoman.language.load`)."""
    return _standings(scene, scene.bodies.body)


def rivals(scene: Scene) -> tuple[str, ...]:
    """Persons and bodies of one state that the model takes for sides, as a president and the governor who defies him.

    Of several persons the one with the highest office stands for the state, and is left out; two of one rank stand
    for themselves.
    """
    found: dict[str, list[str]] = defaultdict(list)
    for actor, standing in _standings(scene, lambda actor: actor).items():
        record = scene.profiles.records[actor]
        alone = ":" not in actor and standing.side >= _SURE and standing.mentions >= _OFTEN
        country = record.country if record.country != actor else None
        if alone and country is not None and scene.bodies.body(actor) == country:
            found[country].append(actor)
    parted: list[str] = []
    for actors in found.values():
        weights = {actor: office_weight(scene.profiles.records[actor].office or "") for actor in actors}
        highest = [actor for actor in actors if weights[actor] == max(weights.values())]
        parted += [actor for actor in actors if len(actors) > 1 and highest != [actor]]
    return tuple(sorted(parted))


def engaged(scene: Scene) -> frozenset[str]:
    """Those who are seldom a side or a mediator and whom the model takes for one here: a union, judges, a company.

    The people of a country are none: they are in all sides of it.
    """
    found = _standings(scene, lambda actor: actor, anybody=True)
    return frozenset(
        actor
        for actor, standing in found.items()
        if not scene.profiles.can_act(actor)
        and not (":" in actor and scene.profiles.sector(actor) == "CVL")
        and max(standing.side, standing.mediator) >= _SURE
        and standing.mentions >= _OFTEN
    )


def go_betweens(scene: Scene, parties: Collection[str]) -> tuple[str, ...]:
    """Persons and bodies of a side whom the model takes for mediators: a bishop, a minister between two of his own."""
    return tuple(
        sorted(
            actor
            for actor, standing in _standings(scene, lambda actor: actor).items()
            if ":" not in actor
            and actor not in parties
            and scene.bodies.body(actor) in parties
            and standing.mediator >= (_SURE if standing.mentions >= _OFTEN else _SUREST)
            and (standing.mentions >= _OFTEN or _is_private(scene, actor))
        )
    )


def _is_private(scene: Scene, actor: str) -> bool:
    """Whether somebody holds no office of state, so that one sure word of his mediating is enough."""
    return scene.bodies.is_retired(actor) or scene.profiles.sector(actor) not in ("GOV", "MIL")


def _standings(scene: Scene, body_of: Callable[[str], str], *, anybody: bool = False) -> Mapping[str, Standing]:
    """How each stands whom `body_of` makes of the actor of a mention; `anybody` takes in those who seldom act."""
    roles = scene.doc._.roles if scene.doc.has_extension("roles") else None
    if roles is None:
        return {}
    believed: dict[str, list[np.ndarray]] = defaultdict(list)
    first: dict[str, float] = {}
    for mention in scene.actors.mentions:
        if mention.sense != "actor" or mention.form == "pronoun":
            continue
        if not anybody and not scene.profiles.can_act(mention.actor):
            continue
        belief = roles[mention.start : mention.end, 1:].sum(0)
        if belief[_SIDES - 1] * 2 > belief.sum() or belief.sum() < 0.2:
            # "Both sides" says nothing of either; of what is hardly taken for an actor nothing is known.
            continue
        kept = belief[[_SIDE - 1, _MEDIATOR - 1, _OTHER - 1]]
        body = body_of(mention.actor)
        believed[body].append(kept / kept.sum())
        first.setdefault(body, mention.start / len(scene.doc))
    found = {}
    for body, beliefs in believed.items():
        side, mediator, _ = (float(share) for share in np.mean(beliefs, axis=0))
        best = float(max(belief[1] for belief in beliefs))
        surest, opening = float(max(belief[0] for belief in beliefs)), float(beliefs[0][0])
        found[body] = Standing(len(beliefs), side, mediator, best, first[body], surest, opening)
    return found
