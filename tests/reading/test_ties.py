"""Ties: standing relations, with the very words that state them."""

import json
from datetime import date
from pathlib import Path

import pytest
from spacy.tokens import Doc

import dragoman
from dragoman.knowledge import load_knowledge
from dragoman.reading.actors import find_actors
from dragoman.reading.ties import find_ties

FILE = json.loads((Path(__file__).parents[1] / "cases" / "ties.json").read_text(encoding="utf-8"))
CASES = FILE["cases"]


@pytest.fixture(scope="module")
def docs() -> dict[str, Doc]:
    texts = [case["text"] for case in CASES]
    return dict(zip(texts, dragoman.load().pipe(texts), strict=True))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"][:60])
def test_a_sentence_gives_its_ties(case: dict, docs: dict[str, Doc]) -> None:  # type: ignore[type-arg]
    doc = docs[case["text"]]
    knowledge = load_knowledge()
    found = find_ties(doc, find_actors(doc, date.fromisoformat(FILE["published"]), knowledge), knowledge)
    assert [[tie.from_, tie.to, tie.kind, tie.text] for tie in found] == case["ties"]


def test_whom_an_army_belongs_to_has_no_tie_where_nothing_is_told_of_it() -> None:
    doc = dragoman.load()("Britain trains Mozambican officers at Nyanga.")
    knowledge = load_knowledge()
    actors = find_actors(doc, date(1986, 8, 21), knowledge)
    ties = find_ties(doc, actors, knowledge)
    assert {end for tie in ties for end in (tie.from_, tie.to)} <= {actor.id for actor in actors.records}


@pytest.mark.parametrize(
    ("text", "ties"),
    [
        ("Raila Odinga met his rival, the former president Mwai Kibaki, in Nairobi on Monday.", []),
        ("Eritrea and its rival Ethiopia met on Monday.", [("ETH", "ERI", "poor")]),
    ],
)
def test_rivals_are_states_and_bodies_not_two_who_want_one_office(text: str, ties: list[tuple[str, str, str]]) -> None:
    found = dragoman.read(text, published="2011-01-11").ties
    assert [(tie.from_, tie.to, tie.kind) for tie in found] == ties
