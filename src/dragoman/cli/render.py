"""A reading as a report for the terminal: the marked article, who did what to whom, and the mediation with its steps.

Everything can be told without colour, for it is often piped: names stand in [brackets], events carry the number of
their row in the table. In a terminal colours take the place of the brackets.
"""

from __future__ import annotations

from collections.abc import Iterator

from rich import box
from rich.console import Console, ConsoleOptions, Group, RenderResult
from rich.padding import Padding
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from dragoman.presentation import wording
from dragoman.presentation.marking import Mark, marks, outermost, pieces
from dragoman.records import Event, Mediation, Reading, Step

_QUAD_STYLES = {
    "verbal cooperation": "cyan",
    "material cooperation": "green",
    "verbal conflict": "yellow",
    "material conflict": "red",
}
_KIND_STYLES = {"country": "bold blue", "organization": "bold magenta", "person": "bold", "group": "bold magenta"}
_SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_PRONOUNS = frozenset("he him his she her hers it its they them their theirs himself herself itself themselves".split())
# From this width on, days and places have columns of their own.
_WIDE = 110
# More events than these behind one step would only be a row of figures.
_MOST_NUMBERS = 4
_HEADER = "bold"


class Report:
    """One article's report."""

    def __init__(self, reading: Reading, names: wording.Names | None = None) -> None:
        self._reading = reading
        self._names = names or wording.Names([reading])

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        reading = self._reading
        article = reading.article
        yield Rule(Text(wording.heading(reading, options.max_width - 8), style="bold"), align="left", characters="━")
        origin = " · ".join(
            filter(None, (wording.day(article.published), article.source, article.url, _counts(reading)))
        )
        yield Text(origin, style="dim")
        yield ""
        yield Padding(marked_text(reading, coloured=console.color_system is not None), (0, 1))
        yield ""
        wide = options.max_width >= _WIDE
        if reading.events:
            yield _heading("Who did what to whom")
            yield events_table(reading, self._names, wide=wide)
        else:
            yield _heading("No events")
        for mediation in reading.mediations:
            yield ""
            yield from mediation_block(mediation, self._names, wide=wide, reading=reading)
        if reading.ties:
            yield ""
            yield Group(*_ties(reading, self._names))
        yield ""


def marked_text(reading: Reading, *, coloured: bool) -> Text:
    """The article with its actors and its events marked."""
    found = outermost(marks(reading, ("actor", "event")))
    text = Text()
    for piece in pieces(reading.article.text, found):
        style = " ".join(filter(None, (_style(reading, mark) for mark in piece.marks))) if coloured else ""
        opening = sum(mark.layer == "actor" for mark in piece.begins)
        if not coloured:
            text.append("[" * opening)
        text.append(piece.text, style)
        for mark in reversed(piece.ends):
            if mark.layer == "event":
                number = str(mark.index + 1).translate(_SUPERSCRIPTS)
                text.append(number, _style(reading, mark) if coloured else "")
                continue
            meant = _meant(reading, mark)
            text.append(f"={meant}" if meant else "", "dim" if coloured else "")
            text.append("" if coloured else "]")
    return text


def _style(reading: Reading, mark: Mark) -> str:
    if mark.layer == "actor":
        return _KIND_STYLES[reading.actors[mark.index].kind]
    return f"underline {_QUAD_STYLES.get(reading.events[mark.index].quad, '')}"


def _meant(reading: Reading, mark: Mark) -> str:
    """Who a pronoun stands for."""
    words = reading.article.text[mark.start : mark.end]
    return reading.actors[mark.index].name if words.lower() in _PRONOUNS else ""


