"""Who is in a team of mediators: "Chad and Niger belong to the mediating group", "a troika made up of …"."""

from __future__ import annotations

from collections.abc import Iterator

from dragoman.mediation.scene import Scene
from dragoman.mediation.vocabulary import Vocabulary
from dragoman.mediation.wordlists import load_wordlists


def members(scene: Scene, vocabulary: Vocabulary) -> Iterator[str]:
    """The bodies that are told to be in a team that mediates, in reading order; none of a team that is only planned."""
    lists = load_wordlists().roles
    for i, word in enumerate(scene.words):
        noun = scene.doc[i].pos_ in ("NOUN", "PROPN")
        if noun and (word in lists.processes or (word in lists.teams and _mediates(scene, vocabulary, i))):
            yield from (scene.bodies.body(actor) for actor in scene.phrases.who(_within(scene, i)))


def _mediates(scene: Scene, vocabulary: Vocabulary, i: int) -> bool:
    """Whether a team is one of mediators: "the mediating group", "the group of guarantors"."""
    mediating = vocabulary.classes["mediation"] | load_wordlists().roles.mediating | vocabulary.roles["guarantor"]
    beside = [*scene.tree.kids(i, "amod", "compound", "nmod:desc"), *scene.tokens.obliques(i, "of")]
    return any(scene.words[k] in mediating for k in beside)


def _within(scene: Scene, i: int) -> list[int]:
    """The phrases for those who are in a team."""
    lists, tree = load_wordlists().roles, scene.tree
    found = [*tree.kids(i, "appos"), *scene.tokens.obliques(i, "of", "from")]
    for clause in tree.kids(i, "acl", "acl:relcl"):
        # "the team, which comprises …", "a group made up of …"
        if scene.words[clause] in lists.comprising:
            found += [*scene.arguments.objects(clause), *scene.tokens.obliques(clause, "of", "from")]
    head, dep = tree.heads[i], tree.deps[i]
    if scene.doc[head].pos_ == "VERB" and not scene.clauses.negated(head) and not scene.clauses.unreal(head):
        if scene.words[head] in lists.comprising and dep in ("nsubj", "nsubj:pass"):
            found += [*tree.kids(head, "obj"), *scene.tokens.obliques(head, "of", "from")]
        elif scene.words[head] in lists.belonging and dep in ("obl", "obj"):
            found += scene.arguments.subjects(head)
    if scene.words[head] in lists.members and dep in ("nmod", "nmod:poss"):
        # "Chad is a member of the mediation", "members of the team, among them Chad"
        found += [*tree.kids(head, "nsubj", "appos")]
    return [k for k in found if k != i]
