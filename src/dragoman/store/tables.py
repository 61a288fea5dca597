"""The Delta Lake tables of one archive, and what makes several of them change as one.

A Delta table commits by itself; a batch changes a dozen tables. So each batch first appends its rows to every table, as
a *segment* of its own that no reader looks at, and then one row to `batches`. That row is one atomic commit, and with
it the whole batch is there. A run that is killed before leaves segments without a row: nobody sees them, and `sweep`
takes them away. Readers take the list of files from the Delta logs, and leave out segments that are not committed.

Segments are a partition column, so that small ones can be rewritten into larger ones by one commit for a table
(`compact`), without readers or other writers having to wait.
"""

from __future__ import annotations

import json
import re
import time
import uuid
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.dataset as pads
import pyarrow.fs as pafs
import pyarrow.parquet as pq
from deltalake import CommitProperties, DeltaTable, WriterProperties, write_deltalake
from deltalake.exceptions import CommitFailedError, DeltaError, TableNotFoundError
from deltalake.fs import DeltaStorageHandler
from deltalake.transaction import AddAction, RemoveAction

from dragoman.errors import ArchiveError
from dragoman.store.schema import BATCHES, SCHEMA, TABLES

_MARKER = "batches"
_SEGMENT = "partition.segment"
# Rows that are gone through at once, where all of a table are.
_AT_ONCE = 100_000
# As many small segments of a level are rewritten into one of the next. One of so many bytes is left as it is: to
# rewrite it would take memory and time, and spare little.
_FAN = 32
_LARGE = 64 * 1024 * 1024
# A segment is written seconds before its batch: an older one without a batch was left by a run that was killed.
_ORPHAN_AGE = 3600.0
# zstd halves what snappy leaves of news text, and reads as fast.
_LEVEL_OF_COMPRESSION = 3
# Rows of a group, which is held in memory until it is written: fewer where a row holds a text of some kilobytes.
_GROUP, _GROUP_OF_TEXTS = 65_536, 4_096
# … and a group that is this large before it is compressed is written, however few its rows.
_MOST_BYTES = 16 * 1024 * 1024
# Minimum and maximum are of use for days alone; of a text they would be copied into the log.
_CONFIGURATION = {"delta.dataSkippingStatsColumns": "published", "delta.checkpointInterval": "50"}


@dataclass(frozen=True, slots=True)
class Batch:
    """One batch that is there: what came in together, and what made it.

    Attributes:
        sequence: its place in the order of commits, from 1.
        segment: the files that it was written to.
        kind: ``ingest``, ``reread`` or ``links``.
        replaced: how many older readings it stands in for.
    """

    sequence: int
    batch: str
    segment: str
    kind: str
    versions: str
    schema: int
    articles: int
    events: int
    problems: int
    replaced: int
    committed: datetime


class Conflict(Exception):
    """Somebody else committed a batch in between: look again, then try again."""


