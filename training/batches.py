"""Sentences to batches of tensors."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import torch
from tokenizers import Tokenizer
from torch import Tensor

from dragoman.language.decoding import name_labels
from dragoman.language.features import MAX_PIECES_A_WORD, case_class
from dragoman.language.lemmas import edit_of
from training.corpus import NAME_TYPES, Sentence

IGNORE = -100
TAGS = ("upos", "xpos", "feats", "edit")


@dataclass
class Labels:
    """The labels of every head, in the order of the network's outputs."""

    upos: list[str]
    xpos: list[str]
    feats: list[str]
    edit: list[str]
    label: list[str]

    @classmethod
    def of(cls, sentences: Iterable[Sentence]) -> Labels:
        counts: dict[str, Counter[str]] = {name: Counter() for name in (*TAGS, "label")}
        for sentence in sentences:
            if sentence.tree:
                counts["upos"].update(sentence.upos)
                counts["xpos"].update(sentence.xpos)
                counts["feats"].update(sentence.feats)
                counts["edit"].update(map(edit_of, sentence.words, sentence.lemmas))
                counts["label"].update(sentence.labels)
        least = {"feats": 2, "edit": 3, "xpos": 2}
        kept = {}
        for name, count in counts.items():
            ranked = sorted(count.items(), key=lambda item: (-item[1], item[0]))
            kept[name] = [label for label, times in ranked if times >= least.get(name, 1)]
        return cls(**kept)


class Pieces:
    """Words to word pieces, remembered: most words of a corpus are few."""

    def __init__(self, tokenizer: Tokenizer) -> None:
        self.tokenizer = tokenizer
        self.unknown = tokenizer.token_to_id("[UNK]")
        self.known: dict[str, list[int]] = {}

    def __call__(self, word: str) -> list[int]:
        if word not in self.known:
            ids = self.tokenizer.encode(word, add_special_tokens=False).ids[:MAX_PIECES_A_WORD]
            self.known[word] = ids or [self.unknown]
        return self.known[word]


Window = list[Sentence]


