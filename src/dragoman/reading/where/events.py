"""An event's own place: what the tree ties to its predicate, not just a place in its sentence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from spacy.tokens import Doc

from dragoman.reading.tree import Tree
from dragoman.reading.where.model import PlaceMention
from dragoman.records import Where

# Prepositions that put an event somewhere; those of motion do so where the event is a going there.
AT = frozenset(
    "in at near outside inside on off around along across within throughout above over under beneath "
    "beside between amid by".split()
)
TO = frozenset({"to", "into", "toward", "towards", "through", "via", "for"})
MOTION = frozenset(
    "travel fly go come return arrive head move drive sail march walk rush advance retreat flee withdraw cross enter visit "
    "trip journey arrival tour deploy dispatch send bring take invite summon evacuate transfer deliver airlift convoy "
    "move relocate depart set embark pour spill invade incursion dispatch".split()
)
HOSTS = frozenset("host house see witness hold accommodate".split())
# Verbs that lend their clause to the noun that is the event: "hold talks in Geneva".
_OBJECTS = ("obj", "nsubj:pass", "nsubj", "obl", "xcomp")
_UNDER = (
    "obl",
    "obl:unmarked",
    "advmod",
    "nmod",
    "nmod:poss",
    "nmod:unmarked",
    "compound",
    "amod",
    "appos",
    "obj",
    "flat",
    "nmod:desc",
)
_CLAUSAL = frozenset({"acl", "acl:relcl", "advcl", "ccomp", "parataxis", "conj", "csubj", "xcomp"})
# "signed in Beijing after four days of talks": the talks were there too.
_WITHIN = frozenset({"in", "at", "during", "for", "after", "following", "on"})
# What is nearer to a point says more of where.
_FINENESS = {
    "venue": 0,
    "site": 0,
    "city": 1,
    "island": 2,
    "mountain": 2,
    "river": 2,
    "sea": 2,
    "territory": 3,
    "region": 4,
    "country": 5,
}


class EventPlaces:
    """Places of an article, ready to be asked for the place of one event after another."""

    def __init__(self, doc: Doc, places: Sequence[PlaceMention], tree: Tree | None = None) -> None:
        self.tree = tree or Tree.of(doc)
        self.doc = doc
        self.heads: dict[int, PlaceMention] = {place.head: place for place in places if not place.dateline}
        self.dateline = next((place for place in places if place.dateline), None)

    def where(self, predicate: int) -> Where | None:
        """The place of the event that a predicate states, or None."""
        for step in self._steps(predicate):
            found = list(self._of(step, predicate))
            if found:
                return min(found, key=lambda place: (_FINENESS.get(place.kind or "", 6), place.start)).where
        return self._of_lead(predicate)

    def _of_lead(self, predicate: int) -> Where | None:
        """The dateline's place, for what an article reports first, in the past tense and with no other place about.

        "LOMÉ - The government and the rebels signed …": an agency's dateline says where its news happened.
        """
        tree, doc = self.tree, self.doc
        if self.dateline is None or tree.sentence[predicate] > tree.sentence[self.dateline.head] + 1:
            return None
        first, last = tree.bounds(predicate)
        if first > self.dateline.end + 8 or any(first <= head <= last for head in self.heads):
            return None
        verb = predicate
        while doc[verb].pos_ in ("NOUN", "PROPN") and tree.heads[verb] != verb:
            verb = tree.heads[verb]
        past = "Past" in doc[verb].morph.get("Tense", []) or any(
            doc[child].lower_ in ("have", "has") for child in tree.kids(verb, "aux")
        )
        main = tree.deps[verb] in ("root", "conj", "parataxis") or tree.deps[tree.heads[verb]] == "root"
        return self.dateline.where if past and main else None

    def _steps(self, predicate: int) -> Iterator[int]:
        """The predicate, then those whose clause it shares."""
        tree = self.tree
        yield predicate
        at = predicate
        for _ in range(4):
            dep, head = tree.deps[at].split(":")[0], tree.heads[at]
            if head == at:
                return
            if self.doc[at].pos_ in ("NOUN", "PROPN") and not tree.kids(at, "cop"):
                # "talks" in "held talks", "a round of talks": the place stands with the words above.
                if dep in ("obj", "nsubj", "obl", "nmod", "compound", "conj", "xcomp") and self._lends(at, head):
                    at = head
                    yield at
                    continue
                return
            if dep in ("xcomp", "conj", "advcl") and not tree.kids(at, "nsubj", "nsubj:pass"):
                at = head
                yield at
                continue
            return

    def _lends(self, noun: int, head: int) -> bool:
        """Whether the place of the word above is the noun's too: not so for "spoke in Paris of the talks"."""
        dep = self.tree.deps[noun].split(":")[0]
        if dep in ("nmod", "compound"):
            return any(self.doc[child].lower_ == "of" for child in self.tree.kids(noun, "case")) or dep == "compound"
        if dep == "obl":
            return any(self.doc[child].lower_ in _WITHIN for child in self.tree.kids(noun, "case"))
        return True

    def _of(self, step: int, predicate: int) -> Iterator[PlaceMention]:
        tree, doc = self.tree, self.doc
        above = tree.heads[step]
        if tree.deps[step] == "acl:relcl" and any(doc[c].lower_ in ("where", "wherein") for c in tree.children[step]):
            # "Geneva, where they met"
            yield from self._within(above, clause=step)
        lemma = doc[step].lemma_.lower()
        for child in tree.children[step]:
            dep = tree.deps[child]
            base = dep.split(":")[0]
            if base in ("nsubj",) and (lemma in HOSTS or doc[step].lemma_ in HOSTS):
                yield from self._within(child)
            if dep == "nsubj:pass" and child in self.heads:
                yield self.heads[child]  # "Mosul was captured"
            if base == "obj" and child in self.heads and child != predicate:
                yield self.heads[child]
            if base in ("obl", "nmod", "advmod") and dep != "obl:agent":
                case = self._case(child)
                if case in AT or (base == "advmod" and child in self.heads) or (case in TO and lemma in MOTION):
                    yield from self._within(child)
                elif case == "of" and doc[step].pos_ == "NOUN" and child in self.heads:
                    yield self.heads[child]
            if dep in ("compound", "amod", "nmod:poss", "appos", "nmod:unmarked", "nmod:desc") and doc[step].pos_ in (
                "NOUN",
                "PROPN",
            ):
                if child in self.heads:
                    yield self.heads[child]
            if dep == "advcl" and child < step and not tree.kids(child, "nsubj") and step == predicate:
                # "Speaking in Brussels, he …"
                for oblique in tree.kids(child, "obl"):
                    if self._case(oblique) in AT:
                        yield from self._within(oblique)

    def _within(self, token: int, clause: int = -1) -> Iterator[PlaceMention]:
        """Places of a phrase: its head, or what stands with it ("a summit in Brussels", "the city of Antalya")."""
        tree = self.tree
        stack = [token]
        while stack:
            i = stack.pop()
            if i in self.heads:
                yield self.heads[i]
            for child in tree.children[i]:
                dep = tree.deps[child]
                if child == clause or dep in _CLAUSAL:
                    continue
                if dep.startswith("nmod") and self._case(child) not in (*AT, "of", ""):
                    continue
                if dep in _UNDER:
                    stack.append(child)

    def _case(self, token: int) -> str:
        return next((self.doc[child].lower_ for child in self.tree.kids(token, "case")), "")
