"""The network as it runs: words in, scores out, through ONNX.

Shapes: B windows, T word pieces, W words.
"""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import onnxruntime

from dragoman.errors import ModelError
from dragoman.language.decoding import Floats, Ints
from dragoman.language.features import case_class
from dragoman.language.lemmas import Lemmatizer
from dragoman.language.pieces import word_pieces
from dragoman.machine import cores

MODEL = Path(__file__).parent / "model"
_CLS, _SEP = 101, 102
#: What an actor may be in a mediation, as the network tells it of every word: a side, words for the sides together, who
#: mediates, any other actor.
ROLES = ("none", "side", "sides", "mediator", "other")
#: The kinds of steps of a mediation, as the network tells them of every word.
STEPS = (
    "none", "offer", "acceptance", "refusal", "request", "appeal", "talks", "consultation", "condition", "proposal",
    "agreement", "breakdown", "endorsement", "criticism", "pressure", "assessment",
)  # fmt: skip

#: The PLOVER types of events, as the network tells them of every word.
EVENTS = (
    "none", "AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST", "ACCUSE", "REJECT",
    "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT",
)  # fmt: skip
_OF_WORDS = ("roles", "steps", "events")


@dataclass(frozen=True, slots=True)
class Window:
    """A run of words that the encoder sees at once. `breaks` tells which words begin a paragraph."""

    words: tuple[str, ...]
    breaks: tuple[bool, ...]


@dataclass(frozen=True, slots=True)
class Scores:
    """What the network says of one window, W words.

    *Shapes:* upos, xpos, feats, edit, start (W,); names (W, labels); arcs and antecedents (W, 1 + W), column 0 the root
    (or none); dependents (W, L) and heads (1 + W, L); words (W, D); roles (W, `ROLES`), steps
    (W, `STEPS`) and events (W, `EVENTS`), probabilities; acting and suffering (W, W), the probability that the second
    word names who does, or to whom is done, what the first states.
    """

    upos: Ints
    xpos: Ints
    feats: Ints
    edit: Ints
    start: Floats
    names: Floats
    arcs: Floats
    dependents: Floats
    heads: Floats
    antecedents: Floats
    words: Floats
    roles: Floats
    steps: Floats
    events: Floats
    acting: Floats
    suffering: Floats


@dataclass(frozen=True, slots=True)
class Labels:
    """The labels of the network's outputs, and the version of its weights."""

    upos: tuple[str, ...]
    xpos: tuple[str, ...]
    feats: tuple[str, ...]
    edit: tuple[str, ...]
    label: tuple[str, ...]
    names: tuple[str, ...]
    version: str


class Encoder:
    """The session of the network with its tokenizer and labels.

    Args:
        folder: where `network.onnx`, `labels.json`, `labels.npz`, `lemmas.json` and `tokenizer.json` lie.
        threads: for one batch; None takes all cores.

    Raises:
        ModelError: a file is missing or is not what it should be.
    """

    def __init__(self, folder: Path = MODEL, threads: int | None = None) -> None:
        self.folder = folder
        try:
            labels = json.loads((folder / "labels.json").read_text(encoding="utf-8"))
            version = labels.pop("version")
            self.labels = Labels(**{name: tuple(values) for name, values in labels.items()}, version=version)
            lemmas = json.loads((folder / "lemmas.json").read_text(encoding="utf-8"))
            self._label_weight = np.load(folder / "labels.npz")["weight"].astype(np.float32)
            self._pieces = word_pieces(folder)
            self.tokenizer = self._pieces.tokenizer
            self.lemmatizer = Lemmatizer(
                lemmas["seen"],
                {pos: frozenset(words) for pos, words in lemmas["known"].items()},
                {word: rank for word, rank in self.tokenizer.get_vocab().items() if word.isalpha() and len(word) > 1},
            )
            self._session = session(folder / "network.onnx", threads)
        except Exception as error:
            raise ModelError(f"the language model in {folder} cannot be loaded: {error}") from error
        self._outputs = [output.name for output in self._session.get_outputs()]

    def pieces(self, word: str) -> tuple[int, ...]:
        """The ids of the word pieces of a word; at least one, at most `MAX_PIECES_A_WORD`."""
        return self._pieces(word)

    def __call__(self, windows: Sequence[Window]) -> list[Scores]:
        """Scores of each of some windows; those of like length should come together."""
        rows, firsts, lasts, cases, breaks = [], [], [], [], []
        for window in windows:
            row, case, gap, first, last = [_CLS], [0], [0], [], []
            for word, breaking in zip(window.words, window.breaks, strict=True):
                ids = self.pieces(word)
                first.append(len(row))
                row.extend(ids)
                last.append(len(row) - 1)
                case.extend([case_class(word)] * len(ids))
                gap.extend([int(breaking)] * len(ids))
            row.append(_SEP)
            rows.append(row)
            cases.append([*case, 0])
            breaks.append([*gap, 0])
            firsts.append(first)
            lasts.append(last)
        length, words = max(map(len, rows)), max(map(len, firsts))
        inputs = {
            "pieces": _pad(rows, length),
            "case": _pad(cases, length),
            "breaks": _pad(breaks, length),
            "mask": _pad([[1] * len(row) for row in rows], length),
            "first": _pad(firsts, words),
            "last": _pad(lasts, words),
        }
        out = dict(zip(self._outputs, self._session.run(None, inputs), strict=True))
        return [self._scores(out, i, len(firsts[i])) for i in range(len(windows))]

    @staticmethod
    def _scores(out: dict[str, np.ndarray], i: int, n: int) -> Scores:
        return Scores(
            **{
                name: out[name][i, :n]
                for name in ("upos", "xpos", "feats", "edit", "start", "names", "dependents", "words", *_OF_WORDS)
            },
            arcs=out["arcs"][i, :n, : n + 1],
            acting=out["acting"][i, :n, :n],
            suffering=out["suffering"][i, :n, :n],
            heads=out["heads"][i, : n + 1],
            antecedents=out["antecedents"][i, :n, : n + 1],
        )

    def label_ids(self, scores: Scores, heads: Ints) -> Ints:
        """The best label of each arc. *Shape:* heads (W,), 0 the root → (W,)"""
        size, count = self._label_weight.shape[0], self._label_weight.shape[1]
        by_label = (scores.dependents @ self._label_weight.reshape(size, -1)).reshape(-1, count, size)
        best: Ints = np.einsum("wls,ws->wl", by_label, scores.heads[heads]).argmax(1)
        return best


def session(path: Path, threads: int | None = None) -> onnxruntime.InferenceSession:
    """A network on the processor; `threads` for one batch, None takes what DRAGOMAN_THREADS says or all cores."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads or int(os.environ.get("DRAGOMAN_THREADS", "0")) or cores()
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    # A thread that waits in a loop takes the core from whoever interprets what came out before.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    # Without VNNI instructions the quick product of eight-bit numbers overflows; the slower one is right everywhere.
    options.add_session_config_entry("session.x64quantprecision", "1")
    return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])


def _pad(rows: list[list[int]], length: int) -> Ints:
    out = np.zeros((len(rows), length), dtype=np.int64)
    for i, row in enumerate(rows):
        out[i, : len(row)] = row
    return out
