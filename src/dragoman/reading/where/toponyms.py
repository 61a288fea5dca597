"""Which words name a place and are meant as one: entities, known names, and names where a place must stand."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from spacy.tokens import Doc

from dragoman.knowledge.places import Gazetteer, GeoPlace
from dragoman.reading.tree import Tree
from dragoman.reading.where.datelines import find_datelines
from dragoman.reading.where.words import load_words

if TYPE_CHECKING:
    from dragoman.reading.actors import Actors

PLACE_LABELS = frozenset({"GPE", "LOC", "FAC"})
OTHER_LABELS = frozenset({"PERSON", "ORG", "NORP", "EVENT", "DATE"})
# Prepositions after which a name is a place's unless it is known to be another's.
LOCATIVE = frozenset(
    "in at near outside inside across around throughout within into toward towards beyond off along through via above "
    "below beneath beside amid to from".split()
)
SURE_LOCATIVE = LOCATIVE - {
    "to",
    "from",
    "within",
    "through",
    "beyond",
    "above",
    "below",
    "beneath",
    "beside",
    "amid",
    "via",
}
# After these a name is where something stands, whoever else bears it.
STANDING = frozenset({"in", "at", "near", "inside", "into", "outside", "across", "throughout", "around"})
# What is left of "northern Syria" and "greater Cairo" once they are looked up.
DIRECTION = re.compile(
    r"^(?:the|north|south|east|west|northern|southern|eastern|western|central|northeast\w*|northwest\w*|southeast\w*|"
    r"southwest\w*|mid|upper|lower|inner|outer|greater|occupied|rebel|government|held|controlled|besieged|downtown|"
    r"mainland|war|torn|neighbou?ring|nearby|post|pre)[ -]+",
    re.IGNORECASE,
)
_LOWER = re.compile(r"^(?:[a-z]\S*\s+|[A-Za-z]+-(?=[A-Za-z]+\s)\S+\s+)+")
POINTS = frozenset({"central", "mid"})
# Days and months are called like towns in England and elsewhere.
_CALENDAR = frozenset(
    "january february march april may june july august september october november december monday tuesday wednesday "
    "thursday friday saturday sunday jan feb mar apr jun jul aug sept sep oct nov dec".split()
)
# What is disputed is a place: "the war over the islands", "a conference on Cyprus".
_ABOUT = frozenset(
    "war dispute disputes conflict conference talks summit negotiations dialogue agreement resolution plan meeting "
    "quarrel standoff sovereignty control claim claims".split()
)
# Whoever governs or lives in a town is told by it: "the mayor of", but "the leaders of" a country stand for it.
_LOCAL = frozenset("mayor governor resident people inhabitant bishop archbishop citizen native outskirt".split())
# "the Ankara process": the name of a thing.
_NAMED_FOR = frozenset(
    "process treaty accord accords agreement agreements declaration protocol protocols format initiative convention "
    "pact communique communiqué memorandum statute doctrine".split()
)
# A village is meant by a word only where something besides its capital letter says so.
KNOWN_TOWN = 4.0


@dataclass(slots=True)
class Toponym:
    """A stretch of tokens that may name a place, with the places it may be.

    Attributes:
        sure: the words or their position show that a place is meant, known or not.
    """

    start: int
    end: int
    head: int
    name: str
    candidates: tuple[GeoPlace, ...]
    sure: bool
    container: str | None = None
    dateline: bool = False


def find_toponyms(doc: Doc, tree: Tree, actors: Actors, gazetteer: Gazetteer) -> list[Toponym]:
    """The toponyms of an article in order, none within another."""
    labels = [token.ent_type_ for token in doc]
    found: list[Toponym] = []
    taken = [False] * len(doc)

    def take(start: int, end: int, *, sure: bool, dateline: bool = False) -> None:
        if start >= end or any(taken[start:end]):
            return
        name = _name(doc, start, end)
        if not any(letter.isupper() for letter in name):
            return  # "back to the bush"
        if name.lower().rstrip(".") in _CALENDAR or (end - start == 1 and _is_compass(name.lower())):
            return
        candidates = look_up(name, gazetteer)
        head = _head(tree, start, end)
        if not candidates and not sure:
            return
        if _is_house(doc, tree, start, head, candidates):
            candidates = ()
        if not dateline and (
            _acts(doc, tree, actors, gazetteer, start, end, head, candidates)
            or _speaks(doc, tree, head, candidates)
            or _is_whose(doc, tree, actors, start, end, head)
        ):
            return
        for i in range(start, end):
            taken[i] = True
        found.append(Toponym(start, end, head, name, candidates, sure, dateline=dateline))

    for start, end in find_datelines(doc, gazetteer):
        take(start, end, sure=True, dateline=True)
    for start, end in _parts(doc, tree, gazetteer):
        take(start, end, sure=True)
    for start, end in _known_names(doc, labels, actors, gazetteer):
        take(start, end, sure=True)
    for mention in actors.mentions:
        if mention.sense == "place" and mention.form == "name":
            take(*_trimmed(doc, mention.start, mention.end), sure=True)
    for entity in doc.ents:
        if entity.label_ in PLACE_LABELS and any(token.pos_ == "PROPN" for token in entity):
            take(*_trimmed(doc, entity.start, entity.end), sure=_in_place(doc, tree, entity.root.i))
    for start, end in _names_in_place(doc, tree, labels, actors):
        take(start, end, sure=False)
    for toponym in _capitals(doc, tree, actors, gazetteer):
        if not any(taken[toponym.start : toponym.end]):
            found.append(toponym)
    found.sort(key=lambda toponym: toponym.start)
    return [each for each in found if each.sure or _is_likely(each)]


def _is_house(doc: Doc, tree: Tree, start: int, head: int, candidates: tuple[GeoPlace, ...]) -> bool:
    """Whether "at the Hilton" names a house: towns go without an article, but for those that are called The Hague."""
    if not start or doc[start - 1].lower_ != "the" or tree.heads[start - 1] != head:
        return False
    towns = all(place.kind == "city" for place in candidates)
    return towns and not any(place.name.lower().startswith(("the ", "den ")) for place in candidates)


def look_up(name: str, gazetteer: Gazetteer) -> tuple[GeoPlace, ...]:
    """The places of a name, with the points of the compass left out where need be."""
    found = gazetteer.lookup(name)
    while not found:
        # "north-eastern Syria", "post-war Iraq", "Greater Cairo"
        bare = DIRECTION.sub("", name)  # word by word: "northern South Sudan" lies in South Sudan
        if not bare or bare == name:
            bare = _LOWER.sub("", name)
        if not bare or bare == name:
            break
        found, name = gazetteer.lookup(bare), bare
    return found


def _is_likely(toponym: Toponym) -> bool:
    return bool(toponym.candidates) and toponym.candidates[0].weight >= KNOWN_TOWN


def _name(doc: Doc, start: int, end: int) -> str:
    text = doc[start:end].text
    return re.sub(r"\s+", " ", text).removesuffix("'s").removesuffix("’s").strip(" ,.;:")


def _trimmed(doc: Doc, start: int, end: int) -> tuple[int, int]:
    """A span without its article, possessive and marks; "the Turkish resort city of Antalya" is Antalya."""
    while start < end and (doc[start].pos_ in ("DET", "PUNCT", "ADP") or doc[start].is_space):
        start += 1
    while end > start and (
        doc[end - 1].text in ("'s", "’s", "'", "’") or doc[end - 1].pos_ == "PUNCT" or doc[end - 1].is_space
    ):
        end -= 1
    return start, end


def _head(tree: Tree, start: int, end: int) -> int:
    """The token whose head lies outside the span."""
    for i in range(start, end):
        if not start <= tree.heads[i] < end or tree.heads[i] == i:
            return i
    return end - 1


def _acts(
    doc: Doc,
    tree: Tree,
    actors: Actors,
    gazetteer: Gazetteer,
    start: int,
    end: int,
    head: int,
    candidates: tuple[GeoPlace, ...],
) -> bool:
    """Whether the words are an actor's here, by what was settled for the mentions."""
    within = actors.covering(head)
    longer = within is not None and within.form == "name" and within.start < start - 1 and within.end >= end
    if longer and within and within.sense == "actor" and actors.record(within.actor).kind == "organization":
        return True  # the Organization for … in Europe
    cases = {doc[child].lower_ for child in tree.kids(head, "case")}
    # Going there makes a place of a capital that would act as a subject: "will return to Ankara".
    goes = bool(cases & {"to", "for", "from"}) and load_words().is_bound(doc[tree.heads[head]])
    about = bool(cases & {"on", "over"}) and doc[tree.heads[head]].lower_ in _ABOUT
    located = bool(candidates) and (bool(cases & STANDING) or goes or about)
    if located or _is_part(doc, start, end, head, gazetteer):
        return False
    own = [m for i in range(start, end) for m in actors.at(i) if m.start <= start and m.end >= end and i == head]
    if any(mention.sense == "place" for mention in own):
        return False
    for mention in own:
        record = actors.record(mention.actor)
        # Someone that nobody knows, under the name of a town, is the town.
        if record.known or record.kind == "person" or not candidates or candidates[0].weight < KNOWN_TOWN:
            return True
    covering = actors.covering(head)
    if covering is None or covering.sense != "actor" or own or covering.end - covering.start <= end - start:
        return False
    if covering.form in ("name", "given"):
        return True  # part of a longer name: the Bank of Georgia
    # The country of an office is whom it speaks for, a town is where it sits: "the governor of Kirkuk".
    return bool(candidates) and candidates[0].kind == "country"


