"""Train the language model.

Writes `network.pt` (averaged weights) and `labels.json` after every epoch, `scores.json` at the end.
"""

from __future__ import annotations

import json
import random
import time
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from tokenizers import Tokenizer
from torch import Tensor

from benchmarks.marked import read_dispatches
from dragoman.language.decoding import decode_names, decode_tree, name_labels
from training.batches import IGNORE, TAGS, Batcher, Labels, Pieces, Window, grouped, windows
from training.corpus import NAME_TYPES, Sentence, Swapped, load_corpora
from training.dispatches import DISPATCHES, sentences
from training.network import Network, Sizes

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
MASK_PIECE = 103


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


def losses(network: Network, batch: dict[str, Tensor]) -> dict[str, Tensor]:
    """The loss of every head over a batch; means over the words that have the label."""
    words, _ = network.words(*(batch[name] for name in ("pieces", "case", "breaks", "mask", "first", "last")))
    tags = network.tag_projection(words)
    out = {}
    for name, tagger in network.taggers.items():
        target = batch[name]
        if (target != IGNORE).any():
            out[name] = F.cross_entropy(tagger(tags).flatten(0, 1), target.flatten(), ignore_index=IGNORE)
    heads = batch["head"]
    known = heads != IGNORE
    if known.any():
        arcs = network.arcs(words).masked_fill(~_same_sentence(batch["sentence"]), -1e4)
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
        same = (entity[:, :, None] == entity[:, None, :]) & earlier
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


def _same_sentence(sentence: Tensor) -> Tensor:
    """*Shape:* (B, W) → (B, W, 1 + W): which heads a word may have"""
    same = (sentence[:, :, None] == sentence[:, None, :]) & (sentence >= 0)[:, None, :]
    return F.pad(same, (1, 0), value=True)


@torch.no_grad()
def evaluate(network: Network, batcher: Batcher, corpora: dict[str, list[Sentence]]) -> dict[str, float]:
    """Scores with gold words and gold sentences: UAS, LAS, tags, names' F1, and the sentence starts that were found."""
    network.eval()
    torch.set_float32_matmul_precision("highest")
    scores: dict[str, float] = {}
    labels = name_labels(NAME_TYPES)
    assert labels == batcher.names
    for corpus, held in corpora.items():
        right: dict[str, float] = defaultdict(float)
        for group in grouped(list(windows(held, batcher.pieces, 144, None)), batcher.pieces, 2000, random.Random(0)):
            batch = batcher.batch(group)
            words, _ = network.words(*(batch[name] for name in ("pieces", "case", "breaks", "mask", "first", "last")))
            tags = network.tag_projection(words)
            predicted = {name: tagger(tags).argmax(-1) for name, tagger in network.taggers.items()}
            arcs = network.arcs(words).log_softmax(-1)
            dependents, governors = network.label_vectors(words)
            names = network.namer(network.name_projection(words)).log_softmax(-1).numpy()
            links = network.antecedents(words)
            for b, window in enumerate(group):
                offset = 0
                for sentence in window:
                    span = range(offset, offset + len(sentence.words))
                    _score_sentence(right, sentence, span, b, batch, predicted, arcs, dependents, governors, network)
                    _score_names(right, sentence, names[b, span.start : span.stop])
                    offset = span.stop
                _score_links(right, batch["entity"][b], links[b])
        w = max(right["words"], 1)
        if right["words"]:
            for name in ("uas", "las", "upos", "xpos", "feats", "edit"):
                scores[f"{corpus}.{name}"] = right[name] / w
            p, r = (
                right["starts_right"] / max(right["starts_found"], 1),
                right["starts_right"] / max(right["starts"], 1),
            )
            scores[f"{corpus}.sentences"] = 2 * p * r / max(p + r, 1e-9)
        if right["wanted"]:
            scores[f"{corpus}.names"] = 2 * right["hits"] / (right["found"] + right["wanted"])
        if right["links"]:
            scores[f"{corpus}.links"] = right["links_right"] / right["links"]
    return scores


def _score_sentence(right, sentence, span, b, batch, predicted, arcs, dependents, governors, network) -> None:
    if not sentence.tree:
        return
    n = len(span)
    columns = [0, *range(span.start + 1, span.stop + 1)]
    heads = decode_tree(arcs[b, span.start : span.stop][:, columns].numpy())
    wide = torch.tensor([0 if h == 0 else span.start + int(h) for h in heads])
    guess = network.label_scores(dependents[b, span.start : span.stop], governors[b, wide]).argmax(-1)
    gold_heads = np.array(sentence.heads)
    gold_labels = batch["label"][b, span.start : span.stop]
    same = heads == gold_heads
    right["words"] += n
    right["uas"] += same.sum()
    right["las"] += (same & (guess == gold_labels).numpy()).sum()
    for name in TAGS:
        right[name] += float(
            (predicted[name][b, span.start : span.stop] == batch[name][b, span.start : span.stop]).sum()
        )
    starts = predicted["start"][b, span.start : span.stop]
    if span.start > 0:
        right["starts"] += 1
        right["starts_right"] += float(starts[0])
        right["starts_found"] += float(starts.sum())
    else:
        right["starts_found"] += float(starts[1:].sum())


def _score_names(right: dict[str, float], sentence: Sentence, scores: np.ndarray) -> None:
    """Right is a name whose span is gold and whose type is one that the corpus allows."""
    if sentence.names is None:
        return
    found = [
        name
        for name in decode_names(scores, NAME_TYPES)
        if name[2] not in ("DATE", "NORP", "EVENT") or sentence.document.startswith("wikigold")
    ]
    found = [name for name in found if name[2] not in sentence.open_types]
    gold = {
        (s, e): t for s, e, t in sentence.names if not t <= sentence.open_types and not t <= {"DATE", "NORP", "EVENT"}
    }
    right["found"] += len(found)
    right["wanted"] += len(gold)
    right["hits"] += sum(kind in gold.get((start, end), ()) for start, end, kind in found)


