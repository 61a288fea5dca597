"""The file on a conflict, over many articles: a new article changes only what it touches.

`Files` takes articles in any order and keeps, for each conflict, its reports, the graph of which match which, and the
steps that they make. An article that comes in is compared with the reports of its days alone, and only the parts of the
graph that it touches are clustered anew; the result is the same, to the byte, for every order of arrival.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Self, get_args

from dragoman.errors import DragomanError
from dragoman.mediation.matching import THRESHOLD, span
from dragoman.mediation.merging import (
    Apart,
    FileStep,
    Node,
    Report,
    Signature,
    clusters,
    combine,
    link,
    order,
    signature,
)
from dragoman.records import Article, Mediation, Mediator, MediatorRole, Record

# Days of an index bucket, and how many buckets before its end a vague span is looked up in: what is told without a day
# is compared with the steps of the two months before it, not with the whole war.
_BUCKET = 10
_REACH = 6


@dataclass(frozen=True, slots=True)
class RoleReport(Record):
    """One article's word on what a mediator is."""

    article: str
    published: date
    actor: str
    roles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MediationFile(Record):
    """The file on one conflict: its parties, who mediates, each step with its reports, and the reports themselves."""

    id: str
    parties: tuple[str, ...]
    mediators: tuple[Mediator, ...]
    steps: tuple[FileStep, ...]
    reports: tuple[Report, ...]
    roles: tuple[RoleReport, ...]

    def mediation(self) -> Mediation:
        """The same in the shape of the contract: steps without their reports."""
        return Mediation(self.id, self.parties, self.mediators, tuple(step.step for step in self.steps))

    def open(self, step_id: str) -> tuple[Report, ...]:
        """The reports that a step was made of.

        Raises:
            DragomanError: the file has no such step.
        """
        for step in self.steps:
            if step.id == step_id:
                wanted = frozenset(step.reports)
                return tuple(report for report in self.reports if report.id in wanted)
        raise DragomanError(f"{self.id} has no step {step_id!r}")

    @property
    def articles(self) -> tuple[str, ...]:
        """The ids of the articles that it draws on, by day."""
        return tuple(dict.fromkeys(report.article for report in self.reports))

    @property
    def latest(self) -> date | None:
        """The publication day of the newest report."""
        return self.reports[-1].published if self.reports else None


def reports_of(article: Article, mediation: Mediation) -> tuple[Report, ...]:
    """The steps of one article as reports, each under an id that stays the same when the article is read again."""
    found: list[Report] = []
    seen: dict[str, int] = defaultdict(int)
    for step in mediation.steps:
        start, end = (step.evidence[0].start, step.evidence[0].end) if step.evidence else (0, 0)
        number = next((n for n, s in enumerate(article.sentences) if s.start <= start < s.end), 0)
        sentence = article.sentences[number] if article.sentences else None
        quote = article.text[sentence.start : sentence.end] if sentence else article.text[start:end]
        key = f"{article.id}:{start}-{end}:{step.kind}"
        seen[key] += 1
        found.append(
            Report(
                id=key if seen[key] == 1 else f"{key}:{seen[key]}",
                conflict=mediation.id,
                article=article.id,
                published=article.published,
                title=article.title,
                source=article.source,
                url=article.url,
                sentence=number,
                quote=" ".join(quote.split()),
                words=" ".join(article.text[start:end].split()),
                step=step,
            )
        )
    return tuple(found)