def _is_whose(doc: Doc, tree: Tree, actors: Actors, start: int, end: int, head: int) -> bool:
    """Whether a name only tells whose somebody or something is: "the presidents of Kenya", "the Ankara process"."""
    above, dep = tree.heads[head], tree.deps[head].split(":")[0]
    if start <= above < end or dep not in ("nmod", "compound", "conj"):
        return False
    if dep == "conj":
        above = tree.heads[above]
        cases = {doc[child].lower_ for child in tree.kids(tree.heads[head], "case")}
    else:
        cases = {doc[child].lower_ for child in tree.kids(head, "case")}
    if dep == "compound":
        return doc[above].lower_ in _NAMED_FOR or doc[above].text in ("Treaty", "Accords", "Agreement")
    if not cases & {"of", "for", "'s", "’s"} or doc[above].lemma_.lower() in _LOCAL:
        return False
    for mention in actors.at(above):
        record = actors.record(mention.actor)
        if mention.sense == "actor" and record.kind in ("person", "group", "organization"):
            return True
    return False


def names_country(words: str, gazetteer: Gazetteer) -> bool:
    """Whether words are the name of a whole country: "South Korea" and "East Timor", not "southern Korea"."""
    return words[:1].isupper() and gazetteer.country_named(words) is not None


def _is_part(doc: Doc, start: int, end: int, head: int, gazetteer: Gazetteer) -> bool:
    """Whether a part of a country is named: "southern Israel" acts for nobody, South Korea does."""
    if names_country(_name(doc, start, end), gazetteer):
        return False
    return DIRECTION.match(doc[start : head + 1].text) is not None and start < head


