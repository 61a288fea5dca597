"""Frames and a learned coder together, with coders that say what each test wants."""

import copy
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import pytest
from spacy.tokens import Doc

from dragoman.codebook import load_codebook
from dragoman.knowledge import load_knowledge
from dragoman.reading.actors import Actors
from dragoman.reading.events import Pair, code_events
from dragoman.reading.events.pairs import affordable
from dragoman.reading.events.predicates import Clauses
from dragoman.reading.events.weighing import NONE, Evidence, load_weights
from dragoman.reading.tree import Tree
from dragoman.records import Event
from tests.reading.events.test_code_events import PUBLISHED, case_named, scene

Coder = Callable[[Doc, Sequence[Pair]], Sequence[Mapping[str, float]]]


def says(shares: Mapping[str, float], back: Mapping[str, float] | None = None) -> Coder:
    """A coder that says the same of every pair, or another thing of pairs against the order of the text."""
    return lambda doc, pairs: [shares if back is None or pair[0] < pair[1] else back for pair in pairs]


def read(name: str, coder: Coder | None, *, given: bool = False, verb: str | None = None) -> tuple[Event, ...]:
    """The events of a case; with `verb`, a word that no frame knows stands in the place of its first verb."""
    case: dict[str, Any] = copy.deepcopy(case_named(name))
    if verb is not None:
        token = next(token for token in case["tokens"] if token[2] == "VERB")
        token[0], token[1] = verb, verb
    found = scene(case)
    actors = found.actors
    if given:
        mentions = [replace(mention, form="given") for mention in actors.mentions]
        actors = Actors(actors.records, mentions, {record.id: record for record in actors.records})
    return code_events(found.doc, "a", PUBLISHED, actors, (), (), (), load_codebook(), load_knowledge(), coder)


def test_a_type_that_the_coder_confirms_is_surer_and_one_that_it_doubts_less_sure() -> None:
    (agreed,), (doubted,) = (
        read("active clause", says({"ACCUSE": share, "REJECT": 0.95 - share})) for share in (0.9, 0.3)
    )
    assert agreed.type == doubted.type == "ACCUSE"
    assert doubted.confidence < agreed.confidence
    assert "learned coder: ACCUSE 0.90" in agreed.why
    assert "learned coder: ACCUSE 0.30, rather REJECT 0.65" in doubted.why


def test_a_type_that_the_coder_is_certain_is_wrong_is_overruled_and_why_names_both() -> None:
    (event,) = read("active clause", says({"REJECT": 0.99, "ACCUSE": 0.001}))
    assert (event.type, event.cameo, event.quad) == ("REJECT", "120", "verbal conflict")
    assert "the frame says ACCUSE, overruled by the learned coder: REJECT 0.99, ACCUSE 0.00" in event.why


def test_without_a_coder_the_frames_speak_alone() -> None:
    (event,) = read("active clause", None)
    assert event.type == "ACCUSE"
    assert "learned coder" not in event.why


def test_between_given_actors_the_coder_alone_makes_an_event_at_the_verb_that_joins_them() -> None:
    assert read("active clause", None, given=True, verb="zorped") == ()
    (event,) = read("active clause", says({"SANCTION": 0.8}, {"SANCTION": 0.1}), given=True, verb="zorped")
    assert (event.type, event.actors, event.recipients) == ("SANCTION", ("TCD",), ("SDN",))
    assert event.predicate.text == "zorped"
    assert event.cameo == "160"
    assert "no frame, at “zorped”" in event.why
    assert "learned coder alone: SANCTION 0.80, no event 0.20" in event.why


def test_the_likelier_direction_between_given_actors_tells_who_acts() -> None:
    (event,) = read("active clause", says({"SANCTION": 0.1}, {"SANCTION": 0.8}), given=True, verb="zorped")
    assert (event.actors, event.recipients) == (("SDN",), ("TCD",))


@pytest.mark.parametrize(("share", "events"), [(0.99, 1), (0.8, 0)])
def test_where_nothing_is_given_only_a_certain_coder_adds_an_event(share: float, events: int) -> None:
    found = read("active clause", says({"COERCE": share}), verb="zorped")
    assert len(found) == events


def test_what_the_coder_holds_together_is_a_concession_when_promised_and_a_retreat_when_done() -> None:
    (promised,) = read(
        "a planned meeting is an agreement still to come", says({"YIELD": 0.99}), given=True, verb="zorp"
    )
    (done,) = read("active clause", says({"YIELD": 0.99}), given=True, verb="zorped")
    assert (promised.type, promised.status) == ("CONCEDE", "future")
    assert (done.type, done.status) == ("RETREAT", "actual")


def test_a_concession_of_the_frames_stays_one_when_the_coder_says_yield() -> None:
    (event,) = read("a promised withdrawal is a concession", says({"YIELD": 0.95}), given=True)
    assert event.type == "CONCEDE"
    assert "learned coder: YIELD 0.95" in event.why


@pytest.mark.parametrize(("share", "recipients"), [(0.9, ("SDN",)), (0.4, ())])
def test_a_country_that_names_a_place_suffers_an_act_when_the_coder_is_sure(share: float, recipients: object) -> None:
    found = scene(case_named("active clause"))
    mentions = [replace(each, sense="place") if each.actor == "SDN" else each for each in found.actors.mentions]
    actors = Actors(found.actors.records, mentions, {record.id: record for record in found.actors.records})
    coder = says({"ACCUSE": share})
    (event,) = code_events(found.doc, "a", PUBLISHED, actors, (), (), (), load_codebook(), load_knowledge(), coder)
    assert (event.actors, event.recipients) == (("TCD",), recipients)


def test_ids_differ_though_one_word_states_the_deeds_of_several_pairs() -> None:
    found = read("an offer to mediate", says({"AID": 0.9}), given=True, verb="zorped")
    assert len({event.id for event in found}) == len(found)


def test_probabilities_sum_to_one_with_and_without_no_event() -> None:
    said = Evidence({"AID": 0.5, "ASSAULT": 0.2}, (("COERCE", frozenset({"noun"})),))
    for certain in (True, False):
        shares = load_weights().probabilities(said, certain=certain)
        assert sum(shares.values()) == pytest.approx(1.0)
        assert (NONE in shares) is not certain
        assert shares["COERCE"] > 0


def test_a_pair_is_asked_about_once_and_only_within_a_budget_of_words() -> None:
    doc = Doc(
        scene(case_named("active clause")).doc.vocab, words=["Chad"] * 1000, heads=[0] * 1000, deps=["dep"] * 1000
    )
    clauses = Clauses(doc, Tree.of(doc), load_codebook())
    short = scene(case_named("active clause")).doc
    pair: Pair = ((0, 1), (2, 3))
    assert affordable([pair, pair], Clauses(short, Tree.of(short), load_codebook())) == [pair]
    assert affordable([pair], clauses) == []
