"""What the learned coder is trained on. Needs torch, which only training does."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

pytest.importorskip("torch")

from training.examples import NONE, SOURCE, TARGET, TYPES, Example, joined, marked, read_own, statements, turned

AID = TYPES.index("AID")


def test_what_analysts_say_is_read_beside_our_own_sentences(tmp_path: Path) -> None:
    given = "CONSULT\t<s>Chad</s> met <t>Sudan</t>.\nNONE\t<s>Peru</s> left <t>Chile</t> alone.\n"
    (tmp_path / "reviews.tsv").write_text(given, encoding="utf-8")
    one, other = read_own(tmp_path / "reviews.tsv")
    assert (named(one, SOURCE), one.type, other.type) == ("Chad", TYPES.index("CONSULT"), NONE)


def named(example: Example, mark: int) -> str:
    return " ".join(word for word, each in zip(example.words, example.marks, strict=True) if each == mark)


@pytest.mark.parametrize("seed", range(6))
def test_a_sentence_joined_to_another_keeps_its_pair_and_its_type(seed: int) -> None:
    one = marked("<s>Chad</s> fed <t>Sudan</t>.", type=AID)
    other = marked("<s>Peru</s> sued <t>Chile</t>.", type=TYPES.index("ACCUSE"))
    both = joined(one, other, random.Random(seed))
    assert (named(both, SOURCE), named(both, TARGET), both.type) == ("Chad", "Sudan", AID)
    assert {"Peru", "Chile"} <= set(both.words)


@pytest.mark.parametrize("seed", range(6))
def test_nothing_happens_between_the_source_of_one_event_and_the_target_of_another(seed: int) -> None:
    one = marked("<s>Chad</s> fed <t>Sudan</t>.", type=AID)
    other = marked("<s>Peru</s> sued <t>Chile</t>.", type=TYPES.index("ACCUSE"))
    both = joined(one, other, random.Random(seed), across=True)
    assert (named(both, SOURCE), named(both, TARGET), both.type) == ("Chad", "Chile", NONE)


def test_seen_from_its_target_an_event_is_none() -> None:
    back = turned(marked("<s>Chad</s> fed <t>Sudan</t>.", type=AID))
    assert (named(back, SOURCE), named(back, TARGET), back.type) == ("Sudan", "Chad", NONE)


def test_actors_of_a_mere_statement_have_no_event_between_them() -> None:
    plain = Example(("Chad", "hopes", "for", "Sudan"), (0, 0, 0, 0), penta=0)
    tagged = Example(plain.words, (0, 0, 0, 0), spans=(SOURCE, 0, 0, TARGET))
    (found,) = statements([plain], [tagged, Example(("Other",), (0,), spans=(SOURCE,))])
    assert (named(found, SOURCE), named(found, TARGET), found.type) == ("Chad", "Sudan", NONE)


def test_each_sentence_that_we_wrote_has_a_type_a_source_and_a_target_and_stands_once() -> None:
    found = read_own()
    assert all(named(example, SOURCE) and named(example, TARGET) for example in found)
    assert {example.type for example in found} == set(range(len(TYPES)))
    assert len({example.words for example in found}) == len(found)
