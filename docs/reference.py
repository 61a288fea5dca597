"""Bring the generated tables of docs/reference.md up to date: commands with their options, settings, output.

python docs/reference.py
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import typer

from dragoman.cli.app import app
from dragoman.presentation.tables import COLUMNS
from dragoman.settings import Settings

TARGET = Path(__file__).with_name("reference.md")
_ADDED_BY_TYPER = {"--install-completion", "--show-completion", "--help"}


def renewed(page: str) -> str:
    """The page with everything between `<!-- name -->` and `<!-- end -->` written anew."""
    parts = {
        "commands": _commands(typer.main.get_command(app), "dragoman"),
        "settings": _settings(),
        "output": _output(),
    }
    for name, lines in parts.items():
        block = "\n".join([f"<!-- {name} -->", "", *lines, "<!-- end -->"])
        page, count = re.subn(rf"<!-- {name} -->.*?<!-- end -->", lambda _, block=block: block, page, flags=re.DOTALL)
        if count != 1:
            raise SystemExit(f"{TARGET} has {count} places for {name}")
    return page


def _commands(command: Any, path: str) -> Iterator[str]:
    yield f"### `{path}`"
    yield ""
    yield _plain(command.help or "")
    yield ""
    rows = [row for parameter in command.params if (row := _parameter(parameter))]
    if rows:
        yield "| option | meaning |"
        yield "| --- | --- |"
        yield from rows
        yield ""
    for name, inner in sorted(getattr(command, "commands", {}).items()):
        yield from _commands(inner, f"{path} {name}")


def _parameter(parameter: Any) -> str:
    if _ADDED_BY_TYPER & set(parameter.opts):
        return ""
    if parameter.param_type_name == "argument":
        name = parameter.metavar or parameter.name.upper()
    else:
        name = " ".join(filter(None, (", ".join(parameter.opts), parameter.metavar)))
    return f"| `{_cell(name)}` | {_cell(_plain(parameter.help or ''))} |"


def _plain(text: str) -> str:
    return re.sub(r"\s*\n(?!\n)\s*", " ", text.strip())


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def _settings() -> Iterator[str]:
    yield "| setting | default | meaning |"
    yield "| --- | --- | --- |"
    for field in dataclasses.fields(Settings):
        default = {None: "none", (): "none"}.get(field.default, f"`{field.default}`")
        choices = f" One of {', '.join(field.metadata['choices'])}." if field.metadata["choices"] else ""
        yield f"| `{field.name}` | {default} | {_cell(field.metadata['help'])}{choices} |"
    yield ""


def _output() -> Iterator[str]:
    columns = ", ".join(f"`{column}`" for column in COLUMNS)
    yield "| file | what |"
    yield "| --- | --- |"
    yield "| `index.html` | one page that needs nothing else: the mediations, and each article marked with its events |"
    yield "| `articles/*.json` | the records of each article |"
    yield "| `mediations/*.json` | the file on each mediation over all articles, with its reports |"
    yield "| `mediations/*.md`, `*.html` | its brief with footnotes |"
    yield "| `mediations/*.csv` | its events as [hand-coded sets](mediation.md) have them, a row each |"
    yield f"| `events.csv` | a row an event; its columns are those of the Arrow table: {columns} |"
    yield ""


if __name__ == "__main__":
    TARGET.write_text(renewed(TARGET.read_text(encoding="utf-8")), encoding="utf-8")
