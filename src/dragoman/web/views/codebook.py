"""What can be coded, with examples of ours and from the archive."""

from __future__ import annotations

from dragoman.codebook import load_codebook
from dragoman.web.contexts import CodebookPage, EventRow, TypePage
from dragoman.web.library import Shelf
from dragoman.web.views.events import row_of

_LIVE = 6
_WORDS = 60
# What a page shows as an example should be one: surely coded, and told as done.
_SURE = 0.6


def codebook(shelf: Shelf) -> CodebookPage:
    """All types, with how often each is in the archive."""

    def counted() -> dict[str, int]:
        return {row["type"]: row["n"] for row in shelf.archive.counts(by=("type",))}

    numbers = shelf.keep("types", counted)
    return CodebookPage(tuple((kind, numbers.get(kind.name, 0)) for kind in load_codebook().types.values()))


def type_(shelf: Shelf, name: str) -> TypePage | None:
    """One type; None where there is none of that name."""
    book = load_codebook()
    kind = book.types.get(name.upper())
    if kind is None:
        return None
    senses = book.senses(kind.name)
    words = list(dict.fromkeys(" ".join(frame.words) if frame.words else frame.lemma for frame in senses))
    return TypePage(
        type=kind,
        codes=tuple(code for code in book.codes.values() if code.type == kind.name),
        frames=len(senses),
        words=tuple(words[:_WORDS]),
        examples=tuple(example.text for example in book.examples if example.type == kind.name),
        live=shelf.keep(("live", kind.name), lambda: _live(shelf, kind.name)),
        n=shelf.keep(("n", kind.name), shelf.archive.events(type=kind.name).count),
        names=shelf.names,
    )


def _live(shelf: Shelf, name: str) -> tuple[tuple[EventRow, str], ...]:
    found = shelf.archive.events(type=name, status="actual", min_confidence=_SURE).order("-confidence", "-day")
    rows = [row_of(item, shelf) for item in found.limit(_LIVE)]
    articles = sorted({row.found.article.id for row in rows})
    asked = shelf.archive.articles(id=articles).select("article", "text", "sentences").rows() if articles else ()
    texts = {item["article"]: item for item in asked}
    live = []
    for row in rows:
        if row.review is not None and row.review.verdict == "reject":
            continue
        text = texts[row.found.article.id]
        span = text["sentences"][row.found.record.sentence]
        live.append((row, " ".join(text["text"][span["start"] : span["end"]].split())))
    return tuple(live)
