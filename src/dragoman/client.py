"""An archive behind a reading room: `dragoman.open("http://…")`, asked with the same methods as a folder."""

from __future__ import annotations

import json
import os
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any, Generic, TypeVar
from urllib.parse import quote, urlencode

from dragoman.errors import ArchiveError
from dragoman.records import Actor, Event, Place, Reading, Record, Statement, Step, Tie
from dragoman.store.answers import ArticleHead, Found, Row, polars_frame

if TYPE_CHECKING:
    import pandas
    import polars
    import pyarrow

    from dragoman.mediation import Brief, Changes, MediationFile
    from dragoman.store.dealings import Dealing
    from dragoman.store.facets import Facets

T_co = TypeVar("T_co", covariant=True)
R_co = TypeVar("R_co", bound=Record, covariant=True)

_AT_ONCE = 500
_TIMEOUT = 60.0
_ARROW = "application/vnd.apache.arrow.stream"
_TOKEN = "DRAGOMAN_TOKEN"


@dataclass(frozen=True, slots=True)
class Shown:
    """An article as a reading room lists it: without its text, which `RemoteArchive.reading` has."""

    article: ArticleHead
    document: str
    batch: str
    versions: str
    events: int
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RemoteRelation(Generic[T_co]):
    """A question that is asked over the web when its answer is wanted; read page by page."""

    archive: RemoteArchive
    path: str
    parameters: Mapping[str, Any]
    convert: Callable[[Row], T_co]
    by: tuple[str, ...] = ()
    most: int | None = None
    skip: int = 0

    def order(self, *columns: str) -> RemoteRelation[T_co]:
        """In the order of these columns, ``-confidence`` for descending."""
        return replace(self, by=(*columns, *self.by))

    def limit(self, most: int, offset: int = 0) -> RemoteRelation[T_co]:
        """At most so many, after leaving out `offset`."""
        return replace(self, most=most, skip=offset)

    def count(self) -> int:
        """How many."""
        total = int(self._page(0, 1)["total"]) - self.skip
        return max(0, total if self.most is None else min(total, self.most))

    def rows(self) -> Iterator[Row]:
        """The items as the API gives them."""
        given = 0
        while self.most is None or given < self.most:
            size = _AT_ONCE if self.most is None else min(_AT_ONCE, self.most - given)
            items = self._page(self.skip + given, size)["items"]
            yield from items
            given += len(items)
            if len(items) < size:
                return

    def __iter__(self) -> Iterator[T_co]:
        return map(self.convert, self.rows())

    def list(self) -> list[T_co]:
        """All of them."""
        return list(self)

    def first(self) -> T_co | None:
        """The first one, if there is one."""
        return next(iter(replace(self, most=1 if self.most is None else min(1, self.most))), None)

    def arrow(self) -> pyarrow.Table:
        """The rows as an Arrow table, as the folder would give them.

        Raises:
            ArchiveError: pyarrow is not installed.
        """
        try:
            import pyarrow as pa
        except ImportError as error:
            raise ArchiveError("Arrow tables need pyarrow: pip install '.[tables]' in the checkout") from error
        values = {**self.parameters, "order": self.by}
        with pa.ipc.open_stream(self.archive.get(self.path, values, accept=_ARROW)) as stream:
            table = stream.read_all()
        return table.slice(self.skip, self.most) if self.most is not None or self.skip else table

    def pandas(self) -> pandas.DataFrame:
        """The rows as a pandas data frame."""
        frame: pandas.DataFrame = self.arrow().to_pandas()
        return frame

    def polars(self) -> polars.DataFrame:
        """The rows as a Polars data frame.

        Raises:
            ArchiveError: polars is not installed.
        """
        return polars_frame(self.arrow())

    def _page(self, offset: int, limit: int) -> Row:
        found: Row = self.archive.json(
            self.path, {**self.parameters, "order": self.by, "offset": offset, "limit": limit}
        )
        return found


