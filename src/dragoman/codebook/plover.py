"""PLOVER: event types with their modes, scores and contexts."""

import tomllib
from dataclasses import dataclass

from dragoman.codebook.tables import DATA


@dataclass(frozen=True, slots=True)
class Mode:
    """One way in which an event of a type happens, with its conflict–cooperation score."""

    name: str
    score: float
    definition: str


@dataclass(frozen=True, slots=True)
class EventType:
    """One of the sixteen PLOVER event types."""

    name: str
    quad: str
    score: float
    definition: str
    rules: tuple[str, ...]
    modes: tuple[Mode, ...]

    def mode(self, name: str | None) -> Mode | None:
        """The mode of that name, or None."""
        return next((mode for mode in self.modes if mode.name == name), None)

    def intensity(self, mode: str | None) -> float:
        """The score of the type in this mode; that of the type alone where the mode has none."""
        found = self.mode(mode)
        return found.score if found else self.score

    @property
    def cooperative(self) -> bool:
        """Whether the quad category is one of cooperation."""
        return self.quad.endswith("cooperation")


@dataclass(frozen=True, slots=True)
class Context:
    """A subject that an event may bear on, with the words that speak for it (lemmas, lower case)."""

    name: str
    definition: str
    words: tuple[str, ...]


def load_types() -> dict[str, EventType]:
    """The types by name, in the order of the PLOVER manual."""
    raw = tomllib.loads((DATA / "plover.toml").read_text(encoding="utf-8"))
    return {
        name: EventType(
            name=name,
            quad=entry["quad"],
            score=float(entry["score"]),
            definition=entry["definition"],
            rules=tuple(entry["rules"]),
            modes=tuple(
                Mode(mode, float(values["score"]), values["definition"])
                for mode, values in entry.get("modes", {}).items()
            ),
        )
        for name, entry in raw.items()
    }


def load_contexts() -> dict[str, Context]:
    """The contexts by name, in the order of the PLOVER manual."""
    raw = tomllib.loads((DATA / "contexts.toml").read_text(encoding="utf-8"))
    return {name: Context(name, entry["definition"], tuple(entry["words"])) for name, entry in raw.items()}
