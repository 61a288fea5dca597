"""Whether an article is read in time in proportion to its length: `python -m benchmarks.length [--megabytes 0.5 2]`.

The articles with gold records that may be looked at, one after the other and over again, are cut at each length and
read as one article, all in one run. The last column is the time a character takes against the shortest text: 1 is
proportion; a step that grew with the square of the length would show 4 at four times the length.
"""

from __future__ import annotations

import argparse
import resource
import time
from collections.abc import Sequence
from itertools import cycle

from benchmarks import gold
from benchmarks.report import Table


def text_of(characters: int) -> str:
    """Running text of about so many characters, cut after a paragraph."""
    paragraphs: list[str] = []
    size = 0
    for article in cycle([article for article in gold.load() if article.split == "dev"]):
        for paragraph in article.text.split("\n\n"):
            paragraphs.append(paragraph)
            size += len(paragraph) + 2
            if size >= characters:
                return "\n\n".join(paragraphs)
    raise AssertionError("there are articles")


def measure(sizes: Sequence[float]) -> dict[str, dict[str, float]]:
    """Seconds of the language model and of what is made of its words, for texts of these sizes in megabytes."""
    from dragoman.reader import default_reader
    from dragoman.sources import prepare

    reader = default_reader()
    reader.read(prepare(text_of(5_000), published="2020-01-01"))
    rows: dict[str, dict[str, float]] = {}
    first = 0.0
    for size in sizes:
        raw = prepare(text_of(int(size * 1_000_000)), published="2020-01-01")
        began = time.perf_counter()
        doc = reader.nlp(raw.text)
        parsed = time.perf_counter()
        reading = reader.interpret(raw, doc)
        read = time.perf_counter()
        pace = (read - began) / len(raw.text)
        first = first or pace
        rows[f"{len(raw.text) / 1_000_000:.2f} MB"] = {
            "words": len(doc),
            "events": len(reading.events),
            "language, s": parsed - began,
            "reading, s": read - parsed,
            "memory, GB": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1_000_000,
            "a character, ratio": pace / first,
        }
    return rows


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--megabytes", nargs="+", type=float, default=[0.5, 2.0])
    Table("Length", measure(parser.parse_args(arguments).megabytes)).print()


if __name__ == "__main__":
    main()
