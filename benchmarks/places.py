"""How well places are found and resolved: `python -m benchmarks.places [CASES.json]`.

Cases (``tests/cases/places.json``, written for this) are dated sentences of all eras and regions in which the places
are marked, ``[Antalya|TUR|36.91,30.70]``: the words, the country (``0`` for none) and a point; ``-`` marks what is not
scored. A place is found where a place of the reading overlaps its words; its country is right where the code is, its
point where it lies within 100 km (500 km for seas, whose middle is a matter of taste).
"""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from benchmarks.report import Table, add_json, publish
from dragoman.knowledge import load_knowledge
from dragoman.knowledge.places import great_circle, load_gazetteer
from dragoman.language import load
from dragoman.reading.actors import find_actors
from dragoman.reading.where import find_places
from dragoman.records import Place

CASES = Path(__file__).parents[1] / "tests" / "cases" / "places.json"
NEAR_KM, NEAR_SEA_KM = 100.0, 500.0
_MARK = re.compile(r"\[([^\[\]|]+)\|([^\[\]|]+)(?:\|([-\d.]+),([-\d.]+))?\]")


@dataclass(frozen=True, slots=True)
class Marked:
    """A toponym of a case: where it stands and what it is."""

    start: int
    end: int
    country: str | None
    point: tuple[float, float] | None


def unmark(text: str) -> tuple[str, list[Marked]]:
    """The plain text and its toponyms."""
    plain, marked, last = "", list[Marked](), 0
    for match in _MARK.finditer(text):
        plain += text[last : match.start()]
        start = len(plain)
        plain += match[1]
        if match[2] != "-":
            point = (float(match[3]), float(match[4])) if match[3] else None
            marked.append(Marked(start, len(plain), None if match[2] == "0" else match[2], point))
        last = match.end()
    return plain + text[last:], marked


def find(target: Marked, places: Sequence[Place]) -> Place | None:
    """The place of a reading that overlaps a toponym most."""
    overlapping = [place for place in places if place.start < target.end and target.start < place.end]
    return max(overlapping, key=lambda p: min(p.end, target.end) - max(p.start, target.start), default=None)


def main() -> None:
    """Print the figures, and with --verbose what is wrong."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("cases", nargs="?", type=Path, default=CASES)
    parser.add_argument("--verbose", action="store_true")
    add_json(parser)
    arguments = parser.parse_args()
    nlp, knowledge, gazetteer = load(), load_knowledge(), load_gazetteer()
    total = found = country = asked = near = 0
    cases = json.loads(arguments.cases.read_text(encoding="utf-8"))["cases"]
    texts = [unmark(case["text"]) for case in cases]
    for case, (text, marked), doc in zip(cases, texts, nlp.pipe(text for text, _ in texts), strict=True):
        actors = find_actors(doc, date.fromisoformat(case["published"]), knowledge)
        places = [each.record for each in find_places(doc, actors, gazetteer)]
        for target in marked:
            total += 1
            place = find(target, places)
            words = text[target.start : target.end]
            if place is None:
                if arguments.verbose:
                    print(f"missed {words!r} in {text}")
                continue
            found += 1
            right = place.country == target.country
            country += right
            if target.point is not None:
                asked += 1
                close = (
                    place.latitude is not None
                    and place.longitude is not None
                    and great_circle(*target.point, place.latitude, place.longitude)
                    <= (NEAR_KM if target.country else NEAR_SEA_KM)
                )
                near += close
                right = right and close
            if arguments.verbose and not right:
                print(f"wrong {words!r}: {place.name} {place.country} {place.latitude} {place.longitude} in {text}")
    figures = {
        "toponyms": total,
        "found": found / total,
        "country right, of those found": country / found,
        "point within reach, of those found": near / asked,
    }
    publish([Table("Places", {arguments.cases.stem: figures})], arguments.json)


if __name__ == "__main__":
    main()
