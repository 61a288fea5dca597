"""A verb that a user reads of belongs to whoever does it: clauses that the parser hung too low are hung higher."""

from spacy.tokens import Doc
from spacy.vocab import Vocab

from dragoman.reading.attachment import mended


def test_whoever_says_one_thing_and_warns_of_another_does_both() -> None:
    words = "Gama said Lisbon would pay and warned them".split()
    tags = ["NNP", "VBD", "NNP", "MD", "VB", "CC", "VBN", "PRP"]
    heads = [1, 1, 4, 4, 1, 6, 4, 6]
    deps = ["nsubj", "root", "nsubj", "aux", "ccomp", "cc", "conj", "obj"]
    pos = ["PROPN", "VERB", "PROPN", "AUX", "VERB", "CCONJ", "VERB", "PRON"]
    doc = Doc(Vocab(), words, tags=tags, heads=heads, deps=deps, pos=pos)
    assert mended(doc, heads, deps)[0][6] == 1


def test_two_participles_of_one_auxiliary_stay_together() -> None:
    words = "Gama said Lisbon would be asked and paid".split()
    tags = ["NNP", "VBD", "NNP", "MD", "VB", "VBN", "CC", "VBN"]
    heads = [1, 1, 5, 5, 5, 1, 7, 5]
    deps = ["nsubj", "root", "nsubj:pass", "aux", "aux:pass", "ccomp", "cc", "conj"]
    pos = ["PROPN", "VERB", "PROPN", "AUX", "AUX", "VERB", "CCONJ", "VERB"]
    doc = Doc(Vocab(), words, tags=tags, heads=heads, deps=deps, pos=pos)
    assert mended(doc, heads, deps)[0][7] == 5
