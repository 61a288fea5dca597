"""A selection of events: its facets, its rows, its charts, and the SQL that makes it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, get_args

from dragoman.codebook import load_codebook
from dragoman.presentation import wording
from dragoman.records import Event, Status
from dragoman.store import Found, Relation
from dragoman.web import charts, urls
from dragoman.web.contexts import Bar, EventRow, EventsPage
from dragoman.web.library import Shelf
from dragoman.web.selection import QUADS, Selection
from dragoman.web.views.facets import facets
from dragoman.web.views.parts import paging

EVENTS_A_PAGE = 50
SHOWN = ("table", "chart", "map")
_MOST_PLACES = 400
_MOST_BARS = 16
# With fewer months than these a chart by month says something; with more, one by year.
_MOST_MONTHS = 72


def events(shelf: Shelf, selection: Selection, show: str, page: int) -> EventsPage:
    """Args: show: one of `SHOWN`."""
    found = shelf.archive.events(**selection.filters())
    total, narrowing = facets(shelf, selection, show)
    values = selection.values()
    shown: tuple[EventRow, ...] = ()
    pages = chart = unplaced = None
    bars: tuple[tuple[str, tuple[Bar, ...]], ...] = ()
    if show == "table":
        pages = paging(page, EVENTS_A_PAGE, total, lambda n: urls.events(**values, page=n) + "#results")
        rows = found.order("-day").limit(EVENTS_A_PAGE, pages.first - 1 if total else 0)
        shown = tuple(row_of(item, shelf) for item in rows)
    elif show == "chart":
        chart = over_time(shelf, selection)
        bars = shelf.keep(("bars", selection), lambda: _bars(shelf, selection))
    else:
        chart, unplaced = shelf.keep(("map", selection), lambda: _world(shelf, selection, total))
    return EventsPage(
        selection=selection,
        show=show,
        total=total,
        facets=narrowing,
        rows=shown,
        paging=pages,
        chart=chart,
        bars=bars,
        unplaced=unplaced,
        sql=sql_of(found),
        values=values,
        types=tuple(load_codebook().types),
        statuses=get_args(Status),
        names=shelf.names,
    )


def row_of(found: Found[Event], shelf: Shelf) -> EventRow:
    """An event as a row, with what an analyst has made of it."""
    review = shelf.reviews.get((found.article.id, found.record.id))
    final = review.applied(found.record) if review else found.record
    return EventRow(found, final, review, urls.article(found.article.id, event=found.record.id))


def over_time(shelf: Shelf, selection: Selection) -> str | None:
    """Events by month, or by year where there are many months; None without events."""

    def made() -> str | None:
        period, rows = "month", months(shelf, selection)
        if len({row[period] for row in rows}) > _MOST_MONTHS:
            period, rows = "year", _years(rows)
        return (
            charts.over_time(_columns(rows, period, selection), f"Events by {period} and quad category")
            if rows
            else None
        )

    return shelf.keep(("over time", selection), made)


def months(shelf: Shelf, selection: Selection) -> list[dict[str, Any]]:
    """How many events of each quad category each month has; every event has a day, so that they are all in it."""
    counted = shelf.archive.counts(by=("month", "quad"), **selection.filters())
    return shelf.keep(("months", selection), counted.list)


def _years(rows: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    numbers: Counter[tuple[date, str]] = Counter()
    for row in rows:
        numbers[date(row["month"].year, 1, 1), row["quad"]] += row["n"]
    return [{"year": year, "quad": quad, "n": n} for (year, quad), n in sorted(numbers.items())]


def _columns(rows: Sequence[Mapping[str, Any]], period: str, selection: Selection) -> list[charts.Column]:
    found = []
    for row in rows:
        first: date = row[period]
        last = _end(first, period)
        chosen = replace(
            selection, since=max(first, selection.since or first), until=min(last, selection.until or last)
        )
        says = f"{wording.days(_span(first, last))}: {wording.counted(row['n'], 'event')} of {row['quad']}"
        href = urls.events(**chosen.values(), quad=row["quad"])
        found.append(charts.Column(first, last, row["quad"], row["n"], says, href))
    return found


def _end(first: date, period: str) -> date:
    following = (
        date(first.year + 1, 1, 1) if period == "year" or first.month == 12 else date(first.year, first.month + 1, 1)
    )
    return date.fromordinal(following.toordinal() - 1)


def _span(first: date, last: date) -> Any:
    from dragoman.records import When

    return When(first, last, None, "stated")


def _bars(shelf: Shelf, selection: Selection) -> tuple[tuple[str, tuple[Bar, ...]], ...]:
    """The most frequent types, and who does it to whom most often, by quad category."""
    found = []
    for by, heading in (("type", "By type"), ("dyad", "Between whom")):
        held: dict[tuple[str, ...], Counter[str]] = defaultdict(Counter)
        columns = ("type",) if by == "type" else ("actor", "recipient")
        for row in shelf.archive.counts(by=(by, "quad"), **selection.filters()):
            held[tuple(row[column] for column in columns)][row["quad"]] += row["n"]
        ranked = sorted(held.items(), key=lambda entry: (-entry[1].total(), entry[0]))[:_MOST_BARS]
        if ranked:
            most = ranked[0][1].total()
            found.append((heading, tuple(_bar(key, quads, most, selection, shelf) for key, quads in ranked)))
    return tuple(found)


def _bar(key: tuple[str, ...], quads: Counter[str], most: int, selection: Selection, shelf: Shelf) -> Bar:
    if len(key) == 1:
        label, chosen = key[0], replace(selection, type=key)
    else:
        label = " → ".join(shelf.names[who] for who in key)
        chosen = replace(selection, actor=key[:1], recipient=key[1:])
    parts, begins = [], 0.0
    for quad in QUADS:
        if quads[quad]:
            share = round(100 * quads[quad] / most, 2)
            parts.append((quad, round(begins, 2), share))
            begins += share
    says = ", ".join(f"{quads[quad]:,} {quad}" for quad in QUADS if quads[quad])
    return Bar(label, urls.events(**chosen.values()), quads.total(), says, tuple(parts))


def _world(shelf: Shelf, selection: Selection, total: int) -> tuple[str | None, int]:
    """The map, and how many events have no place on it."""
    placed = shelf.archive.events(**selection.filters()).about(
        lambda events: (
            "SELECT place, country, longitude, latitude, count(*) AS n "
            f"FROM ({events}) WHERE latitude IS NOT NULL AND longitude IS NOT NULL "
            "GROUP BY ALL ORDER BY n DESC, place, country"
        )
    )
    rows = placed.fetchall()
    points = [
        charts.Point(
            place, longitude, latitude, n, f"{place}: {wording.counted(n, 'event')}",
            urls.events(**replace(selection, country=(country,) if country else ()).values()),
        )
        for place, country, longitude, latitude, n in rows[:_MOST_PLACES]
    ]  # fmt: skip
    shown = sum(row[4] for row in rows[:_MOST_PLACES])
    return (charts.world(points, "Map of where events happened") if points else None), total - shown


def sql_of(relation: Relation[Any]) -> str:
    """The question with its parameters written in, so that it can be asked elsewhere."""
    parts = relation.sql.split("?")
    if len(parts) != len(relation.parameters) + 1:
        return relation.sql
    written = "".join(
        part + (literal(relation.parameters[i]) if i < len(relation.parameters) else "") for i, part in enumerate(parts)
    )
    return f"{written}\nORDER BY {relation.by}" if relation.by else written


def literal(value: object) -> str:
    """A value as DuckDB reads it."""
    if value is None:
        return "NULL"
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, int | float):
        return repr(value)
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(literal, value))}]"
    if isinstance(value, date):
        return f"DATE '{value.isoformat()}'"
    return "'" + str(value).replace("'", "''") + "'"
