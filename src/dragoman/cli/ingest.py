"""`dragoman ingest` and `dragoman reread`: whole sources into the archive, and its articles once more."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from enum import StrEnum
from itertools import chain
from threading import Thread
from typing import TYPE_CHECKING, Annotated, Any, Self

import typer
from rich.console import Console
from rich.live import Live
from rich.text import Text

from dragoman.cli.asking import ArchiveOption, address
from dragoman.cli.options import Actors, Frames, SettingsFile
from dragoman.cli.session import ColumnOption, source_options
from dragoman.settings import load_settings

if TYPE_CHECKING:
    from dragoman.ingest import Engine, Report
    from dragoman.sources import Options


class EngineName(StrEnum):
    """Where the reading is done."""

    LOCAL = "local"
    RAY = "ray"


Workers = Annotated[
    int | None, typer.Option(metavar="N", help="How many processes read; all cores, if not given.", min=1)
]


EngineOption = Annotated[
    EngineName,
    typer.Option(
        "--engine",
        metavar="local|ray",
        help="local: processes of this machine. ray: actors of a Ray cluster (extra `ray`).",
    ),
]
ClusterOption = Annotated[
    str | None,
    typer.Option(
        "--cluster", metavar="ADDRESS", help="The Ray cluster, such as ray://head:10001; one here, if not given."
    ),
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
    column: ColumnOption = None,
    engine: EngineOption = EngineName.LOCAL,
    workers: Workers = None,
    cluster: ClusterOption = None,
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
    from dragoman.ingest import ingest as take_in
    from dragoman.ingest import standard_recipe
    from dragoman.sources import find_documents

    chosen = load_settings(settings)
    options = source_options(chosen, published, column or ())
    recipe = standard_recipe(
        (*chosen.frames, *(frames or ())), (*chosen.actors, *(actors or ())), chosen.model, options
    )
    documents = chain.from_iterable(find_documents(source, options) for source in sources)
    with _Progress(_counted(sources, options)) as progress:
        made = _engine(engine, workers, cluster)
        report = take_in(address(archive, chosen), documents, recipe, made, progress=progress.tell)
    finish(report, address(archive, chosen))


def reread(
    archive: ArchiveOption = None,
    since: Annotated[str | None, typer.Option(metavar="DAY", help="Only articles published from this day on.")] = None,
    until: Annotated[str | None, typer.Option(metavar="DAY", help="Only articles published up to this day.")] = None,
    engine: EngineOption = EngineName.LOCAL,
    workers: Workers = None,
    cluster: ClusterOption = None,
    frames: Frames = None,
    actors: Actors = None,
    settings: SettingsFile = None,
) -> None:
    """Read the archive's articles again, with a newer codebook, knowledge or model.

    Only what other versions have read is read. The older records stay visible (`--history`, and `--at` for the archive
    as it was); questions are answered from the newer ones.
    """
    from dragoman import store

    store.needed()
    from dragoman.ingest import outdated, standard_recipe
    from dragoman.ingest import reread as take_in
    from dragoman.sources import parse_day

    chosen = load_settings(settings)
    place = address(archive, chosen)
    recipe = standard_recipe((*chosen.frames, *(frames or ())), (*chosen.actors, *(actors or ())), chosen.model)
    first, last = (None if day is None else parse_day(day) for day in (since, until))
    total = outdated(store.open_archive(place), recipe.versions, first, last)
    with _Progress(lambda: total) as progress:
        made = _engine(engine, workers, cluster)
        report = take_in(place, recipe, made, since=first, until=last, progress=progress.tell)
    finish(report, place)


def _engine(name: EngineName, workers: int | None, cluster: str | None) -> Engine:
    if name is EngineName.RAY:
        from dragoman.ingest.ray import RayEngine

        return RayEngine(workers, address=cluster)
    if cluster is not None:
        raise typer.BadParameter("--cluster goes with --engine ray")
    from dragoman.ingest import LocalEngine

    return LocalEngine(workers)


def _counted(sources: list[str], options: Options) -> Callable[[], int | None]:
    """Counts the documents of sources on this machine: to find them costs little beside reading them."""
    if any(source == "-" or "://" in source for source in sources):
        return lambda: None
    from dragoman.sources import find_documents

    return lambda: sum(1 for source in sources for _ in find_documents(source, options))


class _Progress:
    """A line in the terminal that tells where an ingest stands; the whole is counted meanwhile, in a thread."""

    def __init__(self, count: Callable[[], int | None]) -> None:
        self._total: int | None = None
        self._count = count
        self._live = Live(console=Console(stderr=True, highlight=False), refresh_per_second=2, transient=True)

    def __enter__(self) -> Self:
        def run() -> None:
            # It is a courtesy: what is wrong with the source is told by the one who reads it.
            with suppress(Exception):
                self._total = self._count()

        self._live.__enter__()
        Thread(target=run, daemon=True).start()
        return self

    def __exit__(self, *error: Any) -> None:
        self._live.__exit__(*error)

    def tell(self, report: Report) -> None:
        self._live.update(Text(line(report, self._total)))


def line(report: Report, total: int | None = None) -> str:
    """Where an ingest stands, in one line: how many, how fast, how long it will still take."""
    speed = report.seen / report.seconds if report.seconds > 1 else 0.0
    left = (total - report.seen) / speed if total is not None and speed else None
    parts = [
        f"{report.seen:,} of {total:,}" if total is not None else f"{report.seen:,}",
        f"{report.articles:,} articles read",
        f"{report.known:,} known" if report.known else "",
        f"{report.refused:,} refused" if report.refused else "",
        f"{report.events:,} events",
        f"{speed:.1f} a second" if speed else "",
        f"{_span(left)} left" if left else _span(report.seconds),
    ]
    return ", ".join(filter(None, parts))


def _span(seconds: float) -> str:
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours} h {minutes} min" if hours else f"{minutes} min {rest} s" if minutes else f"{rest} s"


def finish(report: Report, archive: str) -> None:
    """Say what was done to an archive; the exit code tells whether all went well."""
    console = Console(stderr=True, highlight=False)
    console.print(line(report))
    if report.refused:
        # As one line, however narrow the terminal: the command is there to be copied.
        words = f"{report.refused:,} could not be read: `dragoman problems --archive {archive}` tells why"
        console.print(words, style="yellow", soft_wrap=True, markup=False)
    if report.stopped:
        console.print("stopped; the same command goes on from here", style="yellow")
        raise typer.Exit(130)
    if report.refused:
        raise typer.Exit(1)
