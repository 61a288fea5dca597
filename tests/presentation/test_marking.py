from __future__ import annotations

import dataclasses

from hypothesis import given
from hypothesis import strategies as st
from sample_reading import sample_reading

from dragoman.presentation.marking import Mark, marks, outermost, pieces


def test_the_pieces_together_are_the_text() -> None:
    reading = sample_reading()
    assert "".join(piece.text for piece in pieces(reading.article.text, marks(reading))) == reading.article.text


def test_every_record_with_a_place_in_the_text_is_marked() -> None:
    reading = sample_reading()
    marked = {(mark.layer, mark.index) for mark in marks(reading)}
    assert {index for layer, index in marked if layer == "actor"} == set(range(len(reading.actors)))
    assert {index for layer, index in marked if layer == "event"} == set(range(len(reading.events)))
    assert {layer for layer, _ in marked} == {"statement", "actor", "place", "time", "event"}


_SPANS = st.tuples(st.integers(0, 30), st.integers(1, 10)).map(lambda pair: (pair[0], min(pair[0] + pair[1], 31)))


@given(st.lists(_SPANS))
def test_marks_that_cross_each_other_lose_nothing(spans: list[tuple[int, int]]) -> None:
    text = "abcdefghijklmnopqrstuvwxyz 1234"
    found = sorted((Mark("actor", i, *span) for i, span in enumerate(spans)), key=lambda m: (m.start, -m.end))
    cut = list(pieces(text, found))
    assert "".join(piece.text for piece in cut) == text
    for index, (start, end) in enumerate(spans):
        held = "".join(piece.text for piece in cut if any(mark.index == index for mark in piece.marks))
        assert held == text[start:end]


def test_only_the_outermost_of_nested_names_is_kept_where_one_is_wanted() -> None:
    nested = [Mark("actor", 0, 0, 20), Mark("actor", 1, 0, 7), Mark("actor", 2, 10, 25), Mark("actor", 3, 20, 25)]
    assert [mark.index for mark in outermost(nested)] == [0, 3]


def test_empty_stretches_are_no_marks() -> None:
    reading = sample_reading()
    actor = dataclasses.replace(
        reading.actors[0], mentions=(dataclasses.replace(reading.actors[0].mentions[0], end=0),)
    )
    assert all(mark.start < mark.end for mark in marks(dataclasses.replace(reading, actors=(actor,))))
