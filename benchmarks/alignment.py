"""Which record of a reading stands for which record of the gold."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import TypeVar

from benchmarks.gold import Choice, Days, GoldArticle, canonical
from dragoman.records import Reading

G = TypeVar("G")
P = TypeVar("P")


class Names:
    """Whom the ids of a reading stand for in the gold."""

    def __init__(self, article: GoldArticle, reading: Reading) -> None:
        self._gold: dict[str, str] = {}
        self._principals: dict[str, set[str]] = {}
        by_id = {canonical(id_): actor.id for actor in article.actors for id_ in actor.ids if id_}
        by_name = {_plain(name): actor.id for actor in article.actors for name in actor.names}
        taken = {by_id[canonical(actor.id)] for actor in reading.actors if canonical(actor.id) in by_id}
        self.by_id = by_id
        for actor in reading.actors:
            found = by_id.get(canonical(actor.id))
            if found is None:
                mentions = [_plain(article.text[each.start : each.end]) for each in actor.mentions]
                free = {name: id_ for name, id_ in by_name.items() if id_ not in taken}
                found = next(filter(None, (_named(mention, free) for mention in mentions)), None)
            self._gold[actor.id] = found or actor.id
            if actor.kind == "person":
                self._principals[actor.id] = {each for each in (actor.of, actor.country) if each}
        for person in article.actors:
            if person.kind == "person":
                self._principals.setdefault(person.id, set()).update(
                    each for each in person.of | person.country if each
                )

    def of(self, id_: str) -> str:
        """The gold id."""
        return self._gold.get(id_) or self.by_id.get(canonical(id_), id_)

    def wide(self, id_: str) -> set[str]:
        """The gold id, with the country and the body that a person acts for."""
        principals = self._principals.get(id_, set()) | self._principals.get(self.of(id_), set())
        return {self.of(id_), *(self.of(each) for each in principals)}


def _named(mention: str, names: Mapping[str, str]) -> str | None:
    """The gold actor whose name the mention is, or the longest name in it ("Kuwait's minister, Khaled al-Fadhel")."""
    if mention in names:
        return names[mention]
    within = [name for name in names if len(name) > 3 and f" {name} " in f" {mention.replace(',', ' ,')} "]
    return names[max(within, key=len)] if within else None


def _plain(name: str) -> str:
    return name.casefold().removeprefix("the ").strip()


def match(
    found: Iterable[P], wanted: Iterable[G], likeness: Callable[[P, G], float]
) -> tuple[list[tuple[P, G]], list[G], list[P]]:
    """Pairs of the most alike first; what was missed; what was false."""
    left, right = list(found), list(wanted)
    ranked = sorted(
        ((likeness(one, other), i, j) for i, one in enumerate(left) for j, other in enumerate(right)),
        key=lambda each: (-each[0], each[1], each[2]),
    )
    used: dict[int, int] = {}
    taken: set[int] = set()
    for value, i, j in ranked:
        if value > 0 and i not in used and j not in taken:
            used[i] = j
            taken.add(j)
    pairs = [(left[i], right[j]) for i, j in sorted(used.items())]
    misses = [other for j, other in enumerate(right) if j not in taken]
    return pairs, misses, [one for i, one in enumerate(left) if i not in used]


def half_overlap(found: Days, wanted: Days) -> bool:
    """Whether the two spans share at least half of the days that they cover together."""
    if None in (found.earliest, found.latest, wanted.earliest, wanted.latest):
        return found == wanted
    starts = sorted((_number(found.earliest), _number(wanted.earliest)))
    ends = sorted((_number(found.latest), _number(wanted.latest)))
    return (ends[0] - starts[1] + 1) * 2 >= ends[1] - starts[0] + 1


def kilometres(latitude: float, longitude: float, other_latitude: float, other_longitude: float) -> float:
    """The great-circle distance."""
    a, b = math.radians(latitude), math.radians(other_latitude)
    haversine = (
        math.sin((b - a) / 2) ** 2
        + math.cos(a) * math.cos(b) * math.sin(math.radians(other_longitude - longitude) / 2) ** 2
    )
    return 2 * 6371.0 * math.asin(math.sqrt(haversine))


def _number(day: date | None) -> int:
    return day.toordinal() if day else 0


def likeness_of_sets(found: set[str], wanted: Sequence[Choice]) -> float:
    if not found and not wanted:
        return 1
    hits = sum(bool(slot & found) for slot in wanted)
    return hits / max(len(found), len(wanted))
