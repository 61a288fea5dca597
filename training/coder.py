"""The learned coder of events: which PLOVER type holds between two actors of a sentence.

A second, separate MiniLM sees the sentence with the two actors marked. It is trained on the labelled pairs in
`shared/data/relations`, on the sentences in `data/relations.tsv`, which we wrote, on copies of both with other actors,
beside that on the class of whole sentences and on the spans of sources and targets, labels of the same kind.
"""

from __future__ import annotations

import csv
import random
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor, nn

from dragoman.language.features import case_class
from training.batches import Pieces
from training.network import Encoder, Sizes

TYPES = (
    "ACCUSE", "AGREE", "AID", "ASSAULT", "COERCE", "CONSULT", "COOPERATE", "MOBILIZE", "PROTEST", "REJECT", "REQUEST",
    "SANCTION", "SUPPORT", "THREATEN", "YIELD",
)  # fmt: skip
NONE = len(TYPES)  # no event from the first to the second
SYMMETRIC = frozenset({"CONSULT", "COOPERATE", "AGREE", "SUPPORT"})
OWN = Path(__file__).parent / "data" / "relations.tsv"
SOURCE, TARGET = 1, 2
MOST_WORDS = 110
_TOKEN = re.compile(r"</?[st]>|\w+|[^\w\s]")


@dataclass(frozen=True)
class Example:
    """A sentence as words, a mark a word (0, SOURCE, TARGET), and what is known of it."""

    words: tuple[str, ...]
    marks: tuple[int, ...]
    type: int | None = None
    penta: int | None = None
    spans: tuple[int, ...] | None = None  # a tag a word, the targets of a tagger
    weight: float = 1.0


def marked(sentence: str, **known: object) -> Example:
    """An example of a sentence with <s>…</s> and <t>…</t>."""
    words, marks, mark = [], [], 0
    for token in _TOKEN.findall(sentence):
        if token in ("<s>", "<t>"):
            mark = SOURCE if token == "<s>" else TARGET
        elif token in ("</s>", "</t>"):
            mark = 0
        else:
            words.append(token)
            marks.append(mark)
    return _short(Example(tuple(words), tuple(marks), **known))  # type: ignore[arg-type]


def _short(example: Example) -> Example:
    """At most MOST_WORDS words, those around the two actors."""
    if len(example.words) <= MOST_WORDS:
        return example
    named = [i for i, mark in enumerate(example.marks) if mark]
    start = max(0, min(named[0] - 20, len(example.words) - MOST_WORDS)) if named else 0
    window = slice(start, start + MOST_WORDS)
    spans = example.spans[window] if example.spans else None
    return replace(example, words=example.words[window], marks=example.marks[window], spans=spans)


def read_pairs(path: Path) -> list[Example]:
    with path.open(encoding="utf-8") as lines:
        rows = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
        return [
            marked(row["marked_sentence"], type=TYPES.index(row["gold_root"]), penta=int(row["gold_penta"]))
            for row in rows
        ]


