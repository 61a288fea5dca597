"""Fit how rules and language model are weighed in mediations: `python -m training.standing FILE...`.

FILEs hold dispatches with roles (`benchmarks/marked.py`) that the language model was not trained on: on its own it is
too sure. Sides and mediators are logistic regressions, with a penalty on every weight but the first; of the steps, the
least belief of the model is chosen, kind by kind, for taking what no rule sees.
Each fifth of the dispatches is also judged by weights fitted on the others, and that is printed.
"""

from __future__ import annotations

import argparse
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import get_args

import numpy as np

from benchmarks.alignment import Names
from benchmarks.gold import GoldArticle, load
from benchmarks.marked import Dispatch, Marked, read_dispatches
from dragoman.knowledge import load_knowledge
from dragoman.language.encoder import STEPS
from dragoman.mediation.article import find_drafts, find_steps
from dragoman.mediation.drafts import Draft
from dragoman.mediation.parties import dealings, find_parties, pair_weights
from dragoman.mediation.roles import find_mediators
from dragoman.mediation.scene import Scene
from dragoman.mediation.standing import standings
from dragoman.mediation.triggers import step_beliefs, untold
from dragoman.mediation.vocabulary import load_vocabulary
from dragoman.mediation.weighing import Features, mediator_features, side_features
from dragoman.reader import Layers, Reader, default_reader
from dragoman.records import Actor, MediatorRole
from dragoman.sources import from_text
from training import logistic

PENALTY = 0.5
# What is missed on the way to a body – a name that is nobody's, a description – is made up for by believing more.
LEAST = {"sides": {"least": 0.6, "second": 0.15}, "mediators": {"least": 0.45, "second": 0.3}}
DATA = Path(__file__).parent.parent / "src" / "dragoman" / "mediation" / "data" / "weighing.toml"
Row = tuple[Features, bool]


@dataclass(frozen=True, slots=True)
class Seen:
    """What a text gives to fit on: a row a body, with whether it is a side, or mediates."""

    sides: tuple[Row, ...]
    mediators: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Text:
    """A text read as far as its layers, with what each body in it is, by its id: P, M, O, or part of another."""

    layers: Layers
    labels: Mapping[str, str]

    def scene(self) -> Scene:
        """A scene in which nobody has said yet who the sides are."""
        return self.layers.scene(load_knowledge())

    @property
    def sides(self) -> list[str]:
        """The true sides."""
        return sorted(body for body, label in self.labels.items() if label == "P")


def see(text: Text, least: Mapping[str, float]) -> Seen:
    """The rows of a text, those of mediators from the true sides on.

    Args:
        least: by kind, the least belief with which a step is taken that no rule sees.
    """
    scene, labels, true = text.scene(), text.labels, text.sides
    vocabulary, beliefs = load_vocabulary(), standings(scene)
    dealing = dealings(scene, vocabulary)
    quarrels = pair_weights(scene, vocabulary, dealing)
    parties = find_parties(scene, vocabulary, dealing, quarrels)
    features = side_features(scene, parties, quarrels, beliefs, vocabulary)
    sides = tuple(
        (about, labels.get(body) == "P") for body, about in features.items() if body in labels or about["rule"]
    )
    if len(true) < 2:
        return Seen(sides, ())
    steps = find_steps(scene, true, text.layers.times, least)
    found = find_mediators(scene, true, steps, vocabulary)
    mediating = mediator_features(scene, true, steps, found, beliefs, vocabulary)
    # A host who is named as a place only has no label of its own.
    return Seen(
        sides,
        tuple(
            (about, labels.get(body) == "M")
            for body, about in mediating.items()
            if body in labels or (about["rule"] and not about["host"])
        ),
    )


def with_unruled(seen: Seen) -> Seen:
    """Each body once more without what the rules say: they were made on the development articles."""
    return Seen(
        *(rows + tuple((_unruled(about), right) for about, right in rows) for rows in (seen.sides, seen.mediators))
    )


def dispatch_text(dispatch: Dispatch, reader: Reader) -> Text:
    """A dispatch with its marks as labels."""
    layers = _layers(dispatch.text, dispatch.published, reader)
    labels = labels_of(layers.scene(load_knowledge()), dispatch)
    return Text(layers, {body: label[0] for body, label in labels.items()})


