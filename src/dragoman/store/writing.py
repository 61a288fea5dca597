"""Batches into the archive: each as a whole or not at all, none twice, whoever else writes at the same time."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from dragoman.errors import ArchiveError
from dragoman.store.copies import link
from dragoman.store.migrations import migrate
from dragoman.store.schema import SCHEMA, TABLES
from dragoman.store.snapshot import Snapshot
from dragoman.store.tables import Batch, Conflict, Tables, empty, new_segment, now

_TRIES = 50
_LINKS = "links"


class Writer:
    """Writes batches into one archive."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables
        self._snapshot: Snapshot | None = None

    @property
    def snapshot(self) -> Snapshot:
        """The archive as it is now."""
        if self._snapshot is None or self._snapshot.version != self._tables.version():
            self._snapshot = Snapshot(self._tables)
        return self._snapshot

    def articles(self) -> Iterator[bytes]:
        """The ids of all articles, as bytes, whatever versions they were read with."""
        connection = self.snapshot.connect()
        try:
            question = connection.execute("SELECT DISTINCT unhex(article) FROM articles_history")
            while rows := question.fetchmany(10_000):
                yield from (article for (article,) in rows)
        finally:
            connection.close()

    def set_aside(self, versions: str) -> frozenset[str]:
        """Hashes of what these versions tried to read and could not, though it is an article."""
        connection = self.snapshot.connect()
        try:
            found = connection.execute(
                "SELECT DISTINCT content FROM problems WHERE versions = ? AND content IS NOT NULL", [versions]
            ).fetchall()
        finally:
            connection.close()
        return frozenset(content for (content,) in found)

    def commit(self, kind: str, versions: str, tables: Mapping[str, pa.Table]) -> Batch | None:
        """Write a batch; None where all of it is there already.

        Readings that are in the archive with these versions are left out, and so are problems that are known. Where a
        batch of somebody else comes in between, it is looked at in the same way before this one is committed: the
        result is as if one had come after the other.

        Raises:
            ArchiveError: others committed without pause, and this batch never got its turn.
        """

        def new(snapshot: Snapshot) -> dict[str, pa.Table] | None:
            wanted = self._new(snapshot, versions, tables)
            return wanted if any(rows.num_rows for rows in wanted.values()) else None

        return self._commit(kind, versions, new)

    def link(self, versions: str) -> Batch | None:
        """Find the near-copies among what came in since this was last done; None where nothing came in.

        Raises:
            ArchiveError: others committed without pause, and this batch never got its turn.
        """

        def pairs(snapshot: Snapshot) -> dict[str, pa.Table] | None:
            last = max((batch.sequence for batch in snapshot.batches if batch.kind == _LINKS), default=0)
            fresh = [b.batch for b in snapshot.batches if b.sequence > last and b.kind == "ingest" and b.articles]
            if not fresh:
                return None
            connection = snapshot.connect()
            try:
                found = link(connection, fresh, versions)
            finally:
                connection.close()
            return {"copies": pa.Table.from_pylist(found, schema=TABLES["copies"])}

        return self._commit(_LINKS, versions, pairs)

    def care(self) -> None:
        """Rewrite small files into larger ones, when enough have gathered."""
        self._tables.compact(self.snapshot.batches)
        self._snapshot = None

    def sweep(self) -> None:
        """Take away what runs left that were killed an hour ago or more."""
        self._tables.sweep(self.snapshot.batches)

    def _commit(self, kind: str, versions: str, make: Callable[[Snapshot], dict[str, pa.Table] | None]) -> Batch | None:
        written: tuple[str, str] | None = None
        for _ in range(_TRIES):
            snapshot = self.snapshot
            wanted = make(snapshot)
            if wanted is None:
                return None
            name = _name(snapshot, kind, versions, wanted)
            wanted = {table: _stamped(rows, name) for table, rows in wanted.items()}
            content = _digest(name, wanted)
            migrate(self._tables, snapshot.schema)
            if written is None or written[0] != content:
                written = (content, new_segment())
                self._tables.write(written[1], wanted)
            batch = Batch(
                sequence=len(snapshot.batches) + 1,
                batch=name,
                segment=written[1],
                kind=kind,
                versions=versions,
                schema=SCHEMA,
                articles=_count(wanted, "articles"),
                events=_count(wanted, "events"),
                problems=_count(wanted, "problems"),
                replaced=_count(wanted, "replaced"),
                committed=now(),
            )
            try:
                self._tables.commit(batch, snapshot.version)
            except Conflict:
                self._snapshot = None
                continue
            return batch
        raise ArchiveError(f"{self._tables.address}: other writers left no room for a batch in {_TRIES} tries")

    def _new(self, snapshot: Snapshot, versions: str, tables: Mapping[str, pa.Table]) -> dict[str, pa.Table]:
        """The rows that are not there yet, with those that say what they replace."""
        articles = tables.get("articles", empty("articles"))
        wanted = dict(tables)
        connection = snapshot.connect()
        try:
            if articles.num_rows:
                connection.register("incoming", articles.select(["article", "document", "versions"]))
                there = {
                    row[0]
                    for row in connection.execute(
                        "SELECT DISTINCT article FROM articles_history SEMI JOIN incoming USING (article, versions)"
                    ).fetchall()
                }
                if there:
                    gone = pa.array(sorted(there), pa.string())
                    wanted = {
                        name: rows if name == "problems" else rows.filter(pc.invert(pc.is_in(rows["article"], gone)))
                        for name, rows in wanted.items()
                    }
                wanted["replaced"] = self._replaced(connection, wanted["articles"], versions)
            if (problems := wanted.get("problems")) is not None and problems.num_rows:
                connection.register("incoming_problems", problems)
                known = {
                    tuple(row)
                    for row in connection.execute(
                        "SELECT DISTINCT origin, message FROM problems SEMI JOIN incoming_problems "
                        "USING (origin, message, versions)"
                    ).fetchall()
                }
                keep = [
                    (origin, message) not in known
                    for origin, message in zip(
                        problems["origin"].to_pylist(), problems["message"].to_pylist(), strict=True
                    )
                ]
                wanted["problems"] = problems.filter(pa.array(keep, pa.bool_()))
        finally:
            connection.close()
        return wanted

    def _replaced(self, connection: Any, articles: pa.Table, versions: str) -> pa.Table:
        """Which readings give way: older ones of the same document, in the archive or earlier in the batch."""
        connection.register("arriving", articles.select(["article", "document"]))
        current = connection.execute(
            "SELECT document, article, batch FROM articles SEMI JOIN arriving USING (document) ORDER BY ALL"
        ).fetchall()
        standing: dict[str, list[tuple[str, str | None]]] = {}
        for document, article, batch in current:
            standing.setdefault(document, []).append((article, batch))
        rows = []
        for article, document in zip(articles["article"].to_pylist(), articles["document"].to_pylist(), strict=True):
            for older, batch in standing.get(document, ()):
                rows.append({"article": older, "of_batch": batch, "by_article": article, "versions": versions})
            standing[document] = [(article, None)]
        return pa.Table.from_pylist(rows, schema=TABLES["replaced"])


