"""Train the language model.

Writes `network.pt` (averaged weights) and `labels.json` after every epoch, `scores.json` at the end.
"""

from __future__ import annotations

import copy
import json
import random
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import numpy as np
import torch

from training.distillation import beliefs, distances
from training.evaluation import evaluate
from training.losses import WEIGHTS, losses
from training.material import Material
from training.network import INPUTS, Network, Sizes, sizes_of
from training.teacher import WIDE, wide_network

MASK_PIECE = 103
# What the labels and the teachers weigh beside each other. Of trees, tags and names the teachers have seen the labels
# too; what our own texts mark is sparser, and of the newer of them only the labels are sure.
_OF_CORPORA_SHARES, _OF_OURS_SHARES = (0.5, 1.0), (1.0, 0.5)
_OF_CORPORA = frozenset({"arc", "label", "upos", "xpos", "start", "names"})
# Of lemmas and morphology the teacher knows less than its pupil.
_NOT_TAUGHT, _NOT_TAUGHT_SHARES = frozenset({"edit", "feats"}), (1.0, 0.0)


@dataclass(frozen=True)
class Options:
    """A run: where the data, the pretrained encoder and the results lie, and how it is trained."""

    shared: Path
    minilm: Path
    out: Path
    epochs: int
    batch: int = 1000  # word pieces
    encoder_rate: float = 1.5e-4
    head_rate: float = 1.5e-3
    hide: float = 0.05  # the share of word pieces that are hidden
    threads: int = 2
    seed: int = 0
    stop: int | None = None  # epochs after which to stop, however long the schedule is
    start: Path | None = None  # weights to go on from
    warm_up: float = 0.05  # the share of steps in which the rates rise
    frozen: bool = False  # the embeddings of word pieces stay as they are: half of the weights, little of the gain
    replay: float | None = None  # the share of the other corpora beside the dispatches; None leaves the dispatches out
    all_names: bool = False  # all of wikigold comes with swapped copies, not a fourth; organisations are swapped too
    wide: Path | None = None  # the folder of all-mpnet-base-v2: train the teacher and not the network that ships
    teachers: tuple[Path, ...] = ()  # earlier runs whose beliefs are learned beside the labels


