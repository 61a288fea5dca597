"""Events in the shapes that others know: PLOVER JSON, rows like POLECAT's, CAMEO dyads; and tables as CSV and Parquet.

Columns and codes are described in docs/archive.md. What those formats cannot say – that something was only planned,
denied, or told by one side – is lost in them: rows like POLECAT's and dyads are of what took place, unless asked
otherwise.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from dragoman.store.answers import Row
from dragoman.store.relation import Relation
from dragoman.store.rows import paired

if TYPE_CHECKING:
    from dragoman.store.archive import Archive

#: What took place: the default of the formats that have no word for anything else.
TOOK_PLACE = ("actual", "historical")

POLECAT = (
    "Event ID", "Event Date", "Event Type", "Event Mode", "Intensity", "Quad Code", "Contexts",
    "Actor Name", "Actor Country", "Primary Actor Sector", "Recipient Name", "Recipient Country",
    "Primary Recipient Sector", "Placename", "Country", "Latitude", "Longitude", "GeoNames ID", "Raw Placename",
    "Source", "Publication Date", "Language", "Version",
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


def plover(row: Row) -> dict[str, Any]:
    """An event as PLOVER's JSON has it, with what we know besides. Equals are all sources of it."""
    return {
        "id": row["id"],
        "date": row["day"].isoformat(),
        "event": row["type"],
        "mode": row["mode"],
        "context": row["contexts"],
        "source": [*_actors(row, "actor")],
        "target": [*_actors(row, "recipient")],
        "quad": row["quad"],
        "magnitude": row["intensity"],
        "cameo": row["cameo"],
        "location": None
        if row["place"] is None
        else {
            "name": row["place"],
            "text": row["place_text"],
            "country": row["country"],
            "latitude": row["latitude"],
            "longitude": row["longitude"],
            "geonameid": row["geonames"],
        },
        "status": row["status"],
        "earliest": _day(row["earliest"]),
        "latest": _day(row["latest"]),
        "said_by": row["said_by"],
        "topic": row["topics"],
        "confidence": row["confidence"],
        "text": row["predicate"],
        "textinfo": {
            "article": row["article"],
            "headline": row["title"],
            "publication": row["source"],
            "pubdate": _day(row["published"]),
            "url": row["url"],
            "start": row["start"],
            "end": row["end"],
        },
        "version": row["versions"],
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
    """An event in rows like POLECAT's: one for each actor and recipient."""
    sources, targets = [*_actors(row, "actor")], [*_actors(row, "recipient")]
    none: dict[str, Any] = dict.fromkeys(("name", "country", "sector"))
    found = [*paired(sources, targets)] or [(source, none) for source in sources]
    for source, target in found:
        yield (
            row["id"], row["day"], row["type"], row["mode"], row["intensity"], row["quad"].upper(),
            ";".join(row["contexts"]), source["name"], source["country"], source["sector"], target["name"],
            target["country"], target["sector"], row["place"], row["country"], row["latitude"], row["longitude"],
            row["geonames"], row["place_text"], row["source"], row["published"], "en", row["versions"],
        )  # fmt: skip


def cameo(row: Row) -> Iterator[tuple[Any, ...]]:
    """An event as dyads: date, source, target and code, each pair once. What has no code makes none."""
    if row["cameo"] is None:
        return
    pairs = paired([*_actors(row, "actor")], [*_actors(row, "recipient")])
    for source, target in dict.fromkeys((one["code"], other["code"]) for one, other in pairs):
        yield row["day"], source, target, row["cameo"]


def _day(day: Any) -> str | None:
    return None if day is None else str(day.isoformat())
