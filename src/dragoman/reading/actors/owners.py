"""Whose somebody is: the countries and bodies that a noun phrase belongs to, and where nobody knows their names."""

from __future__ import annotations

from functools import cached_property

from dragoman.knowledge import Entity, Knowledge
from dragoman.knowledge.places import load_gazetteer
from dragoman.reading.actors.drafts import Facts
from dragoman.reading.actors.lexicon import Lexicon
from dragoman.reading.actors.names import Names, is_person
from dragoman.reading.actors.phrases import case_of, conjuncts, core, is_plural, noun_lemma
from dragoman.reading.tree import Tree

_LINKING = frozenset({"of", "from", "by"})
# By so much must a town be better known than another of its name, in weight, to be meant where nothing tells.
_SURER = 0.7


class OwnerFinder:
    """Finds whose the noun phrases of one article are."""

    def __init__(self, tree: Tree, names: Names, knowledge: Knowledge, lexicon: Lexicon) -> None:
        self.tree, self.doc, self.names = tree, tree.doc, names
        self.knowledge, self.lexicon = knowledge, lexicon

    def add(self, facts: Facts, head: int, start: int) -> None:
        """Add the countries and bodies that a phrase belongs to: before its head, in its genitive, and after "of"."""
        for index in range(start, head):
            if self._is_own(index, head):
                self._owner(index, facts)
        for part in self.complements(head):
            if part in self.names.at or part in self.names.nations:
                self._owner(self.names.at[part].head if part in self.names.at else part, facts)
            elif self.doc[part].pos_ in ("NOUN", "PROPN"):
                low, _ = core(self.tree, part)
                for index in range(low, part):
                    if self._is_own(index, part):
                        self._owner(index, facts)
                for below in self.tree.kids(part, "nmod"):
                    if case_of(self.tree, below) == "of" and (below in self.names.at or below in self.names.nations):
                        self._owner(below, facts)
        if not facts.nations and not facts.bodies:
            facts.holders = [
                part for part in [*self.tree.kids(head, "nmod:poss"), *self.complements(head)] if self._may_hold(part)
            ]

    def complements(self, head: int) -> list[int]:
        """The phrases after a head that tell whose it is: "of Turkey and Iran", "for Hamas" after a spokesman."""
        found: list[int] = []
        own = any(self.is_owner(index) for index in range(core(self.tree, head)[0], head))
        for child in self.tree.kids(head, "nmod"):
            case = case_of(self.tree, child) if child > head else ""
            if own and any(self.tree.deps[between] == "cc" for between in range(head + 1, self.tree.left[child])):
                continue  # "the Gambian president and chairman of ECOWAS" presides over no ECOWAS
            if case in _LINKING or (case == "for" and self._speaks_for(head, child)):
                found += conjuncts(self.tree, child)
            elif case == "in" and noun_lemma(self.doc[head]) in self.lexicon.seated and self._is_capital(child):
                # "an official in Paris": a capital tells whose.
                found.append(child)
            elif case == "at" and self._is_at_home(head, child):
                found.append(child)
            elif case == "in" and noun_lemma(self.doc[head]) in self.lexicon.ruling and self._is_country(child):
                found.append(child)  # "the authorities in Pakistan"
        return found

    def is_owner(self, index: int) -> bool:
        """Whether a word is of a known country or body, or a nationality."""
        name = self.names.at.get(index)
        return index in self.names.nations or (name is not None and bool(name.entities) and not is_person(name))

    def end_with_of(self, i: int) -> int:
        """The end of a phrase with its "of"-complement, where that is no longer than a name."""
        end = core(self.tree, i)[1]
        for child in self.tree.kids(i, "nmod"):
            if child > i and case_of(self.tree, child) in _LINKING:
                last = max(conjuncts(self.tree, child))
                end = max(end, core(self.tree, last)[1])
                name = self.names.at.get(last)
                end = max(end, name.end if name else end)
                break
        return end

    def country_of_town(self, head: int, start: int) -> list[str]:
        """The country of the town or the region that an office is of: "the mayor of Kisumu", "Donetsk's governor"."""
        around = [*self.tree.kids(head, "nmod", "nmod:poss", "compound"), *range(start, head)]
        for index in dict.fromkeys(around):
            if not self.doc[index].is_title or (index > head and case_of(self.tree, index) not in ("of", "in")):
                continue
            name = self.names.at.get(index)
            if name is not None and is_person(name):
                continue
            low, high = core(self.tree, index)
            words = [token.text for token in self.doc[low:high] if token.is_title and token.pos_ != "DET"]
            found = load_gazetteer().lookup(" ".join(words))
            told = [place.country for place in found if place.country in self._countries]
            likely = [
                p.country
                for p in found[:1]
                if all(p.country == o.country or p.weight > o.weight + _SURER for o in found)
            ]
            meant = next((country for country in (*told, *likely) if country is not None), None)
            if meant is not None:
                return [meant]
        return []

    @cached_property
    def _countries(self) -> set[str | None]:
        """The countries that the article names, or something of."""
        named = {name.entities[0].country for name in self.names.found if name.entities}
        return named | set(self.names.nations.values())

    def _may_hold(self, index: int) -> bool:
        """Whether a phrase without a known name can be whose somebody is: "its", "the movement", an unknown body."""
        token = self.doc[index]
        name = self.names.at.get(index)
        if name is not None:
            return name.head == index and not name.entities and name.label == "ORG"
        if token.pos_ == "PRON":
            return "Rel" not in token.morph.get("PronType", [])
        if token.pos_ not in ("NOUN", "PROPN") or index in self.names.nations:
            return False
        if not self.tree.kids(index, "det", "nmod:poss", "amod") and not is_plural(token):
            return False  # "secretary of state"
        lemma = noun_lemma(token)
        if self.doc[index : index + 3].text.lower().removesuffix("'s") in self.lexicon.institutional:
            return True  # "the secretary-general's special representative"
        noun = self.knowledge.noun(lemma)
        known = lemma in self.lexicon.bodies or lemma in self.lexicon.government
        return known or (noun is not None and noun.kind in ("people", "organization"))

    def _is_at_home(self, head: int, child: int) -> bool:
        """Whether somebody serves where he is: "the permanent secretary at Cameroon's foreign ministry"."""
        lemma = noun_lemma(self.doc[head])
        serves = lemma in self.lexicon.posts or lemma == "official" or lemma.startswith("spokes")
        return serves and (noun_lemma(self.doc[child]) in self.lexicon.organs or self.is_owner(child))

    def _speaks_for(self, head: int, child: int) -> bool:
        """Whether somebody speaks for those after "for": "a spokesman for Hamas", "a negotiator for the rebels"."""
        lemma = noun_lemma(self.doc[head])
        if lemma.startswith("spokes"):
            return True
        entity = self._entity(child)
        bodily = entity is not None and entity.kind in ("group", "organization")
        return lemma in self.lexicon.speaking and bodily

    def _owner(self, index: int, facts: Facts) -> None:
        owner = self.names.nations.get(index)
        owners = facts.nations
        for within in self.tree.kids(index, "nmod:poss") if owner is not None else ():
            entity = self._entity(within)
            if entity is not None and entity.kind == "country":
                owner = entity.id  # Bosnia's Croats are of Bosnia
        name = self.names.at.get(index)
        if owner is None and name is not None and index == name.head and name.entities and not is_person(name):
            entity = name.entities[0]
            owner = entity.id
            owners = facts.nations if entity.kind == "country" else facts.bodies
        if owner is not None:
            if owners is not facts.bodies or not owners or owner in owners:
                # "The envoy of the United Nations and the Arab League" is counted to one: the other is named beside.
                facts.used.append(index)
            if owner not in owners:
                owners.append(owner)

    def _is_own(self, index: int, head: int) -> bool:
        """Whether a name before a head is its own and not of a participle in between ("Turkish - backed rebels")."""
        name = self.names.at.get(index)
        end = name.end if name is not None else index + 1  # the SPLM-N is one name
        if end < len(self.doc) and self.doc[end].text in ("-", "–") and not self.doc[end - 1].whitespace_:
            return False
        if index in self.names.nations and index + 1 == head:
            return True  # "the Tajik leader", whatever the tree hangs the adjective on
        while index != head:
            index = self.tree.heads[index]
            if index != head and self.doc[index].pos_ == "VERB":
                return False
            if self.tree.heads[index] == index and index != head:
                return False
        return True

    def _is_capital(self, i: int) -> bool:
        entity = self._entity(i)
        return entity is not None and entity.by == "capital"

    def _is_country(self, i: int) -> bool:
        entity = self._entity(i)
        return entity is not None and entity.kind == "country"

    def _entity(self, i: int) -> Entity | None:
        """Whom the name that a word is of means first."""
        name = self.names.at.get(i)
        return name.entities[0] if name is not None and name.entities else None
