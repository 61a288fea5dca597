"""An archive at one moment: which batches are there, and DuckDB views over exactly their files."""

from __future__ import annotations

import weakref
from collections.abc import Sequence
from functools import cached_property
from typing import Any

import duckdb
import pyarrow as pa

from dragoman.errors import ArchiveError
from dragoman.store.copies import Stories
from dragoman.store.facets import KEYED
from dragoman.store.memory import Memory
from dragoman.store.schema import BATCHES, SCHEMA, TABLES
from dragoman.store.tables import Batch, Tables

# Tables whose rows give way when a newer reading of the article stands in for them.
_READINGS = tuple(name for name in TABLES if name not in ("copies", "problems", "replaced"))
_TRIES = 10
_MOST_MEMORY = "1GB"


class Snapshot:
    """Views for SQL: each table as it stands (`events`), and with what was replaced since (`events_history`)."""

    def __init__(self, tables: Tables, upto: int | None = None, memory: Memory | None = None) -> None:
        """Args:
            upto: the sequence of the last batch to be seen; None for all.
            memory: where the rows of some tables are held, instead of reading their files for each question.

        Raises:
            ArchiveError: there is no archive, a newer Dragoman made it, or it never had such a batch.
        """
        self.tables = tables
        self.upto = upto
        self.memory = memory
        self.version, every = tables.batches()
        # The logs of a dozen tables are read one after another: if a batch came in meanwhile, read them again.
        for _ in range(_TRIES):
            self._files = {name: self._open(name, every) for name in TABLES}
            version, every = tables.batches()
            if version == self.version:
                break
            self.version = version
        if upto is not None and not 0 <= upto <= len(every):
            raise ArchiveError(f"there is no version {upto}; the archive has versions 0 to {len(every)}")
        self.batches = every if upto is None else tuple(batch for batch in every if batch.sequence <= upto)
        self.past = len(self.batches) < len(every)
        self._grown = any(batch.schema < SCHEMA for batch in every)
        self.schema = max((batch.schema for batch in every), default=SCHEMA)

    def _open(self, name: str, batches: Sequence[Batch]) -> Any:
        """What DuckDB reads: a list of files on this machine, or an Arrow dataset elsewhere."""
        if not self.tables.exists(name):  # a table that came with a later schema
            return None
        if self.tables.folder is None:
            return self.tables.dataset(name, batches)
        return [path for path, _, _ in self.tables.files(name, batches)]

    def connect(self, *, locked: bool = False) -> duckdb.DuckDBPyConnection:
        """A connection of its own with all views. All but locked ones share what DuckDB has read of the files.

        Args:
            locked: for questions that a user wrote: they can read the files of the archive and nothing else.
        """
        if not locked:
            connection = self._shared[0].cursor()
            self._enter(connection, self._shared[1])
            return connection
        connection = duckdb.connect()
        self._enter(connection)
        self._views(connection)
        connection.register("stories", self.stories.table())
        if self.tables.folder is not None:
            folder = str(self.tables.folder).replace("'", "''")
            connection.execute(f"SET allowed_directories = ['{folder}']")
        # A stranger's question must not take the machine: what does not fit is an error of that question.
        connection.execute(f"SET memory_limit = '{_MOST_MEMORY}'; SET max_temp_directory_size = '0B'")
        connection.execute("SET enable_external_access = false; SET lock_configuration = true")
        return connection

    @cached_property
    def _shared(self) -> tuple[duckdb.DuckDBPyConnection, str | None]:
        """The database that connections are cursors of, and the schema of the views in it."""
        if self.memory is None:
            connection, schema = duckdb.connect(), None
        else:
            connection, schema = self.memory.root.cursor(), self.memory.new_schema()
            weakref.finalize(self, self.memory.drop, schema).atexit = False
        self._enter(connection, schema)
        self._views(connection)
        listed = ", ".join(f"{column} AS {name}" for name, column in KEYED.items())
        for suffix in ("_history", ""):
            connection.execute(f"CREATE VIEW events_keyed{suffix} AS SELECT *, {listed} FROM events{suffix}")
        if self.memory is not None and self.batches:
            self.memory.take(connection, self.batches)
            for name, rows in self.memory.views(self.batches[-1].sequence):
                connection.execute(f"CREATE OR REPLACE VIEW {name} AS {rows}")
        return connection, schema

    def _enter(self, connection: duckdb.DuckDBPyConnection, schema: str | None = None) -> None:
        """What each connection needs of its own."""
        connection.execute("SET TimeZone = 'UTC'")
        # In a notebook without ipywidgets it is off, and DuckDB refuses to have it switched off.
        if connection.execute("SELECT current_setting('enable_progress_bar')").fetchall() == [(True,)]:
            connection.execute("SET enable_progress_bar = false")
        if schema is not None:
            connection.execute(f"USE {schema}")
        if self.tables.folder is None:
            for name, found in self._files.items():
                if found:
                    connection.register(f"{name}_files", found)

    def _views(self, connection: duckdb.DuckDBPyConnection) -> None:
        rows = [{name: getattr(batch, name) for name in BATCHES.names} for batch in self.batches]
        _create(connection, "batches", pa.Table.from_pylist(rows, schema=BATCHES))
        for name in TABLES:
            self._view_files(connection, name)
        for name in TABLES:
            self._view_current(connection, name)

    def _view_files(self, connection: duckdb.DuckDBPyConnection, name: str) -> None:
        found = self._files[name]
        if not found:
            _create(connection, f"{name}_files", TABLES[name].empty_table())
            source = f"{name}_files"
        elif self.tables.folder is None:
            source = f"{name}_files"
        else:
            listed = ", ".join("'" + path.replace("'", "''") + "'" for path in found)
            source = f"read_parquet([{listed}], hive_partitioning = false)"
            if self._grown:  # some of the files lack columns that came later
                _create(connection, f"{name}_none", TABLES[name].empty_table())
                source = (
                    f"(SELECT * FROM read_parquet([{listed}], hive_partitioning = false, union_by_name = true) "
                    f"UNION ALL BY NAME SELECT * FROM {name}_none)"
                )
        columns = ", ".join(f'"{column}"' for column in TABLES[name].names)
        past = " WHERE batch IN (SELECT batch FROM batches)" if self.past else ""
        connection.execute(f"CREATE VIEW {name}_history AS SELECT {columns} FROM {source}{past}")

    def _view_current(self, connection: duckdb.DuckDBPyConnection, name: str) -> None:
        current = f"CREATE VIEW {name} AS FROM {name}_history"
        if name in _READINGS and self.any_replaced:
            current = (
                f"CREATE VIEW {name} AS SELECT * FROM {name}_history AS rows WHERE NOT EXISTS (SELECT 1 FROM "
                "replaced_history AS gone WHERE gone.article = rows.article AND gone.of_batch = rows.batch)"
            )
        connection.execute(current)

    @property
    def any_replaced(self) -> bool:
        """Whether any reading gave way to a newer one: if none did, no question needs to ask."""
        return any(batch.replaced for batch in self.batches)

    @cached_property
    def stories(self) -> Stories:
        """Which articles are near-copies of each other."""
        connection = self.connect()
        try:
            return Stories.of(connection)
        finally:
            connection.close()


def _create(connection: duckdb.DuckDBPyConnection, name: str, rows: pa.Table) -> None:
    """A table of the database itself: what is registered belongs to one connection."""
    connection.register("given_rows", rows)
    connection.execute(f"CREATE TABLE {name} AS FROM given_rows")
    connection.unregister("given_rows")
