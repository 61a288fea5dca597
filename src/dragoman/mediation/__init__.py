"""From events to the file on a conflict: the steps of one article, and the steps of many articles merged."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dragoman.mediation.brief import Brief, brief, markdown, page
from dragoman.mediation.changes import Changes, changes
from dragoman.mediation.exports import event_rows, events_csv, steps_csv, to_json
from dragoman.mediation.files import Files, MediationFile, reports_of
from dragoman.mediation.merging import Claim, Contradiction, FileStep, Report
from dragoman.mediation.questions import Question, questions

if TYPE_CHECKING:
    from dragoman.mediation.finding import find_mediations

__all__ = [
    "Brief",
    "Changes",
    "Claim",
    "Contradiction",
    "FileStep",
    "Files",
    "MediationFile",
    "Question",
    "Report",
    "brief",
    "changes",
    "event_rows",
    "events_csv",
    "find_mediations",
    "markdown",
    "page",
    "questions",
    "reports_of",
    "steps_csv",
    "to_json",
]


def __getattr__(name: str) -> Any:
    """Files are merged from records alone: what needs the language model is imported when it is asked for."""
    if name == "find_mediations":
        from dragoman.mediation.finding import find_mediations

        return find_mediations
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
