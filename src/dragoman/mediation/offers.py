"""Whether an offer is one to mediate: a venue, good offices, help with the talks; not help with a railway."""

from __future__ import annotations

from collections.abc import Sequence

from dragoman.mediation.scene import Scene
from dragoman.mediation.vocabulary import Vocabulary
from dragoman.mediation.wordlists import load_wordlists
from dragoman.records import Step


def is_service(scene: Scene, vocabulary: Vocabulary, step: Step, parties: Sequence[str]) -> bool:
    """Whether the words of an offer name a service of mediators, or help with what the sides are about."""
    lists = load_wordlists().roles
    tables = vocabulary.tables | vocabulary.classes["service"] | vocabulary.classes["mediation"]
    named = tables - lists.offering - lists.lending
    about = named | vocabulary.classes["fighting"] | lists.sides
    for evidence in step.evidence:
        for i in range(scene.tokens.index(evidence.start), scene.tokens.index(evidence.end - 1) + 1):
            word = scene.words[i]
            if word in named or (word in lists.lending and _is_with(scene, i, about, parties)):
                return True
    return False


def _is_with(scene: Scene, i: int, about: frozenset[str], parties: Sequence[str]) -> bool:
    """Whether help is with the conflict or for a side, or nobody says with what: "offered its help"."""
    own = [k for k in scene.tree.kids(i, "obj", "obl", "nmod", "xcomp", "ccomp", "acl") if k > i]
    if scene.tree.deps[i] == "obj":
        # A tree may hang on the offer what the help is with.
        own += scene.tokens.obliques(scene.tree.heads[i], "with", "for")
    deeper = [k for head in own for k in scene.tree.kids(head, "obj", "obl", "nmod", "conj")]
    if not own:
        # "Its help", "to help", and not "forty million in aid".
        return scene.tree.deps[i] not in ("obl", "nmod", "compound")
    if about & {scene.words[k] for k in [*own, *deeper]}:
        return True
    return bool({scene.bodies.body(actor) for actor in scene.phrases.who(own)} & set(parties))
