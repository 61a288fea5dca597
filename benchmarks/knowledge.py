"""How much of the world the knowledge base covers.

    python -m benchmarks.knowledge [--offices ../shared/reference/offices.csv] [--since 1990] [--until 2025] [--gaps]

For every sovereign country and year, on the 30th of June: does the base name the head of state, the head of government
(the head of state where there is no other) and the foreign minister? Where the file of offices is at hand, also: of the
country-years that its rows cover, how many does the base cover too, and
how often the two name the same person.
"""

from __future__ import annotations

import argparse
import csv
import time
from collections import Counter, defaultdict
from datetime import date
from pathlib import Path

from benchmarks.groups import region_of
from benchmarks.pictures import coverage_svg
from benchmarks.report import Table, add_json, publish
from dragoman.knowledge import Knowledge, load_knowledge
from dragoman.knowledge.names import fold
from dragoman.knowledge.tables import first_day, last_day, read_table

OFFICES = Path(__file__).parents[1] / "src" / "dragoman" / "knowledge" / "data" / "offices.csv"
HEADS_OF_STATE = (
    "president", "king", "emir", "sultan", "emperor", "supreme leader", "head of state", "grand duke", "prince", "pope",
    "leader", "captain regent", "co-prince", "head of the military council", "governor-general",
    "general secretary of the communist party",
)  # fmt: skip
HEADS_OF_GOVERNMENT = ("prime minister", "chief executive", "chief adviser", "chancellor")
FOREIGN_MINISTERS = ("foreign minister",)
ROLES = {
    "head of state": HEADS_OF_STATE,
    "head of government": (*HEADS_OF_GOVERNMENT, *HEADS_OF_STATE),
    "foreign minister": FOREIGN_MINISTERS,
}
# In the Commonwealth realms the monarch is that of the United Kingdom.
REALMS = frozenset("ATG AUS BHS BLZ CAN GRD JAM NZL PNG KNA LCA VCT SLB TUV".split())


def sovereign(knowledge: Knowledge, year: int) -> list[str]:
    """The members of the United Nations in a year, with the Holy See, Kosovo, Taiwan and Palestine."""
    extra = ["VAT", "TWN", "PSE", "CHE"] + (["XKX"] if year >= 2008 else [])
    return sorted({*knowledge.members("UN", date(year, 6, 30)), *extra})


def covered(knowledge: Knowledge, role: str, country: str, day: date) -> bool:
    """Whether somebody is known to have held the role there on the day."""
    if role == "head of state" and country in REALMS:
        return True
    return any(knowledge.holders(office, country, day) for office in ROLES[role])


def coverage(knowledge: Knowledge, years: range) -> dict[tuple[str, int], dict[str, bool]]:
    """For each country and year, which roles somebody is known to have held on the 30th of June."""
    return {
        (country, year): {role: covered(knowledge, role, country, date(year, 6, 30)) for role in ROLES}
        for year in years
        for country in sovereign(knowledge, year)
    }


def by_region(known: dict[tuple[str, int], dict[str, bool]], role: str) -> dict[str, dict[str, float]]:
    """The share of countries in which the role is known, by part of the world and by spans of years."""
    cells: dict[str, dict[str, list[bool]]] = {}
    newest = max(year for _, year in known)
    for (country, year), roles in known.items():
        first = year - year % 5
        last = min(first + 4, newest)
        span = f"{first}–{str(last)[2:]}" if last > first else str(first)
        # Whatever has no continent in the list of countries is in Europe: Kosovo, Yugoslavia, the Soviet Union.
        for row in (region_of(country) or "Europe", "all"):
            cells.setdefault(row, {}).setdefault(span, []).append(roles[role])
    order = [name for name in sorted(cells) if name != "all"] + ["all"]
    return {name: {span: sum(found) / len(found) for span, found in sorted(cells[name].items())} for name in order}


