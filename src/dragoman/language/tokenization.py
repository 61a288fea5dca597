"""Words as the Universal Dependencies treebanks of English have them.

spaCy's rules for English come close; what differs is said here: hyphens part words ("peace - keeping"), but not
behind a prefix that is no word of its own ("non-aligned", "ex-president"); dates and fractions keep their slashes;
runs of one mark ("...", "!!") stay whole; a shortened title keeps its point ("Brig.").
"""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources

from spacy.lang.char_classes import ALPHA, ALPHA_LOWER, ALPHA_UPPER, CONCAT_QUOTES, HYPHENS, LIST_ELLIPSES, LIST_ICONS
from spacy.lang.en import English
from spacy.symbols import ORTH
from spacy.tokenizer import Tokenizer
from spacy.util import compile_infix_regex, compile_prefix_regex, compile_suffix_regex
from spacy.vocab import Vocab

# Prefixes after which the treebanks keep the hyphen inside the word.
PREFIXES = (
    "anti", "arch", "co", "counter", "cross", "e", "ex", "extra", "inter", "intra", "mid", "mini", "mis", "multi",
    "neo", "non", "over", "pre", "pro", "psycho", "post", "quasi", "re", "semi", "socio", "sub", "trans", "ultra",
    "un", "under",
)  # fmt: skip

_NOT_BEHIND_PREFIX = "".join(
    f"(?<!^{form})" for prefix in PREFIXES for form in (prefix, prefix.capitalize(), prefix.upper())
)

_INFIXES = [
    *LIST_ELLIPSES,
    *LIST_ICONS,
    r"(?<=[0-9])[+\*^](?=[0-9-])",
    rf"(?<=[{ALPHA_LOWER}{CONCAT_QUOTES}])\.(?=[{ALPHA_UPPER}{CONCAT_QUOTES}])",
    rf"(?<=[{ALPHA}]),(?=[{ALPHA}])",
    # A hyphen between words or after a number: "cease-fire", "10-day"; not in "F-16", "COVID-19".
    rf"{_NOT_BEHIND_PREFIX}(?<=[{ALPHA}0-9])(?:{HYPHENS})(?=[{ALPHA}])",
    r"(?<=[0-9])(?:-|–|—)(?=[0-9])",
    rf"(?<=[{ALPHA}])(?:–|—|--)(?=[{ALPHA}0-9])",
    rf"(?<=[{ALPHA}0-9])[:<>=](?=[{ALPHA}])",
    # Alternatives: "and/or", "Serbs/Croats"; a date such as 10/4/2007 stays whole.
    rf"(?<!^and)(?<=[{ALPHA}]{{2}})/(?=[{ALPHA}]{{2}})",
    # A reference in brackets close to its word: "talks[3]".
    r"(?<=[^\s\[])\[(?=[0-9])",
    r"(?<=[a-z0-9])\((?=[A-Za-z])",
]


@cache
def short_titles() -> dict[str, str]:
    """Shortened titles, in lower case and without their point, with what they stand for: ``brig``, ``brigadier``."""
    text = resources.files("dragoman.language").joinpath("data", "titles.toml").read_text(encoding="utf-8")
    return dict(tomllib.loads(text)["short"])


def _short_title_words() -> dict[str, list[dict[int, str]]]:
    """The words of each shortened title, and of two with a hyphen: "Brig." is one, "Maj.-Gen." three."""
    titles = [f"{title.capitalize()}." for title in short_titles()]
    words = {title: [title] for title in titles}
    words |= {f"{first}-{second}": [first, "-", second] for first in titles for second in titles}
    return {text: [{ORTH: word} for word in parts] for text, parts in words.items()}


def make_tokenizer(vocab: Vocab) -> Tokenizer:
    """A tokenizer of English as in the treebanks; the text is kept to the character."""
    defaults = English.Defaults
    # Units stay with their number ("10km" is one word there), as do sums such as "5m".
    suffixes = [rule for rule in defaults.suffixes or () if "km²" not in str(rule)]
    suffixes.append(r"[!?]{2,}")
    return Tokenizer(
        vocab,
        rules={**(defaults.tokenizer_exceptions or {}), **_short_title_words()},
        prefix_search=compile_prefix_regex(defaults.prefixes or ()).search,
        suffix_search=compile_suffix_regex(suffixes).search,
        infix_finditer=compile_infix_regex(_INFIXES).finditer,
        url_match=defaults.url_match,
    )
