"""Who stands at the ends of a tie: from tokens of the tree to actors, through relatives and coordination."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dragoman.reading.tree import Tree

if TYPE_CHECKING:
    from dragoman.reading.actors import Actors

SUBJECTS = ("nsubj", "nsubj:pass", "nsubj:outer")
_RELATIVE = frozenset({"who", "which", "that", "whom"})
_CONTROLLED = ("advcl", "xcomp", "conj", "ccomp", "parataxis")


@dataclass(frozen=True, slots=True)
class Party:
    """An actor at one end of a tie, and the tokens that name it."""

    actor: str
    start: int
    end: int


class Parties:
    """Reads the ends of ties off the tree."""

    def __init__(self, tree: Tree, actors: Actors) -> None:
        self.tree = tree
        self.doc = tree.doc
        self.actors = actors

    def at(self, token: int, avoid: int = -1) -> list[Party]:
        """The actors that a phrase names, those coordinated with it included; `avoid` is a token to stay clear of."""
        found: list[Party] = []
        for each in (token, *self.tree.kids(token, "conj")):
            here = [Party(m.actor, m.start, m.end) for m in self.actors.at(each)]
            if not here:
                for child in self.tree.kids(each, "appos", "flat", "nmod:desc"):
                    here += [Party(m.actor, m.start, m.end) for m in self.actors.at(child)]
            covering = self.actors.covering(each)
            if not here and covering is not None and covering.form == "name" and covering.end - covering.start <= 4:
                here = [
                    Party(covering.actor, covering.start, covering.end)
                ]  # a name whose head the parse put elsewhere
            found += [self._clipped(party, each, avoid) for party in here]
        return found

    def subject(self, predicate: int) -> list[Party]:
        """The subject of a clause; where it has none, of the clause that it hangs on."""
        at = predicate
        for _ in range(5):
            subjects = self.tree.kids(at, *SUBJECTS)
            if subjects:
                subject = subjects[-1]  # where a parse gives two, the name stands next to its verb
                if self.doc[subject].lower_ in _RELATIVE and self.tree.deps[at].startswith("acl"):
                    return self.at(self.tree.heads[at])
                found = self.at(subject)
                if found or self.doc[subject].pos_ != "PRON":
                    return found  # who has ties is an actor: a pronoun that is nobody yet takes up the subject above
            dep = self.tree.deps[at]
            if dep.startswith("acl"):
                return self.at(self.tree.heads[at])
            if dep.split(":")[0] not in _CONTROLLED:
                return []
            at = self.tree.heads[at]
        return []

    def after(self, token: int, prepositions: frozenset[str], clause: int) -> list[Party]:
        """The actors after one of these prepositions under a token, relatives replaced by what they stand for."""
        found: list[Party] = []
        for child in self.tree.kids(token, "nmod", "obl", "obl:agent", "nmod:unmarked"):
            if self.case(child) not in prepositions:
                continue
            if self.doc[child].lower_ in _RELATIVE:
                found += self._before(child) or self.antecedent(clause)
            else:
                found += self.at(child)
        return found

    def _before(self, pronoun: int) -> list[Party]:
        """The actors named right before the phrase of a relative pronoun: "Moscow, with which …"."""
        at = self.tree.left[pronoun] - 1
        while at >= 0 and self.doc[at].text in (",", "(", "–", "—"):
            at -= 1
        if at < 0 or self.tree.sentence[at] != self.tree.sentence[pronoun]:
            return []
        covering = self.actors.covering(at)
        return self.at(covering.head) if covering is not None else []

    def antecedent(self, predicate: int) -> list[Party]:
        """The actors that the relative clause of a predicate hangs on."""
        at = predicate
        while self.tree.deps[at] in ("conj", "xcomp") and self.tree.heads[at] != at:
            at = self.tree.heads[at]
        return self.at(self.tree.heads[at]) if self.tree.deps[at].startswith("acl") else []

    def case(self, token: int) -> str:
        """The preposition before a phrase; empty where there is none."""
        return next((self.doc[child].lower_ for child in self.tree.kids(token, "case")), "")

    def _clipped(self, party: Party, token: int, avoid: int) -> Party:
        # "NATO ally Turkey" may be one mention of Turkey: what names Turkey is the word alone.
        if party.start <= avoid < party.end or party.end - party.start > 12:
            return Party(party.actor, token, token + 1)
        return party
