"""Rules and language model weighed: who is a side, who mediates, what is a step."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

import dragoman
from dragoman.boosting import Boosted
from dragoman.mediation.weighing import likely_sides, load_weighing, weighed_mediators, weighed_sides
from dragoman.records import Mediator

VISIT = """\
SANTIAGO – President Eduardo Frei of Chile received President Fernando Henrique Cardoso of Brazil at La Moneda
on Tuesday for talks on trade and on a road from Antofagasta to the Atlantic, and the two signed an agreement on
customs.

"Our countries have never been closer," Mr Frei said after a meeting of an hour and a half. Mr Cardoso agreed.
He invited his host to Brasilia in the spring.

The foreign ministers, José Miguel Insulza and Luiz Felipe Lampreia, met separately and discussed fishing, visas
and the summit of the Rio Group. They rejected reports of a dispute over beef, of which Brazilian farmers had
complained in May.

The visitor laid a wreath, addressed the Congress in Valparaiso and dined with businessmen. He leaves for
Bolivia today."""

SIDES = Boosted(0.0, (("side", 0.0, -3.0, 3.0),), {"least": 0.5, "second": 0.2})
MEDIATORS = Boosted(0.0, (("mediator", 0.0, -3.0, 3.0),), {"least": 0.5, "second": 0.01})
# What makes a body a side beyond doubt, what makes it neither, and what a rule alone sees.
SURE, NEVER, RULED = {"rule": 1.0, "side": 4.0}, {"side": -4.0}, {"rule": 1.0, "side": -4.0}


def sides(**features: dict[str, float]) -> tuple[str, ...]:
    return weighed_sides(features, likely_sides(features, SIDES), SIDES.levels)


def test_nobody_is_at_odds_alone() -> None:
    assert sides(TCD=SURE, LBY=SURE, FRA=NEVER) == ("LBY", "TCD")
    assert sides(TCD=SURE, FRA=NEVER) == ()


def test_a_side_that_only_the_rules_see_stands_where_the_other_is_beyond_doubt() -> None:
    assert sides(TCD=SURE, LBY=RULED, FRA=NEVER) == ("LBY", "TCD")


def test_a_mediator_that_the_rules_found_keeps_its_roles_and_another_facilitates() -> None:
    told = Mediator("TGO", ("offered", "host"))
    found = weighed_mediators({"TGO": {"mediator": 4.0}, "DZA": {"mediator": 4.0}, "FRA": NEVER}, [told], MEDIATORS)
    assert found == (Mediator("DZA", ("facilitator",)), told)


def test_a_mediator_that_a_rule_found_needs_less_belief_than_another() -> None:
    hosted = Mediator("TGO", ("host",))
    assert weighed_mediators({"TGO": NEVER, "DZA": NEVER}, [hosted], MEDIATORS) == (hosted,)


def test_who_praises_a_mediation_is_no_mediator_by_belief_alone() -> None:
    praising = {"mediator": 4.0, "does endorsement": 1.0}
    assert weighed_mediators({"FRA": praising}, [], MEDIATORS) == ()


@given(st.dictionaries(st.sampled_from(["side", "rule", "strange name"]), st.floats(-1e6, 1e6)))
def test_what_ships_gives_probabilities_whatever_the_features(features: dict[str, float]) -> None:
    shipped = load_weighing()
    for trees in (shipped.sides, shipped.mediators, shipped.steps, shipped.occurrence):
        assert 0.0 <= trees.probability(features) <= 1.0


def test_a_visit_with_talks_and_a_treaty_is_no_mediation() -> None:
    reading = dragoman.read(VISIT, published="1997-06-11")
    assert reading.mediations == ()


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
