"""An answer is given to whom it answers, though its sentence names nobody."""

from datetime import date

import pytest

import dragoman


@pytest.mark.parametrize(
    ("text", "answer", "recipient"),
    [
        ("Chad accused Sudan of arming rebels on Monday. Sudan denied it.", "REJECT", "TCD"),
        ("Peru demanded the return of two patrol boats, which Ecuador refused.", "REJECT", "PER"),
        ("Eritrea shelled two Ethiopian towns on Sunday. Kenya condemned the attack.", "ACCUSE", "ERI"),
        (
            "Eritrea shelled two towns on Sunday. Kenya condemned the attack, and Uganda called it a crime.",
            "ACCUSE",
            "ERI",
        ),
        ("Ecuador proposed to withdraw from two posts. Peru welcomed the gesture.", "SUPPORT", "ECU"),
    ],
)
def test_an_answer_is_given_to_whom_it_answers(text: str, answer: str, recipient: str) -> None:
    events = dragoman.read(text, published=date(1999, 5, 6)).events
    answers = [event for event in events if event.type == answer and recipient not in event.actors]
    assert answers
    assert all(recipient in event.recipients for event in answers)


def test_an_answer_to_nothing_that_is_told_has_no_recipient() -> None:
    (event,) = dragoman.read("Kenya condemned the attack.", published=date(1999, 5, 6)).events
    assert event.recipients == ()


@pytest.mark.parametrize(
    ("text", "answer", "recipient"),
    [
        ("Zambia proposed a summit with Malawi. Malawi accepted the proposal.", "AGREE", "ZMB"),
        ("Bolivia demanded an apology from Paraguay. Paraguay accepted the demand.", "CONCEDE", "BOL"),
        ("Nicaragua freed twenty prisoners on Monday. Honduras welcomed the release.", "SUPPORT", "NIC"),
        ("Nicaragua invited the rebels to talks. Honduras praised this.", "SUPPORT", "NIC"),
    ],
)
def test_a_yes_is_given_to_who_offered_or_asked(text: str, answer: str, recipient: str) -> None:
    *_, event = dragoman.read(text, published=date(1999, 5, 6)).events
    assert (event.type, event.recipients) == (answer, (recipient,))


@pytest.mark.parametrize(
    ("told", "answer"),
    [
        ("Zambia demanded the return of the boats.", "Malawi rejected the demand."),
        ("Nicaragua accused Honduras of torture.", "Honduras denied the accusation."),
        ("Bolivia offered to mediate between Peru and Chile.", "Chile accepted the offer."),
    ],
)
def test_what_was_told_many_sentences_before_is_not_what_is_answered(told: str, answer: str) -> None:
    between = "The border stayed shut. Rain fell on the capital. Schools closed early. A bridge fell into the river."
    *_, event = dragoman.read(f"{told} {between} {answer}", published=date(1999, 5, 6)).events
    assert event.sentence == 5
    assert event.recipients == ()


def test_who_proposes_the_plan_answers_nobody() -> None:
    text = "Oman offered to host talks with Yemen. The Swiss envoy, who first proposed the plan in May, left on Monday."
    events = dragoman.read(text, published=date(1999, 5, 6)).events
    (proposed,) = (event for event in events if event.predicate.text == "proposed")
    assert "whom it answers" not in proposed.why


@pytest.mark.parametrize(
    ("text", "answer", "recipient"),
    [
        ("Eritrea shelled two Ethiopian towns on Sunday. The attack was condemned by Kenya.", "ACCUSE", "ERI"),
        ("Zambia accused Malawi of spying, an accusation denied by Malawi.", "REJECT", "ZMB"),
        ("Zambia accused Malawi of spying on Monday, a charge rejected by Malawi.", "REJECT", "ZMB"),
        ("Peru demanded the return of two patrol boats. Ecuador rejected that.", "REJECT", "PER"),
        ("Kenya asked Uganda to give the island back. Uganda refused.", "REJECT", "KEN"),
        ("Chad said Libya had shelled a border post. Libya denied shelling the post.", "REJECT", "TCD"),
    ],
)
def test_an_answer_in_any_voice_is_given_to_whom_it_answers(text: str, answer: str, recipient: str) -> None:
    events = dragoman.read(text, published=date(1999, 5, 6)).events
    answers = [event for event in events if event.type == answer and recipient not in event.actors]
    assert answers
    assert answers[-1].recipients == (recipient,)


def test_the_deed_of_the_only_doer_is_condemned_to_the_end_of_an_article() -> None:
    between = "The border stayed shut. Rain fell on the capital. Schools closed early. A bridge fell into the river."
    text = f"Eritrea bombed two Ethiopian towns on Sunday. {between} Kenya condemned the bombing."
    assert dragoman.read(text, published=date(1999, 5, 6)).events[-1].recipients == ("ERI",)
    both = f"Eritrea bombed a town. Ethiopia bombed a port. {between} Kenya condemned the bombing."
    assert dragoman.read(both, published=date(1999, 5, 6)).events[-1].recipients == ()


def test_what_is_judged_need_not_be_the_actor_that_was_named_last() -> None:
    text = (
        "Peru demanded the return of a patrol boat. Bolivia backed the African Union. "
        "Ecuador criticised it as a provocation."
    )
    *_, event = dragoman.read(text, published=date(1999, 5, 6)).events
    assert (event.type, event.actors, event.recipients) == ("ACCUSE", ("ECU",), ())


def test_who_is_blamed_may_be_an_it() -> None:
    text = "The Honduran government blocked the bridge. Nicaragua blamed it for the failure."
    *_, event = dragoman.read(text, published=date(1999, 5, 6)).events
    assert (event.type, event.recipients) == ("ACCUSE", ("HND",))


def test_who_is_to_be_freed_is_not_asked_to_free_him() -> None:
    text = "Peru said the guerrillas would not be pardoned. Nestor Cerpa demanded freedom for his jailed comrades."
    *_, event = dragoman.read(text, published=date(1997, 4, 23)).events
    assert (event.type, event.recipients) == ("REQUEST", ())