def train(options: Options) -> None:
    """Train and save after every epoch; evaluate at the end."""
    torch.manual_seed(options.seed)
    rng = random.Random(options.seed)
    device = "cuda" if torch.cuda.is_available() else "cpu"
    if device == "cpu":
        torch.set_num_threads(options.threads)
    # Products in 16 bits where the processor has them: a quarter less time. Scores are taken in 32.
    torch.set_float32_matmul_precision("medium")
    material = Material(options.shared, options.minilm, options.replay, options.all_names, plain=bool(options.teachers))
    network = _network(options, material).to(device)
    teachers = [_teacher(run, material).to(device) for run in options.teachers]
    average = {name: value.detach().clone() for name, value in network.state_dict().items()}
    encoder = [
        p for n, p in network.named_parameters() if n.startswith("encoder.") and "case" not in n and "breaks" not in n
    ]
    ids = {id(p) for p in encoder}
    rest = [p for p in network.parameters() if id(p) not in ids]
    optimizer = torch.optim.AdamW(
        [{"params": encoder, "lr": options.encoder_rate}, {"params": rest, "lr": options.head_rate}],
        betas=(0.9, 0.99), weight_decay=0.01, fused=True,
    )  # fmt: skip
    steps = len(material.groups(options.batch, rng)) * options.epochs
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer,
        lambda step: min((step + 1) / (options.warm_up * steps), 1 - step / steps),
    )
    options.out.mkdir(parents=True, exist_ok=True)
    (options.out / "labels.json").write_text(json.dumps(asdict(material.labels), ensure_ascii=False))
    step, began = 0, time.time()
    for epoch in range(min(options.epochs, options.stop or options.epochs)):
        network.train()
        running: dict[str, list[float]] = {}
        for group in material.groups(options.batch, rng):
            if step >= steps:
                break
            batch = {name: value.to(device) for name, value in material.batcher.batch(group, rng).items()}
            believed = beliefs(teachers, batch) if teachers else {}
            hidden = torch.rand(batch["pieces"].shape, device=device) < options.hide
            batch["pieces"] = batch["pieces"].masked_fill(hidden & (batch["pieces"] > MASK_PIECE), MASK_PIECE)
            words = network.words(*(batch[name] for name in INPUTS))
            parts = losses(network, words, batch)
            told = distances(network, words, batch, believed) if teachers else {}
            loss = torch.zeros((), device=device)
            for which, kind in enumerate((parts, told)):
                for name, value in kind.items():
                    loss = loss + (_shares(name)[which] if teachers else 1.0) * WEIGHTS[name] * value
            loss.backward()
            torch.nn.utils.clip_grad_norm_(network.parameters(), 2.0)
            optimizer.step()
            schedule.step()
            optimizer.zero_grad(set_to_none=True)
            step += 1
            if step % 5 == 0:
                decay = min(0.995, step / (step + 50))
                with torch.no_grad():
                    for name, value in network.state_dict().items():
                        average[name].lerp_(value, 1 - decay)
            for name, value in parts.items():
                running.setdefault(name, []).append(value.item())
            if step % 50 == 0:
                left = (time.time() - began) / step * (steps - step) / 60
                means = " ".join(f"{name} {np.mean(values[-50:]):.3f}" for name, values in running.items())
                print(f"epoch {epoch + 1} step {step}/{steps} {left:.0f} min left · {means}", flush=True)
        averaged = copy.deepcopy(network).cpu()
        averaged.load_state_dict({name: value.cpu() for name, value in average.items()})
        torch.save(averaged.state_dict(), options.out / "network.pt")
    scores = evaluate(averaged, material.batcher, material.held_out)
    (options.out / "scores.json").write_text(json.dumps(scores, indent=1))
    print(f"epoch {epoch + 1}:", " ".join(f"{k} {v:.4f}" for k, v in scores.items()), flush=True)


def _shares(name: str) -> tuple[float, float]:
    """What the labels and the teachers weigh in a loss."""
    if name in _NOT_TAUGHT:
        return _NOT_TAUGHT_SHARES
    return _OF_CORPORA_SHARES if name in _OF_CORPORA else _OF_OURS_SHARES


def _network(options: Options, material: Material) -> Network:
    """The network where training begins: pretrained, or as an earlier run has left it."""
    counts = (material.tags, len(material.batcher.names), len(material.labels.label))
    state = torch.load(options.start, map_location="cpu") if options.start is not None else None
    if options.wide is None:
        network = Network(Sizes() if state is None else sizes_of(state), *counts)
        if state is None:
            network.encoder.load_minilm(options.minilm / "model.safetensors")
    else:
        network = wide_network(*counts)
        network.encoder.load_mpnet(options.wide / "model.safetensors")
    if state is not None:
        # Weights from before the roles and steps of mediations go on without them.
        network.load_state_dict(state, strict=options.replay is None)
    network.encoder.words.weight.requires_grad_(not options.frozen)
    return network


def _teacher(run: Path, material: Material) -> Network:
    """The network that a run has left; its width tells which encoder it has."""
    if json.loads((run / "labels.json").read_text()) != asdict(material.labels):
        raise SystemExit(f"{run}: the labels are not those of the corpora; train the teacher anew")
    state = torch.load(run / "network.pt", map_location="cpu")
    counts = (material.tags, len(material.batcher.names), len(material.labels.label))
    wide = state["encoder.words.weight"].shape[1] == WIDE.width
    network = wide_network(*counts) if wide else Network(sizes_of(state), *counts)
    network.load_state_dict(state)
    return network.eval()


