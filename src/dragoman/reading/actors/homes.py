"""Which country a description without an owner belongs to: "the government", "the army", "soldiers"."""

from __future__ import annotations

from dragoman.reading.actors.drafts import Draft
from dragoman.reading.actors.lexicon import Lexicon
from dragoman.reading.actors.linking import Linker
from dragoman.reading.actors.memory import WINDOW, Memory
from dragoman.reading.actors.names import Names
from dragoman.reading.actors.phrases import SUBJECTS, governor
from dragoman.reading.tree import Tree


class Homes:
    """The countries of one article, asked for the one that a description belongs to."""

    def __init__(self, tree: Tree, names: Names, linker: Linker, lexicon: Lexicon, memory: Memory) -> None:
        self.tree, self.doc, self.names = tree, tree.doc, names
        self.linker, self.lexicon, self.memory = linker, lexicon, memory

    def salient(self, draft: Draft) -> str | None:
        """The country that "the government" or "the army" belongs to here."""
        scores: dict[str, float] = {}
        here = self.tree.sentence[draft.head]
        for earlier in reversed(self.memory.seen[-WINDOW:]):
            gap = here - self.tree.sentence[earlier.head]
            if gap > 6:
                break
            for actor in earlier.actors[:1]:
                country = self.linker.profiles[actor].country
                if country is not None:
                    weight = 1.0 if governor(self.tree, earlier.head)[0] in SUBJECTS else 0.7
                    scores[country] = scores.get(country, 0.0) + weight / (1 + gap)
        total = sum(self.linker.context.values()) or 1
        for country, count in self.linker.context.items():
            scores[country] = scores.get(country, 0.0) + 1.5 * count / total
        return min(scores, key=lambda country: (-scores[country], country)) if scores else None

    def country_here(self, draft: Draft) -> str | None:
        """The country that a place of the same sentence lies in."""
        low, high = self.tree.bounds(draft.head)
        for index in range(max(low, draft.head - 40), min(high + 1, draft.head + 40)):
            name = self.names.at.get(index)
            if name is not None and name.head == index and name.entities and name.entities[0].kind == "country":
                from_place = governor(self.tree, index)[0]
                if from_place in ("obl", "nmod"):
                    return name.entities[0].id
        return None

    def sender(self, draft: Draft, sector: str) -> str | None:
        """Whose the soldiers are whom somebody sends or keeps: "France, which keeps 3,500 soldiers there"."""
        dep, verb = governor(self.tree, draft.head)
        if sector != "MIL" or dep not in ("obj", "obl") or self.doc[verb].lemma_.lower() not in self.lexicon.sending:
            return None
        for _ in range(3):
            subject = next(iter(self.tree.kids(verb, "nsubj")), None)
            if subject is not None:
                return self.memory.owner_behind(subject)
            if self.tree.deps[verb] not in ("conj", "xcomp", "advcl"):
                break
            verb = self.tree.heads[verb]
        return None
