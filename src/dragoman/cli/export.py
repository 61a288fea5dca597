"""`dragoman export`: events in the shapes that others know, and any table."""

from __future__ import annotations

import sys
from contextlib import AbstractContextManager, nullcontext
from enum import StrEnum
from pathlib import Path
from typing import IO, TYPE_CHECKING, Annotated, Any

import typer

from dragoman.cli import filters
from dragoman.cli.asking import ArchiveOption, SettingsFile, VersionOption, as_json, cell, guarded, opened
from dragoman.errors import ArchiveError

if TYPE_CHECKING:
    from dragoman.store import Archive


class ExportFormat(StrEnum):
    """The shapes."""

    PLOVER = "plover"
    POLECAT = "polecat"
    CAMEO = "cameo"
    JSONL = "jsonl"
    CSV = "csv"
    PARQUET = "parquet"


def export(
    format: Annotated[
        ExportFormat,
        typer.Argument(
            metavar="plover|polecat|cameo|jsonl|csv|parquet",
            help="plover: JSON Lines, an event a line. polecat: tab-separated, in columns like those of POLECAT. "
            "cameo: dyads as Phoenix and ICEWS users know them: date, source, target, code. jsonl, csv, parquet: "
            "events as the archive has them, or the --table.",
        ),
    ],
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="FILE", help="Where to; standard output, if it is not said."),
    ] = None,
    table: Annotated[
        str,
        typer.Option(
            metavar="NAME", help="For jsonl, csv and parquet: another table, whole; docs/archive.md lists them."
        ),
    ] = "events",
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
    one_story: filters.OneStory = False,
    history: filters.History = False,
    archive: ArchiveOption = None,
    at: VersionOption = None,
    settings: SettingsFile = None,
) -> None:
    """Write events out of the archive in a shape that others know.

    POLECAT's columns and dyads have no word for what was planned, denied or supposed: they hold what took place, unless
    --status says otherwise.
    """
    chosen: dict[str, Any] = {
        "actor": actor, "recipient": recipient, "with_": with_, "type": type, "mode": mode, "cameo": cameo,
        "context": context, "topic": topic, "status": status, "country": country, "said_by": said_by,
        "source": source, "since": since, "until": until, "min_confidence": min_confidence,
    }  # fmt: skip
    chosen = {name: value for name, value in chosen.items() if value}
    found = opened(archive, settings, at)
    if table != "events" and (chosen or one_story or history):
        raise typer.BadParameter("the filters are for events; of another table all rows are written")
    if format is ExportFormat.PARQUET and output is None:
        raise typer.BadParameter("parquet needs --output FILE")
    chosen |= {"one_story": one_story, "history": history}
    try:
        lines = _write(found, format, output, table, chosen)
    except OSError as error:
        raise ArchiveError(f"{output}: it cannot be written: {error.strerror or error}") from error
    if output is not None:
        typer.echo(f"{lines:,} rows in {output}", err=True)


def _write(archive: Archive, format: ExportFormat, output: Path | None, table: str, chosen: dict[str, Any]) -> int:
    from dragoman.store import exports

    relation = archive.event_rows(**chosen) if table == "events" else archive.table(table)
    if format is ExportFormat.PARQUET and output is not None:
        return exports.write_parquet(relation, output)
    stream: AbstractContextManager[IO[str]] = (
        nullcontext(sys.stdout) if output is None else output.open("w", encoding="utf-8", newline="")
    )
    with stream as target:
        if format is ExportFormat.CSV:
            return exports.write_csv(relation, target, lambda value: guarded(cell(value)))
        if format is ExportFormat.JSONL:
            return exports.write_lines(target, (as_json(row) for row in relation.rows()))
        return exports.write_events(archive, format.value, target, **chosen)
