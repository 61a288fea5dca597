from __future__ import annotations

import io
import json
import sys
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.errors import ArticleError, FormatError
from dragoman.sources import Options, RawArticle, Refusal, open_source
from dragoman.sources.text import read_text, split_front_matter

DAY = date(2001, 8, 13)
TEXT = "The two parties signed an agreement in Ohrid on Monday, and the envoys of both unions praised it."


def _read(*paths: Path | str, published: date | None = None) -> list[RawArticle | Refusal]:
    options = Options(published=published)
    return [item.content for path in paths for item in open_source(path, options)]


def test_front_matter_between_dashes_tells_day_title_and_source(tmp_path: Path) -> None:
    file = tmp_path / "article.txt"
    file.write_text(f'---\ntitle: "Signed: at last"\npublished: 13 August 2001\nsource: Wire\ntags: [a]\n---\n{TEXT}\n')
    (article,) = _read(file)
    assert isinstance(article, RawArticle)
    assert (article.title, article.published, article.source, article.text) == ("Signed: at last", DAY, "Wire", TEXT)


def test_head_lines_without_dashes_are_front_matter_too() -> None:
    fields, text = split_front_matter(f"Title: Signed\nDate: 2001-08-13\n\n{TEXT}")
    assert fields == {"title": "Signed", "published": "2001-08-13"}
    assert text == TEXT


@pytest.mark.parametrize(
    "text", ["Warning: the road is closed.\n\nMore.", "---\n\nA rule, then text.", "Title: but no end"]
)
def test_text_that_only_looks_like_front_matter_stays(text: str) -> None:
    assert split_front_matter(text) == ({}, text)


def test_a_broken_front_matter_is_named_by_its_line() -> None:
    with pytest.raises(FormatError, match="line 3"):
        read_text(f"---\ntitle: x\njust words here\n---\n{TEXT}".encode())


@pytest.mark.parametrize("data", [b"\x89PNG\r\n\x1a\n", b"%PDF-1.7 text", bytes(range(256)) * 4])
def test_a_picture_or_other_binary_file_is_refused(data: bytes) -> None:
    with pytest.raises(FormatError, match="not text"):
        read_text(data, published=DAY)


def test_json_lines_give_what_they_hold_and_bad_lines_are_named(tmp_path: Path) -> None:
    good = {
        "text": TEXT,
        "published": "2001-08-13",
        "id": 7,
        "title": "Signed",
        "url": "https://example.org",
        "source": "W",
    }
    lines = [
        json.dumps(good),
        '{"text": "cut off in the mid',
        "",
        json.dumps({"text": TEXT}),
        json.dumps(["no", "object"]),
        json.dumps({"published": "2001-08-13"}),
        json.dumps({"text": TEXT, "published": "13/08/2001"}),
        json.dumps({"text": TEXT, "published": "2001-08-13", "spans": [[4, "x"]]}),
        '{"text": ' + "[" * 100_000,
        json.dumps({"text": TEXT, "published": "2001-08-13", "spans": [{"start": 0, "end": 15}, [39, 44]]}),
    ]
    file = tmp_path / "news.jsonl"
    file.write_text("\n".join(lines), encoding="utf-8")
    found = _read(file)
    assert [isinstance(article, RawArticle) for article in found] == [True, *[False] * 7, True]
    first, last = found[0], found[-1]
    assert isinstance(first, RawArticle)
    assert isinstance(last, RawArticle)
    assert (first.external_id, first.title, first.url, first.source) == ("7", "Signed", "https://example.org", "W")
    assert [last.text[start:end] for start, end in last.spans] == ["The two parties", "Ohrid"]
    refused = [article for article in found if isinstance(article, Refusal)]
    assert [refusal.origin for refusal in refused] == [f"{file}, line {number}" for number in (2, 4, 5, 6, 7, 8, 9)]
    assert "JSON" in str(refused[0])
    assert all(isinstance(refusal.error, ArticleError) for refusal in refused)