def mean(runs: Sequence[Path], out: Path, shares: Sequence[float] | None = None) -> None:
    """Write the mean of the weights of several runs that began in one place, with their labels.

    Nearly as good as their ensemble, at the price of one (Wortsman et al. 2022, Model soups); and between a network and
    what it became in learning something new, most of the new without losing the old (Wortsman et al. 2022, WiSE-FT).

    Args:
        shares: the weight of each run; None for equal ones. What only the last run has is taken from it.
    """
    states = [torch.load(run / "network.pt", map_location="cpu") for run in runs]
    weights = shares or [1 / len(runs)] * len(runs)
    out.mkdir(parents=True, exist_ok=True)
    mixed = {
        name: sum(weight * state[name] for weight, state in zip(weights, states, strict=True))
        if all(name in state for state in states)
        else last
        for name, last in states[-1].items()
    }
    torch.save(mixed, out / "network.pt")
    (out / "labels.json").write_text((runs[-1] / "labels.json").read_text())


def phases(shared: Path, minilm: Path, out: Path) -> tuple[Options, ...]:
    """The recipe: four epochs at high rates, five more from their average, and twice three from the average of these.

    The last two differ in their seeds; their mean (`mean`) is where `mediations` begins.
    """
    first = Options(shared, minilm, out / "first", epochs=13, stop=4)
    second = Options(
        shared, minilm, out / "second", epochs=5, start=first.out / "network.pt",
        encoder_rate=1.2e-4, head_rate=1.2e-3, warm_up=0.02, seed=1,
    )  # fmt: skip
    third = Options(
        shared, minilm, out / "third", epochs=3, start=second.out / "network.pt",
        encoder_rate=1e-4, head_rate=1e-3, seed=2, hide=0.1, frozen=True, all_names=True,
    )  # fmt: skip
    return first, second, third, replace(third, out=out / "fourth", seed=3)


def mediations(shared: Path, minilm: Path, start: Path, out: Path) -> Options:
    """The dispatches with roles, beside a share of everything else so that nothing is unlearned."""
    return Options(
        shared, minilm, out, epochs=6, start=start / "network.pt",
        encoder_rate=1e-4, head_rate=1e-3, seed=31, hide=0.1, frozen=True, all_names=True, replay=0.4,
    )  # fmt: skip


def teaching(shared: Path, minilm: Path, mpnet: Path, out: Path) -> Options:
    """The teacher: four epochs over everything on the wide encoder."""
    return Options(
        shared, minilm, out, epochs=4, wide=mpnet, encoder_rate=6e-5, head_rate=1e-3, warm_up=0.08, seed=7,
        frozen=True, all_names=True, replay=0.65,
    )  # fmt: skip


def learning(shared: Path, minilm: Path, start: Path, teachers: Sequence[Path], out: Path) -> Options:
    """Everything once more, with the labels and with what the teachers believe."""
    return Options(
        shared, minilm, out, epochs=3, start=start / "network.pt", teachers=tuple(teachers),
        encoder_rate=1.2e-4, head_rate=8e-4, warm_up=0.08, seed=41, hide=0.1, frozen=True, all_names=True, replay=0.6,
    )  # fmt: skip


def deepening(shared: Path, minilm: Path, start: Path, teachers: Sequence[Path], out: Path) -> Options:
    """The phase after growing: the new layers learn, and the others beside them."""
    return replace(
        learning(shared, minilm, start, teachers, out),
        epochs=2, encoder_rate=1.5e-4, head_rate=7e-4, warm_up=0.03, seed=97, replay=0.7,
    )  # fmt: skip


def settling(shared: Path, minilm: Path, start: Path, teachers: Sequence[Path], out: Path) -> Options:
    """The same once more, at lower rates."""
    return replace(deepening(shared, minilm, start, teachers, out), encoder_rate=1.2e-4, head_rate=6.5e-4, seed=113)


def closing(shared: Path, minilm: Path, start: Path, teachers: Sequence[Path], out: Path) -> Options:
    """The last phase: once more, at rates a little lower, with less of the other corpora."""
    return replace(
        settling(shared, minilm, start, teachers, out), encoder_rate=1.1e-4, head_rate=6e-4, seed=127, replay=0.55
    )
