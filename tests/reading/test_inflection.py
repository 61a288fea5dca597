"""A word of a lexicon is found in every form that English writes it in, and in no other."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.mediation.vocabulary import load_vocabulary
from dragoman.reading.inflection import noun_forms, verb_forms
from dragoman.reading.statements.cues import load_cues


@pytest.mark.parametrize(
    ("verb", "forms"),
    [
        ("stop", "stops stopped stopping"),
        ("fret", "frets fretted fretting"),
        ("quiz", "quizzes quizzed quizzing"),
        ("equip", "equips equipped equipping"),
        ("visit", "visits visited visiting"),
        ("offer", "offers offered offering"),
        ("prefer", "prefers preferred preferring"),
        ("shout", "shouts shouted shouting"),
        ("vow", "vows vowed vowing"),
        ("tax", "taxes taxed taxing"),
        ("patrol", "patrols patrolled patrolling"),
        ("cancel", "cancels canceled canceling cancelled cancelling"),
        ("conceal", "conceals concealed concealing"),
        ("panic", "panics panicked panicking"),
        ("die", "dies died dying"),
        ("guarantee", "guarantees guaranteed guaranteeing"),
        ("defy", "defies defied defying"),
        ("delay", "delays delayed delaying"),
        ("veto", "vetoes vetoed vetoing"),
        ("radio", "radios radioed radioing"),
        ("seek", "seeks sought seeking"),
        ("forget", "forgets forgot forgotten forgetting"),
        ("have", "has had having"),
        ("be", "am is are was were been being"),
    ],
)
def test_a_verb_is_known_in_all_its_forms_and_no_others(verb: str, forms: str) -> None:
    assert set(verb_forms(verb)) == {verb, *forms.split()}


@pytest.mark.parametrize(
    ("noun", "plural"),
    [
        ("envoy", "envoys"),
        ("embassy", "embassies"),
        ("spokesman", "spokesmen"),
        ("shaman", "shamans"),
        ("crisis", "crises"),
        ("clash", "clashes"),
        ("studio", "studios"),
    ],
)
def test_a_noun_is_known_in_its_plural(noun: str, plural: str) -> None:
    assert list(noun_forms(noun)) == [noun, plural]


@given(st.from_regex(r"[a-z]{1,12}", fullmatch=True))
def test_any_word_has_forms(word: str) -> None:
    assert next(verb_forms(word)) == word
    assert all(form.isalpha() for form in verb_forms(word))
    assert len(list(noun_forms(word))) > 1


def test_who_frets_is_quoted() -> None:
    assert load_cues().verb("fretted", "frett") is not None


@pytest.mark.parametrize(("form", "word"), [("skipped", "skip"), ("scrapped", "scrap"), ("upheld", "uphold")])
def test_a_step_is_found_in_the_form_in_which_it_is_told(form: str, word: str) -> None:
    assert load_vocabulary().forms[form] == word


@pytest.mark.parametrize("form", ["scraped", "scraping", "planed", "visitted", "agreementted"])
def test_no_step_is_found_in_the_form_of_another_word(form: str) -> None:
    assert form not in load_vocabulary().forms
