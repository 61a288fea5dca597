"""An event's own place: by its tree, by the talks that are being told, or none."""

from datetime import date

import pytest

import dragoman
from dragoman.knowledge import load_knowledge
from dragoman.knowledge.places import load_gazetteer
from dragoman.reading.actors import find_actors
from dragoman.reading.where import Happening, find_places, places_of

ROME = (
    "ROME, Oct 5 - Mozambique's President Joaquim Chissano and rebel leader Afonso Dhlakama signed a treaty in the "
    "Italian capital on Sunday.\n\nRebels attacked a train near Nacala last week, a Western diplomat said."
)
MOSCOW = (
    "MOSCOW (Reuters) - Armenia and Azerbaijan agreed a ceasefire on Saturday after ten hours of talks.\n\n"
    "Russian Foreign Minister Sergei Lavrov, who mediated, announced the deal at dawn."
)
CASES = [
    (ROME, "1992-10-05", "signed", "ITA"),
    (ROME, "1992-10-05", "attacked", "MOZ"),
    (MOSCOW, "2020-10-11", "agreed", "RUS"),
    (MOSCOW, "2020-10-11", "talks", "RUS"),
    (
        "Kerry and Lavrov met for the first time in Havana a year earlier, Cuba and Norway said.",
        "2016-09-27",
        "met",
        "CUB",
    ),
    ("A spokesman for the foreign ministry in Oslo welcomed the truce.", "2002-02-23", "welcomed", "NOR"),
    ("Parliament in Kathmandu is expected to ratify the treaty on Friday.", "2006-11-22", "ratify", "NPL"),
    (
        "CAIRO/AMMAN, May 4 - Fatah and Hamas have agreed to form a government, both said after talks in Doha.",
        "2012-02-07",
        "agreed",
        "QAT",
    ),
    ("It ended a week of talks in Harare, mediated by Zambia's Kenneth Kaunda.", "1990-11-20", "mediated", "ZWE"),
    ("Chad struck a camp in Sudan in revenge for the killing of ten men in Abeche.", "2006-04-14", "struck", "SDN"),
    ("Kenya and Somalia agreed in Kampala on Friday to meet again.", "2021-06-12", "agreed", "UGA"),
    ("GENEVA: Syria's government and its opponents met for two hours.", "2014-01-27", "met", "CHE"),
    ("Iran condemned the accord from Doha.", "2020-03-02", "condemned", "QAT"),
    ("In Nairobi the rebels kept silent, but Sudan's minister denounced the deal.", "2004-06-02", "denounced", "KEN"),
    (
        "Ministers of the European Union, meeting in Brussels, condemned Serbia.",
        "1998-06-09",
        "condemned",
        "BEL",
    ),
    ("Sudanese jets bombed the airport of Abeche.", "2008-02-02", "bombed", "TCD"),
    (
        "The men came to Asmara. Ethiopia and Eritrea signed the pact at State House.",
        "2018-07-10",
        "signed",
        "ERI",
    ),
    ("In Washington, the Senate voted to end the aid to Honduras.", "1986-05-02", "end", "USA"),
]


@pytest.mark.parametrize(("text", "published", "word", "country"), CASES, ids=[f"{c[2]} {c[3]}" for c in CASES])
def test_an_event_has_the_place_where_it_happened(text: str, published: str, word: str, country: str) -> None:
    events = [event for event in dragoman.read(text, published=published).events if word in event.predicate.text]
    assert [event.where.country for event in events if event.where is not None][:1] == [country]


@pytest.mark.parametrize(
    "line",
    ["KAMPALA, May 3, 2021 (Agency) - ", "3 May 2021, KAMPALA — ", "KAMPALA (Agency) -- ", "KAMPALA – "],
)
def test_a_dateline_below_a_headline_says_where_the_news_was(line: str) -> None:
    text = f"Kenya and Somalia to meet again\n\n{line}Kenya and Somalia agreed on Sunday to meet again.\n"
    doc = dragoman.load()(text)
    events = dragoman.read(text, published="2021-05-03").events
    assert doc.text == text
    assert "UGA" in {event.where.country for event in events if event.where is not None}


def test_a_subheading_is_no_dateline() -> None:
    text = "Two wars in brief\n\nKENYA, Somalia - Kenya and Somalia agreed on Sunday to meet again.\n"
    events = dragoman.read(text, published="2021-05-03").events
    assert {event.where.country for event in events if event.where is not None} <= {None}


def test_what_one_side_says_elsewhere_is_not_at_the_talks() -> None:
    text = MOSCOW + "\n\nTurkey backs Azerbaijan and condemned Armenia."
    events = dragoman.read(text, published="2020-10-11").events
    assert [event.where for event in events if "condemned" in event.predicate.text] in ([None], [])


def test_talks_on_a_country_are_not_held_in_it() -> None:
    text = "OSLO, June 2 - Norway and Qatar held talks on Afghanistan on Sunday."
    talks = [event for event in dragoman.read(text, published="2014-06-02").events if event.type == "CONSULT"]
    assert [event.where.country for event in talks if event.where is not None] in ([], ["NOR"])


