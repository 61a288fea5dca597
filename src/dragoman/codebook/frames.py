"""Frames: which words state which act, who fills which role, and on what the code depends.

A frame is one line of a table (see `data/frames/`), so that it can be edited in any spreadsheet:

    lemma   pos  code     mode  actor  recipient  theme  if                 note
    reject  v    refuse:120                                                 takes up the inner event: reject talks → 125
    meet    v    040            subj+with+obj  -          with|obj=#actor

`lemma` may be a phrase ("call for", "come under fire", "hunger strike") or several that share the rest of the line,
separated by commas; `pos` is v, n or a. `code` is a CAMEO code, `none` (looks like an event, is none), or an
operator with a fallback, `refuse:120`: the operator is applied to the event that the theme states
(`compositions.tsv`), and where it states none the fallback counts (`-` for nothing). `actor`, `recipient` and
`theme` name slots: `subj`, `obj`, `iobj`, `comp`, `poss`, `mod`, or any preposition; `a>b` takes the first that is
filled, `a+b` all of them, `-` none. `if` holds conditions, separated by `;`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib.resources.abc import Traversable
from pathlib import Path

from dragoman.codebook.cameo import CameoCode
from dragoman.codebook.plover import EventType
from dragoman.codebook.tables import Row, read_table

COLUMNS = ("lemma", "pos", "code", "mode", "actor", "recipient", "theme", "if", "note")
POS = ("v", "n", "a")

# A path of slots: alternatives, each a union. (("subj", "with"),) takes both; (("obj",), ("on",)) the first filled.
Path_ = tuple[tuple[str, ...], ...]

_DEFAULTS: dict[str, dict[str, str]] = {
    "v": {"actor": "subj", "recipient": "obj>iobj>to>against>on>with>from>at", "theme": "comp>obj"},
    "n": {
        "actor": "light>by>poss>mod",
        "recipient": "against>on>upon>to>with>of>at>in>into",
        "theme": "comp>of>on>for",
    },
    "a": {"actor": "subj", "recipient": "to>of>with>on>by", "theme": "comp>to>for"},
}


@dataclass(frozen=True, slots=True)
class Condition:
    """A test on what fills one of `slots`: `values` are lemmas, `@classes` and `#kinds`; none: that it is filled."""

    slots: tuple[str, ...]
    values: tuple[str, ...]
    negated: bool

    def __str__(self) -> str:
        if not self.values:
            return ("!" if self.negated else "") + "|".join(self.slots)
        return "|".join(self.slots) + ("!=" if self.negated else "=") + "|".join(self.values)


@dataclass(frozen=True, slots=True)
class Frame:
    """One sense of one predicate."""

    lemma: str
    words: tuple[str, ...]
    pos: str
    code: str | None
    operator: str | None
    mode: str | None
    actor: Path_
    recipient: Path_
    theme: Path_
    conditions: tuple[Condition, ...]
    note: str
    file: str
    line: int

    @property
    def blocks(self) -> bool:
        """Whether the frame says that these words state no event."""
        return self.code is None and self.operator is None

    @property
    def symmetric(self) -> bool:
        """Whether all who take part are actors."""
        return not self.recipient and any(len(union) > 1 for union in self.actor)

    @property
    def judges(self) -> bool:
        """Whether who acts is who says it: "the plan is unacceptable, he said"."""
        return self.actor == (("speaker",),)

    @property
    def slots(self) -> frozenset[str]:
        """Every slot that a role or a condition names."""
        paths = (*self.actor, *self.recipient, *self.theme)
        return frozenset(slot for union in paths for slot in union) | frozenset(
            slot for condition in self.conditions for slot in condition.slots
        )

    @property
    def source(self) -> str:
        """Where it is written: file and line."""
        return f"{self.file}:{self.line}"


def load_frames(
    path: Path | Traversable,
    codes: Mapping[str, CameoCode],
    types: Mapping[str, EventType],
    classes: Mapping[str, frozenset[str]],
    operators: Iterable[str],
) -> list[Frame]:
    """Read one table of frames.

    Raises:
        DataError: a line has an unknown part of speech, code, operator, mode or word class, or a malformed condition.
    """
    known = frozenset(operators)
    return [
        _frame(row, lemma.strip(), codes, types, classes, known)
        for row in read_table(path, COLUMNS)
        for lemma in row["lemma"].split(",")
    ]


def _frame(
    row: Row,
    lemma: str,
    codes: Mapping[str, CameoCode],
    types: Mapping[str, EventType],
    classes: Mapping[str, frozenset[str]],
    operators: frozenset[str],
) -> Frame:
    words = tuple(lemma.lower().split())
    if not words:
        raise row.fault("the lemma is missing")
    pos = row["pos"]
    if pos not in POS:
        raise row.fault(f"the part of speech must be one of {', '.join(POS)}, not {pos!r}")
    operator, code = _code(row, codes, operators)
    mode = row["mode"] or None
    if mode and code and (type_ := codes[code].type) and types[type_].mode(mode) is None:
        raise row.fault(f"{type_} has no mode {mode!r}")
    defaults = _DEFAULTS[pos]
    return Frame(
        lemma=" ".join(words),
        words=words,
        pos=pos,
        code=code,
        operator=operator,
        mode=mode,
        actor=_path(row["actor"] or defaults["actor"]),
        recipient=_path(row["recipient"] or defaults["recipient"]),
        theme=_path(row["theme"] or defaults["theme"]),
        conditions=tuple(_condition(row, part.strip(), classes) for part in row["if"].split(";") if part.strip()),
        note=row["note"],
        file=row.file,
        line=row.line,
    )


def _code(row: Row, codes: Mapping[str, CameoCode], operators: frozenset[str]) -> tuple[str | None, str | None]:
    text = row["code"]
    if text == "none":
        return None, None
    operator: str | None = None
    if ":" in text:
        operator, text = text.split(":", 1)
        if operator not in operators:
            raise row.fault(f"no operator is called {operator!r}; there are {', '.join(sorted(operators))}")
        if text == "-":
            return operator, None
    if text not in codes:
        raise row.fault(f"no CAMEO code {text!r}")
    if codes[text].type is None:
        raise row.fault(f"the CAMEO code {text} is a statement, which is no event; write none to leave it out")
    return operator, text


def _path(text: str) -> Path_:
    if text == "-":
        return ()
    return tuple(tuple(slot.strip() for slot in union.split("+")) for union in text.split(">"))


def _condition(row: Row, text: str, classes: Mapping[str, frozenset[str]]) -> Condition:
    negated = False
    if "!=" in text:
        left, right = text.split("!=", 1)
        negated = True
    elif "=" in text:
        left, right = text.split("=", 1)
    else:
        negated = text.startswith("!")
        left, right = text.removeprefix("!"), ""
    slots = tuple(slot.strip() for slot in left.split("|") if slot.strip())
    values = tuple(value.strip() for value in right.split("|") if value.strip())
    if not slots or ("=" in text and not values):
        raise row.fault(f"the condition {text!r} is malformed; write slot=value|@class|#kind, slot or !slot")
    for value in values:
        if value.startswith("@") and value[1:] not in classes:
            raise row.fault(f"no word class is called {value[1:]!r}")
        if value.startswith("#") and value[1:] not in KINDS:
            raise row.fault(f"#{value[1:]} is none of {', '.join('#' + kind for kind in KINDS)}")
    return Condition(slots, values, negated)


# What a filler may be, apart from its words: an actor of any kind, or of one kind; a person; an event of a type.
KINDS = (
    "actor",
    "country",
    "organization",
    "person",
    "group",
    "armed",
    "place",
    "clause",
    "infinitive",
    "subjunctive",
    "conditional",
    "own",
    "plural",
    "several",
)
