"""A step reads as a person would say it."""

from dataclasses import replace
from datetime import date

import pytest

from dragoman.mediation.merging import Claim, Contradiction
from dragoman.mediation.prose import at, days, in_prose, quoted, shortened
from dragoman.mediation.questions import Question
from dragoman.mediation.wording import (
    change_sentence,
    closed_sentence,
    contradiction_sentence,
    question_sentence,
    step_sentence,
)
from dragoman.records import Step, When

DAY = When(date(2001, 8, 13), date(2001, 8, 13), None, "stated")
STEP = Step("talks", ("MKD",), (), (), (), DAY, None, "actual", None, None, (), None, (), ())


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"kind": "condition", "terms": ("other",)}, "MKD set a condition."),
        ({"kind": "condition", "terms": ("ceasefire", "other")}, "MKD set a condition concerning a ceasefire."),
        ({"kind": "refusal", "recipients": ("NATO",)}, "MKD turned down what was offered or asked by NATO."),
        ({"kind": "appeal", "recipients": ("NLA",)}, "MKD appealed to NLA."),
        ({"kind": "pressure", "recipients": ("NLA",), "status": "future"}, "MKD threatened pressure against NLA."),
        ({"kind": "agreement", "outcome": "agreement"}, "MKD concluded an agreement."),
        ({"kind": "criticism", "persons": ("gruevski",)}, "MKD (gruevski) criticised the mediation."),
        (
            {"kind": "endorsement", "recipients": ("NATO",), "persons": ("kerry", "rice")},
            "MKD voiced support for NATO (named: kerry and rice).",
        ),
        ({"kind": "request", "recipients": ("NATO",)}, "MKD asked NATO for mediation or talks."),
        ({"kind": "breakdown", "outcome": "failure"}, "MKD broke off talks or an agreement."),
        ({"kind": "agreement", "third_parties": ("NOR",)}, "MKD concluded an agreement with NOR as third party."),
        ({"kind": "consultation", "persons": ("rice",)}, "MKD held consultations, rice taking part."),
        ({"kind": "offer", "status": "hypothetical"}, "MKD may offer to mediate."),
        ({"kind": "offer", "persons": ("gligorov",), "said_by": "gligorov"}, "MKD (gligorov) offered to mediate."),
        ({"kind": "assessment", "persons": ("MKD",)}, "MKD commented on the mediation."),
        ({"outcome": "inconclusive", "round": 2}, "MKD held talks (round 2); talks were inconclusive."),
    ],
)
def test_a_step_is_one_plain_sentence(values: dict[str, object], sentence: str) -> None:
    assert step_sentence(replace(STEP, **values)) == sentence  # type: ignore[arg-type]


def test_a_plan_whose_day_has_gone_by_was_to_be() -> None:
    plan = replace(STEP, actors=("MKD", "NLA"), status="future")
    assert step_sentence(plan) == "MKD and NLA are to hold talks."
    assert step_sentence(plan, on=date(2001, 8, 14)) == "MKD and NLA were to hold talks."
    assert step_sentence(replace(plan, actors=("MKD",)), on=date(2001, 8, 13)) == "MKD is to hold talks."


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        ("2022-03-12", "2022-03-12", "12 March 2022"),
        ("2022-03-01", "2022-03-20", "1–20 March 2022"),
        ("2022-02-01", "2022-02-28", "February 2022"),
        ("2022-02-28", "2022-03-03", "28 February – 3 March 2022"),
        ("2021-11-01", "2022-01-31", "November 2021 – January 2022"),
        ("1994-01-01", "1994-12-31", "1994"),
        (None, "2022-03-20", "until 20 March 2022"),
        ("2022-03-20", None, "from 20 March 2022"),
        (None, None, "day unknown"),
        ("2022-03-12", "9999-12-31", "12 March 2022 – 31 December 9999"),
    ],
)
def test_days_are_written_as_in_prose(first: str | None, last: str | None, words: str) -> None:
    ends = [None if day is None else date.fromisoformat(day) for day in (first, last)]
    assert days(When(ends[0], ends[1], None, "stated")) == words


