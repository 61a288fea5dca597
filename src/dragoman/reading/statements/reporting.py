"""Reporting words: whether a word is one, in which constructions, and who is named with it in the tree."""

from __future__ import annotations

from dragoman.reading.inflection import verb_forms
from dragoman.reading.negation import denies
from dragoman.reading.statements.cues import Cue, CueLexicon
from dragoman.reading.statements.speakers import SUBJECTS, subjects_of
from dragoman.reading.tree import Tree

# "refused to say", "declined to comment": nothing is said.
_WITHHELD = frozenset(
    form for verb in ("refuse", "decline", "fail", "avoid", "stop", "forbear") for form in verb_forms(verb)
)


class ReportingWords:
    """The reporting words of a Doc."""

    def __init__(self, tree: Tree, lexicon: CueLexicon) -> None:
        self.tree = tree
        self.lexicon = lexicon

    def cue(self, index: int) -> Cue | None:
        """The lexicon's entry for a token, or None where the token is no reporting word."""
        token = self.tree.doc[index]
        if token.pos_ == "VERB" and self.tree.deps[index] not in ("amod", "case", "mark", "fixed", "compound"):
            return self.lexicon.verb(token.text, token.lemma_)
        if token.pos_ == "NOUN":
            return self.lexicon.noun(token.text, token.lemma_)
        return None

    def takes(self, index: int, construction: str) -> bool:
        """Whether a token is a cue in this construction."""
        cue = self.cue(index)
        if cue is None:
            return self.tree.doc[index].lower_ == "according"
        return construction in cue.takes

    def is_clause(self, index: int) -> bool:
        """Whether a token heads a clause with a subject of its own."""
        return bool(self.tree.kids(index, *SUBJECTS))

    def subject(self, index: int) -> int | None:
        """The subject of a cue, where it has one."""
        return next(iter(subjects_of(self.tree, index)), None)

    def source(self, index: int) -> int | None:
        """Who is named after "according to", from the word "according"."""
        tree = self.tree
        head = tree.heads[index]
        if tree.deps[index] in ("case", "mark"):
            return head
        return next(iter(tree.kids(index, "obl", "obj", "nmod")), None)

    def in_the_words(self, index: int) -> bool:
        """Whether a noun says whose words the clause is: "in the words of the envoy, the truce was …"."""
        tree, doc = self.tree, self.tree.doc
        if doc[index].lower_ != "words" or tree.deps[index] not in ("obl", "nmod"):
            return False
        within = any(doc[child].lower_ == "in" for child in tree.kids(index, "case"))
        of = index + 1 < len(doc) and doc[index + 1].lower_ == "of"
        return within and (of or bool(tree.kids(index, "nmod:poss")))

    def withheld(self, index: int) -> bool:
        """Whether nothing is said: "declined to comment", "won no promise", "without elaborating"."""
        tree, doc = self.tree, self.tree.doc
        if any(denies(tree, child) and child < index for child in tree.children[index]):
            return True
        if doc[index].pos_ == "NOUN" and any(doc[child].lower_ == "no" for child in tree.kids(index, "det")):
            return True  # "won no promise that"
        if any(doc[child].lower_ == "without" for child in tree.kids(index, "mark", "case")):
            return True  # "without elaborating"
        head = tree.heads[index]
        return tree.deps[index] == "xcomp" and doc[head].lower_ in _WITHHELD
