"""Steps of a mediation over time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import altair as alt

from dragoman.web.charts.drawing import SOFT, TONE_COLOURS, WIDE, Spec, figure, told, unchecked

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


@unchecked
def timeline(marks: Sequence[Mark], names: Sequence[str], bounds: tuple[str, str] | None, title: str) -> Spec:
    """Rows of marks over time: a dot for a day, a bar for a span; what did not (yet) happen is hollow."""
    values = (
        {"row": m.row, "first": f"{m.first}T00:00:00Z", "last": f"{m.last}T23:59:59Z", "tone": m.tone,
         "says": m.says, "href": m.href, "solid": 0.92 if m.status in ("actual", "historical") else 0.12}
        for m in marks
    )  # fmt: skip
    scale = alt.Scale(type="utc")
    if bounds:
        scale = alt.Scale(type="utc", domain=[f"{bounds[0]}T00:00:00Z", f"{bounds[1]}T23:59:59Z"], clamp=True)
    axis = alt.Axis(
        grid=True,
        tickCount=8,
        labelOverlap=True,
        labelFlush=True,
        # The year is told once: without a January among the ticks it would not be told at all.
        labelExpr=f"datum.index ? datum.label : utcFormat(datum.value, '{_first_tick(marks, bounds)}')",
    )
    lines = alt.Axis(grid=True, ticks=False, domain=False, labelPadding=10)
    y = alt.Y("row:N", sort=list(names), title=None, axis=lines)
    tones = alt.Scale(domain=list(TONE_COLOURS), range=list(TONE_COLOURS.values()))
    fill = alt.Fill("tone:N", legend=None, scale=tones)
    layers = alt.layer(
        alt.Chart(alt.NamedData("steps"))
        .mark_bar(height=9, cornerRadius=4.5, strokeWidth=0)
        .encode(
            x=alt.X("first:T", scale=scale, title=None, axis=axis), x2=alt.X2("last:T"), y=y,
            fill=fill, fillOpacity=alt.FillOpacityValue(0.3), **told(),
        ),
        # The names of the rows once more at the right end, where a phone begins.
        alt.Chart(alt.NamedData("rows"))
        .mark_text(x="width", align="left", dx=12, color=SOFT, aria=False)
        .encode(y=y, text=alt.Text("row:N")),
        alt.Chart(alt.NamedData("steps"))
        .transform_calculate(middle="(toDate(datum.first) + toDate(datum.last)) / 2")
        .mark_point(size=95, strokeWidth=1.5, opacity=1)
        .encode(
            x=alt.X("middle:T", scale=scale, title=None, axis=axis), y=y,
            fill=fill, stroke=alt.Stroke("tone:N", legend=None, scale=tones),
            fillOpacity=alt.FillOpacity("solid:Q", scale=None, legend=None), **told(),
        ),
    )  # fmt: skip
    told_again = ({"row": name} for name in names)
    chart = layers.properties(height=alt.Step(26), width=WIDE).to_dict(validate=False)
    return figure(chart, title, steps=values, rows=told_again)
