"""What analysts say of events: accepted, corrected or rejected, with author, time and note.

A review is a record of its own in the table `reviews` of the archive and is never changed or deleted: a new one stands
in for it. It is kept under the article and the id of the event, both of which stay the same when the article is read
again, and carries the event as it was coded then, so that it can be judged, and trained on, when the coder has moved
on.
"""

from __future__ import annotations

import dataclasses
import json
import math
import time
import uuid
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from threading import Lock
from typing import Any, Literal

import pyarrow as pa
from deltalake import DeltaTable, write_deltalake

from dragoman.errors import ArchiveError
from dragoman.records import Event, Record, Status, When, Where

Verdict = Literal["accept", "correct", "reject"]

_NAME = "reviews"
# How long, in seconds, an answer to "is there a new one?" holds: pages ask with every request.
_FRESH = 1.0
_LONGEST_NOTE = 4000
_LONGEST_NAME = 200

SCHEMA = pa.schema(
    [
        ("id", pa.string()),
        ("article", pa.string()),
        ("event", pa.string()),
        ("verdict", pa.string()),
        ("author", pa.string()),
        ("at", pa.timestamp("us", tz="UTC")),
        ("note", pa.string()),
        ("type", pa.string()),  # as it was coded: precision is counted by it
        ("published", pa.date32()),
        ("sentence", pa.string()),
        ("coded", pa.string()),  # the event of the contract, as JSON
        ("correction", pa.string()),  # a Correction, as JSON
    ]
)


@dataclass(frozen=True, slots=True)
class Correction(Record):
    """What should stand in the event instead; None where it is right as it is.

    ``place`` and ``mode`` are emptied by ``""``: "it has none" is a correction too.
    """

    type: str | None = None
    mode: str | None = None
    actors: tuple[str, ...] | None = None
    recipients: tuple[str, ...] | None = None
    earliest: date | None = None
    latest: date | None = None
    place: str | None = None
    country: str | None = None
    status: Status | None = None

    @property
    def empty(self) -> bool:
        """Whether nothing is corrected."""
        return all(getattr(self, field.name) is None for field in dataclasses.fields(self))


@dataclass(frozen=True, slots=True)
class Review(Record):
    """One analyst's word on one event. ``at`` is ISO 8601 in UTC; ``sentence`` the sentence that states the event."""

    id: str
    article: str
    event: str
    verdict: Verdict
    author: str
    at: str
    note: str | None
    published: date
    sentence: str
    coded: Event
    correction: Correction

    def applied(self, event: Event) -> Event:
        """The event with what was corrected in it; what was coded anew in the other fields stays."""
        wanted = self.correction
        values: dict[str, Any] = {
            name: value
            for name in ("type", "actors", "recipients", "status")
            if (value := getattr(wanted, name)) is not None
        }
        if wanted.mode is not None:
            values["mode"] = wanted.mode or None
        elif wanted.type is not None and wanted.type != event.type:
            values["mode"] = None  # modes belong to a type
        if wanted.type is not None and wanted.type != event.type:
            values |= _coding(wanted.type, values.get("mode"))
        if wanted.earliest is not None or wanted.latest is not None:
            first, last = wanted.earliest or wanted.latest, wanted.latest or wanted.earliest
            values["when"] = When(first, last, event.when.text, "stated")
        if wanted.place is not None:
            values["where"] = (
                Where(wanted.place, wanted.place, wanted.country or None, None, None, None) if wanted.place else None
            )
        return replace(event, **values)


def _coding(type_: str, mode: str | None) -> dict[str, Any]:
    """What follows from the type: quad category and score; the CAMEO code is not known any more."""
    from dragoman.codebook import load_codebook

    kind = load_codebook().types.get(type_)
    if kind is None:
        return {"cameo": None}
    return {"quad": kind.quad, "intensity": kind.intensity(mode), "cameo": None}


@dataclass(frozen=True, slots=True)
class Precision:
    """How often the type was right, of those reviewed, with the 95 % interval of Wilson."""

    type: str
    right: int
    reviewed: int

    @property
    def share(self) -> float:
        """Right of reviewed, 0 to 1."""
        return self.right / self.reviewed

    @property
    def interval(self) -> tuple[float, float]:
        """Between which shares the true one lies, 19 times of 20."""
        n, z = self.reviewed, 1.96
        middle = (self.share + z * z / (2 * n)) / (1 + z * z / n)
        reach = z / (1 + z * z / n) * math.sqrt(self.share * (1 - self.share) / n + z * z / (4 * n * n))
        return max(0.0, middle - reach), min(1.0, middle + reach)


