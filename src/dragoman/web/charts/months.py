"""Events over time."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

import altair as alt

from dragoman.web.charts.drawing import QUAD_COLOURS, WIDE, Row, Spec, figure, told


def over_time(counted: Iterable[Row], period: str, title: str) -> Spec:
    """Events in time as stacked bars: rows with the `period` as an ISO day, `quad`, `n`, `href` and `says`."""
    return figure(_bars(period), title, events=counted)


@cache
def _bars(period: str) -> Spec:
    colours = alt.Scale(domain=list(QUAD_COLOURS), range=list(QUAD_COLOURS.values()))
    bars = alt.Chart(alt.NamedData("events"), width=WIDE, height=220).mark_bar()
    spec: Spec = bars.encode(
        x=alt.X(
            f"{period}:T",
            timeUnit="utcyear" if period == "year" else "utcyearmonth",
            title=None,
            axis=alt.Axis(grid=False, tickCount=8),
        ),
        y=alt.Y("n:Q", title="events", axis=alt.Axis(tickCount=4, domain=False)),
        fill=alt.Fill("quad:N", title=None, legend=alt.Legend(orient="top", symbolType="square"), scale=colours),
        **told(),
    ).to_dict()
    return spec
