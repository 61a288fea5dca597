"""Rounds, outcomes and terms, from the words of a clause or sentence."""

from __future__ import annotations

from dragoman.mediation.vocabulary import Vocabulary
from dragoman.records import Outcome

# From the most to the least telling: "talks made progress but ended without an agreement" were inconclusive.
_OUTCOMES: tuple[Outcome, ...] = ("agreement", "progress", "inconclusive", "failure")


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
    found: set[Outcome] = set()
    for outcome in _OUTCOMES:
        for pattern in vocabulary.outcomes[outcome]:
            for match in pattern.finditer(text):
                before = text[max(0, match.start() - 25) : match.start()]
                if outcome in ("agreement", "progress") and any(n.search(before) for n in vocabulary.negators):
                    continue
                if outcome == "failure" and any(n.search(before) for n in vocabulary.near):
                    continue
                found.add(outcome)
    if not found:
        return None
    if "inconclusive" in found:
        return "inconclusive"
    if found >= {"progress", "failure"}:
        return "inconclusive"
    if "failure" in found:
        return "failure"
    return "agreement" if "agreement" in found else "progress"


def terms_of(text: str, vocabulary: Vocabulary) -> tuple[str, ...]:
    """The terms of a settlement that the words name, in the order in which they come."""
    found: dict[str, int] = {}
    for term, pattern in vocabulary.terms.items():
        match = pattern.search(text)
        if match is not None:
            found[term] = match.start()
    return tuple(sorted(found, key=lambda term: (found[term], term)))
