"""What stands in the place of a frame where a model alone speaks: the code of a type, and how somebody yields.

The learned coder and the language model say of which type an event is, and no more.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from dragoman.codebook import Frame
from dragoman.reading.events.factuality import Factuality
from dragoman.reading.events.phrases import Predicate
from dragoman.reading.events.predicates import Clauses
from dragoman.reading.wordclasses import read_classes

# The plainest code of each type, for events that no frame codes in detail.
ROOTS = {
    "AGREE": "030", "CONSULT": "040", "SUPPORT": "050", "CONCEDE": "080", "COOPERATE": "060", "AID": "070",
    "RETREAT": "087", "REQUEST": "020", "ACCUSE": "110", "REJECT": "120", "THREATEN": "130", "PROTEST": "140",
    "SANCTION": "160", "MOBILIZE": "150", "COERCE": "170", "ASSAULT": "180",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Yielding:
    """The words from `data/yielding.toml`.

    Attributes:
        releasing: verbs of giving back persons or goods.
        promising: words with which one yields in words only.
    """

    releasing: frozenset[str]
    promising: frozenset[str]


@cache
def load_yielding() -> Yielding:
    """The words that ship, read once."""
    return read_classes(Yielding, __package__, "yielding")


def yielding_type(predicate: Predicate, status: Factuality, clauses: Clauses) -> str:
    """CONCEDE for what is promised or granted in words, RETREAT for what is done."""
    promising = load_yielding().promising
    lemma = clauses.lemma(predicate.head)
    light = clauses.lemma(predicate.light) if predicate.light is not None else None
    if status.status in {"future", "hypothetical"} or status.modal is not None:
        return "CONCEDE"
    return "CONCEDE" if lemma in promising or light in promising else "RETREAT"


def root_code(type_: str, predicate: Predicate, clauses: Clauses) -> str:
    """The plainest code of a type for what this predicate states."""
    if type_ == "RETREAT" and clauses.lemma(predicate.head) in load_yielding().releasing:
        return "084"
    return ROOTS[type_]


def learned_frame(predicate: Predicate, code: str) -> Frame:
    """What stands in the place of a frame where the coder alone speaks."""
    return Frame(
        predicate.lemma, (predicate.lemma,), predicate.pos, code, None, None, (), (), (), (), "", "learned coder", 0
    )
