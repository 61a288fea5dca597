"""An article before it is read: normalised text with its day, and what else the source told."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from dragoman.errors import ArticleError, DateError, FormatError
from dragoman.sources.dates import find_dateline, parse_day, split_marker
from dragoman.sources.language import check_english
from dragoman.sources.normalization import article_id, normalize

#: More characters than any article has; a book by mistake should be said, not read for an hour.
MAX_CHARACTERS = 10_000_000

_HTML_PAGE = re.compile(r"<(?:!doctype\s+html|html|head|body|script|meta|div|table)\b[^<>]*>", re.IGNORECASE)
_HTML_TAG = re.compile(
    r"</?(?:a|abbr|b|big|blockquote|br|em|font|h[1-6]|hr|i|img|li|ol|p|small|span|strong|sub|sup|u|ul)\b[^<>]{0,300}>",
    re.IGNORECASE,
)
_BLOCK_TAG = re.compile(r"</?(?:blockquote|br|h[1-6]|hr|li|ol|p|ul)\b", re.IGNORECASE)

NO_DATE = (
    "it has no date, and the day decides what “last week” means and who is the president. Give it with "
    "--published 2022-03-21, in a first line “date 2022-03-21”, in a front matter (“published: 2022-03-21” between two "
    "lines “---”), in a dateline with its year, or as “published” in JSON Lines"
)


@dataclass(frozen=True, slots=True)
class RawArticle:
    """What a source hands over. `text` is normalised; `spans` are characters in it that the user knows to be actors.

    `notes` say what was wrong with the article and mended, in words for the user.
    """

    text: str
    published: date
    external_id: str | None = None
    title: str | None = None
    source: str | None = None
    url: str | None = None
    spans: tuple[tuple[int, int], ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """The id that the article has wherever it comes from: a hash of its text and its day."""
        return article_id(self.text, self.published)


@dataclass(frozen=True, slots=True)
class Refusal:
    """An article that cannot be read: where it stands (file, or file and line) and why."""

    origin: str
    error: ArticleError

    def __str__(self) -> str:
        return f"{self.origin}: {self.error}"


def prepare(
    text: str,
    *,
    published: date | str | None = None,
    external_id: str | None = None,
    title: str | None = None,
    source: str | None = None,
    url: str | None = None,
    spans: Sequence[tuple[int, int]] = (),
    notes: Sequence[str] = (),
) -> RawArticle:
    """Make an article of text: normalise it, find its day if none is given, check that it can be read.

    Args:
        published: the day of publication. Without it the text must carry one (see `dates`); today is never assumed.
        spans: stretches of `text` that are known to be actors; they move with the text when it is normalised.

    Raises:
        DateError: there is no day, or one that is none.
        FormatError: there is no text, it is a web page, it is too long, or a span lies outside.
        LanguageError: it is not in English.
    """
    if len(text) > MAX_CHARACTERS:
        raise FormatError(f"it has {len(text):,} characters; an article has {MAX_CHARACTERS:,} at most")
    _check_spans(spans, len(text))
    flat = [position for span in spans for position in span]
    said = list(notes)

    marked, start = split_marker(text)
    text, flat = text[start:], [max(position - start, 0) for position in flat]
    day = _day(published)
    if day is not None and marked is not None and day != marked:
        said.append(f"its first line is dated {marked}, and {day} was given; {day} was taken")

    if _HTML_PAGE.search(text, 0, 20_000):
        raise FormatError("it is a web page (HTML), not text; name it .html, or save the article's text alone")
    if not flat and (tags := len(_HTML_TAG.findall(text))):
        said.append(f"{tags} HTML tag{'s' if tags > 1 else ''}, removed")
        text = _HTML_TAG.sub(lambda found: "\n" if _BLOCK_TAG.match(found[0]) else "", text)

    normal = normalize(text, flat)
    if not normal.text:
        raise FormatError("it is empty")
    check_english(normal.text)  # before the day, which no other language would need
    day = day or marked or find_dateline(normal.text)
    if day is None:
        raise DateError(NO_DATE)
    pairs = zip(normal.positions[::2], normal.positions[1::2], strict=True)
    return RawArticle(
        text=normal.text,
        published=day,
        external_id=external_id,
        title=title,
        source=source,
        url=url,
        spans=tuple(sorted({(first, last) for first, last in pairs if first < last})),
        notes=(*said, *normal.notes),
    )


def _day(published: date | str | None) -> date | None:
    if isinstance(published, datetime):
        return published.date()
    return parse_day(published) if isinstance(published, str) else published


def _check_spans(spans: Sequence[tuple[int, int]], length: int) -> None:
    for start, end in spans:
        if not 0 <= start < end <= length:
            raise FormatError(f"the span {start}–{end} is no stretch of a text of {length} characters")
