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
from dragoman.mediation.prose import days, in_full, in_prose, listed, quoted, shortened
from dragoman.mediation.questions import questions
from dragoman.mediation.wording import (
    change_sentence,
    closed_sentence,
    contradiction_sentence,
    question_sentence,
    step_sentence,
    telling,
)
from dragoman.records import Evidence

Name = Callable[[str], str]

# The sentence of these says who met whom; of all others a reader wants to know what was said.
_SAY_ENOUGH = frozenset({"talks", "consultation", "agreement"})
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
        """What the first report of a step says."""
        return telling(self._by_id[step.reports[0]])

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
        sections.append(Section(f"New since {in_full(changed.since)}", tuple(_news(changed, notes, name, day))))
    timeline, heading = file.steps, "Timeline"
    if limit is not None and changed is not None:
        # What is new has been told; on one page nothing is told twice.
        new = {step.id for step in changed.new_steps}
        timeline = tuple(step for step in file.steps if step.id not in new)
        heading = "Earlier steps"
    if limit is not None and limit < len(timeline):
        timeline = _newest(file, timeline, limit)
        heading = "Latest steps" if changed is None else heading
    sections.append(Section(heading, _step_lines(timeline, notes, name, day)))
    for party in file.parties:
        held = [step for step in file.steps if step.step.kind in _POSITIONS and party in step.step.actors]
        sections.append(Section(f"Position of {in_prose(name(party))}", _step_lines(held, notes, name, day)))
    parties = frozenset(file.parties)
    terms = [item for item in file.steps if item.step.kind == "condition" and not parties & {*item.step.actors}]
    sections.append(Section("Conditions of others", _step_lines(terms, notes, name, day)))
    asked = questions(file, day)
    for heading, met in (("Conditions that a later agreement covers", True), ("Open questions", False)):
        told = [item for item in asked if (item.kind == "condition met") is met]
        lines = [Line("", question_sentence(item, name), notes.of_evidence(item.evidence)) for item in told]
        sections.append(Section(heading, tuple(lines)))
    return Brief(
        title=f"Mediation {' – '.join(name(party) for party in file.parties)}",
        summary=_summary(file, day, name, changed),
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
            # With a space between: 8 and 10 would be printed as 810.
            marks = " ".join(f"[^{number}]" for number in line.notes)
            out.append(f"- {lead}{_md(line.text)}{marks}")
        out.append("")
    out += [f"[^{note.number}]: {_md(_reference(note))} “{_md(quoted(note.quote))}”" for note in brief.footnotes]
    return "\n".join(out) + "\n"


def page(brief: Brief) -> str:
    """The brief as one HTML page that a word processor opens as well; all text is escaped."""
    escape = html.escape
    out = [
        "<!DOCTYPE html>",
        '<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">',
        f"<title>{escape(brief.title)}</title>",
        "<style>body{font-family:Georgia,serif;max-width:46em;margin:2em auto;padding:0 1em;line-height:1.45}"
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
            out.append(f"<li>{lead}{escape(line.text)}{'<sup>, </sup>'.join(marks)}</li>")
        out.append("</ul>")
    out += ["<h2>Sources</h2>", "<ol>"]
    for note in brief.footnotes:
        reference = escape(_reference(note))
        if note.url is not None and note.url.startswith(("http://", "https://")):
            reference = f'<a href="{escape(note.url, quote=True)}">{reference}</a>'
        out.append(
            f'<li id="note-{note.number}">{reference} “{escape(quoted(note.quote))}” '
            f'<a href="#mark-{note.number}" aria-label="back to the text">↩</a></li>'
        )
    out += ["</ol>", "</body></html>"]
    return "\n".join(out) + "\n"


def _summary(file: MediationFile, day: date | None, name: Name, changed: Changes | None) -> str:
    mediators = [f"{name(mediator.actor)} ({', '.join(mediator.roles)})" for mediator in file.mediators]
    steps, articles = len(file.steps), len(file.articles)
    who = f"Mediators: {listed(mediators)}." if mediators else "No mediator is known."
    nothing_new = changed is not None and not (changed.new_steps or changed.changed_steps or changed.closed)
    none = f" Nothing is new since {in_full(changed.since)}." if changed is not None and nothing_new else ""
    if not file.steps:
        return f"As of {in_full(day)}: nothing is reported." if day else "Nothing is reported."
    return (
        f"As of {in_full(day) if day else 'an unknown day'}: {steps} {'step' if steps == 1 else 'steps'} "
        f"from {articles} {'article' if articles == 1 else 'articles'}. {who}{none}"
    )


def _step_lines(steps: Sequence[FileStep], notes: _Notes, name: Name, day: date | None) -> tuple[Line, ...]:
    return tuple(_step_line(step, notes, name, day) for step in steps)


def _step_line(step: FileStep, notes: _Notes, name: Name, day: date | None) -> Line:
    text = step_sentence(step.step, name, day)
    if step.step.kind not in _SAY_ENOUGH:
        text = f"{text[:-1]}: “{shortened(notes.words(step))}”."
    text = " ".join([text, *map(contradiction_sentence, step.contradictions)])
    return Line(_lead(step), text, notes.of_step(step))


def _lead(step: FileStep) -> str:
    words = days(step.step.when)
    return words[0].upper() + words[1:]


def _newest(file: MediationFile, steps: Sequence[FileStep], limit: int) -> tuple[FileStep, ...]:
    """The last steps in their order; one without a day counts from the day on which it was told."""
    told = {report.id: report.published for report in file.reports}

    def day(step: FileStep) -> date:
        return step.step.when.latest or step.step.when.earliest or max(told[report] for report in step.reports)

    newest = sorted(range(len(steps)), key=lambda n: (day(steps[n]), n))[-limit:]
    return tuple(steps[n] for n in sorted(newest))


def _news(changed: Changes, notes: _Notes, name: Name, day: date | None) -> list[Line]:
    lines = list(_step_lines(changed.new_steps, notes, name, day))
    for change in changed.changed_steps:
        what = "; ".join(change_sentence(item.field, item.before, item.after, name) for item in change.fields)
        more = len(change.reports)
        text = step_sentence(change.step.step, name, day)
        text += f" Now: {what}." if what else f" Confirmed by {more} more {'report' if more == 1 else 'reports'}."
        lines.append(Line(_lead(change.step), text, notes.of_step(change.step)))
    met = {question.steps[:1] for question in changed.opened if question.kind == "condition met"}
    # What waits for fewer than it did, or is overdue by now, still stands open and is told there.
    open_ = {question.steps[:1] for question in changed.opened if question.kind != "condition met"}
    for question in changed.closed:
        if question.kind != "condition met" and question.steps[:1] not in open_:
            text = closed_sentence(question, name, met=question.steps[:1] in met)
            lines.append(Line("No longer open:", text, notes.of_evidence(question.evidence)))
    return lines


def _reference(note: Footnote) -> str:
    parts = [note.source, note.title or f"article {note.article[:12]}", in_full(note.published)]
    return ", ".join(part for part in parts if part) + f", sentence {note.sentence + 1}."


_MARKS = re.compile(r"([\\`*_\[\]<>#|])")


def _md(text: str) -> str:
    return _MARKS.sub(r"\\\1", text)
