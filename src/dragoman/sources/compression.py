"""gzip, bzip2 and Zstandard, unpacked as a stream that knows when to stop."""

from __future__ import annotations

import bz2
import gzip
import io
import zlib
from typing import IO, TYPE_CHECKING, Protocol

from dragoman.errors import FormatError
from dragoman.sources.extras import extra
from dragoman.sources.source import MEGABYTE, Limits

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

_MAGIC = {b"\x1f\x8b": "gzip", b"BZh": "bzip2", b"\x28\xb5\x2f\xfd": "Zstandard"}
#: The endings of compressed files; what stands before them tells what is inside.
SUFFIXES = {".gz", ".bz2", ".zst", ".zstd"}

# So little is believed whatever the ratio: a short file of one repeated line is no bomb.
_HARMLESS = 16 * MEGABYTE
# Zstandard cannot be told how much to put out; a kilobyte of it unpacks to 32 MB at most.
_ZSTANDARD_PIECE = 1024


def compression(start: bytes) -> str | None:
    """How data that begin so are compressed; None if they are not."""
    return next((name for magic, name in _MAGIC.items() if start.startswith(magic)), None)


def unpacked(stream: IO[bytes], name: str, limits: Limits) -> io.BufferedReader:
    """The unpacked stream of a compressed one. Nothing is read ahead of what is asked for.

    Reading from it raises FormatError where the data are damaged, break off, or unpack to more than `limits.ratio`
    times their size (a “zip bomb”).
    """
    counted = _Counted(stream)
    inner: _Reader
    if name == "gzip":
        inner = gzip.GzipFile(fileobj=counted)
    elif name == "bzip2":
        inner = bz2.BZ2File(counted)
    else:
        inner = _Zstandard(counted)
    return io.BufferedReader(_Bounded(inner, counted, name, limits.ratio), 1 << 16)


class _Reader(Protocol):
    def read(self, size: int, /) -> bytes: ...


class _Counted(io.BufferedIOBase):
    """A stream that counts what was read from it."""

    def __init__(self, stream: IO[bytes]) -> None:
        self.count = 0
        self._stream = stream

    def readable(self) -> bool:
        return True

    def read(self, size: int | None = -1, /) -> bytes:
        data = self._stream.read(-1 if size is None else size)
        self.count += len(data)
        return data


class _Bounded(io.RawIOBase):
    """What a decompressor gives, as long as it is sane."""

    def __init__(self, inner: _Reader, source: _Counted, name: str, ratio: int) -> None:
        self._inner, self._source, self._name, self._ratio = inner, source, name, ratio
        self._given = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer, /) -> int:
        view = memoryview(buffer).cast("B")
        try:
            data = self._inner.read(len(view))
        except EOFError:
            raise FormatError(f"its {self._name} data break off; {self._given:,} bytes could be unpacked") from None
        except (OSError, zlib.error, ValueError) as error:
            raise FormatError(
                f"its {self._name} data are damaged; {self._given:,} bytes could be unpacked ({error})"
            ) from error
        self._given += len(data)
        if self._given > _HARMLESS and self._given > self._ratio * self._source.count:
            raise FormatError(
                f"it unpacks to more than {self._ratio} times its size, as no news does; it may be a bomb, "
                f"and the rest of it was not unpacked"
            )
        view[: len(data)] = data
        return len(data)


class _Zstandard:
    """Zstandard frames, one after another."""

    def __init__(self, source: _Counted) -> None:
        with extra("zstandard"):
            import zstandard
        self._make = zstandard.ZstdDecompressor().decompressobj
        self._error = zstandard.ZstdError
        self._source = source
        self._frame = self._make()
        self._begun = False
        self._rest = b""  # of the input, after a frame
        self._ready = b""

    def read(self, size: int, /) -> bytes:
        while not self._ready:
            piece = self._rest or self._source.read(_ZSTANDARD_PIECE)
            self._rest = b""
            if not piece:
                if self._begun:
                    raise EOFError
                return b""
            try:
                self._ready = self._frame.decompress(piece)
            except self._error as error:
                raise ValueError(str(error)) from error
            self._begun = not self._frame.eof
            if self._frame.eof:
                self._rest = self._frame.unused_data
                self._frame = self._make()
        data, self._ready = self._ready[:size], self._ready[size:]
        return data
