"""Logistic regression for the few weights with which rules and models are weighed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np


def fit(
    rows: Sequence[tuple[Mapping[str, float], bool]], names: Sequence[str], base: str, penalty: float
) -> dict[str, float]:
    """The weights that make what is known likeliest, by Newton's method, to three digits.

    Args:
        rows: features and whether it is true; `base` holds of every row, named or not.
        names: the features; `base` comes first.
        penalty: on the square of every weight but the base.
    """
    order = [base, *(name for name in names if name != base)]
    x = np.array([[1.0, *(about.get(name, 0.0) for name in order[1:])] for about, _ in rows])
    y = np.array([float(right) for _, right in rows])
    slack = np.array([1e-6, *([penalty] * (len(order) - 1))])
    weights = np.zeros(len(order))
    for _ in range(30):
        p = 1 / (1 + np.exp(-np.clip(x @ weights, -30, 30)))
        curve = (x * (p * (1 - p))[:, None]).T @ x + np.diag(slack)
        weights -= np.linalg.solve(curve, x.T @ (p - y) + slack * weights)
    return {name: round(float(weight), 3) for name, weight in zip(order, weights, strict=True)}
