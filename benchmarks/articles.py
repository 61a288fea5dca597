"""How well whole articles are read: `dragoman.read` against the hand-made gold records of `articles/*.json`.

    python -m benchmarks.articles                        both splits, a table
    python -m benchmarks.articles --split dev --verbose  what was missed and what was false, article by article
    python -m benchmarks.articles --json FILE            the figures, for machines (- is the standard output)

Half of the articles are held out: nobody who works on the reader looks at their errors, so `--verbose` refuses them
unless `--held-out` is given.

What counts as found:

* an actor: the same id, or a mention with the very words of a name of the gold actor (then its id counts as wrong);
* an event: the same type, overlapping actors, and the predicate overlaps or stands in the same sentence;
* a statement: at least half of its words; a time, a place: any overlap of the words;
* a step of a mediation: the same kind, overlapping actors (a person stands for the country or body too), and evidence
  that overlaps or stands in the same sentence.

Each gold record is found by at most one record of the reading, the best one.
"""

from __future__ import annotations

import argparse
import json
import math
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

from benchmarks import gold
from benchmarks.gold import Choice, Days, GoldActor, GoldArticle, GoldEvent, GoldMediation, GoldStep
from dragoman.records import Actor, Event, Mediation, Reading, Step

G = TypeVar("G")
P = TypeVar("P")


@dataclass(slots=True)
class Figure:
    """Counts behind a precision, a recall and an F1, or behind an accuracy (then `false` stays 0)."""

    right: int = 0
    missed: int = 0
    false: int = 0

    @property
    def precision(self) -> float | None:
        found = self.right + self.false
        return self.right / found if found else None

    @property
    def recall(self) -> float | None:
        wanted = self.right + self.missed
        return self.right / wanted if wanted else None

    @property
    def f1(self) -> float | None:
        total = 2 * self.right + self.missed + self.false
        return 2 * self.right / total if total else None

    def judge(self, good: bool) -> None:
        """Count one more case of an accuracy."""
        if good:
            self.right += 1
        else:
            self.missed += 1

    def add(self, other: Figure) -> None:
        self.right += other.right
        self.missed += other.missed
        self.false += other.false


# Name, and whether it is an accuracy; in the order of the table.
FIGURES: dict[str, bool] = {
    "actors": False,
    "actor id": True,
    "actor country": True,
    "actor sector": True,
    "person's office": True,
    "events": False,
    "event recipients": True,
    "event status": True,
    "event said_by": True,
    "event when": True,
    "event where": True,
    "statements": False,
    "statement speaker": True,
    "times": False,
    "time exact": True,
    "places": False,
    "place country": True,
    "place within 100 km": True,
    "ties": False,
    "mediation file": True,
    "parties": False,
    "mediators": False,
    "steps": False,
    "step status": True,
    "step when": True,
    "step place country": True,
    "step outcome": True,
    "step terms": False,
}


@dataclass(slots=True)
class Score:
    """The figures of some articles, and the errors in words."""

    figures: dict[str, Figure] = field(default_factory=lambda: {name: Figure() for name in FIGURES})
    errors: list[str] = field(default_factory=list)

    def add(self, other: Score) -> None:
        for name, figure in other.figures.items():
            self.figures[name].add(figure)
        self.errors += other.errors

    def miss(self, name: str, words: str) -> None:
        self.figures[name].missed += 1
        self.errors.append(f"{name}: missed {words}")

    def false(self, name: str, words: str) -> None:
        self.figures[name].false += 1
        self.errors.append(f"{name}: false {words}")

    def judge(self, name: str, good: bool, words: str) -> None:
        self.figures[name].judge(good)
        if not good:
            self.errors.append(f"{name}: wrong {words}")


def score_article(article: GoldArticle, reading: Reading) -> Score:
    """Compare one reading with its gold records."""
    score = Score()
    names = Names(article, reading)
    _score_actors(article, reading, names, score)
    _score_events(article, reading, names, score)
    _score_statements(article, reading, names, score)
    _score_times(article, reading, score)
    _score_places(article, reading, score)
    _score_ties(article, reading, names, score)
    _score_mediation(article, reading, names, score)
    return score


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


def canonical(id_: str) -> str:
    """An id without what the contract leaves open: case, spaces, and whether a country or its government is meant."""
    return id_.casefold().replace(" ", "-").removesuffix(":gov")


def _named(mention: str, names: Mapping[str, str]) -> str | None:
    """The gold actor whose name the mention is, or the longest name in it ("Kuwait's minister, Khaled al-Fadhel")."""
    if mention in names:
        return names[mention]
    within = [name for name in names if len(name) > 3 and f" {name} " in f" {mention.replace(',', ' ,')} "]
    return names[max(within, key=len)] if within else None


