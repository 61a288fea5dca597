"""The words that may state an event, and what fills their slots, whatever the construction.

A slot is named as the frames name it: `subj` and `obj` are deep (the agent of a passive is its subject), prepositions
are slots of their own, `comp` is a clause that completes the predicate. What a clause leaves out is taken from where
English leaves it: the controller of an infinitive, the noun that a relative or a participle modifies, the first of two
coordinated verbs, the subject of the light verb that carries an event noun.
"""

from __future__ import annotations

import tomllib
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from spacy.tokens import Doc

from dragoman.codebook import Codebook
from dragoman.reading.events.lexemes import Lexemes
from dragoman.reading.negation import denies
from dragoman.reading.tree import Tree

_PREPOSITION_CASES = {"upon": "on", "towards": "toward", "amongst": "among", "vs.": "against", "versus": "against"}
# Prepositions of two words, and the slots of frames that they fill besides their own.
_PARTED = {
    "out of": ("from", "of"),
    "away from": ("from",),
    "back to": ("to",),
    "back from": ("from",),
    "up to": ("to",),
}
_BLAMING = frozenset({"of", "from", "for", "into"})
_TIMES = frozenset(
    """monday tuesday wednesday thursday friday saturday sunday january february march april may june july august
    september october november december day week month year morning afternoon evening night weekend today tomorrow
    yesterday hour minute""".split()
)
_RELATIVE = frozenset({"who", "which", "that", "whom"})
# Verbs that say of their object what it is: of two objects, or of an object and a noun beside it, the second is that.
_NAMING = frozenset(
    """call declare name term label dub brand deem consider find judge proclaim pronounce think hold render leave make
    """.split()
)
# Verbs with two objects, of which the parse may take both for the same.
_GIVING = frozenset(
    """refuse deny give grant offer send hand promise pay lend sell tell show teach allow award guarantee assure ask
    wish bring cost owe issue spare""".split()
)
# "A, together with B, mediates": B takes part as A does.
_JOINTLY = frozenset({"together", "along", "jointly"})
_ALONG = frozenset({"together with", "along with", "alongside", "jointly with"})
# What carries an event noun that is not its object but stands under one of these prepositions: engage in talks.
_LIGHT_PREPOSITIONS = frozenset({"in", "into", "under", "on", "with", "to", "out", "from", "at"})


@dataclass(frozen=True, slots=True)
class Control:
    """Verbs by who does what an infinitive under them says, from `data/control.toml`."""

    object: frozenset[str]
    subject: frozenset[str]


@cache
def load_control() -> Control:
    """The verbs that ship, read once."""
    data = tomllib.loads(files(__package__).joinpath("data", "control.toml").read_text(encoding="utf-8"))
    return Control(frozenset(data["object"]), frozenset(data["subject"]))


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


