"""How well events are typed: a file of sentences with a source, a target and the PLOVER type between them.

    python -m benchmarks.relations FILE                 with the two spans given, then end to end without them
    python -m benchmarks.relations FILE --part held-out every fifth row; nobody who works on the frames reads those
    python -m benchmarks.relations FILE --errors        the rows that went wrong (never of the held-out part)
    python -m benchmarks.relations FILE --json          the figures, for machines
    python -m benchmarks.relations FILE --coder FOLDER  with another learned coder than the one that ships, or `none`
    python -m benchmarks.relations SPANS.iob            F1 of source and target spans, end to end

The coder that ships was trained on all the labelled rows that there are: figures on those rows are honest only with a
coder in FOLDER that was trained without the rows that are scored (`--fold 4`, as it is if not said, for the one that
`python -m training.relations` leaves in `fold/`), see docs/accuracy.md.

The file has the columns `sentence`, `marked_sentence` (source in <s>…</s>, target in <t>…</t>) and `gold_root`; YIELD
stands for CONCEDE and RETREAT. The sentences carry no dates; all are read as if published on one day.
"""

from __future__ import annotations

import argparse
import csv
import json
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from dragoman.language.relations import RelationCoder
from dragoman.reader import Reader, default_reader
from dragoman.records import Event, Reading
from dragoman.sources import RawArticle, prepare

PUBLISHED = "2021-06-30"
_TAG = re.compile(r"</?([st])>")
_YIELD = {"CONCEDE": "YIELD", "RETREAT": "YIELD"}
QUAD = {
    "AGREE": 1, "CONSULT": 1, "SUPPORT": 1, "COOPERATE": 2, "AID": 2, "YIELD": 2, "REQUEST": 3, "ACCUSE": 3,
    "REJECT": 3, "THREATEN": 3, "PROTEST": 4, "SANCTION": 4, "MOBILIZE": 4, "COERCE": 4, "ASSAULT": 4,
}  # fmt: skip
NONE = "none"
_PRONOUNS = frozenset(
    "he him his she her it its they them their we us our i me my who whom whose which himself itself themselves".split()
)
# Marks that stand without a space before or after them.
_CLOSING = frozenset({".", ",", ";", ":", "?", "!", ")", "]", "%", "n't", "”"})
_OPENING = ("(", "[", "“", "$")


@dataclass(frozen=True, slots=True)
class Row:
    """One annotated sentence; spans are characters of `text`."""

    text: str
    sources: tuple[tuple[int, int], ...]
    targets: tuple[tuple[int, int], ...]
    type: str


def read_rows(path: Path, part: str, fold: int = 4) -> list[Row]:
    """The rows of a part of the file: all, train, or held-out (those whose number modulo five is `fold`)."""
    with path.open(encoding="utf-8", newline="") as lines:
        found = [_row(values) for values in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)]
    if part == "all":
        return found
    return [row for number, row in enumerate(found) if (number % 5 == fold) == (part == "held-out")]


def sentence_key(text: str) -> str:
    """By what a sentence is known again in another file, whatever its blanks and quotes."""
    return "".join(char for char in text.lower() if char.isalnum())[:60]


def sentence_folds(folder: Path) -> dict[str, int]:
    """The fold of each sentence of the three files, by its key.

    Most sentences stand in more than one of them: the pairs come first, each row in the fold of its number modulo five,
    and what stands elsewhere too goes with them, so that a coder trained without a fold has seen none of it.
    """
    found: dict[str, int] = {}
    for name in ("plover_relations_train.tsv", "cameo_pentaclass_train.tsv"):
        path = folder / name
        if path.exists():
            with path.open(encoding="utf-8", newline="") as lines:
                for number, values in enumerate(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)):
                    found.setdefault(sentence_key(values["sentence"]), number % 5)
    path = folder / "source_target_spans_train.iob"
    if path.exists():
        for number, row in enumerate(read_spans(path)):
            found.setdefault(sentence_key(row.text), number % 5)
    return found


def _row(values: dict[str, str]) -> Row:
    marked = values["marked_sentence"].strip()
    text, open_at = "", {}
    spans: dict[str, list[tuple[int, int]]] = {"s": [], "t": []}
    last = 0
    for tag in _TAG.finditer(marked):
        text += marked[last : tag.start()]
        last = tag.end()
        name = tag.group(1)
        if tag.group().startswith("</"):
            start = open_at.pop(name, len(text))
            words = text[start:]
            start += len(words) - len(words.lstrip())
            end = start + len(words.strip())
            if start < end:
                spans[name].append((start, end))
        else:
            open_at[name] = len(text)
    text += marked[last:]
    return Row(text, tuple(spans["s"]), tuple(spans["t"]), values["gold_root"])