def _plain(name: str) -> str:
    return name.casefold().removeprefix("the ").strip()


def _score_actors(article: GoldArticle, reading: Reading, names: Names, score: Score) -> None:
    wanted = {actor.id: actor for actor in article.actors}
    found = set()
    for actor in reading.actors:
        target = wanted.get(names.of(actor.id))
        if target is None:
            words = article.text[actor.mentions[0].start : actor.mentions[0].end] if actor.mentions else ""
            score.false("actors", f"{actor.id} {words!r}")
            continue
        if target.id in found:
            # A country and its government may be two records; two records of one person are an error.
            if not actor.id.endswith(":GOV"):
                score.false("actors", f"{actor.id} (a second {target.id})")
            continue
        found.add(target.id)
        score.figures["actors"].right += 1
        ids = {canonical(each) for each in target.ids if each}
        score.judge("actor id", canonical(actor.id) in ids, f"{actor.id} for {target.id}")
        score.judge("actor country", actor.country in target.country, f"{actor.country} for {target.id}")
        score.judge("actor sector", actor.sector in target.sector, f"{actor.sector} for {target.id}")
        if target.kind == "person":
            score.judge("person's office", _same_office(actor, target), f"{actor.office} of {actor.of} for {target.id}")
    for id_ in sorted(wanted.keys() - found):
        score.miss("actors", f"{id_} {wanted[id_].names[0]!r}")


def _same_office(actor: Actor, target: GoldActor) -> bool:
    """Whether office and body agree; "special envoy" will do for "special envoy for Syria"."""
    if actor.office is None:
        return None in target.office
    offices = {each.split(" for ")[0].split(" of ")[0] for each in target.office if each}
    bodies = {canonical(each) for each in target.of if each}
    held = actor.office.removeprefix("acting ").split(" for ")[0].split(" of ")[0]
    return held in offices and (None in target.of or canonical(actor.of or "") in bodies)


def _score_events(article: GoldArticle, reading: Reading, names: Names, score: Score) -> None:
    def likeness(event: Event, target: GoldEvent) -> float:
        if event.type not in target.types:
            return 0
        actors = {names.of(each) for each in event.actors}
        recipients = {names.of(each) for each in event.recipients}
        wanted = set[str | None]().union(*target.actors)
        if wanted and not actors & wanted:
            return 0
        if not wanted and target.recipients and not recipients & set[str | None]().union(*target.recipients):
            return 0
        overlap = event.predicate.start < target.end and target.start < event.predicate.end
        if not overlap and not _same_sentence(reading, event.predicate.start, target.start):
            return 0
        agreement = _jaccard(actors, target.actors) + _jaccard(recipients, target.recipients)
        return 1 + 4 * overlap + agreement + 0.1 * (not target.optional)

    pairs, misses, extras = _match(reading.events, article.events, likeness)
    for event, target in pairs:
        if target.optional:
            continue
        words = f"{target.text!r} {'|'.join(map(str, sorted(target.types, key=str)))}"
        score.figures["events"].right += 1
        found = {names.of(each) for each in event.recipients}
        score.judge(
            "event recipients",
            bool(found & set().union(*target.recipients)) if target.recipients else not found,
            f"{sorted(found)} for {words}",
        )
        score.judge("event status", event.status in target.statuses, f"{event.status} for {words}")
        said_by = names.of(event.said_by) if event.said_by else None
        score.judge("event said_by", said_by in target.said_by, f"{said_by} for {words}")
        if target.when.earliest or target.when.latest:
            days = Days(event.when.earliest, event.when.latest)
            score.judge("event when", half_overlap(days, target.when), f"{_show(days)} for {words}")
        if target.where:
            country = event.where.country if event.where else None
            score.judge("event where", country == target.where, f"{country} for {words}")
    for target in misses:
        if not target.optional:
            actors = ",".join("|".join(sorted(map(str, each))) for each in target.actors)
            types = "|".join(sorted(map(str, target.types)))
            score.miss("events", f"{types} {target.text!r} by {actors} in {_line(article, target.start)}")
    for event in extras:
        score.false(
            "events",
            f"{event.type} {event.predicate.text!r} by {','.join(event.actors)} > {','.join(event.recipients)}"
            f" in {_line(article, event.predicate.start)}",
        )


