"""Classes of words that tell what time an event shares, from `data/events.toml`."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files

from spacy.tokens import Token


@cache
def words() -> dict[str, frozenset[str]]:
    """The words that ship by class, read once."""
    data = tomllib.loads(files(__package__).joinpath("data/events.toml").read_text(encoding="utf-8"))
    return {name: frozenset(listed) for name, listed in data.items()}


def is_one(token: Token, kind: str) -> bool:
    """Whether a token is, by its lemma or as it stands, a word of a class."""
    return token.lemma_.lower() in words()[kind] or token.text.lower() in words()[kind]
