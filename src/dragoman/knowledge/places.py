"""The gazetteer: where in the world a name may be.

Populated places come from GeoNames and are many, so their tables stay on disk, sorted by folded name, and are looked up
by bisection; countries, regions, waters, mountains, disputed territories and the venues of diplomacy are few and are
read on first use.
"""

from __future__ import annotations

import math
import mmap
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from pathlib import Path
from typing import Literal, get_args

from dragoman.knowledge.names import fold
from dragoman.knowledge.tables import Row, read_table

PlaceKind = Literal["city", "country", "region", "territory", "sea", "river", "mountain", "island", "venue", "site"]

DATA = Path(__file__).parent / "data"
COUNTRY_COLUMNS = ("id", "iso2", "latitude", "longitude", "geonames", "population")
PLACE_COLUMNS = ("name", "aliases", "kind", "country", "latitude", "longitude", "geonames", "weight", "source")
EARTH_RADIUS_KM = 6371.0

# Which way a word points: along the latitude or not, and up or down.
_AXES = {"north": (True, 1), "south": (True, -1), "east": (False, 1), "west": (False, -1)}
# "Eastern" is what lies beyond so much of the way from west to east.
_PART = 0.65

# A place that is told by a by-name must be that much better known to be meant by it.
_BY_NAME = 0.7
# … and more so where a town of some size has the name for its own.
_SHARED = 1.0
_TOWN = 4.3
_GENERIC = (
    " city",
    " town",
    " province",
    " governorate",
    " oblast",
    " region",
    " state",
    " district",
    " county",
    " prefecture",
)
_LEADING = (
    "the ",
    "city of ",
    "town of ",
    "port of ",
    "province of ",
    "region of ",
    "state of ",
    "island of ",
    "greater ",
)


@dataclass(frozen=True, slots=True)
class GeoPlace:
    """A place that a name may stand for.

    Attributes:
        name: its usual name.
        kind: what it is.
        country: ISO 3166-1 alpha-3; None for what lies between countries or belongs to none.
        latitude, longitude: degrees, WGS 84; of an area, a point in the middle.
        geonames: its id there, where known.
        weight: how likely it is to be meant, other things being equal: about the decimal logarithm of its people.
        region: the folded name of the first-order division that it lies in; empty where not known.
        exact: whether the name asked for is its own, not a by-name.
    """

    name: str
    kind: PlaceKind
    country: str | None
    latitude: float
    longitude: float
    geonames: int | None
    weight: float
    region: str = ""
    exact: bool = True

    def distance(self, other: GeoPlace) -> float:
        """Kilometres to another place, along the great circle."""
        return great_circle(self.latitude, self.longitude, other.latitude, other.longitude)


def great_circle(latitude: float, longitude: float, other_latitude: float, other_longitude: float) -> float:
    """Kilometres between two points."""
    a, b = math.radians(latitude), math.radians(other_latitude)
    half = math.sin((b - a) / 2) ** 2
    half += math.cos(a) * math.cos(b) * math.sin(math.radians(other_longitude - longitude) / 2) ** 2
    return 2 * EARTH_RADIUS_KM * math.asin(min(1.0, math.sqrt(half)))