class Tables:
    """The tables under one address: a folder, or an object store as `deltalake` knows it (``s3://bucket/archive``)."""

    def __init__(self, address: str | Path, options: Mapping[str, str] | None = None) -> None:
        self.address, self.folder = _located(str(address))
        self.options = dict(options or {}) or None
        # Kept open, so that only what is new in a log is read; and so with the batches.
        self._open: dict[str, DeltaTable] = {}
        self._read: tuple[int, tuple[Batch, ...]] = (-1, ())

    def exists(self, name: str = _MARKER) -> bool:
        """Whether there is an archive, or a table of it.

        Raises:
            ArchiveError: the object store cannot be reached.
        """
        try:
            return bool(DeltaTable.is_deltatable(self.uri(name), self.options))
        except (OSError, DeltaError) as error:
            raise ArchiveError(f"{self.address} cannot be reached: {_said(error)}") from error

    def create(self) -> None:
        """Make an empty archive; where one is, nothing changes, so that two may begin at once.

        Raises:
            ArchiveError: the folder cannot be written, or holds something else.
        """
        if self.folder is not None and self.folder.exists() and not self.exists():
            if not self.folder.is_dir():
                raise ArchiveError(f"{self.folder} is a file, not a folder for an archive")
            strange = sorted(path.name for path in self.folder.iterdir() if path.name not in TABLES)
            if strange:
                raise ArchiveError(f"{self.folder} is no archive and is not empty: it holds {strange[0]}")
        try:
            for name, schema in TABLES.items():
                self._create(name, schema.append(pa.field("segment", pa.string())), ["segment"])
            # Last, because its being there says that the others are.
            self._create(_MARKER, BATCHES, None)
        except (OSError, DeltaError) as error:
            raise ArchiveError(f"{self.address}: no archive can be made there: {_said(error)}") from error

    def _create(self, name: str, schema: pa.Schema, partition_by: list[str] | None) -> None:
        DeltaTable.create(
            self.uri(name),
            schema=schema,
            mode="ignore",
            partition_by=partition_by,
            description=f"Dragoman archive, schema {SCHEMA}",
            configuration=_CONFIGURATION if partition_by else None,
            storage_options=self.options,
        )

    def uri(self, name: str) -> str:
        """Where a table lies."""
        return f"{self.address.rstrip('/')}/{name}"

    def table(self, name: str) -> DeltaTable:
        """A table as it is now.

        Raises:
            ArchiveError: it is not there.
        """
        if name in self._open:
            self._open[name].update_incremental()
            return self._open[name]
        try:
            self._open[name] = DeltaTable(self.uri(name), storage_options=self.options)
        except TableNotFoundError as error:
            raise ArchiveError(f"{self.address} is no archive: it has no table {name}") from error
        return self._open[name]

    # ── batches ──

    def version(self) -> int:
        """A number that changes whenever a batch comes in; cheap to ask."""
        return int(self.table(_MARKER).version())

    def batches(self) -> tuple[int, tuple[Batch, ...]]:
        """The batches that are there, in order, and the version that they were read at.

        Raises:
            ArchiveError: the archive was made by a newer Dragoman.
        """
        marker = self.table(_MARKER)
        version = int(marker.version())
        before, known = self._read
        if version != before:
            # Batches are numbered in the order of their commits, so what is new has larger numbers.
            newer = pc.field("sequence") > (known[-1].sequence if known else 0)
            rows = marker.to_pyarrow_dataset(schema=BATCHES).to_table(filter=newer).to_pylist()
            fresh = sorted((Batch(**row) for row in rows), key=lambda batch: batch.sequence)
            newest = max((batch.schema for batch in fresh), default=SCHEMA)
            if newest > SCHEMA:
                raise ArchiveError(
                    f"{self.address} has schema {newest}, and this Dragoman knows schemas up to {SCHEMA}: update it"
                )
            known = (*known, *fresh)
            self._read = (version, known)
        return version, known

    def write(self, segment: str, tables: Mapping[str, pa.Table]) -> None:
        """Append a segment to every table that it has rows for. Nobody sees it until `commit`."""
        for name, rows in tables.items():
            if not rows.num_rows:
                continue
            write_deltalake(
                self._open.get(name) or self.table(name),
                rows.append_column(pa.field("segment", pa.string()), pa.repeat(segment, rows.num_rows)),
                mode="append",
                writer_properties=_writer(name),
            )

    def commit(self, batch: Batch, version: int) -> None:
        """Let a batch be there, if nothing came in since `version`.

        Raises:
            Conflict: something came in; the caller looks whether it is the same articles.
        """
        marker = DeltaTable(self.uri(_MARKER), version=version, storage_options=self.options)
        row = {name: getattr(batch, name) for name in BATCHES.names}
        try:
            write_deltalake(
                marker,
                pa.Table.from_pylist([row], schema=BATCHES),
                mode="append",
                commit_properties=CommitProperties(max_commit_retries=0),
            )
        except CommitFailedError as error:
            raise Conflict from error

    # ── files ──

    def files(self, name: str, batches: Sequence[Batch]) -> list[tuple[str, str, int]]:
        """The files of a table that hold these batches and what was compacted: (path, segment, rows), in order."""
        committed = {batch.segment for batch in batches}
        return [
            (f"{self.uri(name)}/{unquote(row['path'])}", row[_SEGMENT], row["num_records"])
            for row in self._adds(self.table(name))
            if _level(row[_SEGMENT]) or row[_SEGMENT] in committed
        ]

    def dataset(self, name: str, batches: Sequence[Batch]) -> Any:
        """The same as an Arrow dataset, for stores that DuckDB cannot open by itself; None where there is no row."""
        committed = {batch.segment for batch in batches}
        adds = self._adds(self.table(name))
        return self._dataset(name, [row for row in adds if _level(row[_SEGMENT]) or row[_SEGMENT] in committed])

    def _dataset(self, name: str, adds: Sequence[Mapping[str, Any]]) -> Any:
        """Files as an Arrow dataset.

        Not that of `deltalake`, which hangs the statistics of the log on each file: of files that were compacted they
        are of another type, and Arrow then refuses to filter.
        """
        if not adds:
            return None
        sizes = {row["path"]: row["size_bytes"] for row in adds}
        handler = DeltaStorageHandler(self.uri(name), self.options, sizes)
        return pads.FileSystemDataset.from_paths(
            [unquote(path) for path in sizes],
            schema=TABLES[name],
            format=pads.ParquetFileFormat(
                # Column by column as it is wanted, and not a whole file before its first row.
                default_fragment_scan_options=pads.ParquetFragmentScanOptions(pre_buffer=False)
            ),
            filesystem=pafs.PyFileSystem(handler),
        )

    def rows(
        self, name: str, columns: Sequence[str], batches: Sequence[Batch], *, everything: bool = False
    ) -> Iterator[pa.Table]:
        """Some columns of the rows that came in with some batches, piece by piece.

        Args:
            everything: these are all batches that there are.
        """
        adds = self._adds(self.table(name))
        fresh = {batch.segment for batch in batches}
        wanted = [row for row in adds if row[_SEGMENT] in fresh]
        # Where their own files are gone, they were compacted into others'.
        whole = everything or len({row[_SEGMENT] for row in wanted}) < sum(_must_hold(batch, name) for batch in batches)
        if whole:
            wanted += [row for row in adds if _level(row[_SEGMENT])]
        dataset = self._dataset(name, wanted)
        if dataset is None:
            return
        chosen = None if everything or not whole else pc.field("batch").isin([batch.batch for batch in batches])
        held: list[pa.RecordBatch] = []
        for batch in dataset.to_batches(columns=list(columns), filter=chosen, batch_readahead=2, fragment_readahead=1):
            held.append(batch)
            if sum(part.num_rows for part in held) >= _AT_ONCE:
                yield pa.Table.from_batches(held)
                held = []
        if any(part.num_rows for part in held):
            yield pa.Table.from_batches(held)

    def bytes(self, batches: Sequence[Batch]) -> int:
        """How large the files are that hold these batches."""
        committed = {batch.segment for batch in batches}
        return sum(
            row["size_bytes"]
            for name in TABLES
            if self.exists(name)
            for row in self._adds(self.table(name))
            if _level(row[_SEGMENT]) or row[_SEGMENT] in committed
        )

    @staticmethod
    def _adds(table: DeltaTable) -> list[dict[str, Any]]:
        actions = pa.table(table.get_add_actions(flatten=True))
        wanted = ["path", "size_bytes", "modification_time", "num_records", _SEGMENT]
        return sorted(
            actions.select([name for name in wanted if name in actions.column_names]).to_pylist(),
            key=lambda row: str(row["path"]),
        )

    # ── care ──

    def compact(self, batches: Sequence[Batch], *, fan: int = _FAN) -> int:
        """Rewrite small segments into larger ones; gives how many files went. Safe beside readers and writers.

        Levels, as in a log-structured tree: `fan` segments of one level make one of the next, so that a row is
        rewritten a few times at most, however large the archive grows.
        """
        committed = {batch.segment for batch in batches}
        gone = 0
        for name in TABLES:
            adds: dict[str, list[dict[str, Any]]] = defaultdict(list)
            for row in self._adds(self.table(name)):
                if _level(row[_SEGMENT]) or row[_SEGMENT] in committed:
                    adds[row[_SEGMENT]].append(row)
            sizes = {segment: sum(row["size_bytes"] for row in rows) for segment, rows in adds.items()}
            levels: dict[int, list[str]] = defaultdict(list)
            for segment in sorted(adds):
                if sizes[segment] < _LARGE:
                    levels[_level(segment)].append(segment)
            for level, segments in sorted(levels.items()):
                if len(segments) >= fan:
                    for group in _groups(segments, sizes):
                        gone += self._merge(name, level + 1, [row for segment in group for row in adds[segment]])
        marker = self.table(_MARKER)
        if len(marker.file_uris()) >= fan:
            with suppress(CommitFailedError):  # a batch came in: next time
                marker.optimize.compact()
        return gone

    def _merge(self, name: str, level: int, adds: Sequence[Mapping[str, Any]]) -> int:
        """Write these files anew as one segment, in a stream; gives how many files went.

        Not by `write_deltalake`, which holds five times what it writes where it has to look for partitions.
        """
        table, merged = self.table(name), f"c{level}-{uuid.uuid4().hex[:12]}"
        batches = self._dataset(name, adds).to_batches(batch_size=_group(name), batch_readahead=1, fragment_readahead=1)
        when = time.time_ns() // 1_000_000
        gone = [RemoveAction(row["path"], False, when, row["size_bytes"], {"segment": row[_SEGMENT]}) for row in adds]
        try:
            table.create_write_transaction(
                [self._written(name, merged, _pieces(name, batches), when), *gone],
                mode="append",
                schema=TABLES[name].append(pa.field("segment", pa.string())),
                partition_by=["segment"],
            )
        except CommitFailedError:  # another process does the same work; its result is as good
            return 0
        return len(adds) - 1

    def _written(self, name: str, segment: str, pieces: Iterable[pa.Table], when: int) -> AddAction:
        """Write a file of a segment, which is none of the table's before it is committed."""
        folder = pafs.PyFileSystem(DeltaStorageHandler(self.uri(name), self.options))
        path = f"segment={segment}/part-0-{uuid.uuid4()}.zstd.parquet"
        count, days = 0, []
        with (
            folder.open_output_stream(path, compression=None) as stream,
            pq.ParquetWriter(
                stream, TABLES[name], compression="zstd", compression_level=_LEVEL_OF_COMPRESSION
            ) as writer,
        ):
            for piece in pieces:
                writer.write_table(piece)
                count += piece.num_rows
                if "published" in piece.column_names:
                    days += [day for day in pc.min_max(piece["published"]).as_py().values() if day is not None]
        stats: dict[str, Any] = {"numRecords": count}
        if days:
            stats |= {
                "minValues": {"published": min(days).isoformat()},
                "maxValues": {"published": max(days).isoformat()},
            }
        size = folder.get_file_info(path).size
        return AddAction(path, size, {"segment": segment}, when, False, json.dumps(stats))

    def sweep(self, batches: Sequence[Batch], *, age: float = _ORPHAN_AGE) -> int:
        """Take away what killed runs left: segments without a batch, older than `age` seconds; gives how many."""
        committed = {batch.segment for batch in batches}
        oldest = (time.time() - age) * 1000
        gone: set[str] = set()
        for name in TABLES:
            table = self.table(name)
            orphans = {
                row[_SEGMENT]
                for row in self._adds(table)
                if not _level(row[_SEGMENT]) and row[_SEGMENT] not in committed and row["modification_time"] <= oldest
            }
            if orphans:
                listed = ", ".join(f"'{segment}'" for segment in sorted(orphans))
                table.delete(f"segment IN ({listed})")
                gone |= orphans
        return len(gone)

    def vacuum(self, *, hours: int = 168) -> int:
        """Delete files that no table names any more, and that no reader of the last `hours` can still want."""
        return sum(len(self.table(name).vacuum(retention_hours=hours, dry_run=False)) for name in (*TABLES, _MARKER))


