from __future__ import annotations

import csv
import io
from datetime import date, datetime
from pathlib import Path

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyarrow import parquet

from dragoman.sources import Item, Options, RawArticle, Refusal, open_source

DAY = date(2001, 8, 13)
TEXT = "The two parties signed an agreement in Ohrid on Monday, and the envoys of both unions praised it."


def _items(folder: Path, name: str, data: str | bytes, options: Options | None = None) -> list[Item]:
    file = folder / name
    file.write_bytes(data.encode() if isinstance(data, str) else data)
    return list(open_source(file, options))


def _articles(items: list[Item]) -> list[RawArticle]:
    return [item.content for item in items if isinstance(item.content, RawArticle)]


def _refusals(items: list[Item]) -> list[str]:
    return [str(item.content) for item in items if isinstance(item.content, Refusal)]


@pytest.mark.parametrize(("name", "delimiter"), [("n.csv", ","), ("n.csv", ";"), ("n.tsv", "\t"), ("n.csv", "|")])
def test_a_table_is_read_by_its_header(tmp_path: Path, name: str, delimiter: str) -> None:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter)
    writer.writerows(
        [["ID", "Title", "Date", "Text", "Views"], [7, 'The "accord"', "2001-08-13", f"{TEXT}\n\n{TEXT}", 3]]
    )
    (article,) = _articles(_items(tmp_path, name, out.getvalue()))
    assert (article.external_id, article.title, article.published) == ("7", 'The "accord"', DAY)
    assert article.text == f"{TEXT}\n\n{TEXT}"


def test_columns_with_other_names_are_mapped(tmp_path: Path) -> None:
    options = Options(columns={"text": "story", "published": "tag"})
    (article,) = _articles(_items(tmp_path, "n.csv", f'story,tag\n"{TEXT}",2001-08-13\n', options))
    assert (article.text, article.published) == (TEXT, DAY)


@pytest.mark.parametrize("name", ["n.csv", "n.parquet"])
def test_a_column_that_is_not_there_is_named(tmp_path: Path, name: str) -> None:
    data: str | bytes = "story,tag\na,b\n"
    if name.endswith("parquet"):
        data = _parquet(pa.table({"story": ["a"], "tag": ["b"]}))
    (words,) = _refusals(_items(tmp_path, name, data, Options(columns={"text": "body"})))
    assert "“body”" in words
    assert "story, tag" in words


def test_a_bad_row_is_named_by_its_line_and_those_after_it_are_read(tmp_path: Path) -> None:
    rows = [
        "published,text",
        f'2001-08-13,"{TEXT}"',
        f'2001-08-13,"{TEXT} A quotation mark is left open here.',
        f'2001-08-13,"{TEXT}"',
        "2001-08-13,too,many,fields",
        "",
        f'2001-08-13,"{TEXT}',
        'And a line more."',
        f'soon,"{TEXT}"',
        f'2001-08-13,"{TEXT}"',
    ]
    items = _items(tmp_path, "n.csv", "\n".join(rows))
    assert [(item.origin.record, type(item.content).__name__) for item in items] == [
        (2, "RawArticle"), (3, "Refusal"), (4, "RawArticle"), (5, "Refusal"), (7, "RawArticle"), (9, "Refusal"),
        (10, "RawArticle"),
    ]  # fmt: skip
    assert "n.csv, line 3: " in _refusals(items)[0]


def test_a_quotation_mark_left_open_to_the_end_costs_one_row(tmp_path: Path) -> None:
    row = f"2001-08-13,{TEXT.replace(',', '')}"
    items = _items(tmp_path, "n.csv", "\n".join(["published,text", row, f'2001-08-13,"{TEXT}', *[row] * 50]))
    assert len(_articles(items)) == 51
    assert len(_refusals(items)) == 1


def _parquet(table: pa.Table) -> bytes:
    out = io.BytesIO()
    parquet.write_table(table, out)
    return out.getvalue()


@pytest.mark.parametrize("published", ["2001-08-13", DAY, datetime(2001, 8, 13, 18, 30)])
def test_parquet_is_read_with_days_as_it_keeps_them(tmp_path: Path, published: object) -> None:
    table = pa.table({"text": [TEXT, None, TEXT], "published": [published, published, None], "views": [1, 2, 3]})
    items = _items(tmp_path, "n.parquet", _parquet(table))
    (article,) = _articles(items)
    assert article.published == DAY
    assert ["row 2" in words or "row 3" in words for words in _refusals(items)] == [True, True]


def test_damaged_parquet_is_named(tmp_path: Path) -> None:
    data = _parquet(pa.table({"text": [TEXT] * 1000, "published": [str(DAY)] * 1000}))
    for broken in (data[:-10], data[: len(data) // 2], b"PAR1" + data[200:], b"", b"PAR1PAR1"):
        assert _refusals(_items(tmp_path, "n.parquet", broken))[-1].startswith(str(tmp_path / "n.parquet"))


@given(st.binary(max_size=400) | st.text('ab",;\n\r\0"', max_size=200).map(str.encode))
def test_any_bytes_as_a_table_are_read_or_refused(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    folder = tmp_path_factory.mktemp("tables")
    for name in ("n.csv", "n.parquet", "n.tsv.gz"):
        assert all(isinstance(item.content, RawArticle | Refusal) for item in _items(folder, name, data))
    table = _items(folder, "n.csv", b"published,text\n2001-08-13," + TEXT.replace(",", "").encode() + b"\n" + data)
    assert isinstance(table[0].content, RawArticle)
