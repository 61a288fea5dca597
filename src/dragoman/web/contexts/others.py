"""SQL, the door, and what went wrong."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SqlPage:
    """`/sql`."""

    question: str
    columns: tuple[str, ...]
    rows: tuple[tuple[object, ...], ...]
    cut: bool
    error: str | None
    seconds: float | None
    tables: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class LoginPage:
    """`/login`."""

    then: str
    wrong: bool


@dataclass(frozen=True, slots=True)
class ErrorPage:
    """Any page that is not: what went wrong, in words."""

    status: int
    title: str
    words: str
