"""Lemmas as edits."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.language.lemmas import apply_edit, edit_of


@given(st.text(st.characters(categories=["L"]), min_size=1), st.text(st.characters(categories=["L"]), min_size=1))
def test_an_edit_gives_back_the_lemma_that_it_was_made_of(word: str, lemma: str) -> None:
    assert apply_edit(word, edit_of(word, lemma)) == lemma


@pytest.mark.parametrize(
    ("word", "like", "lemma"),
    [
        ("Talks", ("Walks", "walk"), "talk"),
        ("signed", ("opened", "open"), "sign"),
        ("Ankara", ("Kigali", "Kigali"), "Ankara"),
    ],
)
def test_words_never_seen_get_the_lemma_of_their_pattern(word: str, like: tuple[str, str], lemma: str) -> None:
    assert apply_edit(word, edit_of(*like)) == lemma


def test_an_edit_that_cuts_more_than_the_word_has_leaves_the_word() -> None:
    assert apply_edit("Go", "l:5:x") == "go"
