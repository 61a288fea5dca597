"""One mediation: the file on a conflict, its steps, its brief."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import date
from typing import get_args

from dragoman.mediation import FileStep, MediationFile, questions
from dragoman.mediation import brief as make_brief
from dragoman.mediation.changes import changes
from dragoman.mediation.wording import contradiction_sentence, question_sentence, step_sentence
from dragoman.presentation import wording
from dragoman.records import Step, StepKind
from dragoman.web import charts, urls
from dragoman.web.contexts import BriefPage, MediationPage, OpenQuestion, Position, StepPage
from dragoman.web.library import Shelf
from dragoman.web.views.parts import all_told, last_day, named, paging, title, told
from dragoman.web.views.standing import standing

STEPS_A_PAGE = 60
# What a party says of a settlement, beside the steps that it takes.
_POSITIONS = ("condition", "acceptance", "refusal", "request", "proposal", "criticism", "assessment")
_MOST_POSITIONS = 8
_MOST_OTHERS_IN_NETWORK = 18
_MOST_ROWS = 24


def mediation(
    shelf: Shelf, identifier: str, as_of: date | None, by: str, first: date | None, last: date | None, page: int
) -> MediationPage:
    """The file on one conflict.

    Args:
        by: what the rows of the timeline are: ``kind`` or ``mediator``.
        first, last: the days that the timeline shows; all of them, if None.
    """
    file = shelf.file(identifier, as_of)
    steps = [item for item in file.steps if _within(item.step, first, last)]
    ordered = sorted(steps, key=last_day, reverse=True)
    values = {"as_of": as_of, "by": None if by == "kind" else by, "first": first, "last": last}
    pages = paging(page, STEPS_A_PAGE, len(ordered), lambda n: urls.mediation(identifier, **values, page=n) + "#steps")
    shown = ordered[pages.first - 1 : pages.last] if ordered else []
    places = _places(steps, file, as_of)
    links = _links(steps, file, shelf, as_of)
    return MediationPage(
        id=identifier,
        title=title(file, shelf),
        parties=named(file.parties, shelf),
        mediators=tuple((m, shelf.names[m.actor], urls.actor(m.actor)) for m in file.mediators),
        standing=standing(file, shelf, as_of),
        as_of=as_of,
        articles=len(file.articles),
        span=_span(file.steps),
        by=by,
        first=first,
        last=last,
        timeline=_timeline(steps, file, shelf, by, as_of, first, last),
        world=charts.svg(charts.world(places, "Map of where steps were taken")) if places else None,
        places=tuple((str(p["name"]), int(str(p["n"])), str(p["href"])) for p in places),
        network=_network(links, file, shelf),
        links=tuple((link.one, link.other, link.n, link.href) for link in links),
        positions=_positions(file, shelf, as_of),
        others=tuple(all_told(file, _conditions_of_others(file), shelf, as_of)),
        questions=_questions(file, shelf, as_of),
        steps=tuple(all_told(file, shown, shelf, as_of)),
        chosen=len(steps),
        total=len(file.steps),
        paging=pages,
        zoom=_zoom(file, identifier, as_of, by),
    )


def _within(step: Step, first: date | None, last: date | None) -> bool:
    begins, ends = step.when.earliest or step.when.latest, step.when.latest or step.when.earliest
    if begins is None or ends is None:
        return first is None and last is None
    return (first is None or ends >= first) and (last is None or begins <= last)


def _span(steps: Sequence[FileStep]) -> str:
    days = [day for item in steps for day in (item.step.when.earliest, item.step.when.latest) if day is not None]
    if not days:
        return ""
    return wording.day(min(days)) if min(days) == max(days) else f"{wording.day(min(days))} – {wording.day(max(days))}"


def _timeline(
    steps: Sequence[FileStep], file: MediationFile, shelf: Shelf, by: str, as_of: date | None,
    first: date | None, last: date | None,
) -> str | None:  # fmt: skip
    marks, kinds = [], list(get_args(StepKind))
    for item in steps:
        when = item.step.when
        begins, ends = when.earliest or when.latest, when.latest or when.earliest
        if begins is None or ends is None:
            continue
        words = f"{wording.days(when)}: {step_sentence(item.step, shelf.names.__getitem__)}"
        address = urls.step(file.id, item.id, as_of)
        for row in [item.step.kind] if by == "kind" else _mediators_of(item.step, file, shelf):
            marks.append(
                charts.Mark(row, begins.isoformat(), ends.isoformat(), charts.TONES[item.step.kind],
                            item.step.status, words, address)
            )  # fmt: skip
    if not marks:
        return None
    held = Counter(mark.row for mark in marks)
    if by == "kind":
        rows = [kind for kind in kinds if kind in held]
    else:
        rows = sorted(held, key=lambda name: (name == _NO_MEDIATOR, -held[name], name))[:_MOST_ROWS]
        marks = [mark for mark in marks if mark.row in rows]
    bounds = None
    if first or last:
        bounds = (
            (first or date.fromisoformat(min(mark.first for mark in marks))).isoformat(),
            (last or date.fromisoformat(max(mark.last for mark in marks))).isoformat(),
        )
    return charts.svg(charts.timeline(marks, rows, bounds, f"Timeline of steps by {by}"))


_NO_MEDIATOR = "the parties themselves"


def _mediators_of(step: Step, file: MediationFile, shelf: Shelf) -> list[str]:
    involved = dict.fromkeys((*step.third_parties, *step.actors, *step.recipients))
    mediators = {mediator.actor for mediator in file.mediators}
    return [shelf.names[actor] for actor in involved if actor in mediators] or [_NO_MEDIATOR]


def _zoom(file: MediationFile, identifier: str, as_of: date | None, by: str) -> tuple[tuple[str, str], ...]:
    """The years that it spans, each with the address that shows it alone; none where there is but one."""
    years: Counter[int] = Counter()
    for item in file.steps:
        day = item.step.when.earliest or item.step.when.latest
        if day is not None:
            years[day.year] += 1
    if len(years) < 2:
        return ()
    how = None if by == "kind" else by
    return tuple(
        (str(year), urls.mediation(identifier, as_of=as_of, by=how, first=f"{year}-01-01", last=f"{year}-12-31"))
        for year in sorted(years)
    )


def _places(steps: Sequence[FileStep], file: MediationFile, as_of: date | None) -> list[dict[str, object]]:
    held: dict[tuple[str, float, float], list[FileStep]] = defaultdict(list)
    for item in steps:
        where = item.step.where
        if where is None or where.latitude is None or where.longitude is None or item.step.status == "negated":
            continue
        held[where.name, where.longitude, where.latitude].append(item)
    return [
        {"name": name, "longitude": longitude, "latitude": latitude, "n": len(items),
         "says": f"{name}: {wording.counted(len(items), 'step')}",
         "href": urls.step(file.id, max(items, key=last_day).id, as_of)}
        for (name, longitude, latitude), items in sorted(held.items(), key=lambda entry: (-len(entry[1]), entry[0]))
    ]  # fmt: skip


def _links(steps: Sequence[FileStep], file: MediationFile, shelf: Shelf, as_of: date | None) -> list[charts.Link]:
    """Pairs that a step has brought before each other, the most frequent first."""
    met: dict[tuple[str, str], list[FileStep]] = defaultdict(list)
    for item in steps:
        step = item.step
        if step.status not in ("actual", "historical"):
            continue
        sides = [step.actors, step.recipients] if step.recipients else [(actor,) for actor in step.actors]
        pairs = {
            (min(one, other), max(one, other))
            for number, side in enumerate(sides)
            for later in sides[number + 1 :]
            for one in side
            for other in later
        }
        pairs |= {
            (min(third, actor), max(third, actor)) for third in step.third_parties for side in sides for actor in side
        }
        for pair in pairs:
            if pair[0] != pair[1]:
                met[pair].append(item)
    links = []
    for (one, other), items in met.items():
        tones = Counter(charts.TONES[item.step.kind] for item in items)
        tone = max(("near", "even", "apart"), key=lambda name: tones[name])
        kinds = ", ".join(f"{n} {kind}" for kind, n in Counter(item.step.kind for item in items).most_common(4))
        names = shelf.names[one], shelf.names[other]
        latest = max(items, key=last_day)
        links.append(
            charts.Link(*names, len(items), tone, f"{names[0]} and {names[1]}: {kinds}",
                        urls.step(file.id, latest.id, as_of))
        )  # fmt: skip
    return sorted(links, key=lambda link: (-link.n, link.one, link.other))


def _network(links: Sequence[charts.Link], file: MediationFile, shelf: Shelf) -> str | None:
    parties = [shelf.names[party] for party in file.parties]
    weights: Counter[str] = Counter()
    for link in links:
        weights[link.one] += link.n
        weights[link.other] += link.n
    others = [
        name for name, _ in sorted(weights.items(), key=lambda entry: (-entry[1], entry[0])) if name not in parties
    ]
    if not links:
        return None
    addresses = {shelf.names[actor]: urls.actor(actor) for actor in _everyone(file)}
    shown = [*parties, *sorted(others[:_MOST_OTHERS_IN_NETWORK])]
    nodes = [(name, addresses.get(name, ""), name in parties) for name in dict.fromkeys(shown)]
    kept = [link for link in links if link.one in shown and link.other in shown]
    return charts.svg(charts.network(nodes, kept, "Network of who deals with whom"))


def _everyone(file: MediationFile) -> set[str]:
    steps = [item.step for item in file.steps]
    return {actor for s in steps for actor in (*s.actors, *s.recipients, *s.third_parties)} | set(file.parties)


def _positions(file: MediationFile, shelf: Shelf, as_of: date | None) -> tuple[Position, ...]:
    found = []
    for party in file.parties:
        held = [item for item in file.steps if item.step.kind in _POSITIONS and party in item.step.actors]
        held.sort(key=lambda item: (item.step.kind != "condition", -last_day(item)[0].toordinal(), item.id))
        if held:
            steps = all_told(file, held[:_MOST_POSITIONS], shelf, as_of)
            found.append(Position(shelf.names[party], urls.actor(party), tuple(steps)))
    return tuple(found)


def _conditions_of_others(file: MediationFile) -> list[FileStep]:
    parties = frozenset(file.parties)
    return [item for item in file.steps if item.step.kind == "condition" and not parties & {*item.step.actors}]


def _questions(file: MediationFile, shelf: Shelf, as_of: date | None) -> tuple[OpenQuestion, ...]:
    known = {item.id for item in file.steps}
    return tuple(
        OpenQuestion(
            sentence=question_sentence(question, shelf.names.__getitem__, wording.day),
            kind=question.kind,
            steps=tuple((key, urls.step(file.id, key, as_of)) for key in question.steps if key in known),
        )
        for question in questions(file, as_of)
        if question.kind != "condition met"
    )


def step(shelf: Shelf, identifier: str, step_id: str, as_of: date | None) -> StepPage | None:
    """One step with its evidence; None where the file has none of that id."""
    file = shelf.file(identifier, as_of)
    item = next((item for item in file.steps if item.id == step_id), None)
    if item is None:
        return None
    return StepPage(
        id=identifier,
        title=title(file, shelf),
        as_of=as_of,
        told=told(item, file, shelf, as_of),
        contradictions=tuple(contradiction_sentence(one) for one in item.contradictions),
        names=shelf.names,
    )


def brief(shelf: Shelf, identifier: str, as_of: date | None, since: date | None) -> BriefPage:
    """The brief to print."""
    file = shelf.file(identifier, as_of)
    changed = None if since is None else changes(shelf.all_files, identifier, since, as_of)
    return BriefPage(identifier, as_of, since, make_brief(file, as_of, shelf.names.__getitem__, changed))
