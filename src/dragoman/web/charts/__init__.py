"""Charts as Vega-Lite, drawn to SVG on this side: they need no script, and each mark is a link to what it rests on.

Colours are the style sheet's own variables, so that a chart is dark where the page is. `spec` functions give plain
Vega-Lite (a reader may take it for a figure of their own), `svg` draws it; the same spec is drawn once.
"""

from dragoman.web.charts.drawing import Spec, svg
from dragoman.web.charts.months import over_time
from dragoman.web.charts.network import Link, network
from dragoman.web.charts.timeline import TONES, Mark, timeline
from dragoman.web.charts.world import world

__all__ = ["TONES", "Link", "Mark", "Spec", "network", "over_time", "svg", "timeline", "world"]
