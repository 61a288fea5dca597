"""What an article has told so far, mention by mention: whom a description or a pronoun may look back to."""

from __future__ import annotations

from dragoman.knowledge import Knowledge
from dragoman.reading.actors.drafts import Draft, Facts
from dragoman.reading.actors.linking import Linker, Profile
from dragoman.reading.actors.phrases import conjuncts, doer_beside, governor
from dragoman.reading.tree import Tree

# How many mentions back a description looks for whom it means.
WINDOW = 80
# Groups that have people of their own, not those of a country.
_COMMANDED = frozenset({"REB", "UAF", "PRM", "PRE", "OPP", "PTY", "CRM"})


class Memory:
    """The mentions of one article in the order of reading.

    Attributes:
        seen: all mentions that mean somebody.
        heads: every mention by the token that heads it.
        pairs: those named together, with the sentence in which they were.
        states: the countries whose heads were named together last, with the sentence in which they were.
        by_noun: whom the noun of a description meant last.
        by_sector: the sentence and the actor of the last mention of each sector that is no person's.
    """

    def __init__(self, tree: Tree, linker: Linker, knowledge: Knowledge) -> None:
        self.tree, self.linker, self.knowledge = tree, linker, knowledge
        self.seen: list[Draft] = []
        self.heads: dict[int, Draft] = {}
        self.pairs: list[tuple[int, tuple[str, ...]]] = []
        self.states: tuple[int, tuple[str, ...]] | None = None
        self.by_noun: dict[str, tuple[str, ...]] = {}
        self.by_sector: dict[str, tuple[int, str]] = {}

    def see(self, draft: Draft) -> None:
        """Remember a draft for what comes later."""
        self.heads[draft.head] = draft
        if not draft.actors:
            return
        self.seen.append(draft)
        sentence = self.tree.sentence[draft.head]
        if draft.kind == "group" and draft.facts.noun is not None:
            self.by_noun[draft.facts.noun] = draft.actors
        for actor in draft.actors:
            profile = self.linker.profiles[actor]
            if profile.kind != "person" and profile.sector not in ("GOV", "UNK"):
                self.by_sector[profile.sector] = (sentence, actor)
        if len(draft.actors) > 1 and len(draft.facts.nations) == len(draft.actors):
            # "The heads of Britain and France" are told of, and so are their states.
            self.states = (sentence, tuple(self.linker.known(nation) for nation in draft.facts.nations))
        if self.tree.deps[draft.head] == "conj" and self._may_side(draft):
            parts = [self.heads[head] for head in conjuncts(self.tree, draft.head) if head in self.heads]
            together = tuple(dict.fromkeys(a for part in parts if self._may_side(part) for a in part.actors))
            if len(together) > 1:
                if self.pairs and set(self.pairs[-1][1]) < set(together):
                    self.pairs.pop()
                self.pairs.append((sentence, together))

    def _may_side(self, draft: Draft) -> bool:
        """Whether those listed can be two sides: not "in Moscow and Kabul", but "borders Ukraine and Russia"."""
        return draft.sense == "actor" or governor(self.tree, draft.head)[0] == "obj"

    def hold(self, draft: Draft) -> None:
        """Know a pronoun before its turn, for the phrase that it is the genitive of."""
        self.heads[draft.head] = draft

    def recent_profiles(self) -> list[Profile]:
        """The actors of the last mentions, the last first."""
        found: dict[str, None] = {}
        for draft in reversed(self.seen[-WINDOW:]):
            for actor in draft.actors:
                found.setdefault(actor)
        return [self.linker.profiles[actor] for actor in found]

    def person_of(self, draft: Draft | None) -> Profile | None:
        """The person that a mention means, if it means one."""
        if draft is None or not draft.actors:
            return None
        profile = self.linker.profiles[draft.actors[0]]
        return profile if profile.kind == "person" else None

    def doer_beside(self, draft: Draft) -> str | None:
        """The person who acts on whom a phrase means, and so is not meant by it: "Annan praised the former envoy".

        Nor does he act on what is of himself and call himself by his office: "blamed relatives of the ousted leader".
        """
        head = draft.head
        while self.tree.deps[head] == "nmod" and self.tree.heads[head] < head:
            head = self.tree.heads[head]
        subject = doer_beside(self.tree, head)
        person = self.person_of(self.heads.get(subject)) if subject is not None else None
        return person.id if person is not None else None

    def country_behind(self, possessor: int) -> str | None:
        """The country that a possessor is or acts for."""
        draft = self.heads.get(possessor)
        if draft is None or not draft.actors:
            return None
        profile = self.linker.profiles[draft.actors[0]]
        return profile.country

    def owner_behind(self, possessor: int) -> str | None:
        """The country or group that a possessor is, or that a person who is the possessor leads or acts for."""
        draft = self.heads.get(possessor)
        if draft is None or not draft.actors:
            return None
        profile = self.linker.profiles[draft.actors[0]]
        if profile.kind == "person":
            body = self.knowledge.entity(profile.of) if profile.of is not None else None
            met = self.linker.profiles.get(profile.of or "")
            led = body.kind == "group" if body is not None else met is not None and not met.known
            return profile.of if led or profile.country is None else profile.country
        own = profile.sector in _COMMANDED or (profile.kind == "organization" and ":" not in profile.id)
        return profile.id if own or profile.country is None else profile.country

    def part(self, owner: str, sector: str, facts: Facts) -> str:
        """The part of a country that a phrase means; of a body or a group, itself."""
        if not self.knowledge.is_country(owner):
            return self.linker.known(owner)
        return self.linker.group(owner, "ELI" if facts.former else sector, facts.words)
