"""A large archive in a moment: readings made by hand, varied, and multiplied under other ids and days.

Its texts are short and alike: it measures questions and pages, not reading, nor how well texts compress.
"""

from __future__ import annotations

import random
from datetime import date, timedelta
from pathlib import Path

import duckdb
import pyarrow as pa

from dragoman.codebook import load_codebook
from dragoman.records import (
    Actor,
    Article,
    Event,
    Evidence,
    Mediation,
    Mediator,
    Place,
    Reading,
    Span,
    Statement,
    Step,
    TextSpan,
    When,
    Where,
)
from dragoman.store.rows import Origin, rows
from dragoman.store.tables import Tables, to_tables
from dragoman.store.writing import Writer

VERSIONS = "0.1.0 generated=1"
COUNTRIES = "RUS UKR TUR USA CHN FRA DEU GBR IRN ISR EGY SAU QAT ARE SYR IRQ SDN ETH KEN ZAF COL VEN CUB NOR".split()
SOURCES = tuple(f"Gazette {number}" for number in range(9))
FIRST, DAYS = date(2000, 1, 1), 9000
_PLACES = [("Istanbul", "TUR", 41.01, 28.95), ("Geneva", "CHE", 46.20, 6.15), ("Doha", "QAT", 25.29, 51.53),
           ("Cairo", "EGY", 30.06, 31.25), ("Nairobi", "KEN", -1.28, 36.82), ("Oslo", "NOR", 59.91, 10.75)]  # fmt: skip
_PAIRS = (("RUS", "UKR"), ("ETH", "SDN"))
_STEPS = ("talks", "offer", "condition", "agreement", "breakdown", "consultation", "refusal", "proposal")
_STATUSES = ("actual", "actual", "actual", "future", "negated", "hypothetical")
_SENTENCE = "The ministers met and spoke of what was to come in the talks between their countries. "
_BASE = 500
_EVENTS_AN_ARTICLE = 10
_AT_ONCE = 20


def reading(number: int, chance: random.Random, published: date | None = None) -> Reading:
    """An article of ten sentences with an event each, between four countries and their ministers."""
    types = list(load_codebook().types.values())
    key = f"g{number:06d}"
    published = published or FIRST + timedelta(days=chance.randrange(DAYS))
    countries = chance.sample(COUNTRIES, 4)
    actors = [Actor(c, c, "country", c, "GOV", None, None, True, (Span(0, 3),)) for c in countries]
    actors += [
        Actor(f"{c.lower()}-minister-{chance.randrange(40)}", f"A minister of {c}", "person", c, "GOV", "Minister", c,
              False, (Span(4, 13),))
        for c in countries[:2]
    ]  # fmt: skip
    when = When(published, published, None, "published")
    events = []
    for n in range(_EVENTS_AN_ARTICLE):
        kind = chance.choice(types)
        start = n * len(_SENTENCE)
        where = _where(chance) if chance.random() < 0.4 else None
        # A fifth of the events is among equals, as with those who meet.
        sides = chance.sample([actor.id for actor in actors], 3)
        among = chance.random() < 0.2
        doers, targets = (tuple(sides), ()) if among else ((sides[0],), (sides[1],))
        events.append(
            Event(f"{key}-e{n}", kind.name, None, (), kind.quad, kind.score, None, doers, targets,
                  TextSpan(start + 14, start + 17, "met"), n, start, start + len(_SENTENCE) - 1,
                  chance.choice(_STATUSES), when, where, None, (), round(chance.random(), 2),  # type: ignore[arg-type]
                  f"generated as number {number}", None)
        )  # fmt: skip
    spans = tuple(Span(n * len(_SENTENCE), (n + 1) * len(_SENTENCE) - 1) for n in range(_EVENTS_AN_ARTICLE))
    statements = tuple(
        Statement(chance.choice(actors).id, spans[n].start, spans[n].end, chance.random() < 0.5, None, n)
        for n in range(0, _EVENTS_AN_ARTICLE, 3)
    )
    places = tuple(
        Place(
            e.where.text, e.where.name, e.where.country, e.where.latitude, e.where.longitude, None, e.start, e.start + 3
        )
        for e in events
        if e.where
    )
    return Reading(
        Article(key, None, f"Report {number}", _SENTENCE * _EVENTS_AN_ARTICLE, published, chance.choice(SOURCES), None,
                "en", spans),
        tuple(actors), tuple(events), statements, (), places, (), _mediations(number, key, events, chance),
    )  # fmt: skip


def _where(chance: random.Random) -> Where:
    name, country, latitude, longitude = chance.choice(_PLACES)
    return Where(name, name, country, latitude, longitude, None)


def _mediations(number: int, key: str, events: list[Event], chance: random.Random) -> tuple[Mediation, ...]:
    """Every fifth article tells of two steps."""
    if number % 5:
        return ()
    parties = _PAIRS[number // 5 % 2]
    third = chance.choice(("TUR", "QAT", "CHE", "NOR"))
    steps = tuple(
        Step(chance.choice(_STEPS), parties, (), (third,), (),  # type: ignore[arg-type]
             When(e.when.earliest, e.when.latest, None, "stated"), e.where, "actual", None, None, (), None, (),
             (Evidence(key, e.start, e.end),))
        for e in events[:2]
    )  # fmt: skip
    return (Mediation("-".join(parties), parties, (Mediator(third, ("host",)),), steps),)


def batch(readings: list[Reading]) -> dict[str, pa.Table]:
    """The tables of some readings."""
    merged: dict[str, list[dict[str, object]]] = {}
    for item in readings:
        for name, found in rows(item, Origin(item.article.id, VERSIONS)).items():
            merged.setdefault(name, []).extend(found)
    return to_tables(merged)


def make(folder: Path, events: int) -> None:
    """An archive of so many events: some readings, and copies of their rows under other ids and days.

    Mediations are those of the articles as they are, so that a file has hundreds of steps, as large ones do.
    """
    chance = random.Random(7)
    tables = batch([reading(n, chance) for n in range(_BASE)])
    store = Tables(folder)
    store.create()
    writer = Writer(store)
    copies = max(1, events // (_BASE * _EVENTS_AN_ARTICLE))
    for first in range(0, copies, _AT_ONCE):
        grown = {}
        with duckdb.connect() as connection:
            for name, table in tables.items():
                if name in ("mediations", "steps"):
                    if not first:
                        grown[name] = table
                    continue
                connection.register("base", table)
                own = [f"{c} || '-' || k AS {c}" for c in ("article", "event", "document") if c in table.column_names]
                own += ["id || '-' || k AS id"] if name == "events" else []
                own += [
                    f"{c} + CAST(k % 300 AS INTEGER) AS {c}" for c in ("published", "day") if c in table.column_names
                ]
                sql = (
                    f"SELECT * REPLACE ({', '.join(own)}) FROM base, "
                    f"range({first}, {min(first + _AT_ONCE, copies)}) AS numbers(k)"
                )
                found = connection.sql(sql).to_arrow_table()
                grown[name] = found.select(table.column_names).cast(table.schema)
        if not first:
            grown["articles"] = pa.concat_tables([grown["articles"], tables["articles"]])
        writer.commit("ingest", VERSIONS, grown)