def article_text(article: GoldArticle, reader: Reader) -> Text:
    """A whole article with its gold records as labels."""
    layers = _layers(article.text, article.published, reader)
    scene = layers.scene(load_knowledge())
    names = Names(article, Recorded(scene.actors.records))
    parties = [choice for each in article.mediations[:1] for choice in each.parties]
    mediators = [mediator.actor for each in article.mediations[:1] for mediator in each.mediators]
    labels, taken = {}, set()
    counts = {record.id: len(record.mentions) for record in scene.profiles.records.values()}
    bodies = {scene.bodies.body(record.id) for record in scene.profiles.records.values()}
    for body in sorted(bodies, key=lambda body: (-counts.get(body, 0), body)):
        known = {names.of(body), body}
        labels[body] = "O"
        for label, choices in (("P", parties), ("M", mediators)):
            for number, choice in enumerate(choices):
                if known & choice and (label, number) not in taken:
                    taken.add((label, number))
                    labels[body] = label
    return Text(layers, labels)


def _unruled(about: Features) -> Features:
    said = {*get_args(MediatorRole), "rule", "told", "pair", "host alone"}
    return {name: 0.0 if name in said else 1.0 if name == "no rule" else value for name, value in about.items()}


def _layers(text: str, published: date, reader: Reader) -> Layers:
    raw = from_text(text, published=published)
    return reader.layers(raw, reader.nlp(raw.text))


@dataclass(frozen=True, slots=True)
class Recorded:
    """The actors of a reading, all that `Names` asks for."""

    actors: Sequence[Actor]


def labels_of(scene: Scene, dispatch: Dispatch) -> Mapping[str, str]:
    """The mark that most mentions of each body carry; of bodies under one mark the first is it, the others are parts.

    Words for both sides count for neither.
    """
    votes: dict[str, Counter[str]] = defaultdict(Counter)
    for mention in scene.actors.mentions:
        if mention.sense != "actor" or mention.form == "pronoun":
            continue
        start, end = scene.tokens.span(mention.start, mention.end)
        for mark in dispatch.actors:
            if mark.start < end and start < mark.end and mark.label != "PP":
                votes[scene.bodies.body(mention.actor)][mark.label] += 1
    labels = {body: max(sorted(each), key=lambda label: each[label]) for body, each in votes.items()}
    for label in set(labels.values()) - {"O"}:
        same = sorted(body for body, other in labels.items() if other == label)
        whole = max(same, key=lambda body: (votes[body][label], not scene.profiles.is_person(body)))
        labels |= {body: "part" for body in same if body != whole}
    return labels


def fit(rows: Sequence[Row]) -> dict[str, float]:
    """The weights of a logistic regression.

    What a rule says of a mediator speaks for it or not at all.
    """
    names = list(dict.fromkeys(name for about, _ in rows for name in about))
    while True:
        weights = logistic.fit(rows, names, "one", PENALTY)
        against = {name for name in get_args(MediatorRole) if weights.get(name, 0.0) < 0}
        if not against:
            return weights
        names = [name for name in names if name not in against]


def right(rows: Sequence[Row], weights: Mapping[str, float], least: float = 0.5) -> Counter[str]:
    """How many are found rightly, found wrongly and missed."""
    count: Counter[str] = Counter()
    for about, true in rows:
        found = sum(weights.get(name, 0.0) * value for name, value in about.items()) > np.log(least / (1 - least))
        count["right" if found and true else "false" if found else "missed" if true else "neither"] += 1
    return count


def f1(count: Mapping[str, int]) -> float:
    """The harmonic mean of precision and recall."""
    return 2 * count["right"] / max(1, 2 * count["right"] + count["false"] + count["missed"])


def crossed(parts: Sequence[Sequence[Row]], first: int) -> tuple[Counter[str], Counter[str]]:
    """How those of each fifth come out by weights fitted on the others: of the first so many parts, of the rest."""
    totals: tuple[Counter[str], Counter[str]] = (Counter(), Counter())
    for part in range(5):
        weights = fit([row for i, rows in enumerate(parts) if i % 5 != part for row in rows])
        for i in range(part, len(parts), 5):
            totals[i >= first].update(right(parts[i], weights))
    return totals


def ruled(rows: Sequence[Row]) -> Counter[str]:
    """The same for the rules alone."""
    return right(rows, {"one": -1.0, "rule": 2.0})


