"""So long before or after something else: "recalled its envoy a day after rebels had stormed Asmara on 24 May"."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Token

from dragoman.reading.when.days import DAYS, MONTHS, shifted
from dragoman.reading.when.expressions import TimeExpression
from dragoman.reading.when.lasting import count_of
from dragoman.records import When

_FINE = frozenset({"hour", "minute"})
_SIDES = {"after": 1, "following": 1, "before": -1}


def aside(token: Token, owned: Sequence[tuple[TimeExpression, list[Token]]]) -> When | None:
    """The days of an event that is told by its distance from another one, whose own days the sentence tells.

    Args:
        token: the word that states the event; what it has of its own comes first.
        owned: the dated expressions of its sentence, each with the words that it modifies, nearest first.
    """
    if any(line and line[0].i == token.i for _, line in owned):
        return None
    for other in token.children:
        side = next((c for c in other.children if c.dep_ in ("mark", "case") and c.lower_ in _SIDES), None)
        if side is None or side.i == 0 or other.dep_ not in ("advcl", "obl"):
            continue
        unit = token.doc[side.i - 1]
        name, count = unit.lemma_.lower(), count_of(unit)
        if name in _FINE:
            name, count = "day", 0  # "hours after": the same day
        record = next((time.record for time, line in owned if line and line[0].i == other.i), None)
        if count is None or record is None or record.earliest is None or record.latest is None:
            continue
        if name in {*DAYS, *MONTHS}:
            first, last = (shifted(day, _SIDES[side.lower_] * count, name) for day in (record.earliest, record.latest))
            text = token.doc[unit.left_edge.i : side.i + 1].text
            return When(first, last, text, "stated")
    return None
