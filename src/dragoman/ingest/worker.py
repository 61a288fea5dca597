"""A process of its own that reads: the language model is loaded once, documents come in and rows go out.

It is a process, not a thread, because reading holds the interpreter; and because whatever a document does to it – a
crash in native code, no end, all the memory – it does not do to the ingest. For the same reason pages and files are
taken apart here, and not by the one who hands them out.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import time
import traceback
from collections.abc import Iterator, Sequence
from multiprocessing.connection import Connection

from dragoman.errors import IngestError
from dragoman.ingest.known import KnownArticles
from dragoman.ingest.work import Failure, Job, Known, Reads, Recipe, Result, Stored, origin
from dragoman.machine import one_core_each
from dragoman.sources import Refusal, read_document
from dragoman.store.copies import bands
from dragoman.store.rows import Origin, rows

#: Seconds after which a document without an end is given up. The longest that is let in takes less.
PATIENCE = 900.0


class WorkerDied(Exception):
    """The process is gone, or was ended because it never answered."""


class Worker:
    """One process that reads, and the way to it."""

    def __init__(self, recipe: Recipe, *, patience: float = PATIENCE) -> None:
        self._patience = patience
        # Spawned, not forked: the network's threads would not live on in a fork.
        context = multiprocessing.get_context("spawn")
        self._connection, theirs = context.Pipe()
        self._process = context.Process(target=_work, args=(theirs, recipe), daemon=True, name="dragoman-reader")
        with one_core_each():
            self._process.start()
        theirs.close()

    def greet(self) -> None:
        """Wait until it has its reader.

        Raises:
            WorkerDied: it ended before.
            IngestError: its reader cannot be made.
        """
        word = self._answer(PATIENCE)
        if isinstance(word, Failure):
            raise IngestError(f"the reader cannot be made: {word.message}")

    def do(self, jobs: Sequence[Job]) -> Iterator[Result]:
        """What became of each job, one after another.

        Raises:
            WorkerDied: the process ended, or did not answer in time, over the job that comes next.
        """
        try:
            self._connection.send(list(jobs))
        except OSError as error:
            raise self._died() from error
        for _ in jobs:
            yield self._answer(self._patience)

    def _answer(self, patience: float) -> Result:
        try:
            if not self._connection.poll(patience):
                self.stop()
                raise WorkerDied(f"reading it did not end in {patience:.0f} seconds")
            answer: Result = self._connection.recv()
        except (EOFError, OSError) as error:
            raise self._died() from error
        return answer

    def _died(self) -> WorkerDied:
        # Asked again and again: another thread that starts a process may have collected this one's end in between.
        until = time.monotonic() + 5
        while self._process.exitcode is None and time.monotonic() < until:
            self._process.join(0.1)
            time.sleep(0.01)
        return WorkerDied(_manner(self._process.exitcode))

    def megabytes(self) -> float:
        """How much memory the process holds; 0 where the system does not tell."""
        try:
            with open(f"/proc/{self._process.pid}/statm", encoding="ascii") as file:
                return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 2**20
        except (OSError, ValueError, IndexError):
            return 0.0

    def stop(self) -> None:
        """End the process, whatever it does."""
        self._connection.close()
        self._process.kill()
        self._process.join()


def _manner(code: int | None) -> str:
    if code is not None and code < 0:
        return f"the process that read it was ended by {signal.Signals(-code).name}"
    return "the process that read it ended" + ("" if code is None else f" with exit code {code}")


def _work(connection: Connection, recipe: Recipe) -> None:
    """The life of the process: it ends when the other end of the pipe does."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the one who commits
    try:
        try:
            desk = Desk(recipe)
        except Exception as error:
            connection.send(_failure(error))
            return
        connection.send({})  # ready
        while True:
            for job in connection.recv():
                connection.send(desk.do(job))
    except (EOFError, OSError):
        return


class Desk:
    """Everything that reading takes, in one process."""

    def __init__(self, recipe: Recipe) -> None:
        self._recipe = recipe
        self._reader: Reads = recipe.make(*recipe.arguments)
        self._known = KnownArticles(recipe.known) if recipe.known else ()

    def do(self, job: Job) -> Result:
        """The rows of one article, or why there are none."""
        article = None
        try:
            raw = job.raw if isinstance(job, Stored) else read_document(job, self._recipe.options).content
            if isinstance(raw, Refusal):
                return Failure(type(raw.error).__name__, str(raw.error), final=True)
            article = raw.id
            if article in self._known:
                return Known(article)
            reading = self._reader.read(raw)
            kept = Origin(origin(job), self._recipe.versions, raw.spans, raw.notes, bands(raw.text))
            return rows(reading, kept)
        except Exception as error:
            return _failure(error, article)


def _failure(error: Exception, article: str | None = None) -> Failure:
    """What the error says, and the function that raised it."""
    frames = traceback.extract_tb(error.__traceback__)
    place = f" (in {frames[-1].name})" if frames else ""
    return Failure(type(error).__name__, f"{type(error).__name__}: {error}{place}", article)