class Files:
    """All files, growing article by article."""

    def __init__(self, apart: Iterable[tuple[str, str]] = ()) -> None:
        """Args: apart: pairs of report ids that somebody has found to be two steps."""
        self._apart: Apart = frozenset(frozenset(pair) for pair in apart)
        self._conflicts: dict[str, _Conflict] = {}

    def add(self, article: Article, mediations: Sequence[Mediation]) -> None:
        """Fold one article in; one that was there before is replaced."""
        self.remove(article.id)
        for mediation in mediations:
            self.add_reports(reports_of(article, mediation), _roles(article, mediation), mediation.parties)

    def add_all(self, told: Iterable[tuple[Article, Sequence[Mediation]]]) -> None:
        """Fold in many articles that were not there before: the same as one after another, and much faster.

        Each conflict is clustered once, when all of its reports are there.
        """
        gathered: dict[str, tuple[list[Report], list[RoleReport], tuple[str, ...]]] = {}
        for article, mediations in told:
            for mediation in mediations:
                reports, roles, _ = gathered.setdefault(mediation.id, ([], [], ()))
                reports += reports_of(article, mediation)
                roles += _roles(article, mediation)
                gathered[mediation.id] = (reports, roles, mediation.parties)
        for _, (reports, roles, parties) in sorted(gathered.items()):
            self.add_reports(reports, roles, parties)

    def add_reports(
        self, reports: Sequence[Report], roles: Sequence[RoleReport] = (), parties: Sequence[str] = ()
    ) -> None:
        """Fold in reports on one conflict."""
        for conflict_id in sorted({report.conflict for report in reports}):
            conflict = self._conflicts.setdefault(conflict_id, _Conflict(conflict_id, self._apart))
            conflict.add([report for report in reports if report.conflict == conflict_id], roles, parties)

    def remove(self, article_id: str) -> None:
        """Take an article out again; what it alone reported goes with it."""
        for key, conflict in list(self._conflicts.items()):
            conflict.remove(article_id)
            if conflict.empty:
                del self._conflicts[key]

    def unmerge(self, conflict_id: str, one: str, other: str) -> None:
        """Say that two reports are two steps; the rest of the file stays as it is."""
        self._apart |= {frozenset({one, other})}
        if conflict_id in self._conflicts:
            self._conflicts[conflict_id].separate(self._apart)

    def __iter__(self) -> Iterator[str]:
        return iter(sorted(self._conflicts))

    def __len__(self) -> int:
        return len(self._conflicts)

    def file(self, conflict_id: str, as_of: date | None = None) -> MediationFile:
        """The file on a conflict: as it is, or as of the end of a day, from what was published until then.

        Raises:
            DragomanError: there is no file of that id.
        """
        if conflict_id not in self._conflicts:
            known = ", ".join(self) or "none"
            raise DragomanError(f"no mediation {conflict_id!r}; there are: {known}")
        conflict = self._conflicts[conflict_id]
        return conflict.file() if as_of is None else conflict.until(as_of).file()

    def restore(self, file: MediationFile) -> Self:
        """Take up a file that was kept as JSON."""
        conflict = self._conflicts.setdefault(file.id, _Conflict(file.id, self._apart))
        conflict.add(file.reports, file.roles, file.parties)
        return self


