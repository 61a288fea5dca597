"""How well sides, mediators and steps are read in short dispatches in which every actor has its role.

    python -m benchmarks.dispatches                   the dispatches that nobody tunes on (benchmarks/dispatches)
    python -m benchmarks.dispatches FILE... --verbose others, with what was missed and what was false
    python -m benchmarks.dispatches --by-source       apart by the kind of source in whose manner they are written
    python -m benchmarks.dispatches --json FILE       the figures, for machines (- is the standard output)

A side is found where a party of the reading is, by most of its mentions, that side; a mediator likewise; a host that
the dispatch names as a place only is not counted. Of the steps each mark counts: it is found by a step of its kind
whose evidence includes it, and a step is right where its evidence includes a mark of its kind. A pronoun is right where
the reading takes it for an actor whom other words of its link name, and false where it takes it for another.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from benchmarks.alignment import match
from benchmarks.figures import Figure
from benchmarks.marked import PRONOUNS, Dispatch, MarkedEvent, Stretch, read_dispatches
from benchmarks.report import Table, add_json, publish
from dragoman import Readers, Reading
from dragoman.records import Actor, Event
from dragoman.sources import from_text

UNSEEN = Path(__file__).parent / "dispatches"
# Who acts for his country in everything.
_OFFICIAL = frozenset({"GOV", "MIL", "LEG"})

# What a deed is while it is still to come.
TO_COME = {
    "CONSULT": "AGREE", "SUPPORT": "AGREE", "COOPERATE": "AGREE", "AID": "AGREE", "RETREAT": "CONCEDE",
    "ASSAULT": "THREATEN", "COERCE": "THREATEN", "SANCTION": "THREATEN", "PROTEST": "THREATEN", "MOBILIZE": "THREATEN",
}  # fmt: skip

Figures = dict[str, Figure]


def score(dispatch: Dispatch, reading: Reading) -> tuple[Figures, list[str]]:
    """The figures of one dispatch, and its errors in words."""
    figures: Figures = {name: Figure() for name in ("files", "sides", "mediators", "steps")}
    errors: list[str] = []
    sides = {mark.label for mark in dispatch.actors if mark.label[0] == "P" and mark.label != "PP"}
    mediators = {mark.label for mark in dispatch.actors if mark.label[0] == "M"}
    mediation = reading.mediations[0] if reading.mediations else None
    figures["files"].right = int(bool(sides) and mediation is not None)
    figures["files"].missed = int(bool(sides) and mediation is None)
    figures["files"].false = int(not sides and mediation is not None)
    found = {
        "sides": (sides, mediation.parties if mediation else ()),
        "mediators": (mediators, tuple(each.actor for each in mediation.mediators) if mediation else ()),
    }
    for name, (wanted, bodies) in found.items():
        hit: set[str] = set()
        for body in bodies:
            label = label_of(dispatch, reading, body)
            if label in wanted:
                hit.add(label)
            elif label is not None or name == "sides":
                figures[name].false += 1
                errors.append(f"{name}: false {body} ({label})")
        figures[name].right += len(hit)
        figures[name].missed += len(wanted - hit)
        errors += [f"{name}: missed {label} {_words(dispatch, label)}" for label in sorted(wanted - hit)]
    steps = mediation.steps if mediation else ()
    told = [(step.kind, [(each.start, each.end) for each in step.evidence]) for step in steps]
    for mark in dispatch.steps:
        if any(kind == mark.label and _within(mark.start, mark.end, spans) for kind, spans in told):
            figures["steps"].right += 1
        else:
            figures["steps"].missed += 1
            errors.append(f"steps: missed {mark.label} {dispatch.text[mark.start : mark.end]!r}")
    for kind, spans in told:
        if not any(mark.label == kind and _within(mark.start, mark.end, spans) for mark in dispatch.steps):
            figures["steps"].false += 1
            errors.append(f"steps: false {kind} {dispatch.text[spans[0][0] : spans[0][1]]!r}")
    if dispatch.events is not None:
        figures["events"] = Figure()
        pairs, missed, false = match_events(dispatch, reading)
        figures["events"].right, figures["events"].missed, figures["events"].false = map(len, (pairs, missed, false))
        errors += [f"events: missed {each.type} {_told(dispatch, each)}" for each in missed]
        errors += [f"events: false {each.type} {each.predicate.text!r} by {', '.join(each.actors)}" for each in false]
    if dispatch.links is not None:
        figures["pronouns"] = Figure()
        for pronoun, meant, taken in _pronouns(dispatch, reading):
            figures["pronouns"].right += bool(meant & taken)
            figures["pronouns"].missed += not meant & taken
            figures["pronouns"].false += bool(taken) and not meant & taken
            if not meant & taken:
                words = dispatch.text[max(0, pronoun[0] - 40) : pronoun[1] + 20]
                errors.append(f"pronouns: {words!r} taken for {sorted(taken)}, meant is one of {sorted(meant)}")
    return figures, errors


def _pronouns(dispatch: Dispatch, reading: Reading) -> Iterator[tuple[Stretch, set[str], set[str]]]:
    """Of each linked pronoun, whom the words of its link name for the reader, and whom it takes the pronoun for.

    A pronoun none of whose other words is anybody for the reader is left out: that is another error.
    """
    for link in dispatch.links or ():
        pronouns = [stretch for stretch in link if dispatch.text[slice(*stretch)].lower() in PRONOUNS]
        words = [stretch for stretch in link if stretch not in pronouns]
        meant = {actor.id for actor in reading.actors if any(_names(actor, stretch) for stretch in words)}
        if meant:
            for pronoun in pronouns:
                yield pronoun, meant, {actor.id for actor in reading.actors if _names(actor, pronoun)}


def _names(actor: Actor, stretch: Stretch) -> bool:
    return any(mention.start < stretch[1] and stretch[0] < mention.end for mention in actor.mentions)


def match_events(
    dispatch: Dispatch, reading: Reading
) -> tuple[list[tuple[Event, MarkedEvent]], list[MarkedEvent], list[Event]]:
    """Events with the mark that each tells; what was missed; what was false.

    An event tells a mark of its type in its sentence if the same actor acts, or suffers it where nobody does. What is
    to come may bear the type of its deed or that of its promise or threat.
    """

    def likeness(event: Event, mark: MarkedEvent) -> float:
        promised = mark.status == "future" and event.status == "future" and event.type == TO_COME.get(mark.type)
        if event.type != mark.type and not promised:
            return 0.0
        wanted = _bodies(reading, mark.sources or mark.targets)
        if not wanted & _wide(reading, event.actors if mark.sources else event.recipients):
            return 0.0
        start, end = mark.trigger
        overlap = event.predicate.start < end and start < event.predicate.end
        sentence = reading.article.sentences[event.sentence]
        if not overlap and not sentence.start <= start < sentence.end:
            return 0.0
        suffer = _bodies(reading, mark.targets) if mark.sources else set()
        return 1.0 + 4 * overlap + bool(suffer & _wide(reading, event.recipients))

    return match(reading.events, dispatch.events or (), likeness)


def _bodies(reading: Reading, stretches: Iterable[Stretch]) -> set[str]:
    """Whom the reader takes the words for."""
    ids = [
        actor.id
        for actor in reading.actors
        for mention in actor.mentions
        if any(mention.start < end and start < mention.end for start, end in stretches)
    ]
    return _wide(reading, ids)


def _wide(reading: Reading, ids: Iterable[str]) -> set[str]:
    """The actors, with whom a person acts for."""
    wanted = set(ids)
    bodies = {each for actor in reading.actors if actor.id in wanted and actor.kind == "person"
              for each in (actor.of, actor.country) if each}  # fmt: skip
    return wanted | bodies


def _told(dispatch: Dispatch, mark: MarkedEvent) -> str:
    who = ", ".join(dispatch.text[start:end] for start, end in mark.sources)
    return f"{dispatch.text[slice(*mark.trigger)]!r} by {who or 'nobody'}"


def label_of(dispatch: Dispatch, reading: Reading, body: str) -> str | None:
    """The mark of a body of the reading: that of most of its mentions, those of who acts for it counting less."""
    votes: Counter[str] = Counter()
    for actor in reading.actors:
        person = actor.kind == "person" and body in (actor.of, actor.country)
        organ = actor.country == body and actor.sector in _OFFICIAL
        if actor.id != body and not person and not organ:
            continue
        for mention in actor.mentions:
            for mark in dispatch.actors:
                if mark.label != "PP" and mark.start < mention.end and mention.start < mark.end:
                    votes[mark.label] += 3 if actor.id == body else 1
    return max(sorted(votes), key=lambda label: (votes[label], label)) if votes else None


def _within(start: int, end: int, spans: Iterable[tuple[int, int]]) -> bool:
    return any(first < end and start < last for first, last in spans)


def _words(dispatch: Dispatch, label: str) -> list[str]:
    return [dispatch.text[mark.start : mark.end] for mark in dispatch.actors if mark.label == label][:3]


def _readings(dispatches: Sequence[Dispatch]) -> Iterator[Reading]:
    with Readers() as readers:
        yield from readers.read_all(from_text(each.text, published=each.published) for each in dispatches)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", type=Path, nargs="*")
    parser.add_argument("--verbose", action="store_true")
    parser.add_argument("--by-source", action="store_true")
    add_json(parser)
    options = parser.parse_args(arguments)
    if options.verbose and not options.files:
        parser.error("the errors of dispatches that nobody tunes on are not shown; name other files")
    paths = options.files or sorted(UNSEEN.glob("*.txt"))
    dispatches = [dispatch for path in paths for dispatch in read_dispatches(path)]
    total: dict[str, Figures] = {}
    for dispatch, reading in zip(dispatches, _readings(dispatches), strict=True):
        figures, errors = score(dispatch, reading)
        for group in ("all", *([dispatch.style] if options.by_source else [])):
            for name, figure in figures.items():
                total.setdefault(group, {}).setdefault(name, Figure()).add(figure)
        if options.verbose and errors:
            print(dispatch.id, *errors, sep="\n    ")
    tables = [Table(f"{len(dispatches)} dispatches", {name: _row(figure) for name, figure in total.pop("all").items()})]
    if total:
        styles = Counter(dispatch.style for dispatch in dispatches)
        rows = {
            f"{style} ({styles[style]})": {name: figure.f1 or 0.0 for name, figure in figures.items()}
            for style, figures in sorted(total.items())
        }
        tables.append(Table("F1 by kind of source", rows))
    publish(tables, options.json)


def _row(figure: Figure) -> dict[str, float]:
    return {"precision": figure.precision or 0.0, "recall": figure.recall or 0.0, "F1": figure.f1 or 0.0}


if __name__ == "__main__":
    main()
