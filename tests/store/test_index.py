from __future__ import annotations

from pathlib import Path

import pyarrow as pa
from archives import article, fill, recipe

import dragoman
from dragoman.store.index import Index
from dragoman.store.tables import Tables

VERSIONS = recipe().versions


def _articles(numbers: range, versions: str = VERSIONS) -> pa.Table:
    ids = [article(number).id for number in numbers]
    return pa.table({"article": ids, "versions": [versions] * len(ids), "document": ids})


def test_what_is_there_is_known_and_nothing_else(tmp_path: Path) -> None:
    fill(tmp_path, [*(article(number) for number in range(10)), article(99, "FAIL ")])
    tables, index = Tables(tmp_path), Index()
    index.refresh(tables, tables.batches()[1])
    for key in ("article", "document"):
        assert index.maybe(key, _articles(range(10))).all()
        assert not index.maybe(key, _articles(range(10, 200))).any()
    assert not index.maybe("article", _articles(range(10), "2.0 model=b")).any()
    problems = dragoman.open(tmp_path).table("problems").arrow()
    assert index.maybe("problem", problems).all()


def test_what_others_bring_in_is_taken_up_and_what_was_compacted_found(tmp_path: Path) -> None:
    fill(tmp_path, [article(number) for number in range(4)])
    tables, index = Tables(tmp_path), Index()
    index.refresh(tables, tables.batches()[1])
    fill(tmp_path, [article(number) for number in range(4, 12)])
    index.refresh(tables, tables.batches()[1])
    assert index.maybe("article", _articles(range(12))).all()
    fill(tmp_path, [article(number) for number in range(12, 20)])
    # The files of the newest batches are gone by the time that they are asked for.
    other = Tables(tmp_path)
    other.compact(other.batches()[1], fan=2)
    index.refresh(tables, tables.batches()[1])
    assert index.maybe("article", _articles(range(20))).all()
    assert not index.maybe("article", _articles(range(20, 200))).any()


def test_an_empty_archive_has_nothing(tmp_path: Path) -> None:
    tables, index = Tables(tmp_path), Index()
    tables.create()
    index.refresh(tables, tables.batches()[1])
    assert not index.maybe("document", _articles(range(5))).any()