class _Conflict:
    """The reports on one conflict, the graph of those that match, and the steps of its connected parts."""

    def __init__(self, conflict_id: str, apart: Apart) -> None:
        self.id = conflict_id
        self._apart = apart
        self._reports: dict[str, list[Report]] = {}
        self._roles: dict[tuple[str, str], RoleReport] = {}
        self._parties = tuple(conflict_id.split("-")) if conflict_id else ()
        self._nodes: dict[Signature, Node] = {}
        self._links: dict[Signature, dict[Signature, float | None]] = {}
        self._index: dict[tuple[str, int], set[Signature]] = defaultdict(set)
        self._parts: dict[Signature, tuple[set[Signature], tuple[FileStep, ...]]] = {}
        self._root: dict[Signature, Signature] = {}
        self._timeline: list[tuple[date, date, str, FileStep]] = []

    @property
    def empty(self) -> bool:
        return not self._reports

    def add(self, reports: Sequence[Report], roles: Sequence[RoleReport], parties: Sequence[str]) -> None:
        if parties:
            self._parties = tuple(sorted(set(parties)))
        for role in roles:
            self._roles[role.article, role.actor] = role
        dirty: set[Signature] = set()
        for report in reports:
            self._reports.setdefault(report.article, []).append(report)
            key = signature(report, self._apart)
            node = self._nodes.get(key)
            grown = Node(tuple(sorted((*(node.reports if node else ()), report), key=order)))
            dirty |= self._place(key, grown)
        self._renew(dirty)

    def remove(self, article_id: str) -> None:
        gone = self._reports.pop(article_id, [])
        for held in [held for held in self._roles if held[0] == article_id]:
            del self._roles[held]
        dirty: set[Signature] = set()
        for key in {signature(report, self._apart) for report in gone}:
            left = tuple(report for report in self._nodes[key].reports if report.article != article_id)
            dirty |= self._place(key, Node(left)) if left else self._drop(key)
        self._renew(dirty)

    def separate(self, apart: Apart) -> None:
        """Take up a new set of reports that are apart."""
        touched = {item for pair in apart - self._apart for item in pair}
        moved = [report for group in self._reports.values() for report in group if report.id in touched]
        dirty: set[Signature] = set()
        for report in moved:
            key = signature(report, self._apart)
            left = tuple(other for other in self._nodes[key].reports if other.id != report.id)
            dirty |= self._place(key, Node(left)) if left else self._drop(key)
        self._apart = apart
        for report in moved:
            dirty |= self._place(signature(report, apart), Node((report,)))
        self._renew(dirty)

    def until(self, day: date) -> _Conflict:
        """The conflict as the articles up to a day tell it."""
        past = _Conflict(self.id, self._apart)
        reports = [report for group in self._reports.values() for report in group if report.published <= day]
        roles = [role for role in self._roles.values() if role.published <= day]
        past.add(sorted(reports, key=order), roles, self._parties)
        return past

    def file(self) -> MediationFile:
        roles = tuple(self._roles[key] for key in sorted(self._roles, key=lambda k: (self._roles[k].published, k)))
        return MediationFile(
            id=self.id,
            parties=self._parties,
            mediators=_mediators(roles),
            steps=tuple(step for *_, step in self._timeline),
            reports=tuple(sorted((r for group in self._reports.values() for r in group), key=order)),
            roles=roles,
        )

    def _place(self, key: Signature, node: Node) -> set[Signature]:
        """Put a node in, or its new content; gives those whose part of the graph may change."""
        fresh = key not in self._nodes
        self._nodes[key] = node
        report = node.reports[0]
        touched = {key}
        if fresh:
            near: set[Signature] = set()
            for bucket in _buckets(report):
                near |= self._index[bucket]
                self._index[bucket].add(key)
            self._links[key] = {}
            others: Iterable[Signature] = near
        else:
            others = list(self._links[key])
        for other in others:
            self._links[key][other] = self._links[other][key] = link(node, self._nodes[other], self._apart)
            if (value := self._links[key][other]) is not None and value >= THRESHOLD:
                touched.add(other)
        return touched

    def _drop(self, key: Signature) -> set[Signature]:
        for bucket in _buckets(self._nodes[key].reports[0]):
            self._index[bucket].discard(key)
        others = self._links.pop(key)
        for other in others:
            del self._links[other][key]
        del self._nodes[key]
        # Its part of the graph may fall in two: all who were with it are done again.
        return (self._forget(self._root[key]) if key in self._root else set()) - {key}

    def _renew(self, dirty: set[Signature]) -> None:
        """Cluster the connected parts of the graph that hold the dirty nodes, or held them before."""
        left = set(dirty)
        for key in dirty:
            if key in self._root:
                left |= self._forget(self._root[key])
        left &= self._nodes.keys()
        while left:
            part = self._part(left.pop())
            left -= part
            for key in part:
                if key in self._root:
                    self._forget(self._root[key])
            ordered = sorted(part, key=lambda key: order(self._nodes[key].reports[0]))
            steps = self._cluster(ordered)
            self._parts[ordered[0]] = (part, steps)
            for key in ordered:
                self._root[key] = ordered[0]
            for step in steps:
                insort(self._timeline, _entry(step), key=_when_then_id)

    def _part(self, start: Signature) -> set[Signature]:
        part, queue = {start}, [start]
        while queue:
            for other, value in self._links[queue.pop()].items():
                if value is not None and value >= THRESHOLD and other not in part:
                    part.add(other)
                    queue.append(other)
        return part

    def _cluster(self, ordered: Sequence[Signature]) -> tuple[FileStep, ...]:
        place = {key: index for index, key in enumerate(ordered)}
        weights = {
            (index, place[other]): value
            for key, index in place.items()
            for other, value in self._links[key].items()
            if other in place and index < place[other]
        }
        nodes = [self._nodes[key] for key in ordered]
        return tuple(
            combine(report for index in group for report in nodes[index].reports) for group in clusters(nodes, weights)
        )

    def _forget(self, head: Signature) -> set[Signature]:
        """Take the steps of a part out of the timeline; gives the nodes that it had."""
        part, steps = self._parts.pop(head)
        for key in part:
            del self._root[key]
        for step in steps:
            del self._timeline[bisect_left(self._timeline, _when_then_id(_entry(step)), key=_when_then_id)]
        return part


def _entry(step: FileStep) -> tuple[date, date, str, FileStep]:
    when = step.step.when
    earliest = when.earliest or when.latest or date.max
    return (earliest, when.latest or earliest, step.id, step)


def _when_then_id(entry: tuple[date, date, str, FileStep]) -> tuple[date, date, str]:
    return entry[:3]


def _buckets(report: Report) -> list[tuple[str, int]]:
    """The index buckets of a report: its days, with a margin, at most two months back from their end."""
    earliest, latest = span(report.step, report.published)
    last = (latest + timedelta(days=7)).toordinal() // _BUCKET
    first = max(earliest.toordinal() // _BUCKET, last - _REACH)
    kind = "meeting" if report.step.kind in ("talks", "consultation") else report.step.kind
    return [(kind, number) for number in range(first, last + 1)]


def _roles(article: Article, mediation: Mediation) -> list[RoleReport]:
    return [
        RoleReport(article.id, article.published, mediator.actor, mediator.roles) for mediator in mediation.mediators
    ]


def _mediators(roles: Sequence[RoleReport]) -> tuple[Mediator, ...]:
    held: dict[str, set[str]] = defaultdict(set)
    for report in roles:
        held[report.actor] |= set(report.roles)
    return tuple(
        Mediator(actor, tuple(role for role in get_args(MediatorRole) if role in held[actor])) for actor in sorted(held)
    )
