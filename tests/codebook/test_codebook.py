"""The codebook agrees with itself, and tells plainly what is wrong with a file of one's own."""

from pathlib import Path

import pytest

from dragoman.codebook import Codebook, load_codebook
from dragoman.errors import DataError

HEADER = "lemma\tpos\tcode\tmode\tactor\trecipient\ttheme\tif\tnote\n"


@pytest.fixture(scope="module")
def codebook() -> Codebook:
    return load_codebook()


def test_sixteen_types_cover_four_quads(codebook: Codebook) -> None:
    assert len(codebook.types) == 16
    assert {kind.quad for kind in codebook.types.values()} == {
        "verbal cooperation",
        "material cooperation",
        "verbal conflict",
        "material conflict",
    }


def test_cooperation_scores_above_conflict(codebook: Codebook) -> None:
    for kind in codebook.types.values():
        scores = [kind.score, *(mode.score for mode in kind.modes)]
        if kind.cooperative:
            assert min(scores) > 0, kind.name
        else:
            assert max(scores) <= 0.5, kind.name


def test_every_code_but_the_statements_has_a_type(codebook: Codebook) -> None:
    without = {code.code for code in codebook.codes.values() if code.type is None}
    assert without
    assert all(code.startswith("01") for code in without)


def test_every_longer_code_has_its_root(codebook: Codebook) -> None:
    assert all(code.root in codebook.codes for code in codebook.codes.values())


def test_every_frame_gives_a_code_that_is_an_event(codebook: Codebook) -> None:
    for frame in codebook.frames:
        if frame.code:
            assert codebook.codes[frame.code].type is not None, frame.source


def test_every_mode_of_a_frame_is_a_mode_of_its_type(codebook: Codebook) -> None:
    for frame in codebook.frames:
        if frame.code and frame.mode and frame.operator is None:
            kind = codebook.types[codebook.codes[frame.code].type or ""]
            assert kind.mode(frame.mode) is not None, frame.source


def test_a_composition_keeps_the_type_of_its_code_but_for_promised_concessions(codebook: Codebook) -> None:
    for (operator, inner), rule in codebook.compositions.rules.items():
        if rule.code and rule.type != codebook.codes[rule.code].type:
            assert rule.type == "CONCEDE", (operator, inner)
            assert rule.code.startswith("03"), (operator, inner)


def test_every_type_has_frames_and_an_example_of_its_own(codebook: Codebook) -> None:
    for name in codebook.types:
        assert codebook.senses(name), name
        assert any(example.type == name for example in codebook.examples), name
    for example in codebook.examples:
        assert codebook.codes[example.cameo].type == example.type or example.cameo == "080"


def test_a_frame_of_ones_own_comes_before_those_that_ship(tmp_path: Path) -> None:
    own = tmp_path / "own.tsv"
    own.write_text(HEADER + "condemn\tv\t051\t\t\t\t\tobj\tan odd one\n", encoding="utf-8")
    first = load_codebook([own]).frames_of("condemn", "v")[0]
    assert first.code == "051"
    assert first.note == "an odd one"


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        ("condemn\tv\t999", "no CAMEO code '999'"),
        ("condemn\tx\t111", "the part of speech must be one of v, n, a"),
        ("condemn\tv\t111\twobble", "ACCUSE has no mode 'wobble'"),
        ("condemn\tv\tfrob:111", "no operator is called 'frob'"),
        ("condemn\tv\t010", "is a statement, which is no event"),
        ("condemn\tv\t111\t\t\t\t\tobj=@nothing", "no word class is called 'nothing'"),
        ("condemn\tv\t111\t\t\t\t\tobj=#thing", "#thing is none of"),
        ("condemn\tv\t111\t\t\t\t\tobj=", "the condition 'obj=' is malformed"),
        ("\tv\t111", "the lemma is missing"),
        ("condemn\tv\t111\t\t\t\t\t\t\ttoo\tmany", "values for"),
    ],
)
def test_a_malformed_line_is_named_with_its_file_and_number(tmp_path: Path, line: str, complaint: str) -> None:
    own = tmp_path / "own.tsv"
    own.write_text(HEADER + "praise\tv\t051\n" + line + "\n", encoding="utf-8")
    with pytest.raises(DataError) as raised:
        load_codebook([own])
    assert complaint in str(raised.value)
    assert f"{own}, line 3" in str(raised.value)


def test_a_file_without_the_header_says_which_columns_there_are(tmp_path: Path) -> None:
    own = tmp_path / "own.tsv"
    own.write_text("condemn\tv\t111\n", encoding="utf-8")
    with pytest.raises(DataError, match="must name the columns lemma, pos, code"):
        load_codebook([own])


def test_a_file_that_is_not_there_is_an_error_of_its_own(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="cannot be read"):
        load_codebook([tmp_path / "none.tsv"])


def test_the_worked_example_of_the_docs_is_a_file_of_frames(tmp_path: Path) -> None:
    page = (Path(__file__).parents[2] / "docs" / "codebook.md").read_text(encoding="utf-8")
    own = tmp_path / "rivers.tsv"
    own.write_text(page.split("```\n")[1], encoding="utf-8")
    book = load_codebook([own])
    alone = [frame for frame in book.frames_of("throttle", "v") if len(frame.words) == 1]
    assert alone[0].source == f"{own}:2"
    assert book.frames_of("stonewall", "v")[0].operator == "refuse"


def test_every_operator_is_in_the_docs(codebook: Codebook) -> None:
    page = (Path(__file__).parents[2] / "docs" / "codebook.md").read_text(encoding="utf-8")
    for operator in codebook.compositions.operators:
        assert f"`{operator}`" in page
