"""Files, folders and standard input: which article lies where."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

from dragoman.errors import ArticleError, FormatError
from dragoman.sources.article import MAX_CHARACTERS, RawArticle, Refusal
from dragoman.sources.tabular import read_json, read_json_lines
from dragoman.sources.text import read_text

STANDARD_INPUT = "-"
_TEXT = {".txt", ".text", ".md"}
_JSON_LINES = {".jsonl", ".ndjson", ".jsonlines"}
_JSON = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:\{|\[\s*\{)")
_MAX_BYTES = 4 * MAX_CHARACTERS


def read_files(
    paths: Iterable[str | Path], *, published: date | None = None
) -> Iterator[tuple[str, RawArticle | Refusal]]:
    """Every article in these files, in order, each with its origin for people: `news.jsonl, line 7`.

    A folder stands for the text and JSON Lines files in it, by name; `-` for standard input, in either form.
    `published` goes before the day in a text file; in JSON Lines it is for the lines without one.
    """
    for given in paths:
        if str(given) == STANDARD_INPUT:
            yield from _read(sys.stdin.buffer.read(_MAX_BYTES + 1), "standard input", published, text=None)
            continue
        path = Path(given)
        if path.is_dir():
            inside = sorted(
                file for file in path.rglob("*") if file.suffix.lower() in _TEXT | _JSON_LINES and file.is_file()
            )
            inside = [file for file in inside if file.stem.upper() not in {"README", "SOURCES", "LICENSE"}]
            if not inside:
                yield (
                    str(path),
                    Refusal(str(path), FormatError("there are no .txt, .md or .jsonl files in this folder")),
                )
            yield from read_files(inside, published=published)
            continue
        try:
            with path.open("rb") as file:
                if path.suffix.lower() in _JSON_LINES:  # line by line: such a file may be larger than memory
                    for index, article in enumerate(read_json_lines(file, str(path), published=published), start=1):
                        yield _origin(article, f"{path}, article {index}"), article
                    continue
                data = file.read(_MAX_BYTES + 1)
        except OSError as error:
            yield str(path), Refusal(str(path), FormatError(f"it cannot be opened: {error.strerror or error}"))
            continue
        yield from _read(data, str(path), published, text=True if path.suffix.lower() in _TEXT else None)


def _read(
    data: bytes, origin: str, published: date | None, *, text: bool | None
) -> Iterator[tuple[str, RawArticle | Refusal]]:
    if text is False or (text is None and _JSON.match(data)):
        for index, article in enumerate(read_json(data, origin, published=published), start=1):
            yield _origin(article, f"{origin}, article {index}"), article
        return
    try:
        yield origin, read_text(data, published=published)
    except ArticleError as error:
        yield origin, Refusal(origin, error)


def _origin(article: RawArticle | Refusal, default: str) -> str:
    return article.origin if isinstance(article, Refusal) else default
