"""Who mediates, and as what: from the steps, and from the words that name a host, an envoy or a guarantor."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import get_args

from dragoman.mediation.offers import is_service
from dragoman.mediation.profiles import BODIES, MOVEMENTS
from dragoman.mediation.scene import Scene
from dragoman.mediation.teams import members
from dragoman.mediation.vocabulary import Vocabulary
from dragoman.mediation.wordlists import load_wordlists
from dragoman.records import Mediator, MediatorRole, Step

# Would, could and might do it: nobody has done it yet.
_UNREAL = frozenset({"would", "could", "might", "may", "should", "can"})
# What was longer ago is another round.
_PAST = timedelta(days=62)
_NAMING = frozenset({"compound", "appos", "flat", "flat:name", "nmod:desc", "amod", "nmod:unmarked", "dep"})
# Groups of a party's own country are part of the conflict; a church or a citizens' group there may mediate.
_INSIDERS = frozenset(
    {"PTY", "OPP", "LEG", "MIL", "REB", "UAF", "COP", "GOV", "JUD", "ELI", "SPY", "PRM", "PRE", "UNK"}
)


def find_mediators(
    scene: Scene, parties: Sequence[str], steps: Sequence[Step], vocabulary: Vocabulary
) -> tuple[Mediator, ...]:
    """The third parties that call, host, carry, guarantee or propose, in the order of their ids.

    Who only praises, appeals or presses is none, and no party is. A mediator is a country or a body; a person stands
    for the one that sent him, and for himself only where none is known and the article calls him a mediator.
    """
    lists = load_wordlists().roles
    held: dict[str, set[MediatorRole]] = defaultdict(set)
    for actor, role in told_roles(scene, vocabulary):
        if role != "envoy" or scene.profiles.sector(actor) in BODIES:
            held[actor].add(role)
    for actor in _helpers(scene, vocabulary, frozenset(held)):
        held[actor].add("facilitator")
    for i, word in enumerate(scene.words):
        if word in lists.persuading and scene.doc[i].pos_ == "VERB":
            for actor in _seated(scene, i, parties):
                held[scene.bodies.body(actor)].add("facilitator")
    named = frozenset(held)
    for step in steps:
        if step.kind == "offer" and not is_service(scene, vocabulary, step, parties):
            # Who offers to store arms or to take in a leader offers no mediation.
            continue
        if step.status != "negated":
            _from_step(step, held, frozenset(parties), named, scene)
    for step in steps:
        if step.kind in ("talks", "agreement"):
            _from_place(step, held, parties, scene)
    for actor, role in told_roles(scene, vocabulary):
        if role == "envoy" and actor in held:
            # A country's envoy makes it a mediator only where it mediates by other signs too.
            held[actor].add(role)
    outside = [actor for actor in sorted(held) if _may_mediate(actor, parties, scene)]
    return tuple(
        Mediator(actor, tuple(role for role in get_args(MediatorRole) if role in held[actor])) for actor in outside
    )


def beside_teams(mediators: Sequence[Mediator], scene: Scene) -> tuple[Mediator, ...]:
    """The mediators without "a panel", "the team" and no more, where others are told of: who leads or sent it."""
    others = tuple(each for each in mediators if not _is_mere_team(each.actor, scene))
    return others or tuple(mediators)


def _is_mere_team(actor: str, scene: Scene) -> bool:
    record = scene.profiles.records.get(actor)
    if record is None or record.kind == "person" or scene.profiles.is_established(actor):
        return False
    return record.name.split()[-1].lower() in load_wordlists().roles.teams


def _from_step(
    step: Step, held: dict[str, set[MediatorRole]], parties: frozenset[str], named: frozenset[str], scene: Scene
) -> None:
    """The roles that one step shows."""
    bodies = [actor for actor in step.third_parties if actor in named or scene.profiles.is_established(actor)]
    if step.kind == "offer":
        for actor in step.actors:
            held[actor].add("offered")
    elif step.kind == "acceptance":
        for actor in (*step.recipients, *bodies):
            if not scene.profiles.is_person(actor) and (
                actor in named or scene.profiles.sector(actor) in {*BODIES, "GOV"}
            ):
                held[actor].add("accepted")
    elif step.kind in ("talks", "agreement"):
        for actor in bodies:
            held[actor].add("facilitator")
    elif step.kind == "proposal":
        for actor in step.actors:
            if not scene.profiles.is_person(actor):
                held[actor].add("facilitator")
    elif step.kind == "consultation" and step.status in ("actual", "historical"):
        for actor in step.actors:
            # Who sees both sides carries between them.
            if len(set(step.recipients) & parties) >= 2 and not scene.profiles.is_person(actor):
                held[actor].add("facilitator")


def _from_place(step: Step, held: dict[str, set[MediatorRole]], parties: Sequence[str], scene: Scene) -> None:
    """The country where they met hosts them, but for one that offered nothing where a mediating body has its seat."""
    where = step.where.country if step.where is not None else None
    last = step.when.latest
    if last is None or scene.article.published - last > _PAST:
        # Where they met long ago nobody is host today, unless more is said of it.
        return
    if step.status != "actual" or where is None or where in {scene.profiles.country_of(party) for party in parties}:
        return
    bodies = filter(None, map(scene.knowledge.entity, held))
    if "offered" in held.get(where, ()) or not any(where in body.seats for body in bodies):
        held[where].add("host")


def _may_mediate(actor: str, parties: Sequence[str], scene: Scene) -> bool:
    if actor in parties or not scene.profiles.can_act(actor):
        return False
    if ":" in actor and scene.profiles.sector(actor) not in ("REL", "NGO", "IGO"):
        # "a foundation", "diplomats": nobody in particular.
        return False
    if is_at_home(actor, parties, scene) or scene.profiles.is_nameless(actor):
        return False
    home = {scene.profiles.country_of(party) for party in parties} | set(parties)
    if scene.profiles.is_country(actor) or scene.profiles.country_of(actor) not in home:
        return True
    # Who is out of office or never held any speaks for himself, and may stand between his own country and its rebels.
    return scene.profiles.sector(actor) not in (MOVEMENTS if scene.profiles.is_person(actor) else _INSIDERS)


def is_at_home(actor: str, parties: Sequence[str], scene: Scene) -> bool:
    """Whether a country is that of a side: its own army's, or its own movement's against somebody abroad."""
    own = [party for party in parties if party != actor and scene.profiles.country_of(party) == actor]
    abroad = any(scene.profiles.country_of(party) not in (None, actor) for party in parties)
    official = any(scene.profiles.sector(party) in ("GOV", "MIL") for party in own)
    return scene.profiles.is_country(actor) and bool(own) and (abroad or official)


def told_roles(scene: Scene, vocabulary: Vocabulary) -> list[tuple[str, MediatorRole]]:
    """Bodies with the roles that the words of the article give them, in reading order."""
    if scene.roles is None:
        scene.roles = list(_told(scene, vocabulary))
    return scene.roles


def _told(scene: Scene, vocabulary: Vocabulary) -> Iterator[tuple[str, MediatorRole]]:
    lists = load_wordlists().roles
    for i, word in enumerate(scene.words):
        fused = scene.phrases.fused(i)
        if fused is not None and fused[1] in vocabulary.third_participles:
            nouns = {scene.words[scene.tree.heads[i]]}
            if nouns & (vocabulary.tables | vocabulary.meeting):
                yield scene.bodies.body(fused[0]), "facilitator"
            continue
        for role, words in vocabulary.roles.items():
            if role == "observer":
                # Observers sit in on talks where somebody takes part "as" one; "UN observers" may watch a border.
                if word in words and scene.tokens.case(i) == "as":
                    yield from ((scene.bodies.body(actor), "facilitator") for actor in _by_noun(scene, i))
                continue
            if word not in words and not (role == "facilitator" and word in lists.mediating):
                continue
            pos, dep = scene.doc[i].pos_, scene.tree.deps[i]
            if dep in ("obl", "nmod") and scene.tokens.case(i) and scene.doc[i].tag_ != "VBG":
                pos = "NOUN"  # "as go-between": whatever it is tagged
            if pos == "VERB" or (dep in ("amod", "acl") and scene.doc[i].tag_ in ("VBN", "VBD", "VBG", "JJ")):
                actors = _by_verb(scene, vocabulary, i, word)
            elif pos in ("NOUN", "PROPN"):
                actors = _by_noun(scene, i)
            else:
                continue
            led = scene.arguments.objects(i) if pos == "VERB" else []  # "led talks between Bolivia and Paraguay"
            heads = [k for holder in (i, *led) for k in scene.tokens.obliques(holder, "between", "among")]
            between = {scene.bodies.body(actor) for actor in scene.phrases.who(heads)}
            for actor in dict.fromkeys(actors):
                body = scene.bodies.body(actor)
                if body not in between:
                    yield body, role  # type: ignore[misc]
                elif scene.bodies.is_retired(actor):
                    # A former president who mediates between his country and another does not do so for his country;
                    # who is in office there sits at the table for it.
                    yield actor, role  # type: ignore[misc]
                for body in _headed(scene, actor, i):
                    yield body, role  # type: ignore[misc]
    yield from ((body, "facilitator") for body in members(scene, vocabulary))


def _seated(scene: Scene, i: int, parties: Sequence[str]) -> list[str]:
    """ "Jordan's king got the two men to sit down together", "coaxed both sides to the table"."""
    lists = load_wordlists().roles
    if scene.clauses.negated(i) or scene.clauses.modal(i) in _UNREAL:
        return []
    met = {scene.bodies.body(actor) for actor in scene.phrases.who(scene.arguments.objects(i))} & set(parties)
    down = any(scene.words[k] in lists.sitting for k in scene.tree.kids(i, "xcomp", "ccomp"))
    table = any(scene.words[k] == "table" for k in scene.tokens.obliques(i, "to", "around", "at"))
    return scene.phrases.who(scene.arguments.subjects(i)) if len(met) > 1 and (down or table) else []


def _helpers(scene: Scene, vocabulary: Vocabulary, mediating: frozenset[str]) -> Iterator[str]:
    """ "Chad and Niger assisted him", "led by the African Union with the support of the United Nations"."""
    lists = load_wordlists().roles
    for i, word in enumerate(scene.words):
        pos = scene.doc[i].pos_
        if (
            pos == "VERB"
            and word in vocabulary.helping
            and not scene.clauses.negated(i)
            and scene.clauses.modal(i) not in _UNREAL
        ):
            objects = scene.arguments.objects(i)
            if (
                scene.tree.deps[i] in ("xcomp", "acl", "advcl")
                and scene.words[scene.tree.heads[i]] in vocabulary.unreal
            ):
                # "is ready to support the mediation"
                continue
            helped = {scene.bodies.body(actor) for actor in scene.phrases.who(objects)} & mediating
            things = {scene.words[k] for k in objects} & vocabulary.classes["mediation"]
            aided = things & lists.helped and word in lists.assisting
            if aided or (helped and (things or word not in lists.backing)):
                helpers = {
                    scene.bodies.body(actor) for actor in scene.phrases.who(scene.arguments.subjects(i))
                } - helped
                yield from sorted(helpers)
        led = pos == "NOUN" and word in lists.support and scene.words[scene.tree.heads[i]] in lists.leading
        if led and scene.tokens.case(i) in ("with", "in"):
            yield from map(scene.bodies.body, scene.phrases.who(scene.tokens.obliques(i, "of", "from", "by", "with")))


def _by_verb(scene: Scene, vocabulary: Vocabulary, i: int, word: str) -> list[str]:
    """ "Oman mediated", "talks hosted by Kenya", "Qatari-brokered", "invited both sides"."""
    lists = load_wordlists().roles
    tree = scene.tree
    dep = tree.deps[i]
    if scene.clauses.negated(i) or scene.clauses.modal(i) in _UNREAL:
        return []
    head = tree.heads[i]
    if dep in ("xcomp", "acl", "advcl", "ccomp") and scene.words[head] in vocabulary.unreal:
        # "asked him to mediate", "offered to host": asked and offered, not done.
        return []
    if word not in lists.mediating:
        sides = {o for o in scene.arguments.objects(i) if scene.words[o] in lists.sides}
        if sides and word not in lists.bringing and not any(scene.doc[o].tag_ == "NNS" for o in sides):
            # Who invites one leader or leads a team of his own mediates nothing.
            return []
        about = {scene.words[k] for o in scene.arguments.objects(i) for k in scene.tokens.conjuncts(o)}
        about |= {scene.words[k] for k in scene.tokens.obliques(i, "over", "at", "to", "about")}
        if dep in ("amod", "acl", "acl:relcl"):
            about.add(scene.words[head])
        if not about & vocabulary.tables:
            return []
    heads = scene.arguments.subjects(i)
    if dep == "xcomp" and scene.words[head] in lists.appointing:
        # "The African Union has appointed him to lead the talks": the body mediates through him.
        heads = [
            *heads,
            *(
                k
                for k in scene.arguments.subjects(head)
                if any(scene.profiles.sector(a) in BODIES for a in scene.phrases.named(k))
            ),
        ]
    if not heads and scene.doc[i].tag_ in ("VBG", "NN") and dep in ("nmod", "obl", "acl", "advcl"):
        # "flew home after two days of shuttling between the leaders"
        heads = scene.arguments.subjects(tree.clause(head))
    if dep in ("amod", "acl"):
        heads = heads + tree.kids(i, "compound", "obl:npmod", "obl:unmarked", "nmod") + scene.tokens.obliques(i, "by")
        if i >= 2 and scene.doc[i - 1].text in ("-", "‑", "–"):
            heads.append(i - 2)
    actors = [actor for k in heads for actor in scene.phrases.hosts(k)]
    return [*actors, *_beside(scene, i, heads)] if actors else []


def _beside(scene: Scene, i: int, heads: Sequence[int]) -> list[str]:
    """Whom a mediator stands for and acts with: "convened it as head of the Community, together with Mr Skerrit"."""
    lists = load_wordlists().roles
    tree = scene.tree
    near = [i, *scene.arguments.objects(i), *heads]
    found: list[str] = []
    for k in near:
        for post in scene.tokens.obliques(k, "as"):
            if scene.words[post] in lists.posts:
                found += [
                    a
                    for a in scene.phrases.who(scene.tokens.obliques(post, "of"))
                    if scene.profiles.sector(a) in BODIES
                ]
        found += [
            a for a in scene.phrases.who(scene.tokens.obliques(k, "for", "on")) if scene.profiles.sector(a) in BODIES
        ]
    for together in tree.kids(i, "advmod", "obl"):
        if scene.words[together] in lists.together or scene.plain[together] == "along":
            for k in scene.tokens.obliques(together, "with") or scene.tokens.obliques(i, "with"):
                companions = [
                    a
                    for a in scene.phrases.named(k)
                    if scene.profiles.is_person(a) or scene.profiles.sector(a) in {*BODIES, "GOV"}
                ]
                holders = (k, *tree.kids(k, "flat", "flat:name"))
                owners = [owner for holder in holders for owner in scene.tokens.obliques(holder, "of", "for")]
                senders = [a for a in scene.phrases.who(owners) if scene.profiles.sector(a) in BODIES]
                # "Mr Bassole of the United Nations" is there for the body and not for his country.
                own = [a for a in companions if scene.profiles.sector(scene.bodies.body(a)) in BODIES]
                found += [*senders, *own] if companions and senders else companions
    return found


def _by_noun(scene: Scene, i: int) -> list[str]:
    """ "mediator Kofi Annan", "Annan, the mediator", "the UN envoy", "under Norway's auspices", "Cuba is guarantor"."""
    lists = load_wordlists().roles
    tree = scene.tree
    head, dep = tree.heads[i], tree.deps[i]
    actors = scene.phrases.named(i)
    if dep in _NAMING and head != i and scene.doc[head].pos_ in ("PROPN", "NOUN"):
        actors = [*actors, *scene.phrases.named(head)]
        if tree.deps[head] == "appos":
            # "Cuba and Norway, the guarantor countries"
            actors = [*actors, *scene.phrases.named(tree.heads[head])]
    if dep == "conj" and tree.deps[head] == "appos":
        # "Raul Castro, the Cuban president and host"
        actors = [*actors, *scene.phrases.named(tree.heads[head])]
    for kid in tree.kids(i, "appos", "flat", "flat:name"):
        actors = [*actors, *scene.phrases.named(kid)]
    owners = tree.kids(i, "nmod:poss", "compound", "amod", "nmod:desc")
    owners += [k for k in tree.kids(i, "nmod", "obl") if scene.tokens.case(k) in ("of", "by", "from")]
    actors = [*actors, *scene.phrases.who(owners)]
    subjects = tree.kids(i, "nsubj")
    if subjects and tree.kids(i, "cop") and not scene.clauses.negated(i) and scene.clauses.modal(i) not in _UNREAL:
        # "with Norway and Cuba it is also a guarantor"
        besides = [
            k for holder in (i, *subjects) for k in scene.tokens.obliques(holder, "with", "alongside", "besides")
        ]
        actors = [*actors, *scene.phrases.who([*subjects, *besides])]
    if dep == "obj" and scene.words[head] in lists.providing and scene.words[i] == "venue":
        # "provided the venue for the talks"
        actors = [*actors, *scene.phrases.who(scene.arguments.subjects(head))]
    if dep == "obj" and scene.words[head] in lists.running and scene.words[i] in lists.processes:
        # "Mr Mandela, who took over the mediation"
        actors = [*actors, *scene.phrases.who(scene.arguments.subjects(head))]
    if dep == "compound" and scene.words[head] in lists.powers:
        # "the three guarantor powers, Greece, Turkey and Britain"
        actors = [
            *actors,
            *scene.phrases.who(tree.kids(head, "appos", *(("nsubj",) if tree.kids(head, "cop") else ()))),
        ]
    if scene.tokens.case(i) == "as" and scene.doc[head].pos_ != "VERB":
        actors = [*actors, *scene.phrases.who([head])]
        if dep == "nmod" and tree.deps[head] == "obj" and scene.words[tree.heads[head]] in lists.appointing:
            # "named Togo's president as mediator": a tree may hang the post on the man.
            actors = [*actors, *_bodies_at(scene, scene.arguments.subjects(tree.heads[head]))]
    elif scene.tokens.case(i) == "as":
        with_whom = scene.phrases.who(scene.tokens.obliques(head, "with"))
        named = [k for k in tree.kids(head, "xcomp") if scene.doc[k].pos_ == "PROPN"]
        done_to = scene.phrases.who(named or scene.arguments.objects(head))
        if scene.words[head] in lists.appointing:
            # The body that names a mediator mediates through him.
            holders = [*scene.arguments.subjects(head), *(scene.arguments.objects(head) if named else [])]
            done_to = [*done_to, *_bodies_at(scene, holders)]
        doers = scene.phrases.who(scene.arguments.subjects(head)) if scene.words[head] in lists.acting else []
        actors = [*actors, *(with_whom or done_to or doers)]
    return list(dict.fromkeys(actors))


def _bodies_at(scene: Scene, heads: Sequence[int]) -> list[str]:
    """The international bodies among those that phrases stand for."""
    return [actor for actor in scene.phrases.who(heads) if scene.profiles.sector(actor) in BODIES]


def _headed(scene: Scene, actor: str, i: int) -> Iterator[str]:
    """ "President X, who heads ECOWAS", "X, chairman of the African Union": the body too, for which the person acts."""
    lists = load_wordlists().roles
    if not (scene.profiles.is_person(actor) or scene.profiles.is_country(actor)):
        return
    first, last = scene.tokens.sentence(i)
    for mention in scene.actors.within(first, last):
        if mention.actor != actor:
            continue
        for clause in scene.tree.kids(mention.head, "acl:relcl", "appos"):
            if scene.words[clause] in lists.heading:
                around = [*scene.arguments.objects(clause), *scene.tokens.obliques(clause, "of")]
                for body in scene.phrases.who(around):
                    if scene.profiles.sector(body) in BODIES:
                        yield scene.bodies.body(body)
