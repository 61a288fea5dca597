"""The person in view: whom "the mediator", "the Dutch diplomat", "the priest" and "his host" take up."""

from __future__ import annotations

from dragoman.knowledge import Knowledge
from dragoman.reading.actors.drafts import Draft, Facts
from dragoman.reading.actors.lexicon import Lexicon
from dragoman.reading.actors.linking import Profile
from dragoman.reading.actors.memory import WINDOW, Memory
from dragoman.reading.actors.phrases import SUBJECTS, governor
from dragoman.reading.tree import Tree

# Who may be a general whom nobody has called one yet.
_UNDER_ARMS = frozenset({"MIL", "REB", "UAF", "PRM", "SPY", "PRE", "UNK"})
# Offices of soldiers, whomever they serve.
_COMMANDS = frozenset({"commander", "military commander", "army chief", "chief of the general staff"})
# Whoever serves one of these acts for no country.
_ABROAD = frozenset({"IGO", "UNO", "EUR", "NGO"})


class View:
    """The persons of one article, by how near they are to the reader's mind."""

    def __init__(self, tree: Tree, knowledge: Knowledge, lexicon: Lexicon, memory: Memory) -> None:
        self.tree, self.knowledge, self.lexicon, self.memory = tree, knowledge, lexicon, memory

    def soft(self, draft: Draft, office: str) -> list[str]:
        """The person in view for "the mediator", "the diplomat": the last who was a subject, else the last."""
        return self._in_view(draft) if office in self.lexicon.soft else []

    def called(self, draft: Draft, noun: str) -> list[str]:
        """The person in view for what he is by calling or by birth: "the general", "the Dutch diplomat", "the priest".

        What a person has been ("the former Argentine foreign minister") may be anything.
        """
        facts = draft.facts
        known = noun in self.lexicon.soft or noun in self.lexicon.callings
        if facts.former and facts.office is None:
            known = known or self.knowledge.noun(noun) is not None
        if not known and not (facts.former and facts.office is not None and facts.nations):
            return []
        return self._in_view(draft)

    def native(self, draft: Draft) -> list[str]:
        """The person in view who comes from there: "the Swede"."""
        unknown: list[str] = []
        for earlier in reversed(self.memory.seen[-WINDOW:]):
            if self.tree.sentence[draft.head] - self.tree.sentence[earlier.head] > 3:
                break
            person = self.memory.person_of(earlier)
            if person is None or person.id in unknown:
                continue
            homes = self._homes(person)
            if not homes.isdisjoint(draft.facts.nations):
                return [person.id]
            unknown += [] if homes else [person.id]
        return unknown if len(unknown) == 1 else []

    def _homes(self, person: Profile) -> set[str]:
        """The countries that somebody has served or acts for, where that is known."""
        entity = self.knowledge.entity(person.id)
        served = {tenure.of for tenure in self.knowledge.offices(person.id) if self.knowledge.is_country(tenure.of)}
        return served | {home for home in (person.country, entity.country if entity else None) if home is not None}

    def opposite(self, draft: Draft) -> list[str]:
        """The person in view who is not the one whose "host" or "successor" he is."""
        owner = self.memory.person_of(self.memory.heads.get(draft.possessor)) if draft.possessor is not None else None
        if owner is not None and draft.facts.noun == "host":
            owner = self._guest(draft) or owner
        return self._in_view(draft, other_than=owner.id) if owner is not None and not draft.plural else []

    def _guest(self, draft: Draft) -> Profile | None:
        """The person in view who went somewhere, and so has a host."""
        for earlier in reversed(self.memory.seen[-WINDOW:]):
            if self.tree.sentence[draft.head] - self.tree.sentence[earlier.head] > 3:
                return None
            dep, verb = governor(self.tree, earlier.head)
            if dep in SUBJECTS and self.tree.doc[verb].lemma_.lower() in self.lexicon.motion:
                person = self.memory.person_of(earlier)
                if person is not None:
                    return person
        return None

    def _in_view(self, draft: Draft, other_than: str | None = None) -> list[str]:
        """The last person who was a subject, else the last, that what is said may be true of."""
        last: list[str] = []
        doer = self.memory.doer_beside(draft)
        for earlier in reversed(self.memory.seen[-WINDOW:]):
            if self.tree.sentence[draft.head] - self.tree.sentence[earlier.head] > 3:
                break
            person = self.memory.person_of(earlier)
            if person is None or person.id in (other_than, doer) or not self._may_be(person, draft.facts):
                continue
            if self._apart(draft, earlier) and not self._taken_up(draft, earlier):
                if governor(self.tree, earlier.head)[0] in SUBJECTS:
                    return [person.id]
                last = last or [person.id]
        return last

    def _may_be(self, person: Profile, facts: Facts) -> bool:
        """Whether nationality, gender and office of a phrase can be this person's."""
        if facts.gender is not None and person.gender is not None and facts.gender != person.gender:
            return False
        if facts.former and facts.office is not None and person.office == facts.office:
            return False
        civil = person.known and person.sector not in _UNDER_ARMS
        civil = civil and (self.lexicon.ranks | _COMMANDS).isdisjoint(person.offices | person.said)
        if civil and not self.lexicon.ranks.isdisjoint({facts.office, facts.noun}):
            return False  # "the general" is nobody whose calling is another and who was never called one
        if not facts.nations:
            return True
        entity = self.knowledge.entity(person.id)
        home = entity.country if entity is not None else person.country
        # Of whom nobody knows where he comes from, a nationality is news.
        return home in facts.nations or (home is None and (person.sector in _ABROAD or not person.known))

    def _taken_up(self, draft: Draft, earlier: Draft) -> bool:
        """Whether a clause beside the phrase's own has this subject: then a pronoun would mean it, a phrase another."""
        if governor(self.tree, draft.head)[0] not in SUBJECTS or governor(self.tree, earlier.head)[0] not in SUBJECTS:
            return False
        own, other = governor(self.tree, draft.head)[1], governor(self.tree, earlier.head)[1]
        return self.tree.deps[own] in ("conj", "parataxis") and self.tree.heads[own] == other

    def _apart(self, draft: Draft, earlier: Draft) -> bool:
        """Two arguments of one predicate are two persons."""
        return governor(self.tree, draft.head)[1] != governor(self.tree, earlier.head)[1]
