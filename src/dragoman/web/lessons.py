"""Reviews as sentences that the coder of relations is trained on.

A line is a type and the sentence of the event with the two actors marked, as in `training/data/relations.tsv`; of what
was rejected the type is ``NONE``. An event teaches nothing where its actors are not both named in its sentence.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, product

from dragoman.errors import DragomanError
from dragoman.records import Event, Reading, Span
from dragoman.store.reviews import Review
from dragoman.web.library import Shelf

NONE = "NONE"
# What the coder cannot tell apart without the predicate.
_TOGETHER = {"CONCEDE": "YIELD", "RETREAT": "YIELD"}


def lessons(shelf: Shelf) -> Iterator[str]:
    """The lines of all events that somebody has reviewed, by the last word on each."""
    for (article, identifier), review in sorted(shelf.reviews.items()):
        try:
            reading = shelf.archive.reading(article)
        except DragomanError:  # the archive may have been made anew without it
            continue
        coded = next((event for event in reading.events if event.id == identifier), review.coded)
        yield from _lines(review, coded, reading)


def _lines(review: Review, coded: Event, reading: Reading) -> Iterator[str]:
    event = review.applied(coded)
    kind = NONE if review.verdict == "reject" else _TOGETHER.get(event.type, event.type)
    pairs = product(event.actors, event.recipients) if event.recipients else combinations(event.actors, 2)
    for one, other in pairs:
        spans = _named(one, event, reading), _named(other, event, reading)
        if spans[0] and spans[1] and (spans[0].end <= spans[1].start or spans[1].end <= spans[0].start):
            yield f"{kind}\t{_marked(reading, event, spans[0], spans[1])}"


def _named(actor: str, event: Event, reading: Reading) -> Span | None:
    """Where the actor is named in the sentence, nearest to the predicate."""
    sentence = reading.article.sentences[event.sentence]
    mentions = [
        span
        for each in reading.actors
        if each.id == actor
        for span in each.mentions
        if sentence.start <= span.start and span.end <= sentence.end
    ]
    return min(mentions, key=lambda span: (abs(span.start - event.predicate.start), span.start), default=None)


def _marked(reading: Reading, event: Event, source: Span, target: Span) -> str:
    text, sentence = reading.article.text, reading.article.sentences[event.sentence]
    marks = sorted([(source, "s"), (target, "t")], key=lambda item: item[0].start)
    parts, at = [], sentence.start
    for span, name in marks:
        parts += [text[at : span.start], f"<{name}>", text[span.start : span.end], f"</{name}>"]
        at = span.end
    return " ".join("".join([*parts, text[at : sentence.end]]).split())
