"""How far the confidence of events in running text can be trusted: `python -m benchmarks.confidence`.

An event of a hand-made gold article is right when `benchmarks.articles` finds it there: the same type, overlapping
actors, the same place. Events that the gold calls optional count neither way. The expected calibration error is the
mean distance of confidence and share of right ones over ten bins, each weighed by what lies in it. No errors are shown.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from benchmarks import gold
from benchmarks.alignment import Names
from benchmarks.articles import match_events
from benchmarks.relations import calibration
from benchmarks.report import Table, add_json, publish
from dragoman.language.relations import RelationCoder
from dragoman.reader import Reader, default_reader
from dragoman.records import Event
from dragoman.sources import prepare


def judged(article: gold.GoldArticle, reader: Reader) -> Iterator[tuple[Event, bool | None]]:
    """Each event of an article, in reading order, and whether it is right; None where either would do."""
    reading = reader.read(prepare(article.text, published=str(article.published)))
    pairs, _, _ = match_events(article, reading, Names(article, reading))
    right = {event.id: None if target.optional else True for event, target in pairs}
    for event in reading.events:
        yield event, right.get(event.id, False)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.confidence", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--split", choices=["dev", "held-out", "all"], default="all")
    parser.add_argument("--coder", type=Path, help="a folder with relations.onnx; without it, the one that ships")
    add_json(parser)
    options = parser.parse_args(arguments)
    reader = default_reader()
    if options.coder:
        reader = replace(reader, classifier=RelationCoder(options.coder))
    splits = ("dev", "held-out") if options.split == "all" else (options.split,)
    tables = [Table("Confidence", {}), *(Table(f"{split} by tenths", {}) for split in splits)]
    for split, bins in zip(splits, tables[1:], strict=True):
        known = [
            (event.confidence, right)
            for article in gold.load()
            if article.split == split
            for event, right in judged(article, reader)
            if right is not None
        ]
        tables[0].rows[split] = {
            "events": len(known),
            "right": sum(right for _, right in known) / max(len(known), 1),
            "mean confidence": sum(confidence for confidence, _ in known) / max(len(known), 1),
            "calibration error": calibration(known),
        }
        for low in range(10):
            inside = [pair for pair in known if min(int(pair[0] * 10), 9) == low]
            if inside:
                bins.rows[f"{low / 10:.1f}–{(low + 1) / 10:.1f}"] = {
                    "events": len(inside),
                    "mean confidence": sum(confidence for confidence, _ in inside) / len(inside),
                    "right": sum(right for _, right in inside) / len(inside),
                }
    publish(tables, options.json)


if __name__ == "__main__":
    main()
