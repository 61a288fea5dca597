"""The one-page brief: every sentence with its footnote to article and sentence, as Markdown or as one HTML page."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from dragoman.mediation.changes import Changes
from dragoman.mediation.files import MediationFile
from dragoman.mediation.merging import FileStep, Report
from dragoman.mediation.questions import questions
from dragoman.mediation.wording import contradiction_sentence, days, listed, question_sentence, shortened, step_sentence
from dragoman.records import Evidence

Name = Callable[[str], str]

_SAID = frozenset({"condition", "assessment", "criticism", "proposal", "pressure", "refusal", "acceptance", "offer"})
_POSITIONS = frozenset({"condition", "acceptance", "refusal", "request", "proposal", "criticism", "assessment"})


@dataclass(frozen=True, slots=True)
class Footnote:
    """What a sentence of the brief rests on."""

    number: int
    article: str
    sentence: int
    published: date
    title: str | None
    source: str | None
    url: str | None
    quote: str


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence of the brief with the numbers of its footnotes; ``lead`` is printed before it in bold."""

    lead: str
    text: str
    notes: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with its lines."""

    heading: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Brief:
    """A brief before it is printed."""

    title: str
    summary: str
    sections: tuple[Section, ...]
    footnotes: tuple[Footnote, ...]


class _Notes:
    """Numbers the sentences that are cited, in the order of first use."""

    def __init__(self, reports: Sequence[Report]) -> None:
        self.footnotes: list[Footnote] = []
        self._numbers: dict[tuple[str, int], int] = {}
        self._by_id = {report.id: report for report in reports}
        self._by_evidence: dict[Evidence, list[Report]] = {}
        for report in reports:
            for evidence in report.step.evidence:
                self._by_evidence.setdefault(evidence, []).append(report)

    def of_step(self, step: FileStep) -> tuple[int, ...]:
        return self._cite([self._by_id[report] for report in step.reports])

    def words(self, step: FileStep) -> str:
        """The words of the first report of a step."""
        return self._by_id[step.reports[0]].words

    def of_evidence(self, evidence: Sequence[Evidence]) -> tuple[int, ...]:
        return self._cite([report for item in evidence for report in self._by_evidence.get(item, ())])

    def _cite(self, reports: Sequence[Report]) -> tuple[int, ...]:
        cited: dict[int, None] = {}
        for report in reports:
            key = (report.article, report.sentence)
            number = self._numbers.setdefault(key, len(self._numbers) + 1)
            if number > len(self.footnotes):
                self.footnotes.append(
                    Footnote(
                        number=number,
                        article=report.article,
                        sentence=report.sentence,
                        published=report.published,
                        title=report.title,
                        source=report.source,
                        url=report.url,
                        quote=report.quote,
                    )
                )
            cited[number] = None
        return tuple(cited)


def brief(
    file: MediationFile,
    on: date | None = None,
    name: Name = str,
    changed: Changes | None = None,
    limit: int | None = None,
) -> Brief:
    """Put a brief together.

    Args:
        file: the file, already as of the day that the brief is for.
        on: the day of the brief; by default that of the newest report.
        name: gives the usual name of an actor id.
        changed: what is new since the reader's last brief, put first.
        limit: at most so many steps in the timeline, the latest ones; all by default.
    """
    day = on or file.latest
    notes = _Notes(file.reports)
    sections: list[Section] = []
    if changed is not None:
        sections.append(Section(f"New since {changed.since}", tuple(_news(changed, notes, name))))
    timeline = file.steps if limit is None else _newest(file, limit)
    lines = [_step_line(step, notes, name) for step in timeline]
    sections.append(Section("Timeline", tuple(line for group in lines for line in group)))
    for party in file.parties:
        held = [step for step in file.steps if step.step.kind in _POSITIONS and party in step.step.actors]
        if held:
            lines = [_step_line(step, notes, name) for step in held]
            sections.append(Section(f"Position of {name(party)}", tuple(line for group in lines for line in group)))
    parties = frozenset(file.parties)
    terms = [item for item in file.steps if item.step.kind == "condition" and not parties & {*item.step.actors}]
    if terms:
        lines = [_step_line(step, notes, name) for step in terms]
        sections.append(Section("Conditions of others", tuple(line for group in lines for line in group)))
    open_ = questions(file, day)
    sections.append(
        Section(
            "Open questions",
            tuple(Line("", question_sentence(item, name), notes.of_evidence(item.evidence)) for item in open_),
        )
    )
    return Brief(
        title=f"Mediation {' – '.join(name(party) for party in file.parties)}",
        summary=_summary(file, day, name),
        sections=tuple(section for section in sections if section.lines),
        footnotes=tuple(notes.footnotes),
    )


def markdown(brief: Brief) -> str:
    """The brief as Markdown with footnotes."""
    out = [f"# {_md(brief.title)}", "", _md(brief.summary), ""]
    for section in brief.sections:
        out += [f"## {_md(section.heading)}", ""]
        for line in section.lines:
            lead = f"**{_md(line.lead)}** " if line.lead else ""
            out.append(f"- {lead}{_md(line.text)}{''.join(f'[^{number}]' for number in line.notes)}")
        out.append("")
    out += [f"[^{note.number}]: {_md(_reference(note))} “{_md(note.quote)}”" for note in brief.footnotes]
    return "\n".join(out) + "\n"


def page(brief: Brief) -> str:
    """The brief as one HTML page that a word processor opens as well; all text is escaped."""
    escape = html.escape
    out = [
        "<!DOCTYPE html>",
        f'<html lang="en"><head><meta charset="utf-8"><title>{escape(brief.title)}</title>',
        "<style>body{font-family:Georgia,serif;max-width:46em;margin:2em auto;line-height:1.45}"
        "sup a{text-decoration:none}ol{font-size:.85em}</style></head><body>",
        f"<h1>{escape(brief.title)}</h1>",
        f"<p>{escape(brief.summary)}</p>",
    ]
    cited: set[int] = set()
    for section in brief.sections:
        out += [f"<h2>{escape(section.heading)}</h2>", "<ul>"]
        for line in section.lines:
            lead = f"<strong>{escape(line.lead)}</strong> " if line.lead else ""
            marks = []
            for number in line.notes:
                # The note leads back to its first mark: an id may stand only once.
                anchor = "" if number in cited else f' id="mark-{number}"'
                cited.add(number)
                marks.append(f'<sup{anchor}><a href="#note-{number}">{number}</a></sup>')
            out.append(f"<li>{lead}{escape(line.text)}{''.join(marks)}</li>")
        out.append("</ul>")
    out += ["<h2>Sources</h2>", "<ol>"]
    for note in brief.footnotes:
        reference = escape(_reference(note))
        if note.url is not None and note.url.startswith(("http://", "https://")):
            reference = f'<a href="{escape(note.url, quote=True)}">{reference}</a>'
        out.append(
            f'<li id="note-{note.number}">{reference} <q>{escape(note.quote)}</q> '
            f'<a href="#mark-{note.number}">↩</a></li>'
        )
    out += ["</ol>", "</body></html>"]
    return "\n".join(out) + "\n"


def _summary(file: MediationFile, day: date | None, name: Name) -> str:
    mediators = [f"{name(mediator.actor)} ({', '.join(mediator.roles)})" for mediator in file.mediators]
    steps, articles = len(file.steps), len(file.articles)
    who = f"Mediators: {listed(mediators)}." if mediators else "No mediator is known."
    return (
        f"As of {day or 'no day'}: {steps} {'step' if steps == 1 else 'steps'} "
        f"from {articles} {'article' if articles == 1 else 'articles'}. {who}"
    )


def _step_line(step: FileStep, notes: _Notes, name: Name) -> list[Line]:
    number = notes.of_step(step)
    text = step_sentence(step.step, name)
    if step.step.kind in _SAID:
        # Whoever reads a memo wants to know what was said, not that something was.
        text = f"{text[:-1]}: “{shortened(notes.words(step))}”."
    lines = [Line(days(step.step.when), text, number)]
    lines += [Line("", contradiction_sentence(item), number) for item in step.contradictions]
    return lines


def _newest(file: MediationFile, limit: int) -> Sequence[FileStep]:
    """The last steps in their order; one without a day counts from the day on which it was told."""
    told = {report.id: report.published for report in file.reports}

    def day(step: FileStep) -> date:
        return step.step.when.latest or step.step.when.earliest or max(told[report] for report in step.reports)

    newest = sorted(range(len(file.steps)), key=lambda n: (day(file.steps[n]), n))[-limit:]
    return [file.steps[n] for n in sorted(newest)]


def _news(changed: Changes, notes: _Notes, name: Name) -> list[Line]:
    lines = [line for step in changed.new_steps for line in _step_line(step, notes, name)]
    for change in changed.changed_steps:
        what = "; ".join(f"{item.field} was {item.before}, is {item.after}" for item in change.fields)
        more = len(change.reports)
        text = step_sentence(change.step.step, name)
        text += f" Now: {what}." if what else f" Confirmed by {more} more {'report' if more == 1 else 'reports'}."
        lines.append(Line(days(change.step.step.when), text, notes.of_step(change.step)))
    lines += [Line("Settled:", question_sentence(q, name), notes.of_evidence(q.evidence)) for q in changed.closed]
    return lines


def _reference(note: Footnote) -> str:
    parts = [note.source, note.title or f"article {note.article[:12]}", note.published.isoformat()]
    return ", ".join(part for part in parts if part) + f", sentence {note.sentence + 1}."


_MARKS = re.compile(r"([\\`*_\[\]<>#|])")


def _md(text: str) -> str:
    return _MARKS.sub(r"\\\1", text)
