"""What most questions are about, in DuckDB's own tables: decoded once, not for each question.

Parquet is made to be kept and read through; each question decodes it anew, lists most of all. A program that answers
many questions (`dragoman serve`) holds these tables in memory instead, compressed. A row knows from which batch on it
stands and with which it gave way, so that snapshots of different moments share it: new batches are added beside those
who still ask about the state before.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from itertools import count

import duckdb

from dragoman.store import sums
from dragoman.store.facets import KEYED
from dragoman.store.queries import OF_EVENTS
from dragoman.store.schema import TABLES
from dragoman.store.tables import Batch

#: The others are asked for single articles, or hold texts. Views by name, and the tables that they show.
HELD = {"events": "events", "events_keyed": "events", "dyads": "dyads", "dyads_keyed": "dyads", "actors": "actors"}
_BESIDE: dict[str, tuple[str, ...]] = {"events_keyed": tuple(KEYED), "dyads_keyed": OF_EVENTS}
#: As many events as a laptop has room for: some 200 MB a million of them.
MOST_EVENTS = 5_000_000
_STANDS = 2**31 - 1
_AT_ONCE = 250_000


class Memory:
    """One DuckDB database in memory: the held tables, and for each snapshot a schema with its views."""

    def __init__(self) -> None:
        self.root = duckdb.connect()
        self._last = 0
        self._numbers = count(1)

    def new_schema(self) -> str:
        """A schema for the views of one snapshot."""
        name = f"snapshot{next(self._numbers)}"
        self.root.execute(f"CREATE SCHEMA {name}")
        return name

    def drop(self, schema: str) -> None:
        """The snapshot is gone."""
        with suppress(duckdb.Error):
            self.root.cursor().execute(f"DROP SCHEMA {schema} CASCADE")

    def views(self, upto: int) -> Iterator[tuple[str, str]]:
        """The views of what is held, as it was after so many batches: names, and the questions for their rows."""
        for name, source in HELD.items():
            columns = [*TABLES[source].names, *_BESIDE.get(name, ())]
            listed = ", ".join(f'"{column}"' for column in columns)
            rows = f"SELECT {listed} FROM held.{source} WHERE since_batch <= {upto}"
            yield f"{name}_history", rows
            yield name, f"{rows} AND until_batch > {upto}"
        yield from sums.views(upto)

    def take(self, connection: duckdb.DuckDBPyConnection, batches: Sequence[Batch]) -> None:
        """Add the batches that are not held yet.

        Args:
            connection: one of this database whose views ``…_history``, `batches` and `replaced_history` read the files.
            batches: those of the snapshot, in order.
        """
        fresh = [batch for batch in batches if batch.sequence > self._last]
        # Rows take ten times as much room before they are compressed, so there are never too many of them.
        some: list[Batch] = []
        for batch in fresh:
            some.append(batch)
            if batch is fresh[-1] or sum(each.events for each in some) >= _AT_ONCE:
                self._add(connection, some)
                some = []

    def _add(self, connection: duckdb.DuckDBPyConnection, fresh: Sequence[Batch]) -> None:
        wanted = "batch IN (" + ", ".join(f"'{batch.batch}'" for batch in fresh) + ")"
        # In no order, so that all cores take part; questions have one of their own.
        connection.execute("SET preserve_insertion_order = false; BEGIN")
        try:
            if not self._last:
                connection.execute("CREATE SCHEMA held")
            for name in dict.fromkeys(HELD.values()):
                self._insert(connection, name, _rows(name, wanted, self._last))
                if any(batch.replaced for batch in fresh):
                    connection.execute(
                        f"UPDATE held.{name} AS rows SET until_batch = gone.sequence FROM "
                        "(SELECT r.article, r.of_batch, CAST(min(b.sequence) AS INTEGER) AS sequence "
                        f"FROM replaced_history AS r JOIN batches AS b USING (batch) WHERE r.{wanted} GROUP BY ALL) "
                        "AS gone WHERE rows.article = gone.article AND rows.batch = gone.of_batch "
                        "AND rows.until_batch > gone.sequence"
                    )
            for name in sums.SUMS:
                self._insert(connection, name, sums.additions(name, self._last, fresh[-1].sequence))
            connection.execute("COMMIT")
        except BaseException:
            connection.execute("ROLLBACK")
            raise
        finally:
            connection.execute("SET preserve_insertion_order = true")
        self._last = fresh[-1].sequence
        with suppress(duckdb.TransactionException):  # somebody is asking: next time
            connection.execute("CHECKPOINT")  # compresses

    def _insert(self, connection: duckdb.DuckDBPyConnection, name: str, rows: str) -> None:
        connection.execute(f"INSERT INTO held.{name} {rows}" if self._last else f"CREATE TABLE held.{name} AS {rows}")


def _rows(name: str, wanted: str, after: int) -> str:
    """The rows of some batches, which come after one, with those between which they stand."""
    source = "events_keyed" if name == "events" else name
    rows = (
        f"SELECT rows.*, CAST(b.sequence AS INTEGER) AS since_batch, {_STANDS} AS until_batch "
        f"FROM {source}_history AS rows JOIN batches AS b USING (batch) WHERE rows.{wanted}"
    )
    if name != "dyads":
        return rows
    beside = ", ".join(f"e.{column}" for column in OF_EVENTS)  # of the events, which are held already
    return (
        f"SELECT rows.*, {beside} FROM ({rows}) AS rows LEFT JOIN held.events AS e ON e.article = rows.article "
        f"AND e.id = rows.event AND e.batch = rows.batch AND e.since_batch > {after}"
    )
