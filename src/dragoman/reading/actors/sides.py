"""The parties that "the two sides", "both", "the two men" mean."""

from __future__ import annotations

from functools import cached_property
from itertools import combinations

import numpy as np

from dragoman.knowledge import Knowledge
from dragoman.language.encoder import ROLES
from dragoman.reading.actors.drafts import Draft
from dragoman.reading.actors.lexicon import Lexicon
from dragoman.reading.actors.linking import Linker
from dragoman.reading.actors.memory import WINDOW, Memory
from dragoman.reading.actors.phrases import OBJECTS, SUBJECTS, governor
from dragoman.reading.tree import Tree

# Conjoined phrases in this many sentences back may be "the two sides".
_PAIR_SENTENCES = 8
# And in so many the countries whose leaders are meant.
_NEAR = 3
# No more of them are weighed, so that a long text takes time in proportion to its length.
_PAIRS = 24
# What it counts that the language model takes them for sides, and how much it must have said to be heard.
_LIKELY, _HEARD, _SURE, _HARDLY = 6.0, 0.2, 0.7, 0.15
# No more than so many mediate together.
_TEAM = 4
_SIDE, _MEDIATOR, _OTHER = (ROLES.index(name) for name in ("side", "mediator", "other"))


class SideResolver:
    """Resolves sets of parties of one article."""

    def __init__(self, tree: Tree, linker: Linker, knowledge: Knowledge, lexicon: Lexicon, memory: Memory) -> None:
        self.tree, self.linker, self.lexicon, self.memory = tree, linker, lexicon, memory
        self._roles: np.ndarray | None = tree.doc._.roles if tree.doc.has_extension("roles") else None
        self._knowledge = knowledge

    @cached_property
    def _enemies(self) -> frozenset[frozenset[str]]:
        return frozenset(
            frozenset(pair)
            for conflict in self._knowledge.conflicts
            for pair in combinations(sorted(set(conflict.parties)), 2)
        )

    def resolve(self, draft: Draft) -> tuple[str, ...]:
        """The parties that "the two sides" or "both" mean; the armies of countries where armies are spoken of."""
        sides = self._meant(draft)
        if draft.facts.noun not in self.lexicon.armed:
            return sides
        country = self._knowledge.is_country
        return tuple(self.memory.part(side, "MIL", draft.facts) if country(side) else side for side in sides)

    def _meant(self, draft: Draft) -> tuple[str, ...]:
        """Those named together last, or the two most in view."""
        noun = draft.facts.noun or ""
        if noun in ("former", "latter"):
            return self._one_of_two(noun == "latter")
        met = self._met(draft) if noun == "both" or noun in self.lexicon.persons else ()
        if met:
            return met
        sentence = self.tree.sentence[draft.head]
        other = self._doer(draft)
        if noun == "other":
            return self._facing(draft, other)
        if noun == "both" and (told := self._in_one_breath(draft, other)):
            return told
        count = draft.facts.count
        if noun in self.lexicon.states and count is not None and self.memory.states is not None:
            at, states = self.memory.states
            if len(states) == count and sentence - at <= _NEAR:
                return states
        best: tuple[str, ...] = ()
        top, doubtful = float("-inf"), False
        for order, (at, pair) in enumerate(reversed(self.memory.pairs[-_PAIRS:])):
            if sentence - at > _PAIR_SENTENCES and self._roles is None:
                break
            fitting = self._fitting(pair, noun, other)
            if count == 2 and len(fitting) > 2:
                # Of three named together two may be the sides, and the third between them.
                fitting = tuple(actor for actor in fitting if self._likely(actor) >= _SURE)
            if len(fitting) < 2 or (count is not None and count > 2 and len(fitting) != count):
                continue
            # Near is likelier; those known to be enemies are likelier still, and a pair before a crowd.
            score = -0.5 * order + (0.4 if noun == "both" else 2.0) * self._opposed(fitting)
            score -= 1.0 if count == 2 and len(fitting) != 2 else 0.0
            likely = min(map(self._likely, fitting))
            if sentence - at > _PAIR_SENTENCES and likely < _SURE:
                continue  # of those named together long ago only the sides themselves are still in view
            score += _LIKELY * (likely - 0.5)
            if score > top:
                best, top, doubtful = fitting, score, likely < _HARDLY
        if best and not doubtful:
            return best
        if count is not None and count > 2:
            return best
        view: dict[str, float] = {}
        for earlier in reversed(self.memory.seen[-WINDOW:]):
            gap = sentence - self.tree.sentence[earlier.head]
            for actor in self._fitting(earlier.actors, noun, other):
                view[actor] = view.get(actor, 0.0) + (0.1 + self._likely(actor)) / (2 + gap)
        ranked = sorted(view, key=lambda actor: (-view[actor], actor))
        pairs = list(combinations(ranked[:4], 2))
        # Of two doubtful answers the likelier, if the model says anything of it.
        enough = min(_SURE, max(0.55, min(map(self._likely, best), default=0.0)))
        if best and (not pairs or min(map(self._likely, pairs[0])) < enough):
            return best
        if not pairs and noun in self.lexicon.persons:
            return self._heads(draft)
        return tuple(sorted(next((pair for pair in pairs if self._opposed(pair)), pairs[0]))) if pairs else ()

    def _heads(self, draft: Draft) -> tuple[str, ...]:
        """Who leads each of the countries that were named together: "both leaders", where nobody is named."""
        office = draft.facts.office or draft.facts.noun or ""
        if not self.memory.pairs or office not in self.lexicon.single | set(self.lexicon.leaders):
            return ()
        at, pair = self.memory.pairs[-1]
        count = draft.facts.count or len(pair)
        near = self.tree.sentence[draft.head] - at <= _NEAR
        if not near or len(pair) != count or not all(map(self._knowledge.is_country, pair)):
            return ()
        found = [self._head(country, office) for country in pair]
        return tuple(self.linker.known(head) for head in found if head) if all(found) else ()

    def _head(self, country: str, office: str) -> str | None:
        """Who holds an office of a country on the day; "the leader" holds the first of those that lead."""
        titles = [office]
        if office == "leader":
            cabinet = country in self.lexicon.cabinet_led
            titles = [*(["prime minister"] if cabinet else []), *self.lexicon.leaders]
        for title in titles:
            holders = self._knowledge.holders(title, country, self.linker.published)
            if len(holders) == 1:
                return holders[0].id
        return None

    def between(self) -> tuple[str, ...]:
        """The bodies that the language model takes for mediators, of those told of so far: "the mediators"."""
        told = dict.fromkeys(actor for earlier in self.memory.seen[-WINDOW:] for actor in earlier.actors)
        mediating = [actor for actor in told if self._likely(actor, _MEDIATOR) >= _SURE]
        persons = {actor for actor in mediating if self.linker.profiles[actor].kind == "person"}
        bodies = dict.fromkeys((actor in persons and self._behind(actor)) or actor for actor in mediating)
        return tuple(bodies) if len(bodies) <= _TEAM else ()

    def _one_of_two(self, last: bool) -> tuple[str, ...]:
        """ "The former", "the latter": one of the two who were named together last."""
        pair = self.memory.pairs[-1][1] if self.memory.pairs else ()
        return (pair[-1 if last else 0],) if len(pair) == 2 else ()

    def _met(self, draft: Draft) -> tuple[str, ...]:
        """The two persons of the sentence before, one of whom met, called or briefed the other."""
        sentence = self.tree.sentence[draft.head] - 1
        persons: dict[int, list[str]] = {}
        for earlier in self.memory.seen[-WINDOW:]:
            if self.tree.sentence[earlier.head] == sentence and self.memory.person_of(earlier) is not None:
                dep, verb = governor(self.tree, earlier.head)
                if dep in SUBJECTS or dep in OBJECTS:
                    persons.setdefault(verb, []).extend(earlier.actors)
        if draft.facts.count not in (None, 2) or any(at >= sentence for at, _ in self.memory.pairs[-1:]):
            return ()
        return next((tuple(both) for both in persons.values() if len(set(both)) == 2), ())

    def _in_one_breath(self, draft: Draft, doer: str | None) -> tuple[str, ...]:
        """The two to whom the same subject just did something else: "borders A and B and has good ties with both"."""
        verb = draft.head
        while self.tree.doc[verb].pos_ not in ("VERB", "AUX") and self.tree.heads[verb] != verb:
            verb = self.tree.heads[verb]
        if not self.memory.pairs or self.tree.deps[verb] != "conj" or self.tree.kids(verb, *SUBJECTS):
            return ()
        before, (at, pair) = self.tree.heads[verb], self.memory.pairs[-1]
        named = [earlier for earlier in self.memory.seen[-WINDOW:] if governor(self.tree, earlier.head)[1] == before]
        others = {actor for earlier in named for actor in earlier.actors} - {doer}
        return pair if at == self.tree.sentence[verb] and len(pair) == 2 and others.issuperset(pair) else ()

    def _facing(self, draft: Draft, doer: str | None) -> tuple[str, ...]:
        """The other of the two last named together of whom the one who acts is one."""
        if doer is None:
            return ()
        mine = set(self._sides_of(doer))
        for _, pair in reversed(self.memory.pairs[-_PAIRS:]):
            # Rebels are of the same country as the army that they fight.
            own = [actor for actor in pair if actor == doer]
            own = own or [actor for actor in pair if mine & set(self._sides_of(actor))]
            if len(pair) == 2 and len(own) == 1:
                return tuple(actor for actor in pair if actor not in own)
        return ()

    def _likely(self, actor: str, role: int = _SIDE) -> float:
        """How far the language model takes an actor for a side, by what was told so far; a half if it says nothing.

        The same for another of `ROLES`.
        """
        if self._roles is None:
            return 0.5
        side = total = 0.0
        for earlier in self.memory.seen[-WINDOW:]:
            if earlier.form != "pronoun" and actor in earlier.actors:
                belief = self._roles[earlier.start : earlier.end].sum(0)
                side += float(belief[role])
                total += float(belief[[_SIDE, _MEDIATOR, _OTHER]].sum())
        return side / total if total > _HEARD else 0.5

    def _opposed(self, actors: tuple[str, ...]) -> bool:
        """Whether two of these are the parties of a known conflict, themselves or through whom they act for."""
        for pair in combinations(actors, 2):
            sides = [self._sides_of(actor) for actor in pair]
            if any(frozenset((one, two)) in self._enemies for one in sides[0] for two in sides[1] if one != two):
                return True
        return False

    def _sides_of(self, actor: str) -> tuple[str, ...]:
        profile = self.linker.profiles[actor]
        return tuple(side for side in (actor, profile.of, profile.country) if side is not None)

    def _fitting(self, actors: tuple[str, ...], noun: str, other: str | None) -> tuple[str, ...]:
        """Those of some actors who can be meant, in place of persons their countries where states are meant."""
        found: dict[str, None] = {}
        for actor in actors:
            if actor == other or self.linker.profiles[actor].sector == "JRN":
                continue  # whoever reports on the sides is none
            if self._is_side(actor, noun):
                found[actor] = None
            elif noun in self.lexicon.states and (country := self.linker.profiles[actor].country) is not None:
                found[self.linker.known(country)] = None
            elif noun in self.lexicon.sides and (behind := self._behind(actor)) is not None:
                found[behind] = None
        if self._any_kind(noun) and len({self.linker.profiles[actor].kind == "person" for actor in found}) > 1:
            # "The two" are two of a kind.
            return tuple(actor for actor in found if self.linker.profiles[actor].kind != "person")
        return tuple(found)

    def _behind(self, actor: str) -> str | None:
        """Whom a person acts for: the sides are never persons."""
        profile = self.linker.profiles[actor]
        body = profile.of or profile.country
        if body is not None and self.linker.known(body) in self.linker.profiles:
            return body
        return None

    def _doer(self, draft: Draft) -> str | None:
        """Who acts on the sides in the same clause, the mediator between them, and so is none of them."""
        index = draft.head
        personal = draft.facts.noun in self.lexicon.persons or draft.facts.noun == "both"
        for _ in range(8):
            for child in self.tree.children[index]:
                if self.tree.deps[child] in SUBJECTS and child < draft.head:
                    subject = self.memory.heads.get(child)
                    if subject is not None and subject.actors:
                        return subject.actors[0]
            if self.tree.heads[index] == index or (self.tree.deps[index] == "ccomp" and personal):
                # Who says what the two men did may well be one of them.
                break
            index = self.tree.heads[index]
        return None

    def _any_kind(self, noun: str) -> bool:
        """Whether persons and countries alike can be meant: "the two", "the two rivals"."""
        return noun == "both" or (noun in self.lexicon.kin and noun not in self.lexicon.states)

    def _is_side(self, actor: str, noun: str) -> bool:
        kind = self.linker.profiles[actor].kind
        if self._any_kind(noun):
            return True
        if noun in self.lexicon.persons:
            return kind == "person"
        if noun in self.lexicon.states:
            return kind == "country"
        return kind != "person"
