"""The learned coder of events: which PLOVER type holds between two actors of a sentence.

A second, separate MiniLM sees the sentence with the two actors marked. It is trained on the labelled pairs in
`shared/data/relations`, on the sentences in `data/relations.tsv`, which we wrote, on copies of both with other actors,
beside that on the class of whole sentences and on the spans of sources and targets, labels of the same kind; and on
what a teacher, a coder on a wider encoder, says of these and of pairs in the dispatches that nobody has labelled.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor, nn

from dragoman.language.features import case_class
from training.batches import Pieces
from training.examples import NONE, SOURCE, SYMMETRIC, TARGET, TYPES, Example, actors_of, joined, swapped, turned
from training.network import Encoder, Sizes
from training.teacher import WIDE, WideEncoder


class Coder(nn.Module):
    """Encoder with marked actors, and three heads: the type of a pair, the class of a sentence, the spans of actors.

    Args:
        wide: on the encoder of the teacher.
    """

    def __init__(self, wide: bool = False) -> None:
        super().__init__()
        sizes = WIDE if wide else Sizes()
        self.encoder: Encoder | WideEncoder = WideEncoder(sizes, marks=3) if wide else Encoder(sizes, marks=3)
        nn.init.normal_(self.encoder.breaks.weight, std=0.02)
        width = sizes.width
        self.hidden = nn.Sequential(nn.Dropout(0.2), nn.Linear(3 * width, width), nn.GELU(), nn.Dropout(0.2))
        self.kind = nn.Linear(width, len(TYPES) + 1)
        self.penta = nn.Linear(width, 5)
        self.spans = nn.Linear(width, 3)

    def states(self, pieces: Tensor, case: Tensor, marks: Tensor, mask: Tensor) -> Tensor:
        """*Shape:* four times (B, T) → (B, T, D)"""
        return self.encoder(pieces, case, marks, mask)

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


INPUTS = ("pieces", "case", "marks", "mask")


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
    half: bool = True  # 16-bit products: half the time where the processor knows them
    own_share: float = 0.5  # what labels weigh beside a teacher
    told: int = 3  # pairs without a label that the teacher speaks of in an epoch, for each that has one


@dataclass(frozen=True)
class Lessons:
    """What there is to learn from.

    Attributes:
        pairs: labelled ones.
        own: sentences that we wrote, with their types.
        beside: sentences with other labels of the same kind.
        told: pairs without a label, for the teacher to speak of.
    """

    pairs: list[Example]
    own: list[Example]
    beside: list[Example]
    told: list[Example] = field(default_factory=list)


def train(
    lessons: Lessons, coder: Coder, pieces: Pieces, options: Options = Options(), teacher: Coder | None = None
) -> Coder:
    """Train a coder whose encoder is pretrained.

    Our own sentences come less and less often, so that what is learned last is how the data are labelled. Products are
    taken in 16 bits where the processor has them.
    """
    torch.manual_seed(options.seed)
    rng = random.Random(options.seed)
    pairs, own, beside = lessons.pairs, lessons.own, lessons.beside
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
        if teacher is not None:
            spoken_of = rng.sample(lessons.told, min(len(lessons.told), options.told * len(pairs)))
            chosen += [swapped(example, actors, rng) for example in spoken_of]
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
                states = coder.states(*(batch[name] for name in INPUTS)).float()
            loss = torch.zeros(())
            typed = batch["type"] >= 0
            paired = (batch["marks"] == SOURCE).any(1) & (batch["marks"] == TARGET).any(1)
            scores = coder.kind(coder.hidden(coder.pool(states, batch["marks"], batch["mask"])))
            if typed.any():
                each = F.cross_entropy(scores[typed], batch["type"][typed], reduction="none", label_smoothing=0.05)
                share = 1.0 if teacher is None else options.own_share
                loss = loss + share * (each * batch["weight"][typed]).mean()
            if teacher is not None and paired.any():
                with torch.no_grad():
                    believed = teacher(*(batch[name][paired] for name in INPUTS)).softmax(-1)
                loss = loss - (believed * scores[paired].log_softmax(-1)).sum(-1).mean()
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
        out[chosen] = coder(*(batch[name] for name in INPUTS)).numpy()
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
