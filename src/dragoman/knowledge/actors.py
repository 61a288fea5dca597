"""Countries, bodies, groups and persons: who can act."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal, get_args

from dragoman.knowledge.tables import Row, Table
from dragoman.records import Kind

By = Literal["name", "alias", "acronym", "surname", "capital", "seat", "demonym", "spelling"]

_KINDS: tuple[Kind, ...] = get_args(Kind)

SECTORS = frozenset(
    "GOV MIL LEG JUD SPY COP PRM PTY OPP REB UAF ELI CVL REF JRN MED EDU BUS LAB AGR CRM REL SOC PRE UNK "
    "IGO UNO EUR NGO IMG ISM MNC".split()
)


@dataclass(frozen=True, slots=True)
class Entity:
    """Someone known: a country, a body, a group or a person.

    Attributes:
        country: the country it acts for or belongs to, ISO 3166-1 alpha-3; None for what is international.
        of: the id of what it is a part of (the UN for UNHCR, Hamas for its armed wing, Russia for its army).
        seats: the countries where an international body has its seat: what it holds there it hosts itself.
        by: how the lookup that gave it came to it; not a part of what it is.
    """

    id: str
    name: str
    kind: Kind
    country: str | None
    sector: str
    aliases: tuple[str, ...] = ()
    of: str | None = None
    seats: tuple[str, ...] = ()
    by: By = field(default="name", compare=False)


@dataclass(frozen=True, slots=True)
class Country:
    """What is known of a country besides its names."""

    id: str
    official: str
    demonyms: tuple[str, ...]
    capital: str | None
    capitals: tuple[str, ...]
    borders: frozenset[str]
    start: int | None
    end: int | None


ACTOR_COLUMNS = ("id", "name", "kind", "sector", "country", "of", "aliases", "seats", "source")
COUNTRY_COLUMNS = ("id", "name", "official", "aliases", "demonyms", "capitals", "borders", "start", "end", "source")
PEOPLE_COLUMNS = ("person", "name", "country", "aliases", "source")
SEAT_COLUMNS = ("seat", "id", "source")
MEMBER_COLUMNS = ("body", "members", "source")


def read_actors(table: Table) -> Iterator[tuple[Row, Entity]]:
    """The bodies, groups and persons of a file of actors.

    Raises:
        DataError: an id or a name is missing, or a kind or sector is none.
    """
    for row in table.rows(ACTOR_COLUMNS):
        if not row["id"] or not row["name"]:
            raise row.error("an actor needs an id and a name")
        kind = next((known for known in _KINDS if known == row["kind"]), None)
        if kind is None:
            raise row.error(f"{row['kind']!r} is no kind of actor ({', '.join(_KINDS)})")
        sector = row["sector"] or "UNK"
        if sector not in SECTORS:
            raise row.error(f"{sector!r} is no sector ({', '.join(sorted(SECTORS))})")
        yield (
            row,
            Entity(
                row["id"],
                row["name"],
                kind,
                row["country"] or None,
                sector,
                row.many("aliases"),
                row["of"] or None,
                row.many("seats"),
            ),
        )


def read_countries(table: Table) -> Iterator[tuple[Row, Entity, Country]]:
    """The countries of a file of countries.

    Raises:
        DataError: an id or a name is missing, or a year is none.
    """
    for row in table.rows(COUNTRY_COLUMNS):
        if not row["id"] or not row["name"]:
            raise row.error("a country needs an id and a name")
        years = []
        for column in ("start", "end"):
            if row[column] and not row[column].isdigit():
                raise row.error(f"{row[column]!r} is no year")
            years.append(int(row[column]) if row[column] else None)
        capitals = row.many("capitals")
        aliases = (
            tuple(dict.fromkeys((row["official"], *row.many("aliases")))) if row["official"] else row.many("aliases")
        )
        yield (
            row,
            Entity(row["id"], row["name"], "country", row["id"], "GOV", aliases),
            Country(
                row["id"],
                row["official"] or row["name"],
                row.many("demonyms"),
                capitals[0] if capitals else None,
                capitals,
                frozenset(row.many("borders")),
                years[0],
                years[1],
            ),
        )
