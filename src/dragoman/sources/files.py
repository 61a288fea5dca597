"""Files, folders, globs and standard input: which files there are, and what each of them is."""

from __future__ import annotations

import glob
import io
import os
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from dragoman.errors import FormatError
from dragoman.sources.compression import SUFFIXES, compression, unpacked
from dragoman.sources.csv_rows import find_rows
from dragoman.sources.feeds import find_entries, is_feed
from dragoman.sources.parquet import find_table_rows
from dragoman.sources.source import Document, Item, Kind, Options, Origin
from dragoman.sources.tabular import find_lines, find_values
from dragoman.sources.warc import find_records

STANDARD_INPUT = "-"

KINDS: dict[str, Kind] = {
    ".txt": "text", ".text": "text", ".md": "text", ".markdown": "text",
    ".html": "html", ".htm": "html", ".xhtml": "html", ".pdf": "pdf",
    ".json": "json", ".jsonl": "jsonl", ".ndjson": "jsonl", ".jsonlines": "jsonl",
    ".csv": "csv", ".tsv": "csv", ".tab": "csv", ".parquet": "parquet",
    ".rss": "feed", ".atom": "feed", ".xml": "feed", ".warc": "warc",
}  # fmt: skip
_MAGIC: dict[bytes, Kind] = {b"%PDF-": "pdf", b"PAR1": "parquet", b"WARC/": "warc"}
_NOT_NEWS = {"README", "SOURCES", "LICENSE"}
_JSON = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:\{|\[\s*\{)")
# So much of a file tells what it is.
_START = 1024
# In the head of the page that `dragoman read --output` leaves.
_PAGE = b"<title>Dragoman</title>"


def find_in_files(address: str | Path, options: Options, after: Origin | None = None) -> Iterator[Document | Item]:
    """The documents in a file, in the files of a folder or of a glob, or on standard input.

    A folder stands for the files in it that can be read, by name, folders in it included; hidden ones, links to folders
    and files of unknown kinds are passed over, and in a folder that `dragoman read --output` filled all but the
    articles. `after` leaves out what stands up to there.
    """
    if str(address) == STANDARD_INPUT:
        yield from _open(sys.stdin.buffer, Origin(STANDARD_INPUT), options, after)
        return
    path = Path(address)
    if path.is_dir():
        files = _walk(path)
    elif not path.exists() and glob.has_magic(str(address)):
        found = glob.glob(str(address), recursive=True)
        files = iter(sorted(file for file in map(Path, found) if file.is_file()))
    else:
        yield from _file(path, options, after)
        return
    none = True
    for file in files:
        none = False
        if after is not None and Path(_named(file)) < Path(after.file):
            continue
        yield from _file(file, options, after)
    if none:
        what = "in this folder" if path.is_dir() else "by this pattern"
        yield Item.refused(Origin(_named(path)), FormatError(f"there are no files {what} that can be read"))


def kind_of(name: str) -> Kind | None:
    """What a file is by its name, whether compressed or not."""
    path = Path(name.lower())
    return KINDS.get(Path(path.stem).suffix if path.suffix in SUFFIXES else path.suffix)


def _walk(folder: Path) -> Iterator[Path]:
    """By name in each folder, and so in the order of paths; a folder at a time is held in memory."""
    if _is_archive(folder):
        yield folder
        return
    if _is_output(folder):
        folder = folder / "articles"
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError:  # it may not be looked into
        yield folder
        return
    for entry in entries:
        path = folder / entry.name
        if entry.name.startswith("."):
            continue
        if entry.is_dir(follow_symlinks=False):
            yield from _walk(path)
        elif kind_of(entry.name) and path.name.split(".")[0].upper() not in _NOT_NEWS and entry.is_file():
            yield path


def _is_archive(folder: Path) -> bool:
    return (folder / "batches" / "_delta_log").is_dir()


def _is_output(folder: Path) -> bool:
    """Whether `dragoman read --output` filled the folder: its pages and tables are made of articles, and are none."""
    page = folder / "index.html"
    if not (folder / "articles").is_dir() or not (folder / "events.csv").is_file():
        return False
    try:
        with page.open("rb") as file:
            return _PAGE in file.read(_START)
    except OSError:
        return False


def _named(path: Path) -> str:
    """The path as text, even if its name is none in this system's encoding."""
    return os.fsencode(path).decode("utf-8", "backslashreplace")


def _file(path: Path, options: Options, after: Origin | None) -> Iterator[Document | Item]:
    origin = Origin(_named(path))
    if _is_archive(path):
        said = "it is an archive, whose articles have been read: ask it (--archive), or read it again (dragoman reread)"
        yield Item.refused(origin, FormatError(said))
        return
    try:
        with path.open("rb") as file:
            yield from _open(file, origin, options, after)
    except OSError as error:
        yield Item.refused(origin, FormatError(f"it cannot be opened: {error.strerror or error}"))


def _open(stream: IO[bytes], origin: Origin, options: Options, after: Origin | None) -> Iterator[Document | Item]:
    """The documents of one open file. What is damaged ends this file, not the run."""
    skip = after.record if after is not None and after.file == origin.file else -1
    last = max(skip, 0)
    none = True
    try:
        for found in contents(stream, origin, options):
            last = max(last, found.origin.record)
            none = False
            if found.origin.record > skip:
                yield found
        if none:
            raise FormatError("there is nothing in it")
    except (FormatError, OSError) as error:
        # Within a container the place of the damage is after the last record that could be had.
        lost = Origin(origin.file, last + 1, str(origin)) if last else origin
        said = error if isinstance(error, FormatError) else FormatError(f"it cannot be read: {error.strerror or error}")
        yield Item.refused(lost, said)


def contents(stream: IO[bytes], origin: Origin, options: Options) -> Iterator[Document | Item]:
    """The documents in an open file, whatever it is.

    Raises:
        FormatError: it is damaged, or more than can be read; what came before it has been given.
    """
    packed_stream: io.BufferedReader = stream if hasattr(stream, "peek") else io.BufferedReader(stream)  # type: ignore
    packed = compression(packed_stream.peek(_START)[:_START])
    kind = options.kind or kind_of(origin.file)
    if kind == "warc":
        if packed is None and origin.file.endswith(".gz") and not packed_stream.peek(_START).startswith(b"WARC/"):
            packed = "gzip"  # its first bytes are damaged
        yield from find_records(packed_stream, packed, origin, options)
        return
    plain = unpacked(packed_stream, packed, options.limits) if packed else packed_stream
    match kind or _kind_by_start(plain.peek(_START)[:_START]):
        case "jsonl":
            yield from find_lines(plain, origin, options.limits)
        case "json":
            yield from find_values(plain, origin, options.limits)
        case "csv":
            yield from find_rows(plain, origin, options)
        case "parquet":
            seekable = plain is stream and stream.seekable()
            file = stream if seekable else io.BytesIO(whole(plain, options.limits.document))
            yield from find_table_rows(file, origin, options)
        case "feed":
            yield from find_entries(whole(plain, options.limits.page), origin)
        case "warc":
            yield from find_records(plain, None, origin, options)
        case "html":
            yield Document(origin, "html", whole(plain, options.limits.page), alone=True)
        case "pdf" | "text" as form:
            yield Document(origin, form, whole(plain, options.limits.document), alone=True)


def _kind_by_start(start: bytes) -> Kind:
    """What data without a name that tells are; pages must be named as such, for any text may hold tags."""
    if _JSON.match(start):
        return "json"
    if is_feed(start):
        return "feed"
    return next((kind for magic, kind in _MAGIC.items() if start.startswith(magic)), "text")


def whole(stream: IO[bytes], limit: int) -> bytes:
    """All of a stream.

    Raises:
        FormatError: it has more than `limit` bytes.
    """
    pieces, size = [], 0
    while piece := stream.read(min(limit + 1 - size, 1 << 20)):
        pieces.append(piece)
        size += len(piece)
        if size > limit:
            raise FormatError(f"it has more than {limit:,} bytes, too many for one article")
    return b"".join(pieces)
