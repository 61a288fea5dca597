"""Who looks after a worker: replaces it when it dies, has its work done again, finds the article that killed it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from dragoman.errors import IngestError
from dragoman.ingest.work import Failure, Job, Outcome, Recipe, Result
from dragoman.ingest.worker import PATIENCE, Worker, WorkerDied

#: So often an article is tried before it is set aside.
TRIES = 2
# So often a process is started that does not even come to read.
_STARTS = 3
# Vocabulary and allocator grow with what is read; at so many megabytes above its start a worker is replaced by a new
# one, so that memory stays flat over any number of articles.
_GROWTH = 50.0


class Attendant:
    """Has jobs done by a worker that it supervises: nothing that an article does gets past it."""

    def __init__(self, recipe: Recipe, *, patience: float = PATIENCE) -> None:
        self._recipe = recipe
        self._patience = patience
        self._worker: Worker | None = None
        self._lean: float | None = None
        self._over = False

    def do(self, jobs: Sequence[Job]) -> list[Outcome]:
        """What became of each job, in their order.

        Answers come one by one, so when the worker dies it is known whose turn it was: what was read before is kept,
        that article is tried a second time in a new worker, and if it is the end of that one too, it is set aside.
        An article whose reading raises an error is tried twice as well.

        Raises:
            IngestError: no worker can be started at all.
        """
        found: dict[int, Result] = {}
        tries: Counter[int] = Counter()
        queue = list(range(len(jobs)))
        while queue:
            answers: dict[int, Result] = {}
            try:
                for index, answer in zip(queue, self._started().do([jobs[i] for i in queue]), strict=False):
                    answers[index] = answer
            except WorkerDied as death:
                self._worker = None
                answers[queue[len(answers)]] = Failure("WorkerDied", str(death))
            tries.update(answers.keys())
            for index, answer in answers.items():
                if not isinstance(answer, Failure) or answer.final or tries[index] >= TRIES:
                    found[index] = answer
            queue = [index for index in queue if index not in found]
        self._recycle()
        return [Outcome(job, found[index]) for index, job in enumerate(jobs)]

    def stop(self) -> None:
        """End the worker, whatever it does, and start no other."""
        self._over = True
        self._dismiss()

    def _dismiss(self) -> None:
        worker, self._worker = self._worker, None
        if worker is not None:
            worker.stop()

    def _started(self) -> Worker:
        said = ""
        for _ in range(_STARTS):
            if self._over:
                raise IngestError("the run was stopped")
            if self._worker is not None:
                return self._worker
            worker = Worker(self._recipe, patience=self._patience)
            try:
                worker.greet()
            except WorkerDied as death:
                said = str(death)
                continue
            self._worker, self._lean = worker, None
        if self._worker is None:
            raise IngestError(f"no process can be started to read: {said}")
        return self._worker

    def _recycle(self) -> None:
        """Let a worker go that has grown fat."""
        if self._worker is None:
            return
        weight = self._worker.megabytes()
        if self._lean is None:
            self._lean = weight
        elif weight > self._lean + _GROWTH:
            self._dismiss()
