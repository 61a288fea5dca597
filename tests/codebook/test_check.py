"""What a person who adds frames is told before the frames do harm."""

from pathlib import Path

import pytest

from dragoman.codebook import Codebook, load_codebook
from dragoman.codebook.check import check

HEADER = "lemma\tpos\tcode\tmode\tactor\trecipient\ttheme\tif\tnote\n"


def findings(tmp_path: Path, *lines: str) -> list[tuple[str, str]]:
    own = tmp_path / "own.tsv"
    own.write_text(HEADER + "".join(f"{line}\n" for line in lines), encoding="utf-8")
    return [(f.kind, f.message) for f in check(load_codebook([own]), frozenset({str(own)}))]


@pytest.fixture(scope="module")
def codebook() -> Codebook:
    return load_codebook()


def test_the_frames_that_ship_do_not_contradict_each_other(codebook: Codebook) -> None:
    assert check(codebook) == ()


def test_two_lines_that_say_different_things_of_the_same_words_are_named(tmp_path: Path) -> None:
    ((kind, message),) = findings(tmp_path, "dam\tv\t172\t\t\t\t\tobj=river\t", "dam\tv\t070\t\t\t\t\tobj=river\t")
    assert kind == "contradiction"
    assert "“dam” is 070 here and 172 in" in message


def test_a_line_told_twice_is_named(tmp_path: Path) -> None:
    assert [kind for kind, _ in findings(tmp_path, "dam\tv\t172", "dam\tv\t172")] == ["double"]


def test_a_frame_of_ones_own_that_wins_over_one_that_ships_is_no_fault(tmp_path: Path) -> None:
    assert findings(tmp_path, "condemn\tv\t051\t\t\t\t\tobj\t") == []


def test_the_next_line_may_speak_where_an_operator_finds_nothing(tmp_path: Path) -> None:
    assert findings(tmp_path, "stonewall\tv\trefuse:-", "stonewall\tv\t120") == []
