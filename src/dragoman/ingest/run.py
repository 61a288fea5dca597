"""Articles from any source into the archive: what is known is passed over, the rest is read, batch by batch."""

from __future__ import annotations

import dataclasses
import json
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any, Protocol

from dragoman.ingest.work import Failure, Outcome, Recipe, Rows, Task
from dragoman.sources import Item, Refusal
from dragoman.store.tables import Tables, to_tables
from dragoman.store.writing import Writer

#: Items of a source that make a batch. Cut by their place in the source, so that a run that goes on where another was
#: killed makes the same batches.
BATCH = 256
#: Articles that a worker is given at once: few, so that the last workers of a run do not wait for one.
CHUNK = 8


class Engine(Protocol):
    """Where the reading is done."""

    def run(self, chunks: Iterable[list[Task]]) -> Iterator[list[Outcome]]:
        """What became of each chunk, in their order."""


@dataclass(frozen=True, slots=True)
class Report:
    """What an ingest did, so far or in all.

    Attributes:
        seen: items that the source gave.
        articles: how many were read and are in the archive.
        known: how many were there already.
        refused: how many could not be read; `problems` in the archive tells why.
        events: how many events were found.
        batches: how many batches were written.
    """

    seen: int = 0
    articles: int = 0
    known: int = 0
    refused: int = 0
    events: int = 0
    batches: int = 0
    seconds: float = 0.0
    stopped: bool = False


@dataclass(slots=True)
class _Group:
    """Items of the source that make one batch."""

    tasks: list[Task] = field(default_factory=list)
    problems: list[dict[str, Any]] = field(default_factory=list)
    known: int = 0
    hopeless: int = 0
    seen: int = 0
    outcomes: list[Outcome] = field(default_factory=list)


def ingest(
    address: str | Path,
    items: Iterable[Item],
    recipe: Recipe,
    engine: Engine,
    *,
    batch: int = BATCH,
    progress: Callable[[Report], None] | None = None,
    storage_options: Mapping[str, str] | None = None,
) -> Report:
    """Read all articles of a source into an archive, which is made if there is none.

    What is in the archive already, with whatever versions, is passed over: doing it again changes nothing, and a run
    that was stopped goes on. Ctrl-C stops it: what is read by then is kept.

    Args:
        items: articles and refusals, each with its origin; taken as they are needed.
        progress: told after every chunk.

    Raises:
        ArchiveError: the archive cannot be made or written, or is of a newer schema.
        IngestError: no worker can be started.
    """
    tables = Tables(address, storage_options)
    tables.create()
    return _Run(Writer(tables), recipe, engine, batch, progress).take(items)


class _Run:
    def __init__(
        self,
        writer: Writer,
        recipe: Recipe,
        engine: Engine,
        batch: int,
        progress: Callable[[Report], None] | None,
        kind: str = "ingest",
    ) -> None:
        self._writer = writer
        self._recipe = recipe
        self._engine = engine
        self._batch = batch
        self._progress = progress
        self._kind = kind
        self._began = time.monotonic()
        self._report = Report()
        self._groups: deque[_Group] = deque()

    def take(self, items: Iterable[Item]) -> Report:
        """Read and write all of it."""
        try:
            for outcomes in self._engine.run(self._chunks(iter(items))):
                self._finish(outcomes)
            while self._groups:
                self._commit(self._groups.popleft())
        except KeyboardInterrupt:
            if self._groups:
                self._commit(self._groups.popleft())
            self._count(stopped=True)
        self._count()
        return self._report

    def _chunks(self, items: Iterator[Item]) -> Iterator[list[Task]]:
        while part := list(islice(items, self._batch)):
            group = self._group(part)
            self._groups.append(group)
            for start in range(0, len(group.tasks), CHUNK):
                yield group.tasks[start : start + CHUNK]

    def _group(self, items: list[Item]) -> _Group:
        """Sort a batch's items: what is refused, what is known, what is to be read."""
        group = _Group(seen=len(items))
        wanted: dict[str, Task] = {}
        for item in items:
            origin, found = str(item.origin), item.content
            if isinstance(found, Refusal):
                group.problems.append(self._problem(origin, type(found.error).__name__, str(found.error)))
            elif found.id in wanted:
                group.known += 1
            else:
                wanted[found.id] = Task(origin, found)
        known = self._known(list(wanted))
        group.known += len(known)
        left = [key for key in wanted if key not in known]
        hopeless = self._writer.set_aside(left, self._recipe.versions)
        group.hopeless = len(hopeless)
        group.tasks = [wanted[key] for key in left if key not in hopeless]
        return group

    def _known(self, articles: list[str]) -> set[str]:
        waiting = {task.raw.id for group in self._groups for task in group.tasks}
        return {*self._writer.known(articles), *(key for key in articles if key in waiting)}

    def _finish(self, outcomes: list[Outcome]) -> None:
        """Take up what a chunk gave; chunks come in order, so they belong to the oldest group that is not full."""
        for group in self._groups:
            if len(group.outcomes) < len(group.tasks):
                group.outcomes += outcomes
                break
        while self._groups and len(self._groups[0].outcomes) == len(self._groups[0].tasks) and len(self._groups) > 1:
            self._commit(self._groups.popleft())
        self._count()

    def _commit(self, group: _Group) -> None:
        rows: dict[str, list[dict[str, Any]]] = {"articles": [], "problems": group.problems}
        for outcome in group.outcomes:
            if isinstance(outcome.result, Failure):
                rows["problems"].append(self._set_aside(outcome.task, outcome.result))
            else:
                _extend(rows, outcome.result)
        batch = self._writer.commit(self._kind, self._recipe.versions, to_tables(rows))
        refused = len(rows["problems"]) + group.hopeless
        self._report = dataclasses.replace(
            self._report,
            seen=self._report.seen + group.seen,
            articles=self._report.articles + (batch.articles if batch else 0),
            known=self._report.known + group.known,
            refused=self._report.refused + refused,
            events=self._report.events + (batch.events if batch else 0),
            batches=self._report.batches + (batch is not None),
        )
        self._count()

    def _problem(self, origin: str, kind: str, message: str) -> dict[str, Any]:
        return {
            "article": None, "batch": None, "versions": self._recipe.versions, "origin": origin, "kind": kind,
            "message": message, "published": None, "raw": None,
        }  # fmt: skip

    def _set_aside(self, task: Task, failure: Failure) -> dict[str, Any]:
        raw = dataclasses.asdict(task.raw) | {"published": task.raw.published.isoformat()}
        return self._problem(task.origin, failure.kind, failure.message) | {
            "article": task.raw.id,
            "published": task.raw.published,
            "raw": json.dumps(raw, ensure_ascii=False),
        }

    def _count(self, *, stopped: bool = False) -> None:
        self._report = dataclasses.replace(
            self._report, seconds=time.monotonic() - self._began, stopped=stopped or self._report.stopped
        )
        if self._progress is not None:
            self._progress(self._report)


def _extend(rows: dict[str, list[dict[str, Any]]], more: Rows) -> None:
    for name, items in more.items():
        rows.setdefault(name, []).extend(items)
