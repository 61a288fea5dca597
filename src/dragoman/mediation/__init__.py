"""From events to the file on a conflict: the steps of one article, and the steps of many articles merged."""

from dragoman.mediation.brief import Brief, brief, markdown, page
from dragoman.mediation.changes import Changes, changes
from dragoman.mediation.exports import event_rows, events_csv, steps_csv, to_json
from dragoman.mediation.files import Files, MediationFile, reports_of
from dragoman.mediation.merging import Claim, Contradiction, FileStep, Report
from dragoman.mediation.questions import Question, questions

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
    "markdown",
    "page",
    "questions",
    "reports_of",
    "steps_csv",
    "to_json",
]
