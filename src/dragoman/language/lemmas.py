"""Lemmas: of words seen in the treebanks as there, of others by the rules of English, else by a learned edit.

A rule may leave open what a form comes from ("hoped": hope or hop); then the treebanks' lemmas decide, then the
encoder's vocabulary, which is ordered by how common a word is.

An edit is written ``C:k:s``: C is ``l`` where the lemma is in lower case and ``=`` where it keeps the word's, k is
the number of letters cut from the end, s the letters added: "Talks" → "talk" is ``l:1:``.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_VOWELS = frozenset("aeiouy")
# Which endings a tag of the Penn Treebank takes off.
_PAST = frozenset({"VBD", "VBN"})
_SILENT_E = ("ise", "ize", "yse", "ate", "ve", "ce", "ge", "ue")
_PLURAL = frozenset({"NNS", "VBZ"})


@dataclass(frozen=True, slots=True)
class Lemmatizer:
    """Words and tags to lemmas.

    Attributes:
        seen: lemmas of forms, by part of speech (Universal Dependencies), where the rules fail.
        known: the lemmas of the treebanks, by part of speech.
        ranks: how common a word is; 0 is the commonest.
    """

    seen: Mapping[str, Mapping[str, str]]
    known: Mapping[str, frozenset[str]]
    ranks: Mapping[str, int]

    def __call__(self, word: str, pos: str, tag: str, edit: str) -> str:
        """The lemma of a word with its part of speech, its Penn tag and the edit that the network proposes."""
        lower = word.lower()
        if (lemma := self.seen.get(pos, {}).get(lower)) is not None:
            return lemma
        return self.regular(lower, pos, tag) or apply_edit(word, edit)

    def regular(self, lower: str, pos: str, tag: str) -> str | None:
        """The lemma of a regular form; None where no rule applies, or none gives a known word."""
        if pos == "VERB" and tag in ("VB", "VBP") and lower.isalpha():
            return lower
        if tag == "NNS" and lower.endswith("men") and len(lower) > len("omen"):
            return lower[:-2] + "an"  # "militiamen": however rare the word is
        lemmas = self.known.get(pos, frozenset())
        options = list(stems(lower, tag))
        ranked = sorted((option not in lemmas, self.ranks.get(option, 10**6), option) for option in options)
        if ranked and (not ranked[0][0] or ranked[0][1] < 10**6):
            return ranked[0][2]
        # No option is known; verbs in -ise, -ate, -ve, -ce and the like end in e.
        return next((option for option in options if tag not in _PLURAL and option.endswith(_SILENT_E)), None)


def stems(lower: str, tag: str) -> Iterator[str]:
    """What a regular form may come from."""
    if tag in _PAST and lower.endswith("ed") and len(lower) > 4:
        yield from _bare(lower[:-2])
        if lower.endswith("ied"):
            yield lower[:-3] + "y"
    elif tag == "VBG" and lower.endswith("ing") and len(lower) > 5:
        yield from _bare(lower[:-3])
    elif tag in _PLURAL and lower.endswith("s") and len(lower) > 3 and not lower.endswith("ss"):
        yield lower[:-1]
        if lower.endswith("ies"):
            yield lower[:-3] + "y"
        elif lower.endswith("es"):
            yield lower[:-2]


def _bare(stem: str) -> Iterator[str]:
    """A stem before -ed or -ing: whole ("sign"), without its e ("accus"), with its last letter twice ("committ")."""
    yield stem
    yield stem + "e"
    if len(stem) > 2 and stem[-1] == stem[-2] and stem[-1] not in _VOWELS:
        yield stem[:-1]


def forms(lemma: str) -> tuple[str, ...]:
    """The forms that a word may stand in, in lower case: the regular ones, and the others of the treebanks.

    Some are of another part of speech, or no words at all ("impounds", "goed"): they are for looking a word up in text.
    """
    word = lemma.lower()
    ends = {word, f"{word}s", f"{word}es", f"{word}ed", f"{word}ing"}
    if word.endswith("e"):
        ends |= {f"{word}d", f"{word[:-1]}ing"}
    elif word.endswith("y"):
        ends |= {f"{word[:-1]}ies", f"{word[:-1]}ied"}
    elif word[-1:].isalpha() and word[-1:] not in _VOWELS:
        ends |= {f"{word}{word[-1]}ed", f"{word}{word[-1]}ing"}
    return tuple(sorted(ends | _irregular().get(word, frozenset())))


@cache
def _irregular() -> Mapping[str, frozenset[str]]:
    """The forms in which the treebanks have each lemma, of those that the rules fail for."""
    path = Path(__file__).parent / "model" / "lemmas.json"
    found: dict[str, set[str]] = {}
    for seen in json.loads(path.read_text(encoding="utf-8"))["seen"].values():
        for form, lemma in seen.items():
            found.setdefault(lemma.lower(), set()).add(form)
    return {lemma: frozenset(words) for lemma, words in found.items()}


def edit_of(word: str, lemma: str) -> str:
    """The edit that makes `lemma` of `word`; whole words that change beyond an ending are ``w:lemma``."""
    base, case = (word, "=") if _prefix(word, lemma) >= _prefix(word.lower(), lemma) else (word.lower(), "l")
    shared = _prefix(base, lemma)
    if shared == 0:
        return f"w:{lemma}"
    return f"{case}:{len(base) - shared}:{lemma[shared:]}"


def apply_edit(word: str, edit: str) -> str:
    """The lemma of `word`; the word in lower case where the edit does not fit."""
    case, _, rest = edit.partition(":")
    if case == "w":
        return rest
    cut, _, ending = rest.partition(":")
    base = word.lower() if case == "l" else word
    if int(cut) > len(base):
        return word.lower()
    return (base[: len(base) - int(cut)] + ending) or word


def _prefix(one: str, other: str) -> int:
    length = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        length += 1
    return length
