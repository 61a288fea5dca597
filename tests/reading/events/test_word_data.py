"""The words that ship with the room: each list is there, in lower case, each word once."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator
from dataclasses import fields
from importlib.resources import files
from typing import Any

import pytest

from dragoman.reading import events
from dragoman.reading.events.coding import load_intent
from dragoman.reading.events.factuality import load_conditions
from dragoman.reading.events.gaps import load_control
from dragoman.reading.events.learned import load_yielding
from dragoman.reading.events.lexemes import load_irregular
from dragoman.reading.events.phrases import load_clause_words
from dragoman.reading.events.roles import load_party_words

DATA = files(events).joinpath("data")
TABLES = sorted(entry.name for entry in DATA.iterdir() if entry.name.endswith(".toml"))


def lists_in(value: Any) -> Iterator[list[str]]:
    """Every list of words in a table, however deep."""
    if isinstance(value, dict):
        for inner in value.values():
            yield from lists_in(inner)
    elif isinstance(value, list) and all(isinstance(word, str) for word in value):
        yield value
    elif isinstance(value, list):
        for inner in value:
            yield from lists_in(inner)


@pytest.mark.parametrize("name", TABLES)
def test_lists_have_each_word_once_and_a_source(name: str) -> None:
    text = DATA.joinpath(name).read_text(encoding="utf-8")
    assert "Source: ours." in text
    for words in lists_in(tomllib.loads(text)):
        assert words
        assert len(set(words)) == len(words)
        assert all(word == word.strip() for word in words)


@pytest.mark.parametrize(
    "load", [load_clause_words, load_conditions, load_control, load_intent, load_party_words, load_yielding]
)
def test_loaders_fill_every_list_with_lower_case_words(load: Callable[[], Any]) -> None:
    words = load()
    for field in fields(words):
        found = getattr(words, field.name)
        assert found
        assert all(word == word.lower() for word in found)


def test_irregular_forms_belong_to_one_verb() -> None:
    table = tomllib.loads(DATA.joinpath("irregular.toml").read_text(encoding="utf-8"))
    assert len(load_irregular()) == sum(map(len, table.values()))
    assert load_irregular()["withdrawn"] == "withdraw"
