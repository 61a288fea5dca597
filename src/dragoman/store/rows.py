"""Records → rows of the tables, and back."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from dragoman.records import (
    Actor,
    Article,
    Event,
    Evidence,
    Mediation,
    Place,
    Reading,
    Span,
    Statement,
    Step,
    TextSpan,
    Tie,
    When,
    Where,
)

Row = dict[str, Any]
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Origin:
    """What the archive keeps of an article besides its records.

    Attributes:
        origin: where it came from, for people: ``news.jsonl, line 7``.
        versions: what it was read with, as text.
        spans: characters that the user gave as actors.
        notes: what was mended when it came in.
        bands: hashes that near-copies are found by (`copies.bands`).
    """

    origin: str
    versions: str
    spans: tuple[tuple[int, int], ...] = ()
    notes: tuple[str, ...] = ()
    bands: tuple[int, ...] = ()


def document(article_id: str, url: str | None) -> str:
    """What all revisions of one article share: its address. Without one, an article is its own only revision.

    An id that the caller gave does not do: two files whose articles are numbered from one would overwrite each other.
    """
    return url if url else article_id


def day(when: When, published: date) -> date:
    """The one day that event data wants: the day that is told, or else the day of publication.

    A span of several days has no one day; what is told of it is news of the day that it was published.
    """
    return when.earliest if when.earliest is not None and when.earliest == when.latest else published


def rows(reading: Reading, origin: Origin) -> dict[str, list[Row]]:
    """A reading as rows of every table; `batch` is filled in when the batch is written."""
    article = reading.article
    head: Row = {
        "article": article.id,
        "batch": None,
        "versions": origin.versions,
        "published": article.published,
        "source": article.source,
        "title": article.title,
        "url": article.url,
    }
    actors = {actor.id: actor for actor in reading.actors}
    records: dict[str, Iterable[Row]] = {
        "actors": (actor.to_dict() for actor in reading.actors),
        "events": (_event(event, actors, article.published) for event in reading.events),
        "dyads": (row for event in reading.events for row in _dyads(event, actors, article.published)),
        "statements": (_statement(item, actors, article.text) for item in reading.statements),
        "times": (_when(time) | {"start": time.start, "end": time.end} for time in reading.times),
        "places": (_where(place) | {"start": place.start, "end": place.end} for place in reading.places),
        "ties": (tie.to_dict() for tie in reading.ties),
        "mediations": (_mediation(mediation) for mediation in reading.mediations),
        "steps": (
            {"mediation": mediation.id} | _step(step) for mediation in reading.mediations for step in mediation.steps
        ),
    }
    tables = {"articles": [head | _article(reading, origin)]}
    for name, items in records.items():
        tables[name] = [head | {"number": number} | item for number, item in enumerate(items)]
    return tables


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _article(reading: Reading, origin: Origin) -> Row:
    article = reading.article
    records = reading.to_dict()
    del records["article"]
    return {
        "external_id": article.external_id,
        "text": article.text,
        "language": article.language,
        "sentences": [{"start": span.start, "end": span.end} for span in article.sentences],
        "document": document(article.id, article.url),
        "origin": origin.origin,
        "notes": list(origin.notes),
        "spans": [{"start": start, "end": end} for start, end in origin.spans],
        "events": len(reading.events),
        "bands": list(origin.bands),
        "records": _json(records),
    }


def _mediation(mediation: Mediation) -> Row:
    return {
        "id": mediation.id,
        "parties": list(mediation.parties),
        "mediators": [mediator.actor for mediator in mediation.mediators],
        "record": _json(mediation.to_dict()),
    }


def _when(when: When) -> Row:
    return {"earliest": when.earliest, "latest": when.latest, "when_text": when.text, "basis": when.basis}


def _where(where: Where | None) -> Row:
    if where is None:
        return dict.fromkeys(("place_text", "place", "country", "latitude", "longitude", "geonames"))
    return {
        "place_text": where.text,
        "place": where.name,
        "country": where.country,
        "latitude": where.latitude,
        "longitude": where.longitude,
        "geonames": where.geonames,
    }


def _side(name: str, ids: Sequence[str], actors: Mapping[str, Actor]) -> Row:
    found = [actors.get(key) for key in ids]
    return {
        f"{name}s": list(ids),
        f"{name}_names": [actor.name if actor else key for key, actor in zip(ids, found, strict=True)],
        f"{name}_countries": [actor.country if actor else None for actor in found],
        f"{name}_sectors": [actor.sector if actor else None for actor in found],
    }


def _event(event: Event, actors: Mapping[str, Actor], published: date) -> Row:
    return {
        "id": event.id,
        "type": event.type,
        "mode": event.mode,
        "contexts": list(event.contexts),
        "quad": event.quad,
        "intensity": event.intensity,
        "cameo": event.cameo,
        **_side("actor", event.actors, actors),
        **_side("recipient", event.recipients, actors),
        "predicate": event.predicate.text,
        "predicate_start": event.predicate.start,
        "predicate_end": event.predicate.end,
        "sentence": event.sentence,
        "start": event.start,
        "end": event.end,
        "status": event.status,
        "day": day(event.when, published),
        **_when(event.when),
        **_where(event.where),
        "said_by": event.said_by,
        "topics": list(event.topics),
        "confidence": event.confidence,
        "why": event.why,
        "same_as": event.same_as,
    }


def pairs(event: Event) -> Iterator[tuple[str, str]]:
    """Who did it to whom, a pair each. Those who meet as equals do it to each other, as CAMEO coders have it."""
    return paired(event.actors, event.recipients)


def paired(actors: Sequence[T], recipients: Sequence[T]) -> Iterator[tuple[T, T]]:
    """Each actor with each recipient, or where there are none, with each of the other actors."""
    if recipients:
        yield from ((one, other) for one in actors for other in recipients)
    else:
        yield from ((one, other) for one in actors for other in actors if one != other)


def _dyads(event: Event, actors: Mapping[str, Actor], published: date) -> Iterator[Row]:
    seen = set()
    for one, other in pairs(event):
        doer, target = actors.get(one), actors.get(other)
        codes = (doer.country if doer else None) or one, (target.country if target else None) or other
        if codes in seen:
            continue
        seen.add(codes)
        yield {
            "event": event.id,
            "day": day(event.when, published),
            "actor": codes[0],
            "actor_id": one,
            "actor_sector": doer.sector if doer else None,
            "recipient": codes[1],
            "recipient_id": other,
            "recipient_sector": target.sector if target else None,
            "type": event.type,
            "mode": event.mode,
            "quad": event.quad,
            "cameo": event.cameo,
            "intensity": event.intensity,
            "status": event.status,
            "confidence": event.confidence,
        }


def _statement(item: Statement, actors: Mapping[str, Actor], text: str) -> Row:
    speaker = actors.get(item.speaker) if item.speaker else None
    return {
        "speaker": item.speaker,
        "speaker_name": speaker.name if speaker else None,
        "speaker_country": speaker.country if speaker else None,
        "start": item.start,
        "end": item.end,
        "quoted": item.quoted,
        "cue": item.cue.text if item.cue else None,
        "cue_start": item.cue.start if item.cue else None,
        "cue_end": item.cue.end if item.cue else None,
        "sentence": item.sentence,
        "text": text[item.start : item.end],
    }


def _step(step: Step) -> Row:
    return {
        "kind": step.kind,
        "actors": list(step.actors),
        "recipients": list(step.recipients),
        "third_parties": list(step.third_parties),
        "persons": list(step.persons),
        **_when(step.when),
        **_where(step.where),
        "status": step.status,
        "round": step.round,
        "outcome": step.outcome,
        "terms": list(step.terms),
        "said_by": step.said_by,
        "events": list(step.events),
        "evidence": [{"start": item.start, "end": item.end} for item in step.evidence],
    }


# ── and back ──


def to_article(row: Row) -> Article:
    """The article of a row of `articles`."""
    return Article(
        id=row["article"],
        external_id=row["external_id"],
        title=row["title"],
        text=row["text"],
        published=row["published"],
        source=row["source"],
        url=row["url"],
        language=row["language"],
        sentences=_spans(row["sentences"]),
    )


def to_reading(row: Row) -> Reading:
    """The whole reading of a row of `articles`, exactly as it was."""
    return Reading.from_dict({"article": to_article(row).to_dict()} | json.loads(row["records"]))


def to_event(row: Row) -> Event:
    """The event of a row of `events`."""
    return Event(
        id=row["id"],
        type=row["type"],
        mode=row["mode"],
        contexts=tuple(row["contexts"]),
        quad=row["quad"],
        intensity=row["intensity"],
        cameo=row["cameo"],
        actors=tuple(row["actors"]),
        recipients=tuple(row["recipients"]),
        predicate=TextSpan(row["predicate_start"], row["predicate_end"], row["predicate"]),
        sentence=row["sentence"],
        start=row["start"],
        end=row["end"],
        status=row["status"],
        when=_to_when(row),
        where=_to_where(row),
        said_by=row["said_by"],
        topics=tuple(row["topics"]),
        confidence=row["confidence"],
        why=row["why"],
        same_as=row["same_as"],
    )


def to_actor(row: Row) -> Actor:
    """The actor of a row of `actors`."""
    return Actor(
        id=row["id"],
        name=row["name"],
        kind=row["kind"],
        country=row["country"],
        sector=row["sector"],
        office=row["office"],
        of=row["of"],
        known=row["known"],
        mentions=_spans(row["mentions"]),
    )


def to_statement(row: Row) -> Statement:
    """The statement of a row of `statements`."""
    cue = None if row["cue"] is None else TextSpan(row["cue_start"], row["cue_end"], row["cue"])
    return Statement(row["speaker"], row["start"], row["end"], row["quoted"], cue, row["sentence"])


def to_tie(row: Row) -> Tie:
    """The tie of a row of `ties`."""
    return Tie(row["from"], row["to"], row["kind"], row["text"], row["sentence"])


def to_place(row: Row) -> Place:
    """The place of a row of `places`."""
    return Place(
        row["place_text"], row["place"], row["country"], row["latitude"], row["longitude"], row["geonames"],
        row["start"], row["end"],
    )  # fmt: skip


def to_step(row: Row) -> Step:
    """The step of a row of `steps`."""
    return Step(
        kind=row["kind"],
        actors=tuple(row["actors"]),
        recipients=tuple(row["recipients"]),
        third_parties=tuple(row["third_parties"]),
        persons=tuple(row["persons"]),
        when=_to_when(row),
        where=_to_where(row),
        status=row["status"],
        round=row["round"],
        outcome=row["outcome"],
        terms=tuple(row["terms"]),
        said_by=row["said_by"],
        events=tuple(row["events"]),
        evidence=tuple(Evidence(row["article"], item["start"], item["end"]) for item in row["evidence"]),
    )


def names(row: Row) -> Iterator[tuple[str, str]]:
    """Ids and usual names of those who take part in the event or statement of a row."""
    for side in ("actor", "recipient"):
        yield from zip(row.get(f"{side}s") or (), row.get(f"{side}_names") or (), strict=False)
    if row.get("speaker") and row.get("speaker_name"):
        yield row["speaker"], row["speaker_name"]


def _spans(items: Sequence[Mapping[str, int]]) -> tuple[Span, ...]:
    return tuple(Span(item["start"], item["end"]) for item in items)


def _to_when(row: Row) -> When:
    return When(row["earliest"], row["latest"], row["when_text"], row["basis"])


def _to_where(row: Row) -> Where | None:
    if row["place_text"] is None:
        return None
    return Where(row["place_text"], row["place"], row["country"], row["latitude"], row["longitude"], row["geonames"])
