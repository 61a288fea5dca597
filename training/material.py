"""What an epoch of the language model is made of: windows of all corpora, copies with other names, the dispatches."""

from __future__ import annotations

import random
from pathlib import Path

from tokenizers import Tokenizer

from benchmarks.marked import read_dispatches
from training.batches import TAGS, Batcher, Labels, Pieces, Window, grouped, windows
from training.corpus import FOLD, Sentence, Swapped, load_corpora, read_plain
from training.dispatches import DISPATCHES, sentences

_LONGEST = 256  # word pieces of a window


def word_pieces(minilm: Path) -> Pieces:
    """The word pieces of the encoder whose folder is given, of texts of any length."""
    pieces = Pieces(Tokenizer.from_file(str(minilm / "tokenizer.json")))
    pieces.tokenizer.no_padding()
    pieces.tokenizer.no_truncation()
    return pieces


class Material:
    """The corpora, read once.

    Args:
        shared: the folder with `data/`.
        minilm: the folder of all-MiniLM-L6-v2.
        replay: the share of the other corpora beside the dispatches; None leaves the dispatches out.
        all_names: all of wikigold comes with swapped copies, not a fourth; organisations are swapped too.
        plain: news without a label comes too, for a teacher to speak of.
    """

    def __init__(self, shared: Path, minilm: Path, replay: float | None, all_names: bool, plain: bool) -> None:
        corpora = load_corpora(shared)
        self.train, self.held_out = corpora.train, corpora.held_out
        self.pieces = word_pieces(minilm)
        self.labels = Labels.of(s for part in self.train.values() for s in part)
        self.batcher = Batcher(self.pieces, self.labels)
        self.tags = {name: len(getattr(self.labels, name)) for name in TAGS} | {"start": 2}
        self.replay = replay
        self.all_names = all_names
        self._swapped = Swapped(shared, self.train if all_names else {})
        marked = (read_dispatches(path) for path in sorted(DISPATCHES.glob("*.txt")))
        self._dispatches = [] if replay is None else list(sentences(d for part in marked for d in part))
        self._plain = list(read_plain(shared / "data" / "relations", FOLD)) if plain else []

    def groups(self, pieces: int, rng: random.Random) -> list[list[Window]]:
        """An epoch: groups of windows of about so many word pieces, in a random order."""
        kept: list[Sentence] = []
        for name in ("wikigold", "gum"):
            copies = self._swapped(self.train[name], rng)
            part = 4 if name == "gum" or not self.all_names else 1
            kept += rng.sample(copies, len(copies))[: len(copies) // part]
        found = [w for part in (*self.train.values(), kept) for w in windows(part, self.pieces, _LONGEST, rng)]
        if self.replay is not None:
            found = rng.sample(found, round(self.replay * len(found)))
        for part in (self._dispatches, self._plain):
            found += windows(part, self.pieces, _LONGEST, rng)
        return grouped(found, self.pieces, pieces, rng)
