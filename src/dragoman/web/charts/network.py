"""Who deals with whom."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import altair as alt

from dragoman.web.charts.drawing import ACCENT, HALO, TEXT, TONE_COLOURS, WIDE, Spec, figure, told


@dataclass(frozen=True, slots=True)
class Link:
    """Who talks to whom, how often, in what tone."""

    one: str
    other: str
    n: int
    tone: str
    says: str
    href: str


def network(nodes: Sequence[tuple[str, str, bool]], links: Sequence[Link], title: str) -> Spec:
    """Who deals with whom: nodes (name, address, whether it is a party) on a ring, parties in its middle row.

    The parties stand left and right of the centre, everyone else on an ellipse around them in a fixed order, so that
    the picture of one file changes little from week to week.
    """
    width, height = WIDE, min(520, 240 + 24 * len(nodes))
    places = _ring(nodes, width, height)
    most = max((link.n for link in links), default=1)
    lines = (
        {"x": places[link.one][0], "y": places[link.one][1], "x2": places[link.other][0], "y2": places[link.other][1],
         "width": 1.2 + 6 * math.sqrt(link.n / most), "tone": link.tone, "says": link.says, "href": link.href}
        for link in links
        if link.one in places and link.other in places
    )  # fmt: skip
    dots = (
        {
            "x": places[name][0],
            "y": places[name][1],
            "name": name,
            "says": name,
            "href": href,
            "size": 420 if party else 160,
            "colour": TEXT if party else ACCENT,
        }
        for name, href, party in nodes
    )
    return figure(_lines_and_dots() | {"width": width, "height": height}, title, links=lines, nodes=dots)


@cache
def _lines_and_dots() -> Spec:
    """Places are told in the picture's own measure, from its upper left corner."""
    x, y = alt.X("x:Q", axis=None, scale=None), alt.Y("y:Q", axis=None, scale=None)
    tones = alt.Scale(domain=list(TONE_COLOURS), range=list(TONE_COLOURS.values()))
    return alt.layer(
        alt.Chart(alt.NamedData("links"))
        .mark_rule(strokeCap="round", opacity=0.55)
        .encode(
            x=x, y=y, x2=alt.X2("x2:Q"), y2=alt.Y2("y2:Q"),
            strokeWidth=alt.StrokeWidth("width:Q", scale=None, legend=None),
            stroke=alt.Stroke("tone:N", legend=None, scale=tones),
            **told(),
        ),
        alt.Chart(alt.NamedData("nodes"))
        .mark_circle(opacity=1, stroke="var(--paper)", strokeWidth=2)
        .encode(
            x=x, y=y,
            size=alt.Size("size:Q", scale=None, legend=None),
            fill=alt.Fill("colour:N", scale=None, legend=None),
            **told(),
        ),
        alt.Chart(alt.NamedData("nodes")).mark_text(dy=22, **HALO).encode(x=x, y=y, text=alt.Text("name:N")),
    ).to_dict()  # fmt: skip


def _ring(nodes: Sequence[tuple[str, str, bool]], width: int, height: int) -> dict[str, tuple[float, float]]:
    parties = [name for name, _, party in nodes if party]
    others = [name for name, _, party in nodes if not party]
    places: dict[str, tuple[float, float]] = {}
    for number, name in enumerate(parties):
        share = 0.5 if len(parties) == 1 else 0.32 + 0.36 * number / (len(parties) - 1)
        places[name] = (round(width * share, 1), height / 2 - 8)
    for number, name in enumerate(others):
        angle = 2 * math.pi * (number + 0.5) / len(others) - math.pi / 2
        places[name] = (
            round(width / 2 + 0.44 * width * math.cos(angle), 1),
            round(height / 2 - 8 + 0.42 * height * math.sin(angle), 1),
        )
    return places
