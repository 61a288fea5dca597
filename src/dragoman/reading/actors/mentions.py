"""The mentions of an article: names with title and apposition, descriptions, pronouns, modifiers that name actors."""

from __future__ import annotations

from dragoman.knowledge import Knowledge
from dragoman.reading.actors.drafts import Draft, DraftKind, Facts, Gender
from dragoman.reading.actors.lexicon import Lexicon
from dragoman.reading.actors.names import Name, Names
from dragoman.reading.actors.phrases import (
    INNER,
    SUBJECTS,
    case_of,
    conjuncts,
    core,
    governor,
    noun_lemma,
    split_by_verb,
)
from dragoman.reading.actors.senses import sense_of
from dragoman.reading.tree import Tree

_PRONOUNS = frozenset(
    "he she it they him her them his hers its their theirs we us our ours i me my mine himself herself itself "
    "themselves ourselves myself".split()
)
_RELATIVE = frozenset("who which that whom whose".split())
_LINKING = frozenset({"of", "from", "by"})
# Sectors whose people count as actors even where they only suffer or are dealt with.
_ENGAGED = frozenset({"MIL", "REB", "OPP", "GOV"})
_NUMBERS = {"both": 2, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7}
_AGENT_KINDS = frozenset({"person", "people", "organization", "state"})


