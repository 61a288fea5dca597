"""The codebook."""

from __future__ import annotations

from dataclasses import dataclass

from dragoman.codebook import CameoCode, EventType
from dragoman.presentation.wording import Names
from dragoman.web.contexts.events import EventRow


@dataclass(frozen=True, slots=True)
class CodebookPage:
    """`/codebook`."""

    types: tuple[tuple[EventType, int], ...]


@dataclass(frozen=True, slots=True)
class TypePage:
    """`/codebook/{type}`."""

    type: EventType
    codes: tuple[CameoCode, ...]
    frames: int
    words: tuple[str, ...]
    examples: tuple[str, ...]
    live: tuple[tuple[EventRow, str], ...]
    n: int
    names: Names
