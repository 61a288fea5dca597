"""Events: in any sentence, who does what to whom."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from spacy.tokens import Doc

from dragoman.codebook import Codebook
from dragoman.knowledge import Knowledge
from dragoman.reading.events.arguments import Arguments, Filler
from dragoman.reading.events.classifier import Classifier, Pair
from dragoman.reading.events.coding import Coded, code_all, modes_from_words
from dragoman.reading.events.combination import Combination
from dragoman.reading.events.confidence import confidence, likeliest
from dragoman.reading.events.coreference import Reports, shared
from dragoman.reading.events.echoes import answered
from dragoman.reading.events.explanation import explain
from dragoman.reading.events.factuality import FactualityReader, place_in_time
from dragoman.reading.events.predicates import Clauses
from dragoman.reading.events.roles import Coding
from dragoman.reading.events.rules import Rules
from dragoman.reading.events.topics import ContextReader, conflicts_in, topics_of
from dragoman.reading.events.triggers import Triggers
from dragoman.reading.events.venues import happenings
from dragoman.reading.statements import FoundStatement, speaker_of, statement_at
from dragoman.reading.tree import Tree
from dragoman.reading.when import TimeExpression, event_when
from dragoman.reading.where import PlaceMention, places_of
from dragoman.records import Event, TextSpan, When, Where

if TYPE_CHECKING:
    from dragoman.reading.actors import Actors

__all__ = ["Classifier", "Pair", "code_events"]

_LONGEST_PREDICATE = 6
# What is told besides within an accusation is the article's word: "accused Rabat of sending troops, which it denied".
_ASIDES = frozenset({"acl:relcl", "advcl:relcl"})


def code_events(
    doc: Doc,
    article_id: str,
    published: date,
    actors: Actors,
    times: Sequence[TimeExpression],
    places: Sequence[PlaceMention],
    statements: Sequence[FoundStatement],
    codebook: Codebook,
    knowledge: Knowledge,
    classifier: Classifier | None = None,
) -> tuple[Event, ...]:
    """Every event of an article, in reading order.

    Args:
        doc: The article with its tree.
        article_id: Goes before the place of the event to make its id.
        published: The day of publication.
        actors: Who can fill a role; only mentions of the sense "actor" do.
        times: The time expressions of the article.
        places: Its places.
        statements: What is said in it, and by whom.
        codebook: Types, codes and frames.
        knowledge: The conflicts that events may be about.
        classifier: A learned coder that is weighed with the frames; frames alone where there is none.
    """
    tree = Tree.of(doc)
    clauses = Clauses(doc, tree, codebook, lambda i: any(mention.sense == "actor" for mention in actors.at(i)))
    arguments = Arguments(clauses, actors)
    rules = Rules(clauses, arguments, codebook)
    factuality = FactualityReader(clauses, codebook)
    contexts = ContextReader(clauses, codebook)
    speakers = _speakers(doc, statements)
    triggers = Triggers(clauses, actors, codebook)
    coded = code_all(
        rules, clauses, factuality, codebook, speakers, lambda i, blocked: triggers.coding(i, blocked=blocked),
        (lambda coding: triggers.belief((coding.head,), coding.type)) if triggers.speak else None,
    )  # fmt: skip
    if classifier is not None:
        both = Combination(clauses, arguments, rules, factuality, actors, codebook)
        coded = both.weigh(doc, coded, classifier)
    likely = likeliest([triggers.readings(item) for item in coded], triggers)
    coded = answered(likely, clauses, speakers)
    countries = frozenset(record.country or record.id for record in actors.records)
    days = (day for time in times for day in (time.record.earliest, time.record.latest))
    years = {published.year, *(day.year for day in days if day is not None)}
    conflicts = conflicts_in(tree.text, countries, knowledge, years)
    accusers = _accusers(coded, clauses)
    found: list[Event] = []
    ids: dict[str, int] = {}
    for item in coded:
        event = _event(
            item,
            doc,
            article_id,
            published,
            actors,
            times,
            statements,
            codebook,
            clauses,
            contexts,
            conflicts,
            triggers,
        )
        number = ids[event.id] = ids.get(event.id, 0) + 1
        if number > 1:  # one word may state two events, of pairs of its own
            event = _with(event, id=f"{event.id}-{number - 1}")
        if event.said_by is None and item.coding.head in accusers:
            event = _with(event, said_by=accusers[item.coding.head])
        found.append(event)
    wheres = places_of(doc, happenings(found, coded, actors, published), places, tree)
    names = _country_names(wheres, knowledge)
    events: list[Event] = []
    reports = Reports(names)
    for item, event, where in zip(coded, found, wheres, strict=True):
        if where is not None:
            event = _with(event, where=where)
        definite = item.coding.predicate.pos == "n" and any(
            doc[child].lower_ in {"the", "this", "these"} for child in tree.kids(item.coding.head, "det")
        )
        first = reports.same_as(event, clauses.lemma(item.coding.head), definite=definite)
        events.append(_with(event, same_as=first) if first else event)
    return tuple(
        _with(event, when=when, where=where) for event, (when, where) in zip(events, shared(events, names), strict=True)
    )


def _event(
    item: Coded,
    doc: Doc,
    article_id: str,
    published: date,
    actors: Actors,
    times: Sequence[TimeExpression],
    statements: Sequence[FoundStatement],
    codebook: Codebook,
    clauses: Clauses,
    contexts: ContextReader,
    conflicts: list[tuple[str, frozenset[str]]],
    triggers: Triggers,
) -> Event:
    coding = item.coding
    node = coding.predicate.light if coding.predicate.light is not None else coding.head
    future = item.factuality.status == "future" or (
        coding.type in {"AGREE", "THREATEN"} and item.factuality.modal == "will"
    )
    said = statement_at(node, statements)
    said_at = None if said is None or said.cue is None else event_when(doc, said.cue, times, published, future=False)
    when = event_when(doc, node, times, published, future=future, said_at=said_at)
    status = place_in_time(item.factuality.status, when, published)
    type_ = codebook.types[coding.type]
    mode = modes_from_words(item, clauses, codebook)
    start, end = _extent(doc, node)
    names = _countries(coding.actors + coding.recipients, actors)
    sentence = clauses.tree.sentence[coding.head]
    return Event(
        id=f"{article_id}-e{coding.head}",
        type=coding.type,
        mode=mode,
        contexts=contexts.read(sentence, coding.code),
        quad=type_.quad,
        intensity=type_.intensity(mode),
        cameo=coding.code.code,
        actors=tuple(filler.actor for filler in coding.actors),
        recipients=tuple(filler.actor for filler in coding.recipients),
        predicate=_predicate(doc, coding.tokens, coding.head),
        sentence=sentence,
        start=start,
        end=end,
        status=status,
        when=when,
        where=None,
        said_by=None if _is_act_of_speech(coding) else speaker_of(coding.head, tuple(statements)),
        topics=topics_of(names, conflicts),
        confidence=confidence(item, status, triggers),
        why=explain(item, clauses),
        same_as=None,
    )


def _country_names(places: Sequence[Where | None], knowledge: Knowledge) -> frozenset[str]:
    countries = {place.country for place in places if place is not None and place.country is not None}
    return frozenset(entity.name for entity in map(knowledge.entity, sorted(countries)) if entity is not None)


def _is_act_of_speech(coding: Coding) -> bool:
    """Whether saying it is the act: that somebody says what others must do is the article's word, not his."""
    asked = coding.type == "REQUEST" and any(filler.path == "speaker" for filler in coding.actors)
    return asked or coding.frame.judges


