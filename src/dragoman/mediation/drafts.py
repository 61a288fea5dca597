"""A step while it is being found: tied to tokens, its actors not yet sorted into bodies and persons."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from dragoman.records import Outcome, Status, StepKind

# What saw a step: rules over words, the code of an event, or the language model alone.
Origin: TypeAlias = Literal["words", "code", "model"]


@dataclass(slots=True)
class Draft:
    """What a finder saw.

    Attributes:
        predicate: the token that states the step.
        start, end: the tokens of the words that state it, end exclusive.
        actors, recipients, thirds: actor ids as they are named, persons among them.
        others: persons who are present besides.
        bare: told without naming anybody ("the talks were inconclusive"): it adds to a step that is told elsewhere.
    """

    kind: StepKind
    predicate: int
    start: int
    end: int
    actors: list[str]
    recipients: list[str] = field(default_factory=list)
    thirds: list[str] = field(default_factory=list)
    others: list[str] = field(default_factory=list)
    status: Status | None = None
    terms: tuple[str, ...] = ()
    round: int | None = None
    outcome: Outcome | None = None
    bare: bool = False
    origin: Origin = "words"
