"""Data files: comma-separated values in UTF-8, their header saying what they hold.

Lines that open with ``#`` are notes (where the facts come from), several values in one field are parted by ``|``, and
whatever is wrong with a line is said with the file's name and the line's number.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from dragoman.errors import DataError

_MONTH_LENGTHS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a data file."""

    path: Path
    line: int
    values: dict[str, str]

    def __getitem__(self, column: str) -> str:
        return self.values[column]

    def many(self, column: str) -> tuple[str, ...]:
        """The values of a field that may hold several."""
        text = self.values[column]
        return tuple(part for part in text.split("|") if part) if text else ()

    def error(self, message: str) -> DataError:
        """An error that says where in which file it is."""
        return DataError(f"{self.path}:{self.line}: {message}")


@dataclass(frozen=True, slots=True)
class Table:
    """A data file with its header read and its lines still to come."""

    path: Path
    columns: tuple[str, ...]
    lines: tuple[tuple[int, list[str]], ...]

    def rows(self, columns: Sequence[str]) -> Iterator[Row]:
        """The lines as rows of these columns; columns that the file lacks are empty.

        Raises:
            DataError: a line has more or fewer fields than the header.
        """
        missing = {column: "" for column in columns if column not in self.columns}
        width = len(self.columns)
        for number, fields in self.lines:
            if len(fields) != width:
                raise DataError(f"{self.path}:{number}: {len(fields)} fields, where the header has {width}")
            yield Row(self.path, number, {**missing, **dict(zip(self.columns, fields, strict=True))})


def read_table(path: Path) -> Table:
    """Read a data file.

    Raises:
        DataError: it cannot be read, is not UTF-8, or has no header.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise DataError(f"{path}: cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise DataError(f"{path}: is not UTF-8 (byte {error.start})") from error
    header: tuple[str, ...] | None = None
    found: list[tuple[int, list[str]]] = []
    for number, line in enumerate(text.splitlines(), 1):
        if not line or line[0] == "#":
            continue
        # Few lines have quotation marks, and the others are read several times faster.
        fields = _quoted(path, number, line) if '"' in line else line.split(",")
        if header is None:
            header = tuple(field.strip() for field in fields)
        else:
            found.append((number, fields))
    if header is None:
        raise DataError(f"{path}:1: the file has no header")
    return Table(path, header, tuple(found))


def _quoted(path: Path, number: int, line: str) -> list[str]:
    try:
        return next(csv.reader([line], strict=True))
    except csv.Error as error:
        raise DataError(f"{path}:{number}: not well-formed (an open quotation mark?): {error}") from error


def first_day(text: str) -> date | None:
    """The first day of a year, a month or a day written as ``2004``, ``2004-03`` or ``2004-03-09``.

    Raises:
        ValueError: it is none of these.
    """
    if not text:
        return None
    if len(text) == 10:
        return date.fromisoformat(text)
    if len(text) == 7 and text[4] == "-":
        return date(int(text[:4]), int(text[5:]), 1)
    if len(text) == 4:
        return date(int(text), 1, 1)
    raise ValueError(f"{text!r} is no day, month or year (2004-03-09, 2004-03 or 2004)")


def last_day(text: str) -> date | None:
    """The last day of a year, a month or a day, as in `first_day`."""
    first = first_day(text)
    if first is None or len(text) == 10:
        return first
    if len(text) == 4:
        return date(first.year, 12, 31)
    leap = first.month == 2 and first.year % 4 == 0 and (first.year % 100 != 0 or first.year % 400 == 0)
    return date(first.year, first.month, _MONTH_LENGTHS[first.month - 1] + leap)