def precision(reviews: Iterable[Review]) -> tuple[Precision, ...]:
    """By type as coded, from the last review of each event. A rejected event or a corrected type was wrong."""
    right: dict[str, int] = defaultdict(int)
    every: dict[str, int] = defaultdict(int)
    for review in reviews:
        every[review.coded.type] += 1
        retyped = review.correction.type not in (None, review.coded.type)
        right[review.coded.type] += review.verdict != "reject" and not retyped
    return tuple(Precision(type_, right[type_], every[type_]) for type_ in sorted(every))


class Reviews:
    """The table of reviews of one archive. Threads may share it."""

    def __init__(self, address: str | Path, options: Mapping[str, str] | None = None) -> None:
        """Args: address, options: those of the archive."""
        self._uri = f"{str(address).rstrip('/')}/{_NAME}"
        self._options = dict(options or {}) or None
        self._lock = Lock()
        self._table: DeltaTable | None = None
        self._looked = -math.inf
        self._version = -1
        self._kept: tuple[Review, ...] = ()

    @property
    def version(self) -> int:
        """Changes with every review, -1 before the first; reads what others have added."""
        self.all()
        return self._version

    def all(self) -> tuple[Review, ...]:
        """Every review, the oldest first; what another process has added is seen within a second."""
        with self._lock:
            if time.monotonic() - self._looked < _FRESH:
                return self._kept
            if self._table is None and DeltaTable.is_deltatable(self._uri, self._options):
                self._table = DeltaTable(self._uri, storage_options=self._options)
            if self._table is not None:
                self._table.update_incremental()
                if self._table.version() != self._version:
                    rows = self._table.to_pyarrow_table().to_pylist()
                    self._kept = tuple(sorted(map(_review, rows), key=lambda review: (review.at, review.id)))
                    self._version = self._table.version()
            self._looked = time.monotonic()
            return self._kept

    def latest(self) -> dict[tuple[str, str], Review]:
        """The last word on each event, by article and event."""
        return {(review.article, review.event): review for review in self.all()}

    def add(
        self,
        event: Event,
        article: str,
        published: date,
        sentence: str,
        verdict: Verdict,
        author: str,
        correction: Correction | None = None,
        note: str | None = None,
    ) -> Review:
        """Keep a review, dated now.

        Raises:
            ArchiveError: it says nothing (a correction without one), has no author, or is too long.
        """
        correction = correction or Correction()
        author = " ".join(author.split())
        if not author:
            raise ArchiveError("a review needs the name of who gives it")
        if len(author) > _LONGEST_NAME or len(note or "") > _LONGEST_NOTE:
            raise ArchiveError(f"a name has {_LONGEST_NAME} characters at most, a note {_LONGEST_NOTE}")
        if verdict == "correct" and correction.empty:
            raise ArchiveError("nothing is corrected: say what should stand there")
        if verdict != "correct" and not correction.empty:
            raise ArchiveError(f"who would {verdict} an event cannot correct it in the same breath")
        at = datetime.now(UTC)
        review = Review(
            id=uuid.uuid4().hex[:16],
            article=article,
            event=event.id,
            verdict=verdict,
            author=author,
            at=at.isoformat(),
            note=(note or "").strip() or None,
            published=published,
            sentence=sentence,
            coded=event,
            correction=correction,
        )
        row = {
            "id": review.id, "article": article, "event": event.id, "verdict": verdict, "author": author, "at": at,
            "note": review.note, "type": event.type, "published": published, "sentence": sentence,
            "coded": json.dumps(event.to_dict(), ensure_ascii=False),
            "correction": json.dumps(correction.to_dict(), ensure_ascii=False),
        }  # fmt: skip
        write_deltalake(
            self._uri,
            pa.Table.from_pylist([row], schema=SCHEMA),
            mode="append",
            storage_options=self._options,
            configuration={"delta.dataSkippingStatsColumns": "published"},
        )
        with self._lock:
            self._looked = -math.inf
        return review


def _review(row: Mapping[str, Any]) -> Review:
    return Review(
        id=row["id"],
        article=row["article"],
        event=row["event"],
        verdict=row["verdict"],
        author=row["author"],
        at=row["at"].isoformat(),
        note=row["note"],
        published=row["published"],
        sentence=row["sentence"],
        coded=Event.from_dict(json.loads(row["coded"])),
        correction=Correction.from_dict(json.loads(row["correction"])),
    )
