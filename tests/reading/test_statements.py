"""Statements: what is said, and on whose word."""

import json
from datetime import date
from pathlib import Path

import pytest
from spacy.tokens import Doc

import dragoman
from dragoman.errors import DataError
from dragoman.knowledge import load_knowledge
from dragoman.reading.actors import find_actors
from dragoman.reading.quotations import find_quotations
from dragoman.reading.statements import find_statements, speaker_of
from dragoman.reading.statements.cues import load_cues, parse_cues

CASES = json.loads((Path(__file__).parents[1] / "cases" / "statements.json").read_text(encoding="utf-8"))["cases"]


@pytest.fixture(scope="module")
def docs() -> dict[str, Doc]:
    texts = [case["text"] for case in CASES]
    return dict(zip(texts, dragoman.load().pipe(texts), strict=True))


def quoted(text: str) -> list[str]:
    return [text[found.start : found.end] for found in find_quotations(text)]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"][:60])
def test_a_sentence_gives_its_statements_with_their_speakers(case: dict, docs: dict[str, Doc]) -> None:  # type: ignore[type-arg]
    doc = docs[case["text"]]
    actors = find_actors(doc, date.fromisoformat(case["published"]), load_knowledge())
    found = [each.record for each in find_statements(doc, actors)]
    assert [[each.speaker, doc.text[each.start : each.end], each.quoted] for each in found] == case["statements"]


def test_the_cue_is_nobodys_words() -> None:
    doc = dragoman.load()("Sergey Lavrov said that Moscow was ready to talk.")
    statements = find_statements(doc, find_actors(doc, date(2022, 3, 21), load_knowledge()))
    said, ready = (next(token.i for token in doc if token.text == word) for word in ("said", "ready"))
    assert speaker_of(said, statements) is None
    assert speaker_of(ready, statements) == "sergey-lavrov"


def test_paragraphs_that_open_a_mark_again_are_one_run() -> None:
    first, second = find_quotations("He said: “One thing.\n\n“Another thing.” Then he left.")
    assert not first.resumed
    assert second.resumed


def test_straight_marks_are_paired_by_the_side_they_face() -> None:
    assert quoted('"No," he said. "Not now."') == ['"No,"', '"Not now."']


def test_an_apostrophe_opens_no_quotation() -> None:
    assert quoted("The rebels' leader didn't come in the '90s, and Kenya's envoys' plane left.") == []


def test_single_marks_quote_where_they_enclose_words() -> None:
    assert quoted("‘We will not yield,’ the rebels’ leader said.") == ["‘We will not yield,’"]


def test_a_mark_left_open_does_not_swallow_the_article() -> None:
    text = "He said “something. " + "Nothing more was known. " * 400
    assert quoted(text) == []


def test_the_lexicon_knows_the_forms_of_its_verbs() -> None:
    cues = load_cues()
    assert {cues.verbs[form].lemma for form in ("denied", "denying", "denies")} == {"deny"}


def test_a_lexicon_with_an_unknown_construction_is_refused_by_name() -> None:
    with pytest.raises(DataError, match=r"mine\.toml.*'sung'"):
        parse_cues({"neutral": {"sung": ["sing"]}}, "mine.toml")


@pytest.mark.parametrize(
    ("text", "cue", "speaker"),
    [
        ("Witnesses in Bor said that soldiers had burnt the market.", "said", "witnesses"),
        ("The truce was broken twice overnight, according to delegates.", "according", "delegates"),
        ('"We have heard this before," a ferryman remarked.', "remarked", "ferryman"),
        ("The mission has counted forty dead, one of the monitors said.", "said", "monitors"),
        ('"It is not over," said Portugal\'s foreign minister, Jaime Gama.', "said", "jaime-gama"),
        ("In Lisbon the foreign minister, Jaime Gama, said that he was hopeful.", "said", "jaime-gama"),
        ("Two days of calm are a condition, an army spokesman, Major Luis Gomes, said.", "said", "luis-gomes"),
        ("Angola is calm, though the interim authorities said that the curfew would stay.", "said", "AGO"),
        ("Jaime Gama's camp said that he was hopeful.", "said", "jaime-gama"),
        ("The Arab League's spokesmen said that the talks would last.", "said", "ARAB-LEAGUE"),
        ("Jaime Gama said Lisbon would send aid and warned that time was short.", "warned", "jaime-gama"),
    ],
)
def test_whoever_says_it_is_its_speaker_with_or_without_a_name(text: str, cue: str, speaker: str) -> None:
    doc = dragoman.load()(text)
    statements = find_statements(doc, find_actors(doc, date(1999, 5, 6), load_knowledge()))
    assert [found.record.speaker for found in statements if found.record.cue and found.record.cue.text == cue] == [
        speaker
    ]


@pytest.mark.parametrize("document", ["statement", "report", "letter"])
def test_a_document_that_says_something_is_nobody(document: str) -> None:
    doc = dragoman.load()(f"A {document} said that the bridge was closed.")
    (found,) = find_statements(doc, find_actors(doc, date(1999, 5, 6), load_knowledge()))
    assert found.record.speaker is None


def test_he_in_the_same_sentence_is_whom_that_sentence_is_about() -> None:
    text = (
        '"I am back," Kofi Annan said. Hours before, Abdul Karim, the guards\' chief, had gone to the airport; he told '
        "reporters that the coup had been a mistake."
    )
    doc = dragoman.load()(text)
    statements = find_statements(doc, find_actors(doc, date(2003, 9, 23), load_knowledge()))
    assert statements[-1].record.speaker == "abdul-karim"
