"""Time expressions measured against the ``<date>`` marks of GUM: how many are found, how many get the right days.

    python benchmarks/times.py ../shared/data/treebanks/gum/dev.conllu [--genres news,bio] [--errors]

A mark counts as found where an expression that we found overlaps it. Its span is right where ours equals the mark's,
read as days (a bare year is the whole year); marks with ``notBefore``/``notAfter`` leave an end open and are judged by
the ends that they give. The documents' dates are those of their creation.
"""

from __future__ import annotations

import argparse
import calendar
import re
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import spacy
from spacy.tokens import Doc
from spacy.vocab import Vocab

from benchmarks.report import Table, add_json, publish
from dragoman.reading.when import TimeExpression, find_times

_ATTRIBUTE = re.compile(r'(when|from|to|notBefore|notAfter):::"([^"]*)"')


@dataclass(slots=True)
class Marked:
    """A document of the treebank with its date and its marks."""

    name: str
    doc: Doc
    published: date
    marks: list[tuple[int, int, dict[str, str]]] = field(default_factory=list)


def read(path: Path, vocab: Vocab) -> Iterator[Marked]:
    """Documents of a CoNLL-U file, with trees, tags and date marks."""
    for block in re.split(r"(?m)^(?=# newdoc)", path.read_text(encoding="utf-8")):
        if block.startswith("# newdoc"):
            yield _document(block, vocab)


def _document(block: str, vocab: Vocab) -> Marked:
    name = block.splitlines()[0].partition("= ")[2]
    created = re.search(r"# meta::dateCreated = (\d{4}-\d{2}-\d{2})", block)
    rows: list[list[str]] = []
    heads: list[int] = []
    marks: list[tuple[int, int, dict[str, str]]] = []
    opened: list[tuple[int, dict[str, str]]] = []
    begin = 0
    for line in block.splitlines():
        if not line:
            begin = len(rows)
            continue
        fields = line.split("\t")
        if not fields[0].isdigit():
            continue
        index, head = len(rows), int(fields[6])
        heads.append(index if head == 0 else begin + head - 1)
        rows.append(fields)
        for tag in re.findall(r"</?date[^>]*>", fields[9]):
            if tag == "</date>":
                if opened:
                    start, attributes = opened.pop()
                    marks.append((start, index + 1, attributes))
            else:
                opened.append((index, dict(_ATTRIBUTE.findall(tag))))
    doc = Doc(
        vocab,
        words=[row[1] for row in rows],
        spaces=["SpaceAfter=No" not in row[9] for row in rows],
        lemmas=[row[2] for row in rows],
        pos=[row[3] for row in rows],
        tags=[row[4] for row in rows],
        morphs=["" if row[5] == "_" else row[5] for row in rows],
        heads=heads,
        deps=[row[7] for row in rows],
    )
    return Marked(name, doc, date.fromisoformat(created[1]) if created else date(2015, 1, 1), marks)


def days(text: str, last: bool) -> date | None:
    """One end of a mark as a day: "2014" begins on 1 January and ends on 31 December."""
    parts = [int(number) for number in re.findall(r"\d+", text.partition("T")[0])]
    try:
        if len(parts) >= 3:
            return date(parts[0], parts[1], parts[2])
        if len(parts) == 2:
            return date(parts[0], parts[1], calendar.monthrange(parts[0], parts[1])[1] if last else 1)
        return date(parts[0], 12, 31) if last else date(parts[0], 1, 1)
    except (ValueError, IndexError, OverflowError):
        return None


def expected(mark: dict[str, str]) -> tuple[date | None, date | None]:
    """Both ends that a mark gives; None where it leaves one open."""
    when = mark.get("when", "")
    first = when or mark.get("from") or mark.get("notBefore", "")
    last = when or mark.get("to") or mark.get("notAfter", "")
    return (days(first, False) if first else None), (days(last, True) if last else None)


def right(found: TimeExpression, mark: dict[str, str]) -> bool:
    """Whether the days are those of the mark."""
    earliest, latest = expected(mark)
    if earliest is None and latest is None:
        return False
    return (earliest is None or earliest == found.record.earliest) and (latest is None or latest == found.record.latest)


@dataclass(slots=True)
class Tally:
    """What was found in one run over a file."""

    counts: Counter[str] = field(default_factory=Counter)
    seconds: float = 0.0
    notes: list[str] = field(default_factory=list)

    def share(self, part: str, whole: str) -> float:
        """One count as a share of another."""
        return self.counts[part] / max(self.counts[whole], 1)


def judge(document: Marked, tally: Tally) -> None:
    """Find the times of one document and compare them with its marks."""
    counts = tally.counts
    begin = time.perf_counter()
    times = find_times(document.doc, document.published)
    tally.seconds += time.perf_counter() - begin
    counts["words"] += len(document.doc)
    used: set[int] = set()
    for start, end, mark in document.marks:
        counts["marks"] += 1
        over = [t for t in times if t.start < end and start < t.end]
        used.update(t.start for t in over)
        note = f"{document.name} {document.published} [{document.doc[start:end].text}] {mark}"
        if not over:
            tally.notes.append(f"missed {note} in: {_around(document, start, end)}")
            continue
        counts["found"] += 1
        best = next((t for t in over if right(t, mark)), over[0])
        record = best.record
        if right(best, mark):
            counts["right"] += 1
            continue
        # A range of ours may hold two marks, its ends; "since 2014" runs on from the marked year.
        ends = expected(mark)
        if best.end - best.start > end - start and (record.earliest == ends[0] or record.latest == ends[1]):
            counts["end"] += 1
        tally.notes.append(f"wrong {note}: {record.text!r} {record.earliest} {record.latest}")
    for t in times:
        counts["times"] += 1
        counts["marked"] += t.start in used
        if t.start not in used:
            tally.notes.append(f"extra {document.name} {t.record.text!r} in: {_around(document, t.start, t.end)}")


def _around(document: Marked, start: int, end: int) -> str:
    return document.doc[max(start - 8, 0) : end + 8].text.replace("\n", " ")


def main() -> None:
    """Print the figures for one file."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("path", type=Path)
    parser.add_argument("--genres", default="", help="only these genres, parted by commas")
    parser.add_argument("--errors", action="store_true", help="show what is missed, wrong or found beside the marks")
    add_json(parser)
    arguments = parser.parse_args()
    genres = set(filter(None, arguments.genres.split(",")))
    tally = Tally()
    for document in read(arguments.path, spacy.blank("en").vocab):
        if not genres or document.name.split("_")[1] in genres:
            judge(document, tally)
    if arguments.errors:
        print("\n".join(tally.notes))
    counts = tally.counts
    figures = {
        "marks": counts["marks"],
        "found": tally.share("found", "marks"),
        "of ours, marked": tally.share("marked", "times"),
        "right days, of those found": tally.share("right", "found"),
        "with ends of longer spans": (counts["right"] + counts["end"]) / max(counts["found"], 1),
        "words a second": counts["words"] / max(tally.seconds, 1e-9),
    }
    publish([Table("Time expressions", {arguments.path.parent.name: figures})], arguments.json)


if __name__ == "__main__":
    main()
