"""Documents of any source into the archive: what is known is passed over, the rest is read, batch by batch."""

from __future__ import annotations

import dataclasses
import tempfile
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any

from dragoman.ingest.known import write_known
from dragoman.ingest.work import Engine, Failure, Job, Known, Outcome, Recipe, fingerprint, origin
from dragoman.sources import Document, Item, Refusal
from dragoman.store.tables import Tables, to_tables
from dragoman.store.writing import Writer

#: Documents of a source that make a batch. Cut by their place in the source, so that a run that goes on where another
#: was killed makes the same batches.
BATCH = 256
# After so many batches the archive's small files are rewritten into larger ones.
_CARE = 32
#: Documents that a worker is given at once: few, so that at the end of a run no worker waits long for the others.
CHUNK = 8

Found = Document | Item


@dataclass(frozen=True, slots=True)
class Report:
    """What an ingest did, so far or in all.

    Attributes:
        seen: documents that the source gave.
        articles: how many were read and are in the archive.
        known: how many were there already.
        refused: how many could not be read; `problems` in the archive tells why.
        events: how many events were found.
        batches: how many batches were written.
        seconds: how long it took.
        stopped: whether somebody stopped it (Ctrl-C).
    """

    seen: int = 0
    articles: int = 0
    known: int = 0
    refused: int = 0
    events: int = 0
    batches: int = 0
    seconds: float = 0.0
    stopped: bool = False


Progress = Callable[[Report], None]


def ingest(
    address: str | Path,
    documents: Iterable[Found],
    recipe: Recipe,
    engine: Engine,
    *,
    batch: int = BATCH,
    progress: Progress | None = None,
    storage_options: Mapping[str, str] | None = None,
) -> Report:
    """Read all documents of a source into an archive, which is made if there is none.

    What is in the archive already, with whatever versions, is passed over: doing it again changes nothing, and a run
    that was stopped goes on. Ctrl-C stops it: what is read by then is kept.

    Args:
        documents: as `sources.find_documents` gives them; taken as they are needed.
        progress: told after every chunk.

    Raises:
        ArchiveError: the archive cannot be made or written, or is of a newer schema.
        IngestError: no worker can be started.
    """
    tables = Tables(address, storage_options)
    tables.create()
    writer = Writer(tables)
    writer.sweep()
    with tempfile.TemporaryDirectory(prefix="dragoman-") as folder:
        known = Path(folder) / "known.npy"
        write_known(known, writer.articles())
        run = Run(writer, dataclasses.replace(recipe, known=known), engine, "ingest", batch, progress)
        return run.take(documents)


@dataclass(slots=True)
class _Group:
    """What makes one batch."""

    jobs: list[Job] = field(default_factory=list)
    problems: list[dict[str, Any]] = field(default_factory=list)
    hopeless: int = 0
    seen: int = 0
    outcomes: list[Outcome] = field(default_factory=list)

    @property
    def full(self) -> bool:
        return len(self.outcomes) == len(self.jobs)


class Run:
    """One run: jobs to the engine, outcomes into batches, in the order of the source."""

    def __init__(
        self, writer: Writer, recipe: Recipe, engine: Engine, kind: str, batch: int, progress: Progress | None
    ) -> None:
        self._writer = writer
        self._recipe = recipe
        self._engine = engine
        self._kind = kind
        self._batch = batch
        self._progress = progress
        self._began = time.monotonic()
        self._report = Report()
        self._groups: deque[_Group] = deque()
        self._set_aside = writer.set_aside(recipe.versions)

    def take(self, found: Iterable[Found | Job]) -> Report:
        """Read and write all of it."""
        try:
            # Closed at once if anything goes wrong, so that no worker reads on for nobody.
            with closing(self._engine.run(self._recipe, self._chunks(iter(found)))) as done:
                for outcomes in done:
                    self._finish(outcomes)
            while self._groups:
                self._commit(self._groups.popleft())
        except KeyboardInterrupt:
            if self._groups:
                self._commit(self._groups.popleft())
            self._report = dataclasses.replace(self._report, stopped=True)
        else:
            self._writer.link(self._recipe.versions)
        self._tell()
        return self._report

    def _chunks(self, found: Iterator[Found | Job]) -> Iterator[list[Job]]:
        while part := list(islice(found, self._batch)):
            group = _Group(seen=len(part))
            for item in part:
                if isinstance(item, Item):
                    group.problems += [self._problem(str(item.origin), _refusal(item))]
                elif fingerprint(item) in self._set_aside:
                    group.hopeless += 1
                else:
                    group.jobs.append(item)
            self._groups.append(group)
            for start in range(0, len(group.jobs), CHUNK):
                yield group.jobs[start : start + CHUNK]

    def _finish(self, outcomes: list[Outcome]) -> None:
        """Take up what a chunk gave; chunks come in order, so they belong to the oldest group that is not full."""
        # An engine may take chunks in a thread of its own, which adds groups meanwhile.
        next(group for group in list(self._groups) if not group.full).outcomes += outcomes
        while self._groups and self._groups[0].full:
            self._commit(self._groups.popleft())
        self._tell()

    def _commit(self, group: _Group) -> None:
        rows: dict[str, list[dict[str, Any]]] = {"articles": [], "problems": group.problems}
        there: set[str] = set()
        known = 0
        for outcome in group.outcomes:
            result = outcome.result
            if isinstance(result, Failure):
                rows["problems"].append(self._problem(origin(outcome.job), result, outcome.job))
                continue
            article = result.article if isinstance(result, Known) else result["articles"][0]["article"]
            if isinstance(result, Known) or article in there:
                known += 1
                continue
            there.add(article)
            for name, items in result.items():
                rows.setdefault(name, []).extend(items)
        refused = len(rows["problems"]) + group.hopeless
        batch = self._writer.commit(self._kind, self._recipe.versions, to_tables(rows))
        articles, events = (batch.articles, batch.events) if batch else (0, 0)
        so_far = self._report
        self._report = dataclasses.replace(
            so_far,
            seen=so_far.seen + group.seen,
            articles=so_far.articles + articles,
            known=so_far.known + known + len(there) - articles,
            refused=so_far.refused + refused,
            events=so_far.events + events,
            batches=so_far.batches + (batch is not None),
        )
        if batch is not None and self._report.batches % _CARE == 0:
            self._writer.care()
        self._tell()

    def _problem(self, where: str, failure: Failure, job: Job | None = None) -> dict[str, Any]:
        return {
            "article": failure.article,
            "batch": None,
            "versions": self._recipe.versions,
            "origin": where,
            "kind": failure.kind,
            "message": failure.message,
            "content": None if job is None or failure.final else fingerprint(job),
        }

    def _tell(self) -> None:
        self._report = dataclasses.replace(self._report, seconds=time.monotonic() - self._began)
        if self._progress is not None:
            waiting = sum(len(group.outcomes) for group in self._groups)
            self._progress(dataclasses.replace(self._report, seen=self._report.seen + waiting))


def _refusal(item: Item) -> Failure:
    assert isinstance(item.content, Refusal)  # `find_documents` gives no other items
    return Failure(type(item.content.error).__name__, str(item.content.error), final=True)
