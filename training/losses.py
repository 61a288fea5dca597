"""What the network is trained towards: the loss of every head over a batch.

Shapes in the docstrings: B windows, W words, D width of the encoder.
"""

from __future__ import annotations

import torch
import torch.nn.functional as F
from torch import Tensor

from training.batches import IGNORE
from training.network import Network

WEIGHTS = {
    "arc": 1.0,
    "label": 1.0,
    "upos": 0.5,
    "xpos": 0.3,
    "feats": 0.5,
    "edit": 0.3,
    "start": 0.4,
    "names": 0.7,
    "antecedent": 0.25,
    "role": 1.0,
    "step": 1.5,
    "event": 1.5,
    "acting": 1.0,
    "suffering": 1.0,
}


def losses(network: Network, words: Tensor, batch: dict[str, Tensor]) -> dict[str, Tensor]:
    """The loss of every head over a batch; means over the words that have the label.

    Args:
        network: whose heads are asked.
        words: what its encoder says of the words of the batch. *Shape:* (B, W, D)
        batch: inputs and targets by name, as `Batcher` makes them.
    """
    tags = network.tag_projection(words)
    out = {}
    for name, tagger in network.taggers.items():
        target = batch[name]
        if (target != IGNORE).any():
            out[name] = F.cross_entropy(tagger(tags).flatten(0, 1), target.flatten(), ignore_index=IGNORE)
    heads = batch["head"]
    known = heads != IGNORE
    if known.any():
        arcs = network.arcs(words).masked_fill(~same_sentence(batch["sentence"]), -1e4)
        out["arc"] = F.cross_entropy(arcs[known], heads[known])
        dependents, governors = network.label_vectors(words)
        chosen = governors.gather(1, heads.clamp(min=0)[..., None].expand(-1, -1, governors.shape[-1]))
        out["label"] = F.cross_entropy(
            network.label_scores(dependents[known], chosen[known]), batch["label"][known], ignore_index=IGNORE
        )
    named = batch["named"]
    if named.any():
        scores = network.namer(network.name_projection(words))[named].log_softmax(-1)
        out["names"] = -scores.masked_fill(~batch["names"][named], -1e4).logsumexp(-1).mean()
    entity = batch["entity"]
    mentioned = entity != IGNORE
    if mentioned.any():
        scores = network.antecedents(words)
        earlier = torch.ones(words.shape[1], words.shape[1], dtype=torch.bool, device=words.device).tril(-1)
        candidate = F.pad(earlier & (batch["sentence"] >= 0)[:, None, :], (1, 0), value=True)
        scores = scores.masked_fill(~candidate, -1e4)[mentioned].log_softmax(-1)
        same = (entity[:, :, None] == batch["named_by"][:, None, :]) & mentioned[:, :, None] & earlier
        gold = F.pad(same, (1, 0), value=False)
        gold[..., 0] = ~same.any(-1)
        out["antecedent"] = -scores.masked_fill(~gold[mentioned], -1e4).logsumexp(-1).mean()
    for name, head in (("role", network.roles), ("step", network.steps)):
        if (batch[name] != IGNORE).any():
            scores = head(network.mediation_projection(words)).flatten(0, 1)
            out[name] = F.cross_entropy(scores, batch[name].flatten(), ignore_index=IGNORE, label_smoothing=0.05)
    stated = batch["event"]
    if (stated != IGNORE).any():
        scores = network.events(network.event_projection(words)).flatten(0, 1)
        out["event"] = F.cross_entropy(scores, stated.flatten(), ignore_index=IGNORE, label_smoothing=0.05)
    if (stated > 0).any():
        # Of every word that states an event, whether each word of the window names who acts, or who suffers it.
        real = F.pad(batch["sentence"] >= 0, (1, 0), value=False)[:, None, :].expand(-1, words.shape[1], -1)
        for name, head in (("acting", network.acting), ("suffering", network.suffering)):
            asked = (stated > 0)[..., None] & real
            loss = F.binary_cross_entropy_with_logits(head(words)[asked], batch[name][asked], reduction="sum")
            out[name] = loss / (stated > 0).sum() / 4
    return out


def same_sentence(sentence: Tensor) -> Tensor:
    """*Shape:* (B, W) → (B, W, 1 + W): which heads a word may have"""
    same = (sentence[:, :, None] == sentence[:, None, :]) & (sentence >= 0)[:, None, :]
    return F.pad(same, (1, 0), value=True)