def _score_statements(article: GoldArticle, reading: Reading, names: Names, score: Score) -> None:
    def likeness(found: Any, target: Any) -> float:
        share = _overlap(found, target) / (target.end - target.start)
        return share if share >= 0.5 else 0

    pairs, misses, extras = _match(reading.statements, article.statements, likeness)
    for found, target in pairs:
        if target.optional:
            continue
        score.figures["statements"].right += 1
        speaker = names.of(found.speaker) if found.speaker else None
        score.judge("statement speaker", speaker in target.speaker, f"{speaker} for {target.text[:50]!r}")
    for target in misses:
        if not target.optional:
            score.miss("statements", repr(target.text[:70]))
    for found in extras:
        # A record that lies within a gold statement tells a part of it again: no alarm, but no find either.
        if not any(_overlap(found, target) for target in article.statements):
            score.false("statements", repr(article.text[found.start : found.end][:70]))


def _score_times(article: GoldArticle, reading: Reading, score: Score) -> None:
    pairs, misses, extras = _match(reading.times, article.times, _overlap)
    for found, target in pairs:
        score.figures["times"].right += 1
        days = Days(found.earliest, found.latest)
        score.judge(
            "time exact",
            days in (target.when, target.other),
            f"{_show(days)} for {target.text!r}, is {_show(target.when)}",
        )
    for target in misses:
        score.miss("times", repr(target.text))
    for found in extras:
        # Durations and the like name no day; whether they are listed makes no difference.
        if found.earliest or found.latest:
            score.false("times", f"{found.text!r} {_show(Days(found.earliest, found.latest))}")


def _score_places(article: GoldArticle, reading: Reading, score: Score) -> None:
    pairs, misses, extras = _match(reading.places, article.places, _overlap)
    for found, target in pairs:
        score.figures["places"].right += 1
        score.judge("place country", found.country in target.country, f"{found.country} for {target.text!r}")
        if target.latitude is not None and target.longitude is not None:
            near = (
                found.latitude is not None
                and found.longitude is not None
                and kilometres(found.latitude, found.longitude, target.latitude, target.longitude) <= 100
            )
            score.judge("place within 100 km", near, f"{found.name} for {target.text!r}")
    for target in misses:
        score.miss("places", f"{target.text!r} in {_line(article, target.start)}")
    for found in extras:
        score.false("places", f"{found.text!r} in {_line(article, found.start)}")


def _score_ties(article: GoldArticle, reading: Reading, names: Names, score: Score) -> None:
    def likeness(found: Any, target: Any) -> float:
        same = {names.of(found.from_), names.of(found.to)} == {target.from_, target.to}
        return float(same and found.kind == target.kind)

    pairs, misses, extras = _match(reading.ties, article.ties, likeness)
    score.figures["ties"].right += len(pairs)
    for target in misses:
        score.miss("ties", f"{target.from_} {target.kind} {target.to} {target.text!r}")
    for found in extras:
        score.false("ties", f"{found.from_} {found.kind} {found.to} {found.text!r}")


def _score_mediation(article: GoldArticle, reading: Reading, names: Names, score: Score) -> None:
    score.judge("mediation file", bool(reading.mediations) == bool(article.mediations), f"{len(reading.mediations)}")
    files: Sequence[GoldMediation] = article.mediations
    parties = sorted({each for file in reading.mediations for each in file.parties})
    mediators = sorted({each.actor for file in reading.mediations for each in file.mediators})
    _score_ids("parties", parties, [each for file in files for each in file.parties], names, score)
    _score_ids("mediators", mediators, [each.actor for file in files for each in file.mediators], names, score)
    _score_steps(article, reading.mediations, [step for file in files for step in file.steps], reading, names, score)


def _score_ids(name: str, found: Sequence[str], wanted: Sequence[Choice], names: Names, score: Score) -> None:
    seen: set[Choice] = set()
    for id_ in found:
        slots = [slot for slot in wanted if slot & names.wide(id_)]
        if not slots:
            score.false(name, id_)
        elif slots[0] not in seen:
            score.figures[name].right += 1
        seen.update(slots[:1])
    for slot in wanted:
        if slot not in seen:
            score.miss(name, "|".join(sorted(filter(None, slot))))


