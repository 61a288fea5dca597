"""The mediations of one article: between whom, by whom, what steps, and whether it is one at all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dragoman.boosting import Features
from dragoman.mediation.article import find_steps
from dragoman.mediation.occurrence import CORE, occurrence_features
from dragoman.mediation.parties import BRIEF, dealings, find_parties, is_peaceful, pair_weights, without_members
from dragoman.mediation.roles import beside_teams, find_mediators
from dragoman.mediation.scene import Scene
from dragoman.mediation.standing import Standing, engaged, go_betweens, rivals, standings
from dragoman.mediation.triggers import is_heard, step_beliefs
from dragoman.mediation.vocabulary import Vocabulary, load_vocabulary
from dragoman.mediation.weighing import (
    Weighing,
    likely_sides,
    load_weighing,
    mediator_features,
    offering_bodies,
    side_features,
    weighed_mediators,
    weighed_sides,
)
from dragoman.records import Mediation

if TYPE_CHECKING:
    from dragoman.reading.when import TimeExpression


def find_mediations(scene: Scene, times: Sequence[TimeExpression] = ()) -> tuple[Mediation, ...]:
    """The mediations that an article tells of; empty where it tells of none.

    Talks about trade, votes and sport are none, and neither is a war in which nobody offers, asks, meets or agrees.
    """
    weighing = load_weighing()
    found = weigh(scene, times, weighing)
    if found is None or (found.about and not weighing.occurrence.is_likely(found.about)):
        return ()
    return (found.mediation,)


@dataclass(frozen=True, slots=True)
class Weighed:
    """What may be a mediation.

    Attributes:
        about: what tells whether it is one; nothing where the language model does not tell, or has little to go by.
    """

    mediation: Mediation
    about: Features


def weigh(scene: Scene, times: Sequence[TimeExpression], weighing: Weighing) -> Weighed | None:
    """What an article tells that may be a mediation; None where it tells nothing like that."""
    vocabulary = load_vocabulary()
    if not is_heard(scene):
        return None
    scene.profiles.engaged = engaged(scene)
    sides = _sides(scene, weighing, vocabulary)
    if sides is not None and sides.second < weighing.sides.levels["least"] and (parted := rivals(scene)):
        # Hardly two bodies are at odds: perhaps two men of one state are.
        scene.bodies.part(parted)
        others = _sides(scene, weighing, vocabulary)
        if others is not None and others.second > sides.second:
            sides = others
        else:
            scene.bodies.rejoin(parted)
    if sides is None or not sides.parties:
        return None
    if between := go_betweens(scene, sides.parties):
        # What they say and do is no longer their country's.
        scene.bodies.stand_between(between)
        others = _sides(scene, weighing, vocabulary)
        sides = others if others is not None and others.parties else sides
    parties, beliefs = sides.parties, sides.beliefs
    steps = find_steps(scene, parties, times, weighing.steps)
    mediators = find_mediators(scene, parties, steps, vocabulary)
    if beliefs:
        # Now that the parties are settled, a former president is no longer taken for the state that he led.
        beliefs = standings(scene)
        about = mediator_features(scene, parties, steps, mediators, beliefs, vocabulary)
        mediators = weighed_mediators(about, mediators, weighing.mediators)
    mediators = beside_teams(mediators, scene)
    # That somebody who is told to mediate sees a party is a mediation at work; that two governments meet is none.
    core = CORE | {"consultation"} if any("facilitator" in each.roles for each in mediators) else CORE
    if not any(step.kind in core for step in steps):
        return None
    found = Mediation("-".join(parties), parties, mediators, steps)
    believed = step_beliefs(scene)
    if believed is None or not sides.likely or len(scene.doc) < BRIEF:
        return Weighed(found, {})
    return Weighed(found, occurrence_features(scene, found, sides.ruled, sides.likely, believed, beliefs, vocabulary))


@dataclass(frozen=True, slots=True)
class _Sides:
    """Between whom an article is.

    Attributes:
        parties: the sides; empty where there are none.
        ruled: those that the rules see.
        likely: how likely each body is one; empty where the language model does not tell.
        beliefs: how each body stands for the model.
    """

    parties: tuple[str, ...]
    ruled: tuple[str, ...]
    likely: Mapping[str, float]
    beliefs: Mapping[str, Standing]

    @property
    def second(self) -> float:
        """How likely the second of the parties is one; 0 where there is none."""
        ranked = sorted((self.likely.get(party, 0.0) for party in self.parties), reverse=True)
        return ranked[1] if len(ranked) > 1 else 0.0


def _sides(scene: Scene, weighing: Weighing, vocabulary: Vocabulary) -> _Sides | None:
    """None where old foes meet at cricket: the model knows them for foes."""
    beliefs = standings(scene)
    dealing = dealings(scene, vocabulary)
    quarrels = pair_weights(scene, vocabulary, dealing)
    ruled = find_parties(scene, vocabulary, dealing, quarrels)
    if not ruled and is_peaceful(scene, vocabulary):
        return None
    if not beliefs:
        return _Sides(ruled, ruled, {}, beliefs)
    about = side_features(scene, ruled, quarrels, beliefs, vocabulary)
    likely = likely_sides(about, weighing.sides)
    sides = weighed_sides(about, likely, weighing.sides.levels, offering_bodies(scene))
    return _Sides(without_members(sides, scene, vocabulary, quarrels), ruled, likely, beliefs)
