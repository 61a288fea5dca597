"""Whom a common noun means: ranks, go-betweens, police, and what stands beside a name."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

import dragoman


def told(text: str, published: str = "2016-07-28") -> Mapping[str, list[str]]:
    """Each actor with the words that mean it."""
    reading = dragoman.read(text, published=published)
    return {actor.id: [text[each.start : each.end] for each in actor.mentions] for actor in reading.actors}


def test_mediators_are_neither_of_the_sides_between_whom_they_stand() -> None:
    found = told(
        "The mediators proposed on Wednesday that Mozambique's government and the rebels suspend fighting. "
        "The mediators will meet the two delegations on Friday. The mediator praised both sides."
    )
    assert not [id_ for id_, words in found.items() if any("mediator" in each for each in words)]


def test_mediators_are_those_of_whom_the_article_tells_that_they_mediate() -> None:
    found = told(
        "Qatar and the African Union tried to mediate between Sudan's army and the RSF. "
        "The mediators proposed a truce on Friday.",
        "2023-05-20",
    )
    assert [id_ for id_, words in found.items() if "The mediators" in words] == ["QAT", "AU"]


def test_generals_who_are_told_of_together_are_no_two_civilians() -> None:
    found = told(
        "Khun Myat, a businessman, and Saboi Jum, a pastor, went between Burma's army and the rebels. "
        '"We told the generals that peace was possible," the businessman said.',
        "1994-02-25",
    )
    assert "the generals" in found["MMR:MIL"]


def test_a_field_marshal_is_not_the_prime_minister_who_was_named_last() -> None:
    found = told(
        "President Ayub Khan spoke in Rawalpindi. Prime Minister Lal Bahadur Shastri answered on Friday. "
        "The field marshal wanted a plebiscite.",
        "1965-09-17",
    )
    assert "The field marshal" not in found["lal-bahadur-shastri"]


def test_what_a_movement_is_said_to_be_beside_its_name_is_no_second_body() -> None:
    found = told("Mozambique's government met the opposition movement Renamo on Friday.")
    assert "MOZ:OPP" not in found


def test_the_last_of_two_is_what_the_words_behind_him_say() -> None:
    text = "The talks were chaired by Joaquim Chissano and Olusegun Obasanjo, the African Union's envoy."
    found = {actor.id: actor for actor in dragoman.read(text, published="2022-11-24").actors}
    assert found["olusegun-obasanjo"].of == "AU"
    assert found["joaquim-chissano"].of != "AU"


def test_a_man_of_some_country_is_nobody_else_and_does_not_move_the_story_there() -> None:
    found = told(
        "Professor Adefuye, a Nigerian, flew by helicopter to the coast of Solomon Islands. "
        "The national government was not ready to pay.",
        "1999-07-24",
    )
    assert not any(id_.startswith("NGA") for id_ in found)
    assert "The national government" in found["SLB"]


@pytest.mark.parametrize("text", ["Students in Seoul clashed with police.", "Police were deployed in Seoul."])
def test_police_need_no_article(text: str) -> None:
    assert "KOR:COP" in told(text, "2003-12-10")


def test_the_town_of_a_dateline_is_no_actor_though_somebody_sits_there() -> None:
    assert not told("BENGHAZI, Libya - Three men were hurt on Friday.", "2012-04-26").get("LIBYA-EAST")


def test_peoples_are_known_and_mountains_called_after_them_are_none() -> None:
    found = told("The Lendu met the Hema in Bunia. Shells fell in the Nuba Mountains.", "2003-05-20")
    assert {"LENDU", "HEMA"} <= set(found)
    assert "NUBA" not in found


def test_a_panel_or_a_committee_is_nobody_by_himself() -> None:
    text = "A panel of elders met the president of Togo on Monday. A committee of bishops came on Friday."
    found = {actor.name: actor.kind for actor in dragoman.read(text, published="2005-03-08").actors}
    assert (found["panel"], found["committee"]) == ("group", "group")
