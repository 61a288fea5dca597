"""Who acts in dated texts of many eras and regions, with the model that ships; what is expected stands in the cases."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from benchmarks.actors import CASES, Case, read_cases, score_cases
from dragoman.knowledge import load_knowledge
from dragoman.language import load

# Not right yet; strict, so that a case that starts to be right is noticed and struck off.
FAILING: dict[str, str] = {}


def cases() -> Iterator[Any]:
    for case in read_cases(CASES):
        why = FAILING.get(case.name)
        yield pytest.param(case, id=case.name, marks=[pytest.mark.xfail(reason=why, strict=True)] if why else [])


@pytest.mark.parametrize("case", list(cases()))
def test_everyone_in_a_case_is_who_it_says(case: Case) -> None:
    assert score_cases(load(), load_knowledge(), [case]).wrong == []
