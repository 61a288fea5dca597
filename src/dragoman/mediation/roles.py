"""Who mediates, and as what: from the steps, and from the words that name a host, an envoy or a guarantor."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import get_args

from dragoman.mediation.scene import Scene
from dragoman.mediation.vocabulary import Vocabulary
from dragoman.records import Mediator, MediatorRole, Step


def find_mediators(
    scene: Scene, parties: Sequence[str], steps: Sequence[Step], vocabulary: Vocabulary
) -> tuple[Mediator, ...]:
    """The third parties that call, host, carry, guarantee or propose, in the order of their ids.

    Who only praises, appeals or presses is none, and no party is.
    """
    held: dict[str, set[MediatorRole]] = defaultdict(set)
    for step in steps:
        if step.status == "negated":
            continue
        if step.kind == "offer":
            for actor in step.actors:
                held[actor].add("offered")
        elif step.kind == "acceptance":
            for actor in (*step.recipients, *step.third_parties):
                held[actor].add("accepted")
        elif step.kind in ("talks", "agreement"):
            for actor in step.third_parties:
                held[actor].add("facilitator")
            if step.status in ("actual", "historical") and step.where is not None and step.where.country is not None:
                held[step.where.country].add("host")
        elif step.kind == "proposal":
            for actor in step.actors:
                held[actor].add("facilitator")
    _named_roles(scene, vocabulary, held)
    outside = [actor for actor in sorted(held) if actor not in parties and scene.can_act(actor)]
    return tuple(
        Mediator(actor, tuple(role for role in get_args(MediatorRole) if role in held[actor])) for actor in outside
    )


def _named_roles(scene: Scene, vocabulary: Vocabulary, held: dict[str, set[MediatorRole]]) -> None:
    """Roles told by a verb ("hosted"), a noun ("mediator", "guarantor") or a participle ("UN-brokered")."""
    topics = vocabulary.classes["talks"] | vocabulary.classes["deal"] | vocabulary.classes["peace"]
    for i, word in enumerate(scene.words):
        for role, words in vocabulary.roles.items():
            if word not in words:
                continue
            actors: list[str] = []
            pos, dep = scene.doc[i].pos_, scene.tree.deps[i]
            if role == "envoy":
                actors = scene.who([i]) if pos in ("NOUN", "PROPN") else []
                bodies = [scene.body(actor) for actor in actors]
                for body in bodies:
                    # An envoy is a mediator's where the body mediates by other signs too.
                    if body in held:
                        held[body].add("envoy")
                continue
            if pos == "VERB" or dep in ("amod", "acl"):
                objects = {scene.words[kid] for head in scene.objects(i) for kid in scene.conjuncts(head)}
                if word in ("host", "lead", "chair", "guarantee", "sponsor", "carry", "relay", "arrange", "convene"):
                    about = objects | ({scene.words[scene.tree.heads[i]]} if dep in ("amod", "acl") else set())
                    if not about & (topics | {"delegation", "side", "message", "process", "mediation", "effort"}):
                        continue
                heads = scene.subjects(i)
                if dep in ("amod", "acl"):
                    heads = (
                        heads + scene.tree.kids(i, "compound", "obl:npmod", "obl:unmarked") + scene.obliques(i, "by")
                    )
                if scene.negated(i):
                    continue
                actors = [actor for head in heads for actor in scene.hosts(head)]
            elif pos in ("NOUN", "PROPN"):
                actors = scene.named(i) or scene.who(scene.makers(i))
                subject = scene.tree.kids(i, "nsubj")
                if subject and scene.tree.kids(i, "cop"):
                    actors = scene.who(subject)
                if dep in ("nmod", "obl") and scene.case(i) == "as":
                    # "Turkey as mediator", "working with Turkey and Israel as mediators".
                    head = scene.tree.heads[i]
                    actors = (
                        actors or scene.who([head, *scene.obliques(head, "with")]) or scene.who(scene.objects(head))
                    )
            for actor in actors:
                held[scene.body(actor)].add(role)  # type: ignore[arg-type]
