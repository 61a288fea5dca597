"""Trees and names out of scores."""

from collections.abc import Iterator
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from dragoman.language.decoding import agreed_type, decode_names, decode_tree, name_labels, type_chances

TYPES = ("PERSON", "GPE")


def scores(most: int) -> st.SearchStrategy[np.ndarray]:
    floats = st.floats(-8, 8, width=32)
    return st.integers(1, most).flatmap(lambda n: arrays(np.float32, (n, n + 1), elements=floats))


def is_tree(heads: tuple[int, ...]) -> bool:
    for start in range(1, len(heads) + 1):
        seen, node = set(), start
        while node:
            if node in seen:
                return False
            seen.add(node)
            node = heads[node - 1]
    return sum(head == 0 for head in heads) == 1


@given(scores(25))
@settings(max_examples=150, deadline=None)
def test_every_sentence_gets_a_tree_with_one_root(matrix: np.ndarray) -> None:
    assert is_tree(tuple(int(head) for head in decode_tree(matrix)))


@given(scores(4))
@settings(max_examples=60, deadline=None)
def test_the_tree_is_the_best_of_all_trees(matrix: np.ndarray) -> None:
    n = len(matrix)

    def value(heads: tuple[int, ...]) -> float:
        normal = matrix.astype(float).copy()
        normal[np.arange(n), np.arange(1, n + 1)] = -np.inf
        normal -= np.logaddexp.reduce(normal, axis=1, keepdims=True)
        return sum(normal[i, head] for i, head in enumerate(heads))

    # Three roots are tried for long sentences; up to three words those are all, of four the best three.
    best = max(value(heads) for heads in product(range(n + 1), repeat=n) if is_tree(heads))
    found = value(tuple(int(head) for head in decode_tree(matrix)))
    if n <= 3:
        assert found == pytest.approx(best)
    assert found <= best + 1e-9


def test_names_are_well_formed_even_where_the_best_labels_are_not() -> None:
    labels = name_labels(TYPES)
    matrix = np.full((3, len(labels)), -5.0, dtype=np.float32)
    matrix[0, labels.index("B-PERSON")] = 0.0
    matrix[1, labels.index("L-GPE")] = 0.0  # closes another type than was opened
    matrix[1, labels.index("L-PERSON")] = -1.0
    matrix[2, labels.index("U-GPE")] = 0.0
    assert decode_names(matrix, TYPES) == [(0, 2, "PERSON"), (2, 3, "GPE")]


@given(
    st.integers(1, 12).flatmap(
        lambda n: arrays(np.float32, (n, len(name_labels(TYPES))), elements=st.floats(-9, 9, width=32))
    )
)
@settings(max_examples=100, deadline=None)
def test_names_never_overlap_or_leave_the_sentence(matrix: np.ndarray) -> None:
    end_before = 0
    for start, end, kind in decode_names(matrix, TYPES):
        assert end_before <= start < end <= len(matrix)
        assert kind in TYPES
        end_before = end


def test_a_name_is_found_by_the_sum_of_types_that_are_alike() -> None:
    types = ("ORG", "GPE", "LOC")
    rows = np.full((2, len(name_labels(types))), 0.01, dtype=np.float32)
    for label, probability in (("U-ORG", 0.35), ("U-GPE", 0.28), ("U-LOC", 0.3)):
        rows[0, name_labels(types).index(label)] = probability
    rows[1, 0] = 0.9
    assert decode_names(np.log(rows), types) == [(0, 1, "LOC")]


@given(st.integers(1, 4), st.integers(0, 2**32 - 1))
@settings(max_examples=50, deadline=None)
def test_names_are_the_best_sequence_of_all(count: int, seed: int) -> None:
    matrix = np.log(np.random.default_rng(seed).dirichlet(np.ones(9), count)).astype(np.float32)
    assert decode_names(matrix, TYPES) == max(_sequences(matrix), key=lambda found: found[0])[1]


def _sequences(matrix: np.ndarray) -> Iterator[tuple[float, list[tuple[int, int, str]]]]:
    """Every well-formed sequence of names with its score."""
    if not len(matrix):
        yield 0.0, []
        return
    for score, names in _sequences(matrix[:-1]):
        yield score + float(matrix[-1, 0]), names
    labels = name_labels(TYPES)
    for start in range(len(matrix)):
        for kind in TYPES:
            size = len(matrix) - start
            places = "U" if size == 1 else "B" + "I" * (size - 2) + "L"
            value = sum(float(matrix[start + k, labels.index(f"{p}-{kind}")]) for k, p in enumerate(places))
            for score, names in _sequences(matrix[:start]):
                yield score + value, [*names, (start, len(matrix), kind)]


def test_no_words_have_no_names() -> None:
    assert decode_names(np.zeros((0, 9), dtype=np.float32), TYPES) == []


def chances(*probabilities: float) -> np.ndarray:
    return np.log(np.array(probabilities))


def test_one_who_is_sure_settles_the_type_of_a_name_for_two_who_doubt() -> None:
    doubting = chances(0.55, 0.45)
    assert agreed_type([doubting], TYPES) == "PERSON"
    assert agreed_type([doubting, chances(0.02, 0.98), doubting], TYPES) == "GPE"


def test_types_that_are_alike_are_voted_for_together() -> None:
    assert agreed_type([chances(0.4, 0.28, 0.32), chances(0.36, 0.34, 0.3)], ("ORG", "GPE", "LOC")) == "GPE"


@given(
    st.integers(1, 5).flatmap(
        lambda n: arrays(np.float32, (n, len(name_labels(TYPES))), elements=st.floats(-9, 9, width=32))
    )
)
@settings(max_examples=60, deadline=None)
def test_a_name_that_occurs_once_keeps_the_type_that_was_decoded(matrix: np.ndarray) -> None:
    for start, end, kind in decode_names(matrix, TYPES):
        told = type_chances(matrix, start, end, TYPES)
        assert np.exp(told).sum() == pytest.approx(1.0)
        if abs(told[0] - told[1]) > 1e-3 and end - start == len(matrix):
            assert agreed_type([told], TYPES) == kind
