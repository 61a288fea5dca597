"""Options that many commands share: the user's own files, and the settings."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

Frames = Annotated[
    list[Path] | None,
    typer.Option(metavar="FILE", help="A file of frames that extends the codebook; may be repeated."),
]
Actors = Annotated[
    list[Path] | None,
    typer.Option(metavar="FILE", help="A file of actors that extends the knowledge; may be repeated."),
]
SettingsFile = Annotated[
    Path | None, typer.Option("--settings", metavar="FILE", help="Settings in place of those in ./dragoman.toml.")
]