def _score_links(right: dict[str, float], entity: Tensor, scores: Tensor) -> None:
    """Of the mentions with an antecedent in the window, those whose best link is to one of the same entity."""
    for i in range(1, len(entity)):
        if entity[i] == IGNORE:
            continue
        earlier = entity[:i] == entity[i]
        if earlier.any():
            right["links"] += 1
            best = int(scores[i, : i + 1].argmax())
            right["links_right"] += float(best > 0 and bool(earlier[best - 1]))


def train(options: Options) -> None:
    """Train, evaluate and save after every epoch."""
    torch.manual_seed(options.seed)
    rng = random.Random(options.seed)
    device = "cuda" if torch.cuda.is_available() else "cpu"
    if device == "cpu":
        torch.set_num_threads(options.threads)
    # Products in 16 bits where the processor has them: a quarter less time. Scores are taken in 32.
    torch.set_float32_matmul_precision("medium")
    corpora = load_corpora(options.shared)
    pieces = Pieces(Tokenizer.from_file(str(options.minilm / "tokenizer.json")))
    pieces.tokenizer.no_padding()
    pieces.tokenizer.no_truncation()
    labels = Labels.of(s for sentences in corpora.train.values() for s in sentences)
    batcher = Batcher(pieces, labels)
    tags = {name: len(getattr(labels, name)) for name in TAGS} | {"start": 2}
    network = Network(Sizes(), tags, len(batcher.names), len(labels.label))
    network.encoder.load_minilm(options.minilm / "model.safetensors")
    if options.start is not None:
        # Weights from before the roles and steps of mediations go on without them.
        network.load_state_dict(torch.load(options.start, map_location="cpu"), strict=options.replay is None)
    network.encoder.words.weight.requires_grad_(not options.frozen)
    network.to(device)
    average = {name: value.detach().clone() for name, value in network.state_dict().items()}
    encoder = [
        p for n, p in network.named_parameters() if n.startswith("encoder.") and "case" not in n and "breaks" not in n
    ]
    ids = {id(p) for p in encoder}
    rest = [p for p in network.parameters() if id(p) not in ids]
    dispatches = list(sentences(d for path in sorted(DISPATCHES.glob("*.txt")) for d in read_dispatches(path)))
    swapped = Swapped(options.shared, corpora.train if options.all_names else {})
    optimizer = torch.optim.AdamW(
        [{"params": encoder, "lr": options.encoder_rate}, {"params": rest, "lr": options.head_rate}],
        betas=(0.9, 0.99), weight_decay=0.01, fused=True,
    )  # fmt: skip

    def epoch_groups() -> list[list[Window]]:
        extra = {name: swapped(corpora.train[name], rng) for name in ("wikigold", "gum")}
        kept = [
            s
            for name, part in extra.items()
            for s in _share(part, 4 if name == "gum" or not options.all_names else 1, rng)
        ]
        parts = [*corpora.train.values(), kept]
        found = [window for part in parts for window in windows(part, pieces, 144, rng)]
        if options.replay is not None:
            found = rng.sample(found, round(options.replay * len(found)))
            found += windows(dispatches, pieces, 144, rng)
        return grouped(found, pieces, options.batch, rng)

    steps = len(epoch_groups()) * options.epochs
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer,
        lambda step: min((step + 1) / (options.warm_up * steps), 1 - step / steps),
    )
    options.out.mkdir(parents=True, exist_ok=True)
    (options.out / "labels.json").write_text(json.dumps(asdict(labels), ensure_ascii=False))
    step, began = 0, time.time()
    for epoch in range(min(options.epochs, options.stop or options.epochs)):
        network.train()
        running: dict[str, list[float]] = {}
        for group in epoch_groups():
            if step >= steps:
                break
            batch = batcher.batch(group, rng)
            hidden = torch.rand(batch["pieces"].shape) < options.hide
            batch["pieces"] = batch["pieces"].masked_fill(hidden & (batch["pieces"] > 103), MASK_PIECE)
            batch = {name: value.to(device) for name, value in batch.items()}
            parts = losses(network, batch)
            loss = sum((WEIGHTS[name] * value for name, value in parts.items()), torch.zeros((), device=device))
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
        averaged = Network(network.sizes, tags, len(batcher.names), len(labels.label))
        averaged.load_state_dict({name: value.cpu() for name, value in average.items()})
        torch.save(averaged.state_dict(), options.out / "network.pt")
    scores = evaluate(averaged, batcher, corpora.held_out)
    (options.out / "scores.json").write_text(json.dumps(scores, indent=1))
    print(f"epoch {epoch + 1}:", " ".join(f"{k} {v:.4f}" for k, v in scores.items()), flush=True)


def _share(sentences: list[Sentence], part: int, rng: random.Random) -> list[Sentence]:
    """One in `part` of the sentences, by chance."""
    shuffled = rng.sample(sentences, len(sentences))
    return shuffled[: len(shuffled) // part]


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
    """The last phase: the dispatches with roles, beside a share of everything else so that nothing is unlearned."""
    return Options(
        shared, minilm, out, epochs=10, start=start / "network.pt",
        encoder_rate=1e-4, head_rate=1e-3, seed=31, hide=0.1, frozen=True, all_names=True, replay=0.4,
    )  # fmt: skip
