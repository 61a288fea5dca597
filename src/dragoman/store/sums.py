"""How often each actor takes part, month by month, and with whom, year by year: summed when a batch comes in.

The page of an actor asks this of all its events, of which a large country has a tenth of the archive. Held in memory
(`memory`), the sums answer without looking at one of them. What a newer reading stands in for is taken off again with
the batch that brought that, so that the sum of all batches up to one is how it was then.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from dragoman.store import queries
from dragoman.store.facets import everyone

#: The tables of sums, and what each sums by, beside the actor (`who`, by id or country, as filters of events take it).
SUMS = {"sums_by_month": ("month", "quad"), "sums_by_partner": ("other", "year", "quad")}
_PERIODS = {"month": "month", "year": "year(month)", "quad": "quad"}

_WHO = f"unnest(list_distinct(list_filter(string_split(taker_all, '{queries.MARK}'), lambda who: who <> ''))) AS who"
_SOURCES = {
    "sums_by_month": f"SELECT sign, {_WHO}, CAST(date_trunc('month', day) AS DATE) AS month, quad FROM changed",
    "sums_by_partner": (
        "SELECT sign, who, unnest(others) AS other, year, quad FROM "
        f"(SELECT sign, {_WHO}, {everyone()} AS others, year(day) AS year, quad FROM changed)"
    ),
}


def additions(name: str, after: int, upto: int) -> str:
    """The rows that the batches after one and up to another add to a table of sums, from the events as they are held.

    They are summed over these batches: nobody asks how it was between two of them.
    """
    by = ", ".join(("who", *SUMS[name]))
    columns = "taker_all, actor_key, recipient_key, actor_more, recipient_more, day, quad"
    came, went = (f"{column} > {after} AND {column} <= {upto}" for column in ("since_batch", "until_batch"))
    return (
        f"WITH changed AS (SELECT 1 AS sign, {columns} FROM held.events WHERE {came} "
        f"UNION ALL SELECT -1, {columns} FROM held.events WHERE {went}) "
        f"SELECT {by}, CAST(sum(sign) AS INTEGER) AS n, {upto} AS since_batch FROM ({_SOURCES[name]}) "
        f"GROUP BY {by} HAVING sum(sign) <> 0 ORDER BY {by}"
    )


def views(upto: int) -> Iterator[tuple[str, str]]:
    """The views of the sums as they were after so many batches: names, and the questions for their rows."""
    for name, columns in SUMS.items():
        yield name, f"SELECT who, {', '.join(columns)}, n FROM held.{name} WHERE since_batch <= {upto}"


def counts(by: Sequence[str], filters: Mapping[str, Any]) -> tuple[str, tuple[Any, ...]] | None:
    """Counts of the events of one actor by month, year or quad category, as `queries.counts`; None for any others."""
    given = {name for name, value in filters.items() if value is not None}
    who = queries.values(filters.get("with_"))
    if given != {"with_"} or len(who) != 1 or not by or not {*by} <= _PERIODS.keys():
        return None
    chosen = ", ".join(f'{_PERIODS[name]} AS "{name}"' for name in dict.fromkeys(by))
    sql = (
        f"SELECT {chosen}, CAST(sum(n) AS BIGINT) AS n FROM sums_by_month WHERE who = ? GROUP BY ALL HAVING sum(n) > 0"
    )
    return sql, tuple(who)


def partners(actor: str) -> tuple[str, list[Any]]:
    """Partners of an actor with year, quad category and number of events."""
    sql = (
        "SELECT other, year, quad, CAST(sum(n) AS BIGINT) AS n FROM sums_by_partner WHERE who = ? "
        "GROUP BY ALL HAVING sum(n) > 0"
    )
    return sql, [actor]
