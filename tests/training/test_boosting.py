"""Trees as training grows them. Needs LightGBM, which only training does."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

pytest.importorskip("lightgbm")

from dragoman.boosting import load_boosted
from training import boosting


def rows(number: int = 400) -> list[boosting.Row]:
    """What is true where two features together are more than one, and one in ten times by chance."""
    chance = random.Random(3)
    found = []
    for _ in range(number):
        one, two = chance.random(), chance.random()
        true = one + two > 1 if chance.random() < 0.9 else chance.random() < 0.5
        found.append(({"one": one, "two": two}, true))
    return found


def test_trees_tell_likely_from_unlikely_on_rows_that_they_were_not_grown_on() -> None:
    grown = boosting.fit(rows(), {"least": 0.5})
    assert grown.probability({"one": 0.9, "two": 0.8}) > 0.8
    assert grown.probability({"one": 0.2, "two": 0.1}) < 0.2


def test_the_same_rows_give_the_same_trees_which_are_read_as_they_were_written(tmp_path: Path) -> None:
    grown = boosting.fit(rows(), {"least": 0.5})
    assert grown == boosting.fit(rows(), {"least": 0.5})
    boosting.write(grown, tmp_path / "grown.json", "a test")
    assert load_boosted(tmp_path / "grown.json") == grown


def test_what_speaks_for_it_never_speaks_against_it() -> None:
    grown = boosting.fit(rows(), {}, rising={"one"}, falling={"two"})
    steps = [number / 50 for number in range(51)]
    for other in steps:
        up = [grown.probability({"one": each, "two": other}) for each in steps]
        down = [grown.probability({"one": other, "two": each}) for each in steps]
        assert up == sorted(up)
        assert down == sorted(down, reverse=True)
