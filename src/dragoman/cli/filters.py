"""The options by which events are chosen, shared by the commands that list, count and export them."""

from __future__ import annotations

from typing import Annotated

import typer

Many = list[str] | None

Actor = Annotated[
    Many,
    typer.Option(
        metavar="ID", help="Who did it, by id or country: TUR finds Turkey, its ministers, its army. May be repeated."
    ),
]
Recipient = Annotated[Many, typer.Option(metavar="ID", help="To whom it was done, likewise.")]
With = Annotated[Many, typer.Option("--with", metavar="ID", help="Who took part besides, on either side.")]
Type = Annotated[Many, typer.Option(metavar="TYPE", help="PLOVER type, such as CONSULT.")]
Mode = Annotated[Many, typer.Option(metavar="MODE", help="PLOVER mode.")]
Cameo = Annotated[Many, typer.Option(metavar="CODE", help="CAMEO code, with all below it: 05, 051.")]
Context = Annotated[Many, typer.Option(metavar="CONTEXT", help="PLOVER context.")]
Topic = Annotated[Many, typer.Option(metavar="ID", help="The conflict or issue that it is about: RUS-UKR.")]
Status = Annotated[Many, typer.Option(metavar="STATUS", help="actual, future, hypothetical, negated or historical.")]
Country = Annotated[Many, typer.Option(metavar="ISO", help="Where it happened, as ISO alpha-3.")]
SaidBy = Annotated[Many, typer.Option(metavar="ID", help="On whose word.")]
Source = Annotated[Many, typer.Option(metavar="NAME", help="Who published the article.")]
Since = Annotated[str | None, typer.Option(metavar="DAY", help="From this day on.")]
Until = Annotated[str | None, typer.Option(metavar="DAY", help="Up to this day.")]
MinConfidence = Annotated[float | None, typer.Option(metavar="0–1", help="Leave out events that are less certain.")]
OneStory = Annotated[
    bool, typer.Option("--one-story", help="Of articles that are near-copies of each other, only the first.")
]
History = Annotated[bool, typer.Option("--history", help="Also what newer readings and revised articles stand in for.")]
