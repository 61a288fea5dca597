"""Boosted decision trees: how likely something is by many features of which none decides alone.

A sum of small trees, each of which mends what those before it leave wrong (Jerome Friedman 2001, Greedy function
approximation: a gradient boosting machine), is a log odds. Training grows them (`training/boosting.py`); here they are
only asked. Their files are JSON: a tree is a leaf's number, or a feature, a threshold, and the two trees for values up
to it and above it.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np

from dragoman.errors import DataError

Tree: TypeAlias = "float | tuple[str, float, Tree, Tree]"
Features: TypeAlias = Mapping[str, float]


def log_odds(probability: float, least: float = 0.01) -> float:
    """The log odds of a probability as a feature; nothing counts as surer than `least`, either way."""
    probability = min(1 - least, max(least, float(probability)))
    return math.log(probability / (1 - probability))


@dataclass(frozen=True, slots=True)
class _Nodes:
    """The nodes of all trees in arrays, so that many rows walk down many trees in a few steps.

    Attributes:
        names: the features, by their number.
        feature, threshold, low, high: of a node that asks. A leaf asks nothing and leads to itself.
        value: of a leaf.
        roots: the first node of each tree.
        depth: the most questions that a tree asks.
    """

    names: tuple[str, ...]
    feature: np.ndarray
    threshold: np.ndarray
    low: np.ndarray
    high: np.ndarray
    value: np.ndarray
    roots: np.ndarray
    depth: int

    @classmethod
    def of(cls, trees: Sequence[Tree]) -> _Nodes:
        names: dict[str, int] = {}
        nodes: list[list[float]] = []
        deepest = 0

        def add(tree: Tree, depth: int) -> int:
            nonlocal deepest
            deepest, number = max(deepest, depth), len(nodes)
            nodes.append([0, 0.0, number, number, 0.0])
            if isinstance(tree, tuple):
                name, threshold, low, high = tree
                nodes[number][:2] = names.setdefault(name, len(names)), threshold
                nodes[number][2:4] = add(low, depth + 1), add(high, depth + 1)
            else:
                nodes[number][4] = tree
            return number

        roots = [add(tree, 0) for tree in trees]
        table = np.array(nodes, dtype=np.float64).reshape(-1, 5)
        feature, low, high = (table[:, column].astype(np.intp) for column in (0, 2, 3))
        return cls(tuple(names), feature, table[:, 1], low, high, table[:, 4], np.array(roots, dtype=np.intp), deepest)

    def sums(self, rows: Sequence[Features]) -> list[float]:
        """The sum of the leaves at which each row ends."""
        if not rows or not len(self.roots):
            return [0.0] * len(rows)
        values = np.array([[row.get(name, 0.0) for name in self.names] or [0.0] for row in rows], dtype=np.float64)
        each = np.arange(len(rows))[:, None]
        at = np.broadcast_to(self.roots, (len(rows), len(self.roots)))
        for _ in range(self.depth):
            at = np.where(values[each, self.feature[at]] <= self.threshold[at], self.low[at], self.high[at])
        found: list[float] = self.value[at].sum(1).tolist()
        return found


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
    _nodes: _Nodes = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_nodes", _Nodes.of(self.trees))

    def probability(self, features: Features) -> float:
        """How likely it is; features that are not named are nought."""
        return self.probabilities([features])[0]

    def probabilities(self, rows: Sequence[Features]) -> list[float]:
        """The same for many, all trees at once."""
        return [1 / (1 + math.exp(-max(-30.0, min(30.0, self.base + each)))) for each in self._nodes.sums(rows)]

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
