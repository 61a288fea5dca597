"""How a predicate is meant: denied, demanded, feared, supposed, still to come, or told on somebody's word."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from dragoman.mediation.tokens import Tokens
from dragoman.reading.negation import denies

if TYPE_CHECKING:
    from dragoman.reading.statements import FoundStatement

# Modals that are none but that, however they are tagged.
_MODALS = frozenset({"would", "could", "might", "should", "must", "shall", "will"})
# What is done to nothing or by nobody is not done.
_NO = frozenset({"no", "neither"})
_NOBODY = frozenset({"nobody", "none", "neither", "nothing"})
_CORE = frozenset({"nsubj", "nsubj:pass", "obj"})
_DENYING = frozenset({"refuse", "fail", "decline", "deny"})
# What follows these is wished, feared or charged.
_DESIRING = frozenset(
    """demand urge want ask call insist appeal press hope fear threaten seek require request propose suggest warn avoid
    prevent deny doubt wish beg implore plead exhort invite oppose let allow""".split()
)
CHARGING = frozenset({"accuse", "blame", "reproach", "criticize", "criticise", "fault", "condemn", "suspect", "wary"})
_SUPPOSING = frozenset({"if", "unless", "until", "before", "lest", "whether", "once"})
# Of these, those that only say when of what has been: "until both signed". What lies ahead they make a condition.
_TIMING = frozenset({"until", "before", "once"})
# Forms by which a clause tells what is, what is wanted or what will be.
_NOT_PAST = frozenset({"VB", "VBP", "VBZ", "MD"})
SUBJECT_CONTROL = frozenset({"offer", "promise", "threaten", "pledge", "agree", "vow", "want", "plan", "refuse"})


class Clauses:
    """The predicates of an article and the statements that they stand in.

    Attributes:
        cues: the statements by the token that introduces them.
    """

    def __init__(self, tokens: Tokens, statements: Sequence[FoundStatement]) -> None:
        self.tokens = tokens
        self.doc, self.tree, self.plain, self.words = tokens.doc, tokens.tree, tokens.plain, tokens.words
        # The statements that cover a token, and those that a token introduces: asked for often, found once.
        self._said: dict[int, list[FoundStatement]] = {}
        self.cues: dict[int, FoundStatement] = {}
        for found in statements:
            if found.cue is not None:
                self.cues.setdefault(found.cue, found)
            for k in found.tokens:
                self._said.setdefault(k, []).append(found)

    def said(self, i: int) -> list[FoundStatement]:
        """The statements that a token is part of, the innermost first."""
        return sorted(self._said.get(i, ()), key=lambda found: len(found.tokens))

    def negated(self, i: int) -> bool:
        """Whether a predicate is denied: "not", "never", "no talks", "no deal was reached", "refused to"."""
        for child in self.tree.children[i]:
            word, dep = self.plain[child], self.tree.deps[child]
            if dep in ("advmod", "det", "aux") and (word in _NO or denies(self.tree, child)):
                return True
            if dep in _CORE and (word in _NOBODY or self._without(child)):
                return True
        head = self.tree.heads[i]
        return self.tree.deps[i] == "xcomp" and (self.words[head] in _DENYING or self.negated(head))

    def _without(self, i: int) -> bool:
        """Whether a phrase is of nothing: "no agreement", "neither side"."""
        return any(self.plain[kid] in _NO for kid in self.tree.kids(i, "det"))

    def modal(self, i: int) -> str:
        """The modal of a predicate in lower case, or "" ("would", "may", "must", "will", "can")."""
        for child in self.tree.kids(i, "aux"):
            # "Would" that was tagged as a past tense is no less a modal.
            if self.doc[child].tag_ == "MD" or self.plain[child] in _MODALS:
                return self.plain[child]
        return ""

    def due(self, i: int) -> bool:
        """Whether it "is to" happen."""
        kids = self.tree.children[i]
        to = any(self.plain[kid] == "to" and self.tree.deps[kid] in ("mark", "aux") for kid in kids)
        be = any(self.plain[kid] in ("is", "are", "'s") for kid in kids)
        return to and be

    def backshifted(self, i: int) -> bool:
        """Whether "would" is the "will" of reported speech: "they would meet again in May, he said"."""
        if self.modal(i) != "would" or self.negated(i):
            return False
        for kid in self.tree.kids(i, "advcl"):
            if {self.plain[mark] for mark in self.tree.kids(kid, "mark")} & {"if", "unless", "should"}:
                return False
        first = self.tree.heads[i] if self.tree.deps[i] == "conj" else i
        said = [*self.said(i), *self.said(first)]
        return any(not found.record.quoted for found in said) or self.tree.deps[first] == "ccomp"

    def unreal(self, i: int) -> bool:
        """Whether a predicate tells what is demanded, feared, charged or supposed, not what happened."""
        k = i
        for _ in range(5):
            marks = {self.plain[kid] for kid in self.tree.kids(k, "mark", "advmod")}
            if self.tree.deps[k] == "advcl" and marks & _SUPPOSING and not self.came_about(k):
                return True
            head, dep = self.tree.heads[k], self.tree.deps[k]
            if head == k or dep in ("acl:relcl", "parataxis", "root"):
                return False
            if dep == "obl" and self.tokens.case(k) in ("of", "for") and self.words[head] in CHARGING:
                return True
            if dep == "advcl" and marks & {"of", "for"} and self.words[head] in CHARGING:
                return True
            if dep in ("ccomp", "xcomp", "obj", "acl") and self.words[head] in _DESIRING:
                return True
            k = head
        return False

    def came_about(self, i: int) -> bool:
        """Whether a clause with "until", "before" or "once" tells what has been: "they fought until they signed it".

        Its verb is in the past, and what it hangs on is neither denied, nor wanted, nor still to come.
        """
        head = self.tree.heads[i]
        marks = {self.plain[kid] for kid in self.tree.kids(i, "mark", "advmod")} & _SUPPOSING
        if self.tree.deps[i] != "advcl" or not marks or not marks <= _TIMING or self._tense(i) != "VBD":
            return False
        while True:
            wanted = self.words[head] in SUBJECT_CONTROL | _DESIRING | _DENYING
            if wanted or self._tense(head) in _NOT_PAST or self.negated(head) or self.due(head):
                return False
            if self.tree.deps[head] != "conj" or self.tree.kids(head, "nsubj", "nsubj:pass"):
                return True
            # "would rest and fight on until they signed it"
            head = self.tree.heads[head]

    def _tense(self, i: int) -> str:
        """The tag of the word by which a predicate is finite: of its first auxiliary or copula, else its own."""
        kids = self.tree.kids(i, "aux", "aux:pass", "cop")
        tag = self.doc[min(kids, default=i)].tag_
        # A participle with a subject of its own and no auxiliary is a past tense that the tagger slipped on.
        return "VBD" if tag == "VBN" and not kids and self.tree.kids(i, "nsubj") else tag
