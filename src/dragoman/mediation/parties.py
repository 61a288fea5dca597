"""Between whom the conflict is: as the article shows it, with known conflicts as a help."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import combinations

from dragoman.mediation.scene import Scene
from dragoman.mediation.vocabulary import Vocabulary

Pair = frozenset[str]
Pairs = defaultdict[Pair, float]

# How much an event between two shows that they are in conflict with each other.
_EVENT_WEIGHTS = {"ASSAULT": 2.0, "COERCE": 1.0, "THREATEN": 0.8, "MOBILIZE": 0.8, "ACCUSE": 0.5, "REJECT": 0.4}
_VIOLENT, _MEETING, _NAMED = 3.0, 1.2, 3.0
# Another side joins where it has this much of the evidence that the two foremost have.
_SHARE = 0.34
# An article that is about something else may still say "war" once.
_LEAST = 2.0


def find_parties(scene: Scene, vocabulary: Vocabulary) -> tuple[str, ...]:
    """The ids of the parties, sorted; empty where the article shows no conflict that is dealt with."""
    if not is_conflict(scene, vocabulary):
        return ()
    mediating = mediating_bodies(scene, vocabulary)
    pairs = _pairs(scene, vocabulary)
    known = _known(scene)
    for pair, weight in known.items():
        pairs[pair] += weight
    for pair in list(pairs):
        for actor in pair:
            if mediating[actor] and not known[pair]:
                # Who mediates is no side, unless the article shows it fighting more than mediating.
                pairs[pair] -= 2.0 * mediating[actor]
    best = sorted(pairs.items(), key=lambda item: (-item[1], sorted(item[0])))
    if not best or best[0][1] < _LEAST:
        return ()
    parties, top = set(best[0][0]), best[0][1]
    for pair, weight in best[1:]:
        new = pair - parties
        if len(new) == 1 and weight >= max(_LEAST, _SHARE * top) and not mediating[next(iter(new))]:
            parties |= new
    return tuple(sorted(parties))


def is_conflict(scene: Scene, vocabulary: Vocabulary) -> bool:
    """Whether the article is about a conflict at all: its words of war outnumber those of trade, votes and sport."""
    text = scene.article.text.lower().replace("’", "'")
    hostile = sum(1 for pattern in vocabulary.warlike if pattern.search(text))
    peaceful = sum(1 for pattern in vocabulary.peaceful if pattern.search(text))
    return hostile >= 2 and hostile > peaceful


def mediating_bodies(scene: Scene, vocabulary: Vocabulary) -> Counter[str]:
    """How often each body is told to mediate, host or broker."""
    found: Counter[str] = Counter()
    mediation, mediate = vocabulary.classes["mediation"], vocabulary.classes["mediate"]
    for i, word in enumerate(scene.words):
        pos = scene.doc[i].pos_
        if pos == "VERB" and word in mediate:
            heads = scene.subjects(i)
        elif pos == "NOUN" and word in mediation - {"negotiator", "envoy"}:
            heads = scene.makers(i)
        elif word in vocabulary.third_participles and scene.tree.deps[i] in ("amod", "acl"):
            heads = scene.tree.kids(i, "compound", "obl:npmod", "obl:unmarked", "nsubj") + scene.obliques(i, "by")
        else:
            continue
        for actor in scene.who(heads):
            found[scene.body(actor)] += 1
    return found


def _pairs(scene: Scene, vocabulary: Vocabulary) -> Pairs:
    pairs: Pairs = defaultdict(float)
    for i, word in enumerate(scene.words):
        token = scene.doc[i]
        if token.pos_ not in ("NOUN", "PROPN", "VERB"):
            continue
        if word in vocabulary.violent:
            weight = _VIOLENT
        elif word in vocabulary.meeting:
            weight = _MEETING
        else:
            continue
        _count(pairs, sides(scene, i), weight, scene)
    seen: set[str] = set()
    for events in scene.events.values():
        for event in events:
            if event.id in seen or event.type not in _EVENT_WEIGHTS or event.status == "negated":
                continue
            seen.add(event.id)
            for one in event.actors:
                for other in event.recipients:
                    _count(pairs, [one, other], _EVENT_WEIGHTS[event.type], scene)
    return pairs


def sides(scene: Scene, i: int) -> list[str]:
    """The actors between whom a noun of conflict or talk stands."""
    heads = scene.obliques(i, "between", "with", "against", "among", "on", "into", "in", "over")
    between = scene.who(scene.obliques(i, "between"))
    if len({scene.body(actor) for actor in between}) >= 2:
        return between
    inner = [
        kid for kid in scene.tree.children[i] if scene.tree.deps[kid] in ("compound", "amod", "nmod:poss", "appos")
    ]
    return scene.who([*scene.makers(i), *heads, *inner])


def _count(pairs: Pairs, actors: Sequence[str], weight: float, scene: Scene) -> None:
    bodies = list(dict.fromkeys(scene.body(actor) for actor in actors if scene.can_act(actor)))
    # A long list is a conference, not a conflict.
    if 2 <= len(bodies) <= 4:
        for one, other in combinations(bodies, 2):
            pairs[frozenset({one, other})] += weight / (len(bodies) - 1)


def _known(scene: Scene) -> Pairs:
    """Pairs of known conflicts that the article names, or whose parties it tells of."""
    found: Pairs = defaultdict(float)
    year = scene.article.published.year
    text = scene.article.text
    present = Counter({scene.body(record.id): 0 for record in scene.records.values()})
    for record in scene.records.values():
        present[scene.body(record.id)] += len(record.mentions)
    for conflict in scene.knowledge.conflicts:
        if not conflict.start <= year <= (conflict.end or year) + 1:
            continue
        named = any(
            re.search(rf"\b{re.escape(name)}\b", text, re.IGNORECASE) for name in (conflict.name, *conflict.aliases)
        )
        there = [party for party in conflict.parties if present[party]]
        if len(there) < 2:
            continue
        for one, other in combinations(there, 2):
            foremost = one in conflict.parties[:2] and other in conflict.parties[:2]
            weight = (_NAMED if named else 1.0) * (1.0 if foremost else 0.6)
            found[frozenset({one, other})] += weight
    return found
