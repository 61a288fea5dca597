"""Nouns and adjectives that may state an event, with the light verbs that carry an event noun."""

from __future__ import annotations

from dragoman.reading.events.phrases import Phrases, Predicate, Slots
from dragoman.reading.negation import denies

# What carries an event noun that is not its object but stands under one of these prepositions: engage in talks.
_LIGHT_PREPOSITIONS = frozenset({"in", "into", "under", "on", "with", "to", "out", "from", "at"})


class Nouns(Phrases):
    """Reads nouns and adjectives."""

    def _whose(self, i: int) -> int:
        """Whom a "whose" points back to: what its clause modifies, else the nearest noun that can act."""
        node = i
        for _ in range(6):
            if self.tree.deps[node] == "acl:relcl":
                return self.antecedent(i, self.tree.heads[node])
            if self.tree.heads[node] == node:
                break
            node = self.tree.heads[node]
        return self.antecedent(i, None)

    def _noun(self, i: int) -> Predicate:
        tree, slots, notes = self.tree, Slots(), list[str]()
        words: set[str] = set()
        for child in tree.children[i]:
            dep = tree.deps[child]
            base = dep.split(":")[0]
            if dep == "nmod:poss" or (dep == "det" and self.doc[child].tag_ == "PRP$"):
                slots.add("poss", self._whose(child) if self.doc[child].lower_ == "whose" else child)
                words.add(self.lemma(child))
            elif base == "nmod" or base == "obl":
                case = self.case(child)
                if case:
                    slots.add(case, child)
                    words.update(case.split())
                    words.add(self.lemma(child))
                elif child < i:
                    slots.add("mod", child)
            elif base in {"compound", "amod", "flat", "nummod"}:
                if base in {"compound", "amod"}:
                    slots.add("mod", child)
                words.add(self.lemma(child))
                words.update(self.lemma(k) for k in tree.children[child])
            elif (dep == "acl" and (self.mark(child) in {"to", "that"} or self.doc[child].tag_ in {"VB", "VBG"})) or (
                # "Accusations that Cambodia had broken it", which the tree may take for a relative clause.
                dep == "acl:relcl"
                and self.mark(child) == "that"
                and tree.kids(child, "nsubj")
                and tree.kids(child, "obj")
            ):
                mark = self.mark(child)
                slots.add("comp", child)
                if mark and mark not in {"to", "that"}:
                    slots.add(mark, child)
            elif base == "nsubj":
                slots.add("subj", child)
        light = self._carrier(i, slots, words, notes)
        dep, head = tree.deps[i], tree.heads[i]
        if dep == "conj" and self.doc[head].pos_ in {"NOUN", "PROPN"}:
            first = self.at(head)
            if first and not any(slots.get(slot) for slot in ("poss", "by", "light", "between")):
                for slot in ("light", "poss", "by", "mod"):
                    for filler in first.fillers(slot):
                        if slot != "mod" or not slots.get("mod"):
                            slots.add(slot, filler)
            for child in tree.kids(head, "nmod"):
                case = self.case(child)
                if case and child > i and not slots.get(case):
                    slots.add(case, child)
        return Predicate(i, "n", self.lemma(i), slots.frozen(), frozenset(words), light, tuple(notes))

    def _carrier(self, i: int, slots: Slots, words: set[str], notes: list[str]) -> int | None:
        """The light verb that carries an event noun: its subject acts, its prepositional phrases belong to the noun."""
        tree, dep, head = self.tree, self.tree.deps[i], self.tree.heads[i]
        while dep == "conj" and self.doc[head].pos_ in {"NOUN", "PROPN"}:
            dep, head = tree.deps[head], tree.heads[head]
        # A round of talks, a series of strikes: the noun that counts is the one inside.
        if dep == "nmod" and self.case(i) == "of" and self.lemma(head) in self.codebook.classes.get("round", ()):
            outer = self.at(head)
            if outer:
                for slot in ("poss", "by", "mod", "between", "with", "light", "against", "on"):
                    for filler in outer.fillers(slot):
                        slots.add(slot, filler)
                return outer.light
            return None
        if head == i or self.doc[head].pos_ not in {"VERB", "AUX"}:
            return None
        kinds = self.codebook.light_verbs.get(self.lemma(head))
        if kinds is None:
            return None
        verb = self.at(head)
        if verb is None:
            return None
        particles = {self.lemma(child) for child in tree.kids(head, "compound:prt")}
        if particles - {"out", "up", "on"} or ("up" in particles and self.lemma(head) not in self.words.rising):
            return None  # a pact held up is not a pact made
        base = dep.split(":")[0]
        case = self.case(i) if base == "obl" else ""
        kind = ""
        if base == "obj" or dep == "nsubj:pass" or (dep == "nsubj" and "participle" in " ".join(verb.construction)):
            kind = "do" if "do" in kinds else ("get" if "get" in kinds else "")
        elif base == "obl" and case in _LIGHT_PREPOSITIONS:
            kind = "get" if case == "under" else ("do" if "do" in kinds else "")
        elif dep == "nsubj" and "happen" in kinds:
            kind = "happen"
        elif dep in {"acl", "acl:relcl"}:
            kind = ""
        if not kind:
            return None
        if kind == "do":
            for filler in verb.fillers("subj"):
                if filler != i:
                    slots.add("light", filler)
        elif kind == "get":
            for filler in verb.fillers("subj"):
                if filler != i:
                    slots.add("victim", filler)
            for filler in verb.fillers("from"):
                slots.add("by", filler)
        if verb.fillers("iobj"):
            for filler in verb.fillers("iobj"):
                slots.add("to", filler)
        for slot, fillers in verb.slots.items():
            if slot in {"subj", "obj", "iobj", "comp", "purpose"} or (slot == case and i in fillers):
                continue
            for filler in fillers:
                slots.add(slot, filler)
        words.add(self.lemma(head))
        notes.append(f"light verb “{self.doc[head].text}”")
        notes.extend(note for note in verb.construction if note not in notes)
        return head

    def _adjective(self, i: int) -> Predicate:
        tree, slots, notes = self.tree, Slots(), list[str]()
        words: set[str] = set()
        for child in tree.children[i]:
            dep = tree.deps[child]
            base = dep.split(":")[0]
            if base == "nsubj":
                slots.add("subj", child)
            elif base in {"obl", "nmod"} and (case := self.case(child)):
                slots.add(case, child)
                words.update(case.split())
            elif base in {"xcomp", "ccomp"} or (base == "advcl" and self.mark(child) == "to"):
                slots.add("comp", child)
            elif base == "advmod" and denies(tree, child):
                slots.add("not", child)
        dep, head = tree.deps[i], tree.heads[i]
        if dep == "acl:relcl":
            self._relative(i, head, slots, False, notes)
        elif not slots.get("subj"):
            if dep in {"amod", "acl"}:
                slots.add("subj", head)
            elif dep in {"xcomp", "conj", "advcl"} and (governor := self.at(head)):
                for filler in governor.fillers("subj"):
                    slots.add("subj", filler)
                notes.append("control")
        return Predicate(i, "a", self.lemma(i), slots.frozen(), frozenset(words), None, tuple(notes))