def _pieces(name: str, batches: Iterable[pa.RecordBatch]) -> Iterator[pa.Table]:
    """The rows in pieces that make a group of a file: of small files one batch each would be too little."""
    held: list[pa.RecordBatch] = []
    for batch in batches:
        held.append(batch)
        if sum(part.num_rows for part in held) >= _group(name) or sum(part.nbytes for part in held) >= _MOST_BYTES:
            yield pa.Table.from_batches(held)
            held = []
    if any(part.num_rows for part in held):
        yield pa.Table.from_batches(held)


def _groups(segments: Iterable[str], sizes: Mapping[str, int]) -> Iterator[list[str]]:
    """Segments to make one of, in order: as many as it takes for a large one."""
    group: list[str] = []
    for segment in segments:
        group.append(segment)
        if sum(sizes[one] for one in group) >= _LARGE:
            yield group
            group = []
    if len(group) > 1:
        yield group


def new_segment() -> str:
    """A name for the files of one attempt to write a batch."""
    return f"b-{uuid.uuid4().hex[:16]}"


def now() -> datetime:
    """The time of a commit: the one thing in an archive that the input does not decide."""
    return datetime.now(UTC)


def empty(name: str) -> pa.Table:
    """A table without rows."""
    return TABLES[name].empty_table()


