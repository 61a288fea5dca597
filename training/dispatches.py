"""Dispatches with roles (see `benchmarks/marked.py`) as sentences to train on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import spacy
from spacy.tokens import Doc, Token

from benchmarks.marked import PRONOUNS, Dispatch, Stretch
from dragoman.language.encoder import EVENTS, ROLES, STEPS
from dragoman.language.tokenization import make_tokenizer
from dragoman.language.windows import looks_like_start
from training.corpus import Sentence

DISPATCHES = Path(__file__).parent / "data" / "dispatches"
_ROLE = {"P": ROLES.index("side"), "M": ROLES.index("mediator"), "O": ROLES.index("other")}


def sentences(dispatches: Iterable[Dispatch]) -> Iterator[Sentence]:
    """Their sentences as training wants them: a role, a kind of step and a type of event for every word.

    Every word of a trigger states the event, and every word of who takes part is a participant.
    """
    tokenizer = make_tokenizer(spacy.blank("en").vocab)
    for dispatch in dispatches:
        doc: Doc = tokenizer(dispatch.text)
        tokens = [token for token in doc if not token.is_space]
        words = [token.text for token in tokens]
        roles, steps = [0] * len(words), [0] * len(words)
        for marks, values in ((dispatch.actors, roles), (dispatch.steps, steps)):
            for mark in marks:
                for i, token in enumerate(tokens):
                    if token.idx < mark.end and mark.start < token.idx + len(token):
                        values[i] = STEPS.index(mark.label) if mark.status else _role(mark.label)
        events, participants = [0] * len(words), []
        for event in dispatch.events or ():
            stated = _within(event.trigger, tokens)
            for i in stated:
                events[i] = EVENTS.index(event.type)
            for stretches, acts in ((event.sources, True), (event.targets, False)):
                participants += [(i, j, acts) for each in stretches for i in stated for j in _within(each, tokens)]
        named = {
            i: str(number)
            for number, link in enumerate(dispatch.links or ())
            for stretch in link
            for i in _within(stretch, tokens)
        }
        pronouns = {i for i in named if words[i].lower() in PRONOUNS}
        breaks = [
            i == 0 or "\n" in doc.text[tokens[i - 1].idx + len(tokens[i - 1]) : tokens[i].idx]
            for i in range(len(tokens))
        ]
        starts = [i for i in range(len(words)) if breaks[i] or looks_like_start(words, i)]
        for start, end in zip(starts, [*starts[1:], len(words)], strict=True):
            yield Sentence(
                words=words[start:end],
                roles=roles[start:end],
                steps=steps[start:end],
                events=events[start:end] if dispatch.events is not None else None,
                mentions=[(i - start, named[i]) for i in range(start, end) if i in named] if dispatch.links else None,
                pronouns=[i - start for i in range(start, end) if i in pronouns],
                participants=[(i - start, j, acts) for i, j, acts in participants if start <= i < end],
                first=start,
                paragraph=breaks[start],
                document=f"dispatch-{dispatch.id}",
            )


def _within(stretch: Stretch, tokens: Sequence[Token]) -> list[int]:
    """The numbers of the words in a stretch of text."""
    return [i for i, token in enumerate(tokens) if token.idx < stretch[1] and stretch[0] < token.idx + len(token)]


def _role(label: str) -> int:
    return ROLES.index("sides") if label == "PP" else _ROLE[label[0]]
