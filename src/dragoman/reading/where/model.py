"""What the room hands out: places as they are mentioned."""

from __future__ import annotations

from dataclasses import dataclass

from dragoman.knowledge.places import PlaceKind, load_gazetteer
from dragoman.records import Place, Where


@dataclass(frozen=True, slots=True)
class PlaceMention:
    """Words that are meant as a place.

    Attributes:
        start: the first token; `end` is exclusive.
        head: the token that heads the phrase in the tree.
        record: the place as it is given back.
        kind: what sort of place it is; None where the gazetteer does not know it.
        dateline: whether it says where the article was written.
    """

    start: int
    end: int
    head: int
    record: Place
    kind: PlaceKind | None = None
    dateline: bool = False

    @property
    def where(self) -> Where:
        """The place without its offsets, as an event carries it."""
        place = self.record
        return Where(place.text, place.name, place.country, place.latitude, place.longitude, place.geonames)


def country_where(code: str) -> Where | None:
    """A whole country as the place of an event; None for a code that the gazetteer does not know."""
    land = load_gazetteer().country(code)
    if land is None:
        return None
    return Where(land.name, land.name, code, land.latitude, land.longitude, land.geonames)
