"""A file as data for others: JSON, CSV, and rows in the shape of hand-coded mediation sets. See docs/mediation.md."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterator
from datetime import date

from dragoman.mediation.files import MediationFile
from dragoman.mediation.merging import FileStep, Report
from dragoman.records import When

Name = Callable[[str], str]

# One row a step, every field of the contract; lists are joined with "; ".
STEP_COLUMNS = (
    "conflict", "step", "kind", "actors", "recipients", "third_parties", "persons", "earliest", "latest",
    "place", "country", "latitude", "longitude", "status", "round", "outcome", "terms", "said_by",
    "reports", "articles", "contradictions", "evidence",
)  # fmt: skip

# The columns that a coder of mediation events fills in by hand.
EVENT_COLUMNS = (
    "event_id", "conflict_id", "start_date", "end_date", "date_precision", "third_parties", "third_party_ids",
    "local_actors", "local_actor_ids", "individuals", "location", "country", "latitude", "longitude",
    "kind", "round", "outcome", "terms", "sources", "n_sources", "contested",
)  # fmt: skip

# Steps of third parties and of the parties with each other; what others say of them is no mediation event.
EVENT_KINDS = frozenset(
    {"offer", "acceptance", "refusal", "request", "appeal", "talks", "consultation", "proposal", "agreement",
     "breakdown"}
)  # fmt: skip


def to_json(file: MediationFile) -> str:
    """The whole file, reports included; `MediationFile.from_dict` reads it back."""
    return json.dumps(file.to_dict(), ensure_ascii=False, indent=2) + "\n"


def steps_csv(file: MediationFile) -> str:
    """All steps as CSV, `STEP_COLUMNS`."""
    return _csv(STEP_COLUMNS, (_step_row(file.id, step) for step in file.steps))


def events_csv(file: MediationFile, name: Name = str) -> str:
    """The mediation events as CSV, `EVENT_COLUMNS`: only what took place."""
    return _csv(EVENT_COLUMNS, event_rows(file, name))


def event_rows(file: MediationFile, name: Name = str) -> Iterator[dict[str, object]]:
    """One row for each event that took place, as hand-coded mediation sets have them."""
    reports = {report.id: report for report in file.reports}
    for item in file.steps:
        step = item.step
        if step.kind not in EVENT_KINDS or step.status not in ("actual", "historical"):
            continue
        involved = dict.fromkeys((*step.actors, *step.recipients, *step.third_parties))
        local = [actor for actor in involved if actor in file.parties]
        third = [actor for actor in involved if actor not in file.parties]
        where = step.where
        sources = list(dict.fromkeys(_source(reports[report]) for report in item.reports))
        yield {
            "event_id": item.id,
            "conflict_id": file.id,
            "start_date": _day(step.when.earliest),
            "end_date": _day(step.when.latest),
            "date_precision": precision(step.when),
            "third_parties": "; ".join(name(actor) for actor in third),
            "third_party_ids": "; ".join(third),
            "local_actors": "; ".join(name(actor) for actor in local),
            "local_actor_ids": "; ".join(local),
            "individuals": "; ".join(name(person) for person in step.persons),
            "location": where.name if where else "",
            "country": (where.country or "") if where else "",
            "latitude": "" if where is None or where.latitude is None else where.latitude,
            "longitude": "" if where is None or where.longitude is None else where.longitude,
            "kind": step.kind,
            "round": "" if step.round is None else step.round,
            "outcome": step.outcome or "",
            "terms": "; ".join(step.terms),
            "sources": "; ".join(sources),
            "n_sources": len({reports[report].article for report in item.reports}),
            "contested": "; ".join(contradiction.field for contradiction in item.contradictions),
        }


def precision(when: When) -> str:
    """How exactly the days are known: ``day``, ``week``, ``month``, ``longer`` or ``unknown``."""
    if when.earliest is None or when.latest is None:
        return "unknown"
    days = (when.latest - when.earliest).days
    return "day" if days == 0 else "week" if days <= 7 else "month" if days <= 31 else "longer"


def _step_row(conflict: str, item: FileStep) -> dict[str, object]:
    step, where = item.step, item.step.where
    return {
        "conflict": conflict,
        "step": item.id,
        "kind": step.kind,
        "actors": "; ".join(step.actors),
        "recipients": "; ".join(step.recipients),
        "third_parties": "; ".join(step.third_parties),
        "persons": "; ".join(step.persons),
        "earliest": _day(step.when.earliest),
        "latest": _day(step.when.latest),
        "place": where.name if where else "",
        "country": (where.country or "") if where else "",
        "latitude": "" if where is None or where.latitude is None else where.latitude,
        "longitude": "" if where is None or where.longitude is None else where.longitude,
        "status": step.status,
        "round": "" if step.round is None else step.round,
        "outcome": step.outcome or "",
        "terms": "; ".join(step.terms),
        "said_by": step.said_by or "",
        "reports": len(item.reports),
        "articles": "; ".join(dict.fromkeys(evidence.article for evidence in step.evidence)),
        "contradictions": "; ".join(
            f"{c.field}: " + " / ".join(f"{claim.value} ({len(claim.reports)})" for claim in c.claims)
            for c in item.contradictions
        ),
        "evidence": "; ".join(f"{e.article}:{e.start}-{e.end}" for e in step.evidence),
    }


def _source(report: Report) -> str:
    return f"{report.source or report.article} {report.published.isoformat()}"


def _day(day: date | None) -> str:
    return "" if day is None else day.isoformat()


def _csv(columns: tuple[str, ...], rows: Iterator[dict[str, object]]) -> str:
    out = io.StringIO()
    writer = csv.DictWriter(out, columns, lineterminator="\n")
    writer.writeheader()
    for row in rows:
        writer.writerow({column: _guarded(value) for column, value in row.items()})
    return out.getvalue()


def _guarded(value: object) -> object:
    """Text from articles must not start a formula when a spreadsheet opens the file."""
    return f"'{value}" if isinstance(value, str) and value[:1] in ("=", "+", "-", "@", "\t", "\r") else value
