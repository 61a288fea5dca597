"""Composition: an act about an act. To agree to meet is 036, to refuse it 125, to ask for it 026, to end it 164."""

from collections.abc import Mapping
from dataclasses import dataclass

from dragoman.codebook.cameo import CameoCode
from dragoman.codebook.plover import EventType
from dragoman.codebook.tables import DATA, read_table

# Passes the inner event on unchanged: begin, hold, continue.
SAME = "same"


@dataclass(frozen=True, slots=True)
class Composition:
    """What an operator makes of an inner code; `code` is None where the whole is no event."""

    code: str | None
    type: str | None
    mode: str | None


@dataclass(frozen=True, slots=True)
class Compositions:
    """The table of operators."""

    rules: Mapping[tuple[str, str], Composition]

    @property
    def operators(self) -> frozenset[str]:
        """The names of all operators."""
        return frozenset(operator for operator, _ in self.rules) | {SAME}

    def apply(self, operator: str, code: CameoCode) -> Composition | None:
        """The rule for the longest start of the inner code, then for its type, then for any; else None."""
        for length in range(len(code.code), 1, -1):
            if (rule := self.rules.get((operator, code.code[:length]))) is not None:
                return rule
        return self.rules.get((operator, code.type or "")) or self.rules.get((operator, "*"))


def load_compositions(codes: Mapping[str, CameoCode], types: Mapping[str, EventType]) -> Compositions:
    """Read the table.

    Raises:
        DataError: a line names a code, type or mode that does not exist.
    """
    rules = {}
    for row in read_table(DATA / "compositions.tsv", ("operator", "inner", "code", "type", "mode")):
        code = None if row["code"] == "none" else row["code"]
        if code and code not in codes:
            raise row.fault(f"no CAMEO code {code!r}")
        type_ = row["type"] or (codes[code].type if code else None)
        if type_ and type_ not in types:
            raise row.fault(f"no PLOVER type is called {type_!r}")
        mode = row["mode"] or None
        if mode and type_ and types[type_].mode(mode) is None:
            raise row.fault(f"{type_} has no mode {mode!r}")
        rules[row["operator"], row["inner"]] = Composition(code, type_, mode)
    return Compositions(rules)
