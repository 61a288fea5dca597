"""Charts as SVG, drawn on this side: they need no script, and each mark is a link to what it rests on.

Colours are the style sheet's own variables, so that a chart is dark where the page is. Each function takes plain values
and gives the picture as text to stand in a page.
"""

from dragoman.web.charts.months import Column, over_time
from dragoman.web.charts.network import Link, network
from dragoman.web.charts.timeline import TONES, Mark, timeline
from dragoman.web.charts.world import Point, world

__all__ = ["TONES", "Column", "Link", "Mark", "Point", "network", "over_time", "timeline", "world"]
