"""Applies the frames of the codebook: from a predicate to its code and roles.

A frame may take up another event (an offer to mediate, a rejected plan, a suspended strike): then the inner predicate
is read first and the operator makes one code of both.
"""

from __future__ import annotations

from dataclasses import replace

from dragoman.codebook import CameoCode, Codebook, Frame
from dragoman.codebook.composition import SAME, Composition
from dragoman.reading.events.arguments import Arguments, Filler
from dragoman.reading.events.fitting import Fitting
from dragoman.reading.events.phrases import Predicate
from dragoman.reading.events.predicates import Clauses
from dragoman.reading.events.roles import Coding, Roles, joined, without
from dragoman.reading.negation import denies

_DEEPEST = 4
# Operators whose inner event is to be done by someone else than the one who speaks.
_ADDRESSED = frozenset({"request", "demand"})
# Operators that bind who speaks, and the types of force that may be forsworn.
_BINDING = frozenset({"agree", "promise"})
_FORCE = frozenset({"ASSAULT", "COERCE", "MOBILIZE"})
# What is asked of somebody, and who speaks of himself.
_BOUND = frozenset({"must", "should", "ought"})
_NEEDING = frozenset({"have", "need"})
_BESIDE = frozenset({"i", "we", "you", "us"})


class Rules:
    """Reads predicates by the frames; what was read once is kept."""

    def __init__(self, clauses: Clauses, arguments: Arguments, codebook: Codebook) -> None:
        self.clauses = clauses
        self.arguments = arguments
        self.codebook = codebook
        self.roles = Roles(clauses, arguments, codebook)
        self._fitting = Fitting(clauses, arguments, codebook)
        self._found: dict[tuple[int, bool], Coding | None] = {}
        #: The words that a frame takes for none, and those among them that state one in other company.
        self.blocked: set[int] = set()
        self.open: set[int] = set()
        # What an asking or refusing word without a known speaker takes as its content: no event of its own.
        self._content: set[int] = set()

    def read(self, i: int, depth: int = 0, *, theme: bool = False) -> Coding | None:
        """The event that the word states, or None.

        As the theme of another word an event noun needs no roles of its own: "end the attacks" tells what is ended.
        """
        key = (i, theme)
        if key in self._found:
            return self._found[key]
        if depth > _DEEPEST or (not theme and i in self._content):
            return None
        self._found[key] = None
        predicate = self.clauses.at(i)
        if predicate is None or (predicate.lemma == "march" and self.clauses.doc[i].text == "March"):
            return None
        if self._is_in_a_name(i):
            return None
        frames = self.codebook.frames_of(predicate.lemma, predicate.pos)
        for frame in frames:
            if self._fitting.fits(frame, predicate, theme):
                if frame.blocks:
                    self.blocked.add(i)
                    idle = bool(frame.conditions) or all(each.blocks for each in frames)
                    if not idle and not predicate.fillers("comp"):
                        self.open.add(i)  # "fire" is none by itself, but "fire at" is; "warn that" is what it warns of
                    return None
                coding = self._apply(frame, predicate, depth, theme)
                if coding is not None:
                    self._found[key] = coding
                    if coding.inner is not None and not coding.actors:
                        self._content |= coding.consumed
                    self.roles.remember(coding)
                    return coding
                if frame.operator is None:
                    return None
        return None

    def _is_in_a_name(self, i: int) -> bool:
        """Whether an event noun only stands in the name of an actor: the Solidarity Campaign."""
        if self.clauses.doc[i].pos_ != "PROPN":
            return False
        around = self.arguments.actors.covering(i)
        return around is not None and around.form == "name" and around.end - around.start > 1

    def demanded(self, i: int, speaker: Filler | None) -> Coding | None:
        """What somebody says that another actor must do, whatever it is: a demand on that actor."""
        tree, doc = self.clauses.tree, self.clauses.doc
        if speaker is None or doc[i].pos_ != "VERB" or i in self._content or i in self.blocked:
            return None
        bound = any(doc[k].lower_ in _BOUND for k in tree.kids(i, "aux"))
        head = tree.heads[i]
        bound = bound or (
            tree.deps[i] == "xcomp" and self.clauses.lemma(head) in _NEEDING and doc[head].tag_ in {"VBZ", "VBP"}
        )
        predicate = self.clauses.at(i) if bound else None
        if predicate is None or any(doc[k].lower_ in _BESIDE for k in predicate.fillers("subj")):
            return None
        addressed = self.roles.fill((("subj",),), predicate)
        own = self.arguments.actors.record(speaker.actor)
        sides = {own.id, own.of, own.country}
        if not addressed or any(filler.actor in sides for filler in addressed):
            return None
        frame = next(iter(self.codebook.frames_of("must", "v")), None)
        if frame is None or frame.code is None:
            return None
        code = self.codebook.codes[frame.code]
        return self._coding(predicate, frame, code, code.type or "REQUEST", None, (speaker,), addressed, None)

    def _apply(self, frame: Frame, predicate: Predicate, depth: int, theme: bool) -> Coding | None:
        actors = self.roles.fill(frame.actor, predicate) or self._of_idiom(frame, predicate)
        actors = actors or self.roles.shared(frame, predicate, theme)
        if frame.symmetric and predicate.pos == "n" and len(actors) == 1 and predicate.fillers("with"):
            actors = self.roles.partner(predicate, actors)
        if self.roles.is_one_sided(frame, predicate):
            return None
        taken = frozenset(filler.actor for filler in actors)
        recipients = self.roles.fill(frame.recipient, predicate, taken, besides=True, own=self.roles.principals(actors))
        if frame.operator is None:
            if frame.code is None:
                return None
            code = self.codebook.codes[frame.code]
            if code.type is None:
                return None
            return self._coding(predicate, frame, code, code.type, frame.mode or code.mode, actors, recipients, None)
        inner = self._theme(frame, predicate, depth)
        if inner is not None:
            return self._compose(frame, predicate, inner, actors, recipients)
        if frame.code is None:
            return None
        code = self.codebook.codes[frame.code]
        if code.type is None:
            return None
        return self._coding(predicate, frame, code, code.type, frame.mode or code.mode, actors, recipients, None)

    def _of_idiom(self, frame: Frame, predicate: Predicate) -> tuple[Filler, ...]:
        """Who acts, hung on a noun of the phrase: "came under fire from officials"."""
        if frame.pos != "v" or len(frame.words) < 2:
            return ()
        nouns = (self.clauses.at(i) for i in sorted(self._fitting.phrase_tokens(frame, predicate)))
        found = (self.roles.fill(frame.actor, noun) for noun in nouns if noun is not None and noun.pos == "n")
        return next((fillers for fillers in found if fillers), ())

    def _theme(self, frame: Frame, predicate: Predicate, depth: int) -> Coding | None:
        for union in frame.theme:
            for slot in union:
                for filler in predicate.fillers(slot):
                    if frame.operator == "stop" and slot == "comp" and self.clauses.mark(filler) == "to":
                        continue  # who stops to talk does not stop talking
                    for token in (filler, *self.clauses.tree.kids(filler, "conj")):
                        inner = self.read(token, depth + 1, theme=True) or self._carried(token, depth)
                        if inner is not None:
                            return inner
        return None

    def _carried(self, i: int, depth: int) -> Coding | None:
        """The event noun that a light verb or a verb without a frame of its own carries: agree to hold talks."""
        if i in self.blocked:
            return None
        predicate = self.clauses.at(i)
        if predicate is None:
            return None
        lemma, classes = self.clauses.lemma(i), self.codebook.classes
        if predicate.pos == "v" and (lemma in self.codebook.light_verbs or lemma in classes.get("aspect", ())):
            slots: tuple[str, ...] = ("obj", "comp", "in", "to", "into", "with")
        elif predicate.pos == "n" and lemma in classes["container"] | classes["round"]:
            slots = ("of", "for", "on", "comp", "mod")
        else:
            return None
        for slot in slots:
            for filler in predicate.fillers(slot):
                if filler == i:
                    continue
                inner = self.read(filler, depth + 1, theme=True)
                if inner is None and depth < _DEEPEST:
                    inner = self._carried(filler, depth + 1)
                if inner is not None:
                    if not inner.actors and predicate.pos == "v":
                        inner = replace(inner, actors=self.roles.fill((("subj",),), predicate))
                    return inner
        return None

    def _compose(
        self,
        frame: Frame,
        predicate: Predicate,
        inner: Coding,
        actors: tuple[Filler, ...],
        recipients: tuple[Filler, ...],
    ) -> Coding | None:
        assert frame.operator is not None
        if frame.operator == SAME:
            return replace(
                inner,
                actors=inner.actors or actors,
                recipients=inner.recipients or recipients,
                tokens=tuple(sorted({predicate.head, *inner.tokens})),
            )
        within = inner.code
        if frame.operator in _BINDING and inner.type in _FORCE and self._denied(inner.head):
            within = self.codebook.codes["0871"]  # to promise not to attack is to hold fire
        rule = self.codebook.compositions.apply(frame.operator, within)
        if (rule is None or rule.code is None) and frame.operator in _ADDRESSED and inner.type != "THREATEN":
            rule = Composition(frame.code, None, None)  # to ask somebody to accuse others is to ask
        if rule is None or rule.code is None:
            return None
        code = self.codebook.codes[rule.code]
        type_ = rule.type or code.type
        if type_ is None:
            return None
        acting = without(inner.actors, actors)
        suffering = without(inner.recipients, actors)
        if frame.operator in _ADDRESSED:
            # Who is to be freed is not who is asked to free him.
            patient = inner.predicate.pos == "v" and "passive" in inner.predicate.construction
            recipients = recipients or acting or (() if patient else suffering)
        elif frame.operator == "order" and suffering:
            recipients = suffering  # ordered the army to bring them food
        elif frame.operator == "help":
            # Who helps others to talk is the mediator; those who talk are the recipients.
            recipients = joined(acting, suffering) or recipients
        else:
            recipients = recipients or joined(acting if not suffering else (), suffering)
        if not actors and frame.operator not in _ADDRESSED:
            actors = inner.actors
            recipients = without(recipients, actors) or inner.recipients
        return self._coding(
            predicate, frame, code, type_, rule.mode or frame.mode or code.mode, actors, recipients, inner
        )

    def _coding(
        self,
        predicate: Predicate,
        frame: Frame,
        code: CameoCode,
        type_: str,
        mode: str | None,
        actors: tuple[Filler, ...],
        recipients: tuple[Filler, ...],
        inner: Coding | None,
    ) -> Coding:
        if frame.symmetric or (type_ == "CONSULT" and not frame.recipient):
            actors, recipients = joined(actors, recipients), ()
        if self.codebook.types[type_].mode(mode) is None:
            mode = None
        tokens = {predicate.head, *self._fitting.phrase_tokens(frame, predicate)}
        if predicate.light is not None:
            tokens.add(predicate.light)
        if inner is not None:
            tokens.add(inner.head)
        absorbed = self._fitting.absorbed(frame, predicate)
        if inner is not None and frame.operator != SAME:
            absorbed |= self._coordinated(inner.head)
        return Coding(predicate, frame, code, type_, mode, actors, recipients, inner, tuple(sorted(tokens)), absorbed)

    def _denied(self, i: int) -> bool:
        return any(denies(self.clauses.tree, k) for k in self.clauses.tree.kids(i, "advmod"))

    def _coordinated(self, i: int) -> frozenset[int]:
        """The verbs beside a complement that share its subject: what is asked, refused or promised with it."""
        tree = self.clauses.tree
        return frozenset(
            k
            for k in tree.kids(i, "conj")
            if self.clauses.doc[k].pos_ == "VERB" and not tree.kids(k, "nsubj", "nsubj:pass")
        )
