"""Counts, what follows from them, and how they are shown."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field


@dataclass(slots=True)
class Figure:
    """Counts behind a precision, a recall and an F1, or behind an accuracy (then `false` stays 0)."""

    right: int = 0
    missed: int = 0
    false: int = 0

    @property
    def precision(self) -> float | None:
        found = self.right + self.false
        return self.right / found if found else None

    @property
    def recall(self) -> float | None:
        wanted = self.right + self.missed
        return self.right / wanted if wanted else None

    @property
    def f1(self) -> float | None:
        total = 2 * self.right + self.missed + self.false
        return 2 * self.right / total if total else None

    def judge(self, good: bool) -> None:
        """Count one more case of an accuracy."""
        if good:
            self.right += 1
        else:
            self.missed += 1

    def add(self, other: Figure) -> None:
        self.right += other.right
        self.missed += other.missed
        self.false += other.false


# Name, and whether it is an accuracy; in the order of the table.
FIGURES: dict[str, bool] = {
    "actors": False,
    "actor id": True,
    "actor country": True,
    "actor sector": True,
    "person's office": True,
    "office, base covers": True,
    "events": False,
    "event recipients": True,
    "event status": True,
    "event said_by": True,
    "event when": True,
    "event where": True,
    "statements": False,
    "statement speaker": True,
    "times": False,
    "time exact": True,
    "places": False,
    "place country": True,
    "place within 100 km": True,
    "ties": False,
    "mediation file": True,
    "parties": False,
    "mediators": False,
    "steps": False,
    "step status": True,
    "step when": True,
    "step place country": True,
    "step outcome": True,
    "step terms": False,
}


@dataclass(slots=True)
class Score:
    """The figures of some articles, and the errors in words."""

    figures: dict[str, Figure] = field(default_factory=lambda: {name: Figure() for name in FIGURES})
    errors: list[str] = field(default_factory=list)

    def add(self, other: Score) -> None:
        for name, figure in other.figures.items():
            self.figures[name].add(figure)
        self.errors += other.errors

    def miss(self, name: str, words: str) -> None:
        self.figures[name].missed += 1
        self.errors.append(f"{name}: missed {words}")

    def false(self, name: str, words: str) -> None:
        self.figures[name].false += 1
        self.errors.append(f"{name}: false {words}")

    def judge(self, name: str, good: bool, words: str) -> None:
        self.figures[name].judge(good)
        if not good:
            self.errors.append(f"{name}: wrong {words}")


def table(score: Score) -> Iterator[str]:
    """The figures as lines of text."""
    yield f"{'':24}{'P':>8}{'R':>8}{'F1':>8}{'n':>7}"
    for name, accuracy in FIGURES.items():
        figure = score.figures[name]
        wanted = figure.right + figure.missed
        if accuracy:
            yield f"{name:24}{'':>16}{_percent(figure.recall):>8}{wanted:>7}  (share right)"
        else:
            cells = "".join(f"{_percent(each):>8}" for each in (figure.precision, figure.recall, figure.f1))
            yield f"{name:24}{cells}{wanted:>7}"


def _percent(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}"


def summary(score: Score) -> dict[str, dict[str, float | int | None]]:
    """The figures for machines."""
    result: dict[str, dict[str, float | int | None]] = {}
    for name, accuracy in FIGURES.items():
        figure = score.figures[name]
        counts = {"right": figure.right, "missed": figure.missed, "false": figure.false}
        if accuracy:
            result[name] = {"accuracy": figure.recall, "n": figure.right + figure.missed}
        else:
            result[name] = {"precision": figure.precision, "recall": figure.recall, "f1": figure.f1, **counts}
    return result
