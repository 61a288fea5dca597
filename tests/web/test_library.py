"""The archive as the pages have it, while it grows."""

from __future__ import annotations

import time
from itertools import pairwise
from pathlib import Path
from threading import Event as Flag

import pytest
from archives import article, fill

import dragoman
from dragoman.store.reviews import Reviews
from dragoman.web.library import Library


@pytest.fixture
def library(tmp_path: Path) -> Library:
    fill(tmp_path / "a", [article(0)])
    return Library(dragoman.open(tmp_path / "a"), Reviews(tmp_path / "a"))


def test_a_new_batch_is_shown_without_anybody_asking_for_it(library: Library, tmp_path: Path) -> None:
    stop = Flag()
    watching = library.watch(0.01, stop)
    before = library.shelf()
    fill(tmp_path / "a", [article(1)])
    until = time.monotonic() + 60
    while library.shelf().info.articles == 1 and time.monotonic() < until:
        time.sleep(0.01)
    stop.set()
    watching.join(60)
    assert library.shelf().info.articles == 2
    assert before.info.articles == 1


def test_however_long_looking_takes_most_of_the_time_is_left_for_readers(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked: list[float] = []
    enough = Flag()

    def look() -> bool:
        looked.append(time.monotonic())
        time.sleep(0.05)
        if len(looked) == 4:
            enough.set()
        return True

    monkeypatch.setattr(library, "look", look)
    stop = Flag()
    library.watch(0.0, stop)
    assert enough.wait(60)
    stop.set()
    assert all(later - earlier >= 0.45 for earlier, later in pairwise(looked))
