"""`dragoman archive`, `problems` and `sql`: what an archive holds, what could not be read, and any question."""

from __future__ import annotations

import sys
from typing import Annotated

import typer
from rich.console import Console

from dragoman.cli.asking import (
    ArchiveOption,
    FormatOption,
    RowFormat,
    VersionOption,
    as_json,
    opened,
    print_rows,
    table,
)
from dragoman.cli.options import SettingsFile


def archive(
    archive: ArchiveOption = None,
    at: VersionOption = None,
    batches: Annotated[bool, typer.Option("--batches", help="List what came in, batch by batch.")] = False,
    compact: Annotated[
        bool,
        typer.Option(
            "--compact",
            help="Rewrite small files into large ones, and delete what no reader of the last week can still want.",
        ),
    ] = False,
    format: FormatOption = RowFormat.TEXT,
    settings: SettingsFile = None,
) -> None:
    """Tell what an archive holds, and look after it."""
    found = opened(archive, settings, at)
    if compact:
        gone = found.compact()
        typer.echo(f"{gone} files fewer", err=True)
        found.refresh()
    if batches:
        columns = "sequence, batch, kind, articles, events, problems, replaced, versions, committed"
        print_rows(found.sql(f"SELECT {columns} FROM batches ORDER BY sequence"), format)
        return
    info = found.info()
    rows = [{"what": name, "value": getattr(info, name)} for name in info.__dataclass_fields__]
    if format is RowFormat.TEXT:
        Console(highlight=False).print(table(("what", "value"), rows))
    else:
        typer.echo(as_json({row["what"]: row["value"] for row in rows}))


def problems(
    archive: ArchiveOption = None,
    at: VersionOption = None,
    format: FormatOption = RowFormat.TEXT,
    settings: SettingsFile = None,
) -> None:
    """List what could not be read into the archive, and why."""
    found = opened(archive, settings, at)
    print_rows(found.sql("SELECT origin, kind, message FROM problems ORDER BY origin, message"), format)


def sql(
    question: Annotated[str, typer.Argument(metavar="QUESTION|-", help="One SELECT, in DuckDB's SQL; - reads it.")],
    archive: ArchiveOption = None,
    at: VersionOption = None,
    format: FormatOption = RowFormat.TEXT,
    settings: SettingsFile = None,
) -> None:
    """Ask the archive in SQL: docs/archive.md describes its views. Nothing can be changed, and no other file read."""
    text = sys.stdin.read() if question == "-" else question
    print_rows(opened(archive, settings, at).sql(text), format)
