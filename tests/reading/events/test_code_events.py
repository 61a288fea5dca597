"""Constructions of news on hand-checked trees: who did what to whom, and whether it happened."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import spacy
from spacy.tokens import Doc

from dragoman.codebook import load_codebook
from dragoman.knowledge import load_knowledge
from dragoman.reading.actors import Actors, Mention
from dragoman.reading.events import code_events
from dragoman.records import Actor, Event

CASES = json.loads((Path(__file__).parents[2] / "cases" / "events.json").read_text(encoding="utf-8"))
PUBLISHED = date(2021, 6, 30)


@dataclass(frozen=True)
class Scene:
    doc: Doc
    actors: Actors


def scene(case: dict[str, Any]) -> Scene:
    words, lemmas, pos, tags, morphs, deps, heads, spaces = zip(*case["tokens"], strict=True)
    doc = Doc(
        spacy.blank("en").vocab,
        words=list(words),
        spaces=list(spaces),
        lemmas=list(lemmas),
        pos=list(pos),
        tags=list(tags),
        morphs=list(morphs),
        heads=list(heads),
        deps=list(deps),
    )
    mentions = [Mention(start, end, head, actor, "actor", "name") for start, end, head, actor in case["actors"]]
    records = [_record(identity) for identity in sorted({actor for *_, actor in case["actors"]})]
    return Scene(doc, Actors(records, mentions, {record.id: record for record in records}))


def _record(identity: str) -> Actor:
    country, _, sector = identity.partition(":")
    kind = "group" if sector else "country"
    return Actor(identity, identity, kind, country, sector or "GOV", None, None, True, ())


def read(case: dict[str, Any], classifier: Any = None) -> tuple[Event, ...]:
    found = scene(case)
    return code_events(
        found.doc, "a", PUBLISHED, found.actors, (), (), (), load_codebook(), load_knowledge(), classifier
    )


def summary(events: Sequence[Event]) -> Iterator[list[str]]:
    for event in events:
        roles = [",".join(event.actors), ">", *([",".join(event.recipients)] if event.recipients else [])]
        yield [event.type, event.cameo or "", event.status, *roles]


def case_named(name: str) -> dict[str, Any]:
    return next(case for case in CASES if case["name"] == name)


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_a_construction_gives_its_events(case: dict[str, Any]) -> None:
    assert list(summary(read(case))) == case["expected"]


def test_every_event_tells_frame_roles_and_condition_in_its_why() -> None:
    (event,) = read(case_named("imposed sanctions"))
    assert "verb “impose” (coerce.tsv:" in event.why
    assert "obj=@sanctions" in event.why
    assert "by TCD “Chad”" in event.why
    assert "to SDN “Sudan”" in event.why


def test_the_word_that_decides_the_status_is_in_the_why() -> None:
    (event,) = read(case_named("what was not done is negated"))
    assert "negated because of “not”" in event.why


def test_an_alleged_deed_stands_on_the_accusers_word() -> None:
    accusation, deed = read(case_named("what someone is accused of is an event of its own"))
    assert accusation.said_by is None
    assert deed.said_by == "TCD"


def test_offsets_lie_in_the_text_and_ids_are_stable() -> None:
    for case in CASES:
        for event, again in zip(read(case), read(case), strict=True):
            text = scene(case).doc.text
            assert text[event.predicate.start : event.predicate.end] == event.predicate.text
            assert 0 <= event.start < event.end <= len(text)
            assert event == again
