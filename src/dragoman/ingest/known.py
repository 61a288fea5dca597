"""The articles that an archive has, as a file that all workers map into memory: ten bytes an article."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

# An article's id is twenty hexadecimal digits.
_BYTES = 10
_ID = r"^[0-9a-f]{20}$"


def write_known(path: Path, articles: Iterable[pa.Array]) -> int:
    """Write the ids, sorted; gives how many, those that come twice counted twice. What is no id is left out.

    Args:
        articles: ids as text, in pieces.
    """
    parts = [_packed(part) for part in articles]
    ids = np.concatenate(parts) if parts else np.empty(0, f"S{_BYTES}")
    ids.sort()
    np.save(path, ids)
    return len(ids)


def _packed(ids: pa.Array) -> npt.NDArray[np.bytes_]:
    """Ids as ten bytes each. *Shape:* (ids of that shape,)."""
    fitting = ids.filter(pc.match_substring_regex(ids, _ID))
    # What a filter gives lies in one piece, from the start.
    digits = fitting.buffers()[2].to_pybytes()[: 2 * _BYTES * len(fitting)] if len(fitting) else b""
    return np.frombuffer(bytes.fromhex(digits.decode("ascii")), dtype=f"S{_BYTES}")


class KnownArticles:
    """Which articles need not be read."""

    def __init__(self, path: Path) -> None:
        self._ids = np.load(path, mmap_mode="r")

    def __contains__(self, article: str) -> bool:
        try:
            # As an array has it: NumPy takes zeros at the end of bytes for padding, in some places and not in others.
            wanted = np.array([bytes.fromhex(article)], dtype=f"S{_BYTES}")
        except ValueError:
            return False
        place = int(np.searchsorted(self._ids, wanted)[0])
        return len(article) == 2 * _BYTES and bool((self._ids[place : place + 1] == wanted).any())
