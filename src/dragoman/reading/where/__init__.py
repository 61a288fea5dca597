"""Toponym resolution: where in the world an article's places are, and where its events happened.

toponyms     which words are meant as a place
resolution   which of the places that bear a name is meant
events       an event's own place
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from spacy.tokens import Doc

from dragoman.knowledge.places import Gazetteer
from dragoman.reading.tree import Tree
from dragoman.reading.where.events import EventPlaces
from dragoman.reading.where.model import PlaceMention
from dragoman.reading.where.resolution import resolve
from dragoman.reading.where.toponyms import find_toponyms, points_of
from dragoman.records import Place, Where

if TYPE_CHECKING:
    from dragoman.reading.actors import Actors

__all__ = ["EventPlaces", "PlaceMention", "event_where", "find_places"]


def find_places(doc: Doc, actors: Actors, gazetteer: Gazetteer) -> tuple[PlaceMention, ...]:
    """Every place of an article that is meant as one, in reading order.

    A place that the gazetteer does not know keeps its words, without country and point.
    """
    if not len(doc):
        return ()
    tree = Tree.of(doc)
    toponyms = find_toponyms(doc, tree, actors, gazetteer)
    found = []
    for toponym, place in zip(toponyms, resolve(doc, tree, toponyms, actors, gazetteer), strict=True):
        if place is None and not toponym.sure:
            continue
        span = doc[toponym.start : toponym.end]
        if place is not None and place.kind == "country" and place.country is not None:
            middle = gazetteer.part(place.country, points_of(span.text))
            if middle is not None and points_of(span.text):
                place = replace(place, name=span.text, latitude=middle[0], longitude=middle[1], geonames=None)
        record = Place(
            text=span.text,
            name=place.name if place else span.text,
            country=place.country if place else None,
            latitude=place.latitude if place else None,
            longitude=place.longitude if place else None,
            geonames=place.geonames if place else None,
            start=span.start_char,
            end=span.end_char,
        )
        found.append(PlaceMention(toponym.start, toponym.end, toponym.head, record, place.kind if place else None))
    return tuple(found)


def event_where(doc: Doc, predicate: int, places: Sequence[PlaceMention]) -> Where | None:
    """The place of the event that a predicate states, or None; for many events keep an `EventPlaces`."""
    return EventPlaces(doc, places).where(predicate)
