"""`dragoman cite`: the versions that made the records, in words and as BibTeX."""

from __future__ import annotations

import hashlib
from pathlib import Path

import typer

from dragoman.cli.asking import ArchiveOption, VersionOption, opened
from dragoman.cli.options import SettingsFile
from dragoman.settings import load_settings


def cite(
    archive: ArchiveOption = None,
    at: VersionOption = None,
    settings: SettingsFile = None,
) -> None:
    """Tell how to cite the records of an archive, or without one those that would be made now."""
    from dragoman.presentation.citation import Holdings, citation
    from dragoman.provenance import Versions, current_versions

    found = load_settings(settings)
    if archive is None and not Path(found.archive).exists() and "://" not in found.archive:
        versions = current_versions(tuple(found.frames), tuple(found.actors), found.model)
        typer.echo(citation([versions]))
        return
    store = opened(archive, settings, at)
    rows = list(store.sql("SELECT article, versions FROM articles ORDER BY article").rows())
    digest = hashlib.sha256("\n".join(f"{row['article']} {row['versions']}" for row in rows).encode()).hexdigest()[:16]
    info = store.info()
    made = [Versions.parse(text) for text in sorted({row["versions"] for row in rows})]
    typer.echo(citation(made, Holdings(info.articles, info.events, info.first, info.last, digest)))
