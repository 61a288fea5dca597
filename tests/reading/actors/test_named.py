"""Who is named by what stands around a name: datelines, organs of states, envoys of bodies."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

import dragoman
from dragoman.records import Actor


def actors(text: str, published: str = "2015-06-01") -> Sequence[Actor]:
    return dragoman.read(text, published=published).actors


@pytest.mark.parametrize(
    "text",
    [
        "ARUSHA, Tanzania, 29 August - Burundi's government signed a truce with the rebels.",
        "GENEVA, Switzerland (AP) - Libya's government met the rebels on Monday.",
        "TUNIS, Tunisia - Libya's government met the rebels on Monday.",
    ],
)
def test_the_country_of_a_dateline_does_nothing(text: str) -> None:
    found = {actor.id for actor in actors(text) if actor.mentions}
    assert not found & {"TZA", "CHE", "TUN"}


@pytest.mark.parametrize(
    ("text", "id_"),
    [
        ("The rebels of northern Mali signed in May. The Government of Mali welcomed it.", "MLI"),
        ("The rebels of northern Mali signed in May. A month before, the Government had put its name to it.", "MLI"),
        ("The rebels of northern Mali signed in May. The Army kept the truce.", "MLI:MIL"),
    ],
)
def test_an_organ_of_the_state_written_with_a_capital_is_that_of_the_country_in_view(text: str, id_: str) -> None:
    assert id_ in {actor.id for actor in actors(text)}


def test_the_envoy_of_two_bodies_leaves_the_second_one_named() -> None:
    text = "Mary Okello, the envoy of the United Nations and the Arab League, flew home."
    found = {actor.id for actor in actors(text)}
    assert {"mary-okello", "ARAB-LEAGUE"} <= found


def test_somebody_whom_a_text_calls_of_a_body_is_seen_there() -> None:
    text = "Jan Eliasson of the African Union met the rebels."
    found = {actor.id: actor for actor in actors(text, "2008-05-01")}
    assert found["jan-eliasson"].of == "AU"


@pytest.mark.parametrize(
    ("text", "id_"),
    [
        ("Colombian officials met the National Liberation Army, or ELN, in Quito.", "ELN"),
        ("Turkish officials met the Kurdistan Workers' Party, or PKK, in Oslo.", "PKK"),
    ],
)
def test_an_acronym_after_or_says_which_movement_a_name_is(text: str, id_: str) -> None:
    found = {actor.id: actor for actor in actors(text)}
    assert len(found[id_].mentions) == 2
    assert not any(actor.sector == "REB" for key, actor in found.items() if key != id_)
