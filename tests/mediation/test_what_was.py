"""What was, and what only might be or was not: "not only", and clauses that say until when something went on."""

from __future__ import annotations

import pytest

import dragoman
from tests.mediation.shire import WAR, steps


@pytest.mark.parametrize(
    "sentence",
    [
        "Malawi not only accepted the Zambian plan, but thanked its authors.",
        "Malawi did not merely accept the Zambian plan.",
        "Malawi did not just welcome the talks; it sent its foreign minister.",
    ],
)
def test_who_does_not_only_accept_has_not_refused(sentence: str) -> None:
    assert steps(sentence, "refusal") == []


def test_who_does_not_accept_has_refused() -> None:
    assert [step.actors for step in steps("Malawi did not accept the Zambian plan.", "refusal")] == [("MWI",)]


@pytest.mark.parametrize(
    "sentence",
    [
        "Shelling went on until Malawi and Mozambique signed a ceasefire on Wednesday.",
        "The bridge was closed until a ceasefire was signed on Wednesday.",
        "The war had lasted two months before Malawi and Mozambique signed a truce on Wednesday.",
    ],
)
def test_a_deal_until_which_they_fought_was_made(sentence: str) -> None:
    (deal,) = steps(sentence, "agreement")
    assert (set(deal.actors), deal.status) == ({"MWI", "MOZ"}, "actual")


@pytest.mark.parametrize(
    "sentence",
    [
        "Once Malawi and Mozambique broke off the talks on Wednesday, shelling began again.",
        "The guns were silent until Malawi and Mozambique broke off the talks on Wednesday.",
        "They had met four times before Malawi and Mozambique broke off the talks on Wednesday.",
    ],
)
def test_talks_that_broke_down_at_a_time_that_is_told_broke_down(sentence: str) -> None:
    assert [step.status for step in steps(sentence, "breakdown")] == ["actual"]


@pytest.mark.parametrize(
    "sentence",
    [
        "Malawi would not leave the bridge until both armies signed a ceasefire.",
        "Malawi said its troops would stay there until both armies signed a ceasefire.",
        "Malawi vowed to fight on until both armies signed a ceasefire.",
        "The bridge stays closed until Malawi and Mozambique sign a ceasefire.",
    ],
)
def test_a_deal_that_is_waited_for_was_not_made(sentence: str) -> None:
    assert [step for step in steps(sentence, "agreement") if step.status == "actual"] == []


def test_to_fight_until_the_other_stops_sets_no_condition() -> None:
    assert steps("Malawi fought on until Mozambique stopped the shelling on Wednesday.", "condition") == []


@pytest.mark.parametrize(
    "sentence",
    [
        "\"We'll attend the talks in Lusaka,\" Malawi's president said.",
        "\"We'll join the talks,\" Malawi's president said.",
    ],
)
def test_an_apostrophe_reads_the_same_whichever_way_it_is_set(sentence: str) -> None:
    straight, curly = (
        [(step.kind, step.actors, step.status) for mediation in found for step in mediation.steps]
        for found in (
            dragoman.read(WAR + text, published="2024-05-02").mediations
            for text in (sentence, sentence.replace("'", "’"))
        )
    )
    assert ("talks", ("MOZ", "MWI"), "future") in straight
    assert curly == straight
