"""Who hosts: the country where the parties meet, but for one where only a body that mediates has its seat."""

from __future__ import annotations

import pytest

import dragoman

WAR = " Their armies have fought over a border post since March."


def roles(sentence: str) -> dict[str, tuple[str, ...]]:
    (mediation,) = dragoman.read(sentence + WAR, published="2024-05-01").mediations
    return {mediator.actor: mediator.roles for mediator in mediation.mediators}


@pytest.mark.parametrize(
    ("sentence", "body", "country"),
    [
        ("Gabon and Cameroon held talks mediated by the African Union in Addis Ababa on Monday.", "AU", "ETH"),
        ("Mali and Niger held peace talks mediated by ECOWAS in Abuja on Monday.", "ECOWAS", "NGA"),
        ("Oman and Yemen held talks mediated by the Arab League in Cairo on Monday.", "ARAB-LEAGUE", "EGY"),
        ("Moldova and Romania held talks mediated by the OSCE in Vienna on Monday.", "OSCE", "AUT"),
        ("Laos and Vietnam held talks mediated by ASEAN in Jakarta on Monday.", "ASEAN", "IDN"),
    ],
)
def test_the_country_of_the_seat_of_a_mediating_body_is_no_host(sentence: str, body: str, country: str) -> None:
    found = roles(sentence)
    assert body in found
    assert country not in found


@pytest.mark.parametrize(
    "sentence",
    [
        "Mali and Niger held peace talks mediated by ECOWAS in Abuja on Monday. Nigeria hosted the talks.",
        "Nigeria offered to host talks. Mali and Niger held peace talks mediated by ECOWAS in Abuja on Monday.",
        "Mali and Niger held peace talks mediated by ECOWAS in Abuja on Monday. Nigeria had offered to host the talks.",
    ],
)
def test_a_country_that_hosts_or_offers_to_is_a_host_whoever_has_a_seat_there(sentence: str) -> None:
    assert "host" in roles(sentence)["NGA"]


def test_a_country_without_the_seat_of_the_body_is_the_host() -> None:
    assert roles("Mali and Niger held peace talks mediated by ECOWAS in Accra on Monday.")["GHA"] == ("host",)
