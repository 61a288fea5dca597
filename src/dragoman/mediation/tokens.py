"""The words of an article as rules look at them: plain, by lemma, and in runs that the tree says belong together."""

from __future__ import annotations

from bisect import bisect_right

from spacy.tokens import Doc, Token

from dragoman.mediation.vocabulary import load_vocabulary
from dragoman.reading.tree import Tree

_HYPHENS = frozenset({"-", "–", "‑", "‐"})
_CLAUSAL = frozenset({"root", "ccomp", "advcl", "acl", "acl:relcl", "parataxis", "csubj", "xcomp"})
_SEPARATE = frozenset({"ccomp", "advcl", "parataxis", "acl:relcl"})


def straight(text: str) -> str:
    """Words in lower case, their apostrophes straight whatever the printer sets: what rules over words look at."""
    return text.lower().replace("’", "'")


class Tokens:
    """The tokens of an article and their tree.

    Attributes:
        plain: the words as they stand, in lower case and with straight apostrophes.
        words: their lemmas, a hyphened word's those of the whole.
    """

    def __init__(self, doc: Doc) -> None:
        self.doc = doc
        self.tree = Tree.of(doc)
        self.plain = [straight(token.text) for token in doc]
        self.words = [self._word(token) for token in doc]
        self._starts = [token.idx for token in doc]

    def index(self, offset: int) -> int:
        """The token at a character of the text."""
        return max(0, bisect_right(self._starts, offset) - 1)

    def _word(self, token: Token) -> str:
        """The lemma in lower case; the last part of a hyphened word is the whole ("cease-fire" is "ceasefire")."""
        word = self.plain[token.i]
        lemma = load_vocabulary().forms.get(word) or (token.lemma_ or word).lower()
        i = token.i
        for first in (i, i - 2):
            # A "go-between" is one word, whichever half heads it.
            if 0 <= first < len(self.doc) - 2 and self.doc[first + 1].text in _HYPHENS:
                whole = self.plain[first] + self.plain[first + 2]
                if whole in load_vocabulary().known:
                    return whole
        if i and token.pos_ == "NOUN" and self.plain[i - 1] + word in load_vocabulary().known:
            # "Good offices", "power sharing": what is one term needs no hyphen.
            return self.plain[i - 1] + word
        if i >= 2 and self.doc[i - 1].text in _HYPHENS and self.doc[i - 2].head.i == i:
            half = self.doc[i - 2]
            if not half.is_title and not half.is_upper:  # "Swiss-mediated", "EU-mediated": that is who mediated
                return self.plain[half.i] + lemma
        return lemma

    def text(self, start: int, end: int) -> str:
        """The words of a run of tokens in lower case, hyphens closed up and apostrophes straight."""
        raw = straight(self.doc[start:end].text).replace("‑", "-").replace("–", "-")
        return " ".join(raw.split())

    def sentence(self, i: int) -> tuple[int, int]:
        """The sentence of a token, end exclusive."""
        first, last = self.tree.bounds(i)
        return first, last + 1

    def clause(self, i: int) -> tuple[int, int]:
        """The clause of a token as a run of tokens: its words without the clauses that stand before or after it."""
        tree = self.tree
        head = i if tree.deps[i] in _CLAUSAL or self.doc[i].pos_ in ("VERB", "AUX") else tree.clause(i)
        kept = [head]
        for child in tree.children[head]:
            if tree.deps[child] in _SEPARATE and self.doc[child].pos_ in ("VERB", "AUX", "ADJ", "NOUN"):
                continue
            if tree.deps[child] == "conj" and self.doc[child].pos_ in ("VERB", "AUX"):
                continue
            if tree.deps[child] in ("punct", "cc"):
                continue
            kept += [tree.left[child], tree.right[child]]
        return min(kept), max(kept) + 1

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Tokens to characters."""
        last = self.doc[end - 1]
        return self.doc[start].idx, last.idx + len(last)

    def case(self, i: int) -> str:
        """The preposition of a phrase in lower case, "" without one."""
        kids = self.tree.kids(i, "case")
        if not kids:
            return ""
        words = [self.plain[child] for child in kids]
        return "'s" if words[-1] in ("'s", "'") else words[0]

    def obliques(self, i: int, *prepositions: str) -> list[int]:
        """Phrases that hang on a predicate or a noun by one of these prepositions."""
        kids = self.tree.kids(i, "obl", "nmod", "obl:agent", "obl:arg")
        return [kid for kid in kids if self.case(kid) in prepositions]

    def conjuncts(self, i: int) -> list[int]:
        """A token and those coordinated with it; a name's later words may carry the next name."""
        found, queue = [], [i]
        while queue:
            k = queue.pop(0)
            found.append(k)
            for child in self.tree.children[k]:
                if self.tree.deps[child] == "conj":
                    queue.append(child)
                elif self.tree.deps[child] in ("flat", "flat:name", "appos"):
                    queue += [deeper for deeper in self.tree.children[child] if self.tree.deps[deeper] == "conj"]
        return found
