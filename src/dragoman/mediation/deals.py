"""Whose a deal is of which only an outsider is named: the parties', or one that has nothing to do with them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from dragoman.mediation.scene import Scene
from dragoman.mediation.talks import terms_of
from dragoman.mediation.vocabulary import Vocabulary

# Where within its phrase it stands what a deal is on: "a gas deal", "a deal on gas", "a deal to sell gas".
_ABOUT = ("compound", "amod", "nmod", "nmod:desc", "acl", "appos", "conj")
_DEFINITE = frozenset({"the", "this", "that"})


class Deals:
    """Asked where a deal is told without those who are in it."""

    def __init__(self, scene: Scene, parties: Sequence[str], vocabulary: Vocabulary) -> None:
        self.scene = scene
        self.parties = frozenset(parties)
        self.vocabulary = vocabulary
        year = scene.article.published.year
        quarrels = [
            conflict
            for conflict in scene.knowledge.conflicts
            if len(self.parties.intersection(conflict.parties)) > 1 and conflict.is_on(year, lately=1)
        ]
        words = {name for each in quarrels for name in (each.name, *each.aliases, *scene.bodies.lands_of(each))}
        self._conflict = re.compile("|".join(rf"\b{re.escape(word)}\b" for word in sorted(words)) or r"(?!)", re.I)

    def is_theirs(self, i: int, nouns: Sequence[int]) -> bool:
        """Whether the clause of a predicate points to the parties: their deal is what the outsider brought about.

        It says "both" or "the two", it speaks of the deal as one that was told of, it names a truce, a term of a
        settlement or the conflict, or its verb is that of a mediator.

        Args:
            nouns: the words for the deal.
        """
        scene = self.scene
        if self.is_others(i, nouns):
            return False
        if self._settles(nouns) or scene.words[i] in self.vocabulary.classes["mediate"]:
            return True
        if any(scene.plain[k] in _DEFINITE for noun in nouns for k in scene.tree.kids(noun, "det")):
            return True
        first, last = scene.tokens.clause(i)
        text = scene.tokens.text(first, last)
        pointed = self.vocabulary.pointing.search(text) is not None
        return pointed or bool(terms_of(text, self.vocabulary)) or self._conflict.search(text) is not None

    def is_others(self, i: int, nouns: Sequence[int]) -> bool:
        """Whether a deal is on trade or the like, or between others who are named."""
        scene = self.scene
        if self.is_business(nouns):
            return True
        holders = [i, *nouns]
        named = scene.phrases.who([k for holder in holders for k in scene.tokens.obliques(holder, "between", "among")])
        named += [
            a for holder in holders for k in scene.tokens.obliques(holder, "with") for a in scene.phrases.named(k)
        ]
        return bool(named) and not any(scene.bodies.body(actor) in self.parties for actor in named)

    def is_business(self, nouns: Sequence[int]) -> bool:
        """Whether a deal, or talks, are of a kind that settles no conflict."""
        return self._of_kind(nouns, self.vocabulary.business) and not self._settles(nouns)

    def _settles(self, nouns: Sequence[int]) -> bool:
        return self._of_kind(nouns, self.vocabulary.settling)

    def _of_kind(self, nouns: Sequence[int], kinds: frozenset[str]) -> bool:
        return any(self.scene.words[k] in kinds for noun in nouns for k in self._phrase(noun))

    def _phrase(self, noun: int) -> list[int]:
        """A noun and what says of what kind it is, two steps down."""
        found = [noun]
        for _ in range(2):
            found += [kid for k in found for kid in self.scene.tree.kids(k, *_ABOUT, "obj") if kid not in found]
        return found
