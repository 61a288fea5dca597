"""Whom a pronoun or "the two sides" means in news that names one person after the other, read by the model."""

from __future__ import annotations

import pytest

import dragoman


def meant(text: str, words: str) -> set[str]:
    """The actors that the last mention with exactly these words means."""
    reading = dragoman.read(text, published="1998-03-04")
    at = text.rindex(words)
    return {
        actor.id
        for actor in reading.actors
        for span in actor.mentions
        if (span.start, span.end) == (at, at + len(words))
    }


@pytest.mark.parametrize(
    "second",
    ["Rebel commander Luis Anda called the offer a trick.", "The commander, Luis Anda, rejected the offer on Tuesday."],
)
def test_he_is_the_one_told_of_last_and_no_he_before(second: str) -> None:
    text = (
        "Interior Minister Jorge Paz flew to Lima. He met the bishops. He said he was hopeful. "
        f"{second} He demanded an amnesty."
    )
    assert meant(text, "He") == {"luis-anda"}


def test_his_is_of_the_one_whom_the_sentence_before_is_about() -> None:
    text = (
        "Prime Minister Carlos Sena said he would travel to Bonn. He added that he had called his envoys home. "
        "The exiled bishop, Rui Teles, has not replied. His secretary said the letter had not arrived."
    )
    assert meant(text, "His") == {"rui-teles"}


def test_it_is_nobody_who_is_a_person() -> None:
    text = 'Omar Sidi, who leads the talks, said it was "a step that we welcome".'
    assert meant(text, "it") == set()


def test_an_agency_is_none_of_the_two_sides() -> None:
    text = (
        "LIMA (Reuters) - Peru and the Shining Path rebels agreed on a truce, mediators said. "
        "A text signed by the two sides will be published."
    )
    assert "REUTERS" not in meant(text, "the two sides")


def test_the_former_and_the_latter_are_those_named_together_last() -> None:
    text = "Bishop Ana Luz and Colonel Rui Teles signed for Peru. The former wept. The latter said he was tired."
    assert meant(text, "The former") == {"ana-luz"}
    assert meant(text, "The latter") == {"rui-teles"}


@pytest.mark.parametrize("words", ["Both", "The two men"])
def test_both_are_the_two_of_whom_one_called_the_other(words: str) -> None:
    text = (
        "Chile and Peru have quarrelled for months. Envoy Rui Teles briefed Colonel Juan Anda on Monday. "
        f"{words} urged the miners to wait."
    )
    assert meant(text, words) == {"rui-teles", "juan-anda"}


@pytest.mark.parametrize(
    "last",
    [
        "Jorge Paz met him on Friday.",
        "Jorge Paz flew in on Friday and met him.",
        "Jorge Paz tried on Friday to persuade him.",
        "On Friday Jorge Paz spoke to him.",
    ],
)
def test_nobody_meets_himself_by_whatever_name_he_was_called_before(last: str) -> None:
    text = (
        "Interior Minister Jorge Paz flew to Lima. The interior minister is hopeful. "
        f"Rebel commander Luis Anda has been under arrest since March. {last}"
    )
    assert meant(text, "him") == {"luis-anda"}


def test_a_former_envoy_who_is_praised_is_not_who_praises_him() -> None:
    text = "Secretary-General Kofi Annan visited Lima. Mr Annan praised the former French ambassador."
    assert "kofi-annan" not in meant(text, "the former French ambassador")
