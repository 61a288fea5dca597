"""Coordination joins like with like: a repair of the tree where the parser hung a verb on one that is unlike it.

"Kiev urged Moscow to stop shelling and called on its troops to leave" coordinates the two finite verbs; a parser likes
to hang "called" on the nearer infinitive, and then the wrong side calls. English does not coordinate a finite verb that
has no subject of its own with an infinitive, a gerund or a past perfect, so that such a verb belongs higher up: to the
nearest governing verb of its own tense.
"""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Doc

_PAST, _PRESENT = frozenset({"VBD"}), frozenset({"VBZ", "VBP"})
_INFINITE = frozenset({"VB", "VBG", "VBN"})
_FINITE = _PAST | _PRESENT | {"MD"}
_CLAUSAL = frozenset({"xcomp", "ccomp", "advcl", "acl", "acl:relcl", "advcl:relcl", "conj", "parataxis"})


def mended_heads(doc: Doc, heads: Sequence[int], deps: Sequence[str]) -> list[int]:
    """The heads of all tokens, with the coordinated verbs that hang too low hung higher.

    Linear in the number of tokens, but for the depth of the clauses around each such verb.
    """
    mended = list(heads)
    subjects, finite = set[int](), set[int]()
    for i, dep in enumerate(deps):
        if dep.startswith(("nsubj", "csubj")):
            subjects.add(heads[i])
        elif dep in {"aux", "aux:pass", "cop"} and doc[i].tag_ in _FINITE:
            finite.add(heads[i])
    for i, dep in enumerate(deps):
        if dep != "conj" or i in subjects or i in finite or doc[i].pos_ != "VERB":
            continue
        tense = next((tags for tags in (_PAST, _PRESENT) if doc[i].tag_ in tags), None)
        first = heads[i]
        if tense is None or doc[first].pos_ != "VERB" or doc[first].tag_ not in _INFINITE:
            continue
        governor = _governor(doc, heads, deps, first, tense)
        if governor is not None and governor < i:
            mended[i] = governor
    return mended


def _governor(doc: Doc, heads: Sequence[int], deps: Sequence[str], i: int, tense: frozenset[str]) -> int | None:
    """The nearest verb of this tense that governs the token."""
    for _ in range(8):
        if deps[i] not in _CLAUSAL:
            return None
        i = heads[i]
        if doc[i].pos_ == "VERB" and doc[i].tag_ in tense:
            return i
    return None
