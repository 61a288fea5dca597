"""What denies, and what only says that there was more besides."""

from datetime import date

import pytest

import dragoman
from dragoman.knowledge import load_knowledge
from dragoman.reading.actors import find_actors
from dragoman.reading.negation import denies
from dragoman.reading.statements import find_statements, speaker_of
from dragoman.reading.tree import Tree


@pytest.mark.parametrize(
    ("sentence", "word", "denied"),
    [
        ("Fiji did not meet Tonga.", "not", True),
        ("Fiji has never met Tonga.", "never", True),
        ("Fiji not only met Tonga but signed a treaty.", "not", False),
        ("Fiji didn’t just meet Tonga.", "n’t", False),
        ("Not merely did Fiji meet Tonga, it signed a treaty.", "not", False),
        ("Fiji cannot just leave the talks.", "not", True),
        ("Fiji could not only meet Tonga but sign a treaty.", "not", False),
        ("Only Fiji did not meet Tonga.", "not", True),
        ("Fiji met Tonga only on Monday.", "only", False),
    ],
)
def test_not_only_denies_nothing(sentence: str, word: str, denied: bool) -> None:
    doc = dragoman.load()(sentence)
    (i,) = [token.i for token in doc if token.lower_ == word]
    assert denies(Tree.of(doc), i) is denied


@pytest.mark.parametrize(
    ("sentence", "speaker"),
    [
        ("Bhutan not only said that Nepal had attacked its army but also closed the border.", "BTN"),
        ("Bhutan did not say that Nepal had attacked its army.", None),
    ],
)
def test_who_not_only_says_a_thing_says_it(sentence: str, speaker: str | None) -> None:
    doc = dragoman.load()(sentence)
    statements = find_statements(doc, find_actors(doc, date(2022, 3, 21), load_knowledge()))
    attacked = next(token.i for token in doc if token.text == "attacked")
    assert speaker_of(attacked, statements) == speaker
