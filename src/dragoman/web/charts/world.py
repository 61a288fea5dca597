"""Places on their part of the world."""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from functools import cache
from importlib import resources
from typing import Any

import altair as alt

from dragoman.web.charts.drawing import ACCENT, HALO, WIDE, Row, Spec, figure, told


def world(points: Sequence[Row], title: str) -> Spec:
    """Places on their part of the world: rows with `name`, `longitude`, `latitude`, `n`, `href`, `says`."""
    width, height = WIDE, 480
    projection = _framed(points, width, height)
    named = sorted(points, key=lambda point: (-point["n"], point["name"]))[:_MOST_NAMED]
    land = {"type": "Feature", "geometry": _seen(projection, width, height), "properties": {}}
    return figure(
        _layers() | {"width": width, "height": height, "projection": projection},
        title,
        land=[land],
        places=points,
        names=_apart(named, projection, width, height),
    )


@cache
def _layers() -> Spec:
    longitude, latitude = alt.Longitude("longitude:Q"), alt.Latitude("latitude:Q")
    return alt.layer(
        alt.Chart(alt.NamedData("land")).mark_geoshape(
            fill="var(--land)", stroke="var(--paper)", strokeWidth=0.7, clip=True, aria=False
        ),
        alt.Chart(alt.NamedData("places"))
        .mark_circle(fill=ACCENT, fillOpacity=0.75, stroke="var(--paper)", clip=True)
        .encode(
            longitude=longitude,
            latitude=latitude,
            size=alt.Size("n:Q", legend=None, scale=alt.Scale(range=[60, 700], domainMin=1)),
            **told(),
        ),
        alt.Chart(alt.NamedData("names"))
        .mark_text(dy=-17, clip=True, fontWeight=600, **HALO)
        .encode(longitude=longitude, latitude=latitude, text=alt.Text("name:N")),
    ).to_dict()


_MOST_NAMED = 14
# Degrees east: a world that begins and ends in the Pacific, in the Bering Strait.
_MIDDLE = 11.0


def _framed(points: Sequence[Row], width: int, height: int) -> Spec:
    """Mercator around the points, never nearer than a subcontinent: the outlines are coarse."""
    longitudes = [float(point["longitude"]) for point in points] or [0.0]
    latitudes = [max(-70.0, min(70.0, float(point["latitude"]))) for point in points] or [20.0]
    west, east = min(longitudes), max(longitudes)
    south, north = _mercator(min(latitudes)), _mercator(max(latitudes))
    across = max(1.35 * math.radians(east - west), math.radians(46))
    up = max(1.5 * (north - south), math.radians(46) * height / width)
    scale = min(width / across, height / up)
    middle, across_at = (north + south) / 2, (west + east) / 2
    if scale <= width / (2 * math.pi):  # the whole world, cut where the fewest live
        scale, across_at = width / (2 * math.pi), _MIDDLE
    latitude = _latitude(middle)
    return {
        "type": "mercator",
        "precision": 0,  # outlines are straight from point to point, as they are
        "scale": round(scale, 2),
        "center": [round(across_at, 3), round(latitude, 3)],
        "translate": [width / 2, height / 2],
    }


def _latitude(y: float) -> float:
    return math.degrees(2 * math.atan(math.exp(y)) - math.pi / 2)


def _mercator(latitude: float) -> float:
    return math.log(math.tan(math.pi / 4 + math.radians(latitude) / 2))


def _apart(points: Sequence[Row], projection: Spec, width: int, height: int) -> list[dict[str, Any]]:
    """Those of the points, the largest first, whose names do not lie on each other."""
    kept: list[dict[str, Any]] = []
    taken: list[tuple[float, float, float]] = []
    for point in points:
        x = projection["scale"] * math.radians(float(point["longitude"]) - projection["center"][0])
        latitude = max(-80.0, min(80.0, float(point["latitude"])))
        y = -projection["scale"] * (_mercator(latitude) - _mercator(projection["center"][1]))
        half = 3.6 * len(point["name"])
        if all(abs(y - other) > 15 or abs(x - across) > half + reach for across, other, reach in taken):
            taken.append((x, y, half))
            kept.append({name: point[name] for name in ("name", "longitude", "latitude")})
    return kept


_Box = tuple[float, float, float, float]


@cache
def _outlines() -> tuple[tuple[_Box, Any], ...]:
    """The polygons of the world, each with its bounds: west, south, east, north."""
    text = (resources.files("dragoman.web") / "data" / "world.json").read_text(encoding="utf-8")
    found = []
    for polygon in json.loads(text)["coordinates"]:
        longitudes, latitudes = [x for x, _ in polygon[0]], [y for _, y in polygon[0]]
        found.append(((min(longitudes), min(latitudes), max(longitudes), max(latitudes)), polygon))
    return tuple(found)


def _seen(projection: Spec, width: int, height: int) -> Spec:
    """The outlines of what lies in the frame: what is clipped need not be drawn."""
    longitude, latitude = projection["center"]
    across = math.degrees(width / 2 / projection["scale"])
    middle, up = _mercator(latitude), height / 2 / projection["scale"]
    south, north = _latitude(middle - up), _latitude(middle + up)
    polygons = [
        polygon
        for (w, s, e, n), polygon in _outlines()
        if n >= south and s <= north and any(e + turn >= longitude - across and w + turn <= longitude + across
                                             for turn in (-360, 0, 360))
    ]  # fmt: skip
    return {"type": "MultiPolygon", "coordinates": polygons}
