"""The archive as the pages use it: always the newest batches, a handle for each request, what is dear made once."""

from __future__ import annotations

import logging
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from queue import Empty, SimpleQueue
from threading import Event as Flag
from threading import Lock, RLock, Thread
from time import monotonic
from typing import Any, Self, TypeVar

from dragoman.knowledge import load_knowledge
from dragoman.mediation import Files, MediationFile
from dragoman.presentation.wording import Names
from dragoman.store import Archive, Info
from dragoman.store.memory import MOST_EVENTS
from dragoman.store.reviews import Review, Reviews

_T = TypeVar("_T")

_MOST_KEPT = 2048
# For one part of looking for new batches, so many parts of not looking.
_PAUSES = 9
_log = logging.getLogger("dragoman.web")


class Kept:
    """The last answers that were asked for."""

    def __init__(self, most: int = _MOST_KEPT) -> None:
        self._held: OrderedDict[Hashable, Any] = OrderedDict()
        self._most = most
        self._lock = Lock()
        self._one = OneAtATime()

    def get(self, key: Hashable, make: Callable[[], _T]) -> _T:
        """The answer, made now if it is not held."""
        with self._one.making(key):
            with self._lock:
                if key in self._held:
                    self._held.move_to_end(key)
                    found: _T = self._held[key]
                    return found
            made = make()
            with self._lock:
                self._held[key] = made
                while len(self._held) > self._most:
                    self._held.popitem(last=False)
            return made


class OneAtATime:
    """Of those who want the same at once one makes it, and the others wait for that."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._making: dict[Hashable, tuple[Any, int]] = {}

    @contextmanager
    def making(self, key: Hashable) -> Iterator[None]:
        """Hold the key while it is made."""
        with self._lock:
            lock, waiting = self._making.get(key, (RLock(), 0))
            self._making[key] = (lock, waiting + 1)
        try:
            with lock:
                yield
        finally:
            with self._lock:
                lock, waiting = self._making[key]
                if waiting > 1:
                    self._making[key] = (lock, waiting - 1)
                else:
                    del self._making[key]


class Edition:
    """One state of the archive, with what takes long to make of it, and the handles that nobody uses just now."""

    def __init__(self, serial: int, archive: Archive) -> None:
        self.serial = serial
        self.files: Files = archive.files()
        self.info: Info = archive.info()
        self._archive = archive.cursor()
        self._free: SimpleQueue[Archive] = SimpleQueue()

    def borrow(self) -> Archive:
        """A handle that is nobody else's until it is given back."""
        try:
            return self._free.get_nowait()
        except Empty:
            return self._archive.cursor()

    def give_back(self, archive: Archive) -> None:
        """Let others have it."""
        self._free.put(archive)


class Shelf:
    """The archive as it is for one request: ``with library.shelf() as shelf``.

    Attributes:
        version: changes with every batch and every review; what ETags are made of.
        names: the usual names of actors.
        reviews: the last word of an analyst on each event, by article and event.
    """

    def __init__(self, edition: Edition, reviews: Reviews, kept: Kept) -> None:
        self.info = edition.info
        self.version = f"{edition.serial}.{edition.info.version}.{reviews.version}"
        self.reviews: Mapping[tuple[str, str], Review] = reviews.latest()
        cached = kept.get(("names", edition.serial), _Cached)
        self.names = Names([], lambda actor: cached.of(actor, self))
        self._edition = edition
        self._kept = kept
        self._borrowed: Archive | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        # After an error the handle may hold an answer that was taken halfway: it is let go.
        if self._borrowed is not None and error[0] is None:
            self._edition.give_back(self._borrowed)
        self._borrowed = None

    @property
    def archive(self) -> Archive:
        """A handle that is this request's alone; most requests are answered without one."""
        if self._borrowed is None:
            self._borrowed = self._edition.borrow()
        return self._borrowed

    def keep(self, key: Hashable, make: Callable[[], _T]) -> _T:
        """What was made before for this key and version, or make it now."""
        return self._kept.get((self.version, key), make)

    def files(self, as_of: date | None = None) -> tuple[MediationFile, ...]:
        """All files on mediations, the one with the newest report first."""

        def made() -> tuple[MediationFile, ...]:
            every = self._edition.files
            found = [every.file(conflict, as_of) for conflict in every]
            told = [file for file in found if file.reports]
            return tuple(sorted(told, key=lambda file: (file.latest or date.min, file.id), reverse=True))

        return self.keep(("files", as_of), made)

    def file(self, identifier: str, as_of: date | None = None) -> MediationFile:
        """The file on one.

        Raises:
            DragomanError: there is none of that id.
        """
        return self.keep(("file", identifier, as_of), lambda: self._edition.files.file(identifier, as_of))

    @property
    def all_files(self) -> Files:
        """The files themselves, to be asked and not changed."""
        return self._edition.files


Listener = Callable[[Shelf], object]


class Library:
    """Hands out the archive to the threads that answer requests, and looks for new batches beside them.

    A new batch is taken in apart from the requests: they go on with the edition before until the next one is ready.
    """

    def __init__(self, archive: Archive, reviews: Reviews, most_held: int = MOST_EVENTS) -> None:
        """Args: most_held: an archive of up to so many events is held in memory."""
        archive.hold(most_held)
        self.reviews = reviews
        self._archive = archive
        self._edition = Edition(0, archive)
        self._lock = Lock()
        self._kept = Kept()
        self._listeners: list[Listener] = []

    def look(self) -> bool:
        """Take in what has come since; whether anything has."""
        with self._lock:
            if not self._archive.refresh():
                return False
            self._edition = Edition(self._edition.serial + 1, self._archive)
        for listener in self._listeners:
            with self.shelf() as shelf:
                listener(shelf)
        return True

    def listen(self, listener: Listener) -> None:
        """Call this after each new edition."""
        self._listeners.append(listener)

    def watch(self, every: float, stop: Flag) -> Thread:
        """Look again and again, until told to stop.

        Args:
            every: seconds between one look and the next; more where looking takes long, so that most of the time is
                left for those who ask.
        """

        def watching() -> None:
            pause = every
            while not stop.wait(pause):
                started = monotonic()
                try:
                    self.look()
                except Exception:  # the archive may be moved or half copied: the pages go on with what they have
                    _log.exception("the archive could not be looked at")
                pause = max(every, _PAUSES * (monotonic() - started))

        thread = Thread(target=watching, name="dragoman-watch", daemon=True)
        thread.start()
        return thread

    def shelf(self) -> Shelf:
        """The archive as it is now."""
        return Shelf(self._edition, self.reviews, self._kept)


class _Cached:
    """Names by id, asked for once: of what is known, then of the archive."""

    def __init__(self) -> None:
        self._names: dict[str, str] = {}

    def of(self, actor: str, shelf: Shelf) -> str:
        if actor not in self._names:
            entity = load_knowledge().entity(actor)
            self._names[actor] = entity.name if entity else shelf.archive.name(actor)
        return self._names[actor]
