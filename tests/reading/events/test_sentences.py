"""Whole sentences through the whole reader: what is stated in each construction of news, and what is no event."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import dragoman
from dragoman.records import Event

CASES = Path(__file__).parents[2] / "cases" / "event_sentences.tsv"
PUBLISHED = date(2012, 5, 16)


# What is read wrongly, and why.
MISSED = {}


def cases() -> list[Any]:
    lines = [line for line in CASES.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    rows = list(csv.DictReader(lines, delimiter="\t"))
    return [
        pytest.param(
            row["construction"],
            row["sentence"],
            row["events"],
            marks=[pytest.mark.xfail(strict=True, reason=MISSED[row["sentence"]])] if row["sentence"] in MISSED else [],
        )
        for row in rows
    ]


def is_told(wanted: str, events: tuple[Event, ...]) -> bool:
    left, _, right = wanted.partition(">")
    words = left.split()
    types, statuses = words[0].split(","), words[1].split(",") if len(words) > 1 else []
    return any(
        event.type in types
        and (not statuses or event.status in statuses)
        and all(any(_is_of(each, actor) for each in event.actors) for actor in words[2:])
        and all(any(_is_of(each, actor) for each in event.recipients) for actor in right.split())
        for event in events
    )


def _is_of(actor: str, wanted: str) -> bool:
    return actor == wanted or actor.startswith(f"{wanted}:")


@pytest.mark.parametrize(("construction", "sentence", "events"), cases())
def test_sentences_tell_their_events(construction: str, sentence: str, events: str) -> None:
    found = dragoman.read(sentence, published=PUBLISHED).events
    told = [(each.type, each.status, each.actors, each.recipients, each.predicate.text) for each in found]
    if events == "-":
        assert not told, construction
        return
    for wanted in events.split(";"):
        assert is_told(wanted.strip(), found), f"{construction}: {wanted.strip()} is not among {told}"


@pytest.mark.parametrize(
    ("sentence", "accuser"),
    [
        ("Georgia accused Russia of bombing Gori on Monday.", "GEO"),
        ("Chad accused Sudan of attacking its villages.", "TCD"),
        ("Armenia accused Azerbaijan of shelling Goris.", "ARM"),
    ],
)
def test_what_somebody_is_accused_of_stands_on_the_accusers_word(sentence: str, accuser: str) -> None:
    deeds = [event for event in dragoman.read(sentence, published=PUBLISHED).events if event.type == "ASSAULT"]
    assert [event.said_by for event in deeds] == [accuser]


def test_that_the_accused_denies_it_is_not_the_accusers_word() -> None:
    events = dragoman.read(
        "Chad accused Sudan of arming rebels in the east, which Khartoum denies.", published=PUBLISHED
    )
    assert [event.said_by for event in events.events if event.predicate.text == "denies"] == [None]


def of_type(sentence: str, type_: str) -> list[Event]:
    return [event for event in dragoman.read(sentence, published=PUBLISHED).events if event.type == type_]


@pytest.mark.parametrize(
    ("sentence", "attacker"),
    [
        ("Thailand attacked the camp on Friday before Vietnam occupied Laos.", "THA"),
        ("Gabon bombed the bridge that Cameroon had built.", "GAB"),
        ("Gabon raided the village while Cameroon armed Chad.", "GAB"),
        ("Gabon bombed the airport as Cameroon watched.", "GAB"),
    ],
)
def test_who_acts_in_a_clause_beside_the_deed_is_not_whom_it_befell(sentence: str, attacker: str) -> None:
    (deed,) = of_type(sentence, "ASSAULT")
    assert (deed.actors, deed.recipients) == ((attacker,), ())


def test_the_last_word_of_a_headline_without_a_full_stop_may_be_whom_it_befell() -> None:
    deeds = of_type("There was heavy fighting on Monday. Eritrea raids an airport in the south of Djibouti", "ASSAULT")
    assert [deed.recipients for deed in deeds if deed.predicate.text == "raids"] == [("DJI",)]


@pytest.mark.parametrize(
    ("sentence", "type_", "status"),
    [
        ("Malawi not only condemned Zambia but also recalled its ambassador.", "ACCUSE", "actual"),
        ("Bhutan has not just accused Nepal of arming rebels.", "ACCUSE", "actual"),
        ("Laos did not merely threaten Thailand, it attacked a border post.", "THREATEN", "actual"),
        ("Not only did Ghana condemn Mali, it closed the border.", "ACCUSE", "actual"),
        ("Ghana did not condemn Mali.", "ACCUSE", "negated"),
        ("Ghana has never condemned Mali.", "ACCUSE", "negated"),
        ("Ghana cannot simply attack Mali.", "ASSAULT", "negated"),
    ],
)
def test_what_is_not_all_that_happened_has_happened(sentence: str, type_: str, status: str) -> None:
    (deed,) = of_type(sentence, type_)
    assert deed.status == status


@pytest.mark.parametrize(
    ("sentence", "type_", "status"),
    [
        ("Clashes went on until Laos and Thailand signed a truce on Monday.", "SUPPORT", "actual"),
        ("The siege lasted till the prisoners were freed by Gabon.", "RETREAT", "actual"),
        ("The blockade lasted until Bolivia had withdrawn its troops.", "RETREAT", "actual"),
        ("Bolivia will not leave the talks until Chile withdrew its troops.", "RETREAT", "hypothetical"),
        ("Bolivia vowed to fight until Chile withdrew its troops.", "RETREAT", "hypothetical"),
        ("Bolivia will lift the embargo once Chile frees the prisoners.", "RETREAT", "hypothetical"),
        ("Bolivia will send troops before Chile attacks Peru.", "ASSAULT", "hypothetical"),
        ("Bolivia sent troops before Chile attacked Peru.", "ASSAULT", "actual"),
    ],
)
def test_what_ended_or_began_something_happened_unless_it_is_awaited(sentence: str, type_: str, status: str) -> None:
    (deed,) = of_type(sentence, type_)
    assert deed.status == status


@pytest.mark.parametrize(
    ("sentence", "type_", "status"),
    [
        ("Workers in Gabon walked out of the mines to demand higher pay from Chad.", "REQUEST", "actual"),
        ("The president of Gabon telephoned Chad to congratulate it.", "SUPPORT", "actual"),
        ("Gabon will march to demand a ransom from Chad.", "REQUEST", "future"),
        ("Gabon meets Chad next week.", "CONSULT", "future"),
        ("The ministers of Gabon and Chad meet again in a month's time, on 1 December 2090.", "CONSULT", "future"),
    ],
)
def test_what_is_voiced_is_done_with_it_and_what_is_set_for_a_day_is_to_come(
    sentence: str, type_: str, status: str
) -> None:
    assert [deed.status for deed in of_type(sentence, type_)] == [status]


@pytest.mark.parametrize(
    ("sentence", "type_", "doer"),
    [
        ("Gabon counselled Cameroon to attack Chad.", "ASSAULT", "CMR"),
        ("Gabon trusted Cameroon to mediate between Chad and Niger.", "CONSULT", "CMR"),
        ("Oman designated Qatar to mediate between Iran and Yemen.", "CONSULT", "QAT"),
        ("Hungary was obligated by Austria to attack Serbia.", "ASSAULT", "HUN"),
        ("Gabon used mercenaries to attack Chad.", "ASSAULT", "GAB"),
        ("Gabon offered Cameroon to send troops.", "THREATEN,AGREE,MOBILIZE", "GAB"),
    ],
)
def test_whom_somebody_makes_do_a_thing_does_it(sentence: str, type_: str, doer: str) -> None:
    deeds = [deed for each in type_.split(",") for deed in of_type(sentence, each)]
    assert deeds
    assert all(deed.actors == (doer,) for deed in deeds)
