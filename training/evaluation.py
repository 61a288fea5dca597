"""How well a network does on what is held out, with gold words and gold sentences."""

from __future__ import annotations

import random
from collections import defaultdict

import numpy as np
import torch
from torch import Tensor

from dragoman.language.decoding import decode_names, decode_tree, name_labels
from training.batches import IGNORE, TAGS, Batcher, grouped, windows
from training.corpus import NAME_TYPES, Sentence
from training.network import INPUTS, Network


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
            words = network.words(*(batch[name] for name in INPUTS))
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
