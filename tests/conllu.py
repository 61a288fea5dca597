"""Gold Universal Dependencies trees as spaCy Docs, so that reading can be tested apart from the language model."""

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

from spacy.tokens import Doc
from spacy.vocab import Vocab


def read_docs(path: Path, vocab: Vocab) -> Iterator[Doc]:
    """Yield one Doc a document of a CoNLL-U file, with tags, morphology, lemmas, heads and sentence starts."""
    rows: list[list[str]] = []
    starts: list[int] = []
    fresh = True
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("# newdoc") and rows:
            yield _doc(rows, starts, vocab)
            rows, starts = [], []
        elif not line:
            fresh = True
        elif line[0].isdigit():
            fields = line.split("\t")
            if not fields[0].isdigit():
                continue
            if fresh:
                starts.append(len(rows))
                fresh = False
            rows.append(fields)
    if rows:
        yield _doc(rows, starts, vocab)


def _doc(rows: list[list[str]], starts: list[int], vocab: Vocab) -> Doc:
    bounds = [*starts, len(rows)]
    heads, begins = [], []
    for begin, end in pairwise(bounds):
        for i in range(begin, end):
            head = int(rows[i][6])
            heads.append(i if head == 0 else begin + head - 1)
            begins.append(i == begin)
    return Doc(
        vocab,
        words=[r[1] for r in rows],
        spaces=["SpaceAfter=No" not in r[9] for r in rows],
        lemmas=[r[2] for r in rows],
        pos=[r[3] for r in rows],
        tags=[r[4] for r in rows],
        morphs=["" if r[5] == "_" else r[5] for r in rows],
        heads=heads,
        deps=[r[7] for r in rows],
        sent_starts=None,
    )
