"""Documents to windows: where a long text may be cut before its sentences are known."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

# Word pieces in a window. Longer ones cost more than they tell; sentences longer than this are cut.
LIMIT = 160
HARD_LIMIT = 400

_CLOSERS = frozenset("\"'”’)]»")
_ENDS = frozenset((".", "!", "?", "…", "...", "。"))


def cut(
    words: Sequence[str], sizes: Sequence[int], breaks: Sequence[bool], starts: Sequence[bool | None]
) -> Iterator[tuple[int, int]]:
    """Yield (start, end) of the windows of a text.

    Args:
        words: the words of the text.
        sizes: the number of word pieces of each word.
        breaks: whether a word begins a paragraph; no sentence crosses that.
        starts: whether a word begins a sentence, where that is known beforehand; else None.
    """
    if not words:
        return
    safe = [0]
    for i in range(1, len(words)):
        if starts[i] or (breaks[i] and starts[i] is None) or (starts[i] is None and looks_like_start(words, i)):
            safe.append(i)
    safe.append(len(words))
    # Windows of like size: the last sentences of an article are seen beside as much of it as all others.
    whole = sum(sizes)
    room = whole / -(-whole // LIMIT)
    begin, edge, before = 0, room, 0
    for one, other in pairwise(safe):
        size = sum(sizes[one:other])
        if one > begin and before + size / 2 > edge:
            yield from _bounded(begin, one, sizes)
            begin = one
            edge = max(edge + room, before + room / 2)
        before += size
    yield from _bounded(begin, len(words), sizes)


def looks_like_start(words: Sequence[str], i: int) -> bool:
    """A full stop before, maybe with a closing quotation mark, and a capital or an opening mark here."""
    before = words[i - 1]
    if before in _CLOSERS and i >= 2:
        before = words[i - 2]
    return before in _ENDS and not words[i][0].islower() and words[i] not in _CLOSERS


def _bounded(begin: int, end: int, sizes: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Cut a window that is far too long wherever the limit falls: it is hardly prose."""
    start, used = begin, 0
    for i in range(begin, end):
        if used + sizes[i] > HARD_LIMIT:
            yield start, i
            start, used = i, 0
        used += sizes[i]
    if start < end:
        yield start, end
