"""A chart of Altair's as Vega-Lite, and drawn to SVG: what is the same for all of them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from functools import lru_cache
from html import escape
from typing import Any

import altair as alt
from altair.utils.schemapi import debug_mode

Spec = dict[str, Any]
Row = Mapping[str, Any]

WIDE = 1100
TEXT = "var(--ink)"
SOFT = "var(--soft)"
LINE = "var(--line)"
ACCENT = "var(--accent)"
# Measuring texts is what drawing costs, and to find a font by its kind half of that. Liberation Sans comes with what
# draws; the style sheet gives the page's own. Without limits a label is measured once, not three times.
_FONT = "Liberation Sans"
_CONFIG: Spec = {
    "background": "transparent",
    "font": _FONT,
    "view": {"stroke": None},
    "axis": {
        "labelColor": SOFT, "titleColor": SOFT, "gridColor": LINE, "domainColor": LINE, "tickColor": LINE,
        "labelFontSize": 12, "titleFontSize": 12, "titleFontWeight": "normal", "labelLimit": 0, "titleLimit": 0,
    },
    "legend": {"labelColor": SOFT, "titleColor": SOFT, "labelFontSize": 12, "labelLimit": 0},
    "header": {"labelColor": SOFT},
    "text": {"color": TEXT, "fontSize": 12},
}  # fmt: skip

# Two families of colour mean one thing in all charts: what brings together, what drives apart.
TONE_COLOURS = {"near": ACCENT, "even": SOFT, "apart": "var(--alarm)"}
#: A text that can be read on lines and land: the style sheet paints its outline below it.
HALO: dict[str, Any] = {"stroke": "var(--paper)", "strokeWidth": 3, "strokeJoin": "round", "aria": False}
QUAD_COLOURS = {
    "verbal cooperation": "var(--accent-soft)", "material cooperation": ACCENT,
    "verbal conflict": "var(--alarm-soft)", "material conflict": "var(--alarm)",
}  # fmt: skip


#: Around what makes a chart: Altair would hold each of its parts against the schema of Vega-Lite, which takes longer
#: than to draw it. The tests do that.
unchecked = debug_mode(False)


def told() -> dict[str, Any]:
    """The channels of a mark that say what it is and where it leads: its row's `says` and `href`."""
    return {"href": alt.Href("href:N"), "description": alt.Description("says:N"), "tooltip": alt.Tooltip("says:N")}


def figure(chart: Spec, title: str, **datasets: Iterable[Row]) -> Spec:
    """A chart of Altair's with what all of them have, and with its rows.

    Args:
        title: what it is called by those who do not see it.
        datasets: the rows of each `alt.NamedData` of the chart; given here, since Altair copies what it is given.
    """
    return chart | {
        "description": title,
        "padding": {"left": 16, "top": 6, "right": 10, "bottom": 6},
        "config": _CONFIG,
        "datasets": {name: [dict(row) for row in rows] for name, rows in datasets.items()},
    }


def svg(spec: Spec) -> str:
    """The chart as SVG to stand in a page: labelled, scaled to its column, without styles of its own."""
    return _drawn(json.dumps(spec), spec["description"])


def begin(spec: Spec) -> Future[str]:
    """What `svg` gives, drawn while the archive is asked something else."""
    return _PEN.submit(svg, spec)


# What draws does one chart at a time.
_PEN = ThreadPoolExecutor(1, "charts")


@lru_cache(maxsize=512)
def _drawn(text: str, title: str) -> str:
    # Imported when a chart is drawn: it takes a moment and 80 MB of memory.
    import vl_convert

    spec: Spec = json.loads(text)
    datasets = spec.pop("datasets")
    marks = _numbered(datasets)
    vega = json.loads(_compiled(json.dumps(_bare(spec))))
    for data in vega["data"]:
        if data["name"] in datasets:
            data["values"] = datasets[data["name"]]
    drawn = _linked(vl_convert.vega_to_svg(vega), marks)
    label = escape(title, quote=True)
    # One name for the whole picture; what the marks are is said by each of them.
    start = drawn.index("<svg ") + len("<svg ")
    width, height = drawn[drawn.index("viewBox") :].split('"')[1].split()[2:]
    head = (
        f'<svg class="chart" role="group" aria-label="{label}" width="{width}" height="{height}" '
        f'viewBox="0 0 {width} {height}" xmlns="http://www.w3.org/2000/svg"'
    )
    return head + drawn[drawn.index(">", start) :]


@lru_cache(maxsize=512)
def _compiled(spec: str) -> str:
    """The Vega of a chart without its rows; rows would be copied, charts of one kind differ in little else."""
    import vl_convert

    return json.dumps(vl_convert.vegalite_to_vega(spec))


# What draws looks at every address as if it would go there, which takes as long as all the rest. So marks are drawn
# with a number for what they say, and get words and address when they are drawn.
_MARK = re.compile(r'<(\w+) aria-label="mark (\d+)"([^>]*?)(?:/>|></\1>)')


def _numbered(datasets: Mapping[str, list[dict[str, Any]]]) -> list[Row]:
    """Put numbers in the place of what marks say, and give what they say and lead to by number."""
    marks: list[Row] = []
    for rows in datasets.values():
        for row in rows:
            if "says" in row:
                marks.append(dict(row))
                row["says"] = f"mark {len(marks) - 1}"
    return marks


def _bare(spec: Spec) -> Spec:
    """Without what the page gives itself: addresses, and the key of the colours."""
    for part in (spec, *spec.get("layer", ())):
        encoding = part.get("encoding", {})
        for channel in ("href", "tooltip"):
            encoding.pop(channel, None)
        if "fill" in encoding:
            encoding["fill"]["legend"] = None
    return spec


def _linked(drawn: str, marks: list[Row]) -> str:
    def mark(found: re.Match[str]) -> str:
        row = marks[int(found[2])]
        shape = f'<{found[1]} aria-label="{escape(row["says"], quote=True)}"{found[3]}/>'
        return f'<a href="{escape(row["href"], quote=True)}">{shape}</a>' if row.get("href") else shape

    return _MARK.sub(mark, drawn)
