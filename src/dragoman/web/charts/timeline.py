"""Steps of a mediation over time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from dragoman.presentation import wording
from dragoman.web.charts import axes
from dragoman.web.charts.drawing import TONE_COLOURS, WIDE, circle, figure, line, mark, text, width_of

# Steps that bring parties together, drive them apart, and those that do neither.
TONES = {
    "offer": "near", "acceptance": "near", "talks": "near", "consultation": "near", "proposal": "near",
    "agreement": "near", "endorsement": "near", "refusal": "apart", "breakdown": "apart", "criticism": "apart",
    "pressure": "apart", "request": "even", "appeal": "even", "condition": "even", "assessment": "even",
}  # fmt: skip


# Days: up to these a time line tells days, and up to those months.
_SEASON, _AGE = 120, 2500
_ROW = 26
_BAR, _DOT = 9, 4.9


@dataclass(frozen=True, slots=True)
class Mark:
    """Something on a time line: a row, its days (both included), a tone, what it says and where it leads."""

    row: str
    first: date
    last: date
    tone: str
    status: str
    says: str
    href: str


def timeline(marks: Sequence[Mark], rows: Sequence[str], bounds: tuple[date, date] | None, title: str) -> str:
    """Rows of marks over time: a dot for a day, a bar for a span; what did not (yet) happen is hollow."""
    first, last = bounds or (min(mark.first for mark in marks), max(mark.last for mark in marks))
    across = WIDE / max(1, (last - first).days + 1)
    height = _ROW * len(rows)
    middles = {row: _ROW * number + _ROW / 2 for number, row in enumerate(rows)}
    spans, dots = [], []
    for one in marks:
        # What reaches over an edge is shown up to it.
        begins, ends = (max(0.0, min(WIDE, across * d)) for d in _reach(one, first))
        y, colour = middles[one.row], TONE_COLOURS[one.tone]
        shape = (
            f'<rect x="{begins:.1f}" y="{y - _BAR / 2:.1f}" width="{ends - begins:.1f}" height="{_BAR}" '
            f'rx="{min(_BAR / 2, (ends - begins) / 2):.1f}" fill="{colour}" fill-opacity="0.3"/>'
        )
        spans.append(mark(shape, one.says, one.href))
        faint = 0.92 if one.status in ("actual", "historical") else 0.12
        paint = f'fill="{colour}" fill-opacity="{faint}" stroke="{colour}" stroke-width="1.5"'
        dots.append(mark(circle((begins + ends) / 2, y, _DOT, paint), one.says, one.href))
    axis = [line(0, y, WIDE, y) for y in middles.values()]
    axis += [text(-10, y + 4, row, "end") for row, y in middles.items()]
    for number, day in enumerate(axes.days(first, last)):
        x = across * (day - first).days
        axis += [line(x, 0, x, height + 5), text(x, height + 16, _tick(day, (last - first).days, not number))]
    # The names of the rows once more at the right end, where a phone begins.
    again = "".join(text(WIDE + 12, y + 4, row, "start") for row, y in middles.items())
    room = 10 + max((width_of(row) for row in rows), default=0)
    return figure(
        title, height, f'<g aria-hidden="true">{"".join(axis)}<g class="again">{again}</g></g>', *spans, *dots,
        left=room, right=room, below=16,
    )  # fmt: skip


def _reach(one: Mark, first: date) -> tuple[int, int]:
    """The days from the first one to where a mark begins, and to where it ends."""
    return (one.first - first).days, (one.last - first).days + 1


def _tick(day: date, span: int, whole: bool) -> str:
    """A day of the axis; the first one tells its year: without a January among them it would not be told at all."""
    if whole:
        return wording.day(day) if span < _SEASON else wording.month(day) if span < _AGE else str(day.year)
    if day.day > 1:
        return wording.day(day).removesuffix(f" {day.year}")
    return axes.MONTHS[day.month - 1] if day.month > 1 else str(day.year)
