"""Who has which role: what fills a slot, and whom the words leave out but the article has told of.

Those who meet, agree or fight are often named once and then taken up by a noun alone: "the talks", "the truce".
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from dragoman.codebook import CameoCode, Codebook, Frame
from dragoman.reading.events.arguments import Arguments, Filler
from dragoman.reading.events.phrases import Predicate
from dragoman.reading.events.predicates import Clauses
from dragoman.reading.wordclasses import read_classes

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
# Sectors of those who act against the country that they are of.
_AGAINST = frozenset({"REB", "UAF", "OPP", "CRM"})
# Verbs of putting off or ending talks, which the parties do where nobody else is named.
_BREAKING = frozenset({"125", "164"})


@dataclass(frozen=True, slots=True)
class PartyWords:
    """The words from `data/parties.toml`.

    Attributes:
        closing: verbs that end a clause with the talks it took.
    """

    closing: frozenset[str]


@cache
def load_party_words() -> PartyWords:
    """The words that ship, read once."""
    return read_classes(PartyWords, __package__, "parties")


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


class Roles:
    """Finds who acts and to whom it is done; remembers who took part in what the article told of last."""

    def __init__(self, clauses: Clauses, arguments: Arguments, codebook: Codebook) -> None:
        self.clauses = clauses
        self.arguments = arguments
        self.codebook = codebook
        # Who took part in the talks, the truce, the deal that the article told of last.
        self._parties: dict[str, tuple[Filler, ...]] = {}

    # Those whom the slots name

    def fill(
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
                        found = joined(
                            found,
                            tuple(f for f in named if f.actor not in own or (slot != "comp" and f.path == "itself")),
                        )
            if found:
                return found
        return ()

    def principals(self, fillers: tuple[Filler, ...]) -> frozenset[str]:
        """The countries and bodies for which these act; rebels act for no country."""
        records = [self.arguments.actors.record(filler.actor) for filler in fillers]
        records = [record for record in records if record.sector not in _AGAINST]
        return frozenset(side for record in records for side in (record.of, record.country) if side)

    def _subjects(self, i: int) -> tuple[int, ...]:
        """Who does what a clause says (alleged that Sudan had attacked); a phrase stands for itself."""
        if self.clauses.doc[i].pos_ not in {"VERB", "AUX", "ADJ"}:
            return (i,)
        predicate = self.clauses.at(i)
        return predicate.fillers("subj") if predicate is not None else ()

    # Those whom the words leave out

    def partner(self, predicate: Predicate, actors: tuple[Filler, ...]) -> tuple[Filler, ...]:
        """Those who meet, of whom a noun names only with whom: "was working to set a date for talks with Kenya"."""
        tree, node = self.clauses.tree, predicate.head
        for _ in range(8):
            if tree.heads[node] == node or tree.deps[node] in {"acl:relcl", "parataxis"}:
                break
            node = tree.heads[node]
            above = self.clauses.at(node) if self.clauses.doc[node].pos_ in {"VERB", "AUX", "ADJ"} else None
            subjects = above.fillers("subj") if above is not None else ()
            if above is not None and subjects:
                return joined(self.fill((("subj",),), above), actors)
        return actors

    def is_one_sided(self, frame: Frame, predicate: Predicate) -> bool:
        """Whether nobody known is the subject of a fight: who fights the rebels does not make the rebels fight."""
        if not frame.symmetric or predicate.pos != "v" or frame.code is None or not predicate.fillers("subj"):
            return False
        return self.codebook.codes[frame.code].type == "ASSAULT" and not self.fill((("subj",),), predicate)

    def shared(self, frame: Frame, predicate: Predicate, theme: bool) -> tuple[Filler, ...]:
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
        if verb is not None and (base == "obl" or verb.lemma in load_party_words().closing):
            found = self.fill((("subj",),), verb)
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

    def remember(self, coding: Coding) -> None:
        """Keep who talked, agreed or fought, for nouns further on that take it up."""
        kind = {"04": "talks", "03": "talks", "05": "agreement", "08": "agreement"}.get(coding.code.code[:2])
        themes = (filler for slot in _AGREED for filler in coding.predicate.fillers(slot))
        if kind == "talks" and any(self._kind(self.clauses.lemma(theme)) == "agreement" for theme in themes):
            kind = "agreement"  # agreed on a truce
        noun = self._kind(coding.predicate.lemma)
        if coding.type == "ASSAULT" and coding.actors and joined(coding.actors, coding.recipients)[1:]:
            self._parties["fighting"] = joined(coding.actors, coding.recipients)
        elif len(coding.actors) > 1 and (kind or noun):
            for name in {kind or noun, noun or kind} - {"text"}:
                if name:
                    self._parties[name] = coding.actors


def without(fillers: tuple[Filler, ...], others: tuple[Filler, ...]) -> tuple[Filler, ...]:
    """Those of the fillers that name none of the others."""
    taken = {other.actor for other in others}
    return tuple(filler for filler in fillers if filler.actor not in taken)


def joined(fillers: tuple[Filler, ...], others: tuple[Filler, ...]) -> tuple[Filler, ...]:
    """Both together, each actor once."""
    return fillers + without(others, fillers)
