"""Frames and learned coder together: each speaks where the other is blind, and the `why` tells which did.

Between two actors that the caller named there is taken to be an event, and both witnesses weigh in its type. Elsewhere
the frames say where an event is; the coder makes them surer or less sure, overrules a type only when it is all but
certain, and adds an event on its own word only between subject and object of a clause that no frame knows.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from spacy.tokens import Doc

from dragoman.codebook import Codebook
from dragoman.reading.actors import Actors, Mention
from dragoman.reading.events.arguments import Arguments, Filler
from dragoman.reading.events.classifier import YIELD, Classifier, Pair, joined_shares, joined_type
from dragoman.reading.events.coding import Coded, Verdict
from dragoman.reading.events.factuality import Factuality, FactualityReader
from dragoman.reading.events.learned import learned_frame, root_code, yielding_type
from dragoman.reading.events.pairs import (
    Between,
    Candidate,
    affordable,
    between_pairs,
    candidate_pair,
    candidates,
    coded_pair,
    given_pairs,
    incomplete,
    recipient_pair,
)
from dragoman.reading.events.phrases import Predicate
from dragoman.reading.events.predicates import Clauses
from dragoman.reading.events.roles import Coding
from dragoman.reading.events.rules import Rules
from dragoman.reading.events.weighing import NONE, Evidence, Weights, evidence, load_weights

# How sure the coder must be of a type that no frame states, outside given spans.
ALONE = 0.95
# How sure both together must be of another type than the frame's, and how little the coder may give the frame's own.
OVERRULING, OVERRULED = 0.97, 0.01
# How sure the coder must be of the frame's type between its actor and somebody named after it to make them recipient.
COMPLETING = 0.7
# To govern, to lead, to list: many a verb between two actors looks like cooperation, and the coder takes it for that.
_SOFT = frozenset({"AGREE", "CONSULT", "COOPERATE", "SUPPORT"})
# Types whose word is that of speech: the higher of two verbs states them (threaten to strike), not the lower.
_VERBAL = frozenset({"AGREE", "CONSULT", "SUPPORT", "CONCEDE", "REQUEST", "ACCUSE", "REJECT", "THREATEN", YIELD})
_VERBS = frozenset({"VERB", "AUX"})
_CLAUSAL = frozenset({"NOUN", "ADJ"})


class Combination:
    """Weighs the frames' codings of one Doc with what a learned coder says of the pairs in them."""

    def __init__(
        self,
        clauses: Clauses,
        arguments: Arguments,
        rules: Rules,
        factuality: FactualityReader,
        actors: Actors,
        codebook: Codebook,
        weights: Weights | None = None,
    ) -> None:
        self.clauses = clauses
        self.arguments = arguments
        self.rules = rules
        self.factuality = factuality
        self.actors = actors
        self.codebook = codebook
        self.weights = weights or load_weights()

    def weigh(self, doc: Doc, coded: list[Coded], classifier: Classifier) -> list[Coded]:
        """The codings with their verdicts, and the events that only the coder sees, in reading order."""
        given = given_pairs(self.actors, self.clauses)
        open_ = list(self._open(coded))
        heard = self._ask(doc, given, coded, open_, classifier)
        found = list(coded)
        for between in given:
            found = self._given(between, found, heard)
        found = [self._completed(item, heard) for item in found]
        found = [item if item.verdict else self._confirmed(item, heard) for item in found]
        found += self._alone(open_, found, heard)
        return sorted(found, key=lambda item: item.coding.head)

    def _open(self, coded: list[Coded]) -> Iterable[Candidate]:
        taken = {token for item in coded for token in (*item.coding.tokens, *item.coding.consumed)}
        return candidates(self.clauses, self.arguments, frozenset(taken | self.rules.blocked))

    def _ask(
        self, doc: Doc, given: list[Between], coded: list[Coded], open_: list[Candidate], classifier: Classifier
    ) -> dict[Pair, dict[str, float]]:
        sure = [pair for between in given for pair in between_pairs(between)]
        wanted = [coded_pair(item.coding, self.actors) for item in coded]
        wanted += [candidate_pair(candidate, self.actors) for candidate in open_]
        for item in coded:
            for mention in incomplete(item.coding, self.actors, self.clauses):
                wanted.append(recipient_pair(item.coding, mention, self.actors))
        known = set(sure)
        pairs = list(dict.fromkeys(sure))
        pairs += affordable((pair for pair in wanted if pair is not None and pair not in known), self.clauses)
        if not pairs:
            return {}
        return {pair: joined_shares(shares) for pair, shares in zip(pairs, classifier(doc, pairs), strict=True)}

    # Between two given actors

    def between(self, between: Between, coded: Iterable[Coded]) -> list[Coded]:
        """The codings that both actors take part in, in one sentence, those that say most first."""
        ids = {between.first.actor, between.second.actor}
        sentence = self.clauses.tree.sentence[between.first.head]
        found = [
            item
            for item in coded
            if self.clauses.tree.sentence[item.coding.head] == sentence
            and ids <= {filler.actor for filler in (*item.coding.actors, *item.coding.recipients)}
            and (len(ids) == 2 or item.coding.recipients)
        ]
        return sorted(found, key=lambda item: (item.coding.predicate.pos != "v", item.coding.head))

    def roles(
        self, between: Between, items: list[Coded], heard: Mapping[Pair, Mapping[str, float]]
    ) -> tuple[Mention, Mention, Mapping[str, float]]:
        """Source, target and the coder's shares: in the direction that is likelier, the frames' word among it."""
        forth, back = between_pairs(between)
        acts = {filler.actor for item in items for filler in item.coding.actors}
        suffers = {filler.actor for item in items for filler in item.coding.recipients}
        first, second = between.first.actor, between.second.actor
        if first != second and first in acts and second in suffers and second not in acts:
            turned = False
        elif first != second and second in acts and first in suffers and first not in acts:
            turned = True
        else:
            turned = sum(heard[back].values()) > sum(heard[forth].values())
        if turned:
            return between.second, between.first, heard[back]
        return between.first, between.second, heard[forth]

    def _given(self, between: Between, found: list[Coded], heard: Mapping[Pair, Mapping[str, float]]) -> list[Coded]:
        items = self.between(between, found)
        source, target, shares = self.roles(between, items, heard)
        # What no frame states says nothing of what frames are worth.
        said = evidence(shares, [item.coding for item in items if item.coding.frame.line])
        if not said.shares:
            return found
        shared = self.weights.probabilities(said, certain=True)
        best = max(sorted(shared), key=lambda type_: shared[type_])
        if items:
            states = any(joined_type(item.coding.type) == best for item in items)
            new = {
                id(item): self._retyped(item, best, shared, said, given=True)
                if not states and item is items[0]
                else self._judged(item, shared, said)
                for item in items
            }
            return [new.get(id(item), item) for item in found]
        event = self._made(best, source, target, shared[best], said)
        return [*found, event] if event is not None else found

    def _judged(self, item: Coded, shared: Mapping[str, float], said: Evidence) -> Coded:
        type_ = joined_type(item.coding.type)
        if item.verdict is not None and item.verdict.probability >= shared[type_]:
            return item
        return replace(item, verdict=Verdict(shared[type_], _confirming(type_, said), given=True))

    def _retyped(self, item: Coded, best: str, shared: Mapping[str, float], said: Evidence, *, given: bool) -> Coded:
        coding, status = item.coding, item.factuality
        type_ = yielding_type(coding.predicate, status, self.clauses) if best == YIELD else best
        code = self.codebook.codes[root_code(type_, coding.predicate, self.clauses)]
        note = (
            f"the frame says {coding.type}, overruled by the learned coder: {type_} {said.shares.get(best, 0.0):.2f}, "
            f"{coding.type} {said.shares.get(joined_type(coding.type), 0.0):.2f}"
        )
        coding = replace(coding, type=type_, code=code, mode=None)
        return Coded(coding, _as_refusal(status, type_), Verdict(shared[best], note, given))

    def _made(self, best: str, source: Mention, target: Mention, probability: float, said: Evidence) -> Coded | None:
        """An event on the coder's word alone, stated by the word that joins the two in the tree."""
        head = self._joint(source, target, best)
        actors = (Filler(source.actor, source.head, "itself"),)
        recipients = (Filler(target.actor, target.head, "itself"),) if target.actor != source.actor else ()
        predicate = self.clauses.at(head) or Predicate(head, "v", self.clauses.lemma(head), {}, frozenset(), None, ())
        return self._event(best, predicate, actors, recipients, Verdict(probability, "", given=True), said)

    def _event(
        self,
        best: str,
        predicate: Predicate,
        actors: tuple[Filler, ...],
        recipients: tuple[Filler, ...],
        verdict: Verdict,
        said: Evidence,
    ) -> Coded:
        status = self.factuality.read(predicate.head, predicate.light)
        type_ = yielding_type(predicate, status, self.clauses) if best == YIELD else best
        code = self.codebook.codes[root_code(type_, predicate, self.clauses)]
        if type_ == "CONSULT":
            actors, recipients = (*actors, *recipients), ()
        coding = Coding(
            predicate, learned_frame(predicate, code.code), code, type_, None, actors, recipients, None,
            tuple(sorted({predicate.head, *([predicate.light] if predicate.light is not None else [])})), frozenset(),
        )  # fmt: skip
        note = f"learned coder alone: {type_} {said.shares.get(best, 0.0):.2f}, no event {said.nothing:.2f}"
        return Coded(coding, _as_refusal(status, type_), replace(verdict, note=note))

    def _joint(self, source: Mention, target: Mention, type_: str) -> int:
        """The word that states what happens between two: a verb or event noun on the path between them."""
        tree, doc = self.clauses.tree, self.clauses.doc
        above, node = [source.head], source.head
        while tree.heads[node] != node:
            node = tree.heads[node]
            above.append(node)
        below, node = [target.head], target.head
        while node not in above and tree.heads[node] != node:
            node = tree.heads[node]
            below.append(node)
        top = node if node in above else above[-1]
        inside = {*range(source.start, source.end), *range(target.start, target.end)}
        # From the word above both down to the target, then to the source: the lowest verb on the target's side acts.
        down = [top, *reversed(below[: below.index(top)] if top in below else below)]
        path = [i for i in down if i not in inside and doc[i].pos_ in _VERBS]
        if path:
            return path[0] if type_ in _VERBAL else path[-1]
        sides = [i for i in above[: above.index(top) + 1] if i not in inside and doc[i].pos_ in _VERBS]
        if sides:
            return sides[0]
        nouns = [i for i in [*down, *above[: above.index(top)]] if i not in inside and doc[i].pos_ in _CLAUSAL]
        if nouns:
            return nouns[0]
        while tree.heads[top] != top and (top in inside or doc[top].pos_ not in _VERBS):
            top = tree.heads[top]
        return top

    # What the frames found elsewhere

    def _completed(self, item: Coded, heard: Mapping[Pair, Mapping[str, float]]) -> Coded:
        """With the recipient that the frames did not see and of whom the coder is sure that it happens to them."""
        if item.verdict is not None:
            return item
        type_ = joined_type(item.coding.type)
        for mention in incomplete(item.coding, self.actors, self.clauses):
            pair = recipient_pair(item.coding, mention, self.actors)
            if pair is not None and pair in heard and heard[pair].get(type_, 0.0) >= COMPLETING:
                recipients = self._with_those_beside(mention, item.coding)
                return replace(item, coding=replace(item.coding, recipients=recipients))
        return item

    def _with_those_beside(self, mention: Mention, coding: Coding) -> tuple[Filler, ...]:
        """A recipient with those whom "and" puts beside it: who gives India and Pakistan a month gives it to both."""
        beside = [other for kid in self.clauses.tree.kids(mention.head, "conj") for other in self.actors.at(kid)]
        ids = dict.fromkeys(filler.actor for filler in coding.actors)
        found = []
        for each in (mention, *(other for other in beside if other.form != "pronoun")):
            if each.actor not in ids:
                ids[each.actor] = None
                found.append(Filler(each.actor, each.head, "learned coder"))
        return tuple(found)

    def _confirmed(self, item: Coded, heard: Mapping[Pair, Mapping[str, float]]) -> Coded:
        pair = coded_pair(item.coding, self.actors)
        if pair is None or pair not in heard:
            return item
        said = evidence(heard[pair], [item.coding])
        shared = self.weights.probabilities(said, certain=False)
        type_ = joined_type(item.coding.type)
        best = max(sorted(shared), key=lambda name: shared[name])
        shifted = item.coding.type != item.coding.code.type or item.factuality.status not in {"actual", "historical"}
        if (
            best not in {type_, NONE}
            and not shifted
            and shared[best] >= OVERRULING
            and said.shares.get(type_, 0.0) <= OVERRULED
        ):
            return self._retyped(item, best, shared, said, given=False)
        return replace(item, verdict=Verdict(shared[type_], _confirming(type_, said)))

    # What no frame found

    def _alone(
        self, open_: list[Candidate], found: list[Coded], heard: Mapping[Pair, Mapping[str, float]]
    ) -> list[Coded]:
        tree = self.clauses.tree
        told = {
            (tree.sentence[item.coding.head], filler.actor, other.actor)
            for item in found
            for filler in (*item.coding.actors, *item.coding.recipients)
            for other in (*item.coding.actors, *item.coding.recipients)
        }
        new = []
        for candidate in open_:
            pair = candidate_pair(candidate, self.actors)
            key = (tree.sentence[candidate.predicate.head], candidate.source.actor, candidate.target.actor)
            if pair is None or pair not in heard or key in told or not heard[pair]:
                continue
            said = evidence(heard[pair], [])
            best = max(sorted(said.shares), key=lambda type_: said.shares[type_])
            if said.shares[best] < ALONE or best in _SOFT:
                continue
            told |= {key, (key[0], key[2], key[1])}
            probability = self.weights.probabilities(said, certain=False)[best]
            verdict = Verdict(probability, "")
            new.append(self._event(best, candidate.predicate, (candidate.source,), (candidate.target,), verdict, said))
        return new


def _confirming(type_: str, said: Evidence) -> str:
    share = said.shares.get(type_, 0.0)
    best = max(sorted(said.shares), key=lambda name: said.shares[name], default=None)
    if best is None or best == type_ or said.shares[best] <= share:
        return f"learned coder: {type_} {share:.2f}"
    return f"learned coder: {type_} {share:.2f}, rather {best} {said.shares[best]:.2f}"


def _as_refusal(status: Factuality, type_: str) -> Factuality:
    """Who does not agree refuses: the negation is in the type."""
    if status.status == "negated" and type_ == "REJECT":
        return Factuality("actual", status.cue, status.modal)
    return status
