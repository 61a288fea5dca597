"""Grow boosted trees (`dragoman.boosting`) with LightGBM and write them down as this project reads them."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import Any

import lightgbm
import numpy as np

from dragoman.boosting import Boosted, Features, Tree

Row = tuple[Features, bool]


def fit(
    rows: Sequence[Row],
    levels: Mapping[str, float],
    *,
    rising: Collection[str] = (),
    falling: Collection[str] = (),
    trees: int = 120,
    leaves: int = 8,
) -> Boosted:
    """The trees that make what is known likeliest; the same rows give the same trees.

    Args:
        rows: features and whether it is true; features that are not named are nought.
        levels: goes with the trees.
        rising, falling: features that speak for it, or against it, or not at all.
        trees, leaves: how many trees, and how many leaves each.
    """
    names = sorted({name for about, _ in rows for name in about})
    x = np.array([[about.get(name, 0.0) for name in names] for about, _ in rows])
    y = np.array([float(true) for _, true in rows])
    options: dict[str, Any] = {
        "objective": "binary", "learning_rate": 0.05, "num_leaves": leaves, "min_data_in_leaf": 15,
        "bagging_fraction": 0.7, "bagging_freq": 1, "feature_fraction": 0.6, "lambda_l2": 4.0,
        "monotone_constraints": [(name in rising) - (name in falling) for name in names],
        "seed": 1, "deterministic": True, "force_row_wise": True, "num_threads": 1, "verbose": -1,
    }  # fmt: skip
    grown = lightgbm.train(options, lightgbm.Dataset(x, y, feature_name=_plain(names)), trees).dump_model()
    found = [_tree(each["tree_structure"], names) for each in grown["tree_info"]]
    return Boosted(0.0, tuple(found), dict(levels))


def write(boosted: Boosted, path: Path, source: str) -> None:
    """Write trees as `load_boosted` reads them, a tree a line."""
    head = {"source": source, "levels": boosted.levels, "base": boosted.base}
    lines = [f" {json.dumps(name)}: {json.dumps(value)}," for name, value in head.items()]
    trees = ",\n  ".join(json.dumps(tree) for tree in boosted.trees)
    path.write_text("{\n" + "\n".join(lines) + f'\n "trees": [\n  {trees}\n ]\n}}\n', encoding="utf-8")


def _plain(names: Sequence[str]) -> list[str]:
    """Names that LightGBM takes."""
    return [f"f{number}" for number in range(len(names))]


def _tree(node: Mapping[str, Any], names: Sequence[str]) -> Tree:
    if "leaf_value" in node:
        return round(float(node["leaf_value"]), 4)
    # Where no value is missing, LightGBM goes left up to the threshold.
    name, threshold = names[node["split_feature"]], float(node["threshold"])
    return name, float(f"{threshold:.6g}"), _tree(node["left_child"], names), _tree(node["right_child"], names)