def _speaks(doc: Doc, tree: Tree, head: int, candidates: tuple[GeoPlace, ...]) -> bool:
    """Whether a house stands for who sits in it: "an announcement from the White House", not "at the White House"."""
    if not candidates or candidates[0].kind != "venue":
        return False
    dep = tree.deps[head].split(":")[0]
    cases = {doc[child].lower_ for child in tree.kids(head, "case")}
    return dep in ("nsubj", "iobj") or bool(cases & {"from", "by", "with", "against", "than", "for"})


def _capitals(doc: Doc, tree: Tree, actors: Actors, gazetteer: Gazetteer) -> Iterator[Toponym]:
    """Capitals that go unnamed: "the Egyptian capital"."""
    home: GeoPlace | None = None
    asked = False
    for i, token in enumerate(doc):
        if token.lower_ != "capital" or token.pos_ != "NOUN" or tree.deps[i] == "compound":
            continue
        owned = [child for child in tree.children[i] if tree.deps[child] in ("amod", "nmod:poss", "compound", "nmod")]
        if not owned and _in_place(doc, tree, i) and any(doc[child].lower_ == "the" for child in tree.kids(i, "det")):
            # "A bomb went off near the capital": that of the country which the article is about.
            if not asked:
                home, asked = _home(actors, gazetteer), True
            if home is not None:
                yield Toponym(i, i + 1, i, "capital", (home,), sure=True)
            continue
        for child in tree.kids(i, "amod", "nmod:poss", "compound", "nmod"):
            codes = {actors.record(mention.actor).country for mention in actors.at(child)} - {None}
            capital = gazetteer.capital(min(code for code in codes if code)) if codes else None
            if capital is not None:
                start, end = min(child, i), max(child, i) + 1
                yield Toponym(start, end, i, _name(doc, start, end), (capital,), sure=True)
                break


def _home(actors: Actors, gazetteer: Gazetteer) -> GeoPlace | None:
    """The capital of the country that an article is about, where one stands out among those who act."""
    votes: dict[str, int] = {}
    for record in actors.records:
        if record.country is not None:
            votes[record.country] = votes.get(record.country, 0) + len(record.mentions)
    ranked = sorted(votes.values(), reverse=True)
    if not ranked or (len(ranked) > 1 and ranked[0] < 2 * ranked[1]):
        return None
    return gazetteer.capital(next(country for country, count in votes.items() if count == ranked[0]))


