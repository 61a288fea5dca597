"""Where the archive is, and how rows are printed: what all commands that ask an archive share."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich import box
from rich.console import Console
from rich.table import Table

from dragoman.settings import Settings, load_settings

if TYPE_CHECKING:
    from dragoman.store import Archive, Relation

ArchiveOption = Annotated[
    str | None,
    typer.Option(
        "--archive", metavar="DIR", help="The archive, in place of the one in the settings (`archive` in this folder)."
    ),
]
VersionOption = Annotated[
    int | None,
    typer.Option("--at", metavar="N", help="As the archive was after so many batches; `dragoman archive` lists them."),
]


class RowFormat(StrEnum):
    """How rows are printed."""

    TEXT = "text"
    CSV = "csv"
    JSON = "json"
    JSONL = "jsonl"


FormatOption = Annotated[
    RowFormat,
    typer.Option(
        "--format",
        metavar="text|csv|json|jsonl",
        help="text: a table to read. jsonl: an object a row. The rest as named.",
    ),
]


def address(archive: str | None, settings: Settings) -> str:
    """The archive that is meant."""
    return archive if archive is not None else settings.archive


def opened(archive: str | None, settings: Path | None, version: int | None = None) -> Archive:
    """The archive that is meant, opened.

    Raises:
        ArchiveError: there is none.
    """
    from dragoman.store import open_archive

    return open_archive(address(archive, load_settings(settings)), version=version)


def print_rows(relation: Relation[Any], format: RowFormat) -> None:
    """Print the answer to a question."""
    columns = relation.columns
    if format is RowFormat.TEXT:
        found = list(relation.rows())
        if found:
            Console(highlight=False).print(table(columns, found))
        else:
            typer.echo("Nothing was found.")
    elif format is RowFormat.CSV:
        writer = csv.writer(sys.stdout, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows([guarded(cell(row[column])) for column in columns] for row in relation.rows())
    elif format is RowFormat.JSONL:
        for row in relation.rows():
            typer.echo(as_json(row))
    else:
        typer.echo("[" + ",\n ".join(map(as_json, relation.rows())) + "]")


def table(columns: Sequence[str], rows: Iterable[dict[str, Any]]) -> Table:
    """Rows as a table for the terminal."""
    shown = Table(box=box.SIMPLE_HEAD, header_style="bold", pad_edge=False)
    found = list(rows)
    for column in columns:
        numbers = all(isinstance(row[column], int | float | None) for row in found)
        days = bool(found) and all(isinstance(row[column], date) for row in found)
        shown.add_column(column, justify="right" if found and numbers else "left", overflow="fold", no_wrap=days)
    for row in found:
        shown.add_row(*(cell(row[column]) for column in columns))
    return shown


def cell(value: Any) -> str:
    """A value as the words of a cell; lists are joined with `; `, what is not known is empty."""
    if value is None:
        return ""
    if isinstance(value, list | tuple):
        return "; ".join(map(cell, value))
    if isinstance(value, dict):
        return as_json(value)
    if isinstance(value, float):
        return f"{value:.6g}"
    return str(value)


def guarded(text: str) -> str:
    """Text from articles must not start a formula when a spreadsheet opens it."""
    formula = text[:1] in ("=", "+", "@", "\t", "\r") or (text[:1] == "-" and not _is_number(text))
    return f"'{text}" if formula else text


def as_json(value: Any) -> str:
    """One line of JSON; days as ISO 8601."""
    return json.dumps(value, ensure_ascii=False, default=_plain)


def _plain(value: Any) -> str:
    return value.isoformat() if isinstance(value, date | datetime) else str(value)


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True
