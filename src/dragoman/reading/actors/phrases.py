"""Noun phrases in the tree: their core, the preposition before them, and what governs them."""

from __future__ import annotations

from collections.abc import Container

from spacy.tokens import Doc, Token

from dragoman.reading.tree import Tree

NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM", "ADJ", "DET", "X"})
# What belongs to a name or a noun from the left: its core, without relative clauses and prepositional phrases.
_LEFT = frozenset(
    {
        "det",
        "det:predet",
        "amod",
        "compound",
        "nummod",
        "nmod:poss",
        "nmod:desc",
        "flat",
        "nmod:unmarked",
        "cc:preconj",
        "goeswith",
    }
)
_DASHES = frozenset({"-", "–", "—", "--"})
_RIGHT = frozenset({"flat", "goeswith", "fixed"})
# Relations in which a token is a part of the phrase of its head.
INNER = frozenset({"compound", "flat", "nmod:desc", "amod", "goeswith", "fixed"})
SUBJECTS = frozenset({"nsubj", "nsubj:pass", "nsubj:outer"})
OBJECTS = frozenset({"obj", "iobj"})
# After these stands whom the subject deals with, not where it is: "spoke to him", but "had three men with him".
_ADDRESSING = frozenset({"to", "against", "by", "at"})


_IRREGULAR = {"men": "man", "women": "woman", "children": "child", "spokesmen": "spokesman", "gunmen": "gunman"}


def noun_lemma(token: Token) -> str:
    """The lemma of a noun, lower case; plurals that a tagger left standing are taken down."""
    lemma, text = token.lemma_.lower(), token.lower_
    if text.endswith("ies") and len(text) > 4 and lemma in (text, text[:-1]):
        return text[:-3] + "y"
    if lemma == text and text.endswith("s") and not text.endswith("ss") and token.tag_ in ("NNS", "NNPS"):
        return text[:-1]
    return _IRREGULAR.get(text, lemma)


def is_plural(token: Token) -> bool:
    """By its morphology or its tag."""
    return "Plur" in token.morph.get("Number", []) or token.tag_ in ("NNS", "NNPS")


def is_held(doc: Doc, i: int) -> bool:
    """Whether a word is held to the one before it by a hyphen."""
    if i < 2 or doc[i - 1].text != "-" or not doc[i].is_alpha:
        return False
    return not doc[i - 1].whitespace_ and not doc[i - 2].whitespace_


def core(tree: Tree, head: int) -> tuple[int, int]:
    """Start and end of the core of the phrase of a head: determiners, modifiers before it, the parts of its name."""
    start, end = head, head + 1
    for child in reversed(tree.children[head]):
        dep = tree.deps[child]
        if child < head and dep in _LEFT:
            if split_by_verb(tree, tree.right[child] + 1, start):
                break
            start = min(start, _left_of(tree, child))
    for index in range(head - 1, start, -1):
        if tree.doc[index].text in _DASHES and tree.doc[index].whitespace_ and tree.doc[index - 1].whitespace_:
            start = index + 1  # what stands before a dash is a dateline or a thought of its own
            break
    for child in tree.children[head]:
        dep = tree.deps[child]
        if child > head and any(tree.deps[index] == "cc" for index in range(end, child + 1)):
            break  # what stands behind an "and" is somebody else
        if child > head and dep in _RIGHT:
            end = max(end, child + 1)
            end = max(end, core(tree, child)[1]) if tree.children[child] else end
    return start, end


def _left_of(tree: Tree, child: int) -> int:
    """Where the phrase of a child begins; the tree may hang the hyphen of a name on what stands behind its comma."""
    left = tree.left[child]
    if tree.doc[left].text not in _DASHES:
        return left
    return next((index + 1 for index in range(child - 1, left, -1) if tree.doc[index].text == ","), left)


def split_by_verb(tree: Tree, start: int, end: int) -> bool:
    """Whether a verb stands between two tokens: no tree that is right has a phrase on both sides of it."""
    return any(tree.doc[index].pos_ in ("VERB", "AUX") for index in range(start, min(end, start + 6)))


def case_of(tree: Tree, head: int) -> str:
    """The preposition of a phrase, lower case; conjuncts share the first one's; empty where there is none."""
    for _ in range(20):
        words: list[str] = []
        for child in tree.children[head]:
            if tree.deps[child] == "case" and child < head:
                words.append(tree.doc[child].lower_)
                words.extend(tree.doc[part].lower_ for part in tree.children[child] if tree.deps[part] == "fixed")
        if words:
            return " ".join(words)
        if tree.deps[head] not in ("conj", "appos"):
            return ""
        head = tree.heads[head]
    return ""


def governor(tree: Tree, head: int) -> tuple[str, int]:
    """The relation of a phrase and what governs it; conjuncts and appositions have those of the first."""
    for _ in range(50):
        dep = tree.deps[head]
        if dep not in ("conj", "appos") or tree.doc[tree.heads[head]].pos_ not in NOMINAL:
            break
        head = tree.heads[head]
    return tree.deps[head], tree.heads[head]


def doer_beside(tree: Tree, head: int) -> int | None:
    """The subject of the clause that a phrase is the object of, or the addressee: somebody else than it means.

    Also where the clause leaves its subject to the one above: in "flew in to meet her", "landed and met her".
    """
    dep, clause = governor(tree, head)
    addressed = dep == "obl:agent" or (dep == "obl" and case_of(tree, head) in _ADDRESSING)
    if dep not in OBJECTS and not addressed:
        return None
    for _ in range(4):
        subject = next((kid for kid in tree.children[clause] if tree.deps[kid] in SUBJECTS), None)
        if subject is not None:
            return subject
        above = tree.heads[clause]
        told = any(tree.deps[kid] in OBJECTS for kid in tree.children[above])
        if tree.deps[clause] != "conj" and (tree.deps[clause] not in ("xcomp", "advcl") or told):
            return None
        clause = above
    return None


def is_source(tree: Tree, head: int, speech: Container[str]) -> bool:
    """Whether a phrase is a source: the subject of one of the verbs of `speech`, or whom "according to" names."""
    dep, above = governor(tree, head)
    if dep == "nmod" and tree.doc[above].pos_ in ("NUM", "PRON", "DET") and case_of(tree, head) == "of":
        return is_source(tree, above, speech)  # "one of the monitors said"
    if case_of(tree, head) == "according to":
        return True
    return dep in SUBJECTS and dep != "nsubj:pass" and tree.doc[above].lemma_.lower() in speech


def first_conjunct(tree: Tree, head: int) -> int:
    """The first of the coordinated phrases that a head belongs to."""
    while tree.deps[head] == "conj" and tree.heads[head] != head:
        head = tree.heads[head]
    return head


def conjuncts(tree: Tree, head: int) -> list[int]:
    """The first conjunct and all that follow it, in order."""
    first = first_conjunct(tree, head)
    found, stack = [first], [first]
    while stack:
        for child in tree.kids(stack.pop(), "conj"):
            found.append(child)
            stack.append(child)
    return sorted(found)


def relative_antecedent(tree: Tree, pronoun: int) -> int | None:
    """The noun that a relative pronoun stands for: the head of the relative clause that it is in."""
    index = pronoun
    for _ in range(20):
        if tree.deps[index] == "acl:relcl":
            return tree.heads[index]
        if tree.heads[index] == index:
            return None
        index = tree.heads[index]
    return None
