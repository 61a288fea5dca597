"""Where a mediation stands, told from its steps: who talked, agreed, broke off, offered, said yes and said no."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from dragoman.mediation import FileStep, MediationFile
from dragoman.web.contexts import Standing
from dragoman.web.library import Shelf
from dragoman.web.views.parts import all_told, last_day

# What each row is called, which kinds of steps it holds, and how many of them, the latest first.
_ROWS = (
    ("Last talks", ("talks",), 1),
    ("Agreed", ("agreement",), 2),
    ("Broke off", ("breakdown",), 1),
    ("Offered", ("offer", "proposal"), 3),
    ("Said yes", ("acceptance",), 2),
    ("Said no", ("refusal",), 3),
)
_TURNS = frozenset(kind for _, kinds, _ in _ROWS for kind in kinds)
_HAPPENED = ("actual", "historical")


def standing(file: MediationFile, shelf: Shelf, as_of: date | None) -> tuple[Standing, ...]:
    """What a reader asks first, each with the latest steps that answer it; nothing planned, supposed or denied."""
    found = []
    for label, kinds, most in _ROWS:
        held = [item for item in file.steps if item.step.kind in kinds and item.step.status in _HAPPENED]
        held.sort(key=last_day, reverse=True)
        if held:
            found.append(Standing(label, tuple(all_told(file, held[:most], shelf, as_of)), max(0, len(held) - most)))
    return tuple(found)


def last_turn(steps: Sequence[FileStep]) -> FileStep | None:
    """The latest step that moved the mediation itself: outsiders who praise or blame do not."""
    turns = (item for item in steps if item.step.kind in _TURNS and item.step.status in _HAPPENED)
    return max(turns, key=last_day, default=None)
