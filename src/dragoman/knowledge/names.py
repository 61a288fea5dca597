"""Names as they are compared: accents folded, titles of courtesy dropped, surnames taken out.

Two spellings of a name meet in three ways: `fold` (Erdoğan, Erdogan), an alias in the data (Gaddafi, Qaddafi), and,
where both fail, `skeleton`, the sounds that transliterations agree on (Sergei, Sergey; Mohamed, Muhammad).
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

# Letters that Unicode does not take apart into a base letter and an accent.
_LETTERS = str.maketrans(
    {
        "ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ð": "d", "Ð": "D", "þ": "th", "Þ": "Th",
        "ß": "ss", "æ": "ae", "Æ": "Ae", "œ": "oe", "Œ": "Oe", "ı": "i", "ə": "a", "Ə": "A", "ħ": "h", "Ħ": "H",
        "ŋ": "n", "ʿ": None, "ʾ": None, "ʻ": None, "ʼ": None, "ʹ": None, "’": None, "‘": None, "'": None, "`": None,
        "´": None, ".": None, "“": None, "”": None, '"': None, "-": " ", "‐": " ", "‑": " ", "–": " ", "—": " ",
        "/": " ", ",": " ", "(": " ", ")": " ", "&": " and ", "_": " ",
    }
)  # fmt: skip

COURTESY = frozenset(
    "mr mrs ms miss dr sir dame lady lord prof professor madam madame monsieur mme m senor don dona "
    "sheikh shaykh haji hajj "
    "hajji ayatollah his her excellency highness majesty rt hon honourable honorable reverend rev fr father".split()
)

# Words that belong to the surname after them, and that newspapers also leave out.
PARTICLES = frozenset(
    "al el ad an ar as ash at az ul ud de del della di da do dos das du la le los las "
    "van von der den ter ten bin ben ibn ibnu "
    "bint abu ould ag mac mc st saint san zu af".split()
)

# Where the family name stands first: its first word is what newspapers call the person by.
FAMILY_FIRST = frozenset({"CHN", "TWN", "HKG", "MAC", "KOR", "PRK", "SGP", "KHM", "VNM"})


@lru_cache(maxsize=65536)
def fold(name: str) -> str:
    """A name without accents, case, hyphens, apostrophes and dots.

    >>> fold("Recep Tayyip Erdoğan"), fold("U.S."), fold("al-Assad")
    ('recep tayyip erdogan', 'us', 'al assad')
    """
    if name.isascii() and name.replace(" ", "").isalpha():
        return " ".join(name.lower().split())
    name = name.translate(_LETTERS)
    if not name.isascii():
        name = "".join(letter for letter in unicodedata.normalize("NFKD", name) if not unicodedata.combining(letter))
    return " ".join(name.casefold().split())


def slug(name: str) -> str:
    """The key of a person: ASCII, lower case, hyphens.

    >>> slug("Dmytro Kuleba"), slug("Nkosazana Dlamini-Zuma")
    ('dmytro-kuleba', 'nkosazana-dlamini-zuma')
    """
    return re.sub(r"[^a-z0-9]+", "-", fold(name)).strip("-")


# Letters and pairs of letters that transliterations put for one another, in the order in which they are replaced.
_SOUNDS = (
    (" al ", " "), (" el ", " "), (" ul ", " "), (" ad ", " "), (" ar ", " "), (" as ", " "),
    (" ash ", " "), (" az ", " "),
    (" ye", " e"), (" yu", " u"), (" ya", " a"), (" yo", " o"),
    ("sch", "s"), ("tch", "s"), ("tsh", "s"), ("dzh", "s"), ("ch", "s"), ("sh", "s"), ("zh", "s"), ("dj", "s"),
    ("ts", "s"), ("tz", "s"), ("kh", "k"), ("gh", "k"), ("ck", "k"), ("ph", "f"), ("th", "t"), ("ce", "s"), ("ci", "s"),
    ("ic ", "is "),
)  # fmt: skip
_LETTER_SOUNDS = str.maketrans("qcgjxzwd", "kkksssvt", "hyaeiou")
_DOUBLED = re.compile(r"([^ ])\1+")


@lru_cache(maxsize=65536)
def skeleton(name: str) -> str:
    """The sounds that transliterations of one name agree on; vowels matter only at the start of a word.

    >>> skeleton("Sergei Lavrov") == skeleton("Sergey Lavrov")
    True
    >>> skeleton("Muammar Gaddafi") == skeleton("Moammar Qadhafi")
    True
    """
    text = f" {fold(name)} "
    for letters, sound in _SOUNDS:
        text = text.replace(letters, sound)
    words = [("a" if word[0] in "aeiou" else word[0]) + word[1:].translate(_LETTER_SOUNDS) for word in text.split()]
    return _DOUBLED.sub(r"\1", " ".join(words).translate(_FIRST_SOUNDS))


# The first letter of a word keeps its vowel and its h.
_FIRST_SOUNDS = str.maketrans("qcgjxzwd", "kkksssvt")


def without_courtesy(words: list[str]) -> list[str]:
    """Folded words without a leading article and titles of courtesy."""
    start = 1 if len(words) > 1 and words[0] == "the" else 0
    while start < len(words) - 1 and words[start] in COURTESY:
        start += 1
    return words[start:]


_CLOSED = re.compile(r"(?<![\w.])(?:[A-Z]\.){2,4}(?= ?[A-Z][a-z])")


def initials_apart(name: str) -> str:
    """A name with a space after each of its initials, as it stands in the data.

    >>> initials_apart("J.N. Dixit"), initials_apart("George H.W. Bush")
    ('J. N. Dixit', 'George H. W. Bush')
    """
    return " ".join(_CLOSED.sub(lambda found: found[0].replace(".", ". "), name).split())


def surnames(name: str, country: str | None) -> tuple[str, ...]:
    """Folded ways in which a person of this name is called by the family name, the likeliest first.

    >>> surnames("Ursula von der Leyen", "DEU")
    ('von der leyen', 'leyen')
    >>> surnames("Xi Jinping", "CHN")
    ('xi',)
    >>> surnames("Juan Manuel Santos", "COL")
    ('santos', 'manuel santos')
    """
    words = fold(name).split()
    if len(words) < 2:
        return ()
    if country in FAMILY_FIRST and len(words) <= 3 and (country != "SGP" or len(words) == 3):
        # Vietnamese are called by their last name too, and Khmer by the whole.
        return (words[0], words[-1]) if country in ("VNM", "KHM") else (words[0],)
    start = len(words) - 1
    while start > 1 and words[start - 1] in PARTICLES:
        start -= 1
    found = [" ".join(words[start:])]
    if start < len(words) - 1:
        found.append(words[-1])
    if start > 1:
        found.append(" ".join(words[start - 1 :]))
    return tuple(found)