def events_table(reading: Reading, names: wording.Names, *, wide: bool) -> Table:
    """Who did what to whom, when, where, on whose word; the numbers are those in the text."""
    table = Table(box=box.SIMPLE_HEAD, header_style=_HEADER, pad_edge=False, padding=(0, 1, 0, 0), expand=True)
    table.add_column("", justify="right", style="dim", no_wrap=True)
    table.add_column("Who", ratio=3)
    table.add_column("Does what", ratio=4)
    table.add_column("To whom", ratio=3)
    if wide:
        table.add_column("When", ratio=3)
        table.add_column("Where", ratio=2)
    else:
        table.add_column("When, where", ratio=3)
    table.add_column("On whose word", ratio=2 if wide else 3, min_width=13, overflow="fold")
    for number, event in enumerate(reading.events, start=1):
        when, where = _days(event, reading), wording.place(event.where, names)
        cells = [when, where] if wide else [f"{when}\n{where}".rstrip()]
        table.add_row(
            str(number),
            names.join(event.actors),
            _deed(event, reading),
            names.join(event.recipients),
            *cells,
            names[event.said_by] if event.said_by else "",
        )
    return table


def _deed(event: Event, reading: Reading) -> Text:
    deed = Text()
    deed.append(wording.deed(event), f"bold {_QUAD_STYLES.get(event.quad, '')}")
    if event.cameo:
        deed.append(f" {event.cameo}", "dim")
    deed.append(f" “{' '.join(event.predicate.text.split())}”")
    remarks = [wording.status(event)]
    if event.same_as is not None:
        first = next((n for n, other in enumerate(reading.events, start=1) if other.id == event.same_as), None)
        remarks.append(f"same as {first}" if first else "")
    if said := ", ".join(filter(None, remarks)):
        deed.append(f" ({said})", "italic")
    return deed


def _days(item: Event | Step, reading: Reading | None) -> str:
    """The span of days; in parentheses where the text says none and the publication date stands in."""
    words = wording.days_within(item.when, reading.article.published.year) if reading else wording.days(item.when)
    return f"({words})" if item.when.basis == "published" else words


def mediation_block(
    mediation: Mediation, names: wording.Names, *, wide: bool, reading: Reading | None = None
) -> Iterator[Text | Table]:
    """A mediation: parties, third parties, steps by day; with the reading, steps point to its events."""
    yield _heading(f"Mediation {mediation.id}: {wording.parties(mediation, names)}")
    third = wording.mediators(mediation, names)
    yield Text.assemble(("Third parties: ", "dim"), third or "none – the parties alone")
    table = Table(box=box.SIMPLE_HEAD, header_style=_HEADER, pad_edge=False, padding=(0, 1, 0, 0), expand=True)
    table.add_column("When", ratio=3 if wide else 4)
    table.add_column("Step", ratio=4, overflow="fold")
    table.add_column("Who", ratio=5)
    table.add_column("Where, what, on whose word" if wide else "Where, what", ratio=5)
    numbers = {event.id: n for n, event in enumerate(reading.events, start=1)} if reading else {}
    for step in wording.in_order(mediation.steps):
        title = Text(wording.step_title(step), style="bold")
        told = [str(numbers[event]) for event in step.events if event in numbers]
        title.append("⁺".join(told[:_MOST_NUMBERS]).translate(_SUPERSCRIPTS), "dim not bold")
        if said := wording.status(step):
            title.append(f" ({said})", "italic not bold")
        table.add_row(_days(step, reading), title, wording.step_parties(step, names), "; ".join(_details(step, names)))
    yield table


def _details(step: Step, names: wording.Names) -> Iterator[str]:
    if step.where is not None:
        yield wording.place(step.where, names)
    if step.terms:
        yield ", ".join(step.terms)
    if step.persons:
        yield "by " + names.join(step.persons)
    if step.said_by:
        yield "says " + names[step.said_by]


def _ties(reading: Reading, names: wording.Names) -> Iterator[Text]:
    """A line a pair, with all that ties them."""
    yield _heading("Standing ties")
    pairs: dict[tuple[str, str], list[str]] = {}
    for tie in reading.ties:
        pairs.setdefault((tie.from_, tie.to), []).append(tie.kind)
    for (one, other), kinds in pairs.items():
        yield Text.assemble(f" {names[one]} – {names[other]}: ", (", ".join(dict.fromkeys(kinds)), "dim"))


def _heading(words: str) -> Text:
    return Text(words, style="bold underline")


def _counts(reading: Reading) -> str:
    return ", ".join(
        wording.counted(len(found), noun)
        for found, noun in (
            (reading.article.sentences, "sentence"),
            (reading.actors, "actor"),
            (reading.events, "event"),
            (reading.statements, "statement"),
        )
    )
