"""Whoever does something or suffers it is somebody, whatever noun he is called by, where the language model is sure."""

from __future__ import annotations

import numpy as np
import pytest
import spacy
from spacy.tokens import Doc
from spacy.vocab import Vocab

import dragoman
from dragoman.language.encoder import EVENTS
from dragoman.reading.actors.involvement import Involvement

DAY = "2021-06-30"


def told(text: str) -> list[tuple[str, list[str], list[str]]]:
    """Type, words of who acts and of whom it is done to, of each event."""
    reading = dragoman.read(text, published=DAY)
    words = {actor.id: text[actor.mentions[0].start : actor.mentions[0].end] for actor in reading.actors}
    return [
        (event.type, [words[each] for each in event.actors], [words[each] for each in event.recipients])
        for event in reading.events
    ]


@pytest.mark.parametrize(
    ("text", "event"),
    [
        ("Western donors suspended aid to Malawi on Monday.", ("SANCTION", ["Western donors"], ["Malawi"])),
        ("Herders killed 12 farmers in Nigeria.", ("ASSAULT", ["Herders"], ["12 farmers"])),
        ("African states condemned the coup in Mali.", ("ACCUSE", ["African states"], ["Mali"])),
        ("Authorities in Pakistan imposed a curfew.", ("COERCE", ["Authorities"], [])),
        ("Police in Tunis fired tear gas at protesters.", ("ASSAULT", ["Police"], ["protesters"])),
        ("The union walked out on December 9.", ("SANCTION", ["The union"], [])),
        ("The council of churches called for restraint.", ("REQUEST", ["The council of churches"], [])),
        ("Liu persuaded the management to withdraw.", ("REQUEST", ["Liu"], ["the management"])),
    ],
)
def test_groups_that_no_list_has_act_and_suffer(text: str, event: tuple[str, list[str], list[str]]) -> None:
    assert event in told(text)


@pytest.mark.parametrize(
    "text", ["The talks failed.", "A storm killed 20 people in Haiti.", "The report was published."]
)
def test_things_do_not_act(text: str) -> None:
    assert [actors for _, actors, _ in told(text) if actors] == []


def test_those_whom_a_foreign_country_kills_are_not_its_own_people() -> None:
    reading = dragoman.read("Russia shelled Kharkiv on Monday, killing eight civilians.", published=DAY)
    assert "RUS:CVL" not in {actor.id for actor in reading.actors}


def test_the_authorities_in_a_country_are_its_government() -> None:
    (event,) = dragoman.read("Authorities in Pakistan imposed a curfew.", published=DAY).events
    assert event.actors == ("PAK",)


def test_countries_that_nobody_names_mediate_in_no_file() -> None:
    text = (
        "Portugal and other Portuguese-speaking countries offered to mediate between the army and the government of "
        "Guinea-Bissau. The government accepted the offer of Portugal, but the army, which has been fighting the "
        "government since June, rejected it."
    )
    files = dragoman.read(text, published="1998-07-04").mediations
    assert "countries" not in {mediator.actor for file in files for mediator in file.mediators}


def test_only_words_that_state_an_event_make_somebody_take_part() -> None:
    events = np.zeros((4, len(EVENTS)))
    events[:, 0] = [1.0, 0.1, 1.0, 0.8]
    doc = Doc(spacy.blank("en").vocab, "Herders killed farmers elsewhere".split())
    Doc.set_extension("events", default=None, force=True)
    Doc.set_extension("participants", default=None, force=True)
    doc._.events, doc._.participants = events, {1: {0: (0.9, 0.0), 2: (0.1, 0.7)}, 3: {3: (0.9, 0.9)}}
    involvement = Involvement(doc)
    assert (involvement.acting(0), involvement.suffering(2), involvement.acting(3)) == (0.9, 0.7, 0.0)
    assert involvement.doers(2) == {0}


def test_a_pipeline_that_does_not_tell_of_events_takes_nobody_for_involved() -> None:
    assert Involvement(Doc(Vocab(), ["Herders"])).acting(0) == 0.0