class MentionFinder:
    """Finds the mentions of one article, in reading order and not yet resolved."""

    def __init__(self, tree: Tree, names: Names, knowledge: Knowledge, lexicon: Lexicon) -> None:
        self.tree, self.doc, self.names = tree, tree.doc, names
        self.knowledge, self.lexicon = knowledge, lexicon
        self._consumed: set[int] = set()
        self._drafts: list[Draft] = []

    def find(self) -> list[Draft]:
        """All drafts by their first token, the longer first."""
        for name in self.names.found:
            if self._is_person(name):
                self._person(name)
        for token in self.doc:
            i = token.i
            if i in self._consumed or i in self.names.at or (i in self.names.titles and self.tree.deps[i] in INNER):
                continue
            if i in self.names.nations:
                continue
            if token.text in self.lexicon.plurals:
                start, end = core(self.tree, i)
                both = [country for country in self.lexicon.plurals[token.text] if self.knowledge.is_country(country)]
                self._add(start, end, i, "name", Facts(nations=both), definite=True, plural=True)
            elif token.pos_ in ("NOUN", "PROPN") and self.tree.deps[i] not in INNER:
                self._noun(i)
            elif token.pos_ in ("PRON", "DET", "NUM", "ADJ", "SCONJ", "CCONJ"):
                self._pronoun(i)
        for name in self.names.found:
            if not self._is_person(name) and name.head not in self._consumed:
                self._body(name)
        for i in sorted(self.names.nations):
            if i not in self._consumed and i not in self.names.at:
                self._demonym(i)
        return sorted(self._drafts, key=lambda draft: (draft.start, -draft.end, draft.head))

    # ------------------------------------------------------------------ names

    def _is_person(self, name: Name) -> bool:
        if name.entities:
            return name.entities[0].kind == "person"
        return name.label == "PERSON"

    def _person(self, name: Name) -> None:
        """A person with title, nationality and apposition: one mention."""
        head = name.head
        above = self.tree.heads[head]
        if self.tree.deps[head] in ("appos", "flat", "compound", "nmod:desc", "nmod") and above not in self.names.at:
            facts = self._described(above) if above < head and not case_of(self.tree, head) else None
            if facts is not None and not self._plural(above):
                self._consume(above, facts)
                start, _ = core(self.tree, above)
                self._add(start, max(name.end, head + 1), above, "name", facts, name)
                return
        if self.tree.deps[head] in INNER and above not in self.names.at and above > head:
            # "the Trump administration", "an Assad ally"
            self._add(name.start, name.end, head, "name", Facts(), name, form="modifier")
            return
        start, end = core(self.tree, head)
        start, end = min(start, name.start), max(end, name.end)
        facts = self._facts(head, start, name.start)
        self._consumed.update(facts.used)
        before = start - 1
        if (
            start == name.start
            and before >= 0
            and self.tree.sentence[before] == self.tree.sentence[start]
            and before not in self.names.at
        ):
            # The tree may cut a title off; nothing else stands right before a name without a comma.
            title = self._described(before) if not self._plural(before) and before not in self.names.nations else None
            if title is not None:
                start = core(self.tree, before)[0]
                _merge(facts, title)
                self._consume(before, title)
        for child in self.tree.kids(head, "appos"):
            if child in self.names.at or child < head or self._plural(child):
                continue
            other = self._described(child)
            if other is not None:
                _merge(facts, other)
                self._consume(child, other)
                end = max(end, self._end_with_of(child))
            elif self.doc[child].pos_ == "NOUN":
                # "a Congolese laureate": whatever that is, it tells whose he is.
                self._belongs(facts, self._facts(child, core(self.tree, child)[0], child + 1))
        for child in self.tree.kids(head, "acl:relcl"):
            self._leads(child, facts)
        self._add(start, end, head, "name", facts, name)

    def _belongs(self, facts: Facts, other: Facts) -> None:
        """Take from a phrase no more than the countries and bodies in it."""
        facts.nations += [nation for nation in other.nations if nation not in facts.nations]
        facts.bodies += [body for body in other.bodies if body not in facts.bodies]

    def _leads(self, verb: int, facts: Facts) -> None:
        """ "Who heads the party", "who leads a wing of the opposition": what a relative clause says of him."""
        if self.doc[verb].lemma_.lower() not in self.lexicon.leading or self.doc[verb].tag_ not in ("VBZ", "VBG"):
            return
        if any(self.doc[child].lower_ not in ("who", "that") for child in self.tree.kids(verb, *SUBJECTS)):
            return
        for led in self.tree.kids(verb, "obj"):
            other = self._facts(led, core(self.tree, led)[0], led + 1)
            name = self.names.at.get(led)
            if name is not None and name.entities:
                entity = name.entities[0]
                if entity.kind not in ("person", "country") and entity.id not in facts.bodies:
                    facts.bodies.append(entity.id)
                    facts.office = facts.office or "leader"
            elif noun_lemma(self.doc[led]) in self.lexicon.followers:
                self._belongs(facts, other)
                below = [self.knowledge.sector_of_noun(noun_lemma(self.doc[c])) for c in self.tree.kids(led, "nmod")]
                facts.sector = facts.sector or other.sector or next(filter(None, below), None)
                facts.office = facts.office or "leader"

    def _body(self, name: Name) -> None:
        """A country, body or group by name; a capital or a seat of power for its government."""
        head = name.head
        above = self.tree.heads[head]
        dep = self.tree.deps[head]
        if not name.entities and name.label != "ORG":
            return
        best = name.entities[0] if name.entities else None
        start, end = name.start, name.end
        form: str = "name"
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
        facts = self._facts(head, start, name.start) if start < name.start else Facts()
        for child in self.tree.kids(head, "appos"):
            # "the Palestine Liberation Organization (PLO)"
            other = self.names.at.get(child)
            if other is not None and best is not None and other.entities[:1] == (best,):
                self._consumed.add(child)
        self._add(start, end, head, "name", facts, name, form="modifier" if form == "modifier" else "name", sense=sense)

    def _opens_line(self, name: Name) -> bool:
        """Whether a name in capitals is a dateline: it opens a line, and a dash, a slash or a bracket follows."""
        if not name.entities or name.entities[0].by not in ("capital", "name", "alias"):
            return False
        text = self.doc[name.start : name.end].text
        if not text.isupper() or name.end >= len(self.doc):
            return False
        first = name.start
        while first > 0 and (self.doc[first - 1].text in "/,–-" or self.doc[first - 1].text.isupper()):
            first -= 1
        opens = first == 0 or "\n" in self.doc[first - 1].text_with_ws or self.doc[first - 1].is_space
        return opens and self.doc[name.end].text in ("-", "–", "—", "--", "/", "(", ",", ":")

    def _demonym(self, i: int) -> None:
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
            self._add(i, i + 1, i, "name", Facts(nations=[nation]), form="modifier", sense=sense)
            return
        if dep in ("cop", "root", "xcomp") or (token.pos_ == "ADJ" and not self.tree.kids(i, "det")):
            return
        start, end = core(self.tree, i)
        singular = not self._plural(i) and any(
            self.doc[child].lower_ in ("a", "an") for child in self.tree.kids(i, "det")
        )
        if singular:
            self._add(start, end, i, "group", Facts(nations=[nation], noun="citizen", sector="CVL"))
        else:
            self._add(start, end, i, "name", Facts(nations=[nation]))

    # ------------------------------------------------------------------ descriptions

    def _noun(self, i: int) -> None:
        """A common noun: a description of an actor, or a thing."""
        lemma = noun_lemma(self.doc[i])
        start, _ = core(self.tree, i)
        plural = self._plural(i)
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
            self._consumed.add(i)
            self._add(start, i + 1, i, "sides", Facts(noun=lemma, listed=listed), definite=True, plural=True)
            return
        several = lemma in self.lexicon.sides or lemma in self.lexicon.states or lemma in self.lexicon.persons
        counted = any(word in self.lexicon.quantifiers for word in determiners)
        if plural and several and (counted or (definite and lemma in ("side", "party", "belligerent"))):
            facts = Facts(noun=lemma, count=self._count(i))
            self._owners(facts, i, start)
            if not facts.used:
                self._add(start, i + 1, i, "sides", facts, definite=True, plural=True)
                return
        facts_or_none = self._described(i)
        if facts_or_none is None:
            self._add(start, i + 1, i, "thing", Facts(noun=lemma), definite=definite, plural=plural)
            return
        facts = facts_or_none
        if self.tree.kids(i, "cop"):
            return
        if not plural and not determiners and not facts.used and case_of(self.tree, i) and facts.office is None:
            # "into exile", "under guard": nobody in particular.
            self._add(start, i + 1, i, "thing", Facts(noun=lemma))
            return
        if facts.sector == "JRN" and self.tree.deps[i] not in SUBJECTS and not facts.used:
            # "Told reporters": whoever listens does nothing.
            self._add(start, i + 1, i, "thing", Facts(noun=lemma), definite=definite, plural=plural)
            return
        if case_of(self.tree, i) == "as" or self.tree.deps[i] == "xcomp":
            # What someone is or works as is said of them; it is not one more of those who act.
            return
        if self._idle_group(i, facts, definite=definite):
            self._add(start, i + 1, i, "thing", Facts(noun=lemma), plural=plural)
            return
        kind: DraftKind = "group"
        if facts.office is not None:
            kind = "office"
        elif definite and not plural and not facts.nations and not facts.bodies and lemma in self.lexicon.bodies:
            kind = "body"
        self._consume(i, facts)
        possessor = next((child for child in self.tree.kids(i, "nmod:poss") if self.doc[child].pos_ == "PRON"), None)
        self._add(start, self._end_with_of(i), i, kind, facts, definite=definite, plural=plural, possessor=possessor)

    def _idle_group(self, i: int, facts: Facts, *, definite: bool) -> bool:
        """Whether some people or other of no country or body ("26 people", "a third party") do nothing here.

        Armed groups that are fought or talked to count, for "talks with rebels" are talks.
        """
        if definite or facts.used or facts.owners or facts.office is not None or facts.sector in _ENGAGED:
            return False
        dep, above = governor(self.tree, i)
        if dep == "obl:agent":
            return False
        if dep != "nsubj":
            return True
        return self.doc[above].pos_ not in ("VERB", "AUX")

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
        return name is not None and self._is_person(name)

    def _is_body(self, i: int) -> bool:
        name = self.names.at.get(i)
        return name is not None and name.head == i and bool(name.entities) and not self._is_person(name)

    def _is_capital(self, i: int) -> bool:
        name = self.names.at.get(i)
        return name is not None and bool(name.entities) and name.entities[0].by == "capital"

    def _count(self, i: int) -> int | None:
        """The number that a phrase gives of those it means."""
        for child in [i, *self.tree.kids(i, "nummod", "det", "amod")]:
            number = _NUMBERS.get(self.doc[child].lower_)
            if number is not None:
                return number
        return None

    def _described(self, i: int) -> Facts | None:
        """The facts of a phrase headed by a noun for someone who acts; None for other nouns."""
        if self.doc[i].pos_ not in ("NOUN", "PROPN", "ADJ"):
            return None
        start, _ = core(self.tree, i)
        facts = self._facts(i, start, i + 1)
        lemma = noun_lemma(self.doc[i])
        if lemma in self.lexicon.counterpart or (lemma == "number" and self.doc[i - 1].lower_ == "opposite"):
            facts.office = "counterpart"
            return facts
        if lemma in self.lexicon.kin and facts.office is None:
            return None
        if lemma in self.lexicon.land:
            # A city or a region acts, for its country, where it is the subject of what only someone can do.
            verb = self.doc[self.tree.heads[i]].lemma_.lower()
            acts = self.tree.deps[i] in SUBJECTS and verb in self.lexicon.animate and bool(facts.nations)
            facts.noun = "country"
            return facts if acts and not self._plural(i) else None
        if facts.office is not None or facts.sector is not None or facts.noun is not None:
            return facts
        if lemma in self.lexicon.mouthpieces and facts.owners and self.tree.kids(i, "nmod:poss"):
            facts.noun = lemma
            return facts
        return facts if lemma in self.lexicon.bodies else None

    def _facts(self, head: int, start: int, end: int) -> Facts:
        """What the words from `start` to `end` and the complements of their head say."""
        facts = Facts()
        self._owners(facts, head, start)
        words: list[str] = []
        for index in range(start, end):
            token = self.doc[index]
            name = self.names.at.get(index)
            if name is not None and name.head != head:
                if self._is_person(name):
                    facts.owners.append(name.head)
                continue
            if index in self.names.nations or (
                token.pos_ in ("DET", "ADP", "NUM", "CCONJ", "PRON", "PART") and token.lower_ != "of"
            ):
                continue
            if token.is_punct and token.text != "-":
                continue
            if name is None or not self._is_person(name):
                words.append(token.text if index != head or token.pos_ != "NOUN" else noun_lemma(token))
            facts.gender = facts.gender or self.lexicon.gender_of_word(token.lower_)  # type: ignore[assignment]
        self._title(facts, words, head)
        facts.words = " ".join(words).lower()
        return facts

    def _title(self, facts: Facts, words: list[str], head: int) -> None:
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
            last = words[-1]
            options = [option for option in options if option == last or option.endswith(" " + last)]
        complement = next(
            (child for child in self.tree.kids(head, "nmod") if child > head and case_of(self.tree, child) == "of"),
            None,
        )
        if complement is not None and complement not in self.names.at:
            options.insert(0, f"{' '.join(kept)} of {self.doc[complement].lower_}")
            options.insert(0, self.doc[head : complement + 1].text)
        for option in options:
            facts.office = self.knowledge.office_title(option, owner)
            if facts.office is not None:
                break
        for option in options:
            noun = self.knowledge.noun(option.lower())
            if noun is not None and noun.kind in _AGENT_KINDS:
                facts.noun, facts.sector = option.lower(), noun.sector
                break
        for child in self.tree.kids(head, "nmod"):
            if child > head and case_of(self.tree, child) in ("for", "to", "in", "on"):
                name = self.names.at.get(child)
                facts.region = self.doc[name.start : name.end].text if name else self.doc[child].text

    def _owners(self, facts: Facts, head: int, start: int) -> None:
        """Countries and bodies that the phrase belongs to: before its head, in its genitive, and after "of"."""
        for index in range(start, head):
            if self._is_own(index, head):
                self._owner(index, facts)
        for part in self._complements(head):
            if part in self.names.at or part in self.names.nations:
                self._owner(part, facts)
            elif self.doc[part].pos_ in ("NOUN", "PROPN"):
                low, _ = core(self.tree, part)
                for index in range(low, part):
                    if self._is_own(index, part):
                        self._owner(index, facts)
                for below in self.tree.kids(part, "nmod"):
                    if case_of(self.tree, below) == "of" and (below in self.names.at or below in self.names.nations):
                        self._owner(below, facts)

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
        return found

    def _owner(self, index: int, facts: Facts) -> None:
        owner = self.names.nations.get(index)
        owners = facts.nations
        name = self.names.at.get(index)
        if owner is None and name is not None and index == name.head and name.entities and not self._is_person(name):
            entity = name.entities[0]
            owner = entity.id
            owners = facts.nations if entity.kind == "country" else facts.bodies
        if owner is not None:
            facts.used.append(index)
            if owner not in owners:
                owners.append(owner)

    def _is_own(self, index: int, head: int) -> bool:
        """Whether a name before a head is its own and not of a participle in between ("Turkish - backed rebels")."""
        if index + 1 < len(self.doc) and self.doc[index + 1].text in ("-", "–") and not self.doc[index].whitespace_:
            return False
        while index != head:
            index = self.tree.heads[index]
            if index != head and self.doc[index].pos_ == "VERB":
                return False
            if self.tree.heads[index] == index and index != head:
                return False
        return True

    def _end_with_of(self, i: int) -> int:
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

    def _consume(self, i: int, facts: Facts) -> None:
        """Take a described phrase out of the running, with the names that only say whose it is."""
        self._consumed.add(i)
        if noun_lemma(self.doc[i]) not in self.lexicon.relational:
            self._consumed.update(facts.used)

    # ------------------------------------------------------------------ pronouns

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
            self._add(
                i, i + 1, i, "pronoun", Facts(noun=lower, gender=gender), form="pronoun", plural=plural, definite=True
            )
        elif token.pos_ in ("PRON", "DET", "SCONJ") and lower in _RELATIVE and "Rel" in token.morph.get("PronType", []):
            self._add(i, i + 1, i, "pronoun", Facts(noun="who"), form="pronoun", definite=True)
        elif lower == "both" and dep not in ("det", "det:predet", "cc:preconj", "cc", "advmod", "amod"):
            self._add(i, i + 1, i, "sides", Facts(noun="both"), definite=True, plural=True)
        elif lower == "all" and dep in SUBJECTS and self._count(i) is not None:
            start, end = core(self.tree, i)
            self._add(start, end, i, "sides", Facts(noun="both", count=self._count(i)), definite=True, plural=True)
        elif lower in _NUMBERS and dep not in ("nummod", "compound", "amod", "flat") and self._all_of(i):
            start, end = core(self.tree, i)
            self._add(start, end, i, "sides", Facts(noun="both", count=_NUMBERS[lower]), definite=True, plural=True)

    # ------------------------------------------------------------------ helpers

    def _all_of(self, i: int) -> bool:
        """Whether a bare number means all of those just named: "the four", "all three"."""
        determiners = [*self.tree.kids(i, "det"), *self.tree.kids(i, "det:predet")]
        return any(self.doc[child].lower_ in ("the", "all", "these", "those") for child in determiners)

    def _plural(self, i: int) -> bool:
        return "Plur" in self.doc[i].morph.get("Number", []) or self.doc[i].tag_ in ("NNS", "NNPS")

    def _add(
        self, start: int, end: int, head: int, kind: DraftKind, facts: Facts, name: Name | None = None, *,
        form: str | None = None, sense: str = "actor", definite: bool = False, plural: bool = False,
        possessor: int | None = None,
    ) -> None:  # fmt: skip
        if form is None:
            form = "name" if kind == "name" else "pronoun" if kind == "pronoun" else "description"
        self._drafts.append(
            Draft(start, max(end, head + 1), head, kind, form, facts, name, sense, definite, plural, possessor)  # type: ignore[arg-type]
        )


def _runs(words: list[str]) -> list[str]:
    """All stretches of words, the longer and the later first, none of them beginning or ending in "of"."""
    found = []
    for size in range(min(5, len(words)), 0, -1):
        for start in range(len(words) - size, -1, -1):
            run = words[start : start + size]
            if run[0] != "of" and run[-1] != "of":
                found.append(" ".join(run))
    return found


def _merge(facts: Facts, other: Facts) -> None:
    """Add what an apposition says to what the title says."""
    facts.nations += [nation for nation in other.nations if nation not in facts.nations]
    facts.bodies += [body for body in other.bodies if body not in facts.bodies]
    facts.owners += other.owners
    facts.office = facts.office or other.office
    facts.former = facts.former or other.former
    facts.noun, facts.sector = facts.noun or other.noun, facts.sector or other.sector
    facts.region, facts.gender = facts.region or other.region, facts.gender or other.gender