def articles(rows: Iterable[Row], *, given: bool) -> Iterator[RawArticle]:
    """What to read: each row as an article of its own, with its spans as known actors or without."""
    for row in rows:
        yield prepare(row.text, published=PUBLISHED, spans=row.sources + row.targets if given else ())


def between(reading: Reading, row: Row) -> Event | None:
    """The event between source and target: both in their roles, else both in it, else the source acting."""
    shift = _shift(reading, row)
    sources, targets = _actors_of(reading, row.sources, shift), _actors_of(reading, row.targets, shift)

    def rank(event: Event) -> tuple[float, float]:
        actors, recipients = set(event.actors), set(event.recipients)
        acts, suffers = bool(actors & sources), bool(recipients & targets)
        both = bool(sources & (actors | recipients)) and bool(targets & (actors | recipients))
        score = 4.0 if acts and suffers else 3.0 if both else 2.0 if acts else 1.0 if suffers else 0.0
        return score, event.confidence

    ranked = sorted(reading.events, key=rank, reverse=True)
    return ranked[0] if ranked and rank(ranked[0])[0] > 0 else None


def _shift(reading: Reading, row: Row) -> int:
    """How far normalisation moved the text; rows are short and rarely change."""
    return max(reading.article.text.find(row.text[:20]), 0)


def _actors_of(reading: Reading, spans: Sequence[tuple[int, int]], shift: int) -> set[str]:
    found = set()
    for actor in reading.actors:
        for mention in actor.mentions:
            if any(mention.start < end + shift and start + shift < mention.end for start, end in spans):
                found.add(actor.id)
    return found


def type_of(event: Event | None) -> str:
    """The type as the file names it."""
    return NONE if event is None else _YIELD.get(event.type, event.type)


@dataclass(frozen=True, slots=True)
class Figures:
    """Accuracy and macro F1 of the types, quad accuracy, and how many rows got a type at all."""

    rows: int
    accuracy: float
    macro_f1: float
    quad_accuracy: float
    coverage: float
    by_type: dict[str, tuple[float, float, float, int]]
    confusions: dict[str, dict[str, int]]


def figures(gold: Sequence[str], predicted: Sequence[str]) -> Figures:
    """Score predictions; `none` is a wrong answer and belongs to no type's precision."""
    names = sorted(set(gold))
    by_type = {}
    for name in names:
        right = sum(g == p == name for g, p in zip(gold, predicted, strict=True))
        wanted, made = gold.count(name), predicted.count(name)
        precision, recall = right / made if made else 0.0, right / wanted if wanted else 0.0
        f1 = 2 * precision * recall / (precision + recall) if right else 0.0
        by_type[name] = (precision, recall, f1, wanted)
    pairs = list(zip(gold, predicted, strict=True))
    confusions: dict[str, dict[str, int]] = {}
    for (g, p), count in sorted(Counter(pairs).items()):
        confusions.setdefault(g, {})[p] = count
    return Figures(
        rows=len(gold),
        accuracy=sum(g == p for g, p in pairs) / len(pairs),
        macro_f1=sum(scores[2] for scores in by_type.values()) / len(by_type),
        quad_accuracy=sum(QUAD.get(g) == QUAD.get(p, 0) for g, p in pairs) / len(pairs),
        coverage=sum(p != NONE for p in predicted) / len(pairs),
        by_type=by_type,
        confusions=confusions,
    )


def end_to_end(readings: Sequence[Reading], rows: Sequence[Row]) -> dict[str, float]:
    """Without spans: how many triples are found (right type, overlapping actors), how many events a sentence has."""
    found = typed = 0
    for reading, row in zip(readings, rows, strict=True):
        shift = _shift(reading, row)
        sources, targets = _actors_of(reading, row.sources, shift), _actors_of(reading, row.targets, shift)
        same = [event for event in reading.events if type_of(event) == row.type]
        typed += bool(same)
        found += any(set(e.actors) & sources and (not targets or {*e.actors, *e.recipients} & targets) for e in same)
    events = sum(len(reading.events) for reading in readings)
    return {
        "triples": found / len(rows),
        "right type anywhere": typed / len(rows),
        "events a sentence": events / sum(max(len(reading.article.sentences), 1) for reading in readings),
    }


def calibration(pairs: Sequence[tuple[float, bool]], bins: int = 10) -> float:
    """Expected calibration error: how far confidence and hit rate differ, bin by bin."""
    total = 0.0
    for number in range(bins):
        inside = [(c, right) for c, right in pairs if min(int(c * bins), bins - 1) == number]
        if inside:
            mean = sum(c for c, _ in inside) / len(inside)
            total += len(inside) * abs(mean - sum(right for _, right in inside) / len(inside))
    return total / len(pairs) if pairs else 0.0


