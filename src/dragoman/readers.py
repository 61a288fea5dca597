"""Several readers at once, each in a process of its own: threads would wait in line for the interpreter."""

from __future__ import annotations

import multiprocessing
import signal
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path
from typing import TYPE_CHECKING, Self

from dragoman.errors import DragomanError
from dragoman.machine import cores, one_core_each

if TYPE_CHECKING:
    from dragoman.records import Reading
    from dragoman.sources import RawArticle

# Articles that wait for each process: some are long, and those behind them must not wait for the one who collects.
_AHEAD = 8

_MadeOf = tuple[tuple[Path, ...], tuple[Path, ...], str | None]


class Readers:
    """Reads many articles on several cores; what comes out is what one reader would give, in the same order.

    Processes are started with the first article and take a second or two to load their models, so this pays from some
    dozens of articles on. In a script it belongs under ``if __name__ == "__main__":``, as all spawned processes do.
    An archive is filled by `dragoman.ingest`, which besides survives a process that dies.

    >>> with dragoman.Readers(workers=2) as readers:  # doctest: +SKIP
    ...     for reading in readers.read_all(articles):
    ...         print(len(reading.events))

    Args:
        workers: processes; as many as there are cores where it is not given.
        frames: files of frames that extend the codebook.
        actors: files of actors that extend the knowledge.
        model: another spaCy pipeline with Universal Dependencies labels.
    """

    def __init__(
        self,
        workers: int | None = None,
        frames: tuple[Path, ...] = (),
        actors: tuple[Path, ...] = (),
        model: str | None = None,
    ) -> None:
        self.workers = workers or cores()
        self._made_of: _MadeOf = (frames, actors, model)
        # Spawned, not forked: the network's threads would not live on in a fork.
        context = multiprocessing.get_context("spawn")
        self._pool = ProcessPoolExecutor(self.workers, context, _prepare)

    def read_all(self, articles: Iterable[RawArticle]) -> Iterator[Reading]:
        """The records of the articles, in their order; articles are taken as they are needed, some ahead.

        Raises:
            DragomanError: a process ended over what it read; `dragoman ingest` would go on and name the article.
        """
        pending: deque[Future[Reading]] = deque()
        try:
            for article in articles:
                with one_core_each():  # a process is started where one is asked for
                    pending.append(self._pool.submit(_read, article, self._made_of))
                while len(pending) > _AHEAD * self.workers:
                    yield pending.popleft().result()
            while pending:
                yield pending.popleft().result()
        except BrokenProcessPool as error:
            raise DragomanError("a process that was reading ended; `dragoman ingest` goes on and names why") from error
        finally:
            for future in pending:
                future.cancel()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._pool.shutdown(wait=False, cancel_futures=True)


def _prepare() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the one who asked


def _read(article: RawArticle, made_of: _MadeOf) -> Reading:
    from dragoman.reader import default_reader

    return default_reader(*made_of).read(article)  # the first call of a process loads the models
