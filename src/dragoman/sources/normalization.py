"""Bytes and text as they come → the one text that all offsets refer to.

What changes: the encoding becomes Unicode (NFC), line ends become ``\\n``, broken quotation marks are mended, exotic
spaces become plain ones, hard-wrapped lines are joined, and what nobody can see goes. Nothing else: words, case and the
quotation marks of the author stay. Normalising twice changes nothing, so that an article keeps its id.
"""

from __future__ import annotations

import codecs
import hashlib
import html
import itertools
import re
import unicodedata
from bisect import bisect_right
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date

REPLACEMENT = "\N{REPLACEMENT CHARACTER}"

_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# Bytes that Windows-1252 uses in English prose: quotes, dashes, ellipsis, euro, pound, section, guillemets, letters.
_PROSE_1252 = frozenset(b"\x80\x82\x84\x85\x91\x92\x93\x94\x95\x96\x97\x99\xa0\xa3\xa7\xab\xb0\xb4\xb7\xbb\xbd") | (
    frozenset(range(0xC0, 0xFE)) - {0xD7, 0xF7}
)
UTF8_PIECE = re.compile(rb"[\xc2-\xf4][\x80-\xbf]")

_NEWLINES = re.compile("\r\n?|[\v\f\x1c-\x1e\x85\u2028\u2029]")
_SPACES = re.compile("[\t\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
# Controls, zero-width and direction marks, soft hyphens, byte order marks: none can be seen, some can deceive.
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1b\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]"
)
_SURROGATES = re.compile("[\ud800-\udfff]")
_ENTITIES = re.compile(
    r"&(?:amp|lt|gt|quot|apos|nbsp|[lr]squo|[lr]dquo|[mn]dash|hellip|#\d{1,6}|#[xX][0-9a-fA-F]{1,5});"
)
_TEX_OPEN = re.compile(r"``")
_TEX_CLOSE = re.compile(r"(?<=\S)''(?!')")

# UTF-8 punctuation that was once read as Windows-1252, and Windows-1252 that was once read as Latin-1.
_MENDED = {
    **{mark.encode().decode("cp1252", "replace"): mark for mark in "“‘’–—…•€"},
    "â€\x9d": "”",
    "â€\x94": "—",
    **{bytes([byte]).decode("latin-1"): bytes([byte]).decode("cp1252") for byte in b"\x85\x91\x92\x93\x94\x96\x97"},
}
_BROKEN = re.compile("|".join(sorted(map(re.escape, _MENDED), key=len, reverse=True)))

_WRAPPED_WIDTHS = range(40, 121)
_SENTENCE_ENDS = (".", "!", "?", ":", ";", ".”", "!”", "?”", '."', '!"', '?"')


@dataclass(frozen=True, slots=True)
class Normalized:
    """The text, the positions that were asked for (where they are now), and what was done that a reader should know."""

    text: str
    positions: tuple[int, ...]
    notes: tuple[str, ...]


def decode(data: bytes) -> tuple[str, tuple[str, ...]]:
    """Bytes to text, with a note where the bytes were not what they should be.

    UTF-8 is expected, and a byte order mark believed. Bytes that are not UTF-8 are read as Windows-1252 if every one of
    them makes sense in it, for many old articles are kept that way; else each broken stretch becomes U+FFFD.
    """
    for mark, encoding in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            text = data[len(mark) :].decode(encoding, "replace")
            return text, _broken_note(text.count(REPLACEMENT))
    try:
        return data.decode("utf-8"), ()
    except UnicodeDecodeError:
        pass
    high = {byte for byte in data if byte > 0x7F}
    if high <= _PROSE_1252 and not UTF8_PIECE.search(data):
        return data.decode("cp1252"), ("the bytes are not UTF-8 and were read as Windows-1252",)
    already = data.count(REPLACEMENT.encode())
    text = data.decode("utf-8", "replace")
    return text, _broken_note(text.count(REPLACEMENT) - already)


def _broken_note(count: int) -> tuple[str, ...]:
    places = "1 place" if count == 1 else f"{count} places"
    return (f"broken UTF-8 in {places}, each replaced by U+FFFD",) if count else ()


