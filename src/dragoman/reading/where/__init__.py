"""Toponym resolution: where in the world an article's places are, and where its events happened.

toponyms     which words are meant as a place
resolution   which of the places that bear a name is meant
events       an event's own place, by its tree
words        the classes of words that these rest on, which are data
venues       the place that an event shares with the talks or the fight told before it
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from spacy.tokens import Doc, Span

from dragoman.knowledge.places import Gazetteer, GeoPlace
from dragoman.reading.tree import Tree
from dragoman.reading.where.events import EventPlaces
from dragoman.reading.where.model import PlaceMention, country_where
from dragoman.reading.where.resolution import resolve
from dragoman.reading.where.toponyms import Toponym, find_toponyms, names_country, points_of
from dragoman.reading.where.venues import Act, Happening, places_of
from dragoman.records import Place, Where

if TYPE_CHECKING:
    from dragoman.reading.actors import Actors

__all__ = [
    "Act",
    "EventPlaces",
    "Happening",
    "PlaceMention",
    "country_where",
    "event_where",
    "find_places",
    "places_of",
]


def find_places(doc: Doc, actors: Actors, gazetteer: Gazetteer) -> tuple[PlaceMention, ...]:
    """Every place of an article that is meant as one, in reading order.

    A place that the gazetteer does not know keeps its words, without country and point.
    """
    if not len(doc):
        return ()
    tree = Tree.of(doc)
    toponyms = find_toponyms(doc, tree, actors, gazetteer)
    chosen = resolve(doc, tree, toponyms, actors, gazetteer)
    found = []
    for number, (toponym, place) in enumerate(zip(toponyms, chosen, strict=True)):
        if place is None and not toponym.sure:
            continue
        span = doc[toponym.start : toponym.end]
        record = _record(span, place)
        if place is None:
            # "Castle Buildings in Belfast": where nobody knows the house, its town tells where it is.
            town = _said_to_lie_in(doc, number, toponyms, chosen)
            if town is not None:
                record = replace(record, country=town.country, latitude=town.latitude, longitude=town.longitude)
        elif place.kind == "country" and place.country is not None and (points := _part_of(span, place, gazetteer)):
            middle = gazetteer.part(place.country, points)
            if middle is not None:
                record = replace(record, name=span.text, latitude=middle[0], longitude=middle[1], geonames=None)
        kind = place.kind if place else None
        found.append(PlaceMention(toponym.start, toponym.end, toponym.head, record, kind, toponym.dateline))
    return tuple(found)


def _part_of(span: Span, place: GeoPlace, gazetteer: Gazetteer) -> tuple[str, ...]:
    """The part of a country that words name by the compass; South Korea is no part, South Vietnam was one."""
    points = points_of(span.text)
    whole = names_country(span.text, gazetteer) and points == points_of(place.name)
    return () if whole else points


def _record(span: Span, place: GeoPlace | None) -> Place:
    return Place(
        text=span.text,
        name=place.name if place else span.text,
        country=place.country if place else None,
        latitude=place.latitude if place else None,
        longitude=place.longitude if place else None,
        geonames=place.geonames if place else None,
        start=span.start_char,
        end=span.end_char,
    )


def _said_to_lie_in(
    doc: Doc, number: int, toponyms: Sequence[Toponym], chosen: Sequence[GeoPlace | None]
) -> GeoPlace | None:
    if number + 1 == len(toponyms):
        return None
    between = [token.lower_ for token in doc[toponyms[number].end : toponyms[number + 1].start]]
    return chosen[number + 1] if between in ([","], ["in"], ["near"], [",", "in"], [",", "near"]) else None


def event_where(doc: Doc, predicate: int, places: Sequence[PlaceMention]) -> Where | None:
    """The place of the event that a predicate states, or None; for many events keep an `EventPlaces`."""
    return EventPlaces(doc, places).where(predicate)
