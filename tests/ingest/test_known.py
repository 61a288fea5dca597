from __future__ import annotations

import re
import tempfile
from pathlib import Path

import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from dragoman.ingest.known import KnownArticles, write_known

_IDS = st.text("0123456789abcdef", min_size=20, max_size=20)


@given(st.lists(_IDS, max_size=40), st.lists(st.text("0123456789abcdefg", max_size=25), max_size=5), _IDS)
def test_what_is_known_is_known_and_what_is_no_id_is_left_out(ids: list[str], others: list[str], strange: str) -> None:
    others = [other for other in others if not re.fullmatch("[0-9a-f]{20}", other)]
    half = len(ids) // 2
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "known.npy"
        pieces = [pa.array([*ids[:half], *others], pa.string()), pa.array(ids[half:], pa.string())]
        assert write_known(path, pieces) == len(ids)
        known = KnownArticles(path)
        assert all(one in known for one in ids)
        assert (strange in known) == (strange in ids)
        assert not any(other in known for other in others)
