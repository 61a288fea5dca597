"""To whom an answer is given: "India rejects the demand", "Kabul denies it", "Sweden welcomed the release"."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files

from dragoman.reading.events.arguments import Filler
from dragoman.reading.events.coding import Coded
from dragoman.reading.events.predicates import Clauses

# Events that answer another one, whose actor is then whom they are about.
_ANSWERS = frozenset({"REJECT", "ACCUSE", "SUPPORT"})
# Events that do where their verb takes something that was offered or asked for.
_TAKING = frozenset({"AGREE", "CONCEDE"})
# How many sentences back what is answered may stand.
_BACK = 2
_POINTING = frozenset({"the", "this", "that", "these", "those"})
_PRONOUNS = frozenset({"it", "this", "which", "them", "these"})


@dataclass(frozen=True, slots=True)
class Answers:
    """What answers point back at, from `data/answers.toml`.

    Attributes:
        denials: verbs that answer a charge.
        acceptances: verbs that answer an offer or a demand with yes.
        pronouns: by the kind of answer, the types of the event that "it" stands for.
        nouns: by noun, the types of the event that it stands for.
    """

    denials: frozenset[str]
    acceptances: frozenset[str]
    pronouns: Mapping[str, frozenset[str]]
    nouns: Mapping[str, frozenset[str]]


@cache
def load_answers() -> Answers:
    """The words that ship, read once."""
    data = tomllib.loads(files(__package__).joinpath("data", "answers.toml").read_text(encoding="utf-8"))
    return Answers(
        frozenset(data["denials"]),
        frozenset(data["acceptances"]),
        {kind: frozenset(types) for kind, types in data["pronouns"].items()},
        {word: frozenset(group["types"]) for group in data["nouns"] for word in group["words"]},
    )


def answered(coded: Sequence[Coded], clauses: Clauses) -> list[Coded]:
    """The events, those that answer another one given its actors as recipients where they had none."""
    found: list[Coded] = []
    for item in coded:
        coding = item.coding
        if not coding.recipients and coding.inner is None and _is_answer(item, clauses):
            recipients = _answered(item, found, clauses)
            if recipients:
                item = replace(item, coding=replace(coding, recipients=recipients))
        found.append(item)
    return found


def _is_answer(item: Coded, clauses: Clauses) -> bool:
    """Whether an event answers another one; those who do something with each other answer nobody."""
    coding = item.coding
    if coding.type in _TAKING:
        return not coding.frame.symmetric and clauses.lemma(coding.head) in load_answers().acceptances
    return coding.type in _ANSWERS and not coding.frame.symmetric


def _answered(item: Coded, earlier: Sequence[Coded], clauses: Clauses) -> tuple[Filler, ...]:
    acting = {filler.actor for filler in item.coding.actors}
    for types in _pointed_at(item, clauses):
        for other in reversed(earlier):
            if clauses.tree.sentence[item.coding.head] - clauses.tree.sentence[other.coding.head] > _BACK:
                break
            # "Sweden condemned the attack, and the UN called it a crime": both answer one and the same.
            together = item.coding.type == other.coding.type == "ACCUSE" and bool(other.coding.recipients)
            whom = other.coding.recipients if together else other.coding.actors
            others = tuple(filler for filler in whom if filler.actor not in acting)
            if others and len(others) == len(whom) and (together or other.coding.type in types):
                return tuple(
                    replace(filler, path=f"whom it answers, “{clauses.doc[other.coding.head].text}”")
                    for filler in others
                )
    return ()


def _pointed_at(item: Coded, clauses: Clauses) -> Iterator[frozenset[str]]:
    """For each object that points back at an event: the types it may be of."""
    tree, doc, words = clauses.tree, clauses.doc, load_answers()
    for child in tree.kids(item.coding.head, "obj"):
        word = doc[child].lower_
        if word in _PRONOUNS and doc[child].pos_ in ("PRON", "DET", "SCONJ"):
            kind = _kind(item, clauses, words)
            # "Hailed it" may be of anything, "hailed this" is of what was told.
            if kind != "praise" or word in _POINTING:
                yield words.pronouns[kind]
        elif any(doc[kid].lower_ in _POINTING for kid in tree.kids(child, "det")):
            types = words.nouns.get(clauses.lemma(child))
            if types is not None:
                yield types


def _kind(item: Coded, clauses: Clauses, words: Answers) -> str:
    if item.coding.type == "ACCUSE":
        return "accusation"
    if clauses.lemma(item.coding.head) in words.acceptances:
        return "acceptance"
    if item.coding.type == "SUPPORT":
        return "praise"
    return "denial" if clauses.lemma(item.coding.head) in words.denials else "refusal"
