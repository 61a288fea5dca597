"""CAMEO: codes with their labels and what each is in PLOVER."""

from dataclasses import dataclass

from dragoman.codebook.plover import Context, EventType
from dragoman.codebook.tables import DATA, read_table


@dataclass(frozen=True, slots=True)
class CameoCode:
    """A CAMEO code; `type` is None for statements, which are no events."""

    code: str
    label: str
    type: str | None
    mode: str | None
    contexts: tuple[str, ...]

    @property
    def root(self) -> str:
        """The two digits of its category."""
        return self.code[:2]


def load_codes(types: dict[str, EventType], contexts: dict[str, Context]) -> dict[str, CameoCode]:
    """Every code by its digits.

    Raises:
        DataError: a code names a type, mode or context that PLOVER does not have.
    """
    codes = {}
    for row in read_table(DATA / "cameo.tsv", ("code", "type", "mode", "contexts", "label")):
        named = tuple(name for name in row["contexts"].split(";") if name)
        if row["type"] and row["type"] not in types:
            raise row.fault(f"no PLOVER type is called {row['type']!r}")
        if row["mode"] and types[row["type"]].mode(row["mode"]) is None:
            raise row.fault(f"{row['type']} has no mode {row['mode']!r}")
        for name in named:
            if name not in contexts:
                raise row.fault(f"no PLOVER context is called {name!r}")
        codes[row["code"]] = CameoCode(row["code"], row["label"], row["type"] or None, row["mode"] or None, named)
    return codes
