"""What all benchmarks share: where the data lies, and how figures are printed."""

from __future__ import annotations

import json
import os
from argparse import ArgumentParser
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from rich import print as show
from rich.table import Table as RichTable


def shared() -> Path:
    """The folder with the data: `$DRAGOMAN_SHARED`, else `shared` beside the checkout."""
    folder = Path(os.environ.get("DRAGOMAN_SHARED", Path(__file__).resolve().parents[2] / "shared"))
    if not folder.is_dir():
        raise SystemExit(f"the data is not there: {folder} (set DRAGOMAN_SHARED)")
    return folder


@dataclass(frozen=True)
class Table:
    """Figures by row and column."""

    title: str
    rows: dict[str, dict[str, float]]

    def print(self) -> None:
        """Print the figures, shares to three places."""
        table = RichTable(title=self.title, title_justify="left")
        columns = list(dict.fromkeys(column for row in self.rows.values() for column in row))
        table.add_column("")
        for column in columns:
            table.add_column(column, justify="right")
        for name, row in self.rows.items():
            table.add_row(name, *(_figure(row[c]) if c in row else "" for c in columns))
        show(table)


def add_json(parser: ArgumentParser) -> None:
    """The option by which figures are asked for by machines; `publish` answers it."""
    parser.add_argument("--json", metavar="FILE", help="write the figures as JSON (- is the standard output)")


def publish(tables: Sequence[Table], place: str | None) -> None:
    """Print the tables, or write them as JSON where that was asked for."""
    if place is None:
        for table in tables:
            table.print()
        return
    text = json.dumps({table.title: table.rows for table in tables}, indent=2, ensure_ascii=False) + "\n"
    if place == "-":
        print(text, end="")
    else:
        Path(place).write_text(text, encoding="utf-8")


def _figure(value: float) -> str:
    return f"{value:.3f}" if isinstance(value, float) and abs(value) < 10 else f"{value:,.0f}"
