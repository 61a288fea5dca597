"""The engine of one machine: as many supervised workers as cores."""

from __future__ import annotations

from collections import deque
from collections.abc import Generator, Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from queue import SimpleQueue

from dragoman.ingest.supervision import Attendant
from dragoman.ingest.work import Job, Outcome, Recipe
from dragoman.ingest.worker import PATIENCE
from dragoman.machine import cores


class LocalEngine:
    """Has chunks of jobs done by processes of this machine; their order is kept, however many there are."""

    def __init__(self, workers: int | None = None, *, patience: float = PATIENCE) -> None:
        self._number = workers or cores()
        self._patience = patience

    def run(self, recipe: Recipe, chunks: Iterable[list[Job]]) -> Generator[list[Outcome], None, None]:
        """What became of each chunk, in their order; chunks are taken as they are needed, a few ahead."""
        attendants = [Attendant(recipe, patience=self._patience) for _ in range(self._number)]
        idle: SimpleQueue[Attendant] = SimpleQueue()
        for attendant in attendants:
            idle.put(attendant)

        def do(chunk: list[Job]) -> list[Outcome]:
            attendant = idle.get()
            try:
                return attendant.do(chunk)
            finally:
                idle.put(attendant)

        pending: deque[Future[list[Outcome]]] = deque()
        pool = ThreadPoolExecutor(self._number, thread_name_prefix="dragoman-ingest")
        try:
            for chunk in chunks:
                pending.append(pool.submit(do, chunk))
                while len(pending) > 3 * self._number or (pending and pending[0].done()):
                    yield pending.popleft().result()
            while pending:
                yield pending.popleft().result()
        finally:
            # Whoever stops early (Ctrl-C, an error) does not wait for what nobody will keep.
            for future in pending:
                future.cancel()
            for attendant in attendants:
                attendant.stop()
            pool.shutdown(wait=False, cancel_futures=True)
