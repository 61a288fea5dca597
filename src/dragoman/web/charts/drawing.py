"""A chart as Vega-Lite, and drawn to SVG: what is the same for all of them."""

from __future__ import annotations

import json
from functools import lru_cache
from html import escape
from typing import Any

Spec = dict[str, Any]

WIDE = 1100
_SCHEMA = "https://vega.github.io/schema/vega-lite/v6.json"
TEXT = "var(--ink)"
SOFT = "var(--soft)"
LINE = "var(--line)"
ACCENT = "var(--accent)"
_CONFIG: Spec = {
    "background": None,
    "font": "system-ui, sans-serif",
    "view": {"stroke": None},
    "axis": {
        "labelColor": SOFT, "titleColor": SOFT, "gridColor": LINE, "domainColor": LINE, "tickColor": LINE,
        "labelFontSize": 12, "titleFontSize": 12, "titleFontWeight": "normal", "labelLimit": 200,
    },
    "legend": {"labelColor": SOFT, "titleColor": SOFT, "labelFontSize": 12},
    "header": {"labelColor": SOFT},
    "text": {"color": TEXT, "fontSize": 12},
}  # fmt: skip

# Two families of colour mean one thing in all charts: what brings together, what drives apart.
TONE_COLOURS = {"near": ACCENT, "even": SOFT, "apart": "var(--alarm)"}
#: A text that can be read on lines and land: the style sheet paints its outline below it.
HALO: Spec = {"stroke": "var(--paper)", "strokeWidth": 3, "strokeJoin": "round", "aria": False}
QUAD_COLOURS = {
    "verbal cooperation": "var(--accent-soft)", "material cooperation": ACCENT,
    "verbal conflict": "var(--alarm-soft)", "material conflict": "var(--alarm)",
}  # fmt: skip


#: What each mark says and where it leads.
TOLD: Spec = {"href": {"field": "href"}, "description": {"field": "says"}, "tooltip": {"field": "says"}}


def figure(title: str, data: Spec | None, **parts: Any) -> Spec:
    """A chart with what all of them have; `title` is what it is called by those who do not see it."""
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
    return _drawn(json.dumps(_rooted(spec)), spec["description"])


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
def _drawn(spec: str, title: str) -> str:
    # Imported when a chart is drawn: it takes a moment and 80 MB of memory.
    import vl_convert

    drawn = vl_convert.vegalite_to_svg(spec).replace(f'xlink:href="{_HOST}/', 'href="/')
    label = escape(title, quote=True)
    # One name for the whole picture; what the marks are is said by each of them.
    start = drawn.index("<svg ") + len("<svg ")
    width, height = drawn[drawn.index("viewBox") :].split('"')[1].split()[2:]
    head = (
        f'<svg class="chart" role="group" aria-label="{label}" width="{width}" height="{height}" '
        f'viewBox="0 0 {width} {height}" xmlns="http://www.w3.org/2000/svg"'
    )
    return head + drawn[drawn.index(">", start) :]
