"""Events over time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from dragoman.web.charts.drawing import QUAD_COLOURS, TOLD, WIDE, Spec, figure

_KEY: Spec = {"orient": "top", "symbolType": "square", "columnPadding": 28}


def over_time(rows: Iterable[Mapping[str, Any]], period: str, title: str) -> Spec:
    """Events in time as stacked bars: rows with the `period` as an ISO day, `quad`, `n`, `href` and `says`."""
    encoding: Spec = {
        "x": {"field": period, "type": "temporal", "timeUnit": f"utc{'year' if period == 'year' else 'yearmonth'}",
              "title": None, "axis": {"grid": False, "tickCount": 8}},
        "y": {"field": "n", "type": "quantitative", "title": "events", "axis": {"tickCount": 4, "domain": False}},
        **TOLD,
    }  # fmt: skip
    encoding["fill"] = {
        "field": "quad", "type": "nominal", "title": None, "legend": _KEY,
        "scale": {"domain": list(QUAD_COLOURS), "range": list(QUAD_COLOURS.values())},
    }  # fmt: skip
    return figure(title, {"values": list(rows)}, width=WIDE, height=220, mark={"type": "bar"}, encoding=encoding)
