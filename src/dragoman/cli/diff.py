"""`dragoman diff`: what an archive would say otherwise with other frames, actors or versions; nothing is written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console
from rich.text import Text

from dragoman.cli.asking import ArchiveOption, as_json, opened
from dragoman.cli.options import Actors, Frames, SettingsFile
from dragoman.settings import Settings, load_settings

if TYPE_CHECKING:
    from dragoman.comparison import Difference
    from dragoman.ingest.preview import Preview
    from dragoman.reader import Reader

_SIGNS = {"gained": ("+", "green"), "lost": ("-", "red"), "changed": ("~", "yellow")}


class DiffFormat(StrEnum):
    """How differences are printed."""

    TEXT = "text"
    JSON = "json"


def diff(
    archive: ArchiveOption = None,
    frames: Frames = None,
    actors: Actors = None,
    articles: Annotated[
        int, typer.Option(metavar="N", help="How many articles to read again at most; 0 reads all.", min=0)
    ] = 50,
    seed: Annotated[int, typer.Option(metavar="N", help="Another number draws other articles.")] = 0,
    mentions: Annotated[
        list[str] | None,
        typer.Option(
            metavar="WORD",
            help="Articles with this word come first, as those do that have the words of your files; may be repeated.",
        ),
    ] = None,
    files_alone: Annotated[
        bool,
        typer.Option(
            "--files-alone",
            help="Compare with a reading of today without the files, in place of the archive's records: shows what "
            "the files do, and not what a newer version does besides.",
        ),
    ] = False,
    since: Annotated[str | None, typer.Option(metavar="DAY", help="Only articles published from this day on.")] = None,
    until: Annotated[str | None, typer.Option(metavar="DAY", help="Only articles published up to this day.")] = None,
    format: Annotated[
        DiffFormat, typer.Option("--format", metavar="text|json", help="text: to read. json: one object with it all.")
    ] = DiffFormat.TEXT,
    settings: SettingsFile = None,
) -> None:
    """Show what the archive would say otherwise with other frames, actors or settings. Nothing is written.

    A sample of the articles is read again: first those in which the words of your files stand, then others by lot.
    Record by record it tells what is gained (+), lost (-) and changed (~), with the sentence.
    """
    from dragoman.ingest.preview import draw, new_words, preview
    from dragoman.provenance import current_versions
    from dragoman.reader import default_reader
    from dragoman.sources import parse_day

    chosen = load_settings(settings)
    found = opened(archive, settings)
    own_frames, own_actors = tuple(frames or ()), tuple(actors or ())
    if not own_frames and not own_actors:  # then what the settings name is what is tried
        own_frames, own_actors, chosen = chosen.frames, chosen.actors, replace(chosen, frames=(), actors=())
    files = (*chosen.frames, *own_frames), (*chosen.actors, *own_actors)
    reader = default_reader(*files, chosen.model)
    versions = str(current_versions(*files, chosen.model))
    words = (*new_words(own_frames, own_actors, reader.knowledge), *(mentions or ()))
    first, last = (None if day is None else parse_day(day) for day in (since, until))
    total = found.articles(since=first, until=last).count()
    drawn = list(draw(found, versions, words, articles or total, seed=seed, since=first, until=last))
    before = _without(reader, chosen) if files_alone else None
    compared = preview(found, drawn, reader, before)
    counted = (
        f"{len(drawn):,} of {total:,} articles read again, {sum(each.mentions for each in drawn):,} with new words"
    )
    if format is DiffFormat.JSON:
        typer.echo(as_json({"after": versions, "articles": total, "read": len(drawn), "seed": seed, "words": words,
                            "differences": [row for each in compared for row in _rows(each)]}))  # fmt: skip
        return
    console = Console(highlight=False, soft_wrap=True)
    tally = _print(compared, console)
    console.print(counted + ": " + _summary(tally), style="bold", markup=False)
    _notes(console, {each.versions for each in drawn}, chosen, files_alone, len(drawn))


def _without(reader: Reader, settings: Settings) -> Reader:
    """The same reader without the files that are tried; the language model is shared."""
    from dragoman.codebook import load_codebook
    from dragoman.knowledge import load_knowledge

    return replace(reader, codebook=load_codebook(settings.frames), knowledge=load_knowledge(settings.actors))


def _rows(found: Preview) -> Iterator[dict[str, Any]]:
    article = found.after.article
    for each in found.differences:
        yield {
            "article": article.id,
            "published": article.published,
            "title": article.title,
            "origin": found.drawn.article.origin,
            "kind": each.kind,
            "way": each.way,
            "fields": [name.rstrip("_") for name in each.fields],
            "before": each.before and each.before.to_dict(),
            "after": each.after and each.after.to_dict(),
            "sentence": article.text[each.start : each.end],
        }


def _print(found: Iterable[Preview], console: Console) -> Counter[tuple[str, str]]:
    """Print what differs, article by article, and count it."""
    from dragoman.presentation import wording
    from dragoman.presentation.difference import told

    tally: Counter[tuple[str, str]] = Counter()
    for each in found:
        if not each.differences:
            continue
        tally["articles", ""] += 1
        article = each.after.article
        names = wording.Names([each.after, each.before])
        parts = (wording.day(article.published), wording.heading(each.after, 70), article.id)
        console.print(Text(" · ".join(parts), "bold"))
        sentence = None
        for difference in each.differences:
            tally[difference.kind, difference.way] += 1
            if (difference.start, difference.end) != sentence:
                sentence = difference.start, difference.end
                words = " ".join(article.text[difference.start : difference.end].split())
                console.print(Text(f"  “{words}”", "italic"))
            console.print(_line(difference, told(difference, names)))
        console.print()
    return tally


def _line(difference: Difference, words: str) -> Text:
    sign, style = _SIGNS[difference.way]
    return Text(f"    {sign} {difference.kind} {words}", style)


def _summary(tally: Counter[tuple[str, str]]) -> str:
    if not tally:
        return "nothing would be otherwise"
    kinds = list(dict.fromkeys(kind for kind, way in tally if way))
    parts = [
        f"{kind}s " + " ".join(f"{_SIGNS[way][0]}{tally[kind, way]}" for way in _SIGNS if tally[kind, way])
        for kind in kinds
    ]
    return f"{tally['articles', '']:,} of them differ ({', '.join(parts)})"


def _notes(console: Console, made: set[str], settings: Settings, files_alone: bool, read: int) -> None:
    from dragoman.provenance import current_versions

    if read == 0:
        console.print("These versions have read every article already: `dragoman reread` would read none.", style="dim")
        return
    base = str(current_versions(settings.frames, settings.actors, settings.model))
    if not files_alone and made - {base}:
        console.print(
            "Other versions made the archive's records, so not all of it is by your files; --files-alone tells.",
            style="yellow",
        )
