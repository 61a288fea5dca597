"""What the predicates of a text share: their slots, and how a word stands in the tree.

A slot is named as the frames name it: `subj` and `obj` are deep (the agent of a passive is its subject), prepositions
are slots of their own, `comp` is a clause that completes the predicate.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from spacy.tokens import Doc

from dragoman.codebook import Codebook
from dragoman.reading.events.lexemes import Lexemes
from dragoman.reading.tree import Tree
from dragoman.reading.wordclasses import read_classes

_PREPOSITION_CASES = {"upon": "on", "towards": "toward", "amongst": "among", "vs.": "against", "versus": "against"}
_RELATIVE = frozenset({"who", "which", "that", "whom"})


@dataclass(frozen=True, slots=True)
class ClauseWords:
    """The words from `data/clauses.toml`.

    Attributes:
        times: nouns and adverbs that tell a time.
        naming: verbs that say of their object what it is.
        giving: verbs with two objects.
        jointly: adverbs before a "with" whose noun takes part as the subject does.
        along: the same as prepositions.
        rising: light verbs that still make what they carry when "up" is added.
    """

    times: frozenset[str]
    naming: frozenset[str]
    giving: frozenset[str]
    jointly: frozenset[str]
    along: frozenset[str]
    rising: frozenset[str]


@cache
def load_clause_words() -> ClauseWords:
    """The words that ship, read once."""
    return read_classes(ClauseWords, __package__, "clauses")


@dataclass(frozen=True, slots=True)
class Predicate:
    """A word with what fills its slots (token indices, nearest first)."""

    head: int
    pos: str
    lemma: str
    slots: dict[str, tuple[int, ...]]
    words: frozenset[str]
    light: int | None
    construction: tuple[str, ...]

    def fillers(self, slot: str) -> tuple[int, ...]:
        """The tokens that head what fills the slot."""
        return self.slots.get(slot, ())


class Slots:
    """Slots while they are being filled: each filler once, in the order found."""

    def __init__(self) -> None:
        self._fillers: dict[str, list[int]] = defaultdict(list)

    def add(self, slot: str, filler: int) -> None:
        """Let something fill this slot too, unless it does already."""
        if filler not in self._fillers[slot]:
            self._fillers[slot].append(filler)

    def get(self, slot: str) -> list[int]:
        """What fills the slot so far."""
        return self._fillers.get(slot, [])

    def items(self) -> list[tuple[str, list[int]]]:
        """Every slot with what fills it, safe to change the slots by."""
        return list(self._fillers.items())

    def replace(self, slot: str, old: int, new: int) -> None:
        """Put one filler of the slot in the place of another."""
        self._fillers[slot] = [new if filler == old else filler for filler in self._fillers[slot]]

    def move(self, filler: int, slot: str) -> None:
        """Let something fill this slot and no other."""
        for fillers in self._fillers.values():
            if filler in fillers:
                fillers.remove(filler)
        self._fillers[slot].append(filler)

    def frozen(self) -> dict[str, tuple[int, ...]]:
        """The slots that something fills, for a predicate to keep."""
        return {slot: tuple(fillers) for slot, fillers in self._fillers.items() if fillers}


class Phrases(ABC):
    """The words of one Doc as they stand in the tree; what is read of each kind of predicate builds on it."""

    def __init__(self, doc: Doc, tree: Tree, codebook: Codebook, acts: Callable[[int], bool] | None = None) -> None:
        """`acts` tells whether a token heads the mention of an actor; without it all nouns are alike."""
        self.acts = acts
        self.doc = doc
        self.tree = tree
        self.codebook = codebook
        self.words = load_clause_words()
        self._lexemes = Lexemes(doc, codebook)

    @abstractmethod
    def at(self, i: int) -> Predicate | None:
        """The predicate headed by a token, or None where it is no verb, noun or adjective."""

    def lemma(self, i: int) -> str:
        """The word of the codebook that the token is, else its lemma; hyphened compounds as one word (cease-fire)."""
        return self._lexemes[i]

    def case(self, i: int) -> str:
        """The preposition of a phrase, in lower case and several words joined; empty where it has none."""
        found = [self.doc[child].text.lower() for child in self.tree.kids(i, "case") if self.doc[child].tag_ != "POS"]
        name = " ".join(word for word in found if word not in {"'s", "’s", "'", "’"})
        return _PREPOSITION_CASES.get(name, name)

    def mark(self, i: int) -> str | None:
        """The word that introduces a clause, in lower case."""
        found = self.tree.kids(i, "mark")
        return self.doc[found[-1]].text.lower() if found else None

    def passive(self, i: int) -> bool:
        """Whether a verb form stands for its passive: with the auxiliary, or as a bare past participle on a noun."""
        if self.tree.kids(i, "nsubj:pass", "csubj:pass", "aux:pass"):
            return True
        if self.tree.kids(i, "nsubj"):
            return False
        if self.tree.kids(i, "obl:agent"):
            return True
        token = self.doc[i]
        if token.tag_ != "VBN" and "Voice=Pass" not in str(token.morph):
            return False
        if self.tree.deps[i] in {"acl", "amod"}:
            return True
        if self.tree.deps[i] in {"conj", "advcl"}:
            if self.tree.kids(i, "nsubj", "aux", "obj"):
                return False
            head = self.tree.heads[i]
            return self.tree.deps[i] == "advcl" or (self.doc[head].pos_ == "VERB" and self.passive(head))
        return False

    def is_time(self, i: int) -> bool:
        """Whether a phrase tells a time, so that its preposition belongs to no frame."""
        lemma = self.lemma(i)
        return (
            self.doc[i].ent_type_ == "DATE" and lemma != "time"
        ) or lemma in self.words.times  # who asks for time asks for it

    def _may_act(self, i: int) -> bool:
        return self.doc[i].pos_ == "PRON" or self.acts is None or self.acts(i)

    # Relative clauses

    def antecedent(self, pronoun: int, head: int | None) -> int:
        """The noun that a "who" or "whose" points back to: the parser's choice where that can act, else the nearest."""
        if head is not None and (self._may_act(head) or self.lemma(head) in self.codebook.classes["person"]):
            return head
        if head is None:
            head = pronoun
        if self.acts is None:
            return head
        node = pronoun - 1
        while node > 0 and self.doc[node].is_punct:
            node -= 1
        for _ in range(6):
            if self.acts(node):
                return node
            parent = self.tree.heads[node]
            if parent == node or parent >= pronoun or self.doc[parent].pos_ not in {"NOUN", "PROPN"}:
                break
            node = parent
        return head

    def _relative(self, i: int, head: int, slots: Slots, passive: bool, notes: list[str]) -> None:
        """Put the noun in the place of the relative pronoun, or in the gap that there is."""
        for name, fillers in list(slots.items()):
            for filler in fillers:
                word = self.doc[filler].text.lower()
                if word in _RELATIVE:
                    slots.replace(name, filler, self.antecedent(filler, head) if word in {"who", "whom"} else head)
                    notes.append("relative clause")
                    return
        wanted = "obj" if passive or slots.get("subj") else "subj"
        if not slots.get(wanted):
            slots.add(wanted, head)
            notes.append("relative clause")
