"""Under which word of the codebook a token stands: its lemma, mended by the codebook's own vocabulary.

A tagger guesses the lemma of a verb that it never saw ("denounced" → "denounc"), and news spells in two ways
("organise", "defence"). Where the lemma is no word of the codebook, the word form is undone by the rules of English
inflection, and the first result that is one counts; else the tagger's lemma stays.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc

from dragoman.codebook import Codebook

_SPELLINGS = (("isation", "ization"), ("ise", "ize"), ("yse", "yze"), ("our", "or"), ("ence", "ense"), ("our", "or"))
_JOINING = frozenset({"re", "co", "counter"})
_IRREGULAR = dict(
    pair.split("=")
    for pair in """
    met=meet found=find held=hold told=tell sought=seek fought=fight shot=shoot led=lead brought=bring
    broke=break broken=break withdrew=withdraw withdrawn=withdraw gave=give given=give took=take taken=take
    began=begin begun=begin struck=strike sent=send spoke=speak spoken=speak overthrew=overthrow
    overthrown=overthrow fled=flee hung=hang forbade=forbid forbidden=forbid swore=swear sworn=swear won=win
    lent=lend laid=lay paid=pay sold=sell bought=buy flew=fly stood=stand threw=throw thrown=throw slew=slay
    slain=slay blew=blow blown=blow left=leave dealt=deal kept=keep undertook=undertake undertaken=undertake
    stole=steal stolen=steal retook=retake retaken=retake overran=overrun forgave=forgive forgiven=forgive
    flown=fly went=go gone=go rose=rise risen=rise stuck=stick spent=spend sank=sink sunk=sink ran=run won=win
    fell=fall fallen=fall came=come became=become made=make said=say wrote=write written=write chose=choose
    chosen=choose bore=bear borne=bear swept=sweep bound=bind tore=tear torn=tear shook=shake shaken=shake
    rebuilt=rebuild rode=ride drew=draw drawn=draw grew=grow knew=know known=know lost=lose bade=bid stung=sting
    froze=freeze frozen=freeze beaten=beat bent=bend caught=catch dug=dig fed=feed flung=fling forsook=forsake
    forsaken=forsake foresaw=foresee hid=hide hidden=hide lit=light meant=mean overcame=overcome overtook=overtake
    overtaken=overtake rang=ring rung=ring shrank=shrink shrunk=shrink shut=shut slid=slide split=split spread=spread
    sprang=spring sprung=spring strove=strive striven=strive swung=swing taught=teach thought=think
    understood=understand withstood=withstand wept=weep clung=cling burnt=burn
    upheld=uphold withheld=withhold drove=drive driven=drive hit=hit cut=cut put=put set=set
    """.split()
)


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
        if token.pos_ in {"VERB", "AUX"} and form in _IRREGULAR:
            return _IRREGULAR[form]
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
