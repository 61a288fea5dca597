"""Who held which office on a day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from dragoman.errors import DataError
from dragoman.knowledge.tables import Table, first_day, last_day

OFFICE_COLUMNS = ("person", "office", "of", "start", "end", "title", "source")

# How much a reader is likely to mean the holder of this office when only a surname is given.
_WEIGHTS = {
    "president": 9,
    "prime minister": 9,
    "supreme leader": 9,
    "president of the council of ministers": 9,
    "king": 8,
    "emir": 8,
    "sultan": 8,
    "secretary-general": 8,
    "foreign minister": 8,
    "leader": 7,
    "special envoy": 7,
    "special representative": 7,
    "mediator": 7,
    "facilitator": 7,
    "high representative": 7,
    "defense minister": 6,
    "vice president": 6,
    "crown prince": 6,
    "national security adviser": 6,
    "chief negotiator": 6,
    "interior minister": 5,
    "parliament speaker": 5,
    "deputy prime minister": 4,
    "ambassador": 2,
}


def office_weight(office: str) -> int:
    """How prominent an office is, from 1 to 9."""
    return _WEIGHTS.get(office, 3)


@dataclass(frozen=True, slots=True)
class Tenure:
    """An office held by a person.

    Attributes:
        office: the normal name: ``foreign minister``, ``secretary-general``, ``special envoy``, ``leader`` …
        of: the id of the country, body or group it is held in.
        start: the first day, None where unknown; a month or a year stands for its first day.
        end: the last day, None where it is held still or unknown; a month or a year stands for its last day.
        title: the office as it is called there, where that says more: ``special envoy for Syria``.
        acting: held for the time being.
    """

    person: str
    office: str
    of: str
    start: date | None
    end: date | None
    title: str | None = None
    acting: bool = False

    def held_on(self, day: date) -> bool:
        """Whether the office was held on that day."""
        return (self.start is None or self.start <= day) and (self.end is None or day <= self.end)


# A line as it was read, its fields in the order of OFFICE_COLUMNS, with its file and number.
_Line = tuple[list[str], Path, int]


class Offices:
    """All tenures, by person and by office; lines become `Tenure` only when they are asked for."""

    def __init__(self) -> None:
        self._by_person: dict[str, list[_Line]] = {}
        self._by_office: dict[tuple[str, str], list[_Line]] = {}
        self._tenures: dict[str, tuple[Tenure, ...]] = {}

    def add(self, table: Table, *, check: bool) -> None:
        """Take in a file of offices.

        Raises:
            DataError: a line lacks a person, an office or whose it is, or (where `check`) has a day that is none.
        """
        width = len(table.columns)
        order = [table.columns.index(name) if name in table.columns else width for name in OFFICE_COLUMNS[:6]]
        in_order = order == list(range(6)) and width > 5
        by_person, by_office = self._by_person, self._by_office
        for number, fields in table.lines:
            if len(fields) != width:
                raise DataError(f"{table.path}:{number}: {len(fields)} fields, where the header has {width}")
            if not in_order:
                padded = [*fields, ""]
                fields = [padded[index] for index in order]
            person, office, of = fields[0], fields[1], fields[2]
            if not (person and office and of):
                raise DataError(f"{table.path}:{number}: an office needs a person, an office and whose it is")
            line = (fields, table.path, number)
            if check:
                _tenure(line)
            by_person.setdefault(person, []).append(line)
            by_office.setdefault((office if office[:7] != "acting " else office[7:], of), []).append(line)

    def of_person(self, person: str) -> tuple[Tenure, ...]:
        """All that a person has held, earliest first."""
        found = self._tenures.get(person)
        if found is None:
            tenures = [_tenure(line) for line in self._by_person.get(person, ())]
            found = tuple(sorted(tenures, key=lambda tenure: (tenure.start or date.min, tenure.office, tenure.of)))
            self._tenures[person] = found
        return found

    def holders(self, office: str, of: str, day: date) -> tuple[Tenure, ...]:
        """Who held an office on a day: the one in full office first, then the one who came last."""
        found = [tenure for tenure in map(_tenure, self._by_office.get((office, of), ())) if tenure.held_on(day)]
        found.sort(key=lambda tenure: (tenure.acting, -(tenure.start or date.min).toordinal(), tenure.person))
        return tuple(found)

    def tenures(self) -> tuple[Tenure, ...]:
        """All of them, by person."""
        return tuple(tenure for person in sorted(self._by_person) for tenure in self.of_person(person))

    def line_of(self, tenure: Tenure) -> str:
        """File and line of a tenure, for messages."""
        for line in self._by_person.get(tenure.person, ()):
            if _tenure(line) == tenure:
                return f"{line[1]}:{line[2]}"
        return "?"

    def persons(self) -> Sequence[str]:
        """Everyone who is said to have held an office, in the order of the files."""
        return tuple(self._by_person)

    def offices(self) -> tuple[tuple[str, str], ...]:
        """Every office with whose it is."""
        return tuple(sorted(self._by_office))


def _tenure(line: _Line) -> Tenure:
    fields, path, number = line
    person, office, of, start_text, end_text, title = fields[:6]
    try:
        start, end = first_day(start_text), last_day(end_text)
    except ValueError as error:
        raise DataError(f"{path}:{number}: {error}") from error
    if start is not None and end is not None and end < start:
        raise DataError(f"{path}:{number}: the office ends ({end_text}) before it starts ({start_text})")
    plain = office.removeprefix("acting ")
    return Tenure(person, plain, of, start, end, title or None, plain != office)
