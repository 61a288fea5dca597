"""Names in the text: known ones by the longest match, unknown ones by the tree and the entity labels."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container
from dataclasses import dataclass, field
from datetime import date

from spacy.tokens import Doc, Token

from dragoman.knowledge import Entity, Knowledge
from dragoman.knowledge.places import load_gazetteer
from dragoman.reading.actors.lexicon import Lexicon
from dragoman.reading.actors.phrases import case_of, noun_lemma
from dragoman.reading.tree import Tree

# The longest name that is looked up, in tokens ("Organization for Security and Co - operation in Europe").
_LONGEST = 10
# What ends the name of a person, whatever the labels say.
_OUTER = frozenset({"of", ",", "from", "and", "'s", "’s"})
# Organs that many states call by these words.
_COMMON_ORGANS = frozenset(
    {"congress", "parliament", "senate", "national assembly", "house of representatives", "supreme court", "assembly"}
)
# Sectors of what every state has.
_OF_A_STATE = frozenset({"GOV", "LEG", "JUD", "MIL", "COP", "OPP"})
_COMPASS = frozenset("north south east west".split())
_NAME_POS = frozenset({"PROPN", "NOUN", "ADJ", "X", "NUM"})


@dataclass(slots=True)
class Name:
    """A name and whom it may mean.

    Attributes:
        entities: who bears it, the likeliest first; empty where nobody known does.
        label: PERSON, ORG, GPE, LOC, NORP … as the language model or the shape of the phrase says; empty when unsure.
        head: the token that heads it in the tree.
        weak: one word that only the entity labels take for a person.
        full: for an acronym that the text explains, the words that it stands for.
    """

    start: int
    end: int
    entities: tuple[Entity, ...]
    label: str
    head: int = field(default=-1)
    weak: bool = False
    full: str = ""


@dataclass(slots=True)
class Names:
    """All names of an article by their tokens.

    Attributes:
        at: the name that covers a token.
        nations: the country of a demonym ("Turkish", "Turks") by its token.
        titles: tokens that are words of courtesy or an office before a name.
    """

    found: list[Name]
    at: dict[int, Name]
    nations: dict[int, str]
    titles: set[int]


class NameFinder:
    """Finds the names of one article."""

    def __init__(self, tree: Tree, published: date, knowledge: Knowledge, lexicon: Lexicon) -> None:
        self.tree, self.doc = tree, tree.doc
        self.published, self.knowledge, self.lexicon = published, knowledge, lexicon
        self._lookups: dict[str, tuple[Entity, ...]] = {}
        self._labels = _entity_labels(self.doc, lexicon.courtesy | {"the"})
        self._short: dict[str, tuple[Entity, ...]] = {}
        self._explained: dict[str, tuple[tuple[Entity, ...], str]] = {}
        self._parts: dict[str, Name] = {}
        self._surnames: set[str] = set()

    def find(self) -> Names:
        """Walk the article once; each token is part of one name at most."""
        names = Names([], {}, {}, set())
        i, count = 0, len(self.doc)
        while i < count:
            token = self.doc[i]
            if i in names.titles or token.text in self.lexicon.plurals:
                i += 1
                continue
            if not _capital(token) or (token.pos_ not in _NAME_POS and not self._opens(token)):
                i += 1
                continue
            name = self._explained_at(i) or self._name_at(i, names)
            if name is None:
                i = self._demonym(i, names)
                continue
            self._remember(name)
            self._explain(name)
            name.head = _head(self.tree, name.start, name.end)
            names.found.append(name)
            for index in range(name.start, name.end):
                names.at[index] = name
            i = name.end
        return names

    def _is_demonym(self, i: int) -> bool:
        return any(self.knowledge.country_of_demonym(self.doc[i:end].text) is not None for end in (i + 1, i + 2))

    def _demonym(self, i: int, names: Names) -> int:
        """Note "Turkish" or "South African" where it stands; returns the token after it."""
        for end in (i + 2, i + 1):
            if end <= len(self.doc) and _capital(self.doc[end - 1]):
                nation = self.knowledge.country_of_demonym(self.doc[i:end].text)
                if nation is not None:
                    names.nations[end - 1] = nation
                    return end
        return i + 1

    def _remember(self, name: Name) -> None:
        """The last words of a body's name may stand for it later, "the Tigers", and those of a person's for him."""
        last = self.doc[name.end - 1]
        if name.end - name.start > 1 and is_person(name):
            self._surnames.add(last.text)
        elif name.end - name.start > 2 and not is_person(name):
            for start in range(name.start + 1, name.end - 1):
                if _capital(self.doc[start]):
                    self._parts.setdefault(self.doc[start : name.end].text, name)
        if (
            name.end - name.start > 1
            and name.entities
            and name.entities[0].kind in ("organization", "group")
            and last.text[0].isupper()
        ):
            self._short[last.text] = name.entities

    def _explained_at(self, i: int) -> Name | None:
        """An acronym that the text has explained: "the FNR", after "the Front for Northern Reform (FNR)"."""
        found = self._explained.get(self.doc[i].text)
        return None if found is None else Name(i, i + 1, found[0], "ORG", full=found[1])

    def _explain(self, name: Name) -> None:
        """Learn the acronym that stands in brackets after a name, whatever else it may stand for in other articles.

        Of a name and its acronym one may be known; then the other one is as well.
        """
        opening = self.doc[name.end : name.end + 2].text
        at = name.end + (2 if opening == ", or" else 1)
        if at + 1 >= len(self.doc) or not (opening == ", or" or opening.startswith("(")):
            return
        if opening == ", or" and (self.doc[at + 1].text not in (",", ".") or not self.doc[at].text.isupper()):
            return
        if opening != ", or" and self.doc[at + 1].text not in (")", ","):
            return
        acronym = self.doc[at].text
        text = self.doc[name.start : name.end].text
        if is_person(name) or not (_abbreviates(acronym, text) or self._is_short_for(at, text)):
            return
        if name.entities and name.entities[0].kind == "country":
            return
        known = self._lookup(at, at + 1)
        if known and known[0].kind != "person" and known[0].by in ("name", "alias", "acronym"):
            # More armies than one are the National Liberation Army; the acronym says which.
            name.entities = known
        self._explained[acronym] = (name.entities, text)

    def _is_short_for(self, at: int, text: str) -> bool:
        """Whether an acronym is known for the name before it, in another language: "the National Army, or ELN"."""
        known = self._lookup(at, at + 1)
        names = {name.casefold() for one in known[:1] for name in (one.name, *one.aliases)}
        return any(name.startswith(text.casefold()) for name in names)

    def _name_at(self, i: int, names: Names) -> Name | None:
        title = self._title_end(i)
        if title:
            names.titles.update(range(i, title))
            return None
        if self.knowledge.country_of_demonym(self.doc[i : i + 2].text) is not None and not self._labelled_over(i + 2):
            return None  # a Costa Rican is no Mr Costa
        described = self._described_body(i)
        if described is not None:
            return described
        person_end = self._person_end(i)
        for end in self._ends(i):
            if end < person_end:
                break
            hits = self._with_article(i, end) or self._lookup(i, end)
            if hits and hits[0].kind == "country" and self._opens_a_body(i, end):
                continue
            if hits and self._is_town_of_a_name(hits, i, end):
                continue
            if hits and self._fits(hits, i, end, person_end):
                return Name(i, end, hits, self._labels.get(i, ("", 0))[0])
        if person_end <= i + 2 and self._is_demonym(i):
            return None
        return self._unknown(i, person_end, names)

    def _described_body(self, i: int) -> Name | None:
        """A body that is called by what it does behind the name of the one it is of: "the UN refugee agency"."""
        first = i + 1 if self.doc[i].text == "The" and i + 1 < len(self.doc) else i
        end = first + 2 if self.doc[first : first + 2].text == "United Nations" else first + 1
        whole = self.doc[first:end].text if end == first + 1 else "UN"
        if not whole.isupper():
            return None
        last = end
        while last < min(end + 4, len(self.doc)) and (self.doc[last].is_lower or self.doc[last].lower_ == "'s"):
            last += 1
        for stop in range(last, end, -1):
            text = f"{whole} {self.doc[end:stop].text}"
            noun = self.doc[stop - 1].pos_ in ("NOUN", "PROPN")
            hits = self.knowledge.lookup(text, on=self.published) if noun else ()
            if hits and hits[0].kind == "organization" and hits[0].by == "alias":
                return Name(i, stop, hits, "ORG")
        return None

    def _with_article(self, i: int, end: int) -> tuple[Entity, ...]:
        """What a name means together with the article before it, where that is a country: "The Hague"."""
        hits = self._lookup(i - 1, end) if i > 0 and end == i + 1 and self.doc[i - 1].text == "The" else ()
        return hits if hits and hits[0].kind == "country" else ()

    def _is_town_of_a_name(self, hits: tuple[Entity, ...], i: int, end: int) -> bool:
        """Whether a word labelled as a place is one, and the surname of persons who are not told of: "took Goma"."""
        label, last = self._labels.get(i, ("", 0))
        if label not in ("GPE", "LOC") or last != end or self.doc[i].text in self._surnames:
            return False
        persons = all(hit.kind == "person" and hit.by in ("surname", "spelling") for hit in hits)
        return persons and bool(load_gazetteer().lookup(self.doc[i:end].text))

    def _opens_a_body(self, i: int, end: int) -> bool:
        """Whether a country's name only opens that of an armed body that nobody knows: "Uganda Democratic Army"."""
        label, last = self._labels.get(i, ("", 0))
        noun = self.knowledge.noun(self.doc[last - 2 : last].text.lower()) if last - 2 >= end else None
        return label == "ORG" and noun is not None and noun.sector == "REB"

    def _labelled_over(self, i: int) -> bool:
        """Whether a named entity goes on here from the token before."""
        return 0 < i < len(self.doc) and self.doc[i].ent_iob_ == "I"

    def _fits(self, hits: tuple[Entity, ...], start: int, end: int, person_end: int) -> bool:
        """Whether these bearers can be meant by these words."""
        best = hits[0]
        if best.by == "demonym":
            return False
        if ":" in best.id and self.doc[start:end].text.lower() in _COMMON_ORGANS:
            return False  # every state has a Congress; whose it is, the text says
        if best.kind == "person" and self._opens_with_office(start, end):
            return False  # "Nigerian Foreign Minister Peter": what stands before a name is no part of it
        label, last = self._labels.get(start, ("", 0))
        if best.kind == "group" and label == "LOC" and last > end:
            return False  # the Nuba Mountains are no people
        if best.by == "spelling":
            return best.kind == "person" and end == person_end
        if best.by == "surname" and end - start > 1 and any(token.lower_ == "of" for token in self.doc[start:end]):
            return False  # "the Sultan of Brunei" is no Mr Brunei
        if end - start == 1:
            token = self.doc[start]
            article = start > 0 and self.doc[start - 1].lower_ in ("the", "a", "an")
            if best.kind == "person" and article and self._is_common(token.text):
                return False  # "the Sultan", "a Prince"
            if best.by == "surname" and label != "PERSON" and self.knowledge.country_of_demonym(token.text) is not None:
                return False  # "the German" is no Miss German
            if best.by == "surname":
                if token.ent_type_ in ("LOC", "EVENT", "DATE", "ORG"):
                    return label == "ORG" and self._has_a_body(end, last)
                if token.ent_type_ == "GPE" and case_of(self.tree, start) in self.lexicon.place_prepositions:
                    return False  # "travelled to Gao"
                return token.pos_ == "PROPN" or self._labels.get(start, ("", 0))[0] == "PERSON"
            if best.kind != "country" and token.pos_ not in ("PROPN", "X") and not token.text.isupper():
                # A common noun that opens the sentence is no name for its capital.
                return not token.is_sent_start and token.pos_ == "ADJ"  # "the Likud opposition"
        return True

    def _has_a_body(self, end: int, last: int) -> bool:
        """Whether the genitive of a name stands before that of a known body: "Bemba's Movement for the Liberation"."""
        if end + 1 >= last or self.doc[end].text not in ("'s", "’s"):
            return False
        body = self._lookup(end + 1, last)
        return bool(body) and body[0].kind in ("organization", "group")

    def _opens_with_office(self, start: int, end: int) -> bool:
        """Whether these words open with an office and whose it is: "Peruvian Foreign Minister", "UN envoy"."""
        for first in range(start + 1, min(start + 4, end - 1)):
            owner = self.doc[start:first].text
            if self.knowledge.country_of_demonym(owner) is None and not self._named(start, first):
                continue
            titles = (self.doc[first:last].text for last in range(first + 1, end))
            if any(self.knowledge.office_title(title) is not None for title in titles):
                return True
        return False

    def _lookup(self, start: int, end: int) -> tuple[Entity, ...]:
        text = self.doc[start:end].text
        found = self._lookups.get(text)
        if found is None:
            found = self._lookups[text] = self.knowledge.lookup(text, on=self.published)
        return found

    def _ends(self, i: int) -> list[int]:
        """Where a name that starts here may end, the longest first."""
        ends = []
        last = min(self.tree.bounds(i)[1] + 1, i + _LONGEST, len(self.doc))
        for j in range(i, last):
            token = self.doc[j]
            if _capital(token) or (j > i and (token.text[0].isdigit() or self._hyphened(j))):
                ends.append(j + 1)
            elif token.lower_ not in self.lexicon.links:
                break
        return ends[::-1]

    def _hyphened(self, j: int) -> bool:
        """Whether a token is held to the one before it by a hyphen: the "in" of Moon Jae-in."""
        dash = self.doc[j - 1]
        return dash.text in ("-", "–") and not dash.whitespace_ and j >= 2 and not self.doc[j - 2].whitespace_

    def _person_end(self, i: int) -> int:
        """The end of the name of several words that the tree or the entity labels see here; else i + 1."""
        end = i + 1
        label = self._labels.get(i)
        if label is not None and label[0] == "PERSON":
            end = max(end, next((j for j in range(i + 1, label[1]) if self.doc[j].lower_ in _OUTER), label[1]))
        while end < len(self.doc):
            j = end
            while j < len(self.doc) and self.doc[j].lower_ in self.lexicon.particles and not _capital(self.doc[j]):
                j += 1
            if j >= len(self.doc) or not _capital(self.doc[j]) or self.doc[j].pos_ != "PROPN":
                break
            if self.tree.deps[j] not in ("flat", "goeswith") or not i <= self.tree.heads[j] < j:
                break
            end = j + 1
        return end

    def _title_end(self, i: int) -> int:
        """The end of a title of office or courtesy that stands before a name; 0 where there is none."""
        if self.doc[i].lower_.rstrip(".") in self.lexicon.courtesy and self._name_follows(i, i + 1):
            return i + 1
        for end in range(min(i + 5, len(self.doc) - 1), i, -1):
            if not self._name_follows(i, end) or self.doc[end - 1].text == "-":
                continue  # "Under-Secretary-General" is one title
            words = self.doc[i:end].text
            if "," in words or self.knowledge.office_title(words) is None:
                continue
            # "General Assembly" and "Prime Minister's Office" are names of bodies.
            whole = [entity for stop in self._ends(i) if stop > end for entity in self._lookup(i, stop)[:1]]
            if not any(entity.kind != "person" for entity in whole):
                return end
        return 0

    def _name_follows(self, i: int, end: int) -> bool:
        if end >= len(self.doc):
            return False
        token = self.doc[end]
        return (
            _capital(token)
            and token.pos_ == "PROPN"
            and not token.is_sent_start
            and self.tree.sentence[i] == self.tree.sentence[end]
        )

    def _unknown(self, i: int, person_end: int, names: Names) -> Name | None:
        """A name that nobody known bears, where the text shows it to be one of a person or a body."""
        token = self.doc[i]
        label, label_end = self._labels.get(i, ("", 0))
        if (
            token.text in self._short
            and person_end == i + 1
            and i > 0
            and self.doc[i - 1].lower_ == "the"
            and self._compound_end(i) == i + 1
        ):
            return Name(i, i + 1, self._short[token.text], "ORG")
        part = self._parts.get(self.doc[i : max(label_end, self._compound_end(i))].text)
        if part is not None and label in ("ORG", "") and i > 0 and self.doc[i - 1].lower_ == "the":
            # "The Eagle Force", after the Malaita Eagle Force.
            whole = part.full or self.doc[part.start : part.end].text
            return Name(i, max(label_end, self._compound_end(i)), part.entities, "ORG", full=whole)
        if label in ("ORG", "NORP") and max(label_end, person_end) == i + 1 and token.text in self._surnames:
            return Name(i, i + 1, (), "PERSON")  # Blair, after Tony Blair, whatever the label says
        if label in ("ORG", "") and self._is_an_organ(i, max(label_end, self._compound_end(i))):
            return None
        if i - 1 in names.nations and self._is_of_the_press(i, max(label_end, self._compound_end(i))):
            return None  # "the Iraqi News Agency" is told by whose it is
        if label == "ORG" and (self._are_people(i, label_end) or self._is_town(i, label_end)):
            return None
        titled = i > 0 and i - 1 in names.titles
        founded = self._founded_end(i)
        if founded and label != "PERSON":
            return Name(i, founded, (), "ORG")
        if label in ("PERSON", "ORG"):
            if label == "PERSON":
                # "Gerry Adams of Sinn Fein" is no one's name, all of it.
                label_end = next((j for j in range(i + 1, label_end) if self.doc[j].lower_ in _OUTER), label_end)
                if label_end == i + 1 and not titled and (self._is_common(token.text) or token.lower_ in _COMPASS):
                    return None  # "Envoys met …", "the Sultan of …": a noun with a capital
                if self.knowledge.office_title(self.doc[i : max(label_end, person_end)].text) is not None:
                    return None  # "The Prime Minister said": nobody's name
            end = max(label_end, person_end)
            if label == "PERSON" and case_of(self.tree, _head(self.tree, i, end)) in self.lexicon.place_prepositions:
                return None
            weak = label == "PERSON" and end - i == 1 and i - 1 not in names.titles and not self._speaks(i)
            return Name(i, end, self._nicknamed(i, end) if label == "PERSON" else (), label, weak=weak)
        if token.pos_ != "PROPN":
            return None
        end = max(person_end, self._compound_end(i))
        last = self.doc[end - 1]
        noun = self.knowledge.noun(last.lower_)
        if end - i > 1 and noun is not None and noun.kind == "organization" and last.is_alpha:
            return Name(i, end, (), "ORG")
        if label in ("GPE", "LOC", "EVENT", "DATE", "NORP"):
            return None
        if titled or (person_end - i > 1 and token.lower_ in self.lexicon.given):
            return Name(i, max(person_end, end) if titled else person_end, (), "PERSON")
        return None

    def _nicknamed(self, i: int, end: int) -> tuple[Entity, ...]:
        """The person who has a nickname between quotation marks in his name: by the name without it, or by that."""
        marks = [j for j in range(i + 1, end - 1) if self.doc[j].is_quote]
        if len(marks) != 2:
            return ()
        nickname, surname = self.doc[marks[0] + 1 : marks[1]].text, self.doc[marks[1] + 1 : end].text
        for given in (self.doc[i : marks[0]].text, nickname):
            hits = self.knowledge.lookup(f"{given} {surname}", on=self.published)
            if hits and hits[0].kind == "person" and hits[0].by in ("name", "alias"):
                return hits
        return ()

    def _is_common(self, word: str) -> bool:
        return self.knowledge.noun(word.lower()) is not None or self.knowledge.office_title(word) is not None

    def _are_people(self, i: int, end: int) -> bool:
        """Whether a noun for people has but the capital of its sentence: "Rebels attacked", "Envoys of the …"."""
        whole = end == i + 1 and self.doc[i].pos_ == "NOUN"
        if not (whole or (end - i > 2 and self.doc[i + 1].lower_ in ("of", "from"))) or not self.doc[i].is_sent_start:
            return False
        noun = self.knowledge.noun(noun_lemma(self.doc[i])) or self.knowledge.noun(self.doc[i].lower_)
        return noun is not None and noun.kind in ("person", "people")

    def _is_town(self, i: int, end: int) -> bool:
        """Whether the bare name of a town of diplomacy is labelled as a body's, for what it does: "Geneva hosted"."""
        word = self.doc[i].text
        if end != i + 1 or word.isupper() or (i > 0 and self.doc[i - 1].lower_ == "the"):
            return False  # "GAO" and "the Dayton" are no towns
        return load_gazetteer().is_town(word)

    def _founded_end(self, i: int) -> int:
        """The end of a name such as "Front for Northern Reform" or "Union of Free Officers"; 0 where there is none.

        It opens with a noun for a body that is written with a capital, not at the start of a sentence for that reason
        alone, or its acronym follows in brackets.
        """
        for end in self._ends(i):
            if end - i < 3:
                break
            bracket = end + 2 < len(self.doc) and self.doc[end].text == "(" and self.doc[end + 2].text == ")"
            if bracket and _abbreviates(self.doc[end + 1].text, self.doc[i:end].text):
                return end
            body = self.doc[i].lower_ in self.lexicon.followers and not self.doc[i].is_sent_start
            if body and self.doc[i + 1].lower_ in ("for", "of") and _capital(self.doc[end - 1]):
                inner = [token for token in self.doc[i + 1 : end] if not _capital(token)]
                if all(token.lower_ in ("for", "of", "the", "and") for token in inner):
                    return end
        return 0

    def _is_an_organ(self, start: int, end: int) -> bool:
        """Whether a noun for what every state has is written with a capital: "Parliament", "the Government of Mali"."""
        if self._is_of_a_state(start, end):
            return True
        of = next((j for j in range(start + 1, end - 1) if self.doc[j].lower_ == "of"), end)
        first = of + 2 if of < end and self.doc[of + 1].lower_ == "the" else of + 1
        owner = self._lookup(first, end) if first < end else ()
        return bool(owner) and owner[0].kind == "country" and self._is_of_a_state(start, of)

    def _is_of_a_state(self, start: int, end: int) -> bool:
        noun = self.knowledge.noun(self.doc[start:end].text.lower())
        if noun is None or noun.kind not in ("organization", "people"):
            return False
        return noun.sector in _OF_A_STATE or not self.lexicon.organs.isdisjoint(noun.noun.split())

    def _is_of_the_press(self, start: int, end: int) -> bool:
        noun = self.knowledge.noun(self.doc[start:end].text.lower())
        return noun is not None and noun.sector == "JRN" and noun.kind == "organization"

    def _speaks(self, i: int) -> bool:
        return self.tree.deps[i] == "nsubj" and self.doc[self.tree.heads[i]].lemma_.lower() in self.lexicon.animate

    def _compound_end(self, i: int) -> int:
        """The end of the run of proper nouns that are one phrase with this one."""
        end = i + 1
        while end < len(self.doc) and self.doc[end].pos_ == "PROPN" and _capital(self.doc[end]):
            if self.tree.deps[end - 1] not in ("compound", "flat", "amod") and self.tree.deps[end] != "flat":
                break
            end += 1
        return end

    def _opens(self, token: Token) -> bool:
        """Whether a word that is no noun opens a known name: an acronym, or "United" in "United States"."""
        if token.text.isupper() and len(token.text) > 1 and self._lookup(token.i, token.i + 1):
            return True
        if token.pos_ not in ("VERB", "ADV", "DET", "INTJ", "SCONJ", "ADP"):
            return False
        return any(end - token.i > 1 and self._named(token.i, end) for end in self._ends(token.i))

    def _named(self, start: int, end: int) -> bool:
        hits = self._lookup(start, end)
        return bool(hits) and hits[0].kind != "person" and hits[0].by in ("name", "alias", "acronym", "seat")


