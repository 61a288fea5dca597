"""Dispatches with roles: short texts of ours in which every actor has its role and every step its kind.

Files of them hold blocks of lines: `## id`, `date:`, `style:`, then the text, in which `[P1 words]` is a side of the
conflict (one number a body), `[PP words]` the sides together, `[M1 words]` who mediates, `[O words]` any other actor,
and `{kind|words}` or `{kind:status|words}` states a step. Where nobody mediates all are `O`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path

_MARK = re.compile(r"\[(\w+) ([^\]]*)\]|\{(\w+)(?::(\w+))?\|([^}]*)\}")


@dataclass(frozen=True, slots=True)
class Marked:
    """A stretch of a text, in characters, and what is marked of it.

    Attributes:
        label: `P1`, `PP`, `M1`, `O` of an actor, the kind of a step.
        status: of a step; None of an actor.
    """

    start: int
    end: int
    label: str
    status: str | None = None


@dataclass(frozen=True, slots=True)
class Dispatch:
    """A text without its marks, and the marks by their place in it."""

    id: str
    published: date
    style: str
    text: str
    actors: tuple[Marked, ...]
    steps: tuple[Marked, ...]


def read_dispatches(path: Path) -> list[Dispatch]:
    """The dispatches of a file.

    Raises:
        ValueError: a block lacks its head; the message names file and block.
    """
    blocks = re.split(r"\n\s*\n", path.read_text(encoding="utf-8").strip())
    return [_dispatch(block.strip().split("\n"), path) for block in blocks]


def _dispatch(lines: list[str], path: Path) -> Dispatch:
    head = re.fullmatch(r"## (\S+)\ndate: (\S+)\nstyle: ([\w ]+)", "\n".join(line.strip() for line in lines[:3]))
    if head is None:
        raise ValueError(f"{path}: the block {lines[0]!r} does not begin with id, date and style")
    raw, text, at = "\n\n".join(lines[3:]), "", 0
    actors, steps = [], []
    for mark in _MARK.finditer(raw):
        text += raw[at : mark.start()]
        at, words = mark.end(), mark[2] if mark[1] else mark[5]
        if mark[1]:
            actors.append(Marked(len(text), len(text) + len(words), mark[1]))
        else:
            steps.append(Marked(len(text), len(text) + len(words), mark[3], mark[4] or "actual"))
        text += words
    return Dispatch(head[1], date.fromisoformat(head[2]), head[3], text + raw[at:], tuple(actors), tuple(steps))
