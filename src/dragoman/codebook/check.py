"""What does not fit together in the frames: senses that contradict each other, senses told twice.

What makes a file of frames unusable is refused when it is read (`DataError`); this looks at what can be read.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from dragoman.codebook.book import Codebook
from dragoman.codebook.frames import Frame

FindingKind = Literal["contradiction", "double"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that does not fit, the line where it stands and what it is."""

    kind: FindingKind
    where: str
    message: str


def check(book: Codebook, files: frozenset[str] | None = None) -> tuple[Finding, ...]:
    """All findings, in the order in which frames are tried.

    - *contradiction*: the very same words under the very same conditions state two things; the earlier line wins,
      and nobody may have meant that. (A frame of your own that is meant to win over one that ships is none.)
    - *double*: a line says what an earlier one says.

    Args:
        book: the codebook.
        files: look only at frames of these files, as `Frame.file` names them; all where it is None.
    """
    return tuple(finding for frames in book.by_head.values() for finding in _of_one_word(frames, files))


def _of_one_word(frames: tuple[Frame, ...], files: frozenset[str] | None) -> Iterator[Finding]:
    seen: dict[tuple[str, ...], Frame] = {}
    for frame in frames:
        earlier = seen.setdefault((frame.lemma, *sorted(map(str, frame.conditions))), frame)
        if earlier is frame or (files is not None and frame.file not in files):
            continue
        if (earlier.code, earlier.operator) == (frame.code, frame.operator):
            if _slots(earlier) == _slots(frame):
                yield Finding("double", frame.source, f"“{frame.lemma}” stands in {earlier.source} already")
        elif earlier.operator is None:
            # One with an operator hands on what it cannot take up, so that the next line may still speak.
            yield Finding(
                "contradiction",
                frame.source,
                f"“{frame.lemma}” is {_meaning(frame)} here and {_meaning(earlier)} in {earlier.source}, which wins",
            )


def _slots(frame: Frame) -> tuple[object, ...]:
    return frame.actor, frame.recipient, frame.theme, frame.mode


def _meaning(frame: Frame) -> str:
    if frame.blocks:
        return "no event"
    return f"{frame.operator}:{frame.code or '-'}" if frame.operator else str(frame.code)
