"""The folder that `dragoman read --output` fills: records as JSON and CSV, mediations over all articles, and a page."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterable
from pathlib import Path

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from dragoman.cli.render import mediation_block
from dragoman.cli.session import names_of
from dragoman.mediation import Files, MediationFile, brief, events_csv, markdown, page
from dragoman.presentation import wording
from dragoman.presentation.html import page_html
from dragoman.presentation.tables import COLUMNS, event_rows
from dragoman.records import Mediation, Reading

_TITLE = "Dragoman"


def write_folder(readings: Iterable[Reading], folder: Path, console: Console) -> None:
    """Write everything, and show on the console what was read and where it lies."""
    articles = folder / "articles"
    articles.mkdir(parents=True, exist_ok=True)
    kept: list[Reading] = []
    files = Files()
    for reading in readings:
        kept.append(reading)
        files.add(reading.article, reading.mediations)
        _write_json(articles / f"{_slug(reading)}.json", reading.to_dict())
    kept.sort(key=lambda reading: (reading.article.published, reading.article.id))
    names = names_of(kept)
    mediations = [files.file(conflict) for conflict in files]
    mediations.sort(key=lambda file: (-len(file.steps), file.id))
    for file in mediations:
        _write_mediation(folder / "mediations", file, names)
    with (folder / "events.csv").open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, COLUMNS)
        writer.writeheader()
        writer.writerows(event_rows(kept))
    merged = [as_record(file) for file in mediations]
    (folder / "index.html").write_text(page_html(_TITLE, kept, merged), encoding="utf-8")
    _summary(kept, merged, names, console)
    _where_to_look(folder, mediations, console)


def _where_to_look(folder: Path, mediations: list[MediationFile], console: Console) -> None:
    found = {"index.html": "one page with all of it: open it in a browser", "articles": "the records of each as JSON"}
    if mediations:
        found["mediations"] = "each mediation as JSON and CSV, and a brief with footnotes"
    found["events.csv"] = "who did what to whom, a row an event"
    width = max(len(str(folder / name)) for name in found)
    console.print("\nWhere to look", style="bold underline")
    for name, what in found.items():
        # As one line each, however narrow the terminal: paths are there to be copied.
        console.print(Text.assemble((f"{folder / name!s:<{width}}", "bold"), f"  {what}"), soft_wrap=True)
    if mediations:
        console.print("\nAnd to ask of it:", style="dim")
        console.print(f"  dragoman mediations {folder}", soft_wrap=True)
        console.print(f"  dragoman mediation {mediations[0].id} {folder} --brief", soft_wrap=True)


def as_record(file: MediationFile) -> Mediation:
    """The merged file under the contract's fields."""
    return Mediation(file.id, file.parties, file.mediators, tuple(item.step for item in file.steps))


def _write_mediation(folder: Path, file: MediationFile, names: wording.Names) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    name = re.sub(r"[^\w.+-]+", "_", file.id) or "unnamed"
    _write_json(folder / f"{name}.json", file.to_dict())
    (folder / f"{name}.csv").write_text(events_csv(file, names.__getitem__), encoding="utf-8")
    paper = brief(file, name=names.__getitem__)
    (folder / f"{name}.md").write_text(markdown(paper), encoding="utf-8")
    (folder / f"{name}.html").write_text(page(paper), encoding="utf-8")


def _write_json(path: Path, data: object) -> None:
    path.write_text(json.dumps(data, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


def _slug(reading: Reading) -> str:
    """A file name that sorts by day and tells what it is: 2022-03-21-first-words-7aab68."""
    words = re.findall(r"[a-z0-9]+", wording.heading(reading, 60).lower())
    return "-".join([reading.article.published.isoformat(), *words[:6], reading.article.id[:6]])


def _summary(readings: list[Reading], mediations: list[Mediation], names: wording.Names, console: Console) -> None:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, header_style="bold", expand=True)
    table.add_column("Published", no_wrap=True)
    table.add_column("Article", ratio=1, no_wrap=True, overflow="ellipsis")
    table.add_column("Events", justify="right")
    table.add_column("Mediation")
    for reading in readings:
        table.add_row(
            reading.article.published.isoformat(),
            wording.heading(reading),
            str(len(reading.events)),
            ", ".join(mediation.id for mediation in reading.mediations) or "–",
        )
    console.print(table)
    for mediation in mediations:
        for block in mediation_block(mediation, names, wide=console.width >= 110):
            console.print(block)
