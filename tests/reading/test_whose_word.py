"""Whose word it is where a sentence names its speaker in an unusual place, or only by a description."""

from datetime import date

import pytest

import dragoman
from dragoman.knowledge import load_knowledge
from dragoman.reading.actors import find_actors
from dragoman.reading.statements import find_statements


def told(text: str) -> list[tuple[str | None, str]]:
    doc = dragoman.load()(text)
    found = find_statements(doc, find_actors(doc, date(1999, 5, 6), load_knowledge()))
    return [(each.record.speaker, text[each.record.start : each.record.end]) for each in found]


def test_a_verb_that_closes_its_sentence_is_said_by_whoever_stands_behind_it() -> None:
    text = "The island cannot take another winter of this, warned the Maltese bishop, Carmelo Zammit."
    assert told(text) == [("carmelo-zammit", "The island cannot take another winter of this")]


def test_a_verb_with_a_real_object_reports_nothing() -> None:
    assert told("The patrol crossed the river at dawn, warned the villagers and burned the bridge.") == []


def test_what_is_told_as_reported_by_somebody_is_his_word() -> None:
    text = "As reported by Jaime Gama, the two delegations had not met in the same room."
    assert told(text) == [("jaime-gama", "the two delegations had not met in the same room")]


def test_what_is_done_as_demanded_by_somebody_is_nobodys_word() -> None:
    assert told("As demanded by Jaime Gama, the two delegations met in the same room.") == []


@pytest.mark.parametrize(
    "text",
    [
        "Jaime Gama had flown to Macau in the hope of seeing Ali Alatas, who stayed at home, saying that he was ill.",
        "The plan of Jaime Gama was turned down by Ali Alatas, who complained that he had not been asked.",
    ],
)
def test_a_relative_clause_is_about_the_person_beside_it(text: str) -> None:
    assert [speaker for speaker, _ in told(text)] == ["ali-alatas"]


def test_it_after_a_paper_that_somebody_gave_out_is_he() -> None:
    text = "Ali Alatas issued a decree late on Monday. It said that the islands belonged to Indonesia."
    assert told(text) == [("ali-alatas", "the islands belonged to Indonesia")]


def test_one_is_one_of_those_whom_the_sentence_before_is_about() -> None:
    text = 'Indonesian officials were bitter. "We were never shown that text," said one.'
    assert [speaker for speaker, _ in told(text)] == ["IDN:GOV"]


def test_whoever_is_told_of_before_a_colon_says_what_follows() -> None:
    text = 'Jaime Gama was glad. Ali Alatas, who led the other delegation, put it differently: "We gave nothing away."'
    assert told(text)[-1] == ("ali-alatas", '"We gave nothing away."')


@pytest.mark.parametrize("who", ["One guard at the gate had no doubts", "His neighbour disagrees"])
def test_somebody_new_before_a_colon_is_not_the_one_who_spoke_last(who: str) -> None:
    text = f'"It is over," said Jaime Gama. {who}: "It will all begin again."'
    assert told(text)[-1] == (None, '"It will all begin again."')


def test_stated_the_following_leaves_the_quotation_alone() -> None:
    text = 'Jaime Gama stated the following: "Portugal will not sign."'
    assert told(text) == [("jaime-gama", '"Portugal will not sign."')]
