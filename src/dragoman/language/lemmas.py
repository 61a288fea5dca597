"""Lemmas as edits of words, so that a tagger can predict them for words it never saw.

An edit is written ``C:k:s``: C is ``l`` where the lemma is in lower case and ``=`` where it keeps the word's, k is the
number of letters that are cut from the end, s the letters that are added: "Talks" → "talk" is ``l:1:``.
"""

from __future__ import annotations


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
