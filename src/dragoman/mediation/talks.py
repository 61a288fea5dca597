"""Rounds, outcomes and terms, from the words of a clause or sentence."""

from __future__ import annotations

import re

from dragoman.mediation.vocabulary import Vocabulary
from dragoman.records import Outcome

# From the most to the least telling: "talks made progress but ended without an agreement" were inconclusive.
_OUTCOMES: tuple[Outcome, ...] = ("agreement", "progress", "inconclusive", "failure")
# In how many letters before or after words of an outcome stands what takes them back.
_BEFORE = 25


def round_of(text: str, vocabulary: Vocabulary) -> int | None:
    """The number of the round that the words name: "the third round", "round two", "the first talks"."""
    for pattern in vocabulary.rounds:
        for match in pattern.finditer(text):
            groups = match.groupdict()
            word = groups.get("n") or groups.get("d") or ""
            if word.isdigit():
                return int(word)
            if word in vocabulary.ordinals:
                return vocabulary.ordinals[word]
    return None


def outcome_of(text: str, vocabulary: Vocabulary) -> Outcome | None:
    """What came of talks, by what is said of them; None where nothing is."""
    found: dict[Outcome, int] = {}
    for outcome in _OUTCOMES:
        starts = [
            match.start()
            for pattern in vocabulary.outcomes[outcome]
            for match in pattern.finditer(text)
            if not _is_taken_back(outcome, match, text, vocabulary)
        ]
        if starts:
            found[outcome] = min(starts)
    if "progress" in found and "failure" in found:
        # "Made progress, though they left without a deal": what is conceded tells less.
        between = text[found["progress"] : found["failure"]]
        return "progress" if vocabulary.aftermath["conceding"].search(between) else "inconclusive"
    if "failure" in found:
        # "Collapsed with no result", "were adjourned when they failed to …": what is said first counts.
        return "failure" if found["failure"] <= found.get("inconclusive", len(text)) else "inconclusive"
    return next((outcome for outcome in ("agreement", "inconclusive", "progress") if outcome in found), None)


def _is_taken_back(outcome: Outcome, match: re.Match[str], text: str, vocabulary: Vocabulary) -> bool:
    """Whether words of an outcome are denied, hoped for or feared: "did not fail", "to reach a deal"."""
    before = text[max(0, match.start() - _BEFORE) : match.start()]
    if outcome in ("agreement", "progress"):
        inner = outcome == "agreement" and vocabulary.aftermath["inner"].search(match[0]) is not None
        return inner or any(word.search(before) for word in vocabulary.negators)
    after = text[match.end() : match.end() + _BEFORE]
    passed = outcome == "failure" and vocabulary.aftermath["passing"].search(after) is not None
    return passed or any(word.search(before) for word in vocabulary.near)


def is_told_later(text: str, vocabulary: Vocabulary) -> bool:
    """Whether a sentence may say what came of the talks that were told of before it, and not of others."""
    words = vocabulary.aftermath
    return words["later"].search(text) is not None and words["others"].search(text) is None


def terms_of(text: str, vocabulary: Vocabulary) -> tuple[str, ...]:
    """The terms of a settlement that the words name, in the order in which they come."""
    found: dict[str, int] = {}
    for term, pattern in vocabulary.terms.items():
        match = pattern.search(text)
        if match is not None:
            found[term] = match.start()
    return tuple(sorted(found, key=lambda term: (found[term], term)))
