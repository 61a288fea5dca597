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