class RemoteArchive:
    """What a reading room lets one ask. It is always the newest state; any thread may use it."""

    def __init__(self, address: str, token: str | None = None) -> None:
        """Args: address: of the reading room; token: where it asks for one, by default what DRAGOMAN_TOKEN says."""
        self.address = address.rstrip("/")
        self._token = token if token is not None else os.environ.get(_TOKEN)

    # ── the way there ──

    def get(self, path: str, parameters: Mapping[str, Any] | None = None, accept: str = "application/json") -> bytes:
        """What stands at an address of the API.

        Raises:
            ArchiveError: it cannot be reached, or refuses; the message is the room's.
        """
        pairs = [
            ("with" if name == "with_" else name, _text(item))
            for name, value in (parameters or {}).items()
            for item in (value if isinstance(value, list | tuple | set | frozenset) else (value,))
            if item is not None and item is not False
        ]
        url = f"{self.address}/api{path}" + (f"?{urlencode(pairs)}" if pairs else "")
        request = urllib.request.Request(url, headers={"Accept": accept})
        if self._token:
            request.add_unredirected_header("Authorization", f"Bearer {self._token}")
        try:
            with urllib.request.urlopen(request, timeout=_TIMEOUT) as response:
                body: bytes = response.read()
                return body
        except urllib.error.HTTPError as error:
            raise ArchiveError(f"{self.address}: {_detail(error)}") from error
        except (OSError, ValueError) as error:
            raise ArchiveError(f"{self.address} cannot be reached: {error}") from error

    def json(self, path: str, parameters: Mapping[str, Any] | None = None) -> Any:
        """The same as JSON values.

        Raises:
            ArchiveError: it cannot be reached, refuses, or what it says is no JSON.
        """
        try:
            return json.loads(self.get(path, parameters))
        except ValueError as error:
            raise ArchiveError(f"{self.address} is no reading room of Dragoman") from error

    # ── questions ──

    def articles(self, **filters: Any) -> RemoteRelation[Shown]:
        """The articles, without their texts."""
        return RemoteRelation(self, "/articles", filters, _shown)

    def events(self, **filters: Any) -> RemoteRelation[Found[Event]]:
        """Who did what to whom; filters as for a folder."""
        return RemoteRelation(self, "/events", filters, _finder(Event))

    def statements(self, **filters: Any) -> RemoteRelation[Found[Statement]]:
        """What is said, on whose word."""
        return RemoteRelation(self, "/statements", filters, _finder(Statement))

    def actors(self, **filters: Any) -> RemoteRelation[Found[Actor]]:
        """Who acts."""
        return RemoteRelation(self, "/actors", filters, _finder(Actor))

    def ties(self, **filters: Any) -> RemoteRelation[Found[Tie]]:
        """Standing relations."""
        return RemoteRelation(self, "/ties", filters, _finder(Tie))

    def places(self, **filters: Any) -> RemoteRelation[Found[Place]]:
        """Places that are meant as places."""
        return RemoteRelation(self, "/places", filters, _finder(Place))

    def steps(self, **filters: Any) -> RemoteRelation[Found[Step]]:
        """Steps as single articles tell them."""
        return RemoteRelation(self, "/steps", filters, _finder(Step))

    def counts(self, by: Sequence[str] = ("month", "dyad"), **filters: Any) -> RemoteRelation[Row]:
        """How many events."""
        return RemoteRelation(self, "/counts", {**filters, "by": list(by)}, _same)

    def facets(self, names: Sequence[str] | None = None, **filters: Any) -> Facets:
        """How a selection of events divides; names and filters as for a folder."""
        from dragoman.store.facets import Facets

        found = self.json("/facets", {**filters, "by": list(names or ())})
        counts = {
            name: tuple((each["value"], each["n"]) for each in counted) for name, counted in found["counts"].items()
        }
        return Facets(found["total"], counts)

    def dealings(self, actor: str, own: str | None = None, most: int = 14) -> list[Dealing]:
        """With whom an actor takes part in events, by year and quad category."""
        path = f"/actors/{quote(actor, safe='')}/dealings"
        found = self.json(path, {"own": own, "most": most})
        return [(row["partner"], row["year"], row["quad"], row["n"]) for row in found]

    def sql(self, question: str) -> list[Row]:
        """A SELECT over the views, at most a thousand rows of it."""
        found = self.json("/sql", {"q": question})
        return [dict(zip(found["columns"], row, strict=True)) for row in found["rows"]]

    # ── whole records ──

    def reading(self, article: str, versions: str | None = None) -> Reading:
        """All that one article says."""
        return Reading.from_dict(self.json(f"/articles/{quote(article, safe='')}", {"versions": versions}))

    def readings(self, **filters: Any) -> Iterator[Reading]:
        """All that some articles say, one request an article."""
        for shown in self.articles(**filters):
            yield self.reading(shown.article.id)

    def copies(self, article: str) -> tuple[ArticleHead, ...]:
        """Near-copies of an article."""
        return tuple(_head(row) for row in self.json(f"/articles/{quote(article, safe='')}/copies"))

    def name(self, actor: str) -> str:
        """The usual name of an actor."""
        return str(self.json(f"/actors/{quote(actor, safe='')}/name")["name"])

    # ── mediations ──

    def conflicts(self) -> tuple[str, ...]:
        """The ids of the conflicts that there is a file on."""
        return tuple(sorted(row["id"] for row in RemoteRelation(self, "/mediations", {}, _same)))

    def mediations(self, as_of: date | None = None) -> tuple[MediationFile, ...]:
        """The file on every conflict, one request a file."""
        listed = RemoteRelation(self, "/mediations", {"as_of": as_of}, _same)
        return tuple(self.mediation(row["id"], as_of) for row in listed)

    def mediation(self, id: str, as_of: date | None = None) -> MediationFile:
        """The file on one conflict."""
        from dragoman.mediation import MediationFile

        return MediationFile.from_dict(self.json(f"/mediations/{quote(id, safe='')}", {"as_of": as_of}))

    def changes(self, id: str, since: date, until: date | None = None) -> Changes:
        """What is new in a file since a day."""
        from dragoman.mediation import Changes

        path = f"/mediations/{quote(id, safe='')}/changes"
        return Changes.from_dict(self.json(path, {"since": since, "until": until}))

    def brief(self, id: str, as_of: date | None = None, since: date | None = None, steps: int | None = None) -> Brief:
        """The file as a paper with footnotes."""
        from dragoman.mediation.brief import Brief, Footnote, Line, Section

        path = f"/mediations/{quote(id, safe='')}/brief"
        found = self.json(path, {"as_of": as_of, "since": since, "steps": steps})
        return Brief(
            title=found["title"],
            summary=found["summary"],
            sections=tuple(
                Section(
                    section["heading"],
                    tuple(Line(**line | {"notes": tuple(line["notes"])}) for line in section["lines"]),
                )
                for section in found["sections"]
            ),
            footnotes=tuple(
                Footnote(**note | {"published": date.fromisoformat(note["published"])}) for note in found["footnotes"]
            ),
        )

    # ── about it ──

    def info(self) -> Row:
        """What it holds."""
        found: Row = self.json("/info")
        return found

    def refresh(self) -> bool:
        """Nothing to do: every question is asked anew."""
        return False

    def cursor(self) -> RemoteArchive:
        """Itself: any thread may ask."""
        return self


def open_remote(address: str, token: str | None = None) -> RemoteArchive:
    """The archive of a reading room.

    Raises:
        ArchiveError: nothing answers there, or it is no reading room.
    """
    archive = RemoteArchive(address, token)
    archive.info()
    return archive


def _text(value: object) -> str:
    return "true" if value is True else str(value)


def _detail(error: urllib.error.HTTPError) -> str:
    try:
        return str(json.loads(error.read(10_000))["detail"])
    except (ValueError, KeyError, TypeError, OSError):
        return f"HTTP {error.code}"


def _same(row: Row) -> Row:
    return row


def _head(row: Row) -> ArticleHead:
    return ArticleHead(**{**row, "published": date.fromisoformat(row["published"])})


def _shown(row: Row) -> Shown:
    return Shown(
        _head(row["article"]), row["document"], row["batch"], row["versions"], row["events"], tuple(row["notes"])
    )


def _finder(record: type[R_co]) -> Callable[[Row], Found[R_co]]:
    def found(row: Row) -> Found[R_co]:
        return Found(record.from_dict(row["record"]), _head(row["article"]), row["versions"], row["names"])

    return found
