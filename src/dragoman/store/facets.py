"""How a selection of events divides: one question for all the ways to narrow it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dragoman.errors import ArchiveError
from dragoman.store import queries

_PLAIN = {
    "type": "type",
    "status": "status",
    "country": "country",
    "source": "source",
    "year": "year(day)",
    # Tenths: what is surer than 0.7 is all from the seventh on. 1.0 is put with those from 0.9.
    "confidence": "least(CAST(floor(confidence * 10) AS INTEGER), 9)",
}
_SIDES = ("actor", "recipient")
#: What events can be divided by. Who takes part is told by country, by id where somebody acts for none.
FACETS = (*_PLAIN, *_SIDES)


def _keys(side: str) -> str:
    """Who stands on one side of an event, each once: countries, or ids where there is none, as dyads have them."""
    ids, countries = f"{side}s", f"{side}_countries"
    return f"list_distinct(list_transform({ids}, lambda id, place: coalesce({countries}[place], id)))"


def _all(side: str) -> str:
    """Every id and country on one side as one text, each between marks."""
    mark = f"'{queries.MARK}'"
    listed = f"array_to_string(list_concat({side}s, list_filter({side}_countries, lambda c: c IS NOT NULL)), {mark})"
    return f"{mark} || {listed} || {mark}"


def everyone() -> str:
    """Who takes part in an event of `events_keyed`, each once, as `_keys`."""
    more = ", ".join(f"string_split({side}_more, '{queries.MARK}')" for side in _SIDES)
    return f"list_distinct(list_concat([actor_key, recipient_key], {more}))"


#: Columns beside those of `events` that the view `events_keyed` has: on each side one, whoever else there is, and all
#: of them to be looked for; and all of both sides. Nearly always there is one, which is counted like a type; several
#: are one text with marks between, since lists are dear.
KEYED = {
    name: column
    for side in _SIDES
    for name, column in (
        (
            f"{side}_key",
            f"CASE len({side}s) WHEN 0 THEN NULL WHEN 1 THEN coalesce({side}_countries[1], {side}s[1]) "
            f"ELSE {_keys(side)}[1] END",
        ),
        (f"{side}_all", _all(side)),
        (
            f"{side}_more",
            f"CASE WHEN len({side}s) > 1 THEN nullif(array_to_string({_keys(side)}[2:], '{queries.MARK}'), '') END",
        ),
    )
} | {"taker_all": " || ".join(_all(side) for side in _SIDES)}


@dataclass(frozen=True, slots=True)
class Facets:
    """How many events there are, and of each value of each facet, the most frequent first.

    Confidence is told in tenths: ``7`` is from 0.7 to 0.8.
    """

    total: int
    counts: Mapping[str, tuple[tuple[str, int], ...]]


def question(names: Sequence[str], filters: Mapping[str, Any], suffix: str, firsts: str) -> tuple[str, list[Any]]:
    """The question and its parameters; a row of the answer is the number of a facet (-1: all), a value, how many.

    Args:
        names: of `FACETS`.
        suffix: `_history` for readings that gave way, too.
        firsts: a condition that leaves one article of each story.

    Raises:
        ArchiveError: there is no such facet.
    """
    for name in names:
        if name not in FACETS:
            raise ArchiveError(f"there is no facet {name!r}; there are {', '.join(FACETS)}")
    condition, parameters = queries.where([*queries.events(filters, keyed=True), *([(firsts, [])] if firsts else [])])
    columns = [f"{_PLAIN.get(name, f'{name}_key')} AS f{number}" for number, name in enumerate(names)]
    more = {number: f"{name}_more" for number, name in enumerate(names) if name in _SIDES}
    # All in one pass: a row belongs to the one column that it was grouped by, or to none, and is the total.
    groups = [f"f{number}" for number in range(len(names))]
    which = "".join(f"WHEN NOT grouping({group}) THEN {group[1:]} " for group in groups)
    values = ", ".join(f"CAST({group} AS VARCHAR)" for group in groups)
    parts = [
        f"SELECT {f'CASE {which}ELSE -1 END' if which else '-1'} AS facet, "
        f"{f'coalesce({values})' if values else 'NULL'} AS value, count(*) AS n "
        f"FROM chosen GROUP BY GROUPING SETS ({', '.join([*(f'({group})' for group in groups), '()'])})",
        *(f"SELECT {number}, unnest(string_split({column}, '{queries.MARK}')), n FROM "
          f"(SELECT {column}, count(*) AS n FROM chosen WHERE {column} IS NOT NULL GROUP BY ALL)"
          for number, column in more.items()),
    ]  # fmt: skip
    # Who takes part is looked for once; everything else is read as quickly as it would be kept.
    kept = "MATERIALIZED" if {"actor", "recipient", "with_"} & filters.keys() else "NOT MATERIALIZED"
    chosen = f"SELECT {', '.join([*columns, *more.values()]) or '1 AS one'} FROM events_keyed{suffix}{condition}"
    return f"WITH chosen AS {kept} ({chosen}) {' UNION ALL '.join(parts)}", parameters


def divided(names: Sequence[str], answer: Iterable[tuple[int, str | None, int]]) -> Facets:
    """The answer to the question."""
    total = 0
    found = [Counter[str]() for _ in names]
    for facet, value, n in answer:
        if facet < 0:
            total = n
        elif value is not None:
            found[facet][value] += n
    return Facets(
        total,
        {
            name: tuple(sorted(counted.items(), key=lambda entry: (-entry[1], entry[0])))
            for name, counted in zip(names, found, strict=True)
        },
    )
