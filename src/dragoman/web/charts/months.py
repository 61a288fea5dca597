"""Events over time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from dragoman.presentation import wording
from dragoman.web.charts import axes
from dragoman.web.charts.drawing import QUAD_COLOURS, WIDE, figure, line, mark, text, width_of

_HEIGHT = 220
_ABOVE = 30


@dataclass(frozen=True, slots=True)
class Column:
    """The events of one quad category in a month or year, given by its days; what it says and where it leads."""

    first: date
    last: date
    quad: str
    n: int
    says: str
    href: str


def over_time(columns: Sequence[Column], title: str) -> str:
    """Events in time, a stack of columns for each month or year."""
    begin, end = min(column.first for column in columns), max(column.last for column in columns)
    across = WIDE / ((end - begin).days + 1)
    totals: Counter[date] = Counter()
    for column in columns:
        totals[column.first] += column.n
    steps = axes.numbers(max(totals.values()))
    up = _HEIGHT / steps[-1]
    heights: Counter[date] = Counter()
    marks = []
    order = {quad: number for number, quad in enumerate(reversed(QUAD_COLOURS))}
    for column in sorted(columns, key=lambda column: (column.first, order[column.quad])):
        x, width = across * (column.first - begin).days, across * ((column.last - column.first).days + 1)
        heights[column.first] += column.n
        shape = (
            f'<rect x="{x + 0.5:.1f}" y="{_HEIGHT - up * heights[column.first]:.1f}" '
            f'width="{max(0.5, width - 1):.1f}" height="{up * column.n:.1f}" fill="{QUAD_COLOURS[column.quad]}"/>'
        )
        marks.append(mark(shape, column.says, column.href))
    left = width_of(f"{steps[-1]:,}") + 26
    axis = [
        *(line(0, _HEIGHT - up * n, WIDE, _HEIGHT - up * n) for n in steps),
        *(text(-7, _HEIGHT - up * n + 4, f"{n:,}", "end") for n in steps),
        text(-_HEIGHT / 2, 10 - left, "events", more='fill="var(--soft)" transform="rotate(-90)"'),
    ]
    yearly = all(column.first.month == 1 and column.last.month == 12 for column in columns)
    for day in axes.days(begin, end + timedelta(1) if yearly else end):
        if day <= end:
            x = across * (day - begin).days
            axis += [line(x, _HEIGHT, x, _HEIGHT + 5), text(x, _HEIGHT + 16, _tick(day, yearly))]
    return figure(
        title, _HEIGHT, *_key(), f'<g aria-hidden="true">{"".join(axis)}</g>', *marks,
        left=left, above=_ABOVE, below=16,
    )  # fmt: skip


def _tick(day: date, yearly: bool) -> str:
    return str(day.year) if yearly else wording.month(day)


def _key() -> list[str]:
    """Which colour is which category."""
    parts, x = [], 0.0
    for quad, colour in QUAD_COLOURS.items():
        parts += [
            f'<rect x="{x:.0f}" y="-29" width="10" height="10" fill="{colour}"/>',
            text(x + 16, -20, quad, "start"),
        ]
        x += width_of(quad) + 32
    return parts
