"""`dragoman events`: who did what to whom, from the archive, a row an event or counted."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from dragoman.cli import filters
from dragoman.cli.asking import ArchiveOption, FormatOption, RowFormat, SettingsFile, VersionOption, opened, print_rows
from dragoman.errors import ArchiveError

_COLUMNS = (
    "day",
    "type",
    "mode",
    "cameo",
    "actors",
    "recipients",
    "status",
    "place",
    "said_by",
    "predicate",
    "article",
)


def events(
    actor: filters.Actor = None,
    recipient: filters.Recipient = None,
    with_: filters.With = None,
    type: filters.Type = None,
    mode: filters.Mode = None,
    cameo: filters.Cameo = None,
    context: filters.Context = None,
    topic: filters.Topic = None,
    status: filters.Status = None,
    country: filters.Country = None,
    said_by: filters.SaidBy = None,
    source: filters.Source = None,
    since: filters.Since = None,
    until: filters.Until = None,
    min_confidence: filters.MinConfidence = None,
    by: Annotated[
        str | None,
        typer.Option(
            metavar="WHAT,…",
            help="Count in place of listing, by any of: day, week, month, year, dyad, actor, recipient, type, mode, "
            "quad, cameo, status, country, source.",
        ),
    ] = None,
    one_story: filters.OneStory = False,
    history: filters.History = False,
    limit: Annotated[int | None, typer.Option(metavar="N", help="At most so many rows.")] = None,
    archive: ArchiveOption = None,
    at: VersionOption = None,
    format: FormatOption = RowFormat.TEXT,
    settings: SettingsFile = None,
) -> None:
    """Find events in the archive: who did what to whom, when, where, on whose word. Filters all hold at once."""
    chosen: dict[str, Any] = {
        "actor": actor, "recipient": recipient, "with_": with_, "type": type, "mode": mode, "cameo": cameo,
        "context": context, "topic": topic, "status": status, "country": country, "said_by": said_by,
        "source": source, "since": since, "until": until, "min_confidence": min_confidence,
    }  # fmt: skip
    chosen = {name: value or None for name, value in chosen.items()}
    found = opened(archive, settings, at)
    if by is not None:
        relation: Any = found.counts(by.split(","), one_story=one_story, history=history, **chosen)
    else:
        relation = found.events(one_story=one_story, history=history, **chosen)
        if format in (RowFormat.TEXT, RowFormat.CSV):
            relation = relation.select(*_COLUMNS)
    if limit is not None:
        if limit < 0:
            raise ArchiveError("--limit is a number of rows, 0 or more")
        relation = relation.limit(limit)
    print_rows(relation, format)
