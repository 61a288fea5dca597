"""Grow the trees that tell how likely a step is; a part of `python -m training.standing`.

Every step that rules or the language model see in a dispatch is right or wrong by its marks, and in a development
article by its gold records, on which the rules were made: there they flatter themselves.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from benchmarks.gold import GoldArticle
from benchmarks.marked import Dispatch
from dragoman.boosting import Boosted, Features
from dragoman.mediation.article import find_drafts
from dragoman.mediation.credibility import Credibility
from dragoman.mediation.drafts import Draft
from dragoman.mediation.scene import Scene
from dragoman.mediation.standing import standings
from dragoman.mediation.triggers import step_beliefs, trigger_drafts
from dragoman.mediation.vocabulary import load_vocabulary
from dragoman.reader import Reader
from training import boosting
from training.whole import scene_of, sides_of, telling

# In dispatches as many come out right with any levels from 0.15 to 0.35. But they mark each telling of a step, where a
# record has one, so that of what only the model sees fewer are right in whole articles; these were chosen on the
# development articles, where of two steps that one word would state only the likelier is told.
LEVELS = {"least": 0.07, "alone": 0.52}
# How often an article counts for each time that a dispatch does: there are few, and they are what is read in the end.
_WHOLE = 2
_RISING, _FALLING = {"stated", "within"}, {"rival"}


@dataclass(frozen=True, slots=True)
class Seen:
    """What is seen in a text: each step with the marks that it tells, and how many are marked."""

    steps: tuple[tuple[Draft, Features, frozenset[int]], ...]
    marked: int


def see(scene: Scene, parties: Sequence[str], told: Callable[[Draft], frozenset[int] | None], marked: int) -> Seen:
    """Every step that rules or model see, however unlikely; none where there is no mediation.

    Args:
        told: which of the marked steps a draft tells; None where that is left open.
        marked: how many there are.
    """
    beliefs = step_beliefs(scene)
    if beliefs is None or len(parties) < 2:
        return Seen((), 0)
    drafts = find_drafts(scene, parties)
    drafts += trigger_drafts(scene, parties, drafts, load_vocabulary())
    about = Credibility(scene, parties, beliefs, standings(scene)).features(drafts)
    judged = ((draft, features, told(draft)) for draft, features in zip(drafts, about, strict=True))
    return Seen(tuple((draft, features, tells) for draft, features, tells in judged if tells is not None), marked)


def see_dispatch(scene: Scene, parties: Sequence[str], dispatch: Dispatch) -> Seen:
    """The steps seen in a dispatch, by its marks."""

    def told(draft: Draft) -> frozenset[int]:
        start, end = scene.tokens.span(draft.start, max(draft.end, draft.predicate + 1))
        return frozenset(
            number
            for number, mark in enumerate(dispatch.steps)
            if mark.label == draft.kind and mark.start < end and start < mark.end
        )

    return see(scene, parties, told, len(dispatch.steps))


def see_article(article: GoldArticle, reader: Reader) -> Seen:
    """The steps seen in a whole article, by its gold records."""
    scene = scene_of(article, reader)
    steps = [step for each in article.mediations for step in each.steps]
    return see(scene, sides_of(article, scene), telling(article, scene), sum(not step.optional for step in steps))


def fit(seen: Sequence[Seen], whole: Sequence[Seen]) -> Boosted:
    """The trees of steps, from dispatches and from whole articles."""
    texts = [*seen, *(one for one in whole for _ in range(_WHOLE))]
    rows = [(features, bool(told)) for each in texts for _, features, told in each.steps]
    return boosting.fit(rows, LEVELS, rising=_RISING, falling=_FALLING)


def counted(seen: Seen, trees: Boosted | None) -> Mapping[str, int]:
    """How many marks are told, how many steps tell none, and how many marks are missed; by the rules alone if None."""
    least = {"words": LEVELS["least"], "code": LEVELS["least"], "model": LEVELS["alone"]}
    kept = [
        told
        for draft, features, told in seen.steps
        if (draft.origin != "model" if trees is None else trees.probability(features) >= least[draft.origin])
    ]
    right = len(frozenset[int]().union(*kept))
    return Counter(right=right, false=sum(not told for told in kept), missed=seen.marked - right)