def sources(path: Path = OFFICES) -> dict[str, dict[str, float]]:
    """How many offices each source gave, how many of them end nowhere, and the newest year in which one begins."""
    found: dict[str, dict[str, float]] = {}
    table = read_table(path)
    for row in table.rows(("start", "end", "source")):
        kept = found.setdefault(row["source"] or "none", {"offices": 0, "without an end": 0, "newest start": 0})
        kept["offices"] += 1
        kept["without an end"] += not row["end"]
        kept["newest start"] = max(kept["newest start"], int(row["start"][:4] or 0))
    return dict(sorted(found.items(), key=lambda pair: -pair[1]["offices"]))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--offices", type=Path, default=Path("../shared/reference/offices.csv"))
    parser.add_argument("--since", type=int, default=1990)
    parser.add_argument("--until", type=int, default=2025)
    parser.add_argument("--gaps", action="store_true", help="list the countries with the most years missing")
    parser.add_argument("--picture", metavar="FILE", help="draw country by year as SVG")
    add_json(parser)
    arguments = parser.parse_args()

    started = time.perf_counter()
    knowledge = load_knowledge()
    loaded = time.perf_counter()
    knowledge.lookup("Lavrov", date(2022, 3, 21))
    seconds = {"load": loaded - started, "first lookup": time.perf_counter() - loaded}
    known = coverage(knowledge, range(arguments.since, arguments.until + 1))
    size: dict[str, float] = dict(sorted(Counter(entity.kind for entity in knowledge.entities()).items()))
    size |= {"conflict": len(knowledge.conflicts), "office": len(knowledge.all_offices().tenures())}
    tables = [
        Table("Holdings", {"records": size}),
        Table("Seconds", {"knowledge": seconds}),
        Table(
            "Covered country-years",
            {
                role: {"country-years": len(known), "share": sum(each[role] for each in known.values()) / len(known)}
                for role in ROLES
            },
        ),
        *(Table(f"Covered, {role}", by_region(known, role)) for role in ROLES),
        Table("Offices by source", sources()),
    ]
    publish(tables, arguments.json)
    if arguments.picture:
        Path(arguments.picture).write_text(coverage_svg(known), encoding="utf-8")
    if arguments.gaps:
        show_gaps(known)
    if arguments.offices.exists() and arguments.json is None:
        compare(knowledge, arguments.offices, arguments.since, arguments.until)


def show_gaps(known: dict[tuple[str, int], dict[str, bool]]) -> None:
    """The countries with the most years missing, by role."""
    for role in ROLES:
        gaps: dict[str, list[int]] = defaultdict(list)
        for (country, year), roles in known.items():
            if not roles[role]:
                gaps[country].append(year)
        print(f"\n{role}")
        for country, missing in sorted(gaps.items(), key=lambda pair: (-len(pair[1]), pair[0]))[:40]:
            print(f"    {country}: {len(missing)} ({missing[0]}–{missing[-1]})")


def compare(knowledge: Knowledge, path: Path, since: int, until: int) -> None:
    """Against the rows of a file of offices: covered too, and by the same person."""
    print(f"\nagainst {path.name}")
    rows: dict[tuple[str, str], list[tuple[date, date, str]]] = defaultdict(list)
    normal = {"chancellor": "prime minister", "premier": "prime minister", "acting president": "president"}
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            office = normal.get(row["office"], row["office"])
            if not row["body"] and office in ("president", "prime minister", "foreign minister", "king", "emir"):
                start, end = first_day(row["start"]) or date.min, last_day(row["end"]) or date.max
                names = "|".join((row["person"], row["aliases"]))
                rows[office, row["country_iso3"]].append((start, end, names))
    for office in ("president", "prime minister", "foreign minister"):
        count = found = same = 0
        for (held, country), tenures in sorted(rows.items()):
            if held != office:
                continue
            for year in range(since, until + 1):
                day = date(year, 6, 30)
                theirs = {
                    fold(name) for start, end, names in tenures if start <= day <= end for name in names.split("|")
                }
                if not theirs:
                    continue
                count += 1
                ours = knowledge.holders(office, country, day)
                found += bool(ours)
                same += any(fold(name) in theirs for entity in ours for name in (entity.name, *entity.aliases))
        print(
            f"{office:20} {count:5} country-years there, {found / count:.3f} covered here, "
            f"{same / count:.3f} by the same person"
        )


if __name__ == "__main__":
    main()
