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
    """Write the ids, sorted; gives how many. Those of another shape are left out, and simply read again.

    Args:
        articles: ids as text, in pieces.
    """
    parts = [_packed(part) for part in articles]
    ids = np.unique(np.concatenate(parts)) if parts else np.empty(0, f"S{_BYTES}")
    np.save(path, ids)
    return len(ids)


def _packed(ids: pa.Array) -> npt.NDArray[np.bytes_]:
    """Ids as ten bytes each. *Shape:* (ids of that shape,)."""
    fitting = ids.filter(pc.match_substring_regex(ids, _ID))
    digits = "".join(fitting.to_pylist())
    return np.frombuffer(bytes.fromhex(digits), dtype=f"S{_BYTES}")


class KnownArticles:
    """Which articles need not be read."""

    def __init__(self, path: Path) -> None:
        self._ids = np.load(path, mmap_mode="r")

    def __contains__(self, article: str) -> bool:
        try:
            wanted = np.bytes_(bytes.fromhex(article))
        except ValueError:
            return False
        place = int(np.searchsorted(self._ids, wanted))
        return place < len(self._ids) and bool(self._ids[place] == wanted)
