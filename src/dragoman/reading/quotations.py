"""Where quotations begin and end, by their marks alone.

Newspapers open a mark again at each paragraph of one quotation and close only the last; straight marks do not say
which way they face; a single curly closing mark is also an apostrophe. The scan goes once over the text.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass

from spacy.tokens import Doc

_MARK = re.compile(r"[“”„«»\"‘]|``|''|(?<![\w'])'(?=\w)(?!(?:s|t|d|m|re|ve|ll)\b)|\n[ \t\r]*\n")
_OPENING = {"“": "”", "„": "“", "«": "»", '"': '"', "``": "''"}
_SINGLE_CLOSING = re.compile(r"(?P<sure>(?<=[.,?!…—–])[’'](?!\w))|(?P<maybe>(?<=\w)[’'](?!\w))|[“”\"\n]")
_CLOSED = re.compile(r"(?:''|[”“»\"’'])\Z")
# A quotation left open this long was not meant as one: some mark was lost on the way.
LONGEST = 6000
_KEY = "dragoman.quotations"
LONGEST_SINGLE = 1500


@dataclass(frozen=True, slots=True)
class Quotation:
    """A direct quotation, marks included, in characters; `resumed` when it goes on from an unclosed one before it."""

    start: int
    end: int
    resumed: bool


def find_quotations(text: str) -> tuple[Quotation, ...]:
    """The outermost quotations of a text, in order; nested ones stay inside."""
    found: list[Quotation] = []
    opened: int | None = None  # where the quotation now open begins
    mark = ""  # its opening mark
    resumed = False
    position = 0
    while (match := _MARK.search(text, position)) is not None:
        kind, at = match.group(), match.start()
        position = match.end()
        if opened is not None and at - opened > LONGEST:
            opened = None
        if opened is None:
            if kind in ("‘", "'"):
                end = _single(text, at)
                if end is not None:
                    found.append(Quotation(at, end, False))
                    position = end
            elif _opens(text, at, kind):
                opened, mark, resumed = at, "“" if kind == "”" else kind, False
            continue
        if kind[0] == "\n":
            # A paragraph ends inside a quotation: it goes on when the next paragraph opens a mark again.
            end = len(text[:at].rstrip()) if text[at - 1].isspace() else at
            found.append(Quotation(opened, end, resumed))
            opened = None
            if text.startswith(mark, position):
                opened, resumed, position = position, True, position + len(mark)
        elif kind == _OPENING[mark] and not (kind == '"' and _reopens(text, at)):
            found.append(Quotation(opened, match.end(), resumed))
            opened = None
        elif kind == mark and _reopens(text, at):
            # Paragraphs run together: “… one. “Two …”
            found.append(Quotation(opened, _back(text, at), resumed))
            opened, resumed = at, True
        elif kind == '"' and mark == "“" and not _faces_right(text, at):
            found.append(Quotation(opened, match.end(), resumed))
            opened = None
    return tuple(found)


def quoted_tokens(doc: Doc) -> list[range]:
    """The tokens between the outermost marks of each quotation; one that goes on over paragraphs is one.

    Looked for once and kept with the Doc: several rooms ask.
    """
    known: list[range] | None = doc.user_data.get(_KEY)
    if known is None:
        known = doc.user_data[_KEY] = _quoted(doc)
    return known


def _quoted(doc: Doc) -> list[range]:
    text, offsets = doc.text, [token.idx for token in doc]
    found: list[range] = []
    for quotation in find_quotations(text):
        begin = quotation.start + (2 if text.startswith("``", quotation.start) else 1)
        # A paragraph that ends inside a quotation ends without a mark.
        closing = _CLOSED.search(text, begin, quotation.end)
        inner = range(bisect_left(offsets, begin), bisect_left(offsets, closing.start() if closing else quotation.end))
        if quotation.resumed and found:
            found[-1] = range(found[-1].start, max(found[-1].stop, inner.stop))
        else:
            found.append(inner)
    return [inner for inner in found if inner]


def _opens(text: str, at: int, kind: str) -> bool:
    if kind in ("“", "„", "«", "``"):
        return True
    if kind == '"':
        return _faces_right(text, at) or (not at and at + 1 < len(text))
    # Some texts use the closing mark on both sides.
    return kind == "”" and _faces_right(text, at)


def _faces_right(text: str, at: int) -> bool:
    before = text[at - 1] if at else " "
    after = text[at + 1] if at + 1 < len(text) else " "
    return not after.isspace() and (before.isspace() or before in "([—–-'‘:")


def _reopens(text: str, at: int) -> bool:
    """Whether a mark inside a quotation starts its next paragraph: it faces right, after the end of a sentence."""
    back = _back(text, at)
    return _faces_right(text, at) and back > 0 and text[back - 1] in ".?!…"


def _back(text: str, at: int) -> int:
    while at > 0 and text[at - 1].isspace():
        at -= 1
    return at


def _single(text: str, at: int) -> int | None:
    """The end of a quotation in single marks that opens here, or None where it is an apostrophe."""
    before = text[at - 1] if at else " "
    if not (before.isspace() or before in "([—–-:") or at + 1 >= len(text) or not text[at + 1].isalpha():
        return None
    maybe: int | None = None
    for match in _SINGLE_CLOSING.finditer(text, at + 1, min(len(text), at + LONGEST_SINGLE)):
        if match["sure"]:
            return match.end()
        if not match["maybe"]:
            break
        # "the officials’ claims" or the end of ‘two officials’: an s before the mark leaves it open for a surer one.
        if text[match.start() - 1] != "s":
            return match.end() if maybe is None or match.start() - maybe < 200 else maybe
        maybe = maybe or match.end()
    return maybe