def _name(snapshot: Snapshot, kind: str, versions: str, tables: Mapping[str, pa.Table]) -> str:
    """The batch's id: a hash of what is in it, so that the same input gives the same archive."""
    taken = {batch.batch for batch in snapshot.batches}
    parts = [kind, versions]
    for table in ("articles", "problems", "copies"):
        rows = tables.get(table, empty(table))
        key = {"articles": "article", "problems": "origin", "copies": "other"}[table]
        parts += [f"{table}:{value}" for value in rows[key].to_pylist()]
    salt = 0
    while True:
        name = hashlib.sha256("\n".join([*parts, str(salt)]).encode()).hexdigest()[:16]
        if name not in taken:
            return name
        salt += 1  # read again with versions that it was once read with


def _stamped(rows: pa.Table, batch: str) -> pa.Table:
    """The rows with their batch filled in; a reading replaced within the batch is one of this batch."""
    for column in ("batch", "of_batch"):
        if column in rows.column_names:
            index = rows.schema.get_field_index(column)
            filled = pc.fill_null(rows[column], batch) if rows.num_rows else rows[column]
            rows = rows.set_column(index, rows.schema.field(index), filled)
    return rows


def _digest(batch: str, tables: Mapping[str, pa.Table]) -> str:
    """What tells whether an attempt would write the same again."""
    columns = ("article", "of_batch", "origin", "other")
    marks = [
        f"{name} {column} {rows[column].to_pylist()}"
        for name, rows in sorted(tables.items())
        for column in columns
        if column in rows.column_names
    ]
    return hashlib.sha256("\n".join([batch, *marks]).encode()).hexdigest()


def _count(tables: Mapping[str, pa.Table], name: str) -> int:
    return int(tables[name].num_rows) if name in tables else 0
