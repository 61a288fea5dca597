"""Words to word pieces: one tokenizer, shared by all networks that read the same vocabulary."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from tokenizers import Tokenizer

from dragoman.language.features import MAX_PIECES_A_WORD

_MOST_KEPT = 200_000


class WordPieces:
    """The tokenizer with what it has cut before.

    Args:
        folder: where `tokenizer.json` lies.
    """

    def __init__(self, folder: Path) -> None:
        self.tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._unknown = int(self.tokenizer.token_to_id("[UNK]") or 0)
        self._known: dict[str, tuple[int, ...]] = {}

    def __call__(self, word: str) -> tuple[int, ...]:
        """The ids of the word pieces of a word; at least one, at most `MAX_PIECES_A_WORD`."""
        known = self._known.get(word)
        if known is None:
            # Text without spaces may be megabytes long; more than a few hundred letters tell nothing.
            ids = self.tokenizer.encode(word[:200], add_special_tokens=False).ids[:MAX_PIECES_A_WORD]
            known = tuple(ids) or (self._unknown,)
            if len(self._known) > _MOST_KEPT:
                self._known.clear()
            self._known[word] = known
        return known


@cache
def word_pieces(folder: Path) -> WordPieces:
    """The tokenizer of a folder, loaded once."""
    return WordPieces(folder)
