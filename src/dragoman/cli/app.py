"""The `dragoman` command and what is common to its commands."""

from __future__ import annotations

import typer

app = typer.Typer(no_args_is_help=True)


@app.callback()
def dragoman() -> None:
    """Read dated news and record who did what to whom."""


def main() -> None:
    """The entry point of the `dragoman` command."""
    app()
