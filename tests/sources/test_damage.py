from __future__ import annotations

from pathlib import Path

import pytest

from dragoman.sources import RawArticle, open_source
from tests.sources.damage import fill, lost, read_all, unnamed


@pytest.mark.slow
def test_of_a_thousand_damaged_inputs_each_is_named_and_no_good_article_is_lost(tmp_path: Path) -> None:
    corpus, items = read_all(tmp_path)
    assert len(corpus.kinds) == 1000
    assert unnamed(corpus, items) == []
    assert lost(corpus, items) == set()


def test_one_of_each_kind_in_a_folder_is_named_in_the_same_order_every_time(tmp_path: Path) -> None:
    corpus = fill(tmp_path, 70, large=False)
    items = list(open_source(tmp_path))
    assert unnamed(corpus, items) == []
    assert lost(corpus, items) == set()
    again = list(open_source(tmp_path))
    assert [(item.origin, str(item.content)) for item in again] == [(item.origin, str(item.content)) for item in items]
    middle = len(items) // 2
    rest = list(open_source(tmp_path, after=items[middle].origin))
    assert [item.origin for item in rest] == [item.origin for item in items[middle + 1 :]]
    assert any(isinstance(item.content, RawArticle) for item in rest)
