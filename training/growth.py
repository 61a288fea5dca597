"""A deeper network out of a trained one: it says nearly the same at first, and learns on from there.

Each new layer has the weights of the one below it, but for what it adds, which is nothing yet: as in Tianqi Chen et al.
(2016), Net2Net. Two layer norms in a row are not one, so those of a new layer are fitted to give back what they take.
"""

from __future__ import annotations

import copy
import json
import math
import random
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

import torch
from torch import Tensor, nn

from training.corpus import NAME_TYPES
from training.export import load_run
from training.material import Material
from training.network import INPUTS, EncoderLayer, Network

AFTER = (1, 3, 4)  # one in the lower half, where words are still read, two in the upper, where they are understood
_GROUPS = 40


@torch.no_grad()
def grown(network: Network, after: Sequence[int], batches: Iterable[dict[str, Tensor]]) -> Network:
    """The network with a new layer after each of these layers, counted from 0.

    Args:
        network: of the kind that ships; stays as it is.
        batches: windows to fit the new layers' norms on; a few hundred sentences suffice.
    """
    deeper = copy.deepcopy(network).eval()
    seen = _states(deeper, batches)
    layers: list[nn.Module] = []
    shares: list[Tensor] = []
    for i, layer in enumerate(deeper.encoder.layers):
        layers.append(layer)
        copies = 1 + (i in after)
        shares += [deeper.encoder.mix[i] - math.log(copies)] * copies
        if i in after:
            layers.append(_silent(layer, seen[i]))
    deeper.encoder.layers = nn.ModuleList(layers)
    deeper.encoder.mix = nn.Parameter(torch.stack(shares))
    deeper.sizes = replace(network.sizes, layers=len(layers))
    return deeper


def _states(network: Network, batches: Iterable[dict[str, Tensor]]) -> list[Tensor]:
    """What each layer says of the word pieces of the batches, each (N, D)."""
    seen: list[list[Tensor]] = [[] for _ in network.encoder.layers]
    real: list[Tensor] = []
    hooks = [
        layer.register_forward_hook(lambda _module, _inputs, out, into=into: into.append(out[real[-1]]))
        for layer, into in zip(network.encoder.layers, seen, strict=True)
    ]
    for batch in batches:
        real.append(batch["mask"].bool())
        network.words(*(batch[name] for name in INPUTS))
    for hook in hooks:
        hook.remove()
    return [torch.cat(states) for states in seen]


def _silent(layer: EncoderLayer, states: Tensor) -> EncoderLayer:
    """A copy of a layer that adds nothing to states like these, (N, D)."""
    new = copy.deepcopy(layer)
    for linear in (new.output, new.contract):
        nn.init.zeros_(linear.weight)
        nn.init.zeros_(linear.bias)
    for norm in (new.attention_norm, new.output_norm):
        _fit(norm, states)
        states = norm(states)
    return new


def _fit(norm: nn.LayerNorm, states: Tensor) -> None:
    """Have a norm give back its input as nearly as it can: a line for each feature, by least squares."""
    normal = nn.functional.layer_norm(states, norm.normalized_shape, eps=norm.eps)
    centre, middle = normal.mean(0), states.mean(0)
    slope = ((normal - centre) * (states - middle)).sum(0) / (normal - centre).square().sum(0)
    norm.weight.copy_(slope)
    norm.bias.copy_(middle - slope * centre)


def grow(run: Path, out: Path, material: Material, after: Sequence[int] = AFTER) -> None:
    """Write the deeper network of a run, with its labels."""
    network, labels = load_run(run, NAME_TYPES)
    groups = material.groups(1000, random.Random(0))[:_GROUPS]
    deeper = grown(network, after, (material.batcher.batch(group) for group in groups))
    out.mkdir(parents=True, exist_ok=True)
    torch.save(deeper.state_dict(), out / "network.pt")
    (out / "labels.json").write_text(json.dumps(labels, ensure_ascii=False))
