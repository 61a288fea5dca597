"""Charts as Vega-Lite, drawn to SVG on this side: they need no script, and each mark is a link to what it rests on.

Colours are the style sheet's own variables, so that a chart is dark where the page is. `spec` functions give plain
Vega-Lite (a reader may take it for a figure of their own), `svg` draws it; the same spec is drawn once.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from html import escape
from importlib import resources
from typing import Any

Spec = dict[str, Any]

_WIDE = 1060
_SCHEMA = "https://vega.github.io/schema/vega-lite/v6.json"
_TEXT = "var(--ink)"
_SOFT = "var(--soft)"
_LINE = "var(--line)"
_ACCENT = "var(--accent)"
_CONFIG: Spec = {
    "background": None,
    "font": "system-ui, sans-serif",
    "view": {"stroke": None},
    "axis": {
        "labelColor": _SOFT, "titleColor": _SOFT, "gridColor": _LINE, "domainColor": _LINE, "tickColor": _LINE,
        "labelFontSize": 12, "titleFontSize": 12, "titleFontWeight": "normal", "labelLimit": 200,
    },
    "legend": {"labelColor": _SOFT, "titleColor": _SOFT, "labelFontSize": 12},
    "header": {"labelColor": _SOFT},
    "text": {"color": _TEXT, "fontSize": 12},
}  # fmt: skip

_KEY: Spec = {"orient": "top", "symbolType": "square", "columnPadding": 28}

# Steps that bring parties together, drive them apart, and those that do neither.
TONES = {
    "offer": "near", "acceptance": "near", "talks": "near", "consultation": "near", "proposal": "near",
    "agreement": "near", "endorsement": "near", "refusal": "apart", "breakdown": "apart", "criticism": "apart",
    "pressure": "apart", "request": "even", "appeal": "even", "condition": "even", "assessment": "even",
}  # fmt: skip
_TONE_COLOURS = {"near": _ACCENT, "even": _SOFT, "apart": "var(--alarm)"}
QUAD_COLOURS = {
    "verbal cooperation": "var(--accent-soft)", "material cooperation": _ACCENT,
    "verbal conflict": "var(--alarm-soft)", "material conflict": "var(--alarm)",
}  # fmt: skip


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
        "axis": {"grid": True, "tickCount": 8, "labelOverlap": True, "format": None, "labelFlush": True},
    }  # fmt: skip
    del x["axis"]["format"]
    y: Spec = {
        "field": "row", "type": "nominal", "sort": list(rows), "title": None,
        "axis": {"grid": True, "ticks": False, "domain": False, "labelPadding": 10},
    }  # fmt: skip
    tone: Spec = {
        "field": "tone", "type": "nominal", "legend": None,
        "scale": {"domain": list(_TONE_COLOURS), "range": list(_TONE_COLOURS.values())},
    }  # fmt: skip
    told: Spec = {"href": {"field": "href"}, "description": {"field": "says"}, "tooltip": {"field": "says"}}
    faint: Spec = {"value": 0.3}
    hollow: Spec = {"condition": {"test": "datum.real", "value": 0.92}, "value": 0.12}
    return _spec(
        title,
        {"values": values},
        height={"step": 26},
        width=_WIDE,
        layer=[
            {
                "mark": {"type": "bar", "height": 9, "cornerRadius": 4.5, "strokeWidth": 0},
                "encoding": {"x": x, "x2": {"field": "last"}, "y": y, "fill": tone, "fillOpacity": faint, **told},
            },
            {
                "transform": [{"calculate": "(toDate(datum.first) + toDate(datum.last)) / 2", "as": "middle"}],
                "mark": {"type": "point", "size": 95, "strokeWidth": 1.5, "opacity": 1},
                "encoding": {
                    "x": x | {"field": "middle"}, "y": y, "fill": tone, "stroke": tone, "fillOpacity": hollow, **told,
                },
            },
        ],
    )  # fmt: skip


def over_time(rows: Iterable[Mapping[str, Any]], period: str, title: str, colour: str = "quad") -> Spec:
    """Events in time as stacked bars: rows with the `period` as an ISO day, `n`, `href`, `says` and their colour."""
    values = list(rows)
    encoding: Spec = {
        "x": {"field": period, "type": "temporal", "timeUnit": f"utc{'year' if period == 'year' else 'yearmonth'}",
              "title": None, "axis": {"grid": False, "tickCount": 8}},
        "y": {"field": "n", "type": "quantitative", "title": "events", "axis": {"tickCount": 4, "domain": False}},
        "href": {"field": "href"}, "description": {"field": "says"}, "tooltip": {"field": "says"},
    }  # fmt: skip
    if colour == "quad":
        encoding["fill"] = {
            "field": "quad", "type": "nominal", "title": None, "legend": _KEY,
            "scale": {"domain": list(QUAD_COLOURS), "range": list(QUAD_COLOURS.values())},
        }  # fmt: skip
    else:
        encoding["fill"] = {"value": _ACCENT}
    return _spec(title, {"values": values}, width=_WIDE, height=220, mark={"type": "bar"}, encoding=encoding)


def bars(rows: Sequence[Mapping[str, Any]], title: str) -> Spec:
    """The longest bar first: rows with `name`, `n`, `href`, `says`."""
    told: Spec = {"href": {"field": "href"}, "description": {"field": "says"}, "tooltip": {"field": "says"}}
    y: Spec = {"field": "name", "type": "nominal", "sort": None, "title": None,
               "axis": {"ticks": False, "domain": False, "labelPadding": 8}}  # fmt: skip
    x: Spec = {"field": "n", "type": "quantitative", "title": None, "axis": None}
    return _spec(
        title,
        {"values": list(rows)},
        width=620,
        height={"step": 24},
        layer=[
            {"mark": {"type": "bar", "height": 14, "fill": _ACCENT}, "encoding": {"x": x, "y": y, **told}},
            {
                "mark": {"type": "text", "align": "left", "dx": 5, "color": _SOFT},
                "encoding": {"x": x, "y": y, "text": {"field": "n", "type": "quantitative", "format": ",d"}},
            },
        ],
    )


def world(points: Sequence[Mapping[str, Any]], title: str) -> Spec:
    """Places on their part of the world: rows with `name`, `longitude`, `latitude`, `n`, `href`, `says`."""
    width, height = _WIDE, 480
    told: Spec = {"href": {"field": "href"}, "description": {"field": "says"}, "tooltip": {"field": "says"}}
    projection = _framed(points, width, height)
    at: Spec = {
        "longitude": {"field": "longitude", "type": "quantitative"},
        "latitude": {"field": "latitude", "type": "quantitative"},
    }
    named = sorted(points, key=lambda point: (-point["n"], point["name"]))[:_MOST_NAMED]
    return _spec(
        title,
        None,
        width=width,
        height=height,
        projection=projection,
        layer=[
            {
                "data": {"values": {"type": "Feature", "geometry": _outlines(), "properties": {}}},
                "mark": {"type": "geoshape", "fill": "var(--land)", "stroke": "var(--paper)", "strokeWidth": 0.7,
                         "clip": True, "aria": False},
            },
            {
                "data": {"values": list(points)},
                "mark": {"type": "circle", "fill": _ACCENT, "fillOpacity": 0.75, "stroke": "var(--paper)",
                         "clip": True},
                "encoding": at | told | {
                    "size": {"field": "n", "type": "quantitative", "legend": None,
                             "scale": {"range": [60, 700], "domainMin": 1}},
                },
            },
            {
                "data": {"values": _apart(named, projection, width, height)},
                "mark": {"type": "text", "dy": -14, "clip": True, "fontWeight": 600, "aria": False,
                         "stroke": "var(--paper)", "strokeWidth": 3, "strokeOpacity": 0.8},
                "encoding": at | {"text": {"field": "name"}},
            },
            {
                "data": {"values": _apart(named, projection, width, height)},
                "mark": {"type": "text", "dy": -14, "clip": True, "fontWeight": 600, "aria": False},
                "encoding": at | {"text": {"field": "name"}},
            },
        ],
    )  # fmt: skip


_MOST_NAMED = 14


def _framed(points: Sequence[Mapping[str, Any]], width: int, height: int) -> Spec:
    """Mercator around the points, never nearer than a subcontinent: the outlines are coarse."""
    longitudes = [float(point["longitude"]) for point in points] or [0.0]
    latitudes = [max(-70.0, min(70.0, float(point["latitude"]))) for point in points] or [20.0]
    west, east = min(longitudes), max(longitudes)
    south, north = _mercator(min(latitudes)), _mercator(max(latitudes))
    across = max(1.35 * math.radians(east - west), math.radians(46))
    up = max(1.5 * (north - south), math.radians(46) * height / width)
    scale = min(width / across, height / up)
    scale = max(scale, width / (2 * math.pi))
    middle = (north + south) / 2
    latitude = math.degrees(2 * math.atan(math.exp(middle)) - math.pi / 2)
    return {
        "type": "mercator",
        "scale": round(scale, 2),
        "center": [round((west + east) / 2, 3), round(latitude, 3)],
        "translate": [width / 2, height / 2],
    }


def _mercator(latitude: float) -> float:
    return math.log(math.tan(math.pi / 4 + math.radians(latitude) / 2))


def _apart(points: Sequence[Mapping[str, Any]], projection: Spec, width: int, height: int) -> list[dict[str, Any]]:
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


@cache
def _outlines() -> dict[str, Any]:
    text = (resources.files(__package__) / "data" / "world.json").read_text(encoding="utf-8")
    found: dict[str, Any] = json.loads(text)
    return found


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
    width, height = _WIDE, 520
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
    told: Spec = {"href": {"field": "href"}, "description": {"field": "says"}, "tooltip": {"field": "says"}}
    return _spec(
        title,
        None,
        width=width,
        height=height,
        layer=[
            {
                "data": {"values": lines},
                "mark": {"type": "rule", "strokeCap": "round", "opacity": 0.55},
                "encoding": {
                    "x": x, "y": y, "x2": {"field": "x2"}, "y2": {"field": "y2"}, **told,
                    "strokeWidth": {"field": "width", "type": "quantitative", "scale": None, "legend": None},
                    "stroke": {"field": "tone", "type": "nominal", "legend": None,
                               "scale": {"domain": list(_TONE_COLOURS), "range": list(_TONE_COLOURS.values())}},
                },
            },
            {
                "data": {"values": dots},
                "mark": {"type": "circle", "opacity": 1, "stroke": "var(--paper)", "strokeWidth": 2},
                "encoding": {
                    "x": x, "y": y, "href": {"field": "href"}, "description": {"field": "name"},
                    "tooltip": {"field": "name"},
                    "size": {"condition": {"test": "datum.party", "value": 420}, "value": 160},
                    "fill": {"condition": {"test": "datum.party", "value": _TEXT}, "value": _ACCENT},
                },
            },
            {
                "data": {"values": dots},
                "mark": {"type": "text", "dy": 22, "aria": False, "stroke": "var(--paper)", "strokeWidth": 3},
                "encoding": {"x": x, "y": y, "text": {"field": "name"}},
            },
            {
                "data": {"values": dots},
                "mark": {"type": "text", "dy": 22, "aria": False},
                "encoding": {
                    "x": x, "y": y, "text": {"field": "name"},
                    "opacity": {"value": 1},
                },
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


def _spec(title: str, data: Spec | None, **parts: Any) -> Spec:
    spec: Spec = {
        "$schema": _SCHEMA,
        "description": title,
        "config": _CONFIG,
        "padding": {"left": 16, "top": 6, "right": 10, "bottom": 6},
    }
    if data is not None:
        spec["data"] = data
    return spec | parts


def svg(spec: Spec) -> str:
    """The chart as SVG to stand in a page: labelled, scaled to its column, without styles of its own."""
    return _drawn(json.dumps(_rooted(spec), sort_keys=False))


# What draws takes an address without a host for one of its own example data, so ours get one while it draws.
_HOST = "https://reading-room.invalid"


def _rooted(value: Any) -> Any:
    if isinstance(value, dict):
        if value.get("type") == "MultiPolygon":  # ten thousand points, and no address among them
            return value
        return {
            key: _HOST + item if key == "href" and isinstance(item, str) and item.startswith("/") else _rooted(item)
            for key, item in value.items()
        }
    return [_rooted(item) for item in value] if isinstance(value, list) else value


@lru_cache(maxsize=512)
def _drawn(spec: str) -> str:
    # Imported when a chart is drawn: it takes a moment and 80 MB of memory.
    import vl_convert

    drawn = vl_convert.vegalite_to_svg(spec).replace(f'xlink:href="{_HOST}/', 'href="/')
    label = escape(json.loads(spec)["description"], quote=True)
    # One name for the whole picture; what the marks are is said by each of them.
    start = drawn.index("<svg ") + len("<svg ")
    width, height = drawn[drawn.index("viewBox") :].split('"')[1].split()[2:]
    head = (
        f'<svg class="chart" role="group" aria-label="{label}" width="{width}" height="{height}" '
        f'viewBox="0 0 {width} {height}" xmlns="http://www.w3.org/2000/svg"'
    )
    return head + drawn[drawn.index(">", start) :]
