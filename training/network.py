"""The network: a MiniLM encoder that sees case, and the heads that annotate words.

Shapes in the docstrings: B windows, T word pieces, W words, D width of the encoder.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import torch
import torch.nn.functional as F
from safetensors.torch import load_file
from torch import Tensor, nn

from dragoman.language.encoder import EVENTS, ROLES, STEPS
from dragoman.language.features import BREAK_CLASSES, CASE_CLASSES

#: What the network is asked with, by name, in the order of its arguments.
INPUTS = ("pieces", "case", "breaks", "mask", "first", "last")


@dataclass(frozen=True)
class Sizes:
    """The sizes of the encoder (at first those of all-MiniLM-L6-v2) and of the heads."""

    vocabulary: int = 30522
    width: int = 384
    layers: int = 6
    attention_heads: int = 12
    feed_forward: int = 1536
    positions: int = 512
    arc: int = 320
    label: int = 96
    tag: int = 384
    coreference: int = 128
    participant: int = 128


def sizes_of(state: dict[str, Tensor]) -> Sizes:
    """The sizes of the network that has these weights: it may have grown layers."""
    return Sizes(layers=len(state["encoder.mix"]))


class SharedDropout(nn.Module):
    """Dropout with one mask for all places of a window: as parsers like it, and cheap on a CPU."""

    def __init__(self, rate: float) -> None:
        super().__init__()
        self.rate = rate

    def forward(self, x: Tensor) -> Tensor:
        """*Shape:* (B, W, D) → (B, W, D)"""
        if not self.training:
            return x
        mask = torch.empty(x.shape[0], 1, x.shape[2], device=x.device).bernoulli_(1 - self.rate) / (1 - self.rate)
        return x * mask


class EncoderLayer(nn.Module):
    """A transformer layer as in BERT: attention and feed-forward, each followed by a residual and a layer norm."""

    def __init__(self, sizes: Sizes) -> None:
        super().__init__()
        width = sizes.width
        self.heads = sizes.attention_heads
        self.query_key_value = nn.Linear(width, 3 * width)
        self.output = nn.Linear(width, width)
        self.attention_norm = nn.LayerNorm(width, eps=1e-12)
        self.expand = nn.Linear(width, sizes.feed_forward)
        self.contract = nn.Linear(sizes.feed_forward, width)
        self.output_norm = nn.LayerNorm(width, eps=1e-12)
        self.dropout = SharedDropout(0.1)

    def forward(self, x: Tensor, bias: Tensor) -> Tensor:
        """*Shape:* (B, T, D), with an additive attention bias (B, 1, 1, T) → (B, T, D)"""
        batch, length, width = x.shape
        split = self.query_key_value(x).view(batch, length, 3, self.heads, width // self.heads)
        query, key, value = split.permute(2, 0, 3, 1, 4)
        scores = query @ key.transpose(-1, -2) * (width // self.heads) ** -0.5 + bias
        mixed = scores.softmax(-1) @ value
        mixed = mixed.transpose(1, 2).reshape(batch, length, width)
        x = self.attention_norm(x + self.dropout(self.output(mixed)))
        return self.output_norm(x + self.dropout(self.contract(F.gelu(self.expand(x)))))


class Encoder(nn.Module):
    """MiniLM with two more embeddings: the case of the word, which the uncased vocabulary loses, and marks.

    Marks are line breaks in the language model, and the two actors in the coder of relations.
    """

    def __init__(self, sizes: Sizes, marks: int = BREAK_CLASSES) -> None:
        super().__init__()
        self.words = nn.Embedding(sizes.vocabulary, sizes.width)
        self.positions = nn.Embedding(sizes.positions, sizes.width)
        self.kind = nn.Parameter(torch.zeros(sizes.width))
        self.case = nn.Embedding(CASE_CLASSES, sizes.width)
        self.breaks = nn.Embedding(marks, sizes.width)
        self.norm = nn.LayerNorm(sizes.width, eps=1e-12)
        self.layers = nn.ModuleList(EncoderLayer(sizes) for _ in range(sizes.layers))
        self.mix = nn.Parameter(torch.zeros(sizes.layers))
        self.dropout = SharedDropout(0.1)
        nn.init.zeros_(self.case.weight)
        nn.init.zeros_(self.breaks.weight)
        with torch.no_grad():
            self.mix[-1] = 2.0

    def forward(self, pieces: Tensor, case: Tensor, breaks: Tensor, mask: Tensor) -> Tensor:
        """*Shape:* four times (B, T) → the mixed layers (B, T, D)"""
        positions = torch.arange(pieces.shape[1], device=pieces.device)
        x = self.words(pieces) + self.positions(positions) + self.kind + self.case(case) + self.breaks(breaks)
        x = self.dropout(self.norm(x))
        bias = (1.0 - mask[:, None, None, :].to(x.dtype)) * -1e4
        return through_layers(self.layers, self.mix, x, bias)

    def load_minilm(self, path: Path) -> None:
        """Take the pretrained weights from the file `model.safetensors` of all-MiniLM-L6-v2."""
        state = load_file(path)
        with torch.no_grad():
            self.words.weight.copy_(state["embeddings.word_embeddings.weight"])
            self.positions.weight.copy_(state["embeddings.position_embeddings.weight"])
            self.kind.copy_(state["embeddings.token_type_embeddings.weight"][0])
            copy_weights(self.norm, state, "embeddings.LayerNorm")
            for i, layer in enumerate(self.layers):
                prefix = f"encoder.layer.{i}"
                parts = [f"{prefix}.attention.self.{name}" for name in ("query", "key", "value")]
                layer.query_key_value.weight.copy_(torch.cat([state[f"{part}.weight"] for part in parts]))
                layer.query_key_value.bias.copy_(torch.cat([state[f"{part}.bias"] for part in parts]))
                copy_weights(layer.output, state, f"{prefix}.attention.output.dense")
                copy_weights(layer.attention_norm, state, f"{prefix}.attention.output.LayerNorm")
                copy_weights(layer.expand, state, f"{prefix}.intermediate.dense")
                copy_weights(layer.contract, state, f"{prefix}.output.dense")
                copy_weights(layer.output_norm, state, f"{prefix}.output.LayerNorm")


def through_layers(layers: nn.ModuleList, mix: Tensor, x: Tensor, bias: Tensor) -> Tensor:
    """What the layers make of the embeddings, mixed by learned shares.

    *Shape:* (B, T, D), with an additive attention bias → (B, T, D)
    """
    weights = mix.softmax(0)
    mixed = torch.zeros_like(x)
    for i, layer in enumerate(layers):
        x = layer(x, bias)
        mixed = mixed + weights[i] * x
    return mixed


def copy_weights(module: nn.Module, state: dict[str, Tensor], name: str) -> None:
    """Take weight and bias of a layer from pretrained weights."""
    module.weight.copy_(state[f"{name}.weight"])
    module.bias.copy_(state[f"{name}.bias"])


def projection(width: int, hidden: int, dropout: float) -> nn.Sequential:
    """A linear layer with GELU and shared dropout: (B, W, width) → (B, W, hidden)."""
    return nn.Sequential(nn.Linear(width, hidden), nn.GELU(), SharedDropout(dropout))


class Arcs(nn.Module):
    """Biaffine scores of every word, or the root, as the head (or antecedent) of every word.

    Timothy Dozat and Christopher Manning (2017), Deep Biaffine Attention for Neural Dependency Parsing.
    """

    def __init__(self, width: int, hidden: int, dropout: float) -> None:
        super().__init__()
        self.dependent = projection(width, hidden, dropout)
        self.head = projection(width, hidden, dropout)
        self.root = nn.Parameter(torch.randn(width) * 0.02)
        self.weight = nn.Parameter(torch.zeros(hidden, hidden))
        self.bias = nn.Linear(hidden, 1)
        nn.init.xavier_uniform_(self.weight, gain=0.3)

    def forward(self, words: Tensor) -> Tensor:
        """*Shape:* (B, W, D) → (B, W, 1 + W); column 0 is the root"""
        root = self.root.expand(words.shape[0], 1, -1)
        heads = self.head(torch.cat([root, words], 1))
        return self.dependent(words) @ self.weight @ heads.transpose(1, 2) + self.bias(heads).transpose(1, 2)


class Network(nn.Module):
    """Encoder and heads.

    Args:
        sizes: of the encoder and the heads.
        tags: the number of labels of each tagging head.
        names: the number of labels of names.
        labels: the number of labels of arcs.
        encoder: None for MiniLM's; another one has its inputs and outputs and the width of `sizes`.
    """

    def __init__(
        self, sizes: Sizes, tags: dict[str, int], names: int, labels: int, encoder: nn.Module | None = None
    ) -> None:
        super().__init__()
        self.sizes = sizes
        self.encoder = encoder if encoder is not None else Encoder(sizes)
        width = sizes.width
        self.tag_projection = projection(width, sizes.tag, 0.2)
        self.taggers = nn.ModuleDict({name: nn.Linear(sizes.tag, count) for name, count in tags.items()})
        self.name_projection = projection(width, sizes.tag, 0.2)
        self.namer = nn.Linear(sizes.tag, names)
        self.arcs = Arcs(width, sizes.arc, 0.3)
        self.label_dependent = projection(width, sizes.label, 0.3)
        self.label_head = projection(width, sizes.label, 0.3)
        self.label_root = nn.Parameter(torch.randn(width) * 0.02)
        self.label_weight = nn.Parameter(torch.zeros(labels, sizes.label + 1, sizes.label + 1))
        nn.init.normal_(self.label_weight, std=0.02)
        self.antecedents = Arcs(width, sizes.coreference, 0.2)
        self.mediation_projection = projection(width, sizes.tag, 0.2)
        self.roles = nn.Linear(sizes.tag, len(ROLES))
        self.steps = nn.Linear(sizes.tag, len(STEPS))
        self.event_projection = projection(width, sizes.tag, 0.2)
        self.events = nn.Linear(sizes.tag, len(EVENTS))
        self.acting = Arcs(width, sizes.participant, 0.2)
        self.suffering = Arcs(width, sizes.participant, 0.2)
        for participants in (self.acting, self.suffering):  # most words are nobody's: begin with that
            nn.init.constant_(participants.bias.bias, -4.0)

    def words(self, pieces: Tensor, case: Tensor, breaks: Tensor, mask: Tensor, first: Tensor, last: Tensor) -> Tensor:
        """One vector a word, the mean of its first and its last piece.

        *Shape:* four times (B, T), twice (B, W) → (B, W, D)
        """
        states = self.encoder(pieces, case, breaks, mask)
        width = states.shape[-1]
        starts = states.gather(1, first[..., None].expand(-1, -1, width))
        ends = states.gather(1, last[..., None].expand(-1, -1, width))
        return (starts + ends) * 0.5

    def label_vectors(self, words: Tensor) -> tuple[Tensor, Tensor]:
        """*Shape:* (B, W, D) → of dependents (B, W, L) and of heads (B, 1 + W, L), each with a one at the end"""
        root = self.label_root.expand(words.shape[0], 1, -1)
        dependents = self.label_dependent(words)
        heads = self.label_head(torch.cat([root, words], 1))
        return F.pad(dependents, (0, 1), value=1.0), F.pad(heads, (0, 1), value=1.0)

    def label_scores(self, dependents: Tensor, heads: Tensor) -> Tensor:
        """*Shape:* (N, L), (N, L) → (N, labels)"""
        count, size = self.label_weight.shape[0], self.label_weight.shape[1]
        weight = self.label_weight.permute(1, 0, 2).reshape(size, count * size)
        return ((dependents @ weight).view(-1, count, size) * heads[:, None, :]).sum(-1)
