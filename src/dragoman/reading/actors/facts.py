"""What a noun phrase says of the one it means: office, noun, nationality, bodies, region, gender."""

from __future__ import annotations

from spacy.tokens import Token

from dragoman.knowledge import Knowledge
from dragoman.knowledge.offices import office_weight
from dragoman.reading.actors.drafts import Facts
from dragoman.reading.actors.lexicon import Lexicon
from dragoman.reading.actors.names import Names, is_person
from dragoman.reading.actors.phrases import SUBJECTS, case_of, conjuncts, core, is_source, noun_lemma
from dragoman.reading.tree import Tree

_LINKING = frozenset({"of", "from", "by"})
# What follows an office that somebody has been named or chosen for: "prime minister-designate".
_TO_BE = frozenset({"designate", "elect", "-"})
# What leads to the matter that an office is of.
_MATTER = frozenset({"of", "for"})
_AGENT_KINDS = frozenset({"person", "people", "organization", "state"})

# Sectors of those who send delegates and patrols, and form commissions.
_SENDING = frozenset({"REB", "GOV", "MIL", "OPP", "PRM", "UAF"})
_NEIGHBOURS = frozenset({"neighbour", "neighbor"})
# Offices of this weight lead a state or a body.
_LEADING = 8
# What a deputy is who is nobody's.
_LEGISLATOR = "member of parliament"


