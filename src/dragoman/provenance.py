"""Which versions made a record: package, language model, codebook and knowledge, each by its content."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from dragoman.errors import RecordError
from dragoman.version import VERSION

_HOME = Path(__file__).parent
# Hex digits of a hash that are kept: enough to tell any two versions apart, short enough for every row of a table.
_DIGITS = 8


@dataclass(frozen=True, slots=True)
class Versions:
    """What made a record. Equal versions read equal articles into equal records.

    Attributes:
        package: the version of Dragoman.
        model: hash of the language model's files, or the name of another pipeline that stood in for it.
        codebook: hash of the codebook, the cues and rules of reading, and the user's own frames.
        knowledge: hash of the tables of actors, places and offices, and the user's own actors.
    """

    package: str
    model: str
    codebook: str
    knowledge: str

    def __str__(self) -> str:
        return f"{self.package} model={self.model} codebook={self.codebook} knowledge={self.knowledge}"

    @classmethod
    def parse(cls, text: str) -> Versions:
        """Read what `str` wrote.

        Raises:
            RecordError: it is no such text.
        """
        package, *pairs = text.split(" ")
        values = dict(pair.split("=", 1) for pair in pairs if "=" in pair)
        try:
            return cls(package, values["model"], values["codebook"], values["knowledge"])
        except KeyError as error:
            raise RecordError(f"{text!r} names no version of {error}") from error


@cache
def current_versions(
    frames: tuple[Path, ...] = (), actors: tuple[Path, ...] = (), model: str | None = None
) -> Versions:
    """The versions that a reader with these files makes its records with; see `reader.default_reader`."""
    rules = [path for room in ("codebook", "reading", "mediation") for path in _files(_HOME / room, ("data",))]
    return Versions(
        package=VERSION,
        model=model if model is not None else _hash(_files(_HOME / "language" / "model")),
        codebook=_hash([*rules, *frames]),
        knowledge=_hash([*_files(_HOME / "knowledge", ("data",)), *actors]),
    )


def _files(folder: Path, below: Sequence[str] = ()) -> list[Path]:
    """Every data file in a folder, by name; with `below`, only those in folders of these names."""
    return sorted(
        path
        for path in folder.rglob("*")
        if path.is_file()
        and path.suffix not in (".py", ".pyc", ".md")
        and (not below or set(below) & set(path.relative_to(folder).parts))
    )


def _hash(files: Iterable[Path]) -> str:
    """One hash over the content of files, in their order; where they lie does not matter."""
    whole = hashlib.sha256()
    for path in files:
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256")
        whole.update(path.name.encode() + digest.digest())
    return whole.hexdigest()[:_DIGITS]
