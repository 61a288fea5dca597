"""Talks and consultations: who meets whom, with or without a third party, in which round and to what end."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dragoman.mediation.drafts import Draft
from dragoman.mediation.scene import Scene
from dragoman.mediation.steps import StepFinder
from dragoman.mediation.talks import outcome_of, round_of
from dragoman.mediation.vocabulary import Vocabulary

# Verbs that take the ones met as their object.
_MEETING_VERBS = frozenset(
    """haggle bargain wrangle reconvene travel fly meet visit telephone phone call brief receive consult summon see host
    contact confer talk speak negotiate sit huddle discuss welcome""".split()
)
# "saw a chance", "called for": a meeting only where the object is somebody.
_NEEDS_PERSON = frozenset(
    "visit telephone phone call brief receive consult summon see host contact welcome discuss".split()
)
# Under these, talks are wanted, offered or refused, not held.
_WANTED = frozenset(
    """offer urge call appeal propose reject refuse decline demand accept want seek ask request suggest invite ready
    willing welcome support back hope condition boycott oppose facilitate need rule precondition prepared wish press
    readiness willingness try effort attempt insist possibility prospect proposal agree view""".split()
)
_MODALS = frozenset({"can", "could", "would", "may", "might", "should", "must"})
_COUNTERPARTS = frozenset("counterpart leader side capital delegation party rival foe enemy camp".split())
_SETTING = frozenset({"after", "during", "following", "at", "since", "before", "amid", "in", "through"})
_CALLS = frozenset({"conversation", "visit", "phonecall", "call", "telephonecall", "audience"})
_BARGAINING = frozenset({"wrangling", "haggling", "bargaining"})
_MUTUAL = frozenset("meet negotiate talk haggle bargain wrangle reconvene confer".split())
_PLANNED = frozenset("plan schedule expect set due agree prepare slate announce arrange intend".split())


class MeetingFinder:
    """Finds meetings by verbs ("met", "flew to … to see") and nouns ("talks between", "a meeting with")."""

    def __init__(self, scene: Scene, parties: Sequence[str], vocabulary: Vocabulary, rules: StepFinder) -> None:
        self.scene = scene
        self.parties = frozenset(parties)
        self.vocabulary = vocabulary
        self.rules = rules

    def find(self) -> Iterator[Draft]:
        """All drafts in reading order; a noun and the light verb that carries it are one."""
        nouns = (
            _BARGAINING
            | self.vocabulary.classes["talks"]
            | {
                "conversation",
                "visit",
                "phonecall",
                "call",
                "telephonecall",
                "audience",
            }
        )
        for i, word in enumerate(self.scene.words):
            pos = self.scene.doc[i].pos_
            if pos == "VERB" and word in _MEETING_VERBS:
                draft = self._verb(i, word)
            elif pos == "NOUN" and (word in nouns or (word == "round" and not self._has_meeting(i, nouns))):
                draft = self._noun(i, word)
            else:
                continue
            if draft is not None:
                yield draft

    def _has_meeting(self, i: int, nouns: frozenset[str]) -> bool:
        return any(self.scene.words[kid] in nouns for kid in self.scene.obliques(i, "of"))

    # ------------------------------------------------------------------ verbs

    def _verb(self, i: int, word: str) -> Draft | None:
        scene = self.scene
        subjects = scene.who(scene.subjects(i))
        heads = (
            scene.obliques(i, "with", "to", "from")
            if word in ("meet", "speak", "talk", "confer", "negotiate", "sit")
            else []
        )
        if word in ("discuss", "huddle", "consult"):
            heads = scene.obliques(i, "with")
        objects = scene.objects(i) if word not in ("discuss", "sit", "negotiate") else []
        met = scene.who([*objects, *heads])
        if word == "visit":
            met += [mention.actor for head in objects for mention in scene.actors.at(head)]
        if word in ("visit", "travel", "fly"):
            met += self._hosts_of_visit(objects if word == "visit" else scene.obliques(i, "to"), subjects)
            if not met:
                return None
        inside = {scene.body(actor) for actor in subjects} & self.parties
        if not met and not inside and any(scene.words[k] in _COUNTERPARTS for k in [*objects, *heads]):
            # "telephoned his counterparts", "spoke to leaders in both capitals"
            met = sorted(self.parties)
        if word == "call" and (scene.obliques(i, "for", "on", "upon") or scene.tree.kids(i, "xcomp", "ccomp")):
            return None
        if word in _NEEDS_PERSON and not met:
            return None
        if word == "host" and not any(scene.named(head) for head in objects):
            return None
        if scene.tree.kids(i, "nsubj:pass"):
            subjects, met = met, subjects
        draft = self._draft(i, subjects, met, word)
        if draft is None and word in _MUTUAL and not objects and self._plural(i):
            status = self._status(i)
            if status is not None:
                # "The two panels will meet again": the sides, without their names.
                start, end = scene.clause(i)
                draft = Draft("talks", i, start, end, [], bare=True)
                draft.round = round_of(scene.text(start, end), self.vocabulary)
        if draft is not None and draft.kind == "talks" and not draft.bare:
            self._callers(draft, subjects)
        return draft

    def _hosts_of_visit(self, heads: Sequence[int], subjects: Sequence[str]) -> list[str]:
        """Whom an official sees who travels to a place: the party whose place it is."""
        scene = self.scene
        named = [k for head in heads for k in scene.conjuncts(head)]
        countries = [scene.places[k].country for k in named if k in scene.places]
        if not subjects or not all(scene.is_person(actor) or scene.is_country(actor) for actor in subjects):
            return []
        return [country for country in countries if country is not None and country in self.parties]

    def _plural(self, i: int) -> bool:
        """Whether several do it."""
        heads = self.scene.subjects(i)
        return any(
            self.scene.doc[k].tag_ in ("NNS", "NNPS") or self.scene.doc[k].text.lower() in ("they", "both")
            for head in heads
            for k in self.scene.conjuncts(head)
        )

    def _callers(self, draft: Draft, subjects: Sequence[str]) -> None:
        """A third party that calls on several parties one by one consults; it holds no talks between them."""
        bodies = {self.scene.body(actor) for actor in subjects}
        if bodies and not bodies & self.parties:
            draft.kind = "consultation"
            draft.recipients, draft.actors = draft.actors, list(subjects)
            draft.thirds, draft.outcome, draft.round = [], None, None

    # ------------------------------------------------------------------ nouns

    def _noun(self, i: int, word: str) -> Draft | None:
        scene, tree = self.scene, self.scene.tree
        if any(scene.doc[k].text.lower() in ("news", "press") for k in tree.children[i]):
            return None
        between = scene.between(i) or scene.who(scene.obliques(i, "involving"))
        inner = scene.who([kid for kid in tree.children[i] if tree.deps[kid] in ("compound", "amod", "nmod:desc")])
        others = scene.who(scene.obliques(i, "with", "to")) if word != "visit" else scene.who(scene.obliques(i, "to"))
        makers = scene.who(tree.kids(i, "nmod:poss") + scene.obliques(i, "by", "of"))
        carrier = self._carrier(i)
        subjects: list[str] = []
        thirds = list(self.rules.thirds(i))
        if carrier is not None:
            verb = scene.words[carrier]
            acting = scene.who(scene.subjects(carrier))
            if verb in (
                "host",
                "mediate",
                "facilitate",
                "broker",
                "sponsor",
                "convene",
                "chair",
                "moderate",
                "arrange",
                "lead",
            ):
                thirds += [host for head in scene.subjects(carrier) for host in scene.hosts(head)]
            else:
                subjects = acting
                others = others or scene.who(scene.obliques(carrier, "with"))
        named = between or [*subjects, *makers, *inner]
        draft = self._draft(i, named, others if not between else [*others], word, thirds)
        if draft is not None and carrier is not None:
            first, last = scene.clause(carrier)
            draft.start, draft.end = min(first, draft.start), max(last, draft.end)
        return draft

    def _carrier(self, i: int) -> int | None:
        """The verb that carries a noun: "hold talks", "talks were held", "entered into negotiations"."""
        scene, tree = self.scene, self.scene.tree
        head, dep = tree.heads[i], tree.deps[i]
        if scene.words[head] == "round" and dep == "nmod":
            head, dep = tree.heads[head], tree.deps[head]
        if head == i or scene.doc[head].pos_ != "VERB":
            return None
        if dep in ("obj", "nsubj:pass", "nsubj") or (dep == "obl" and scene.words[head] in self.vocabulary.light):
            return head
        return None

    # ------------------------------------------------------------------ both

    def _draft(
        self, i: int, ones: Sequence[str], others: Sequence[str], word: str, thirds: Sequence[str] = ()
    ) -> Draft | None:
        scene = self.scene
        named = [actor for actor in dict.fromkeys([*ones, *others]) if scene.can_act(actor)]
        bodies = list(dict.fromkeys(scene.body(actor) for actor in named))
        inside = [body for body in bodies if body in self.parties]
        outside = [body for body in bodies if body not in self.parties]
        status = self._status(i)
        if status is None:
            return None
        start, end = scene.clause(i)
        first, last = scene.sentence(i)
        text = scene.text(first, last)
        draft = Draft(
            kind="talks",
            predicate=i,
            start=start,
            end=end,
            actors=[],
            status=None if status == "told" else status,  # type: ignore[arg-type]
            round=round_of(scene.text(start, end), self.vocabulary),
            outcome=outcome_of(text, self.vocabulary) if word not in ("visit", "call", "conversation") else None,
        )
        if len(inside) >= 2:
            draft.actors = [actor for actor in named if scene.body(actor) in self.parties]
            draft.thirds = [*(actor for actor in named if scene.body(actor) in outside), *thirds]
            return draft
        others_thirds = list(dict.fromkeys([*(a for a in named if scene.body(a) in outside), *thirds]))
        if inside and others_thirds:
            draft.kind = "consultation"
            draft.actors = others_thirds
            draft.recipients = [actor for actor in named if scene.body(actor) in inside]
            draft.outcome = None
            return draft
        if len(outside) >= 2 and word not in ("host", "see", "receive"):
            draft.kind = "consultation"
            first_body = scene.body(named[0])
            draft.actors = [actor for actor in named if scene.body(actor) == first_body]
            draft.recipients = [actor for actor in named if scene.body(actor) != first_body]
            draft.outcome = None
            return draft
        if word in (
            *_BARGAINING,
            "talk",
            "talks",
            "negotiation",
            "meeting",
            "summit",
            "round",
            "dialogue",
            "conference",
            "discussion",
            "session",
        ):
            draft.actors = [actor for actor in named if scene.body(actor) in inside]
            draft.thirds = others_thirds
            draft.bare = True
            return draft
        return None

    def _status(self, i: int) -> str | None:
        """None where talks are only spoken of; "told" where the events or the clause say more."""
        scene, tree = self.scene, self.scene.tree
        k, passed = i, 0
        while passed < 5:
            head = tree.heads[k]
            finite = scene.doc[k].tag_ in ("VBD", "VBZ", "VBP", "MD")
            if scene.doc[k].pos_ in ("VERB", "AUX") and scene.modal(k) in _MODALS:
                return None
            if tree.deps[k] == "nmod" and scene.case(k) == "for" and scene.words[head] not in self.vocabulary.meeting:
                # "a framework for talks", "a date for the meeting"
                return None
            if k != i and scene.words[k] in _PLANNED and scene.doc[k].pos_ in ("VERB", "ADJ"):
                return "future"
            if k != i and scene.words[k] in _WANTED:
                return None
            if head == k or (finite and tree.deps[k] in ("ccomp", "parataxis", "acl:relcl", "root", "conj")):
                break
            if tree.deps[k] in ("obl", "advcl", "nmod") and scene.case(k) in _SETTING:
                # "agreed after two days of talks": what they agreed on says nothing of the talks.
                break
            k, passed = head, passed + 1
        return "told"
