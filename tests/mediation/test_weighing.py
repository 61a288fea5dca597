"""Rules and language model weighed: who is a side, who mediates, what is a step."""

from __future__ import annotations

from typing import get_args

from hypothesis import given
from hypothesis import strategies as st

import dragoman
from dragoman.mediation.weighing import Weights, load_weighing, weighed_mediators, weighed_sides
from dragoman.records import Mediator, StepKind

# What makes a body a side, or a mediator, beyond doubt, and what makes it neither.
SURE = {"one": 1.0, "rule": 1.0, "side": 4.0, "mediator": -4.0, "share": 1.0, "mentions": 2.0, "best": -4.0}
NEVER = {"one": 1.0, "side": -4.0, "mediator": -4.0, "best": -4.0, "first": 1.0, "no rule": 0.0}


def test_nobody_is_at_odds_alone() -> None:
    assert weighed_sides({"TCD": SURE, "LBY": SURE, "FRA": NEVER}) == ("LBY", "TCD")
    assert weighed_sides({"TCD": SURE, "FRA": NEVER}) == ()


def test_a_mediator_that_the_rules_found_keeps_its_roles_and_another_facilitates() -> None:
    told = Mediator("TGO", ("offered", "host"))
    sure = {"one": 1.0, "rule": 1.0, "mediator": 4.0, "best": 4.0, "mentions": 2.0, "share": 1.0, "side": -4.0}
    found = weighed_mediators({"TGO": sure, "DZA": sure, "FRA": NEVER}, [told])
    assert found == (Mediator("DZA", ("facilitator",)), told)


@given(st.dictionaries(st.sampled_from(["one", "side", "rule", "strange name"]), st.floats(-1e6, 1e6)))
def test_a_probability_is_one_whatever_the_features(features: dict[str, float]) -> None:
    assert 0.0 <= load_weighing().sides.probability(features) <= 1.0


def test_a_feature_without_a_weight_changes_nothing() -> None:
    weights = Weights({"side": 1.0}, 0.5)
    assert weights.probability({"side": 1.0, "other": 9.0}) == weights.probability({"side": 1.0})


def test_every_kind_of_step_has_a_least_belief() -> None:
    assert set(load_weighing().steps) == set(get_args(StepKind))


def test_the_model_tells_a_side_from_who_mediates_where_no_rule_has_the_words() -> None:
    reading = dragoman.read(
        "Weeks of errands by Oman's foreign minister between the palace in Sanaa and the Houthi stronghold in Saada "
        "bore fruit on Thursday when the Yemeni government and the Houthis signed an accord to exchange 40 captives. "
        "Muscat had carried the lists from one side to the other. France welcomed the news.",
        published="2021-05-14",
    )
    (mediation,) = reading.mediations
    assert "OMN" in {mediator.actor for mediator in mediation.mediators}
    assert "FRA" not in {mediator.actor for mediator in mediation.mediators} | set(mediation.parties)