@pytest.mark.parametrize(
    "name",
    [
        "African Union",
        "United States",
        "Organization of American States",
        "Tigray People's Liberation Front",
        "Kenyan opposition",
        "White House",
    ],
)
def test_names_that_stand_with_the_get_it(name: str) -> None:
    assert in_prose(name) == f"the {name}"


@pytest.mark.parametrize(
    "name",
    ["Norway", "Kofi Annan", "Hamas", "Human Rights Watch", "Swiss civil society", "Union", "the Quartet", "Élysée"],
)
def test_other_names_stand_alone(name: str) -> None:
    assert in_prose(name) == name


def test_one_is_at_a_palace_and_in_a_town() -> None:
    assert [at(place) for place in ("Geneva", "White House", "Hilton Hotel", "Netherlands")] == [
        "in Geneva",
        "at the White House",
        "at the Hilton Hotel",
        "in the Netherlands",
    ]


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ('the plan was "dead", he said', "the plan was ‘dead’, he said"),
        ('We have time," she said. "Nobody must hurry."', "‘We have time,’ she said. ‘Nobody must hurry.’"),
        ("the army’s “red line” holds", "the army’s ‘red line’ holds"),
        ("nothing quoted", "nothing quoted"),
    ],
)
def test_a_quotation_within_a_quotation_has_both_its_single_marks(words: str, shown: str) -> None:
    assert quoted(words) == shown


def test_a_quoted_sentence_has_no_dateline_no_stray_mark_and_no_second_full_stop() -> None:
    assert shortened("GENEVA, March 12 - The envoy left on Friday.") == "The envoy left on Friday"
    assert shortened('"We shall see,"') == "We shall see"
    assert shortened("They met in the U.S.") == "They met in the U.S."
    assert shortened("a " * 200, most=9) == "a a a a …"


QUESTION = Question(
    "offer unanswered", ("NLA",), ("NOR",), (), date(2001, 8, 13), ("s1",), (), "Norway is ready to help"
)


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({}, "The offer of NOR (“Norway is ready to help”), open since 13 August 2001, has no known answer from NLA."),
        (
            {"kind": "condition open", "terms": ("ceasefire",)},
            "NLA set a condition concerning a ceasefire (“Norway is ready to help”), open since 13 August 2001; "
            "nothing shows that it was met.",
        ),
        (
            {"kind": "round due"},
            "NLA is to hold talks with NOR on or after 13 August 2001 (“Norway is ready to help”).",
        ),
        ({"kind": "silent"}, "Nothing has been reported of NLA since 13 August 2001."),
    ],
)
def test_what_stands_open_is_one_plain_sentence(values: dict[str, object], sentence: str) -> None:
    assert question_sentence(replace(QUESTION, **values)) == sentence  # type: ignore[arg-type]


@pytest.mark.parametrize("kind", ["offer unanswered", "request unanswered", "condition open", "round due", "silent"])
def test_what_no_longer_stands_open_is_not_told_as_if_it_did(kind: str) -> None:
    sentence = closed_sentence(replace(QUESTION, kind=kind))  # type: ignore[arg-type]
    assert not any(words in sentence for words in ("nothing shows", "no known answer", "no report", "Nothing has been"))


def test_days_on_which_reports_differ_are_days_and_not_numbers() -> None:
    told = Contradiction("when", (Claim("2001-08-13", ("a", "b")), Claim("2001-08-13/2001-08-14", ("c",))))
    assert contradiction_sentence(told) == (
        "On the days, 2 reports say 13 August 2001, 1 report says 13–14 August 2001."
    )


def test_a_change_is_told_with_names() -> None:
    assert change_sentence("third_parties", "unknown", "NOR, CUB", {"NOR": "Norway", "CUB": "Cuba"}.__getitem__) == (
        "third parties were unknown, are Norway and Cuba"
    )
    assert change_sentence("when", "2001-08-13, ?", "2001-08-13, 2001-08-14") == (
        "days were from 13 August 2001, are 13–14 August 2001"
    )
    assert change_sentence("status", "future", "actual") == "status was future, is actual"
