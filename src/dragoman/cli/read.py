"""`dragoman read`: articles in, records out."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

from dragoman.cli.options import Actors, Frames, SettingsFile
from dragoman.cli.session import ColumnOption, Session, names_of
from dragoman.errors import DragomanError
from dragoman.settings import load_settings

if TYPE_CHECKING:
    from dragoman.records import Reading


class Format(StrEnum):
    """How the records are printed."""

    TEXT = "text"
    JSON = "json"
    JSONL = "jsonl"


def read(
    files: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[FILE …|-]",
            help="Files of text, web pages, PDF, JSON Lines, CSV, Parquet, feeds and WARC archives, compressed or "
            "not; folders and globs of them; addresses of pages and feeds; or - for standard input.",
            show_default=False,
        ),
    ] = None,
    published: Annotated[
        str | None,
        typer.Option(
            metavar="DAY",
            help="The day of publication, such as 2022-03-21. It overrides the day in a text file; in JSON Lines it "
            "is for articles without one. Today is never assumed.",
        ),
    ] = None,
    format: Annotated[
        Format | None,
        typer.Option(
            metavar="text|json|jsonl",
            help="text: a report to read. json: one object for one article, an array for several. jsonl: one a line.",
            show_default="text",
        ),
    ] = None,
    column: ColumnOption = None,
    output: Annotated[
        Path | None,
        typer.Option(
            metavar="FOLDER",
            help="Keep all in a folder: every article as JSON, the mediations over all articles, events as CSV, and a "
            "page to open in a browser. The terminal shows a summary.",
        ),
    ] = None,
    frames: Frames = None,
    actors: Actors = None,
    settings: SettingsFile = None,
) -> None:
    """Read dated news articles: who did what to whom, when, where, on whose word – and the mediation it is part of.

    An article's day comes from --published, a first line “date 2022-03-21”, a front matter, or a dateline with its
    year. What cannot be read is named on standard error, the rest is read, and the exit code is 1.
    """
    if not files:
        if sys.stdin.isatty():
            raise typer.BadParameter("name a file or a folder, or pipe an article in")
        files = ["-"]
    chosen = load_settings(settings)
    shape = format or Format(chosen.format)
    session = Session(files, published, chosen, tuple(frames or ()), tuple(actors or ()), column or ())
    readings = session.readings()
    if output is not None:
        from dragoman.cli.folder import write_folder

        try:
            write_folder(readings, output, Console())
        except OSError as error:
            raise DragomanError(f"{output}: it cannot be written: {error.strerror or error}") from error
    elif shape is Format.TEXT:
        _print_reports(readings)
    elif shape is Format.JSONL:
        for reading in readings:
            typer.echo(json.dumps(reading.to_dict(), ensure_ascii=False))
    else:
        _print_json(readings, session)
    if session.refused:
        raise typer.Exit(1)


def _print_reports(readings: Iterator[Reading]) -> None:
    from dragoman.cli.render import Report

    console = Console()
    for reading in readings:
        console.print(Report(reading, names_of([reading])))


def _print_json(readings: Iterator[Reading], session: Session) -> None:
    found = [reading.to_dict() for reading in readings]
    if session.articles == 1:
        for reading in found:
            typer.echo(json.dumps(reading, ensure_ascii=False, indent=2))
    else:
        typer.echo(json.dumps(found, ensure_ascii=False, indent=2))
