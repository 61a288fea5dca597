"""`dragoman ingest`: read whole sources into the archive."""

from __future__ import annotations

from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.live import Live
from rich.text import Text

from dragoman.cli.asking import ArchiveOption, SettingsFile, address
from dragoman.cli.session import source_options
from dragoman.settings import load_settings

if TYPE_CHECKING:
    from dragoman.ingest import Report

Frames = Annotated[
    list[Path] | None,
    typer.Option(metavar="FILE", help="A file of frames that extends the codebook; may be repeated."),
]
Actors = Annotated[
    list[Path] | None,
    typer.Option(metavar="FILE", help="A file of actors that extends the knowledge; may be repeated."),
]
Workers = Annotated[
    int | None, typer.Option(metavar="N", help="How many processes read; all cores, if it is not said.", min=1)
]


def ingest(
    sources: Annotated[
        list[str],
        typer.Argument(metavar="SOURCE …", help="Files, folders, globs, addresses, or - for standard input."),
    ],
    archive: ArchiveOption = None,
    published: Annotated[
        str | None,
        typer.Option(metavar="DAY", help="The day of publication of articles that do not carry one."),
    ] = None,
    workers: Workers = None,
    frames: Frames = None,
    actors: Actors = None,
    settings: SettingsFile = None,
) -> None:
    """Read all articles of some sources into the archive.

    What is there already is passed over, so that a run which was stopped goes on, and doing it again changes nothing.
    Ctrl-C keeps what was read. What cannot be read is named with the reason (`dragoman problems`); the exit code is 1.
    """
    from dragoman import store

    store.needed()
    from dragoman.ingest import LocalEngine, standard_recipe
    from dragoman.ingest import ingest as take_in
    from dragoman.sources import find_documents

    chosen = load_settings(settings)
    options = source_options(chosen, published)
    recipe = standard_recipe(
        (*chosen.frames, *(frames or ())), (*chosen.actors, *(actors or ())), chosen.model, options
    )
    documents = chain.from_iterable(find_documents(source, options) for source in sources)
    console = Console(stderr=True, highlight=False)
    with Live(console=console, refresh_per_second=4, transient=True) as live:
        report = take_in(
            address(archive, chosen),
            documents,
            recipe,
            LocalEngine(workers),
            progress=lambda report: live.update(Text(line(report))),
        )
    finish(report, console)


def line(report: Report) -> str:
    """Where an ingest stands, in one line."""
    done = report.articles / report.seconds if report.seconds > 1 else 0.0
    parts = [
        f"{report.articles:,} articles read",
        f"{report.known:,} known" if report.known else "",
        f"{report.refused:,} refused" if report.refused else "",
        f"{report.events:,} events",
        f"{done:.1f} articles/s" if done else "",
        f"{report.seconds:.0f} s",
    ]
    return ", ".join(filter(None, parts))


def finish(report: Report, console: Console) -> None:
    """Say what was done; the exit code tells whether all went well."""
    console.print(line(report))
    if report.refused:
        console.print(f"{report.refused:,} could not be read: `dragoman problems` tells why", style="yellow")
    if report.stopped:
        console.print("stopped; the same command goes on from here", style="yellow")
        raise typer.Exit(130)
    if report.refused:
        raise typer.Exit(1)
