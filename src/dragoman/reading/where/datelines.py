"""Datelines: where an article was written, on its first line or below its headline."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator

from spacy.tokens import Doc

from dragoman.knowledge.places import Gazetteer

_DATELINE = re.compile(
    r"(?:\d{1,2} [A-Z][a-z]+ \d{4}, )?((?:[A-ZÀ-Þ][A-ZÀ-Þ.'’]+)(?:[ /-][A-ZÀ-Þ.'’]{2,})*)"
    r"(?:, ([A-Z][\w.]+(?: [A-Z][\w.]+)*))?(?:(?P<colon>:)|[^\n—–]{0,40}?(?: -|[—–]|--)) "
)
# A headline, its second line and who wrote it may stand above the dateline.
_FIRST_LINES = 4
_LONGEST_DATELINE = 200
_MONTH = re.compile(r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)")


def find_datelines(doc: Doc, gazetteer: Gazetteer) -> Iterator[tuple[int, int]]:
    """Where the article was written: "GENEVA (Reuters) — …", "DOHA/CAIRO, Jan 16 - …", "6 May 2018, GENEVA — …".

    Some papers set a colon: "GENEVA: …".
    """
    for number, line in enumerate(itertools.islice(re.finditer(r"\S[^\n]*", doc.text), _FIRST_LINES)):
        match = _DATELINE.match(doc.text[line.start() : line.end()][:_LONGEST_DATELINE])
        found = list(_filed_from(doc, match, line.start(), gazetteer, first=number == 0)) if match else []
        if found:
            yield from found
            return


def _filed_from(
    doc: Doc, match: re.Match[str], offset: int, gazetteer: Gazetteer, *, first: bool
) -> Iterator[tuple[int, int]]:
    """The places of a dateline; below a headline, one without day and agency names a town, as no subheading does."""
    told = "(" in match[0] or _MONTH.search(match[0]) is not None
    filed = told or match[2] is not None
    known = gazetteer.lookup(match[1])
    if match["colon"] and not (known and known[0].kind == "city"):
        return  # "UKRAINE: the week in brief"
    if not (first or told or (known and known[0].kind == "city")):
        return
    spans = [(part.start() + match.start(1), part.end() + match.start(1)) for part in re.finditer(r"[^/]+", match[1])]
    if match[2] and not _MONTH.match(match[2]):
        spans.append(match.span(2))
    for start, end in spans:
        span = doc.char_span(start + offset, end + offset, alignment_mode="expand")
        if span is not None and (filed or gazetteer.lookup(match[0][start:end])):
            yield span.start, span.end
