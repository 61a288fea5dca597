"""CSV and tab-separated files: an article a row, its fields by the header."""

from __future__ import annotations

import csv
import io
from collections import deque
from collections.abc import Iterator

from dragoman.errors import FormatError
from dragoman.sources.lines import bounded_lines
from dragoman.sources.normalization import decode
from dragoman.sources.source import MEGABYTE, Document, Item, Limits, Options, Origin

_DELIMITERS = ",\t;|"
# A quotation mark left open would swallow the rest of the file; beyond so many characters it is believed to be one.
_LONGEST_FIELD = MEGABYTE
# So many bad rows on end, and the file is no table.
_HOPELESS = 1000


def find_rows(stream: io.BufferedReader, origin: Origin, options: Options) -> Iterator[Document | Item]:
    """The rows of a table as fields by name; one bad row does not stop the rest.

    What parts the fields is told by the header: comma, tab, semicolon or bar, whichever stands there most often.

    Raises:
        FormatError: there is no header, it lacks a column that was asked for, or this is no table at all.
    """
    lines = _Lines(stream, options.limits)
    header = _header(lines, options)
    bad = 0
    while (start := lines.next_number()) is not None:
        place = origin.at(start, f"line {start}")
        try:
            row = lines.row(header.delimiter)
        except FormatError as error:
            bad += 1
            yield Item.refused(place, error)
            if bad > _HOPELESS:
                raise FormatError(f"{bad:,} bad rows on end; the rest was not read") from None
            continue
        if not any(row):
            continue
        if len(row) != len(header.names):
            bad += 1
            yield Item.refused(place, FormatError(f"it has {len(row)} fields where the header has {len(header.names)}"))
            continue
        bad = 0
        yield Document(place, "row", {name: value for name, value in zip(header.names, row, strict=True) if value})


class _Header:
    def __init__(self, names: list[str], delimiter: str) -> None:
        self.names, self.delimiter = names, delimiter


def _header(lines: _Lines, options: Options) -> _Header:
    line = lines.peek()
    if line is None:
        raise FormatError("it is empty")
    delimiter = max(_DELIMITERS, key=line.count)
    names = [name.strip() for name in lines.row(delimiter)]
    if missing := sorted(set(options.columns.values()) - set(names)):
        raise FormatError(f"there is no column “{missing[0]}”; there are {', '.join(names[:20])}")
    return _Header(names, delimiter)


class _Lines:
    """The lines of a table, which can be put back when they turn out not to belong together."""

    def __init__(self, stream: io.BufferedReader, limits: Limits) -> None:
        self._source = bounded_lines(stream, limits.document)
        self._waiting: deque[tuple[int, str | None]] = deque()
        self._taken: list[tuple[int, str | None]] = []
        csv.field_size_limit(max(csv.field_size_limit(), _LONGEST_FIELD))

    def peek(self) -> str | None:
        """The line that comes next, if there is one; an empty string for one too long."""
        if not self._waiting:
            for number, data in self._source:
                self._waiting.append((number, None if data is None else decode(data)[0]))
                break
        return (self._waiting[0][1] or "") if self._waiting else None

    def next_number(self) -> int | None:
        """The number of the line that comes next, if there is one."""
        return None if self.peek() is None else self._waiting[0][0]

    def __iter__(self) -> Iterator[str]:
        while self.peek() is not None:
            self._taken.append(self._waiting.popleft())
            line = self._taken[-1][1]
            if line is None:
                raise FormatError("it is too long a line for a table; it was passed over")
            yield line

    def row(self, delimiter: str) -> list[str]:
        """The next row, over as many lines as its quotation marks say.

        Raises:
            FormatError: it is none. Its first line is passed over; those after it are still to come.
        """
        self._taken = []
        try:
            return next(csv.reader(iter(self), delimiter=delimiter, strict=True))
        except (csv.Error, FormatError) as error:
            self._waiting.extendleft(reversed(self._taken[1:]))
            if isinstance(error, FormatError):
                raise
            raise FormatError(f"it is not a row of a table: {error}") from error