def _score_steps(
    article: GoldArticle,
    files: Iterable[Mediation],
    wanted: Sequence[GoldStep],
    reading: Reading,
    names: Names,
    score: Score,
) -> None:
    def likeness(step: Step, target: GoldStep) -> float:
        if step.kind not in target.kinds:
            return 0
        actors = {wide for each in step.actors for wide in names.wide(each)}
        if not actors & {wide for slot in target.actors for each in slot if each for wide in names.wide(each)}:
            return 0
        overlap = any(each.start < target.end and target.start < each.end for each in step.evidence)
        if not overlap and not any(_same_sentence(reading, each.start, target.start) for each in step.evidence):
            return 0
        return 1 + overlap + _jaccard(actors, target.actors) + 0.1 * (not target.optional)

    steps = [step for file in files for step in file.steps]
    pairs, misses, extras = _match(steps, wanted, likeness)
    for step, target in pairs:
        if target.optional:
            continue
        words = f"{step.kind} {target.text[:50]!r}"
        score.figures["steps"].right += 1
        score.judge("step status", step.status in target.statuses, f"{step.status} for {words}")
        if target.when.earliest or target.when.latest:
            days = Days(step.when.earliest, step.when.latest)
            score.judge("step when", half_overlap(days, target.when), f"{_show(days)} for {words}")
        if target.where:
            country = step.where.country if step.where else None
            score.judge("step place country", country == target.where, f"{country} for {words}")
        if target.outcome:
            score.judge("step outcome", step.outcome == target.outcome, f"{step.outcome} for {words}")
        _score_ids("step terms", step.terms, target.terms, names, score)
    for target in misses:
        if not target.optional:
            kinds = "|".join(sorted(map(str, target.kinds)))
            actors = ",".join("|".join(sorted(map(str, each))) for each in target.actors)
            score.miss("steps", f"{kinds} by {actors} {target.text[:70]!r}")
    for step in extras:
        quote = article.text[step.evidence[0].start : step.evidence[0].end] if step.evidence else ""
        score.false("steps", f"{step.kind} by {','.join(step.actors)} {quote[:70]!r}")


def _match(
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


def _overlap(one: Any, other: Any) -> float:
    return float(max(0, min(one.end, other.end) - max(one.start, other.start)))


def _jaccard(found: set[str], wanted: Sequence[Choice]) -> float:
    if not found and not wanted:
        return 1
    hits = sum(bool(slot & found) for slot in wanted)
    return hits / max(len(found), len(wanted))


def _same_sentence(reading: Reading, one: int, other: int) -> bool:
    return any(each.start <= one < each.end and each.start <= other < each.end for each in reading.article.sentences)


def _show(days: Days) -> str:
    return f"{days.earliest or '?'}..{days.latest or '?'}"


def _line(article: GoldArticle, offset: int) -> str:
    return "…" + article.text[max(0, offset - 35) : offset + 45].replace("\n", " ") + "…"


def table(score: Score) -> Iterator[str]:
    """The figures as lines of text."""
    yield f"{'':24}{'P':>8}{'R':>8}{'F1':>8}{'n':>7}"
    for name, accuracy in FIGURES.items():
        figure = score.figures[name]
        wanted = figure.right + figure.missed
        if accuracy:
            yield f"{name:24}{'':>16}{_percent(figure.recall):>8}{wanted:>7}  (share right)"
        else:
            cells = "".join(f"{_percent(each):>8}" for each in (figure.precision, figure.recall, figure.f1))
            yield f"{name:24}{cells}{wanted:>7}"


def _percent(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}"


def summary(score: Score) -> dict[str, dict[str, float | int | None]]:
    """The figures for machines."""
    result: dict[str, dict[str, float | int | None]] = {}
    for name, accuracy in FIGURES.items():
        figure = score.figures[name]
        counts = {"right": figure.right, "missed": figure.missed, "false": figure.false}
        if accuracy:
            result[name] = {"accuracy": figure.recall, "n": figure.right + figure.missed}
        else:
            result[name] = {"precision": figure.precision, "recall": figure.recall, "f1": figure.f1, **counts}
    return result


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="Score the reading of whole articles against gold records.")
    parser.add_argument("--split", choices=["dev", "held-out", "all"], default="all")
    parser.add_argument("--only", nargs="+", metavar="ID", help="these articles alone")
    parser.add_argument("--verbose", action="store_true", help="list what was missed and what was false (dev articles)")
    parser.add_argument("--held-out", action="store_true", help="list the errors of held-out articles too")
    parser.add_argument("--json", metavar="FILE", help="write the figures as JSON (- is the standard output)")
    options = parser.parse_args(arguments)

    import dragoman  # the model is loaded by what is run, not by what is imported

    totals: dict[str, Score] = {}
    for article in gold.load():
        if options.split not in ("all", article.split) or (options.only and article.id not in options.only):
            continue
        score = score_article(article, dragoman.read(article.text, published=article.published))
        totals.setdefault(article.split, Score()).add(score)
        if options.verbose and (article.split == "dev" or options.held_out):
            print(f"\n== {article.id}", *score.errors, sep="\n   ")
        elif options.verbose:
            print(f"\n== {article.id}: held out, its errors are not shown (--held-out shows them)")
    report = {split: summary(score) for split, score in totals.items()}
    if options.json != "-":
        for split, score in totals.items():
            print(f"\n{split}", *table(score), sep="\n")
    if options.json == "-":
        print(json.dumps(report, indent=2))
    elif options.json:
        Path(options.json).write_text(json.dumps(report, indent=2) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
