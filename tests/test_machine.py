"""Processes that read keep to a core each, and whoever starts them keeps what was set."""

from __future__ import annotations

import os
import time
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from dragoman.machine import one_core_each


def test_workers_started_at_once_leave_the_environment_as_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OMP_NUM_THREADS", "7")
    monkeypatch.delenv("DRAGOMAN_THREADS", raising=False)
    together = Barrier(8)

    def start(_: int) -> str | None:
        together.wait()
        with one_core_each():
            time.sleep(0.01)
            return os.environ.get("DRAGOMAN_THREADS")

    with ThreadPoolExecutor(8) as pool:
        assert set(pool.map(start, range(8))) == {"1"}
    assert os.environ["OMP_NUM_THREADS"] == "7"
    assert "DRAGOMAN_THREADS" not in os.environ


def test_the_environment_is_put_back_where_starting_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENBLAS_NUM_THREADS", "3")
    with pytest.raises(OSError, match="no more processes"), one_core_each():
        raise OSError("no more processes")
    assert os.environ["OPENBLAS_NUM_THREADS"] == "3"
