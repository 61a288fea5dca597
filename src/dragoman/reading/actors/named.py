"""Mentions by name: persons with title and apposition, bodies, countries, capitals, demonyms."""

from __future__ import annotations

from dragoman.knowledge import Knowledge
from dragoman.reading.actors.careers import CareerReader
from dragoman.reading.actors.drafts import NATIVE, Facts, Found
from dragoman.reading.actors.facts import FactFinder
from dragoman.reading.actors.introductions import Introductions
from dragoman.reading.actors.lexicon import Lexicon
from dragoman.reading.actors.names import Name, Names
from dragoman.reading.actors.phrases import INNER, core, is_plural, noun_lemma, split_by_verb
from dragoman.reading.actors.senses import sense_of
from dragoman.reading.tree import Tree

# Nouns for a people that are as well those for one of it or for its language: "the French", "the Chinese".
_PLURAL_TOO = ("ese", "sh", "ch", "ss")


class NamedFinder:
    """Finds the mentions by name of one article."""

    def __init__(
        self, tree: Tree, names: Names, knowledge: Knowledge, lexicon: Lexicon, facts: FactFinder, found: Found
    ) -> None:
        self.tree, self.doc, self.names = tree, tree.doc, names
        self.lexicon, self.facts, self.found = lexicon, facts, found
        self._careers = CareerReader(tree, names, knowledge, lexicon, facts, found)
        self._introductions = Introductions(tree, names, knowledge, lexicon, facts, self._careers, found)
        self._said: dict[int, Facts] = {}

    def person(self, name: Name) -> None:
        """A person with title, nationality and apposition: one mention."""
        head = name.head
        above, facts = self._introductions.titled(name)
        if facts is not None:
            before = self._introductions.before(name)
            facts.belong_with(before)
            facts.also += [before.office] if before.office is not None else []
            self._introductions.appositions(head, facts)
            self.found.consume(above, facts)
            start, _ = core(self.tree, above)
            facts.former = facts.former or self._careers.has_left(above)
            self._careers.take_appointment(above, facts)
            self.found.add(start, max(name.end, head + 1), above, "name", facts, name)
            return
        if self.tree.deps[head] in INNER and above not in self.names.at and above > head:
            # "the Trump administration", "an Assad ally"
            self.found.add(name.start, name.end, head, "name", Facts(), name, form="modifier")
            return
        start, end = core(self.tree, head)
        start, end = min(start, name.start), max(end, name.end)
        facts = self._introductions.before(name)
        self.found.consumed.update(facts.used)
        start = self._introductions.cut_off(name, start, facts)
        end = max(end, self._introductions.appositions(head, facts))
        self._introductions.each(head, facts)
        self._careers.take_clauses(head, facts)
        self._careers.take_appointment(head, facts)
        self._careers.take_lead(head, facts)
        if self._careers.has_left(head):
            facts.former = True
        self.found.add(start, end, head, "name", facts, name)

    def body(self, name: Name) -> None:
        """A country, body or group by name; a capital or a seat of power for its government."""
        head = name.head
        above = self.tree.heads[head]
        dep = self.tree.deps[head]
        if not name.entities and name.label != "ORG":
            return
        best = name.entities[0] if name.entities else None
        start, end = name.start, name.end
        form = "name"
        if dep in INNER and above != head and not split_by_verb(self.tree, name.end, above):
            form = "modifier"
        else:
            low, high = core(self.tree, head)
            if not any(index in self.names.at for index in range(low, start)) and not self.tree.kids(head, "nmod:poss"):
                start = min(start, low)
            end = max(end, high)
        sense = "actor"
        if best is not None and (best.kind == "country" or best.by in ("capital", "seat")):
            sense = sense_of(self.tree, self.lexicon, head, city=best.by == "capital")
            if self._opens_line(name):
                sense = "place"
        facts = self.facts.of(head, start, name.start) if start < name.start else Facts()
        if best is None:
            self.facts.merge(facts, self._said.get(name.start, Facts()))
        for child in self.tree.kids(head, "appos"):
            # "the Palestine Liberation Organization (PLO)"
            other = self.names.at.get(child)
            if other is not None and best is not None and other.entities[:1] == (best,):
                self.found.consumed.add(child)
        self.found.add(start, end, head, "name", facts, name, form=form, sense=sense)

    def beside(self, name: Name) -> None:
        """Take in what a noun beside the name of a body says: "the rebel group X", "X, an armed movement".

        It is no mention of somebody else; what it says counts where nobody knows the body.
        """
        if (not name.entities and name.label != "ORG") or (name.entities and name.entities[0].kind == "country"):
            return  # what stands beside a dateline's town is the story
        above = self.tree.heads[name.head]
        nouns = [child for child in self.tree.kids(name.head, "appos") if child > name.end]
        if self.tree.deps[name.head] in ("appos", "flat", "nmod:desc", "compound") and above < name.start:
            # "The opposition movement X" is X, whatever else is known of it; "the rebels, X and Y," are several.
            nouns += [above] if not name.entities or above == name.start - 1 else []
            nouns += [child for child in self.tree.kids(above, "appos") if child > name.end]
        if self.tree.deps[name.head] == "nmod" and is_plural(self.doc[above]) and above < name.start:
            # "Envoys of X, an armed movement": the tree may hang what one thing is on the many.
            nouns += [child for child in self.tree.kids(above, "appos") if child > name.end]
        for index in nouns:
            if index in self.names.at or is_plural(self.doc[index]) or self.tree.kids(index, "conj"):
                continue
            other = self.facts.described(index)
            if other is not None and other.office is None:
                self.facts.merge(self._said.setdefault(name.start, Facts()), other)
                self.found.consume(index, other)

    def demonym(self, i: int) -> None:
        """ "Russian" before what is Russian; "the Russians"."""
        nation = self.names.nations[i]
        dep, above = self.tree.deps[i], self.tree.heads[i]
        token = self.doc[i]
        if dep == "conj":
            dep, above = self.tree.deps[self.tree.heads[i]], self.tree.heads[self.tree.heads[i]]
        if (
            dep in ("amod", "compound", "nmod:desc", "obl", "advmod", "obl:unmarked")
            and token.pos_ in ("ADJ", "PROPN", "NOUN")
            and above != i
            and above > i
        ):
            noun = noun_lemma(self.doc[above])
            if noun in self.lexicon.idle or above in self.names.at:
                return
            sense = "place" if noun in self.lexicon.land or noun in self.lexicon.topics else "actor"
            self.found.add(i, i + 1, i, "name", Facts(nations=[nation]), form="modifier", sense=sense)
            return
        if dep in ("cop", "root", "xcomp") or (token.pos_ == "ADJ" and not self.tree.kids(i, "det")):
            return
        start, end = core(self.tree, i)
        singular = not is_plural(self.doc[i]) and any(
            self.doc[child].lower_ in ("a", "an") for child in self.tree.kids(i, "det")
        )
        one = "Number=Sing" in token.morph and any(
            self.doc[child].lower_ == "the" for child in self.tree.kids(i, "det")
        )
        if one and not token.lower_.endswith(_PLURAL_TOO):
            # "The Swede said": a person told of.
            self.found.add(start, end, i, "group", Facts(nations=[nation], noun=NATIVE), definite=True)
        elif singular:
            self.found.add(start, end, i, "group", Facts(nations=[nation], noun="citizen", sector="CVL"))
        else:
            self.found.add(start, end, i, "name", Facts(nations=[nation]))

    def _opens_line(self, name: Name) -> bool:
        """Whether a name is a dateline's: it opens a line in capitals, and a dash, a slash or a bracket follows.

        The country of a town that does so is one too: "ARUSHA, Tanzania, 29 August -".
        """
        town = bool(name.entities) and name.entities[0].by in ("capital", "name", "alias", "seat")
        if not town or name.end >= len(self.doc):
            return False
        first = name.start
        if not self.doc[name.start : name.end].text.isupper():
            if first < 2 or self.doc[first - 1].text != "," or not self.doc[first - 2].text.isupper():
                return False
            first -= 1
        while first > 0 and (self.doc[first - 1].text in "/,–-" or self.doc[first - 1].text.isupper()):
            first -= 1
        opens = first == 0 or "\n" in self.doc[first - 1].text_with_ws or self.doc[first - 1].is_space
        return opens and self.doc[name.end].text in ("-", "–", "—", "--", "/", "(", ",", ":")
