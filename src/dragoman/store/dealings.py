"""Whom an actor has to do with: partners by country, or by id where somebody acts for none, year by year."""

from __future__ import annotations

from typing import Any

from dragoman.store import queries

#: Partner, year, quad category, how many events.
Dealing = tuple[str, int, str, int]


def question(actor: str, own: str | None, most: int) -> tuple[str, list[Any]]:
    """The question for the partners of an actor, of those with most events, and its parameters.

    Args:
        own: the country that it acts for: its own side is no partner.
        most: how many partners.
    """
    condition, parameters = queries.where(queries.events({"with_": actor}, keyed=True))
    return (
        f"""
        WITH chosen AS MATERIALIZED (
            SELECT year(day) AS year, quad, actor_key, recipient_key, actor_more, recipient_more,
                   actor_more IS NULL AND recipient_more IS NULL AS plain
            FROM events_keyed{condition}),
        sides AS (
            SELECT year, quad, actor_key AS other, count(*) AS n FROM chosen WHERE plain GROUP BY ALL
            UNION ALL
            SELECT year, quad, recipient_key, count(*) FROM chosen
            WHERE plain AND recipient_key IS DISTINCT FROM actor_key GROUP BY ALL
            UNION ALL
            SELECT year, quad, other, count(*) FROM (
                SELECT year, quad, unnest(list_distinct(list_concat(
                    [actor_key, recipient_key], actor_more, recipient_more))) AS other
                FROM chosen WHERE NOT plain) GROUP BY ALL),
        others AS (
            SELECT other, year, quad, CAST(sum(n) AS BIGINT) AS n FROM sides
            WHERE other IS NOT NULL AND other <> ? AND other IS DISTINCT FROM ? GROUP BY ALL),
        partners AS (SELECT other FROM others GROUP BY other ORDER BY sum(n) DESC, other LIMIT {int(most)})
        SELECT other, year, quad, n FROM others JOIN partners USING (other) ORDER BY ALL
        """,
        [*parameters, actor, own],
    )
