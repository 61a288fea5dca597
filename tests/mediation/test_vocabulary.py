"""Shortcuts of the vocabulary find what its patterns find."""

from __future__ import annotations

import re
import tomllib
from importlib import resources

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.mediation.vocabulary import load_vocabulary

PHRASES = tomllib.loads((resources.files("dragoman.mediation") / "data" / "phrases.toml").read_text(encoding="utf-8"))
FILLER = st.text(alphabet="abest '-.", max_size=12)


def texts(patterns: list[str]) -> st.SearchStrategy[str]:
    """Words that one or two of the patterns match, between others."""
    matching = st.one_of([st.from_regex(re.compile(pattern, re.ASCII)) for pattern in patterns])
    return st.tuples(FILLER, st.one_of(matching, FILLER), FILLER, matching, FILLER).map("".join)


@pytest.mark.parametrize("term", sorted(PHRASES["terms"]))
@given(data=st.data())
@settings(max_examples=25, deadline=None)
def test_one_search_for_a_term_finds_the_first_place_where_any_pattern_of_it_stands(
    term: str, data: st.DataObject
) -> None:
    text = data.draw(texts(PHRASES["terms"][term]))
    places = [match.start() for pattern in PHRASES["terms"][term] if (match := re.search(pattern, text))]
    found = load_vocabulary().terms[term].search(text)
    assert (found.start() if found else None) == min(places, default=None)


@pytest.mark.parametrize("tone", ["warlike", "peaceful"])
@given(data=st.data())
@settings(max_examples=100, deadline=None)
def test_a_text_without_the_letters_that_a_pattern_begins_with_does_not_match_it(
    tone: str, data: st.DataObject
) -> None:
    text = data.draw(texts(PHRASES["conflict"][tone]))
    for stem, pattern in getattr(load_vocabulary(), tone):
        assert stem in text or pattern.search(text) is None, pattern.pattern
