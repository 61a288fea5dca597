"""Nouns for those who act, and titles of office, as newspapers write them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, get_args

from dragoman.knowledge.actors import SECTORS
from dragoman.knowledge.names import fold
from dragoman.knowledge.tables import Row, Table

NounKind = Literal["person", "people", "organization", "state", "thing"]

_KINDS: tuple[NounKind, ...] = get_args(NounKind)

NOUN_COLUMNS = ("noun", "sector", "kind", "source")
TITLE_COLUMNS = ("title", "office", "of", "sector", "source")


@dataclass(frozen=True, slots=True)
class AgentNoun:
    """A noun for one or many who act.

    Attributes:
        noun: the lemma, lower case; may be of several words ("armed group").
        sector: PLOVER sector; for a noun that says nothing of it, None.
        kind: `person` (spokesman), `people` (troops, protesters), `organization` (party, court), `state`
            (country, government), `thing` (what stands for those who use it: missile, warship, statement).
    """

    noun: str
    sector: str | None
    kind: NounKind


def read_nouns(table: Table) -> Iterator[tuple[Row, AgentNoun]]:
    """The agent nouns of a file.

    Raises:
        DataError: a noun is missing, or a sector or kind is none.
    """
    for row in table.rows(NOUN_COLUMNS):
        if not row["noun"]:
            raise row.error("a noun is missing")
        if row["sector"] and row["sector"] not in SECTORS:
            raise row.error(f"{row['sector']!r} is no sector ({', '.join(sorted(SECTORS))})")
        kind = next((known for known in _KINDS if known == row["kind"]), None)
        if kind is None:
            raise row.error(f"{row['kind']!r} is no kind of noun ({', '.join(_KINDS)})")
        yield row, AgentNoun(fold(row["noun"]), row["sector"] or None, kind)


@dataclass(frozen=True, slots=True)
class Title:
    """What an office is called: in general, or in one country or body (`of`)."""

    title: str
    office: str
    of: str | None
    sector: str | None


def read_titles(table: Table) -> Iterator[tuple[Row, Title]]:
    """The titles of a file.

    Raises:
        DataError: a title or an office is missing.
    """
    for row in table.rows(TITLE_COLUMNS):
        if not row["title"] or not row["office"]:
            raise row.error("a title needs its words and its normal office")
        yield row, Title(fold(row["title"]), row["office"], row["of"] or None, row["sector"] or None)
