"""Time expressions as spans of days, and when each event happened."""

from dragoman.reading.when.anchoring import event_when
from dragoman.reading.when.expressions import TimeExpression, find_times

__all__ = ["TimeExpression", "event_when", "find_times"]
