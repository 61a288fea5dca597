"""Events that the language model sees: which words state one, of which type, and who takes part.

It learned that from texts in which every event is marked. Where no frame speaks its word makes an event; what frames
find it confirms or doubts (`confidence`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

import numpy as np

from dragoman.codebook import Codebook
from dragoman.language.encoder import EVENTS
from dragoman.reading.actors import Actors, Mention
from dragoman.reading.events.answers import load_answers
from dragoman.reading.events.arguments import Filler
from dragoman.reading.events.coding import Coded
from dragoman.reading.events.learned import ROOTS, learned_frame
from dragoman.reading.events.phrases import Predicate
from dragoman.reading.events.predicates import Clauses
from dragoman.reading.events.roles import Coding, joined, without

# How sure the model must be that a word states an event, of whatever type, which no frame sees; and one that the frames
# take for none. Of these `confidence` says which are told.
STATED, DESPITE = 0.3, 0.97
# How sure that somebody takes part, and how sure of the likeliest to act and to suffer where it is sure of nobody.
PART, LIKELIEST = 0.5, (0.2, 0.35)
PATH = "language model"
# How sure the model must be of another type than the frame's, and how little it may believe the frame's own, for both
# to be weighed.
RIVAL, RIVALLED = 0.9, 0.05
# How sure of what the word of a composed event states by itself: "urged them to boycott" asks, whatever a boycott is.
PLAINLY = 0.85
# How sure that what is promised is ill.
ILL = 0.5
# How sure of an actor whom the frame does not name, and how little it may believe in those whom it names; how sure of
# somebody to whom it is done, where the frame names nobody.
SURE, UNLIKELY, SUFFERING = 0.6, 0.05, 0.4
# How little the model may believe that it is done to somebody who stands deep within the object ("demanded freedom for
# his men"), and to what "it" stands for where a thing may be meant.
DEEP, MEANT = 0.2, 0.05
_WITHIN = ("of of ", "for of ", "from of ")
_JUDGING = frozenset({"SUPPORT", "REJECT", "ACCUSE"})
# Words that may state an event; what "no" and "without" turn round is stated by another.
_STATING = frozenset({"VERB", "NOUN", "ADJ", "ADV", "PROPN"})
_AUXILIARIES = frozenset({"aux", "aux:pass"})
# Operators of which the word states something by itself.
_STATED = frozenset({"request", "demand", "agree", "promise"})
# Those who meet or agree have nobody to whom it is done.
_EQUALS = frozenset({"CONSULT", "AGREE", "COOPERATE"})


class Triggers:
    """What the language model believes of the events of one Doc; nothing where the pipeline does not tell."""

    def __init__(self, clauses: Clauses, actors: Actors, codebook: Codebook) -> None:
        doc = clauses.doc
        self.clauses, self.actors, self.codebook = clauses, actors, codebook
        self._beliefs: np.ndarray | None = doc._.events if doc.has_extension("events") else None
        self._participants = doc._.participants if self._beliefs is not None else {}
        self._stated = dict(self._runs())
        #: The words that state an event for the model although the frames take them for none.
        self.despite: set[int] = set()

    @property
    def speak(self) -> bool:
        """Whether the pipeline tells of events at all."""
        return self._beliefs is not None

    def belief(self, tokens: Iterable[int], type_: str) -> float:
        """The highest probability with which one of the words states an event of the type."""
        if self._beliefs is None:
            return 0.0
        return max((float(self._beliefs[i, EVENTS.index(type_)]) for i in tokens), default=0.0)

    def any_belief(self, tokens: Iterable[int]) -> float:
        """The highest probability with which one of the words states any event."""
        return max((float(1 - self._beliefs[i, 0]) for i in tokens), default=0.0) if self._beliefs is not None else 0.0

    def best(self, tokens: Iterable[int]) -> tuple[str, float] | None:
        """The likeliest type that one of the words states, with its probability."""
        if self._beliefs is None:
            return None
        rows = self._beliefs[list(tokens), 1:].max(0)
        return EVENTS[1 + int(rows.argmax())], float(rows.max())

    def coding(self, i: int, *, blocked: bool = False) -> Coding | None:
        """The event that a word states on the model's word alone.

        Args:
            blocked: whether the frames take the word for none.
        """
        stated = self._stated.get(i)
        if stated is None or (blocked and stated[1] < DESPITE):
            return None
        if blocked:
            self.despite.add(i)
        type_ = stated[0]
        actors, recipients = self.parts(i)
        if type_ == "CONSULT":  # those who meet are equals; a place is only where they do
            met = tuple(each for each in recipients if self._acts(each))
            actors, recipients = joined(actors, met), without(recipients, met)
        code = self.codebook.codes[ROOTS[type_]]
        predicate = self.clauses.at(i)
        if predicate is None:
            predicate = Predicate(i, "v", self.clauses.lemma(i), {}, frozenset(), None, ())
        return Coding(
            predicate, learned_frame(predicate, code.code), code, type_, None, actors, recipients, None, (i,),
            frozenset(),
        )  # fmt: skip

    def readings(self, item: Coded) -> tuple[Coded, ...]:
        """What frames found with those who take part of whom the model is much surer; and once more with the type that
        it takes it for, if that is another.
        """
        if self._beliefs is None or (item.verdict is not None and item.verdict.given):
            return (item,)
        said, best = item.coding.type, self.best(item.coding.tokens)
        believed = self.belief(item.coding.tokens, said)
        heard = f"language model: {said} {believed:.2f}"
        rival = best is not None and best[0] != said and best[1] > believed
        if best is None or not rival:
            return (self._settled(item, heard),)
        heard += f", rather {best[0]} {best[1]:.2f}"
        own = self._settled(item, heard)
        if (asked := self._by_itself(own, best)) is not None:
            return own, asked
        plain = item.coding.inner is None and said == item.coding.code.type
        plain = plain and item.factuality.status in {"actual", "historical"}
        if best[1] < RIVAL or believed > RIVALLED or not plain:
            return (own,)
        other = replace(own.coding, type=best[0], code=self.codebook.codes[ROOTS[best[0]]], mode=None)
        note = f"the frame says {said}, overruled by the {heard}"
        return own, Coded(other, item.factuality, None, note, overruled=True)

    def _by_itself(self, item: Coded, best: tuple[str, float]) -> Coded | None:
        """A composed event as what its own word states, where the model takes it for that: to ask, to agree.

        A promise of ill is a threat: "vowed that their tanks would burn".
        """
        coding = item.coding
        if coding.frame.operator == "promise" and coding.type == "AGREE" and best[0] == "THREATEN" and best[1] >= ILL:
            ill = replace(coding, type="THREATEN", code=self.codebook.codes[ROOTS["THREATEN"]], mode=None)
            return replace(item, coding=ill, overruled=True)
        if coding.frame.operator not in _STATED or coding.frame.code is None or best[1] < PLAINLY:
            return None
        code = self.codebook.codes[coding.frame.code]
        if code.type != best[0] or item.factuality.status not in {"actual", "historical"}:
            return None
        _, asked = self._sure(coding) if best[0] == "REQUEST" else ((), ())  # not those whom it is asked to boycott
        recipients = without(asked, coding.actors) or coding.recipients
        return replace(item, coding=replace(coding, code=code, type=best[0], mode=code.mode, recipients=recipients))

    def _settled(self, item: Coded, heard: str) -> Coded:
        coding = item.coding
        coding = replace(coding, recipients=tuple(each for each in coding.recipients if self._is_meant(each, coding)))
        actors, recipients = self._sure(coding)
        likely = max((self.part(i, each, acts=True) for i in coding.tokens for each in coding.actors), default=0.0)
        speaks = any(each.path == "speaker" for each in coding.actors)
        if actors and likely <= UNLIKELY and not speaks:
            others = {filler.actor for filler in actors}
            kept = tuple(each for each in coding.recipients if each.actor not in others)
            coding = replace(coding, actors=actors, recipients=kept)
        alone = len(coding.actors) == 1 or coding.type not in _EQUALS
        acting = {filler.actor for filler in coding.actors}
        if not coding.recipients and alone:
            coding = replace(coding, recipients=tuple(each for each in recipients if each.actor not in acting))
        return replace(item, coding=coding, heard=heard)

    def _acts(self, filler: Filler) -> bool:
        mention = self.actors.covering(filler.token)
        return mention is not None and mention.sense == "actor"

    def _is_meant(self, filler: Filler, coding: Coding) -> bool:
        """Whether a frame's recipient can be right for all that the model believes.

        Who is to be freed is not who is asked to free him, and in "Kabul denies it" the "it" need be nobody.
        """
        believed = max(self.part(i, filler, acts=False) for i in coding.tokens)
        if filler.path.startswith(_WITHIN) and coding.type != "CONSULT":
            return believed >= DEEP
        thing = self.clauses.doc[filler.token].lower_ == "it" and coding.type in _JUDGING
        of_somebody = self.clauses.lemma(coding.head) in load_answers().of_somebody
        return not thing or of_somebody or believed >= MEANT

    def _sure(self, coding: Coding) -> tuple[tuple[Filler, ...], tuple[Filler, ...]]:
        """Who acts and who suffers for the model, by the word of the coding of which it tells most."""
        word = max(coding.tokens, key=lambda i: (self.any_belief((i,)), -i))
        actors, recipients = self.parts(word)
        return (
            tuple(each for each in actors if self.part(word, each, acts=True) >= SURE),
            tuple(
                each
                for each in recipients
                if self.part(word, each, acts=False) >= SUFFERING and not self._acts_beside(each.token, word)
            ),
        )

    def _acts_beside(self, token: int, word: int) -> bool:
        """Whether somebody is the subject of a clause that tells of a thing: "bombed the bridge that Chad built"."""
        tree = self.clauses.tree
        clause = tree.heads[token]
        above = tree.heads[clause]
        inside = (
            tree.deps[token].startswith("nsubj") and tree.deps[clause] == "acl:relcl" and tree.is_under(above, word)
        )
        return inside and not self.actors.at(above)

    def parts(self, i: int) -> tuple[tuple[Filler, ...], tuple[Filler, ...]]:
        """Who does what a word states, and to whom it is done, the surest first where none is sure."""
        scores: dict[Mention, tuple[float, float]] = {}
        for token, (acting, suffering) in self._participants.get(i, {}).items():
            mention = self.actors.covering(token)
            if mention is not None:
                before = scores.get(mention, (0.0, 0.0))
                # A place that is struck or visited stands for its country; it does nothing itself.
                acts = acting if mention.sense == "actor" else 0.0
                scores[mention] = max(acts, before[0]), max(suffering, before[1])
        sides = []
        for which in (0, 1):
            own = {mention: each[which] for mention, each in scores.items() if each[which] >= each[1 - which]}
            sure = [mention for mention, score in own.items() if score >= PART]
            if not sure and own:
                likeliest = max(own, key=lambda mention: (own[mention], -mention.start))
                sure = [likeliest] if own[likeliest] >= LIKELIEST[which] else []
            sides.append(self._fillers(sure))
        acts = {filler.actor for filler in sides[0]}
        return sides[0], tuple(filler for filler in sides[1] if filler.actor not in acts)

    def part(self, i: int, filler: Filler, *, acts: bool) -> float:
        """How sure the model is that the actor has this part in what the word states."""
        mention = self.actors.covering(filler.token)
        span = range(mention.start, mention.end) if mention is not None else (filler.token,)
        parts = self._participants.get(i, {})
        return max((parts[k][0 if acts else 1] for k in span if k in parts), default=0.0)

    def _fillers(self, mentions: Iterable[Mention]) -> tuple[Filler, ...]:
        found: dict[str, Filler] = {}
        for mention in sorted(mentions, key=lambda mention: mention.start):
            for each in self.actors.at(mention.head):  # "both sides" are several
                if (each.start, each.end) == (mention.start, mention.end):
                    found.setdefault(each.actor, Filler(each.actor, each.head, PATH))
        return tuple(found.values())

    def _runs(self) -> Iterator[tuple[int, tuple[str, float]]]:
        """The token that heads each run of words of one type, the type, and how sure the model is of it."""
        if self._beliefs is None:
            return
        doc, tree = self.clauses.doc, self.clauses.tree
        best = np.where(self._beliefs[:, 0] <= 1 - STATED, 1 + self._beliefs[:, 1:].argmax(1), 0)
        for run, head in tree.runs(best.tolist()):
            type_ = int(best[head])
            stated = EVENTS[type_], float(self._beliefs[run.start : run.stop, type_].max())
            if any(doc[i].pos_ in _STATING for i in run):
                yield head, stated
            elif doc[head].pos_ == "AUX":
                # What one "would not" do, the verb says, where there is one: "he would not", "would not share a room".
                verb = tree.heads[head] if tree.deps[head] in _AUXILIARIES else head
                if best[verb] in {0, type_}:
                    yield verb, stated
