"""What reading an archive's articles again would change, without writing anything: `dragoman diff`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from dragoman.codebook import load_codebook
from dragoman.codebook.book import heads_of
from dragoman.comparison import Difference, differences
from dragoman.errors import ArchiveError
from dragoman.ingest.reread import stored
from dragoman.ingest.work import Reads, Stored
from dragoman.knowledge import Knowledge
from dragoman.knowledge.tables import read_table
from dragoman.language.lemmas import forms
from dragoman.records import Reading
from dragoman.store.archive import Archive

# Columns of the tables of knowledge that hold words of the news, and those that hold the key of one who has names.
_NAMES = ("name", "official", "aliases", "demonyms", "capitals", "seat", "noun", "title")
_KEYS = ("person", "id", "body")
# More words than these make one pattern too long to be quick; a file so large is no trial.
_MOST_WORDS = 5_000


@dataclass(frozen=True, slots=True)
class Drawn:
    """An article that is to be read again.

    Attributes:
        versions: what its records in the archive were made with.
        mentions: whether it has one of the words that the change is about.
    """

    article: Stored
    versions: str
    mentions: bool


@dataclass(frozen=True, slots=True)
class Preview:
    """What one article would say otherwise."""

    drawn: Drawn
    before: Reading
    after: Reading
    differences: tuple[Difference, ...]


def new_words(frames: Sequence[Path], actors: Sequence[Path], knowledge: Knowledge) -> tuple[str, ...]:
    """The words of the news that files of a user's own are about: verbs and nouns in all their forms, names.

    Args:
        knowledge: with the files in it; it names those whom a line calls by their key.

    Raises:
        DataError: a file is malformed; the message names file and line.
    """
    found: set[str] = set()
    own = set(map(str, frames))
    for frame in load_codebook(frames).frames if own else ():
        if frame.file in own:
            found.update(form for head in heads_of(frame) for form in forms(head))
    for path in actors:
        table = read_table(path)
        for row in table.rows(table.columns):
            for column in table.columns:
                if column in _NAMES:
                    found.update(row.many(column))
                elif column in _KEYS and (known := knowledge.entity(row[column])) is not None:
                    found.update((known.name, *known.aliases))
    return tuple(sorted(word for word in found if len(word) > 1))


def draw(
    archive: Archive,
    versions: str | None,
    words: Sequence[str],
    articles: int,
    *,
    seed: int = 0,
    since: date | None = None,
    until: date | None = None,
) -> Iterator[Drawn]:
    """Articles of the archive: first those in which one of the words stands, then others, each in an order by lot.

    The same archive, words and seed give the same articles, in whatever order they came in.

    Args:
        versions: leave out what these have read already; None takes every article.
        words: a word without capitals is found in any case, another as it is written.
        articles: how many at most.

    Raises:
        ArchiveError: there are too many words to look for.
    """
    if len(words) > _MOST_WORDS:
        raise ArchiveError(f"{len(words):,} new words are too many to look for; {_MOST_WORDS:,} at most")
    relation = archive.articles(since=since, until=until)
    if versions is not None:
        relation = relation.where("versions <> ?", versions)
    mentions, parameters = ("regexp_matches(text, ?)", [_pattern(words)]) if words else ("false", [])
    lots = replace(
        relation,
        sql=f"SELECT *, {mentions} AS mentions, md5(article || ?) AS lot FROM ({relation.sql})",
        parameters=(*parameters, f" {seed}", *relation.parameters),
    )
    for row in lots.order("-mentions", "lot").limit(articles).rows():
        yield Drawn(stored(row), row["versions"], row["mentions"])


def _pattern(words: Sequence[str]) -> str:
    """A pattern in RE2's language, in which `\\b` knows no letters but those of ASCII."""
    listed = "|".join(f"(?i:{re.escape(word)})" if word.islower() else re.escape(word) for word in sorted(set(words)))
    return rf"(?:^|[^\p{{L}}\p{{N}}])(?:{listed})(?:$|[^\p{{L}}\p{{N}}])"


def preview(archive: Archive, drawn: Iterable[Drawn], reader: Reads, before: Reads | None = None) -> Iterator[Preview]:
    """Read articles again and compare; nothing is written.

    Args:
        before: the reader whose records stand for how it was; None for the records of the archive.
    """
    for each in drawn:
        raw = each.article.raw
        old = archive.reading(raw.id) if before is None else before.read(raw)
        new = reader.read(raw)
        yield Preview(each, old, new, differences(old, new))
