"""Events in the shapes that others know: PLOVER JSON, rows like POLECAT's, CAMEO dyads; and tables as CSV and Parquet.

Columns and codes are described in docs/archive.md. What those formats cannot say – that something was only planned,
denied, or told by one side – is lost in them: rows like POLECAT's and dyads are of what took place, unless asked
otherwise.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from dragoman.store.answers import Row
from dragoman.store.relation import Relation
from dragoman.store.rows import paired

if TYPE_CHECKING:
    from dragoman.store.archive import Archive

#: What took place: the default of the formats that have no word for anything else.
TOOK_PLACE = ("actual", "historical")

#: The columns of POLECAT's files, in their order (doi:10.7910/DVN/AJGVIT): scripts that read those read these.
POLECAT = (
    "Event ID", "Event Date", "Event Type", "Event Mode", "Intensity", "Quad Code", "Contexts",
    "Actor Name", "Actor Country", "Actor COW", "Primary Actor Sector", "Actor Sectors", "Actor Title",
    "Actor Name Raw", "Wikipedia Actor ID",
    "Recipient Name", "Recipient Country", "Recipient COW", "Primary Recipient Sector", "Recipient Sectors",
    "Recipient Title", "Recipient Name Raw", "Wikipedia Recipient ID",
    "Placename", "City", "District", "Province", "Country", "Latitude", "Longitude", "GeoNames ID", "Raw Placename",
    "Feature Type", "Source", "Publication Date", "Story People", "Story Organizations", "Story Locations",
    "Language", "Version",
)  # fmt: skip
CAMEO = ("date", "source", "target", "code")


def write_events(archive: Archive, format: str, target: IO[str], **filters: Any) -> int:
    """Write events as ``plover``, ``polecat`` or ``cameo``; gives how many lines.

    Args:
        filters: those of `Archive.events`.
    """
    if format != "plover" and not filters.get("status"):
        filters["status"] = TOOK_PLACE
    rows = archive.event_rows(**filters).rows()
    if format == "plover":
        return write_lines(target, (json.dumps(item, ensure_ascii=False) for item in map(plover, rows)))
    columns, make = (POLECAT, polecat) if format == "polecat" else (CAMEO, cameo)
    writer = csv.writer(target, delimiter="\t", lineterminator="\n", quoting=csv.QUOTE_MINIMAL)
    writer.writerow(columns)
    number = 0
    for line in (line for row in rows for line in make(row)):
        writer.writerow(["" if value is None else value for value in line])
        number += 1
    return number


def write_csv(relation: Relation[Any], target: IO[str], cell: Callable[[Any], str]) -> int:
    """Write rows as CSV with a head; gives how many."""
    columns = relation.columns
    writer = csv.writer(target, lineterminator="\n")
    writer.writerow(columns)
    number = 0
    for row in relation.rows():
        writer.writerow([cell(row[column]) for column in columns])
        number += 1
    return number


def write_parquet(relation: Relation[Any], path: Path) -> int:
    """Write rows as a Parquet file, streamed; gives how many."""
    import pyarrow.parquet as pq

    reader, number = relation.batches(), 0
    with pq.ParquetWriter(path, reader.schema, compression="zstd") as writer:
        for batch in reader:
            writer.write_batch(batch)
            number += batch.num_rows
    return number


def write_lines(target: IO[str], lines: Iterable[str]) -> int:
    """Write lines; gives how many."""
    number = 0
    for line in lines:
        target.write(line + "\n")
        number += 1
    return number


# PLOVER's numbers of the quad categories, and its sectors of bodies that act for no country.
_QUAD_CODES = {
    "verbal cooperation": 1,
    "material cooperation": 2,
    "verbal conflict": 3,
    "material conflict": 4,
}
_INTERNATIONAL = frozenset("IGO UNO EUR NGO IMG ISM MNC".split())


def plover(row: Row) -> dict[str, Any]:
    """An event in the fields of the PLOVER manual (2021, chapter “Data Fields”), then what we know besides.

    Those who meet as equals are all in ``actor``.
    """
    return {
        "id": row["id"],
        "date": row["day"].isoformat(),
        "actor": [_entity(item) for item in _actors(row, "actor")],
        "recipient": [_entity(item) for item in _actors(row, "recipient")],
        "event": [row["type"]],
        "mode": [] if row["mode"] is None else [row["mode"]],
        "context": row["contexts"],
        "quad_code": _QUAD_CODES[row["quad"]],
        "event_scale": row["intensity"],
        "event_text": [row["predicate"]],
        "event_loc": None
        if row["place"] is None
        else {
            "extracted_place": row["place_text"],
            "resolved_place": row["place"],
            "geonameid": row["geonames"],
            "lat": row["latitude"],
            "lon": row["longitude"],
            "country_code": row["country"],
        },
        "text_info": {"sequence": row["sentence"], "start": row["start"], "end": row["end"]},
        "cite_info": {
            "citation": row["article"],
            "url": row["url"],
            "title": row["title"],
            "language": "en",
            "publication": row["source"],
            "coder": "Dragoman",
            "version": row["versions"],
        },
        "cameo": row["cameo"],
        "status": row["status"],
        "earliest": _day(row["earliest"]),
        "latest": _day(row["latest"]),
        "published": _day(row["published"]),
        "said_by": row["said_by"],
        "topic": row["topics"],
        "confidence": row["confidence"],
        "why": row["why"],
    }


def _entity(actor: Mapping[str, Any]) -> dict[str, Any]:
    """An actor as PLOVER's object for entities; ``id`` and ``cameo`` are ours."""
    country, sector = actor["country"], actor["sector"]
    return {
        "code": country if country is not None else sector if sector in _INTERNATIONAL else None,
        "sector": None if sector == "UNK" else sector,
        "identifier_text": actor["name"],
        "id": actor["id"],
        "cameo": actor["code"],
    }