def _with(event: Event, **values: str | When | Where | None) -> Event:
    """The event with some fields set. (`dataclasses.replace` trips over slots that a base class declares.)"""
    kept = {name: getattr(event, name) for name in Event.__slots__}
    return Event(**{**kept, **values})


def _accusers(coded: Sequence[Coded], clauses: Clauses) -> dict[int, str]:
    """For each token of an accusation's content: the accuser, on whose word it is reported."""
    found = {}
    for item in coded:
        coding = item.coding
        if coding.type == "ACCUSE" and coding.mode == "allege" and coding.predicate.pos == "v":
            for filler in coding.predicate.fillers("of"):
                for token in clauses.tree.subtree(filler, lambda i: clauses.tree.deps[i] in _ASIDES):
                    found[token] = coding.actors[0].actor
    return found


def _speakers(doc: Doc, statements: Sequence[FoundStatement]) -> dict[int, Filler]:
    """For each token inside a statement: who says it, as what may fill a role."""
    found = {}
    for statement in statements:
        if statement.record.speaker is not None:
            token = statement.cue if statement.cue is not None else statement.tokens.start
            for i in statement.tokens:
                found[i] = Filler(statement.record.speaker, token, "speaker")
    return found


def _countries(fillers: Sequence[Filler], actors: Actors) -> list[str]:
    records = [actors.record(filler.actor) for filler in fillers]
    return [name for record in records for name in (record.country, record.id) if name]


def _extent(doc: Doc, head: int) -> tuple[int, int]:
    left, right = doc[head].left_edge, doc[head].right_edge
    return left.idx, right.idx + len(right.text)


def _predicate(doc: Doc, tokens: tuple[int, ...], head: int) -> TextSpan:
    first, last = tokens[0], tokens[-1]
    if last - first >= _LONGEST_PREDICATE:
        first = last = head
    start, end = doc[first].idx, doc[last].idx + len(doc[last].text)
    return TextSpan(start, end, Tree.of(doc).text[start:end])
