"""What a noun phrase says of the one it means: office, noun, nationality, bodies, region, gender."""

from __future__ import annotations

from functools import cached_property

from dragoman.knowledge import Knowledge
from dragoman.knowledge.offices import office_weight
from dragoman.reading.actors.drafts import Facts
from dragoman.reading.actors.lexicon import Lexicon
from dragoman.reading.actors.names import Names, is_person
from dragoman.reading.actors.owners import OwnerFinder
from dragoman.reading.actors.phrases import SUBJECTS, core, is_held, is_plural, is_source, noun_lemma
from dragoman.reading.actors.titles import TitleReader
from dragoman.reading.tree import Tree

# Sectors of those who send delegates and patrols, and form commissions.
_SENDING = frozenset({"REB", "GOV", "MIL", "OPP", "PRM", "UAF"})
# Sectors of people who are of the country of the town that they are said to be in: "a man in Aleppo".
_OF_TOWNS = frozenset({"CVL", "MED", "EDU", "BUS", "REL", "LAB", "AGR"})
# Sectors of those who follow a leader and not a state.
_LED = frozenset({"REB", "UAF", "PRM", "MIL"})
_NEIGHBOURS = frozenset({"neighbour", "neighbor"})
# Offices of this weight lead a state or a body.
_LEADING = 8


