"""Classes of words are data: a file of lists, and where they are asked for a dataclass that says what each is."""

from __future__ import annotations

import tomllib
from importlib.resources import files
from typing import TypeVar

_Classes = TypeVar("_Classes")


def read_classes(kind: type[_Classes], package: str | None, name: str) -> _Classes:
    """The lists of `data/<name>.toml` in a package as sets, each the field of `kind` that bears its name."""
    if package is None:
        raise ValueError("data lie in a package")
    data = tomllib.loads(files(package).joinpath("data", f"{name}.toml").read_text(encoding="utf-8"))
    return kind(**{field: frozenset(words) for field, words in data.items()})
