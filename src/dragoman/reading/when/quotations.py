"""The speaker's day: inside a quotation "yesterday" counts from when it was said, not from the article."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from spacy.tokens import Doc

from dragoman.reading.quotations import quoted_tokens
from dragoman.reading.when.context import Context
from dragoman.reading.when.lexicon import Item
from dragoman.reading.when.outlook import speech_before

_DAY = frozenset({"weekday", "date", "today", "tonight", "daypart", "part"})
_REACH = 25  # tokens on either side of a quotation in which its speaker's day is looked for


def speech_days(doc: Doc, row: Sequence[Item], context: Context) -> dict[range, date]:
    """Quotations whose speech has a day of its own, as token ranges with that day."""
    quotations = quoted_tokens(doc)
    if not quotations or not doc.has_annotation("SENT_START"):
        return {}
    found: dict[range, date] = {}
    dated = [item for item in row if item.rule in _DAY and speech_before(doc, item.start) is not None]
    position = 0
    for quotation in quotations:
        while position < len(dated) and dated[position].end < quotation.start - _REACH:
            position += 1
        for number in range(position, len(dated)):
            item = dated[number]
            if item.start > quotation.stop + _REACH:
                break
            if item.start in quotation or not _together(doc, item, quotation):
                continue
            told = context.resolve(item)
            spoken = told.days.earliest if told else None
            if told and spoken and spoken == told.days.latest and spoken <= context.published:
                found[quotation] = spoken
    return found


def _together(doc: Doc, item: Item, quotation: range) -> bool:
    """Whether an expression stands in the sentence in which the quotation begins or ends."""
    if item.end <= quotation.start:
        return not any(doc[i].is_sent_start for i in range(item.end, quotation.start + 1))
    return not any(doc[i].is_sent_start for i in range(quotation.stop + 1, item.start + 1) if i < len(doc))
