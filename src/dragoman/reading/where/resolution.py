"""Which of the places that bear a name is meant: by how well known it is, by the company it keeps, or none of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import TYPE_CHECKING

from spacy.tokens import Doc

from dragoman.knowledge.names import fold
from dragoman.knowledge.places import Gazetteer, GeoPlace
from dragoman.reading.tree import Tree
from dragoman.reading.where.toponyms import Toponym, look_up

if TYPE_CHECKING:
    from dragoman.reading.actors import Actors

# Points on the scale of `GeoPlace.weight`, a decimal logarithm of people: a place in a country that fills the article
# beats a namesake abroad with forty times as many people, and one in the country or region that is named with it any.
OF_ARTICLE = 1.6
NEARBY = 0.8
NEARBY_KM = 400.0
CONTAINED = 6.0
# A country of which nothing else is told, beside a part of another one with its name: Georgia, in news from Atlanta.
HOMONYM = 3.0
# A name counts for its country when its likeliest bearer leads by so much.
CLEAR = 1.5
# Places and actors tell of the article's countries in this proportion.
PLACE_VOTE, ACTOR_VOTE = 1.0, 1.0
# A town smaller than this, in a country of which nothing is told, is not meant by a name that it bears besides its own.
BY_THE_WAY = 4.5
# Below this, a name that only its capital letter shows to be one is no place.
NOBODY = 3.6


def resolve(
    doc: Doc, tree: Tree, toponyms: list[Toponym], actors: Actors, gazetteer: Gazetteer
) -> list[GeoPlace | None]:
    """One place, or None, for each toponym; the same name means the same place throughout."""
    for number, toponym in enumerate(toponyms):
        toponym.container = _container(doc, tree, number, toponyms, actors, gazetteer)
    countries = _countries(toponyms, actors)
    anchors = _anchors(toponyms, countries)
    chosen: dict[str, GeoPlace | None] = {}
    # Mentions that name their country or region decide for the bare ones.
    for toponym in sorted(toponyms, key=lambda each: (each.container is None, each.start)):
        key = fold(toponym.name)
        if key not in chosen or (toponym.container is not None and chosen[key] is None):
            chosen[key] = _best(toponym, countries, anchors)
    results: list[GeoPlace | None] = []
    for toponym in toponyms:
        results.append(_best(toponym, countries, anchors) if toponym.container else chosen[fold(toponym.name)])
    return results


def _best(toponym: Toponym, countries: Mapping[str, float], anchors: list[GeoPlace]) -> GeoPlace | None:
    def score(place: GeoPlace) -> float:
        points = place.weight
        if place.country is None:
            points += OF_ARTICLE  # a sea is as much at home in every article about its shores
        else:
            points += OF_ARTICLE * min(1.0, 1.5 * countries.get(place.country, 0.0))
        if place.kind != "country" and any(_is_near(place, anchor) for anchor in anchors):
            points += NEARBY
        if place.kind == "country" and place.country not in countries and _has_namesake(toponym):
            points -= HOMONYM
        if toponym.container is not None and _lies_in(place, toponym.container):
            points += CONTAINED
        return points

    ranked = sorted(toponym.candidates, key=lambda place: (-score(place), place.geonames or 0, place.name))
    if not ranked or (not toponym.sure and score(ranked[0]) < NOBODY):
        return None
    best = ranked[0]
    strange = best.kind == "city" and best.country not in countries and fold(toponym.name) not in fold(best.name)
    return None if strange and toponym.container is None and best.weight < BY_THE_WAY else best


def _is_near(place: GeoPlace, anchor: GeoPlace) -> bool:
    return fold(anchor.name) != fold(place.name) and place.distance(anchor) < NEARBY_KM


def _lies_in(place: GeoPlace, container: str) -> bool:
    """Whether a place lies in a country (by code) or a region (by folded name)."""
    if place.kind == "country":
        return False
    return place.country == container or (place.region != "" and place.region == container)


def _countries(toponyms: list[Toponym], actors: Actors) -> dict[str, float]:
    """The share of the article that each country has."""
    votes: dict[str, float] = defaultdict(float)
    for toponym in toponyms:
        first = toponym.candidates[0] if toponym.candidates else None
        if toponym.container is not None and len(toponym.container) == 3 and toponym.container.isupper():
            votes[toponym.container] += PLACE_VOTE
        elif first is not None and first.country is not None and _is_clear(toponym):
            votes[first.country] += PLACE_VOTE
    for record in actors.records:
        if record.country is not None:
            votes[record.country] += ACTOR_VOTE * max(1, len(record.mentions))
    total = sum(votes.values())
    return {country: count / total for country, count in votes.items()} if total else {}


def _anchors(toponyms: list[Toponym], countries: Mapping[str, float]) -> list[GeoPlace]:
    """Places, less than countries, that are beyond doubt."""
    anchors: dict[GeoPlace, None] = {}
    for toponym in toponyms:
        if toponym.candidates and toponym.candidates[0].kind != "country" and _is_clear(toponym):
            anchors[toponym.candidates[0]] = None
    return list(anchors)[:50]


def _has_namesake(toponym: Toponym) -> bool:
    """Whether a country and a part of another one bear this name."""
    kinds = {place.kind for place in toponym.candidates if fold(place.name) == fold(toponym.name)}
    return {"country", "region"} <= kinds


def _is_clear(toponym: Toponym) -> bool:
    places = toponym.candidates
    if _has_namesake(toponym):
        return False
    rivals = [place for place in places[1:] if place.country != places[0].country]
    return places[0].weight >= 4.5 and (not rivals or places[0].weight - rivals[0].weight >= CLEAR)


def _container(
    doc: Doc, tree: Tree, number: int, toponyms: list[Toponym], actors: Actors, gazetteer: Gazetteer
) -> str | None:
    """What a toponym is said to lie in: "Tripoli, Lebanon", "Paris in Texas", "the Lebanese city of Tripoli"."""
    toponym = toponyms[number]
    if not toponym.candidates or (toponym.candidates[0].kind == "country" and len(toponym.candidates) == 1):
        return None
    for other in toponyms[number + 1 : number + 3]:
        between = [token.lower_ for token in doc[toponym.end : other.start] if not token.is_space]
        if other.start - toponym.end > 4 or not between or between[0] not in (",", "in", "("):
            break
        if between[0] in (",", "(") and len(between) > 1:
            break
        found = _as_container(other, toponym, gazetteer)
        if found is not None:
            return found
        if between[0] != ",":
            break
    for i in range(toponym.end, min(toponym.end + 4, len(doc))):
        # "Paris, Texas" where the second name is no toponym by itself, or acts elsewhere in the article.
        if i > toponym.end and doc[i - 1].text == "," and i - 1 == toponym.end and doc[i].pos_ == "PROPN":
            end = i + 1
            while end < len(doc) and doc[end].pos_ == "PROPN" and end < i + 3:
                end += 1
            for stop in range(end, i, -1):
                code = gazetteer.country_named(doc[i:stop].text)
                if code is not None and any(place.country == code for place in toponym.candidates):
                    return code
    # "the Lebanese city of Tripoli"
    above = tree.heads[toponym.head]
    for token in (above, toponym.head):
        if token == above and tree.deps[toponym.head] not in ("nmod", "appos", "flat", "compound", "nmod:desc"):
            continue
        for child in tree.kids(token, "amod", "nmod:poss", "compound", "nmod"):
            if toponym.start <= child < toponym.end:
                continue
            for mention in actors.at(child):
                code = actors.record(mention.actor).country
                if code is not None and any(_lies_in(place, code) for place in toponym.candidates):
                    return code
    return None


def _as_container(other: Toponym, toponym: Toponym, gazetteer: Gazetteer) -> str | None:
    for place in other.candidates or look_up(other.name, gazetteer):
        if place.kind == "country" and place.country is not None:
            if any(_lies_in(each, place.country) for each in toponym.candidates):
                return place.country
        elif place.kind in ("region", "territory") and any(
            _lies_in(each, fold(place.name)) for each in toponym.candidates
        ):
            return fold(place.name)
        elif (
            place.kind in ("region", "territory")
            and place.country is not None
            and any(_lies_in(each, place.country) for each in toponym.candidates)
        ):
            return place.country
    return None