class SortedLines:
    """Tab-separated lines of a file, sorted by their first field, found by bisection without reading the file."""

    def __init__(self, path: Path) -> None:
        with path.open("rb") as file:  # the mapping keeps a handle of its own
            empty = path.stat().st_size == 0
            self._bytes = b"" if empty else mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)

    def find(self, key: str) -> Iterator[list[str]]:
        """The lines with this first field, split."""
        data, wanted = self._bytes, key.encode("utf-8") + b"\t"
        low, high = 0, len(data)
        while low < high:
            middle = data.rfind(b"\n", low, (low + high) // 2) + 1 or low
            end = data.find(b"\n", middle)
            end = len(data) if end < 0 else end
            if data[middle:end] < wanted:
                low = end + 1
            else:
                high = middle
        while low < len(data) and data[low : low + len(wanted)] == wanted:
            end = data.find(b"\n", low)
            end = len(data) if end < 0 else end
            yield data[low:end].decode("utf-8").rstrip("\r").split("\t")
            low = end + 1


class Gazetteer:
    """Names to places, the likeliest first."""

    def __init__(
        self,
        names: Mapping[str, Sequence[GeoPlace]],
        cities: SortedLines,
        aliases: SortedLines,
        codes: Mapping[str, str],
        capitals: Mapping[str, str],
    ) -> None:
        self._names = names
        self._cities = cities
        self._aliases = aliases
        self._codes = codes
        self._countries = {p.country: p for places in names.values() for p in places if p.kind == "country" and p.exact}
        self.lookup = lru_cache(maxsize=4096)(self._lookup)
        self._capitals = capitals
        self._regions: dict[str, tuple[GeoPlace, ...]] = {}
        for place in sorted({p for places in names.values() for p in places if p.kind == "region"}, key=repr):
            if place.country is not None:
                self._regions[place.country] = (*self._regions.get(place.country, ()), place)
        self._longest: dict[str, int] = {}
        for name in names:
            first, *rest = name.split()
            self._longest[first] = max(self._longest.get(first, 0), len(rest) + 1)

    def longest(self, word: str) -> int:
        """Words in the longest name, other than of a town of GeoNames, that begins with a word; 0 where none does."""
        return self._longest.get(fold(word).split(" ")[0], 0)

    def country(self, code: str) -> GeoPlace | None:
        """A country by its ISO 3166-1 alpha-3 code, with a point in its middle."""
        return self._countries.get(code)

    def part(self, code: str, directions: Collection[str]) -> tuple[float, float] | None:
        """The middle of a part of a country, north, south, east or west of its own: latitude and longitude."""
        regions = self._regions.get(code, ())
        for direction in sorted(directions):
            axis, sign = _AXES[direction]
            along = [sign * (place.latitude if axis else place.longitude) for place in regions]
            if not along:
                return None
            edge = min(along) + _PART * (max(along) - min(along))
            regions = tuple(place for place, value in zip(regions, along, strict=True) if value >= edge)
        people = sum(10**place.weight for place in regions)
        if not people:
            return None
        latitude = sum(10**place.weight * place.latitude for place in regions) / people
        longitude = sum(10**place.weight * place.longitude for place in regions) / people
        return round(latitude, 2), round(longitude, 2)

    def capital(self, code: str) -> GeoPlace | None:
        """The capital of a country, by its code."""
        name = self._capitals.get(code)
        return next((place for place in self.lookup(name) if place.country == code), None) if name else None

    def known(self, name: str) -> tuple[GeoPlace, ...]:
        """The places other than towns of GeoNames that have exactly this name."""
        return tuple(self._names.get(fold(name), ()))

    def is_town(self, name: str) -> bool:
        """Whether a name is the own name of a town that news often tells of, one other than those of GeoNames."""
        return any(place.kind == "city" and place.exact for place in self.known(name))

    def country_named(self, name: str) -> str | None:
        """The code of the country that a name is the name of, if it is one."""
        return next((place.country for place in self._names.get(fold(name), ()) if place.kind == "country"), None)

    def _lookup(self, name: str) -> tuple[GeoPlace, ...]:
        """The places that a name may stand for, the likeliest first; none where nobody knows it."""
        key = fold(name)
        for variant in self._variants(key):
            found = self._find(variant)
            if found:
                return found
        return ()

    def _variants(self, key: str) -> Iterator[str]:
        yield key
        bare = key
        for start in _LEADING:
            if bare.startswith(start):
                bare = bare.removeprefix(start)
                yield bare
        for end in _GENERIC:
            if bare.endswith(end) and len(bare) > len(end) + 2:
                yield bare.removesuffix(end)
        if bare.startswith("st "):
            yield "saint" + bare[2:]
        if bare.startswith(("al ", "el ", "as ", "ad ", "ar ", "at ", "an ", "ash ", "az ")):
            yield bare.split(" ", 1)[1]

    def _find(self, key: str) -> tuple[GeoPlace, ...]:
        if not key:
            return ()
        found = list(self._names.get(key, ()))
        seen: set[int | None] = {place.geonames for place in found if place.geonames is not None}
        for fields in self._cities.find(key):
            place = self._city(fields)
            if place.geonames not in seen:
                seen.add(place.geonames)
                found.append(place)
        # Salisbury is Salisbury before it is Harare.
        shared = _SHARED if any(place.exact and place.weight > _TOWN for place in found) else 0.0
        for _, main, ident in self._aliases.find(key):
            if int(ident) in seen:
                continue
            seen.add(int(ident))
            for fields in self._cities.find(main):
                if fields[7] == ident:
                    place = self._city(fields)
                    found.append(replace(place, weight=place.weight - _BY_NAME - shared, exact=False))
        found.sort(key=lambda place: (-place.weight, place.geonames or 0, place.name))
        return tuple(found)

    def _city(self, fields: list[str]) -> GeoPlace:
        _, name, code, latitude, longitude, population, region, ident = fields
        return GeoPlace(
            name,
            "city",
            self._codes.get(code),
            float(latitude),
            float(longitude),
            int(ident),
            round(math.log10(int(population) + 10), 2),
            fold(region),
        )


@cache
def load_gazetteer() -> Gazetteer:
    """The shipped gazetteer, read once.

    Raises:
        DataError: a line of a table is malformed; the message names file and line.
    """
    names: dict[str, list[GeoPlace]] = {}
    codes: dict[str, str] = {}
    capitals: dict[str, str] = {}
    centres: dict[str, Row] = {}
    for row in read_table(DATA / "places_countries.csv").rows(COUNTRY_COLUMNS):
        codes[row["iso2"]] = row["id"]
        centres[row["id"]] = row
    for row in read_table(DATA / "countries.csv").rows(("id", "name", "official", "aliases", "capitals")):
        capitals[row["id"]] = next(iter(row.many("capitals")), "")
        centre = centres.get(row["id"])
        if centre is None:
            continue
        country = GeoPlace(
            row["name"],
            "country",
            row["id"],
            _number(centre, "latitude"),
            _number(centre, "longitude"),
            int(centre["geonames"]) if centre["geonames"] else None,
            6.5 + math.log10(int(centre["population"] or 0) + 10) / 4,
        )
        _add(names, country, [row["name"], row["official"], *row.many("aliases")])
    for row in read_table(DATA / "places_regions.csv").rows(PLACE_COLUMNS):
        _add(names, _place(row), [row["name"], *row.many("aliases")])
    for row in read_table(DATA / "places.csv").rows(PLACE_COLUMNS):
        _add(names, _place(row), [row["name"], *row.many("aliases")])
    return Gazetteer(
        names, SortedLines(DATA / "places_cities.tsv"), SortedLines(DATA / "places_aliases.tsv"), codes, capitals
    )


def _add(names: dict[str, list[GeoPlace]], place: GeoPlace, called: Sequence[str]) -> None:
    for number, name in enumerate(called):
        key = fold(name)
        known = names.setdefault(key, [])
        if key and place not in known and replace(place, exact=False) not in known:
            known.append(place if number == 0 else replace(place, exact=False))


def _place(row: Row) -> GeoPlace:
    kind = row["kind"]
    if kind not in get_args(PlaceKind):
        raise row.error(f"{kind!r} is none of {', '.join(get_args(PlaceKind))}")
    return GeoPlace(
        row["name"],
        kind,  # type: ignore[arg-type]  # checked above
        row["country"] or None,
        _number(row, "latitude"),
        _number(row, "longitude"),
        int(row["geonames"]) if row["geonames"] else None,
        _number(row, "weight"),
    )


def _number(row: Row, column: str) -> float:
    try:
        return float(row[column])
    except ValueError:
        raise row.error(f"{column} is {row[column]!r}, not a number") from None
