"""To whom an answer is given: "India rejects the demand", "Kabul denies it", "Sweden welcomed the release"."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from dragoman.reading.events.answers import Answers, load_answers
from dragoman.reading.events.arguments import Filler
from dragoman.reading.events.coding import Coded
from dragoman.reading.events.predicates import Clauses

# Events that answer another one, whose actor is then whom they are about.
_ANSWERS = frozenset({"REJECT", "ACCUSE", "SUPPORT"})
# Prepositions behind which stands what is answered, where a frame names them: "scoffed at it", "agreed to the plan".
_THROUGH = frozenset({"at", "of", "to", "with"})
# Events that do where their verb takes something that was offered or asked for.
_TAKING = frozenset({"AGREE", "CONCEDE"})
# How many sentences back what is answered may stand.
_BACK = 2
# What is done is still spoken of long after, where all that was told of it has one doer.
_DEEDS = frozenset({"ASSAULT", "COERCE", "MOBILIZE"})
# What stands for the very thing that was answered in the same breath.
_SAME = frozenset({"it", "them"})
_POINTING = frozenset({"the", "this", "that", "these", "those"})
_PRONOUNS = frozenset({"it", "this", "that", "which", "them", "these"})


@dataclass(frozen=True, slots=True)
class _Pointing:
    """What an answer takes up: events of some types, and the noun for them where it is no pronoun."""

    types: frozenset[str]
    noun: str | None = None


def answered(coded: Sequence[Coded], clauses: Clauses, speakers: Mapping[int, Filler]) -> list[Coded]:
    """The events, those that answer another one given its actors as recipients where they had none.

    Args:
        coded: all events, in reading order.
        clauses: the words around them.
        speakers: for a token inside a statement, who says it.
    """
    found: list[Coded] = []
    for item in coded:
        coding = item.coding
        if not coding.recipients and coding.inner is None and _is_answer(item, clauses):
            recipients = _answered(item, found, clauses) or _charged(item, found, clauses, speakers)
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
    if beside := _beside(item, earlier, clauses):
        return beside
    for pointing in _pointed_at(item, clauses):
        for other in reversed(earlier):
            if clauses.tree.sentence[item.coding.head] - clauses.tree.sentence[other.coding.head] > _BACK:
                break
            # "Sweden condemned the attack, and the UN called it a crime": both answer one and the same.
            together = item.coding.type == other.coding.type == "ACCUSE" and bool(other.coding.recipients)
            whom = other.coding.recipients if together else other.coding.actors
            others = tuple(filler for filler in whom if filler.actor not in acting)
            if others and len(others) == len(whom) and (together or other.coding.type in pointing.types):
                return _as_answered(others, other, clauses)
        if pointing.noun is not None and pointing.types <= _DEEDS and (found := _only(pointing, earlier, clauses)):
            others = tuple(filler for filler in found.coding.actors if filler.actor not in acting)
            if len(others) == len(found.coding.actors):
                return _as_answered(others, found, clauses)
    return ()


def _beside(item: Coded, earlier: Sequence[Coded], clauses: Clauses) -> tuple[Filler, ...]:
    """To whom the answer goes that the same ones gave just before it: "spurned the offer and called it a trap"."""
    tree, head = clauses.tree, item.coding.head
    objects = (*tree.kids(head, "obj"), *item.coding.predicate.fillers("obj"))
    if not any(clauses.doc[child].lower_ in _SAME for child in objects):
        return ()
    acting = {filler.actor for filler in item.coding.actors}
    for other in reversed(earlier):
        if tree.heads[head] == other.coding.head and tree.deps[head] == "conj" and other.coding.type in _ANSWERS:
            same = acting == {filler.actor for filler in other.coding.actors}
            return _as_answered(other.coding.recipients, other, clauses) if same else ()
    return ()


def _only(pointing: _Pointing, earlier: Sequence[Coded], clauses: Clauses) -> Coded | None:
    """The last deed of these types, where all of that very word, or else all, have the same doers."""
    deeds = [other for other in earlier if other.coding.type in pointing.types]
    deeds = [other for other in deeds if clauses.lemma(other.coding.head) == pointing.noun] or deeds
    doers = {frozenset(filler.actor for filler in other.coding.actors) for other in deeds}
    return deeds[-1] if len(doers) == 1 else None


def _charged(
    item: Coded, earlier: Sequence[Coded], clauses: Clauses, speakers: Mapping[int, Filler]
) -> tuple[Filler, ...]:
    """Who just said what somebody denies having done: "Chad said Libya had shelled it. Libya denied any attack"."""
    if clauses.lemma(item.coding.head) not in load_answers().denials:
        return ()
    acting = {filler.actor for filler in item.coding.actors}
    for other in reversed(earlier):
        if clauses.tree.sentence[item.coding.head] - clauses.tree.sentence[other.coding.head] > _BACK:
            break
        speaker = speakers.get(other.coding.head)
        did = bool(acting & {filler.actor for filler in other.coding.actors}) and other.coding.type in _DEEDS
        if did and speaker is not None and speaker.actor not in acting:
            return _as_answered((speaker,), other, clauses)
        blamed = other.coding.type == "ACCUSE" and acting & {filler.actor for filler in other.coding.recipients}
        if blamed:
            return _as_answered(other.coding.actors, other, clauses)
    return ()


def _as_answered(fillers: tuple[Filler, ...], other: Coded, clauses: Clauses) -> tuple[Filler, ...]:
    path = f"whom it answers, “{clauses.doc[other.coding.head].text}”"
    return tuple(replace(filler, path=path) for filler in fillers)


def _pointed_at(item: Coded, clauses: Clauses) -> Iterator[_Pointing]:
    """For each object that points back at an event: what it takes up."""
    tree, doc, words = clauses.tree, clauses.doc, load_answers()
    predicate = item.coding.predicate
    # Its own object, be it a "which", then what is one by sense: the subject of a passive, the noun of a participle.
    own = tree.kids(item.coding.head, "obj")
    slots = ("obj", *sorted(item.coding.frame.slots & _THROUGH)) if predicate.pos == "v" else ()
    objects = dict.fromkeys((*own, *(filler for slot in slots for filler in predicate.fillers(slot))))
    if not objects and not predicate.fillers("comp") and predicate.lemma in words.refusals:
        yield _Pointing(words.pronouns["refusal"])
    for child in objects:
        word = doc[child].lower_
        if word == "that" and tree.deps[item.coding.head] == "acl:relcl":
            continue  # "talks that Chad boycotted"
        if word in _PRONOUNS and doc[child].pos_ in ("PRON", "DET", "SCONJ"):
            kind = _kind(item, clauses, words)
            # "Hailed it" may be of anything, "hailed this" is of what was told.
            if kind != "praise" or word in _POINTING:
                yield _Pointing(words.pronouns[kind])
        elif (
            # "A charge denied by Chad", after it was told, is that one.
            tree.deps[child] in ("appos", "parataxis")
            or (tree.deps[item.coding.head] == "acl" and tree.heads[item.coding.head] == child)
            or any(doc[kid].lower_ in _POINTING for kid in tree.kids(child, "det"))
        ):
            noun = clauses.lemma(child)
            types = words.nouns.get(noun)
            if types is not None:
                yield _Pointing(types, noun)


def _kind(item: Coded, clauses: Clauses, words: Answers) -> str:
    if item.coding.type == "ACCUSE":
        return "accusation"
    if clauses.lemma(item.coding.head) in words.acceptances:
        return "acceptance"
    if item.coding.type == "SUPPORT":
        return "praise"
    return "denial" if clauses.lemma(item.coding.head) in words.denials else "refusal"
