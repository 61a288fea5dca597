"""Boosted decision trees: how likely something is by many features of which none decides alone.

A sum of small trees, each of which mends what those before it leave wrong (Jerome Friedman 2001, Greedy function
approximation: a gradient boosting machine), is a log odds. Training grows them (`training/boosting.py`); here they are
only asked. Their files are JSON: a tree is a leaf's number, or a feature, a threshold, and the two trees for values up
to it and above it.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

from dragoman.errors import DataError

Tree: TypeAlias = "float | tuple[str, float, Tree, Tree]"
Features: TypeAlias = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Boosted:
    """A sum of trees.

    Attributes:
        base: the log odds before any tree is asked.
        trees: each adds the number of the leaf at which it ends.
        levels: the least probabilities that are believed, by what they are for.
    """

    base: float
    trees: tuple[Tree, ...]
    levels: Mapping[str, float]

    def probability(self, features: Features) -> float:
        """How likely it is; features that are not named are nought."""
        total = self.base
        for tree in self.trees:
            while isinstance(tree, tuple):
                name, threshold, low, high = tree
                tree = low if features.get(name, 0.0) <= threshold else high
            total += tree
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))

    def is_likely(self, features: Features) -> bool:
        """Whether it is at least as likely as the level `least`."""
        return self.probability(features) >= self.levels["least"]


def load_boosted(path: Path) -> Boosted:
    """Read a sum of trees.

    Raises:
        DataError: the file is missing or not what it should be.
    """
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        levels = {str(name): float(value) for name, value in data["levels"].items()}
        return Boosted(float(data["base"]), tuple(map(_tree, data["trees"])), levels)
    except (OSError, KeyError, TypeError, ValueError, AttributeError) as error:
        raise DataError(f"the trees in {path} cannot be read: {error}") from error


def _tree(node: Any) -> Tree:
    if isinstance(node, list):
        name, threshold, low, high = node
        return str(name), float(threshold), _tree(low), _tree(high)
    return float(node)
