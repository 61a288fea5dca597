"""Between whom the conflict is: as the article shows it, with known conflicts as a help."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import combinations

from dragoman.knowledge.conflicts import Conflict
from dragoman.mediation.profiles import BODIES, MOVEMENTS
from dragoman.mediation.roles import told_roles
from dragoman.mediation.scene import Scene
from dragoman.mediation.tokens import straight
from dragoman.mediation.vocabulary import Vocabulary, load_vocabulary
from dragoman.mediation.wordlists import load_wordlists

Pair = frozenset[str]
Pairs = defaultdict[Pair, float]

# How much an event between two shows that they are in conflict with each other.
_EVENT_WEIGHTS = {"ASSAULT": 2.0, "COERCE": 1.0, "THREATEN": 0.8, "MOBILIZE": 0.8, "ACCUSE": 0.5, "REJECT": 0.4}
_VIOLENT, _MEETING, _HOSTILE, _JOINING = 3.0, 1.2, 1.0, 1.0
# Two who sign or reach a deal with each other, or hold talks "between" them, are its sides by that alone.
_DEAL = 2.0
# How much a further side must deal with another, not only fight it: who is only fought is not at the table.
_AT_TABLE = 1.0
_SIDES = frozenset({"party", "side", "rival", "foe", "enemy", "faction", "belligerent", "adversary"})
# Groups that are a side of a crisis at home where a third party mediates in it.
_OPPOSED = frozenset({"OPP"})
_LIST = 5
# Old foes also meet at cricket and agree on fish: a dispatch on a mediation names talks or those who hold them.
_TABLE = re.compile(r"\b(?:talks|negotiat\w+|mediat\w+|summit|delegations?|envoys?|armistice)\b")
# What a known conflict adds to its principal parties, and how much of the article must be about it.
_KNOWN, _ENOUGH = 2.5, 2.5
# A movement and its country, both told of more than once, are likely the two sides.
_UPRISING = 1.5
# Another side joins where it has this much of the evidence that the two foremost have.
_SHARE = 0.34
# The same for one that is no party of the known conflict that the article is about.
_STRANGE = 0.75
# Both sides of a known conflict named this often: the article is about it, with a word of war or talks between them, or
# without a word of trade, votes and sport.
_MUCH, _SOME = 4, 2
_PREFERRED = 0.5
# A party of a known conflict named this often is a side of what the article tells.
_OFTEN = 5
# An article that is about something else may still say "war" once.
_LEAST = 2.0
# The same for the shortest dispatch; from so many words on an article is as long as any.
_LEAST_BRIEF, _ENOUGH_BRIEF, _LONG = 1.0, 0.6, 250
#: Up to here an article is a dispatch of a few sentences.
BRIEF = 120
# International bodies are seldom a side.
_BODY_SHARE = 0.2


def find_parties(scene: Scene, vocabulary: Vocabulary, dealing: Pairs, quarrels: Pairs) -> tuple[str, ...]:
    """The ids of the parties, sorted; empty where the article shows no conflict that is dealt with.

    Args:
        dealing: what `dealings` finds.
        quarrels: what `pair_weights` makes of it.
    """
    mediating = mediating_bodies(scene, vocabulary)
    pairs: Pairs = defaultdict(float, quarrels)
    for pair, weight in _uprisings(scene, helped=False).items():
        pairs[pair] += weight
    counts = _mentions(scene)
    conflict = _known_conflict(scene, pairs, counts, mediating)
    known = frozenset(conflict or ())
    told = 0 if conflict is None else min(max(1, counts[party]) for party in conflict[:2])
    together = conflict is not None and dealing.get(frozenset(conflict[:2]), 0.0) >= _AT_TABLE
    least = _scaled(scene, _LEAST_BRIEF, _LEAST)
    clear = max(pairs.values(), default=0.0) >= least
    if not is_conflict(scene, vocabulary, told=told, together=together, shown=clear):
        return ()
    for pair in pairs:
        # Who mediates is no side, unless the article shows it fighting more than mediating, or it is known for one.
        pairs[pair] -= 2.0 * sum(mediating[actor] for actor in pair - known if mediating[actor] > counts[actor] / 5)
    if conflict is not None:
        for pair in map(frozenset, combinations(conflict[:2], 2)):
            pairs[pair] += _KNOWN
    if max(pairs.values(), default=0.0) < least and told_roles(scene, vocabulary):
        # Somebody mediates, and nothing else says between whom.
        for pair, weight in _uprisings(scene, helped=True).items():
            pairs[pair] += weight
    best = sorted(pairs.items(), key=lambda item: (-item[1], sorted(item[0])))
    if not best or best[0][1] < least:
        return ()
    internal = conflict is not None and not all(scene.profiles.is_country(party) for party in conflict[:2])
    if internal and any(scene.profiles.is_country(party) for party in best[0][0] - known):
        # Another state is a side of a known civil war only where the article shows that much more than its own sides.
        enough = _PREFERRED * best[0][1]
        best.sort(key=lambda item: not (item[0] <= known and item[1] >= enough))
    parties, top = set(best[0][0]), best[0][1]
    for pair, weight in best[1:]:
        new = pair - parties
        share = _SHARE if conflict is None or new <= known else _STRANGE
        if internal and not new <= known and any(scene.profiles.is_country(party) for party in new):
            # No other state is a side of a civil war by a word or two.
            continue
        if len(new) != 1 or weight < max(_LEAST, share * top) or mediating[next(iter(new))]:
            continue
        if scene.profiles.is_country(next(iter(new))) or _at_table(next(iter(new)), dealing):
            parties |= new
    if conflict is not None and parties <= set(conflict):
        states = all(scene.profiles.is_country(party) for party in conflict[:2])
        for party in conflict:
            # A coalition of states quarrels as one; in a civil war a neighbour is a side only at the table.
            state = scene.profiles.is_country(party)
            table = counts[party] >= _SOME and _at_table(party, dealing)
            often = counts[party] >= _OFTEN and not (state and internal and mediating[party])
            principal = counts[party] > _SOME and party in conflict[:2]
            shown = table or often or principal or (states and state and counts[party] >= _SOME)
            if shown and mediating[party] <= counts[party] / 5:
                parties.add(party)
    allies = _coalition(scene, vocabulary, parties, mediating)
    parties |= allies if conflict is None else allies & known
    return tuple(sorted(party for party in parties if scene.bodies.authority_of(party) not in parties))


def _at_table(party: str, dealing: Pairs) -> bool:
    return sum(weight for pair, weight in dealing.items() if party in pair) >= _AT_TABLE


def _scaled(scene: Scene, least: float, most: float) -> float:
    """What is asked of an article of this length: a dispatch of two sentences cannot show as much as a long report."""
    return least + (most - least) * min(1.0, len(scene.doc) / _LONG)


def is_conflict(
    scene: Scene, vocabulary: Vocabulary, *, told: int = 0, together: bool = False, shown: bool = False
) -> bool:
    """Whether the article is about a conflict at all: its words of war outnumber those of trade, votes and sport.

    `told` says how often the less named side of a known conflict is named, `together` that both deal with each other,
    `shown` that the article shows two sides at odds or at one table.
    """
    text = straight(scene.article.text)
    hostile, peaceful = tone(scene, vocabulary)
    if hostile > peaceful and (hostile >= 2 or told_roles(scene, vocabulary)):
        return True
    if len(scene.doc) < BRIEF and not peaceful:
        # A dispatch names each side once, and says "truce" once.
        signs = hostile > 0 or bool(told_roles(scene, vocabulary)) or _TABLE.search(text) is not None
        return (told > 0 and signs) or (shown and hostile > 0)
    if not hostile:
        # Old rivals may trade; who deals with each other in an article without trade, votes and sport deals with war.
        return (told >= _MUCH or (together and (told >= _SOME or (told > 0 and shown)))) and not peaceful
    return told >= _SOME and peaceful <= max(1, hostile)


def is_peaceful(scene: Scene, vocabulary: Vocabulary) -> bool:
    """Whether an article has words of trade, votes or sport and none of war."""
    hostile, peaceful = tone(scene, vocabulary)
    return peaceful > 0 and not hostile


def tone(scene: Scene, vocabulary: Vocabulary) -> tuple[int, int]:
    """How many words of war an article has, and how many of trade, votes and sport; each counts once."""
    if scene.tone is None:
        text = straight(scene.article.text)
        scene.tone = (
            sum(1 for stem, pattern in vocabulary.warlike if stem in text and pattern.search(text)),
            sum(1 for stem, pattern in vocabulary.peaceful if stem in text and pattern.search(text)),
        )
    return scene.tone


def mediating_bodies(scene: Scene, vocabulary: Vocabulary) -> Counter[str]:
    """How often each body is told to mediate, host or broker."""
    return Counter(body for body, role in told_roles(scene, vocabulary) if role != "envoy")


def dealings(scene: Scene, vocabulary: Vocabulary) -> Pairs:
    """How much the article shows of each two that they talk, agree or sign with each other."""
    periods = load_wordlists().shared.periods
    pairs: Pairs = defaultdict(float)
    deals, mediating = vocabulary.classes["deal"], load_wordlists().roles.mediating
    for i, word in enumerate(scene.words):
        pos = scene.doc[i].pos_
        if pos in ("NOUN", "PROPN") and word in vocabulary.meeting and word not in vocabulary.violent:
            between = scene.phrases.between(i)
            noun = i
            if (
                scene.tree.deps[i] == "nmod"
                and scene.tokens.case(i) == "of"
                and scene.words[scene.tree.heads[i]] in periods
            ):
                noun = scene.tree.heads[i]  # "ended two days of talks"
            head = scene.tree.heads[noun]
            held = scene.tree.deps[noun] == "obj" and scene.words[head] in vocabulary.light
            # "Kenya and Uganda held talks": with each other, as much as "talks between Kenya and Uganda".
            between = between or (scene.phrases.who(scene.arguments.subjects(head)) if held else [])
            two = len({scene.bodies.body(actor) for actor in between}) == 2
            _count(pairs, sides(scene, i), _DEAL if two else _MEETING, scene, strange=two)
        elif pos == "VERB" and word in mediating and (parted := scene.tokens.obliques(i, "between")):
            _count(pairs, scene.phrases.who(parted), _DEAL, scene)  # "mediates between Kenya and Uganda"
        elif pos == "VERB" and word in vocabulary.joining:
            heads = [*scene.arguments.subjects(i), *scene.tokens.obliques(i, "with")]
            if len(heads) == 1 and scene.words[heads[0]] in _SIDES:
                # "the warring parties, the government and the rebels"
                heads = scene.tree.kids(heads[0], "appos") or heads
            governed = {scene.words[k] for k in [*scene.arguments.objects(i), *scene.tokens.obliques(i, "on", "to")]}
            _count(pairs, scene.phrases.who(heads), _DEAL if governed & deals else _JOINING, scene)
    return pairs


def pair_weights(scene: Scene, vocabulary: Vocabulary, dealing: Pairs) -> Pairs:
    """How much the article shows of each two that they are at odds, or deal with each other over it."""
    pairs: Pairs = defaultdict(float, dealing)
    for i, word in enumerate(scene.words):
        pos = scene.doc[i].pos_
        if pos in ("NOUN", "PROPN", "VERB") and word in vocabulary.violent:
            _count(pairs, sides(scene, i), _VIOLENT, scene, strange=bool(scene.tokens.obliques(i, "between")))
        if pos == "VERB" and word in vocabulary.hostile:
            subjects = scene.phrases.who(scene.arguments.subjects(i))
            objects = scene.phrases.who(
                [*scene.arguments.objects(i), *scene.tokens.obliques(i, "with", "against", "on", "at", "to")]
            )
            _across(pairs, subjects, objects, _HOSTILE, scene)
    seen: set[str] = set()
    for events in scene.events.values():
        for event in events:
            if event.id in seen or event.type not in _EVENT_WEIGHTS or event.status == "negated":
                continue
            seen.add(event.id)
            _across(pairs, event.actors, event.recipients, _EVENT_WEIGHTS[event.type], scene)
    return pairs


def sides(scene: Scene, i: int) -> list[str]:
    """The actors between whom a noun of conflict or talk stands."""
    between = scene.phrases.between(i)
    if len({scene.bodies.body(actor) for actor in between}) >= 2:
        return between
    heads = scene.tokens.obliques(i, "with", "against", "on", "into", "over")
    inner = [
        kid for kid in scene.tree.children[i] if scene.tree.deps[kid] in ("compound", "amod", "nmod:poss", "appos")
    ]
    return scene.phrases.who([*scene.arguments.makers(i), *heads, *inner])


def without_members(parties: Sequence[str], scene: Scene, vocabulary: Vocabulary, quarrels: Pairs) -> tuple[str, ...]:
    """The parties without those that are some of another: a union of which nothing is known, of "opposition parties".

    Not where it is told to deal or to fight with anybody on its own.
    """
    groups = MOVEMENTS | _OPPOSED
    if len(parties) < 3 or not any(":" in party and scene.profiles.sector(party) in groups for party in parties):
        return tuple(parties)
    alone = {body for pair in quarrels for body in pair} | _fighting(scene, vocabulary)
    kept = [party for party in parties if _is_side(party, scene) or scene.profiles.is_person(party) or party in alone]
    return tuple(kept) if len(kept) > 1 else tuple(parties)


def _fighting(scene: Scene, vocabulary: Vocabulary) -> set[str]:
    """The bodies that fight or are fought, those among them of which nothing else is known."""
    actors: list[str] = []
    for i, word in enumerate(scene.words):
        if word in vocabulary.violent and scene.doc[i].pos_ in ("NOUN", "PROPN", "VERB"):
            actors += [*sides(scene, i), *scene.phrases.who(scene.arguments.objects(i))]
    for events in scene.events.values():
        for event in events:
            if event.type == "ASSAULT" and event.status != "negated":
                actors += [*event.actors, *event.recipients]
    return set(map(scene.bodies.body, actors))


def _uprisings(scene: Scene, *, helped: bool) -> Pairs:
    """A movement against the state that it is of; where somebody mediates, an opposition too."""
    found: Pairs = defaultdict(float)
    counts: Counter[str] = Counter()
    movements: dict[str, str] = {}
    for record in scene.profiles.records.values():
        body = scene.bodies.body(record.id)
        counts[body] += len(record.mentions)
        if (
            record.sector in (MOVEMENTS | _OPPOSED if helped else MOVEMENTS)
            and record.kind != "person"
            and record.country is not None
        ):
            movements[body] = record.country
    movements.update(scene.bodies.opponents())
    for movement, country in movements.items():
        told = min(counts[movement], counts[country])
        if movement != country and told >= 2:
            found[frozenset({movement, country})] += _UPRISING * min(2.0, told / 2)
        elif movement != country and told and helped:
            found[frozenset({movement, country})] += _LEAST
    return found


def _across(pairs: Pairs, ones: Sequence[str], others: Sequence[str], weight: float, scene: Scene) -> None:
    first = {scene.bodies.body(actor) for actor in ones if scene.profiles.can_act(actor)}
    second = {scene.bodies.body(actor) for actor in others if scene.profiles.can_act(actor)} - first
    for one in filter(lambda body: _is_side(body, scene), first):
        for other in filter(lambda body: _is_side(body, scene), second):
            pairs[frozenset({one, other})] += weight * _share(one, scene) * _share(other, scene)


def _count(pairs: Pairs, actors: Sequence[str], weight: float, scene: Scene, *, strange: bool = False) -> None:
    """Add to each two of a list; `strange` lets those join of whom nothing is known but that they are a side here."""
    bodies = [
        body
        for body in dict.fromkeys(map(scene.bodies.body, filter(scene.profiles.can_act, actors)))
        if strange or _is_side(body, scene)
    ]
    # A long list is a conference, not a conflict.
    if 2 <= len(bodies) <= _LIST:
        for one, other in combinations(bodies, 2):
            pairs[frozenset({one, other})] += weight / (len(bodies) - 1) * _share(one, scene) * _share(other, scene)


def _is_side(body: str, scene: Scene) -> bool:
    """Whether a body can be a side: one of which nothing is known is not."""
    record = scene.profiles.records.get(body)
    return record is None or record.known or record.sector != "UNK"


def _share(body: str, scene: Scene) -> float:
    return _BODY_SHARE if scene.profiles.sector(body) in BODIES else 1.0


def _coalition(scene: Scene, vocabulary: Vocabulary, parties: set[str], mediating: Counter[str]) -> set[str]:
    """Those who act in one breath with a party against another: "Saudi Arabia, Egypt and Bahrain cut ties with …"."""
    found: set[str] = set()
    for i, word in enumerate(scene.words):
        if scene.doc[i].pos_ != "VERB" or word not in vocabulary.hostile:
            continue
        together = {
            scene.bodies.body(actor)
            for actor in scene.phrases.who(scene.arguments.subjects(i))
            if scene.profiles.can_act(actor)
        }
        against = {
            scene.bodies.body(actor)
            for actor in scene.phrases.who(
                [*scene.arguments.objects(i), *scene.tokens.obliques(i, "with", "on", "against")]
            )
        }
        if together & parties and len(together & parties) < len(parties) and (not against or against & parties):
            found |= {body for body in together if not mediating[body] and _share(body, scene) == 1.0}
    return found


def _over(scene: Scene) -> set[str]:
    """The countries over which there are talks, a deal or a war: "the conference on Kosovo", "talks on Syria"."""
    vocabulary = load_vocabulary()
    nouns = vocabulary.meeting | vocabulary.violent | {"conference", "process", "plan"}
    found: set[str] = set()
    for i, word in enumerate(scene.words):
        if word not in nouns or scene.doc[i].pos_ not in ("NOUN", "PROPN"):
            continue
        heads = scene.tokens.obliques(i, "on", "over", "about", "for")
        heads += scene.tokens.obliques(i, "in") if word in vocabulary.violent else []
        # "talks on the reunification of Cyprus", "on the future of Kosovo"
        heads += [deeper for head in heads for deeper in scene.tokens.obliques(head, "of", "in")]
        for head in heads:
            place = scene.places.get(head)
            if place is not None and place.country is not None:
                found.add(place.country)
            found |= {actor for actor in scene.phrases.named(head) if scene.profiles.is_country(actor)}
    return found


def _implied(conflict: Conflict, sides: Sequence[str], counts: Counter[str], scene: Scene) -> str | None:
    """A movement that nobody names where its land and its foe are: "talks of Addis Ababa with the Tigray leaders"."""
    missing = [side for side in sides[:2] if not counts[side]]
    if len(missing) != 1 or scene.profiles.is_country(missing[0]) or scene.profiles.sector(missing[0]) not in MOVEMENTS:
        return None
    return missing[0] if scene.bodies.names_land_of(conflict) else None


def _stand_in(party: str, scene: Scene, counts: Counter[str]) -> str:
    """ "The opposition" or "the rebels" of a country, for a side that the article does not name."""
    if counts[party] or scene.profiles.is_country(party):
        return party
    country, sector = scene.profiles.country_of(party), scene.profiles.sector(party)
    generic = f"{country}:{sector}"
    return generic if sector in MOVEMENTS | _OPPOSED and counts[generic] else party


def _mentions(scene: Scene) -> Counter[str]:
    counts: Counter[str] = Counter()
    for record in scene.profiles.records.values():
        counts[scene.bodies.body(record.id)] += len(record.mentions)
    return counts


def _known_conflict(scene: Scene, pairs: Pairs, told: Counter[str], mediating: Counter[str]) -> tuple[str, ...] | None:
    """The parties of the known conflict that the article is about, the principal ones first; None where there is none.

    It must have been going on, two of its parties must be told of, and of several the one wins whose name, whose
    parties and whose quarrels fill the article most.
    """
    year = scene.article.published.year
    told_of, about = scene.knowledge.conflicts_named(scene.article.text), _over(scene)
    best: tuple[float, str, tuple[str, ...]] | None = None
    for conflict in scene.knowledge.conflicts:
        if not conflict.is_on(year, lately=1):
            continue
        named = conflict.id in told_of or bool(about & set(conflict.countries))
        sides = [_stand_in(party, scene, told) for party in conflict.parties] if named else list(conflict.parties)
        implied = _implied(conflict, sides, told, scene)
        # Whom one conflict implies is not told of in the next: each is looked at by itself.
        counts = told if implied is None else told + Counter({implied: 1})
        there = [
            party for party in dict.fromkeys(sides) if counts[party] and mediating[party] < max(2, counts[party] / 3)
        ]
        if len(there) < 2:
            continue
        foremost = sorted(((counts[party], party in sides[:2]) for party in there), reverse=True)[:2]
        mass = math.sqrt(foremost[0][0] * foremost[1][0]) * (1.0 if all(main for _, main in foremost) else 0.7)
        shown = sum(max(0.0, pairs.get(frozenset(pair), 0.0)) for pair in combinations(there, 2))
        busy = sum(min(mediating[party], 2) for party in there)
        if not named and not shown and scene.profiles.is_country(sides[0]) and sides[0] not in there:
            # Two allies in somebody else's war, who are named a good deal, are no sides of it.
            mass *= 0.5
        score = mass + 2.0 * shown + (3.0 if named else 0.0) - 1.0 * busy
        if score >= _scaled(scene, _ENOUGH_BRIEF, _ENOUGH) and (best is None or score > best[0]):
            # Sides that are hardly named stand behind those that are, unless it is their land that is spoken of.
            own = set(sides[:2]) if scene.bodies.names_land_of(conflict, _SOME) else set()
            few = 1 if len(scene.doc) < _LONG else _SOME
            ranked = sorted(
                there,
                key=lambda party: (party not in own, counts[party] < (few if party in sides[:2] else _SOME)),
            )
            best = (score, conflict.id, tuple(ranked))
    return None if best is None else best[2]
