"""Whom an actor has to do with: partners by country, or by id where somebody acts for none, year by year."""

from __future__ import annotations

from typing import Any

from dragoman.store import queries, sums
from dragoman.store.facets import everyone

#: Partner, year, quad category, how many events.
Dealing = tuple[str, int, str, int]


def question(actor: str, own: str | None, most: int, summed: bool) -> tuple[str, list[Any]]:
    """The question for the partners of an actor, of those with most events, and its parameters.

    Args:
        own: the country that it acts for: its own side is no partner.
        most: how many partners.
        summed: whether there are sums to be asked instead of the events themselves.
    """
    if summed:
        found, parameters = sums.partners(actor)
    else:
        condition, parameters = queries.where(queries.events({"with_": actor}, keyed=True))
        found = (
            "SELECT other, year, quad, count(*) AS n FROM (SELECT year(day) AS year, quad, "
            f"unnest({everyone()}) AS other FROM events_keyed{condition}) GROUP BY ALL"
        )
    return (
        f"""
        WITH others AS (FROM ({found}) WHERE other IS NOT NULL AND other <> ? AND other IS DISTINCT FROM ?),
        partners AS (SELECT other FROM others GROUP BY other ORDER BY sum(n) DESC, other LIMIT {int(most)})
        SELECT other, year, quad, n FROM others JOIN partners USING (other) ORDER BY ALL
        """,
        [*parameters, actor, own],
    )
