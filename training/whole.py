"""Whole articles with gold records, as texts on which steps are weighed: what is read in the end is like them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from benchmarks.alignment import Names
from benchmarks.gold import GoldArticle
from dragoman.knowledge import load_knowledge
from dragoman.mediation.drafts import Draft
from dragoman.mediation.scene import Scene
from dragoman.reader import Reader
from dragoman.records import Actor
from dragoman.sources import from_text


@dataclass(frozen=True, slots=True)
class Recorded:
    """The actors of a reading, all that `Names` asks for."""

    actors: Sequence[Actor]


def scene_of(article: GoldArticle, reader: Reader) -> Scene:
    """The scene of an article in which nobody has said yet who the sides are."""
    raw = from_text(article.text, published=article.published)
    return reader.layers(raw, reader.nlp(raw.text)).scene(load_knowledge())


def sides_of(article: GoldArticle, scene: Scene) -> list[str]:
    """The bodies that are the true sides, the one that is named most for each; none where there is no mediation."""
    names = Names(article, Recorded(scene.actors.records))
    counts = {record.id: len(record.mentions) for record in scene.profiles.records.values()}
    bodies = {scene.bodies.body(record.id) for record in scene.profiles.records.values()}
    ranked = sorted(bodies, key=lambda body: (-counts.get(body, 0), body))
    sides = [choice for each in article.mediations[:1] for choice in each.parties]
    found = (next((body for body in ranked if {names.of(body), body} & choice), None) for choice in sides)
    return sorted({body for body in found if body is not None})


def telling(article: GoldArticle, scene: Scene) -> Callable[[Draft], frozenset[int] | None]:
    """Which gold steps a draft tells: of its kind, with an actor of its, in its sentence; None if either would do."""
    names = Names(article, Recorded(scene.actors.records))
    gold = [step for each in article.mediations for step in each.steps]
    acting = [{wide for slot in step.actors for each in slot if each for wide in names.wide(each)} for step in gold]

    def told(draft: Draft) -> frozenset[int] | None:
        start, end = scene.tokens.span(draft.start, max(draft.end, draft.predicate + 1))
        first, last = scene.tokens.span(*scene.tokens.sentence(draft.predicate))
        who = {
            wide for actor in draft.actors for each in (actor, scene.bodies.body(actor)) for wide in names.wide(each)
        }
        found = [
            number
            for number, step in enumerate(gold)
            if draft.kind in step.kinds and who & acting[number]
            if (step.start < end and start < step.end) or first <= step.start < last
        ]
        optional = bool(found) and all(gold[number].optional for number in found)
        return None if optional else frozenset(found)

    return told
