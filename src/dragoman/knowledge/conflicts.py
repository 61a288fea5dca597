"""Known conflicts: their names, parties, years and countries."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from dragoman.knowledge.tables import Row, Table

_WORD = re.compile(r"\w+")
CONFLICT_COLUMNS = ("id", "name", "aliases", "parties", "start", "end", "countries", "source")


@dataclass(frozen=True, slots=True)
class Conflict:
    """A conflict between parties.

    Attributes:
        parties: ids of the main parties; the first two are the principal ones.
        start: the first year.
        end: the last year, or None where it goes on.
        countries: ISO alpha-3 codes of where it is fought.
    """

    id: str
    name: str
    aliases: tuple[str, ...]
    parties: tuple[str, ...]
    start: int
    end: int | None
    countries: tuple[str, ...]

    def is_on(self, year: int, *, lately: int = 0) -> bool:
        """Whether it was fought in a year, or had ended so few years before that it was still in the news."""
        return self.start <= year <= (self.end or year) + lately


class ConflictNames:
    """The names of conflicts by their first words: a text has few of them, and is looked through once."""

    def __init__(self, conflicts: Iterable[Conflict]) -> None:
        self._by_word: dict[str, list[tuple[str, Conflict]]] = {}
        for conflict in conflicts:
            for name in map(str.lower, (conflict.name, *conflict.aliases)):
                first = _WORD.search(name)
                if first is not None:
                    self._by_word.setdefault(first.group(), []).append((name, conflict))

    def find(self, text: str) -> frozenset[str]:
        """The ids of the conflicts that a text has a name of, as whole words in whatever case."""
        lowered = text.lower()
        candidates = (
            entry for word in set(_WORD.findall(lowered)) & self._by_word.keys() for entry in self._by_word[word]
        )
        return frozenset(
            conflict.id
            for name, conflict in candidates
            if name in lowered and re.search(rf"\b{re.escape(name)}\b", lowered)
        )


def read_conflicts(table: Table) -> Iterator[tuple[Row, Conflict]]:
    """The conflicts of a file.

    Raises:
        DataError: a conflict has no id, name, two parties or first year.
    """
    for row in table.rows(CONFLICT_COLUMNS):
        parties = row.many("parties")
        if not row["id"] or not row["name"] or len(parties) < 2:
            raise row.error("a conflict needs an id, a name and at least two parties")
        if not row["start"].isdigit() or (row["end"] and not row["end"].isdigit()):
            raise row.error("a conflict needs the year it started, and its end, where given, is a year")
        end = int(row["end"]) if row["end"] else None
        if end is not None and end < int(row["start"]):
            raise row.error(f"the conflict ends ({end}) before it starts ({row['start']})")
        yield (
            row,
            Conflict(
                row["id"], row["name"], row.many("aliases"), parties, int(row["start"]), end, row.many("countries")
            ),
        )
