"""What the coder of relations learns from: sentences with two actors marked, and copies of them."""

from __future__ import annotations

import csv
import random
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path

from benchmarks.marked import Dispatch, Stretch

TYPES = (
    "ACCUSE", "AGREE", "AID", "ASSAULT", "COERCE", "CONSULT", "COOPERATE", "MOBILIZE", "PROTEST", "REJECT", "REQUEST",
    "SANCTION", "SUPPORT", "THREATEN", "YIELD",
)  # fmt: skip
NONE = len(TYPES)  # no event from the first to the second
SYMMETRIC = frozenset({"CONSULT", "COOPERATE", "AGREE", "SUPPORT"})
OWN = Path(__file__).parent / "data" / "relations.tsv"
SOURCE, TARGET = 1, 2
MOST_WORDS = 110
_TOKEN = re.compile(r"</?[st]>|\w+|[^\w\s]")


@dataclass(frozen=True)
class Example:
    """A sentence as words, a mark a word (0, SOURCE, TARGET), and what is known of it."""

    words: tuple[str, ...]
    marks: tuple[int, ...]
    type: int | None = None
    penta: int | None = None
    spans: tuple[int, ...] | None = None  # a tag a word, the targets of a tagger
    weight: float = 1.0


def marked(sentence: str, **known: object) -> Example:
    """An example of a sentence with <s>…</s> and <t>…</t>."""
    words, marks, mark = [], [], 0
    for token in _TOKEN.findall(sentence):
        if token in ("<s>", "<t>"):
            mark = SOURCE if token == "<s>" else TARGET
        elif token in ("</s>", "</t>"):
            mark = 0
        else:
            words.append(token)
            marks.append(mark)
    return _short(Example(tuple(words), tuple(marks), **known))  # type: ignore[arg-type]


def _short(example: Example) -> Example:
    """At most MOST_WORDS words, those around the two actors."""
    if len(example.words) <= MOST_WORDS:
        return example
    named = [i for i, mark in enumerate(example.marks) if mark]
    start = max(0, min(named[0] - 20, len(example.words) - MOST_WORDS)) if named else 0
    window = slice(start, start + MOST_WORDS)
    spans = example.spans[window] if example.spans else None
    return replace(example, words=example.words[window], marks=example.marks[window], spans=spans)


def read_pairs(path: Path) -> list[Example]:
    with path.open(encoding="utf-8") as lines:
        rows = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
        return [
            marked(row["marked_sentence"], type=TYPES.index(row["gold_root"]), penta=int(row["gold_penta"]))
            for row in rows
        ]


