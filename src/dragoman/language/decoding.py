"""From the scores of the network to annotations: trees, names."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]


def decode_tree(scores: Floats) -> Ints:
    """The heads of the best tree with one root.

    *Shape:* (W, 1 + W), column 0 the root → (W,), 0 the root, 1 the first word.

    Most sentences need no more than the best head of every word; where that gives a circle or not just one root, the
    maximum spanning arborescence is found (Chu and Liu 1965, Edmonds 1967), once for each of the likeliest roots.
    """
    count = scores.shape[0]
    if count == 1:
        return np.zeros(1, dtype=np.int64)
    scores = scores.astype(np.float64)
    scores[np.arange(count), np.arange(1, count + 1)] = -np.inf
    heads: Ints = scores.argmax(1)
    if (heads == 0).sum() == 1 and _is_tree(heads):
        return heads
    best, best_score = heads, -np.inf
    normal = scores - np.logaddexp.reduce(scores, axis=1, keepdims=True)
    for root in np.argsort(-normal[:, 0], kind="stable")[:3]:
        rooted = normal.copy()
        rooted[:, 0] = -np.inf
        rooted[root] = -np.inf
        rooted[root, 0] = normal[root, 0]
        square = np.full((count + 1, count + 1), -np.inf)
        square[1:] = rooted
        found = _arborescence(square)[1:]
        score = float(rooted[np.arange(count), found].sum())
        if score > best_score:
            best, best_score = found, score
    return best


def _is_tree(heads: Ints) -> bool:
    state = np.zeros(len(heads) + 1, dtype=np.int8)
    state[0] = 2
    for start in range(1, len(heads) + 1):
        path, node = [], start
        while state[node] == 0:
            state[node] = 1
            path.append(node)
            node = int(heads[node - 1])
        if state[node] == 1:
            return False
        state[path] = 2
    return True


def _cycle(heads: Ints) -> list[int]:
    state = [0] * len(heads)
    state[0] = 2
    for start in range(1, len(heads)):
        path, node = [], start
        while state[node] == 0:
            state[node] = 1
            path.append(node)
            node = int(heads[node])
        if state[node] == 1:
            return path[path.index(node) :]
        for seen in path:
            state[seen] = 2
    return []


def _arborescence(scores: NDArray[np.float64]) -> Ints:
    """Heads of the maximum spanning arborescence rooted in node 0; row = dependent, column = head."""
    heads: Ints = scores.argmax(1)
    heads[0] = 0
    cycle = _cycle(heads)
    if not cycle:
        return heads
    inside = np.array(cycle)
    outside = np.setdiff1d(np.arange(len(scores)), inside)
    cycle_score = scores[inside, heads[inside]]
    # Contract the circle into one node, the last: an arc into it is worth what breaking the circle there gains.
    size = len(outside)
    contracted = np.full((size + 1, size + 1), -np.inf)
    contracted[:size, :size] = scores[np.ix_(outside, outside)]
    leaving = scores[np.ix_(outside, inside)]
    contracted[:size, size] = leaving.max(1)
    leaving_from = inside[leaving.argmax(1)]
    entering = scores[np.ix_(inside, outside)] - cycle_score[:, None]
    contracted[size, :size] = entering.max(0)
    entering_at = entering.argmax(0)
    np.fill_diagonal(contracted, -np.inf)
    found = _arborescence(contracted)
    result = heads.copy()
    for k in range(1, size):
        result[outside[k]] = leaving_from[k] if found[k] == size else outside[found[k]]
    broken = inside[entering_at[found[size]]]
    result[broken] = outside[found[size]]
    return result


def name_labels(types: tuple[str, ...]) -> tuple[str, ...]:
    """The labels of the names head: O, then B, I, L (last) and U (single word) for each type."""
    return ("O", *(f"{place}-{kind}" for kind in types for place in "BILU"))


# Types that look alike and part only in what is known of the world: where a name is, and that it is one of these, is
# decided on the sum of their probabilities; which of them, afterwards.
ALIKE = (frozenset({"GPE", "LOC"}), frozenset({"NORP", "EVENT", "MISC"}))


def decode_names(scores: Floats, types: tuple[str, ...]) -> list[tuple[int, int, str]]:
    """The best sequence of well-formed names (Viterbi), types that are alike (`ALIKE`) together, then parted.

    *Shape:* (W, labels), log-probabilities → (start, end, type) with words as units, end exclusive
    """
    if not len(scores):
        return []
    kinds = _kinds(types)
    by_type = scores[:, 1:].reshape(len(scores), len(types), 4).astype(np.float64)
    by_kind = np.stack([np.logaddexp.reduce(by_type[:, members], axis=1) for members in kinds], axis=1)
    joint = np.concatenate([scores[:, :1], by_kind.reshape(len(scores), -1)], axis=1)
    names = []
    for start, end, kind in _well_formed(joint):
        members = kinds[kind]
        names.append((start, end, types[members[int(_span(by_type, start, end)[members].argmax())]]))
    return names


def type_chances(scores: Floats, start: int, end: int, types: tuple[str, ...]) -> NDArray[np.float64]:
    """Of what type a span is, given that it is a name. *Shape:* (W, labels), log-probabilities → (types,), likewise"""
    values = _span(scores[:, 1:].reshape(len(scores), len(types), 4).astype(np.float64), start, end)
    return np.asarray(values - np.logaddexp.reduce(values))


def _span(by_type: NDArray[np.float64], start: int, end: int) -> NDArray[np.float64]:
    places = [3] if end - start == 1 else [0, *[1] * (end - start - 2), 2]
    return np.asarray(by_type[start:end][np.arange(end - start), :, places].sum(0))


def agreed_type(chances: Sequence[NDArray[np.float64]], types: tuple[str, ...]) -> str:
    """The type on which all that bear one name agree best: within a text a name seldom changes its sense.

    After Gale, Church and Yarowsky, "One sense per discourse" (1992). Each bearer has a vote in the size of its
    probabilities; types that are alike (`ALIKE`) are voted for together, then parted.

    Args:
        chances: the `type_chances` of each.
    """
    votes = np.logaddexp.reduce(np.stack(chances), axis=0)
    members = max(_kinds(types), key=lambda kind: float(np.logaddexp.reduce(votes[kind])))
    return types[members[int(votes[members].argmax())]]


@cache
def _kinds(types: tuple[str, ...]) -> tuple[list[int], ...]:
    """The places of the types in `types`, those that are alike together."""
    kinds: dict[frozenset[str], list[int]] = {}
    for i, kind in enumerate(types):
        key = next((alike for alike in ALIKE if kind in alike), frozenset({kind}))
        kinds.setdefault(key, []).append(i)
    return tuple(kinds.values())


def _well_formed(scores: NDArray[np.float64]) -> list[tuple[int, int, int]]:
    """The best sequence of names that begin, go on and end. *Shape:* (W, 1 + 4K) → (start, end, kind)"""
    if (scores.argmax(1) == 0).all():
        return []
    allowed = _transitions(scores.shape[1] // 4)
    places = np.arange(scores.shape[1]) % 4
    places[0] = -1
    value = np.where((places == 2) | (places == 3), -np.inf, scores[0])
    back = np.zeros(scores.shape, dtype=np.int64)
    for i in range(1, len(scores)):
        options = value[:, None] + allowed
        back[i] = options.argmax(0)
        value = options.max(0) + scores[i]
    label = int(np.where((places == 1) | (places == 2), -np.inf, value).argmax())
    path = [label]
    for i in range(len(scores) - 1, 0, -1):
        label = int(back[i, label])
        path.append(label)
    path.reverse()
    names, start = [], 0
    for i, label in enumerate(path):
        place = label % 4 if label else -1
        if place in (1, 0):
            start = i
        if place in (3, 0):
            names.append((start, i + 1, (label - 1) // 4))
    return names


@cache
def _transitions(types: int) -> NDArray[np.float64]:
    """0 where the label of the column may follow that of the row, else minus infinity.

    Label 0 is O; of type t, 1 + 4t is B, 2 + 4t I, 3 + 4t L and 4 + 4t U.
    """
    size = 1 + 4 * types
    allowed = np.full((size, size), -np.inf)
    for one in range(size):
        opened = one > 0 and one % 4 in (1, 2)
        for other in range(size):
            continues = other > 0 and other % 4 in (2, 3)
            if opened and continues:
                if (one - 1) // 4 == (other - 1) // 4:
                    allowed[one, other] = 0.0
            elif not opened and not continues:
                allowed[one, other] = 0.0
    return allowed
