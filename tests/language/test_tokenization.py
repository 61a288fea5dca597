"""Words as the treebanks have them."""

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.language.tokenization import make_tokenizer

NLP = spacy.blank("en")
NLP.tokenizer = make_tokenizer(NLP.vocab)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("a cease-fire", "a cease - fire"),
        ("non-aligned states", "non-aligned states"),
        ("ex-president Obasanjo", "ex-president Obasanjo"),
        ("Turkish-backed rebels", "Turkish - backed rebels"),
        ("an F-16 jet", "an F-16 jet"),
        ("Turkey’s offer", "Turkey ’s offer"),
        ("They didn’t sign.", "They did n’t sign ."),
        ("the U.S. envoy", "the U.S. envoy"),
        ("on 10/4/2007", "on 10/4/2007"),
        ("aid and/or arms", "aid and/or arms"),
        ("a Serb/Croat line", "a Serb / Croat line"),
        ("the 1994–1996 talks", "the 1994 – 1996 talks"),
        ("Why?!", "Why ?!"),
        ("Brig. Gen. Amina Sule", "Brig. Gen. Amina Sule"),
        ("Chad’s Lt. Col. Issa", "Chad ’s Lt. Col. Issa"),
        ("(Sgt. Issa)", "( Sgt. Issa )"),
        ("Maj.-Gen. Amina Sule", "Maj. - Gen. Amina Sule"),
        ("They sank the brig.", "They sank the brig ."),
        ("a major, a general, a col.", "a major , a general , a col ."),
    ],
)
def test_words_are_parted_as_in_the_treebanks(text: str, words: str) -> None:
    assert " ".join(token.text for token in NLP(text)) == words


@given(st.text())
@settings(deadline=None)
def test_the_text_is_kept_to_the_character(text: str) -> None:
    assert NLP(text).text == text
