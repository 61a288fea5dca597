"""The tables of the archive as Arrow schemas: a column is a field of the contract, under its name where it has one.

Every table has `article`, `batch` and `versions`: which article a row is from, which batch brought it in, and what made
it. `segment` is for the archive itself: the file that a row lies in (see `tables`).
"""

from __future__ import annotations

import pyarrow as pa

#: Raised with every change of the tables; `migrations` tells how an older archive is read.
SCHEMA = 1

_SPAN = pa.struct([("start", pa.int32()), ("end", pa.int32())])
_TEXTS = pa.list_(pa.string())

_ORIGIN = [("article", pa.string()), ("batch", pa.string()), ("versions", pa.string())]
# What nearly every question filters by stands beside each record, so that none needs a join with the articles.
_PUBLISHED = [*_ORIGIN, ("published", pa.date32()), ("source", pa.string())]
_ARTICLE = [*_PUBLISHED, ("title", pa.string()), ("url", pa.string())]
# A record of an article has its place in reading order, since the rows of a table have none of their own.
_RECORD = [*_ARTICLE, ("number", pa.int32())]
_WHEN = [("earliest", pa.date32()), ("latest", pa.date32()), ("when_text", pa.string()), ("basis", pa.string())]
_WHERE = [
    ("place_text", pa.string()),
    ("place", pa.string()),
    ("country", pa.string()),
    ("latitude", pa.float64()),
    ("longitude", pa.float64()),
    ("geonames", pa.int64()),
]
_PLACE_IN_TEXT = [("start", pa.int32()), ("end", pa.int32())]


def _side(name: str) -> list[tuple[str, pa.DataType]]:
    """One side of an event: ids, and for each id its usual name, country (may be null) and sector."""
    return [(f"{name}s", _TEXTS), (f"{name}_names", _TEXTS), (f"{name}_countries", _TEXTS), (f"{name}_sectors", _TEXTS)]


TABLES: dict[str, pa.Schema] = {
    "articles": pa.schema(
        [
            *_ARTICLE,
            ("external_id", pa.string()),
            ("text", pa.string()),
            ("language", pa.string()),
            ("sentences", pa.list_(_SPAN)),
            ("document", pa.string()),  # the same for all revisions of one article, see `rows.document`
            ("origin", pa.string()),  # the file, line or address that it came from
            ("notes", _TEXTS),
            ("spans", pa.list_(_SPAN)),  # what the user gave as actors: needed to read it again
            ("events", pa.int32()),
            ("bands", pa.list_(pa.int64())),  # what near-copies are found by, see `copies`
            ("records", pa.string()),  # all records but the article itself as JSON: the reading, nothing lost
        ]
    ),
    "actors": pa.schema(
        [
            *_RECORD,
            ("id", pa.string()),
            ("name", pa.string()),
            ("kind", pa.string()),
            ("country", pa.string()),
            ("sector", pa.string()),
            ("office", pa.string()),
            ("of", pa.string()),
            ("known", pa.bool_()),
            ("mentions", pa.list_(_SPAN)),
        ]
    ),
    "events": pa.schema(
        [
            *_RECORD,
            ("id", pa.string()),
            ("type", pa.string()),
            ("mode", pa.string()),
            ("contexts", _TEXTS),
            ("quad", pa.string()),
            ("intensity", pa.float64()),
            ("cameo", pa.string()),
            *_side("actor"),
            *_side("recipient"),
            ("predicate", pa.string()),
            ("predicate_start", pa.int32()),
            ("predicate_end", pa.int32()),
            ("sentence", pa.int32()),
            *_PLACE_IN_TEXT,
            ("status", pa.string()),
            ("day", pa.date32()),  # the one day that event data wants, see `rows.day`
            *_WHEN,
            *_WHERE,
            ("said_by", pa.string()),
            ("topics", _TEXTS),
            ("confidence", pa.float64()),
            ("why", pa.string()),
            ("same_as", pa.string()),
        ]
    ),
    "statements": pa.schema(
        [
            *_RECORD,
            ("speaker", pa.string()),
            ("speaker_name", pa.string()),
            ("speaker_country", pa.string()),
            *_PLACE_IN_TEXT,
            ("quoted", pa.bool_()),
            ("cue", pa.string()),
            ("cue_start", pa.int32()),
            ("cue_end", pa.int32()),
            ("sentence", pa.int32()),
            ("text", pa.string()),
        ]
    ),
    "times": pa.schema([*_RECORD, *_WHEN, *_PLACE_IN_TEXT]),
    "places": pa.schema([*_RECORD, *_WHERE, *_PLACE_IN_TEXT]),
    "ties": pa.schema(
        [
            *_RECORD,
            ("from", pa.string()),
            ("to", pa.string()),
            ("kind", pa.string()),
            ("text", pa.string()),
            ("sentence", pa.int32()),
        ]
    ),
    "mediations": pa.schema(
        [*_RECORD, ("id", pa.string()), ("parties", _TEXTS), ("mediators", _TEXTS), ("record", pa.string())]
    ),
    "steps": pa.schema(
        [
            *_RECORD,
            ("mediation", pa.string()),
            ("kind", pa.string()),
            ("actors", _TEXTS),
            ("recipients", _TEXTS),
            ("third_parties", _TEXTS),
            ("persons", _TEXTS),
            *_WHEN,
            *_WHERE,
            ("status", pa.string()),
            ("round", pa.int32()),
            ("outcome", pa.string()),
            ("terms", _TEXTS),
            ("said_by", pa.string()),
            ("events", _TEXTS),
            ("evidence", pa.list_(_SPAN)),
        ]
    ),
    # Who with whom, by country (or by id where there is none), each pair of an event once: what counts are made of.
    "dyads": pa.schema(
        [
            *_PUBLISHED,
            ("event", pa.string()),
            ("day", pa.date32()),
            ("actor", pa.string()),
            ("actor_id", pa.string()),
            ("actor_sector", pa.string()),
            ("recipient", pa.string()),
            ("recipient_id", pa.string()),
            ("recipient_sector", pa.string()),
            ("type", pa.string()),
            ("mode", pa.string()),
            ("quad", pa.string()),
            ("cameo", pa.string()),
            ("intensity", pa.float64()),
            ("status", pa.string()),
            ("confidence", pa.float64()),
        ]
    ),
    "problems": pa.schema(
        [
            *_ORIGIN,
            ("origin", pa.string()),
            ("kind", pa.string()),
            ("message", pa.string()),
            ("content", pa.string()),  # a hash of what could not be read, by which it is known when it comes again
        ]
    ),
    # Pairs of near-copies, the smaller id first: what is a pair does not depend on which of the two came in first.
    "copies": pa.schema([*_ORIGIN, ("other", pa.string()), ("likeness", pa.float64())]),
    # Readings that a newer one stands in for: (article, of_batch) gives way to (by_article, batch).
    "replaced": pa.schema([*_ORIGIN, ("of_batch", pa.string()), ("by_article", pa.string())]),
}

#: A row here, written last, is what makes a batch be there.
BATCHES = pa.schema(
    [
        ("sequence", pa.int64()),
        ("batch", pa.string()),
        ("segment", pa.string()),
        ("kind", pa.string()),  # ingest, reread or links
        ("versions", pa.string()),
        ("schema", pa.int32()),
        ("articles", pa.int64()),
        ("events", pa.int64()),
        ("problems", pa.int64()),
        ("replaced", pa.int64()),
        ("committed", pa.timestamp("us", tz="UTC")),
    ]
)
