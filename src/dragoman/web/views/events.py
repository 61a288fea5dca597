"""A selection of events: its facets, its rows, its charts, and the SQL that makes it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from concurrent.futures import Future
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
# What charts show is counted together with the facets.
_MONTHS, _TYPES = ("month", "quad"), ("type", "quad")

#: The first day of a month, a quad category, how many events.
Month = tuple[date, str, int]
Held = dict[tuple[str, ...], Counter[str]]


def events(shelf: Shelf, selection: Selection, show: str, page: int) -> EventsPage:
    """Args: show: one of `SHOWN`."""
    found = shelf.archive.events(**selection.filters())
    mapped = shelf.keep(("map", selection), lambda: _world(shelf, selection)) if show == "map" else None
    divided, narrowing = facets(shelf, selection, show, (_MONTHS, _TYPES) if show == "chart" else ())
    total = divided.total
    values = selection.values()
    shown: tuple[EventRow, ...] = ()
    pages = chart = unplaced = None
    bars: tuple[tuple[str, tuple[Bar, ...]], ...] = ()
    if show == "table":
        pages = paging(page, EVENTS_A_PAGE, total, lambda n: urls.events(**values, page=n) + "#results")
        rows = found.order("-day").limit(EVENTS_A_PAGE, pages.first - 1 if total else 0)
        shown = tuple(row_of(item, shelf) for item in rows)
    elif show == "chart":
        by_month = [(date.fromisoformat(month), quad, n) for month, quad, n in divided.crossed[_MONTHS]]
        drawing = over_time(by_month, selection)
        bars = shelf.keep(("bars", selection), lambda: _bars(shelf, selection, divided.crossed[_TYPES]))
        chart = drawing.result() if drawing else None
    elif mapped:
        drawing, placed = mapped
        chart, unplaced = drawing.result() if drawing else None, total - placed
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


def months(shelf: Shelf, selection: Selection) -> list[Month]:
    """How many events of each quad category each month has; every event has a day, so that they are all in it."""

    def made() -> list[Month]:
        counted = shelf.archive.counts(by=("month", "quad"), **selection.filters())
        return [(row["month"], row["quad"], row["n"]) for row in counted]

    return shelf.keep(("months", selection), made)


def over_time(by_month: Sequence[Month], selection: Selection) -> Future[str] | None:
    """Events by month, or by year where there are many months, as it is being drawn; None without events."""
    if not by_month:
        return None
    if len({month for month, *_ in by_month}) <= _MOST_MONTHS:
        return _bars_over_time(by_month, "month", selection)
    numbers: Counter[tuple[date, str]] = Counter()
    for month, quad, n in by_month:
        numbers[date(month.year, 1, 1), quad] += n
    by_year = [(year, quad, n) for (year, quad), n in sorted(numbers.items())]
    return _bars_over_time(by_year, "year", selection)


def _bars_over_time(counted: Sequence[Month], period: str, selection: Selection) -> Future[str]:
    values = []
    for first, quad, n in counted:
        last = _end(first, period)
        chosen = replace(
            selection, since=max(first, selection.since or first), until=min(last, selection.until or last)
        )
        says = f"{wording.days(_span(first, last))}: {wording.counted(n, 'event')} of {quad}"
        values.append({period: first.isoformat(), "n": n, "quad": quad, "says": says,
                       "href": urls.events(**chosen.values(), quad=quad)})  # fmt: skip
    return charts.begin(charts.over_time(values, period, f"Events by {period} and quad category"))


def _end(first: date, period: str) -> date:
    following = (
        date(first.year + 1, 1, 1) if period == "year" or first.month == 12 else date(first.year, first.month + 1, 1)
    )
    return date.fromordinal(following.toordinal() - 1)


def _span(first: date, last: date) -> Any:
    from dragoman.records import When

    return When(first, last, None, "stated")


def _bars(
    shelf: Shelf, selection: Selection, by_type: Sequence[tuple[str, str, int]]
) -> tuple[tuple[str, tuple[Bar, ...]], ...]:
    """The most frequent types, and who does it to whom most often, by quad category."""
    types: Held = defaultdict(Counter)
    for kind, quad, n in by_type:
        types[kind,][quad] += n
    dyads: Held = defaultdict(Counter)
    for row in shelf.archive.counts(by=("dyad", "quad"), **selection.filters()):
        dyads[row["actor"], row["recipient"]][row["quad"]] += row["n"]
    found = []
    for heading, held in (("By type", types), ("Between whom", dyads)):
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


def _world(shelf: Shelf, selection: Selection) -> tuple[Future[str] | None, int]:
    """The map as it is being drawn, and how many events have a place on it."""
    placed = shelf.archive.events(**selection.filters()).about(
        lambda events: (
            "SELECT place, country, longitude, latitude, count(*) AS n "
            f"FROM ({events}) WHERE latitude IS NOT NULL AND longitude IS NOT NULL "
            "GROUP BY ALL ORDER BY n DESC, place, country"
        )
    )
    rows = placed.fetchall()
    points = [
        {"name": place, "longitude": longitude, "latitude": latitude, "n": n,
         "says": f"{place}: {wording.counted(n, 'event')}",
         "href": urls.events(**replace(selection, country=(country,) if country else ()).values())}
        for place, country, longitude, latitude, n in rows[:_MOST_PLACES]
    ]  # fmt: skip
    shown = sum(row[4] for row in rows[:_MOST_PLACES])
    return (charts.begin(charts.world(points, "Map of where events happened")) if points else None), shown


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
