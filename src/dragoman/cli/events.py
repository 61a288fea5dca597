"""`dragoman events`: who did what to whom, from the archive, a row an event or counted."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from dragoman.cli.asking import ArchiveOption, FormatOption, RowFormat, SettingsFile, VersionOption, opened, print_rows
from dragoman.errors import ArchiveError

Many = list[str] | None

_COLUMNS = (
    "day",
    "type",
    "mode",
    "cameo",
    "actors",
    "recipients",
    "status",
    "place",
    "said_by",
    "predicate",
    "article",
)


def events(
    actor: Annotated[
        Many,
        typer.Option(
            metavar="ID",
            help="Who did it, by id or country: TUR finds Turkey, its ministers, its army. May be repeated.",
        ),
    ] = None,
    recipient: Annotated[Many, typer.Option(metavar="ID", help="To whom it was done, likewise.")] = None,
    with_: Annotated[Many, typer.Option("--with", metavar="ID", help="Who took part besides, on either side.")] = None,
    type: Annotated[Many, typer.Option(metavar="TYPE", help="PLOVER type, such as CONSULT.")] = None,
    mode: Annotated[Many, typer.Option(metavar="MODE", help="PLOVER mode.")] = None,
    cameo: Annotated[Many, typer.Option(metavar="CODE", help="CAMEO code, with all below it: 05, 051.")] = None,
    context: Annotated[Many, typer.Option(metavar="CONTEXT", help="PLOVER context.")] = None,
    topic: Annotated[Many, typer.Option(metavar="ID", help="The conflict or issue that it is about: RUS-UKR.")] = None,
    status: Annotated[
        Many, typer.Option(metavar="STATUS", help="actual, future, hypothetical, negated or historical.")
    ] = None,
    country: Annotated[Many, typer.Option(metavar="ISO", help="Where it happened, as ISO alpha-3.")] = None,
    said_by: Annotated[Many, typer.Option(metavar="ID", help="On whose word.")] = None,
    source: Annotated[Many, typer.Option(metavar="NAME", help="Who published the article.")] = None,
    since: Annotated[str | None, typer.Option(metavar="DAY", help="From this day on.")] = None,
    until: Annotated[str | None, typer.Option(metavar="DAY", help="Up to this day.")] = None,
    min_confidence: Annotated[
        float | None, typer.Option(metavar="0–1", help="Leave out events that are less certain.")
    ] = None,
    by: Annotated[
        str | None,
        typer.Option(
            metavar="WHAT,…",
            help="Count in place of listing, by any of: day, week, month, year, dyad, actor, recipient, type, mode, "
            "quad, cameo, status, country, source.",
        ),
    ] = None,
    one_story: Annotated[
        bool, typer.Option("--one-story", help="Of articles that are near-copies of each other, only the first.")
    ] = False,
    history: Annotated[
        bool, typer.Option("--history", help="Also what newer readings and revised articles stand in for.")
    ] = False,
    limit: Annotated[int | None, typer.Option(metavar="N", help="At most so many rows.")] = None,
    archive: ArchiveOption = None,
    at: VersionOption = None,
    format: FormatOption = RowFormat.TEXT,
    settings: SettingsFile = None,
) -> None:
    """Find events in the archive: who did what to whom, when, where, on whose word. Filters all hold at once."""
    filters: dict[str, Any] = {
        "actor": actor, "recipient": recipient, "with_": with_, "type": type, "mode": mode, "cameo": cameo,
        "context": context, "topic": topic, "status": status, "country": country, "said_by": said_by,
        "source": source, "since": since, "until": until, "min_confidence": min_confidence,
    }  # fmt: skip
    filters = {name: value or None for name, value in filters.items()}
    found = opened(archive, settings, at)
    if by is not None:
        relation: Any = found.counts(by.split(","), one_story=one_story, history=history, **filters)
    else:
        relation = found.events(one_story=one_story, history=history, **filters)
        if format in (RowFormat.TEXT, RowFormat.CSV):
            relation = relation.select(*_COLUMNS)
    if limit is not None:
        if limit < 0:
            raise ArchiveError("--limit is a number of rows, 0 or more")
        relation = relation.limit(limit)
    print_rows(relation, format)
