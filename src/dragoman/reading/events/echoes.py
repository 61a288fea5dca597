"""To whom an answer is given: "India rejects the demand", "Kabul denies it", "Sweden condemned the attack"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from dragoman.reading.events.arguments import Filler
from dragoman.reading.events.coding import Coded
from dragoman.reading.events.predicates import Clauses

# Events that answer another one, whose actor is then whom they are about.
_ANSWERS = frozenset({"REJECT", "ACCUSE"})
# How many sentences back what is answered may stand.
_BACK = 2
_POINTING = frozenset({"the", "this", "that", "these", "those"})
_PRONOUNS = frozenset({"it", "this", "which", "them", "these"})
_DENIALS = frozenset({"deny", "dispute", "rebut", "refute"})
# What nouns of answers name, by the types of the events that they stand for.
_FORCE = frozenset({"ASSAULT", "COERCE", "MOBILIZE"})
_ASKED = frozenset({"REQUEST", "THREATEN"})
_GIVEN = frozenset({"AGREE", "CONCEDE", "SUPPORT", "CONSULT", "AID", "COOPERATE", "REQUEST"})
_NAMED = {
    **dict.fromkeys(
        "attack strike raid killing shelling bombing offensive assault invasion bombardment violence crackdown arrest "
        "detention blockade incursion operation massacre murder".split(),
        _FORCE,
    ),
    **dict.fromkeys("demand request call appeal condition ultimatum threat warning pressure".split(), _ASKED),
    **dict.fromkeys("accusation charge allegation claim criticism accusations".split(), frozenset({"ACCUSE"})),
    **dict.fromkeys("offer proposal plan invitation initiative idea suggestion promise pledge".split(), _GIVEN),
    **dict.fromkeys("concession withdrawal release truce amnesty".split(), frozenset({"CONCEDE", "RETREAT", "AGREE"})),
    **dict.fromkeys("refusal rejection veto".split(), frozenset({"REJECT"})),
    **dict.fromkeys("sanction embargo expulsion suspension".split(), frozenset({"SANCTION", "COERCE"})),
}


def answered(coded: Sequence[Coded], clauses: Clauses) -> list[Coded]:
    """The events, those that answer another one given its actors as recipients where they had none."""
    found: list[Coded] = []
    for item in coded:
        coding = item.coding
        if coding.type in _ANSWERS and not coding.recipients and coding.inner is None:
            recipients = _answered(item, found, clauses)
            if recipients:
                item = replace(item, coding=replace(coding, recipients=recipients))
        found.append(item)
    return found


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
    tree, doc = clauses.tree, clauses.doc
    for child in tree.kids(item.coding.head, "obj"):
        word = doc[child].lower_
        if word in _PRONOUNS and doc[child].pos_ in ("PRON", "DET", "SCONJ"):
            if item.coding.type == "ACCUSE":
                yield _FORCE
            else:
                yield frozenset({"ACCUSE"}) if clauses.lemma(item.coding.head) in _DENIALS else _ASKED
        elif any(doc[kid].lower_ in _POINTING for kid in tree.kids(child, "det")):
            types = _NAMED.get(clauses.lemma(child))
            if types is not None:
                yield types