class FactFinder:
    """Reads the noun phrases of one article."""

    def __init__(self, tree: Tree, names: Names, knowledge: Knowledge, lexicon: Lexicon) -> None:
        self.tree, self.doc, self.names = tree, tree.doc, names
        self.knowledge, self.lexicon = knowledge, lexicon
        self.whose = OwnerFinder(tree, names, knowledge, lexicon)
        self._titles = TitleReader(tree, names, knowledge, lexicon, self.whose)

    def described(self, i: int) -> Facts | None:
        """The facts of a phrase headed by a noun for someone who acts; None for other nouns."""
        if self.doc[i].pos_ not in ("NOUN", "PROPN", "ADJ"):
            return None
        if i and self.doc[i - 1 : i + 1].text.lower() in self.lexicon.services:
            return None
        start, end = core(self.tree, i)[0], self._hyphens_end(i + 1)
        while i in self.names.titles and end in self.names.titles:
            end += 1  # the tree may take "Maj" of "Maj Gen" for the head
        facts = self.of(i, start, end)
        lemma = noun_lemma(self.doc[i])
        facts.sector = self._band(facts, lemma)
        opposite = lemma == "number" and i > 0 and self.doc[i - 1].lower_ == "opposite"
        if lemma in self.lexicon.counterpart or opposite:
            facts.office = "counterpart"
            return facts
        if lemma in _NEIGHBOURS and self.tree.kids(i, "nmod:poss") and not is_plural(self.doc[i]):
            facts.noun = "neighbour"
            return facts
        if facts.office is None and (behind := self._behind(i, lemma, facts)):
            facts.owners += [head for head in behind if head not in facts.owners]
            facts.noun = lemma
            if lemma not in self.lexicon.mouthpieces:
                facts.sector = "CVL" if lemma in self.lexicon.following else "OPP"
            return facts
        if (
            (facts.sector in _LED or lemma in self.lexicon.armed)
            and facts.office is None
            and not facts.bodies
            and not facts.owners
        ):
            facts.owners += self._chief(i)
        if lemma in self.lexicon.kin and facts.office is None:
            return None
        if lemma in self.lexicon.land:
            # A city or a region acts, for its country, where it is the subject of what only someone can do.
            verb = self.doc[self.tree.heads[i]].lemma_.lower()
            acts = self.tree.deps[i] in SUBJECTS and verb in self.lexicon.animate and bool(facts.nations)
            facts.noun = "country"
            return facts if acts and not is_plural(self.doc[i]) else None
        if facts.sector in _OF_TOWNS and facts.office is None and not (facts.nations or facts.bodies or facts.owners):
            # What stands before the noun may be a capital and no town: "One man said", "the Mayo Clinic".
            facts.nations += self.whose.country_of_town(i, i) if self.doc[i].pos_ == "NOUN" else []
        if facts.office is not None or facts.sector is not None or facts.noun is not None:
            return facts
        if facts.former and lemma in self.lexicon.callings and not is_plural(self.doc[i]):
            facts.noun = lemma  # "the former schoolteacher" is somebody told of
            return facts
        if lemma in self.lexicon.bodies:
            return facts
        if self._says(i, lemma):
            # Whoever speaks is someone, though no list has the noun: "a money-changer said".
            facts.noun = lemma
            return facts
        return None

    def of(self, head: int, start: int, end: int) -> Facts:
        """What the words from `start` to `end` and the complements of their head say."""
        facts = Facts()
        if self.doc[start].text == "-" and is_held(self.doc, start + 1):
            start = core(self.tree, start - 1)[0]  # the tree may cut "prime minister-designate" at its hyphen
        self.whose.add(facts, head, start)
        words: list[str] = []
        for index in range(start, end):
            token = self.doc[index]
            name = self.names.at.get(index)
            if name is not None and name.head != head:
                if is_person(name):
                    facts.owners.append(name.head)
                continue
            if index in self.names.nations or (
                token.pos_ in ("DET", "ADP", "NUM", "CCONJ", "PRON", "PART")
                and token.lower_ != "of"
                and not (token.lower_ in self.lexicon.lesser and index + 1 == head)  # "an under secretary of state"
                and not is_held(self.doc, index)
            ):
                continue
            if token.is_punct and token.text != "-":
                continue
            if name is None or not is_person(name):
                words.append(token.text if index != head or token.pos_ != "NOUN" else noun_lemma(token))
            facts.gender = facts.gender or self.lexicon.gender_of_word(token.lower_)  # type: ignore[assignment]
        self._titles.read(facts, words, head)
        facts.sector = self._sector_of_whose(facts, head) or facts.sector
        if facts.office in self.lexicon.local and not facts.nations and not facts.bodies:
            facts.nations += self.whose.country_of_town(head, start)
        facts.words = " ".join(words).lower()
        return facts

    def merge(self, facts: Facts, other: Facts) -> None:
        """Add what an apposition says to what the title says."""
        facts.belong_with(other)
        facts.owners += other.owners
        facts.holders += [head for head in other.holders if head not in facts.holders]
        facts.also += [each for each in (facts.office, other.office, *other.also) if each and each not in facts.also]
        newer = facts.former and not other.former
        styles = self.lexicon.ranks | self.lexicon.styles
        older = other.former and facts.office is not None and facts.office not in styles and not facts.former
        more = facts.office is None or newer or self._says_more(other.office or "", facts.office)
        if other.office is not None and more and not older:
            # "General Khin Nyunt, the intelligence chief"; "the mediator, Burkina Faso's president".
            facts.former = other.former or (facts.former and facts.office is None)
            facts.office, facts.sector = other.office, other.sector or facts.sector
        elif facts.office is None:
            facts.former = facts.former or other.former
        facts.noun, facts.sector = facts.noun or other.noun, facts.sector or other.sector
        facts.region, facts.gender = facts.region or other.region, facts.gender or other.gender

    def _behind(self, i: int, lemma: str, facts: Facts) -> list[int]:
        """The persons who speak through an office or have people behind or against them, by the heads of their phrases.

        "The president's office", "several of Mr Odinga's backers", "opponents of the king". What foreigners back him
        is another matter.
        """
        lexicon = self.lexicon
        mouthpiece = lemma in lexicon.mouthpieces and lemma not in lexicon.land
        if not mouthpiece and not (lemma in lexicon.following | lexicon.opposing and is_plural(self.doc[i])):
            return []
        if facts.nations or facts.bodies or not lexicon.regional.isdisjoint(facts.words.split()):
            return []
        parts = self.tree.kids(i, "nmod:poss")
        if not mouthpiece:
            parts = [*parts, *(part for part in self.tree.kids(i, "nmod") if part > i and self._is_of(part))]
        return [part for part in parts if self._is_one(part)]

    def _chief(self, i: int) -> list[int]:
        """The one whom fighters follow: "rebels loyal to Riek Machar", "gunmen led by General Haftar"."""
        parts = [part for loyal in self.tree.kids(i, "amod") for part in self.tree.kids(loyal, "obl")]
        parts += [part for led in self.tree.kids(i, "acl") for part in self.tree.kids(led, "obl:agent")]
        above = {self.doc[self.tree.heads[part]].lemma_.lower() for part in parts}
        named = [part for part in parts if (name := self.names.at.get(part)) is not None and is_person(name)]
        return named[:1] if above <= {"loyal", *self.lexicon.leading} else []

    def _is_of(self, part: int) -> bool:
        return any(self.doc[kid].lower_ == "of" for kid in self.tree.kids(part, "case"))

    def _is_one(self, part: int) -> bool:
        """Whether a phrase is a person: by name, by a pronoun that only a person has, by an office that one holds."""
        name = self.names.at.get(part)
        if name is not None:
            return is_person(name) and name.head == part
        if self.doc[part].pos_ == "PRON":
            return self.doc[part].lower_ in ("his", "her")
        if is_plural(self.doc[part]):
            return False
        return self.of(part, core(self.tree, part)[0], part + 1).office in self._heading

    @cached_property
    def _heading(self) -> frozenset[str]:
        return self.lexicon.single | frozenset(self.lexicon.leaders)

    def _band(self, facts: Facts, lemma: str) -> str | None:
        """The sector of a noun that a group before it tells: "rebel soldiers" are rebels, an "army patrol" soldiers."""
        if lemma == "source":
            words = facts.words.split()[:-1]
            spheres = (self.lexicon.spheres.get(word) for word in (" ".join(words[-2:]), *reversed(words)))
            return next((sphere for sphere in spheres if sphere is not None), None)
        nouns = [self.knowledge.noun(word) for word in facts.words.split()[:-1]]
        before = [noun.sector for noun in nouns if noun is not None and noun.kind in ("people", "organization")]
        if facts.noun is not None and "REB" in before:
            return "REB"
        if facts.sector is None and (facts.noun is not None or lemma in self.lexicon.bodies):
            return next((sector for sector in before if sector in _SENDING), None)
        return facts.sector

    def _says(self, i: int, lemma: str) -> bool:
        known = self.knowledge.noun(lemma)
        if lemma in self.lexicon.documents or (known is not None and known.kind == "thing"):
            return False
        return self.doc[i].pos_ == "NOUN" and is_source(self.tree, i, self.lexicon.voiced)

    def _hyphens_end(self, end: int) -> int:
        """Where a word ends that goes on behind hyphens: the "commander" of "commander-in-chief"."""
        while end + 1 < len(self.doc) and is_held(self.doc, end + 1):
            end += 2
        return end

    def _sector_of_whose(self, facts: Facts, head: int) -> str | None:
        """The sector of those who have a leader or speaker: "the president of the court", "the army's spokesman"."""
        if facts.office not in self.lexicon.headships or facts.sector not in (None, "GOV"):
            return None
        for part in [*self.tree.kids(head, "nmod:poss"), *self.whose.complements(head)]:
            low = core(self.tree, part)[0]
            whole = self.knowledge.noun(self.doc[max(low, part - 1) : part + 1].text.lower())
            noun = whole or self.knowledge.noun(noun_lemma(self.doc[part]))
            known = noun is not None and noun.kind in ("people", "organization") and noun.sector != "GOV"
            if noun is not None and known and (part not in self.names.at or not self.names.at[part].entities):
                return noun.sector
        return None

    def _says_more(self, office: str, than: str) -> bool:
        """Whether one office tells more of who somebody is than another, a rank before all."""
        styles = self.lexicon.ranks | self.lexicon.styles
        if than in styles or office in styles:
            return than in styles and office not in styles
        return office_weight(office) >= _LEADING > office_weight(than)
