"""Where the records of a WARC archive begin and end, whatever happened to it.

warcio ends at the first bad record. Here the next one is looked for after damage, so that a bad record costs itself
alone; and no more than a record is held in memory.
"""

from __future__ import annotations

import io
import re
import zlib
from collections.abc import Iterator
from typing import IO

from dragoman.errors import FormatError
from dragoman.sources.compression import unpacked
from dragoman.sources.source import MEGABYTE, Limits

_GZIP = b"\x1f\x8b\x08"
_FIRST = b"WARC/"
_NEXT = b"WARC/1."
_PIECE = 1 << 16
_LENGTH = re.compile(rb"^content-length:[ \t]*(\d{1,18})[ \t]*\r?$", re.IGNORECASE | re.MULTILINE)
_FIELD = re.compile(rb"^WARC-[A-Za-z-]+:", re.MULTILINE)
_LONGEST_HEADER = 64_000


def records(stream: io.BufferedReader, packed: str | None, limits: Limits) -> Iterator[tuple[int, bytes | FormatError]]:
    """Each record with its place in bytes, or what is wrong with it.

    Args:
        packed: how the archive is compressed; with gzip, places are those in the compressed file.

    Raises:
        FormatError: the archive cannot be unpacked any further.
    """
    if packed == "gzip":
        return _members(stream, limits)
    return _plain(unpacked(stream, packed, limits) if packed else stream, limits)


def _members(stream: io.BufferedReader, limits: Limits) -> Iterator[tuple[int, bytes | FormatError]]:
    """The records of an archive in which each is compressed by itself, with their place in the compressed file."""
    window = _Window(stream)
    while window.fill(1):
        offset = window.offset
        try:
            record, length = _member(window, limits)
        except FormatError as error:
            if not window.next_record():
                if window.ended:
                    yield offset, error
                return
            yield offset, error
            continue
        if offset == 0 and _holds_more(record):
            rest = io.BufferedReader(_Chained(bytes(window.data), stream))
            yield from _plain(unpacked(rest, "gzip", limits), limits)
            return
        window.drop(length)
        yield offset, _broken(record) or record


def _member(window: _Window, limits: Limits) -> tuple[bytes, int]:
    """The gzip member at the start of the window, unpacked, and its length in the file."""
    most = limits.page + _LONGEST_HEADER
    unpacker = zlib.decompressobj(31)
    pieces, size, position = [], 0, 0
    while not unpacker.eof:
        window.fill(position + 1)
        piece = bytes(window.data[position : position + _PIECE])
        if not piece:
            raise FormatError("the archive breaks off within it")
        try:
            data = unpacker.decompress(piece, most + 1 - size)
        except zlib.error as error:
            raise FormatError(f"its gzip data are damaged ({error})") from error
        pieces.append(data)
        size += len(data)
        if size > most:
            window.passed = position
            raise FormatError(f"it unpacks to more than {limits.page:,} bytes, too many for a page")
        position += len(piece) - len(unpacker.unconsumed_tail) - len(unpacker.unused_data)
    return b"".join(pieces), position


def _broken(record: bytes) -> FormatError | None:
    """What is wrong with a record that was compressed by itself, so that its length can be checked."""
    if not record.startswith(_FIRST):
        return FormatError("it does not begin like a WARC record")
    header, _, body = record.partition(b"\r\n\r\n")
    length = _LENGTH.search(header + b"\r\n")
    if length is None:
        return FormatError("its header is broken, and its length unknown")
    if body[int(length[1]) :].strip(b"\r\n") or len(body) < int(length[1]):
        return FormatError("its length is not what its header says")
    return None


def _holds_more(record: bytes) -> bool:
    """Whether after the first record comes another: then the archive is compressed as a whole."""
    end = record.find(b"\r\n\r\n")
    length = _LENGTH.search(record, 0, max(end, 0) + 2)
    return end > 0 and length is not None and record[end + 4 + int(length[1]) :].lstrip(b"\r\n").startswith(_FIRST)


