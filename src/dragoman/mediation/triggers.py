"""Steps that the language model sees where no rule over words does."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import cast

import numpy as np

from dragoman.language.encoder import STEPS
from dragoman.mediation.deals import Deals
from dragoman.mediation.drafts import Draft
from dragoman.mediation.parties import BRIEF
from dragoman.mediation.profiles import BODIES
from dragoman.mediation.scene import Scene
from dragoman.mediation.talks import outcome_of, round_of, terms_of
from dragoman.mediation.vocabulary import Vocabulary
from dragoman.mediation.wordlists import load_wordlists
from dragoman.records import StepKind

_TABLE = frozenset({"talks", "agreement", "breakdown"})
# Kinds that are a party's, a third party's, or anybody's.
_OF_PARTY = frozenset({"acceptance", "refusal", "request"})
_OF_THIRD = frozenset({"offer", "appeal", "consultation"})
# One word does not say both: who "did not only accept" has not refused.
_OPPOSITE: Mapping[StepKind, StepKind] = {"acceptance": "refusal", "refusal": "acceptance"}
# Of an article in which no word states a step of any other kind with this much belief, no rule makes a mediation.
_BESIDE = frozenset({"none", "appeal", "condition", "endorsement", "criticism", "pressure", "assessment"})
HEARD = [number for number, kind in enumerate(STEPS) if kind not in _BESIDE]
_LEAST = 0.3
# How sure the model must be that a word states any step.
_SEEN = 0.35
# How sure the model must be of a step within the words of another.
_SURE = 0.5
_BREAKDOWN = STEPS.index("breakdown")
_TOWARDS = ("with", "to", "on", "against", "for", "of", "at", "from", "into", "over")


def step_beliefs(scene: Scene) -> np.ndarray | None:
    """A probability a token for each of `STEPS`; None where the pipeline does not tell."""
    found: np.ndarray | None = scene.doc._.steps if scene.doc.has_extension("steps") else None
    return found


def is_heard(scene: Scene) -> bool:
    """Whether the model sees any step of a kind that makes a mediation.

    True as well where it has little or nothing to go by: a dispatch of a few sentences, another pipeline.
    """
    steps = step_beliefs(scene)
    return steps is None or len(scene.doc) < BRIEF or float(steps[:, HEARD].max()) >= _LEAST


def trigger_drafts(
    scene: Scene, parties: Sequence[str], drafts: Sequence[Draft], vocabulary: Vocabulary
) -> Iterator[Draft]:
    """Drafts of the words that state a step for the model and for no rule, in reading order."""
    steps = step_beliefs(scene)
    if steps is None:
        return
    deals = Deals(scene, parties, vocabulary)
    known = list(drafts)
    for i, kind in untold(scene, steps, known):
        draft = _draft(scene, i, kind, frozenset(parties), vocabulary, deals)
        if draft is not None:
            known.append(draft)
            yield draft


def untold(scene: Scene, steps: np.ndarray, drafts: Sequence[Draft]) -> Iterator[tuple[int, StepKind]]:
    """The words that state a step for the model and for no draft.

    A noun within another step's words is what that is about, unless the model is sure: who welcomes the accord makes
    none. And "the talks", "the accord" without more are those told of elsewhere.

    Args:
        drafts: what is told; what is added to it meanwhile counts for the words that follow.
    """
    kinds = {draft.kind for draft in drafts}
    # The words of the drafts, and of each kind of them: so a long article does not ask every draft about each word.
    told: set[tuple[int, StepKind]] = set()
    within: set[int] = set()
    marked = 0
    for i, kind, probability in triggers(scene, steps):
        for draft in drafts[marked:]:
            told.update((k, draft.kind) for k in range(draft.start, max(draft.end, draft.predicate + 1)))
            if draft.kind in _OPPOSITE:
                told.add((draft.predicate, _OPPOSITE[draft.kind]))
            within.update(range(draft.start, draft.end))
        marked = len(drafts)
        if (i, kind) in told:
            continue
        again = kind in _TABLE and kind in kinds
        if (again or (i in within and probability < _SURE)) and scene.doc[i].pos_ in ("NOUN", "PROPN"):
            continue
        kinds.add(kind)
        yield i, kind


def triggers(scene: Scene, steps: np.ndarray) -> Iterator[tuple[int, StepKind, float]]:
    """The token that heads each run of words of one kind, the kind, and how sure the model is of it.

    Words of which it is fairly sure that they state something count, whatever it is less sure of.
    """
    best = np.where(1 - steps[:, 0] >= _SEEN, 1 + steps[:, 1:].argmax(1), 0)
    for run, head in scene.tree.runs(best.tolist()):
        kind = int(best[head])
        yield head, cast(StepKind, STEPS[kind]), float(steps[run.start : run.stop, kind].max())


def _draft(
    scene: Scene, i: int, kind: StepKind, parties: frozenset[str], vocabulary: Vocabulary, deals: Deals
) -> Draft | None:
    doers, others = _arguments(scene, i)
    doers, others = ([a for a in actors if scene.profiles.can_act(a)] for actors in (doers, others))
    if not doers and not (kind in _TABLE and others):
        speaker = next((found.record.speaker for found in scene.clauses.said(i) if found.record.speaker), None)
        doers = [speaker] if speaker is not None and scene.profiles.can_act(speaker) else []
    others = [actor for actor in others if actor not in doers]
    if _is_none(scene, i, kind, others, parties):
        return None
    start, end = scene.tokens.clause(i)
    words = scene.tokens.text(start, end)
    draft = Draft(kind, i, start, end, doers, others, origin="model")
    if kind in _TABLE:
        both = [*doers, *others]
        draft.actors = [actor for actor in both if scene.bodies.body(actor) in parties]
        draft.thirds = [
            actor for actor in both if scene.bodies.body(actor) not in parties and scene.profiles.is_established(actor)
        ]
        draft.recipients = []
        draft.bare = kind == "talks" and not draft.actors
        if not draft.actors and deals.is_business(scene.arguments.objects(i)):
            # "The trade agreement was negotiated by officials of Botswana": they met nobody here.
            return None
        if kind != "talks" and not draft.actors:
            if kind == "agreement" and deals.is_others(i, [i]):
                return None
            draft.actors = sorted(parties)
        draft.round = round_of(words, vocabulary) if kind == "talks" else None
        draft.outcome = outcome_of(words, vocabulary) if kind == "talks" else None
        draft.terms = terms_of(words, vocabulary) if kind == "agreement" else ()
        return draft
    if kind in _OF_THIRD:
        outside = [actor for actor in doers if scene.bodies.body(actor) not in parties]
        if not outside and kind == "consultation":
            outside = [actor for actor in others if scene.bodies.body(actor) not in parties]
        draft.recipients = [actor for actor in (*doers, *others) if actor not in outside]
        draft.actors = outside
    elif kind in _OF_PARTY:
        inside = [actor for actor in doers if scene.bodies.body(actor) in parties]
        if kind == "request" and not inside and all(_is_third(scene.bodies.body(actor), scene) for actor in doers):
            return None  # what a third state or a body of states asks for is no step of a party
        draft.actors = inside or doers
    if kind in ("condition", "proposal"):
        draft.terms = terms_of(words, vocabulary) or (("other",) if kind == "condition" else ())
    return draft if draft.actors else None


def _is_third(body: str, scene: Scene) -> bool:
    """Whether this is a state or a body of several: of a church or a union at home one cannot tell."""
    return scene.profiles.is_country(body) or scene.profiles.sector(body) in BODIES - {"NGO"}


def _is_none(scene: Scene, i: int, kind: StepKind, others: Sequence[str], parties: frozenset[str]) -> bool:
    """Whether a word that looks like a step is known to be none: what the rules leave out, the model does not add."""
    lists = load_wordlists()
    if kind == "refusal":
        # Who denies something or declines to comment turns nothing down.
        return scene.words[i] in lists.coded.denying
    if kind == "agreement":
        # "The accord ran out": none is made where one ends.
        head, steps = scene.tree.heads[i], step_beliefs(scene)
        ends = steps is not None and float(steps[head, _BREAKDOWN]) >= _SURE
        return ends and scene.tree.deps[i] in ("nsubj", "nsubj:pass")
    if kind == "condition":
        head = scene.tree.heads[i]
        dropped = scene.words[head] in lists.stances.dropping and not scene.clauses.negated(head)
        return dropped and scene.tree.deps[i] == "obj"
    if kind == "appeal":
        # What is asked of a state outside of the conflict is no appeal to the parties.
        bodies = {scene.bodies.body(actor) for actor in others}
        return len(bodies) == 1 and not bodies & parties and all(map(scene.profiles.is_country, bodies))
    return False


def _arguments(scene: Scene, i: int) -> tuple[list[str], list[str]]:
    """Those who do what a word says, and those to, with or for whom."""
    if scene.doc[i].pos_ in ("NOUN", "PROPN"):
        between = scene.phrases.between(i)
        doers = between or scene.phrases.who(scene.arguments.makers(i))
        head = scene.tree.heads[i]
        if not doers and scene.doc[head].pos_ == "VERB":
            doers = scene.phrases.who(scene.arguments.subjects(head))
        return doers, scene.phrases.who(scene.tokens.obliques(i, *_TOWARDS))
    doers = scene.phrases.who(scene.arguments.subjects(i))
    objects = scene.arguments.objects(i)
    deeper = [kid for k in objects for kid in scene.tokens.obliques(k, "of", "with", "between", "by", "from", "for")]
    return doers, scene.phrases.who([*objects, *scene.tokens.obliques(i, *_TOWARDS), *deeper])
