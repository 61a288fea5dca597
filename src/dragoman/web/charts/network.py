"""Who deals with whom."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from dragoman.web.charts.drawing import ACCENT, HALO, TONE_COLOURS, WIDE, circle, figure, mark, text

_PARTY, _OTHER = 10.2, 6.3


@dataclass(frozen=True, slots=True)
class Link:
    """Who talks to whom, how often, in what tone."""

    one: str
    other: str
    n: int
    tone: str
    says: str
    href: str


def network(nodes: Sequence[tuple[str, str, bool]], links: Sequence[Link], title: str) -> str:
    """Who deals with whom: nodes (name, address, whether it is a party) on a ring, parties in its middle row.

    The parties stand left and right of the centre, everyone else on an ellipse around them in a fixed order, so that
    the picture of one file changes little from week to week.
    """
    height = min(520, 240 + 24 * len(nodes))
    places = _ring(nodes, WIDE, height)
    most = max((link.n for link in links), default=1)
    lines = []
    for link in links:
        if link.one in places and link.other in places:
            (x, y), (x2, y2) = places[link.one], places[link.other]
            shape = (
                f'<path d="M{x:.1f} {y:.1f}L{x2:.1f} {y2:.1f}" stroke="{TONE_COLOURS[link.tone]}" '
                f'stroke-width="{1.2 + 6 * math.sqrt(link.n / most):.1f}"/>'
            )
            lines.append(mark(shape, link.says, link.href))
    dots, names = [], []
    for name, href, party in nodes:
        x, y = places[name]
        paint = f'fill="{"var(--ink)" if party else ACCENT}" stroke="var(--paper)" stroke-width="2"'
        dots.append(mark(circle(x, y, _PARTY if party else _OTHER, paint), name, href))
        names.append(text(x, y + 26, name, more=f'fill="var(--ink)" {HALO}'))
    return figure(
        title, height, f'<g stroke-linecap="round" stroke-opacity="0.55">{"".join(lines)}</g>', *dots,
        f'<g aria-hidden="true">{"".join(names)}</g>',
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
