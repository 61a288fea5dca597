"""Everyone whom the records of an article name: whoever an event or a step calls by id has a record too."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from operator import attrgetter

from dragoman.knowledge import Knowledge
from dragoman.reading.actors.lexicon import load_lexicon
from dragoman.reading.actors.linking import Linker
from dragoman.reading.actors.model import Actors
from dragoman.records import Actor, Event, Mediation, Span, Statement, Tie

_START = attrgetter("start")


def everyone(
    actors: Actors,
    events: Iterable[Event],
    statements: Iterable[Statement],
    ties: Iterable[Tie],
    mediations: Iterable[Mediation],
    knowledge: Knowledge,
    published: date,
    sentences: Sequence[Span] = (),
) -> tuple[Actor, ...]:
    """Those who act, in reading order, then whoever else the other records name, in the order in which they do.

    A country that is only visited or fought in is a place in the text, and yet an event may have it as its recipient:
    where it is nobody else in that sentence, the name of the place is a mention of it.
    """
    events = tuple(events)
    found = {record.id: record for record in actors.records}
    linker = Linker(published, knowledge, load_lexicon(), Counter())
    for identifier in _named(events, statements, ties, mediations):
        if identifier not in found:
            found[identifier] = _record(identifier, actors, linker)
    for event in events if sentences else ():
        for identifier in event.recipients:
            found[identifier] = _dealt_with(found[identifier], event, actors, sentences[event.sentence])
    return tuple(found.values())


def _dealt_with(record: Actor, event: Event, actors: Actors, sentence: Span) -> Actor:
    """The recipient, with the name of the place as a mention where no other of the sentence shows who is meant."""
    named = _inside(actors.places(record.id), sentence)
    if not named or _inside(record.mentions, sentence):
        return record
    nearest = min(named, key=lambda span: (abs(span.start - event.predicate.start), span.start))
    at = bisect_left(record.mentions, nearest.start, key=_START)
    return replace(record, mentions=(*record.mentions[:at], nearest, *record.mentions[at:]))


def _inside(spans: Sequence[Span], sentence: Span) -> Sequence[Span]:
    """Those of spans in reading order that begin in a sentence."""
    return spans[bisect_left(spans, sentence.start, key=_START) : bisect_left(spans, sentence.end, key=_START)]


def _named(
    events: Iterable[Event], statements: Iterable[Statement], ties: Iterable[Tie], mediations: Iterable[Mediation]
) -> Iterator[str]:
    """All ids that the records hold, nobody left out."""
    for event in events:
        yield from (*event.actors, *event.recipients)
        if event.said_by is not None:
            yield event.said_by
    for statement in statements:
        if statement.speaker is not None:
            yield statement.speaker
    for tie in ties:
        yield from (tie.from_, tie.to)
    for mediation in mediations:
        yield from mediation.parties
        yield from (mediator.actor for mediator in mediation.mediators)
        for step in mediation.steps:
            yield from (*step.actors, *step.recipients, *step.third_parties, *step.persons)
            if step.said_by is not None:
                yield step.said_by


def _record(identifier: str, actors: Actors, linker: Linker) -> Actor:
    try:
        return actors.record(identifier)
    except KeyError:
        pass
    linker.known(identifier)
    profile = linker.profiles.get(identifier)
    if profile is None:
        return Actor(identifier, identifier, "group", None, "UNK", None, None, False, ())
    return Actor(
        profile.id, profile.name, profile.kind, profile.country, profile.sector, profile.office,
        profile.of, profile.known, (),
    )  # fmt: skip
