from __future__ import annotations

import tomllib
from dataclasses import fields
from importlib import resources

import pytest

from dragoman.mediation.wordlists import load_wordlists

LISTS = [
    (f"{table.name}.{field.name}", getattr(getattr(load_wordlists(), table.name), field.name))
    for table in fields(load_wordlists())
    for field in fields(getattr(load_wordlists(), table.name))
]


@pytest.mark.parametrize(("name", "words"), LISTS, ids=[name for name, _ in LISTS])
def test_every_list_holds_single_words_in_lower_case(name: str, words: frozenset[str]) -> None:
    assert words
    assert [word for word in words if not word.isalpha() or word != word.lower()] == []


def test_no_list_names_a_word_twice() -> None:
    file = resources.files("dragoman.mediation") / "data" / "wordlists.toml"
    tables = tomllib.loads(file.read_text(encoding="utf-8"))
    lists = [words for table in tables.values() for words in table.values() if isinstance(words, list)]
    assert [words for words in lists if len(set(words)) < len(words)] == []


def test_lists_that_are_read_in_turn_share_no_word() -> None:
    lists = load_wordlists()
    parts = (lists.meetings.gathering, lists.meetings.handshakes, lists.meetings.sitting)
    met = (lists.meetings.mutual, lists.meetings.receiving, lists.meetings.coming)
    seated = frozenset().union(*parts)
    assert len(seated) == sum(map(len, parts))
    assert not seated & frozenset().union(*met)


def test_lists_of_some_of_another_are_within_it() -> None:
    lists = load_wordlists().meetings
    verbs = lists.mutual | lists.receiving | lists.coming
    assert lists.with_or_to | lists.with_only | lists.of_things <= verbs
    assert lists.travelling <= lists.coming
    assert lists.attending <= lists.sitting
    assert lists.arranged <= lists.planned
