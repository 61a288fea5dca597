"""What is said of a settlement and of the mediation: conditions and assessments."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

from dragoman.mediation.coded import PROVISO
from dragoman.mediation.drafts import Draft
from dragoman.mediation.roles import told_roles
from dragoman.mediation.scene import Scene
from dragoman.mediation.talks import terms_of
from dragoman.mediation.vocabulary import Vocabulary
from dragoman.mediation.wordlists import load_wordlists
from dragoman.reading.statements import FoundStatement

# A quotation of some sentences may hold both a judgement and a topic that have nothing to do with each other.
_LONG = 60


_FIRM = frozenset({"will", "would", "'ll", "wo", "shall"})
_STATING = frozenset({"must", "should", "need"})
# A clause that one of these opens is what must come first; whose condition it is stands above it.
_CONDITIONAL = frozenset({"until", "unless", "if", "once", "before"})


class StanceFinder:
    """Finds conditions and assessments sentence by sentence and statement by statement."""

    def __init__(self, scene: Scene, parties: Sequence[str], present: Collection[str], vocabulary: Vocabulary) -> None:
        self.scene = scene
        self.parties = frozenset(parties)
        # Who sits in on talks or deals is heard on them like those who are told to mediate.
        self.present = frozenset(present) | {body for body, _ in told_roles(scene, vocabulary)}
        self.vocabulary = vocabulary
        self.lists = load_wordlists().stances
        self._insisting = load_wordlists().shared.insisting
        # Whose condition it is stands before these, whoever reports it.
        self._own = self._insisting | self.lists.owning
        classes = vocabulary.classes
        self._of_talks = (
            classes["talks"] | classes["deal"] | classes["plan"] | classes["reference"] | self.lists.course
        ) - {"it"}

    def conditions(self) -> Iterator[Draft]:
        """Clauses in which somebody names what must come first or must be in a settlement."""
        scene, vocabulary = self.scene, self.vocabulary
        for sentence in scene.doc.sents:
            text = scene.tokens.text(sentence.start, sentence.end)
            asking = (vocabulary.conditions, vocabulary.demands, vocabulary.modals)
            if not any(pattern.search(text) for pattern in asking):
                continue
            done: set[tuple[str, ...]] = set()
            reached: list[tuple[int, int]] = []
            reach = {
                i: self._reach(i, sentence.start, sentence.end) for i in self._predicates(sentence.start, sentence.end)
            }
            # The narrowest clause that sets it tells whose it is: not who reports it, but who insists.
            for i in sorted(reach, key=lambda i: (reach[i][1] - reach[i][0], i)):
                first, last = reach[i]
                if i in scene.clauses.cues and scene.words[i] not in self._own and scene.tree.kids(i, "ccomp"):
                    # What is said is looked at by itself.
                    continue
                if any(first <= start and end <= last for start, end in reached):
                    continue
                clause = self._words(i, first, last)
                strong = vocabulary.conditions.search(clause) is not None
                terms = terms_of(clause, vocabulary)
                said = bool(scene.clauses.said(i))
                asked = bool(vocabulary.demands.search(clause) or (said and vocabulary.modals.search(clause)))
                urged = scene.words[i] in self._insisting and bool(scene.tree.kids(i, "ccomp", "xcomp", "obl", "obj"))
                if scene.words[i] == "insist" and self._asserts(i):
                    urged = False
                urged = urged or self._bids(i)
                if not strong and not (terms and asked) and not urged:
                    continue
                negated, drops = scene.clauses.negated(i), self._drops(i)
                if (drops and not negated) or (negated and not drops and not strong):
                    # "did not want binding documents" asks for nothing, and neither does the clause around it.
                    reached.append((first, last))
                    continue
                actors = self._holder(i)
                bodies = {scene.bodies.body(actor) for actor in actors}
                if not terms and not bodies & self.parties and not vocabulary.topics.search(clause):
                    continue
                if not bodies or (not strong and not bodies & self.parties):
                    continue
                if not urged and not bodies & self.parties and self._cautions(i):
                    continue
                if (
                    scene.words[i] in self.lists.ordering
                    and {scene.bodies.body(a) for a in scene.phrases.who(scene.arguments.objects(i))} <= bodies
                ):
                    # "has ordered his men not to fire unless they are attacked"
                    continue
                key = tuple(sorted(bodies))
                if key in done:
                    continue
                done.add(key)
                reached.append((first, last))
                named = scene.phrases.who(scene.tree.kids(i, "obl", "obj", "iobj"))
                inner = [
                    actor
                    for k in scene.tree.kids(i, "ccomp", "xcomp")
                    for actor in scene.phrases.who(scene.tree.kids(k, "nsubj", "nsubj:pass"))
                ]
                recipients = [
                    a for a in dict.fromkeys([*named, *inner]) if scene.bodies.body(a) in self.parties - bodies
                ]
                yield Draft("condition", i, first, last, actors, recipients, terms=terms or ("other",))

    def _cautions(self, i: int) -> bool:
        """Whether a clause is only warned of: "warned that the truce would fail unless both gave way"."""
        cues = [i, *(found.cue for found in self.scene.clauses.said(i) if found.cue is not None)]
        return any(self.scene.words[k] in self.lists.cautioning for k in cues)

    def _drops(self, i: int) -> bool:
        """Whether a verb says of what somebody demanded that he no longer sets it: "has given up its demand"."""
        scene = self.scene
        demands = self._insisting | load_wordlists().coded.demands
        return scene.words[i] in self.lists.dropping and any(
            scene.words[k] in demands and scene.doc[k].pos_ == "NOUN" for k in scene.arguments.objects(i)
        )

    def appeals(self) -> Iterator[Draft]:
        """What a third party says that the parties must do: "The parties must come together now"."""
        scene = self.scene
        for found in scene.statements:
            speaker = found.record.speaker
            if speaker is None or not scene.profiles.can_act(speaker) or scene.bodies.body(speaker) in self.parties:
                continue
            opening = next((i for i in found.tokens if not scene.doc[i].is_punct), found.tokens.start)
            bidding = found.record.quoted and scene.doc[opening].tag_ == "VB"
            if bidding and scene.words[opening] in self.vocabulary.classes["calm"]:
                # "Lay down your weapons," the Pope told them
                terms = terms_of(scene.tokens.text(found.tokens.start, found.tokens.stop), self.vocabulary)
                span = found.tokens
                yield Draft("appeal", opening, span.start, span.stop, [speaker], sorted(self.parties), terms=terms)
                continue
            for i in found.tokens:
                ripe = scene.words[i] in self.vocabulary.classes["calm"] and self._time(i)
                if ripe:
                    first, last = scene.tokens.clause(i)
                    terms = terms_of(scene.tokens.text(first, last), self.vocabulary)
                    yield Draft("appeal", i, found.tokens.start, last, [speaker], sorted(self.parties), terms=terms)
                    continue
                if scene.clauses.modal(i) not in ("must", "should") or scene.doc[i].pos_ not in ("VERB", "ADJ", "NOUN"):
                    continue
                heads = scene.tree.kids(i, "nsubj")
                sides = [actor for actor in scene.phrases.who(heads) if scene.bodies.body(actor) in self.parties]
                both = any(scene.words[k] in self.lists.sides and scene.doc[k].tag_ == "NNS" for k in heads)
                if sides or both:
                    first, last = scene.tokens.clause(i)
                    terms = terms_of(scene.tokens.text(first, last), self.vocabulary)
                    yield Draft("appeal", i, first, last, [speaker], sides or sorted(self.parties), terms=terms)

    def _time(self, i: int) -> bool:
        """Whether it is "time to" do something."""
        scene, tree = self.scene, self.scene.tree
        to = any(scene.plain[k] == "to" for k in tree.kids(i, "mark"))
        return to and scene.words[tree.heads[i]] == "time"

    def assessments(self) -> Iterator[Draft]:
        """Statements and verbs of judgement about the talks, the mediation or a deal."""
        scene, vocabulary = self.scene, self.vocabulary
        for found in scene.statements:
            speaker = found.record.speaker
            if speaker is None:
                continue
            tokens = found.tokens
            if len(tokens) > _LONG:
                tokens = range(tokens.start, tokens.start + _LONG)
            text = scene.tokens.text(tokens.start, tokens.stop)
            topical = vocabulary.topics.search(text) is not None
            about = topical or found.record.quoted
            judged = vocabulary.judgements.search(text) is not None
            if not scene.profiles.can_act(speaker):
                # An analyst's or a diplomat's word counts where it is plainly about the talks.
                about = topical
                if self._bystanding(found.cue) and vocabulary.plain.search(text):
                    judged = about = True
            elif found.record.quoted and self._asking(tokens):
                judged = False
            elif found.record.quoted and len(tokens) > 3:
                # Who is quoted on a deal or on "this" and "today" says what he makes of it.
                judged = judged or topical or vocabulary.deictic.search(text) is not None
            elif self._takes_part(speaker) and vocabulary.plain.search(text):
                judged = about = True
            head = self._head(found)
            if (
                self._on_the_talks(head)
                and scene.words[head] in self.lists.faulting
                and scene.profiles.can_act(speaker)
            ):
                # "the draft ignored our demands"
                yield Draft("criticism", head, tokens.start, tokens.stop, [speaker])
                continue
            if not (judged and about):
                judged = about = self._on_the_talks(head) or self._bystander(found.cue)
            if judged and about:
                yield Draft("assessment", head, tokens.start, tokens.stop, [speaker])
        for i, word in enumerate(scene.words):
            spoken = word == "speak" and bool(scene.tokens.obliques(i, "of"))
            if scene.doc[i].pos_ != "VERB":
                continue
            first, last = scene.tokens.clause(i)
            if word in self.lists.fearing and scene.tree.kids(i, "ccomp") and i not in scene.clauses.cues:
                # "doubts that diplomacy can work", "analysts fear that both sides will go back to war"
                last = max(last, scene.tree.right[i] + 1)
                heads = scene.arguments.subjects(i)
                actors = scene.phrases.who(heads)
                if actors and (self._takes_part(actors[0]) or self._bystander(i) or self._talked_of(first, last)):
                    yield Draft("assessment", i, first, last, actors)
                continue
            if word not in self.lists.judging and not spoken:
                continue
            actors = [
                actor for actor in scene.phrases.who(scene.arguments.subjects(i)) if scene.profiles.can_act(actor)
            ]
            if not actors:
                continue
            if self._calls(i, word):
                negative = vocabulary.classes["negative"] & {scene.words[k] for k in range(first, last)}
                yield Draft("criticism" if negative else "assessment", i, first, last, actors)
                continue
            if spoken and self._takes_part(actors[0]) and vocabulary.plain.search(scene.tokens.text(first, last)):
                yield Draft("assessment", i, first, last, actors)
                continue
            whole = scene.tokens.text(*scene.tokens.sentence(i))
            if (
                actors
                and vocabulary.judgements.search(scene.tokens.text(first, last))
                and vocabulary.topics.search(whole)
            ):
                yield Draft("assessment", i, first, last, actors)

    def _calls(self, i: int, word: str) -> bool:
        """Whether a verb says of the talks, a deal or "it" what they are: "called the encounter a success"."""
        scene = self.scene
        if word not in self.lists.naming or scene.tokens.obliques(i, "for", "on", "upon", "to"):
            return False
        objects = scene.arguments.objects(i)
        about = self._of_talks | self.lists.judged
        named = any(scene.words[k] in about or scene.plain[k] in about for k in objects)
        named = named or any(scene.words[k] in about for k in scene.tree.kids(i, "xcomp"))
        inner = [kid for k in scene.tree.kids(i, "xcomp", "ccomp") for kid in scene.tree.kids(k, "nsubj")]
        return named or any(scene.words[k] in about for k in inner)

    def _on_the_talks(self, i: int) -> bool:
        """Whether what is said has the talks or a deal for its subject, and judges them rather than tells of them."""
        scene = self.scene
        subjects = scene.tree.kids(i, "nsubj", "nsubj:pass")
        if not any(scene.words[k] in self._of_talks or self._points_back(k) for k in subjects):
            return False
        if scene.clauses.modal(i) in _STATING or scene.words[i] in _STATING:
            return False
        return scene.words[i] not in self.lists.telling and not scene.clauses.due(i)

    def _points_back(self, k: int) -> bool:
        """Whether a pronoun that means nobody follows a sentence on talks or a deal: "It was, he said, a surrender"."""
        scene = self.scene
        if scene.plain[k] not in ("it", "this") or scene.phrases.named(k):
            return False
        first = scene.tokens.sentence(k)[0]
        return first > 0 and self._talked_of(*scene.tokens.sentence(first - 1))

    def _bystander(self, i: int | None) -> bool:
        """Whether analysts or diplomats warn, doubt or expect something: in such an article, of how it will go on."""
        scene = self.scene
        return i is not None and scene.words[i] in self.lists.fearing | self.lists.cautioning and self._bystanding(i)

    def _bystanding(self, i: int | None) -> bool:
        """Whether analysts or diplomats say it."""
        return i is not None and any(
            self.scene.words[k] in self.lists.bystanders for k in self.scene.arguments.subjects(i)
        )

    def _talked_of(self, first: int, last: int) -> bool:
        return self.vocabulary.topics.search(self.scene.tokens.text(first, last)) is not None

    def _takes_part(self, speaker: str) -> bool:
        """Whether somebody is of the parties or of those who are told to mediate."""
        body = self.scene.bodies.body(speaker)
        return body in self.parties or body in self.present

    def _asking(self, tokens: range) -> bool:
        """Whether a quotation calls for something, or says what must be, or what will never be."""
        scene = self.scene
        text = scene.tokens.text(tokens.start, tokens.stop)
        first = next((i for i in tokens if not scene.doc[i].is_punct), tokens.start)
        imperative = scene.doc[first].tag_ == "VB" or self.vocabulary.conditions.search(text) is not None
        return imperative or bool(re.search(r"\b(?:let us|let's|must|should|will not|won't|never)\b", text))

    def _head(self, found: FoundStatement) -> int:
        """The token of a statement that governs the rest of it."""
        tree, inside = self.scene.tree, found.tokens
        i = inside.start
        for _ in range(len(inside)):
            head = tree.heads[i]
            if head == i or head not in inside:
                break
            i = head
        return i

    def _predicates(self, start: int, end: int) -> list[int]:
        doc, tree = self.scene.doc, self.scene.tree
        return [
            i
            for i in range(start, end)
            if doc[i].pos_ in ("VERB", "AUX", "ADJ", "NOUN")
            and (tree.deps[i] in ("root", "ccomp", "advcl", "conj", "parataxis", "acl:relcl"))
            and not any(self.scene.plain[kid] in _CONDITIONAL for kid in tree.kids(i, "mark"))
        ]

    def _reach(self, i: int, start: int, end: int) -> tuple[int, int]:
        """A predicate with its complements: what it asks for belongs to it, what its speaker says before does not."""
        tree = self.scene.tree
        kept = [i]
        for child in tree.children[i]:
            if tree.deps[child] in ("parataxis", "punct", "cc"):
                continue
            if tree.deps[child] == "conj" and self.scene.doc[child].pos_ in ("VERB", "AUX"):
                continue
            kept += [tree.left[child], tree.right[child]]
        return max(start, min(kept)), min(end, max(kept) + 1)

    def _words(self, i: int, first: int, last: int) -> str:
        """The words of a clause but for those that only say until when it was so: "fought on until the army left"."""
        tree = self.scene.tree
        pieces: list[str] = []
        for kid in tree.kids(i, "advcl"):
            if self.scene.clauses.came_about(kid):
                pieces.append(self.scene.tokens.text(first, max(first, tree.left[kid])))
                first = min(last, tree.right[kid] + 1)
        return " ".join([*pieces, self.scene.tokens.text(first, last)])

    def _asserts(self, i: int) -> bool:
        """Whether somebody insists that something was done, not that it be done: "both had accepted, they insisted"."""
        tree = self.scene.tree
        told = any(self.scene.plain[aux] == "had" for k in tree.kids(i, "ccomp") for aux in tree.kids(k, "aux"))
        return told and not self.scene.tokens.obliques(i, "on", "upon")

    def refusals(self) -> Iterator[Draft]:
        """What a party says that it will not do: "We will not give them up", "would never recognise it, he said"."""
        scene = self.scene
        for found in scene.statements:
            speaker = found.record.speaker
            if speaker is None or scene.bodies.body(speaker) not in self.parties:
                continue
            for i in found.tokens:
                if (
                    scene.words[i] not in self.lists.yielding
                    or scene.clauses.modal(i) not in _FIRM
                    or not scene.clauses.negated(i)
                ):
                    continue
                heads = scene.tree.kids(i, "nsubj")
                own = any(scene.plain[k] in ("we", "i") for k in heads)
                own = own or scene.bodies.body(speaker) in {
                    scene.bodies.body(actor) for actor in scene.phrases.who(heads)
                }
                first, last = scene.tokens.clause(i)
                if own and not PROVISO.search(scene.tokens.text(first, scene.tree.right[i] + 1)):
                    yield Draft("refusal", i, first, last, [speaker])

    def _bids(self, i: int) -> bool:
        """Whether a party wants another to do something: "Iran must stop, he said", "wants the court to decide"."""
        scene, tree = self.scene, self.scene.tree
        if scene.words[i] in self.lists.wishing and scene.doc[i].pos_ == "VERB" and not scene.clauses.negated(i):
            return bool(tree.kids(i, "obj", "iobj") and tree.kids(i, "xcomp")) or bool(
                [k for k in tree.kids(i, "ccomp") if tree.kids(k, "nsubj", "nsubj:pass")]
            )
        if scene.clauses.modal(i) != "must" and scene.words[i] != "must":
            return False
        heads = tree.kids(i, "nsubj", "nsubj:pass")
        speakers = {scene.bodies.body(actor) for actor in self._holder(i)}
        others = {scene.bodies.body(actor) for actor in scene.phrases.who(heads)} & self.parties
        deal = self.vocabulary.classes["deal"] | self.vocabulary.classes["talks"]
        asked = bool(others - speakers) or any(scene.words[k] in deal for k in heads)
        return asked and bool(speakers & self.parties)

    def _teller(self, i: int) -> list[str]:
        """Who is told to say a clause in passing: "terror and talks cannot go together, he added"."""
        scene = self.scene
        for k in scene.tree.kids(i, "parataxis"):
            if scene.words[k] in self.lists.saying:
                return [
                    actor for actor in scene.phrases.who(scene.arguments.subjects(k)) if scene.profiles.can_act(actor)
                ]
        return []

    def _holder(self, i: int) -> list[str]:
        """Whose condition it is: the speaker's where it is said, else the subject's.

        Who reports that the other side has set conditions, or what somebody must do, sets none himself.
        """
        scene = self.scene
        own = self._named_subject(i) if scene.words[i] in self._own else []
        if own:
            return own
        cue = scene.clauses.cues.get(i)
        if cue is not None and cue.record.speaker is not None:
            return [cue.record.speaker]
        for found in scene.clauses.said(i):
            if found.record.speaker is not None:
                return [found.record.speaker] if scene.profiles.can_act(found.record.speaker) else []
        teller = self._teller(i)
        if teller:
            return teller
        if scene.clauses.modal(i) in _STATING or scene.words[i] in _STATING:
            # "had made it conditional: the rebels must first leave": whose word that is stands in the clause above.
            head = scene.tree.heads[i]
            return self._named_subject(head) if head != i and scene.tree.deps[i] in ("parataxis", "ccomp") else []
        return self._named_subject(i)

    def _named_subject(self, i: int) -> list[str]:
        """Actors that are the subject, not those whom a plan or a deal that is the subject is with."""
        scene = self.scene
        things = self.vocabulary.classes["deal"] | self.vocabulary.classes["plan"] | self.vocabulary.classes["talks"]
        heads = [head for head in scene.arguments.subjects(i) if scene.words[head] not in things]
        return [actor for actor in scene.phrases.who(heads) if scene.profiles.can_act(actor)]
