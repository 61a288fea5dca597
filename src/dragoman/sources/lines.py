"""The lines of a stream, none of them longer than can be held."""

from __future__ import annotations

import codecs
import io
from collections.abc import Iterator

from dragoman.errors import FormatError
from dragoman.sources.source import MEGABYTE

# A stream without a line end for so long is no table and no JSON Lines, and may never end.
_HOPELESS = 1000 * MEGABYTE


def bounded_lines(stream: io.BufferedReader, limit: int) -> Iterator[tuple[int, bytes | None]]:
    """Each line with its number from 1, and None in place of a line of more than `limit` bytes.

    UTF-16 with a byte order mark comes out as UTF-8.

    Raises:
        FormatError: the stream is damaged, or has no line ends at all.
    """
    source: io.BufferedReader | _Recoded = stream
    if stream.peek(2)[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
        source = _Recoded(stream)
    number = 0
    while line := source.readline(limit + 1):
        number += 1
        if len(line) <= limit or line.endswith(b"\n"):
            yield number, line
            continue
        passed = len(line)
        while (rest := source.readline(MEGABYTE)) and not rest.endswith(b"\n"):
            passed += len(rest)
            if passed > _HOPELESS:
                raise FormatError(f"line {number} has no end in {passed:,} bytes; the rest was not read")
        yield number, None


class _Recoded:
    """A UTF-16 stream as lines of UTF-8."""

    def __init__(self, stream: io.BufferedReader) -> None:
        self._text = io.TextIOWrapper(stream, encoding="utf-16", errors="replace", newline="\n")

    def readline(self, size: int) -> bytes:
        return self._text.readline(size).encode("utf-8", "replace")
