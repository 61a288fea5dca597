"""What a long article tells again is found among all that it told, without comparing each step with every other."""

from __future__ import annotations

import random
from datetime import date, timedelta

import pytest

from dragoman.mediation import folding
from dragoman.mediation.folding import Told
from dragoman.records import Evidence, Step, StepKind, When

KINDS: tuple[StepKind, ...] = ("talks", "consultation", "agreement", "condition", "refusal", "endorsement", "offer")


def some_step(lot: random.Random, number: int) -> Step:
    start = date(2020, 1, 1) + timedelta(days=lot.randrange(500)) if lot.random() < 0.8 else None
    end = start + timedelta(days=lot.choice((0, 3, 40, 500))) if start is not None and lot.random() < 0.9 else None
    at = lot.choice((number, lot.randrange(20)))
    return Step(
        kind=lot.choice(KINDS),
        actors=tuple(lot.sample(("TGO", "BEN", "GHA"), lot.randrange(1, 3))),
        recipients=(),
        third_parties=(),
        persons=(),
        when=When(start, end, None, "stated"),
        where=None,
        status=lot.choice(("actual", "future")),
        round=lot.choice((None, None, 1, 2)),
        outcome=None,
        terms=(),
        said_by=None,
        events=lot.choice(((), (f"e{lot.randrange(30)}",))),
        evidence=(Evidence("a", at, at + 5),),
    )


@pytest.mark.parametrize("seed", range(5))
def test_the_first_step_that_tells_the_same_is_found(seed: int) -> None:
    lot = random.Random(seed)
    steps = [some_step(lot, number) for number in range(400)]
    told = Told()
    expected: list[Step] = []
    for step in steps:
        told.add(step)
        same = next((n for n, other in enumerate(expected) if folding._same(step, other)), None)
        if same is None:
            expected.append(step)
        else:
            expected[same] = folding._joined(expected[same], step)
    assert 10 < len(expected) < 400
    assert told.steps == expected
