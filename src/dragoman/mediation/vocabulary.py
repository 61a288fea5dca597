"""The words that steps are told in, read from the data files of this room."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any, Literal, get_args

from dragoman.errors import DataError
from dragoman.reading.inflection import noun_forms, verb_forms
from dragoman.records import Outcome, StepKind

# The letters at the edge of a word that cannot be wanting: "truce" of "truces?", "hostilit" of "hostilit(?:y|ies)".
_STEM = re.compile(r"\\b([a-z]+?)(?=[a-z][?*{]|[^a-z]|$)")
_GROUP = re.compile(r"\([^()]*\)")

Who = Literal["party", "third", "outsider", "any", "meet"]
RecipientRule = Literal["to", "owner", "with", "parties", "none"]
Stands = Literal["anywhere", "object", "within object", "after preposition"]
Sides = Literal["any", "one", "both", "shared"]


@dataclass(frozen=True, slots=True)
class Rule:
    """One way to tell a step.

    What a rule does not say it has from its kind in ``[kinds]``, where that says it.

    Attributes:
        words: lemmas of the predicate.
        complements: where there are any, one of these lemmas must be among what the predicate governs.
        particles: where there are any, one of these adverbs must go with it ("turn down").
        not_with: adverbs that must not go with it ("called off the protests", "break out").
        without: complements that it must not have ("reject the claim").
        not_only: complements that are not enough alone ("suspended the sanctions" presses nobody).
        stands: where a complement must stand: as the object itself, anywhere within it, right behind one of the
            prepositions, or anywhere.
        manner: words of which one must be there ("view … positively").
        within: how many words on, the predicate counted, a word of the manner may stand.
        prepositions: where there are any, one of them must follow ("call for", "call on").
        subjects: where there are any, one of these lemmas must be in its subject ("talks produced a truce").
        not_before: prepositions of which none may follow ("called for a meaningless gesture").
        not_as: what it must not be taken as ("dismissed the talks as a trap").
        unbound: the complement may be anything where the step is towards a party, or two parties take it together.
        negated: whether the predicate must be denied ("did not come").
        modal: whether it must be meant for later ("would attend"), or firmly ("will not talk").
        not_modal: modal verbs that leave it undone ("should accept").
        topical: whether the sentence must name talks, a deal or the mediation.
        loose: it may be towards anybody who is named and of whom more is known than the article says.
        bare: the complement may be missing, as long as there is no other ("expressed their support").
        deep: the complement may stand anywhere below the predicate ("faulted him for failing to make them honour it").
        who: who can take such a step.
        sides: how many parties take it: one alone, both as its subjects, or two in all, however named.
        recipients: how those whom it is taken towards are named.
    """

    kind: StepKind
    who: Who
    words: frozenset[str]
    complements: frozenset[str]
    particles: frozenset[str]
    manner: frozenset[str]
    within: int
    prepositions: frozenset[str]
    subjects: frozenset[str]
    without: frozenset[str]
    not_with: frozenset[str]
    not_only: frozenset[str]
    not_before: frozenset[str]
    not_as: frozenset[str]
    not_modal: frozenset[str]
    stands: Stands
    sides: Sides
    unbound: bool
    negated: bool
    modal: bool
    topical: bool
    loose: bool
    bare: bool
    deep: bool
    recipients: RecipientRule


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """All of it, compiled."""

    classes: dict[str, frozenset[str]]
    rules: tuple[Rule, ...]
    by_word: dict[str, tuple[Rule, ...]]
    third_participles: frozenset[str]
    third_nouns: frozenset[str]
    roles: dict[str, frozenset[str]]
    tables: frozenset[str]
    helping: frozenset[str]
    unreal: frozenset[str]
    light: frozenset[str]
    forms: dict[str, str]
    known: frozenset[str]
    terms: dict[str, re.Pattern[str]]
    outcomes: dict[str, tuple[re.Pattern[str], ...]]
    near: tuple[re.Pattern[str], ...]
    negators: tuple[re.Pattern[str], ...]
    aftermath: dict[str, re.Pattern[str]]
    conditions: re.Pattern[str]
    demands: re.Pattern[str]
    modals: re.Pattern[str]
    judgements: re.Pattern[str]
    topics: re.Pattern[str]
    plain: re.Pattern[str]
    deictic: re.Pattern[str]
    conduct: re.Pattern[str]
    provisions: re.Pattern[str]
    rounds: tuple[re.Pattern[str], ...]
    ordinals: dict[str, int]
    business: frozenset[str]
    settling: frozenset[str]
    pointing: re.Pattern[str]
    violent: frozenset[str]
    meeting: frozenset[str]
    hostile: frozenset[str]
    joining: frozenset[str]
    peaceful: tuple[tuple[str, re.Pattern[str]], ...]
    warlike: tuple[tuple[str, re.Pattern[str]], ...]


@cache
def load_vocabulary() -> Vocabulary:
    """The vocabulary that ships.

    Raises:
        DataError: a data file names a kind, a class or a role that there is not.
    """
    steps, phrases = _read("steps.toml"), _read("phrases.toml")
    classes = {name: frozenset(words) for name, words in steps["classes"].items()}
    kinds = steps["kinds"]
    unknown = sorted(kinds.keys() - {*get_args(StepKind)})
    if unknown:
        raise DataError(f"steps.toml: [kinds] has {unknown[0]!r}, which is no kind of step")
    rules = tuple(_rule({**kinds.get(entry["kind"], {}), **entry}, classes) for entry in steps["rule"])
    by_word: dict[str, list[Rule]] = {}
    for rule in rules:
        for word in sorted(rule.words):
            by_word.setdefault(word, []).append(rule)
    rounds = phrases["rounds"]
    conflict = phrases["conflict"]
    verbs = {word for rule in rules for word in rule.words} | {word for words in classes.values() for word in words}
    verbs.update(word for words in steps["roles"].values() for word in words)
    verbs.update(steps["light"]["verbs"], steps["third"]["participles"], conflict["hostile"], conflict["joining"])
    return Vocabulary(
        classes=classes,
        rules=rules,
        by_word={word: tuple(found) for word, found in by_word.items()},
        third_participles=frozenset(steps["third"]["participles"]),
        third_nouns=frozenset(steps["third"]["nouns"]),
        roles={role: frozenset(words) for role, words in steps["roles"].items()},
        tables=frozenset(steps["tables"]["words"])
        | classes["talks"]
        | classes["deal"]
        | classes["peace"]
        | classes["plan"],
        helping=frozenset(steps["tables"]["helping"]),
        unreal=frozenset(steps["tables"]["unreal"]),
        light=frozenset(steps["light"]["verbs"]),
        forms=_forms(sorted(verbs), steps["irregular"]),
        known=frozenset(verbs),
        terms={term: _one_of(patterns) for term, patterns in phrases["terms"].items()},
        outcomes={
            outcome: _compiled(patterns)
            for outcome, patterns in phrases["outcomes"].items()
            if outcome in get_args(Outcome)
        },
        near=_compiled(phrases["outcomes"]["near"]),
        negators=_compiled(phrases["outcomes"]["negators"]),
        aftermath={name: _one_of(patterns) for name, patterns in phrases["aftermath"].items()},
        conditions=_one_of(phrases["condition"]["strong"]),
        demands=_one_of(phrases["condition"]["demand"]),
        modals=_one_of(phrases["condition"]["modal"]),
        judgements=_one_of(phrases["assessment"]["words"]),
        topics=_one_of(phrases["assessment"]["topics"]),
        plain=_one_of(phrases["assessment"]["plain"]),
        deictic=_one_of(phrases["assessment"]["deictic"]),
        conduct=_one_of(phrases["criticism"]["conduct"]),
        provisions=_one_of(phrases["provisions"]["words"]),
        rounds=_compiled(rounds["patterns"]),
        ordinals={**rounds["numbers"], **rounds["words"]},
        business=frozenset(steps["deals"]["business"]),
        settling=frozenset(steps["deals"]["settling"]),
        pointing=_one_of(phrases["deals"]["pointing"]),
        violent=frozenset(phrases["conflict"]["violent"]),
        meeting=frozenset(phrases["conflict"]["talks"]),
        hostile=frozenset(phrases["conflict"]["hostile"]),
        joining=frozenset(phrases["conflict"]["joining"]),
        peaceful=_stemmed(phrases["conflict"]["peaceful"]),
        warlike=_stemmed(phrases["conflict"]["warlike"]),
    )


def _rule(entry: dict[str, Any], classes: dict[str, frozenset[str]]) -> Rule:
    kind, who, recipients = entry["kind"], entry["who"], entry.get("roles", "none")
    stands, sides = entry.get("stands", "anywhere"), entry.get("sides", "any")
    chosen = ((kind, StepKind), (who, Who), (recipients, RecipientRule), (stands, Stands), (sides, Sides))
    for value, allowed in ((value, get_args(names)) for value, names in chosen):
        if value not in allowed:
            raise DataError(f"steps.toml: the rule {entry} has {value!r}, which is none of {', '.join(allowed)}")
    manner, scorn = entry.get("manner"), entry.get("not_as")
    named = [*entry.get("with", ()), *(name for name in (manner, scorn, entry.get("subjects")) if name)]
    unknown = [name for name in named if name not in classes]
    if unknown:
        raise DataError(f"steps.toml: the rule {entry} names the class {unknown[0]!r}, which is not there")
    return Rule(
        kind=kind,
        who=who,
        words=frozenset(entry["words"]),
        complements=frozenset(word for name in entry.get("with", ()) for word in classes[name]),
        particles=frozenset(entry.get("particles", ())),
        without=frozenset(entry.get("without", ())),
        not_with=frozenset(entry.get("not_with", ())),
        not_only=frozenset(entry.get("not_only", ())),
        not_before=frozenset(entry.get("not_before", ())),
        not_as=classes[scorn] if scorn else frozenset(),
        not_modal=frozenset(entry.get("not_modal", ())),
        stands=stands,
        sides=sides,
        manner=classes[manner] if manner else frozenset(),
        within=int(entry.get("within", 30)),
        unbound=bool(entry.get("unbound", False)),
        negated=bool(entry.get("negated", False)),
        modal=bool(entry.get("modal", False)),
        topical=bool(entry.get("topical", False)),
        loose=bool(entry.get("loose", False)),
        bare=bool(entry.get("bare", False)),
        deep=bool(entry.get("deep", False)),
        prepositions=frozenset(entry.get("prepositions", ())),
        subjects=classes[entry["subjects"]] if "subjects" in entry else frozenset(),
        recipients=recipients,
    )


def _forms(words: list[str], irregular: dict[str, list[str]]) -> dict[str, str]:
    """From the inflected forms of our words to the words: a lemmatizer may slip, what we look for must be found.

    A form that is a word of ours itself stays as it is ("meeting"), and so does one that two words could give.
    """
    found: dict[str, set[str]] = {}
    for word in words:
        for form in _inflected(word):
            found.setdefault(form, set()).add(word)
    forms = {form: next(iter(of)) for form, of in found.items() if len(of) == 1 and form not in words}
    forms.update((form, word) for word, listed in irregular.items() for form in listed)
    return forms


def _inflected(word: str) -> set[str]:
    """The other forms of a word, as a verb and as a noun: our classes hold both."""
    return {*verb_forms(word), *noun_forms(word)} - {word} if len(word) > 2 else set()


def _compiled(patterns: list[str]) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(pattern) for pattern in patterns)


def _is_one(pattern: str) -> bool:
    """Whether a pattern is no choice between several at its outermost level, as far as can be told."""
    return "|" not in _GROUP.sub("", pattern)


def _stemmed(patterns: list[str]) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Each with the letters that it begins with, "" where that is a choice: without them nothing is found."""
    stems = (_STEM.match(pattern) if _is_one(pattern) else None for pattern in patterns)
    return tuple(
        (stem.group(1) if stem else "", re.compile(pattern)) for stem, pattern in zip(stems, patterns, strict=True)
    )


def _one_of(patterns: list[str]) -> re.Pattern[str]:
    """What finds the first place where any of these stands.

    A search costs as much for many as for few where they share the edge of a word at which each begins.
    """
    plain = [pattern for pattern in patterns if not (pattern.startswith(r"\b") and _is_one(pattern))]
    edged = [pattern[2:] for pattern in patterns if pattern not in plain]
    return re.compile("|".join([*([rf"\b(?:{'|'.join(edged)})"] if edged else []), *plain]))


def _read(name: str) -> dict[str, Any]:
    file = resources.files("dragoman.mediation") / "data" / name
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise DataError(f"{name}: {error}") from error
