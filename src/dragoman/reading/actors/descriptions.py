"""Whom a description means: the right room for each kind, and the memory that all of them share."""

from __future__ import annotations

from datetime import date

from dragoman.knowledge import Knowledge
from dragoman.reading.actors.drafts import Draft
from dragoman.reading.actors.groups import GroupResolver
from dragoman.reading.actors.homes import Homes
from dragoman.reading.actors.lexicon import Lexicon
from dragoman.reading.actors.linking import Linker
from dragoman.reading.actors.memory import Memory
from dragoman.reading.actors.names import Names
from dragoman.reading.actors.offices import OfficeResolver
from dragoman.reading.actors.sides import SideResolver
from dragoman.reading.actors.view import View
from dragoman.reading.tree import Tree


class DescriptionResolver:
    """Resolves the descriptions of one article, told of each draft in reading order."""

    def __init__(
        self, tree: Tree, names: Names, linker: Linker, knowledge: Knowledge, lexicon: Lexicon, published: date
    ) -> None:
        self.memory = Memory(tree, linker, knowledge)
        self.homes = Homes(tree, names, linker, knowledge, lexicon, self.memory)
        view = View(tree, knowledge, lexicon, self.memory)
        self._persons = lexicon.persons
        self._sides = SideResolver(tree, linker, knowledge, lexicon, self.memory)
        self._groups = GroupResolver(tree, names, linker, knowledge, lexicon, published, self.memory, self.homes, view)
        self._offices = OfficeResolver(
            tree, linker, knowledge, lexicon, published, self.memory, self.homes, view,
            sides=self._sides.resolve, group=self._groups.resolve, between=self._sides.between,
        )  # fmt: skip

    def resolve(self, draft: Draft) -> tuple[str, ...]:
        """The actors that a description means; empty where nobody can be named."""
        if draft.kind == "sides":
            # "Three women" are no sides of anything.
            several = draft.facts.noun in self._persons and not draft.facts.listed
            return self._sides.resolve(draft) or (self._groups.untold(draft) if several else ())
        if draft.kind == "office":
            return self._offices.resolve(draft)
        if draft.kind == "body":
            found = self._groups.body(draft)
            if found or draft.facts.sector is None:
                return found
        return self._groups.resolve(draft)
