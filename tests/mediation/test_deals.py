"""Whose a deal is of which only a third party is named: that of the parties, or one of its own."""

from __future__ import annotations

import pytest

import dragoman
from tests.mediation.shire import WAR, steps


@pytest.mark.parametrize(
    "sentence",
    [
        "Botswana negotiated a loan agreement last year.",
        "Botswana secured a gas deal in April.",
        "Botswana arranged an agreement to sell copper on Sunday.",
        "The trade agreement was negotiated over three days by officials of Botswana.",
        "A coffee accord was signed in Gaborone last year.",
        "Botswana brokered a deal between Kenya and Somalia on Sunday.",
        "Botswana achieved an agreement with Kenya in April.",
        "Botswana negotiated a document on fishing last year.",
    ],
)
def test_a_deal_of_an_outsider_for_itself_or_for_others_is_none_of_the_parties(sentence: str) -> None:
    assert steps(sentence, "agreement") == []
    assert steps(sentence, "talks") == []


def test_who_made_a_deal_for_itself_is_no_mediator() -> None:
    (mediation,) = dragoman.read(WAR + "Botswana secured a gas deal in April.", published="2024-05-01").mediations
    assert [mediator.actor for mediator in mediation.mediators] == ["ZMB"]


@pytest.mark.parametrize(
    "sentence",
    [
        "Botswana brokered a truce on Sunday.",
        "Botswana negotiated a peace deal on Sunday.",
        "Botswana secured an agreement between the two on Sunday.",
        "Botswana arranged a deal to free captives on Sunday.",
        "Botswana negotiated the agreement on Sunday.",
        "The agreement was negotiated over three days under the eyes of the president of Botswana.",
    ],
)
def test_a_deal_that_is_told_as_theirs_is_one_of_the_parties(sentence: str) -> None:
    (deal,) = steps(sentence, "agreement")
    assert set(deal.actors) == {"MWI", "MOZ"}
    assert deal.third_parties == ("BWA",)


def test_the_name_of_the_conflict_says_whose_a_deal_is() -> None:
    found = dragoman.read(
        "Gambia negotiated an agreement on Casamance on Sunday. Senegal and the MFDC rebels, whose war has gone on "
        "since 1982, had held talks under the mediation of Guinea-Bissau. The rebels killed five soldiers.",
        published="2010-05-04",
    ).mediations
    (deal,) = [step for mediation in found for step in mediation.steps if step.kind == "agreement"]
    assert set(deal.actors) == {"MFDC", "SEN"}
