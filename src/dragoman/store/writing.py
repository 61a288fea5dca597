"""Batches into the archive: each as a whole or not at all, none twice, whoever else writes at the same time."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from dragoman.errors import ArchiveError
from dragoman.store.copies import link
from dragoman.store.index import Index
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
        self._index = Index()

    @property
    def snapshot(self) -> Snapshot:
        """The archive as it is now."""
        if self._snapshot is None or self._snapshot.version != self._tables.version():
            self._snapshot = Snapshot(self._tables)
        return self._snapshot

    def articles(self) -> Iterator[pa.Array]:
        """The ids of all articles, whatever versions they were read with; of some more than once."""
        _, batches = self._tables.batches()
        for rows in self._tables.rows("articles", ["article"], batches, everything=True):
            yield rows["article"].combine_chunks()

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

        def new() -> dict[str, pa.Table] | None:
            wanted = self._new(versions, tables)
            return wanted if any(rows.num_rows for rows in wanted.values()) else None

        return self._commit(kind, versions, new)

    def link(self, versions: str) -> Batch | None:
        """Find the near-copies among what came in since this was last done; None where nothing came in.

        Raises:
            ArchiveError: others committed without pause, and this batch never got its turn.
        """

        def pairs() -> dict[str, pa.Table] | None:
            snapshot = self.snapshot
            last = max((batch.sequence for batch in snapshot.batches if batch.kind == _LINKS), default=0)
            fresh = [b.batch for b in snapshot.batches if b.sequence > last and b.kind == "ingest" and b.articles]
            if not fresh:
                return None
            return {"copies": link(snapshot, fresh, versions)}

        return self._commit(_LINKS, versions, pairs)

    def care(self) -> None:
        """Rewrite small files into larger ones, when enough have gathered."""
        self._tables.compact(self._tables.batches()[1])
        self._snapshot = None

    def sweep(self) -> None:
        """Take away what runs left that were killed an hour ago or more."""
        self._tables.sweep(self._tables.batches()[1])

    def _commit(self, kind: str, versions: str, make: Callable[[], dict[str, pa.Table] | None]) -> Batch | None:
        written: tuple[str, str] | None = None
        for _ in range(_TRIES):
            version, batches = self._tables.batches()
            wanted = make()
            if wanted is None:
                return None
            if self._snapshot is not None and self._snapshot.version > version:
                continue  # what was looked at is newer than what the batch would follow
            name = _name(batches, kind, versions, wanted)
            wanted = {table: _stamped(rows, name) for table, rows in wanted.items()}
            content = _digest(name, wanted)
            migrate(self._tables, max((batch.schema for batch in batches), default=SCHEMA))
            if written is None or written[0] != content:
                written = (content, new_segment())
                self._tables.write(written[1], wanted)
            batch = Batch(
                sequence=len(batches) + 1,
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
                self._tables.commit(batch, version)
            except Conflict:
                continue
            self._index.add(batch, wanted)
            return batch
        raise ArchiveError(f"{self._tables.address}: other writers left no room for a batch in {_TRIES} tries")

    def _new(self, versions: str, tables: Mapping[str, pa.Table]) -> dict[str, pa.Table]:
        """The rows that are not there yet, with those that say what they replace."""
        self._index.refresh(self._tables, self._tables.batches()[1])
        articles = tables.get("articles", empty("articles"))
        wanted = dict(tables)
        if articles.num_rows:
            if there := self._there(articles):
                gone = pa.array(sorted(there), pa.string())
                wanted = {
                    name: rows if name == "problems" else rows.filter(pc.invert(pc.is_in(rows["article"], gone)))
                    for name, rows in wanted.items()
                }
            wanted["replaced"] = self._replaced(wanted["articles"], versions)
        if (problems := wanted.get("problems")) is not None and problems.num_rows:
            known = self._known_problems(problems)
            keep = [
                (origin, message) not in known
                for origin, message in zip(problems["origin"].to_pylist(), problems["message"].to_pylist(), strict=True)
            ]
            wanted["problems"] = problems.filter(pa.array(keep, pa.bool_()))
        return wanted

    def _ask(self, key: str, rows: pa.Table, sql: str) -> list[tuple[Any, ...]]:
        """What the archive says to a question about those of the rows whose key it may have, as the view `asked`."""
        maybe = self._index.maybe(key, rows)
        if not maybe.any():
            return []
        connection = self.snapshot.connect()
        try:
            connection.register("asked", rows.filter(pa.array(maybe)))
            return connection.execute(sql).fetchall()
        finally:
            connection.close()

    def _there(self, articles: pa.Table) -> set[str]:
        """Articles that are there with the same versions."""
        sql = "SELECT DISTINCT article FROM articles_history SEMI JOIN asked USING (article, versions)"
        return {row[0] for row in self._ask("article", articles.select(["article", "versions"]), sql)}

    def _known_problems(self, problems: pa.Table) -> set[tuple[str, str]]:
        sql = "SELECT DISTINCT origin, message FROM problems SEMI JOIN asked USING (origin, message, versions)"
        return {
            (row[0], row[1]) for row in self._ask("problem", problems.select(["origin", "message", "versions"]), sql)
        }

    def _replaced(self, articles: pa.Table, versions: str) -> pa.Table:
        """Which readings give way: older ones of the same document, in the archive or earlier in the batch."""
        sql = "SELECT document, article, batch FROM articles SEMI JOIN asked USING (document) ORDER BY ALL"
        current = self._ask("document", articles.select(["document"]), sql)
        standing: dict[str, list[tuple[str, str | None]]] = {}
        for document, article, batch in current:
            standing.setdefault(document, []).append((article, batch))
        rows = []
        for article, document in zip(articles["article"].to_pylist(), articles["document"].to_pylist(), strict=True):
            for older, batch in standing.get(document, ()):
                rows.append({"article": older, "of_batch": batch, "by_article": article, "versions": versions})
            standing[document] = [(article, None)]
        return pa.Table.from_pylist(rows, schema=TABLES["replaced"])


def _name(batches: Sequence[Batch], kind: str, versions: str, tables: Mapping[str, pa.Table]) -> str:
    """The batch's id: a hash of what is in it, so that the same input gives the same archive."""
    taken = {batch.batch for batch in batches}
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
