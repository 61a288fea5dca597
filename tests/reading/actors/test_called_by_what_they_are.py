"""Who is meant where an article calls people by office, by origin, by their men, or by a name that others bore."""

from __future__ import annotations

import pytest

import dragoman
from dragoman.records import Actor, Reading


def meant(reading: Reading, words: str) -> set[str]:
    """The actors that the last mention with exactly these words means."""
    at = reading.article.text.rindex(words)
    span = (at, at + len(words))
    return {actor.id for actor in reading.actors if span in {(one.start, one.end) for one in actor.mentions}}


def record(reading: Reading, identifier: str) -> Actor:
    """The record with this id."""
    return next(actor for actor in reading.actors if actor.id == identifier)


@pytest.mark.parametrize(
    ("published", "text", "words", "ids"),
    [
        (
            "1956-11-06",
            "Sir Anthony Eden told the House of Commons that troops would stop. The Prime Minister spoke to Paris.",
            "The Prime Minister",
            {"anthony-eden"},
        ),
        (
            "1994-05-24",
            "Paul Kagame's Rwandan Patriotic Front won. The Secretary-General said the United Nations waited.",
            "The Secretary-General",
            {"boutros-boutros-ghali"},
        ),
        ("1984-03-02", "The Pope urged Iran and Iraq to stop.", "The Pope", {"pope-john-paul-ii"}),
        ("1994-05-24", "The UN refugee agency counted 250,000 people.", "The UN refugee agency", {"UNHCR"}),
        ("2003-02-10", "The Iraqi News Agency said that talks went on.", "The Iraqi News Agency", {"IRQ:JRN"}),
        (
            "2003-02-10",
            "Hans Blix and Mohamed ElBaradei left Baghdad. The Swede called the mood better.",
            "The Swede",
            {"hans-blix"},
        ),
        (
            "1974-08-10",
            "Glafcos Clerides met Rauf Denktash. The acting president of Cyprus said that he would listen.",
            "The acting president of Cyprus",
            {"glafcos-clerides"},
        ),
        (
            "2014-01-24",
            "Rebels loyal to Riek Machar took Malakal from the army.",
            "Rebels",
            {"SPLM-IO"},
        ),
        (
            "1994-05-24",
            "Romeo Dallaire met the rebels. The general, who commands the mission, was tired.",
            "The general",
            {"romeo-dallaire"},
        ),
        ("2014-02-24", "Colonel Philip Aguer said that his men had been shot at.", "his men", {"SSD:MIL"}),
        (
            "2022-11-13",
            "Ethiopia and the rebels signed a deal. The prime minister's office in Nairobi declined to comment.",
            "The prime minister's office",
            {"KEN:GOV"},
        ),
    ],
)
def test_a_description_means_the_one_whom_a_reader_has_in_mind(
    published: str, text: str, words: str, ids: set[str]
) -> None:
    assert meant(dragoman.read(text, published=published), words) == ids


def test_a_junta_is_not_that_of_the_country_with_which_it_deals() -> None:
    reading = dragoman.read("The junta sealed its border with Mali on Monday.", published="2023-08-20")
    assert meant(reading, "The junta") == set()


@pytest.mark.parametrize(
    ("published", "text", "identifier", "office", "of"),
    [
        (
            "1999-02-10",
            "In Baghdad, Saddam Hussein met the deputy prime minister, Tariq Aziz.",
            "saddam-hussein",
            "president",
            "IRQ",
        ),
        (
            "1973-10-15",
            "The chief of staff, General Ilan Barzel, said that Israel held the Golan.",
            "ilan-barzel",
            "chief of the general staff",
            "ISR",
        ),
        (
            "1994-05-24",
            "Iqbal Riza, the envoy whom the United Nations sent to Rwanda, arrived.",
            "iqbal-riza",
            "special envoy",
            "UN",
        ),
        (
            "2014-01-24",
            "Ahmed Omar, who headed Sudan's delegation, went home.",
            "ahmed-omar",
            "head of delegation",
            "SDN",
        ),
        ("2014-02-24", "Colonel Philip Aguer said that the army held Bor.", "philip-aguer", "spokesperson", "SSD:MIL"),
        ("2020-03-02", "Dmitry Peskov said that the Kremlin would wait.", "dmitry-peskov", "spokesperson", "RUS"),
        ("1988-12-14", 'Roelof "Pik" Botha, the foreign minister, signed.', "pik-botha", "foreign minister", "ZAF"),
        ("1960-08-08", "General Carl von Horn met Joseph Kasavubu.", "carl-von-horn", "commander", "ONUC"),
    ],
)
def test_a_person_has_the_office_of_the_day(published: str, text: str, identifier: str, office: str, of: str) -> None:
    found = record(dragoman.read(text, published=published), identifier)
    assert (found.office, found.of) == (office, of)


def test_two_offices_of_one_person_make_nobody_else() -> None:
    text = "George Mavros, the Greek Foreign Minister and deputy prime minister, threatened to leave."
    reading = dragoman.read(text, published="1974-08-10")
    assert [(actor.name, actor.office) for actor in reading.actors] == [("Georgios Mavros", "foreign minister")]


@pytest.mark.parametrize(
    ("published", "text"),
    [
        ("2008-02-20", "John Smith, a farmer from Kansas, met David Owen, a plumber."),
        ("1975-04-20", "Lieutenant General Tran Van Don, the deputy prime minister of Vietnam, left."),
        ("1999-11-22", "General Klaus Reinhardt, the German who commands the peacekeepers, waited in Pristina."),
    ],
)
def test_a_namesake_is_nobody_known(published: str, text: str) -> None:
    reading = dragoman.read(text, published=published)
    strangers = {"john-smith", "david-owen", "tran-van-don", "klaus-reinhardt"}
    assert {actor.id for actor in reading.actors if actor.kind == "person"} <= strangers
    assert not any(actor.known for actor in reading.actors if actor.id in strangers - {"klaus-reinhardt"})


def test_who_serves_the_world_acts_for_no_country() -> None:
    text = "General Carl von Horn said in Leopoldville that his troops would wait."
    assert record(dragoman.read(text, published="1960-08-08"), "carl-von-horn").country is None


def test_a_counterpart_has_no_country_of_him_whose_counterpart_he_is() -> None:
    text = "Ahmed Omar, Sudan's foreign minister, met Idris Kanu, his opposite number."
    assert record(dragoman.read(text, published="2014-01-24"), "idris-kanu").country is None
