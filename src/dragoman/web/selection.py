"""Which events are meant: the filters of the events page as a value, read from and written to an address."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, get_args

from dragoman.codebook import load_codebook
from dragoman.errors import DragomanError
from dragoman.records import Status

Texts = tuple[str, ...]

_MOST_VALUES = 24
_MOST_LENGTH = 200
QUADS = ("verbal cooperation", "material cooperation", "verbal conflict", "material conflict")


class ParameterError(DragomanError):
    """A parameter of an address is not what it should be."""


@dataclass(frozen=True, slots=True)
class Selection:
    """A choice of events; the fields are the filters of `Archive.events`."""

    actor: Texts = ()
    recipient: Texts = ()
    with_: Texts = ()
    type: Texts = ()
    mode: Texts = ()
    quad: Texts = ()
    cameo: Texts = ()
    context: Texts = ()
    topic: Texts = ()
    status: Texts = ()
    country: Texts = ()
    said_by: Texts = ()
    source: Texts = ()
    article: Texts = ()
    since: date | None = None
    until: date | None = None
    min_confidence: float | None = None
    one_story: bool = False
    history: bool = False

    @classmethod
    def read(cls, pairs: Mapping[str, list[str]]) -> Selection:
        """From the parameters of an address; those that are no filters are left alone.

        Raises:
            ParameterError: one is no day, no number, or no word that there is.
        """
        values: dict[str, Any] = {}
        for field in dataclasses.fields(cls):
            given = [value.strip() for value in pairs.get(_public(field.name), ()) if value.strip()]
            if not given:
                continue
            if field.name in ("since", "until"):
                values[field.name] = day(given[-1], field.name)
            elif field.name == "min_confidence":
                values[field.name] = _share(given[-1])
            elif field.name in ("one_story", "history"):
                values[field.name] = given[-1].lower() in ("1", "true", "yes", "on")
            else:
                values[field.name] = _texts(given, field.name)
        found = cls(**values)
        return replace(found, type=tuple(value.upper() for value in found.type)).checked()

    def checked(self) -> Selection:
        """Itself, if every closed list knows what is asked for.

        Raises:
            ParameterError: a type, status or quad category is none.
        """
        closed: dict[str, tuple[str, ...]] = {
            "type": tuple(load_codebook().types), "status": get_args(Status), "quad": QUADS,
        }  # fmt: skip
        for name, known in closed.items():
            wrong = [value for value in getattr(self, name) if value not in known]
            if wrong:
                raise ParameterError(f"{name}: {wrong[0]!r} is none of {', '.join(known)}")
        return self

    def filters(self) -> dict[str, Any]:
        """As keyword arguments of `Archive.events` and `Archive.counts`."""
        return {
            field.name: list(value) if isinstance(value, tuple) else value
            for field in dataclasses.fields(self)
            if (value := getattr(self, field.name)) not in ((), None, False)
        }

    def values(self) -> dict[str, object]:
        """As parameters of an address."""
        return {_public(name): "true" if value is True else value for name, value in self.filters().items()}

    def with_value(self, name: str, value: str) -> Selection:
        """The same, narrowed to one value of a filter; widened again where it is that already."""
        held: Texts = getattr(self, name)
        chosen = tuple(item for item in held if item != value) if value in held else (*held, value)
        return self.with_values(name, chosen)

    def with_values(self, name: str, values: Texts) -> Selection:
        """The same with other values of one filter."""
        changed: dict[str, Any] = {name: values}
        return replace(self, **changed)

    @property
    def empty(self) -> bool:
        """Whether it is every event."""
        return not self.filters()


def _public(name: str) -> str:
    return "with" if name == "with_" else name


def day(text: str, name: str = "day") -> date:
    """An ISO day.

    Raises:
        ParameterError: it is none.
    """
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ParameterError(f"{name}: {text[:40]!r} is no day such as 2022-03-21") from None


def _share(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = -1.0
    if not 0 <= value <= 1:
        raise ParameterError(f"min_confidence: {text[:40]!r} is no number from 0 to 1")
    return value


def _texts(given: list[str], name: str) -> Texts:
    if len(given) > _MOST_VALUES:
        raise ParameterError(f"{name}: at most {_MOST_VALUES} values at once")
    if any(len(value) > _MOST_LENGTH for value in given):
        raise ParameterError(f"{name}: a value may have {_MOST_LENGTH} characters at most")
    if any("\0" in value for value in given):
        raise ParameterError(f"{name}: there is a null character in it")
    return tuple(dict.fromkeys(given))
