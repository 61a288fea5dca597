"""`dragoman export`: events in the shapes that others know, and any table."""

from __future__ import annotations

import sys
from contextlib import AbstractContextManager, nullcontext
from enum import StrEnum
from pathlib import Path
from typing import IO, TYPE_CHECKING, Annotated, Any

import typer

from dragoman.cli.asking import ArchiveOption, VersionOption, as_json, cell, guarded, opened
from dragoman.cli.filters import Chosen, filtered
from dragoman.cli.options import SettingsFile
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


@filtered
def export(
    *,
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
        typer.Option("--output", "-o", metavar="FILE", help="Where to; standard output, if not given."),
    ] = None,
    table: Annotated[
        str,
        typer.Option(
            metavar="NAME", help="For jsonl, csv and parquet: another table, whole; docs/archive.md lists them."
        ),
    ] = "events",
    chosen: Chosen,
    archive: ArchiveOption = None,
    at: VersionOption = None,
    settings: SettingsFile = None,
) -> None:
    """Write events out of the archive in a shape that others know.

    POLECAT's columns and dyads have no word for what was planned, denied or supposed: they hold what took place, unless
    --status says otherwise.
    """
    found = opened(archive, settings, at)
    if table != "events" and chosen:
        raise typer.BadParameter("the filters are for events; of another table all rows are written")
    if format is ExportFormat.PARQUET and output is None:
        raise typer.BadParameter("parquet needs --output FILE")
    try:
        lines = _write(found, format, output, table, chosen)
    except BrokenPipeError:  # whoever read our output has gone
        raise
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
