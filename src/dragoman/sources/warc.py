"""WARC archives of the web, CC-NEWS among them: an article a page that was kept.

What is in a record, HTTP included, is told by warcio. Where a record begins and ends is found here, because warcio ends
at the first bad one: after damage the next record is looked for, so that a bad record costs itself alone.
"""

from __future__ import annotations

import io
import re
import zlib
from collections.abc import Iterator
from typing import IO

from dragoman.errors import FormatError
from dragoman.sources.compression import unpacked
from dragoman.sources.extras import extra
from dragoman.sources.source import MEGABYTE, Document, Form, Hints, Item, Limits, Options, Origin

_GZIP = b"\x1f\x8b\x08"
_FIRST = b"WARC/"
_PIECE = 1 << 16
_LENGTH = re.compile(rb"^content-length:[ \t]*(\d{1,18})[ \t]*\r?$", re.IGNORECASE | re.MULTILINE)
_LONGEST_HEADER = 64_000
# Records about the crawl rather than of it.
_NO_PAGES = {"warcinfo", "request", "metadata", "continuation"}
_FORMS: dict[str, Form] = {
    "text/html": "html", "application/xhtml+xml": "html", "application/pdf": "pdf", "text/plain": "text",
}  # fmt: skip
_ENCODINGS = {"", "identity", "gzip", "x-gzip", "deflate"}


def find_records(
    stream: io.BufferedReader, packed: str | None, origin: Origin, options: Options
) -> Iterator[Document | Item]:
    """The pages of an archive, each with its address; answers that are no pages are refused.

    Args:
        packed: how the archive is compressed (see `compression`); gzip record by record, as is usual, lets a bad record
            be passed over.

    Raises:
        FormatError: the archive breaks off or cannot be unpacked any further.
    """
    with extra("warcio"):
        import warcio  # noqa: F401
    records = (
        _members(stream, options.limits) if packed == "gzip" else _unpacked_records(stream, packed, options.limits)
    )
    number = 0
    for offset, record in records:
        number += 1
        place = origin.at(number, f"record {number} at byte {offset}")
        try:
            if isinstance(record, FormatError):
                raise record
            document = _page(record, place, options.limits)
        except FormatError as error:
            yield Item.refused(place, error)
            continue
        if document is not None:
            yield document


def _page(record: bytes, place: Origin, limits: Limits) -> Document | None:
    """The page in a record, or None if it is about something else."""
    from warcio.exceptions import ArchiveLoadFailed
    from warcio.recordloader import ArcWarcRecordLoader

    try:
        loader = ArcWarcRecordLoader(verify_http=False, arc2warc=False)
        found = loader.parse_record_stream(io.BytesIO(record), known_format="warc")
        if found.rec_type in _NO_PAGES:
            return None
        if found.rec_type == "revisit":
            raise FormatError("it only says that a page was found unchanged; the page is kept elsewhere")
        headers = found.http_headers or found.rec_headers
        if found.http_headers and (status := found.http_headers.get_statuscode()) != "200":
            raise FormatError(f"the server had answered {status[:20]}")
        encoding = (headers.get_header("Content-Encoding") or "").strip().lower()
        if encoding not in _ENCODINGS:
            raise FormatError(f"its content is encoded as “{encoding[:20]}”, which cannot be read")
        kind = (headers.get_header("Content-Type") or "").lower()
        data = found.content_stream().read(limits.page + 1)
        url = found.rec_headers.get_header("WARC-Target-URI")
    except (ArchiveLoadFailed, EOFError, AttributeError, LookupError, TypeError, ValueError, zlib.error) as error:
        raise FormatError(f"it is no WARC record that can be read: {str(error)[:100]}") from error
    mime = kind.partition(";")[0].strip()
    form = _FORMS.get(mime) or ("html" if not mime and data.lstrip()[:1] == b"<" else None)
    if form is None:
        raise FormatError(f"it is “{mime[:60]}”, no page of text")
    charset = re.search(r"charset\s*=\s*[\"']?([\w:.-]{2,40})", kind)
    return Document(place, form, data, Hints(url=url, charset=charset[1] if charset else None))


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
            yield from _records(unpacked(rest, "gzip", limits), limits)
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


def _unpacked_records(
    stream: io.BufferedReader, packed: str | None, limits: Limits
) -> Iterator[tuple[int, bytes | FormatError]]:
    return _records(unpacked(stream, packed, limits) if packed else stream, limits)


def _records(stream: io.BufferedReader, limits: Limits) -> Iterator[tuple[int, bytes | FormatError]]:
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
        if len(body) < size:
            yield offset, FormatError("the archive breaks off within it")
        elif tail not in (b"\r\n\r\n", b"") and not tail.startswith(b"\n\n"):
            lines.unread(body + tail)
            yield offset, FormatError("its length is not what its header says")
            lines.find_record()
        else:
            yield offset, header + body + b"\r\n\r\n"


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

    def find_record(self, most: int | None = None) -> None:
        """Go on to the next line that begins a record, but by no more than `most` bytes."""
        passed = 0
        while (most is None or passed < most) and (line := self.readline()):
            passed += len(line)
            if line.startswith(b"WARC/1."):
                self.unread(line)
                return
