"""The kinds of step, found by predicates, what they govern, and who is named: the rules of ``data/steps.toml``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from dragoman.mediation.coded import PROVISO
from dragoman.mediation.deals import Deals
from dragoman.mediation.drafts import Draft
from dragoman.mediation.profiles import MOVEMENTS
from dragoman.mediation.scene import Scene
from dragoman.mediation.talks import round_of, terms_of
from dragoman.mediation.vocabulary import Rule, Vocabulary
from dragoman.mediation.wordlists import load_wordlists

# Kinds that are told by rules over a predicate and its complements; the meetings have a finder of their own.
_TERMED = frozenset({"proposal", "agreement", "refusal", "acceptance", "appeal", "condition"})
_GOVERNED = ("obj", "iobj", "xcomp", "ccomp", "obl", "nmod", "nsubj:pass", "acl", "advcl", "obl:agent", "obl:arg")
_DEEPER = ("nmod", "acl", "compound", "amod", "conj", "xcomp", "obj", "obl", "nmod:poss", "appos", "acl:to")


# Verbs that bring about what they govern, or set a day for it.
_BRINGING = frozenset("manage due expect schedule set agree plan begin help come be".split())


_BOTH = frozenset({"side", "party", "rival", "foe", "enemy", "camp", "faction", "belligerent", "neighbour", "neighbor"})
_BOTHSIDES = re.compile(r"\b(?:both|the two|either) (?:side|part|countr|camp|capital|government|leader)\w*|\bthem\b")
_LEAVING = frozenset(
    {"quit", "abandon", "withdraw", "walk", "pull", "leave", "storm", "give", "resign", "retire", "step"}
)
# What a third party does to a deal of others.
_BROKERING = frozenset("broker mediate arrange negotiate secure forge facilitate achieve engineer".split())
_AHEAD = frozenset({"will", "would", "'ll", "wo", "shall", "can", "could"})
_MEANWHILE = frozenset("as while since after when before during amid until".split())
_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_TAKEN = frozenset({"obj", "iobj", "nsubj:pass", "obl"})


class StepFinder:
    """Finds the steps that rules tell."""

    def __init__(self, scene: Scene, parties: Sequence[str], vocabulary: Vocabulary) -> None:
        self.scene = scene
        self.parties = frozenset(parties)
        self.vocabulary = vocabulary
        self.deals = Deals(scene, parties, vocabulary)
        self._tables = vocabulary.meeting | vocabulary.tables | load_wordlists().shared.all_periods

    def find(self) -> Iterator[Draft]:
        """All drafts in reading order; one predicate tells one step."""
        for i, word in enumerate(self.scene.words):
            for rule in self.vocabulary.by_word.get(word, ()):
                if rule.who == "meet":
                    continue
                draft = self._match(rule, i)
                if draft is not None:
                    yield draft
                    break

    def _match(self, rule: Rule, i: int) -> Draft | None:
        """The step that a rule tells of a predicate, if it tells one."""
        if not (self._is_worded(rule, i) and self._is_meant(rule, i)):
            return None
        governed = self._concerned(rule, i)
        matched = self._complements(rule, i, governed)
        if matched is None:
            return None
        if rule.kind == "offer" and matched and all(self._is_others(i, k) for k in matched):
            # "proposed that they resume work": it offers nothing of its own.
            return None
        actors = self._actors(rule, i)
        recipients = self._recipients(rule, i, governed)
        if not self._may(rule, {self.scene.bodies.body(actor) for actor in actors}, recipients):
            return None
        if not self._is_taken_by(rule, matched, actors, recipients):
            return None
        draft = self._draft(rule, i, actors, recipients)
        if self._is_left_undone(draft, i):
            # Who did not sign has refused; who will not sign until … names a condition.
            draft.kind, draft.status = "refusal", "actual"
            return None if self._has_proviso(i) or self._is_nobodys(i) else draft
        if rule.kind in ("agreement", "breakdown") and not self._settles(draft, rule, i, matched):
            return None
        return draft

    def _is_worded(self, rule: Rule, i: int) -> bool:
        """Whether a predicate is of the right sort, with the small words beside it that the rule asks for."""
        scene = self.scene
        pos = scene.doc[i].pos_
        if pos not in ("VERB", "NOUN", "ADJ", "PROPN") or (rule.kind == "proposal" and pos != "VERB"):
            return False
        # The "out" of a "sell-out" is no particle of the verb.
        beside = {
            scene.plain[kid] for kid in scene.tree.children[i] if not (kid and scene.doc[kid - 1].text in ("-", "‑"))
        }
        if (rule.particles and not rule.particles & beside) or rule.not_with & beside:
            return False
        if rule.prepositions and not scene.tokens.obliques(i, *rule.prepositions):
            return False
        if rule.not_before and scene.tokens.obliques(i, *rule.not_before):
            return False
        if rule.subjects and not rule.subjects & self._subject_words(i):
            return False
        if rule.not_as & {scene.words[k] for k in scene.tokens.obliques(i, "as")}:
            return False
        return not rule.manner or self._has_manner(rule, i)

    def _subject_words(self, i: int) -> set[str]:
        """What the subject of a predicate is, and of what kind: "a signing ceremony", "three days of talks"."""
        scene, tree = self.scene, self.scene.tree
        heads = [*scene.arguments.subjects(i), *tree.kids(i, "nsubj:pass")]
        return {scene.words[k] for head in heads for k in [head, *tree.kids(head, "compound", "amod", "nmod")]}

    def _has_manner(self, rule: Rule, i: int) -> bool:
        """Whether one of the words that say how stands near enough."""
        first, stop = self.scene.tokens.sentence(i)
        return any(self.scene.plain[k] in rule.manner for k in range(max(first, i - 3), min(stop, i + rule.within)))

    def _is_meant(self, rule: Rule, i: int) -> bool:
        """Whether a predicate is denied, put off or only thought of just as the rule would have it."""
        scene = self.scene
        modal = scene.clauses.modal(i)
        if rule.negated and not scene.clauses.negated(i):
            return False
        if rule.kind in ("refusal", "criticism") and not rule.negated and scene.clauses.negated(i):
            # Who does not rule talks out or declines to blame anybody does neither.
            return False
        if rule.kind == "refusal" and rule.negated and self._has_proviso(i):
            # "would not sign until …" names a condition.
            return False
        if (rule.modal and modal not in _AHEAD) or modal in rule.not_modal:
            return False
        if rule.topical and not self.topical(i):
            return False
        if rule.kind == "breakdown" and (scene.clauses.unreal(i) or scene.clauses.negated(i)):
            # "The mission has not failed": what is said of it is a judgement.
            return False
        return not (rule.kind in ("agreement", "proposal") and self._wished(i))

    def _has_proviso(self, i: int) -> bool:
        """Whether what hangs on a predicate names a condition: "until", "unless"."""
        return bool(PROVISO.search(self.scene.tokens.text(i, self.scene.tree.right[i] + 1)))

    def _concerned(self, rule: Rule, i: int) -> list[int]:
        """What a predicate governs of all that the rule may look at."""
        tree = self.scene.tree
        governed = self._governed(i, subjects=rule.kind == "breakdown")
        if rule.kind == "breakdown" and self.scene.doc[i].pos_ == "VERB" and not rule.prepositions:
            # "suspended sanctions in return for the deal" does not suspend the deal.
            objects = tree.kids(i, "obj")
            return [k for k in governed if any(tree.is_under(k, o) for o in objects)] if objects else governed
        return governed

    def _complements(self, rule: Rule, i: int, governed: Sequence[int]) -> list[int] | None:
        """The words that complete the rule's predicate; None where they do not complete it."""
        words = self.scene.words
        if any(words[k] in rule.without for k in governed):
            return None
        matched = [k for k in governed if words[k] in rule.complements and k != i and self._stands(rule, i, k)]
        if rule.deep and not matched:
            below = self.scene.tree.subtree(i, self._meanwhile)
            matched = sorted(k for k in below if words[k] in rule.complements and k > i)
        if rule.kind == "offer" and i and words[i - 1] in rule.complements:
            # "mediation offers": next to each other, whatever the tree makes of them.
            matched.append(i - 1)
        if not matched and rule.complements and not rule.unbound and not (rule.bare and self._alone(i)):
            return None
        if rule.not_only and matched and all(words[k] in rule.not_only for k in matched):
            return None
        return matched

    def _is_others(self, i: int, k: int) -> bool:
        """Whether a complement is what somebody else is to do: it stands in a clause with another subject."""
        tree, phrases = self.scene.tree, self.scene.phrases
        clauses = [kid for kid in tree.kids(i, "ccomp") if tree.is_under(k, kid)]
        doers = phrases.who([s for clause in clauses for s in tree.kids(clause, "nsubj", "nsubj:pass")])
        return bool(doers) and not set(doers) & set(phrases.who(self.scene.arguments.subjects(i)))

    def _stands(self, rule: Rule, i: int, k: int) -> bool:
        """Whether a complement stands where the rule would have it."""
        tree = self.scene.tree
        if rule.stands == "anywhere" or (rule.stands == "within object" and self.scene.doc[i].pos_ != "VERB"):
            return True
        if rule.stands == "after preposition":
            return k in self.scene.tokens.obliques(i, *rule.prepositions)
        objects = tree.kids(i, "obj", "nsubj:pass")
        return k in objects if rule.stands == "object" else any(tree.is_under(k, o) for o in objects)

    def _is_taken_by(
        self, rule: Rule, matched: Sequence[int], actors: Sequence[str], recipients: Sequence[str]
    ) -> bool:
        """Whether as many sides as the rule asks for take the step, towards whom it would have."""
        scene = self.scene
        bodies = {scene.bodies.body(actor) for actor in actors}
        together = len(bodies & self.parties) >= 2
        if (rule.sides == "one" and len(bodies) > 1) or (rule.sides == "both" and not together):
            return False
        towards = {scene.bodies.body(actor) for actor in recipients}
        if rule.loose and not any(scene.profiles.is_established(body) for body in towards):
            return False
        others = [actor for actor in recipients if scene.bodies.body(actor) not in bodies]
        if rule.kind == "request" and others and all(scene.profiles.is_own_people(each, actors) for each in others):
            return False  # "urged his supporters to stay calm"
        if matched or not rule.unbound:
            return True
        return together if rule.kind == "agreement" else bool(towards & self.parties)

    def _draft(self, rule: Rule, i: int, actors: list[str], recipients: Sequence[str]) -> Draft:
        scene = self.scene
        first, last = scene.tokens.clause(i)
        text = scene.tokens.text(first, last)
        bodies = {scene.bodies.body(actor) for actor in actors}
        draft = Draft(
            # "had not asked any country to mediate": it wants no mediator.
            kind="refusal" if rule.kind == "request" and scene.clauses.negated(i) else rule.kind,
            predicate=i,
            start=first,
            end=last,
            actors=actors,
            recipients=[actor for actor in recipients if scene.bodies.body(actor) not in bodies],
            terms=terms_of(text, self.vocabulary) if rule.kind in _TERMED else (),
            round=round_of(text, self.vocabulary) if rule.kind == "breakdown" else None,
        )
        if rule.subjects and scene.words[i] in load_wordlists().meetings.planned:
            draft.status = "future"
        if rule.negated:
            # That it was not done is what is told.
            draft.status = "actual"
        return draft

    def _is_left_undone(self, draft: Draft, i: int) -> bool:
        """Whether a party is told not to accept or to sign."""
        taken = draft.kind in ("agreement", "acceptance") and self.scene.clauses.negated(i)
        return taken and any(self.scene.bodies.body(actor) in self.parties for actor in draft.actors)

    def _is_nobodys(self, i: int) -> bool:
        """Whether what was not done is nobody's refusal: "the talks brought no deal", "so as not to sign one sheet"."""
        scene = self.scene
        aim = scene.doc[i].tag_ == "VB" and scene.tree.deps[i] == "advcl"
        return aim or bool(self._subject_words(i) & self.vocabulary.classes["talks"])

    def _settles(self, draft: Draft, rule: Rule, i: int, matched: Sequence[int]) -> bool:
        """Whether a deal is made or broken by parties; the draft then says by which."""
        scene = self.scene
        self._share(draft, i, matched)
        told = bool(scene.tree.kids(i, "nsubj:pass", "aux:pass")) or draft.kind == "breakdown"
        # "The accord, signed in Abuja on Sunday, …"
        told = told or self._described(i) is not None or bool(rule.subjects)
        if draft.kind == "agreement" and (self._brokered(draft, i) or self.deals.is_others(i, matched)):
            told = False
        if not draft.actors and told:
            # "The accord was signed", "the truce collapsed": whose, if not the parties'?
            draft.actors = sorted(self.parties)
        if not draft.actors or (draft.kind == "agreement" and self._elsewhere(draft, i, matched)):
            return False
        return rule.sides != "shared" or len({scene.bodies.body(actor) for actor in draft.actors}) >= 2

    def _described(self, i: int) -> int | None:
        """The noun of which a participle says what was done to it: "an accord reached in Abuja".

        Without a subject, the tag of a past tense is a slip of the tagger. "The accord, brokered by Togo, gives …":
        a participle between a noun and its verb is the noun's, though the tree hangs it on the verb.
        """
        scene, tree = self.scene, self.scene.tree
        tag, bare = scene.doc[i].tag_, not tree.kids(i, "nsubj", "nsubj:pass")
        if tree.deps[i] == "acl":
            return tree.heads[i] if tag == "VBN" or (tag == "VBD" and bare) else None
        verb = tree.heads[i]
        if tree.deps[i] != "advcl" or tag != "VBN" or not bare or verb < i or tree.kids(i, "mark", "aux", "advmod"):
            return None
        before = [kid for kid in tree.children[verb] if kid < i and tree.right[kid] in (i - 1, i - 2)]
        return next((kid for kid in before if scene.doc[kid].pos_ in ("NOUN", "PROPN")), None)

    def _meanwhile(self, k: int) -> bool:
        """Whether a clause or a phrase only says when: "accused him of it as the talks went on"."""
        scene = self.scene
        marks = {scene.plain[mark] for mark in scene.tree.kids(k, "mark", "advmod")} | {scene.tokens.case(k)}
        return scene.tree.deps[k] in ("advcl", "obl", "obl:unmarked") and bool(marks & _MEANWHILE)

    def _elsewhere(self, draft: Draft, i: int, matched: Sequence[int]) -> bool:
        """Whether one party signs with an outsider: "signed a defence pact with Turkey" settles nothing here."""
        scene = self.scene
        if len({scene.bodies.body(actor) for actor in draft.actors}) > 1:
            return False
        others = [k for noun in [i, *matched] for k in scene.tokens.obliques(noun, "with")]
        countries = [
            actor for actor in scene.phrases.who(others) if scene.profiles.is_country(scene.bodies.body(actor))
        ]
        return any(scene.bodies.body(actor) not in self.parties for actor in countries) or (
            any(scene.bodies.body(actor) in self.parties for actor in countries)
            and any(
                scene.profiles.is_country(scene.bodies.body(actor))
                for actor in scene.phrases.who(scene.arguments.subjects(i))
            )
            and not any(
                scene.bodies.body(actor) in self.parties for actor in scene.phrases.who(scene.arguments.subjects(i))
            )
        )

    def _inside(self, body: str) -> bool:
        """Whether a body is a party, or another movement in the country of one: it takes a side's steps."""
        if body in self.parties:
            return True
        home = {self.scene.profiles.country_of(party) for party in self.parties}
        return self.scene.profiles.sector(body) in MOVEMENTS and self.scene.profiles.country_of(body) in home

    def inside(self, actor: str) -> bool:
        """Whether an actor is of the country that a party is, a third party never."""
        home = {self.scene.profiles.country_of(party) for party in self.parties} - {None}
        return self.scene.profiles.country_of(self.scene.bodies.body(actor)) in home

    def topical(self, i: int) -> bool:
        """Whether the sentence, or the one before it, names talks, a deal or the mediation."""
        first, last = self.scene.tokens.sentence(i)
        if first:
            first = self.scene.tokens.sentence(first - 1)[0]
        text = self.scene.tokens.text(first, last)
        return self.vocabulary.topics.search(text) is not None

    def _alone(self, i: int) -> bool:
        """Whether nothing says what or whom a predicate is for."""
        return not self.scene.tree.kids(i, "nmod", "obj", "ccomp", "xcomp", "acl")

    def _wished(self, i: int) -> bool:
        """Whether a deal is only thought of: "if they came to terms", "not until they sign", "to reach a deal"."""
        scene = self.scene
        head = scene.tree.heads[i]
        marks = {scene.plain[kid] for kid in scene.tree.kids(i, "mark")}
        marks |= {scene.plain[kid] for kid in scene.tree.kids(head, "mark", "case")}
        if marks & {"if", "unless", "whether", "lest", "without"}:
            return True
        if marks & {"after", "once", "when"} and i > head and scene.clauses.modal(head) in ("will", "would", "'ll"):
            # "would hold their fire only after the accord had been signed"
            return True
        if "until" in marks and not (scene.clauses.came_about(i) or scene.clauses.came_about(head)):
            return True
        governor = scene.words[head]
        return "to" in marks and scene.doc[i].tag_ == "VB" and governor not in _BRINGING

    def _share(self, draft: Draft, i: int, matched: Sequence[int]) -> None:
        """A deal is made and broken by all who are in it; others who are named are its third parties."""
        scene = self.scene
        doers = list(draft.actors)
        named = doers + list(draft.recipients)
        for noun in matched:
            named += scene.phrases.who(scene.tokens.obliques(noun, "between", "with", "among"))
            named += scene.phrases.who(scene.arguments.makers(noun))
        named = list(dict.fromkeys(named))
        if not named and any(scene.words[head] in _BOTH for head in scene.arguments.subjects(i)):
            # "The two sides agreed …"
            named = sorted(self.parties)
        draft.actors = [actor for actor in named if scene.bodies.body(actor) in self.parties]
        if draft.kind == "agreement" and len({scene.bodies.body(actor) for actor in draft.actors}) < 2:
            draft.actors = self._before(i) or draft.actors
        outside = [actor for actor in named if scene.bodies.body(actor) not in self.parties]
        draft.recipients = []
        if draft.kind == "breakdown" and outside and not draft.actors and scene.words[i] in _LEAVING:
            # Who quits the process is the one who breaks off, whether it was told to be a party or not.
            draft.actors = [actor for actor in doers if scene.profiles.can_act(actor)]
            return
        for noun in [i, *matched]:
            outside += self.thirds(noun)
        draft.thirds = list(dict.fromkeys(actor for actor in outside if scene.bodies.body(actor) not in self.parties))
        if draft.kind == "agreement":
            draft.outcome = "agreement"
            if not draft.actors and self._brokered(draft, i) and self.deals.is_theirs(i, matched):
                # "brokered a truce": between whom, if not the parties?
                draft.actors = sorted(self.parties)

    def _brokered(self, draft: Draft, i: int) -> bool:
        """Whether a third party is told to have brought a deal about."""
        return draft.kind == "agreement" and bool(draft.thirds) and self.scene.words[i] in _BROKERING

    def _before(self, i: int) -> list[str]:
        """The parties that stand before a verb, no other verb between: a long subject may have lost its second half."""
        scene = self.scene
        first, _ = scene.tokens.sentence(i)
        start = i
        while start > first and scene.doc[start - 1].tag_ not in _FINITE and start - 1 not in scene.clauses.cues:
            start -= 1
        found = [m.actor for m in scene.actors.within(start, i) if m.sense == "actor"]
        sides = [actor for actor in dict.fromkeys(found) if scene.bodies.body(actor) in self.parties]
        return sides if len({scene.bodies.body(actor) for actor in sides}) > 1 else []

    def thirds(self, i: int) -> list[str]:
        """Those by whose mediation a meeting or a deal comes about: "UN-brokered", "mediated by"."""
        scene, vocabulary, tree = self.scene, self.vocabulary, self.scene.tree
        found: list[str] = []
        for head in {i, tree.heads[i]}:
            if head != i and scene.doc[head].pos_ in ("NOUN", "PROPN") and scene.words[head] not in self._tables:
                # "a truce between Israel and the Iran-backed movement" is nobody's work for that.
                continue
            for kid in tree.children[head]:
                if scene.words[kid] in vocabulary.third_participles and tree.deps[kid] in (
                    "amod",
                    "acl",
                    "acl:relcl",
                    "advcl",
                ):
                    found += scene.phrases.who(
                        tree.kids(kid, "compound", "obl:npmod", "obl:unmarked", "nsubj", "nmod:poss")
                    )
                    found += scene.phrases.who(scene.tokens.obliques(kid, "by"))
                    if kid >= 2 and scene.doc[kid - 1].text == "-":
                        found += scene.phrases.who([kid - 2])
                elif (fused := scene.phrases.fused(kid)) is not None and fused[1] in vocabulary.third_participles:
                    found.append(fused[0])
                elif scene.words[kid] in vocabulary.third_nouns and tree.deps[kid] in ("obl", "nmod"):
                    found += scene.phrases.who(scene.arguments.makers(kid)) or scene.phrases.named(kid)
        head = tree.heads[i]
        if scene.words[head] in vocabulary.classes["mediate"] and tree.deps[i] in ("obj", "nsubj:pass"):
            found += scene.phrases.who(scene.arguments.subjects(head))
        return list(dict.fromkeys(found))

    # ------------------------------------------------------------------ arguments

    def _governed(self, i: int, *, subjects: bool) -> list[int]:
        """What a predicate is about: its complements and what these hold, two steps down."""
        tree = self.scene.tree
        labels = (*_GOVERNED, "nsubj", "compound", "amod", "nmod:poss") if subjects else _GOVERNED
        if self.scene.doc[i].pos_ in ("NOUN", "PROPN"):
            labels = (*labels, "compound", "amod")
        described = self._described(i)
        if described is None and tree.deps[i] == "amod" and self.scene.doc[i].tag_ == "VBN":
            described = tree.heads[i]
        first = [described] if described is not None and self.scene.doc[i].pos_ == "VERB" else []
        first += tree.kids(i, *labels)
        first += self._antecedent(i)
        if not tree.kids(i, "obj", "xcomp", "ccomp") and tree.deps[i] == "conj":
            # "accepted or rejected the plan" hangs the object on the last, "backed and hosted the talks" on the first.
            first += tree.kids(tree.heads[i], "obj")
        found: list[int] = []
        queue = [(kid, 0) for kid in first]
        while queue:
            kid, depth = queue.pop(0)
            found.append(kid)
            if depth < 2:
                queue += [(deeper, depth + 1) for deeper in tree.kids(kid, *_DEEPER)]
        return found

    def _antecedent(self, i: int) -> list[int]:
        """What a relative clause says something of: "a plan which both turned down", "a truce that was broken"."""
        scene, tree = self.scene, self.scene.tree
        if tree.deps[i] != "acl:relcl":
            return []
        own = tree.kids(i, "nsubj")
        pronoun = any(scene.doc[kid].tag_ in ("WDT", "WP") for kid in tree.kids(i, "obj", "nsubj:pass"))
        bare = own and scene.doc[own[0]].tag_ not in ("WDT", "WP") and not tree.kids(i, "obj")
        if not (pronoun or bare):
            return []
        # "a plan for a pause that both put forward": the clause may hang on either noun.
        head = tree.heads[i]
        return [head, tree.heads[head]] if tree.deps[head] == "nmod" else [head]

    def _actors(self, rule: Rule, i: int) -> list[str]:
        scene = self.scene
        token = scene.doc[i]
        heads = scene.arguments.makers(i) if token.pos_ in ("NOUN", "PROPN") else scene.arguments.subjects(i)
        if rule.kind == "offer":
            heads = heads + scene.tokens.obliques(i, "from")
        if token.pos_ == "ADJ" and not heads:
            heads = scene.tree.kids(scene.tree.heads[i], "nsubj")
        return [actor for actor in scene.phrases.who(heads) if scene.profiles.can_act(actor)]

    def _recipients(self, rule: Rule, i: int, governed: Sequence[int]) -> list[str]:
        scene = self.scene
        if rule.recipients == "parties":
            named = scene.phrases.who(scene.tokens.obliques(i, "between", "to", "for") + scene.tree.kids(i, "iobj"))
            named += [a for k in governed for a in scene.phrases.who(scene.tokens.obliques(k, "between", "with", "to"))]
            found = [actor for actor in dict.fromkeys(named) if scene.bodies.body(actor) in self.parties]
            return found or (sorted(self.parties) if rule.kind == "consultation" else [])
        if rule.recipients == "to" and rule.kind == "pressure":
            # "closed its straits to stop Russian vessels": whom it bears on is named anywhere after it.
            inside = self.scene.actors.within(i + 1, self.scene.tree.right[i] + 1)
            towards = list(dict.fromkeys(m.actor for m in inside if self.scene.bodies.body(m.actor) in self.parties))
            if not towards and _BOTHSIDES.search(self.scene.tokens.text(i + 1, self.scene.tree.right[i] + 1)):
                return sorted(self.parties)
            return towards
        if rule.recipients == "to":
            heads = scene.arguments.objects(i) + scene.tokens.obliques(i, "to", "on", "upon", "with", "for", "against")
            for k in scene.tree.kids(i, "obj"):
                heads += scene.tokens.obliques(k, "to", "on", "against", "with")
            # "urged that Israel stop", "demanded Israel withdraw".
            for k in scene.tree.kids(i, "ccomp", "xcomp"):
                heads += scene.tree.kids(k, "nsubj", "nsubj:pass")
            return scene.phrases.who(heads)
        if rule.recipients == "owner":
            # The owner of what is taken up or turned down stands by it, not by what it is about in turn.
            direct = [k for k in governed if scene.tree.heads[k] == i or scene.tree.deps[k] == "conj"]
            for level in (direct, governed):
                heads = [maker for k in level for maker in scene.arguments.makers(k)]
                heads += [k for k in level if scene.tree.deps[k] in _TAKEN and scene.phrases.named(k)]
                heads += [kid for k in level for kid in scene.tokens.obliques(k, "with", "to")]
                found = scene.phrases.who(heads)
                if found:
                    return found
            return []
        if rule.recipients == "with":
            return scene.phrases.who(scene.tokens.obliques(i, "with", "between"))
        return []

    def _may(self, rule: Rule, bodies: set[str], recipients: Sequence[str]) -> bool:
        """Whether those who are named may take such a step."""
        inside, outside = bodies & self.parties, bodies - self.parties
        if rule.who == "party":
            return bool(inside) or any(self._inside(body) for body in outside)
        if rule.who == "third":
            if rule.kind == "pressure":
                towards = {self.scene.bodies.body(actor) for actor in recipients}
                return bool(outside) and (bool(towards & self.parties) or not towards)
            return bool(outside) and not inside
        if rule.who == "outsider":
            return bool(bodies)
        if rule.kind in ("agreement", "breakdown"):
            return True
        return bool(bodies)
