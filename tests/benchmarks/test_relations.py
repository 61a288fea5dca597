"""What the benchmarks of relations read from files of other shapes."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.relations import calibration, read_spans, sentence_folds, sentence_key

TAGGED = """Two O
U.S B-S
. I-S
- I-S
backed I-S
units I-S
left O
Mali B-T
’ I-T
s I-T
north I-T
at O
2 O
. O
5 O
km O
. O
"""


def test_tagged_words_are_put_back_to_text_with_their_spans(tmp_path: Path) -> None:
    path = tmp_path / "spans.iob"
    path.write_text(TAGGED + "\n", encoding="utf-8")
    (row,) = read_spans(path)
    assert row.text == "Two U.S.-backed units left Mali’s north at 2.5 km."
    assert [row.text[start:end] for start, end in row.sources] == ["U.S.-backed units"]
    assert [row.text[start:end] for start, end in row.targets] == ["Mali’s north"]


def test_a_sentence_is_held_out_with_its_pair_whatever_its_blanks(tmp_path: Path) -> None:
    rows = [f"Row {number} says so." for number in range(6)]
    pairs = ["sentence\tmarked_sentence\tgold_root", *(f"{row}\t{row}\tAID" for row in rows)]
    (tmp_path / "plover_relations_train.tsv").write_text("\n".join(pairs) + "\n", encoding="utf-8")
    classes = ["sentence\tpentaclass", "Row 3 says  so .\t2", "Another one.\t0"]
    (tmp_path / "cameo_pentaclass_train.tsv").write_text("\n".join(classes) + "\n", encoding="utf-8")
    folds = sentence_folds(tmp_path)
    assert folds[sentence_key("Row 3 says  so .")] == 3
    assert folds[sentence_key("Row 5 says so.")] == 0
    assert folds[sentence_key("Another one.")] == 1


def test_calibration_is_the_mean_distance_of_confidence_and_share_of_right_ones() -> None:
    assert calibration([(0.95, True), (0.95, True), (0.15, False)]) == pytest.approx((2 * 0.05 + 0.15) / 3)
