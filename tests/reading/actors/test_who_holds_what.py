"""Who holds which office of what, as the text introduces people whom nobody knows."""

from __future__ import annotations

import pytest

import dragoman
from dragoman.records import Actor


def introduced(text: str, name: str, published: str = "2012-05-10") -> Actor:
    """The record of the person whose name has this word."""
    return next(one for one in dragoman.read(text, published=published).actors if name in one.name.split())


@pytest.mark.parametrize(
    ("text", "office"),
    [
        ("Mines Minister Rui Pedroza of Bolivia said that output had fallen.", "mines minister"),
        ("Rui Pedroza, Bolivia's minister for rural development, left the talks.", "rural development minister"),
        ("The Bolivian Minister of Mines, Rui Pedroza, said that output had fallen.", "mines minister"),
        ("The Bolivian foreign trade minister, Rui Pedroza, went home.", "foreign trade minister"),
        ("Rui Pedroza, Bolivia's deputy health minister, went home.", "deputy health minister"),
        ("Rui Pedroza, a Bolivian government minister, went home.", "minister"),
    ],
)
def test_a_minister_has_the_portfolio_that_the_text_tells(text: str, office: str) -> None:
    found = introduced(text, "Pedroza")
    assert (found.office, found.of, found.country, found.sector) == (office, "BOL", "BOL", "GOV")


@pytest.mark.parametrize(
    ("text", "office", "of"),
    [
        ("Rui Pedroza, a negotiator for the ELN, crossed the river.", "negotiator", "ELN"),
        ("Rui Pedroza, the OSCE's representative in the contact group, signed first.", "representative", "OSCE"),
        ("Rui Pedroza, the deputy chairman of Renamo, refused.", "deputy chairman", "RENAMO"),
        ("Rui Pedroza, vice-chairman of Renamo, refused.", "deputy chairman", "RENAMO"),
        ("Rui Pedroza, first vice president of Peru, refused.", "vice president", "PER"),
        ("Rui Pedroza, Peruvian president and chairman of UNASUR, refused.", "president", "PER"),
        ("Rui Pedroza, a member of the assembly and deputy premier of Cuba, refused.", "deputy prime minister", "CUB"),
        ("The chief of Peru's army, General Rui Pedroza, refused.", "army chief", "PER"),
        ("The Peruvian Ambassador to Laos, Mr. Rui Pedroza, said that he would stay.", "ambassador", "PER"),
        ("Ambassador Rui Pedroza, the EU's special representative for Sudan, refused.", "special representative", "EU"),
        ("In Lima, Rui Pedroza, an under secretary of state, refused.", "under secretary of state", "USA"),
        ("Rui Pedroza, the permanent secretary at Peru's foreign ministry, refused.", "permanent secretary", "PER"),
        ("Rui Pedroza, chair of Peru's peace panel, refused.", "chief negotiator", "PER"),
        ("ECOWAS's mediator, Rui Pedroza, a former president of Peru, refused.", "mediator", "ECOWAS"),
    ],
)
def test_an_office_is_read_with_whose_it_is(text: str, office: str, of: str) -> None:
    found = introduced(text, "Pedroza")
    assert (found.office, found.of) == (office, of)


@pytest.mark.parametrize(
    ("text", "office"),
    [
        ("Rui Pedroza, named prime minister of Peru on Friday, promised elections.", "prime minister"),
        ("Rui Pedroza was elected president of Peru.", "president"),
        ("Rui Pedroza, whom parliament has elected president of Peru, promised peace.", "president"),
        ("Colonel Rui Pedroza declared himself interim president of Peru.", "president"),
        ("Rui Pedroza, who serves as foreign minister of Peru, promised peace.", "foreign minister"),
        ("Peru's senate will not choose Rui Pedroza as president.", None),
        ("In 1993 Rui Pedroza was elected president of Peru.", None),
    ],
)
def test_what_somebody_is_made_he_is_where_it_is_neither_long_ago_nor_to_come(text: str, office: str | None) -> None:
    assert introduced(text, "Pedroza").office == office


