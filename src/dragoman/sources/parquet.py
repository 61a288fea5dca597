"""Parquet files: an article a row; no more columns are read than are used, and not many rows at a time."""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO

from dragoman.errors import FormatError
from dragoman.sources.extras import extra
from dragoman.sources.source import Document, Item, Options, Origin
from dragoman.sources.tabular import NAMES

_ROWS = 64


def find_table_rows(file: IO[bytes], origin: Origin, options: Options) -> Iterator[Document | Item]:
    """The rows of a Parquet file as fields by name.

    Raises:
        FormatError: it is damaged, or lacks a column that was asked for.
    """
    with extra("pyarrow"):
        import pyarrow as pa
        from pyarrow import parquet
    number = 0
    try:
        table = parquet.ParquetFile(file)
        names = table.schema_arrow.names
        if missing := sorted(set(options.columns.values()) - set(names)):
            raise FormatError(f"there is no column “{missing[0]}”; there are {', '.join(names[:20])}")
        wanted = [name for name in names if name.lower() in NAMES or name in options.columns.values()]
        if not wanted:
            raise FormatError(f"no column of it is known; there are {', '.join(names[:20])}")
        for batch in table.iter_batches(batch_size=_ROWS, columns=wanted):
            for row in batch.to_pylist():
                number += 1
                yield Document(
                    origin.at(number, f"row {number}"), "row", {k: v for k, v in row.items() if v is not None}
                )
    except (pa.ArrowException, OSError, ValueError, LookupError, TypeError, OverflowError) as error:
        raise FormatError(f"its Parquet data are damaged after row {number}: {str(error)[:200]}") from error
