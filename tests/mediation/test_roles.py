"""Who mediates: teams, those who did so too, envoys of two bodies, offers of help; nobody at home with a side."""

from __future__ import annotations

import pytest

import dragoman

WAR = (
    " The Congolese government and the M23 rebels have fought for two years. Kinshasa accuses the rebels of massacres, "
    "and the M23 accuses the government of bombing villages."
)


def mediators(sentence: str, published: str = "2024-05-01") -> dict[str, tuple[str, ...]]:
    (mediation,) = dragoman.read(sentence, published=published).mediations
    return {mediator.actor: mediator.roles for mediator in mediation.mediators}


@pytest.mark.parametrize(
    "sentence",
    [
        "Kinshasa and the M23 met on Monday. Angola, Zambia and the African Union belong to the mediating team.",
        "Kinshasa and the M23 received a mediation panel made up of Angola, Zambia and the African Union on Monday.",
        "The mediating committee, which includes Angola, Zambia and the African Union, met Kinshasa and the M23.",
        "Kinshasa and the M23 met on Monday. Angola, Zambia and the African Union are members of the mediation.",
    ],
)
def test_whoever_is_in_a_team_of_mediators_mediates(sentence: str) -> None:
    assert {"AGO", "ZMB", "AU"} <= mediators(sentence + WAR).keys()


@pytest.mark.parametrize(
    "sentence",
    [
        "Angola mediated between Kinshasa and the M23 on Monday, as did Zambia and the African Union.",
        "Angola mediated between Kinshasa and the M23 on Monday, and so did Zambia and the African Union.",
    ],
)
def test_whoever_did_so_too_mediates_as_well(sentence: str) -> None:
    assert {"AGO", "ZMB", "AU"} <= mediators(sentence + WAR).keys()


@pytest.mark.parametrize(
    "sentence",
    [
        "Kinshasa and the M23 agreed on Monday to a truce through the good offices of Angola.",
        "Kinshasa and the M23 held talks through Angolan good offices on Monday.",
    ],
)
def test_good_offices_are_those_of_a_mediator_and_nobody_themselves(sentence: str) -> None:
    reading = dragoman.read(sentence + WAR, published="2024-05-01")
    assert "AGO" in {mediator.actor for mediator in reading.mediations[0].mediators}
    assert not any("offices" in sentence[m.start : m.end] for actor in reading.actors for m in actor.mentions)


def test_the_envoy_of_two_bodies_mediates_for_both() -> None:
    found = mediators(
        "Mary Okello, the envoy of the African Union and the United Nations, shuttled between Kinshasa and the M23."
        + WAR
    )
    assert {"AU", "UN"} <= found.keys()


def test_a_body_that_names_a_mediator_mediates_through_him() -> None:
    found = mediators(
        "The African Union named Zambia's Hakainde Hichilema as mediator in June. Kinshasa and the M23 hold talks."
        + WAR
    )
    assert {"AU", "ZMB"} <= found.keys()


def test_the_country_of_an_army_does_not_mediate_between_it_and_its_foe() -> None:
    found = mediators(
        "Saudi Arabia mediated between the Sudanese army and the Rapid Support Forces in Jeddah on Monday. "
        "The army's delegation met that of the Rapid Support Forces for three hours. Sudan sent its foreign minister. "
        "He chaired a session, and Sudan hosted the next one.",
        "2023-05-16",
    )
    assert "SAU" in found
    assert "SDN" not in found


@pytest.mark.parametrize("offer", ["help with the railway", "40 million dollars in aid", "to receive an orchestra"])
def test_who_offers_something_else_offers_no_mediation(offer: str) -> None:
    found = mediators(
        f"Kinshasa and the M23 held talks mediated by Angola in Luanda on Monday. Zambia offered {offer}." + WAR
    )
    assert "offered" not in found.get("ZMB", ())


@pytest.mark.parametrize("offer", ["its help in the conflict", "a venue for the talks", "to host the next round"])
def test_who_offers_help_with_the_conflict_or_a_place_for_it_offers_to_mediate(offer: str) -> None:
    found = mediators(
        f"Kinshasa and the M23 held talks mediated by Angola in Luanda on Monday. Zambia offered {offer}." + WAR
    )
    assert "offered" in found["ZMB"]


def test_where_the_sides_met_years_ago_nobody_is_host_today() -> None:
    found = mediators(
        "Kinshasa and the M23 held talks mediated by Angola in Luanda on Monday. The two sides first met in Accra in "
        "2021." + WAR
    )
    assert "AGO" in found
    assert "GHA" not in found


def test_those_whose_offers_are_turned_down_have_offered() -> None:
    found = mediators("Kinshasa turned down offers by Zambia and Angola to bring the M23 and it to the table." + WAR)
    assert "offered" in found["ZMB"]
    assert "offered" in found["AGO"]


def test_a_clause_behind_a_title_and_a_name_is_about_its_bearer() -> None:
    found = mediators(
        "Kinshasa and the M23 met. Cardinal Miguel Soto y Vidal, who has acted as go-between since the truce in "
        "May, and Joao Lopes Nunes, secretary-general of the Organization of American States, are to count the weapons."
        + WAR
    )
    assert any(actor.startswith("miguel-soto") for actor in found)
