"""The grammar of time expressions: rules over items, applied level by level.

A rule's pattern is a row of symbols (in capitals: classes of words and the phrases that other rules make) and words
(in small letters), with ``( | )``, ``?`` and named slots ``slot:SYMBOL``. ``[ ]`` marks the expression itself where a
pattern also looks at what stands around it; ``!`` before a symbol forbids it there. Every item is written as one
character, so that a rule is one regular expression and the search is linear.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from dragoman.errors import DataError
from dragoman.reading.when.feasts import names
from dragoman.reading.when.lexicon import NOTHING, Item, lexicon, numeral

_SYMBOL = re.compile(r"\(|\)|\||\?|\[|\]|!|[^\s()|?!\[\]]+")
_NUMERALS = ("1st", "101st", "10", "13", "40", "1990", "150", "1,000", "1990s", "90s", "10:30", "20220321")


@dataclass(frozen=True, slots=True)
class Rule:
    """One pattern of a rule: what it makes of the items that it covers."""

    name: str
    symbols: frozenset[str]
    pattern: re.Pattern[str]
    sources: dict[str, str]
    needs: tuple[frozenset[str], ...]  # without one of each of these characters it cannot match


class Grammar:
    """The rules by level, and the alphabet that items are written in."""

    __slots__ = ("_alphabet", "_literals", "_words", "levels")

    def __init__(self, data: Sequence[dict[str, object]]) -> None:
        rules = [(int(str(rule["level"])), rule) for rule in data]
        texts = [pattern for _, rule in rules for pattern in _patterns(rule)]
        literals = {word for text in texts for word in _literals(text)}
        kinds = [frozenset(str(rule["makes"]).split()) for _, rule in rules]
        self._words: dict[tuple[str, frozenset[str]], str] = {}
        self._alphabet: dict[str, list[str]] = {}
        plain, cased = lexicon()
        entries: set[tuple[str, frozenset[str]]] = {("", NOTHING), ("", frozenset({"BREAK"}))}
        for vocabulary in (plain, cased):
            entries |= {(word if word in literals else "", frozenset(values)) for word, values in vocabulary.items()}
        entries |= {(word, NOTHING) for word in literals if word not in cased}
        entries |= {("", frozenset(numeral(text) or ())) for text in _NUMERALS}
        entries |= {(word, frozenset(numeral(word) or ())) for word in literals if word[0].isdecimal()}
        entries |= {("", kind) for kind in kinds}
        self._literals = literals
        for number, (word, symbols) in enumerate(sorted(entries, key=lambda entry: (entry[0], sorted(entry[1])))):
            char = chr(0xE000 + number)
            self._words[word, symbols] = char
            for symbol in symbols:
                self._alphabet.setdefault(symbol, []).append(char)
            if word:
                self._alphabet.setdefault(word, []).append(char)
        levels: dict[int, list[Rule]] = {}
        for level, rule in rules:
            for text in _patterns(rule):
                pattern, sources, needs = self._compile(text)
                made = frozenset(str(rule["makes"]).split())
                levels.setdefault(level, []).append(Rule(str(rule["name"]), made, pattern, sources, needs))
        self.levels = [levels[level] for level in sorted(levels)]

    def _compile(self, text: str) -> tuple[re.Pattern[str], dict[str, str], tuple[frozenset[str], ...]]:
        out: list[str] = []
        sources: dict[str, str] = {}
        needs: list[frozenset[str]] = []
        opened, forbidden, depth = False, False, 0
        if "[" not in text:
            text = f"[ {text} ]"
        for piece in _SYMBOL.findall(text):
            if piece == "[":
                opened = True
                out.append("(?P<expression>")
            elif piece == "]":
                out.append(")")
            elif piece == "!":
                forbidden = True
            elif piece == "(":
                depth += 1
                out.append("(?:")
            elif piece in ")|?":
                depth -= piece == ")"
                if piece == "?" and not depth and out[-1] != ")":
                    needs.pop()
                out.append(piece)
            else:
                slot, _, symbol = piece.rpartition(":")
                chars = self._chars(symbol)
                if forbidden:
                    out.append(f"(?!{chars})" if opened else f"(?<!{chars})")
                    forbidden = False
                elif slot:
                    sources[slot] = symbol
                    out.append(f"(?P<{slot}>{chars})")
                    needs.extend([frozenset(chars[1:-1])] if not depth else [])
                else:
                    out.append(chars)
                    needs.extend([frozenset(chars[1:-1])] if not depth else [])
        return re.compile("".join(out)), sources, tuple(needs)

    def _chars(self, symbol: str) -> str:
        if symbol == "WORD":
            return f"[{self._words['', NOTHING]}]"
        chars = "".join(sorted({char for name in symbol.split("/") for char in self._alphabet.get(name, ())}))
        if not chars:
            raise DataError(f"rules.toml: no word and no rule makes {symbol!r}")
        return f"[{chars}]"

    def write(self, item: Item) -> str:
        """The item as one character."""
        if item.rule:
            return self._words.get(("", item.symbols), self._words["", NOTHING])
        word = item.text if item.text in self._literals else ""
        return self._words.get((word, item.symbols), self._words["", NOTHING])

    def parse(self, row: list[Item]) -> list[Item]:
        """The row with every phrase that a rule covers as one item."""
        text = "".join(map(self.write, row))
        for level in self.levels:
            here = set(text)
            found = [
                (match.start("expression"), -match.end("expression"), number, match)
                for number, rule in enumerate(level)
                if all(not needed.isdisjoint(here) for needed in rule.needs)
                for match in rule.pattern.finditer(text)
            ]
            if not found:
                continue
            found.sort(key=lambda entry: entry[:3])
            reduced: list[Item] = []
            written: list[str] = []
            done = 0
            for begin, negative, number, match in found:
                if begin < done:
                    continue
                reduced.extend(row[done:begin])
                written.append(text[done:begin])
                done = -negative
                phrase = _phrase(level[number], row, begin, done, match)
                reduced.append(phrase)
                written.append(self.write(phrase))
            reduced.extend(row[done:])
            written.append(text[done:])
            row, text = reduced, "".join(written)
        return row


def _phrase(rule: Rule, row: list[Item], begin: int, end: int, match: re.Match[str]) -> Item:
    slots = {slot: row[match.start(slot)] for slot in rule.sources if match.start(slot) >= 0}
    words = " ".join(item.text for item in row[begin:end])
    return Item(row[begin].start, row[end - 1].end, words, rule.symbols, {}, rule.name, slots, rule.sources)


def _patterns(rule: dict[str, object]) -> Iterable[str]:
    patterns = rule["patterns"]
    if not isinstance(patterns, list):
        raise DataError(f"rules.toml: the patterns of {rule.get('name')!r} are no list")
    return [expanded for pattern in patterns for expanded in (_feasts() if pattern == "@feasts" else (pattern,))]


def _feasts() -> Iterable[str]:
    longest_first = sorted(names(), key=lambda name: (-len(name.split()), name))
    return (f"which:SHIFT? ( {' | '.join(longest_first)} ) ( of? year:YEAR )?",)


def _literals(text: str) -> Iterable[str]:
    for piece in _SYMBOL.findall(text):
        word = piece.rpartition(":")[2]
        for name in word.split("/"):
            if name == name.lower() and name not in "()|?[]!":
                yield name


@cache
def grammar() -> Grammar:
    """The grammar that ships, compiled once."""
    data = tomllib.loads(files(__package__).joinpath("data/rules.toml").read_text(encoding="utf-8"))
    return Grammar(data["rule"])
