"""What the language model believes of events, beside the frames, with beliefs that each test sets."""

from __future__ import annotations

import copy
from typing import Any

import numpy as np
import pytest

from dragoman.codebook import load_codebook
from dragoman.knowledge import load_knowledge
from dragoman.language.encoder import EVENTS
from dragoman.reading.events import code_events
from dragoman.records import Event
from tests.reading.events.test_code_events import PUBLISHED, case_named, scene

Parts = dict[int, tuple[float, float]]


def read(beliefs: dict[int, tuple[str, float]], parts: dict[int, Parts], verb: str | None = None) -> tuple[Event, ...]:
    """The events of "Chad condemned Sudan on Monday."; with `verb`, a word that no frame knows stands for the first.

    Args:
        beliefs: by token, a type and its probability.
        parts: by token, with what probability others do it and suffer it.
    """
    case: dict[str, Any] = copy.deepcopy(case_named("active clause"))
    if verb is not None:
        case["tokens"][1][0] = case["tokens"][1][1] = verb
    found = scene(case)
    events = np.zeros((len(found.doc), len(EVENTS)), dtype=np.float32)
    events[:, 0] = 1.0
    for i, (type_, probability) in beliefs.items():
        events[i, 0], events[i, EVENTS.index(type_)] = 1 - probability, probability
    found.doc._.events, found.doc._.participants = events, parts
    return code_events(found.doc, "a", PUBLISHED, found.actors, (), (), (), load_codebook(), load_knowledge(), None)


ACTS = {1: {0: (0.95, 0.02), 2: (0.02, 0.95)}}


def test_a_word_that_no_frame_knows_states_an_event_where_the_model_is_sure() -> None:
    assert read({}, {}, verb="zorped") == ()
    (event,) = read({1: ("SANCTION", 0.95)}, ACTS, verb="zorped")
    assert (event.type, event.cameo, event.actors, event.recipients) == ("SANCTION", "160", ("TCD",), ("SDN",))
    assert event.predicate.text == "zorped"
    assert "no frame, at “zorped”" in event.why
    assert "by TCD “Chad” (language model)" in event.why
    assert "language model: SANCTION 0.95" in event.why


@pytest.mark.parametrize("probability", [0.0, 0.3])
def test_a_word_of_which_the_model_is_not_sure_states_nothing(probability: float) -> None:
    assert read({1: ("SANCTION", probability)}, ACTS, verb="zorped") == ()


def test_without_anybody_who_acts_there_is_no_event() -> None:
    assert read({1: ("SANCTION", 0.95)}, {}, verb="zorped") == ()


def test_what_both_see_is_surer_than_what_the_model_doubts() -> None:
    (both,) = read({1: ("ACCUSE", 0.98)}, ACTS)
    (doubted,) = read({1: ("ACCUSE", 0.3)}, ACTS) or (None,)
    assert both.type == "ACCUSE"
    assert "verb “condemn”" in both.why
    assert doubted is None or doubted.confidence < both.confidence


@pytest.mark.parametrize(("probability", "told"), [(0.8, 0), (0.99, 1)])
def test_a_word_that_the_frames_take_for_none_states_an_event_where_the_model_is_all_but_certain(
    probability: float, told: int
) -> None:
    assert read({}, {}, verb="marry") == ()
    assert len(read({1: ("SUPPORT", probability)}, ACTS, verb="marry")) == told


def test_a_type_that_the_model_is_sure_is_another_is_overruled_and_why_names_both() -> None:
    (event,) = read({1: ("REJECT", 0.95)}, ACTS)
    assert (event.type, event.cameo) == ("REJECT", "120")
    assert "the frame says ACCUSE, overruled by the language model: ACCUSE 0.00, rather REJECT 0.95" in event.why


def test_who_acts_is_another_where_the_model_is_sure_and_believes_nothing_of_the_frames_actor() -> None:
    (event,) = read({1: ("ACCUSE", 0.98)}, {1: {0: (0.01, 0.9), 2: (0.9, 0.01)}})
    assert event.actors == ("SDN",)


def test_those_who_meet_on_the_word_of_the_model_alone_are_equals() -> None:
    (event,) = read({1: ("CONSULT", 0.95)}, ACTS, verb="zorped")
    assert (event.type, event.actors, event.recipients) == ("CONSULT", ("TCD", "SDN"), ())
