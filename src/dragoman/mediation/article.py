"""What one article says of a mediation: the parties, the steps, the mediators."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from dragoman.boosting import Boosted
from dragoman.mediation.coded import PROVISO, coded_drafts
from dragoman.mediation.credibility import Credibility
from dragoman.mediation.drafts import Draft
from dragoman.mediation.folding import MEETINGS, Told, days_meet, one_place
from dragoman.mediation.meetings import MeetingFinder
from dragoman.mediation.placing import StepPlaces, placed
from dragoman.mediation.scene import Scene
from dragoman.mediation.stances import StanceFinder
from dragoman.mediation.standing import standings
from dragoman.mediation.steps import StepFinder
from dragoman.mediation.talks import is_told_later, outcome_of, terms_of
from dragoman.mediation.tokens import straight
from dragoman.mediation.triggers import step_beliefs, trigger_drafts
from dragoman.mediation.vocabulary import Vocabulary, load_vocabulary
from dragoman.mediation.wordlists import load_wordlists
from dragoman.reading.when import event_when
from dragoman.records import Event, Evidence, Outcome, Status, Step, When

if TYPE_CHECKING:
    from dragoman.reading.when import TimeExpression
    from dragoman.reading.where import PlaceMention

# That it was said is what is told, whatever the tense of the verb that says it.
_SPOKEN = frozenset({"endorsement", "criticism", "refusal"})
# Below the news of a deal, what is set out in a list is what stands in it.
_BULLETS = tuple("-–•*·◦‣")
# What is done to deals, never to talks.
_DEAL = frozenset({"deal"})
_BEFORE = frozenset({"earlier", "previous", "prior", "past", "former", "preceding"})
_PLANS = re.compile(
    r"\b(?:plan\w*|schedul\w+|due|w(?:as|ere) to|set for|call\w* off|cancel\w*|postpon\w*|suspend\w*|will|would)\b"
)
# When talks opened is a day of the talks told elsewhere.
_OPENING = frozenset("begin open start commence last take resume".split())
# In how many sentences after talks their outcome may be told.
_AFTERMATH = 2
_AROUND = frozenset({"after", "during", "following", "since", "before", "amid", "until"})
# Which finder is heeded where two see a step in one predicate, the first first.
_PRECEDENCE = (
    "offer", "acceptance", "refusal", "request", "proposal", "agreement", "breakdown", "talks", "consultation",
    "appeal", "endorsement", "criticism", "pressure", "condition", "assessment",
)  # fmt: skip


def find_steps(
    scene: Scene, parties: Sequence[str], times: Sequence[TimeExpression], trees: Boosted
) -> tuple[Step, ...]:
    """What is told of the mediation between these parties, in reading order; settles who they are for the scene.

    Args:
        trees: how likely each step is that rules or the language model see.
    """
    drafts = find_drafts(scene, parties)
    believed = step_beliefs(scene)
    if believed is not None:
        drafts += trigger_drafts(scene, parties, drafts, load_vocabulary())
        drafts = Credibility(scene, parties, believed, standings(scene)).credible(drafts, trees)
    return _Steps(scene, parties, times, scene.mentioned).build(drafts)


def find_drafts(scene: Scene, parties: Sequence[str]) -> list[Draft]:
    """What the rules see; settles who the parties are for the scene."""
    vocabulary = load_vocabulary()
    scene.settle(parties)
    rules = StepFinder(scene, parties, vocabulary)
    meetings = MeetingFinder(scene, parties, vocabulary, rules)
    drafts = [*rules.find(), *meetings.find()]
    present = {scene.bodies.body(actor) for draft in drafts for actor in draft.thirds if scene.profiles.can_act(actor)}
    stances = StanceFinder(scene, parties, present, vocabulary)
    drafts += [*stances.appeals(), *stances.conditions(), *stances.refusals(), *stances.assessments()]
    _enrich(drafts, scene, vocabulary)
    near = _by_sentence(drafts, scene)
    coded = coded_drafts(scene, parties, stances.present, vocabulary)
    drafts += [draft for draft in coded if not _told(draft, near.get(scene.tokens.sentence(draft.predicate), ()))]
    return _distinct(drafts, scene)


def _enrich(drafts: Sequence[Draft], scene: Scene, vocabulary: Vocabulary) -> None:
    """What other sentences add: the terms of a deal ("Under its terms …"), and that talks ended in it."""
    deals = [draft for draft in drafts if draft.kind == "agreement" and draft.status is None]
    if not deals:
        return
    main = min(deals, key=lambda draft: (-len(draft.actors), draft.predicate))
    told = [scene.tokens.text(*scene.tokens.sentence(main.predicate))]
    sentences = {scene.tokens.sentence(deal.predicate) for deal in deals}
    for sentence in scene.doc.sents:
        words = scene.tokens.text(sentence.start, sentence.end)
        listed = sentence.text.lstrip()[:1] in _BULLETS
        told_of = listed or vocabulary.provisions.search(words) is not None
        if sentence.start > main.predicate and told_of:
            told.append(words)
    found = [term for words in told for term in terms_of(words, vocabulary)]
    main.terms = tuple(dict.fromkeys((*main.terms, *found)))
    for draft in drafts:
        if draft.kind == "talks" and draft.outcome is None and draft.status is None:
            draft.outcome = "agreement" if scene.tokens.sentence(draft.predicate) in sentences else None


def _by_sentence(drafts: Sequence[Draft], scene: Scene) -> dict[tuple[int, int], list[Draft]]:
    """Drafts meet only within a sentence: so many sentences take only so much longer."""
    found: dict[tuple[int, int], list[Draft]] = {}
    for draft in drafts:
        found.setdefault(scene.tokens.sentence(draft.predicate), []).append(draft)
    return found


def _told(draft: Draft, drafts: Sequence[Draft]) -> bool:
    """Whether a rule over words has told what an event tells, among the drafts of its sentence."""
    return any(
        other.start < draft.end
        and draft.start < other.end
        and (other.kind not in ("assessment", "condition") or other.kind == draft.kind)
        for other in drafts
        if abs(other.predicate - draft.predicate) < 12 or other.kind == draft.kind
    )


def _distinct(drafts: Sequence[Draft], scene: Scene) -> list[Draft]:
    """One draft a predicate: of two that share it, or of a meeting told by verb and noun, the one told more fully."""
    kept: list[Draft] = []
    for together in _by_sentence(drafts, scene).values():
        first = len(kept)
        for draft in sorted(together, key=lambda draft: (_PRECEDENCE.index(draft.kind), draft.predicate)):
            if not any(_same_words(draft, other, scene) for other in kept[first:]):
                kept.append(draft)
    return sorted(kept, key=lambda draft: (draft.predicate, _PRECEDENCE.index(draft.kind)))


def _same_words(draft: Draft, other: Draft, scene: Scene) -> bool:
    if (
        draft.kind == "condition"
        and other.kind == "refusal"
        and PROVISO.search(scene.tokens.text(draft.start, draft.end))
    ):
        # "refuses to talk until the army withdraws": it refuses, and it names what must come first.
        return False
    if draft.predicate == other.predicate:
        return True
    heads, deps = scene.tree.heads, scene.tree.deps
    if draft.kind == other.kind == "pressure" and deps[draft.predicate] == "ccomp":
        # "warned that it would impose sanctions": what is threatened is the threat.
        return heads[draft.predicate] == other.predicate
    if draft.start >= other.end or other.start >= draft.end:
        return False
    if draft.kind == other.kind and draft.kind in ("agreement", "breakdown", "refusal", "acceptance"):
        return True
    same_actors = {scene.bodies.body(a) for a in draft.actors} & {scene.bodies.body(a) for a in other.actors}
    if draft.kind == "assessment":
        # Who praises, faults or sets conditions in a sentence does not also judge in it.
        apart = scene.tree.deps[other.predicate] == "conj" and scene.tree.heads[other.predicate] == draft.predicate
        return bool(same_actors) and other.kind not in MEETINGS and not apart
    if draft.kind == "condition" and other.kind in ("appeal", "refusal", "request", "proposal"):
        return bool(same_actors) and other.start <= draft.predicate < other.end
    linked = (
        scene.tree.heads[draft.predicate] == other.predicate or scene.tree.heads[other.predicate] == draft.predicate
    )
    lower = draft.predicate if heads[draft.predicate] == other.predicate else other.predicate
    if scene.tree.kids(lower, "cc") and scene.clauses.modal(draft.predicate) != scene.clauses.modal(other.predicate):
        # "met the general and will see him again": one was, the other is to be.
        return False
    if {draft.kind, other.kind} == {"talks", "breakdown"}:
        # "Talks between the two collapsed": they met, and it broke down.
        return linked and draft.bare
    return linked and (draft.kind == other.kind or {draft.kind, other.kind} <= {*MEETINGS, "breakdown"})


class _Steps:
    """Turns drafts into the steps of the contract, one for each thing told."""

    def __init__(
        self,
        scene: Scene,
        parties: Sequence[str],
        times: Sequence[TimeExpression],
        places: Sequence[PlaceMention],
    ) -> None:
        self.scene = scene
        self.parties = tuple(parties)
        self.times = times
        self.places = StepPlaces(scene, parties, places)

    def build(self, drafts: Sequence[Draft]) -> tuple[Step, ...]:
        scene = self.scene
        told = Told()
        for draft in drafts:
            step = self._step(draft)
            if not draft.bare and self._is_told(step, draft):
                told.add(step, self._about(draft))
        for draft in drafts:
            if draft.bare:
                self._bare(self._step(draft), told, draft.predicate)
        steps = [_concluded(step, told.steps) for step in told.steps]
        steps = [self._aftermath(step, steps) for step in steps]
        steps = [
            step if about == _DEAL and step.kind == "breakdown" else placed(step, steps, self.places, scene.article)
            for step, about in zip(steps, told.about, strict=True)
        ]
        return tuple(sorted(steps, key=lambda step: (step.evidence[0].start, step.evidence[0].end, step.kind)))

    def _is_told(self, step: Step, draft: Draft) -> bool:
        """Whether what did not happen is a step: talks that had been planned, a breakdown that nearly came about.

        That two did not meet, or that nobody broke a truce, is none by itself.
        """
        if step.status != "negated":
            return True
        if step.kind == "breakdown":
            return not self.scene.clauses.negated(draft.predicate)
        evidence = step.evidence[0]
        planned = _PLANS.search(self.scene.article.text[evidence.start : evidence.end].lower()) is not None
        return step.kind != "talks" or planned

    def _about(self, draft: Draft) -> frozenset[str]:
        """What broke down or was agreed on, as far as the words say: talks or a deal, a truce or a meeting."""
        if draft.kind not in ("breakdown", "agreement"):
            return frozenset()
        scene, classes = self.scene, load_vocabulary().classes
        i = draft.predicate
        heads = [*scene.arguments.subjects(i), *scene.arguments.objects(i), *scene.tree.kids(i, "xcomp")]
        heads += scene.tokens.obliques(i, "from", "of", "out", "on")
        deep = [kid for head in heads for kid in scene.tokens.obliques(head, "of")]
        words = {scene.words[k] for k in [i, *heads, *deep]}
        kinds = {"truce": classes["lasting"], "meeting": classes["negotiate"] | classes["talks"]}
        if draft.kind == "breakdown":
            kinds = {"talks": classes["talks"], "deal": classes["deal"] | classes["breaking"]}
        return frozenset(kind for kind, known in kinds.items() if words & known)

    # ------------------------------------------------------------------ one draft

    def _step(self, draft: Draft) -> Step:
        scene = self.scene
        event = self._event(draft)
        actors = self._bodies(draft.actors)
        thirds = tuple(body for body in self._bodies(draft.thirds) if body not in actors)
        recipients = tuple(b for b in self._bodies(draft.recipients) if b not in actors and b not in thirds)
        if draft.kind == "talks":
            thirds = tuple(body for body in thirds if body not in self.parties)
        everyone = [*draft.actors, *draft.recipients, *draft.thirds, *draft.others]
        persons = tuple(dict.fromkeys(actor for actor in everyone if scene.profiles.is_person(actor)))
        status = draft.status or self._status(draft, event)
        when = self._when(draft, event, status)
        if status == "actual" and when.earliest is not None and when.earliest > scene.article.published:
            # "talks are to begin on the 15th after a meeting on the 5th": neither has been.
            status = "future"
        if (
            status == "actual"
            and when.latest is not None
            and when.latest < scene.article.published - timedelta(days=365)
        ):
            status = "historical"
        first = draft.start
        while first < draft.end - 1 and (scene.doc[first].is_punct or scene.tree.deps[first] in ("mark", "cc")):
            first += 1
        start, end = scene.tokens.span(first, draft.end)
        return Step(
            kind=draft.kind,
            actors=actors,
            recipients=recipients,
            third_parties=thirds,
            persons=persons,
            when=when,
            where=self.places.where(draft, event),
            status=status,
            round=draft.round,
            outcome=self._outcome(draft) if status in ("actual", "historical") else None,
            terms=draft.terms,
            said_by=self._said_by(draft, event, everyone),
            events=tuple(dict.fromkeys(e.id for i in range(draft.start, draft.end) for e in self._at(i, draft))),
            evidence=(Evidence(scene.article.id, start, end),),
        )

    def _outcome(self, draft: Draft) -> Outcome | None:
        """What a draft says came of it, or its sentence where that tells of no other talks."""
        if draft.kind == "agreement":
            return "agreement"
        if draft.outcome is not None or draft.kind not in ("talks", "breakdown"):
            return draft.outcome
        if draft.kind == "breakdown":
            found = outcome_of(self.scene.tokens.text(draft.start, draft.end), load_vocabulary())
            return found if found in ("failure", "inconclusive") and "talks" in self._about(draft) else None
        first, last = self.scene.tokens.sentence(draft.predicate)
        if self.scene.words[draft.predicate] in load_wordlists().meetings.brief:
            return None
        return outcome_of(self.scene.tokens.text(first, last), load_vocabulary())

    def _aftermath(self, step: Step, steps: Sequence[Step]) -> Step:
        """Talks whose outcome the next sentences tell: "They left without signing", "We are closer", the envoy said."""
        if step.kind != "talks" or step.outcome is not None or step.status not in ("actual", "historical"):
            return step
        sentences, vocabulary = self.scene.article.sentences, load_vocabulary()
        others = [e.start for other in steps if other.kind == "talks" and other is not step for e in other.evidence]
        last = max(n for n, s in enumerate(sentences) if s.start <= max(e.start for e in step.evidence))
        for sentence in sentences[last + 1 : last + 1 + _AFTERMATH]:
            if any(sentence.start <= start < sentence.end for start in others):
                break
            words = straight(self.scene.article.text[sentence.start : sentence.end])
            outcome = outcome_of(words, vocabulary) if is_told_later(words, vocabulary) else None
            if outcome not in (None, "agreement"):
                return replace(step, outcome=outcome)
        return step

    def _bodies(self, actors: Sequence[str]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(self.scene.bodies.body(actor) for actor in actors))

    def _at(self, i: int, draft: Draft) -> list[Event]:
        """Events at a token of the step that are the step's own: at its predicate, or next to it in the tree."""
        if i not in self.scene.events:
            return []
        heads = self.scene.tree.heads
        near = i == draft.predicate or heads[i] == draft.predicate or heads[draft.predicate] == i
        if i == heads[draft.predicate] != draft.predicate and self._is_scenery(draft):
            # "agreed after two days of talks": what they agreed on is no news of the talks.
            return []
        return self.scene.events[i] if near else []

    def _is_scenery(self, draft: Draft) -> bool:
        """Whether talks or a deal only set the scene of their clause: what it tells is not told of them."""
        if draft.kind == "agreement":
            return self.scene.tokens.case(draft.predicate) == "under" and self.scene.tree.deps[draft.predicate] == "obl"
        return draft.kind in MEETINGS and self._beside(draft.predicate)

    def _beside(self, i: int) -> bool:
        """Whether a noun only sets the scene of its clause: "after talks", "during a meeting"."""
        scene = self.scene
        while scene.tree.deps[i] == "nmod" and scene.tokens.case(i) == "of":
            # "after two days of talks"
            i = scene.tree.heads[i]
        return scene.tree.deps[i] in ("obl", "nmod") and scene.tokens.case(i) in _AROUND

    def _event(self, draft: Draft) -> Event | None:
        """The event that is coded at the predicate, or next to it in the tree."""
        if self._is_scenery(draft):
            # "would not use force after a day of talks": the talks were held, whatever lies ahead.
            held = [event for event in self.scene.events.get(draft.predicate, ()) if event.status != "future"]
            return held[0] if held else None
        if draft.predicate in self.scene.events:
            return self.scene.events[draft.predicate][0]
        for i in range(draft.start, draft.end):
            found = self._at(i, draft)
            if found:
                return found[0]
        return None

    def _status(self, draft: Draft, event: Event | None) -> Status:
        scene, i = self.scene, draft.predicate
        if draft.kind in ("condition", "assessment", "offer"):
            # That it was said is what is told, however much of it lies ahead.
            return "negated" if draft.kind == "offer" and scene.clauses.negated(i) else "actual"
        beside = {scene.plain[kid] for kid in scene.tree.kids(i, "advmod")}
        if draft.kind == "breakdown" and beside & load_vocabulary().classes["nearly"]:
            # "nearly collapsed": it did not.
            return "negated"
        if event is not None and scene.tokens.index(event.predicate.start) <= i <= scene.tokens.index(
            event.predicate.end - 1
        ):
            if event.status == "hypothetical" and scene.clauses.came_about(scene.tree.clause(i)):
                return "actual"
            if event.status == "hypothetical" and scene.clauses.backshifted(i):
                return "future"
            ahead = event.status in ("future", "hypothetical")
            if not (draft.kind in _SPOKEN and ahead and not scene.clauses.modal(i)):
                return event.status
            # "telephoned him to congratulate him"
            return "actual"
        if scene.clauses.negated(i):
            return "negated"
        carrier = scene.tree.heads[i] if scene.doc[i].pos_ == "NOUN" and not self._beside(i) else i
        if scene.clauses.due(carrier):
            return "future"
        modal = scene.clauses.modal(i) or scene.clauses.modal(carrier)
        if modal in ("will", "shall", "'ll") or scene.clauses.backshifted(i) or scene.clauses.backshifted(carrier):
            return "future"
        if modal in ("would", "could", "may", "might", "can", "should", "must") and draft.kind not in (
            "refusal",
            "appeal",
        ):
            return "hypothetical"
        return "actual"

    def _when(self, draft: Draft, event: Event | None, status: Status) -> When:
        published = self.scene.article.published
        told = event.when if event is not None and event.when.basis in ("stated", "inherited") else None
        if told is not None and not (status == "future" and told.latest is not None and told.latest < published):
            return told
        found = event_when(self.scene.doc, draft.predicate, self.times, published, future=status == "future")
        return told if told is not None and found.basis == "unknown" else found

    def _said_by(self, draft: Draft, event: Event | None, everyone: Sequence[str]) -> str | None:
        if draft.kind in ("condition", "assessment"):
            return None
        said_by = event.said_by if event is not None else None
        if event is None:
            covering = [found for found in self.scene.clauses.said(draft.predicate) if found.cue != draft.predicate]
            if covering:
                said_by = covering[0].record.speaker
        return said_by

    # ------------------------------------------------------------------ many drafts

    def _bare(self, step: Step, told: Told, predicate: int) -> None:
        """ "The talks were inconclusive": of the talks told of before it, else of talks of the parties."""
        # A round with a number or a day of its own is another than the talks of another day.
        words, head = self.scene.words, self.scene.tree.heads[predicate]
        opening = words[predicate] in _OPENING or words[head] in _OPENING
        own = step.round is not None or (step.when.basis == "stated" and not opening)
        more = step.outcome is not None or bool(step.third_parties) or step.where is not None
        beside = {self.scene.plain[kid] for kid in self.scene.tree.children[predicate]}
        # "Earlier talks in Jeddah" are none of those that the article is about.
        others = bool(beside & _BEFORE) and more
        home = {self.scene.profiles.country_of(party) for party in self.parties}
        abroad = step.where is not None and step.where.country not in home
        # "The only fruit of the talks is a truce in Homs": at home, what is named may be what they were about.
        fitting = None if others else _meant(step if abroad else replace(step, where=None), told, own=own)
        if fitting is None:
            if step.status in ("actual", "historical", "future"):
                told.add(replace(step, kind="talks", actors=self.parties, recipients=()))
        elif more or step.round is not None:
            told.join(fitting, step)


