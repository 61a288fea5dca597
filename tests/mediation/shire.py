"""A war that is nowhere in the knowledge, with a mediator: what one more sentence makes of it."""

from __future__ import annotations

import dragoman
from dragoman.records import Step

WAR = (
    "Zambia mediates between Malawi and Mozambique, whose armies have fought along the Shire river since March. "
    "Malawi shelled villages of Mozambique on Monday. "
)


def steps(sentence: str, kind: str) -> list[Step]:
    found = dragoman.read(WAR + sentence, published="2024-05-02").mediations
    return [step for mediation in found for step in mediation.steps if step.kind == kind]
