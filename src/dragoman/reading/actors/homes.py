"""Which country a description without an owner belongs to: "the government", "the army", "soldiers"."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from functools import cached_property

from dragoman.knowledge import Knowledge
from dragoman.knowledge.names import fold
from dragoman.reading.actors.drafts import Draft
from dragoman.reading.actors.lexicon import Lexicon
from dragoman.reading.actors.linking import Linker
from dragoman.reading.actors.memory import WINDOW, Memory
from dragoman.reading.actors.names import Name, Names
from dragoman.reading.actors.phrases import SUBJECTS, case_of, governor, noun_lemma
from dragoman.reading.actors.senses import sense_of
from dragoman.reading.tree import Tree

# Sectors of those who are within a country; they come with it, where its government may be anywhere.
INNER_SECTORS = frozenset({"REB", "UAF", "PRM", "OPP", "PTY", "COP", "ELI", "CRM", "MIL", "CVL"})


class Homes:
    """The countries of one article, asked for the one that a description belongs to."""

    def __init__(
        self, tree: Tree, names: Names, linker: Linker, knowledge: Knowledge, lexicon: Lexicon, memory: Memory
    ) -> None:
        self.tree, self.doc, self.names = tree, tree.doc, names
        self.linker, self.knowledge, self.lexicon, self.memory = linker, knowledge, lexicon, memory

    def salient(
        self, draft: Draft, sector: str | None = None, form: str | None = None, without: Collection[str] = ()
    ) -> str | None:
        """The country that "the government" or "the army" belongs to here; with a form, one of that form of state."""
        scores: dict[str, float] = {}
        here = self.tree.sentence[draft.head]
        # A government asks its own congress; another government is another country's.
        other = self._beside(draft) if sector in (None, "GOV") else None
        without = {*without, *self._dealt_with(draft)}
        for earlier in reversed(self.memory.seen[-WINDOW:]):
            gap = here - self.tree.sentence[earlier.head]
            if gap > 6:
                break
            if earlier.facts.office in self.lexicon.between:
                continue  # who mediates has neither the government nor the soldiers that are told of
            for actor in earlier.actors[:1]:
                country = self.linker.profiles[actor].country
                if country is not None and country != other:
                    weight = 1.0 if governor(self.tree, earlier.head)[0] in SUBJECTS else 0.7
                    weight *= 0.4 if earlier.sense == "place" else 1.0
                    scores[country] = scores.get(country, 0.0) + weight / (1 + gap)
        total = sum(self.linker.context.values()) or 1
        for country, count in self.linker.context.items():
            if country != other:
                scores[country] = scores.get(country, 0.0) + 1.5 * count / total
        inner = sum(self.inner.values()) or 1
        for country, count in self.inner.items():
            if country != other:
                share = count / inner * min(1.0, inner / 2)
                scores[country] = scores.get(country, 0.0) + (3.0 if sector in INNER_SECTORS else 1.5) * share
        if form is not None:
            scores = {one: score for one, score in scores.items() if form in self._official(one)}
        scores = {one: score for one, score in scores.items() if one not in without}
        return min(scores, key=lambda country: (-scores[country], country)) if scores else None

    def _official(self, country: str) -> str:
        known = self.knowledge.country(country)
        return fold(known.official) if known is not None else ""

    def told_of(self) -> str | None:
        """The one country whose own conflict the article tells of, if there is one."""
        ranked = self.inner.most_common(2)
        if not ranked or ranked[0][1] < 2 or (len(ranked) > 1 and ranked[0][1] < 3 * ranked[1][1]):
            return None
        return ranked[0][0]

    @cached_property
    def inner(self) -> Counter[str]:
        """How often the article names what each country has within it: its rebels, its parties, its war."""
        found: Counter[str] = Counter()
        for name in self.names.found:
            best = name.entities[0] if name.entities else None
            if best is None or best.country is None:
                continue
            if best.kind == "country":
                found[best.country] += self._within(name.head)
            elif best.kind != "person" and best.sector in INNER_SECTORS:
                found[best.country] += 1
        for index, nation in self.names.nations.items():
            found[nation] += self._within(index)
        # A neighbour's war that is told in passing is not the article's.
        most = max(self.linker.context.values(), default=0)
        return Counter({one: count for one, count in found.items() if count and 2 * self.linker.context[one] >= most})

    def _within(self, index: int) -> int:
        """Whether a country stands before or after a noun for what is within it: "Burundi's parties", "war in Chad"."""
        if self.tree.deps[index] not in ("nmod:poss", "amod", "compound", "nmod", "nmod:desc"):
            return 0
        above = self.tree.heads[index]
        lemma = noun_lemma(self.doc[above])
        case = case_of(self.tree, index) or next((self.doc[kid].lower_ for kid in self.tree.kids(index, "case")), "")
        if self.tree.deps[index] == "nmod:poss" and case not in ("'s", "’s", "'", "’"):
            return 0  # a dateline that the tree takes for a genitive
        if case == "in" and lemma in self.lexicon.settled:
            return 0  # a truce is signed in a town of others
        if case not in ("", "of", "in", "'s", "’s", "'", "’"):
            return 0
        sector = self.lexicon_sector(lemma)
        return int(lemma in self.lexicon.strife or lemma in self.lexicon.government or sector in INNER_SECTORS)

    def lexicon_sector(self, lemma: str) -> str | None:
        """The sector of a noun, but for what every country sends abroad: its troops and its people."""
        sector = self.knowledge.sector_of_noun(lemma)
        return None if sector in ("MIL", "CVL") else sector

    def _beside(self, draft: Draft) -> str | None:
        """The country that is the subject of the same clause: whom it deals with is not itself."""
        dep, verb = governor(self.tree, draft.head)
        for _ in range(3):
            if dep.split(":")[0] not in ("obj", "obl", "iobj", "nmod"):
                return None
            if self.doc[verb].pos_ in ("VERB", "AUX"):
                break
            dep, verb = governor(self.tree, verb)
        subject = next((kid for kid in self.tree.kids(verb, "nsubj") if kid < draft.head), None)
        met = self.memory.heads.get(subject) if subject is not None else None
        if met is None or len(met.actors) != 1:
            return None
        profile = self.linker.profiles[met.actors[0]]
        return profile.id if profile.kind == "country" else None

    def _dealt_with(self, draft: Draft) -> set[str]:
        """The countries with or against which a subject does something: "the junta sealed its border with Mali"."""
        dep, verb = governor(self.tree, draft.head)
        if dep not in SUBJECTS:
            return set()
        found = set()
        for index in range(draft.head + 1, self.tree.right[verb] + 1):
            name = self.names.at.get(index)
            if name is None or name.head != index or not name.entities or name.entities[0].kind != "country":
                continue
            if self.tree.clause(index) == verb and case_of(self.tree, index) in ("with", "against"):
                found.add(name.entities[0].id)
        return found

    def country_here(self, draft: Draft) -> str | None:
        """The country that a place of the same sentence lies in, the nearest one."""
        low, high = self.tree.bounds(draft.head)
        places = {
            index: name.entities[0].id
            for index in range(max(low, draft.head - 40), min(high + 1, draft.head + 40))
            if (name := self.names.at.get(index)) is not None and name.head == index and self._is_place(name)
        }
        nearest = min(places, key=lambda index: abs(index - draft.head), default=None)
        return places[nearest] if nearest is not None else None

    def seat(self, draft: Draft) -> str | None:
        """The country in whose capital somebody does something: "In Cairo, the foreign ministry said"."""
        dep, verb = governor(self.tree, draft.head)
        for child in self.tree.kids(verb, "obl") if dep in SUBJECTS else ():
            name = self.names.at.get(child)
            if name is None or name.head != child or case_of(self.tree, child) != "in":
                continue
            if any(entity.kind == "country" and entity.by == "capital" for entity in name.entities[:1]):
                return name.entities[0].id
        return None

    def _is_place(self, name: Name) -> bool:
        """Whether a name tells where something is: "talks with France" are held anywhere."""
        if not name.entities or name.entities[0].kind != "country":
            return False
        if governor(self.tree, name.head)[0] not in ("obl", "nmod"):
            return False
        capital = name.entities[0].by == "capital"
        return sense_of(self.tree, self.lexicon, name.head, city=capital) == "place"

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