@dataclass(frozen=True, slots=True)
class Told:
    """What the rules and the model see in one dispatch, and what is marked."""

    scene: Scene
    beliefs: np.ndarray
    drafts: tuple[Draft, ...]
    marks: tuple[Marked, ...]


def told(text: Text, dispatch: Dispatch) -> Told | None:
    """What is seen in a dispatch; None where there is no mediation."""
    scene = text.scene()
    beliefs = step_beliefs(scene)
    if beliefs is None or len(text.sides) < 2:
        return None
    return Told(scene, beliefs, tuple(find_drafts(scene, text.sides)), dispatch.steps)


_LEVELS = (0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.01)


def counted(each: Told, kinds: Collection[str], least: Mapping[str, float]) -> Counter[str]:
    """Marks of these kinds found and missed, and what is seen where none is."""
    count: Counter[str] = Counter()
    drafts = each.drafts
    seen = [(draft.kind, each.scene.tokens.span(draft.start, max(draft.end, draft.predicate + 1))) for draft in drafts]
    for i, kind in untold(each.scene, each.beliefs, drafts, least):
        seen.append((kind, each.scene.tokens.span(i, i + 1)))
    hit: set[int] = set()
    for kind, (start, end) in seen:
        if kind in kinds:
            within = {
                n for n, mark in enumerate(each.marks) if mark.label == kind and mark.start < end and start < mark.end
            }
            count["false"] += not within
            hit |= within
    count["right"] = len(hit)
    count["missed"] = sum(mark.label in kinds for mark in each.marks) - len(hit)
    return count


def summed(seen: Iterable[Told], kinds: Collection[str], least: Mapping[str, float]) -> Counter[str]:
    """The same over many dispatches."""
    total: Counter[str] = Counter()
    for each in seen:
        total.update(counted(each, kinds, least))
    return total


def _careful(count: Mapping[str, int]) -> float:
    """F with precision counting for more: a false step is worse than a missed one."""
    return 1.5 * count["right"] / max(1.0, 1.5 * count["right"] + count["false"] + 0.5 * count["missed"])


def levels(seen: Sequence[Told]) -> dict[str, float]:
    """The least belief, by kind, by which most comes out right."""
    return {
        kind: max((_careful(summed(seen, (kind,), {kind: level})), level) for level in _LEVELS)[1] for kind in STEPS[1:]
    }


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", type=Path, nargs="+")
    options = parser.parse_args()
    reader = default_reader()
    dispatches = [dispatch for path in options.files for dispatch in read_dispatches(path)]
    texts = [dispatch_text(dispatch, reader) for dispatch in dispatches]
    tellings = [each for each in map(told, texts, dispatches) if each is not None]
    least = levels(tellings)
    seen = [see(text, least) for text in texts]
    whole = [with_unruled(see(article_text(each, reader), least)) for each in load() if each.split == "dev"]
    lines = ["# Fitted by `python -m training.standing`: rules and language model weighed in mediations."]
    for kind in ("sides", "mediators"):
        parts: list[Sequence[Row]] = [getattr(each, kind) for each in (*seen, *whole)]
        rows = [row for part in parts for row in part]
        weights, held = fit(rows), crossed(parts, len(seen))
        alone = [ruled([row for part in some for row in part]) for some in (parts[: len(seen)], parts[len(seen) :])]
        print(f"{kind}: {len(rows)} bodies")
        for name, rules, weighed in zip(("dispatches", "articles"), alone, held, strict=True):
            print(f"  {name}: F1 {f1(rules):.3f} by rules {dict(rules)}, {f1(weighed):.3f} weighed {dict(weighed)}")
        lines += ["", f"[{kind}]", *(f"{name} = {value}" for name, value in LEAST[kind].items()), f"[{kind}.weights]"]
        lines += [f'"{name}" = {value}' for name, value in weights.items()]
    crossing: Counter[str] = Counter()
    for part in range(5):
        others = levels([each for i, each in enumerate(tellings) if i % 5 != part])
        crossing.update(summed(tellings[part::5], STEPS, others))
    for name, count in (("rules", summed(tellings, STEPS, {})), ("weighed", crossing)):
        print(f"steps by {name}: F1 {f1(count):.3f} {dict(count)}")
    lines += ["", "[steps]", *(f"{kind} = {value}" for kind, value in least.items())]
    DATA.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
