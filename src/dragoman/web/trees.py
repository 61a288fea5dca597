"""The tree of a sentence, drawn by displaCy and told as a table."""

from __future__ import annotations

import re
from functools import lru_cache
from threading import Lock

from dragoman.errors import DragomanError
from dragoman.web.contexts import Word

# A picture of more words than these cannot be read any more; the table still can.
MOST_WORDS = 60
_LONGEST = 4000
# The model works on all cores anyway: one sentence at a time.
_one = Lock()


@lru_cache(maxsize=256)
def tree_of(text: str) -> tuple[str, tuple[Word, ...]]:
    """The picture as SVG (empty where the sentence is too long for one), and its words.

    Raises:
        DragomanError: the sentence is too long to be taken apart on demand.
    """
    if len(text) > _LONGEST:
        raise DragomanError("this sentence is too long for a tree")
    from spacy import displacy

    from dragoman.language import load

    with _one:
        doc = load()(text)
    words = tuple(
        Word(token.i + 1, token.text, token.tag_, token.dep_.lower(), 0 if token.head is token else token.head.i + 1,
             "" if token.head is token else token.head.text)
        for token in doc
        if not token.is_space
    )  # fmt: skip
    if len(doc) > MOST_WORDS:
        return "", words
    options = {
        "distance": 132,
        "word_spacing": 30,
        "bg": "none",
        "color": "currentColor",
        "font": "inherit",
    }
    return _bare(str(displacy.render(doc, style="dep", jupyter=False, options=options))), words


def _bare(svg: str) -> str:
    """The picture without styles of its own: the page's policy would not let them work.

    The labels go above their arcs: below, within a narrow one, their letters run into each other.
    """
    bare = re.sub(r' style="[^"<>]*"', "", svg[svg.index("<svg") :])
    return bare.replace('<text dy="1.25em">', '<text dy="-0.35em">')