class FactFinder:
    """Reads the noun phrases of one article."""

    def __init__(self, tree: Tree, names: Names, knowledge: Knowledge, lexicon: Lexicon) -> None:
        self.tree, self.doc, self.names = tree, tree.doc, names
        self.knowledge, self.lexicon = knowledge, lexicon

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
        if lemma in self.lexicon.kin and facts.office is None:
            return None
        if lemma in self.lexicon.land:
            # A city or a region acts, for its country, where it is the subject of what only someone can do.
            verb = self.doc[self.tree.heads[i]].lemma_.lower()
            acts = self.tree.deps[i] in SUBJECTS and verb in self.lexicon.animate and bool(facts.nations)
            facts.noun = "country"
            return facts if acts and not is_plural(self.doc[i]) else None
        if facts.office is not None or facts.sector is not None or facts.noun is not None:
            return facts
        if lemma in self.lexicon.mouthpieces and facts.owners and self.tree.kids(i, "nmod:poss"):
            facts.noun = lemma
            return facts
        if lemma in self.lexicon.bodies:
            return facts
        if self._says(i, lemma):
            # Whoever speaks is someone, though no list has the noun: "a money-changer said".
            facts.noun = lemma
            return facts
        return None

    def _band(self, facts: Facts, lemma: str) -> str | None:
        """The sector of a noun that a group before it tells: "rebel soldiers" are rebels, an "army patrol" soldiers."""
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
        while end + 1 < len(self.doc) and self._is_held(end + 1):
            end += 2
        return end

    def _is_held(self, i: int) -> bool:
        """Whether a word is held to the one before it by a hyphen."""
        if i < 2 or self.doc[i - 1].text != "-" or not self.doc[i].is_alpha:
            return False
        return not self.doc[i - 1].whitespace_ and not self.doc[i - 2].whitespace_

    def of(self, head: int, start: int, end: int) -> Facts:
        """What the words from `start` to `end` and the complements of their head say."""
        facts = Facts()
        if self.doc[start].text == "-" and self._is_held(start + 1):
            start = core(self.tree, start - 1)[0]  # the tree may cut "prime minister-designate" at its hyphen
        self.owners(facts, head, start)
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
                and not self._is_held(index)
            ):
                continue
            if token.is_punct and token.text != "-":
                continue
            if name is None or not is_person(name):
                words.append(token.text if index != head or token.pos_ != "NOUN" else noun_lemma(token))
            facts.gender = facts.gender or self.lexicon.gender_of_word(token.lower_)  # type: ignore[assignment]
        self._title(facts, words, head)
        facts.words = " ".join(words).lower()
        return facts

    def _title(self, facts: Facts, words: list[str], head: int) -> None:
        words = [self.lexicon.short_titles.get(word.lower().rstrip("."), word) for word in words]
        lower = [word.lower() for word in words]
        facts.former = any(word in self.lexicon.former for word in lower)
        kept = [
            word
            for word, low in zip(words, lower, strict=True)
            if low not in self.lexicon.former and low not in self.lexicon.unmarked and low != "-"
        ]
        owner = next(iter([*facts.bodies, *facts.nations]), None)
        options = [*_runs(words), *_runs(kept)] if len(words) != len(kept) else _runs(kept)
        if self.doc[head].pos_ == "NOUN" and words and head not in self.names.at:
            # What a phrase is, its head says: a "mother's funeral" is no mother.
            ends = {words[-1], next((word for word in reversed(words) if word.lower() not in _TO_BE), "")}
            options = [option for option in options if option.rpartition(" ")[2] in ends]
        complement = next(
            (child for child in self.tree.kids(head, "nmod") if child > head and case_of(self.tree, child) in _MATTER),
            None,
        )
        if complement is not None and complement not in self.names.at:
            # A minister is "for internal affairs" as well as "of" them.
            options.insert(0, f"{' '.join(kept)} of {self.doc[complement].lower_}")
            options.insert(0, self.doc[head : complement + 1].text.replace(" for ", " of ", 1))
        for option in options:
            facts.office = self.knowledge.office_title(option, owner)
            if facts.office is not None:
                lesser = self._lesser(option, words)
                if lesser:
                    facts.office = f"{lesser} {option.lower() if lesser == 'assistant' else facts.office}"
                break
        if facts.office == _LEGISLATOR and self._has_chief(head, words):
            facts.office = "deputy"
        if facts.office is not None and "designate" in lower:
            facts.office = f"{facts.office}-designate"  # named, and not yet in office
        for option in options:
            noun = self.knowledge.noun(option.lower())
            if noun is not None and noun.kind in _AGENT_KINDS:
                facts.noun, facts.sector = option.lower(), noun.sector
                break
        for child in self.tree.kids(head, "nmod"):
            if child > head and case_of(self.tree, child) in self.lexicon.posting and not self._is_held(child):
                name = self.names.at.get(child)
                facts.region = self.doc[name.start : name.end].text if name else self.doc[child].text

    def _lesser(self, title: str, words: list[str]) -> str:
        """What makes a lesser office of a title: the "assistant" of "assistant secretary of state"."""
        first = title.split()[0]
        at = words.index(first) if first in words else 0
        before = words[at - 1].lower() if at else ""
        return before if before in self.lexicon.lesser and before not in self.lexicon.former else ""

    def _has_chief(self, head: int, words: list[str]) -> bool:
        """Whether a deputy is somebody's and no member of a parliament: "his deputy", "deputy to"."""
        if not words or words[-1].lower() != "deputy":
            return False
        for child in self.tree.kids(head, "nmod:poss"):
            name = self.names.at.get(child)
            if self.doc[child].pos_ == "PRON" or (name is not None and is_person(name)):
                return True
        return any(case_of(self.tree, child) == "to" for child in self.tree.kids(head, "nmod") if child > head)

    def owners(self, facts: Facts, head: int, start: int) -> None:
        """Countries and bodies that the phrase belongs to: before its head, in its genitive, and after "of"."""
        for index in range(start, head):
            if self._is_own(index, head):
                self._owner(index, facts)
        for part in self._complements(head):
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
                part for part in [*self.tree.kids(head, "nmod:poss"), *self._complements(head)] if self._may_hold(part)
            ]

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
        noun = self.knowledge.noun(lemma)
        known = lemma in self.lexicon.bodies or lemma in self.lexicon.government
        return known or (noun is not None and noun.kind in ("people", "organization"))

    def _complements(self, head: int) -> list[int]:
        """The phrases after a head that tell whose it is: "of Turkey and Iran", "for Hamas" after a spokesman."""
        found: list[int] = []
        for child in self.tree.kids(head, "nmod"):
            case = case_of(self.tree, child) if child > head else ""
            if case in _LINKING or (case == "for" and noun_lemma(self.doc[head]).startswith("spokes")):
                found += conjuncts(self.tree, child)
            elif case == "in" and noun_lemma(self.doc[head]) in self.lexicon.seated and self._is_capital(child):
                # "an official in Paris": a capital tells whose.
                found.append(child)
            elif case == "in" and noun_lemma(self.doc[head]) in self.lexicon.ruling and self._is_country(child):
                found.append(child)  # "the authorities in Pakistan"
        return found

    def _owner(self, index: int, facts: Facts) -> None:
        owner = self.names.nations.get(index)
        owners = facts.nations
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
        name = self.names.at.get(i)
        return name is not None and bool(name.entities) and name.entities[0].by == "capital"

    def _is_country(self, i: int) -> bool:
        name = self.names.at.get(i)
        return name is not None and bool(name.entities) and name.entities[0].kind == "country"

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

    def merge(self, facts: Facts, other: Facts) -> None:
        """Add what an apposition says to what the title says."""
        facts.nations += [nation for nation in other.nations if nation not in facts.nations]
        facts.bodies += [body for body in other.bodies if body not in facts.bodies]
        facts.owners += other.owners
        facts.holders += [head for head in other.holders if head not in facts.holders]
        facts.also += [each for each in (facts.office, other.office, *other.also) if each and each not in facts.also]
        newer = facts.former and not other.former
        if other.office is not None and (facts.office is None or newer or self._says_more(other.office, facts.office)):
            # "General Khin Nyunt, the intelligence chief"; "the mediator, Burkina Faso's president".
            facts.former = other.former or (facts.former and facts.office is None)
            facts.office, facts.sector = other.office, other.sector or facts.sector
        elif facts.office is None:
            facts.former = facts.former or other.former
        facts.noun, facts.sector = facts.noun or other.noun, facts.sector or other.sector
        facts.region, facts.gender = facts.region or other.region, facts.gender or other.gender

    def _says_more(self, office: str, than: str) -> bool:
        """Whether one office tells more of who somebody is than another, a rank before all."""
        if than in self.lexicon.ranks or office in self.lexicon.ranks:
            return than in self.lexicon.ranks and office not in self.lexicon.ranks
        return office_weight(office) >= _LEADING > office_weight(than)


def is_plural(token: Token) -> bool:
    """By its morphology or its tag."""
    return "Plur" in token.morph.get("Number", []) or token.tag_ in ("NNS", "NNPS")


def _runs(words: list[str]) -> list[str]:
    """All stretches of words, the longer and the later first, none of them beginning or ending in "of" or a hyphen."""
    found = []
    for size in range(min(5, len(words)), 0, -1):
        for start in range(len(words) - size, -1, -1):
            run = words[start : start + size]
            if run[0] not in ("of", "-") and run[-1] not in ("of", "-"):
                found.append(" ".join(run))
    return found
