"""How a selection of events divides: one question for all the ways to narrow it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
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


#: What can be crossed, beside facets that are no side: month and quad category.
_CROSSED = {**_PLAIN, "month": "CAST(date_trunc('month', day) AS DATE)", "quad": "quad"}

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Facets:
    """How many events there are, and of each value of each facet, the most frequent first.

    Confidence is told in tenths: ``7`` is from 0.7 to 0.8.

    Attributes:
        crossed: by two of them at once, as far as asked for: the two values as text, and how many.
    """

    total: int
    counts: Mapping[str, tuple[tuple[str, int], ...]]
    crossed: Mapping[Pair, tuple[tuple[str, str, int], ...]] = field(default_factory=dict)


def question(
    names: Sequence[str], filters: Mapping[str, Any], suffix: str, firsts: str, crossed: Sequence[Pair] = ()
) -> tuple[str, list[Any]]:
    """The question and its parameters.

    A row of the answer is the number of a facet (-1: all) or, after those, of a pair; a value, the other value of a
    pair, how many.

    Args:
        names: of `FACETS`.
        suffix: `_history` for readings that gave way, too.
        firsts: a condition that leaves one article of each story.
        crossed: pairs of what is to be counted together.

    Raises:
        ArchiveError: there is no such facet, or none that can be crossed.
    """
    for name in names:
        if name not in FACETS:
            raise ArchiveError(f"there is no facet {name!r}; there are {', '.join(FACETS)}")
    for name in (name for pair in crossed for name in pair):
        if name not in _CROSSED:
            raise ArchiveError(f"{name!r} cannot be crossed; there are {', '.join(_CROSSED)}")
    condition, parameters = queries.where([*queries.events(filters, keyed=True), *([(firsts, [])] if firsts else [])])
    columns = {f"f{number}": _PLAIN.get(name, f"{name}_key") for number, name in enumerate(names)}
    columns |= {f"c_{name}": _CROSSED[name] for pair in crossed for name in pair}
    more = {number: f"{name}_more" for number, name in enumerate(names) if name in _SIDES}
    # All in one pass: a row belongs to the columns that it was grouped by, or to none, and is the total.
    sets = [(f"f{number}",) for number in range(len(names))] + [(f"c_{one}", f"c_{other}") for one, other in crossed]
    parts = [
        f"SELECT {_which(sets)} AS facet, {_value(sets, 0)} AS value, {_value(sets, 1)} AS other, count(*) AS n "
        f"FROM chosen GROUP BY GROUPING SETS ({', '.join([*map(_listed, sets), '()'])})",
        *(f"SELECT {number}, unnest(string_split({column}, '{queries.MARK}')), NULL, n FROM "
          f"(SELECT {column}, count(*) AS n FROM chosen WHERE {column} IS NOT NULL GROUP BY ALL)"
          for number, column in more.items()),
    ]  # fmt: skip
    # Who takes part is looked for once; everything else is read as quickly as it would be kept.
    kept = "MATERIALIZED" if {"actor", "recipient", "with_"} & filters.keys() else "NOT MATERIALIZED"
    listed = ", ".join([*(f"{column} AS {name}" for name, column in columns.items()), *more.values()]) or "1 AS one"
    chosen = f"SELECT {listed} FROM events_keyed{suffix}{condition}"
    return f"WITH chosen AS {kept} ({chosen}) {' UNION ALL '.join(parts)}", parameters


def _listed(group: Sequence[str]) -> str:
    return f"({', '.join(group)})"


def _which(sets: Sequence[tuple[str, ...]]) -> str:
    """The number of the grouping set that a row belongs to."""
    cases = "".join(
        f"WHEN {' AND '.join(f'NOT grouping({column})' for column in group)} THEN {number} "
        for number, group in enumerate(sets)
    )
    return f"CASE {cases}ELSE -1 END" if cases else "-1"


def _value(sets: Sequence[tuple[str, ...]], place: int) -> str:
    """The value of a row in the column at this place of its grouping set."""
    values = "".join(
        f"WHEN {' AND '.join(f'NOT grouping({column})' for column in group)} THEN CAST({group[place]} AS VARCHAR) "
        for group in sets
        if len(group) > place
    )
    return f"CASE {values}END" if values else "NULL"


def divided(
    names: Sequence[str], answer: Iterable[tuple[int, str | None, str | None, int]], crossed: Sequence[Pair] = ()
) -> Facets:
    """The answer to the question."""
    total = 0
    found = [Counter[str]() for _ in names]
    pairs: list[list[tuple[str, str, int]]] = [[] for _ in crossed]
    for facet, value, other, n in answer:
        if facet < 0:
            total = n
        elif facet >= len(names):
            if value is not None and other is not None:
                pairs[facet - len(names)].append((value, other, n))
        elif value is not None:
            found[facet][value] += n
    return Facets(
        total,
        {
            name: tuple(sorted(counted.items(), key=lambda entry: (-entry[1], entry[0])))
            for name, counted in zip(names, found, strict=True)
        },
        {pair: tuple(sorted(rows)) for pair, rows in zip(crossed, pairs, strict=True)},
    )
