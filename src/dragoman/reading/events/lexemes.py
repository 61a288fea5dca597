"""Under which word of the codebook a token stands: its lemma, mended by the codebook's own vocabulary.

A tagger guesses the lemma of a verb that it never saw ("denounced" → "denounc"), and news spells in two ways
("organise", "defence"). Where the lemma is no word of the codebook, the word form is undone by the rules of English
inflection, and the first result that is one counts; else the tagger's lemma stays.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files

from spacy.tokens import Doc

from dragoman.codebook import Codebook

_SPELLINGS = (("isation", "ization"), ("ise", "ize"), ("yse", "yze"), ("our", "or"), ("ence", "ense"), ("our", "or"))
_JOINING = frozenset({"re", "co", "counter"})


@cache
def load_irregular() -> Mapping[str, str]:
    """By form the verb, from `data/irregular.toml`, read once."""
    data = tomllib.loads(files(__package__).joinpath("data", "irregular.toml").read_text(encoding="utf-8"))
    return {form: verb for verb, forms in data.items() for form in forms}


class Lexemes:
    """The word of every token of a Doc."""

    def __init__(self, doc: Doc, codebook: Codebook) -> None:
        self._words = [self._word(doc, i, codebook.vocabulary) for i in range(len(doc))]

    def __getitem__(self, i: int) -> str:
        return self._words[i]

    @staticmethod
    def _word(doc: Doc, i: int, vocabulary: frozenset[str]) -> str:
        token = doc[i]
        form = token.lower_
        lemma = (token.lemma_ or token.text).lower()
        if i >= 2 and doc[i - 1].text in {"-", "–"} and not doc[i - 1].whitespace_ and not doc[i - 2].whitespace_:
            first = doc[i - 2].lower_
            joined = first + lemma
            if joined in vocabulary or first in _JOINING:
                return joined
            if f"{first}-{lemma}" in vocabulary:
                return f"{first}-{lemma}"
        if token.pos_ in {"VERB", "AUX"} and form in load_irregular():
            return load_irregular()[form]
        if lemma in vocabulary or token.pos_ not in {"VERB", "NOUN", "ADJ", "PROPN", "AUX"}:
            return lemma
        candidates = _verbs(form) if token.pos_ in {"VERB", "AUX"} or token.tag_ in {"VBG", "VBN"} else _nouns(form)
        for candidate in (form, *candidates):
            for spelling in (candidate, *_spelled(candidate)):
                if spelling in vocabulary:
                    return spelling
        return lemma


def _verbs(form: str) -> Iterator[str]:
    for ending in ("ing", "ed", "d", "es", "s"):
        if not form.endswith(ending) or len(form) <= len(ending) + 1:
            continue
        stem = form[: -len(ending)]
        if ending in {"ed", "es"} and stem.endswith("i"):
            yield stem[:-1] + "y"
        yield stem + "e"
        yield stem
        if len(stem) > 2 and stem[-1] == stem[-2]:
            yield stem[:-1]


def _nouns(form: str) -> Iterator[str]:
    for ending, put in (("ies", "y"), ("ves", "f"), ("men", "man"), ("es", ""), ("s", "")):
        if form.endswith(ending) and len(form) > len(ending) + 2:
            yield form[: -len(ending)] + put


def _spelled(word: str) -> Iterator[str]:
    for british, american in _SPELLINGS:
        if word.endswith(british):
            yield word[: -len(british)] + american
        elif word.endswith(american):
            yield word[: -len(american)] + british
