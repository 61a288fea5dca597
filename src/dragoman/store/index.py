"""What an archive has, for whoever writes it: is this article, this document, this problem there already?

A batch must know before it is committed, and asking the tables costs a scan that grows with the archive. So a writer
reads the columns once, when it begins, and holds a hash of eight bytes for each value; after that it takes up only what
comes in. A hash that is there is no more than a hint: the tables are asked, exactly, about those few.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import duckdb
import numpy as np
import numpy.typing as npt
import pyarrow as pa

from dragoman.store.tables import Batch, Tables

Hashes = npt.NDArray[np.uint64]

#: What is looked up: the table, and the columns that make a key.
KEYS: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "article": ("articles", ("article", "versions")),
    "document": ("articles", ("document",)),
    "problem": ("problems", ("origin", "message", "versions")),
}
# So many hashes are held as a set before they are sorted in among the others.
_LOOSE = 100_000


class Index:
    """The keys of an archive up to a batch. It is for one process and is never written."""

    def __init__(self) -> None:
        self._sequence = 0
        self._sorted: dict[str, Hashes] = {key: np.empty(0, np.uint64) for key in KEYS}
        self._loose: dict[str, set[int]] = {key: set() for key in KEYS}
        # DuckDB hashes columns of text at once; its hash may change with its version, and need not last here.
        self._hashing = duckdb.connect()

    def refresh(self, tables: Tables, batches: Sequence[Batch]) -> None:
        """Take up the batches that came in since: all at first."""
        fresh = batches[self._sequence :]
        if not fresh:
            return
        for table in dict.fromkeys(table for table, _ in KEYS.values()):
            keys = {key: columns for key, (name, columns) in KEYS.items() if name == table}
            wanted = sorted({column for columns in keys.values() for column in columns})
            parts: dict[str, list[Hashes]] = {key: [] for key in keys}
            for rows in tables.rows(table, wanted, fresh, everything=self._sequence == 0):
                for key, columns in keys.items():
                    parts[key].append(self._hashes(rows, columns))
            for key, found in parts.items():
                self._sort_in(key, found)
        self._sequence = batches[-1].sequence

    def add(self, batch: Batch, tables: Mapping[str, pa.Table]) -> None:
        """Take up a batch that was just committed, without reading it back."""
        if batch.sequence != self._sequence + 1:
            return  # another came in between: `refresh` reads both
        for key, (table, columns) in KEYS.items():
            rows = tables.get(table)
            if rows is not None and rows.num_rows:
                self._loose[key].update(self._hashes(rows, columns).tolist())
                if len(self._loose[key]) > _LOOSE:
                    self._sort_in(key, [])
        self._sequence = batch.sequence

    def maybe(self, key: str, rows: pa.Table) -> Any:
        """For each row whether its key may be there; where it says no, it is not. *Shape:* (rows,)."""
        hashes = self._hashes(rows, KEYS[key][1])
        known = self._sorted[key]
        places = np.searchsorted(known, hashes)
        found = np.zeros(len(hashes), bool)
        inside = places < len(known)
        found[inside] = known[places[inside]] == hashes[inside]
        loose = self._loose[key]
        return found | np.fromiter((value in loose for value in hashes.tolist()), bool, len(hashes))

    def _sort_in(self, key: str, parts: list[Hashes]) -> None:
        loose = np.fromiter(self._loose[key], np.uint64, len(self._loose[key]))
        self._loose[key] = set()
        whole = np.concatenate([self._sorted[key], loose, *parts])
        whole.sort()
        self._sorted[key] = whole

    def _hashes(self, rows: pa.Table, columns: Sequence[str]) -> Hashes:
        self._hashing.register("given", rows.select(list(columns)))
        try:
            found = self._hashing.execute(f"SELECT hash({', '.join(columns)}) AS key FROM given").fetchnumpy()
        finally:
            self._hashing.unregister("given")
        return np.asarray(found["key"], np.uint64)
