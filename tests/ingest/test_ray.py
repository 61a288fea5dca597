"""With a real Ray on this machine."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest
from archives import article, content, documents, recipe

import dragoman
from dragoman.ingest import LocalEngine, ingest

pytest.importorskip("ray", reason="the engine ray is an extra")

pytestmark = [
    pytest.mark.slow,
    # What Ray and gRPC leave open when they are shut down is theirs.
    pytest.mark.filterwarnings("ignore"),
]


def test_both_engines_give_the_same_archive_to_the_byte(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from dragoman.ingest.ray import RayEngine

    # Actors unpickle readers of the tests by name, so they must find the tests.
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(sys.path))
    words = {7: "KILL ", 9: "FAIL "}
    given = documents(article(number, words.get(number, "")) for number in range(50))
    for name, engine in (("local", LocalEngine(2)), ("ray", RayEngine(2))):
        report = ingest(tmp_path / name, [*given[:30], *given[:3], *given[30:]], recipe(), engine, batch=20)
        assert (report.articles, report.known, report.refused) == (48, 3, 2)
    assert content(tmp_path / "local") == content(tmp_path / "ray")
    assert [batch.batch for batch in dragoman.open(tmp_path / "local").batches()] == [
        batch.batch for batch in dragoman.open(tmp_path / "ray").batches()
    ]
    assert ingest(tmp_path / "ray", given, recipe(), RayEngine(1), batch=20).batches == 0
