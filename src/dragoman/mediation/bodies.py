"""For whom each actor of an article speaks: opposition leaders, unnamed rebels and homeless ministers among them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from dragoman.mediation.profiles import MOVEMENTS, Profiles
from dragoman.mediation.tokens import Tokens, straight

if TYPE_CHECKING:
    from dragoman.knowledge.conflicts import Conflict

# Words in the names of conflicts that name no land.
_GENERAL = frozenset(
    """Civil Conflict Crisis Dispute First Second Third Insurgency Rebellion Invasion Occupation Annexation Struggle
    Gulf North South East West Northern Southern Eastern Western Black Sea Middle Islamic State Against""".split()
)
_OPPOSITION = re.compile(
    r"^(?:\W*\w+){0,3}?\W*opposition(?:'s)? (?:leader|figure|chief|politician|head|candidate)"
    r"|\bleader of the opposition"
)
_CLAIMANT = re.compile(
    r"\bpresident[- ]elect\b|\bself-(?:proclaimed|declared|styled)\b|\brival (?:president|prime minister)\b"
    r"|\b(?:beat|defeated) (?:him|her|\w+) (?:at|in) the (?:\w+ )?(?:polls?|elections?|vote|ballot|run-?off)\b"
    r"|\bwinner of (?:the|last|\w+'s) (?:\w+ )?(?:election|vote|poll|ballot)\b|\belection winner\b"
)
_OUSTED = re.compile(
    r"\b(?:ousted|deposed|exiled|toppled|overthrown) (?:\w+ )?(?:president|leader|premier|prime minister)"
)
_FORMER = re.compile(
    r"\b(?:former|ex-?) ?(?:\w+ )?(?:president|leader|premier|prime minister|foreign minister|ruler)\b"
)
_POST = re.compile(
    r"\b(?:president|minister|premier|king|emir|sultan|negotiator|spokes\w+|envoy|ambassador|advis[eo]r|official|general"
    r"|commander|chief|head|leader|delegate|representative|diplomat|secretary|mediator|speaker|senator|lawmaker)\b"
)


class Bodies:
    """Who is one with whom in this article: a matter of its wording and, once they are known, of its parties.

    Attributes:
        parties: the sides of the conflict, none before `settle`.
    """

    def __init__(self, tokens: Tokens, profiles: Profiles) -> None:
        self.tokens = tokens
        self.profiles = profiles
        self.parties: tuple[str, ...] = ()
        self._home: str | None = None
        self._between: frozenset[str] = frozenset()
        # Persons first: a rebel leader who is a side by himself leads no movement that the article names.
        self._opposed = self._opponents()
        self._aliases = self._movements() | self._peoples()

    def body(self, actor_id: str) -> str:
        """Whom an actor acts for: a minister for his country, an envoy for the body that sent him."""
        if actor_id in self._between:
            return actor_id
        found = self._opposed.get(actor_id) or self.profiles.acts_for(actor_id)
        if found == actor_id and self._home is not None:
            record = self.profiles.records.get(actor_id)
            if record is not None and record.kind == "person" and record.sector == "GOV" and record.country is None:
                # "Information Minister X": of the one state that is a party here.
                return self._home
        return self._aliases.get(found, found)

    def part(self, persons: Iterable[str]) -> None:
        """Say that these persons speak for themselves and not for their state."""
        self._opposed.update((person, person) for person in persons)

    def rejoin(self, persons: Iterable[str]) -> None:
        """Take back that these persons speak for themselves."""
        for person in persons:
            del self._opposed[person]

    def stand_between(self, actors: Iterable[str]) -> None:
        """Say that these mediate between their own state and others, and speak for neither."""
        self._between = frozenset(actors)

    def settle(self, parties: Sequence[str]) -> None:
        """Say who the parties are: officials without a country are of the only state among them."""
        self.parties = tuple(parties)
        states = [party for party in parties if self.profiles.is_country(party)]
        self._home = states[0] if len(states) == 1 else None
        # In a conflict of others an opposition leader speaks for his country as its ministers do.
        self._opposed = {person: side for person, side in self._opposed.items() if side in parties}
        for record in self.profiles.records.values():
            # A former president speaks for himself, whatever country he once led.
            if self.is_retired(record.id) and self.profiles.acts_for(record.id) == record.country:
                self._opposed.setdefault(record.id, record.id)
        for body in {self.profiles.acts_for(actor) for actor in self.profiles.records}:
            country = self.authority_of(body)
            if country is not None and country in parties and body not in parties:
                self._aliases.setdefault(body, country)

    def is_retired(self, person: str) -> bool:
        """Whether somebody is told, or known and not told otherwise, to have left the offices that he held."""
        record = self.profiles.records.get(person)
        if record is None or record.kind != "person":
            return False
        if record.office is not None and not record.office.startswith("former"):
            return False
        told = [straight(self.profiles.article.text[m.start : m.end]) for m in record.mentions]
        return any(_FORMER.search(words) for words in told) or self._left_office(person, told)

    def _left_office(self, person: str, told: Sequence[str]) -> bool:
        """Whether somebody is known to have held offices and to hold none now, and is told to hold none."""
        ends = [tenure.end for tenure in self.profiles.knowledge.offices(person)]
        if not ends or any(end is None or end >= self.profiles.article.published for end in ends):
            return False
        return not any(_POST.search(words) for words in told)

    def authority_of(self, body: str) -> str | None:
        """The country that a body speaks for abroad, as the PLO does for Palestine; None for one that contests it."""
        country = self.profiles.country_of(body)
        if country is None or body == country or self.profiles.sector(body) != "GOV" or ":" in body:
            return None
        within = (c for c in self.profiles.knowledge.conflicts if c.countries == (country,) and body in c.parties)
        return None if any(within) else country

    def _opponents(self) -> dict[str, str]:
        """Persons who are a side at home: an opposition leader for it, an ousted or elected president for himself."""
        found: dict[str, str] = {}
        for record in self.profiles.records.values():
            body = self.profiles.acts_for(record.id)
            if record.kind != "person" or record.country is None:
                continue
            told = [straight(self.profiles.article.text[m.start : m.end]) for m in record.mentions]
            if self._is_untold_party(body) and any(_FORMER.search(words) for words in told):
                # "The former president": the party that he is known to lead has no part in what is told of him.
                found[record.id] = record.id
            if body not in (record.country, record.id):
                continue
            if body == record.country and any(_OPPOSITION.search(words) for words in told):
                sides = [side for side in sorted(self.profiles.contenders) if self._opposes(side, record.country)]
                found[record.id] = sides[0] if sides else f"{record.country}:OPP"
            elif any(_OUSTED.search(words) or _CLAIMANT.search(words) for words in told):
                found[record.id] = record.id
        return found

    def _is_untold_party(self, body: str) -> bool:
        record = self.profiles.records.get(body)
        return self.profiles.sector(body) == "PTY" and (record is None or not record.mentions)

    def _opposes(self, side: str, country: str | None) -> bool:
        known = self.profiles.known(side)
        return known is not None and known.sector == "OPP" and known.country == country

    def opponents(self) -> dict[str, str]:
        """Sides that persons stand for against the state that they are of, with that state."""
        found = {side: self.profiles.records[person].country or "" for person, side in self._opposed.items()}
        for record in self.profiles.records.values():
            # "Burma's opposition leader, Aung San Suu Kyi" stands for a party that is a side, movement or not.
            body = self.profiles.acts_for(record.id)
            if record.kind == "person" and record.country and body not in (record.country, record.id):
                told = [straight(self.profiles.article.text[m.start : m.end]) for m in record.mentions]
                if any(_OPPOSITION.search(words) for words in told):
                    found[body] = record.country
        return found

    def _movements(self) -> dict[str, str]:
        """ "The rebels" of a country are its one movement that the article names."""
        named: dict[str, list[str]] = {}
        unnamed: list[tuple[str, str]] = []
        for record in self.profiles.records.values():
            if record.sector not in MOVEMENTS or record.country is None:
                continue
            if record.kind == "person":
                # A rebel leader of whom nothing more is said leads the movement that the article names.
                if self.profiles.acts_for(record.id) == record.id and record.id not in self._opposed:
                    unnamed.append((record.id, record.country))
            elif ":" in record.id:
                unnamed.append((record.id, record.country))
            elif self.profiles.acts_for(record.id) == record.id:
                named.setdefault(record.country, []).append(record.id)
        counts = Counter({record.id: len(record.mentions) for record in self.profiles.records.values()})
        for record in self.profiles.records.values():
            if record.kind == "person" and self.profiles.acts_for(record.id) != record.id:
                counts[self.profiles.acts_for(record.id)] += len(record.mentions)  # whose negotiator speaks is told of
        found: dict[str, str] = {}
        for identifier, country in unnamed:
            ranked = sorted(named.get(country, ()), key=lambda name: (-counts[name], name))
            known = None if ranked else self._known_side(identifier, country)
            if known is not None:
                found[identifier] = known
                continue
            person = self.profiles.records[identifier].kind == "person"
            if not ranked or (not person and self._particular(identifier, country)):
                continue
            # With two movements of like weight nobody can say which of them is meant, and who is named once in passing
            # is not the one that is always called "the rebels".
            alone = len(ranked) == 1 or (not person and counts[ranked[0]] >= 2 * counts[ranked[1]])
            if alone and (person or 2 * counts[ranked[0]] > counts[identifier]):
                found[identifier] = ranked[0]
        return found

    def _known_side(self, identifier: str, country: str) -> str | None:
        """The one movement of a known conflict whose land the article names: "Acehnese rebels" are those of Aceh."""
        year, sector = self.profiles.article.published.year, self.profiles.sector(identifier)
        sides: set[str] = set()
        for conflict in self.profiles.knowledge.conflicts:
            if country not in conflict.countries or not conflict.is_on(year):
                continue
            movements = [
                side for side in conflict.parties if self.profiles.sector(side) in MOVEMENTS and ":" not in side
            ]
            if len(movements) == 1 and sector in MOVEMENTS and self.names_land_of(conflict):
                sides.update(movements)
        return sides.pop() if len(sides) == 1 else None

    def _peoples(self) -> dict[str, str]:
        """ "The Tigrayan forces" are the one movement of the conflict on that day that is called after their land."""
        found: dict[str, str] = {}
        for record in self.profiles.records.values():
            if record.kind != "group" or record.sector != "UNK" or not record.known or record.country is None:
                continue
            sides: set[str] = set()
            for conflict in self.profiles.knowledge.conflicts:
                there = record.country in conflict.countries and conflict.is_on(self.profiles.article.published.year)
                if there and any(record.name.startswith(land) for land in self.lands_of(conflict)):
                    sides.update(side for side in conflict.parties if self.profiles.sector(side) in MOVEMENTS)
            if len(sides) == 1:
                found[record.id] = sides.pop()
        return found

    def names_land_of(self, conflict: Conflict, often: int = 1) -> bool:
        """Whether the article names the land that a conflict is called after, and is no country: Tigray, Aceh."""
        lands = self.lands_of(conflict)
        return any(len(re.findall(rf"\b{re.escape(land)}", self.profiles.article.text)) >= often for land in lands)

    def lands_of(self, conflict: Conflict) -> list[str]:
        """The lands that a conflict is called after, countries apart."""
        states = {self.profiles.country_of(party) for party in conflict.parties} | set(conflict.countries)
        named: set[str] = set()
        for country in filter(None, states):
            known, entity = self.profiles.knowledge.country(country), self.profiles.knowledge.entity(country)
            names = (*(known.demonyms if known else ()), entity.name if entity else "")
            named.update(word for name in names for word in name.split())
        return [word for word in re.findall(r"[A-Z][\w'’-]{3,}", conflict.name) if word not in named | _GENERAL]

    def _particular(self, identifier: str, country: str) -> bool:
        """Whether a group without a name is told apart by number or place: "fourteen armed groups", "Darfur rebels".

        How many fighters there are tells no movement from another.
        """
        known, entity = self.profiles.knowledge.country(country), self.profiles.knowledge.entity(country)
        names = (*(known.demonyms if known else ()), entity.name if entity else "")
        own = {word.casefold() for name in names for word in name.split()}
        for mention in self.profiles.records[identifier].mentions:
            words = self.tokens.doc[self.tokens.index(mention.start) : self.tokens.index(mention.end - 1) + 1]
            noun = self.profiles.knowledge.noun(words.root.lemma_.lower())
            # "Group" is a word for any number of people, and as such no more than one of those who fight.
            groups = noun is None or noun.kind == "organization" or noun.sector is None
            for token in words:
                if (token.pos_ == "NUM" and groups) or (token.pos_ == "PROPN" and token.text.casefold() not in own):
                    return True
        return False