def _parts(doc: Doc, tree: Tree, gazetteer: Gazetteer) -> Iterator[tuple[int, int]]:
    """Parts of countries: "eastern Ukraine", "north - west Syria"."""
    for i, token in enumerate(doc):
        if token.pos_ != "PROPN" or not token.text[:1].isupper() or i == 0:
            continue
        start = i
        while start and (
            doc[start - 1].text == "-" or doc[start - 1].lower_ in POINTS or _is_compass(doc[start - 1].lower_)
        ):
            start -= 1
        if start == i or doc[start].text == "-" or doc[start - 1 if start else 0].text == "-":
            continue
        end = i + 1
        for stop in range(min(len(doc), i + 5), i, -1):
            if doc[stop - 1].text[-1:].isalnum() and any(
                place.kind == "country" for place in gazetteer.known(doc[i:stop].text)
            ):
                end = stop
                break
        else:
            continue
        if not names_country(_name(doc, start, end), gazetteer):
            yield start, end  # a country is left to the actors: it may act


def _is_compass(word: str) -> bool:
    return re.fullmatch(r"(?:north|south)?(?:east|west)?(?:ern)?(?:most)?", word) is not None and bool(word)


def points_of(name: str) -> tuple[str, ...]:
    """The points of the compass in "north-eastern Syria"."""
    words = name.lower()
    return tuple(point for point in ("north", "south", "east", "west") if re.match(rf"[\w-]*?{point}[\w -]*\s", words))


def _known_names(doc: Doc, labels: list[str], actors: Actors, gazetteer: Gazetteer) -> Iterator[tuple[int, int]]:
    """Runs of words that are the name of a place other than a city: waters, territories, venues; the longest first."""
    i = 0
    while i < len(doc):
        token = doc[i]
        longest = gazetteer.longest(token.text) if token.text[:1].isupper() and labels[i] != "PERSON" else 0
        # A hyphen is a token of its own: "Bab el - Mandeb".
        for end in range(min(len(doc), i + 2 * longest), i, -1):
            known = gazetteer.known(doc[i:end].text) if doc[end - 1].text[:1].isalnum() else ()
            if not known or not _is_name(doc, i, end):
                continue
            # A town that is labelled as a body is one where nobody took it for an actor.
            town = labels[i] == "ORG" and actors.covering(i) is None and gazetteer.is_town(token.text)
            if end - i > 1 or labels[i] not in OTHER_LABELS or town:
                if all(place.kind != "country" for place in known):
                    yield i, end
                i = end - 1  # a country is left to the actors: it may act
                break
        i += 1


def _is_name(doc: Doc, start: int, end: int) -> bool:
    """Whether a run is written as a name and is not part of a longer one."""
    if end < len(doc) and doc[end].pos_ == "PROPN" and doc[end].text[:1].isupper() and doc[end].ent_iob_ == "I":
        return False
    if start and doc[start].ent_iob_ == "I" and doc[start].ent_type_ in ("PERSON", "ORG"):
        return False
    return not (doc[start].ent_type_ == "ORG" and end < len(doc) and doc[end].ent_iob_ == "I")


def _in_place(doc: Doc, tree: Tree, head: int) -> bool:
    """Whether a phrase stands after a preposition of place."""
    if tree.deps[head].split(":")[0] not in ("obl", "nmod", "advcl", "root", "conj"):
        return False
    return any(doc[child].lower_ in SURE_LOCATIVE for child in tree.kids(head, "case"))


def _names_in_place(doc: Doc, tree: Tree, labels: list[str], actors: Actors) -> Iterator[tuple[int, int]]:
    """Names that no label and no actor claims, after a preposition of place or beside the word for a place."""
    for i, token in enumerate(doc):
        if token.pos_ != "PROPN" or labels[i] in OTHER_LABELS or actors.covering(i) is not None:
            continue
        if tree.deps[i] in ("compound", "flat", "flat:name") and doc[tree.heads[i]].pos_ == "PROPN":
            continue
        if not any(doc[child].lower_ in LOCATIVE for child in tree.kids(i, "case")):
            continue
        start = i
        while (
            start
            and doc[start - 1].pos_ == "PROPN"
            and tree.is_under(start - 1, i)
            and labels[start - 1] not in OTHER_LABELS
        ):
            start -= 1
        end = i + 1
        while (
            end < len(doc) and doc[end].pos_ == "PROPN" and tree.deps[end].startswith("flat") and tree.is_under(end, i)
        ):
            end += 1
        yield start, end