def test_a_given_day_serves_the_lines_without_one(tmp_path: Path) -> None:
    file = tmp_path / "news.jsonl"
    file.write_text(json.dumps({"text": TEXT}) + "\n" + json.dumps({"text": TEXT, "published": "1999-01-01"}))
    days = [article.published for article in _read(file, published=DAY) if isinstance(article, RawArticle)]
    assert days == [DAY, date(1999, 1, 1)]


def test_a_json_file_may_hold_one_article_or_an_array(tmp_path: Path) -> None:
    one, several = tmp_path / "one.json", tmp_path / "several.json"
    one.write_text(json.dumps({"text": TEXT, "published": "2001-08-13"}, indent=2))
    several.write_text(json.dumps([{"text": TEXT, "published": "2001-08-13"}, {"text": ""}], indent=2))
    assert [type(article) for article in _read(one, several)] == [RawArticle, RawArticle, Refusal]


def test_a_folder_stands_for_its_files_by_name(tmp_path: Path) -> None:
    for name in ("b.txt", "a.md", "c/d.txt"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(f"date 2001-08-13 {TEXT} This is {name[0]}.")
    (tmp_path / "README.md").write_text("About these files.")
    (tmp_path / "picture.png").write_bytes(b"\x89PNG")
    assert [article.text[-2] for article in _read(tmp_path) if isinstance(article, RawArticle)] == ["a", "b", "c"]


def test_what_is_missing_or_empty_is_named_and_the_rest_is_read(tmp_path: Path) -> None:
    good = tmp_path / "good.txt"
    good.write_text(TEXT)
    (tmp_path / "empty").mkdir()
    found = _read(tmp_path / "nowhere.txt", tmp_path / "empty", good, published=DAY)
    assert [type(article) for article in found] == [Refusal, Refusal, RawArticle]
    assert "nowhere.txt" in str(found[0])


def test_standard_input_may_be_text_or_json_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    for data in (f"date 2001-08-13 {TEXT}", json.dumps({"text": TEXT, "published": "2001-08-13"})):
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(data.encode())))
        (article,) = _read("-")
        assert isinstance(article, RawArticle)
        assert (article.text, article.published) == (TEXT, DAY)


@given(st.binary(max_size=300) | st.text('{}[]",:\\ntxe5\0 \n', max_size=100).map(str.encode))
def test_any_bytes_in_a_file_are_read_or_refused(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    folder = tmp_path_factory.mktemp("files")
    for name in ("a.txt", "b.json", "c.jsonl", "d.jsonl.gz", "e.txt.bz2", "f.json.zst", "g"):
        (folder / name).write_bytes(data)
        found = [item.content for item in open_source(folder / name)]
        assert found
        assert all(isinstance(content, RawArticle | Refusal) for content in found)


def test_without_the_extra_its_kinds_are_refused_and_the_rest_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for library in ("trafilatura", "pypdf", "feedparser", "warcio", "pyarrow", "zstandard", "httpx"):
        monkeypatch.setitem(sys.modules, library, None)
    zstandard_magic = b"\x28\xb5\x2f\xfd"
    for name, data in {
        "a.html": b"<html>", "b.pdf": b"%PDF-", "c.xml": b"<rss>", "d.warc": b"WARC/1.0", "e.parquet": b"PAR1",
        "f.txt.zst": zstandard_magic, "g.txt": TEXT.encode(),
    }.items():  # fmt: skip
        (tmp_path / name).write_bytes(data)
    *refused, read = _read(tmp_path, "https://example.org", published=DAY)[:7]
    assert len(refused) == 6
    assert all("pip install '.[sources]'" in str(refusal) for refusal in refused)
    assert isinstance(read, RawArticle)
    (web,) = _read("https://example.org")
    assert "pip install '.[sources]'" in str(web)


def test_the_seed_article_is_read_without_its_marker() -> None:
    seed = Path(__file__).parents[3] / "shared" / "seed" / "article.txt"
    if not seed.exists():
        pytest.skip("the seed article is not beside this checkout")
    (article,) = _read(seed)
    assert isinstance(article, RawArticle)
    assert article.published == date(2022, 3, 21)
    assert article.text.startswith("NATO Secretary-General")
    assert article.text.endswith("tourism ties.")