def test_what_was_refused_before_the_talks_was_not_refused_there() -> None:
    text = (
        "GENEVA, May 9 - Sudan's government met the Justice and Equality Movement in Geneva on Tuesday. "
        "The Justice and Equality Movement had refused to meet Sudan's government."
    )
    events = dragoman.read(text, published="2007-05-09").events
    assert [event.where for event in events if "refused" in event.predicate.text] == [None]


@pytest.mark.parametrize(
    ("text", "published", "words", "country"),
    [
        ("ATLANTA, Nov 20 - Georgia certified the vote.\n\nThey met in Georgia.", "2020-11-20", "Georgia", "USA"),
        ("Russia bombed Georgia. Tanks rolled into Georgia from the north.", "2008-08-09", "Georgia", "GEO"),
        (
            "Niger's army killed ten men of Boko Haram. Soldiers of Niger fired near the capital.",
            "2017-01-01",
            "capital",
            "NER",
        ),
        (
            "Mali's army mutinied. Gunfire was heard in the capital, Malian officers said.",
            "2012-03-22",
            "capital",
            "MLI",
        ),
    ],
)
def test_a_place_lies_in_the_country_that_is_told_of(text: str, published: str, words: str, country: str) -> None:
    places = dragoman.read(text, published=published).places
    assert {place.country for place in places if place.text == words} == {country}


def test_old_events_share_no_venue_with_the_news() -> None:
    doc = dragoman.load()("GENEVA (Reuters) - Syria and Turkey met here on Monday. They fought in the past.")
    met, fought = (next(token.i for token in doc if token.text == word) for word in ("met", "fought"))
    places = find_places(doc, find_actors(doc, date(2020, 1, 1), load_knowledge()), load_gazetteer())
    both = frozenset({"SYR", "TUR"})
    found = places_of(doc, [Happening(met, "meeting", both), Happening(fought, "meeting", both, told=False)], places)
    assert [where.country if where else None for where in found] == ["CHE", None]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("In March Angola gave up its role.", "March"),
        ("He would not go back to the bush.", "bush"),
        ("The African Union welcomed the Ankara process.", "Ankara"),
    ],
)
def test_what_only_sounds_like_a_place_is_none(text: str, words: str) -> None:
    assert words not in [place.text for place in dragoman.read(text, published="2025-06-28").places]


HOME = [
    ("Burmese soldiers shot Burmese students on Friday.", "shot", ["MMR"]),
    ("Police in plain clothes arrested Zimbabwean opposition leader Morgan Tsvangirai on Monday.", "arrested", ["ZWE"]),
    ("Eritrean troops killed nine Ethiopian soldiers last week.", "killed", [None]),
    ("The French army opened fire last week.", "fire", [None]),
]


@pytest.mark.parametrize(("text", "word", "countries"), HOME)
def test_force_among_a_countrys_own_people_is_in_that_country(
    text: str, word: str, countries: list[str | None]
) -> None:
    events = [event for event in dragoman.read(text, published="2005-06-08").events if word in event.predicate.text]
    assert [event.where.country if event.where is not None else None for event in events] == countries


def places_in(text: str) -> list[str]:
    return [place.text for place in dragoman.read(text, published="2024-05-01").places]


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("North Macedonia expelled two envoys of Albania.", "North Macedonia"),
        ("Botswana's president thanked South Sudan on Monday.", "South Sudan"),
        ("Bolivia recognised Western Sahara last week.", "Western Sahara"),
        ("Fiji accused East Timor of spying on its ministers.", "East Timor"),
        ("Gabon praised the Central African Republic for freeing the pilots.", "Central African Republic"),
    ],
)
def test_a_state_with_a_direction_in_its_name_acts_as_others_do(text: str, state: str) -> None:
    reading = dragoman.read(text, published="2024-05-01")
    assert state not in [place.text for place in reading.places]
    assert [event.where for event in reading.events] == [None] * len(reading.events)


@pytest.mark.parametrize("state", ["North Macedonia", "South Sudan", "East Timor", "the Central African Republic"])
def test_a_state_with_a_direction_in_its_name_is_a_place_where_one_stands_in_it(state: str) -> None:
    assert places_in(f"Fighting broke out in {state} on Sunday.") == [state.removeprefix("the ")]


def test_a_state_with_a_direction_in_its_name_lies_where_the_whole_of_it_does() -> None:
    country = load_gazetteer().country("SSD")
    assert country is not None
    (place,) = dragoman.read("The envoys met in South Sudan on Friday.", published="2024-05-01").places
    assert (place.latitude, place.geonames) == (country.latitude, country.geonames)
    (north,) = dragoman.read("Shells fell in northern South Sudan on Friday.", published="2024-05-01").places
    assert north.country == "SSD"
    assert north.latitude is not None
    assert north.latitude > country.latitude


@pytest.mark.parametrize("part", ["southern Lebanon", "eastern Chad", "northern Mali"])
def test_a_part_of_a_country_acts_for_nobody(part: str) -> None:
    assert places_in(f"The air force bombed {part} on Tuesday.") == [part]


