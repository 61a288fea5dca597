"""Everything that is known beforehand, behind one class."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from functools import cache, lru_cache
from importlib import resources
from pathlib import Path

from dragoman.errors import DataError
from dragoman.knowledge.actors import (
    SECTORS,
    By,
    Country,
    Entity,
    read_actors,
    read_countries,
)
from dragoman.knowledge.conflicts import Conflict, ConflictNames, read_conflicts
from dragoman.knowledge.index import Hit, NameIndex, case_fits
from dragoman.knowledge.names import fold, initials_apart, without_courtesy
from dragoman.knowledge.nouns import AgentNoun, Title, read_nouns, read_titles
from dragoman.knowledge.offices import Offices, Tenure, office_weight
from dragoman.knowledge.tables import Table, read_table

# What stands first when one name has several bearers.
_BY_RANK: dict[By, int] = {
    "name": 0, "alias": 0, "acronym": 0, "capital": 1, "seat": 0, "demonym": 2, "surname": 3, "spelling": 4,
}  # fmt: skip
# States of fewer than about 400,000 people, whose officers are seldom meant by a bare surname.
_SMALL = frozenset(
    "AND ATG BHS BLZ COK DMA FSM GRD ISL KIR KNA LCA LIE MCO MHL NIU NRU PLW SMR STP SYC TON TUV VCT VUT WSM".split()
)
# Offices of a country that do not outweigh one of an international body.
_LESSER = frozenset({"ambassador", "member of parliament", "envoy", "special envoy", "representative"})
_FILES = (
    "countries", "organs", "bodies", "groups", "members", "seats", "people", "offices", "titles", "nouns", "conflicts",
)  # fmt: skip
# Offices of a state that soldiers hold.
_MILITARY = ("chief of the general staff", "army chief", "commander", "military spokesperson", "army spokesperson")
_KIND_RANK = {"country": 0, "organization": 1, "group": 2, "person": 3}
_SECTOR_WORDS = {
    "MIL": "military", "GOV": "government", "COP": "police", "LEG": "parliament", "JUD": "courts",
    "SPY": "intelligence",
    "REB": "rebels", "OPP": "opposition", "CVL": "civilians", "REF": "refugees", "JRN": "media", "BUS": "business",
    "PTY": "parties", "PRM": "paramilitaries", "UAF": "armed men", "ELI": "elite", "CRM": "criminals",
    "EDU": "educators",
    "MED": "medics", "LAB": "labour", "AGR": "farmers", "REL": "clergy", "SOC": "civil society",
}  # fmt: skip


class Knowledge:
    """Who there is, what they are called, and who held which office when.

    Attributes:
        conflicts: all known conflicts, by id.
    """

    def __init__(self) -> None:
        self._entities: dict[str, Entity] = {}
        self._people: dict[str, tuple[str, str | None, str]] = {}
        self._countries: dict[str, Country] = {}
        self._index = NameIndex()
        self._offices = Offices()
        self._demonyms: dict[str, tuple[str, str]] = {}
        self._capitals: dict[str, str] = {}
        self._members: dict[str, tuple[str, ...]] = {}
        self._nouns: dict[str, AgentNoun] = {}
        self._titles: dict[str, list[Title]] = {}
        self.conflicts: tuple[Conflict, ...] = ()
        self._conflict_names = ConflictNames(())

    # ------------------------------------------------------------------ reading

    def add(self, path: Path, *, check: bool = True) -> None:
        """Take in a data file; what it holds is told by its header. Later files add to and override earlier ones.

        Raises:
            DataError: it is malformed; the message names the file and the line.
        """
        table = read_table(path)
        columns = set(table.columns)
        if {"person", "office", "of"} <= columns:
            self._offices.add(table, check=check)
        elif {"person", "name"} <= columns:
            self._add_people(table)
        elif {"id", "name", "capitals"} <= columns:
            self._add_countries(table)
        elif {"id", "name", "parties"} <= columns:
            self._add_conflicts(table)
        elif {"id", "name", "kind"} <= columns:
            for _, entity in read_actors(table):
                self._add_entity(entity)
        elif {"seat", "id"} <= columns:
            for row in table.rows(("seat", "id")):
                self._index.add_name(row["seat"], row["id"], "seat")
        elif {"body", "members"} <= columns:
            for row in table.rows(("body", "members")):
                self._members[row["body"]] = tuple(row["members"].replace("|", " ").split())
        elif {"noun", "kind"} <= columns:
            self._nouns.update((noun.noun, noun) for _, noun in read_nouns(table))
        elif {"title", "office"} <= columns:
            for _, title in read_titles(table):
                self._titles.setdefault(title.title, []).insert(0, title)
        else:
            header = ",".join(table.columns)
            parted = next((name for sign, name in ((";", "semicolons"), ("\t", "tabs")) if sign in header), None)
            hint = f"fields are parted by commas, not by {parted}" if parted else "docs/knowledge.md lists the headers"
            raise DataError(f"{path}:1: the header {header!r} is that of no data file; {hint}")

    def _add_entity(self, entity: Entity) -> None:
        self._entities[entity.id] = entity
        self._index.add(entity)

    def _add_conflicts(self, table: Table) -> None:
        known = {conflict.id: conflict for conflict in self.conflicts}
        known.update((conflict.id, conflict) for _, conflict in read_conflicts(table))
        self.conflicts = tuple(known[identifier] for identifier in sorted(known))
        self._conflict_names = ConflictNames(self.conflicts)

    def _add_people(self, table: Table) -> None:
        place = [
            table.columns.index(name) if name in table.columns else -1
            for name in ("person", "name", "country", "aliases")
        ]
        width = len(table.columns)
        for number, fields in table.lines:
            if len(fields) != width:
                raise DataError(f"{table.path}:{number}: {len(fields)} fields, where the header has {width}")
            identifier, name, country, aliases = (fields[index] if index >= 0 else "" for index in place)
            if not identifier or not name:
                raise DataError(f"{table.path}:{number}: a person needs a key and a name")
            self._entities.pop(identifier, None)
            self._people[identifier] = (name, country or None, aliases)
            self._index.add_name(name, identifier, "name")
            self._index.add_person(identifier, name, country or None)
            if aliases:
                for alias in aliases.split("|"):
                    self._index.add_name(alias, identifier, "alias")
                    self._index.add_person(identifier, alias, country or None)

    def _add_countries(self, table: Table) -> None:
        for _, entity, country in read_countries(table):
            self._countries[country.id] = country
            self._add_entity(entity)
            for capital in country.capitals:
                self._index.add_name(capital, country.id, "capital")
                self._capitals.setdefault(fold(capital), country.id)
            for demonym in country.demonyms:
                self._demonyms.setdefault(fold(demonym), (country.id, demonym))

    # ------------------------------------------------------------------ who

    def entity(self, identifier: str) -> Entity | None:
        """The entity with this id; a country with a sector (``UKR:MIL``) is one too."""
        found = self._entities.get(identifier)
        if found is not None:
            return found
        person = self._people.get(identifier)
        if person is not None:
            name, country, aliases = person
            last = max(self._offices.of_person(identifier), key=_recent, default=None)
            sector = "UNK" if last is None else self._sector_of(last)
            found = Entity(identifier, name, "person", country, sector, tuple(aliases.split("|")) if aliases else ())
            self._entities[identifier] = found
            return found
        owner, colon, sector = identifier.partition(":")
        if colon and sector in SECTORS and owner in self._countries:
            adjective = next(iter(self._countries[owner].demonyms), self._entities[owner].name)
            name = f"{adjective} {_SECTOR_WORDS.get(sector, sector)}"
            return Entity(identifier, name, "group", owner, sector, (), owner)
        return None

    def _sector_of(self, tenure: Tenure) -> str:
        office = tenure.office
        if "opposition" in office:
            return "OPP"
        owner = self._entities.get(tenure.of)
        if owner is None or owner.kind == "country":
            if "speaker" in office or "senate" in office or "parliament" in office:
                return "LEG"
            if any(word in office for word in _MILITARY):
                return "MIL"
            if "prosecutor" in office or ("justice" in office and "minister" not in office):
                return "JUD"
            if "intelligence" in office:
                return "SPY"
            if office.startswith("police"):
                return "COP"
            return "GOV"
        return owner.sector

    def lookup(self, name: str, on: date | None = None) -> tuple[Entity, ...]:
        """Those whom a name may mean, the likeliest first; empty where nobody is known by it.

        Accents, hyphens and dots do not matter, capitals do ("us" is not the US). A name may be full, a surname, an
        acronym, a capital, a seat of power, or any of these after a title ("President Erdogan", "Mr Annan").
        Persons in office on the day come first. `Entity.by` tells by what each was found.
        """
        return self._lookup(name, on)

    @lru_cache(maxsize=16384)  # noqa: B019 -- one Knowledge lives as long as the process
    def _lookup(self, name: str, on: date | None) -> tuple[Entity, ...]:
        name = name.strip().removesuffix("'s").removesuffix("’s")
        words = fold(name).split()
        if not words:
            return ()
        hits = self._hits(name, words)
        office: str | None = None
        owner: str | None = None
        if not hits and len(words) > 1:
            owner, rest = self._split_owner(name)
            office, rest = self._split_title(rest)
            if office is not None:
                hits = self._hits(" ".join(rest), fold(" ".join(rest)).split())
                if not hits and len(rest) > 1:
                    hits = self._like(" ".join(rest), fold(" ".join(rest)).split())
        if not hits and len(words) > 1 and not name.islower():
            hits = self._like(name, words)
        return self._ranked(hits, on, office, owner)

    def _hits(self, name: str, words: list[str]) -> list[Hit]:
        key = " ".join(words)
        hits = self._index.exact(name, key)
        plain = without_courtesy(words)
        if plain != words:
            key = " ".join(plain)
            # Counted from the front: a hyphen makes two words of one, "The SPLM-IO".
            hits += self._index.exact(" ".join(name.split()[len(words) - len(plain) :]), key)
        if not name.islower():
            hits += self._index.by_surname(key)
        return hits

    def _split_owner(self, name: str) -> tuple[str | None, list[str]]:
        """Whose officer it is, where the words open with a country, its people or a body ("US", "Turkish", "NATO")."""
        words = name.split()
        for length in range(min(3, len(words) - 1), 0, -1):
            head = " ".join(words[:length]).removesuffix("'s").removesuffix("’s")
            country = self.country_of_demonym(head)
            if country is not None:
                return country, words[length:]
            for hit in self._index.exact(head, fold(head)):
                entity = self.entity(hit.id)
                if entity is not None and entity.kind != "person":
                    return hit.id, words[length:]
        return None, words

    def _split_title(self, words: list[str]) -> tuple[str | None, list[str]]:
        for length in range(len(words) - 1, 0, -1):
            office = self.office_title(" ".join(words[:length]))
            if office is not None:
                return office, words[length:]
        return None, words

    def _like(self, name: str, words: list[str]) -> list[Hit]:
        apart = initials_apart(name)
        if apart != name and (hits := self._hits(apart, fold(apart).split())):
            return hits
        plain = without_courtesy(words)
        if len(plain) < 2:
            return []
        namesakes = [hit.id for hit in self._index.by_surname(plain[-1])]
        names = [(identifier, self._people[identifier][0]) for identifier in namesakes if identifier in self._people]
        return self._index.by_given_and_surname(plain, names) or self._index.by_spelling(" ".join(plain))

    def _ranked(
        self, hits: Iterable[Hit], on: date | None, office: str | None, owner: str | None
    ) -> tuple[Entity, ...]:
        best: dict[str, Hit] = {}
        for hit in hits:
            known = best.get(hit.id)
            if known is None or _BY_RANK[hit.by] < _BY_RANK[known.by]:
                best[hit.id] = hit
        found = []
        for order, hit in enumerate(best.values()):
            entity = self.entity(hit.id)
            if entity is not None:
                key = (_BY_RANK[hit.by], self._distance(entity, on, office, owner), _KIND_RANK[entity.kind], order)
                found.append((key, replace(entity, by=hit.by) if entity.by != hit.by else entity))
        found.sort(key=lambda pair: pair[0])
        return tuple(entity for _, entity in found)

    def _distance(self, entity: Entity, on: date | None, office: str | None, owner: str | None) -> float:
        """How far a bearer of a name is from being meant on the day; smaller is nearer."""
        country = self._countries.get(entity.id)
        if country is not None and on is not None:
            before = country.start is not None and on.year < country.start
            return 50.0 if before or (country.end is not None and on.year > country.end) else 0.0
        if entity.kind != "person":
            return 0.0
        nearest = 40.0
        for tenure in self._offices.of_person(entity.id):
            distance = 10.0 - office_weight(tenure.office)
            if tenure.of in _SMALL or (tenure.office == "president" and tenure.of not in self._countries):
                distance += 3.0
            if office is not None and tenure.office == office:
                distance -= 10.0
            if owner is not None and tenure.of == owner:
                distance -= 10.0
            if on is not None and not tenure.held_on(on):
                ahead = tenure.start is not None and on < tenure.start
                edge = tenure.start if ahead else tenure.end
                years = abs((on - edge).days) / 365 if edge is not None else 20.0
                # Those who will hold an office are named less often than those who held it.
                distance += 5.0 + years * (2.0 if ahead else 1.0)
            nearest = min(nearest, distance)
        return nearest

    # ------------------------------------------------------------------ countries

    def is_country(self, identifier: str) -> bool:
        """Whether this is the id of a country."""
        return identifier in self._countries

    def country(self, identifier: str) -> Country | None:
        """What is known of a country besides its names."""
        return self._countries.get(identifier)

    def countries(self) -> tuple[str, ...]:
        """The ids of all countries."""
        return tuple(sorted(self._countries))

    def country_of_demonym(self, word: str) -> str | None:
        """The country of an adjective or a noun for its people ("Turkish", "Turk", "Turks")."""
        found = self._demonyms.get(fold(word))
        return found[0] if found is not None and case_fits(word, found[1]) else None

    def demonyms(self, country: str) -> tuple[str, ...]:
        """The adjective and the nouns for the people of a country, the adjective first."""
        found = self._countries.get(country)
        return found.demonyms if found is not None else ()

    def capital_of(self, name: str) -> str | None:
        """The country whose capital this is."""
        found = self._capitals.get(fold(name))
        return found if found is not None and not name.islower() else None

    def borders(self, country: str) -> frozenset[str]:
        """The countries that a country has a land border with."""
        found = self._countries.get(country)
        return found.borders if found is not None else frozenset()

    # ------------------------------------------------------------------ bodies

    def members(self, body: str, on: date | None = None) -> tuple[str, ...]:
        """The members of a body on a day; without a day, all that it has or had."""
        found = []
        for entry in self._members.get(body, ()):
            member, _, years = entry.partition("@")
            if on is None or not years or any(_within(span, on.year) for span in years.split(";")):
                found.append(member)
        return tuple(found)

    def bodies_of(self, member: str, on: date | None = None) -> tuple[str, ...]:
        """The bodies that a country is a member of."""
        return tuple(body for body in sorted(self._members) if member in self.members(body, on))

    # ------------------------------------------------------------------ offices

    def holders(self, office: str, of: str, on: date) -> tuple[Entity, ...]:
        """Who held an office on a day: ``holders("foreign minister", "RUS", day)``."""
        found = [self.entity(tenure.person) for tenure in self._offices.holders(office, of, on)]
        return tuple(dict.fromkeys(entity for entity in found if entity is not None))

    def last_office(self, person: str, on: date) -> Tenure | None:
        """The office that a person held on a day, the weightiest, else the one left last before it."""
        held = self.offices(person, on)
        if held:
            # Who governs a country and is an envoy or chairs a body besides, governs.
            governing = [one for one in held if one.of in self._countries and one.office not in _LESSER]
            return (governing or held)[0]
        past = [tenure for tenure in self._offices.of_person(person) if tenure.end is not None and tenure.end < on]
        return max(past, key=_recent, default=None)

    def sector_of_office(self, tenure: Tenure) -> str:
        """The PLOVER sector of whoever holds an office."""
        return self._sector_of(tenure)

    def offices(self, person: str, on: date | None = None) -> tuple[Tenure, ...]:
        """The offices of a person: those held on the day, the weightiest first; without a day all, by their start."""
        tenures = self._offices.of_person(person)
        if on is None:
            return tenures
        held = [tenure for tenure in tenures if tenure.held_on(on)]
        return tuple(
            sorted(
                held,
                key=lambda tenure: (
                    -office_weight(tenure.office),
                    tenure.office != "president",  # who is prime minister besides is called president
                    -(tenure.start or date.min).toordinal(),
                ),
            )
        )

    def all_offices(self) -> Offices:
        """The table of offices itself, for checks and coverage."""
        return self._offices

    def office_title(self, words: str, of: str | None = None) -> str | None:
        """The normal office that a title names ("FM", "top diplomat"), in one country or body where that matters."""
        key = fold(words)
        for article in ("the ", "then ", "acting ", "interim ", "caretaker "):
            key = key.removeprefix(article)
        titles = self._titles.get(key)
        if titles is None:
            return None
        general = None
        for title in titles:
            if of is not None and title.of == of:
                return title.office
            if title.of is None:
                general = general or title.office
        return general or (titles[0].office if of is None else None)

    # ------------------------------------------------------------------ nouns and conflicts

    def noun(self, lemma: str) -> AgentNoun | None:
        """What is known of a noun for those who act; its plural is known too."""
        key = fold(lemma)
        for plural, singular in (("", ""), ("s", ""), ("ies", "y"), ("men", "man")):
            if key.endswith(plural):
                found = self._nouns.get(key[: len(key) - len(plural)] + singular)
                if found is not None:
                    return found
        return None

    def sector_of_noun(self, lemma: str) -> str | None:
        """The PLOVER sector of a noun for those who act ("troops": MIL)."""
        found = self.noun(lemma)
        return found.sector if found is not None else None

    def conflicts_named(self, text: str) -> frozenset[str]:
        """The ids of the known conflicts that a text has a name of."""
        return self._conflict_names.find(text)

    def entities(self) -> tuple[Entity, ...]:
        """Everyone known, by id."""
        identifiers = sorted({*self._entities, *self._people})
        return tuple(entity for entity in map(self.entity, identifiers) if entity is not None)

    def member_lists(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """The bodies whose members are known, with them."""
        return tuple((body, self.members(body)) for body in sorted(self._members))


def _recent(tenure: Tenure) -> tuple[date, int]:
    return (tenure.end or date.max, office_weight(tenure.office))


def _within(span: str, year: int) -> bool:
    """Whether a year lies in ``1999-``, ``1949-1966`` or ``-1991``; in the year of change one is a member."""
    first, _, last = span.partition("-")
    return (not first or int(first) <= year) and (not last or year <= int(last))


def data_files() -> tuple[Path, ...]:
    """The data files that ship, in the order in which they are read."""
    folder = Path(str(resources.files("dragoman.knowledge") / "data"))
    return tuple(folder / f"{name}.csv" for name in _FILES if (folder / f"{name}.csv").exists())


@cache
def _shipped() -> Knowledge:
    return _load(())


def _load(extra: Sequence[Path]) -> Knowledge:
    knowledge = Knowledge()
    # Nothing becomes garbage while tens of thousands of lines are kept, so looking for garbage only costs time.
    collecting = gc.isenabled()
    gc.disable()
    try:
        for path in data_files():
            knowledge.add(path, check=False)
    finally:
        if collecting:
            gc.enable()
    for path in extra:
        knowledge.add(path)
    return knowledge


def load_knowledge(extra: Sequence[Path] = ()) -> Knowledge:
    """The knowledge that ships, with a user's own files (in the same formats) over it.

    Raises:
        DataError: a file is malformed; the message names the file and the line.
    """
    return _load(tuple(extra)) if extra else _shipped()
