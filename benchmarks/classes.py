"""How well whole sentences are classed: a file of sentences with 0 for a mere statement, else their quad class.

    python -m benchmarks.classes FILE                                     all rows
    python -m benchmarks.classes FILE --part held-out --fold 4 --coder FOLDER   those that the coder in FOLDER never saw

The file has the columns `sentence` and `pentaclass`: 0 statement, 1 verbal cooperation, 2 material cooperation,
3 verbal conflict, 4 material conflict. A reading's class is that of its foremost event, and 0 where there is none. The
sentences stand partly in the file of pairs beside it: a sentence is held out with its pair (`sentence_folds`).
"""

from __future__ import annotations

import argparse
import csv
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from benchmarks.relations import QUAD, sentence_folds, sentence_key, type_of
from dragoman.language.relations import RelationCoder
from dragoman.reader import default_reader
from dragoman.records import Event, Reading
from dragoman.sources import prepare

PUBLISHED = "2021-06-30"
# Statements and appeals, which the five classes of CAMEO count as neither cooperation nor conflict.
_STATED = ("01", "02")
CLASSES = ("statement", "verbal cooperation", "material cooperation", "verbal conflict", "material conflict")


def foremost(reading: Reading) -> Event | None:
    """The event that a sentence is about: what is not denied before what is, the surer before the less sure."""
    ranked = sorted(reading.events, key=lambda event: (event.status == "negated", -event.confidence))
    return ranked[0] if ranked else None


def class_of(reading: Reading) -> int:
    """The quad class of the foremost event, 0 where there is none, or where CAMEO counts it as a statement (01, 02)."""
    event = foremost(reading)
    return 0 if event is None or event.cameo.startswith(_STATED) else QUAD[type_of(event)]


def read_rows(path: Path) -> list[tuple[str, int]]:
    """Sentences with their classes."""
    with path.open(encoding="utf-8", newline="") as lines:
        rows = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
        return [(row["sentence"], int(row["pentaclass"])) for row in rows]


def main(arguments: Sequence[str] | None = None) -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.classes", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("file", type=Path)
    parser.add_argument("--part", choices=("all", "train", "held-out"), default="all")
    parser.add_argument("--fold", type=int, choices=range(5), default=4)
    parser.add_argument("--coder", help="a folder with relations.onnx, or none; without it, the one that ships")
    options = parser.parse_args(arguments)
    reader = default_reader(learned=options.coder != "none")
    if options.coder not in (None, "none"):
        reader = replace(reader, classifier=RelationCoder(Path(options.coder)))
    rows = read_rows(options.file)
    if options.part != "all":
        fold = sentence_folds(options.file.parent)
        held = options.part == "held-out"
        rows = [row for row in rows if (fold[sentence_key(row[0])] == options.fold) == held]
    articles = (prepare(text, published=PUBLISHED) for text, _ in rows)
    found = [class_of(reading) for reading in reader.read_all(articles)]
    gold = [wanted for _, wanted in rows]
    pairs = Counter(zip(gold, found, strict=True))
    right = sum(count for (one, other), count in pairs.items() if one == other)
    f1 = [2 * pairs[k, k] / max(gold.count(k) + found.count(k), 1) for k in range(len(CLASSES))]
    print(f"{len(rows)} sentences: accuracy {right / len(rows):.3f}, macro F1 {sum(f1) / len(f1):.3f}")
    print(f"{'':22}{'F1':>6}  found as 0 to 4")
    for kind, name in enumerate(CLASSES):
        print(f"{kind} {name:20}{f1[kind]:6.3f}  " + " ".join(f"{pairs[kind, other]:4}" for other in range(5)))


if __name__ == "__main__":
    main()
