"""The `dragoman` command: its commands, and how every error of ours becomes one line for the user.

What takes long to import (above all the language model and what reads with it) is imported inside the commands that
need it, so that `dragoman --help` answers at once.
"""

from __future__ import annotations

import os
import sys
from contextlib import suppress

import typer
from rich.console import Console

from dragoman.cli import archive, cite, codebook, diff, events, export, ingest, knowledge, mediation, read, serve
from dragoman.errors import DragomanError
from dragoman.version import VERSION

app = typer.Typer(
    name="dragoman",
    no_args_is_help=True,
    add_completion=True,
    rich_markup_mode="markdown",
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.command("read")(read.read)
app.command("mediations")(mediation.mediations)
app.command("mediation")(mediation.mediation)
app.command("ingest")(ingest.ingest)
app.command("reread")(ingest.reread)
app.command("diff")(diff.diff)
app.command("archive")(archive.archive)
app.command("events")(events.events)
app.command("export")(export.export)
app.command("sql")(archive.sql)
app.command("problems")(archive.problems)
app.command("cite")(cite.cite)
app.command("serve")(serve.serve)
app.command("who")(knowledge.who)
app.add_typer(knowledge.app, name="knowledge")
app.add_typer(codebook.app, name="codebook")

# What a result may depend on; those of the extras are named where they are installed.
_LIBRARIES = ("spacy", "numpy", "onnxruntime", "tokenizers", "py3langid", "hijridate")
_OF_EXTRAS = ("deltalake", "duckdb", "pyarrow", "pandas", "trafilatura", "pypdf", "ray", "fastapi", "vl-convert-python")


def _print_versions(wanted: bool) -> None:
    if not wanted:
        return
    from importlib.metadata import PackageNotFoundError, version

    from dragoman.provenance import current_versions

    typer.echo(f"dragoman {VERSION}")
    made = current_versions()
    for name in ("model", "codebook", "knowledge"):
        typer.echo(f"{name} {getattr(made, name)}")
    typer.echo(f"python {sys.version.split()[0]}")
    for library in _LIBRARIES:
        try:
            typer.echo(f"{library} {version(library)}")
        except PackageNotFoundError:
            typer.echo(f"{library} is missing")
    for library in _OF_EXTRAS:
        with suppress(PackageNotFoundError):
            typer.echo(f"{library} {version(library)}")
    raise typer.Exit


@app.callback()
def dragoman(
    versions: bool = typer.Option(
        False, "--version", help="Print all versions and leave.", is_eager=True, callback=_print_versions
    ),
) -> None:
    """Read dated news in English and record who did what to whom, when, where and on whose word."""


def main() -> None:
    """The entry point: 0 when all went well, 1 when something was refused, 2 when the command was wrong."""
    try:
        app()
    except DragomanError as error:
        Console(stderr=True, soft_wrap=True, highlight=False).print(f"dragoman: {error}", style="red", markup=False)
        sys.exit(1)
    except BrokenPipeError:
        # Whoever read our output has gone (`| head`): leave quietly, and let nothing be flushed on the way out.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
