"""A tree that a user gets has no second subject and no verb joined with one that it cannot stand beside."""

from hypothesis import given
from hypothesis import strategies as st

from dragoman.language.repairs import Parse


def parse(*rows: tuple[str, str, str, int, str]) -> Parse:
    words, upos, tags, heads, labels = zip(*rows, strict=True)
    return Parse(words, upos, tags, list(heads), list(labels))


def test_a_name_behind_a_title_and_a_comma_is_its_apposition() -> None:
    tree = parse(
        ("The", "DET", "DT", 1, "det"), ("envoy", "NOUN", "NN", 5, "nsubj"), (",", "PUNCT", ",", 1, "punct"),
        ("Ann", "PROPN", "NNP", 5, "nsubj"), (",", "PUNCT", ",", 1, "punct"), ("spoke", "VERB", "VBD", 5, "root"),
    )  # fmt: skip
    tree.mend([])
    assert (tree.heads[3], tree.labels[3]) == (1, "appos")


def test_two_subjects_that_are_no_renaming_are_left_alone() -> None:
    tree = parse(
        ("Ann", "PROPN", "NNP", 3, "nsubj"), ("now", "ADV", "RB", 3, "advmod"), ("she", "PRON", "PRP", 3, "nsubj"),
        ("spoke", "VERB", "VBD", 3, "root"),
    )  # fmt: skip
    tree.mend([])
    assert tree.labels[2] == "nsubj"


def test_a_past_tense_joins_the_verb_of_saying_and_not_the_infinitive() -> None:
    tree = parse(
        ("Ann", "PROPN", "NNP", 1, "nsubj"), ("said", "VERB", "VBD", 1, "root"), ("they", "PRON", "PRP", 4, "nsubj"),
        ("would", "AUX", "MD", 4, "aux"), ("go", "VERB", "VB", 1, "ccomp"), ("and", "CCONJ", "CC", 6, "cc"),
        ("warned", "VERB", "VBD", 4, "conj"), ("Ben", "PROPN", "NNP", 6, "obj"),
    )  # fmt: skip
    tree.mend([])
    assert tree.heads[6] == 1


def test_whoever_stands_behind_a_closing_quotation_speaks() -> None:
    tree = parse(
        ('"', "PUNCT", "``", 2, "punct"), ("This", "PRON", "DT", 2, "nsubj"), ("failed", "VERB", "VBD", 6, "ccomp"),
        (",", "PUNCT", ",", 2, "punct"), ('"', "PUNCT", "''", 2, "punct"), ("Ann", "PROPN", "NNP", 2, "nsubj"),
        ("wrote", "VERB", "VBD", 6, "root"),
    )  # fmt: skip
    tree.mend([])
    assert tree.heads[5] == 6


LABELS = st.sampled_from(["nsubj", "conj", "obj", "punct", "ccomp", "appos"])
TAGS = st.sampled_from([("VERB", "VBD"), ("VERB", "VB"), ("NOUN", "NN"), ("PROPN", "NNP"), ("PUNCT", ",")])


@given(
    st.lists(
        st.tuples(st.sampled_from(["a", ",", '"', "b"]), TAGS, st.integers(0, 30), LABELS), min_size=1, max_size=30
    )
)
def test_a_mended_tree_is_still_a_tree(rows: list[tuple[str, tuple[str, str], int, str]]) -> None:
    heads = [min(above, i - 1) if i else 0 for i, (_, _, above, _) in enumerate(rows)]
    tree = Parse(
        [word for word, _, _, _ in rows], [tag[0] for _, tag, _, _ in rows], [tag[1] for _, tag, _, _ in rows],
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
    tags = [data.draw(TAGS) for _ in range(12)]
    words = [data.draw(st.sampled_from(["a", ",", '"', "b"])) for _ in range(12)]
    labels = ["root", *(data.draw(LABELS) for _ in range(11))]
    tree = Parse(words, [tag[0] for tag in tags], [tag[1] for tag in tags], heads, labels)
    tree.mend([])
    for i in range(12):
        above = i
        for _ in range(12):
            above = tree.heads[above]
        assert above == 0
