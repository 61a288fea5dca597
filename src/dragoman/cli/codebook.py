"""`dragoman codebook`: what can be coded, which words state it, and whether a file of frames fits."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich import box
from rich.console import Console, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text
from typer.core import TyperGroup

from dragoman.cli.options import Frames
from dragoman.errors import DragomanError
from dragoman.settings import load_settings

if TYPE_CHECKING:
    from dragoman.codebook import CameoCode, Codebook, EventType, Frame


class _ShownByDefault(TyperGroup):
    """`dragoman codebook CONSULT` is `dragoman codebook show CONSULT`: most who ask want to see a type."""

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        if args and args[0] not in self.commands:
            args = ["show", *args]
        return super().resolve_command(ctx, args)


app = typer.Typer(
    cls=_ShownByDefault,
    invoke_without_command=True,
    help="What can be coded, and which words state it: `dragoman codebook CONSULT` shows a type.",
)


@app.callback()
def _all_types(context: typer.Context) -> None:
    if context.invoked_subcommand is None:
        show()


@app.command("show")
def show(
    type: Annotated[
        str | None,
        typer.Argument(metavar="[TYPE|CODE]", help="A PLOVER type such as CONSULT, or a CAMEO code such as 057."),
    ] = None,
    frames: Frames = None,
    all: Annotated[bool, typer.Option("--all", help="Show every frame, not the first ones.")] = False,
) -> None:
    """Show what a type or code means: its rules, modes, frames and examples; without one, all types."""
    from dragoman.codebook import load_codebook

    book = load_codebook((*load_settings().frames, *(frames or ())))
    console = Console(highlight=False)
    if type is None:
        console.print(_types(book))
        return
    key = type.upper()
    if key in book.types:
        parts = _type(book.types[key], book, all)
    elif key in book.codes:
        parts = _code(book.codes[key], book, all)
    else:
        raise DragomanError(f"there is no type or code {type!r}; the types are {', '.join(book.types)}")
    for part in parts:
        console.print(part)


@app.command("check")
def check(
    files: Annotated[
        list[Path] | None, typer.Argument(metavar="[FILE …]", help="Files of frames of your own; all frames, if none.")
    ] = None,
) -> None:
    """Find senses that contradict each other or stand twice; the exit code is 1 if there are any."""
    from dragoman.codebook import load_codebook
    from dragoman.codebook.check import check as findings

    own = [Path(file) for file in files or ()]
    book = load_codebook((*load_settings().frames, *own))
    found = findings(book, frozenset(map(str, own)) if own else None)
    for finding in found:
        typer.echo(f"{finding.kind}: {finding.where}: {finding.message}")
    typer.echo(f"{len(found):,} finding{'' if len(found) == 1 else 's'}.", err=True)
    if found:
        raise typer.Exit(1)


def _types(book: Codebook) -> Table:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for name in ("Type", "Quad category", "Score", "Meaning"):
        table.add_column(name, justify="right" if name == "Score" else "left")
    for kind in book.types.values():
        table.add_row(Text(kind.name, "bold"), kind.quad, f"{kind.score:g}", kind.definition)
    return table


def _type(kind: EventType, book: Codebook, all_frames: bool) -> Iterator[RenderableType]:
    yield Text.assemble((kind.name, "bold"), (f"  {kind.quad}, score {kind.score:g}", "dim"))
    yield Padding(kind.definition, (0, 2))
    if kind.rules:
        yield Text("\nRules", style="bold underline")
        yield from (Padding(f"• {rule}", (0, 2)) for rule in kind.rules)
    if kind.modes:
        yield Text("\nModes", style="bold underline")
        table = Table.grid(padding=(0, 2))
        for mode in kind.modes:
            table.add_row(Text(f"  {mode.name}", "bold"), f"{mode.score:g}", mode.definition)
        yield table
    yield Text("\nCAMEO codes", style="bold underline")
    codes = Table.grid(padding=(0, 2))
    for code in book.codes.values():
        if code.type == kind.name:
            codes.add_row(Text(f"  {code.code}", "bold"), code.label)
    yield codes
    yield from _senses(book.senses(kind.name), all_frames)
    yield from _examples([example.text for example in book.examples if example.type == kind.name])


def _code(code: CameoCode, book: Codebook, all_frames: bool) -> Iterator[RenderableType]:
    yield Text.assemble((code.code, "bold"), f"  {code.label}", (f"  {code.type or 'a statement, no event'}", "dim"))
    yield from _senses(tuple(frame for frame in book.frames if frame.code == code.code), all_frames)
    yield from _examples([example.text for example in book.examples if example.cameo == code.code])


def _senses(frames: tuple[Frame, ...], all_frames: bool, shown: int = 24) -> Iterator[RenderableType]:
    if not frames:
        return
    yield Text(f"\n{len(frames):,} frame{'' if len(frames) == 1 else 's'}", style="bold underline")
    table = Table.grid(padding=(0, 2))
    for frame in frames if all_frames else frames[:shown]:
        conditions = ", ".join(str(condition) for condition in frame.conditions)
        words = " ".join(frame.words) if frame.words else frame.lemma
        table.add_row(Text(f"  {words}", "bold"), frame.pos.lower(), conditions, Text(frame.source, "dim"))
    yield table
    if not all_frames and len(frames) > shown:
        yield Text(f"  … and {len(frames) - shown:,} more (--all)", style="dim")


def _examples(sentences: list[str]) -> Iterator[RenderableType]:
    if sentences:
        yield Text("\nExamples", style="bold underline")
        yield from (Padding(f"“{sentence}”", (0, 2)) for sentence in sentences)
