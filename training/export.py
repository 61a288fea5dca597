"""From trained weights to what ships.

Writes `network.onnx` (int8), `labels.json`, `labels.npz` (the label scorer) and `tokenizer.json` into the package.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import tempfile
from pathlib import Path

import numpy as np
import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn

from dragoman.language.decoding import name_labels
from training.corpus import NAME_TYPES
from training.network import INPUTS, Network, sizes_of

PACKAGE = Path(__file__).parent.parent / "src" / "dragoman" / "language" / "model"
OUTPUTS = (
    "upos",
    "xpos",
    "feats",
    "edit",
    "start",
    "names",
    "arcs",
    "dependents",
    "heads",
    "antecedents",
    "words",
    "roles",
    "steps",
    "events",
    "acting",
    "suffering",
)


class Exported(nn.Module):
    """The network as it runs: tags decided, starts as probabilities, everything else as scores."""

    def __init__(self, network: Network) -> None:
        super().__init__()
        self.network = network

    def forward(
        self, pieces: Tensor, case: Tensor, breaks: Tensor, mask: Tensor, first: Tensor, last: Tensor
    ) -> tuple[Tensor, ...]:
        network = self.network
        words = network.words(pieces, case, breaks, mask, first, last)
        tags = network.tag_projection(words)
        decided = [network.taggers[name](tags).argmax(-1) for name in ("upos", "xpos", "feats", "edit")]
        start = network.taggers["start"](tags).softmax(-1)[..., 1]
        names = network.namer(network.name_projection(words)).log_softmax(-1)
        dependents, heads = network.label_vectors(words)
        mediation = network.mediation_projection(words)
        return (
            *decided,
            start,
            names,
            network.arcs(words),
            dependents,
            heads,
            network.antecedents(words),
            words,
            network.roles(mediation).softmax(-1),
            network.steps(mediation).softmax(-1),
            network.events(network.event_projection(words)).softmax(-1),
            network.acting(words)[..., 1:].sigmoid(),
            network.suffering(words)[..., 1:].sigmoid(),
        )


def load_run(run: Path, name_types: tuple[str, ...]) -> tuple[Network, dict[str, list[str]]]:
    """The network of a run with its labels."""
    labels = json.loads((run / "labels.json").read_text())
    tags = {name: len(labels[name]) for name in ("upos", "xpos", "feats", "edit")} | {"start": 2}
    state = torch.load(run / "network.pt", map_location="cpu")
    network = Network(sizes_of(state), tags, len(name_labels(name_types)), len(labels["label"]))
    network.load_state_dict(state)
    return network.eval(), labels


def export(network: Network, path: Path, precise: bool = False) -> None:
    """Write the network as ONNX, int8 unless `precise`."""
    example = (
        torch.randint(200, 3000, (2, 9)), torch.ones(2, 9, dtype=torch.long), torch.zeros(2, 9, dtype=torch.long),
        torch.ones(2, 9, dtype=torch.long), torch.arange(1, 6).repeat(2, 1), torch.arange(1, 6).repeat(2, 1),
    )  # fmt: skip
    batch, piece, word = torch.export.Dim("batch"), torch.export.Dim("piece", max=512), torch.export.Dim("word")
    shapes = [{0: batch, 1: piece}] * 4 + [{0: batch, 1: word}] * 2
    with tempfile.TemporaryDirectory() as folder:
        whole = Path(folder) / "network.onnx"
        torch.onnx.export(
            Exported(network).eval(), example, whole, input_names=list(INPUTS), output_names=list(OUTPUTS),
            dynamic_shapes=shapes, dynamo=True, external_data=False,
        )  # fmt: skip
        model = onnx.load(whole)
        without_traces(model)
        onnx.save(model, whole)
        if precise:
            shutil.copy(whole, path)
            return
        # Only what is large is made small: the encoder's products and the embeddings. The heads are a twentieth of
        # the size, and the trees are decided in them.
        initializers = {tensor.name: int(np.prod(tensor.dims)) for tensor in model.graph.initializer}
        large = [
            node.name
            for node in model.graph.node
            if node.op_type in ("MatMul", "Gemm", "Gather")
            and any(initializers.get(name, 0) >= 140_000 for name in node.input)
        ]
        quantize_dynamic(
            whole, path, op_types_to_quantize=["MatMul", "Gemm", "Gather"], nodes_to_quantize=large,
            per_channel=True, weight_type=QuantType.QInt8, extra_options={"MatMulConstBOnly": True},
        )  # fmt: skip


def without_traces(model: onnx.ModelProto) -> None:
    """Leave out in which file each operation was written: that names folders of the machine, and nothing reads it."""
    graph = model.graph
    for part in (model, graph, *graph.node, *graph.value_info, *graph.input, *graph.output, *graph.initializer):
        part.doc_string = ""
        del part.metadata_props[:]
    for function in model.functions:
        for part in (function, *function.node):
            part.doc_string = ""
            del part.metadata_props[:]


def write(run: Path, minilm: Path, out: Path = PACKAGE, precise: bool = False) -> None:
    """Write all files of the model: network, label scorer, labels with the version, tokenizer.

    Args:
        run: the folder that training wrote.
        minilm: the folder of all-MiniLM-L6-v2.
        precise: keep 32 bits, to measure what the 8 cost.
    """
    network, labels = load_run(run, NAME_TYPES)
    out.mkdir(parents=True, exist_ok=True)
    export(network, out / "network.onnx", precise)
    weight = network.label_weight.detach().permute(1, 0, 2).numpy()
    np.savez(out / "labels.npz", weight=weight.astype(np.float16))
    digest = hashlib.sha256((out / "network.onnx").read_bytes()).hexdigest()[:12]
    (out / "labels.json").write_text(
        json.dumps(labels | {"names": list(NAME_TYPES), "version": digest}, ensure_ascii=False, indent=0) + "\n"
    )
    tokenizer = json.loads((minilm / "tokenizer.json").read_text(encoding="utf-8"))
    tokenizer["padding"] = tokenizer["truncation"] = None
    (out / "tokenizer.json").write_text(json.dumps(tokenizer, ensure_ascii=False), encoding="utf-8")