def _meant(step: Step, told: Told, *, own: bool) -> int | None:
    """The number of the talks that "the talks" are: the last before these words, else the first; None if none fit.

    Args:
        own: whether they have a day of their own, on which the others must have been.
    """
    # Talks of long ago are meant only where there are no others.
    for alike in (True, False):
        found = _last_meant(step, told, own=own, alike=alike)
        if found is not None:
            return found
    return None


def _last_meant(step: Step, told: Told, *, own: bool, alike: bool) -> int | None:
    at, before = step.evidence[0].start, False
    talks = [n for n in told.talks if not alike or told.steps[n].status == step.status]
    for number in reversed(talks):
        other = told.steps[number]
        if other.evidence[0].start <= at:
            before = True
            if _fits(step, other, own=own):
                return number
    if before:
        return None
    return next((number for number in talks if _fits(step, told.steps[number], own=own)), None)


def _fits(step: Step, other: Step, *, own: bool) -> bool:
    """Whether talks told of without the sides can be these."""
    one_round = step.round is None or other.round is None or step.round == other.round
    lived = step.status == other.status or {step.status, other.status} <= {"actual", "historical"}
    apart = step.where is not None and other.where is not None and not one_place(step.where, other.where)
    return one_round and lived and not apart and (not own or days_meet(step.when, other.when))


