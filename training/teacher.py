"""The teacher: a wide encoder of twelve layers that only training sees, from which the small one that ships learns.

all-mpnet-base-v2 (Apache-2.0), an MPNet: Kaitao Song et al. (2020), MPNet: Masked and Permuted Pre-training for
Language Understanding. It reads the same word pieces as MiniLM, under other numbers, so that teacher and pupil agree
about every word.
"""

from __future__ import annotations

import math
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor, nn

from dragoman.language.features import BREAK_CLASSES, CASE_CLASSES
from training.network import EncoderLayer, Network, SharedDropout, Sizes, copy_weights, through_layers

WIDE = Sizes(vocabulary=30527, width=768, layers=12, attention_heads=12, feed_forward=3072, positions=514)
_BUCKETS, _FURTHEST = 32, 128
# MPNet puts four pieces of its own before BERT's and one behind them; its positions begin at two.
_SHIFT, _OWN, _FIRST_POSITION = 4, {0: 1, 100: 3, 101: 0, 102: 2, 103: 30526}, 2


class WideEncoder(nn.Module):
    """MPNet with the two more embeddings of `training.network.Encoder`, and the same inputs and outputs.

    Products are taken in 16 bits: half the time where the processor knows them.
    """

    def __init__(self, sizes: Sizes = WIDE, marks: int = BREAK_CLASSES) -> None:
        super().__init__()
        self.words = nn.Embedding(sizes.vocabulary, sizes.width)
        self.positions = nn.Embedding(sizes.positions, sizes.width)
        self.case = nn.Embedding(CASE_CLASSES, sizes.width)
        self.breaks = nn.Embedding(marks, sizes.width)
        self.norm = nn.LayerNorm(sizes.width, eps=1e-5)
        self.layers = nn.ModuleList(EncoderLayer(sizes) for _ in range(sizes.layers))
        self.distances = nn.Embedding(_BUCKETS, sizes.attention_heads)
        self.mix = nn.Parameter(torch.zeros(sizes.layers))
        self.dropout = SharedDropout(0.1)
        renumbered = torch.arange(sizes.vocabulary) + _SHIFT
        for piece, number in _OWN.items():
            renumbered[piece] = number
        self.register_buffer("renumbered", renumbered, persistent=False)
        nn.init.zeros_(self.case.weight)
        nn.init.zeros_(self.breaks.weight)
        with torch.no_grad():
            self.mix[-1] = 2.0

    def forward(self, pieces: Tensor, case: Tensor, breaks: Tensor, mask: Tensor) -> Tensor:
        """*Shape:* four times (B, T) → the mixed layers (B, T, D)"""
        with torch.autocast(pieces.device.type, dtype=torch.bfloat16):
            mixed = self._layers(pieces, case, breaks, mask)
        return mixed.float()

    def _layers(self, pieces: Tensor, case: Tensor, breaks: Tensor, mask: Tensor) -> Tensor:
        places = torch.arange(pieces.shape[1], device=pieces.device)
        x = self.words(self.renumbered[pieces]) + self.positions(places + _FIRST_POSITION)
        x = self.dropout(self.norm(x + self.case(case) + self.breaks(breaks)))
        near = self.distances(distance_class(places[None, :] - places[:, None])).permute(2, 0, 1)
        bias = near[None] + (1.0 - mask[:, None, None, :].to(x.dtype)) * -1e4
        return through_layers(self.layers, self.mix, x, bias)

    def load_mpnet(self, path: Path) -> None:
        """Take the pretrained weights from the file `model.safetensors` of all-mpnet-base-v2."""
        state = load_file(path)
        with torch.no_grad():
            self.words.weight.copy_(state["embeddings.word_embeddings.weight"])
            self.positions.weight.copy_(state["embeddings.position_embeddings.weight"])
            self.distances.weight.copy_(state["encoder.relative_attention_bias.weight"])
            copy_weights(self.norm, state, "embeddings.LayerNorm")
            for i, layer in enumerate(self.layers):
                prefix = f"encoder.layer.{i}"
                parts = [f"{prefix}.attention.attn.{name}" for name in "qkv"]
                layer.query_key_value.weight.copy_(torch.cat([state[f"{part}.weight"] for part in parts]))
                layer.query_key_value.bias.copy_(torch.cat([state[f"{part}.bias"] for part in parts]))
                copy_weights(layer.output, state, f"{prefix}.attention.attn.o")
                copy_weights(layer.attention_norm, state, f"{prefix}.attention.LayerNorm")
                copy_weights(layer.expand, state, f"{prefix}.intermediate.dense")
                copy_weights(layer.contract, state, f"{prefix}.output.dense")
                copy_weights(layer.output_norm, state, f"{prefix}.output.LayerNorm")


def wide_network(tags: dict[str, int], names: int, labels: int) -> Network:
    """The network of the teacher: the heads of the one that ships on the wide encoder."""
    return Network(WIDE, tags, names, labels, WideEncoder())


def distance_class(distance: Tensor) -> Tensor:
    """The class of a distance in pieces, of the other from the one that looks: near ones apart, far ones together.

    *Shape:* (T, T) → (T, T), 0 to 31
    """
    half = _BUCKETS // 2
    near = half // 2
    away = distance.abs()
    far = near + (torch.log(away.clamp(min=1) / near) / math.log(_FURTHEST / near) * (half - near)).long()
    return (distance > 0) * half + torch.where(away < near, away, far.clamp(max=half - 1))