@pytest.mark.parametrize(
    "text",
    [
        "Rui Pedroza, then Peru's foreign minister, had warned of it.",
        "Peru's president dismissed Foreign Minister Rui Pedroza on Monday.",
        "Peru's sacked foreign minister, Rui Pedroza, refused to go.",
    ],
)
def test_an_office_that_is_lost_is_a_former_one(text: str) -> None:
    found = introduced(text, "Pedroza")
    assert (found.office, found.of, found.country) == ("former foreign minister", None, "PER")


def test_who_leads_from_exile_leads() -> None:
    assert introduced("Peru's exiled opposition leader, Rui Pedroza, spoke in Lyon.", "Pedroza").office == (
        "opposition leader"
    )


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("Rui Pedroza, the mayor of Kisumu, pleaded for calm.", "KEN"),
        ("Donetsk's governor, Rui Pedroza, pleaded for calm.", "UKR"),
        ("Rui Pedroza, the archbishop of Kinshasa, pleaded for calm.", "COD"),
        ("Rui Pedroza, the mayor of Nowherebury, pleaded for calm.", None),
    ],
)
def test_who_has_an_office_of_a_town_is_of_its_country(text: str, country: str | None) -> None:
    assert introduced(text, "Pedroza").country == country


def test_a_counterpart_with_a_name_has_the_office_of_the_other() -> None:
    text = "Rui Pedroza, Peru's chief negotiator, met his counterpart from Chile, Ines Quirarte."
    found = introduced(text, "Quirarte")
    assert (found.office, found.of) == ("chief negotiator", "CHL")


def test_each_of_a_row_has_the_office_that_is_said_of_all_behind_it() -> None:
    text = "She applauded Rui Pedroza and Ines Quirarte, heads of the two delegations."
    assert introduced(text, "Pedroza").office == introduced(text, "Quirarte").office == "head of delegation"


@pytest.mark.parametrize(
    ("text", "of", "sector"),
    [
        ("Rui Pedroza, the Secretary-General's special representative for Chad, went home.", "UN", "UNO"),
        ("Rui Pedroza, Kofi Annan's special adviser, went home.", "UN", "UNO"),
        ("Rui Pedroza, the president of Peru's supreme court, went home.", "PER", "JUD"),
        ("Rui Pedroza, a spokesman of Peru's army, went home.", "PER", "MIL"),
    ],
)
def test_sector_and_body_come_from_whoever_an_office_belongs_to(text: str, of: str, sector: str) -> None:
    found = introduced(text, "Pedroza", "2003-05-10")
    assert (found.of, found.sector) == (of, sector)


def test_who_is_sent_to_a_country_of_whom_no_more_is_told_is_not_its_own() -> None:
    found = introduced("Rui Pedroza, the special envoy for Chad, met the rebels in Chad.", "Pedroza")
    assert (found.of, found.country) == (None, None)


@pytest.mark.parametrize(
    ("name", "day", "office", "of"),
    [
        ("Federica Mogherini", "2015-07-13", "high representative", "EU"),
        ("Lakhdar Brahimi", "2014-02-14", "special envoy", "UN"),
        ("Volker Perthes", "2023-05-22", "special representative", "UN"),
        ("Marc Otte", "2008-03-01", "special representative", "EU"),
        ("Chester Crocker", "1988-12-22", "assistant secretary of state", "USA"),
        ("Vincent Otti", "2006-07-14", "deputy leader", "LRA"),
    ],
)
def test_of_several_offices_somebody_is_called_by_the_standing_one(name: str, day: str, office: str, of: str) -> None:
    found = introduced(f"In the evening the diplomats waited for {name}, who was late.", name.split()[-1], day)
    assert (found.office, found.of) == (office, of)