def read_spans(path: Path) -> list[Row]:
    """Sentences of a file with a word and its tag (B-S, I-S, B-T, I-T, O) a line, put back to text."""
    found = []
    for block in path.read_text(encoding="utf-8").split("\n\n"):
        text = ""
        spans: dict[str, list[tuple[int, int]]] = {"S": [], "T": []}
        tagged = [(line.split()[0], line.split()[-1]) for line in block.splitlines() if line.split()]
        for i, (word, tag) in enumerate(tagged):
            after = tagged[i + 1][0] if i + 1 < len(tagged) else ""
            text += word if not text or _closes(text, word, after) else f" {word}"
            start, end = len(text) - len(word), len(text)
            role = tag[2:]
            if role in spans:
                if tag.startswith("I") and spans[role]:
                    spans[role][-1] = (spans[role][-1][0], end)
                else:
                    spans[role].append((start, end))
        if text:
            found.append(Row(text, tuple(spans["S"]), tuple(spans["T"]), NONE))
    return found


def _closes(before: str, word: str, after: str) -> bool:
    """Whether a word stands without a space before it: marks, the parts of compounds, decimals and genitives."""
    if word in _CLOSING or word.startswith(("'", "’", "ʼ")) or before.endswith(_OPENING):
        return True
    if word == "-":
        return after[:1].islower() and (before[-1:].isalnum() or before.endswith("."))
    if before.endswith("-"):
        return before[-2:-1].strip() != "" and (word[:1].islower() or word[:1].isdigit())
    if before.endswith(("'", "’", "ʼ")):
        return word in {"s", "t", "re", "ve", "ll", "d", "m"}
    return word[:1].isdigit() and re.search(r"\d[.,]$", before) is not None


def roles_found(reading: Reading) -> tuple[set[tuple[int, int]], set[tuple[int, int]]]:
    """The mentions that stand in the roles of events: of each actor, the one nearest to the predicate.

    A pronoun counts only where the sentence has nothing better: an annotator marks the name. In a text without events
    whoever is said to speak is a source.
    """
    mentions = {actor.id: [(m.start, m.end) for m in actor.mentions] for actor in reading.actors}
    text = reading.article.text

    def rank(mention: tuple[int, int], place: int) -> tuple[bool, int, tuple[int, int]]:
        return text[mention[0] : mention[1]].lower() in _PRONOUNS, abs(mention[0] - place), mention

    def nearest(event: Event, ids: Iterable[str]) -> set[tuple[int, int]]:
        sentence = reading.article.sentences[event.sentence]
        here = {id_: [m for m in mentions.get(id_, ()) if sentence.start <= m[0] < sentence.end] for id_ in ids}
        place = event.predicate.start
        return {min(found, key=lambda m: rank(m, place)) for found in here.values() if found}

    sources: set[tuple[int, int]] = set()
    targets: set[tuple[int, int]] = set()
    for event in reading.events:
        if event.recipients:
            sources |= nearest(event, event.actors)
            targets |= nearest(event, event.recipients)
        elif event.actors:
            sources |= nearest(event, event.actors[:1])
            targets |= nearest(event, event.actors[1:])
    if not reading.events:
        # The annotators took statements for events (CAMEO 01); the records keep them apart.
        for statement in reading.statements:
            here = mentions.get(statement.speaker or "", ())
            if here:
                sources.add(min(here, key=lambda m: rank(m, statement.start)))
    return sources, targets


def span_figures(readings: Sequence[Reading], rows: Sequence[Row]) -> dict[str, float]:
    """F1 of spans that overlap an annotated one of the same role, and of the letters inside them."""
    counts = Counter[str]()
    for reading, row in zip(readings, rows, strict=True):
        shift = _shift(reading, row)
        for gold, found in zip((row.sources, row.targets), roles_found(reading), strict=True):
            wanted = [(start + shift, end + shift) for start, end in gold]
            counts["found"] += len(found)
            counts["wanted"] += len(wanted)
            counts["right"] += sum(any(a < d and c < b for c, d in wanted) for a, b in found)
            counts["hit"] += sum(any(a < d and c < b for c, d in found) for a, b in wanted)
            letters = [{i for start, end in spans for i in range(start, end)} for spans in (wanted, found)]
            counts["both letters"] += 2 * len(letters[0] & letters[1])
            counts["letters"] += len(letters[0]) + len(letters[1])
    precision, recall = counts["right"] / max(counts["found"], 1), counts["hit"] / max(counts["wanted"], 1)
    return {
        "span precision": precision,
        "span recall": recall,
        "span F1 (overlap)": 2 * precision * recall / max(precision + recall, 1e-9),
        "span F1 (letters)": counts["both letters"] / max(counts["letters"], 1),
        "events a sentence": sum(len(reading.events) for reading in readings) / max(len(rows), 1),
    }


