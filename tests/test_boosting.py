"""Boosted trees: what they say of features, and how their files are read."""

from __future__ import annotations

import json
import math
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.boosting import Boosted, load_boosted
from dragoman.errors import DataError

TWO = Boosted(0.5, (("mentions", 2.5, -1.0, ("side", 0.0, 0.25, 2.0)), ("side", 0.0, -0.5, 0.5)), {"least": 0.5})


@pytest.mark.parametrize(
    ("features", "odds"),
    [
        ({}, 0.5 - 1.0 - 0.5),
        ({"mentions": 2.5, "side": 1.0}, 0.5 - 1.0 + 0.5),
        ({"mentions": 3.0, "side": 1.0}, 0.5 + 2.0 + 0.5),
        ({"mentions": 3.0, "side": -1.0, "another": 9.0}, 0.5 + 0.25 - 0.5),
    ],
)
def test_the_leaves_at_which_features_end_add_up_to_log_odds(features: dict[str, float], odds: float) -> None:
    assert TWO.probability(features) == pytest.approx(1 / (1 + math.exp(-odds)))
    assert TWO.is_likely(features) == (odds >= 0)


@given(st.dictionaries(st.sampled_from(["side", "mentions", "another"]), st.floats(allow_nan=False)))
def test_a_probability_is_one_whatever_the_features(features: dict[str, float]) -> None:
    assert 0.0 <= TWO.probability(features) <= 1.0


def test_trees_are_read_from_their_file_as_they_were_written(tmp_path: Path) -> None:
    path = tmp_path / "two.json"
    path.write_text(json.dumps({"levels": TWO.levels, "base": TWO.base, "trees": TWO.trees}), encoding="utf-8")
    assert load_boosted(path) == TWO


@pytest.mark.parametrize("text", ["", "[]", '{"levels": {}, "base": 0}', '{"levels": {}, "base": 0, "trees": [["a"]]}'])
def test_a_broken_file_is_named(tmp_path: Path, text: str) -> None:
    path = tmp_path / "broken.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(DataError, match=r"broken\.json"):
        load_boosted(path)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"none\.json"):
        load_boosted(tmp_path / "none.json")
