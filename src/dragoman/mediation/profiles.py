"""What is known of each actor: its country and sector, whether it can act, and for whom by the record it acts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from dragoman.records import Actor, Article

if TYPE_CHECKING:
    from dragoman.knowledge import Knowledge

# Bodies that send nobody to mediate who is not said to come from them.
_PRIVATE = frozenset({"NGO", "BUS", "EDU", "JRN", "MED", "MNC", "REL"})
# Sectors whose members act for their country; a movement acts for itself.
_STATE = frozenset({"GOV", "MIL", "LEG", "JUD", "SPY", "COP", "ELI", "UNK", "PRE"})
# Armed or political movements: a side by themselves.
MOVEMENTS = frozenset({"REB", "UAF", "PRM", "ISM", "IMG"})
# International bodies.
BODIES = frozenset({"IGO", "UNO", "EUR", "NGO", "IMG"})
# Sectors whose members are neither side nor mediator, however often they are named, unless the article makes them so.
_BYSTANDERS = frozenset({"BUS", "LAB", "MNC", "JRN", "MED", "EDU", "REF", "AGR", "CRM", "CVL", "JUD"})
# Offices of a peace process send nobody: their holders come from somewhere else.
_PROCESS = "-PEACE-PROCESS"


class Profiles:
    """The actors of an article by id, as the article tells of them and as the knowledge has them.

    Attributes:
        contenders: groups that are sides of a known conflict of the time.
        engaged: those who are seldom a side or a mediator and are one here, as a union in its strike.
    """

    def __init__(self, article: Article, records: Sequence[Actor], knowledge: Knowledge) -> None:
        self.article = article
        self.records = {actor.id: actor for actor in records}
        self.knowledge = knowledge
        self.engaged: frozenset[str] = frozenset()
        year = article.published.year
        # These act for themselves, governments in exile among them, whatever sector the knowledge puts them in.
        self.contenders = {
            party
            for conflict in knowledge.conflicts
            if conflict.is_on(year, lately=1)
            for party in conflict.parties
            if not knowledge.is_country(party)
        }

    def is_established(self, actor_id: str) -> bool:
        """Whether this is a country or a body of which more is known than the article says."""
        record = self.records.get(actor_id)
        return not self.is_person(actor_id) and (record is None or record.known)

    def is_nameless(self, actor_id: str) -> bool:
        """Whether only a common noun of no sector tells who this is: "other countries", "the powers"."""
        record = self.records.get(actor_id)
        if record is None or record.known or record.kind == "person":
            return False
        return record.sector == "UNK" and record.name.islower()

    def is_country(self, actor_id: str) -> bool:
        """Whether this is a country."""
        return self.knowledge.is_country(actor_id)

    def is_person(self, actor_id: str) -> bool:
        """Whether this is a person."""
        record = self.records.get(actor_id)
        return record is not None and record.kind == "person"

    def is_own_people(self, body: str, actors: Iterable[str]) -> bool:
        """Whether a body is no more than people of the country of those who act."""
        homes = {self.country_of(actor) for actor in actors} - {None}
        return ":" in body and self.sector(body) == "CVL" and self.country_of(body) in homes

    def country_of(self, actor_id: str) -> str | None:
        """The country that an actor is or belongs to."""
        if self.knowledge.is_country(actor_id):
            return actor_id
        record = self.records.get(actor_id) or self.known(actor_id)
        if record is None and actor_id[3:4] == ":":
            return actor_id[:3]
        return None if record is None else record.country

    def sector(self, actor_id: str) -> str | None:
        """The PLOVER sector of an actor, None where nothing is known of it."""
        record = self.records.get(actor_id) or self.known(actor_id)
        return None if record is None else record.sector

    def can_act(self, actor_id: str) -> bool:
        """Whether such an actor can be a party or a mediator: not a crowd, a firm, a paper or a court."""
        record = self.records.get(actor_id) or self.known(actor_id)
        if record is None or actor_id in self.engaged:
            return True
        return record.sector not in _BYSTANDERS

    def known(self, actor_id: str) -> Actor | None:
        """An actor as the knowledge has it, whether or not the article names it; None where it is not there."""
        entity = self.knowledge.entity(actor_id)
        if entity is None:
            return None
        return Actor(entity.id, entity.name, entity.kind, entity.country, entity.sector, None, entity.of, True, ())

    def acts_for(self, actor_id: str, depth: int = 0) -> str:
        """The country or body whose office, arm or member an actor is by its record; itself where it is nobody's."""
        record = self.records.get(actor_id) or self.known(actor_id)
        if record is None or depth > 3:
            return actor_id
        if record.kind == "country":
            return actor_id
        if record.kind == "person":
            if record.of is not None and record.of != actor_id and not record.of.endswith(_PROCESS):
                return actor_id if self._beside(record.of) else self.acts_for(record.of, depth + 1)
            if record.of is not None and record.of.endswith(_PROCESS):
                # A mediator of a peace process acts for the body he comes from, else for his country.
                return self._sender(actor_id, record.country, depth)
            if record.country is not None and record.sector in _STATE:
                return record.country
            return actor_id
        entity = self.knowledge.entity(actor_id)
        parent = record.of or (entity.of if entity is not None else None)
        if actor_id in self.contenders or self._is_people(record):
            return actor_id
        if record.sector in _STATE:
            return record.country or (self.acts_for(parent, depth + 1) if parent else actor_id)
        above = self.known(parent) if parent is not None else None
        if above is not None and record.sector != above.sector and above.sector in BODIES:
            # The World Bank and the courts in The Hague act by themselves.
            return actor_id
        if parent is not None and parent != actor_id and not self.knowledge.is_country(parent):
            # The armed wing of a movement is the movement, a UN agency the UN; rebels are not their country.
            return self.acts_for(parent, depth + 1)
        return actor_id

    def _is_people(self, record: Actor) -> bool:
        """Whether this is a people, a clan or a tribe: it is no part of the state that it lives in."""
        return record.known and record.kind == "group" and record.sector == "UNK" and ":" not in record.id

    def _beside(self, body: str) -> bool:
        """Whether somebody's body is a private one that the article does not name: it did not send him."""
        known, told = self.known(body), self.records.get(body)
        return known is not None and known.sector in _PRIVATE and (told is None or not told.mentions)

    def _sender(self, person: str, country: str | None, depth: int) -> str:
        """For whom a mediator without a mandate acts: another body of his on the day, his country, himself."""
        for tenure in self.knowledge.offices(person, self.article.published):
            if tenure.of and not tenure.of.endswith(_PROCESS):
                return self.acts_for(tenure.of, depth + 1)
        entity = self.knowledge.entity(person)
        return country or (entity.country if entity is not None else None) or person