@pytest.mark.parametrize(
    ("text", "word", "country"),
    [
        ("Tanzania deported forty rebels to Bujumbura on Monday.", "deported", "BDI"),
        ("The opposition leader fled to Accra on Sunday.", "fled", "GHA"),
        ("Moroccan troops left for Kinshasa on Friday.", "left", "COD"),
        ("Peru's foreign minister has flown to Quito for talks with Ecuador.", "flown", "ECU"),
    ],
)
def test_a_going_is_where_it_leads(text: str, word: str, country: str) -> None:
    events = [event for event in dragoman.read(text, published="2024-05-01").events if word in event.predicate.text]
    assert [event.where.country if event.where else None for event in events] == [country]


@pytest.mark.parametrize("text", ["Peru set a deadline for Quito.", "Norway delivered a letter to Harare."])
def test_what_is_set_or_brought_for_a_government_is_not_in_its_capital(text: str) -> None:
    assert [event.where for event in dragoman.read(text, published="2024-05-01").events] == [None]


def test_what_was_done_before_one_left_was_done_elsewhere() -> None:
    text = "The rebels abandoned the talks and left for Bangui."
    events = dragoman.read(text, published="2024-05-01").events
    assert [event.where for event in events if "abandoned" in event.predicate.text] == [None]


def test_what_one_flees_from_is_not_where_one_flees_to() -> None:
    text = "The family fled to Kenya after the army's invasion of Tigray."
    events = dragoman.read(text, published="2024-05-01").events
    assert [event.where.name for event in events if event.where and event.type == "ASSAULT"] == ["Tigray"]


def test_what_talks_are_about_is_not_where_they_were() -> None:
    text = "Britain and Argentina held talks over the Falklands in Lima on Friday. They agreed on South Georgia."
    events = dragoman.read(text, published="1982-04-10").events
    assert "PER" in {event.where.country for event in events if event.where is not None}
    assert not {"FLK", "SGS"} & {event.where.country for event in events if event.where is not None}


def test_a_hotel_is_no_town_of_its_name() -> None:
    text = "The delegates are in Addis Ababa. Sudan and the rebels signed the accord at the Hilton on Monday."
    places = {place.text: place.country for place in dragoman.read(text, published="1972-02-28").places}
    assert places["Addis Ababa"] == "ETH"
    assert places.get("Hilton") is None


@pytest.mark.parametrize(
    ("text", "word", "country"),
    [
        ("Libyan troops invaded neighbouring Chad in June.", "invaded", "TCD"),
        ("Iraqi tanks attacked Iran at dawn on Friday.", "attacked", "IRN"),
        ("The rebels met in Kidal on Monday. Malian jets bombed the town on Friday.", "bombed", "MLI"),
    ],
)
def test_force_is_in_the_country_or_town_that_it_is_done_to(text: str, word: str, country: str) -> None:
    assert where(text, word) == country


@pytest.mark.parametrize(
    ("text", "word", "country"),
    [
        (
            "Ministers of the European Union, meeting in Brussels, backed the truce and accused Serbia.",
            "accused",
            "BEL",
        ),
        ("Ministers of the Arab League, gathered in Cairo, condemned the shelling.", "condemned", "EGY"),
        ("Speaking in Oslo, the Israeli minister praised Norway but accused Syria of bad faith.", "accused", "NOR"),
    ],
)
def test_what_one_does_in_the_same_breath_is_in_the_same_place(text: str, word: str, country: str) -> None:
    assert where(text, word) == country


def test_one_who_leaves_a_town_travels_to_the_other() -> None:
    assert where("From Harare Mr Annan will travel to Nairobi next Tuesday.", "travel") == "KEN"


def test_who_goes_to_and_fro_between_two_countries_is_in_neither() -> None:
    text = (
        "Angola's government and UNITA held talks in Lusaka on Tuesday. "
        "The American envoy shuttled between Luanda and Pretoria."
    )
    assert where(text, "shuttled") is None


def test_who_goes_to_and_fro_within_a_country_is_in_it() -> None:
    assert where("The Qatari envoy shuttled between Khartoum and Port Sudan for a week.", "shuttled") == "SDN"


def test_a_village_lies_where_the_same_sentence_says_it_does() -> None:
    text = "Gunmen had ambushed a patrol in Pidie and wounded three soldiers, the Indonesian army said."
    assert where(text, "ambushed") == where(text, "wounded") == "IDN"


def test_who_signs_for_one_side_signs_where_both_agreed() -> None:
    text = (
        "Ethiopia's government and the Tigray People's Liberation Front agreed in Pretoria on Wednesday to stop the "
        "war. Redwan Hussein, who signed for Ethiopia, did not smile."
    )
    assert where(text, "signed", "2022-11-04") == "ZAF"


def where(text: str, word: str, published: str = "2003-06-13") -> str | None:
    """The country of the event that a word states."""
    event = next(one for one in dragoman.read(text, published=published).events if word in one.predicate.text)
    return event.where.country if event.where else None