def read_own(path: Path = OWN) -> list[Example]:
    """The sentences we wrote, or those of reviews (`/reviews.tsv`): a type, or NONE, and a marked sentence a line."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return [
        marked(sentence, type=(*TYPES, "NONE").index(kind))
        for kind, sentence in (line.split("\t") for line in lines if line)
    ]


def read_classes(path: Path) -> list[Example]:
    with path.open(encoding="utf-8") as lines:
        rows = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
        return [marked(row["sentence"], penta=int(row["pentaclass"])) for row in rows]


def read_spans(path: Path) -> list[Example]:
    """Sentences with source and target spans as tags; 0 outside, 1 source, 2 target."""
    found, words, tags = [], [], []
    for line in [*path.read_text(encoding="utf-8").splitlines(), ""]:
        parts = line.split()
        if len(parts) >= 2:
            pieces = _TOKEN.findall(parts[0])
            words += pieces
            tags += [{"S": SOURCE, "T": TARGET}.get(parts[-1][-1], 0) if parts[-1] != "O" else 0] * len(pieces)
        elif words:
            found.append(_short(Example(tuple(words), (0,) * len(words), spans=tuple(tags))))
            words, tags = [], []
    return found


def statements(classes: Iterable[Example], tagged: Iterable[Example]) -> list[Example]:
    """Sentences of the class of mere statements whose source and target are known: no event between the two."""
    plain = {"".join(example.words) for example in classes if example.penta == 0}
    return [
        replace(example, marks=tuple(example.spans or ()), type=NONE, spans=None)
        for example in tagged
        if "".join(example.words) in plain and SOURCE in (example.spans or ())
    ]


def swapped(example: Example, actors: list[tuple[str, ...]], rng: random.Random) -> Example:
    """The example with other actors: what happens between two does not depend on who they are."""
    words: list[str] = []
    marks: list[int] = []
    change = {SOURCE: rng.random() < 0.5, TARGET: rng.random() < 0.5}
    i = 0
    while i < len(example.words):
        mark, end = example.marks[i], i + 1
        while end < len(example.words) and example.marks[end] == mark:
            end += 1
        chosen = rng.choice(actors) if mark and change[mark] else example.words[i:end]
        words += chosen
        marks += [mark] * len(chosen)
        i = end
    return _short(replace(example, words=tuple(words), marks=tuple(marks), spans=None))


# What joins two sentences of news into one.
_JOINTS = (", while", ", as", ", and", ";", ", a day after", ". Meanwhile,", " –", ", but", ", hours before")


def joined(example: Example, other: Example, rng: random.Random, *, across: bool = False) -> Example:
    """The example in one sentence with another, whose event is none of the pair's business.

    Args:
        across: mark the source of the one and the target of the other: no event between them.
    """
    if other is example:
        return example
    first, second = (example, other) if rng.random() < 0.6 else (other, example)
    joint = tuple(_TOKEN.findall(rng.choice(_JOINTS)))
    head = len(first.words) - (first.words[-1] in {".", "!", "?"})
    kept = {id(example): {SOURCE, *(() if across else (TARGET,))}, id(other): {TARGET} if across else set()}
    marks = [mark if mark in kept[id(part)] else 0 for part in (first, second) for mark in part.marks]
    words = (*first.words[:head], *joint, *second.words)
    marks = [*marks[:head], *([0] * len(joint)), *marks[len(first.words) :]]
    known = {"type": NONE, "weight": 0.5 * example.weight} if across else {}
    return _short(replace(example, words=words, marks=tuple(marks), penta=None, spans=None, **known))


def turned(example: Example) -> Example:
    """The example seen from its target: no event of that direction."""
    flip = {SOURCE: TARGET, TARGET: SOURCE, 0: 0}
    return replace(example, marks=tuple(flip[mark] for mark in example.marks), type=NONE, weight=0.5)


def actors_of(examples: Iterable[Example]) -> list[tuple[str, ...]]:
    found = set()
    for example in examples:
        for mark in (SOURCE, TARGET):
            words = tuple(w for w, m in zip(example.words, example.marks, strict=True) if m == mark)
            if 0 < len(words) <= 6:
                found.add(words)
    return sorted(found)


class Coder(nn.Module):
    """Encoder with marked actors, and three heads: the type of a pair, the class of a sentence, the spans of actors."""

    def __init__(self, sizes: Sizes) -> None:
        super().__init__()
        self.encoder = Encoder(sizes, marks=3)
        nn.init.normal_(self.encoder.breaks.weight, std=0.02)
        width = sizes.width
        self.hidden = nn.Sequential(nn.Dropout(0.2), nn.Linear(3 * width, width), nn.GELU(), nn.Dropout(0.2))
        self.kind = nn.Linear(width, len(TYPES) + 1)
        self.penta = nn.Linear(width, 5)
        self.spans = nn.Linear(width, 3)

    def states(self, pieces: Tensor, case: Tensor, marks: Tensor, mask: Tensor) -> Tensor:
        """*Shape:* four times (B, T) → (B, T, D)"""
        return self.encoder(pieces, case, marks, mask)[0]

    def forward(self, pieces: Tensor, case: Tensor, marks: Tensor, mask: Tensor) -> Tensor:
        """*Shape:* four times (B, T) → (B, types + 1)"""
        return self.kind(self.hidden(self.pool(self.states(pieces, case, marks, mask), marks, mask)))

    def pool(self, states: Tensor, marks: Tensor, mask: Tensor) -> Tensor:
        """The means over the sentence and over its two actors. *Shape:* (B, T, D) → (B, 3D)"""
        parts = [_mean(states, mask.to(states.dtype))]
        parts += [_mean(states, (marks == mark).to(states.dtype)) for mark in (SOURCE, TARGET)]
        return torch.cat(parts, -1)


def _mean(states: Tensor, weights: Tensor) -> Tensor:
    return (states * weights[..., None]).sum(1) / weights.sum(1, keepdim=True).clamp(min=1.0)


def tensors(examples: list[Example], pieces: Pieces) -> dict[str, Tensor]:
    """*Shapes:* (B, T) for pieces, case, marks, mask and spans, (B,) for type, penta and weight; -100 is unknown"""
    rows: dict[str, list[list[int]]] = {name: [] for name in ("pieces", "case", "marks", "mask", "spans")}
    for example in examples:
        row, case, marks, spans = [101], [0], [0], [-100]
        for i, (word, mark) in enumerate(zip(example.words, example.marks, strict=True)):
            ids = pieces(word)
            row += ids
            case += [case_class(word)] * len(ids)
            marks += [mark] * len(ids)
            spans += [example.spans[i] if example.spans else -100] + [-100] * (len(ids) - 1)
        for name, values in (
            ("pieces", [*row, 102]),
            ("case", [*case, 0]),
            ("marks", [*marks, 0]),
            ("spans", [*spans, -100]),
        ):
            rows[name].append(values)
        rows["mask"].append([1] * len(rows["pieces"][-1]))
    width = -(-max(map(len, rows["pieces"])) // 8) * 8  # few widths, so that the kernels made for one serve again
    fill = {"spans": -100}
    out = {n: torch.tensor([r + [fill.get(n, 0)] * (width - len(r)) for r in v]) for n, v in rows.items()}
    out["type"] = torch.tensor([-100 if e.type is None else e.type for e in examples])
    out["penta"] = torch.tensor([-100 if e.penta is None else e.penta for e in examples])
    out["weight"] = torch.tensor([e.weight for e in examples])
    return out


@dataclass(frozen=True)
class Options:
    """How the coder is trained."""

    epochs: int = 7
    batch: int = 24
    encoder_rate: float = 8e-5
    distracted: float = 0.2  # the share of examples that are read in one sentence with another event
    unrelated: float = 0.05  # the share of pairs made of actors of two events
    head_rate: float = 1e-3
    seed: int = 0
    layers: int = 6
    half: bool = True  # 16-bit products: half the time where the processor knows them


def train(
    pairs: list[Example],
    own: list[Example],
    beside: list[Example],
    minilm: Path,
    pieces: Pieces,
    options: Options = Options(),
) -> Coder:
    """Train on the pairs, and beside them on sentences with other labels of the same kind.

    Our own sentences come less and less often, so that what is learned last is how the data are labelled. Products are
    taken in 16 bits where the processor has them.
    """
    torch.manual_seed(options.seed)
    rng = random.Random(options.seed)
    coder = Coder(Sizes())
    coder.encoder.load_minilm(minilm / "model.safetensors")
    coder.encoder.layers = coder.encoder.layers[: options.layers]
    coder.encoder.mix = nn.Parameter(coder.encoder.mix[-options.layers :].detach())
    average = {name: value.detach().clone() for name, value in coder.named_parameters()}
    # What the words mean stays as it was pretrained: most of them do not occur here.
    coder.encoder.words.weight.requires_grad_(False)
    encoder = [weight for weight in coder.encoder.parameters() if weight.requires_grad]
    heads = [p for name, p in coder.named_parameters() if not name.startswith("encoder.")]
    optimizer = torch.optim.AdamW(
        [{"params": encoder, "lr": options.encoder_rate}, {"params": heads, "lr": options.head_rate}],
        weight_decay=0.01,
        fused=True,
    )
    actors = actors_of(pairs + own)
    both_ways = {NONE, *(TYPES.index(name) for name in SYMMETRIC)}

    def epoch(number: int) -> list[list[Example]]:
        share = 0.6 - 0.4 * number / options.epochs
        chosen = pairs + rng.sample(own, round(share * len(own)))
        chosen = [swapped(example, actors, rng) for example in chosen]
        chosen += [turned(example) for example in chosen if example.type not in both_ways and rng.random() < 0.12]
        short = [example for example in chosen if len(example.words) <= 40]
        whole = [example for example in short if {SOURCE, TARGET} <= set(example.marks)]
        apart = [one for one in whole if rng.random() < options.unrelated]
        apart = [joined(one, rng.choice(whole), rng, across=True) for one in apart]
        chosen = [
            joined(one, rng.choice(short), rng) if rng.random() < options.distracted and len(one.words) <= 40 else one
            for one in chosen
        ]
        chosen += apart
        chosen += rng.sample(beside, min(len(beside), len(pairs) // 5))
        chosen.sort(key=lambda example: len(example.words) + rng.random() * 6)
        groups = [chosen[i : i + options.batch] for i in range(0, len(chosen), options.batch)]
        rng.shuffle(groups)
        return groups

    steps = sum(len(epoch(number)) for number in range(options.epochs))
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min((step + 1) / (0.1 * steps), max(0.02, (steps - step) / steps))
    )
    coder.train()
    step = 0
    for number in range(options.epochs):
        for group in epoch(number):
            batch = tensors(group, pieces)
            with torch.autocast("cpu", dtype=torch.bfloat16, enabled=options.half):
                states = coder.states(batch["pieces"], batch["case"], batch["marks"], batch["mask"]).float()
            loss = torch.zeros(())
            typed = batch["type"] >= 0
            if typed.any():
                scores = coder.kind(coder.hidden(coder.pool(states, batch["marks"], batch["mask"])[typed]))
                each = F.cross_entropy(scores, batch["type"][typed], reduction="none", label_smoothing=0.05)
                loss = loss + (each * batch["weight"][typed]).mean()
            if (batch["penta"] >= 0).any():
                sentence = _mean(states, batch["mask"].to(states.dtype))
                loss = loss + 0.3 * F.cross_entropy(coder.penta(sentence), batch["penta"], ignore_index=-100)
            if (batch["spans"] >= 0).any():
                loss = loss + 0.3 * F.cross_entropy(
                    coder.spans(states).transpose(1, 2), batch["spans"], ignore_index=-100
                )
            loss.backward()
            nn.utils.clip_grad_norm_(coder.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            optimizer.zero_grad(set_to_none=True)
            step += 1
            if step > steps // 3 and step % 4 == 0:
                decay = min(0.96, (step - steps // 3) / (step - steps // 3 + 40))
                with torch.no_grad():
                    for name, value in coder.named_parameters():
                        if value.requires_grad:
                            average[name].lerp_(value, 1 - decay)
        print(f"epoch {number + 1} of {options.epochs}, loss {loss.item():.3f}", flush=True)
    coder.load_state_dict(average)
    return coder.eval()


@torch.no_grad()
def logits(coder: Coder, examples: list[Example], pieces: Pieces) -> np.ndarray:
    """*Shape:* N examples → (N, types + 1)"""
    out = np.zeros((len(examples), len(TYPES) + 1), dtype=np.float32)
    order = sorted(range(len(examples)), key=lambda i: len(examples[i].words))
    for start in range(0, len(order), 32):
        chosen = order[start : start + 32]
        batch = tensors([examples[i] for i in chosen], pieces)
        out[chosen] = coder(batch["pieces"], batch["case"], batch["marks"], batch["mask"]).numpy()
    return out


def scores(predicted: Iterable[int], gold: Iterable[int]) -> tuple[float, float]:
    """Accuracy and macro F1 over the types."""
    one, other = np.array(list(predicted)), np.array(list(gold))
    f1 = []
    for kind in range(len(TYPES)):
        hits = int(((one == kind) & (other == kind)).sum())
        total = int((one == kind).sum() + (other == kind).sum())
        f1.append(2 * hits / total if total else float("nan"))
    return float((one == other).mean()), float(np.nanmean(f1))


def folds(count: int, parts: int = 5) -> Iterator[tuple[list[int], list[int]]]:
    """Indices to train on and to test on, each row tested once: the fold of a row is its number modulo `parts`."""
    for part in range(parts):
        yield [i for i in range(count) if i % parts != part], [i for i in range(count) if i % parts == part]
