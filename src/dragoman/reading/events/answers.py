"""What answers point back at, as `data/answers.toml` keeps it."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Answers:
    """What answers point back at, from `data/answers.toml`.

    Attributes:
        denials: verbs that answer a charge.
        refusals: verbs that answer a demand with no, though they name nothing.
        acceptances: verbs that answer an offer or a demand with yes.
        of_somebody: verbs of judging of which the object is always somebody.
        pronouns: by the kind of answer, the types of the event that "it" stands for.
        nouns: by noun, the types of the event that it stands for.
    """

    denials: frozenset[str]
    refusals: frozenset[str]
    acceptances: frozenset[str]
    of_somebody: frozenset[str]
    pronouns: Mapping[str, frozenset[str]]
    nouns: Mapping[str, frozenset[str]]


@cache
def load_answers() -> Answers:
    """The words that ship, read once."""
    data = tomllib.loads(files(__package__).joinpath("data", "answers.toml").read_text(encoding="utf-8"))
    return Answers(
        frozenset(data["denials"]),
        frozenset(data["refusals"]),
        frozenset(data["acceptances"]),
        frozenset(data["of_somebody"]),
        {kind: frozenset(types) for kind, types in data["pronouns"].items()},
        {word: frozenset(group["types"]) for group in data["nouns"] for word in group["words"]},
    )
