"""How well whole articles are read: `dragoman.read` against the hand-made gold records of `articles/*.json`.

    python -m benchmarks.articles                        both splits, a table
    python -m benchmarks.articles --split dev --verbose  what was missed and what was false, article by article
    python -m benchmarks.articles --by region era        apart by part of the world and by years
    python -m benchmarks.articles --json FILE            the figures, for machines (- is the standard output)

Some of the articles are held out: nobody who works on the reader looks at their errors, so `--verbose` refuses them
unless `--held-out` is given.

What counts as found:

* an actor: the same id, or a mention with the very words of a name of the gold actor;
* an event: the same type, overlapping actors, and the predicate overlaps or stands in the same sentence;
* a statement: at least half of its words; a time, a place: any overlap of the words;
* a step of a mediation: the same kind, overlapping actors (a person stands for the country or body too), and evidence
  that overlaps or stands in the same sentence.

Each gold record is found by at most one record of the reading, the best one.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from benchmarks import gold
from benchmarks.alignment import Names, half_overlap, kilometres, likeness_of_sets, match
from benchmarks.figures import Score, summary, table
from benchmarks.gold import Choice, Days, GoldActor, GoldArticle, GoldEvent, GoldMediation, GoldStep, canonical
from benchmarks.groups import GROUPS
from dragoman.knowledge import load_knowledge
from dragoman.records import Actor, Event, Mediation, Reading, Step


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
        score.judge("actor id", _same_id(actor, target), f"{actor.id} for {target.id}")
        score.judge("actor country", actor.country in target.country, f"{actor.country} for {target.id}")
        score.judge("actor sector", actor.sector in target.sector, f"{actor.sector} for {target.id}")
        if target.kind == "person":
            office = _same_office(actor, target)
            score.judge("person's office", office, f"{actor.office} of {actor.of} for {target.id}")
            if actor.known:
                score.figures["office, base covers"].judge(office)
    for id_ in sorted(wanted.keys() - found):
        score.miss("actors", f"{id_} {wanted[id_].names[0]!r}")


def _same_id(actor: Actor, target: GoldActor) -> bool:
    """Whether the id is right, as far as the contract fixes it.

    It fixes no spelling of a person's key, and for a group that is not known no more than whose and what it is.
    """
    ids = {canonical(each) for each in target.ids if each}
    if actor.kind == target.kind == "person":
        parts = {part for each in ids for part in each.split("-")} - {"al", "bin", "el"}
        return bool(parts & set(actor.id.split("-")))
    if actor.kind == target.kind == "group" and ":" in actor.id:
        return canonical(actor.id) in ids or (actor.sector in target.sector and actor.country in target.country)
    return canonical(actor.id) in ids


def _same_office(actor: Actor, target: GoldActor) -> bool:
    """Whether office and body agree; "special envoy" will do for "special envoy for Syria".

    An office goes by its normal name: the secretary of state is a foreign minister, the envoy a special envoy. Of who
    has left one, the contract wants nothing or "former …".
    """
    if actor.office is None or actor.office.startswith("former "):
        return None in target.office or any(each and each.startswith("former ") for each in target.office)
    bodies = {each for each in target.of if each}
    offices = {name for each in target.office if each for body in bodies or {None} for name in _called(each, body)}
    held = _called(actor.office.removeprefix("acting "), actor.of)
    same = None in target.of or canonical(actor.of or "") in {canonical(each) for each in bodies}
    return bool(held & offices) and same


def _called(office: str, of: str | None) -> set[str]:
    """An office without what it is for, and its normal name."""
    short = office.split(" for ")[0].split(" of ")[0]
    names = (load_knowledge().office_title(each, of) for each in (office, short))
    return {short, *(name for name in names if name is not None)}


def match_events(
    article: GoldArticle, reading: Reading, names: Names
) -> tuple[list[tuple[Event, GoldEvent]], list[GoldEvent], list[Event]]:
    """Events with the gold record that each tells; what was missed; what was false."""

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
        agreement = likeness_of_sets(actors, target.actors) + likeness_of_sets(recipients, target.recipients)
        return 1 + 4 * overlap + agreement + 0.1 * (not target.optional)

    return match(reading.events, article.events, likeness)


def _is_suffered(found: set[str], wanted: Sequence[Choice]) -> bool:
    """Whether the recipients overlap; none is right where the gold has none or leaves it open."""
    return bool(found & set().union(*wanted)) if found else all(None in slot for slot in wanted)


def _score_events(article: GoldArticle, reading: Reading, names: Names, score: Score) -> None:
    pairs, misses, extras = match_events(article, reading, names)
    for event, target in pairs:
        if target.optional:
            continue
        words = f"{target.text!r} {'|'.join(map(str, sorted(target.types, key=str)))}"
        score.figures["events"].right += 1
        found = {names.of(each) for each in event.recipients}
        score.judge(
            "event recipients",
            _is_suffered(found, target.recipients),
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

    pairs, misses, extras = match(reading.statements, article.statements, likeness)
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
    pairs, misses, extras = match(reading.times, article.times, _overlap)
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
    pairs, misses, extras = match(reading.places, article.places, _overlap)
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

    pairs, misses, extras = match(reading.ties, article.ties, likeness)
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
        return 1 + overlap + likeness_of_sets(actors, target.actors) + 0.1 * (not target.optional)

    steps = [step for file in files for step in file.steps]
    pairs, misses, extras = match(steps, wanted, likeness)
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


def _overlap(one: Any, other: Any) -> float:
    return float(max(0, min(one.end, other.end) - max(one.start, other.start)))


def _same_sentence(reading: Reading, one: int, other: int) -> bool:
    return any(each.start <= one < each.end and each.start <= other < each.end for each in reading.article.sentences)


def _show(days: Days) -> str:
    return f"{days.earliest or '?'}..{days.latest or '?'}"


def _line(article: GoldArticle, offset: int) -> str:
    return "…" + article.text[max(0, offset - 35) : offset + 45].replace("\n", " ") + "…"


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="Score the reading of whole articles against gold records.")
    parser.add_argument("--split", choices=["dev", "held-out", "all"], default="all")
    parser.add_argument("--only", nargs="+", metavar="ID", help="these articles alone")
    parser.add_argument("--verbose", action="store_true", help="list what was missed and what was false (dev articles)")
    parser.add_argument("--held-out", action="store_true", help="list the errors of held-out articles too")
    parser.add_argument("--by", nargs="+", choices=tuple(GROUPS), default=[], help="also apart by these")
    parser.add_argument("--json", metavar="FILE", help="write the figures as JSON (- is the standard output)")
    options = parser.parse_args(arguments)

    import dragoman  # the model is loaded by what is run, not by what is imported

    totals: dict[str, Score] = {}
    counts: Counter[str] = Counter()
    for article in gold.load():
        if options.split not in ("all", article.split) or (options.only and article.id not in options.only):
            continue
        score = score_article(article, dragoman.read(article.text, published=article.published))
        for group in (article.split, *(f"{by}: {GROUPS[by](article)}" for by in options.by)):
            totals.setdefault(group, Score()).add(score)
            counts[group] += 1
        if options.verbose and (article.split == "dev" or options.held_out):
            print(f"\n== {article.id}", *score.errors, sep="\n   ")
        elif options.verbose:
            print(f"\n== {article.id}: held out, its errors are not shown (--held-out shows them)")
    report = {group: {"articles": counts[group], **summary(score)} for group, score in sorted(totals.items())}
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
