"""Tables of tab-separated values with comments: read with file and line at hand for whoever must mend them."""

from collections.abc import Iterator
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from dragoman.errors import DataError

DATA = files("dragoman.codebook") / "data"


class Row(dict[str, str]):
    """One line of a table by column name, which knows where it stands."""

    def __init__(self, values: dict[str, str], file: str, line: int) -> None:
        super().__init__(values)
        self.file = file
        self.line = line

    def fault(self, message: str) -> DataError:
        """The error to raise for this line."""
        return DataError(f"{self.file}, line {self.line}: {message}")


def read_table(path: Path | Traversable, columns: tuple[str, ...]) -> Iterator[Row]:
    """Yield the rows of a table; its first line that is no comment names the columns.

    Columns may stand in any order and may be left out at the end of a line; empty lines and lines that begin with `#`
    are skipped.

    Raises:
        DataError: the file cannot be read, names an unknown column, or a line has too many values.
    """
    shipped = str(path).startswith(str(DATA))
    name = path.name if shipped else str(path)
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise DataError(f"{name}: cannot be read: {error.strerror or error}") from error
    except UnicodeDecodeError as error:
        raise DataError(f"{name}: is not UTF-8 (byte {error.start})") from error
    header: list[str] | None = None
    for number, raw in enumerate(text.splitlines(), 1):
        if not raw.strip() or raw.startswith("#"):
            continue
        values = [value.strip() for value in raw.split("\t")]
        if header is None:
            header = values
            unknown = [value for value in header if value not in columns]
            if unknown or columns[0] not in header:
                raise DataError(
                    f"{name}, line {number}: the first line must name the columns {', '.join(columns)}, "
                    f"separated by tabs; found {', '.join(header)}"
                )
            continue
        if len(values) > len(header):
            raise DataError(f"{name}, line {number}: {len(values)} values for {len(header)} columns")
        row = dict.fromkeys(columns, "")
        row.update(zip(header, values, strict=False))
        yield Row(row, name, number)
