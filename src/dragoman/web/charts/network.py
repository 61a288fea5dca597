"""Who deals with whom."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from dragoman.web.charts.drawing import ACCENT, HALO, TEXT, TOLD, TONE_COLOURS, WIDE, Spec, figure


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
    lines = [
        {"x": places[link.one][0], "y": places[link.one][1], "x2": places[link.other][0], "y2": places[link.other][1],
         "width": 1.2 + 6 * math.sqrt(link.n / most), "tone": link.tone, "says": link.says, "href": link.href}
        for link in links
        if link.one in places and link.other in places
    ]  # fmt: skip
    dots = [
        {"x": places[name][0], "y": places[name][1], "name": name, "href": href, "party": party}
        for name, href, party in nodes
    ]
    x: Spec = {"field": "x", "type": "quantitative", "axis": None, "scale": {"domain": [0, width], "nice": False}}
    y: Spec = {"field": "y", "type": "quantitative", "axis": None,
               "scale": {"domain": [0, height], "nice": False, "reverse": True}}  # fmt: skip
    return figure(
        title,
        None,
        width=width,
        height=height,
        layer=[
            {
                "data": {"values": lines},
                "mark": {"type": "rule", "strokeCap": "round", "opacity": 0.55},
                "encoding": {
                    "x": x, "y": y, "x2": {"field": "x2"}, "y2": {"field": "y2"}, **TOLD,
                    "strokeWidth": {"field": "width", "type": "quantitative", "scale": None, "legend": None},
                    "stroke": {"field": "tone", "type": "nominal", "legend": None,
                               "scale": {"domain": list(TONE_COLOURS), "range": list(TONE_COLOURS.values())}},
                },
            },
            {
                "data": {"values": dots},
                "mark": {"type": "circle", "opacity": 1, "stroke": "var(--paper)", "strokeWidth": 2},
                "encoding": {
                    "x": x, "y": y, "href": {"field": "href"}, "description": {"field": "name"},
                    "tooltip": {"field": "name"},
                    "size": {"condition": {"test": "datum.party", "value": 420}, "value": 160},
                    "fill": {"condition": {"test": "datum.party", "value": TEXT}, "value": ACCENT},
                },
            },
            {
                "data": {"values": dots},
                "mark": {"type": "text", "dy": 22, **HALO},
                "encoding": {"x": x, "y": y, "text": {"field": "name"}},
            },
        ],
    )  # fmt: skip


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
