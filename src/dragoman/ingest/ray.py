"""The engine of a cluster: Ray Data, on one machine or many.

Chunks go through a queue into one streaming read, and from there to a pool of actors. Each actor holds an attendant
with a worker of its own, as the local engine does: an article that kills its reader kills that process and not the
actor, so that Ray's own retries are left for what they are good at, machines that go away. The order of the chunks is
kept, and with it batches and archives are the same to the byte as those of the local engine.
"""

from __future__ import annotations

import dataclasses
import logging
import pickle
import tempfile
import threading
from collections.abc import Generator, Iterable, Iterator
from pathlib import Path
from typing import Any

from dragoman.errors import IngestError
from dragoman.ingest.supervision import Attendant
from dragoman.ingest.work import Job, Outcome, Recipe
from dragoman.ingest.worker import PATIENCE

# Chunks that wait in the queue: enough that no actor waits, few enough that memory stays flat.
_AHEAD = 4
_COLUMN = "chunk"


class RayEngine:
    """Has chunks of jobs done by actors of a Ray cluster; without an address, of one that is started here."""

    def __init__(self, workers: int | None = None, *, address: str | None = None, patience: float = PATIENCE) -> None:
        """Args: address: of a running cluster, such as ``ray://head:10001`` or ``auto``.

        Raises:
            IngestError: Ray is not installed.
        """
        try:
            import ray
            import ray.data
        except ImportError as error:
            raise IngestError("the engine ray needs Ray: pip install '.[ray]' in the checkout") from error
        self._ray: Any = ray
        self._address = address
        self._workers = workers
        self._patience = patience

    def run(self, recipe: Recipe, chunks: Iterable[list[Job]]) -> Generator[list[Outcome], None, None]:
        """What became of each chunk, in their order; chunks are taken as they are needed, a few ahead."""
        ray = self._ray
        started = not ray.is_initialized()
        if started:
            ray.init(address=self._address, include_dashboard=False, logging_level=logging.ERROR, log_to_driver=False)
        try:
            yield from self._streamed(recipe, chunks)
        finally:
            if started:
                ray.shutdown()

    def _streamed(self, recipe: Recipe, chunks: Iterable[list[Job]]) -> Generator[list[Outcome], None, None]:
        import ray
        from ray.data import ActorPoolStrategy
        from ray.util.queue import Queue

        cores = max(1, int(self._ray.cluster_resources().get("CPU", 1)))
        workers = self._workers or cores
        logging.getLogger("ray.data").setLevel(logging.ERROR)
        context = ray.data.DataContext.get_current()
        context.execution_options.preserve_order = True
        context.target_max_block_size = 1  # a chunk is a block of its own, and goes on as soon as it is there
        context.enable_progress_bars = False
        context.print_on_execution_start = False
        queue = Queue(maxsize=_AHEAD * workers, actor_options={"num_cpus": 0})
        feeder = _Feeder(queue, chunks)
        dataset = ray.data.read_datasource(_queue_source(queue), override_num_blocks=1, num_cpus=0)
        read = dataset.map_batches(
            _Actor,
            batch_size=None,
            compute=ActorPoolStrategy(size=workers),
            # The reading is done in a process beside the actor, which waits for it.
            num_cpus=min(1.0, cores / workers),
            fn_constructor_args=(_Portable.of(recipe), self._patience),
        )
        feeder.start()
        try:
            for row in read.iter_rows():
                yield pickle.loads(row[_COLUMN])
            if feeder.error is not None:
                raise feeder.error
        finally:
            feeder.stop()
            queue.shutdown(force=True)


class _Feeder(threading.Thread):
    """Takes chunks from the source as fast as the cluster does."""

    def __init__(self, queue: Any, chunks: Iterable[list[Job]]) -> None:
        super().__init__(daemon=True, name="dragoman-feeder")
        self._queue = queue
        self._chunks = chunks
        self._stopped = threading.Event()
        self.error: BaseException | None = None

    def run(self) -> None:
        try:
            for chunk in self._chunks:
                self._queue.put(pickle.dumps(chunk))
                if self._stopped.is_set():
                    return
        except BaseException as error:  # told where the answers are awaited
            self.error = error
        finally:
            if not self._stopped.is_set():
                self._queue.put(None)

    def stop(self) -> None:
        """Take no more."""
        self._stopped.set()


@dataclasses.dataclass(frozen=True)
class _Portable:
    """A recipe that can be sent to another machine: what it names in files of this one goes along."""

    recipe: Recipe
    known: bytes | None

    @classmethod
    def of(cls, recipe: Recipe) -> _Portable:
        known = recipe.known.read_bytes() if recipe.known else None
        return cls(dataclasses.replace(recipe, known=None), known)

    def unpack(self, folder: Path) -> Recipe:
        if self.known is None:
            return self.recipe
        path = folder / "known.npy"
        path.write_bytes(self.known)
        return dataclasses.replace(self.recipe, known=path)


class _Actor:
    """One of the pool: an attendant, and the worker that it looks after."""

    def __init__(self, recipe: _Portable, patience: float) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="dragoman-")
        self._attendant = Attendant(recipe.unpack(Path(self._folder.name)), patience=patience)

    def __call__(self, batch: dict[str, Any]) -> dict[str, Any]:
        done = [pickle.dumps(self._attendant.do(pickle.loads(chunk))) for chunk in batch[_COLUMN]]
        return {_COLUMN: done}


def _queue_source(queue: Any) -> Any:
    """What a queue gives until its None, as a source of Ray Data."""
    import pyarrow as pa
    from ray.data import Datasource, ReadTask
    from ray.data.block import BlockMetadata

    def blocks() -> Iterator[pa.Table]:
        while (chunk := queue.get()) is not None:
            yield pa.table({_COLUMN: pa.array([chunk], pa.binary())})

    class QueueSource(Datasource):
        def get_read_tasks(self, parallelism: int, *args: Any, **kwargs: Any) -> list[Any]:
            metadata = BlockMetadata(num_rows=None, size_bytes=None, input_files=None, exec_stats=None)
            return [ReadTask(blocks, metadata)]

        def estimate_inmemory_data_size(self) -> int | None:
            return None

    source: Any = QueueSource
    return source()
