"""What a noun phrase says of the one it means: office, noun, nationality, bodies, region, gender."""

from __future__ import annotations

from functools import cached_property

from spacy.tokens import Token

from dragoman.knowledge import Knowledge, Tenure
from dragoman.knowledge.offices import office_weight
from dragoman.knowledge.places import load_gazetteer
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
# Sectors of those who have a leader of their own, whatever stands behind their name: "the Likud opposition".
_LED = frozenset({"PTY", "OPP", "REB"})
_NEIGHBOURS = frozenset({"neighbour", "neighbor"})
# Offices of this weight lead a state or a body.
_LEADING = 8
# By so much must a town be better known than another of its name, in weight, to be meant where nothing tells.
_SURER = 0.7
# Those of this weight rule.
_RULING = 6
# Offices that say of whom or what only with the word before or after them.
_MINISTERIAL = frozenset({"minister", "secretary"})
# What a deputy is who is nobody's.
_LEGISLATOR = "member of parliament"


class FactFinder:
    """Reads the noun phrases of one article."""

    def __init__(self, tree: Tree, names: Names, knowledge: Knowledge, lexicon: Lexicon) -> None:
        self.tree, self.doc, self.names = tree, tree.doc, names
        self.knowledge, self.lexicon = knowledge, lexicon

    @cached_property
    def _countries(self) -> set[str | None]:
        """The countries that the article names, or something of."""
        named = {name.entities[0].country for name in self.names.found if name.entities}
        return named | set(self.names.nations.values())

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
                and not (token.lower_ in self.lexicon.lesser and index + 1 == head)  # "an under secretary of state"
                and not self._is_held(index)
            ):
                continue
            if token.is_punct and token.text != "-":
                continue
            if name is None or not is_person(name):
                words.append(token.text if index != head or token.pos_ != "NOUN" else noun_lemma(token))
            facts.gender = facts.gender or self.lexicon.gender_of_word(token.lower_)  # type: ignore[assignment]
        self._title(facts, words, head)
        facts.sector = self._sector_of_whose(facts, head) or facts.sector
        if facts.office in self.lexicon.local and not facts.nations and not facts.bodies:
            facts.nations += self._country_of_town(head, start)
        facts.words = " ".join(words).lower()
        return facts

    def _title(self, facts: Facts, words: list[str], head: int) -> None:
        words = [self.lexicon.short_titles.get(word.lower().rstrip("."), word) for word in words]
        lower = [word.lower() for word in words]
        once = any(self.doc[child].lower_ in self.lexicon.bygone for child in self.tree.kids(head, "advmod"))
        facts.former = once or any(word in self.lexicon.former for word in lower)
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
        if complement is not None and not self._is_owner(complement):
            options = [*self._with_complement(head, complement, kept), *options]
        title = ""
        for option in options:
            facts.office = self.knowledge.office_title(option, owner)
            if facts.office is not None:
                title = option.lower()
                lesser = self._lesser(option, words)
                if lesser:
                    facts.office = f"{lesser} {option.lower() if lesser == 'assistant' else facts.office}"
                break
        body = self.lexicon.offices_of.get(facts.office or "")
        if body is not None and not facts.bodies and not facts.nations:
            (facts.nations if self.knowledge.is_country(body) else facts.bodies).append(body)
        if facts.office == _LEGISLATOR and self._has_chief(head, words):
            facts.office = "deputy"
        if title in _MINISTERIAL:
            facts.office = self._portfolio(head, complement, title) or facts.office
        if facts.former and facts.office is not None and office_weight(facts.office) < _RULING:
            # Who leads from abroad leads; who ruled and is abroad does not rule.
            facts.former = once or any(word in self.lexicon.former - self.lexicon.abroad for word in lower)
        if facts.office is not None and "designate" in lower:
            facts.office = f"{facts.office}-designate"  # named, and not yet in office
        for option in options:
            noun = self.knowledge.noun(option.lower())
            if (
                option.lower() in self.lexicon.ranks
                and len(title.split()) > 1
                and facts.office not in self.lexicon.ranks
            ):
                continue  # a director general is no general
            if noun is not None and noun.kind in _AGENT_KINDS:
                facts.noun, facts.sector = option.lower(), noun.sector
                break
        if facts.office is not None and facts.sector is None:
            of = (facts.nations or [""])[0]
            if self.knowledge.sector_of_office(Tenure("", facts.office, of, None, None)) == "MIL":
                facts.sector = "MIL" if facts.office != "commander" else None
        for child in self.tree.kids(head, "nmod"):
            if child > head and case_of(self.tree, child) in self.lexicon.posting and not self._is_held(child):
                name = self.names.at.get(child)
                facts.region = self.doc[name.start : name.end].text if name else self.doc[child].text

    def _with_complement(self, head: int, complement: int, kept: list[str]) -> list[str]:
        """The titles that an office may make with the matter that it is of, the longest first.

        A minister is "for internal affairs" as well as "of" them, and "the chair of the government peace panel" has
        the chair of the peace panel.
        """
        start = core(self.tree, complement)[0]
        matter = [token.lower_ for token in self.doc[start:complement] if token.pos_ not in ("DET", "NUM")]
        matter.append(noun_lemma(self.doc[complement]) if is_plural(self.doc[head]) else self.doc[complement].lower_)
        owners = [
            self.names.at[i].entities[0] for i in range(start, complement) if self._is_owner(i) and i in self.names.at
        ]
        led = any(owner.sector in _LED for owner in owners)
        parts = [" ".join(matter[first:]) for first in range(0 if led else max(0, len(matter) - 3), len(matter))]
        parts = parts[:1] if led else parts  # "the leader of the Likud opposition" leads Likud
        found = [self.doc[head : complement + 1].text.replace(" for ", " of ", 1)]
        marks = [i for i in range(core(self.tree, head)[0], head) if self.doc[i].text in ("'s", "’s", "'", "’")]
        whole = (
            self.doc[head].lower_ if marks else " ".join(kept)
        )  # "the army's chief of staff" may be an officer of it
        for office in dict.fromkeys((whole, self.doc[head].lower_, noun_lemma(self.doc[head]))):
            found += [f"{office} of {article}{part}" for part in parts for article in ("", "the ")]
        return sorted(found, key=lambda one: -len(one.split()))

    def _portfolio(self, head: int, complement: int | None, title: str) -> str | None:
        """What a minister is minister of: "the mines minister", "Minister of Mines", "the minister for social policy".

        None where the text does not say it.
        """
        known, parts = self.lexicon.portfolios, self.lexicon.portfolio_parts
        at = next((i for i in range(head, max(head - 4, -1), -1) if self.doc[i].lower_ == title), None)
        if at is None:
            return None
        start = at
        while start > 0 and (
            self.doc[start - 1].lower_ in known
            or (start < at and self.doc[start - 1].lower_ in parts)
            or (start < at and self.doc[start - 1].lower_ in ("and", "&") and self.doc[start - 2].lower_ in known)
        ):
            start -= 1
        matter = self.doc[start:at].text.lower()
        if not matter and complement is not None and title == "minister" and complement > at:
            low, high = core(self.tree, complement)
            words = [token.lower_ for token in self.doc[low:high] if token.pos_ != "DET"]
            named = any(index in self.names.nations or self._is_owner(index) for index in range(low, high))
            if known.isdisjoint(words) or named:
                return None
            matter = " ".join(words)
        if not matter:
            return None
        before = self.doc[start - 1].lower_ if start > 0 else ""
        if before == "-" and start > 1:
            before = self.doc[start - 2].lower_
        lesser = f"{before} " if before in self.lexicon.lesser and before not in self.lexicon.former else ""
        return f"{lesser}{matter} {title}"

    def _sector_of_whose(self, facts: Facts, head: int) -> str | None:
        """The sector of those who have a leader or speaker: "the president of the court", "the army's spokesman"."""
        if facts.office not in self.lexicon.headships or facts.sector not in (None, "GOV"):
            return None
        for part in [*self.tree.kids(head, "nmod:poss"), *self._complements(head)]:
            low = core(self.tree, part)[0]
            whole = self.knowledge.noun(self.doc[max(low, part - 1) : part + 1].text.lower())
            noun = whole or self.knowledge.noun(noun_lemma(self.doc[part]))
            known = noun is not None and noun.kind in ("people", "organization") and noun.sector != "GOV"
            if noun is not None and known and (part not in self.names.at or not self.names.at[part].entities):
                return noun.sector
        return None

    def _country_of_town(self, head: int, start: int) -> list[str]:
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

    def _lesser(self, title: str, words: list[str]) -> str:
        """What makes a lesser office of a title: the "assistant" of "assistant secretary of state"."""
        first = title.split()[0]
        at = words.index(first) if first in words else 0
        if at > 1 and words[at - 1] == "-":
            at -= 1  # "vice-chairman"
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
        if self.doc[index : index + 3].text.lower().removesuffix("'s") in self.lexicon.institutional:
            return True  # "the secretary-general's special representative"
        noun = self.knowledge.noun(lemma)
        known = lemma in self.lexicon.bodies or lemma in self.lexicon.government
        return known or (noun is not None and noun.kind in ("people", "organization"))

    def _complements(self, head: int) -> list[int]:
        """The phrases after a head that tell whose it is: "of Turkey and Iran", "for Hamas" after a spokesman."""
        found: list[int] = []
        own = any(self._is_owner(index) for index in range(core(self.tree, head)[0], head))
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

    def _is_at_home(self, head: int, child: int) -> bool:
        """Whether somebody serves where he is: "the permanent secretary at Cameroon's foreign ministry"."""
        lemma = noun_lemma(self.doc[head])
        serves = lemma in self.lexicon.posts or lemma == "official" or lemma.startswith("spokes")
        return serves and (noun_lemma(self.doc[child]) in self.lexicon.organs or self._is_owner(child))

    def _is_owner(self, index: int) -> bool:
        name = self.names.at.get(index)
        return index in self.names.nations or (name is not None and bool(name.entities) and not is_person(name))

    def _speaks_for(self, head: int, child: int) -> bool:
        """Whether somebody speaks for those after "for": "a spokesman for Hamas", "a negotiator for the rebels"."""
        lemma = noun_lemma(self.doc[head])
        if lemma.startswith("spokes"):
            return True
        name = self.names.at.get(child)
        bodily = name is not None and any(entity.kind in ("group", "organization") for entity in name.entities[:1])
        return lemma in self.lexicon.speaking and bodily

    def _owner(self, index: int, facts: Facts) -> None:
        owner = self.names.nations.get(index)
        owners = facts.nations
        for within in self.tree.kids(index, "nmod:poss") if owner is not None else ():
            if within in self.names.at and self._is_country(within):
                owner = self.names.at[within].entities[0].id  # Bosnia's Croats are of Bosnia
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

    def _says_more(self, office: str, than: str) -> bool:
        """Whether one office tells more of who somebody is than another, a rank before all."""
        styles = self.lexicon.ranks | self.lexicon.styles
        if than in styles or office in styles:
            return than in styles and office not in styles
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
