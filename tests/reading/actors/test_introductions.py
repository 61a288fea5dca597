"""The office with which a text introduces somebody whom nobody knows, read by the model."""

from __future__ import annotations

import pytest

import dragoman
from dragoman.records import Actor


def introduced(text: str, name: str, published: str = "2009-06-11") -> Actor:
    """The person of this name in a text."""
    return next(actor for actor in dragoman.read(text, published=published).actors if name in actor.name)


@pytest.mark.parametrize(
    ("text", "office", "of"),
    [
        ("Ugandan Energy Minister Peter Odoch, who chairs the AU panel, left for Gulu.", "energy minister", "UGA"),
        ("African Union envoy Peter Odoch met the elders of Gulu in northern Uganda.", "special envoy", "AU"),
    ],
)
def test_an_office_before_a_name_is_read_though_its_end_looks_like_somebody_known(
    text: str, office: str, of: str
) -> None:
    found = introduced(text, "Odoch")
    assert (found.office, found.of, found.known) == (office, of, False)


@pytest.mark.parametrize(
    "text",
    [
        "The SPLM-N envoy, Musa Kodi, flew to Addis Ababa from Sudan.",
        "Musa Kodi, the envoy of the SPLM-N, flew to Addis Ababa from Sudan.",
    ],
)
def test_a_body_with_a_hyphen_in_its_name_is_whose_envoy_he_is(text: str) -> None:
    found = introduced(text, "Kodi", "2013-04-23")
    assert (found.office, found.of, found.country) == ("special envoy", "SPLM-N", "SDN")


@pytest.mark.parametrize(
    ("text", "office"),
    [
        ("Justice Minister Ana Vela of Peru, a former health minister, met the miners.", "justice minister"),
        ("Ana Vela, a former mayor of Cusco and now the mediator, met Peru's miners.", "mediator"),
        ("Ana Vela, a former teacher who is now Peru's justice minister, met the miners.", "justice minister"),
        ("Ana Vela, a former justice minister of Peru, met the miners.", "former justice minister"),
    ],
)
def test_what_somebody_was_does_not_stand_for_what_she_is(text: str, office: str) -> None:
    assert introduced(text, "Vela").office == office


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("The observers' commander, Fijian Colonel Ratu Semi, left Port Moresby on Monday.", "FJI"),
        ("The observers' commander, Colonel Ratu Semi of Fiji, left Port Moresby on Monday.", "FJI"),
    ],
)
def test_where_somebody_is_from_is_read_beside_his_name_too(text: str, country: str) -> None:
    assert introduced(text, "Semi", "2001-06-11").country == country


@pytest.mark.parametrize(
    ("text", "office"),
    [
        ("The head of the rebel delegation, Mbala Kato, left Kinshasa on Monday.", "head of delegation"),
        ("Mbala Kato, who leads the government's delegation, left Kinshasa on Monday.", "head of delegation"),
        ("The government's chief delegate, Mbala Kato, left Kinshasa on Monday.", "head of delegation"),
        ("Mbala Kato, who commands the Patriotic Army of Kivu, left Kinshasa on Monday.", "commander"),
        ("The army's commander-in-chief, Mbala Kato, left Kinshasa on Monday.", "commander-in-chief"),
        ("The rebels' second-in-command, Mbala Kato, left Kinshasa on Monday.", "deputy leader"),
        ("Police chief Mbala Kato left Kinshasa on Monday.", "police chief"),
        ("Mbala Kato, the minister for internal affairs of Congo, left Kinshasa.", "interior minister"),
        ("Congo's prime minister-designate, Mbala Kato, left Kinshasa on Monday.", "prime minister-designate"),
        ("The state minister for foreign affairs, Mbala Kato, left Kinshasa.", "state foreign minister"),
        ("Brigadier Mbala Kato, head of the UN observer mission in Congo, left Kinshasa.", "head of mission"),
    ],
)
def test_the_post_that_a_text_gives_is_read_however_it_is_put(text: str, office: str) -> None:
    assert introduced(text, "Kato", "2003-06-11").office == office


def test_the_last_of_a_row_has_the_title_right_before_the_name() -> None:
    text = "The talks were led by Ole Dahl, Norway's special envoy for Sudan, and the army's chief of staff, Adam Issa."
    assert introduced(text, "Dahl").office == "special envoy"
    assert introduced(text, "Issa").office == "chief of staff"


def test_whoever_is_told_of_by_surname_with_a_new_office_is_the_same_person() -> None:
    text = (
        "Armando Guebuza left Maputo on Monday. Guebuza, Mozambique's transport minister, met the bishops. "
        "He was hopeful."
    )
    found = [actor.id for actor in dragoman.read(text, published="1992-06-09").actors if "uebuza" in actor.id]
    assert found == ["armando-guebuza"]


def test_a_post_that_the_text_gives_counts_where_nothing_else_is_known() -> None:
    text = "Krishna Bahadur Mahara, spokesman for the Maoist negotiators in Nepal, denied it."
    assert introduced(text, "Mahara", "2003-10-12").office == "spokesperson"


def test_the_title_of_the_next_in_a_list_is_not_an_office_of_the_one_before() -> None:
    text = "The signatories are Guinea's former president Sekou Bah, Malian ambassador Issa Keita and the Swiss envoy."
    assert introduced(text, "Bah").office == "former president"


def test_a_title_of_three_parts_is_read_whole() -> None:
    text = "The Under-Secretary-General for Peace Operations, Ines Prado, urged both sides to hold fire."
    assert introduced(text, "Prado").office == "under-secretary-general"


def test_a_leader_is_that_of_the_nation_before_the_word() -> None:
    text = (
        "Yoweri Museveni received Paul Kagame in the presence of Jacob Zuma, the South African leader, in Entebbe. "
        '"It is over," the Rwandan leader said.'
    )
    statement = dragoman.read(text, published="2013-06-11").statements[-1]
    assert statement.speaker == "paul-kagame"


def test_a_mediator_of_a_nation_is_who_mediates_here_and_not_who_did_elsewhere() -> None:
    text = (
        "Lakhdar Brahimi, the envoy of the United Nations, sent the Syrian delegations home on Saturday. "
        '"I am sorry," the Algerian mediator said.'
    )
    assert dragoman.read(text, published="2014-02-16").statements[-1].speaker == "lakhdar-brahimi"


@pytest.mark.parametrize(
    ("text", "actors"),
    [
        ("Congo's army and the M23 talked. The rebels took Goma in January.", {"COD:MIL", "M23"}),
        ("The Hague withdrew the permission that it had given to Ankara.", {"NLD", "TUR"}),
        ("William Hague met the Turkish minister. Hague left.", {"william-hague", "TUR:GOV"}),
    ],
)
def test_a_town_with_the_name_of_a_person_is_a_town(text: str, actors: set[str]) -> None:
    found = {actor.id for actor in dragoman.read(text, published="2013-05-24").actors if actor.mentions}
    assert found == actors


def test_each_side_that_blames_the_other_is_both() -> None:
    text = "Chad and Sudan met in Tripoli on Monday. Each side accused the other of breaking the truce."
    accused = [event for event in dragoman.read(text, published="2006-06-11").events if event.type == "ACCUSE"]
    assert [set(event.actors) for event in accused] == [{"TCD", "SDN"}]


def test_the_leader_of_a_people_heads_it_before_he_leads_a_movement() -> None:
    found = introduced("The Palestinian leader, Yasser Arafat, met Ehud Barak at Camp David.", "Arafat", "2000-07-26")
    assert (found.office, found.of) == ("president", "PSE")