def _concluded(step: Step, steps: Sequence[Step]) -> Step:
    """Talks of which nothing else is told ended in the deal, or in the breakdown, that came at their end."""
    if step.kind != "talks" or step.outcome is not None or step.status not in ("actual", "historical"):
        return step
    sides = set(step.actors)
    ends = [
        other
        for other in steps
        if other.kind in ("agreement", "breakdown") and other.status == step.status
        # Of a deal, one of those who made it may be all that the clause names.
        if len(sides & set(other.actors)) >= min(2, len(sides), len(other.actors))
        and _at_the_end(step.when, other.when)
        # What is signed may be signed elsewhere; what breaks down does so at the table.
        if other.kind == "agreement" or not (step.where and other.where and not one_place(step.where, other.where))
    ]
    deals = [end.when.latest for end in ends if end.kind == "agreement"]
    broken = [end.when.earliest for end in ends if end.kind == "breakdown"]
    if deals and not any(late > deal for late in broken if late for deal in deals if deal):
        # Talks that nearly failed and then ended in a deal ended in a deal.
        return replace(step, outcome="agreement")
    return replace(step, outcome="failure") if broken and not deals else step


def _at_the_end(talks: When, end: When) -> bool:
    """Whether a deal or a breakdown falls into the last days of talks, or on the days after."""
    if talks.earliest is None or talks.latest is None or end.earliest is None or end.latest is None:
        return False
    return talks.earliest <= end.latest and abs((end.earliest - talks.latest).days) <= 3
