"""A question that is asked when its answer is wanted: rows as typed records, Arrow, pandas or Polars."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Generic, Protocol, TypeVar

from dragoman.errors import ArchiveError
from dragoman.store.answers import Row, polars_frame

if TYPE_CHECKING:
    import duckdb
    import pandas
    import polars
    import pyarrow

Question = tuple[str, tuple[Any, ...]]  # SQL, and its parameters


def _same(row: Row) -> Row:
    return row


T_co = TypeVar("T_co", covariant=True)
U = TypeVar("U")

_ROWS_AT_ONCE = 2048
_COLUMN = re.compile(r"-?[a-z_]+\Z")


@contextmanager
def asking() -> Iterator[None]:
    """What DuckDB has to object becomes an error of ours.

    Raises:
        ArchiveError: the question cannot be answered; the message is DuckDB's.
    """
    import duckdb

    try:
        yield
    except duckdb.Error as error:
        raise ArchiveError(str(error)) from error


class Source(Protocol):
    """What runs a question: an open archive."""

    def run(self, sql: str, parameters: Sequence[Any], *, locked: bool = False) -> duckdb.DuckDBPyRelation:
        """The answer as a DuckDB relation."""


@dataclass(frozen=True, slots=True)
class Relation(Generic[T_co]):
    """A question to an archive. Nothing is read before it is iterated, counted or turned into a table.

    Attributes:
        sql: the question, with ``?`` for each of the `parameters`.
        convert: what a row becomes when it is iterated.
        by: the order of the rows, as SQL; the same question gives the same rows in the same order.
        instead: a question with its parameters that has the same answer and is quicker, where there is one.
    """

    source: Source
    sql: str
    parameters: tuple[Any, ...]
    convert: Callable[[Row], T_co]
    by: str = ""
    most: int | None = None
    skip: int = 0
    locked: bool = False
    instead: Question | None = None

    def order(self, *columns: str) -> Relation[T_co]:
        """In the order of these columns, ``-confidence`` for descending; what was the order before decides ties.

        Raises:
            ArchiveError: that is no name of a column.
        """
        for column in columns:
            if not _COLUMN.match(column):
                raise ArchiveError(f"{column!r} is no name of a column")
        wanted = [f'"{column.lstrip("-")}"{" DESC" * column.startswith("-")} NULLS LAST' for column in columns]
        return replace(self, by=", ".join([*wanted, *([self.by] if self.by else [])]))

    def each(self, convert: Callable[[Row], U]) -> Relation[U]:
        """The same rows, made into something else when they are iterated."""
        return Relation(
            self.source, self.sql, self.parameters, convert, self.by, self.most, self.skip, self.locked, self.instead
        )

    def where(self, condition: str, *parameters: Any) -> Relation[T_co]:
        """Only rows for which this SQL holds; ``?`` stands for each of the parameters."""
        first, *quicker = (
            (f"SELECT * FROM ({sql}) WHERE {condition}", (*given, *parameters)) for sql, given in self._questions()
        )
        return replace(self, sql=first[0], parameters=first[1], instead=next(iter(quicker), None))

    def limit(self, most: int, offset: int = 0) -> Relation[T_co]:
        """At most so many rows, after leaving out `offset`."""
        return replace(self, most=most, skip=offset)

    def select(self, *columns: str) -> Relation[Row]:
        """Only these columns, as plain rows.

        Raises:
            ArchiveError: that is no name of a column.
        """
        for column in columns:
            if not _COLUMN.match(column):
                raise ArchiveError(f"{column!r} is no name of a column")
        listed = ", ".join(f'"{column}"' for column in columns)
        # The order may be by columns that are left out, so it is settled inside.
        first, *quicker = ((f"SELECT {listed} FROM ({self._whole(sql)})", given) for sql, given in self._questions())
        return Relation(self.source, *first, _same, locked=self.locked, instead=next(iter(quicker), None))

    def relation(self) -> duckdb.DuckDBPyRelation:
        """The DuckDB relation, for all that DuckDB can do with it."""
        return self.about(self._whole)

    def about(self, around: Callable[[str], str], *parameters: Any) -> duckdb.DuckDBPyRelation:
        """A question about these rows: `around` is given the SQL of them, in no order, and puts its own around it.

        Its own parameters come after those of the rows.
        """
        sql, given = self._questions()[-1]
        return self.source.run(around(sql), (*given, *parameters), locked=self.locked)

    def arrow(self) -> pyarrow.Table:
        """The rows as an Arrow table."""
        with asking():
            return self.relation().to_arrow_table()

    def batches(self) -> pyarrow.RecordBatchReader:
        """The rows as a stream of Arrow batches, for what is larger than memory."""
        return self.relation().to_arrow_reader(_ROWS_AT_ONCE)

    def pandas(self) -> pandas.DataFrame:
        """The rows as a pandas data frame.

        Raises:
            ArchiveError: pandas is not installed.
        """
        try:
            with asking():
                frame: pandas.DataFrame = self.relation().df()
            return frame
        except ImportError as error:
            raise ArchiveError("data frames need pandas: pip install '.[tables]' in the checkout") from error

    def polars(self) -> polars.DataFrame:
        """The rows as a Polars data frame.

        Raises:
            ArchiveError: polars is not installed.
        """
        return polars_frame(self.arrow())

    def count(self) -> int:
        """How many rows."""
        cut = self.most is not None or bool(self.skip)
        with asking():
            counted = self.about(lambda sql: f"SELECT count(*) FROM ({self._whole(sql) if cut else sql})")
            return int(counted.fetchall()[0][0])

    def rows(self) -> Iterator[Row]:
        """The rows as plain dictionaries, streamed: until the last one is taken, no other question can be asked.

        Few rows are taken at once, so that each can be asked about while they are gone through.
        """
        if self.most is not None and self.most <= _ROWS_AT_ONCE:
            yield from self.arrow().to_pylist()
            return
        with asking():
            for batch in self.batches():
                yield from batch.to_pylist()

    def __iter__(self) -> Iterator[T_co]:
        return map(self.convert, self.rows())

    def list(self) -> list[T_co]:
        """All of them."""
        return list(self)

    def first(self) -> T_co | None:
        """The first one, if there is one."""
        return next(iter(replace(self, most=1 if self.most is None else min(1, self.most))), None)

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of the columns."""
        return tuple(self.about(lambda sql: f"SELECT * FROM ({sql}) LIMIT 0").columns)

    def _questions(self) -> tuple[Question, ...]:
        """The question, and the quicker one."""
        return ((self.sql, self.parameters), *((self.instead,) if self.instead else ()))

    def _whole(self, sql: str) -> str:
        if self.by:
            sql = f"SELECT * FROM ({sql}) ORDER BY {self.by}"
        if self.most is not None or self.skip:
            most = "ALL" if self.most is None else str(int(self.most))
            sql = (
                f"SELECT * FROM ({sql}) LIMIT {most} OFFSET {int(self.skip)}"
                if not self.by
                else (f"{sql} LIMIT {most} OFFSET {int(self.skip)}")
            )
        return sql