class Clauses:
    """The predicates of one Doc, found on demand and kept."""

    def __init__(self, doc: Doc, tree: Tree, codebook: Codebook, acts: Callable[[int], bool] | None = None) -> None:
        """`acts` tells whether a token heads the mention of an actor; without it all nouns are alike."""
        self.acts = acts
        self.doc = doc
        self.tree = tree
        self.codebook = codebook
        self._lexemes = Lexemes(doc, codebook)
        self._found: dict[int, Predicate | None] = {}
        self._open: set[int] = set()

    def lemma(self, i: int) -> str:
        """The word of the codebook that the token is, else its lemma; hyphened compounds as one word (cease-fire)."""
        return self._lexemes[i]

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

    def _verb(self, i: int) -> Predicate:
        tree, slots, notes = self.tree, _Slots(), list[str]()
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
                    if case in _ALONG or (case == "with" and self._is_along(child)):
                        along.append(child)
                    words.update(case.split())
                    words.add(self.lemma(child))
            elif dep == "compound:prt" or base == "advmod":
                words.add(self.lemma(child))
                for k in tree.kids(child, "obl"):  # back to war
                    if case := self.case(k):
                        slots.add(case, k)
                        if case == "with" and self.doc[child].lower_ in _JOINTLY:
                            along.append(k)
                        words.update((*case.split(), self.lemma(k)))
            elif base in {"xcomp", "ccomp"}:
                slots.add("comp", child)
                words.add(self.lemma(child))
                if self.mark(child) in _BLAMING:  # "accused Togo of arming rebels", whichever clause it is taken for
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

    def _objects(self, i: int, slots: _Slots, words: set[str]) -> None:
        """Part two objects: "called the talks a success" says what they were, "refused France the use" to whom."""
        both = sorted({*slots.get("obj"), *slots.get("iobj")})
        if self.lemma(i) in _NAMING:
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
        first = self.tree.kids(i, "obj") if self.lemma(i) in _GIVING else []
        if len(first) == 2 and not slots.get("iobj") and self._may_act(first[0]) and not self._may_act(first[1]):
            slots.move(first[0], "iobj")

    def _is_along(self, i: int) -> bool:
        """Whether "together" stands before a "with"."""
        first = next((child for child in self.tree.kids(i, "case")), i)
        return first > 0 and self.doc[first - 1].lower_ in _JOINTLY

    def _hoist(self, slots: _Slots, passive: bool) -> None:
        """Lend the verb the phrases of its object: whether "on Iran" hangs on "impose" or on "sanctions" is all one."""
        for filler in slots.get("obj"):
            for child in self.tree.kids(filler, "nmod"):
                case = self.case(child)
                if case == "by" and passive and not slots.get("subj"):
                    slots.add("subj", child)
                elif case and case != "of" and not slots.get(case) and not self.is_time(child):
                    slots.add(case, child)

    def is_time(self, i: int) -> bool:
        """Whether a phrase tells a time, so that its preposition belongs to no frame."""
        lemma = self.lemma(i)
        return (self.doc[i].ent_type_ == "DATE" and lemma != "time") or lemma in _TIMES  # who asks for time asks for it

    def _inherit(self, i: int, slots: _Slots, passive: bool, notes: list[str]) -> None:
        """Fill what the clause leaves out."""
        tree, dep, head = self.tree, self.tree.deps[i], self.tree.heads[i]
        wanted = "obj" if passive else "subj"
        if dep in {"acl:relcl", "advcl:relcl"}:
            self._relative(i, head, slots, passive, notes)
        elif (
            dep in {"acl", "amod"} and not slots.get(wanted) and self.doc[head].pos_ in {"NOUN", "PROPN", "PRON", "NUM"}
        ):
            if self.doc[i].tag_ == "VBG" and self.mark(i) == "of" and self._measures(head):
                # Twelve hours of wrangling: whoever is the subject of the clause that tells how long.
                governor = self.at(tree.heads[head]) if tree.heads[head] != head else None
                for filler in governor.fillers("subj") if governor else ():
                    slots.add("subj", filler)
                notes.append("shared subject")
            elif passive or self.doc[i].tag_ in {"VBG", "VBN"} or dep == "amod":
                slots.add(wanted, head)
                notes.append("participle on a noun")
                if not passive and self.lemma(head) in self.codebook.classes["document"]:
                    # A decree granting amnesty: whoever signed it grants.
                    governor = self.at(self.tree.heads[head])
                    for filler in governor.fillers("subj") if governor else ():
                        slots.add(wanted, filler)
            else:
                # An infinitive on a noun (the plan to attack): whoever has the noun does it.
                noun = self.at(head)
                if noun:
                    for slot in ("light", "poss", "by", "mod", "of"):
                        for filler in noun.fillers(slot):
                            slots.add("subj", filler)
                    notes.append("infinitive on a noun")
        elif dep in {"xcomp", "advcl", "ccomp"} and not slots.get(wanted) and not tree.kids(i, "expl"):
            governor = self.at(head)
            if governor and governor.pos in {"v", "a", "n"}:
                controlled = dep != "ccomp" and (governor.lemma in load_control().object or self._steers(governor, i))
                if dep in {"advcl", "xcomp"} and self.mark(i) in _BLAMING and governor.fillers("obj"):
                    controlled = True  # accused Russia of sending: Russia sends
                source = ("obj", "iobj", "on", "to", "for", "subj") if controlled else ("subj",)
                if dep == "advcl" and not controlled and not governor.fillers("subj"):
                    source = ("obj",)
                if dep == "ccomp" and self.doc[i].tag_ != "VBG" and self.mark(i) != "to":
                    return
                for slot in source:
                    if governor.fillers(slot):
                        for filler in governor.fillers(slot):
                            slots.add(wanted, filler)
                        notes.append("control" if dep == "xcomp" else "shared subject")
                        break
        elif dep == "conj":
            first = self.at(head)
            if first and first.pos in {"v", "a"}:
                if not slots.get(wanted) and not slots.get("subj"):
                    shared = "obj" if passive and self.passive(head) else "subj"
                    fillers = first.fillers(shared) or (first.fillers("obj") if self.passive(head) else ())
                    for filler in self._acting(fillers, head) if wanted == "subj" else fillers:
                        slots.add(wanted, filler)
                    notes.append("coordination")
                    if passive and self.passive(head):  # seized by soldiers and put on a plane
                        for filler in first.fillers("subj"):
                            slots.add("subj", filler)
                if not passive and not slots.get("obj"):
                    for filler in first.fillers("obj"):
                        if filler > i and tree.heads[filler] == head:
                            slots.add("obj", filler)
        if not passive and not slots.get("obj") and not slots.get("comp"):
            # "attacked and killed rebels": the object hangs on the last verb.
            for child in tree.kids(i, "conj"):
                if self.doc[child].pos_ == "VERB" and not tree.kids(child, "nsubj") and not self.passive(child):
                    if all(self.tree.deps[k] not in {"obl", "ccomp", "xcomp"} for k in tree.children[i]):
                        for filler in tree.kids(child, "obj"):
                            slots.add("obj", filler)
                    break

    def _steers(self, governor: Predicate, i: int) -> bool:
        """Whether a verb makes its object do what an infinitive says: mandated Kenya to mediate, Kenya was mandated to.

        Only an object of its own counts, not one lent by a clause around it ("the plan that Kenya tried to block").
        """
        if governor.pos != "v" or self.tree.deps[i] != "xcomp" or self.mark(i) != "to":
            return False
        if governor.lemma in load_control().subject:
            return False
        own = governor.fillers("obj") if self.passive(governor.head) else self.tree.kids(governor.head, "obj", "iobj")
        return any(self._may_act(filler) for filler in own)

    def _measures(self, i: int) -> bool:
        """Whether a noun only says how much of something there was: hours, rounds."""
        lemma = self.lemma(i)
        return lemma in _TIMES or lemma in self.codebook.classes.get("round", ())

    def _acting(self, fillers: tuple[int, ...], verb: int) -> tuple[int, ...]:
        """The subject that a coordinated verb shares; where it cannot act, that of the clause around which can.

        "Sudan said the talks had failed and called for help": it was not the talks that called.
        """
        if self.acts is None or any(self._may_act(filler) for filler in fillers):
            return fillers
        node = verb
        for _ in range(4):
            parent = self.tree.heads[node]
            if parent == node or self.tree.deps[node] not in {"ccomp", "xcomp", "acl", "acl:relcl", "advcl", "conj"}:
                break
            node = parent
            outer = self.at(node) if self.doc[node].pos_ == "VERB" else None
            found = outer.fillers("subj") if outer else ()
            if any(self._may_act(filler) for filler in found):
                return found
        return fillers

    def _may_act(self, i: int) -> bool:
        return self.doc[i].pos_ == "PRON" or self.acts is None or self.acts(i)

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

    def _relative(self, i: int, head: int, slots: _Slots, passive: bool, notes: list[str]) -> None:
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

    # Nouns and adjectives

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
        tree, slots, notes = self.tree, _Slots(), list[str]()
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
            elif dep == "acl" and (self.mark(child) in {"to", "that"} or self.doc[child].tag_ in {"VB", "VBG"}):
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

    def _carrier(self, i: int, slots: _Slots, words: set[str], notes: list[str]) -> int | None:
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
        if particles - {"out", "up", "on"} or ("up" in particles and self.lemma(head) not in {"set", "step", "take"}):
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
        tree, slots, notes = self.tree, _Slots(), list[str]()
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

    # Small words

    def case(self, i: int) -> str:
        """The preposition of a phrase, in lower case and several words joined; empty where it has none."""
        found = [self.doc[child].text.lower() for child in self.tree.kids(i, "case") if self.doc[child].tag_ != "POS"]
        name = " ".join(word for word in found if word not in {"'s", "’s", "'", "’"})
        return _PREPOSITION_CASES.get(name, name)

    def mark(self, i: int) -> str | None:
        """The word that introduces a clause, in lower case."""
        found = self.tree.kids(i, "mark")
        return self.doc[found[-1]].text.lower() if found else None


class _Slots:
    """Slots while they are being filled: each filler once, in the order found."""

    def __init__(self) -> None:
        self._fillers: dict[str, list[int]] = defaultdict(list)

    def add(self, slot: str, filler: int) -> None:
        if filler not in self._fillers[slot]:
            self._fillers[slot].append(filler)

    def get(self, slot: str) -> list[int]:
        return self._fillers.get(slot, [])

    def items(self) -> list[tuple[str, list[int]]]:
        return list(self._fillers.items())

    def replace(self, slot: str, old: int, new: int) -> None:
        self._fillers[slot] = [new if filler == old else filler for filler in self._fillers[slot]]

    def move(self, filler: int, slot: str) -> None:
        """Let something fill this slot and no other."""
        for fillers in self._fillers.values():
            if filler in fillers:
                fillers.remove(filler)
        self._fillers[slot].append(filler)

    def frozen(self) -> dict[str, tuple[int, ...]]:
        return {slot: tuple(fillers) for slot, fillers in self._fillers.items() if fillers}
