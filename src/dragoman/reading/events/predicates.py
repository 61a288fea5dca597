"""The words that may state an event, and what fills their slots, whatever the construction.

A slot is named as the frames name it: `subj` and `obj` are deep (the agent of a passive is its subject), prepositions
are slots of their own, `comp` is a clause that completes the predicate. Verbs are read here; `gaps` fills what their
clauses leave out, `nouns` reads nouns and adjectives.
"""

from __future__ import annotations

from collections.abc import Callable

from spacy.tokens import Doc

from dragoman.codebook import Codebook
from dragoman.reading.events.gaps import BLAMING, Gaps
from dragoman.reading.events.nouns import Nouns
from dragoman.reading.events.phrases import Predicate, Slots
from dragoman.reading.negation import denies
from dragoman.reading.tree import Tree

# Prepositions of two words, and the slots of frames that they fill besides their own.
_PARTED = {
    "out of": ("from", "of"),
    "away from": ("from",),
    "back to": ("to",),
    "back from": ("from",),
    "up to": ("to",),
}


class Clauses(Gaps, Nouns):
    """The predicates of one Doc, found on demand and kept."""

    def __init__(self, doc: Doc, tree: Tree, codebook: Codebook, acts: Callable[[int], bool] | None = None) -> None:
        """`acts` tells whether a token heads the mention of an actor; without it all nouns are alike."""
        super().__init__(doc, tree, codebook, acts)
        self._found: dict[int, Predicate | None] = {}
        self._open: set[int] = set()

    def at(self, i: int) -> Predicate | None:
        """The predicate headed by a token, or None where it is no verb, noun or adjective."""
        if i in self._found:
            return self._found[i]
        if i in self._open:
            return None
        self._open.add(i)
        pos = self.doc[i].pos_
        found: Predicate | None = None
        if pos == "VERB" and self.tree.deps[i] in {"amod", "compound"} and i and self.doc[i - 1].text in {"-", "–"}:
            pos = ""  # open-ended, UN-backed: no clause of its own
        if pos == "VERB" and self.tree.deps[i] in {"nmod", "obl"} and self.case(i):
            pos = "NOUN"  # hours of wrangling
        if pos == "VERB" or (pos == "AUX" and self.tree.deps[i] not in {"aux", "aux:pass", "cop"}):
            found = self._verb(i)
        elif pos in {"NOUN", "PROPN"}:
            found = self._noun(i)
        elif pos == "ADJ":
            found = self._adjective(i)
        self._open.discard(i)
        self._found[i] = found
        return found

    # Verbs

    def _verb(self, i: int) -> Predicate:
        tree, slots, notes = self.tree, Slots(), list[str]()
        words: set[str] = set()
        along: list[int] = []
        passive = self.passive(i)
        if passive:
            notes.append("passive")
        has_object = bool(tree.kids(i, "obj"))
        for child in tree.children[i]:
            dep = tree.deps[child]
            base = dep.split(":")[0]
            if base in {"nsubj", "csubj"}:
                deep = "subj" if not (passive and dep.endswith(":pass")) else ("iobj" if has_object else "obj")
                slots.add(deep, child)
            elif base == "obj" or base == "iobj":
                slots.add(base, child)
            elif base == "obl" or (base == "nmod" and dep != "nmod:poss"):
                case = self.case(child)
                if passive and (dep == "obl:agent" or case == "by"):
                    slots.add("subj", child)
                elif case and not self.is_time(child):
                    for name in (case, *_PARTED.get(case, ())):
                        slots.add(name, child)
                    if case in self.words.along or (case == "with" and self._is_along(child)):
                        along.append(child)
                    words.update(case.split())
                    words.add(self.lemma(child))
                elif case == "until":  # gave them until Friday to leave
                    words.add(case)
            elif dep == "compound:prt" or base == "advmod":
                words.add(self.lemma(child))
                for k in tree.kids(child, "obl"):  # back to war
                    if case := self.case(k):
                        slots.add(case, k)
                        if case == "with" and self.doc[child].lower_ in self.words.jointly:
                            along.append(k)
                        words.update((*case.split(), self.lemma(k)))
            elif base in {"xcomp", "ccomp"}:
                slots.add("comp", child)
                words.add(self.lemma(child))
                if self.mark(child) in BLAMING:  # "accused Togo of arming rebels", whichever clause it is taken for
                    slots.add(str(self.mark(child)), child)
            elif base == "advcl":
                mark = self.mark(child)
                if mark == "to" or (mark is None and self.doc[child].tag_ == "VB"):
                    slots.add("purpose", child)
                elif mark in {"of", "from", "for", "by", "in", "with", "on", "into", "against", "about", "over", "at"}:
                    slots.add(mark, child)
                    words.add(mark)
        self._objects(i, slots, words)
        if not passive and not slots.get("obj"):
            for child in slots.get("iobj"):  # warned both sides: the only object is an object
                slots.add("obj", child)
        for child in slots.get("obj"):
            words.add(self.lemma(child))
            words.add(self.doc[child].lower_)  # arms, hostilities
            words.update(self.lemma(k) for k in tree.kids(child, "amod", "compound"))
        for child in tree.kids(i, "advcl", "xcomp", "ccomp"):
            if any(self.doc[k].lower_ == "for" for k in tree.kids(child, "mark")):
                slots.add("for", child)  # called for the president to resign
        for child in tree.kids(i, "advmod"):
            if denies(tree, child):
                slots.add("not", child)
        self._inherit(i, slots, passive, notes)
        if slots.get("subj"):
            for child in along:
                slots.add("subj", child)
        self._hoist(slots, passive)
        if not slots.get("comp"):
            for child in slots.get("purpose"):
                slots.add("comp", child)
        return Predicate(i, "v", self.lemma(i), slots.frozen(), frozenset(words), None, tuple(notes))

    def _objects(self, i: int, slots: Slots, words: set[str]) -> None:
        """Part two objects: "called the talks a success" says what they were, "refused France the use" to whom."""
        both = sorted({*slots.get("obj"), *slots.get("iobj")})
        if self.lemma(i) in self.words.naming:
            if len(both) == 2 and both[1] > i:
                slots.move(both[0], "obj")
                slots.move(both[1], "comp")
                words.add(self.lemma(both[1]))
            elif not both:
                # "called the release insufficient": the parse may take both for what was said of it.
                nouns = [child for child in slots.get("comp") if self.doc[child].pos_ in {"NOUN", "PROPN", "PRON"}]
                if len(slots.get("comp")) == 2 and nouns[:1] == slots.get("comp")[:1] and nouns[0] > i:
                    slots.move(nouns[0], "obj")
            elif len(both) == 1 and not slots.get("comp"):
                # "called the results promising": a participle behind the noun says it of the noun.
                for child in self.tree.kids(both[0], "acl", "amod"):
                    if child > both[0] and self.tree.right[child] == child:
                        slots.add("comp", child)
                        words.add(self.lemma(child))
            return
        first = self.tree.kids(i, "obj") if self.lemma(i) in self.words.giving else []
        if len(first) == 2 and not slots.get("iobj") and self._may_act(first[0]) and not self._may_act(first[1]):
            slots.move(first[0], "iobj")

    def _is_along(self, i: int) -> bool:
        """Whether "together" stands before a "with"."""
        first = next((child for child in self.tree.kids(i, "case")), i)
        return first > 0 and self.doc[first - 1].lower_ in self.words.jointly

    def _hoist(self, slots: Slots, passive: bool) -> None:
        """Lend the verb the phrases of its object: whether "on Iran" hangs on "impose" or on "sanctions" is all one."""
        for filler in slots.get("obj"):
            for child in self.tree.kids(filler, "nmod"):
                case = self.case(child)
                if case == "by" and passive and not slots.get("subj"):
                    slots.add("subj", child)
                elif case and case != "of" and not slots.get(case) and not self.is_time(child):
                    slots.add(case, child)
