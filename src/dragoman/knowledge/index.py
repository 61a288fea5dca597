"""From a name in a text to those who bear it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher

from dragoman.knowledge.actors import By, Entity
from dragoman.knowledge.names import fold, skeleton, surnames

# An acronym of this length or more is also written like a word: Nato, Unicef.
_WORDLIKE = 4
# How alike the letters of two spellings of one name must be.
_NEAR = 0.75


@dataclass(frozen=True, slots=True)
class Hit:
    """An id that a name may mean, and by which way."""

    id: str
    by: By


def is_acronym(name: str) -> bool:
    """Whether a name is written in capitals only (NATO, M23, U.S.)."""
    return len(name) < 12 and name.upper() == name and sum(letter.isalpha() for letter in name) >= 2


def case_fits(query: str, name: str) -> bool:
    """Whether the words of a text can be this name, for "us" is not the US and "turkey" not Turkey.

    >>> case_fits("us", "US"), case_fits("U.S.", "US"), case_fits("Nato", "NATO"), case_fits("TURKEY", "Turkey")
    (False, True, True, True)
    """
    if is_acronym(name):
        letters = "".join(letter for letter in query if letter.isalpha())
        if letters.isupper():
            return True
        return len(letters) >= _WORDLIKE and letters.istitle()
    return name.islower() or not query.islower()


class NameIndex:
    """Names of entities; surnames and spellings are taken in when they are first needed."""

    def __init__(self) -> None:
        self._names: dict[str, list[tuple[str, By, str]]] = {}
        self._people: list[tuple[str, str, str | None]] = []
        self._surnames: dict[str, list[str]] | None = None
        self._spellings: dict[str, list[tuple[str, str]]] | None = None

    def add(self, entity: Entity) -> None:
        """Take in the names of an entity."""
        self.add_name(entity.name, entity.id, "name")
        for alias in entity.aliases:
            self.add_name(alias, entity.id, "acronym" if is_acronym(alias) else "alias")
        if entity.kind == "person":
            self.add_person(entity.id, entity.name, entity.country)
            for alias in entity.aliases:
                self.add_person(entity.id, alias, entity.country)

    def add_name(self, name: str, identifier: str, by: By) -> None:
        """Take in one name of one entity."""
        self._names.setdefault(fold(name), []).append((identifier, by, name))

    def add_person(self, identifier: str, name: str, country: str | None) -> None:
        """Take in the full name of a person, for the surname in it."""
        self._people.append((identifier, name, country))
        self._surnames = self._spellings = None

    def exact(self, query: str, key: str) -> list[Hit]:
        """Those whose name or alias it is."""
        return [Hit(identifier, by) for identifier, by, name in self._names.get(key, ()) if case_fits(query, name)]

    def by_surname(self, key: str) -> list[Hit]:
        """Persons whose family name it is."""
        if self._surnames is None:
            self._surnames = {}
            for identifier, name, country in self._people:
                for surname in surnames(name, country):
                    self._surnames.setdefault(surname, []).append(identifier)
        return [Hit(identifier, "surname") for identifier in dict.fromkeys(self._surnames.get(key, ()))]

    def by_given_and_surname(self, words: list[str], names: Iterable[tuple[str, str]]) -> list[Hit]:
        """Of persons (id, name) of one surname, those with this given name or initial; middle names do not matter."""
        given = words[0]
        sound = skeleton(given)
        found = []
        for identifier, name in names:
            first = fold(name).split()[0]
            if (
                first == given
                or (len(given) == 1 and first[0] == given)
                or (first[0] == given[0] and skeleton(first) == sound)
            ):
                found.append(Hit(identifier, "spelling"))
        return found

    def by_spelling(self, name: str) -> list[Hit]:
        """Persons whose full name sounds like it in another transliteration."""
        if self._spellings is None:
            self._spellings = {}
            for identifier, known, _ in self._people:
                if " " in known:
                    self._spellings.setdefault(skeleton(known), []).append((identifier, known))
        # Sounds alone would make Putin of Patten: the letters must be much the same too.
        near = [
            identifier
            for identifier, known in self._spellings.get(skeleton(name), ())
            if SequenceMatcher(None, fold(name), fold(known)).ratio() >= _NEAR
        ]
        return [Hit(identifier, "spelling") for identifier in dict.fromkeys(near)]
