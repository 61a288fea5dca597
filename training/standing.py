"""Fit how rules and language model are weighed in mediations: `python -m training.standing FILE...`.

FILEs hold dispatches with roles (`benchmarks/marked.py`) that the language model was not trained on: on its own it is
too sure. Sides, mediators and steps (`training.steps`) are boosted trees. Each fifth of the dispatches is also judged
by trees grown on the others, and that is printed.
"""

from __future__ import annotations

import argparse
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import get_args

from benchmarks.gold import load
from benchmarks.marked import Dispatch, read_dispatches
from dragoman.boosting import Boosted, Features
from dragoman.knowledge import load_knowledge
from dragoman.mediation.article import find_steps
from dragoman.mediation.finding import weigh
from dragoman.mediation.parties import dealings, find_parties, pair_weights
from dragoman.mediation.roles import find_mediators
from dragoman.mediation.scene import Scene
from dragoman.mediation.standing import engaged, go_betweens, standings
from dragoman.mediation.vocabulary import load_vocabulary
from dragoman.mediation.weighing import DATA, Weighing, mediator_features, side_features
from dragoman.reader import Layers, Reader, default_reader
from dragoman.records import MediatorRole
from dragoman.sources import from_text
from training import boosting, steps
from training.boosting import Row

LEVELS = {
    "sides": {"least": 0.45, "second": 0.15},
    "mediators": {"least": 0.5, "second": 0.15},
    "occurrence": {"least": 0.5},
}
# What speaks for it, or against it, whatever else is seen.
RISING = {
    "sides": {"rule", "side", "surest", "pair", "pair likely"},
    "mediators": {"rule", "mediator", "best", "told", *get_args(MediatorRole)},
}
_OCCURRING = frozenset(
    """top second ruled mediators best told steps core heard amount talks third agreement""".split()
) | {"core actual", "core kinds"}
FALLING: Mapping[str, set[str]] = {"sides": {"told"}, "mediators": set()}
_PARTS = 5
# The words of a lead.
_LEAD = 40


@dataclass(frozen=True, slots=True)
class Seen:
    """What a text gives to fit on: a row a body, with whether it is a side, or mediates."""

    sides: tuple[Row, ...]
    mediators: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Text:
    """A text read as far as its layers, with what each body in it is, by its id: P, M, O, or part of another.

    Attributes:
        own: the same for each actor by himself, whomever he acts for.
    """

    layers: Layers
    labels: Mapping[str, str]
    own: Mapping[str, str]

    def scene(self) -> Scene:
        """A scene in which nobody has said yet who the sides are."""
        return self.layers.scene(load_knowledge())

    @property
    def sides(self) -> list[str]:
        """The true sides."""
        return sorted(body for body, label in self.labels.items() if label == "P")


def lead(dispatch: Dispatch) -> Dispatch:
    """A dispatch of a few sentences: the first paragraphs of one, with so many words at least."""
    end = 0
    while len(dispatch.text[:end].split()) < _LEAD and end < len(dispatch.text):
        found = dispatch.text.find("\n", end + 1)
        end = found if found >= 0 else len(dispatch.text)
    return replace(
        dispatch,
        text=dispatch.text[:end],
        actors=tuple(mark for mark in dispatch.actors if mark.end <= end),
        steps=tuple(mark for mark in dispatch.steps if mark.end <= end),
        events=None,
        links=None,
    )


