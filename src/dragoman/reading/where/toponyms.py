"""Which words name a place and are meant as one: entities, known names, and names where a place must stand."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from spacy.tokens import Doc

from dragoman.knowledge.places import Gazetteer, GeoPlace
from dragoman.reading.tree import Tree

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
# What is left of "northern Syria" and "greater Cairo" once they are looked up.
DIRECTIONS = re.compile(
    r"^(?:(?:the|north|south|east|west|northern|southern|eastern|western|central|northeast\w*|northwest\w*|southeast\w*|"
    r"southwest\w*|mid|upper|lower|inner|outer|greater|occupied|rebel|government|held|controlled|besieged|downtown|"
    r"mainland|war|torn|neighbou?ring|nearby|post|pre)[ -]+)+",
    re.IGNORECASE,
)
_LOWER = re.compile(r"^(?:[a-z]\S*\s+|[A-Za-z]+-(?=[A-Za-z]+\s)\S+\s+)+")
_DATELINE = re.compile(
    r"\s*([A-Z][A-ZÀ-Þ.'’-]+(?: [A-Z][A-ZÀ-Þ.'’-]+)*)(?:, ([A-Z][\w. ]+?))?(?: \([^()\n]{2,40}\))?,? ?(?:\w{3,9}\.? \d{1,2},? ?)?(?:[—–]|--| - )"
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


def find_toponyms(doc: Doc, tree: Tree, actors: Actors, gazetteer: Gazetteer) -> list[Toponym]:
    """The toponyms of an article in order, none within another."""
    labels = [token.ent_type_ for token in doc]
    found: list[Toponym] = []
    taken = [False] * len(doc)

    def take(start: int, end: int, *, sure: bool) -> None:
        if start >= end or any(taken[start:end]):
            return
        name = _name(doc, start, end)
        candidates = look_up(name, gazetteer)
        if not candidates and not sure:
            return
        head = _head(tree, start, end)
        if _acts(actors, start, end, head) or _speaks(doc, tree, head, candidates):
            return
        for i in range(start, end):
            taken[i] = True
        found.append(Toponym(start, end, head, name, candidates, sure))

    for start, end in _dateline(doc, gazetteer):
        take(start, end, sure=True)
    for start, end in _known_names(doc, labels, gazetteer):
        take(start, end, sure=True)
    for mention in actors.mentions:
        if mention.sense == "place" and mention.form == "name":
            take(*_trimmed(doc, mention.start, mention.end), sure=True)
    for entity in doc.ents:
        if entity.label_ in PLACE_LABELS:
            take(*_trimmed(doc, entity.start, entity.end), sure=_in_place(doc, tree, entity.root.i))
    for start, end in _names_in_place(doc, tree, labels, actors):
        take(start, end, sure=False)
    found.sort(key=lambda toponym: toponym.start)
    return [each for each in found if each.sure or _is_likely(each)]


def look_up(name: str, gazetteer: Gazetteer) -> tuple[GeoPlace, ...]:
    """The places of a name, with the points of the compass left out where need be."""
    found = gazetteer.lookup(name)
    while not found:
        # "north-eastern Syria", "post-war Iraq", "Greater Cairo"
        bare = DIRECTIONS.sub("", name)
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


def _acts(actors: Actors, start: int, end: int, head: int) -> bool:
    """Whether the words are an actor's here, by what was settled for the mentions."""
    for i in range(start, end):
        for mention in actors.at(i):
            if mention.sense == "actor" and mention.start <= start and mention.end >= end and i == head:
                return True
    covering = actors.covering(head)
    if covering is None or covering.sense != "actor" or covering.form not in ("name", "given"):
        return False
    # Part of a longer name: the Bank of Georgia. A title's country stays a place: "the governor of Kirkuk".
    return covering.start <= start and covering.end >= end and covering.head != head


def _speaks(doc: Doc, tree: Tree, head: int, candidates: tuple[GeoPlace, ...]) -> bool:
    """Whether a house stands for who sits in it: "an announcement from the White House", not "at the White House"."""
    if not candidates or candidates[0].kind != "venue":
        return False
    dep = tree.deps[head].split(":")[0]
    cases = {doc[child].lower_ for child in tree.kids(head, "case")}
    return dep in ("nsubj", "iobj") or bool(cases & {"from", "by", "with", "against", "than", "for"})


def _dateline(doc: Doc, gazetteer: Gazetteer) -> Iterator[tuple[int, int]]:
    """Where the article was written: "GENEVA (Reuters) — …"."""
    match = _DATELINE.match(doc.text[:200])
    if match is None or not gazetteer.lookup(match[1]):
        return
    for group in (1, 2):
        if match[group]:
            span = doc.char_span(match.start(group), match.end(group), alignment_mode="expand")
            if span is not None:
                yield span.start, span.end


def _known_names(doc: Doc, labels: list[str], gazetteer: Gazetteer) -> Iterator[tuple[int, int]]:
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
            if end - i > 1 or labels[i] not in OTHER_LABELS:
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
