"""Distillation: what a teacher believes of every word, as soft targets of the network that ships.

Geoffrey Hinton, Oriol Vinyals and Jeff Dean (2015), Distilling the Knowledge in a Neural Network. Shapes in the
docstrings: B windows, W words, D width of an encoder, N words that count.
"""

from __future__ import annotations

from collections.abc import Sequence

import torch
import torch.nn.functional as F
from torch import Tensor

from training.batches import IGNORE
from training.losses import same_sentence
from training.network import INPUTS, Network

_PARTICIPANTS = ("acting", "suffering")


@torch.no_grad()
def beliefs(teachers: Sequence[Network], batch: dict[str, Tensor]) -> dict[str, Tensor]:
    """The probabilities of every head, the mean over the teachers.

    Returns:
        By name of the loss, *shape:* (N, labels); of participants (B, W, 1 + W); and as `head` the likeliest heads
        (B, W), which the labels of arcs are asked for.
    """
    seen = [teacher.words(*(batch[name] for name in INPUTS)) for teacher in teachers]
    arcs = _mean([_arcs(teacher, words, batch) for teacher, words in zip(teachers, seen, strict=True)])
    head = torch.zeros_like(batch["sentence"])
    head[batch["sentence"] >= 0] = arcs.argmax(-1)
    found: dict[str, list[Tensor]] = {}
    for teacher, words in zip(teachers, seen, strict=True):
        for name, scores in _scores(teacher, words, batch, head).items():
            found.setdefault(name, []).append(scores.sigmoid() if name in _PARTICIPANTS else scores.softmax(-1))
    return {name: torch.stack(each).mean(0) for name, each in found.items()} | {"head": head}


def distances(
    network: Network, words: Tensor, batch: dict[str, Tensor], believed: dict[str, Tensor]
) -> dict[str, Tensor]:
    """The cross entropies of the network's beliefs against those of the teachers; means over words.

    Args:
        network: the pupil.
        words: what its encoder says of the words of the batch. *Shape:* (B, W, D)
        batch: inputs and targets by name.
        believed: what `beliefs` gave for the batch.
    """
    out = {}
    for name, scores in _scores(network, words, batch, believed["head"]).items():
        target = believed[name]
        if name not in _PARTICIPANTS:
            if len(target):
                out[name] = -(target * scores.log_softmax(-1)).sum(-1).mean()
            continue
        # Who takes part is asked of the words that state an event, as the labels or the teachers have it.
        real = batch["sentence"] >= 0
        stated = batch["event"] > 0
        stated[real] |= believed["event"][:, 0] < 0.5
        asked = stated[..., None] & F.pad(real, (1, 0), value=False)[:, None, :]
        if stated.any():
            loss = F.binary_cross_entropy_with_logits(scores[asked], target[asked], reduction="sum")
            out[name] = loss / stated.sum() / 4
    return out


def _scores(network: Network, words: Tensor, batch: dict[str, Tensor], head: Tensor) -> dict[str, Tensor]:
    """The scores of every head, by name of its loss."""
    real = batch["sentence"] >= 0
    tags = network.tag_projection(words)[real]
    out = {name: tagger(tags) for name, tagger in network.taggers.items()}
    out["arc"] = _arcs(network, words, batch)
    dependents, governors = network.label_vectors(words)
    chosen = governors.gather(1, head[..., None].expand(-1, -1, governors.shape[-1]))
    out["label"] = network.label_scores(dependents[real], chosen[real])
    out["names"] = network.namer(network.name_projection(words)[real])
    mentioned = batch["entity"] != IGNORE
    earlier = torch.ones(words.shape[1], words.shape[1], dtype=torch.bool, device=words.device).tril(-1)
    candidate = F.pad(earlier & real[:, None, :], (1, 0), value=True)
    out["antecedent"] = network.antecedents(words).masked_fill(~candidate, -1e4)[mentioned]
    mediation = network.mediation_projection(words)[real]
    out["role"], out["step"] = network.roles(mediation), network.steps(mediation)
    out["event"] = network.events(network.event_projection(words)[real])
    out["acting"], out["suffering"] = network.acting(words), network.suffering(words)
    return out


def _arcs(network: Network, words: Tensor, batch: dict[str, Tensor]) -> Tensor:
    return network.arcs(words).masked_fill(~same_sentence(batch["sentence"]), -1e4)[batch["sentence"] >= 0]


def _mean(scores: Sequence[Tensor]) -> Tensor:
    return torch.stack([each.softmax(-1) for each in scores]).mean(0)
