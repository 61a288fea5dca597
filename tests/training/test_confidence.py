"""What confidence is grown on beside whole texts: paragraphs that name everybody who acts in them."""

from __future__ import annotations

from pathlib import Path

import pytest

pytest.importorskip("lightgbm")

from benchmarks.marked import read_dispatches
from training.confidence import passages


def test_a_paragraph_is_read_by_itself_where_it_names_everybody_who_acts_in_it(tmp_path: Path) -> None:
    path = tmp_path / "some.txt"
    path.write_text(
        "## one\ndate: 1994-05-31\nstyle: wire\nTogo met Chad.\nIt left.\nNiger rested.\n", encoding="utf-8"
    )
    path.with_suffix(".events").write_text(
        "## one\nCONSULT | met | Togo / Chad | - | -\nRETREAT | left | Togo | - | -\n", encoding="utf-8"
    )
    (dispatch,) = read_dispatches(path)
    (alone,) = passages(dispatch)
    assert alone.text == "Togo met Chad."
    assert [(event.type, alone.text[slice(*event.trigger)]) for event in alone.events or ()] == [("CONSULT", "met")]
