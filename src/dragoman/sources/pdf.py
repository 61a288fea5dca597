"""PDF files: their text, in paragraphs again.

A PDF knows lines, not paragraphs. Lines are joined where they are full, words where they were broken, and what stands
on top or at the foot of most pages is left out. The days in the file's own data are those of a program and not taken.
"""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

from dragoman.errors import FormatError
from dragoman.sources.article import MAX_CHARACTERS, RawArticle
from dragoman.sources.extras import extra
from dragoman.sources.source import Document, Options
from dragoman.sources.text import from_text

if TYPE_CHECKING:
    import pypdf

# A book by mistake should be said, not read for an hour.
_MOST_PAGES = 500
# A line shorter than this share of the widest lines ends its paragraph if it also ends a sentence.
_FULL = 0.85
_SENTENCE_END = re.compile(r"[.!?:;][”’\"')\]]*$")
_BROKEN_WORD = re.compile(r"(?<=[^\W\d_])-$")
_DIGITS = re.compile(r"\d+")


def read_pdf(document: Document, options: Options) -> RawArticle:
    """The article in a PDF file.

    Raises:
        ArticleError: it is damaged, locked, a scan without text, or holds no article; see `prepare`.
    """
    data = document.data
    if len(data) > options.limits.document:
        raise FormatError(f"it has more than {options.limits.document:,} bytes, too many for an article as PDF")
    with extra("pypdf"):
        import pypdf
    try:
        reader = pypdf.PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise FormatError("it is locked with a password")
        if len(reader.pages) > _MOST_PAGES:
            raise FormatError(f"it has {len(reader.pages)} pages; an article has {_MOST_PAGES} at most")
        pages = list(_pages(reader))
    except FormatError:
        raise
    except Exception as error:  # a damaged file surfaces as anything from KeyError to ZeroDivisionError
        raise FormatError(f"its PDF is damaged: {type(error).__name__}: {str(error)[:100]}") from error
    text = _paragraphs(pages)
    if not text:
        raise FormatError("there is no text in this PDF; it may be a scan")
    hints = document.hints
    return from_text(
        text,
        published=document.given(options) or hints.published,
        external_id=hints.external_id,
        title=hints.title,
        source=hints.source,
        url=hints.url,
    )


def _pages(reader: pypdf.PdfReader) -> Iterator[list[str]]:
    total = 0
    for page in reader.pages:
        text = page.extract_text()
        total += len(text)
        if total > MAX_CHARACTERS:
            raise FormatError(f"it has more than {MAX_CHARACTERS:,} characters")
        yield [" ".join(line.split()) for line in text.splitlines()]


def _paragraphs(pages: list[list[str]]) -> str:
    lines = [line for page in _without_running_heads(pages) for line in page]
    lengths = sorted(len(line) for line in lines if line)
    if not lengths:
        return ""
    full = _FULL * lengths[len(lengths) * 9 // 10]
    pieces: list[str] = []
    before = ""
    for line in filter(None, lines):
        if not pieces:
            joint = ""
        elif len(before) < full and (_SENTENCE_END.search(before) or len(before) < full / 2):
            joint = "\n\n"
        elif _BROKEN_WORD.search(before) and line[0].islower():
            pieces[-1] = before[:-1]
            joint = ""
        else:
            joint = " "
        pieces += [joint, line]
        before = line
    return "".join(pieces)


def _without_running_heads(pages: list[list[str]]) -> list[list[str]]:
    """Pages without the first and last lines that most of them share, page numbers aside."""
    if len(pages) < 3:
        return pages
    edges = Counter(_DIGITS.sub("#", line) for page in pages for line in {*page[:1], *page[-1:]})
    running = {line for line, count in edges.items() if count > len(pages) / 2}
    return [
        [
            line
            for number, line in enumerate(page)
            if number not in (0, len(page) - 1) or _DIGITS.sub("#", line) not in running
        ]
        for page in pages
    ]
