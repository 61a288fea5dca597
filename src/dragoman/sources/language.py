"""Is it English?

English function words settle it for nearly every article, at no cost. Only where they are rare is the detector loaded:
py3langid, a small naive Bayes model over bytes that needs no network.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from dragoman.errors import LanguageError

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

# Words that English prose cannot do without and that few other languages share.
_FUNCTION_WORDS = frozenset(
    "the and of to that with for by from has have had were which their said would will is are was but not been after be"
    " its as at on".split()
)
# In English news sentences they are a quarter of the words, below 0.12 in one of sixteen; elsewhere they stay under
# 0.12.
_ENGLISH_SHARE = 0.15
# Below this probability of English the detector is believed: no English news sentence that we tried came below 0.14.
_FOREIGN = 0.02
# Three windows of this many characters tell as much as the whole of a long text.
_WINDOW = 4000

_WORD = re.compile(r"[^\W\d_]+")
_NAMES = {
    "ar": "Arabic", "de": "German", "el": "Greek", "es": "Spanish", "fa": "Persian", "fr": "French", "he": "Hebrew",
    "hi": "Hindi", "id": "Indonesian", "it": "Italian", "ja": "Japanese", "ko": "Korean", "nl": "Dutch", "pl": "Polish",
    "pt": "Portuguese", "ru": "Russian", "sv": "Swedish", "sw": "Swahili", "tr": "Turkish", "uk": "Ukrainian",
    "ur": "Urdu", "vi": "Vietnamese", "zh": "Chinese",
}  # fmt: skip


def check_english(text: str) -> None:
    """Pass if the text is in English, as far as can be told.

    Raises:
        LanguageError: it is in another language, which the message names.
    """
    sample = _sample(text)
    words = _WORD.findall(sample.lower())
    if not words:
        raise LanguageError("there are no words in it")
    if sum(word in _FUNCTION_WORDS for word in words) >= _ENGLISH_SHARE * len(words):
        return
    ranking = _identifier().rank(sample)
    if dict(ranking)["en"] < _FOREIGN:
        code = ranking[0][0]
        if code == "zxx":
            raise LanguageError("it is not written in words, and Dragoman reads English")
        raise LanguageError(f"it seems to be in {_NAMES.get(code, code)}, and Dragoman reads English", code)


def _sample(text: str) -> str:
    if len(text) <= 3 * _WINDOW:
        return text
    middle = (len(text) - _WINDOW) // 2
    return "\n".join((text[:_WINDOW], text[middle : middle + _WINDOW], text[-_WINDOW:]))


@cache
def _identifier() -> LanguageIdentifier:
    # Loaded when first needed, because it takes a second and most runs never do.
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
