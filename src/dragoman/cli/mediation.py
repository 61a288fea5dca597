"""`dragoman mediations` and `dragoman mediation`: the files on conflicts that some articles make together."""

from __future__ import annotations

import json
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

from dragoman.cli.asking import ArchiveOption, opened
from dragoman.cli.options import SettingsFile
from dragoman.cli.session import Session, is_archive, kept_readings, names_of
from dragoman.errors import DragomanError
from dragoman.settings import load_settings

if TYPE_CHECKING:
    from datetime import date

    from dragoman.mediation import Changes, Files, MediationFile
    from dragoman.presentation.wording import Names
    from dragoman.records import Reading

# So many steps of the timeline make a brief that stays on about a page.
_BRIEF_STEPS = 8

Paths = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="PATH",
        help="Articles (as for `dragoman read`), an archive, or a folder that `dragoman read --output` filled; the "
        "archive, if none is named.",
    ),
]
AsOf = Annotated[
    str | None,
    typer.Option("--as-of", metavar="DAY", help="As it stood at the end of this day, from what was published by then."),
]


class ListFormat(StrEnum):
    """How the list is printed."""

    TEXT = "text"
    JSON = "json"


class FileFormat(StrEnum):
    """How a file is printed."""

    TEXT = "text"
    MD = "md"
    JSON = "json"
    CSV = "csv"
    EVENTS = "events"
    HTML = "html"


def mediations(
    paths: Paths = None,
    archive: ArchiveOption = None,
    as_of: AsOf = None,
    format: Annotated[
        ListFormat, typer.Option(metavar="text|json", help="text: a table to read. json: an array, an object a file.")
    ] = ListFormat.TEXT,
    settings: SettingsFile = None,
) -> None:
    """List the mediations that some articles tell of: parties, mediators, how much is known, and the latest step."""
    desk = _Desk(paths or [], archive, settings)
    found = desk.every(_day(as_of))
    from dragoman.cli import dossier

    if format is ListFormat.JSON:
        typer.echo(json.dumps([dossier.listed(file) for file in found], ensure_ascii=False, indent=2))
    elif found:
        console = Console(highlight=False)
        console.print(dossier.overview(found, desk.names, wide=console.width >= 110))
    else:
        typer.echo("No mediation is told of.")
    desk.leave()


def mediation(
    id: Annotated[str, typer.Argument(metavar="ID", help="The file, as `dragoman mediations` lists it: RUS-UKR.")],
    paths: Paths = None,
    archive: ArchiveOption = None,
    as_of: AsOf = None,
    since: Annotated[
        str | None,
        typer.Option(metavar="DAY", help="Begin with what is new since the end of this day."),
    ] = None,
    format: Annotated[
        FileFormat,
        typer.Option(
            metavar="text|md|html|json|csv|events",
            help="text: to read here. md, html: with a footnote for every sentence; word processors open both. "
            "json: all of it, with the reports. csv: a row a step. events: a row a mediation event, in the shape of "
            "hand-coded sets.",
        ),
    ] = FileFormat.TEXT,
    brief: Annotated[
        bool, typer.Option("--brief", help="A page for a memo: the latest steps, positions, what stands open.")
    ] = False,
    settings: SettingsFile = None,
) -> None:
    """Print the file on one mediation: parties, mediators, timeline with evidence, positions, open questions."""
    if (brief or since) and format in (FileFormat.JSON, FileFormat.CSV, FileFormat.EVENTS):
        raise typer.BadParameter(f"--brief and --since go with text, md and html, not with {format.value}")
    day, before = _day(as_of), _day(since)
    desk = _Desk(paths or [], archive, settings)
    file = desk.file(desk.known(id), day)
    if not file.reports:
        raise DragomanError(f"nothing was reported on {file.id} by {day}")
    typer.echo(_Print(desk, file, day, before, _BRIEF_STEPS if brief else None).as_format(format), nl=False)
    desk.leave()


class _Desk:
    """What lies on the desk: an archive, which is asked for the file that is wanted, or readings folded into files."""

    def __init__(self, paths: list[str], archive: str | None, settings: Path | None) -> None:
        from dragoman.mediation import Files

        self._archive = None
        if not paths:
            self._archive = opened(archive, settings)
        elif archive is None and len(paths) == 1 and is_archive(Path(paths[0])):
            self._archive = opened(paths[0], settings)
        kept: list[Reading] = []
        articles: list[str] = []
        if self._archive is None:
            if archive is not None:
                kept += opened(archive, settings).readings(mediations=True)
            for path in paths:
                readings = None if path == "-" else kept_readings(Path(path))
                kept += readings or []
                articles += [path] if readings is None else []
        self._session = Session(articles, None, load_settings(settings))
        kept += list(self._session.readings()) if articles else []
        self._files: Files = Files()
        self._files.add_all({reading.article.id: (reading.article, reading.mediations) for reading in kept}.values())
        self.names: Names = names_of(kept, self._archive.name if self._archive is not None else None)

    def every(self, day: date | None) -> list[MediationFile]:
        """All files, as of a day, those with most steps first."""
        if self._archive is not None:
            return list(self._archive.mediations(day))
        found = [self._files.file(conflict, day) for conflict in self._files]
        return sorted((file for file in found if file.reports), key=lambda file: (-len(file.steps), file.id))

    def file(self, id: str, day: date | None) -> MediationFile:
        """The file on one conflict, as of a day."""
        return self._files.file(id, day) if self._archive is None else self._archive.mediation(id, day)

    def changes(self, id: str, since: date, day: date | None) -> Changes:
        """What is new in a file since a day."""
        from dragoman.mediation import changes

        return changes(self._files, id, since, day) if self._archive is None else self._archive.changes(id, since, day)

    def known(self, name: str) -> str:
        """The id of the file that is meant, whatever its capitals and the order of its parties."""
        wanted = sorted(name.casefold().split("-"))
        ids = self._files if self._archive is None else self._archive.conflicts()
        return next((key for key in ids if sorted(key.casefold().split("-")) == wanted), name)

    def leave(self) -> None:
        """Exit with 1 where an article was refused."""
        if self._session.refused:
            raise typer.Exit(1)


class _Print:
    """One file in each of the formats."""

    def __init__(
        self, desk: _Desk, file: MediationFile, day: date | None, since: date | None, steps: int | None
    ) -> None:
        self._desk = desk
        self._file = file
        self._day = day
        self._since = since
        self._steps = steps

    def as_format(self, format: FileFormat) -> str:
        from dragoman import mediation as files

        name = self._desk.names.__getitem__
        if format is FileFormat.JSON:
            return files.to_json(self._file)
        if format is FileFormat.CSV:
            return files.steps_csv(self._file)
        if format is FileFormat.EVENTS:
            return files.events_csv(self._file, name)
        changed = None
        if self._since is not None:
            changed = self._desk.changes(self._file.id, self._since, self._day)
        page = files.brief(self._file, self._day, name, changed, self._steps)
        if format is FileFormat.MD:
            return files.markdown(page)
        if format is FileFormat.HTML:
            return files.page(page)
        from dragoman.cli import dossier

        console = Console(highlight=False)
        with console.capture() as capture:
            if self._steps is None:
                console.print(dossier.Dossier(page, self._file, self._desk.names))
            else:
                console.print(dossier.Memo(page))
        return capture.get()


def _day(words: str | None) -> date | None:
    from dragoman.sources import parse_day

    return None if words is None else parse_day(words)
