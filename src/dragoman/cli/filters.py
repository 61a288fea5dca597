"""The options by which events are chosen, in one place for the commands that list, count and export them."""

from __future__ import annotations

import functools
import inspect
import typing
from collections.abc import Callable, Collection
from typing import Annotated, Any

import typer

from dragoman.errors import DragomanError
from dragoman.records import Status

Many = list[str] | None

#: What each filter of `Archive.events` is on the command line, in the order of the help.
FILTERS: dict[str, tuple[Any, Any]] = {
    "actor": (
        Many,
        typer.Option(
            metavar="ID",
            help="Who did it, by id or country: TUR finds Turkey, its ministers, its army. May be repeated.",
        ),
    ),
    "recipient": (Many, typer.Option(metavar="ID", help="To whom it was done, likewise.")),
    "with_": (Many, typer.Option("--with", metavar="ID", help="Who took part besides, on either side.")),
    "type": (Many, typer.Option(metavar="TYPE", help="PLOVER type, such as CONSULT.")),
    "mode": (Many, typer.Option(metavar="MODE", help="PLOVER mode.")),
    "cameo": (Many, typer.Option(metavar="CODE", help="CAMEO code, with all below it: 05, 051.")),
    "context": (Many, typer.Option(metavar="CONTEXT", help="PLOVER context.")),
    "topic": (Many, typer.Option(metavar="ID", help="The conflict or issue that it is about: RUS-UKR.")),
    "status": (Many, typer.Option(metavar="STATUS", help="actual, future, hypothetical, negated or historical.")),
    "country": (Many, typer.Option(metavar="ISO", help="Where it happened, as ISO alpha-3.")),
    "said_by": (Many, typer.Option(metavar="ID", help="On whose word.")),
    "source": (Many, typer.Option(metavar="NAME", help="Who published the article.")),
    "since": (str | None, typer.Option(metavar="DAY", help="From this day on.")),
    "until": (str | None, typer.Option(metavar="DAY", help="Up to this day.")),
    "min_confidence": (float | None, typer.Option(metavar="0–1", help="Leave out events that are less certain.")),
    "one_story": (
        bool,
        typer.Option("--one-story", help="Of articles that are near-copies of each other, only the first."),
    ),
    "history": (
        bool,
        typer.Option("--history", help="Also include records that newer readings or revised articles have replaced."),
    ),
}
_FLAGS = ("one_story", "history")

#: What a command is given: the filters that were named, as `Archive.events` takes them.
Chosen = dict[str, Any]


def filtered(command: Callable[..., None]) -> Callable[..., None]:
    """A command with the options of `FILTERS` in the place of its parameter `chosen`."""
    hints = typing.get_type_hints(command, include_extras=True)
    parameters: list[inspect.Parameter] = []
    for parameter in inspect.signature(command).parameters.values():
        if parameter.name == "chosen":
            parameters += [_parameter(name, *option) for name, option in FILTERS.items()]
        else:
            keyword = inspect.Parameter.KEYWORD_ONLY
            parameters.append(parameter.replace(kind=keyword, annotation=hints[parameter.name]))

    @functools.wraps(command)
    def run(**given: Any) -> None:
        chosen = {name: value for name in FILTERS if (value := given.pop(name))}
        command(chosen=_checked(chosen), **given)

    run.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]  # typer reads it
    return run


def _checked(chosen: Chosen) -> Chosen:
    """The filters, with types in capitals.

    Raises:
        DragomanError: there is no such type or status; nothing could be found by it, which would look like an answer.
    """
    checked = dict(chosen)
    if types := chosen.get("type"):
        from dragoman.codebook import load_codebook

        checked["type"] = [_one_of("type", value.upper(), load_codebook().types) for value in types]
    if states := chosen.get("status"):
        checked["status"] = [_one_of("status", value.lower(), typing.get_args(Status)) for value in states]
    return checked


def _one_of(what: str, value: str, known: Collection[str]) -> str:
    if value not in known:
        raise DragomanError(f"there is no {what} {value!r}; there are {', '.join(known)}")
    return value


def _parameter(name: str, kind: Any, option: Any) -> inspect.Parameter:
    default = False if name in _FLAGS else None
    return inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=Annotated[kind, option])
