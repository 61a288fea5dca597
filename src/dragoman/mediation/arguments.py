"""Who does what a predicate or a nominal act says, and to whom: heads of phrases, wherever the tree hangs them."""

from __future__ import annotations

from dragoman.mediation.clauses import CHARGING, SUBJECT_CONTROL
from dragoman.mediation.phrases import Phrases
from dragoman.mediation.tokens import Tokens

# Who calls somebody "to congratulate him" congratulates.
_CALLING = frozenset({"telephone", "phone", "call", "ring", "visit", "meet", "write"})
_LIKEWISE = frozenset({"as", "so"})
_NOMINAL = frozenset({"NOUN", "PROPN", "PRON"})
_THANKING = frozenset({"thank", "praise", "commend", "congratulate", "credit", "applaud", "laud", "hail"})


class Arguments:
    """The subjects, makers and objects of acts, told by control, coordination, passives and relative clauses."""

    def __init__(self, tokens: Tokens, phrases: Phrases) -> None:
        self.tokens = tokens
        self.phrases = phrases
        self.doc, self.tree, self.plain, self.words = tokens.doc, tokens.tree, tokens.plain, tokens.words

    def subjects(self, i: int) -> list[int]:
        """The heads of those who do what a predicate says, found through control, coordination and relative clauses."""
        return self._subjects(i, 0)

    def _subjects(self, i: int, depth: int) -> list[int]:
        if depth > 6:
            return []
        tree, doc = self.tree, self.doc
        passive = bool(tree.kids(i, "nsubj:pass", "aux:pass")) or doc[i].morph.get("Voice", []) == ["Pass"]
        if passive:
            return [kid for kid in tree.kids(i, "obl:agent", "obl", "nmod") if self.tokens.case(kid) == "by"]
        own = tree.kids(i, "nsubj")
        if own:
            return list(dict.fromkeys([*(self._relative(kid, i) for kid in own), *self._likewise(i)]))
        head, dep = tree.heads[i], tree.deps[i]
        if head == i:
            return []
        if dep == "ccomp" and any(self.plain[kid] == "it" for kid in tree.kids(i, "expl")):
            # "Oman said that it stood ready": a tree takes this for the "it" of "it rains".
            return self._subjects(head, depth + 1)
        if dep in ("acl", "acl:relcl"):
            if doc[i].tag_ == "VBN":
                return [kid for kid in tree.kids(i, "obl:agent", "obl") if self.tokens.case(kid) == "by"]
            if dep == "acl" and doc[i].tag_ in ("VB",):
                # "an offer to mediate": whoever makes the offer mediates.
                return self._subjects(head, depth + 1) if doc[head].pos_ == "VERB" else self.makers(head, depth + 1)
            return [head]
        if dep == "xcomp":
            objects = tree.kids(head, "obj", "iobj")
            if objects and doc[head].pos_ == "VERB" and self.words[head] not in SUBJECT_CONTROL | _CALLING:
                return objects
            if tree.kids(head, "nsubj:pass"):
                return tree.kids(head, "nsubj:pass")
            return self._subjects(head, depth + 1)
        if dep in ("advcl", "conj", "parataxis", "ccomp", "cop", "dep"):
            if dep == "ccomp" and doc[i].morph.get("VerbForm", []) == ["Fin"]:
                return []
            marks = {self.plain[kid] for kid in tree.kids(i, "mark")}
            if dep == "advcl" and marks & {"for", "of"} and self.words[head] in CHARGING | _THANKING:
                # "thanked New Zealand for bringing both sides together"
                return tree.kids(head, "obj", "nsubj:pass")
            passive_subjects = tree.kids(head, "nsubj:pass")
            return passive_subjects or self._subjects(head, depth + 1)
        return []

    def _likewise(self, i: int) -> list[int]:
        """Those who did so too: "Chad assisted him, as did the Union", "Niger mediated, and so did Togo".

        Trees agree on what such a "did" belongs to, and on little else.
        """
        heads, found = self.tree.heads, []
        for did in range(i + 2, self.tree.right[i]):
            if self.words[did] != "do" or self.plain[did - 1] not in _LIKEWISE:
                continue
            above = heads[did]
            while above > i and self.doc[above].pos_ in _NOMINAL:
                above = heads[above]
            first = did + 1
            while heads[first] > first and self.doc[heads[first]].pos_ in _NOMINAL:
                first = heads[first]
            if above == i and self.doc[first].pos_ in _NOMINAL:
                found.append(first)
        return found

    def _relative(self, subject: int, predicate: int) -> int:
        """The noun that "who", "which", "that" stand for."""
        if self.doc[subject].tag_ not in ("WDT", "WP") or not self.tree.deps[predicate].startswith("acl"):
            return subject
        noun = self.tree.heads[predicate]
        while self.tree.deps[noun] in ("flat", "flat:name"):
            noun = self.tree.heads[noun]  # a clause may hang on a surname
        return noun

    def makers(self, noun: int, depth: int = 0) -> list[int]:
        """Those whom a nominal act belongs to: "Turkey's offer", "an offer from Turkey", "Turkey made an offer"."""
        if depth > 6:
            return []
        tree = self.tree
        found = tree.kids(noun, "nmod:poss")
        found += [kid for kid in tree.kids(noun, "nmod", "obl") if self.tokens.case(kid) in ("by", "from", "of")]
        found += [kid for kid in tree.kids(noun, "compound", "amod", "nmod:desc") if self.phrases.named_at(kid)]
        if not tree.kids(noun, "nmod:poss"):
            # "Turned down offers by Kenya": right behind its noun, whatever the tree hangs it on.
            beside = tree.kids(tree.heads[noun], "obl", "nmod", "obl:agent")
            found += [k for k in beside if tree.left[k] == noun + 1 and self.tokens.case(k) in ("by", "from")]
        if any(self.phrases.people_of(kid) for kid in found):
            return found
        head = tree.heads[noun]
        if head != noun and tree.deps[noun] in ("obj", "nsubj:pass", "xcomp") and self.doc[head].pos_ == "VERB":
            return found + self._subjects(head, depth + 1)
        return found

    def objects(self, i: int) -> list[int]:
        """What a predicate is done to: objects, passive subjects, and what a passive participle stands with."""
        tree = self.tree
        found = tree.kids(i, "obj", "iobj", "nsubj:pass")
        found = [self._relative(kid, i) for kid in found]
        if tree.deps[i] == "acl" and self.doc[i].tag_ == "VBN":
            found.append(tree.heads[i])
        if not found and tree.deps[i] == "conj" and self.doc[i].pos_ == "VERB":
            head = tree.heads[i]
            if self.doc[i].tag_ == "VBN" and tree.kids(head, "nsubj:pass"):
                return tree.kids(head, "nsubj:pass")
        return found
