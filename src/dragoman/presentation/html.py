"""Readings as HTML: the marked article with its tables for a notebook, and one page for many articles.

Everything that comes from an article is escaped. The style comes along, nothing is fetched, all works without scripts.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from html import escape
from importlib.resources import files

from dragoman.presentation import wording
from dragoman.presentation.marking import Mark, Piece, marks, pieces
from dragoman.records import Event, Evidence, Mediation, Reading, Step

_LAYERS = {"actor": "actors", "event": "events", "statement": "statements", "time": "times", "place": "places"}
# With more articles than these the list of them is folded, so that the mediations stand in sight on a phone too.
_MOST_LISTED = 12
_EVENT_HEADS = ("", "Who", "Does what", "To whom", "When", "Where", "On whose word")
_STEP_HEADS = ("When", "Step", "Who", "Where, what", "Evidence")


def article_html(reading: Reading) -> str:
    """One article, marked, with its events and mediations, for a notebook or a page of one's own."""
    return f"<style>{_style()}</style>\n{_article(reading, wording.Names([reading]))}"


def page_html(title: str, readings: Sequence[Reading], mediations: Sequence[Mediation]) -> str:
    """One page that needs nothing else: the files on the mediations, and under them the articles that they rest on."""
    names = wording.Names(readings)
    by_id = {reading.article.id: reading for reading in readings}
    total = wording.counted(sum(len(reading.events) for reading in readings), "event")
    parts = [
        "<!doctype html>",
        '<html lang="en"><head><meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>{escape(title)}</title><style>{_style()}</style></head><body class='dragoman-page'>",
        f"<header><h1>{escape(title)}</h1>"
        f"<p class='dragoman-meta'>{wording.counted(len(readings), 'article')}, {total}, "
        f"{wording.counted(len(mediations), 'mediation')}</p></header>",
        _contents(readings, mediations, names),
        "<main>",
        *(_mediation(mediation, names, by_id) for mediation in mediations),
        *(_article(reading, names) for reading in readings),
        "</main></body></html>",
    ]
    return "\n".join(parts) + "\n"


@cache
def _style() -> str:
    return files(__package__).joinpath("style.css").read_text(encoding="utf-8")


def _contents(readings: Sequence[Reading], mediations: Sequence[Mediation], names: wording.Names) -> str:
    files_ = "".join(
        f"<li><a href='#{_anchor('m', mediation.id)}'>{escape(wording.parties(mediation, names))}</a></li>"
        for mediation in mediations
    )
    articles = "".join(
        f"<li><a href='#{_anchor('a', reading.article.id)}'>{escape(wording.heading(reading, 70))}</a> "
        f"<small>{wording.day(reading.article.published)}</small></li>"
        for reading in readings
    )
    return (
        "<nav aria-label='Contents'>"
        + (f"<h2>Mediations</h2><ul>{files_}</ul>" if files_ else "")
        + f"<details{' open' if len(readings) <= _MOST_LISTED else ''}><summary>Articles</summary>"
        + f"<ul>{articles}</ul></details></nav>"
    )


def _anchor(*parts: object) -> str:
    """An id that any actor or article id may go into."""
    return escape("-".join(str(part) for part in parts).replace(" ", "_"))


def _article(reading: Reading, names: wording.Names) -> str:
    article = reading.article
    toggles = "".join(
        f"<label><input type='checkbox' class='dragoman-show-{layer}' checked> {label}</label>"
        for layer, label in _LAYERS.items()
    )
    meta = [escape(wording.day(article.published)), escape(article.source or ""), _link(article.url)]
    return (
        f"<article class='dragoman' id='{_anchor('a', article.id)}'>"
        f"<h2>{escape(wording.heading(reading))}</h2><p class='dragoman-meta'>{' · '.join(filter(None, meta))}</p>"
        f"<p class='dragoman-layers'>{toggles}</p>"
        f"<div class='dragoman-text' dir='auto'>{''.join(_marked(reading, names))}</div>"
        + _events(reading, names)
        + "".join(
            _mediation(mediation, names, {article.id: reading}, "h3", article.id) for mediation in reading.mediations
        )
        + "</article>"
    )


def _link(url: str | None) -> str:
    """A link only where it leads to the web: an address may be anything, a script too."""
    if not url:
        return ""
    if url.lower().startswith(("https://", "http://")):
        return f"<a href='{escape(url)}' rel='noopener noreferrer'>{escape(url)}</a>"
    return escape(url)


def _marked(reading: Reading, names: wording.Names) -> Iterator[str]:
    sentences = [Mark("sentence", i, s.start, s.end) for i, s in enumerate(reading.article.sentences)]
    for piece in pieces(reading.article.text, sorted([*sentences, *marks(reading)], key=lambda m: (m.start, -m.end))):
        for mark in piece.begins:
            if mark.layer == "sentence":
                yield f"<span class='dragoman-sentence' id='{_anchor('a', reading.article.id, 's', mark.index)}'>"
        yield _dressed(piece, reading, names)
        for mark in piece.ends:
            if mark.layer == "event":
                row = _anchor("a", reading.article.id, "e", mark.index + 1)
                yield f"<sup><a href='#{row}'>{mark.index + 1}</a></sup>"
        for mark in piece.ends:
            if mark.layer == "sentence":
                yield "</span>"


def _dressed(piece: Piece, reading: Reading, names: wording.Names) -> str:
    held = [mark for mark in piece.marks if mark.layer != "sentence"]
    if not held:
        return escape(piece.text)
    classes = dict.fromkeys(f"dragoman-{mark.layer}" for mark in held)
    for mark in held:
        if mark.layer == "event":
            classes[f"dragoman-{reading.events[mark.index].quad.replace(' ', '-')}"] = None
    told = escape("\n".join(dict.fromkeys(_told(mark, reading, names) for mark in reversed(held))))
    return f"<span class='{escape(' '.join(classes))}' title='{told}'>{escape(piece.text)}</span>"


