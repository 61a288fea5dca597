"""From what fills a slot to the actors that it names: conjuncts, appositions, agents deep in a noun phrase."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dragoman.reading.events.predicates import Clauses

if TYPE_CHECKING:
    from dragoman.reading.actors import Actors

# Where an actor may hide in a noun phrase that is none itself, in this order (Russian missiles, a ruling by the court).
_INSIDE = ("poss", "by", "mod", "of", "from")
# Where a recipient may hide besides (a ban on goods, sanctions against the firm, aid to the south).
_BESIDES = ("against", "on", "to", "with", "for", "between", "in", "at", "into", "over")
_DEPTH = 3


@dataclass(frozen=True, slots=True)
class Filler:
    """An actor in a role: the token that names it and how it was reached."""

    actor: str
    token: int
    path: str


class Arguments:
    """Finds the actors of a phrase."""

    def __init__(self, clauses: Clauses, actors: Actors) -> None:
        self.clauses = clauses
        self.actors = actors

    def direct(self, i: int) -> tuple[Filler, ...]:
        """The actors that the head of the phrase itself names, with those coordinated with it."""
        own = self._own(i)
        if all(self.actors.record(filler.actor).kind != "person" for filler in own):
            own = self._called(i) or own
        found = list(own)
        for child in self.clauses.tree.kids(i, "conj"):
            if self.clauses.doc[child].pos_ != "VERB":
                found += self.direct(child)
        if not own:
            for child in self.clauses.tree.kids(i, "appos"):
                found += self._own(child)
            if not found and self.clauses.tree.deps[i] == "appos":
                found += self._own(self.clauses.tree.heads[i])  # Ashton, the EU's chief diplomat, who mediates
        return _unique(found)

    def _called(self, i: int) -> tuple[Filler, ...]:
        """The person whom an apposition names: "the commander of the rebels, Sam Kauona" is he, not the rebels."""
        for child in self.clauses.tree.kids(i, "appos"):
            for mention in self.actors.at(child) if child > i else ():
                named = mention.form == "name" and mention.sense == "actor"
                if named and self.actors.record(mention.actor).kind == "person":
                    return (Filler(mention.actor, mention.head, "itself"),)
        return ()

    def resolve(
        self, i: int, depth: int = _DEPTH, *, besides: bool = False, without: frozenset[str] = frozenset()
    ) -> tuple[Filler, ...]:
        """The actors of a phrase: its own, else those inside it, nearest kind first.

        Args:
            i: the token that heads the phrase.
            depth: how many phrases deep to look.
            besides: look also where only a recipient can hide.
            without: actors that do not count, since they have a role already.
        """
        found = tuple(filler for filler in self.direct(i) if filler.actor not in without)
        if found or depth == 0 or self.clauses.doc[i].pos_ in {"VERB", "PRON"}:
            return found
        phrase = self.clauses.at(i)
        if phrase is None:
            return ()
        for slot in _INSIDE + _BESIDES if besides else _INSIDE:
            for filler in phrase.fillers(slot):
                if not self.clauses.tree.is_under(filler, i):
                    continue
                inside = self.resolve(filler, depth - 1, besides=besides, without=without)
                if inside:
                    word = self.clauses.doc[i].text
                    return tuple(Filler(f.actor, f.token, f"{slot} of “{word}”") for f in inside)
        return ()

    def _own(self, i: int) -> tuple[Filler, ...]:
        named = [mention for mention in self.actors.at(i) if mention.sense == "actor"]
        if not named:
            # A mention may be headed elsewhere in the same name (Secretary of State John Kerry).
            around = self.actors.covering(i)
            if around is not None and around.sense == "actor" and self.clauses.tree.is_beside(around.head, i):
                named = [around]
        path = "itself"
        return tuple(Filler(mention.actor, mention.head, path) for mention in named)


def _unique(fillers: list[Filler]) -> tuple[Filler, ...]:
    seen: set[str] = set()
    kept = []
    for filler in fillers:
        if filler.actor not in seen:
            seen.add(filler.actor)
            kept.append(filler)
    return tuple(kept)
