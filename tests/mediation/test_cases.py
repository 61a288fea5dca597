"""Short articles on many conflicts: who the parties are, who mediates, which kinds of step are told.

The articles are ours, the happenings real. The first and third batches were mended on, the second only measured.
``sentences.json`` has a sentence or more for each way to tell a kind of step, each read behind the opening of an
article on some conflict.
"""

import json
from functools import cache
from pathlib import Path

import pytest

import dragoman
from dragoman.records import Mediation

CASES = Path(__file__).parents[1] / "cases" / "mediations"
# Floors, a little under what was reached, so that small changes of a room below do not break the build.
FLOORS = {"first": (0.90, 0.80, 0.80), "second": (0.80, 0.72, 0.65), "third": (0.70, 0.65, 0.60)}


@cache
def read(batch: str) -> list[tuple[dict, tuple[Mediation, ...]]]:
    cases = json.loads((CASES / f"{batch}.json").read_text(encoding="utf-8"))
    return [(case, dragoman.read(case["text"], published=case["published"]).mediations) for case in cases]


def f1(wanted: list[list[set[str]]], found: list[list[str]], ignored: list[set[str]]) -> float:
    """F1 of ids, where each wanted one may have several spellings."""
    right = missed = false = 0
    for names, ids, optional in zip(wanted, found, ignored, strict=True):
        hit = sum(any(each in name for each in ids) for name in names)
        right, missed = right + hit, missed + len(names) - hit
        false += sum(each not in optional and not any(each in name for name in names) for each in ids)
    return 2 * right / (2 * right + missed + false)


def spellings(ids: list[str]) -> list[set[str]]:
    return [set(each.split("|")) for each in ids]


@pytest.mark.parametrize("batch", FLOORS)
def test_no_file_is_made_of_what_is_no_mediation(batch):
    assert [case["id"] for case, mediations in read(batch) if case["parties"] is None and mediations] == []


@pytest.mark.parametrize("batch", FLOORS)
def test_parties_mediators_and_kinds_of_step_are_found(batch):
    told = [(case, mediations) for case, mediations in read(batch) if case["parties"] is not None]
    files = [mediations[0] if mediations else None for _, mediations in told]
    parties = f1(
        [spellings(case["parties"]) for case, _ in told],
        [list(file.parties) if file else [] for file in files],
        [set() for _ in told],
    )
    mediators = f1(
        [spellings(case["mediators"]) for case, _ in told],
        [[mediator.actor for mediator in file.mediators] if file else [] for file in files],
        [set(case.get("optional", ())) for case, _ in told],
    )
    kinds = [
        kind in {step.kind for step in file.steps} if file else False
        for (case, _), file in zip(told, files, strict=True)
        for kind in case["kinds"]
    ]
    reached = (round(parties, 2), round(mediators, 2), round(sum(kinds) / len(kinds), 2))
    assert all(value >= floor for value, floor in zip(reached, FLOORS[batch], strict=True)), reached


@pytest.mark.parametrize("batch", FLOORS)
def test_no_party_is_its_own_mediator(batch):
    for _, mediations in read(batch):
        for mediation in mediations:
            assert not {mediator.actor for mediator in mediation.mediators} & set(mediation.parties)


def test_each_kind_of_step_is_found_in_its_usual_words():
    cases = json.loads((CASES / "sentences.json").read_text(encoding="utf-8"))
    missed, false = [], []
    for case in cases["sentences"]:
        context = cases["contexts"][case["context"]]
        reading = dragoman.read(f"{context['text']}\n\n{case['text']}", published=context["published"])
        start = len(context["text"])
        told = [
            step
            for mediation in reading.mediations
            for step in mediation.steps
            if any(evidence.start >= start for evidence in step.evidence)
        ]
        if case["kind"] is None:
            false += [case["text"]] if told else []
            continue
        wanted = set((case["actor"] or "").split("|"))
        if not any(step.kind == case["kind"] and wanted & {*step.actors, *step.third_parties} for step in told):
            missed.append(case["text"])
    assert false == []
    assert len(missed) <= 0.08 * len(cases["sentences"]), missed
