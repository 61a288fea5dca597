"""Articles: one with its marks, one sentence with its tree, and the list."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from dragoman.codebook import load_codebook
from dragoman.presentation import wording
from dragoman.presentation.marking import Layer, Mark, Piece, marks, pieces
from dragoman.records import Event, Reading
from dragoman.web import trees, urls
from dragoman.web.contexts import ArticlePage, ArticlesPage, Card, Sentence, Stretch, TreePage
from dragoman.web.library import Shelf
from dragoman.web.views.parts import paging

ARTICLES_A_PAGE = 50
_HEADING = 110
_LAYERS: tuple[Layer, ...] = ("statement", "actor", "place", "time", "event")


def article(shelf: Shelf, identifier: str) -> ArticlePage:
    """One article with all that was read in it.

    Raises:
        ArchiveError: there is none of that id.
    """
    reading = shelf.keep(("reading", identifier), lambda: shelf.archive.reading(identifier))
    names = wording.Names([reading], shelf.names.__getitem__)
    revisions = shelf.archive.revisions(identifier)
    return ArticlePage(
        article=reading.article,
        heading=wording.heading(reading, _HEADING),
        lead=reading.article.text[: reading.article.sentences[0].start] if reading.article.sentences else "",
        sentences=tuple(_sentences(reading, names)),
        cards=tuple(_card(n, event, reading, names, shelf) for n, event in enumerate(reading.events)),
        actors=reading.actors,
        statements=tuple(
            (statement, names[statement.speaker] if statement.speaker else "nobody named",
             " ".join(reading.article.text[statement.start : statement.end].split()))
            for statement in reading.statements
        ),
        times=reading.times,
        places=reading.places,
        mediations=tuple(
            (" – ".join(names[party] for party in found.parties), urls.mediation(found.id), len(found.steps))
            for found in reading.mediations
        ),
        copies=shelf.archive.copies(identifier),
        revisions=revisions if len(revisions) > 1 else (),
        versions=next((one.versions for one in reversed(revisions) if one.current), ""),
        names=names,
    )  # fmt: skip


def _card(number: int, event: Event, reading: Reading, names: wording.Names, shelf: Shelf) -> Card:
    review = shelf.reviews.get((reading.article.id, event.id))
    files = shelf.keep("ids of files", lambda: frozenset(file.id for file in shelf.files()))
    code = load_codebook().codes.get(event.cameo) if event.cameo else None
    return Card(
        number=number + 1,
        event=event,
        who=tuple((names[actor], urls.actor(actor)) for actor in event.actors),
        whom=tuple((names[actor], urls.actor(actor)) for actor in event.recipients),
        said_by=(names[event.said_by], urls.actor(event.said_by)) if event.said_by else None,
        topics=tuple((topic, urls.mediation(topic) if topic in files else None) for topic in event.topics),
        code=code.label if code else None,
        review=review,
        final=review.applied(event) if review else event,
    )


def _sentences(reading: Reading, names: wording.Names) -> Iterator[Sentence]:
    """The text sentence by sentence; a mark that crosses from one into the next is cut there."""
    bounds = [Mark("sentence", i, s.start, s.end) for i, s in enumerate(reading.article.sentences)]
    every = sorted([*bounds, *marks(reading, _LAYERS)], key=lambda m: (m.start, -m.end))
    number: int | None = None
    stretches: list[Stretch] = []
    gap = ""
    for piece in pieces(reading.article.text, every):
        inside = next((mark.index for mark in piece.marks if mark.layer == "sentence"), None)
        if inside is None:
            gap += piece.text if number is not None else ""
            continue
        if inside != number:
            if number is not None:
                yield Sentence(number, tuple(stretches), gap)
            number, stretches, gap = inside, [], ""
        stretches.append(_stretch(piece, reading, names))
    if number is not None:
        yield Sentence(number, tuple(stretches), gap)


def _stretch(piece: Piece, reading: Reading, names: wording.Names) -> Stretch:
    held = [mark for mark in piece.marks if mark.layer != "sentence"]
    classes = dict.fromkeys(mark.layer for mark in held)
    events = tuple(mark.index for mark in held if mark.layer == "event")
    words: list[str] = [*classes]
    if events:
        words.append(reading.events[events[-1]].quad.split()[1])
    ends = tuple(mark.index for mark in piece.ends if mark.layer == "event")
    told = "\n".join(dict.fromkeys(_told(mark, reading, names) for mark in reversed(held)))
    return Stretch(piece.text, " ".join(words), told, events, ends)


def _told(mark: Mark, reading: Reading, names: wording.Names) -> str:
    """What a mark says when one points at it."""
    if mark.layer == "actor":
        actor = reading.actors[mark.index]
        office = f", {actor.office}" + (f" of {names[actor.of]}" if actor.of else "") if actor.office else ""
        return f"{actor.name} – {actor.kind}, {actor.sector}{office}"
    if mark.layer == "event":
        event = reading.events[mark.index]
        return "\n".join(_event_told(mark.index + 1, event, names))
    if mark.layer == "statement":
        statement = reading.statements[mark.index]
        speaker = names[statement.speaker] if statement.speaker else "nobody named"
        return f"{'Quoted' if statement.quoted else 'Reported'}: {speaker}"
    if mark.layer == "time":
        time = reading.times[mark.index]
        return wording.days(time)
    place = reading.places[mark.index]
    return wording.place(place, names)


def _event_told(number: int, event: Event, names: wording.Names) -> Iterator[str]:
    """Roles, code, status, days, place, whose word, how sure, and why."""
    yield f"{number}: {wording.deed(event)}{f' ({event.cameo})' if event.cameo else ''}, {event.status}"
    whom = names.join(event.recipients)
    yield f"{names.join(event.actors) or 'somebody'}{f' → {whom}' if whom else ''}"
    where = wording.place(event.where, names)
    basis = " (published)" if event.when.basis == "published" else ""
    yield f"{wording.days(event.when)}{basis}{f' · {where}' if where else ''}"
    yield f"On the word of {names[event.said_by]}" if event.said_by else "On the article's own word"
    yield f"Confidence {100 * event.confidence:.0f}\N{NO-BREAK SPACE}%"
    if event.why:
        yield f"Why: {event.why}"


def tree(shelf: Shelf, identifier: str, number: int) -> TreePage | None:
    """The tree of a sentence; None where there is no such sentence.

    Raises:
        ArchiveError: there is no article of that id.
    """
    reading = shelf.keep(("reading", identifier), lambda: shelf.archive.reading(identifier))
    if not 0 <= number < len(reading.article.sentences):
        return None
    span = reading.article.sentences[number]
    text = reading.article.text[span.start : span.end]
    picture, words = trees.tree_of(text)
    return TreePage(reading.article, wording.heading(reading, _HEADING), number, text, picture, words)


def articles(shelf: Shelf, search: str, since: date | None, until: date | None, source: str, page: int) -> ArticlesPage:
    """Articles, the newest first."""
    found = shelf.archive.articles(search=search or None, since=since, until=until, source=source or None)
    values = {"q": search, "since": since, "until": until, "source": source}
    key = tuple(values.values())
    total = shelf.keep(("articles", key), found.count)
    pages = paging(page, ARTICLES_A_PAGE, total, lambda n: urls.articles(**values, page=n))
    shown = found.order("-published", "article").limit(ARTICLES_A_PAGE, pages.first - 1 if total else 0)
    return ArticlesPage(
        articles=[
            (_short(item.article.title, item.article.text), urls.article(item.article.id), item.article.published,
             item.article.source, item.events)
            for item in shown
        ],
        paging=pages,
        search=search,
        since=since,
        until=until,
        source=source,
    )  # fmt: skip


def _short(title: str | None, text: str) -> str:
    words = title or " ".join(text[:160].split())
    return words if len(words) <= _HEADING else words[: _HEADING - 1].rsplit(" ", 1)[0] + " …"
