"""Whole sentences through the whole reader: what is stated in each construction of news, and what is no event."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import pytest

import dragoman
from dragoman.records import Event

CASES = Path(__file__).parents[2] / "cases" / "event_sentences.tsv"
PUBLISHED = date(2012, 5, 16)


def cases() -> list[tuple[str, str, str]]:
    lines = [line for line in CASES.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    return [(row["construction"], row["sentence"], row["events"]) for row in csv.DictReader(lines, delimiter="\t")]


def is_told(wanted: str, events: tuple[Event, ...]) -> bool:
    left, _, right = wanted.partition(">")
    words = left.split()
    types, statuses = words[0].split(","), words[1].split(",") if len(words) > 1 else []
    return any(
        event.type in types
        and (not statuses or event.status in statuses)
        and all(any(_is_of(each, actor) for each in event.actors) for actor in words[2:])
        and all(any(_is_of(each, actor) for each in event.recipients) for actor in right.split())
        for event in events
    )


def _is_of(actor: str, wanted: str) -> bool:
    return actor == wanted or actor.startswith(f"{wanted}:")


@pytest.mark.parametrize(("construction", "sentence", "events"), cases())
def test_sentences_tell_their_events(construction: str, sentence: str, events: str) -> None:
    found = dragoman.read(sentence, published=PUBLISHED).events
    told = [(each.type, each.status, each.actors, each.recipients, each.predicate.text) for each in found]
    if events == "-":
        assert not told, construction
        return
    for wanted in events.split(";"):
        assert is_told(wanted.strip(), found), f"{construction}: {wanted.strip()} is not among {told}"


@pytest.mark.parametrize(
    ("sentence", "accuser"),
    [
        ("Georgia accused Russia of bombing Gori on Monday.", "GEO"),
        ("Chad accused Sudan of attacking its villages.", "TCD"),
        ("Armenia accused Azerbaijan of shelling Goris.", "ARM"),
    ],
)
def test_what_somebody_is_accused_of_stands_on_the_accusers_word(sentence: str, accuser: str) -> None:
    deeds = [event for event in dragoman.read(sentence, published=PUBLISHED).events if event.type == "ASSAULT"]
    assert [event.said_by for event in deeds] == [accuser]
