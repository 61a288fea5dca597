"""Inflected forms of the words in our lexicons.

A lexicon knows the forms of its own words for certain; the tagger's lemma of a rare one is a guess. So the rooms that
look words up do it by form first and by lemma second. The rules are here, what breaks them is data.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

# A single vowel before a single consonant that doubles: "stop", "quit", not "shoot", "fix" or "allow".
_SHORT = re.compile(r"(?:^|[^aeiou]|qu)[aeiouy][bdfgklmnprstvz]$")
_VOWELS = re.compile(r"[aeiouy]+")
# "Signal" and "fuel", which Britain doubles whatever the stress; not "reveal".
_IN_L = re.compile(r"(?:[^aeiou][aeiou]|[iu][ae])l$")


@dataclass(frozen=True, slots=True)
class _Irregular:
    past: Mapping[str, tuple[str, ...]]
    present: Mapping[str, tuple[str, ...]]
    doubled: frozenset[str]
    both: frozenset[str]
    plural: Mapping[str, tuple[str, ...]]
    no_men: frozenset[str]


@cache
def _irregular() -> _Irregular:
    data = tomllib.loads(files(__package__).joinpath("data/inflection.toml").read_text(encoding="utf-8"))
    table = {name: {word: tuple(forms) for word, forms in data[name].items()} for name in ("past", "present", "plural")}
    consonant = {name: frozenset(words) for name, words in data["consonant"].items()}
    return _Irregular(
        past=table["past"],
        present=table["present"],
        doubled=consonant["doubled"] | consonant["stressed"],
        both=consonant["both"],
        plural=table["plural"],
        no_men=frozenset(data["men"]["none"]),
    )


def verb_forms(verb: str) -> Iterator[str]:
    """A verb with its forms, in all the ways that they are written.

    >>> sorted(verb_forms("deny"))
    ['denied', 'denies', 'deny', 'denying']
    >>> sorted(verb_forms("stop"))
    ['stop', 'stopped', 'stopping', 'stops']
    """
    irregular = _irregular()
    yield verb
    yield from irregular.present.get(verb) or _with_s(verb)
    past = irregular.past.get(verb, ())
    yield from past
    for stem in _stems(verb):
        if stem.endswith("ie"):
            yield stem[:-2] + "ying"
        elif stem.endswith("e") and stem != "be" and not stem.endswith(("ee", "oe", "ye")):
            yield stem[:-1] + "ing"
        else:
            yield stem + "ing"
        if past:
            continue
        if stem.endswith("e"):
            yield stem + "d"
        elif re.search(r"[^aeiou]y$", stem):
            yield stem[:-1] + "ied"
        else:
            yield stem + "ed"


def _stems(verb: str) -> Iterator[str]:
    """What "-ed" and "-ing" stand after: "stopp", "panick", "visit"; "signal" and "signall"."""
    irregular = _irregular()
    if re.search(r"[aeiou]c$", verb):
        yield verb + "k"
        return
    short = len(_VOWELS.findall(verb)) == 1 and _SHORT.search(verb) is not None
    if short or verb in irregular.doubled:
        yield verb + verb[-1]
        return
    yield verb
    if verb in irregular.both or _IN_L.search(verb):
        yield verb + verb[-1]


def noun_forms(noun: str) -> Iterator[str]:
    """A noun and its plural.

    >>> list(noun_forms("ally"))
    ['ally', 'allies']
    """
    irregular = _irregular()
    yield noun
    if noun in irregular.plural:
        yield from irregular.plural[noun]
    elif noun.endswith("man") and noun.lower() not in irregular.no_men:
        yield noun[:-2] + "en"
    elif noun.endswith("sis"):
        yield noun[:-2] + "es"
    else:
        yield from _with_s(noun)


def _with_s(word: str) -> Iterator[str]:
    if re.search(r"[^aeiou]y$", word):
        yield word[:-1] + "ies"
    elif re.search(r"[^aeiou][aeiou]z$|uiz$", word):
        yield word + "zes"
    elif word.endswith(("s", "x", "z", "ch", "sh")) or re.search(r"[^aeiou]o$", word):
        yield word + "es"
    else:
        yield word + "s"
