from __future__ import annotations

from datetime import date

import pytest
from sample_reading import sample_reading

from dragoman.presentation.tables import COLUMNS, event_rows, to_arrow, to_pandas


def test_a_row_an_event_with_names_days_and_place() -> None:
    rows = list(event_rows([sample_reading()]))
    assert [row["type"] for row in rows] == ["SUPPORT", "CONCEDE", "AGREE"]
    assert tuple(rows[0]) == COLUMNS
    assert rows[0]["actor_names"] == "Ethiopia; Eritrea"
    assert rows[0]["earliest"] == "2000-12-12"
    assert rows[0]["country"] == "DZA"
    assert rows[1]["earliest"] is None


def test_arrow_has_typed_columns() -> None:
    pa = pytest.importorskip("pyarrow")
    table = to_arrow([sample_reading()])
    assert table.schema.field("earliest").type == pa.date32()
    assert table.schema.field("actors").type == pa.list_(pa.string())
    assert table.column("earliest").to_pylist() == [date(2000, 12, 12), None, date(1999, 1, 1)]


def test_no_reading_gives_an_empty_table_with_the_same_columns() -> None:
    pytest.importorskip("pyarrow")
    assert to_arrow([]).schema == to_arrow([sample_reading()]).schema


def test_pandas_gets_the_same_rows() -> None:
    pytest.importorskip("pandas")
    frame = to_pandas([sample_reading()])
    assert list(frame["cameo"]) == ["057", "0841", "039"]
