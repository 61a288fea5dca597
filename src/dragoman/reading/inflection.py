"""Inflected forms of the words in our lexicons.

A lexicon knows the forms of its own words for certain; the tagger's lemma of a rare one is a guess. So the rooms that
look words up do it by form first and by lemma second.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

# Past tense and participle of the irregular verbs that reporting and relations use.
_IRREGULAR = {
    "say": ("said",),
    "tell": ("told",),
    "write": ("wrote", "written"),
    "speak": ("spoke", "spoken"),
    "go": ("went", "gone", "goes"),
    "begin": ("began", "begun"),
    "hold": ("held",),
    "swear": ("swore", "sworn"),
    "read": ("read",),
    "put": ("put", "putting"),
    "think": ("thought",),
    "foresee": ("foresaw", "foreseen"),
    "have": ("has", "had"),
    "keep": ("kept",),
    "foretell": ("foretold",),
    "quit": ("quit",),
    "forecast": ("forecast",),
    "cry": ("cried", "cries"),
    "beg": ("begged", "begging"),
    "quip": ("quipped", "quipping"),
    "nod": ("nodded", "nodding"),
    "admit": ("admitted", "admitting"),
    "submit": ("submitted", "submitting"),
    "aver": ("averred", "averring"),
    "refer": ("referred", "referring"),
    "rebut": ("rebutted", "rebutting"),
    "slam": ("slammed", "slamming"),
    "dub": ("dubbed", "dubbing"),
    "sum": ("summed", "summing"),
    "brag": ("bragged", "bragging"),
    "chat": ("chatted", "chatting"),
    "shrug": ("shrugged", "shrugging"),
    "retort": ("retorted",),
    "label": ("labelled", "labelling"),
    "signal": ("signalled", "signalling"),
    "counsel": ("counselled", "counselling"),
}


def verb_forms(verb: str) -> Iterator[str]:
    """A verb with its forms.

    >>> sorted(verb_forms("deny"))
    ['denied', 'denies', 'deny', 'denying']
    """
    yield verb
    yield from _IRREGULAR.get(verb, ())
    yield from _with_s(verb)
    stem = verb[:-1] if verb.endswith("e") and not verb.endswith(("ee", "oe", "ye")) else verb
    yield stem + "ing"
    if verb.endswith("e"):
        yield verb + "d"
    elif re.search(r"[^aeiou]y$", verb):
        yield verb[:-1] + "ied"
    else:
        yield verb + "ed"


def noun_forms(noun: str) -> Iterator[str]:
    """A noun and its plural.

    >>> list(noun_forms("ally"))
    ['ally', 'allies']
    """
    yield noun
    yield from _with_s(noun)


def _with_s(word: str) -> Iterator[str]:
    if re.search(r"[^aeiou]y$", word):
        yield word[:-1] + "ies"
    elif word.endswith(("s", "x", "z", "ch", "sh", "o")):
        yield word + "es"
    else:
        yield word + "s"
