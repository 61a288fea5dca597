"""Near-copies: the same wire text in several papers, with a head cut off, a line added, a name spelt otherwise.

MinHash (Broder 1997) over shingles of words, cut into bands (locality-sensitive hashing): of two articles that share
0.6 of their shingles 97 in 100 share a band, at 0.7 all but one in 700, at 0.3 one in six. Those that do are then
compared by their whole signatures. The hashes are kept in the archive, so they must be the same for ever: a page of
numpy that nobody updates, where a library (datasketch) may change its own with any release, and brings scipy with it.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from dragoman.store.schema import TABLES

if TYPE_CHECKING:
    from dragoman.store.snapshot import Snapshot

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

# So many new articles are looked for at once, and so many others pass them at once.
_AT_ONCE = 100_000
_PASSING = 8192
_MIX = np.uint64(0x9E3779B97F4A7C15)  # odd, with its bits all over: the golden ratio

Hashes = npt.NDArray[np.uint64]
Signatures = npt.NDArray[np.int64]


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
    return float(_likeness(np.array([one], dtype=np.int64), np.array([other], dtype=np.int64))[0])


def _likeness(one: Signatures, other: Signatures) -> npt.NDArray[np.float64]:
    """The same of many pairs. *Shape:* (pairs, BANDS * ROWS / 2) each; (pairs,)."""
    both = one ^ other
    low = (both & np.int64(0xFFFFFFFF)) == 0
    high = (both >> np.int64(32)) == 0
    found: npt.NDArray[np.float64] = (low.sum(axis=1) + high.sum(axis=1)) / (2 * one.shape[1])
    return found


def link(snapshot: Snapshot, batches: Sequence[str], versions: str) -> pa.Table:
    """Pairs of near-copies of which at least one article came in with these batches, as rows of `copies`.

    The new articles are taken some at a time, in the order of their days, and all that were published within DAYS of
    them stream past: what is held in memory is bounded, whatever the archive holds. Pairs of one document are
    revisions of each other, no copies.
    """
    days = "BETWEEN ? AND ?"
    # A connection answers one question at a time, and here two are read side by side.
    with closing(snapshot.connect()) as arriving, closing(snapshot.connect()) as passing:
        arriving.register("fresh", pa.table({"batch": pa.array(batches, pa.string())}))
        found = [_pairs([], [], [])]
        for first, last in _stretches(arriving):
            fresh = f"{_SIGNED} AND batch IN (SELECT batch FROM fresh) AND published {days}"
            new = _Arriving.of(arriving.sql(fresh, params=[first, last]).to_arrow_table())
            window = [first - timedelta(days=DAYS), last + timedelta(days=DAYS)]
            others = passing.sql(f"{_SIGNED} AND published {days}", params=window)
            found += [pairs for rows in others.to_arrow_reader(_PASSING) if (pairs := new.pairs(rows)).num_rows]
        # Where both are new, a pair is found from either side.
        arriving.register("pairs", pa.concat_tables(found))
        rows = arriving.sql(
            "SELECT DISTINCT article, NULL::VARCHAR AS batch, $versions AS versions, other, likeness FROM pairs "
            "ANTI JOIN copies USING (article, other) ORDER BY article, other",
            params={"versions": versions},
        )
        return rows.to_arrow_table().cast(TABLES["copies"])


def _stretches(connection: Any) -> Iterator[tuple[date, date]]:
    """Stretches of days of some _AT_ONCE new articles each; a day is never parted."""
    numbers = connection.execute(
        "SELECT published, count(*) FROM articles WHERE len(bands) > 0 AND batch IN (SELECT batch FROM fresh) "
        "GROUP BY published ORDER BY published"
    ).fetchall()
    first, held = None, 0
    for index, (day, number) in enumerate(numbers):
        first, held = first or day, held + number
        if held >= _AT_ONCE or index == len(numbers) - 1:
            yield first, day
            first, held = None, 0


_SIGNED = "SELECT article, document, published, bands FROM articles WHERE len(bands) > 0"


def _pairs(one: Sequence[str], other: Sequence[str], alike: Sequence[float]) -> pa.Table:
    texts = [pa.array(column, pa.string()) for column in (one, other)]
    return pa.table({"article": texts[0], "other": texts[1], "likeness": pa.array(alike, pa.float64())})


@dataclass(frozen=True, slots=True)
class _Arriving:
    """Articles that came in, and their bands in order, by which those of others are looked up.

    Attributes:
        signatures: *Shape:* (articles, BANDS * ROWS / 2).
        keys: a hash of each band, sorted. *Shape:* (articles * BANDS,).
        owners: whose band it is. *Shape:* (articles * BANDS,).
    """

    articles: npt.NDArray[np.object_]
    documents: npt.NDArray[np.object_]
    days: npt.NDArray[np.int32]
    signatures: Signatures
    keys: Hashes
    owners: npt.NDArray[np.int64]

    @classmethod
    def of(cls, rows: pa.Table) -> _Arriving:
        articles, documents, days, signatures = _columns(rows)
        keys = _band_keys(signatures)
        ordered = np.argsort(keys, kind="stable")
        every = np.arange(len(days))
        return cls(_texts(articles, every), _texts(documents, every), days, signatures, keys[ordered], ordered // BANDS)

    def pairs(self, rows: pa.RecordBatch) -> pa.Table:
        """Who of those that pass is a near-copy of one of these, the smaller id first."""
        articles, documents, days, signatures = _columns(rows)
        keys = _band_keys(signatures)
        first = np.searchsorted(self.keys, keys, "left")
        hits = np.flatnonzero(self.keys[np.minimum(first, len(self.keys) - 1)] == keys)
        # Each hit stands for a run of equal keys: all its places, one after another.
        first = first[hits]
        runs = np.searchsorted(self.keys, keys[hits], "right") - first
        places = np.repeat(first - np.cumsum(runs) + runs, runs) + np.arange(runs.sum())
        pairs = np.unique(np.stack([self.owners[places], np.repeat(hits // BANDS, runs)], axis=1), axis=0)
        mine, theirs = pairs[:, 0], pairs[:, 1]
        keep = np.abs(self.days[mine] - days[theirs]) <= DAYS
        mine, theirs = mine[keep], theirs[keep]
        keep = (self.articles[mine] != _texts(articles, theirs)) & (self.documents[mine] != _texts(documents, theirs))
        mine, theirs = mine[keep], theirs[keep]
        one, other = self.signatures[mine], signatures[theirs]
        # The keys are hashes: the bands themselves must be alike.
        alike = _likeness(one, other)
        keep = (alike >= LEAST) & (one == other).reshape(len(one), BANDS, ROWS // 2).all(axis=2).any(axis=1)
        names = [
            tuple(sorted(pair)) for pair in zip(self.articles[mine[keep]], _texts(articles, theirs[keep]), strict=True)
        ]
        return _pairs([name for name, _ in names], [name for _, name in names], alike[keep].tolist())


def _columns(rows: pa.RecordBatch | pa.Table) -> tuple[Any, Any, npt.NDArray[np.int32], Signatures]:
    """Articles and documents as Arrow has them, days as numbers, signatures. *Shape:* (rows,) and (rows, numbers)."""
    days = np.asarray(rows["published"].cast(pa.int32()))
    flat = pc.list_flatten(rows["bands"])
    signatures = np.asarray(flat, dtype=np.int64).reshape(len(days), BANDS * ROWS // 2)
    return rows["article"], rows["document"], days, signatures


def _texts(column: Any, places: npt.NDArray[np.int64]) -> npt.NDArray[np.object_]:
    return np.array(column.take(pa.array(places)).to_pylist(), dtype=object)


def _band_keys(signatures: Signatures) -> Hashes:
    """A hash of each band and its place. *Shape:* (articles * BANDS,)."""
    parts = signatures.view(np.uint64).reshape(len(signatures), BANDS, ROWS // 2)
    keys = np.arange(BANDS, dtype=np.uint64)[None, :] * _MIX
    for column in range(parts.shape[2]):
        keys = (keys ^ parts[:, :, column]) * _MIX
        keys ^= keys >> np.uint64(29)
    return keys.reshape(-1)


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
