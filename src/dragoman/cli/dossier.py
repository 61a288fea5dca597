"""Files on mediations for the terminal: the list, the whole file with its evidence, and the one-page memo."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from rich import box
from rich.console import Console, ConsoleOptions, RenderResult
from rich.table import Table
from rich.text import Text

from dragoman.mediation import Brief, FileStep, MediationFile, Report, questions
from dragoman.mediation.brief import Footnote, Section
from dragoman.mediation.wording import contradiction_sentence
from dragoman.presentation import wording

# The terminal shows so many sentences for a step; all of them stand in the other formats.
_MOST_QUOTES = 3


def listed(file: MediationFile) -> dict[str, Any]:
    """One line of the list as JSON."""
    first = file.reports[0].published if file.reports else None
    return {
        "id": file.id,
        "parties": list(file.parties),
        "mediators": [mediator.to_dict() for mediator in file.mediators],
        "steps": len(file.steps),
        "articles": len(file.articles),
        "first_report": first.isoformat() if first else None,
        "latest_report": file.latest.isoformat() if file.latest else None,
        "open_questions": len(questions(file)),
    }


def overview(files: Sequence[MediationFile], names: wording.Names, *, wide: bool) -> Table:
    """The list: id, parties, who mediates, how much, and the days of the reports."""
    table = Table(box=box.SIMPLE_HEAD, header_style="bold", pad_edge=False, padding=(0, 1, 0, 0), expand=True)
    table.add_column("Mediation", style="bold", overflow="fold")
    if wide:
        table.add_column("Parties", ratio=3)
    table.add_column("Mediators", ratio=3)
    table.add_column("Steps", justify="right")
    table.add_column("Articles", justify="right")
    table.add_column("Reports", no_wrap=wide)
    for file in files:
        days = [wording.day(report.published) for report in (file.reports[0], file.reports[-1])]
        table.add_row(
            file.id,
            *([wording.parties(file.mediation(), names)] if wide else []),
            names.join(mediator.actor for mediator in file.mediators) or Text("none", "dim"),
            str(len(file.steps)),
            str(len(file.articles)),
            " – ".join(dict.fromkeys(days)),
        )
    return table


class Dossier:
    """The whole file: each step with the sentences that it rests on, then what the brief says besides."""

    def __init__(self, brief: Brief, file: MediationFile, names: wording.Names) -> None:
        self._brief = brief
        self._file = file
        self._names = names

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        yield from _head(self._brief)
        for section in self._brief.sections:
            yield Text(f"\n{section.heading}", style="bold underline")
            yield self._timeline() if section.heading == "Timeline" else _bullets(section, notes=False)

    def _timeline(self) -> Table:
        table = Table.grid(padding=(0, 2, 1, 0), expand=True)
        table.add_column(width=13)
        table.add_column(ratio=1)
        reports = {report.id: report for report in self._file.reports}
        for item in self._file.steps:
            days = wording.days(item.step.when)
            table.add_row(Text(days, "cyan"), Text("\n").join(self._told(item, reports)))
        return table

    def _told(self, item: FileStep, reports: dict[str, Report]) -> Iterator[Text]:
        step = item.step
        title = Text(wording.step_title(step), "bold")
        if said := wording.status(step):
            title.append(f" ({said})", "not bold italic")
        what = [wording.step_parties(step, self._names), wording.place(step.where, self._names), ", ".join(step.terms)]
        what += [f"by {self._names.join(step.persons)}"] if step.persons else []
        what += [f"says {self._names[step.said_by]}"] if step.said_by else []
        yield title.append("  " + " · ".join(filter(None, what)), "not bold not italic")
        quotes = dict.fromkeys((reports[key].article, reports[key].sentence, reports[key]) for key in item.reports)
        seen = {(article, sentence): report for article, sentence, report in quotes}
        for report in list(seen.values())[:_MOST_QUOTES]:
            origin = ", ".join(filter(None, (report.source, wording.day(report.published))))
            yield Text.assemble(
                (f"“{report.quote}” ", "italic"), (f"– {origin}, sentence {report.sentence + 1}", "dim")
            )
        if len(seen) > _MOST_QUOTES:
            yield Text(f"… and {wording.counted(len(seen) - _MOST_QUOTES, 'more sentence')}", "dim")
        yield from (Text(contradiction_sentence(found), "yellow") for found in item.contradictions)


class Memo:
    """The brief with its footnotes, as plain as a memo wants it."""

    def __init__(self, brief: Brief) -> None:
        self._brief = brief

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        yield from _head(self._brief)
        for section in self._brief.sections:
            yield Text(f"\n{section.heading}", style="bold underline")
            yield _bullets(section, notes=True)
        yield Text("\nSources", style="bold underline")
        table = Table.grid(padding=(0, 1), expand=True)
        table.add_column(justify="right")
        table.add_column(ratio=1)
        for note in self._brief.footnotes:
            table.add_row(Text(f"{note.number}", "dim"), _source(note))
        yield table


def _head(brief: Brief) -> Iterator[Text]:
    yield Text(brief.title, style="bold")
    yield Text(brief.summary)


def _bullets(section: Section, *, notes: bool) -> Table:
    table = Table.grid(padding=(0, 1), expand=True)
    table.add_column(width=1)
    table.add_column(ratio=1)
    for line in section.lines:
        text = Text.assemble((f"{line.lead} " if line.lead else "", "cyan"), line.text)
        if notes and line.notes:
            text.append(" [" + ", ".join(map(str, line.notes)) + "]", "dim")
        table.add_row("•", text)
    return table


def _source(note: Footnote) -> Text:
    origin = ", ".join(filter(None, (note.source, note.title, wording.day(note.published))))
    return Text.assemble(f"{origin}, sentence {note.sentence + 1}: ", (f"“{note.quote}”", "italic"))