class _Window:
    """A stretch of a stream from a place that one may have to come back to."""

    def __init__(self, stream: IO[bytes]) -> None:
        self.data = bytearray()
        self.offset = 0
        self.ended = False
        self.passed = 0  # up to here nothing is worth another look
        self._stream = stream

    def fill(self, size: int) -> bool:
        """Read on until there are so many bytes; whether there are."""
        while len(self.data) < size and not self.ended:
            piece = self._stream.read(max(size - len(self.data), _PIECE))
            self.ended = not piece
            self.data += piece
        return len(self.data) >= size

    def drop(self, count: int) -> None:
        """Go on by so many bytes."""
        del self.data[:count]
        self.offset += count
        self.passed = 0

    def next_record(self) -> bool:
        """Go on to the next gzip member that begins like a record; whether there is one."""
        start = max(self.passed, 1)
        while True:
            at = self.data.find(_GZIP, start)
            if at >= 0:
                self.fill(at + 512)
                try:
                    if zlib.decompressobj(31).decompress(bytes(self.data[at : at + 512]), 64).startswith(_FIRST):
                        self.drop(at)
                        return True
                except zlib.error:
                    pass
                start = at + 1
                continue
            self.drop(max(len(self.data) - len(_GZIP) + 1, 0))
            start = 0
            if not self.fill(len(self.data) + 1):
                return False


class _Chained(io.RawIOBase):
    """What was read ahead, and then the rest of the stream."""

    def __init__(self, start: bytes, rest: IO[bytes]) -> None:
        self._start, self._rest = io.BytesIO(start), rest

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview, /) -> int:  # type: ignore[override]
        data = self._start.read(len(buffer)) or self._rest.read(len(buffer))
        buffer[: len(data)] = data
        return len(data)


def _plain(stream: io.BufferedReader, limits: Limits) -> Iterator[tuple[int, bytes | FormatError]]:
    """The records of a stream that is not compressed, with their place in it."""
    lines = _Unread(stream)
    while True:
        line = lines.readline()
        if not line:
            return
        if not line.strip():
            continue
        offset = lines.offset - len(line)
        if not line.startswith(_FIRST):
            yield offset, FormatError("it does not begin like a WARC record; what came up to the next was passed over")
            lines.find_record()
            continue
        header = line
        while line.strip() and len(header) < _LONGEST_HEADER:
            line = lines.readline()
            header += line
        length = _LENGTH.search(header)
        if length is None or line.strip():
            yield offset, FormatError("its header is broken, and its length unknown")
            lines.find_record()
            continue
        size = int(length[1])
        if size > limits.page:
            yield offset, FormatError(f"it has {size:,} bytes by its own word, too many for a page")
            lines.find_record(size)
            continue
        body = lines.read(size)
        tail = lines.read(4)
        if len(body) == size and (tail in (b"\r\n\r\n", b"") or tail.startswith(b"\n\n")):
            yield offset, header + body + b"\r\n\r\n"
        else:
            yield from _ends_badly(lines, offset, header, body, tail, size)


def _ends_badly(
    lines: _Unread, offset: int, header: bytes, body: bytes, tail: bytes, size: int
) -> Iterator[tuple[int, bytes | FormatError]]:
    """The record that does not end where and as it should, or what is wrong with it; the next one comes after it."""
    tail += lines.read(len(_NEXT))
    if 0 <= (body + tail).find(b"\n" + _NEXT) < size - 1:
        lines.unread(body + tail)
        yield offset, FormatError("its length is not what its header says")
        lines.find_record()
        return
    if len(body) < size:
        yield offset, FormatError("the archive breaks off within it")
        return
    lines.unread(tail)
    end = lines.offset
    between = lines.find_record()
    # Where the rest of another header follows, the beginning of the next record is lost; this one is whole.
    if between.strip() and not _FIELD.search(between):
        yield offset, FormatError("its length is not what its header says")
        return
    yield offset, header + body + b"\r\n\r\n"
    if between.strip():
        yield end, FormatError("its header is broken, and its length unknown")


class _Unread:
    """Lines of a stream, some of which can be given back."""

    def __init__(self, stream: io.BufferedReader) -> None:
        self.offset = 0
        self._stream = stream
        self._back = io.BytesIO()

    def readline(self) -> bytes:
        line = self._back.readline()
        if not line.endswith(b"\n"):
            line += self._stream.readline(MEGABYTE)
        self.offset += len(line)
        return line

    def read(self, size: int) -> bytes:
        data = self._back.read(size)
        data += self._stream.read(size - len(data))
        self.offset += len(data)
        return data

    def unread(self, data: bytes) -> None:
        self._back = io.BytesIO(data + self._back.read())
        self.offset -= len(data)

    def find_record(self, most: int | None = None) -> bytes:
        """Go on to the next line that begins a record, by no more than `most` bytes; how what is passed begins."""
        passed, beginning = 0, b""
        while (most is None or passed < most) and (line := self.readline()):
            first = line.lstrip(b"\r")  # half of a line end may be lost
            if first.startswith(_NEXT):
                self.unread(first)
                break
            passed += len(line)
            beginning += line[: _LONGEST_HEADER - len(beginning)]
        return beginning
