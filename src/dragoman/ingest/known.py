"""The articles that an archive has, as a file that all workers map into memory: ten bytes an article."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import numpy as np

# An article's id is twenty hexadecimal digits.
_BYTES = 10


def write_known(path: Path, articles: Iterable[bytes]) -> int:
    """Write the ids, sorted; gives how many. Ids of another length are left out, and simply read again."""
    joined = b"".join(article for article in articles if len(article) == _BYTES)
    ids = np.sort(np.frombuffer(joined, dtype=f"S{_BYTES}")) if joined else np.empty(0, f"S{_BYTES}")
    np.save(path, ids)
    return len(ids)


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
