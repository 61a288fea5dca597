"""Between whom the conflict is: as the article shows it, with known conflicts as a help."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import combinations

from dragoman.mediation.scene import MOVEMENTS, Scene
from dragoman.mediation.vocabulary import Vocabulary

Pair = frozenset[str]
Pairs = defaultdict[Pair, float]

# How much an event between two shows that they are in conflict with each other.
_EVENT_WEIGHTS = {"ASSAULT": 2.0, "COERCE": 1.0, "THREATEN": 0.8, "MOBILIZE": 0.8, "ACCUSE": 0.5, "REJECT": 0.4}
_VIOLENT, _MEETING, _HOSTILE, _JOINING = 3.0, 1.2, 1.0, 1.0
# What a known conflict adds to its principal parties, and how much of the article must be about it.
_KNOWN, _ENOUGH = 2.5, 2.5
# A movement and its country, both told of more than once, are likely the two sides.
_UPRISING = 1.5
# Another side joins where it has this much of the evidence that the two foremost have.
_SHARE = 0.34
# The same for one that is no party of the known conflict that the article is about.
_STRANGE = 0.75
# Both sides of a known conflict named this often: the article is about it, even without a word of war.
_MUCH = 4
# An article that is about something else may still say "war" once.
_LEAST = 2.0
# International bodies are seldom a side.
_BODIES = frozenset({"IGO", "UNO", "EUR", "NGO", "IMG"})
_BODY_SHARE = 0.2


def find_parties(scene: Scene, vocabulary: Vocabulary) -> tuple[str, ...]:
    """The ids of the parties, sorted; empty where the article shows no conflict that is dealt with."""
    mediating = mediating_bodies(scene, vocabulary)
    pairs = pair_weights(scene, vocabulary)
    counts = _mentions(scene)
    conflict = _known_conflict(scene, pairs, counts, mediating)
    known = frozenset(conflict or ())
    told = conflict is not None and min(counts[party] for party in conflict[:2]) >= _MUCH
    if not is_conflict(scene, vocabulary, told=told):
        return ()
    for pair in pairs:
        # Who mediates is no side, unless the article shows it fighting more than mediating, or it is known for one.
        pairs[pair] -= 2.0 * sum(mediating[actor] for actor in pair - known)
    if conflict is not None:
        for pair in map(frozenset, combinations(conflict[:2], 2)):
            pairs[pair] += _KNOWN
    best = sorted(pairs.items(), key=lambda item: (-item[1], sorted(item[0])))
    if not best or best[0][1] < _LEAST:
        return ()
    parties, top = set(best[0][0]), best[0][1]
    for pair, weight in best[1:]:
        new = pair - parties
        share = _SHARE if conflict is None or new <= known else _STRANGE
        if len(new) == 1 and weight >= max(_LEAST, share * top) and not mediating[next(iter(new))]:
            parties |= new
    if conflict is not None and parties <= set(conflict):
        parties |= {party for party in conflict if counts[party] >= 2 and not mediating[party]}
    parties |= _coalition(scene, vocabulary, parties, mediating)
    return tuple(sorted(parties))


def is_conflict(scene: Scene, vocabulary: Vocabulary, *, told: bool = False) -> bool:
    """Whether the article is about a conflict at all: its words of war outnumber those of trade, votes and sport.

    `told` says that both sides of a known conflict are named often.
    """
    text = scene.article.text.lower().replace("’", "'")
    hostile = sum(1 for pattern in vocabulary.warlike if pattern.search(text))
    peaceful = sum(1 for pattern in vocabulary.peaceful if pattern.search(text))
    return (hostile > peaceful and hostile >= 2) or (told and not peaceful)


def mediating_bodies(scene: Scene, vocabulary: Vocabulary) -> Counter[str]:
    """How often each body is told to mediate, host or broker."""
    found: Counter[str] = Counter()
    mediation, mediate = vocabulary.classes["mediation"], vocabulary.classes["mediate"]
    for i, word in enumerate(scene.words):
        pos = scene.doc[i].pos_
        if pos == "VERB" and word in mediate:
            heads = scene.subjects(i)
        elif pos in ("NOUN", "PROPN") and word in mediation - {"negotiator", "envoy", "broker"}:
            heads = [i, *scene.makers(i)]
        elif word in vocabulary.third_participles and scene.tree.deps[i] in ("amod", "acl"):
            heads = scene.tree.kids(i, "compound", "obl:npmod", "obl:unmarked", "nsubj") + scene.obliques(i, "by")
        else:
            continue
        named = scene.who(heads)
        if word in ("mediator", "facilitator") and i + 1 < len(scene.doc):
            # "the mediators Qatar, Egypt and the United States": the names follow, whatever the tree makes of them.
            after = [mention for mention in scene.actors.within(i + 1, i + 9) if mention.sense == "actor"]
            if after and after[0].start <= i + 2:
                named += [mention.actor for mention in after if scene.doc[mention.end - 1].pos_ == "PROPN"]
        for actor in dict.fromkeys(named):
            found[scene.body(actor)] += 1
    return found


def pair_weights(scene: Scene, vocabulary: Vocabulary) -> Pairs:
    """How much the article shows of each two that they are at odds, or deal with each other over it."""
    pairs: Pairs = defaultdict(float)
    for i, word in enumerate(scene.words):
        pos = scene.doc[i].pos_
        if pos in ("NOUN", "PROPN", "VERB") and word in vocabulary.violent:
            _count(pairs, sides(scene, i), _VIOLENT, scene)
        elif pos in ("NOUN", "PROPN") and word in vocabulary.meeting:
            _count(pairs, sides(scene, i), _MEETING, scene)
        if pos == "VERB" and (word in vocabulary.hostile or word in vocabulary.joining):
            subjects = scene.who(scene.subjects(i))
            objects = scene.who([*scene.objects(i), *scene.obliques(i, "with", "against", "on", "at", "to")])
            if word in vocabulary.hostile:
                _across(pairs, subjects, objects, _HOSTILE, scene)
            else:
                _count(pairs, [*subjects, *scene.who(scene.obliques(i, "with"))], _JOINING, scene)
    seen: set[str] = set()
    for events in scene.events.values():
        for event in events:
            if event.id in seen or event.type not in _EVENT_WEIGHTS or event.status == "negated":
                continue
            seen.add(event.id)
            _across(pairs, event.actors, event.recipients, _EVENT_WEIGHTS[event.type], scene)
    for pair, weight in _uprisings(scene).items():
        pairs[pair] += weight
    return pairs


def sides(scene: Scene, i: int) -> list[str]:
    """The actors between whom a noun of conflict or talk stands."""
    between = scene.between(i)
    if len({scene.body(actor) for actor in between}) >= 2:
        return between
    heads = scene.obliques(i, "with", "against", "on", "into", "over")
    inner = [
        kid for kid in scene.tree.children[i] if scene.tree.deps[kid] in ("compound", "amod", "nmod:poss", "appos")
    ]
    return scene.who([*scene.makers(i), *heads, *inner])


def _uprisings(scene: Scene) -> Pairs:
    """A movement against the state that it is of."""
    found: Pairs = defaultdict(float)
    counts: Counter[str] = Counter()
    movements: dict[str, str] = {}
    for record in scene.records.values():
        body = scene.body(record.id)
        counts[body] += len(record.mentions)
        if record.sector in MOVEMENTS and record.kind != "person" and record.country is not None:
            movements[body] = record.country
    for movement, country in movements.items():
        if movement != country and counts[movement] >= 2 and counts[country] >= 2:
            found[frozenset({movement, country})] += _UPRISING * min(2.0, min(counts[movement], counts[country]) / 2)
    return found


def _across(pairs: Pairs, ones: Sequence[str], others: Sequence[str], weight: float, scene: Scene) -> None:
    first = {scene.body(actor) for actor in ones if scene.can_act(actor)}
    second = {scene.body(actor) for actor in others if scene.can_act(actor)} - first
    for one in filter(lambda body: _is_side(body, scene), first):
        for other in filter(lambda body: _is_side(body, scene), second):
            pairs[frozenset({one, other})] += weight * _share(one, scene) * _share(other, scene)


def _count(pairs: Pairs, actors: Sequence[str], weight: float, scene: Scene) -> None:
    bodies = [body for body in dict.fromkeys(map(scene.body, filter(scene.can_act, actors))) if _is_side(body, scene)]
    # A long list is a conference, not a conflict.
    if 2 <= len(bodies) <= 4:
        for one, other in combinations(bodies, 2):
            pairs[frozenset({one, other})] += weight / (len(bodies) - 1) * _share(one, scene) * _share(other, scene)


def _is_side(body: str, scene: Scene) -> bool:
    """Whether a body can be a side: one of which nothing is known is not."""
    record = scene.records.get(body)
    return record is None or record.known or record.sector != "UNK"


def _share(body: str, scene: Scene) -> float:
    return _BODY_SHARE if scene.sector(body) in _BODIES else 1.0


def _coalition(scene: Scene, vocabulary: Vocabulary, parties: set[str], mediating: Counter[str]) -> set[str]:
    """Those who act in one breath with a party against another: "Saudi Arabia, Egypt and Bahrain cut ties with …"."""
    found: set[str] = set()
    for i, word in enumerate(scene.words):
        if scene.doc[i].pos_ != "VERB" or word not in vocabulary.hostile:
            continue
        together = {scene.body(actor) for actor in scene.who(scene.subjects(i)) if scene.can_act(actor)}
        against = {
            scene.body(actor) for actor in scene.who([*scene.objects(i), *scene.obliques(i, "with", "on", "against")])
        }
        if together & parties and len(together & parties) < len(parties) and (not against or against & parties):
            found |= {body for body in together if not mediating[body] and _share(body, scene) == 1.0}
    return found


def _mentions(scene: Scene) -> Counter[str]:
    counts: Counter[str] = Counter()
    for record in scene.records.values():
        counts[scene.body(record.id)] += len(record.mentions)
    return counts


def _known_conflict(
    scene: Scene, pairs: Pairs, counts: Counter[str], mediating: Counter[str]
) -> tuple[str, ...] | None:
    """The parties of the known conflict that the article is about, the principal ones first; None where there is none.

    It must have been going on, two of its parties must be told of, and of several the one wins whose name, whose
    parties and whose quarrels fill the article most.
    """
    year, text = scene.article.published.year, scene.article.text
    best: tuple[float, str, tuple[str, ...]] | None = None
    for conflict in scene.knowledge.conflicts:
        if not conflict.start <= year <= (conflict.end or year) + 1:
            continue
        there = [party for party in conflict.parties if counts[party] and mediating[party] < 2]
        if len(there) < 2:
            continue
        names = (conflict.name, *conflict.aliases)
        named = any(re.search(rf"\b{re.escape(name)}\b", text, re.IGNORECASE) for name in names)
        foremost = sorted(((counts[party], party in conflict.parties[:2]) for party in there), reverse=True)[:2]
        mass = math.sqrt(foremost[0][0] * foremost[1][0]) * (1.0 if all(main for _, main in foremost) else 0.7)
        shown = sum(max(0.0, pairs.get(frozenset(pair), 0.0)) for pair in combinations(there, 2))
        score = mass + 2.0 * shown + (3.0 if named else 0.0) - 2.0 * sum(mediating[party] for party in there)
        if score >= _ENOUGH and (best is None or score > best[0]):
            best = (score, conflict.id, tuple(there))
    return None if best is None else best[2]
