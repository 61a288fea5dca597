"""Dispatches with roles: short texts of ours in which every actor has its role and every step its kind.

Files of them hold blocks of lines: `## id`, `date:`, `style:`, then the text, in which `[P1 words]` is a side of the
conflict (one number a body), `[PP words]` the sides together, `[M1 words]` who mediates, `[O words]` any other actor,
and `{kind|words}` or `{kind:status|words}` states a step. Where nobody mediates all are `O`.

Beside a file may lie another of the same name that ends in `.events`: under each `## id` a line an event,
`TYPE:status | trigger | sources | targets | on whose word`, in words of the text; `words#2` is where they stand for the
second time, `-` is nobody, `actual` is left out, and several are parted by ` / `. And one that ends in `.links`: under
each `## id` a line a referent that some pronoun means, all that names it in the order of the text, parted by ` = `.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

# What may stand in a link for those whom its other words name.
PRONOUNS = frozenset("he him his himself she her hers herself it its itself they them their theirs themselves".split())
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


Stretch = tuple[int, int]


@dataclass(frozen=True, slots=True)
class MarkedEvent:
    """An event with the stretches of text, in characters, that state it and that name who takes part."""

    type: str
    status: str
    trigger: Stretch
    sources: tuple[Stretch, ...]
    targets: tuple[Stretch, ...]
    speakers: tuple[Stretch, ...]


@dataclass(frozen=True, slots=True)
class Dispatch:
    """A text without its marks, and the marks by their place in it.

    Attributes:
        events: None where nobody has marked any.
        links: the stretches that name one referent; None where nobody has said what pronouns mean.
    """

    id: str
    published: date
    style: str
    text: str
    actors: tuple[Marked, ...]
    steps: tuple[Marked, ...]
    events: tuple[MarkedEvent, ...] | None = None
    links: tuple[tuple[Stretch, ...], ...] | None = None


def read_dispatches(path: Path) -> list[Dispatch]:
    """The dispatches of a file, with their events and links where files of these lie beside it.

    Raises:
        ValueError: a block lacks its head, or an event or link is not as it should be; the message says where.
    """
    blocks = re.split(r"\n\s*\n", path.read_text(encoding="utf-8").strip())
    dispatches = [_dispatch(block.strip().split("\n"), path) for block in blocks]
    events, links = (_lines(path.with_suffix(suffix)) for suffix in (".events", ".links"))
    return [
        replace(
            each,
            events=tuple(_event(line, each.text, place) for place, line in events[each.id])
            if each.id in events
            else None,
            links=tuple(_link(line, each.text, place) for place, line in links[each.id]) if each.id in links else None,
        )
        for each in dispatches
    ]


def _lines(path: Path) -> dict[str, list[tuple[str, str]]]:
    """By dispatch, its lines with the place of each; none where there is no such file."""
    found: dict[str, list[tuple[str, str]]] = {}
    if not path.exists():
        return found
    here: list[tuple[str, str]] = []
    for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), 1):
        if line.startswith("## "):
            here = found[line[3:].strip()] = []
        elif line.strip():
            here.append((f"{path}:{number}", line))
    return found


def _event(line: str, text: str, place: str) -> MarkedEvent:
    fields = [field.strip() for field in line.split(" | ")]
    if len(fields) != 5:
        raise ValueError(f"{place}: an event has five fields, not {len(fields)}: {line!r}")
    type_, _, status = fields[0].partition(":")
    trigger, sources, targets, speakers = (
        tuple(_stretch(words, text, place) for words in field.split(" / ") if words != "-") for field in fields[1:]
    )
    return MarkedEvent(type_, status or "actual", trigger[0], sources, targets, speakers)


def _link(line: str, text: str, place: str) -> tuple[Stretch, ...]:
    stretches = tuple(_stretch(words.strip(), text, place) for words in line.split(" = "))
    if len(stretches) < 2:
        raise ValueError(f"{place}: a link joins two or more: {line!r}")
    return stretches


def _stretch(words: str, text: str, place: str) -> Stretch:
    words, number = re.fullmatch(r"(.*?)(?:#(\d+))?", words, re.DOTALL).groups()  # type: ignore[union-attr]
    found = [*re.finditer(rf"(?<!\w){re.escape(words)}(?!\w)", text)]
    which = int(number or 1)
    if len(found) < which:
        raise ValueError(f"{place}: {words!r} does not stand {which} times in the text")
    return found[which - 1].span()


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
