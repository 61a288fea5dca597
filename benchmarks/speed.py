"""How fast articles are read: `python -m benchmarks.speed [ARTICLES.jsonl]`.

On one core and on two, in one run and turn about, since machines drift: the encoder alone (the network over windows of
word pieces), the whole language model (with tokens, trees and names), articles read one by one in this process, and the
whole reading as many articles are read: by a process a core, which have loaded their models before. The learned coder
of events is timed apart. Ratios are what counts.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from benchmarks.report import Table, add_json, publish, shared

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from dragoman.reading.events import Classifier, Pair

ROUNDS = 3


class Timed:
    """A coder of events that counts the seconds it takes."""

    def __init__(self, coder: Classifier) -> None:
        self.coder, self.seconds = coder, 0.0

    def __call__(self, doc: Doc, pairs: Sequence[Pair]) -> Sequence[Mapping[str, float]]:
        began = time.perf_counter()
        found = self.coder(doc, pairs)
        self.seconds += time.perf_counter() - began
        return found


def measure(articles: Path, most: int) -> dict[str, float]:
    """Sentences and words a second of each part, on the cores that this process may use."""
    from dragoman.language.pipeline import Layout, batches
    from dragoman.machine import cores
    from dragoman.reader import default_reader, shipped_coder
    from dragoman.readers import Readers
    from dragoman.sources import prepare

    rows = [json.loads(line) for line in articles.read_text(encoding="utf-8").splitlines()][:most]
    raws = [prepare(row["text"], published=row["published"]) for row in rows]
    coder = Timed(shipped_coder)
    reader = replace(default_reader(), classifier=coder)
    encoder = reader.nlp.get_pipe("dragoman").encoder
    docs = [reader.read(raw) and reader.nlp(raw.text) for raw in raws[:1]] + [reader.nlp(raw.text) for raw in raws[1:]]
    sentences, words = sum(len(list(doc.sents)) for doc in docs), sum(len(doc) for doc in docs)
    layouts = [Layout(reader.nlp.make_doc(raw.text), encoder) for raw in raws]
    groups = [[layout.window(*window) for window in batch] for layout in layouts for batch in batches(layout)]
    times: dict[str, list[float]] = {"encoder": [], "language model": [], "one by one": [], "whole reading": []}
    coding: list[float] = []
    with Readers(cores()) as readers:
        list(readers.read_all(raws * cores()))  # each process loads its models, once
        for _ in range(ROUNDS):
            for name, run in (
                ("encoder", lambda: [encoder(group) for group in groups]),
                ("language model", lambda: [reader.nlp(raw.text) for raw in raws]),
                ("one by one", lambda: [reader.read(raw) for raw in raws]),
                ("whole reading", lambda: list(readers.read_all(raws))),
            ):
                coder.seconds = 0.0
                began = time.perf_counter()
                run()
                times[name].append(time.perf_counter() - began)
                if name == "one by one":
                    coding.append(coder.seconds)
    out: dict[str, float] = {}
    for name, values in times.items():
        out[f"{name}, sentences/s"] = sentences / median(values)
        out[f"{name}, words/s"] = words / median(values)
    out["reading : encoder"] = median(e / r for e, r in zip(times["encoder"], times["whole reading"], strict=True))
    out["reading : language model"] = median(
        e / r for e, r in zip(times["language model"], times["whole reading"], strict=True)
    )
    out["coder : language model"] = median(c / e for c, e in zip(coding, times["language model"], strict=True))
    return out


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("articles", nargs="?", type=Path, help="JSON Lines with text and published")
    parser.add_argument("--most", type=int, default=30, help="how many articles to read")
    parser.add_argument("--here", action="store_true", help="measure in this process, print JSON")
    add_json(parser)
    arguments = parser.parse_args()
    articles = arguments.articles or shared() / "data" / "news" / "syria_2017_2019.jsonl"
    if arguments.here:
        print(json.dumps(measure(articles, arguments.most)))
        return
    rows = {}
    for cores in (1, 2):
        command = [sys.executable, "-m", "benchmarks.speed", str(articles), "--here", "--most", str(arguments.most)]
        # Libraries are told the number of threads, and the kernel the cores, before anything is loaded.
        settings = {"DRAGOMAN_THREADS": str(cores), "OMP_NUM_THREADS": str(cores), "OPENBLAS_NUM_THREADS": str(cores)}
        if sys.platform == "linux":
            command = ["taskset", "--cpu-list", ",".join(map(str, sorted(os.sched_getaffinity(0))[:cores])), *command]
        found = subprocess.run(command, env=os.environ | settings, stdout=subprocess.PIPE, text=True, check=True)
        rows[f"{cores} core{'s' if cores > 1 else ''}"] = json.loads(found.stdout.splitlines()[-1])
    columns = list(rows["1 core"])
    table = Table("Speed", {column: {name: row[column] for name, row in rows.items()} for column in columns})
    publish([table], arguments.json)


if __name__ == "__main__":
    main()
