"""Fits the weights by which a pronoun finds whom it means: `python -m training.salience [--epochs N]`.

Every pronoun of the training part of GUM with its candidates is one choice, "nobody here" among them; the weights are
those of a conditional logistic regression, one a kind of pronoun, written to the package's ``salience.toml``. The
learned antecedent of the language model, which has seen these texts, is left out of the fit; its weight is chosen on
the development part.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from importlib import resources
from pathlib import Path

import torch
from spacy.language import Language
from spacy.tokens import Doc

from benchmarks.gum import GoldDocument, groups_by_head, read_documents
from benchmarks.report import shared
from dragoman.knowledge import Knowledge, load_knowledge
from dragoman.language import load
from dragoman.reading.actors.drafts import Draft
from dragoman.reading.actors.finding import draft_mentions
from dragoman.reading.actors.salience import FEATURES, Salience, pronoun_class
from dragoman.reading.tree import Tree

_GENRES = frozenset({"news", "interview", "bio", "speech", "textbook", "voyage", "academic", "court"})
_LEARNED = [FEATURES.index("learned"), FEATURES.index("learned other")]
# News reads like news: its choices weigh more than those of other genres.
_NEWS = 3.0

Choice = tuple[str, list[list[float]], list[bool], float]


class Recorder(Salience):
    """Writes down the candidates of each pronoun and goes on as if the right one had been chosen."""

    def __init__(self, base: Salience, groups: dict[int, str], weight: float) -> None:
        super().__init__(base.tree, base.lexicon, base.quotes, base.profiles)
        self.counts = base.counts
        self.groups, self.weight = groups, weight
        self.choices: list[Choice] = []

    def choose(self, pronoun: Draft, history: Sequence[Draft], ahead: Sequence[Draft]) -> Draft | None:
        group = self.groups.get(pronoun.head)
        rows, right, best = [], [], None
        for draft, gap, distance, forward in self.candidates(pronoun, history, ahead):
            same = group is not None and self.groups.get(draft.head) == group
            rows.append(self.features(pronoun, draft, gap, distance, ahead=forward))
            right.append(same)
            best = draft if same and best is None else best
        if group is not None and rows:
            self.choices.append((pronoun_class(pronoun.facts.noun or ""), rows, right, self.weight))
        return best


def annotated(nlp: Language, document: GoldDocument) -> Doc:
    """The document's own words and sentences, annotated by the language model."""
    return nlp(
        Doc(nlp.vocab, words=list(document.words), spaces=list(document.spaces), sent_starts=list(document.starts))
    )


def choices(nlp: Language, knowledge: Knowledge, path: Path) -> list[Choice]:
    """All choices of a file."""
    found: list[Choice] = []
    for document in read_documents(path):
        if document.genre not in _GENRES:
            continue
        tree = Tree(annotated(nlp, document))
        drafts, resolver = draft_mentions(tree, document.published, knowledge)
        recorder = Recorder(
            resolver.salience, groups_by_head(document, tree), _NEWS if document.genre == "news" else 1.0
        )
        resolver.salience = recorder
        resolver.resolve(drafts)
        found += recorder.choices
    return found


def fit(data: Sequence[Choice], epochs: int, decay: float = 0.003) -> tuple[list[float], float]:
    """The weights of one kind of pronoun, and the score of "nobody here"."""
    weights = torch.zeros(len(FEATURES), requires_grad=True)
    least = torch.zeros(1, requires_grad=True)
    rows = [(torch.tensor(r), torch.tensor(right), weight) for _, r, right, weight in data]
    for row, _, _ in rows:
        row[:, _LEARNED] = 0.0
    optimizer = torch.optim.LBFGS([weights, least], max_iter=epochs)

    def loss() -> torch.Tensor:
        optimizer.zero_grad()
        total = decay * len(rows) * (weights**2).sum()
        for row, right, weight in rows:
            scores = torch.cat([row @ weights, least])
            wanted = torch.cat([right, ~right.any().reshape(1)])
            total = total + weight * (scores.logsumexp(0) - scores[wanted].logsumexp(0))
        total.backward()  # type: ignore[no-untyped-call]
        return total

    optimizer.step(loss)  # type: ignore[no-untyped-call]
    return [round(value, 3) for value in weights.tolist()], round(least.item(), 3)


def accuracy(data: Sequence[Choice], weights: Sequence[float], least: float) -> float:
    """The share of choices that come out right."""
    right = 0.0
    for _, rows, wanted, _ in data:
        scores = [sum(w * x for w, x in zip(weights, row, strict=True)) for row in rows]
        best = max(range(len(rows)), key=scores.__getitem__)
        right += wanted[best] if scores[best] > least else not any(wanted)
    return right / len(data) if data else float("nan")


def main(arguments: Sequence[str] | None = None) -> None:
    """Fit, print how well the development part comes out, and write the weights."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--epochs", type=int, default=60)
    options = parser.parse_args(arguments)
    nlp, knowledge = load(), load_knowledge()
    folder = shared() / "data" / "treebanks" / "gum"
    train, dev = choices(nlp, knowledge, folder / "train.conllu"), choices(nlp, knowledge, folder / "dev.conllu")
    lines = ["# Weights of the features of `salience`, fitted on GUM (CC BY 4.0) by `python -m training.salience`."]
    for kind in ("he", "it", "they"):
        own, held = [one for one in train if one[0] == kind], [one for one in dev if one[0] == kind]
        weights, least = fit(own, options.epochs)
        tried = []
        for bonus in (0.0, 0.5, 1.0, 1.5, 2.0, 3.0, 4.0):
            weights[_LEARNED[0]] = bonus
            tried.append((accuracy(held, weights, least), -bonus))
        best, bonus = max(tried)
        weights[_LEARNED[0]] = -bonus
        print(f"{kind}: {len(own)} choices, fit {accuracy(own, weights, least):.3f}")
        print(f"  {len(held)} held out: {tried[0][0]:.3f} alone, {best:.3f} with the learned antecedent at {-bonus}")
        lines += [
            "",
            f"[{kind}]",
            f'"least" = {least}',
            *(f'"{name}" = {value}' for name, value in zip(FEATURES, weights, strict=True)),
        ]
    target = resources.files("dragoman.reading.actors").joinpath("data", "salience.toml")
    Path(str(target)).write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
