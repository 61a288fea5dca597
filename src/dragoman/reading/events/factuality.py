"""Did it happen? Actual, future, hypothetical, negated or historical, from the words around the predicate."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from dragoman.codebook import Codebook
from dragoman.reading.events.predicates import Clauses
from dragoman.reading.negation import denies
from dragoman.reading.wordclasses import read_classes
from dragoman.records import Status, When

# What is done by nobody or to nothing is not done.
_NOTHING = frozenset({"no", "nobody", "none", "nothing"})
_WILL = frozenset({"will", "shall", "'ll", "’ll", "wo", "sha"})
_MAY = frozenset({"may", "might", "could", "would", "can", "ca", "should", "must", "ought", "'d", "’d"})
# "should he resume": before its subject this word begins a condition.
_INVERTED = frozenset({"should"})
_TO = frozenset({"xcomp", "acl", "advcl", "ccomp"})
_MAIN = frozenset({"root", "ccomp", "conj", "parataxis", "advcl", "acl:relcl"})
# What these clauses tell lies outside what is planned: poised to readmit it, years after expelling it.
_AROUND = frozenset({"after", "since", "despite", "while", "when"})
# What these phrases name had happened when somebody said what would: promised after talks that he would not attack.
_BEFOREHAND = frozenset({"after", "following", "since", "despite"})
_YEAR = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Conditions:
    """The words from `data/conditions.toml`.

    Attributes:
        conditions: what they introduce is open, whatever its tense.
        ends: what they introduce is open unless it and what it ended are told as past.
        beginnings: what they introduce is open where it is told as present of what is to come.
        providing: verbs of deals whose object is to come.
        demanding: verbs after which a bare verb tells what is wanted.
        voicing: what is done in saying it.
        speaking_up: how one goes about saying it.
    """

    conditions: frozenset[str]
    ends: frozenset[str]
    beginnings: frozenset[str]
    providing: frozenset[str]
    demanding: frozenset[str]
    voicing: frozenset[str]
    speaking_up: frozenset[str]


@cache
def load_conditions() -> Conditions:
    """The words that ship, read once."""
    return read_classes(Conditions, __package__, "conditions")


@dataclass(frozen=True, slots=True)
class Factuality:
    """The status, and the words that decided it (None where nothing did)."""

    status: Status
    cue: str | None
    modal: str | None


class FactualityReader:
    """Reads the status of predicates."""

    def __init__(self, clauses: Clauses, codebook: Codebook) -> None:
        self.clauses = clauses
        self.classes = codebook.classes
        self.words = load_conditions()

    def read(self, head: int, light: int | None) -> Factuality:
        """The status of the event stated at `head`, as the text presents it."""
        return self._read(head, light, above=False)

    def _read(self, head: int, light: int | None, *, above: bool) -> Factuality:
        """The status; `above` where it is asked for the clause that an "until" bounds, to which it is open itself."""
        modal = self._modal(light if light is not None else head)
        if (cue := self._negation(head, light)) is not None:
            return Factuality("negated", cue, modal)
        node = light if light is not None else head
        seen = 0
        first = True
        while seen < 12:
            found = self._clause(node, first, above=above)
            if found is not None:
                return Factuality(found[0], found[1], modal)
            tree = self.clauses.tree
            parent = tree.heads[node]
            if parent == node:
                break
            dep = tree.deps[node]
            found = self._governor(node, parent, dep)
            if found is not None:
                return Factuality(found[0], found[1], modal)
            if dep == "acl" and self.clauses.mark(node) != "to" and self.clauses.doc[node].tag_ != "VB":
                break  # to refuse a plan that was put forward is not to undo that it was
            if dep in {"parataxis", "root"} or (dep in {"acl:relcl", "advcl"} and self._finite(node)):
                break
            if dep in {"obl", "nmod"} and self.clauses.case(node) in _BEFOREHAND and not self._will(parent):
                break
            if dep == "advcl" and (self.clauses.mark(node) in _AROUND or self.clauses.case(node) in _AROUND):
                break
            if dep == "ccomp" and not self._embeds(parent):
                break
            if dep == "conj" and self._finite(node) and not self._bare(node, parent):
                break
            if dep == "advcl" and self.clauses.doc[node].tag_ == "VBG" and self.clauses.mark(node) is None:
                break  # offered to host talks, praising both: what goes along with a plan is no plan
            node, first = parent, False
            seen += 1
        return Factuality("actual", None, modal)

    def _will(self, i: int) -> bool:
        """Whether a clause is in the future of who writes, not of somebody who spoke."""
        return any(word in _WILL for _, word in self._words(i))

    def _finite(self, i: int) -> bool:
        tree = self.clauses.tree
        return bool(tree.kids(i, "aux", "nsubj", "nsubj:pass")) or self.clauses.doc[i].tag_ in {"VBD", "VBZ", "VBP"}

    def _bare(self, i: int, first: int) -> bool:
        """Whether a verb that looks like a present tense is the second infinitive after one modal or "to"."""
        doc, tree = self.clauses.doc, self.clauses.tree
        alone = not tree.kids(i, "aux", "nsubj", "nsubj:pass")
        return alone and doc[i].tag_ in {"VB", "VBP"} and doc[first].tag_ == "VB"

    def _embeds(self, i: int) -> bool:
        """Whether what holds of a verb holds of its complement clause: not so with verbs of saying."""
        lemma = self.clauses.lemma(i)
        return lemma in self.classes["negative"] | self.classes["prospective"] | self.classes["doubtful"]

    def _words(self, i: int) -> list[tuple[int, str]]:
        tree = self.clauses.tree
        return [(k, self.clauses.doc[k].text.lower()) for k in tree.kids(i, "aux", "advmod", "mark", "det", "cc")]

    def _modal(self, i: int) -> str | None:
        chain = [i]
        if self.clauses.tree.deps[i] == "conj" and not self.clauses.tree.kids(i, "aux", "nsubj"):
            chain.append(self.clauses.tree.heads[i])
        for node in chain:
            for k, word in self._words(node):
                if self._is_inverted(node, k):
                    continue
                if word in _WILL:
                    return "will"
                if word in _MAY:
                    return {"ca": "can", "'d": "would", "’d": "would"}.get(word, word)
        return None

    def _negation(self, head: int, light: int | None) -> str | None:
        tree = self.clauses.tree
        for node in {head, light if light is not None else head}:
            if "without" in (self.clauses.mark(node), self.clauses.case(node)):
                return "without"
            for child in tree.children[node]:
                word = self.clauses.doc[child].text.lower()
                dep = tree.deps[child].split(":")[0]
                if dep in {"advmod", "det", "cc", "neg"} and child < node and (word in _NOTHING or denies(tree, child)):
                    return word
                if (
                    dep == "advmod"
                    and word in {"longer"}
                    and any(self.clauses.doc[k].text.lower() == "no" for k in tree.children[child])
                ):
                    return "no longer"
                if dep in {"nsubj", "obj"}:
                    for k in tree.kids(child, "det", "advmod"):
                        text = self.clauses.doc[k].text.lower()
                        if text in {"no", "neither"}:
                            return text
                    if word in {"nobody", "none", "nothing", "neither"}:
                        return word
        return None

    def _clause(self, i: int, first: bool, *, above: bool) -> tuple[Status, str] | None:
        doc, tree = self.clauses.doc, self.clauses.tree
        words = self._words(i)
        for k, word in words:
            if word in self.words.conditions or self._is_inverted(i, k) or self._is_awaited(i, k, above=above):
                return "hypothetical", word
        perfect = any(word in {"have", "'ve", "’ve"} for _, word in words)
        for _, word in words:
            if word in _WILL:
                return "future", doc[i].text if word == "wo" else word
            if word in _MAY:
                if word in {"would", "'d", "’d"} and not perfect and not self._conditional(i):
                    return "future", "would"
                if word in {"must", "shall"} and not perfect:
                    return "future", word
                return "hypothetical", word
        if not first:
            for k, word in words:
                if denies(tree, k):
                    return "negated", word
        # going to, about to, set to, due to
        if self.clauses.lemma(i) == "go" and doc[i].tag_ == "VBG" and not first:
            return "future", "going to"
        # "are to meet": a form of be right before the infinitive
        marks = tree.kids(i, "mark")
        if marks and doc[marks[-1]].text.lower() == "to" and tree.deps[i] in _MAIN:
            for k in tree.kids(i, "aux", "cop"):
                if self.clauses.lemma(k) == "be":
                    return "future", "to be"
        return None

    def _is_inverted(self, i: int, k: int) -> bool:
        """Whether a modal stands before the subject of a clause and makes it a condition: should he refuse."""
        tree = self.clauses.tree
        subjects = tree.kids(i, "nsubj", "nsubj:pass")
        return self.clauses.doc[k].lower_ in _INVERTED and k < min(subjects, default=-1) and tree.deps[i] in _TO

    def _is_awaited(self, i: int, k: int, *, above: bool) -> bool:
        """Whether a word such as "until" introduces what is still to come, not what did end or begin something."""
        word = self.clauses.doc[k].lower_
        if word in self.words.ends:
            if above or not self._past(i):
                return True
            return self._read(self.clauses.tree.heads[i], None, above=True).status != "actual"
        if word in self.words.beginnings and self.clauses.tree.deps[k] == "mark" and not above and self._present(i):
            main = self._read(self.clauses.tree.heads[i], None, above=True)
            return main.status in {"future", "hypothetical"} or (main.status == "negated" and main.modal is not None)
        return False

    def _past(self, i: int) -> bool:
        """Whether a clause is told as past: they signed, it had been signed, it was no secret."""
        return any(self.clauses.doc[k].tag_ == "VBD" for k in self._finite_words(i))

    def _present(self, i: int) -> bool:
        return any(self.clauses.doc[k].tag_ in {"VBZ", "VBP"} for k in self._finite_words(i))

    def _finite_words(self, i: int) -> list[int]:
        return [i, *self.clauses.tree.kids(i, "aux", "aux:pass", "cop")]

    def _conditional(self, i: int) -> bool:
        """Whether a "would" hangs on an "if"; else it is the future of a report or of a deal."""
        tree, open_ = self.clauses.tree, self.words.conditions | self.words.ends
        return any(word in open_ for child in tree.kids(i, "advcl") for _, word in self._words(child))

    def _governor(self, i: int, parent: int, dep: str) -> tuple[Status, str] | None:
        lemma = self.clauses.lemma(parent)
        if dep == "xcomp" and self.clauses.doc[parent].text.lower() in _WILL:
            return "future", self.clauses.doc[parent].text
        base = dep.split(":")[0]
        text = self.clauses.doc[parent].text
        pos = self.clauses.doc[parent].pos_
        if dep in {"acl:relcl", "advcl:relcl"} or (base == "acl" and self.clauses.mark(i) != "to"):
            return None
        if base == "ccomp" and lemma in self.classes["prospective"] and self._finite(i):
            subjunctive = lemma in self.words.demanding and self.clauses.doc[i].tag_ in {"VB", "VBP"}
            return ("future", text) if subjunctive else None  # demanded that Turkey use its influence
        takes = (
            base in {"xcomp", "ccomp", "obj", "acl", "csubj"}
            or dep == "nsubj:pass"
            or (base in {"obl", "nmod", "advcl"} and self.clauses.doc[i].i > parent)
        )
        if not takes:
            return None
        clausal = base in _TO
        if lemma in self.classes["negative"] and (clausal or base in {"obj", "nsubj", "obl", "advcl"}):
            if base in {"obl", "advcl", "nmod"} and self.clauses.case(i) != "from" and self.clauses.mark(i) != "from":
                return None
            return "negated", text
        if lemma in self.words.providing and (base == "obj" if lemma != "provide" else self.clauses.case(i) == "for"):
            return "future", text
        if lemma in self.classes["prospective"]:
            mark = self.clauses.mark(i)
            gerund = pos == "VERB" and self.clauses.doc[i].tag_ == "VBG"
            if not gerund and (base in {"xcomp", "acl", "ccomp"} or (base == "advcl" and mark == "to")):
                return "future", text
            if (
                base in {"obj"}
                or dep == "nsubj:pass"
                or (base in {"nmod", "obl"} and self.clauses.case(i) in {"for", "on"})
            ):
                return "future", text
        if lemma in self.classes["doubtful"] and base in {"ccomp", "obj", "xcomp", "nmod"}:
            return "hypothetical", text
        if base in {"advcl", "acl", "xcomp"} and self.clauses.mark(i) == "to" and lemma not in self.classes["achieved"]:
            if self.clauses.lemma(i) in self.words.voicing and lemma in self.words.speaking_up:
                return None  # "marched to demand", "wrote to ask": done with it
            # A purpose is not yet a deed: "came to discuss" is left to the frames.
            return "hypothetical", f"{text} to"
        return None


def place_in_time(status: Status, when: When, published: date) -> Status:
    """`historical` for what ended more than a year before the article, `future` for what is set for a day after it."""
    if status == "actual" and when.latest is not None and when.basis != "published" and when.latest < published - _YEAR:
        return "historical"
    if status == "actual" and when.earliest is not None and when.earliest > published:
        return "future"  # "they meet again on Thursday"
    return status
