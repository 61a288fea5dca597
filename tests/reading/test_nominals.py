"""A tree that a user gets has no second subject and no verb joined with one that it cannot stand beside."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.reading.nominals import Parse


def parse(*rows: tuple[str, str, int, str]) -> Parse:
    words, upos, heads, labels = zip(*rows, strict=True)
    return Parse(words, upos, list(heads), list(labels))


def test_a_name_behind_a_title_and_a_comma_is_its_apposition() -> None:
    tree = parse(
        ("The", "DET", 1, "det"), ("envoy", "NOUN", 5, "nsubj"), (",", "PUNCT", 1, "punct"),
        ("Ann", "PROPN", 5, "nsubj"), (",", "PUNCT", 1, "punct"), ("spoke", "VERB", 5, "root"),
    )  # fmt: skip
    tree.mend([])
    assert (tree.heads[3], tree.labels[3]) == (1, "appos")


def test_a_post_before_a_name_and_a_comma_is_the_subject_that_the_name_explains() -> None:
    tree = parse(
        ("the", "DET", 1, "det"), ("deputy", "NOUN", 3, "nmod"), (",", "PUNCT", 1, "punct"),
        ("Ann", "PROPN", 5, "nsubj"), (",", "PUNCT", 3, "punct"), ("spoke", "VERB", 5, "root"),
    )  # fmt: skip
    tree.mend([])
    assert (tree.heads[1], tree.labels[1]) == (5, "nsubj")
    assert (tree.heads[3], tree.labels[3]) == (1, "appos")


def test_a_place_before_a_comma_stays_beside_the_subject() -> None:
    tree = parse(
        ("in", "ADP", 1, "case"), ("town", "NOUN", 3, "nmod"), (",", "PUNCT", 1, "punct"),
        ("Ann", "PROPN", 4, "nsubj"), ("spoke", "VERB", 4, "root"),
    )  # fmt: skip
    tree.mend([])
    assert tree.labels[3] == "nsubj"


def test_an_office_with_a_hyphen_is_one_and_its_first_word_heads_it() -> None:
    tree = parse(
        ("the", "DET", 3, "det"), ("secretary", "NOUN", 5, "nmod:poss"), ("-", "PUNCT", 3, "punct"),
        ("general", "NOUN", 5, "nmod:poss"), ("’s", "PART", 3, "case"), ("envoy", "NOUN", 6, "nsubj"),
        ("spoke", "VERB", 6, "root"),
    )  # fmt: skip
    tree.mend([])
    assert tree.heads == [1, 5, 1, 1, 1, 6, 6]
    assert (tree.labels[1], tree.labels[3]) == ("nmod:poss", "flat")


def test_a_genitive_is_no_subject_beside_what_it_owns() -> None:
    tree = parse(
        ("Ann", "PROPN", 3, "nsubj"), ("’s", "PART", 0, "case"), ("office", "NOUN", 3, "nsubj"),
        ("spoke", "VERB", 3, "root"),
    )  # fmt: skip
    tree.mend([])
    assert (tree.heads[0], tree.labels[0]) == (2, "nmod:poss")


def test_two_subjects_that_are_no_renaming_are_left_alone() -> None:
    tree = parse(
        ("Ann", "PROPN", 3, "nsubj"), ("now", "ADV", 3, "advmod"), ("she", "PRON", 3, "nsubj"),
        ("spoke", "VERB", 3, "root"),
    )  # fmt: skip
    tree.mend([])
    assert tree.labels[2] == "nsubj"


def test_a_second_subject_before_what_is_told_is_that_clauses() -> None:
    tree = parse(
        ("Ann", "PROPN", 1, "nsubj"), ("said", "VERB", 1, "root"), ("troops", "NOUN", 1, "nsubj"),
        ("would", "AUX", 4, "aux"), ("leave", "VERB", 1, "ccomp"),
    )  # fmt: skip
    tree.mend([])
    assert (tree.heads[2], tree.labels[2]) == (4, "nsubj")


def test_two_nouns_in_a_row_are_one_object_and_what_comes_from_somebody_is_his() -> None:
    tree = parse(
        ("Oslo", "PROPN", 1, "nsubj"), ("weighs", "VERB", 1, "root"), ("aid", "NOUN", 1, "obj"),
        ("offers", "NOUN", 1, "obj"), ("from", "ADP", 5, "case"), ("Quito", "PROPN", 1, "obl"),
    )  # fmt: skip
    tree.mend([])
    assert (tree.heads[2], tree.labels[2]) == (3, "compound")
    assert (tree.heads[5], tree.labels[5]) == (3, "nmod")


def test_a_noun_without_a_preposition_behind_an_active_verb_is_its_object() -> None:
    tree = parse(
        ("Chad", "PROPN", 1, "nsubj"), ("hosted", "VERB", 1, "root"), ("talks", "NOUN", 1, "obl"),
        ("on", "ADP", 4, "case"),
        ("Monday", "PROPN", 1, "obl"),
    )  # fmt: skip
    tree.mend([])
    assert tree.labels == ["nsubj", "root", "obj", "case", "obl"]


def test_what_is_listed_before_a_noun_describes_it() -> None:
    tree = parse(
        ("built", "VERB", 0, "root"), ("new", "ADJ", 2, "amod"), ("border", "NOUN", 0, "obj"),
        ("and", "CCONJ", 4, "cc"),
        ("customs", "NOUN", 2, "conj"), ("posts", "NOUN", 2, "conj"),
    )  # fmt: skip
    tree.mend([])
    assert (tree.heads[5], tree.labels[5]) == (0, "obj")
    assert (tree.heads[2], tree.labels[2], tree.heads[1]) == (5, "compound", 5)


def test_a_rank_in_short_heads_no_name() -> None:
    tree = parse(
        ("Gen.", "PROPN", 3, "nsubj"), ("Ann", "PROPN", 0, "flat"), ("Lee", "PROPN", 1, "flat"),
        ("left", "VERB", 3, "root"),
    )  # fmt: skip
    tree.mend([(0, 3, "PERSON")])
    assert (tree.heads[1], tree.labels[1]) == (3, "nsubj")
    assert (tree.heads[0], tree.labels[0]) == (1, "nmod:desc")


def test_whoever_stands_behind_a_closing_quotation_speaks() -> None:
    tree = parse(
        ('"', "PUNCT", 2, "punct"), ("This", "PRON", 2, "nsubj"), ("failed", "VERB", 6, "ccomp"),
        (",", "PUNCT", 2, "punct"), ('"', "PUNCT", 2, "punct"), ("Ann", "PROPN", 2, "nsubj"),
        ("wrote", "VERB", 6, "root"),
    )  # fmt: skip
    tree.mend([])
    assert tree.heads[5] == 6


LABELS = st.sampled_from(["nsubj", "conj", "obj", "punct", "ccomp", "appos"])
UPOS = st.sampled_from(["VERB", "NOUN", "PROPN", "PUNCT"])


@given(
    st.lists(
        st.tuples(st.sampled_from(["a", ",", '"', "b"]), UPOS, st.integers(0, 30), LABELS), min_size=1, max_size=30
    )
)
def test_a_mended_tree_is_still_a_tree(rows: list[tuple[str, str, int, str]]) -> None:
    heads = [min(above, i - 1) if i else 0 for i, (_, _, above, _) in enumerate(rows)]
    tree = Parse(
        [word for word, _, _, _ in rows], [tag for _, tag, _, _ in rows],
        heads, ["root" if not i else label for i, (_, _, _, label) in enumerate(rows)],
    )  # fmt: skip
    tree.mend([])
    for i in range(len(rows)):
        above = i
        for _ in rows:
            above = tree.heads[above]
        assert above == 0


@given(st.permutations(range(1, 12)), st.data())
def test_a_mended_tree_of_any_order_is_still_a_tree(order: list[int], data: st.DataObject) -> None:
    heads = [0] * 12
    seen = [0]
    for i in order:
        heads[i] = data.draw(st.sampled_from(seen))
        seen.append(i)
    tags = [data.draw(UPOS) for _ in range(12)]
    words = [data.draw(st.sampled_from(["a", ",", '"', "b"])) for _ in range(12)]
    labels = ["root", *(data.draw(LABELS) for _ in range(11))]
    tree = Parse(words, tags, heads, labels)
    tree.mend([])
    for i in range(12):
        above = i
        for _ in range(12):
            above = tree.heads[above]
        assert above == 0


@pytest.mark.parametrize("name", [(1, "flat"), (3, "nsubj")])
def test_a_courtesy_before_a_surname_only_describes_it(name: tuple[int, str]) -> None:
    tree = parse(
        ("which", "PRON", 3, "obj"), ("Mr", "PROPN", 3, "nsubj"), ("Lee", "PROPN", *name),
        ("refused", "VERB", 3, "root"),
    )  # fmt: skip
    tree.mend([])
    assert (tree.heads[1], tree.labels[1]) == (2, "nmod:desc")
    assert (tree.heads[2], tree.labels[2]) == (3, "nsubj")
