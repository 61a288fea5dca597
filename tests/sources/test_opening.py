from __future__ import annotations

import json
import os
import pickle
from pathlib import Path

import pytest

from dragoman.sources import Document, Item, Origin, RawArticle, find_documents, open_source, read_document

TEXT = "The two parties signed an agreement in Ohrid on Monday, and the envoys of both unions praised it. This is {}."


def _news(folder: Path) -> Path:
    folder.mkdir()
    lines = [json.dumps({"text": TEXT.format(number), "published": "2001-08-13"}) for number in range(5)]
    lines[2] = "{broken"
    (folder / "b.jsonl").write_text("\n".join(lines))
    for name in ("a", "c", "d"):
        (folder / f"{name}.txt").write_text(f"date 2001-08-13 {TEXT.format(name)}")
    return folder


def _plain(item: Item) -> tuple[Origin, str]:
    """Errors are equal to themselves alone, so compared is what they say."""
    return item.origin, str(item.content)


def test_a_run_that_stopped_anywhere_goes_on_after_the_last_item(tmp_path: Path) -> None:
    folder = _news(tmp_path / "news")
    items = list(open_source(folder))
    assert len(items) == 8
    for index, item in enumerate(items):
        rest = open_source(folder, after=item.origin)
        assert list(map(_plain, rest)) == list(map(_plain, items[index + 1 :]))


def test_a_run_goes_on_even_if_the_file_where_it_stopped_is_gone(tmp_path: Path) -> None:
    folder = _news(tmp_path / "news")
    *_, last, _, _ = open_source(folder)
    (folder / "b.jsonl").unlink()
    assert [Path(item.origin.file).name for item in open_source(folder, after=last.origin)] == ["c.txt", "d.txt"]


def test_places_grow_within_a_file(tmp_path: Path) -> None:
    origins = [item.origin for item in open_source(_news(tmp_path / "news"))]
    assert origins == sorted(origins, key=lambda origin: (origin.file, origin.record))
    assert len({(origin.file, origin.record) for origin in origins}) == len(origins)


def test_both_halves_can_be_sent_to_another_process(tmp_path: Path) -> None:
    for found in find_documents(_news(tmp_path / "news")):
        assert isinstance(found, Document)
        item = read_document(pickle.loads(pickle.dumps(found)))
        again = pickle.loads(pickle.dumps(item))
        assert (again.origin, str(again.content)) == (item.origin, str(item.content))


def test_a_glob_stands_for_its_files_by_name(tmp_path: Path) -> None:
    folder = _news(tmp_path / "news")
    found = [Path(item.origin.file).name for item in open_source(str(folder / "*.txt"))]
    assert found == ["a.txt", "c.txt", "d.txt"]


def test_a_file_whose_name_is_not_text_is_read_and_can_be_named(tmp_path: Path) -> None:
    name = os.path.join(os.fsencode(tmp_path), b"caf\xe9.txt")
    try:
        with open(name, "wb") as file:
            file.write(b"date 2001-08-13 " + TEXT.encode())
    except OSError:
        pytest.skip("this file system takes no such names")
    (item,) = open_source(tmp_path)
    assert isinstance(item.content, RawArticle)
    assert item.origin.file.encode("utf-8").endswith(rb"caf\xe9.txt")
    assert not list(open_source(tmp_path, after=item.origin))


@pytest.mark.parametrize("pattern", ["*.pdf", "nothing"])
def test_what_is_not_there_is_named(tmp_path: Path, pattern: str) -> None:
    (item,) = open_source(tmp_path / pattern)
    assert not isinstance(item.content, RawArticle)
    assert pattern in str(item.content)