def _told(mark: Mark, reading: Reading, names: wording.Names) -> str:
    """What a mark says when one points at it."""
    if mark.layer == "actor":
        actor = reading.actors[mark.index]
        office = f", {actor.office}" + (f" of {names[actor.of]}" if actor.of else "") if actor.office else ""
        return f"{actor.name} [{actor.id}] – {actor.kind}, {actor.sector}{office}"
    if mark.layer == "event":
        event = reading.events[mark.index]
        roles = f"{names.join(event.actors)} → {names.join(event.recipients) or '–'}"
        return f"{mark.index + 1}: {wording.deed(event)} – {roles}"
    if mark.layer == "statement":
        statement = reading.statements[mark.index]
        speaker = names[statement.speaker] if statement.speaker else "nobody named"
        return f"{'quoted' if statement.quoted else 'reported'}: {speaker}"
    if mark.layer == "time":
        time = reading.times[mark.index]
        return f"{time.earliest or '?'} to {time.latest or '?'}"
    place = reading.places[mark.index]
    return f"{place.name} ({place.country or '?'})"


def _events(reading: Reading, names: wording.Names) -> str:
    if not reading.events:
        return "<p class='dragoman-meta'>No events.</p>"
    rows = "".join(_event(number, event, reading, names) for number, event in enumerate(reading.events, start=1))
    return (
        "<h3>Who did what to whom</h3><div class='dragoman-scroll'>"
        f"<table><thead><tr>{_heads(_EVENT_HEADS)}</tr></thead><tbody>{rows}</tbody></table></div>"
    )


def _event(number: int, event: Event, reading: Reading, names: wording.Names) -> str:
    article = reading.article.id
    remarks = [wording.status(event), f"confidence {event.confidence:.2f}", event.why]
    when = escape(wording.days(event.when)) + ("" if event.when.basis != "published" else " <small>(published)</small>")
    cells = (
        f"<a href='#{_anchor('a', article, 's', event.sentence)}'>{number}</a>",
        escape(names.join(event.actors)),
        f"<b class='dragoman-{escape(event.quad.replace(' ', '-'))}'>{escape(wording.deed(event))}</b> "
        f"<small>{escape(event.cameo or '')}</small> “{escape(event.predicate.text)}”"
        f"<br><small>{escape(' · '.join(filter(None, remarks)))}</small>",
        escape(names.join(event.recipients)),
        when,
        escape(wording.place(event.where, names)),
        escape(names[event.said_by]) if event.said_by else "",
    )
    return f"<tr id='{_anchor('a', article, 'e', number)}'>{_cells(cells, _EVENT_HEADS)}</tr>"


def _mediation(
    mediation: Mediation,
    names: wording.Names,
    readings: Mapping[str, Reading],
    level: str = "h2",
    article: str | None = None,
) -> str:
    rows = "".join(_step(step, names, readings) for step in wording.in_order(mediation.steps))
    anchor = _anchor("m", mediation.id) if article is None else _anchor("a", article, "m", mediation.id)
    return (
        f"<section class='dragoman dragoman-file' id='{anchor}'>"
        f"<{level}>{'Mediation: ' if article else ''}{escape(wording.parties(mediation, names))}</{level}>"
        f"<p class='dragoman-meta'>Third parties: {escape(wording.mediators(mediation, names)) or 'none'}</p>"
        f"<div class='dragoman-scroll'>"
        f"<table><thead><tr>{_heads(_STEP_HEADS)}</tr></thead><tbody>{rows}</tbody></table></div></section>"
    )


def _step(step: Step, names: wording.Names, readings: Mapping[str, Reading]) -> str:
    said = [wording.status(step), f"says {names[step.said_by]}" if step.said_by else ""]
    terms = ", ".join(term for term in step.terms if term != "other")  # which only says that none of the list fits
    people = f"by {names.join(step.persons)}" if step.persons else ""
    cells = (
        escape(wording.days(step.when)),
        f"<b>{escape(wording.step_title(step))}</b> <small>{escape(' · '.join(filter(None, said)))}</small>",
        escape(wording.step_parties(step, names)),
        escape("; ".join(filter(None, (wording.place(step.where, names), terms, people)))),
        "<br>".join(dict.fromkeys(filter(None, (_evidence(evidence, readings) for evidence in step.evidence)))),
    )
    return f"<tr>{_cells(cells, _STEP_HEADS)}</tr>"


def _heads(names: Sequence[str]) -> str:
    return "".join(f"<th scope='col'>{name}</th>" for name in names)


def _cells(cells: Sequence[str], heads: Sequence[str]) -> str:
    """The cells, each with the name of its column: on a phone the row is a card."""
    return "".join(f"<td data-head='{head}'>{cell}</td>" for cell, head in zip(cells, heads, strict=True))


def _evidence(evidence: Evidence, readings: Mapping[str, Reading]) -> str:
    reading = readings.get(evidence.article)
    if reading is None:
        return ""
    sentences = reading.article.sentences
    index = next((i for i, s in enumerate(sentences) if s.start <= evidence.start < s.end), 0)
    start, end = (sentences[index].start, sentences[index].end) if sentences else (evidence.start, evidence.end)
    quote = escape(" ".join(reading.article.text[start:end].split()))
    label = escape(reading.article.source or wording.day(reading.article.published))
    return f"<a href='#{_anchor('a', evidence.article, 's', index)}' title='{quote}'>{label}</a>"
