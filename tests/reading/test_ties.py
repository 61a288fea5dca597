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
