"""Typical errors in sentences of ours: `python -m benchmarks.errors` reads them anew and writes what is found.

Each sentence of `errors.toml` stands for a kind of error. They show what is still wrong; how often, the other
benchmarks say. A sentence counts as mended when one of its events is just the wanted one.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from dragoman.records import Event

ERRORS = Path(__file__).with_name("errors.toml")
PUBLISHED = date(2021, 3, 5)


@dataclass(frozen=True)
class Error:
    """A sentence with the event that ought to be found, and those that were: `TYPE actors → recipients (status)`."""

    kind: str
    text: str
    wanted: str
    got: tuple[str, ...] = ()
    date: str = ""

    @property
    def mended(self) -> bool:
        """Whether it is no error any more."""
        return self.wanted in self.got


def load(path: Path = ERRORS) -> list[Error]:
    """The sentences of a file, in its order."""
    entries = tomllib.loads(path.read_text(encoding="utf-8"))["error"]
    return [Error(**{**entry, "got": tuple(entry.get("got", ()))}) for entry in entries]


def dump(errors: Iterable[Error], path: Path = ERRORS) -> None:
    """Write sentences as `load` reads them."""
    blocks = [path.read_text(encoding="utf-8").split("[[error]]")[0].rstrip()]
    for each in errors:
        fields = {**vars(each), "got": list(each.got)}
        lines = [f"{name} = {json.dumps(value, ensure_ascii=False)}" for name, value in fields.items()]
        blocks.append("\n".join(["[[error]]", *lines]))
    path.write_text("\n\n".join(blocks) + "\n", encoding="utf-8")


def read(errors: Iterable[Error], today: str) -> list[Error]:
    """The sentences with what is found in them now."""
    import dragoman

    found = []
    for each in errors:
        events = dragoman.read(each.text, published=PUBLISHED).events
        found.append(replace(each, got=tuple(map(_told, events)), date=today))
    return found


def _told(event: Event) -> str:
    who = " → ".join(", ".join(ids) for ids in (event.actors, event.recipients) if ids)
    return f"{event.type} {who} ({event.status})"


def main() -> None:
    """Run from the command line."""
    errors = read(load(), date.today().isoformat())
    dump(errors)
    for each in errors:
        print(f"{'mended' if each.mended else each.kind}: {each.text}\n    {'; '.join(each.got) or 'nothing'}")


if __name__ == "__main__":
    main()
