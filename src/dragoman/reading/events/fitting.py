"""Whether a frame fits a predicate: its words are there, and its conditions hold of what fills the slots."""

from __future__ import annotations

from dragoman.codebook import Codebook, Condition, Frame
from dragoman.reading.events.arguments import Arguments
from dragoman.reading.events.phrases import Predicate
from dragoman.reading.events.predicates import Clauses

_ARMED = frozenset({"MIL", "REB", "UAF", "COP", "SPY", "PRM"})
# Word classes of judgement, which an adjective of the phrase can state as well as its noun.
_JUDGEMENTS = frozenset({"praise_word", "blame_word"})
# What is still to come, as an auxiliary tells it.
_COMING = frozenset({"will", "would", "may", "might", "could", "'ll", "’ll"})
# The second word of a verb that is no preposition of a slot is its particle.
_ADVERBS = frozenset({"in", "on", "over", "off", "back", "away", "up", "down"})
_PERSONAL = frozenset({"he", "him", "she", "her", "himself", "herself", "who", "whom"})


class Fitting:
    """Tests frames on the predicates of one Doc."""

    def __init__(self, clauses: Clauses, arguments: Arguments, codebook: Codebook) -> None:
        self.clauses = clauses
        self.arguments = arguments
        self.codebook = codebook

    def fits(self, frame: Frame, predicate: Predicate, theme: bool) -> bool:
        """Whether the frame is one of the predicate; conditions that a theme need not name are not asked of it."""
        if len(frame.words) > 1 and not self._phrase(frame, predicate):
            return False
        lenient = theme and frame.pos == "n"
        return all(
            (lenient and not condition.values and not condition.negated) or self._holds(condition, predicate)
            for condition in frame.conditions
        )

    def absorbed(self, frame: Frame, predicate: Predicate) -> frozenset[int]:
        """The fillers that a condition names by their words: they are part of the sense, not events beside it."""
        if frame.lemma == "accuse":
            return frozenset()  # the deed alleged is an event of its own, on the accuser's word
        found = self.phrase_tokens(frame, predicate)
        for condition in frame.conditions:
            words = [value for value in condition.values if not value.startswith("#")]
            if not condition.negated and words:
                for slot in condition.slots:
                    if slot not in {"subj", "light"}:
                        found |= {f for f in predicate.fillers(slot) if any(self._is(f, word) for word in words)}
        return frozenset(found)

    def phrase_tokens(self, frame: Frame, predicate: Predicate) -> set[int]:
        """The words that stand below the predicate and belong to a frame of several words."""
        wanted = set(frame.words[1:]) | set(frame.words[:1])
        found = set()
        for child in self.clauses.tree.children[predicate.head]:
            if self.clauses.lemma(child) in wanted and len(frame.words) > 1:
                found.add(child)
        return found

    def _phrase(self, frame: Frame, predicate: Predicate) -> bool:
        if not all(word in predicate.words or word == predicate.lemma for word in frame.words):
            return False
        last = frame.words[-1]
        if frame.pos != "v" or last not in _ADVERBS or last in frame.slots:
            return True
        # "let them in" lets somebody in; "let them pass in March" does not.
        kids = self.clauses.tree.kids(predicate.head, "compound:prt", "advmod")
        return any(self.clauses.doc[k].lower_ == last for k in kids)

    def _holds(self, condition: Condition, predicate: Predicate) -> bool:
        fillers = [filler for slot in condition.slots for filler in predicate.fillers(slot)]
        if not condition.values:
            return bool(fillers) != condition.negated
        held = any(self._is(filler, value) for filler in fillers for value in condition.values)
        return held != condition.negated

    def _is(self, i: int, value: str) -> bool:
        if value.startswith("#"):
            return self._is_kind(i, value[1:])
        lemma = self.clauses.lemma(i)
        if self.codebook.is_in(lemma, value):
            return True
        if self.clauses.doc[i].tag_ in {"VBG", "VBN"} and self.codebook.is_in(self.clauses.doc[i].lower_, value):
            return True  # called the results promising
        # A compound counts by its parts: a "peace plan" is a plan, an "aid package" aid.
        for child in self.clauses.tree.kids(i, "compound"):
            if not value.startswith("@") and self.clauses.lemma(child) == value:
                return True
            if value.startswith("@") and f"{self.clauses.lemma(child)} {lemma}" in self.codebook.classes[value[1:]]:
                return True
        if value[1:] in _JUDGEMENTS and any(
            self.codebook.is_in(self.clauses.lemma(k), value) for k in self.clauses.tree.kids(i, "amod")
        ):
            return True  # a positive step
        if value.startswith("@") and lemma in self.codebook.classes["container"] | self.codebook.classes["round"]:
            inner = [k for k in self.clauses.tree.kids(i, "nmod") if self.clauses.case(k) == "of"]
            return any(self._is(k, value) for k in [*inner, *self.clauses.tree.kids(i, "compound")])
        return False

    def _is_kind(self, i: int, kind: str) -> bool:
        if kind == "clause":
            return self.clauses.doc[i].pos_ in {"VERB", "AUX"}
        if kind == "infinitive":
            return self.clauses.doc[i].pos_ in {"VERB", "AUX"} and self.clauses.mark(i) == "to"
        if kind == "subjunctive":
            return self._is_subjunctive(i)
        if kind == "own":
            return self._is_own(i)
        if kind == "conditional":
            tree, doc = self.clauses.tree, self.clauses.doc
            modal = any(doc[k].lower_ in {"will", "would"} for k in tree.kids(i, "aux"))
            return modal and any(self.clauses.mark(k) in {"if", "unless"} for k in tree.kids(i, "advcl"))
        if kind == "place":
            return bool(self.arguments.actors.at(i)) or self.clauses.doc[i].ent_type_ in {"GPE", "LOC", "FAC"}
        if kind == "plural":
            return "Number=Plur" in str(self.clauses.doc[i].morph) or bool(self.clauses.tree.kids(i, "conj"))
        fillers = self.arguments.direct(i)
        if kind == "actor":
            return bool(fillers)
        if kind == "several":
            return len(fillers) > 1
        if kind == "person" and self.clauses.doc[i].lower_ in _PERSONAL:
            return True
        records = [self.arguments.actors.record(filler.actor) for filler in fillers]
        if kind == "armed":
            return any(record.sector in _ARMED for record in records)
        return any(record.kind == kind for record in records)

    def _is_subjunctive(self, i: int) -> bool:
        """Whether a clause says what is wanted: that he leave, that they be freed, that it should go."""
        tree, doc = self.clauses.tree, self.clauses.doc
        if not {doc[k].lower_ for k in tree.kids(i, "aux")} <= {"must", "should", "to"}:
            return False
        if copulas := tree.kids(i, "aux:pass", "cop"):
            return all(doc[k].lower_ == "be" for k in copulas)
        return doc[i].tag_ in {"VB", "VBP"}

    def _is_own(self, i: int) -> bool:
        """Whether a clause says what its speaker will or may do: warned that they might leave."""
        tree, doc = self.clauses.tree, self.clauses.doc
        if not any(doc[k].lower_ in _COMING for k in tree.kids(i, "aux")):
            return False
        inner, outer = self.clauses.at(i), self.clauses.at(tree.heads[i])
        if inner is None or outer is None:
            return False
        return bool(self._sides(inner.fillers("subj")) & self._sides(outer.fillers("subj")))

    def _sides(self, fillers: tuple[int, ...]) -> set[str]:
        """The actors of these phrases, with whom each acts for."""
        records = [self.arguments.actors.record(found.actor) for i in fillers for found in self.arguments.direct(i)]
        return {side for record in records for side in (record.id, record.of or record.country or record.id)}