def to_tables(rows: Mapping[str, Iterable[Mapping[str, Any]]]) -> dict[str, pa.Table]:
    """Rows as Arrow tables, typed as the archive's."""
    return {name: pa.Table.from_pylist(list(items), schema=TABLES[name]) for name, items in rows.items()}


def _writer(name: str) -> WriterProperties:
    return WriterProperties(
        compression="ZSTD",
        compression_level=_LEVEL_OF_COMPRESSION,
        max_row_group_size=_group(name),
    )


def _group(name: str) -> int:
    """Rows of a table that are held at once when it is written."""
    return _GROUP_OF_TEXTS if name in ("articles", "mediations") else _GROUP


def _must_hold(batch: Batch, name: str) -> bool:
    """Whether a batch must have rows in a table; asked of those two that batches count."""
    return bool({"articles": batch.articles, "problems": batch.problems}[name])


def _level(segment: str) -> int:
    """How often a segment was compacted: 0 for one as its batch wrote it."""
    found = re.match(r"c(\d+)-", segment)
    return int(found[1]) if found else 0


def _said(error: Exception) -> str:
    """What deltalake says, without the colours and arrows of its tree of causes."""
    return " ".join(re.sub(r"\x1b\[[0-9;]*m|↳", "", str(error)).split())


def _located(address: str) -> tuple[str, Path | None]:
    """The address as Delta Lake wants it, and the folder where it is one on this machine."""
    parts = urlsplit(address)
    if parts.scheme == "file":
        return address, Path(unquote(parts.path))
    if "://" in address:
        return address, None
    folder = Path(address).expanduser().absolute()
    return str(folder), folder