def is_person(name: Name) -> bool:
    """Whether a name is a person's: of somebody known, else as it is labelled."""
    return name.entities[0].kind == "person" if name.entities else name.label == "PERSON"


def _abbreviates(acronym: str, words: str) -> bool:
    """Whether letters in capitals may stand for words in capitals, in whatever language they were taken from.

    FNR for Front for Northern Reform; FNL for National Liberation Forces: two in three of the letters are initials.
    """
    if not 2 <= len(acronym) <= 8 or not acronym.isalpha() or sum(letter.isupper() for letter in acronym) < 2:
        return False
    initials = Counter(word[0] for word in words.replace("-", " ").split() if word[0].isupper())
    shared = sum((Counter(acronym.upper()) & initials).values())
    return len(initials) > 1 and words[0] in acronym and shared * 3 >= 2 * len(acronym)


def _capital(token: Token) -> bool:
    return token.text[0].isupper()


def _entity_labels(doc: Doc, before: Container[str]) -> dict[int, tuple[str, int]]:
    """Label and end of each named entity by its first token, without the words that a name does not begin with."""
    found: dict[int, tuple[str, int]] = {}
    for entity in doc.ents:
        start = entity.start
        while start + 1 < entity.end and doc[start].lower_.rstrip(".") in before:
            start += 1
        found[start] = found[entity.start] = (entity.label_, entity.end)
    return found


def _head(tree: Tree, start: int, end: int) -> int:
    """The token of a stretch whose head lies outside it; the last of them where there are several."""
    heads = [i for i in range(start, end) if not start <= tree.heads[i] < end or tree.heads[i] == i]
    words = [i for i in heads if not tree.doc[i].is_punct]  # the tree may hang the hyphen of a name elsewhere
    return (words or heads or [start])[-1]
