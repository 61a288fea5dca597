"""Steps of mediations in words, and places in long lists."""

from __future__ import annotations

from dataclasses import dataclass

from dragoman.mediation import FileStep, Report


@dataclass(frozen=True, slots=True)
class Paging:
    """Where in a long list one is; addresses are None where there is nothing on that side."""

    page: int
    pages: int
    total: int
    first: int
    last: int
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class ToldStep:
    """A step as it is read: its sentence, its days, and the reports that it rests on.

    `words` are those of the first report where the sentence says only that something was said, not what.
    """

    item: FileStep
    sentence: str
    words: str
    days: str
    tone: str
    reports: tuple[Report, ...]
    address: str
