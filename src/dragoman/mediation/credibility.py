"""How likely each step is that rules or the language model see: what is too unlikely by all of them is not told.

Boosted trees over what is seen of a step, in `data/steps.json` (`python -m training.standing` grows them).
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import get_args

import numpy as np

from dragoman.boosting import Boosted, Features, log_odds
from dragoman.language.encoder import STEPS
from dragoman.mediation.drafts import Draft, Origin
from dragoman.mediation.scene import Scene
from dragoman.mediation.standing import Standing
from dragoman.records import StepKind

# The words next to a predicate that may carry what it states: "held talks", "turned down".
_NEAR = 2
# Two kinds that one word may state: a refusal names what must come first, a meeting that broke down was held.
_TOGETHER = frozenset(
    frozenset(pair) for pair in (("refusal", "condition"), ("talks", "breakdown"), ("talks", "agreement"))
)
# Kinds of which the clause that one fills out tells no second one, and how such clauses hang.
_FILLED = frozenset({"condition", "consultation", "offer", "proposal", "assessment", "refusal", "acceptance"})
_FILLING = frozenset({"ccomp", "xcomp", "advcl", "acl"})


class Credibility:
    """Judges the drafts of one article by what the language model believes of its words and actors."""

    def __init__(
        self, scene: Scene, parties: Sequence[str], steps: np.ndarray, beliefs: Mapping[str, Standing]
    ) -> None:
        self.scene = scene
        self.parties = frozenset(parties)
        self.steps = steps
        self.beliefs = beliefs

    def credible(self, drafts: Sequence[Draft], trees: Boosted) -> list[Draft]:
        """Those that are likely enough to be told, in their order; what only the model sees must be likelier."""
        least = {origin: trees.levels["alone" if origin == "model" else "least"] for origin in get_args(Origin)}
        likely = trees.probabilities(self.features(drafts))
        told = [(each, draft) for draft, each in zip(drafts, likely, strict=True) if each >= least[draft.origin]]
        kept = []
        for each, draft in told:
            same = [other for more, other in told if each < more and self._same(draft, other)]
            for other in same if draft.terms else ():
                # What one of them names, the other leaves open: that it is "other" than all terms that are known.
                if other.kind == draft.kind and not set(other.terms) - {"other"}:
                    other.terms = draft.terms
            if not same:
                kept.append(draft)
        return kept

    def _same(self, draft: Draft, other: Draft) -> bool:
        """Whether a likelier draft tells the same: by the same word, or by one whose clause this one only fills out.

        "Insisted that he step down and hand over" sets one condition, "flew to Dakar to see him" is one meeting.
        """
        if draft.predicate == other.predicate:
            return frozenset({draft.kind, other.kind}) not in _TOGETHER
        if draft.kind != other.kind or draft.kind not in _FILLED:
            return False
        ours, theirs = ({self.scene.bodies.body(actor) for actor in each.actors} for each in (draft, other))
        return bool(ours & theirs) and (self._fills(draft, other) or self._fills(other, draft))

    def _fills(self, inner: Draft, outer: Draft) -> bool:
        """Whether one predicate stands in the complement of the other, or says to what end it is done."""
        tree, i = self.scene.tree, inner.predicate
        filling = False
        while i != outer.predicate and tree.heads[i] != i:
            # "Met him on Monday and will see him again": what "and" opens fills out nothing.
            filling = filling or (tree.deps[i] in _FILLING and not tree.kids(i, "cc"))
            i = tree.heads[i]
        return filling and i == outer.predicate

    def features(self, drafts: Sequence[Draft]) -> list[Features]:
        """What the likelihood of each rests on."""
        kinds = Counter(draft.kind for draft in drafts if draft.origin != "model")
        return [self._features(draft, kinds) for draft in drafts]

    def _features(self, draft: Draft, kinds: Mapping[StepKind, int]) -> Features:
        scene, i, kind = self.scene, draft.predicate, STEPS.index(draft.kind)
        near = self.steps[max(0, i - _NEAR) : i + _NEAR + 1]
        within = self.steps[draft.start : max(draft.end, i + 1)]
        others = np.delete(near[:, 1:], kind - 1, axis=1)
        actors = {scene.bodies.body(actor) for actor in draft.actors}
        recipients = {scene.bodies.body(actor) for actor in draft.recipients}
        thirds = {scene.bodies.body(actor) for actor in draft.thirds}
        outside = (actors | thirds) - self.parties
        mediating = [self.beliefs[body].mediator for body in outside if body in self.beliefs]
        auxiliaries = {scene.plain[kid] for kid in scene.tree.kids(i, "aux", "aux:pass")}
        return {
            f"kind {draft.kind}": 1.0,
            "by code": float(draft.origin == "code"),
            "by model": float(draft.origin == "model"),
            "stated": log_odds(near[:, kind].max()),
            "within": log_odds(within[:, kind].max()),
            "any": log_odds(1 - near[:, 0].min()),
            "rival": log_odds(others.max()),
            "actors": float(len(actors)),
            "inside": float(len(actors & self.parties)),
            "outside": float(len(outside)),
            "addressed": float(len(recipients & self.parties)),
            "addressed outside": float(len(recipients - self.parties)),
            "mediating": max(mediating, default=-1.0),
            "bare": float(draft.bare),
            "negated": float(scene.clauses.negated(i)),
            "modal": float(bool(scene.clauses.modal(i))),
            "had": float("had" in auxiliaries),
            "noun": float(scene.doc[i].pos_ in ("NOUN", "PROPN")),
            "said": float(bool(scene.clauses.said(i))),
            "place": i / len(scene.doc),
            "length": math.log(len(scene.doc)),
            "alike": float(kinds.get(draft.kind, 0)),
            "drafts": math.log1p(sum(kinds.values())),
            "sides": float(len(self.parties)),
            "outcome": float(draft.outcome is not None),
            "terms": float(len(draft.terms)),
            "round": float(draft.round is not None),
        }
