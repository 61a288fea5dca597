"""The mentions of an article: names with title and apposition, descriptions, pronouns, modifiers that name actors."""

from __future__ import annotations

from dragoman.knowledge import Knowledge
from dragoman.reading.actors.drafts import Draft, Facts, Found, Gender
from dragoman.reading.actors.facts import FactFinder
from dragoman.reading.actors.lexicon import Lexicon
from dragoman.reading.actors.named import NamedFinder
from dragoman.reading.actors.names import Names, is_person
from dragoman.reading.actors.nouns import NUMBERS, NounFinder
from dragoman.reading.actors.phrases import INNER, SUBJECTS, core
from dragoman.reading.tree import Tree

_PRONOUNS = frozenset(
    "he she it they him her them his hers its their theirs we us our ours i me my mine himself herself itself "
    "themselves ourselves myself".split()
)
_OF_TWO = frozenset({"former", "latter"})
_RELATIVE = frozenset("who which that whom whose".split())


class MentionFinder:
    """Finds the mentions of one article, in reading order and not yet resolved."""

    def __init__(self, tree: Tree, names: Names, knowledge: Knowledge, lexicon: Lexicon) -> None:
        self.tree, self.doc, self.names = tree, tree.doc, names
        self.knowledge, self.lexicon = knowledge, lexicon
        self.found = Found(lexicon.relational, tree.doc)
        facts = FactFinder(tree, names, knowledge, lexicon)
        self._named = NamedFinder(tree, names, knowledge, lexicon, facts, self.found)
        self._nouns = NounFinder(tree, names, lexicon, facts, self.found)

    def find(self) -> list[Draft]:
        """All drafts by their first token, the longer first."""
        for name in self.names.found:
            if is_person(name):
                self._named.person(name)
            else:
                self._named.beside(name)
        for token in self.doc:
            i = token.i
            if (
                i in self.found.consumed
                or i in self.names.at
                or (i in self.names.titles and self.tree.deps[i] in INNER)
            ):
                continue
            if i in self.names.nations:
                continue
            if token.text in self.lexicon.plurals:
                start, end = core(self.tree, i)
                both = [country for country in self.lexicon.plurals[token.text] if self.knowledge.is_country(country)]
                self.found.add(start, end, i, "name", Facts(nations=both), definite=True, plural=True)
            elif token.lower_ in _OF_TWO:
                self._pronoun(i)
            elif token.pos_ in ("NOUN", "PROPN") and self.tree.deps[i] not in INNER:
                self._nouns.noun(i)
            elif self.tree.deps[i] == "compound" and (
                token.pos_ == "NOUN" or (token.pos_ == "PROPN" and token.is_sent_start)
            ):
                self._nouns.modifier(i)
            elif token.pos_ in ("PRON", "DET", "NUM", "ADJ", "SCONJ", "CCONJ"):
                self._pronoun(i)
        for name in self.names.found:
            if not is_person(name) and name.head not in self.found.consumed:
                self._named.body(name)
        for i in sorted(self.names.nations):
            if i not in self.found.consumed and i not in self.names.at:
                self._named.demonym(i)
        return sorted(self.found.drafts, key=lambda draft: (draft.start, -draft.end, draft.head))

    def _pronoun(self, i: int) -> None:
        token = self.doc[i]
        lower = token.lower_
        dep = self.tree.deps[i]
        if token.pos_ == "PRON" and lower in _PRONOUNS and dep != "expl":
            plural = lower in ("they", "them", "their", "theirs", "themselves", "we", "us", "our", "ours", "ourselves")
            gender: Gender | None = (
                "masc"
                if lower in ("he", "him", "his", "himself")
                else "fem"
                if lower in ("she", "her", "hers", "herself")
                else None
            )
            self.found.add(
                i, i + 1, i, "pronoun", Facts(noun=lower, gender=gender), form="pronoun", plural=plural, definite=True
            )
        elif token.pos_ in ("PRON", "DET", "SCONJ") and lower in _RELATIVE and "Rel" in token.morph.get("PronType", []):
            self.found.add(i, i + 1, i, "pronoun", Facts(noun="who"), form="pronoun", definite=True)
        elif lower == "both" and dep not in ("det", "det:predet", "cc:preconj", "cc", "advmod", "amod"):
            self.found.add(i, i + 1, i, "sides", Facts(noun="both"), definite=True, plural=True)
        elif lower in _OF_TWO and dep not in INNER and self.tree.kids(i, "det"):
            start, end = core(self.tree, i)
            self.found.add(start, end, i, "sides", Facts(noun=lower), definite=True)
        elif lower == "all" and dep in SUBJECTS and self._nouns.count(i) is not None:
            start, end = core(self.tree, i)
            self.found.add(
                start, end, i, "sides", Facts(noun="both", count=self._nouns.count(i)), definite=True, plural=True
            )
        elif lower in NUMBERS and dep not in ("nummod", "compound", "amod", "flat") and self._all_of(i):
            start, end = core(self.tree, i)
            self.found.add(start, end, i, "sides", Facts(noun="both", count=NUMBERS[lower]), definite=True, plural=True)

    def _all_of(self, i: int) -> bool:
        """Whether a bare number means all of those just named: "the four", "all three"."""
        determiners = [*self.tree.kids(i, "det"), *self.tree.kids(i, "det:predet")]
        return any(self.doc[child].lower_ in ("the", "all", "these", "those") for child in determiners)