def see(text: Text, trees: Boosted) -> Seen:
    """The rows of a text, those of mediators from the true sides on.

    Args:
        trees: how likely each step is.
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
    # Sides that seldom are any are too few to grow trees of sides on; those between the sides are not.
    scene.profiles.engaged = engaged(scene)
    between = go_betweens(scene, true)
    scene.bodies.stand_between(between)
    beliefs, labels = standings(scene), {**labels, **{actor: text.own.get(actor, "O") for actor in between}}
    told = find_steps(scene, true, text.layers.times, trees)
    found = find_mediators(scene, true, told, vocabulary)
    mediating = mediator_features(scene, true, told, found, beliefs, vocabulary)
    # A host who is named as a place only has no label of its own.
    return Seen(
        sides,
        tuple(
            (about, labels.get(body) == "M")
            for body, about in mediating.items()
            if body in labels or (about["rule"] and not about["host"])
        ),
    )


def dispatch_text(dispatch: Dispatch, reader: Reader) -> Text:
    """A dispatch with its marks as labels."""
    layers = _layers(dispatch.text, dispatch.published, reader)
    scene = layers.scene(load_knowledge())
    own = _foremost(_votes(scene, dispatch, lambda actor: actor))
    return Text(layers, _kinds(labels_of(scene, dispatch)), _kinds(own))


def _layers(text: str, published: date, reader: Reader) -> Layers:
    raw = from_text(text, published=published)
    return reader.layers(raw, reader.nlp(raw.text))


def labels_of(scene: Scene, dispatch: Dispatch) -> Mapping[str, str]:
    """The mark that most mentions of each body carry; of bodies under one mark the first is it, the others are parts.

    Words for both sides count for neither.
    """
    votes = _votes(scene, dispatch, scene.bodies.body)
    labels = _foremost(votes)
    for label in set(labels.values()) - {"O"}:
        same = sorted(body for body, other in labels.items() if other == label)
        whole = max(same, key=lambda body: (votes[body][label], not scene.profiles.is_person(body)))
        labels |= {body: "part" for body in same if body != whole}
    return labels


def _votes(scene: Scene, dispatch: Dispatch, body_of: Callable[[str], str]) -> Mapping[str, Counter[str]]:
    """How many mentions of each body carry each mark."""
    votes: dict[str, Counter[str]] = defaultdict(Counter)
    for mention in scene.actors.mentions:
        if mention.sense != "actor" or mention.form == "pronoun":
            continue
        start, end = scene.tokens.span(mention.start, mention.end)
        for mark in dispatch.actors:
            if mark.start < end and start < mark.end and mark.label != "PP":
                votes[body_of(mention.actor)][mark.label] += 1
    return votes


def _kinds(labels: Mapping[str, str]) -> dict[str, str]:
    """The labels without their numbers: P of P1."""
    return {body: label[0] for body, label in labels.items()}


def _foremost(votes: Mapping[str, Counter[str]]) -> dict[str, str]:
    return {body: max(sorted(each), key=lambda label: each[label]) for body, each in votes.items()}


def fit(kind: str, rows: Sequence[Row]) -> Boosted:
    """The trees of sides or of mediators."""
    return boosting.fit(rows, LEVELS[kind], rising=RISING[kind], falling=FALLING[kind], leaves=6)


def occurrence(rows: Sequence[Row]) -> Boosted:
    """The trees of mediations: few, for there are no more texts than rows."""
    return boosting.fit(rows, LEVELS["occurrence"], rising=_OCCURRING, falling={"peace"}, trees=80, leaves=4)


def right(rows: Sequence[Row], likely: Callable[[Features], bool]) -> Counter[str]:
    """How many are found rightly, found wrongly and missed."""
    count: Counter[str] = Counter()
    for about, true in rows:
        found = likely(about)
        count["right" if found and true else "false" if found else "missed" if true else "neither"] += 1
    return count


def f1(count: Mapping[str, int]) -> float:
    """The harmonic mean of precision and recall."""
    return 2 * count["right"] / max(1, 2 * count["right"] + count["false"] + count["missed"])


def without(kind: str, seen: Sequence[Seen]) -> list[Boosted]:
    """For each fifth of the texts the trees that were grown on the others."""
    parts: list[Sequence[Row]] = [getattr(each, kind) for each in seen]
    return [
        fit(kind, [row for number, rows in enumerate(parts) if number % _PARTS != part for row in rows])
        for part in range(_PARTS)
    ]


def crossed(parts: Sequence[Sequence[Row]], grown: Sequence[Boosted]) -> Counter[str]:
    """How those of each fifth of the texts come out by trees grown on the others."""
    total: Counter[str] = Counter()
    for number, rows in enumerate(parts):
        total.update(right(rows, grown[number % _PARTS].is_likely))
    return total


def occurrences(
    texts: Sequence[Text], dispatches: Sequence[Dispatch], weighings: Sequence[Weighing]
) -> list[tuple[Features, bool]]:
    """Of each text in which something looks like a mediation, what it looks like, and whether it is one."""
    found = [
        (
            weigh(text.scene(), text.layers.times, weighings[number % _PARTS]),
            any(mark.label.startswith("P") for mark in dispatch.actors),
        )
        for number, (text, dispatch) in enumerate(zip(texts, dispatches, strict=True))
    ]
    return [(each.about, true) for each, true in found if each is not None and each.about]


def ruled(rows: Sequence[Row]) -> Counter[str]:
    """The same for the rules alone."""
    return right(rows, lambda about: bool(about["rule"]))


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", type=Path, nargs="+")
    options = parser.parse_args()
    reader = default_reader()
    dispatches = [dispatch for path in options.files for dispatch in read_dispatches(path)]
    # A text and its lead fall into the same fifth.
    dispatches = dispatches[: len(dispatches) // _PARTS * _PARTS]
    dispatches += [lead(each) for each in dispatches]
    texts = [dispatch_text(dispatch, reader) for dispatch in dispatches]
    told = [steps.see_dispatch(text.scene(), text.sides, each) for text, each in zip(texts, dispatches, strict=True)]
    whole = [steps.see_article(each, reader) for each in load() if each.split == "dev"]
    grown = [steps.fit(_others(told, part), _others(whole, part)) for part in range(_PARTS)]
    for where, several in (("dispatches", told), ("articles", whole)):
        for name, trees in (("rules", [None] * _PARTS), ("weighed", grown)):
            count: Counter[str] = Counter()
            for number, one in enumerate(several):
                count.update(steps.counted(one, trees[number % _PARTS]))
            print(f"steps of {where} by {name}: F1 {f1(count):.3f} {dict(count)}")
    source = _source(sum(len(each.steps) for each in (*told, *whole)), "steps", len(told) + len(whole))
    boosting.write(steps.fit(told, whole), DATA / "steps.json", source)
    # Of a text's own steps the trees that were grown on others judge, as they will of any other text.
    seen = [see(text, grown[number % _PARTS]) for number, text in enumerate(texts)]
    files: Counter[str] = Counter()
    others: dict[str, list[Boosted]] = {"steps": grown}
    for kind in ("sides", "mediators"):
        parts: list[Sequence[Row]] = [getattr(each, kind) for each in seen]
        rows = [row for part in parts for row in part]
        others[kind] = without(kind, seen)
        for name, count in (("rules", ruled(rows)), ("weighed", crossed(parts, others[kind]))):
            print(f"{kind} by {name}: F1 {f1(count):.3f} {dict(count)}")
        boosting.write(fit(kind, rows), DATA / f"{kind}.json", _source(len(rows), "bodies", len(parts)))
    never = Boosted(0.0, (), {"least": 1.0})
    weighings = [
        Weighing(others["sides"][part], others["mediators"][part], grown[part], never) for part in range(_PARTS)
    ]
    rows = occurrences(texts, dispatches, weighings)
    for part in range(_PARTS):
        likely = occurrence([row for number, row in enumerate(rows) if number % _PARTS != part])
        files.update(right(rows[part::_PARTS], likely.is_likely))
    print(f"files: F1 {f1(files):.3f} {dict(files)}")
    boosting.write(occurrence(rows), DATA / "occurrence.json", _source(len(rows), "mediations or not", len(texts)))


def _others(seen: Sequence[steps.Seen], part: int) -> list[steps.Seen]:
    return [each for number, each in enumerate(seen) if number % _PARTS != part]


def _source(rows: int, what: str, texts: int) -> str:
    return f"grown on {rows} {what} of {texts} texts by python -m training.standing"


if __name__ == "__main__":
    main()
