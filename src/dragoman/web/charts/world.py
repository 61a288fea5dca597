"""Places on their part of the world."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from itertools import pairwise

from dragoman.web.charts.drawing import ACCENT, HALO, WIDE, circle, figure, mark, text

_HEIGHT = 480
_MOST_NAMED = 14
# Degrees east: a world that begins and ends in the Pacific, in the Bering Strait.
_MIDDLE = 11.0
# Areas of the smallest and the largest circle, in the measure of Vega: the square of its width.
_SMALLEST, _LARGEST = 60, 700
# Outlines are kept in hundredths of a degree at the equator.
_FINE = 100
_POLAR = 85.0


@dataclass(frozen=True, slots=True)
class Point:
    """A place, how much happened there, what that says and where it leads."""

    name: str
    longitude: float
    latitude: float
    n: int
    says: str
    href: str


@dataclass(frozen=True, slots=True)
class _Frame:
    """Mercator: how many pixels a degree has at the equator, and what lies in the middle."""

    scale: float
    longitude: float
    up: float

    def at(self, point: Point) -> tuple[float, float]:
        """Where a point of the world is on the picture."""
        return (
            WIDE / 2 + self.scale * (point.longitude - self.longitude),
            _HEIGHT / 2 - self.scale * (_mercator(point.latitude) - self.up),
        )


def world(points: Sequence[Point], title: str) -> str:
    """Places on their part of the world, the larger the more happened there."""
    frame = _framed(points)
    most = max((point.n for point in points), default=1)
    dots = []
    for point in points:
        share = (point.n - 1) / (most - 1) if most > 1 else 0.5
        radius = math.sqrt(_SMALLEST + share * (_LARGEST - _SMALLEST)) / 2
        paint = f'fill="{ACCENT}" fill-opacity="0.75" stroke="var(--paper)" stroke-width="2"'
        dots.append(mark(circle(*frame.at(point), radius, paint), point.says, point.href))
    named = sorted(points, key=lambda point: (-point.n, point.name))[:_MOST_NAMED]
    names = [
        text(x, y - 13, point.name, more=f'font-weight="600" fill="var(--ink)" {HALO}')
        for point, x, y in _apart(named, frame)
    ]
    # The nested picture cuts off what lies outside.
    inside = "".join([*_land(frame), *dots, f'<g aria-hidden="true">{"".join(names)}</g>'])
    return figure(title, _HEIGHT, f'<svg width="{WIDE}" height="{_HEIGHT}">{inside}</svg>')


def _framed(points: Sequence[Point]) -> _Frame:
    """The frame around the points, never nearer than a subcontinent: the outlines are coarse."""
    longitudes = [point.longitude for point in points] or [0.0]
    latitudes = [max(-70.0, min(70.0, point.latitude)) for point in points] or [20.0]
    west, east = min(longitudes), max(longitudes)
    south, north = _mercator(min(latitudes)), _mercator(max(latitudes))
    across = max(1.35 * (east - west), 46)
    up = max(1.5 * (north - south), 46 * _HEIGHT / WIDE)
    scale = min(WIDE / across, _HEIGHT / up)
    if scale <= WIDE / 360:  # the whole world, cut where the fewest live
        return _Frame(WIDE / 360, _MIDDLE, (north + south) / 2)
    return _Frame(scale, (west + east) / 2, (north + south) / 2)


def _mercator(latitude: float) -> float:
    """How far north of the equator a latitude is drawn, in degrees of longitude."""
    latitude = max(-_POLAR, min(_POLAR, latitude))
    return math.degrees(math.log(math.tan(math.pi / 4 + math.radians(latitude) / 2)))


def _apart(points: Sequence[Point], frame: _Frame) -> list[tuple[Point, float, float]]:
    """Those of the points, the largest first, whose names do not lie on each other; and where they are."""
    kept: list[tuple[Point, float, float]] = []
    taken: list[tuple[float, float, float]] = []
    for point in points:
        x, y = frame.at(point)
        half = 3.6 * len(point.name)
        if all(abs(y - other) > 15 or abs(x - across) > half + reach for across, other, reach in taken):
            taken.append((x, y, half))
            kept.append((point, x, y))
    return kept


_Box = tuple[float, float, float, float]


@cache
def _outlines() -> tuple[tuple[_Box, str], ...]:
    """The polygons of the world, drawn once: each with its bounds (west, south, east, north, on the map)."""
    raw = (resources.files("dragoman.web") / "data" / "world.json").read_text(encoding="utf-8")
    found = []
    for polygon in json.loads(raw)["coordinates"]:
        ring = [(longitude, _mercator(latitude)) for longitude, latitude in polygon[0]]
        xs, ys = zip(*ring, strict=True)
        fine = [(round(_FINE * x), round(-_FINE * y)) for x, y in ring]
        steps = "".join(f"l{x2 - x} {y2 - y}" for (x, y), (x2, y2) in pairwise(fine))
        found.append(((min(xs), min(ys), max(xs), max(ys)), f"M{fine[0][0]} {fine[0][1]}{steps}z"))
    return tuple(found)


def _land(frame: _Frame) -> Iterator[str]:
    """The outlines of what lies in the frame, once more beside it where the world goes on."""
    across, up = WIDE / 2 / frame.scale, _HEIGHT / 2 / frame.scale
    for turn in (-360, 0, 360):
        seen = "".join(
            path
            for (w, s, e, n), path in _outlines()
            if n >= frame.up - up and s <= frame.up + up
            and e + turn >= frame.longitude - across and w + turn <= frame.longitude + across
        )  # fmt: skip
        if seen:
            x, y = WIDE / 2 + frame.scale * (turn - frame.longitude), _HEIGHT / 2 + frame.scale * frame.up
            yield (
                f'<path transform="translate({x:.2f} {y:.2f}) scale({frame.scale / _FINE:.5f})" d="{seen}" '
                f'fill="var(--land)" stroke="var(--paper)" stroke-width="{0.7 * _FINE / frame.scale:.1f}"/>'
            )