def read_own(path: Path = OWN) -> list[Example]:
    """The sentences we wrote, or those of reviews (`/reviews.tsv`): a type, or NONE, and a marked sentence a line."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return [
        marked(sentence, type=(*TYPES, "NONE").index(kind))
        for kind, sentence in (line.split("\t") for line in lines if line)
    ]


def read_classes(path: Path) -> list[Example]:
    with path.open(encoding="utf-8") as lines:
        rows = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
        return [marked(row["sentence"], penta=int(row["pentaclass"])) for row in rows]


def read_spans(path: Path) -> list[Example]:
    """Sentences with source and target spans as tags; 0 outside, 1 source, 2 target."""
    found, words, tags = [], [], []
    for line in [*path.read_text(encoding="utf-8").splitlines(), ""]:
        parts = line.split()
        if len(parts) >= 2:
            pieces = _TOKEN.findall(parts[0])
            words += pieces
            tags += [{"S": SOURCE, "T": TARGET}.get(parts[-1][-1], 0) if parts[-1] != "O" else 0] * len(pieces)
        elif words:
            found.append(_short(Example(tuple(words), (0,) * len(words), spans=tuple(tags))))
            words, tags = [], []
    return found


def told(dispatch: Dispatch) -> Iterator[Example]:
    """Pairs of actors in the sentences of a dispatch, for a teacher to say what is between them.

    Who does it and to whom, of every event that has both in its sentence; and actors that stand next to each other.
    """
    sentences = [match.span() for match in _SENTENCE.finditer(dispatch.text)]
    pairs = [
        (source, target)
        for event in dispatch.events or ()
        for source in event.sources[:1]
        for target in event.targets[:1]
    ]
    stretches = sorted((actor.start, actor.end) for actor in dispatch.actors)
    pairs += pairwise(stretches)
    seen = set()
    for source, target in pairs:
        first, last = sorted((source, target))
        around = next((s for s in sentences if s[0] <= first[0] and last[1] <= s[1]), None)
        if around is not None and first[1] <= last[0] and (source, target) not in seen:
            seen.add((source, target))
            yield _between(dispatch.text, around, source, target)


# To the end of the line or to a stop before a blank and a capital; quotation marks may close in between.
_SENTENCE = re.compile(r"[^\n]+?(?:[.!?][\"”’']?(?= [“‘\"]?[A-Z])|(?=\n)|$)")


def _between(text: str, around: Stretch, source: Stretch, target: Stretch) -> Example:
    words, marks = [], []
    for token in _TOKEN.finditer(text, *around):
        words.append(token.group())
        inside = [mark for mark, each in ((SOURCE, source), (TARGET, target)) if each[0] <= token.start() < each[1]]
        marks.append(inside[0] if inside else 0)
    return _short(Example(tuple(words), tuple(marks)))


def statements(classes: Iterable[Example], tagged: Iterable[Example]) -> list[Example]:
    """Sentences of the class of mere statements whose source and target are known: no event between the two."""
    plain = {"".join(example.words) for example in classes if example.penta == 0}
    return [
        replace(example, marks=tuple(example.spans or ()), type=NONE, spans=None)
        for example in tagged
        if "".join(example.words) in plain and SOURCE in (example.spans or ())
    ]


def swapped(example: Example, actors: list[tuple[str, ...]], rng: random.Random) -> Example:
    """The example with other actors: what happens between two does not depend on who they are."""
    words: list[str] = []
    marks: list[int] = []
    change = {SOURCE: rng.random() < 0.5, TARGET: rng.random() < 0.5}
    i = 0
    while i < len(example.words):
        mark, end = example.marks[i], i + 1
        while end < len(example.words) and example.marks[end] == mark:
            end += 1
        chosen = rng.choice(actors) if mark and change[mark] else example.words[i:end]
        words += chosen
        marks += [mark] * len(chosen)
        i = end
    return _short(replace(example, words=tuple(words), marks=tuple(marks), spans=None))


# What joins two sentences of news into one.
_JOINTS = (", while", ", as", ", and", ";", ", a day after", ". Meanwhile,", " –", ", but", ", hours before")


def joined(example: Example, other: Example, rng: random.Random, *, across: bool = False) -> Example:
    """The example in one sentence with another, whose event is none of the pair's business.

    Args:
        across: mark the source of the one and the target of the other: no event between them.
    """
    if other is example:
        return example
    first, second = (example, other) if rng.random() < 0.6 else (other, example)
    joint = tuple(_TOKEN.findall(rng.choice(_JOINTS)))
    head = len(first.words) - (first.words[-1] in {".", "!", "?"})
    kept = {id(example): {SOURCE, *(() if across else (TARGET,))}, id(other): {TARGET} if across else set()}
    marks = [mark if mark in kept[id(part)] else 0 for part in (first, second) for mark in part.marks]
    words = (*first.words[:head], *joint, *second.words)
    marks = [*marks[:head], *([0] * len(joint)), *marks[len(first.words) :]]
    known = {"type": NONE, "weight": 0.5 * example.weight} if across else {}
    return _short(replace(example, words=words, marks=tuple(marks), penta=None, spans=None, **known))


def turned(example: Example) -> Example:
    """The example seen from its target: no event of that direction."""
    flip = {SOURCE: TARGET, TARGET: SOURCE, 0: 0}
    return replace(example, marks=tuple(flip[mark] for mark in example.marks), type=NONE, weight=0.5)


def actors_of(examples: Iterable[Example]) -> list[tuple[str, ...]]:
    found = set()
    for example in examples:
        for mark in (SOURCE, TARGET):
            words = tuple(w for w, m in zip(example.words, example.marks, strict=True) if m == mark)
            if 0 < len(words) <= 6:
                found.add(words)
    return sorted(found)