def normalize(text: str, positions: Iterable[int] = ()) -> Normalized:
    """The text that all offsets refer to; `positions` in the old text are given back as positions in the new one."""
    edit = _Edit(text, list(positions))
    notes: list[str] = []
    if edit.sub(_SURROGATES, lambda found: REPLACEMENT):
        notes.append("halves of surrogate pairs, each replaced by U+FFFD")
    edit.sub(_ENTITIES, lambda found: html.unescape(found[0]))
    if edit.sub(_BROKEN, lambda found: _MENDED[found[0]]):
        notes.append("broken quotation marks or dashes, mended")
    edit.sub(_NEWLINES, lambda found: "\n")
    edit.sub(_SPACES, lambda found: " ")
    if removed := edit.sub(_INVISIBLE, lambda found: ""):
        notes.append(f"{removed} invisible or control character{'s' if removed > 1 else ''}, removed")
    if edit.sub(_TEX_OPEN, lambda found: "“"):
        edit.sub(_TEX_CLOSE, lambda found: "”")
    edit.compose()
    edit.strip()
    edit.text = _unwrap(edit.text)
    return Normalized(edit.text, tuple(edit.positions), tuple(notes))


def article_id(text: str, published: date) -> str:
    """The article's id: 80 bits of the SHA-256 of its day and its normalised text, in hexadecimal."""
    return hashlib.sha256(f"{published.isoformat()}\n{text}".encode()).hexdigest()[:20]


@dataclass(slots=True)
class _Edit:
    """A text under change, with positions that move along."""

    text: str
    positions: list[int] = field(default_factory=list)

    def sub(self, pattern: re.Pattern[str], replacement: Callable[[re.Match[str]], str]) -> int:
        """Replace every match; how many there were. A position inside a match moves to its start."""
        if not self.positions:
            self.text, count = pattern.subn(replacement, self.text)
            return count
        starts, ends, shifts, pieces = [], [], [0], []
        last = shift = 0
        for found in pattern.finditer(self.text):
            new = replacement(found)
            pieces += [self.text[last : found.start()], new]
            last = found.end()
            shift += len(new) - len(found[0])
            starts.append(found.start())
            ends.append(found.end())
            shifts.append(shift)
        self.text = "".join(pieces) + self.text[last:]
        for index, position in enumerate(self.positions):
            count = bisect_right(ends, position)
            inside = count < len(starts) and starts[count] < position
            self.positions[index] = (starts[count] if inside else position) + shifts[count]
        return len(starts)

    def compose(self) -> None:
        """Unicode normalisation form C."""
        if unicodedata.is_normalized("NFC", self.text):
            return
        composed = unicodedata.normalize("NFC", self.text)
        self.positions = [
            min(len(unicodedata.normalize("NFC", self.text[:position])), len(composed)) for position in self.positions
        ]
        self.text = composed

    def strip(self) -> None:
        """Take white space off both ends."""
        start = len(self.text) - len(self.text.lstrip())
        self.text = self.text.strip()
        self.positions = [min(max(position - start, 0), len(self.text)) for position in self.positions]


def _unwrap(text: str) -> str:
    """Join the lines of paragraphs that were wrapped at a fixed width (the length does not change).

    Each paragraph is judged by itself, so that doing it twice changes nothing. Lists, verse and one paragraph a line
    stay.
    """
    if "\n" not in text:
        return text
    paragraphs = re.split(r"(\n[ \n]*\n)", text)
    return "".join(" ".join(lines) if _is_wrapped(lines := block.split("\n")) else block for block in paragraphs)


def _is_wrapped(lines: list[str]) -> bool:
    """Whether the next line's first word would never have fitted any more, and lines break within sentences."""
    width = max((len(line) for line in lines[:-1]), default=0)
    if width not in _WRAPPED_WIDTHS or not all(lines):
        return False
    breaks = list(itertools.pairwise(lines))
    if not all(len(line) + 1 + len(after.split(" ", 1)[0]) > width for line, after in breaks):
        return False
    if len(breaks) == 1:  # a heading and its first line look the same, unless the sentence goes on
        return lines[1][0].islower()
    return not all(line.endswith(_SENTENCE_ENDS) for line in lines[:-1])
