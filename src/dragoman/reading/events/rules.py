"""Applies the frames of the codebook: from a predicate to its code and roles.

A frame may take up another event (an offer to mediate, a rejected plan, a suspended strike): then the inner predicate
is read first and the operator makes one code of both.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from dragoman.codebook import CameoCode, Codebook, Condition, Frame
from dragoman.codebook.composition import SAME, Composition
from dragoman.reading.events.arguments import Arguments, Filler
from dragoman.reading.events.predicates import Clauses, Predicate
from dragoman.reading.negation import denies

ARMED = frozenset({"MIL", "REB", "UAF", "COP", "SPY", "PRM"})
_DEEPEST = 4
# Operators whose inner event is to be done by someone else than the one who speaks.
_ADDRESSED = frozenset({"request", "demand"})
# Operators that bind who speaks, and the types of force that may be forsworn.
_BINDING = frozenset({"agree", "promise"})
_FORCE = frozenset({"ASSAULT", "COERCE", "MOBILIZE"})
# Word classes of judgement, which an adjective of the phrase can state as well as its noun.
_JUDGEMENTS = frozenset({"praise_word", "blame_word"})
# What is still to come, what is asked of somebody, and who speaks of himself.
_COMING = frozenset({"will", "would", "may", "might", "could", "'ll", "’ll"})
_BOUND = frozenset({"must", "should", "ought"})
_NEEDING = frozenset({"have", "need"})
_BESIDE = frozenset({"i", "we", "you", "us"})
# The second word of a verb that is no preposition of a slot is its particle.
_ADVERBS = frozenset({"in", "on", "over"})
# Word classes of what is taken up again, and by whose parties: "the text was signed" by those who had agreed.
_KINDS = ("talks", "agreement", "fighting", "text")
_TAKEN_UP = {
    "talks": ("talks", "agreement"),
    "agreement": ("agreement", "talks"),
    "text": ("agreement", "talks"),
    "fighting": ("fighting", "agreement"),
}
# So many tokens on, an event noun is no longer taken to be the one of which the article told.
_NEAR = 60
# Where a verb of agreeing has what is agreed.
_AGREED = ("obj", "on", "upon", "to")
# Verbs of putting off or ending talks, which the parties do where nobody else is named.
_BREAKING = frozenset({"125", "164"})
_PERSONAL = frozenset({"he", "him", "she", "her", "himself", "herself", "who", "whom"})
# What names the time or the number of meetings, and the verbs that end a clause with the talks it took.
_CLOSING = frozenset({"end", "conclude", "cap", "crown", "finish", "close", "follow", "complete"})


@dataclass(frozen=True, slots=True)
class Coding:
    """A predicate with its code and roles, before status and days are known."""

    predicate: Predicate
    frame: Frame
    code: CameoCode
    type: str
    mode: str | None
    actors: tuple[Filler, ...]
    recipients: tuple[Filler, ...]
    inner: Coding | None
    tokens: tuple[int, ...]
    absorbed: frozenset[int]

    @property
    def head(self) -> int:
        """The token that heads the words which state it."""
        return self.predicate.head

    @property
    def consumed(self) -> frozenset[int]:
        """The heads of the inner events that are part of this one, and of the words that a condition names."""
        inner: frozenset[int] = frozenset()
        if self.inner is not None:
            inner = self.inner.consumed
            if not (self.frame.operator == "stop" and self.inner.predicate.pos == "n" and self.inner.actors):
                # To end one's war is to have waged it: what has an actor of its own stays an event beside its end.
                inner |= {self.inner.head}
        return self.absorbed | inner


class Rules:
    """Reads predicates by the frames; what was read once is kept."""

    def __init__(self, clauses: Clauses, arguments: Arguments, codebook: Codebook) -> None:
        self.clauses = clauses
        self.arguments = arguments
        self.codebook = codebook
        self._found: dict[tuple[int, bool], Coding | None] = {}
        self.blocked: set[int] = set()
        # What an asking or refusing word without a known speaker takes as its content: no event of its own.
        self._content: set[int] = set()
        # Who took part in the talks, the truce, the deal that the article told of last.
        self._parties: dict[str, tuple[Filler, ...]] = {}

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
        for frame in self.codebook.frames_of(predicate.lemma, predicate.pos):
            if self._fits(frame, predicate, theme):
                if frame.blocks:
                    self.blocked.add(i)
                    return None
                coding = self._apply(frame, predicate, depth, theme)
                if coding is not None:
                    self._found[key] = coding
                    if coding.inner is not None and not coding.actors:
                        self._content |= coding.consumed
                    self._remember(coding)
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

    # Does the frame fit?

    def _fits(self, frame: Frame, predicate: Predicate, theme: bool) -> bool:
        if len(frame.words) > 1 and not self._phrase(frame, predicate):
            return False
        lenient = theme and frame.pos == "n"
        return all(
            (lenient and not condition.values and not condition.negated) or self._holds(condition, predicate)
            for condition in frame.conditions
        )

    def _absorbed(self, frame: Frame, predicate: Predicate) -> frozenset[int]:
        """The fillers that a condition names by their words: they are part of the sense, not events beside it."""
        if frame.lemma == "accuse":
            return frozenset()  # the deed alleged is an event of its own, on the accuser's word
        found = self._phrase_tokens(frame, predicate)
        for condition in frame.conditions:
            words = [value for value in condition.values if not value.startswith("#")]
            if not condition.negated and words:
                for slot in condition.slots:
                    if slot not in {"subj", "light"}:
                        found |= {f for f in predicate.fillers(slot) if any(self._is(f, word) for word in words)}
        return frozenset(found)

    def _phrase(self, frame: Frame, predicate: Predicate) -> bool:
        if not all(word in predicate.words or word == predicate.lemma for word in frame.words):
            return False
        last = frame.words[-1]
        if frame.pos != "v" or last not in _ADVERBS or last in frame.slots:
            return True
        # "let them in" lets somebody in; "let them pass in March" does not.
        kids = self.clauses.tree.kids(predicate.head, "compound:prt", "advmod")
        return any(self.clauses.doc[k].lower_ == last for k in kids)

    def _holds(self, condition: Condition, predicate: Predicate) -> bool:
        fillers = [filler for slot in condition.slots for filler in predicate.fillers(slot)]
        if not condition.values:
            return bool(fillers) != condition.negated
        held = any(self._is(filler, value) for filler in fillers for value in condition.values)
        return held != condition.negated

    def _is(self, i: int, value: str) -> bool:
        if value.startswith("#"):
            return self._is_kind(i, value[1:])
        lemma = self.clauses.lemma(i)
        if self.codebook.is_in(lemma, value):
            return True
        if self.clauses.doc[i].tag_ in {"VBG", "VBN"} and self.codebook.is_in(self.clauses.doc[i].lower_, value):
            return True  # called the results promising
        # A compound counts by its parts: a "peace plan" is a plan, an "aid package" aid.
        for child in self.clauses.tree.kids(i, "compound"):
            if not value.startswith("@") and self.clauses.lemma(child) == value:
                return True
            if value.startswith("@") and f"{self.clauses.lemma(child)} {lemma}" in self.codebook.classes[value[1:]]:
                return True
        if value[1:] in _JUDGEMENTS and any(
            self.codebook.is_in(self.clauses.lemma(k), value) for k in self.clauses.tree.kids(i, "amod")
        ):
            return True  # a positive step
        if value.startswith("@") and lemma in self.codebook.classes["container"] | self.codebook.classes["round"]:
            inner = [k for k in self.clauses.tree.kids(i, "nmod") if self.clauses.case(k) == "of"]
            return any(self._is(k, value) for k in [*inner, *self.clauses.tree.kids(i, "compound")])
        return False

    def _is_kind(self, i: int, kind: str) -> bool:
        if kind == "clause":
            return self.clauses.doc[i].pos_ in {"VERB", "AUX"}
        if kind == "infinitive":
            return self.clauses.doc[i].pos_ in {"VERB", "AUX"} and self.clauses.mark(i) == "to"
        if kind == "subjunctive":
            return self._is_subjunctive(i)
        if kind == "own":
            return self._is_own(i)
        if kind == "conditional":
            tree, doc = self.clauses.tree, self.clauses.doc
            modal = any(doc[k].lower_ in {"will", "would"} for k in tree.kids(i, "aux"))
            return modal and any(self.clauses.mark(k) in {"if", "unless"} for k in tree.kids(i, "advcl"))
        if kind == "place":
            return bool(self.arguments.actors.at(i)) or self.clauses.doc[i].ent_type_ in {"GPE", "LOC", "FAC"}
        if kind == "plural":
            return "Number=Plur" in str(self.clauses.doc[i].morph) or bool(self.clauses.tree.kids(i, "conj"))
        fillers = self.arguments.direct(i)
        if kind == "actor":
            return bool(fillers)
        if kind == "person" and self.clauses.doc[i].lower_ in _PERSONAL:
            return True
        records = [self.arguments.actors.record(filler.actor) for filler in fillers]
        if kind == "armed":
            return any(record.sector in ARMED for record in records)
        return any(record.kind == kind for record in records)

    def _is_subjunctive(self, i: int) -> bool:
        """Whether a clause says what is wanted: that he leave, that they be freed, that it should go."""
        tree, doc = self.clauses.tree, self.clauses.doc
        if not {doc[k].lower_ for k in tree.kids(i, "aux")} <= {"must", "should", "to"}:
            return False
        if copulas := tree.kids(i, "aux:pass", "cop"):
            return all(doc[k].lower_ == "be" for k in copulas)
        return doc[i].tag_ in {"VB", "VBP"}

    def _is_own(self, i: int) -> bool:
        """Whether a clause says what its speaker will or may do: warned that they might leave."""
        tree, doc = self.clauses.tree, self.clauses.doc
        if not any(doc[k].lower_ in _COMING for k in tree.kids(i, "aux")):
            return False
        inner, outer = self.clauses.at(i), self.clauses.at(tree.heads[i])
        if inner is None or outer is None:
            return False
        return bool(self._sides(inner.fillers("subj")) & self._sides(outer.fillers("subj")))

    def _sides(self, fillers: tuple[int, ...]) -> set[str]:
        """The actors of these phrases, with whom each acts for."""
        records = [self.arguments.actors.record(found.actor) for i in fillers for found in self.arguments.direct(i)]
        return {side for record in records for side in (record.id, record.of or record.country or record.id)}

    # Apply it

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
        addressed = self._fill((("subj",),), predicate)
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
        actors = self._fill(frame.actor, predicate) or self._shared(frame, predicate, theme)
        if frame.symmetric and predicate.pos == "n" and len(actors) == 1 and predicate.fillers("with"):
            actors = self._partner(predicate, actors)
        if self._is_one_sided(frame, predicate):
            return None
        taken = frozenset(filler.actor for filler in actors)
        recipients = self._fill(frame.recipient, predicate, taken, besides=True, own=self._principals(actors))
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

    def _partner(self, predicate: Predicate, actors: tuple[Filler, ...]) -> tuple[Filler, ...]:
        """Those who meet, of whom a noun names only with whom: "was working to set a date for talks with Kenya"."""
        tree, node = self.clauses.tree, predicate.head
        for _ in range(8):
            if tree.heads[node] == node or tree.deps[node] in {"acl:relcl", "parataxis"}:
                break
            node = tree.heads[node]
            above = self.clauses.at(node) if self.clauses.doc[node].pos_ in {"VERB", "AUX", "ADJ"} else None
            subjects = above.fillers("subj") if above is not None else ()
            if above is not None and subjects:
                return _joined(self._fill((("subj",),), above), actors)
        return actors

    def _is_one_sided(self, frame: Frame, predicate: Predicate) -> bool:
        """Whether nobody known is the subject of a fight: who fights the rebels does not make the rebels fight."""
        if not frame.symmetric or predicate.pos != "v" or frame.code is None or not predicate.fillers("subj"):
            return False
        return self.codebook.codes[frame.code].type == "ASSAULT" and not self._fill((("subj",),), predicate)

    def _shared(self, frame: Frame, predicate: Predicate, theme: bool) -> tuple[Filler, ...]:
        """Those who meet, agree or fight, where the words leave them out.

        They are the subjects of the clause ("after a week of talks, A and B …"), else those of whom the article told
        last that they met, agreed or fought.
        """
        tree, node = self.clauses.tree, predicate.head
        if predicate.pos == "v" and (frame.symmetric or frame.code in _BREAKING):
            # The document was signed; an accord reached last year; a session was put off.
            themes = predicate.fillers("obj") or predicate.fillers("subj")
            kinds = [self._kind(self.clauses.lemma(theme)) for theme in themes]
            if predicate.fillers("obj") and predicate.fillers("subj"):
                return ()
            wanted = {"talks"} if not frame.symmetric else {"talks", "agreement", "text"}
            return next((self._remembered(kind, node) for kind in kinds if kind in wanted), ())
        if not frame.symmetric and self._kind(predicate.lemma) != "fighting":
            return ()
        if predicate.pos != "n":
            return ()
        kind = self._kind(predicate.lemma)
        if tree.deps[node].split(":")[0] == "nsubj":
            bare = self.clauses.doc[node].tag_ == "NNS" and not tree.kids(node, "det", "nummod")
            if predicate.light is not None or self._definite(node) or (theme and bare):
                return self._remembered(kind, predicate.head)
        if predicate.light is not None:
            return ()
        measured = False
        while tree.deps[node] == "nmod" and self.clauses.case(node) == "of":
            measured, node = True, tree.heads[node]
        base = tree.deps[node].split(":")[0]
        verb = self.clauses.at(tree.heads[node]) if base in {"obl", "obj"} else None
        if verb is not None and (base == "obl" or verb.lemma in _CLOSING):
            found = self._fill((("subj",),), verb)
            if len(found) > 1:
                return found
        if measured or (kind == "fighting" and base in {"nsubj", "obl", "obj", "root"}):
            return self._remembered(kind, predicate.head)
        return ()

    def _remembered(self, kind: str, node: int) -> tuple[Filler, ...]:
        """The parties of such an event of which the article told just before; who makes a truce has fought and talked.

        A sentence or two further on the talks are as often others, or those of whom one thinks are.
        """
        for name in _TAKEN_UP.get(kind, ()):
            found = self._parties.get(name, ())
            if found and node - max(filler.token for filler in found) <= _NEAR:
                return found
        return ()

    def _definite(self, i: int) -> bool:
        determiners = {self.clauses.doc[k].lower_ for k in self.clauses.tree.kids(i, "det")}
        return bool(determiners & {"the", "these", "those", "this"})

    def _kind(self, lemma: str) -> str:
        """The word class under which an event noun is taken up again: talks by talks, a truce by a deal."""
        return next((name for name in _KINDS if lemma in self.codebook.classes[name]), "")

    def _remember(self, coding: Coding) -> None:
        kind = {"04": "talks", "03": "talks", "05": "agreement", "08": "agreement"}.get(coding.code.code[:2])
        themes = (filler for slot in _AGREED for filler in coding.predicate.fillers(slot))
        if kind == "talks" and any(self._kind(self.clauses.lemma(theme)) == "agreement" for theme in themes):
            kind = "agreement"  # agreed on a truce
        noun = self._kind(coding.predicate.lemma)
        if coding.type == "ASSAULT" and coding.actors and _joined(coding.actors, coding.recipients)[1:]:
            self._parties["fighting"] = _joined(coding.actors, coding.recipients)
        elif len(coding.actors) > 1 and (kind or noun):
            for name in {kind or noun, noun or kind} - {"text"}:
                if name:
                    self._parties[name] = coding.actors

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
                        inner = replace(inner, actors=self._fill((("subj",),), predicate))
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
        acting = _without(inner.actors, actors)
        suffering = _without(inner.recipients, actors)
        if frame.operator in _ADDRESSED:
            # Who is to be freed is not who is asked to free him.
            patient = inner.predicate.pos == "v" and "passive" in inner.predicate.construction
            recipients = recipients or acting or (() if patient else suffering)
        elif frame.operator == "order" and suffering:
            recipients = suffering  # ordered the army to bring them food
        elif frame.operator == "help":
            # Who helps others to talk is the mediator; those who talk are the recipients.
            recipients = _joined(acting, suffering) or recipients
        else:
            recipients = recipients or _joined(acting if not suffering else (), suffering)
        if not actors and frame.operator not in _ADDRESSED:
            actors = inner.actors
            recipients = _without(recipients, actors) or inner.recipients
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
            actors, recipients = _joined(actors, recipients), ()
        if self.codebook.types[type_].mode(mode) is None:
            mode = None
        tokens = {predicate.head, *self._phrase_tokens(frame, predicate)}
        if predicate.light is not None:
            tokens.add(predicate.light)
        if inner is not None:
            tokens.add(inner.head)
        absorbed = self._absorbed(frame, predicate)
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

    def _phrase_tokens(self, frame: Frame, predicate: Predicate) -> set[int]:
        wanted = set(frame.words[1:]) | set(frame.words[:1])
        found = set()
        for child in self.clauses.tree.children[predicate.head]:
            if self.clauses.lemma(child) in wanted and len(frame.words) > 1:
                found.add(child)
        return found

    def _fill(
        self,
        path: tuple[tuple[str, ...], ...],
        predicate: Predicate,
        without: frozenset[str] = frozenset(),
        *,
        besides: bool = False,
        own: frozenset[str] = frozenset(),
    ) -> tuple[Filler, ...]:
        """What fills the first slot that names an actor; `own` are those for whom the actors act.

        Who denies what his country did, or ends his country's help, does not do it to his country.
        """
        for union in path:
            found: tuple[Filler, ...] = ()
            for slot in union:
                for filler in predicate.fillers(slot):
                    inside = self._subjects(filler) if slot == "comp" else (filler,)
                    for each in inside:
                        named = self.arguments.resolve(each, besides=besides, without=without)
                        found = _joined(
                            found,
                            tuple(f for f in named if f.actor not in own or (slot != "comp" and f.path == "itself")),
                        )
            if found:
                return found
        return ()

    def _principals(self, fillers: tuple[Filler, ...]) -> frozenset[str]:
        """The countries and bodies for which these act."""
        records = [self.arguments.actors.record(filler.actor) for filler in fillers]
        return frozenset(side for record in records for side in (record.of, record.country) if side)

    def _subjects(self, i: int) -> tuple[int, ...]:
        """Who does what a clause says (alleged that Sudan had attacked); a phrase stands for itself."""
        if self.clauses.doc[i].pos_ not in {"VERB", "AUX", "ADJ"}:
            return (i,)
        predicate = self.clauses.at(i)
        return predicate.fillers("subj") if predicate is not None else ()


def _without(fillers: tuple[Filler, ...], others: tuple[Filler, ...]) -> tuple[Filler, ...]:
    taken = {other.actor for other in others}
    return tuple(filler for filler in fillers if filler.actor not in taken)


def _joined(fillers: tuple[Filler, ...], others: tuple[Filler, ...]) -> tuple[Filler, ...]:
    return fillers + _without(others, fillers)
