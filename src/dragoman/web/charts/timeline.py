"""Steps of a mediation over time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from dragoman.web.charts.drawing import SOFT, TOLD, TONE_COLOURS, WIDE, Spec, figure

# Steps that bring parties together, drive them apart, and those that do neither.
TONES = {
    "offer": "near", "acceptance": "near", "talks": "near", "consultation": "near", "proposal": "near",
    "agreement": "near", "endorsement": "near", "refusal": "apart", "breakdown": "apart", "criticism": "apart",
    "pressure": "apart", "request": "even", "appeal": "even", "condition": "even", "assessment": "even",
}  # fmt: skip


# Days: up to these a time line tells days, and up to those months.
_SEASON, _AGE = 120, 2500


@dataclass(frozen=True, slots=True)
class Mark:
    """Something on a time line: a row, its days (ISO, both included), a tone, what it says and where it leads."""

    row: str
    first: str
    last: str
    tone: str
    status: str
    says: str
    href: str


def _first_tick(marks: Sequence[Mark], bounds: tuple[str, str] | None) -> str:
    """How the first tick is written: with its day where the whole is a season."""
    first, last = bounds or (min(mark.first for mark in marks), max(mark.last for mark in marks))
    days = (date.fromisoformat(last) - date.fromisoformat(first)).days
    return "%-d %b %Y" if days < _SEASON else "%b %Y" if days < _AGE else "%Y"


def timeline(marks: Sequence[Mark], rows: Sequence[str], bounds: tuple[str, str] | None, title: str) -> Spec:
    """Rows of marks over time: a dot for a day, a bar for a span; what did not (yet) happen is hollow."""
    values = [
        {"row": m.row, "first": f"{m.first}T00:00:00Z", "last": f"{m.last}T23:59:59Z", "tone": m.tone,
         "says": m.says, "href": m.href, "real": m.status in ("actual", "historical")}
        for m in marks
    ]  # fmt: skip
    scale: Spec = {"type": "utc"}
    if bounds:
        scale |= {"domain": [f"{bounds[0]}T00:00:00Z", f"{bounds[1]}T23:59:59Z"], "clamp": True}
    x: Spec = {
        "field": "first", "type": "temporal", "scale": scale, "title": None,
        "axis": {"grid": True, "tickCount": 8, "labelOverlap": True, "labelFlush": True,
                 # The year is told once: without a January among the ticks it would not be told at all.
                 "labelExpr": f"datum.index ? datum.label : utcFormat(datum.value, '{_first_tick(marks, bounds)}')"},
    }  # fmt: skip
    y: Spec = {
        "field": "row", "type": "nominal", "sort": list(rows), "title": None,
        "axis": {"grid": True, "ticks": False, "domain": False, "labelPadding": 10},
    }  # fmt: skip
    tone: Spec = {
        "field": "tone", "type": "nominal", "legend": None,
        "scale": {"domain": list(TONE_COLOURS), "range": list(TONE_COLOURS.values())},
    }  # fmt: skip
    faint: Spec = {"value": 0.3}
    hollow: Spec = {"condition": {"test": "datum.real", "value": 0.92}, "value": 0.12}
    return figure(
        title,
        {"values": values},
        height={"step": 26},
        width=WIDE,
        layer=[
            {
                "mark": {"type": "bar", "height": 9, "cornerRadius": 4.5, "strokeWidth": 0},
                "encoding": {"x": x, "x2": {"field": "last"}, "y": y, "fill": tone, "fillOpacity": faint, **TOLD},
            },
            {  # the names of the rows once more at the right end, where a phone begins
                "data": {"values": [{"row": row} for row in rows]},
                "mark": {"type": "text", "align": "left", "dx": 12, "color": SOFT, "aria": False},
                "encoding": {"x": {"value": WIDE}, "y": y, "text": {"field": "row"}},
            },
            {
                "transform": [{"calculate": "(toDate(datum.first) + toDate(datum.last)) / 2", "as": "middle"}],
                "mark": {"type": "point", "size": 95, "strokeWidth": 1.5, "opacity": 1},
                "encoding": {
                    "x": x | {"field": "middle"}, "y": y, "fill": tone, "stroke": tone, "fillOpacity": hollow, **TOLD,
                },
            },
        ],
    )  # fmt: skip