def windows(sentences: list[Sentence], pieces: Pieces, limit: int, rng: random.Random | None) -> Iterator[Window]:
    """Runs of sentences of one document of at most `limit` pieces; with `rng`, of varying length."""
    window: Window = []
    used, room = 0, limit
    for sentence in sentences:
        size = sum(len(pieces(word)) for word in sentence.words)
        if window and (used + size > room or window[-1].document != sentence.document):
            yield window
            window, used = [], 0
            room = limit if rng is None else rng.choice((limit, limit, limit, limit // 2, limit // 4))
        window.append(sentence)
        used += size
    if window:
        yield window


class Batcher:
    """Makes the tensors of a batch; see `Batch` for what they are."""

    def __init__(self, pieces: Pieces, labels: Labels) -> None:
        self.pieces = pieces
        self.labels = labels
        self.ids = {name: {label: i for i, label in enumerate(getattr(labels, name))} for name in (*TAGS, "label")}
        self.names = name_labels(NAME_TYPES)
        self.name_ids = {label: i for i, label in enumerate(self.names)}

    def batch(self, group: list[Window], rng: random.Random | None = None) -> dict[str, Tensor]:
        """Tensors by name; B windows, T pieces, W words. A label that is not known is IGNORE."""
        cls, sep = 101, 102
        piece_rows, case_rows, break_rows, firsts, lasts = [], [], [], [], []
        for window in group:
            row, cases, breaks, first, last = [cls], [0], [0], [], []
            for k, sentence in enumerate(window):
                for i, word in enumerate(sentence.words):
                    ids = self.pieces(word)
                    first.append(len(row))
                    row += ids
                    last.append(len(row) - 1)
                    cases += [case_class(word)] * len(ids)
                    # Half of the breaks are hidden: not every text has paragraphs.
                    shown = i == 0 and sentence.paragraph and k > 0 and (rng is None or rng.random() < 0.5)
                    breaks += [int(shown)] * len(ids)
            piece_rows.append([*row, sep])
            case_rows.append([*cases, 0])
            break_rows.append([*breaks, 0])
            firsts.append(first)
            lasts.append(last)
        width = max(map(len, piece_rows))
        words = max(map(len, firsts))
        out = {
            "pieces": _pad(piece_rows, width, 0),
            "case": _pad(case_rows, width, 0),
            "breaks": _pad(break_rows, width, 0),
            "mask": _pad([[1] * len(row) for row in piece_rows], width, 0),
            "first": _pad(firsts, words, 0),
            "last": _pad(lasts, words, 0),
        }
        out |= self._targets(group, words)
        return out

    def _targets(self, group: list[Window], words: int) -> dict[str, Tensor]:
        rows: dict[str, list[list[int]]] = {
            name: []
            for name in (*TAGS, "start", "head", "label", "sentence", "entity", "named_by", "role", "step", "event")
        }
        allowed = torch.ones(len(group), words, len(self.names), dtype=torch.bool)
        named = torch.zeros(len(group), words, dtype=torch.bool)
        acting, suffering = (torch.zeros(len(group), words, 1 + words) for _ in range(2))
        for b, window in enumerate(group):
            for name in rows:
                rows[name].append([])
            entities: dict[str, int] = {}
            offset = 0
            for k, sentence in enumerate(window):
                count = len(sentence.words)
                if sentence.tree:
                    for name, values in (("upos", sentence.upos), ("xpos", sentence.xpos), ("feats", sentence.feats),
                                         ("edit", list(map(edit_of, sentence.words, sentence.lemmas))),
                                         ("label", sentence.labels)):  # fmt: skip
                        rows[name][b] += [self.ids[name].get(value, IGNORE) for value in values]
                    rows["head"][b] += [0 if head == 0 else offset + head for head in sentence.heads]
                    rows["start"][b] += [int(i == 0) for i in range(count)]
                else:
                    for name in (*TAGS, "label", "head", "start"):
                        rows[name][b] += [IGNORE] * count
                rows["sentence"][b] += [k] * count
                rows["role"][b] += sentence.roles or [IGNORE] * count
                rows["step"][b] += sentence.steps or [IGNORE] * count
                rows["event"][b] += sentence.events or [IGNORE] * count
                for word, other, acts in sentence.participants or ():
                    # Who is named outside of the window is not to be found.
                    if 0 <= other - window[0].first < words:
                        (acting if acts else suffering)[b, offset + word, 1 + other - window[0].first] = 1.0
                chain = [IGNORE] * count
                for head, entity in sentence.mentions or []:
                    chain[head] = entities.setdefault(entity, len(entities))
                rows["named_by"][b] += chain
                looks = range(count) if sentence.pronouns is None else sentence.pronouns
                rows["entity"][b] += [entity if i in looks else IGNORE for i, entity in enumerate(chain)]
                if sentence.names is not None:
                    named[b, offset : offset + count] = True
                    allowed[b, offset : offset + count] = self._allowed(sentence)
                offset += count
        out = {name: _pad(values, words, -1 if name == "sentence" else IGNORE) for name, values in rows.items()}
        return out | {"names": allowed, "named": named, "acting": acting, "suffering": suffering}

    def _allowed(self, sentence: Sentence) -> Tensor:
        """Which labels each word may have: (words, labels)"""
        table = torch.zeros(len(sentence.words), len(self.names), dtype=torch.bool)
        table[:, 0] = True
        for kind in sentence.open_types:
            for place in "BILU":
                table[:, self.name_ids[f"{place}-{kind}"]] = True
        for start, end, types in sentence.names or []:
            table[start:end] = False
            for kind in types:
                if end - start == 1:
                    table[start, self.name_ids[f"U-{kind}"]] = True
                    continue
                table[start, self.name_ids[f"B-{kind}"]] = True
                table[start + 1 : end - 1, self.name_ids[f"I-{kind}"]] = True
                table[end - 1, self.name_ids[f"L-{kind}"]] = True
        return table


def _pad(rows: list[list[int]], width: int, value: int) -> Tensor:
    return torch.tensor([row + [value] * (width - len(row)) for row in rows])


def grouped(all_windows: list[Window], pieces: Pieces, limit: int, rng: random.Random) -> list[list[Window]]:
    """Windows of like length in groups of about `limit` pieces, shuffled."""
    sized = sorted(
        (
            (sum(len(pieces(w)) for s in window for w in s.words) + rng.random() * 8, i)
            for i, window in enumerate(all_windows)
        )
    )
    groups: list[list[Window]] = [[]]
    widest = 0.0
    for size, i in sized:
        widest = max(widest, size)
        if groups[-1] and widest * (len(groups[-1]) + 1) > limit:
            groups.append([])
            widest = size
        groups[-1].append(all_windows[i])
    rng.shuffle(groups)
    return groups
