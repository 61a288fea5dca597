"""A verb that a user reads of belongs to whoever does it: clauses that the parser hung too low are hung higher."""

import pytest
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


@pytest.mark.parametrize(
    ("words", "heads", "deps", "word", "head", "dep"),
    [
        (
            "The envoy , who proposed the plan , left".split(),
            [1, 8, 4, 4, 8, 6, 4, 1, 8],
            "det nsubj punct nsubj advcl det obj punct root".split(),
            4,
            1,
            "acl:relcl",
        ),
        (
            "The team , said Gama , had left".split(),
            [1, 7, 3, 1, 3, 3, 7, 7],
            "det nsubj punct acl nsubj punct aux root".split(),
            3,
            7,
            "parataxis",
        ),
        (
            "The envoy , who proposed the plan , said".split(),
            [1, 8, 4, 4, 8, 6, 4, 1, 8],
            "det nsubj punct nsubj ccomp det obj punct root".split(),
            4,
            1,
            "acl:relcl",
        ),
        (
            "A team made up of Uganda left".split(),
            [1, 6, 1, 1, 5, 1, 6],
            "det nsubj acl acl case nmod root".split(),
            5,
            2,
            "obl",
        ),
        ("Uganda called it a crime".split(), [1, 1, 4, 4, 1], "nsubj root nsubj det xcomp".split(), 2, 1, "obj"),
        ("Uganda went on strike today".split(), [1, 1, 3, 1, 1], "nsubj root case xcomp obl".split(), 3, 1, "obl"),
        ("Guards in Accra left".split(), [3, 2, 3, 3], "nsubj case nsubj root".split(), 2, 0, "nmod"),
        ("Thousands of farmers left".split(), [3, 2, 3, 3], "nsubj case nsubj root".split(), 2, 0, "nmod"),
        ("A plan put forward left".split(), [1, 4, 1, 2, 4], "det nsubj acl advcl root".split(), 3, 2, "compound:prt"),
        (
            "It stays until both left".split(),
            [1, 1, 1, 4, 1],
            "nsubj root mark nsubj advcl".split(),
            2,
            4,
            "mark",
        ),
        (
            "They met after talks here failed".split(),
            [1, 1, 3, 1, 3, 1],
            "nsubj root case obl advmod advcl".split(),
            3,
            5,
            "nsubj",
        ),
        (
            "Friends of the envoy , Gama , left".split(),
            [7, 3, 3, 0, 5, 0, 5, 7],
            "nsubj case det nmod punct nmod punct root".split(),
            5,
            3,
            "appos",
        ),
        (
            "It was open ; the team , he said , had left".split(),
            [2, 2, 2, 11, 5, 11, 5, 8, 2, 5, 11, 2],
            "nsubj cop root punct det nsubj punct nsubj parataxis punct aux parataxis".split(),
            8,
            11,
            "parataxis",
        ),
        (
            "Uganda 's team and crime left".split(),
            [4, 0, 5, 4, 2, 5],
            "nmod:poss case nsubj cc conj root".split(),
            0,
            2,
            "nmod:poss",
        ),
        ("Uganda fired on a team".split(), [1, 1, 4, 4, 1], "nsubj root case det obj".split(), 4, 1, "obl"),
        ("Uganda fired over 100 shots".split(), [1, 1, 4, 4, 1], "nsubj root case nummod obj".split(), 4, 1, "obj"),
    ],
)
def test_clauses_are_named_by_what_stands_in_them(
    words: list[str], heads: list[int], deps: list[str], word: int, head: int, dep: str
) -> None:
    tags = {"left": "VBD", "proposed": "VBD", "said": "VBD", "called": "VBD", "who": "WP", "had": "VBD", "crime": "NN"}
    tags |= {"failed": "VBD", "made": "VBN"}
    pos = {"left": "VERB", "proposed": "VERB", "said": "VERB", "called": "VERB", "who": "PRON", "had": "AUX"}
    pos |= {
        "envoy": "NOUN",
        "team": "NOUN",
        "plan": "NOUN",
        "crime": "NOUN",
        "strike": "NOUN",
        "talks": "NOUN",
        "Gama": "PROPN",
        "Uganda": "PROPN",
    }
    doc = Doc(
        Vocab(), words, pos=[pos.get(each, "X") for each in words], tags=[tags.get(each, "XX") for each in words],
        heads=heads, deps=deps,
    )  # fmt: skip
    found, named = mended(doc, heads, deps)
    assert (found[word], named[word]) == (head, dep)


def test_who_is_telephoned_and_answers_is_no_part_of_his_own_answer() -> None:
    words = "Linde telephoned Gama , who told her nothing".split()
    heads = [1, 1, 5, 5, 5, 1, 5, 5]
    deps = ["nsubj", "root", "iobj", "punct", "nsubj", "advcl", "iobj", "obj"]
    pos = ["PROPN", "VERB", "PROPN", "PUNCT", "PRON", "VERB", "PRON", "PRON"]
    doc = Doc(
        Vocab(), words, tags=["NNP", "VBD", "NNP", ",", "WP", "VBD", "PRP", "NN"], heads=heads, deps=deps, pos=pos
    )
    found, named = mended(doc, heads, deps)
    assert (found[5], named[5]) == (2, "acl:relcl")
    assert (found[2], named[2]) == (1, "obj")


@pytest.mark.parametrize("above", [1, 5, 6, 7])
def test_repairs_never_go_round_in_a_circle_wherever_a_parser_hangs_a_name(above: int) -> None:
    words = "Linde telephoned Gama , who told her nothing".split()
    heads = [1, 1, above, 5, 5, 1, 5, 5]
    deps = ["nsubj", "root", "nmod", "punct", "nsubj", "advcl", "iobj", "obj"]
    pos = ["PROPN", "VERB", "PROPN", "PUNCT", "PRON", "VERB", "PRON", "PRON"]
    tags = ["NNP", "VBD", "NNP", ",", "WP", "VBD", "PRP", "NN"]
    doc = Doc(Vocab(), words, tags=tags, heads=heads, deps=deps, pos=pos)
    found, _ = mended(doc, heads, deps)
    for i in range(len(words)):
        for _ in words:
            i = found[i]
        assert found[i] == i


def test_a_circle_in_one_sentence_leaves_the_repairs_of_the_others() -> None:
    words = "Linde telephoned Gama , who told her nothing Uganda called it a crime".split()
    heads = [1, 1, 6, 5, 5, 1, 5, 5, 9, 9, 12, 12, 9]
    deps = ["nsubj", "root", "nmod", "punct", "nsubj", "advcl", "iobj", "obj", "nsubj", "root", "nsubj", "det", "xcomp"]
    pos = ["PROPN", "VERB", "PROPN", "PUNCT", "PRON", "VERB", "PRON", "PRON", "PROPN", "VERB", "PRON", "DET", "NOUN"]
    tags = ["NNP", "VBD", "NNP", ",", "WP", "VBD", "PRP", "NN", "NNP", "VBD", "PRP", "DT", "NN"]
    doc = Doc(Vocab(), words, tags=tags, heads=heads, deps=deps, pos=pos)
    found, named = mended(doc, heads, deps)
    assert found[:8] == heads[:8]
    assert (found[10], named[10]) == (9, "obj")
