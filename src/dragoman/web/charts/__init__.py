"""Charts of Altair's, drawn to SVG on this side: they need no script, and each mark is a link to what it rests on.

Colours are the style sheet's own variables, so that a chart is dark where the page is. The functions give Vega-Lite
(a reader may take it for a figure of their own), `svg` draws it; the same chart is drawn once.
"""

from dragoman.web.charts.drawing import Spec, begin, svg
from dragoman.web.charts.months import over_time
from dragoman.web.charts.network import Link, network
from dragoman.web.charts.timeline import TONES, Mark, timeline
from dragoman.web.charts.world import world

__all__ = ["TONES", "Link", "Mark", "Spec", "begin", "network", "over_time", "svg", "timeline", "world"]
