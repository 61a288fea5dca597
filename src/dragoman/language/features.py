"""What the encoder sees of a word beside its pieces: features that training and reading must compute alike."""

from __future__ import annotations

from functools import lru_cache

CASE_CLASSES = 8
BREAK_CLASSES = 2

# Longer words are seen by their first pieces only: a thousand letters without a space are no language.
MAX_PIECES_A_WORD = 12


@lru_cache(maxsize=1 << 16)
def case_class(word: str) -> int:
    """The class of a word by the case of its letters: what an uncased vocabulary loses.

    0 padding, 1 no letter, 2 digits, 3 lower case, 4 Title, 5 one capital, 6 CAPITALS, 7 miXed.
    """
    letters = [character for character in word if character.isalpha()]
    if not letters:
        return 2 if any(character.isdigit() for character in word) else 1
    upper = sum(character.isupper() for character in letters)
    if upper == 0:
        return 3
    if upper == len(letters):
        return 5 if upper == 1 else 6
    return 4 if upper == 1 and letters[0].isupper() else 7
