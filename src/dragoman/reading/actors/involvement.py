"""Whom the language model takes for somebody who acts in an event, or suffers one, whatever noun he is called by."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from spacy.tokens import Doc

# How sure the language model must be that somebody takes part in an event for him to be somebody.
INVOLVED = 0.6
# How likely a word must be to state an event for its participants to count.
_STATED = 0.5
# How likely somebody must be to take part in one for the others to be told apart from him.
_TAKING_PART = 0.5


class Involvement:
    """The probability of each token of one Doc to name who acts in an event, and to whom one is done.

    Another pipeline does not tell; there they are nought.
    """

    def __init__(self, doc: Doc) -> None:
        told = doc.has_extension("events") and doc._.events is not None
        events: np.ndarray | None = doc._.events if told else None
        participants: Mapping[int, Mapping[int, tuple[float, float]]] = (doc._.participants or {}) if told else {}
        self._acting: dict[int, float] = {}
        self._suffering: dict[int, float] = {}
        self._doers: dict[int, set[int]] = {}
        for word, parts in participants.items():
            if events is not None and 1 - float(events[word, 0]) >= _STATED:
                for token, (acting, suffering) in parts.items():
                    self._acting[token] = max(acting, self._acting.get(token, 0.0))
                    self._suffering[token] = max(suffering, self._suffering.get(token, 0.0))
                    if suffering >= _TAKING_PART:
                        doers = (other for other, (acts, _) in parts.items() if acts >= _TAKING_PART)
                        self._doers.setdefault(token, set()).update(doers)

    def acting(self, i: int) -> float:
        """How likely the token names who acts in some event."""
        return self._acting.get(i, 0.0)

    def suffering(self, i: int) -> float:
        """How likely the token names to whom some event is done."""
        return self._suffering.get(i, 0.0)

    def doers(self, i: int) -> frozenset[int]:
        """The tokens that name who does what is done to the one whom this token names."""
        return frozenset(self._doers.get(i, ()))
