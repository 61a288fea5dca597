"""Talks and consultations: who meets whom, with or without a third party, in which round and to what end."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dragoman.mediation.coded import goes_to_talks
from dragoman.mediation.drafts import Draft
from dragoman.mediation.roles import told_roles
from dragoman.mediation.scene import Scene
from dragoman.mediation.steps import StepFinder
from dragoman.mediation.talks import outcome_of, round_of
from dragoman.mediation.vocabulary import Vocabulary
from dragoman.mediation.wordlists import load_wordlists
from dragoman.records import Outcome

_MODALS = frozenset({"can", "could", "would", "may", "might", "should", "must"})
_PAST = frozenset({"VBD", "VBN"})
_SETTING = frozenset({"after", "during", "following", "at", "since", "before", "amid", "in", "through"})


class MeetingFinder:
    """Finds meetings by verbs ("met", "flew to … to see") and nouns ("talks between", "a meeting with")."""

    def __init__(self, scene: Scene, parties: Sequence[str], vocabulary: Vocabulary, rules: StepFinder) -> None:
        self.scene = scene
        self.parties = frozenset(parties)
        self.vocabulary = vocabulary
        self.lists = load_wordlists().meetings
        self._periods = load_wordlists().shared.all_periods
        self._verbs = self.lists.mutual | self.lists.receiving | self.lists.coming
        self.rules = rules
        self._papers = vocabulary.classes["deal"] | vocabulary.classes["plan"]

    def find(self) -> Iterator[Draft]:
        """All drafts in reading order; a noun and the light verb that carries it are one."""
        nouns = self.lists.bargaining | self.vocabulary.classes["talks"] | self.lists.nouns
        for i, word in enumerate(self.scene.words):
            pos = self.scene.doc[i].pos_
            if pos == "VERB" and word == "spend" and self._together_for(i):
                draft = self._spent(i)
            elif pos == "VERB" and word == "mediate" and not self.scene.arguments.objects(i):
                draft = self._mediating(i)
            elif pos == "VERB" and word in self.lists.gathering | self.lists.handshakes | self.lists.sitting:
                draft = self._together(i, word)
            elif pos == "VERB" and word in self._verbs:
                draft = self._verb(i, word)
            elif pos == "NOUN" and (word in nouns or (word == "round" and not self._has_meeting(i, nouns))):
                draft = self._noun(i, word)
            else:
                continue
            if draft is not None:
                yield draft

    def _has_meeting(self, i: int, nouns: frozenset[str]) -> bool:
        return any(self.scene.words[kid] in nouns for kid in self.scene.tokens.obliques(i, "of"))

    # ------------------------------------------------------------------ verbs

    def _together(self, i: int, word: str) -> Draft | None:
        """ "Abiy brought them together", "shook hands", "sent a delegation to the talks", "took part in the talks"."""
        scene = self.scene
        subjects = [actor for actor in scene.phrases.who(scene.arguments.subjects(i)) if scene.profiles.can_act(actor)]
        objects = scene.arguments.objects(i)
        beside = {scene.plain[kid] for kid in scene.tree.children[i]}
        hoped = scene.tree.deps[i] == "xcomp" and scene.words[scene.tree.heads[i]] in self.lists.hoping
        if scene.clauses.negated(i) or (not hoped and (scene.clauses.unreal(i) or self._status(i) is None)):
            return None
        if hoped and word not in self.lists.gathering:
            return None
        start, end = scene.tokens.clause(i)
        inside = [actor for actor in subjects if scene.bodies.body(actor) in self.parties]
        if word in self.lists.handshakes:
            if not any(scene.words[k] == "hand" for k in objects) or len({scene.bodies.body(a) for a in inside}) < 2:
                return None
            return Draft("talks", i, start, end, inside)
        if word in self.lists.gathering:
            objects = [*objects, *self._shifted(i)] if "together" in beside else objects
            met = [actor for actor in scene.phrases.who(objects) if scene.bodies.body(actor) in self.parties]
            met = met or (sorted(self.parties) if self._sides(objects) else [])
            if "together" in beside and len({scene.bodies.body(actor) for actor in met}) < 2:
                met = [*met, *self._inside(objects)]
            place = [k for k in scene.tokens.obliques(i, "to", "in", "at") if k in scene.places]
            table = [k for k in scene.tokens.obliques(i, "to", "around", "round") if scene.words[k] == "table"]
            others = [actor for actor in scene.phrases.who(objects) if scene.bodies.body(actor) not in self.parties]
            rebels = [actor for actor in others if self.rules.inside(actor)]
            if "together" in beside and met and rebels:
                # "brought the rebels and seven political parties together"
                met = [*met, *rebels]
            if (
                not ("together" in beside or place or table)
                or not subjects
                or inside
                or len({scene.bodies.body(a) for a in met}) < 2
            ):
                return None
            if hoped:
                # "hopes to bring the parties together again in late January"
                return Draft("talks", i, start, end, met, thirds=subjects, status="future")
            sentence = scene.tokens.text(*scene.tokens.sentence(i))
            return Draft("talks", i, start, end, met, thirds=subjects, outcome=outcome_of(sentence, self.vocabulary))
        tables = [*objects, *scene.tokens.obliques(i, "in", "to")]
        if word == "take" and not any(scene.words[k] == "part" for k in objects):
            return None
        if word == "send" and not any(scene.words[k] in self.lists.envoys for k in objects):
            return None
        if word in self.lists.attending:
            tables = tables or [i]
        deeper = [kid for k in tables for kid in scene.tokens.obliques(k, "in", "to", "of")]
        # "hosted the meeting. The ambassadors of … attended."
        there = word == "attend" and tables == [i] and self.rules.topical(i)
        talks = any(scene.words[k] in self.vocabulary.classes["talks"] for k in [*tables, *deeper])
        if not (talks or there) or not subjects:
            return None
        outside = [actor for actor in subjects if actor not in inside]
        return Draft("talks", i, start, end, inside, thirds=outside, bare=not inside)

    def _shifted(self, i: int) -> list[int]:
        """Objects that stand behind a place: "brought together in Arusha the heads of both governments"."""
        scene = self.scene
        bare = [k for k in scene.tree.kids(i, "obl", "obl:unmarked") if k > i and not scene.tokens.case(k)]
        return [k for k in bare if scene.phrases.named(k) or scene.words[k] in self.lists.officials]

    def _inside(self, heads: Sequence[int]) -> list[str]:
        """Parties that are named anywhere in phrases: "the head of state, Mr Bio, and the leader of the Front"."""
        scene, tree = self.scene, self.scene.tree
        mentions = [m for head in heads for m in scene.actors.within(tree.left[head], tree.right[head] + 1)]
        return [m.actor for m in mentions if m.sense == "actor" and scene.bodies.body(m.actor) in self.parties]

    def _together_for(self, i: int) -> bool:
        """Whether hours or days were spent behind closed doors, together or at a table."""
        scene = self.scene
        time = any(scene.words[k] in self._periods for k in scene.arguments.objects(i))
        inside = {scene.plain[k] for k in scene.tree.subtree(i)} & self.lists.closeted
        return time and bool(inside)

    def _spent(self, i: int) -> Draft | None:
        """ "The delegations spent six hours behind closed doors"."""
        scene = self.scene
        named = scene.phrases.who([*scene.arguments.subjects(i), *scene.tokens.obliques(i, "with")])
        met = [actor for actor in named if scene.bodies.body(actor) in self.parties]
        if (
            len({scene.bodies.body(actor) for actor in met}) < 2
            or scene.clauses.negated(i)
            or self._status(i) != "told"
        ):
            return None
        start, end = scene.tokens.clause(i)
        return Draft("talks", i, start, end, met, thirds=[actor for actor in named if actor not in met])

    def _mediating(self, i: int) -> Draft | None:
        """ "in Jeddah, where both have been mediating since May": there are talks, these are third parties."""
        scene = self.scene
        thirds = [
            actor
            for actor in scene.phrases.who(scene.arguments.subjects(i))
            if scene.bodies.body(actor) not in self.parties
        ]
        somewhere = any(k in scene.places for k in scene.tokens.obliques(i, "in", "at"))
        somewhere = somewhere or any(scene.words[k] == "where" for k in scene.tree.kids(i, "advmod"))
        if (
            not thirds
            or not somewhere
            or scene.clauses.negated(i)
            or scene.clauses.unreal(i)
            or self._status(i) != "told"
        ):
            return None
        start, end = scene.tokens.clause(i)
        return Draft("talks", i, start, end, [], thirds=thirds, bare=True)

    def _sides(self, heads: Sequence[int]) -> bool:
        """Whether "both sides", "the two men", "the rivals", "them" stand there."""
        scene = self.scene
        for head in heads:
            words = {scene.plain[kid] for kid in scene.tree.children[head]}
            if scene.words[head] in self.lists.counterparts | self.lists.persons and (
                words & {"both", "two"} or (scene.doc[head].tag_ == "NNS" and "the" in words)
            ):
                return True
            if scene.plain[head] in ("them", "both"):
                return True
        return False

    def _verb(self, i: int, word: str) -> Draft | None:
        scene = self.scene
        subjects = scene.phrases.who(self._both(i, word))
        if not subjects and word in self.lists.mutual and self._officials(i):
            # "The foreign ministers met the mediator": the sides' own.
            subjects = sorted(self.parties)
        heads = scene.tokens.obliques(i, "with", "to", "from") if word in self.lists.with_or_to else []
        if word in self.lists.with_only:
            heads = scene.tokens.obliques(i, "with")
        if word in self.lists.travelling and scene.arguments.objects(i):
            return None
        objects = scene.arguments.objects(i) if word not in self.lists.of_things else []
        met = scene.phrases.who([*objects, *heads])
        if not met and self._sides([*objects, *heads]):
            met = sorted(self.parties - {scene.bodies.body(actor) for actor in subjects})
        if word == "visit":
            met += [mention.actor for head in objects for mention in scene.actors.at(head)]
        if word == "visit" or word in self.lists.travelling:
            if goes_to_talks(scene, i, subjects, self.parties, self.vocabulary):
                return None
            met += self._hosts_of_visit(objects if word == "visit" else scene.tokens.obliques(i, "to"), subjects)
            if not met:
                return None
        inside = {scene.bodies.body(actor) for actor in subjects} & self.parties
        own = {scene.bodies.body(actor) for actor in met} <= {scene.bodies.body(actor) for actor in subjects}
        if own and not inside and any(scene.words[k] in self.lists.counterparts for k in [*objects, *heads]):
            # "telephoned his counterparts", "spoke to leaders in both capitals"
            met = sorted(self.parties)
        if word == "call" and (scene.tokens.obliques(i, "for", "on", "upon") or scene.tree.kids(i, "xcomp", "ccomp")):
            return None
        if word in self.lists.receiving and {scene.bodies.body(actor) for actor in met} <= {
            scene.bodies.body(actor) for actor in subjects
        }:
            # Who consults his own leaders meets nobody.
            return None
        if word == "host" and not any(scene.phrases.named(head) for head in objects):
            return None
        if scene.tree.kids(i, "nsubj:pass"):
            subjects, met = met, subjects
        draft = self._draft(i, subjects, met, word)
        outsiders = [
            a
            for a in subjects
            if scene.profiles.is_established(scene.bodies.body(a)) and scene.bodies.body(a) not in self.parties
        ]
        if self._officials(i):
            outsiders = []
        if draft is not None and draft.kind == "consultation" and not met and word in self.lists.coming:
            # "Tokyo and Ankara, which sit in the contact group"
            draft = None
        if draft is not None and draft.kind == "consultation" and not met and self._officials(i):
            # "The generals spoke again by hotline": the sides', whomever a pronoun or a title was taken for.
            draft = None
        papers = (
            [k for k in scene.arguments.objects(i) if scene.words[k] in self._papers] if word == "negotiate" else []
        )
        if draft is None and papers and not self.rules.deals.is_theirs(i, papers):
            # "Uganda negotiated a loan agreement"
            return None
        several = self._plural(i) or self._panel(i)
        if draft is None and word in self.lists.mutual and not objects and several and not outsiders:
            status = self._status(i)
            if status is not None:
                # "The two panels will meet again": the sides, without their names.
                start, end = scene.tokens.clause(i)
                told = None if status == "told" else "future"
                whole = self._officials(i) or self._panel(i)
                subjects = [] if whole else subjects
                draft = Draft("talks", i, start, end, sorted(self.parties) if whole else [], bare=not whole)
                draft.status = told  # type: ignore[assignment]
                draft.round = round_of(scene.tokens.text(start, end), self.vocabulary)
        if draft is None and papers:
            # "The document was negotiated over three days under the eyes of the president"
            start, end = scene.tokens.clause(i)
            draft = Draft("talks", i, start, end, sorted(self.parties), thirds=self.rules.thirds(i))
        if draft is not None and draft.kind == "talks" and not draft.bare:
            self._callers(draft, subjects)
        return draft

    def _both(self, i: int, word: str) -> list[int]:
        """The subjects of a verb; all of "Taha and Garang, who had haggled for a year", wherever the clause hangs."""
        scene, tree = self.scene, self.scene.tree
        heads = scene.arguments.subjects(i)
        if (
            word in self.lists.mutual
            and tree.deps[i] == "acl:relcl"
            and len(heads) == 1
            and tree.deps[heads[0]] == "conj"
        ):
            return [tree.heads[heads[0]]]
        return heads

    def _hosts_of_visit(self, heads: Sequence[int], subjects: Sequence[str]) -> list[str]:
        """Whom an official sees who travels to a place: the party whose place it is."""
        scene = self.scene
        named = [k for head in heads for k in scene.tokens.conjuncts(head)]
        countries = [scene.places[k].country for k in named if k in scene.places]
        if not subjects or not all(
            scene.profiles.is_person(actor) or scene.profiles.is_country(actor) for actor in subjects
        ):
            return []
        heard = self.parties | {body for body, role in told_roles(scene, self.vocabulary) if role != "envoy"}
        return [country for country in countries if country is not None and country in heard]

    def _officials(self, i: int) -> bool:
        """Whether the subject are "the generals", "their envoys" and nobody says whose."""
        scene = self.scene
        heads = scene.arguments.subjects(i)
        return any(self._nobodys(head) for head in heads)

    def _panel(self, i: int) -> bool:
        """Whether a body of both sides comes together: "the border committee of the two countries is to convene"."""
        scene = self.scene
        for head in scene.arguments.subjects(i):
            owners = [
                k
                for k in scene.tokens.obliques(head, "of")
                if scene.phrases.sides(k) is not None or scene.words[k] in self.lists.states
            ]
            kinds = {scene.plain[k] for k in scene.tree.kids(head, "amod")}
            joint = bool(kinds & self.lists.joint)
            if scene.words[head] in self.lists.panels and (owners or joint):
                return True
        return False

    def _nobodys(self, head: int) -> bool:
        """Whether a plural noun of office stands without a name."""
        scene, tree = self.scene, self.scene.tree
        if scene.words[head] not in self.lists.officials or scene.doc[head].tag_ != "NNS":
            return False
        named = tree.kids(head, "amod", "compound", "nmod", "appos", "flat", "nmod:poss", "conj", "nmod:desc")
        owners = {
            scene.bodies.body(a) for kid in named if scene.doc[kid].pos_ != "PRON" for a in scene.phrases.named(kid)
        }
        return not owners or (len(owners) > 1 and owners <= self.parties)

    def _plural(self, i: int) -> bool:
        """Whether several do it."""
        heads = self.scene.arguments.subjects(i)
        return any(
            self.scene.doc[k].tag_ in ("NNS", "NNPS") or self.scene.plain[k] in ("they", "both")
            for head in heads
            for k in self.scene.tokens.conjuncts(head)
        )

    def _callers(self, draft: Draft, subjects: Sequence[str]) -> None:
        """A third party that calls on several parties one by one consults; it holds no talks between them."""
        bodies = {self.scene.bodies.body(actor) for actor in subjects}
        if bodies and not bodies & self.parties:
            draft.kind = "consultation"
            draft.recipients, draft.actors = draft.actors, list(subjects)
            draft.thirds, draft.outcome, draft.round = [], None, None

    # ------------------------------------------------------------------ nouns

    def _noun(self, i: int, word: str) -> Draft | None:
        scene, tree = self.scene, self.scene.tree
        beside = {scene.plain[k] for k in tree.children[i]}
        if beside & self.lists.not_beside:
            return None
        between = scene.phrases.between(i) or scene.phrases.who(scene.tokens.obliques(i, "involving"))
        if any(self._nobodys(kid) for kid in scene.tokens.obliques(i, "between", "among")):
            # "negotiations between their envoys"
            between = sorted(self.parties)
        inner = scene.phrases.who(
            [kid for kid in tree.children[i] if tree.deps[kid] in ("compound", "amod", "nmod:desc")]
        )
        others = (
            scene.phrases.who(scene.tokens.obliques(i, "with", "to"))
            if word != "visit"
            else scene.phrases.who(scene.tokens.obliques(i, "to"))
        )
        if not others and self._sides(scene.tokens.obliques(i, "with", "to")):
            others = sorted(self.parties)
        makers = scene.phrases.who(tree.kids(i, "nmod:poss") + scene.tokens.obliques(i, "by", "of"))
        carrier = self._carrier(i)
        subjects: list[str] = []
        callers = scene.phrases.who(scene.tokens.obliques(i, "from")) if word in self.lists.brief else []
        if callers and not others:
            # "returned after a call from Javier Solana", "received a call from him"
            makers = callers
            others = scene.phrases.who(scene.arguments.subjects(tree.clause(i)))
        thirds = list(self.rules.thirds(i))
        going = tree.heads[i]
        if tree.deps[i] == "obl" and scene.tokens.case(i) == "for" and scene.words[going] in self.lists.going:
            # "sent an envoy to Bishkek for talks with the president"
            subjects = scene.phrases.who(scene.arguments.subjects(going))
        if carrier is not None:
            verb = scene.words[carrier]
            # Who is named beside talks that "began" or "produced" something did neither.
            doers = [head for head in scene.arguments.subjects(carrier) if not tree.is_under(i, head)]
            acting = scene.phrases.who(doers)
            if verb in self.lists.hosting:
                thirds += [host for head in scene.arguments.subjects(carrier) for host in scene.phrases.hosts(head)]
            else:
                subjects = acting
                others = others or scene.phrases.who(scene.tokens.obliques(carrier, "with"))
        named = between or [*subjects, *makers, *inner]
        if (
            not subjects
            and not makers
            and not between
            and len({scene.bodies.body(a) for a in others} & self.parties) == 1
        ):
            # "talks with Russia's minister in the Turkish capital": with the third party that the sentence is about.
            host = self._counterpart(i)
            if host is not None:
                named = [host, *named]
        draft = self._draft(i, named, others if not between else [*others], word, thirds)
        if draft is not None and carrier is not None:
            first, last = scene.tokens.clause(carrier)
            draft.start, draft.end = min(first, draft.start), max(last, draft.end)
        return draft

    def _counterpart(self, i: int) -> str | None:
        """The one third party that is the subject of the sentence, where a noun of talks names but one side."""
        scene = self.scene
        root = i
        while scene.tree.heads[root] != root:
            root = scene.tree.heads[root]
        actors = [actor for actor in scene.phrases.who(scene.arguments.subjects(root)) if scene.profiles.can_act(actor)]
        bodies = {scene.bodies.body(actor) for actor in actors}
        outside = len(bodies) == 1 and not bodies & self.parties
        return actors[0] if outside and scene.profiles.is_established(scene.bodies.body(actors[0])) else None

    def _carrier(self, i: int) -> int | None:
        """The verb that carries a noun: "hold talks", "talks were held", "entered into negotiations"."""
        scene, tree = self.scene, self.scene.tree
        head, dep = tree.heads[i], tree.deps[i]
        if (scene.words[head] == "round" or scene.words[head] in self._periods) and dep == "nmod":
            # "held a round of talks", "held two days of talks"
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
        named = [actor for actor in dict.fromkeys([*ones, *others]) if scene.profiles.can_act(actor)]
        bodies = list(dict.fromkeys(scene.bodies.body(actor) for actor in named))
        inside = [body for body in bodies if body in self.parties]
        outside = [body for body in bodies if body not in self.parties]
        status = self._status(i)
        if status is None:
            return None
        start, end = scene.tokens.clause(i)
        first, last = scene.tokens.sentence(i)
        text = scene.tokens.text(first, last)
        clause = scene.tokens.text(*scene.tokens.clause(scene.tree.clause(i)))
        draft = Draft(
            kind="talks",
            predicate=i,
            start=start,
            end=end,
            actors=[],
            status=None if status == "told" else status,  # type: ignore[arg-type]
            round=round_of(scene.tokens.text(start, end), self.vocabulary),
            # What the clause says came of the talks counts before what befell a deal later on.
            outcome=self._outcome(clause, text) if word not in self.lists.brief else None,
        )
        if len(inside) >= 2:
            draft.actors = [actor for actor in named if scene.bodies.body(actor) in self.parties]
            draft.thirds = [*(actor for actor in named if scene.bodies.body(actor) in outside), *thirds]
            return draft
        others_thirds = list(dict.fromkeys([*(a for a in named if scene.bodies.body(a) in outside), *thirds]))
        if inside and others_thirds:
            draft.kind = "consultation"
            draft.actors = others_thirds
            draft.recipients = [actor for actor in named if scene.bodies.body(actor) in inside]
            draft.outcome = None
            return draft
        if len(outside) >= 2 and ones and word not in self.lists.seeing:
            draft.kind = "consultation"
            first_body = scene.bodies.body(named[0])
            draft.actors = [actor for actor in named if scene.bodies.body(actor) == first_body]
            draft.recipients = [actor for actor in named if scene.bodies.body(actor) != first_body]
            draft.outcome = None
            return draft
        if word in self.lists.bargaining | self.lists.table or (word == "consultation" and self._lasting(i)):
            draft.actors = [actor for actor in named if scene.bodies.body(actor) in inside]
            draft.thirds = others_thirds
            draft.bare = True
            return draft
        return None

    def _outcome(self, clause: str, sentence: str) -> Outcome | None:
        own = outcome_of(clause, self.vocabulary)
        return own if own == "agreement" else outcome_of(sentence, self.vocabulary)

    def _lasting(self, i: int) -> bool:
        """Whether it went on for a time: "a week of consultations"."""
        head = self.scene.tree.heads[i]
        return self.scene.tokens.case(i) == "of" and self.scene.words[head] in self._periods

    def _passive(self, i: int) -> bool:
        return bool(self.scene.tree.kids(i, "nsubj:pass", "aux:pass"))

    def _status(self, i: int) -> str | None:
        """None where talks are only spoken of; "told" where the events or the clause say more."""
        scene, tree = self.scene, self.scene.tree
        k, passed = i, 0
        while passed < 5:
            head = tree.heads[k]
            finite = scene.doc[k].tag_ in ("VBD", "VBZ", "VBP", "MD")
            if scene.doc[k].pos_ in ("VERB", "AUX") and scene.clauses.modal(k) in _MODALS:
                return "future" if scene.clauses.backshifted(k) else None
            if (
                tree.deps[k] == "nmod"
                and scene.tokens.case(k) == "for"
                and scene.words[head] not in self.vocabulary.meeting
            ):
                # "a framework for talks", "a date for the meeting"
                return None
            if k != i and scene.words[k] in self.lists.planned and scene.doc[k].pos_ in ("VERB", "ADJ"):
                # "the meeting that Norway had arranged" was held.
                done = not self._passive(k) or (scene.words[k] == "arrange" and bool(scene.tokens.obliques(k, "by")))
                arranged = scene.words[k] in self.lists.arranged and scene.doc[k].tag_ in _PAST and done
                return "told" if arranged else "future"
            if k != i and self._cancelled(k, i):
                return "negated"
            if k != i and self._promised(k):
                return "future"
            if k != i and scene.words[k] in self.lists.wanted:
                return None
            if head == k or (finite and tree.deps[k] in ("ccomp", "parataxis", "acl:relcl", "root", "conj")):
                break
            if tree.deps[k] in ("obl", "advcl", "nmod") and scene.tokens.case(k) in _SETTING:
                # "agreed after two days of talks": what they agreed on says nothing of the talks.
                break
            k, passed = head, passed + 1
        return "told"

    def _cancelled(self, k: int, i: int) -> bool:
        """Whether planned talks are told to have been cancelled: "a meeting planned for May was put off"."""
        scene, tree = self.scene, self.scene.tree
        put_off = scene.words[k] in self.lists.putting and any(
            scene.plain[kid] in self.lists.away for kid in tree.children[k]
        )
        if not (put_off or scene.words[k] in self.lists.cancelling) or i not in tree.kids(k, "obj", "nsubj:pass"):
            return False
        return any(scene.words[kid] in self.lists.planned for kid in tree.kids(i, "acl", "amod", "acl:relcl"))

    def _promised(self, k: int) -> bool:
        """Whether a verb tells what is to be done: "with an undertaking to curb violence and to hold a new round"."""
        scene, tree = self.scene, self.scene.tree
        first = tree.heads[k] if tree.deps[k] == "conj" else k
        infinitive = tree.deps[first] == "acl" and any(scene.plain[kid] == "to" for kid in tree.kids(first, "mark"))
        return infinitive and scene.words[tree.heads[first]] in self.lists.promises
