"""From a recognised expression to its days: which function resolves which rule of the grammar."""

from __future__ import annotations

from collections.abc import Mapping

from dragoman.reading.when import dates, distances, phrases, relative, seasons
from dragoman.reading.when.context import Rule

RULES: Mapping[str, Rule] = {
    **dates.RULES,
    **relative.RULES,
    **distances.RULES,
    **seasons.RULES,
    **phrases.RULES,
}
