"""Whom the learned coder is asked about: pairs of actors of one sentence, the most telling first, within a budget.

A pair costs a sentence through the network. The budget is a share of the words of the article, so that the coder adds
a bounded part to the time of the language model, however many actors an article names.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from dragoman.reading.actors import Actors, Mention
from dragoman.reading.events.arguments import Arguments, Filler
from dragoman.reading.events.classifier import Pair, TokenSpan
from dragoman.reading.events.phrases import Predicate
from dragoman.reading.events.predicates import Clauses
from dragoman.reading.events.roles import Coding

# Words that may be read again for pairs: a share of the article, and some for the shortest of texts.
_SHARE = 0.1
_AT_LEAST = 160
# More spans than this in one sentence are no longer two actors and what is between them.
_MOST_GIVEN = 5
# Of the actors after a predicate without a recipient, so many are asked about.
_MOST_RECIPIENTS = 2
_SUFFERS = ("obj", "iobj", "against", "on", "to", "with", "from", "at", "into", "for", "over", "of")
# What befalls no country where it is done in it: signed in the Kremlin is not signed with Russia.
_UNPLACED = frozenset({"CONSULT", "AGREE"})
_SIGNING = "057"
_ACTS = ("poss", "by", "mod", "from")
# Clauses of which the predicate above them tells nothing: a town that somebody had left, a raid before another raid.
_APART = frozenset({"acl:relcl", "advcl", "advcl:relcl", "ccomp"})
_SUBJECTS = ("nsubj", "nsubj:pass", "nsubj:outer")


@dataclass(frozen=True, slots=True)
class Between:
    """Two mentions that the caller named as actors, in one sentence, in the order of the text."""

    first: Mention
    second: Mention


@dataclass(frozen=True, slots=True)
class Candidate:
    """Two actors in one clause on whom no frame says anything."""

    predicate: Predicate
    source: Filler
    target: Filler


def given_pairs(actors: Actors, clauses: Clauses) -> list[Between]:
    """The pairs of given spans, sentence by sentence."""
    sentences: dict[int, list[Mention]] = {}
    for mention in actors.mentions:
        if mention.form == "given" and mention.sense == "actor":
            found = sentences.setdefault(clauses.tree.sentence[mention.head], [])
            if all(other.head != mention.head for other in found):
                found.append(mention)
    return [
        Between(one, other)
        for _, found in sorted(sentences.items())
        for one, other in combinations(found[:_MOST_GIVEN], 2)
    ]


def coded_pair(coding: Coding, actors: Actors) -> Pair | None:
    """Who acts on whom in a coding, or who meets whom."""
    if not coding.actors:
        return None
    others = coding.recipients or coding.actors[1:]
    return _pair(coding.actors[0].token, others[0].token, actors) if others else None


def candidates(clauses: Clauses, arguments: Arguments, taken: frozenset[int]) -> Iterator[Candidate]:
    """Subject and object of clauses, possessor and object of nouns that come from verbs, where no frame spoke."""
    for token in clauses.doc:
        if token.i in taken or token.pos_ not in {"VERB", "NOUN"}:
            continue
        predicate = clauses.at(token.i)
        if predicate is None or predicate.light is not None:
            continue
        source = _first(arguments, predicate, ("subj",) if predicate.pos == "v" else _ACTS, frozenset())
        if source is None:
            continue
        target = _first(arguments, predicate, _SUFFERS, frozenset({source.actor}))
        if target is not None and target.token != source.token:
            yield Candidate(predicate, source, target)


def _first(arguments: Arguments, predicate: Predicate, slots: Sequence[str], without: frozenset[str]) -> Filler | None:
    for slot in slots:
        for filler in predicate.fillers(slot):
            for found in arguments.resolve(filler, 1, without=without):
                return found
    return None


def incomplete(coding: Coding, actors: Actors, clauses: Clauses) -> list[Mention]:
    """Who may be the recipient of a coding that has none: those named after its predicate, the nearest first.

    A place counts by the country or body that bears its name: money for schools in Yemen is help for Yemen.
    """
    if coding.recipients or len(coding.actors) != 1:
        return []
    taken = {filler.actor for filler in coding.actors}
    last = clauses.tree.bounds(coding.head)[1]
    within = clauses.at(coding.head)
    found = [
        mention
        for head in range(coding.head + 1, last + 1)
        for mention in actors.at(head)
        if mention.actor not in taken
        and mention.form != "pronoun"
        and (mention.sense == "actor" or not (coding.type in _UNPLACED or coding.code.code == _SIGNING))
        and (within is None or clauses.tree.is_under(mention.head, coding.head))
        and not _elsewhere(mention.head, coding.head, clauses)
    ]
    return sorted(found, key=lambda mention: (mention.head, mention.end - mention.start))[:_MOST_RECIPIENTS]


def _elsewhere(i: int, head: int, clauses: Clauses) -> bool:
    """Whether a word belongs to another clause than the one that the word of the event heads, or is its subject."""
    tree = clauses.tree
    while i != head and tree.heads[i] != i:
        dep = tree.deps[i]
        # What has a subject of its own is a clause, though a parse may hang it on a noun: "on Monday before A left B".
        if dep in _APART or dep in _SUBJECTS or tree.kids(i, *_SUBJECTS):
            return True
        if dep in {"conj", "parataxis"} and clauses.doc[i].pos_ in {"VERB", "AUX"}:
            return True
        i = tree.heads[i]
    return False


def recipient_pair(coding: Coding, mention: Mention, actors: Actors) -> Pair | None:
    """The pair of who acts and who may suffer it."""
    source, target = _span(coding.actors[0].token, actors), (mention.start, mention.end)
    return (source, target) if source[1] <= target[0] or target[1] <= source[0] else None


def candidate_pair(candidate: Candidate, actors: Actors) -> Pair | None:
    """The pair of a candidate."""
    return _pair(candidate.source.token, candidate.target.token, actors)


def between_pairs(between: Between) -> tuple[Pair, Pair]:
    """Both directions: who acts is for the coder to say."""
    one, other = (between.first.start, between.first.end), (between.second.start, between.second.end)
    return (one, other), (other, one)


def _pair(source: int, target: int, actors: Actors) -> Pair | None:
    one, other = _span(source, actors), _span(target, actors)
    if one[0] < other[1] and other[0] < one[1]:
        one, other = (source, source + 1), (target, target + 1)
    return (one, other) if one != other else None


def _span(token: int, actors: Actors) -> TokenSpan:
    mention = actors.covering(token)
    return (mention.start, mention.end) if mention is not None else (token, token + 1)


def affordable(wanted: Iterable[Pair], clauses: Clauses) -> list[Pair]:
    """Each pair once, in the order of `wanted`, as many as the budget allows."""
    budget = _AT_LEAST + _SHARE * len(clauses.doc)
    chosen: dict[Pair, None] = {}
    for pair in wanted:
        if pair in chosen:
            continue
        start, end = clauses.tree.bounds(pair[0][0])
        budget -= end - start + 1
        if budget < 0:
            break
        chosen[pair] = None
    return list(chosen)
