"""Steps that coded events tell where no rule over words did: by PLOVER type and CAMEO code."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from dragoman.mediation.drafts import Draft
from dragoman.mediation.profiles import MOVEMENTS
from dragoman.mediation.scene import Scene
from dragoman.mediation.talks import terms_of
from dragoman.mediation.vocabulary import Vocabulary
from dragoman.mediation.wordlists import load_wordlists
from dragoman.records import Event, StepKind

# CAMEO codes, the longest prefix first, with the kind for a party and for a third party.
_CODES: tuple[tuple[str, StepKind | None, StepKind | None], ...] = (
    ("028", "request", "appeal"),
    ("027", "request", "appeal"),
    ("026", "request", "appeal"),
    ("0256", None, "appeal"),
    ("025", None, "appeal"),
    ("036", "acceptance", None),
    ("037", "acceptance", None),
    ("038", "acceptance", None),
    ("039", None, "offer"),
    ("106", "request", "appeal"),
    ("107", "request", "appeal"),
    ("108", "request", "appeal"),
    ("105", "condition", "appeal"),
    ("125", "refusal", None),
    ("126", "refusal", None),
    ("127", "refusal", "criticism"),
    ("124", "refusal", None),
    ("164", "breakdown", "breakdown"),
    ("165", "breakdown", "breakdown"),
    ("0871", "agreement", None),
    ("051", None, "endorsement"),
    ("052", None, "endorsement"),
    ("111", "criticism", "criticism"),
    ("112", "criticism", "criticism"),
    ("11", None, "criticism"),
    ("10", "condition", "appeal"),
    ("02", "request", "appeal"),
    ("12", "refusal", "criticism"),
    ("057", "agreement", "agreement"),
)
# Kinds that a plan or a wish is none of.
_HELD = frozenset({"agreement", "breakdown", "talks", "consultation"})
_TOLD = frozenset({"actual", "historical", "future"})
_FIRM = frozenset({"will", "would", "'ll", "wo", "shall"})
_NOTHING = re.compile(r"\b(?:nothing|no part|no role)\b")
PROVISO = re.compile(r"\b(?:until|unless|(?:only|except) (?:if|when|after|once)|as long as|so long as|before)\b")
_WITHIN = frozenset({*MOVEMENTS, "OPP", "PTY", "CVL", "REL", "NGO"})
_MEANWHILE = frozenset("as while since after when before during amid until in on at".split())
# Relations between states are reduced or broken off.
_SEVERING = "161"
# Types by which a third party presses a party.
_PRESSING = frozenset({"SANCTION", "COERCE", "THREATEN"})


def coded_drafts(
    scene: Scene, parties: Sequence[str], present: Collection[str], vocabulary: Vocabulary
) -> Iterator[Draft]:
    """Drafts of the events whose code names a kind of step, in reading order.

    `present` are the third parties that are told to mediate or to sit in.
    """
    inside = frozenset(parties)
    about = frozenset(present)
    seen: set[str] = set()
    for i in sorted(scene.events):
        for event in scene.events[i]:
            if event.id in seen or not event.actors:
                continue
            seen.add(event.id)
            event = _named_sides(event, i, scene)
            kind = _kind(event, i, scene, inside, about)
            if kind is None or (kind in _HELD and event.status not in _TOLD) or event.status == "hypothetical":
                continue
            first, last = scene.tokens.clause(i)
            actors, recipients = list(event.actors), list(event.recipients)
            words = scene.tokens.text(first, scene.tree.right[i] + 1)
            kind = _settled(kind, event, i, words, scene, inside, vocabulary)
            if kind is None:
                continue
            draft = Draft(kind, i, first, last, actors, recipients, origin="code")
            if kind == "condition":
                draft.end = max(last, scene.tree.right[i] + 1)
                draft.terms = terms_of(words, vocabulary) or ("other",)
            if (
                kind == "consultation"
                and scene.words[i] in load_wordlists().meetings.travelling
                and goes_to_talks(scene, i, actors, inside, vocabulary)
            ):
                continue
            if kind == "consultation" and not {scene.bodies.body(actor) for actor in actors} - inside:
                actors, recipients = recipients, actors
                draft.actors, draft.recipients = actors, recipients
            elif kind in ("talks", "consultation"):
                outside = [actor for actor in actors if scene.bodies.body(actor) not in inside]
                if kind == "consultation":
                    draft.recipients = [*(actor for actor in actors if actor not in outside), *recipients]
                    draft.actors = outside
                else:
                    draft.actors, draft.recipients = [*actors, *recipients], []
            if kind in ("agreement", "breakdown"):
                named = actors + recipients
                draft.actors = [actor for actor in named if scene.bodies.body(actor) in inside]
                draft.recipients = []
                draft.thirds = [actor for actor in named if scene.bodies.body(actor) not in inside]
                draft.outcome = "agreement" if kind == "agreement" else None
                if not draft.actors:
                    continue
            yield draft


def goes_to_talks(
    scene: Scene, i: int, actors: Sequence[str], parties: Collection[str], vocabulary: Vocabulary
) -> bool:
    """Whether a side goes where the talks are: "flew to Geneva to sign the accord" is no visit to the Swiss."""
    classes = vocabulary.classes
    aims = [kid for kid in scene.tree.kids(i, "advcl", "xcomp") if kid > i and scene.doc[kid].tag_ == "VB"]
    words = {scene.words[k] for aim in aims for k in [aim, *scene.tree.kids(aim, "obj")]}
    inside = any(scene.bodies.body(actor) in parties for actor in actors)
    return inside and bool(words & (classes["talks"] | classes["deal"] | classes["negotiate"]))


def _settled(
    kind: StepKind,
    event: Event,
    i: int,
    words: str,
    scene: Scene,
    parties: frozenset[str],
    vocabulary: Vocabulary,
) -> StepKind | None:
    """What the kind comes to given who is spoken to and what about; None where it is no step."""
    lists = load_wordlists().coded
    about = vocabulary.topics.search(words) is not None
    targets = {scene.bodies.body(actor) for actor in event.recipients}
    if kind == "appeal" and scene.words[i] in lists.achieved:
        return None
    if kind in ("condition", "request") and targets and targets <= {scene.bodies.body(actor) for actor in event.actors}:
        # What somebody orders his own men to do is asked of nobody else.
        return None
    if kind == "request" and scene.words[i] == "request" and scene.tokens.case(i) == "at":
        # "under the mediation of Togo, at the request of both": what was asked for is what the clause tells.
        first, last = scene.tokens.clause(scene.tree.clause(i))
        inside = not parties.isdisjoint(scene.bodies.body(actor) for actor in event.actors)
        return kind if inside and {scene.words[k] for k in range(first, last)} & lists.help else None
    if kind == "request":
        mediation = {scene.words[k] for k in range(i, scene.tree.right[i] + 1)} & lists.help
        if event.status == "negated":
            # "has asked nobody to mediate": it wants no mediator.
            return "refusal" if mediation else None
        outsiders = {scene.bodies.body(actor) for actor in event.actors} - parties
        if targets & parties and not targets - parties and (outsiders or scene.words[i] in lists.pleading):
            return "appeal"
        if targets & parties and not targets - parties:
            # What one side asks of the other is a condition, if it has to do with a settlement.
            return "condition" if terms_of(words, vocabulary) or about or _calming(i, scene, vocabulary) else None
        if not mediation and targets and all(scene.profiles.is_own_people(body, event.actors) for body in targets):
            return None  # "urged his supporters to stay calm" asks for no talks
        if targets - parties or mediation:
            return "request"
        return "condition" if terms_of(words, vocabulary) or about else None
    demanding = load_wordlists().shared.insisting | lists.demands
    content = targets & parties or about or terms_of(words, vocabulary) or scene.words[i] in demanding
    if kind == "condition" and not content:
        # "summoned parliament" asks nothing of the other side.
        return None
    if kind == "refusal":
        particle = lists.particles.get(scene.words[i])
        beside = {scene.plain[kid] for kid in scene.tree.children[i]}
        refused = (scene.words[i] in lists.refusing or particle in beside) and event.status in _TOLD
        # "We will not surrender", unless it says until when: that is a condition.
        firm = scene.clauses.modal(i) in _FIRM and scene.clauses.negated(i) and not PROVISO.search(words)
        firm = firm and scene.words[i] not in lists.refusing | lists.objecting
        # "does not recognise the court"
        firm = firm or (
            scene.words[i] in lists.acknowledging and scene.clauses.negated(i) and not scene.clauses.modal(i)
        )
        return kind if (refused or firm or _NOTHING.search(words)) and not scene.clauses.unreal(i) else None
    if kind == "agreement" and not _is_agreed(i, words, scene, vocabulary):
        return None
    if kind == "endorsement" and targets and targets <= parties and not about and scene.words[i] in lists.backing:
        # Who backs a side backs no mediation.
        return None
    if kind == "acceptance" and event.status not in ("actual", "historical"):
        return None
    if kind == "criticism" and event.cameo is not None and event.cameo.startswith("12"):
        # Others, too, turn a plan or a part in talks down.
        refused = about and scene.words[i] in lists.refusing and event.status in _TOLD
        return "refusal" if refused and not scene.clauses.unreal(i) else None
    if kind == "criticism" and scene.words[i] in lists.doubting:
        return None
    if kind == "criticism":
        words = _charge(scene, i)
        about = vocabulary.topics.search(words) is not None
        conduct = vocabulary.conduct.search(words) is not None
        return kind if (about or conduct) and event.status in ("actual", "historical") else None
    if kind == "pressure" and event.status not in ("actual", "historical"):
        return None
    if kind == "breakdown" and (scene.clauses.unreal(i) or not about):
        return None
    return kind


def _is_agreed(i: int, words: str, scene: Scene, vocabulary: Vocabulary) -> bool:
    """Whether a clause names a deal, a term of one or a verb of agreeing: to narrow the gaps is none."""
    agreeing = {word for rule in vocabulary.rules if rule.kind == "agreement" for word in rule.words}
    named = {scene.words[k] for k in range(i, scene.tree.right[i] + 1)}
    return bool(named & (agreeing | vocabulary.classes["deal"]) or terms_of(words, vocabulary))


def _calming(i: int, scene: Scene, vocabulary: Vocabulary) -> bool:
    """Whether somebody is asked to do what ends a conflict: to stop, to sign, to let go."""
    return any(scene.words[k] in vocabulary.classes["calm"] for k in scene.tree.kids(i, "xcomp", "ccomp", "advcl"))


def _charge(scene: Scene, i: int) -> str:
    """What somebody is faulted for, without what was going on meanwhile ("accused him as talks went on")."""
    tree = scene.tree
    kept = [i]
    for kid in tree.children[i]:
        marks = {scene.plain[mark] for mark in tree.kids(kid, "mark", "advmod")} | {scene.tokens.case(kid)}
        if kid > i and not (tree.deps[kid] in ("advcl", "obl", "obl:unmarked") and marks & _MEANWHILE):
            kept += [tree.left[kid], tree.right[kid]]
    return scene.tokens.text(min(kept), max(kept) + 1)


def _named_sides(event: Event, i: int, scene: Scene) -> Event:
    """The event with the parties where its words say "both sides" or "the delegations", whoever was taken for them."""
    for head in scene.arguments.subjects(i):
        sides = scene.phrases.sides(head)
        if sides is not None:
            event = replace(event, actors=tuple(sides))
    if not event.recipients:
        found = [actor for head in scene.arguments.objects(i) for actor in scene.phrases.sides(head) or ()]
        event = replace(event, recipients=tuple(actor for actor in found if actor not in event.actors))
    return event


def _insider(body: str, scene: Scene, parties: frozenset[str]) -> bool:
    """Whether a body is a party or a movement, a church, a party in the country of one."""
    if body in parties:
        return True
    home = {scene.profiles.country_of(party) for party in parties} - {None}
    return (
        scene.profiles.country_of(body) in home
        and not scene.profiles.is_country(body)
        and scene.profiles.sector(body) in _WITHIN
    )


def _kind(event: Event, i: int, scene: Scene, parties: frozenset[str], present: frozenset[str]) -> StepKind | None:
    lists = load_wordlists().coded
    bodies = {scene.bodies.body(actor) for actor in event.actors}
    targets = {scene.bodies.body(actor) for actor in event.recipients}
    if not all(scene.profiles.can_act(actor) for actor in event.actors):
        return None
    about_talks = event.cameo is not None and event.cameo.startswith(("164", "165", "134", "135"))
    presses = event.type in _PRESSING and event.status != "negated" and not about_talks
    if presses and targets & parties and (event.type != "COERCE" or not bodies & parties):
        return "pressure"
    severing = event.cameo is not None and event.cameo.startswith(_SEVERING)
    if (event.type == "THREATEN" or severing) and event.status != "negated" and not targets and bodies & parties:
        # "warned that the war would go on", "broke off diplomatic relations": whom, if not the other side?
        return "pressure"
    words = {scene.plain[k] for k in range(i, min(i + 4, len(scene.doc)))}
    if event.type == "ACCUSE" and len(bodies & parties) > 1 and "each" in words:
        return "criticism"  # "both sides blamed each other"
    if (event.type == "ACCUSE" and bodies & targets) or scene.words[i] in lists.denying:
        return None
    if {scene.words[kid] for kid in scene.tree.kids(i, "obj", "nsubj:pass")} & lists.claims:
        return None
    if event.type == "CONSULT":
        everyone = bodies | targets
        if len(everyone & parties) >= 2 and everyone <= parties:
            return "talks"
        return "consultation" if everyone & parties and everyone - parties else None
    insiders = any(_insider(body, scene, parties) for body in bodies)
    heard = insiders or (bodies & present) or any(scene.profiles.is_established(body) for body in bodies)
    if event.cameo is None or not (insiders or targets & parties or (heard and event.cameo.startswith(("11", "12")))):
        return None
    strangers = bool(targets) and all(scene.profiles.is_established(body) and body not in parties for body in targets)
    if strangers and not insiders and event.cameo.startswith(("02", "10")):
        # What a third party asks of somebody else is no appeal to the parties.
        return None
    for code, of_party, of_third in _CODES:
        if event.cameo.startswith(code):
            return of_party if insiders else of_third
    return None
