"""What the machine offers."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock


def cores() -> int:
    """How many processor cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


# What tells libraries how many threads to start: ours, and those that multiply matrices.
_THREADS = ("DRAGOMAN_THREADS", "OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")
# The environment is one for all threads: of two that change it and put it back, the second would keep the change.
_changing = Lock()


def use_one_core() -> None:
    """Have libraries that are not yet loaded keep to one thread."""
    os.environ.update(dict.fromkeys(_THREADS, "1"))


@contextmanager
def one_core_each() -> Iterator[None]:
    """Processes that are started within keep to one thread each.

    Threads of several processes that wait for each other in loops take each other's cores. It must be said before a
    process starts: a script that is run again in it may load a library before anything of ours is asked.
    """
    with _changing:
        before = {name: os.environ.get(name) for name in _THREADS}
        use_one_core()
        try:
            yield
        finally:
            for name, value in before.items():
                if value is None:
                    del os.environ[name]
                else:
                    os.environ[name] = value
