"""Words of time expressions as items with symbols: what the grammar's patterns are written in.

A token may be split ("mid-June", "2007-10-04", "1994–1996") or not; the items are the same either way, so that the
grammar does not depend on the tokenizer.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

from spacy.tokens import Doc

Value = int | str

_PIECE = re.compile(
    r"\d{1,2}:\d{2}(?::\d{2})?|\d{1,2}(?=\.\d{1,2}\.\d{2,4}\b)|\d{1,2}(?=\.(?:\d{4})\b)|\d+(?:,\d{3})+|\d+(?:st|nd|rd|th)\b|\d{2,4}s\b|\d+(?:\.\d+)?"
    r"|(?:[^\W\d_]\.){2,}|[^\W\d_]+\.?|'s|’s|--|\S",
    re.IGNORECASE,
)
_NO_VALUES: Mapping[str, Value] = {}
_NO_SLOTS: Mapping[str, Any] = {}
_NO_SOURCES: Mapping[str, str] = {}


class Item(NamedTuple):
    """A word, a number, a mark, or a phrase that a rule has made of items: tokens from start to end, exclusive."""

    start: int
    end: int
    text: str
    symbols: frozenset[str]
    values: Mapping[str, Value]
    rule: str = ""
    slots: Mapping[str, Item] = _NO_SLOTS
    sources: Mapping[str, str] = _NO_SOURCES

    def number(self, slot: str, default: int = 0) -> int:
        """The number in a slot, or the default where the slot is empty."""
        value = self.value(slot)
        return value if isinstance(value, int) else default

    def value(self, slot: str) -> Value | None:
        """What the word in a slot stands for."""
        item = self.slots.get(slot)
        if item is None:
            return None
        return next((item.values[name] for name in self.sources[slot].split("/") if name in item.values), None)


NOTHING: frozenset[str] = frozenset()
BREAK = Item(-1, -1, "\n", frozenset({"BREAK"}), _NO_VALUES)


@cache
def lexicon() -> tuple[dict[str, dict[str, Value]], dict[str, dict[str, Value]]]:
    """Word → class → value: for every writing, and for those words that are written with a capital."""
    data = tomllib.loads(files(__package__).joinpath("data/words.toml").read_text(encoding="utf-8"))
    plain: dict[str, dict[str, Value]] = {}
    for symbol, words in data["plain"].items():
        for word, value in words.items():
            plain.setdefault(word, {})[symbol] = value
    cased = {word: dict(values) for word, values in plain.items()}
    for symbol, words in data["cased"].items():
        for word, value in words.items():
            cased.setdefault(word, {})[symbol] = value
    return plain, cased


def numeral(text: str) -> dict[str, Value] | None:
    """The classes and values of a word that begins with a digit."""
    folded = text.lower()
    if folded.endswith(("st", "nd", "rd", "th")) and folded[:-2].isdecimal():
        number = int(folded[:-2])
        if number >= 400:
            return {}
        return {"ORDINAL": number, "DAYNO": number} if 1 <= number <= 31 else {"ORDINAL": number}
    if folded.endswith("s") and folded[:-1].isdecimal() and folded[-2] == "0":
        return {"DECADE": int(folded[:-1])} if len(folded) in (3, 5) else {}
    if ":" in folded:
        return {"CLOCK": folded}
    if not folded.isdecimal():
        whole = folded.replace(",", "")
        return {"NUMBER": int(whole)} if whole.isdecimal() and len(whole) < 7 else {}
    if len(folded) > 6:
        return {"COMPACT": folded} if len(folded) == 8 else {}
    number = int(folded)
    values: dict[str, Value] = {"NUMBER": number}
    if len(folded) <= 2:
        values["TWODIGIT"] = number
        if 1 <= number <= 31:
            values["DAYNO"] = number
        if 1 <= number <= 12:
            values["MONTHNO"] = number
    elif len(folded) == 4 and 1000 <= number <= 2199:
        values["YEAR"] = number
    return values


# Tags of verbs that are no participles: "the coming week" is a time all the same.
_FINITE = frozenset({"VB", "VBP", "VBZ", "VBD"})


def _lasts(doc: Doc, i: int) -> bool:
    """Whether "last" is a verb that was tagged as something else: "is to last sixty days"."""
    if i == 0 or i + 1 == len(doc):
        return False
    return doc[i - 1].tag_ in ("TO", "MD") or (doc[i - 1].text == "to" and doc[i + 1].pos_ == "NUM")


def items(doc: Doc) -> Iterator[Item]:
    """The words of a text in order, with a break where a sentence or a line ends."""
    plain, cased = lexicon()
    known: dict[str, list[tuple[str, frozenset[str], Mapping[str, Value]]]] = {}
    sentences = doc.has_annotation("SENT_START")
    for token in doc:
        i, text = token.i, token.text
        if (sentences and token.is_sent_start and i and not doc[i - 1].text.endswith((".", ","))) or (
            sentences and token.is_sent_start and i and doc[i - 1].text == "."
        ):
            yield BREAK
        pieces = known.get(text)
        if pieces is None:
            pieces = known[text] = [_piece(piece, plain, cased) for piece in _split(text, cased)]
        if not pieces:
            if "\n" in text:
                yield BREAK
            continue
        if text.islower() and (token.tag_ in _FINITE or (text == "last" and _lasts(doc, i))):
            pieces = [(folded, NOTHING, _NO_VALUES) for folded, _, _ in pieces]  # a truce "to last sixty days"
        for folded, symbols, values in pieces:
            yield Item(i, i + 1, folded, symbols, values)
        if "\n" in token.whitespace_:
            yield BREAK


def _split(text: str, cased: Mapping[str, object]) -> Iterator[str]:
    if text.isalpha():
        yield text
        return
    for piece in _PIECE.findall(text):
        # "Sept." and "a.m." keep their full stop, the last word of a sentence does not.
        if len(piece) > 1 and piece.endswith(".") and piece.lower() not in cased:
            yield piece[:-1]
            yield "."
        else:
            yield piece


def _piece(
    text: str, plain: Mapping[str, dict[str, Value]], cased: Mapping[str, dict[str, Value]]
) -> tuple[str, frozenset[str], Mapping[str, Value]]:
    folded = text.lower().replace("’", "'")
    values = numeral(text) if text[0].isdecimal() else (cased if text[0].isupper() else plain).get(folded)
    return folded, frozenset(values) if values else NOTHING, values or _NO_VALUES
