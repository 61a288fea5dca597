"""Train the coder of relations and write it into the package: `python -m training.relations --data ../shared/data`.

First on four fifths of the labelled pairs, to measure on the last and to set the temperature that calibrates it;
then on all of them, which is what ships.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import tempfile
import time
from pathlib import Path

import numpy as np
import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn

from benchmarks.marked import read_dispatches
from benchmarks.relations import sentence_folds, sentence_key
from training.batches import Pieces
from training.coder import Coder, Lessons, Options, logits, scores, train
from training.corpus import FOLD
from training.dispatches import DISPATCHES
from training.examples import TYPES, Example, read_classes, read_own, read_pairs, read_spans, statements, told
from training.export import PACKAGE, without_traces
from training.material import word_pieces
from training.pretrained import minilm, mpnet

TEACHING = Options(epochs=4, encoder_rate=4e-5)
LEARNING = Options(epochs=5, encoder_rate=1e-4)


class Exported(nn.Module):
    """The coder as it runs: scores of the types, and last of no event."""

    def __init__(self, coder: Coder) -> None:
        super().__init__()
        self.coder = coder

    def forward(self, pieces: Tensor, case: Tensor, marks: Tensor, mask: Tensor) -> Tensor:
        return self.coder(pieces, case, marks, mask)


def export(coder: Coder, path: Path) -> None:
    """Write the coder as ONNX in eight bits."""
    example = tuple(torch.ones(2, 9, dtype=torch.long) for _ in range(4))
    dims = {0: torch.export.Dim("batch"), 1: torch.export.Dim("piece", max=512)}
    with tempfile.TemporaryDirectory() as folder:
        whole = Path(folder) / "relations.onnx"
        torch.onnx.export(
            Exported(coder).eval(), example, whole, input_names=["pieces", "case", "marks", "mask"],
            output_names=["scores"], dynamic_shapes=[dims] * 4, dynamo=True, external_data=False,
        )  # fmt: skip
        model = onnx.load(whole)
        without_traces(model)
        onnx.save(model, whole)
        sizes = {tensor.name: int(np.prod(tensor.dims)) for tensor in model.graph.initializer}
        large = [node.name for node in model.graph.node if any(sizes.get(name, 0) >= 140_000 for name in node.input)]
        quantize_dynamic(
            whole, path, op_types_to_quantize=["MatMul", "Gemm", "Gather"], nodes_to_quantize=large, per_channel=True,
            weight_type=QuantType.QInt8, extra_options={"MatMulConstBOnly": True},
        )  # fmt: skip


def calibrate(found: np.ndarray, gold: list[int]) -> float:
    """The temperature that makes the probabilities of the right types likeliest. *Shape:* (N, types)"""
    best = (float("inf"), 1.0)
    for temperature in np.arange(0.4, 3.0, 0.05):
        scaled = found / temperature
        loss = float(np.mean(np.logaddexp.reduce(scaled, axis=1) - scaled[np.arange(len(gold)), gold]))
        best = min(best, (loss, float(temperature)))
    return best[1]


def material(data: Path, without: int | None, reviews: Path | None = None) -> Lessons:
    """What there is to learn from.

    Args:
        data: the folder with the three files.
        without: the fold that `benchmarks.relations` holds out; none of its sentences is among what is returned.
        reviews: what analysts have said, as marked sentences; they are trained on like those we wrote.
    """
    held_out = sentence_folds(data)
    classes, tagged = (
        read_classes(data / "cameo_pentaclass_train.tsv"),
        read_spans(data / "source_target_spans_train.iob"),
    )
    pairs = read_pairs(data / "plover_relations_train.tsv") + statements(classes, tagged)

    def kept(examples: list[Example]) -> list[Example]:
        return [one for one in examples if without is None or held_out.get(sentence_key("".join(one.words))) != without]

    dispatches = [one for path in sorted(DISPATCHES.glob("*.txt")) for one in read_dispatches(path)]
    return Lessons(
        pairs=kept(pairs),
        own=read_own() + (read_own(reviews) if reviews is not None else []),
        beside=kept([*classes, *tagged]),
        told=[example for dispatch in dispatches for example in told(dispatch)],
    )


def pretrained(minilm: Path) -> Coder:
    """The coder where training begins."""
    coder = Coder()
    coder.encoder.load_minilm(minilm / "model.safetensors")
    return coder


def teach(lessons: Lessons, mpnet: Path, pieces: Pieces) -> Coder:
    """The teacher: the same coder on the wide encoder, which does not ship."""
    coder = Coder(wide=True)
    coder.encoder.load_mpnet(mpnet / "model.safetensors")
    return train(lessons, coder, pieces, TEACHING)


def build(
    data: Path, minilm: Path, mpnet: Path | None, out: Path, fold: Path, threads: int = 2, reviews: Path | None = None
) -> None:
    """Measure, calibrate, train on everything, write.

    The teacher has not seen the held-out fifth either, so that what the two coders learn from it is the same.

    Args:
        data: the folder with `relations/`.
        minilm: the folder of all-MiniLM-L6-v2.
        mpnet: the folder of all-mpnet-base-v2; None to learn from the labels alone, without a teacher.
        out: where the coder that ships goes.
        fold: where the one goes that never saw the held-out fifth, for honest figures of the whole system.
        threads: of torch; one on a busy machine, where threads that wait for each other cost more than they do.
        reviews: what analysts have said, as marked sentences.
    """
    torch.set_num_threads(threads)
    pieces = word_pieces(minilm)
    relations = data / "relations"
    rows = read_pairs(relations / "plover_relations_train.tsv")
    held_out = [example for number, example in enumerate(rows) if number % 5 == FOLD]
    gold = [int(example.type or 0) for example in held_out]
    began = time.time()
    lessons = material(relations, FOLD, reviews)
    teacher = teach(lessons, mpnet, pieces) if mpnet is not None else None
    options = Options() if teacher is None else LEARNING
    coder = train(lessons, pretrained(minilm), pieces, options, teacher)
    found = np.zeros(())
    for name, each in (("teacher", teacher), ("coder", coder)):
        if each is None:
            continue
        found = logits(each, held_out, pieces)[:, : len(TYPES)]
        accuracy, macro = scores(found.argmax(1), gold)
        print(f"{name}, held-out fifth: accuracy {accuracy:.3f}, macro F1 {macro:.3f}", flush=True)
    temperature = calibrate(found, gold)
    print(f"temperature {temperature:.2f}, {time.time() - began:.0f} s", flush=True)
    out.mkdir(parents=True, exist_ok=True)
    fold.mkdir(parents=True, exist_ok=True)
    _write(coder, fold, temperature)
    lessons = material(relations, None, reviews)
    _write(train(lessons, pretrained(minilm), pieces, options, teacher), out, temperature)


def _write(coder: Coder, out: Path, temperature: float) -> None:
    export(coder, out / "relations.onnx")
    digest = hashlib.sha256((out / "relations.onnx").read_bytes()).hexdigest()[:12]
    settings = {"types": [*TYPES], "temperature": round(temperature, 3), "version": digest}
    (out / "relations.json").write_text(json.dumps(settings, indent=1) + "\n")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--reviews", type=Path, help="what analysts have said, from /reviews.tsv of a reading room")
    parser.add_argument("--output", type=Path, default=PACKAGE)
    parser.add_argument("--fold", type=Path, default=Path("training/runs/fold"))
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--alone", action="store_true", help="without a teacher")
    arguments = parser.parse_args()
    wide = None if arguments.alone else mpnet()
    build(arguments.data, minilm(), wide, arguments.output, arguments.fold, arguments.threads, arguments.reviews)


if __name__ == "__main__":
    main()
