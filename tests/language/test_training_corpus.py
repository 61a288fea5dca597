"""What the language model is trained on: names that are swapped, and what is held out."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from training.corpus import WIKIGOLD, Sentence, Swapped, fold, read_wikigold

ORG, MISC = frozenset({"ORG"}), frozenset(WIKIGOLD["MISC"])


@pytest.fixture
def swapped(tmp_path: Path) -> Swapped:
    (tmp_path / "reference").mkdir()
    (tmp_path / "reference" / "offices.csv").write_text("person,office\nAna Maria Lopez,minister\n", encoding="utf-8")
    other = Sentence("The Northern League met".split(), names=[(0, 3, ORG)])
    return Swapped(tmp_path, {"one": [other]})


def test_swapped_names_stay_where_they_are_marked(swapped: Swapped) -> None:
    sentence = Sentence(
        "In Oslo , Per Hansen of Telenor sang Blue Moon".split(),
        names=[(1, 2, frozenset({"GPE"})), (3, 5, frozenset({"PERSON"})), (6, 7, ORG), (8, 10, MISC)],
        document="d",
    )
    for seed in range(20):
        (copy,) = swapped([sentence], random.Random(seed))
        assert copy.names is not None
        assert [types for *_, types in copy.names] == [types for *_, types in sentence.names or ()]
        outside = set(range(len(copy.words))) - {i for start, end, _ in copy.names for i in range(start, end)}
        assert [copy.words[i] for i in sorted(outside)] == ["In", ",", "of", "sang"]
        person, organisation, song = copy.names[1:]
        assert copy.words[person[0] : person[1]] == ["Ana", "Maria", "Lopez"]
        assert " ".join(copy.words[organisation[0] : organisation[1]]) in ("Telenor", "The Northern League")
        assert copy.words[song[0] : song[1]] == ["Blue", "Moon"]  # no other song is known
        assert not copy.tree


def test_sentences_without_names_to_swap_have_no_copy(swapped: Swapped) -> None:
    bare = Sentence(["It", "rained", "in", "May"], names=[(3, 4, frozenset({"DATE"}))])
    assert swapped([bare, Sentence(["No", "names", "known"])], random.Random(0)) == []


def test_documents_are_held_out_whole() -> None:
    sentences = [Sentence(["x"], document=f"d{i // 3}") for i in range(12)]
    one, other = ({s.document for s in fold(sentences, held_out=held)} for held in (False, True))
    assert one == {"d0", "d2"}
    assert other == {"d1", "d3"}


def test_a_label_of_wikigold_leaves_open_what_it_does_not_tell(tmp_path: Path) -> None:
    path = tmp_path / "gold.txt"
    path.write_text("Mali I-LOC\nplays O\nBlue I-MISC\nMoon I-MISC\n\n-DOCSTART- O\nXyz I-LOC\n", encoding="utf-8")
    first, second = read_wikigold(path)
    assert first.names == [(0, 1, frozenset({"GPE"})), (2, 4, MISC)]
    assert second.names == [(0, 1, frozenset({"GPE", "LOC"}))]
    assert first.document != second.document
