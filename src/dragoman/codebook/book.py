"""The codebook as a whole, loaded once."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources.abc import Traversable
from pathlib import Path

from dragoman.codebook.cameo import CameoCode, load_codes
from dragoman.codebook.composition import Compositions, load_compositions
from dragoman.codebook.frames import Frame, load_frames
from dragoman.codebook.plover import Context, EventType, load_contexts, load_types
from dragoman.codebook.tables import DATA, read_table
from dragoman.errors import DataError


@dataclass(frozen=True, slots=True)
class ModeCue:
    """Words that tell the mode of a type when they stand in the clause of the event."""

    type: str
    mode: str
    words: frozenset[str]


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence of ours with the event that it states, to show what a type is."""

    type: str
    cameo: str
    text: str


@dataclass(frozen=True, slots=True)
class Codebook:
    """What can be coded and which words state it."""

    types: Mapping[str, EventType]
    contexts: Mapping[str, Context]
    codes: Mapping[str, CameoCode]
    frames: tuple[Frame, ...]
    by_head: Mapping[tuple[str, str], tuple[Frame, ...]]
    classes: Mapping[str, frozenset[str]]
    compositions: Compositions
    light_verbs: Mapping[str, Mapping[str, str]]
    mode_cues: tuple[ModeCue, ...]
    examples: tuple[Example, ...]
    vocabulary: frozenset[str]

    def frames_of(self, lemma: str, pos: str) -> tuple[Frame, ...]:
        """The frames whose phrase may be headed by this lemma, most specific first."""
        return self.by_head.get((lemma, pos), ())

    def senses(self, type_: str) -> tuple[Frame, ...]:
        """The frames that state an event of this type by themselves."""
        return tuple(frame for frame in self.frames if frame.code and self.codes[frame.code].type == type_)

    def is_in(self, lemma: str, value: str) -> bool:
        """Whether a lemma is `value`, or of the class where it is written `@class`."""
        return lemma in self.classes[value[1:]] if value.startswith("@") else lemma == value


def load_codebook(extra: Sequence[Path] = ()) -> Codebook:
    """The codebook that ships, with the frames of `extra` files before its own.

    Raises:
        DataError: a file is malformed; the message names file and line.
    """
    return _load(tuple(Path(path) for path in extra))


@cache
def _load(extra: tuple[Path, ...]) -> Codebook:
    types, contexts = load_types(), load_contexts()
    codes = load_codes(types, contexts)
    classes = _classes()
    compositions = load_compositions(codes, types)
    own: list[Path | Traversable] = sorted((DATA / "frames").iterdir(), key=lambda path: path.name)
    frames: list[Frame] = []
    for path in [*extra, *(path for path in own if path.name.endswith(".tsv"))]:
        frames += load_frames(path, codes, types, classes, compositions.operators)
    light_verbs = _light_verbs()
    return Codebook(
        types=types,
        contexts=contexts,
        codes=codes,
        frames=tuple(frames),
        by_head=_by_head(frames, frozenset(map(str, extra))),
        classes=classes,
        compositions=compositions,
        light_verbs=light_verbs,
        mode_cues=_mode_cues(types),
        examples=tuple(
            Example(row["type"], row["cameo"], row["text"])
            for row in read_table(DATA / "examples.tsv", ("type", "cameo", "text"))
        ),
        vocabulary=frozenset(word for frame in frames for word in frame.words)
        | frozenset(word for words in classes.values() for phrase in words for word in phrase.split())
        | frozenset(light_verbs),
    )


def heads_of(frame: Frame) -> tuple[str, ...]:
    """The words of a phrase that may be its head in the tree: the verb comes first, the noun last or before `of`."""
    if frame.pos == "n" and len(frame.words) > 1:
        for i, word in enumerate(frame.words):
            if word in {"of", "for", "on", "to", "against", "in"} and i:
                return (frame.words[i - 1],)
        return (frame.words[-1],)
    return (frame.words[0],)


def _by_head(frames: list[Frame], own: frozenset[str]) -> dict[tuple[str, str], tuple[Frame, ...]]:
    index: dict[tuple[str, str], list[Frame]] = defaultdict(list)
    for frame in frames:
        for head in heads_of(frame):
            index[head, frame.pos].append(frame)

    # The longest phrase wins; among those a user's own frames, then the most conditions, then what says that it is no
    # event on a condition, then the earlier line.
    def rank(frame: Frame) -> tuple[int, bool, int, bool]:
        excludes = frame.blocks and bool(frame.conditions)
        return -len(frame.words), frame.file not in own, -len(frame.conditions), not excludes

    return {key: tuple(sorted(found, key=rank)) for key, found in index.items()}


def _classes() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for row in read_table(DATA / "classes.tsv", ("class", "lemmas")):
        for word in row["lemmas"].split(","):
            name = word.strip()
            # A class may include another one, if that stands above it.
            found[row["class"]] |= found[name[1:]] if name.startswith("@") else {name}
    return {name: frozenset(words) for name, words in found.items()}


def _light_verbs() -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for row in read_table(DATA / "light_verbs.tsv", ("kind", "lemmas")):
        if row["kind"] not in LIGHT_KINDS:
            raise DataError(f"{row.file}, line {row.line}: {row['kind']!r} is none of {', '.join(LIGHT_KINDS)}")
        for word in row["lemmas"].split(","):
            found[word.strip()][row["kind"]] = word.strip()
    return {lemma: dict(kinds) for lemma, kinds in found.items()}


# do: the subject does it (hold talks). get: the subject has it done to it (face an attack). happen: it happens (talks
# took place).
LIGHT_KINDS = ("do", "get", "happen")


def _mode_cues(types: Mapping[str, EventType]) -> tuple[ModeCue, ...]:
    cues = []
    for row in read_table(DATA / "modes.tsv", ("type", "mode", "words")):
        if row["type"] not in types or types[row["type"]].mode(row["mode"]) is None:
            raise row.fault(f"{row['type']} has no mode {row['mode']!r}")
        cues.append(ModeCue(row["type"], row["mode"], frozenset(w.strip() for w in row["words"].split(","))))
    return tuple(cues)
