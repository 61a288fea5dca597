"""Where a long text is cut before its sentences are known."""

from hypothesis import given
from hypothesis import strategies as st

from dragoman.language.windows import HARD_LIMIT, LIMIT, cut

WORDS = st.lists(
    st.tuples(
        st.sampled_from(["The", "talks", "failed", ".", "”", "U.S.", "?", "“"]), st.integers(1, 12), st.booleans()
    )
)


@given(WORDS)
def test_every_word_is_in_one_window_and_none_is_too_long(items: list[tuple[str, int, bool]]) -> None:
    words, sizes, breaks = [w for w, _, _ in items], [s for _, s, _ in items], [b for _, _, b in items]
    position = 0
    for start, end in cut(words, sizes, breaks, [None] * len(words)):
        assert start == position < end
        assert sum(sizes[start:end]) <= HARD_LIMIT
        position = end
    assert position == len(words)


def test_a_window_ends_where_a_sentence_ends() -> None:
    words = ["Talks", "failed", "."] * 100
    for start, _ in cut(words, [1] * 300, [False] * 300, [None] * 300):
        assert start % 3 == 0


def test_the_end_of_an_article_is_seen_beside_as_much_of_it_as_its_beginning() -> None:
    words = ["Talks", "failed", "."] * 60
    found = list(cut(words, [1] * 180, [False] * 180, [None] * 180))
    assert found == [(0, 90), (90, 180)]


def test_known_sentence_starts_are_the_only_places_to_cut() -> None:
    words = ["Dr", ".", "No"] * 200
    starts = [i % 150 == 0 for i in range(600)]
    found = [start for start, _ in cut(words, [1] * 600, [False] * 600, starts)]
    assert set(found) <= {0, 150, 300, 450}
    assert LIMIT >= 150
