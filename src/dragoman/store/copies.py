"""Near-copies: the same wire text in several papers, with a head cut off, a line added, a name spelt otherwise.

MinHash (Broder 1997) over shingles of words, cut into bands (locality-sensitive hashing): of two articles that share
0.6 of their shingles 97 in 100 share a band, at 0.7 all but one in 700, at 0.3 one in six. Those that do are then
compared by their whole signatures. The hashes are kept in the archive, so they must be the same for ever: a page of
numpy that nobody updates, where a library (datasketch) may change its own with any release, and brings scipy with it.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

# Words that make a shingle: long enough that two articles on one event share few by chance.
SHINGLE = 4
BANDS, ROWS = 24, 4
#: At least this share of the bands' rows must agree, an estimate of the Jaccard likeness of the shingles.
LEAST = 0.6
#: Copies are printed within days; a text of another year that returns is an anniversary.
DAYS = 14
# Shorter texts (bulletins, market lines) are alike without being copies.
_FEWEST_SHINGLES = 20
_WORD = re.compile(r"\w+")

Hashes = npt.NDArray[np.uint64]


def bands(text: str) -> tuple[int, ...]:
    """The signature of a text: BANDS × ROWS minimum hashes of 32 bits, two to a number. Empty for very short texts."""
    words = _WORD.findall(text.casefold())
    shingles = {" ".join(words[start : start + SHINGLE]) for start in range(len(words) - SHINGLE + 1)}
    if len(shingles) < _FEWEST_SHINGLES:
        return ()
    hashes = np.array([_hash(shingle) for shingle in shingles], dtype=np.uint64)
    factors, offsets = _permutations()
    # (permutations, shingles): products of two 31-bit numbers fit into 64 bits.
    signature = ((factors[:, None] * hashes[None, :] + offsets[:, None]) % np.uint64(_MODULUS)).min(axis=1)
    packed = (signature[0::2] << np.uint64(32)) | signature[1::2]
    return tuple(int(number) for number in packed.astype(np.int64))


# A prime below 2**31: factor × hash + offset stays below 2**63.
_MODULUS = (1 << 31) - 1


def _hash(shingle: str) -> int:
    return int.from_bytes(hashlib.blake2b(shingle.encode(), digest_size=4).digest(), "big") & 0x7FFFFFFF


@cache
def _permutations() -> tuple[Hashes, Hashes]:
    """Factors and offsets of the permutations; derived by hashing, so that no generator of numbers can change them."""
    numbers = [
        int.from_bytes(hashlib.blake2b(f"dragoman {index}".encode(), digest_size=8).digest(), "big") % (_MODULUS - 1)
        for index in range(2 * BANDS * ROWS)
    ]
    half = BANDS * ROWS
    return np.array(numbers[:half], dtype=np.uint64) + np.uint64(1), np.array(numbers[half:], dtype=np.uint64)


def likeness(one: Sequence[int], other: Sequence[int]) -> float:
    """The share of minimum hashes that agree: an estimate of the Jaccard likeness, to within about 0.05."""
    left, right = np.array(one, dtype=np.int64), np.array(other, dtype=np.int64)
    both = left ^ right
    low = (both & np.int64(0xFFFFFFFF)) == 0
    high = (both >> np.int64(32)) == 0
    return float((low.sum() + high.sum()) / (2 * len(left)))


def link(connection: Any, batches: Sequence[str], versions: str) -> list[dict[str, Any]]:
    """Pairs of near-copies of which at least one article came in with these batches, as rows of `copies`.

    One question for all of them: the bands of the new articles are joined with those of the archive, within DAYS of
    publication. Pairs of one document are revisions of each other, no copies.
    """
    connection.register("fresh", pa.table({"batch": pa.array(batches, pa.string())}))
    width = ROWS // 2  # numbers of a band, two hashes in each
    pairs = connection.execute(
        f"""
        WITH days AS (
            SELECT min(published) - {DAYS} AS first, max(published) + {DAYS} AS last
            FROM articles SEMI JOIN fresh USING (batch)
        ),
        every AS (
            SELECT article, document, published, batch, band,
                   list_slice(bands, band * {width} + 1, (band + 1) * {width}) AS hashes
            FROM articles, range({BANDS}) AS r(band), days
            WHERE len(bands) > 0 AND published BETWEEN days.first AND days.last
        ),
        pairs AS (
            SELECT DISTINCT least(one.article, two.article) AS article, greatest(one.article, two.article) AS other
            FROM (SELECT * FROM every SEMI JOIN fresh USING (batch)) AS one
            JOIN every AS two ON one.band = two.band AND one.hashes = two.hashes
            WHERE one.article <> two.article AND one.document <> two.document
              AND abs(date_diff('day', one.published, two.published)) <= {DAYS}
        )
        SELECT p.article, p.other, one.bands, two.bands
        FROM pairs AS p
        JOIN articles AS one ON one.article = p.article
        JOIN articles AS two ON two.article = p.other
        WHERE NOT EXISTS (SELECT 1 FROM copies AS c WHERE c.article = p.article AND c.other = p.other)
        ORDER BY p.article, p.other
        """
    ).fetchall()
    found = []
    for article, other, one, two in pairs:
        alike = likeness(one, two)
        if alike >= LEAST:
            found.append({"article": article, "batch": None, "versions": versions, "other": other, "likeness": alike})
    return found


@dataclass(frozen=True, slots=True)
class Stories:
    """Articles that are near-copies of each other, by the story that they are copies of.

    A story is named after its first article (by day, then id), whatever came into the archive first.

    Attributes:
        story: for each article that has copies, the story's id.
    """

    story: Mapping[str, str]

    @classmethod
    def of(cls, connection: Any) -> Stories:
        """The stories of an archive."""
        pairs = connection.execute("SELECT article, other FROM copies").fetchall()
        if not pairs:
            return cls({})
        days = connection.execute(
            "SELECT article, published FROM articles WHERE article IN "
            "(SELECT article FROM copies UNION SELECT other FROM copies)"
        ).fetchall()
        return cls(_stories(pairs, dict(days)))

    def table(self) -> pa.Table:
        """The stories as a table: article, story."""
        return pa.table(
            {
                "article": pa.array(self.story.keys(), pa.string()),
                "story": pa.array(self.story.values(), pa.string()),
            }
        )

    def articles(self, article: str) -> tuple[str, ...]:
        """All articles of the story that an article belongs to, itself included."""
        story = self.story.get(article)
        if story is None:
            return (article,)
        return tuple(sorted(key for key, value in self.story.items() if value == story))


def _stories(pairs: Iterable[tuple[str, str]], days: Mapping[str, Any]) -> dict[str, str]:
    """Connected components: union by name, so that the result does not depend on the order of the pairs."""
    parent: dict[str, str] = {}

    def root(key: str) -> str:
        while parent.setdefault(key, key) != key:
            parent[key] = parent[parent[key]]
            key = parent[key]
        return key

    for one, other in pairs:
        if one in days and other in days:  # a replaced reading's article may be gone from the present
            first, second = sorted((root(one), root(other)), key=lambda key: (days[key], key))
            parent[second] = first
    return {key: root(key) for key in sorted(parent)}
