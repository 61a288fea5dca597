"""The words of standing relations."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, get_args

from dragoman.errors import DataError
from dragoman.reading.inflection import noun_forms, verb_forms
from dragoman.records import TieKind


@dataclass(frozen=True, slots=True)
class TieLexicon:
    """What kind of tie a word tells of.

    Attributes:
        bearers: nouns for one who stands in a relation, by modifier ("-" for none).
        relations: nouns for the relation itself, with their own kind where they have one.
        modifiers: what a relation is about or how it is.
        holding: verbs that a relation is the object of.
        verbs: predicates that are a relation, with kind and the prepositions before the other side ("" for an object).
        habits: those of them that are one in the present tense alone.
        states: nouns of a state that two are in, with kind and the prepositions before them.
        borders, sharing: nouns and verbs of "shares a border with".
        adjectives: those that make what follows one's neighbour or ally.
        depending, dependence: verbs of depending, and what one depends on another for.
    """

    bearers: Mapping[str, Mapping[str, TieKind]]
    relations: Mapping[str, TieKind | None]
    modifiers: Mapping[str, TieKind]
    holding: frozenset[str]
    verbs: Mapping[str, tuple[TieKind, frozenset[str]]]
    habits: frozenset[str]
    states: Mapping[str, tuple[TieKind, frozenset[str]]]
    borders: frozenset[str]
    sharing: frozenset[str]
    adjectives: Mapping[str, TieKind]
    depending: frozenset[str]
    dependence: Mapping[str, TieKind]


@cache
def load_ties() -> TieLexicon:
    """The shipped lexicon.

    Raises:
        DataError: a table is missing or names a kind of tie that there is none of.
    """
    name = "ties.toml"
    data = tomllib.loads(files(__package__).joinpath("data", name).read_text(encoding="utf-8"))
    try:
        return _lexicon(data, name)
    except (KeyError, TypeError, AttributeError) as error:
        raise DataError(f"{name}: a table is missing or misshapen: {error}") from error


def _lexicon(data: Mapping[str, Any], name: str) -> TieLexicon:
    def kind(word: str) -> TieKind:
        if word not in get_args(TieKind):
            raise DataError(f"{name}: {word!r} is no kind of tie; those are {', '.join(get_args(TieKind))}")
        return word  # type: ignore[return-value]  # checked above

    def words(table: Mapping[str, Any], *skip: str) -> dict[str, TieKind]:
        return {word: kind(key) for key, listed in table.items() if key not in skip for word in listed}

    relations: dict[str, TieKind | None] = dict.fromkeys(data["relations"]["nouns"])
    relations.update(words(data["relations"], "nouns"))
    return TieLexicon(
        bearers={
            form: {k: kind(v) for k, v in table.items()}
            for noun, table in data["bearers"].items()
            for form in noun_forms(noun)
        },
        relations={form: own for noun, own in relations.items() for form in noun_forms(noun)},
        modifiers=words(data["modifiers"]),
        holding=frozenset(form for verb in data["holding"]["verbs"] for form in verb_forms(verb)),
        verbs={
            form: (kind(entry["kind"]), frozenset(entry["with"]))
            for verb, entry in {**data["verbs"], **data["habits"]}.items()
            for form in ([verb] if verb.endswith(("ed", "ile", "dly")) else verb_forms(verb))
        },
        habits=frozenset(form for verb in data["habits"] for form in verb_forms(verb)),
        states={noun: (kind(entry["kind"]), frozenset(entry["with"])) for noun, entry in data["states"].items()},
        borders=frozenset(form for noun in data["borders"]["nouns"] for form in noun_forms(noun)),
        sharing=frozenset(form for verb in data["borders"]["verbs"] for form in verb_forms(verb)),
        adjectives={word: kind(each) for word, each in data["adjectives"].items()},
        depending=frozenset(form for verb in data["dependence"]["verbs"] for form in verb_forms(verb)),
        dependence={
            form: each for noun, each in words(data["dependence"], "verbs").items() for form in noun_forms(noun)
        },
    )
