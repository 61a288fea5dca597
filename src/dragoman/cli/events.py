"""`dragoman events`: who did what to whom, from the archive, a row an event or counted."""

from __future__ import annotations

from typing import Annotated, Any

import typer
from rich.console import Console

from dragoman.cli.asking import ArchiveOption, FormatOption, RowFormat, VersionOption, opened, print_rows
from dragoman.cli.filters import Chosen, filtered
from dragoman.cli.options import SettingsFile
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
# What a terminal of the usual width has room for; the others come in a wider one, and as CSV.
_NARROW = ("day", "type", "actors", "recipients", "place", "status")
_WIDE = 120


@filtered
def events(
    chosen: Chosen,
    by: Annotated[
        str | None,
        typer.Option(
            metavar="WHAT,…",
            help="Count in place of listing, by any of: day, week, month, year, dyad, actor, recipient, type, mode, "
            "quad, cameo, status, country, source.",
        ),
    ] = None,
    limit: Annotated[int | None, typer.Option(metavar="N", help="At most so many rows.")] = None,
    archive: ArchiveOption = None,
    at: VersionOption = None,
    format: FormatOption = RowFormat.TEXT,
    settings: SettingsFile = None,
) -> None:
    """Find events in the archive: who did what to whom, when, where, on whose word. Filters all hold at once."""
    found = opened(archive, settings, at)
    if by is not None:
        relation: Any = found.counts(by.split(","), **chosen)
    else:
        relation = found.events(**chosen)
        if format in (RowFormat.TEXT, RowFormat.CSV):
            narrow = format is RowFormat.TEXT and Console().width < _WIDE
            relation = relation.select(*(_NARROW if narrow else _COLUMNS))
    if limit is not None:
        if limit < 0:
            raise ArchiveError("--limit is a number of rows, 0 or more")
        relation = relation.limit(limit)
    print_rows(relation, format)