def _actors(row: Row, side: str) -> Iterator[dict[str, Any]]:
    columns = (row[f"{side}s"], row[f"{side}_names"], row[f"{side}_countries"], row[f"{side}_sectors"])
    for key, name, country, sector in zip(*columns, strict=True):
        yield {"id": key, "name": name, "country": country, "sector": sector, "code": code(key, country, sector)}


def code(actor: str, country: str | None, sector: str | None) -> str:
    """The actor as CAMEO data writes it: ``RUS`` a country itself, ``RUSMIL`` its army, ``IGONATO`` a body of none."""
    if country is not None:
        return country if actor == country or sector in (None, "UNK") else f"{country}{sector}"
    letters = "".join(letter for letter in actor.upper() if letter.isalnum())
    return letters if sector in (None, "UNK") else f"{sector}{letters}"


def polecat(row: Row) -> Iterator[tuple[Any, ...]]:
    """An event in rows like POLECAT's: one for each actor and recipient. What we do not know is empty."""
    sources, targets = [*_actors(row, "actor")], [*_actors(row, "recipient")]
    none: dict[str, Any] = dict.fromkeys(("name", "country", "sector"))
    found = [*paired(sources, targets)] or [(source, none) for source in sources]
    same = {
        "Event ID": row["id"],
        "Event Date": row["day"],
        "Event Type": row["type"],
        "Event Mode": row["mode"],
        "Intensity": row["intensity"],
        "Quad Code": row["quad"].upper(),
        "Contexts": ";".join(row["contexts"]),
        "Placename": row["place"],
        "Country": row["country"],
        "Latitude": row["latitude"],
        "Longitude": row["longitude"],
        "GeoNames ID": row["geonames"],
        "Raw Placename": row["place_text"],
        "Source": row["source"],
        "Publication Date": row["published"],
        "Language": "en",
        "Version": row["versions"],
    }
    for source, target in found:
        sides = {
            column: value
            for side, actor in (("Actor", source), ("Recipient", target))
            for column, value in (
                (f"{side} Name", actor["name"]),
                (f"{side} Country", actor["country"]),
                (f"Primary {side} Sector", actor["sector"]),
                (f"{side} Sectors", actor["sector"]),
            )
        }
        yield tuple((same | sides).get(column) for column in POLECAT)


def cameo(row: Row) -> Iterator[tuple[Any, ...]]:
    """An event as dyads: date, source, target and code, each pair once. What has no code makes none."""
    if row["cameo"] is None:
        return
    pairs = paired([*_actors(row, "actor")], [*_actors(row, "recipient")])
    for source, target in dict.fromkeys((one["code"], other["code"]) for one, other in pairs):
        yield row["day"], source, target, row["cameo"]


def _day(day: Any) -> str | None:
    return None if day is None else str(day.isoformat())
