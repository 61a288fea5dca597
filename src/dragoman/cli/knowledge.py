"""`dragoman who` and `dragoman knowledge`: what is known beforehand."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.text import Text

from dragoman.cli.options import Actors
from dragoman.settings import load_settings

if TYPE_CHECKING:
    from dragoman.knowledge import Entity, Knowledge

app = typer.Typer(
    no_args_is_help=True, help="Look after the knowledge: countries, bodies, persons, offices, conflicts."
)

_MOST = 10


def who(
    name: Annotated[str, typer.Argument(help="A name as it may stand in the news: “Lavrov”, “Ankara”, “the Kremlin”.")],
    on: Annotated[
        str | None,
        typer.Option("--on", metavar="DAY", help="The day that it is about; without it, offices of all years."),
    ] = None,
    actors: Actors = None,
) -> None:
    """Who bears a name, most likely first, and which offices they held on a day."""
    from dragoman.knowledge import load_knowledge
    from dragoman.sources import parse_day

    day = None if on is None else parse_day(on)
    knowledge = load_knowledge((*load_settings().actors, *(actors or ())))
    found = knowledge.lookup(name, day)
    console = Console(highlight=False)
    if not found:
        typer.echo(f"Nobody of the name {name!r} is known.", err=True)
        raise typer.Exit(1)
    for entity in found[:_MOST]:
        console.print(_described(entity, day, knowledge))
    if len(found) > _MOST:
        console.print(f"… and {len(found) - _MOST} more", style="dim")


def _described(entity: Entity, day: date | None, knowledge: Knowledge) -> Text:
    text = Text.assemble((entity.name, "bold"), f"  {entity.id}  ", (f"{entity.kind}, {entity.sector}", "dim"))
    belongs = [key for key in (entity.country, entity.of) if key and key != entity.id]
    for key in dict.fromkeys(belongs):
        body = knowledge.entity(key)
        text.append(f", {body.name if body else key}", "dim")
    if entity.by != "name":
        text.append(f", by {entity.by}", "dim")
    for tenure in knowledge.offices(entity.id, day) if entity.kind == "person" else ():
        body = knowledge.entity(tenure.of)
        text.append(f"\n  {tenure.office} of {body.name if body else tenure.of}, ")
        text.append(f"{tenure.start or '?'} to {tenure.end or 'today or unknown'}", "dim")
    return text


@app.command("check")
def check(
    files: Annotated[
        list[Path] | None, typer.Argument(metavar="[FILE …]", help="Files of your own to check with the rest.")
    ] = None,
) -> None:
    """Find contradictions, overlaps and dead ends; the exit code is 1 if there are any."""
    from dragoman.knowledge import load_knowledge
    from dragoman.knowledge.check import check as findings

    found = findings(load_knowledge((*load_settings().actors, *(files or ()))))
    for finding in found:
        typer.echo(f"{finding.kind}: {finding.where}: {finding.message}")
    typer.echo(f"{len(found):,} finding{'' if len(found) == 1 else 's'}.", err=True)
    if found:
        raise typer.Exit(1)
