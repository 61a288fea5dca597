"""Whether a negating word denies what it stands with: the "not" of "not only" does not."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from dragoman.reading.tree import Tree
from dragoman.reading.wordclasses import read_classes


@dataclass(frozen=True, slots=True)
class Negation:
    """The words from `data/negation.toml`.

    Attributes:
        negators: adverbs and conjunctions that deny.
        limits: behind a negator these say that there was more besides.
        loose: of the limits, those that limit nothing after one of `choices`.
        choices: modals of what one may choose.
    """

    negators: frozenset[str]
    limits: frozenset[str]
    loose: frozenset[str]
    choices: frozenset[str]


@cache
def load_negation() -> Negation:
    """The words that ship, read once."""
    return read_classes(Negation, __package__, "negation")


def denies(tree: Tree, i: int) -> bool:
    """Whether the word at `i` denies what it hangs on: "not met", "never met", but not "not only met".

    "No talks" and "nobody met" are left to the rooms, who know what it is of which there was none.
    """
    return tree.doc[i].lower_ in load_negation().negators and not _is_limited(tree, i)


def _is_limited(tree: Tree, i: int) -> bool:
    """Whether a word behind a negator, beside it or below it, says that there was more besides."""
    doc, words = tree.doc, load_negation()
    near = [k for k in (i + 1, *tree.children[i]) if i < k < len(doc)]
    found = {doc[k].lower_ for k in near} & words.limits
    if found <= words.loose and any(doc[k].lower_ in words.choices for k in tree.kids(tree.heads[i], "aux")):
        return False
    return bool(found)