def main(arguments: Sequence[str] | None = None) -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.relations", description=__doc__.split("\n")[0])
    parser.add_argument("file", type=Path)
    parser.add_argument("--part", choices=("all", "train", "held-out"), default="all")
    parser.add_argument("--fold", type=int, choices=range(5), default=4, help="which fifth is held out")
    parser.add_argument("--coder", help="a folder with relations.onnx, or none; without it, the one that ships")
    parser.add_argument("--errors", action="store_true", help="print the rows that went wrong")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args(arguments)
    if options.errors and (options.part != "train" or options.fold != 4):
        parser.error("--errors goes with --part train: the held-out rows are not to be read")
    reader = default_reader(learned=options.coder != "none")
    if options.coder is None:
        print("The coder that ships learned from the labelled rows themselves: no held-out figures.", file=sys.stderr)
    if options.coder not in (None, "none"):
        reader = replace(reader, classifier=RelationCoder(Path(options.coder)))
    if options.file.suffix == ".iob":
        spans = read_spans(options.file)
        if options.part != "all":
            folds = sentence_folds(options.file.parent)
            held = options.part == "held-out"
            spans = [row for row in spans if (folds[sentence_key(row.text)] == options.fold) == held]
        scores = span_figures(list(reader.read_all(articles(spans, given=False))), spans)
        print(
            json.dumps(scores)
            if options.json
            else "\n".join(f"{name:20} {value:.3f}" for name, value in scores.items())
        )
        return
    rows = read_rows(options.file, options.part, options.fold)
    given = list(reader.read_all(articles(rows, given=True)))
    free = list(reader.read_all(articles(rows, given=False)))
    report(rows, given, free, as_json=options.json)
    if options.errors:
        show_errors(rows, given)


def report(rows: Sequence[Row], given: Sequence[Reading], free: Sequence[Reading], *, as_json: bool) -> None:
    """Print the figures of both readings."""
    events = [between(reading, row) for reading, row in zip(given, rows, strict=True)]
    predicted = [type_of(event) for event in events]
    gold = [row.type for row in rows]
    scores, triples = figures(gold, predicted), end_to_end(free, rows)
    error = calibration([(e.confidence, type_of(e) == g) for e, g in zip(events, gold, strict=True) if e is not None])
    if as_json:
        data: dict[str, Any] = {"rows": scores.rows, "accuracy": scores.accuracy, "macro_f1": scores.macro_f1}
        data |= {"quad_accuracy": scores.quad_accuracy, "coverage": scores.coverage, "calibration_error": error}
        data |= {"by_type": scores.by_type, "confusions": scores.confusions, "end_to_end": triples}
        json.dump(data, sys.stdout, indent=1)
        print()
        return
    print(f"{scores.rows} rows; spans given: accuracy {scores.accuracy:.3f}, macro F1 {scores.macro_f1:.3f},", end=" ")
    print(f"quad {scores.quad_accuracy:.3f}, coverage {scores.coverage:.3f}, calibration error {error:.3f}")
    print("end to end: " + ", ".join(f"{name} {value:.3f}" for name, value in triples.items()))
    print(f"{'type':10} {'P':>5} {'R':>5} {'F1':>5} {'n':>4}  confused with")
    for name, (precision, recall, f1, count) in scores.by_type.items():
        wrong = sorted(((n, p) for p, n in scores.confusions[name].items() if p != name), reverse=True)
        others = ", ".join(f"{p} {n}" for n, p in wrong[:6])
        print(f"{name:10} {precision:5.2f} {recall:5.2f} {f1:5.2f} {count:4}  {others}")


def show_errors(rows: Sequence[Row], readings: Sequence[Reading]) -> None:
    """Print each row that went wrong with all its events."""
    for row, reading in zip(rows, readings, strict=True):
        event = between(reading, row)
        if type_of(event) != row.type:
            marked = [row.text[a:b] for a, b in row.sources], [row.text[a:b] for a, b in row.targets]
            print(f"\n{row.type} ≠ {type_of(event)}: {row.text}\n   {marked[0]} → {marked[1]}")
            for other in reading.events:
                print(f"   {'*' if other is event else ' '} {other.type} {other.status} {other.why}")


if __name__ == "__main__":
    main()


__all__ = ["Figures", "Reader", "Row", "between", "figures", "read_rows", "type_of"]
