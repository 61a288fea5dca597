"""Mentions by a common noun: descriptions of those who act, sets of parties, and things."""

from __future__ import annotations

from dragoman.reading.actors.drafts import DraftKind, Facts, Found
from dragoman.reading.actors.facts import FactFinder
from dragoman.reading.actors.involvement import INVOLVED, Involvement
from dragoman.reading.actors.lexicon import Lexicon
from dragoman.reading.actors.names import Names, is_person
from dragoman.reading.actors.phrases import (
    SUBJECTS,
    case_of,
    conjuncts,
    core,
    governor,
    is_plural,
    is_source,
    noun_lemma,
)
from dragoman.reading.tree import Tree

# Sectors whose people count as actors even where they only suffer or are dealt with.
_ENGAGED = frozenset({"MIL", "REB", "OPP", "GOV", "COP"})
# Sectors of those whose bases, patrols and positions are attacked for being theirs.
_ARMED = frozenset({"MIL", "REB", "UAF", "PRM"})
# How sure the language model must be that a noun names who acts, and to whom something is done, where no list has it.
_ACTS, _SUFFERS = 0.75, 0.9
_OBJECTS = frozenset({"obj", "iobj", "obl", "nsubj:pass"})
NUMBERS = {"both": 2, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7}


class NounFinder:
    """Finds the descriptions of one article."""

    def __init__(self, tree: Tree, names: Names, lexicon: Lexicon, facts: FactFinder, found: Found) -> None:
        self.tree, self.doc, self.names = tree, tree.doc, names
        self.lexicon, self.facts, self.found = lexicon, facts, found
        self.involvement = Involvement(tree.doc)

    def noun(self, i: int) -> None:
        """A common noun: a description of an actor, or a thing."""
        lemma = noun_lemma(self.doc[i])
        start, _ = core(self.tree, i)
        plural = is_plural(self.doc[i])
        determiners = [
            self.doc[child].lower_
            for child in self.tree.children[i]
            if self.tree.deps[child] in ("det", "nmod:poss", "det:predet", "nummod", "amod") and child < i
        ]
        definite = any(
            word in ("the", "this", "that", "these", "those", "both", "all") for word in determiners
        ) or bool(self.tree.kids(i, "nmod:poss"))
        # "Parliament", with a capital, is that of the country in view.
        definite = definite or (self.doc[i].pos_ == "PROPN" and not plural)
        listed = self._listed(i) if plural else []
        if listed:
            self.found.consumed.add(i)
            facts = self.facts.of(i, start, i + 1)
            facts.noun, facts.listed = lemma, listed
            self.found.add(start, i + 1, i, "sides", facts, definite=True, plural=True)
            return
        if not plural and self._is_the_other(i, lemma, determiners):
            self.found.consumed.add(i)
            self.found.add(start, i + 1, i, "sides", Facts(noun="other"), definite=True)
            return
        two = lemma in self.lexicon.bodies_of_two and definite and self.count(i) == 2
        two = two and not self.tree.kids(i, "acl:relcl", "acl")
        several = two or lemma in self.lexicon.sides or lemma in self.lexicon.states or lemma in self.lexicon.persons
        counted = any(word in self.lexicon.quantifiers for word in determiners)
        counted = counted or (definite and self.count(i) is not None)
        # "Each side accused the other": both did.
        all_ = plural or ("each" in determiners and (lemma in self.lexicon.sides or lemma in self.lexicon.states))
        if all_ and several and (counted or (definite and lemma in self.lexicon.sides)):
            facts = Facts(noun=lemma, count=self.count(i))
            self.facts.whose.add(facts, i, start)
            if not facts.used:
                self.found.add(start, i + 1, i, "sides", facts, definite=True, plural=True)
                return
        facts_or_none = self.facts.described(i) or self._unheard_of(i, lemma, start)
        if facts_or_none is None:
            self.found.add(start, i + 1, i, "thing", Facts(noun=lemma), definite=definite, plural=plural)
            return
        facts = facts_or_none
        if self.tree.kids(i, "cop"):
            if case_of(self.tree, i):
                # "Our concern is for the poor": something that is spoken of.
                self.found.add(start, i + 1, i, "thing", Facts(noun=lemma), definite=definite, plural=plural)
            return
        alone = not plural and not determiners and not facts.used and lemma not in self.lexicon.uncounted
        if alone and case_of(self.tree, i) and facts.office is None:
            # "into exile", "under guard": nobody in particular.
            self.found.add(start, i + 1, i, "thing", Facts(noun=lemma))
            return
        if any(word in ("no", "neither") for word in determiners) and not facts.used:
            # "No Muslim could sign", "neither man": nobody.
            self.found.add(start, i + 1, i, "thing", Facts(noun=lemma), plural=plural)
            return
        if facts.sector == "JRN" and self.tree.deps[i] not in SUBJECTS and not facts.used:
            # "Told reporters": whoever listens does nothing.
            self.found.add(start, i + 1, i, "thing", Facts(noun=lemma), definite=definite, plural=plural)
            return
        if case_of(self.tree, i) == "as" or self.tree.deps[i] == "xcomp":
            # What someone is or works as is said of them; it is not one more of those who act.
            return
        if self._idle_group(i, facts, definite=definite):
            self.found.add(start, i + 1, i, "thing", Facts(noun=lemma), plural=plural)
            return
        kind: DraftKind = "group"
        if facts.office is not None:
            kind = "office"
        elif definite and not plural and not facts.nations and not facts.bodies and lemma in self.lexicon.bodies:
            kind = "body"
        self.found.consume(i, facts)
        possessor = next((child for child in self.tree.kids(i, "nmod:poss") if self.doc[child].pos_ == "PRON"), None)
        self.found.add(
            start,
            self.facts.whose.end_with_of(i),
            i,
            kind,
            facts,
            definite=definite,
            plural=plural,
            possessor=possessor,
        )

    def modifier(self, i: int) -> None:
        """A group before the noun for what is its own: "rebel positions", "an army convoy", "government artillery".

        Where the noun is somebody ("rebel leaders") the group is a part of that; a name beside it says whose it is.
        """
        above = self.tree.heads[i]
        if above < i or self.doc[above].pos_ != "NOUN" or self.facts.described(above) is not None:
            return
        if any(part in self.names.at or part in self.names.nations for part in range(core(self.tree, above)[0], i)):
            return
        lemma, whose = noun_lemma(self.doc[i]), noun_lemma(self.doc[above])
        noun = self.facts.knowledge.noun(lemma)
        if noun is None or noun.kind not in ("people", "organization"):
            return
        if whose in self.lexicon.strife or whose in self.lexicon.generic:
            return
        if noun.sector in _ARMED or (noun.sector == "GOV" and self._is_held(whose)):
            facts = Facts(noun=lemma, sector=noun.sector, words=lemma)
            several = noun.sector != "GOV"
            self.found.add(i, i + 1, i, "group", facts, form="modifier", definite=True, plural=several)

    def _is_held(self, lemma: str) -> bool:
        """Whether a noun is for what soldiers hold or fight with."""
        known = self.facts.knowledge.noun(lemma)
        return lemma in self.lexicon.held or (known is not None and known.sector == "MIL")

    def _idle_group(self, i: int, facts: Facts, *, definite: bool) -> bool:
        """Whether some people or other of no country or body ("26 people", "a third party") do nothing here.

        Armed groups that are fought or talked to count, for "talks with rebels" are talks.
        """
        if definite or facts.used or facts.owners or facts.office is not None or facts.sector in _ENGAGED:
            return False
        known = self.facts.knowledge.noun(facts.noun or "")
        people = known is not None and known.kind in ("people", "person")
        if self.involvement.acting(i) >= INVOLVED or (people and self.involvement.suffering(i) >= INVOLVED):
            return False
        dep, above = governor(self.tree, i)
        if dep == "obl:agent" or is_source(self.tree, i, self.lexicon.speech):
            return False
        if dep != "nsubj":
            return True
        return self.doc[above].pos_ not in ("VERB", "AUX")

    def _unheard_of(self, i: int, lemma: str, start: int) -> Facts | None:
        """The facts of whom no list has and who acts or suffers by the language model: "business chambers accused"."""
        known = self.facts.knowledge.noun(lemma)
        if lemma in self.lexicon.documents or lemma in self.lexicon.deeds:
            return None
        if i and self.doc[i - 1].text == "-":
            return None  # the "outs" of "hold-outs"
        if known is not None and known.kind == "thing":
            return None
        dep, involved = governor(self.tree, i)[0], self.involvement
        acts = dep in SUBJECTS and involved.acting(i) >= _ACTS
        if not acts and not (dep in _OBJECTS and involved.suffering(i) >= _SUFFERS):
            return None
        facts = self.facts.of(i, start, i + 1)
        facts.noun = lemma
        return facts

    def _is_the_other(self, i: int, lemma: str, determiners: list[str]) -> bool:
        """Whether a phrase means the other of two: "the other side", "its rival"."""
        if lemma in self.lexicon.sides and "the" in determiners and "other" in determiners:
            return not any(part > i for part in self.tree.kids(i, "nmod", "acl:relcl"))
        own = [self.doc[child] for child in self.tree.kids(i, "nmod:poss")]
        named = self.tree.kids(i, "appos", "flat", "cop") or len(self.tree.kids(i, "amod", "compound"))
        return lemma in self.lexicon.opposed and not named and any(word.lower_ in ("its", "their") for word in own)

    def _listed(self, i: int) -> list[int]:
        """The names that tell one by one who a plural means: in apposition to it, or as those it leads, two or more."""
        for child in self.tree.kids(i, "appos"):
            together = [part for part in conjuncts(self.tree, child) if part > i]
            if len(together) > 1 and all(self._named_person(part) or part in self.names.at for part in together):
                return together
        noun = noun_lemma(self.doc[i])
        if noun not in self.lexicon.persons and noun not in self.lexicon.sides and noun not in self.lexicon.government:
            return []
        for child in self.tree.kids(i, "nmod"):
            if child > i and case_of(self.tree, child) in ("of", "from"):
                together = [part for part in conjuncts(self.tree, child) if self._is_body(part)]
                if len(together) > 1:
                    return together
        return []

    def _named_person(self, i: int) -> bool:
        name = self.names.at.get(i)
        return name is not None and is_person(name)

    def _is_body(self, i: int) -> bool:
        name = self.names.at.get(i)
        return name is not None and name.head == i and bool(name.entities) and not is_person(name)

    def count(self, i: int) -> int | None:
        """The number that a phrase gives of those it means."""
        for child in [i, *self.tree.kids(i, "nummod", "det", "amod")]:
            number = NUMBERS.get(self.doc[child].lower_)
            if number is not None:
                return number
        return None
