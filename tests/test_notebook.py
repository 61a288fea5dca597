"""The notebook runs from the samples to its picture, and the R code beside it names columns that are there."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path
from types import ModuleType
from typing import Any

import nbformat
import pytest
from archives import article, fill
from typer.testing import CliRunner

from dragoman.cli.app import app

DOCS = Path(__file__).parents[1] / "docs"
NOTEBOOK = DOCS / "weeks.ipynb"


def _runner() -> ModuleType:
    spec = importlib.util.spec_from_file_location("notebook", DOCS / "notebook.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _outputs(notebook: Any, kind: str) -> list[str]:
    outputs = [output for cell in notebook.cells if cell.cell_type == "code" for output in cell.outputs]
    return ["".join(output["data"][kind]) for output in outputs if kind in output.get("data", {})]


@pytest.mark.slow
def test_the_notebook_goes_from_the_samples_to_the_picture(tmp_path: Path) -> None:
    notebook = _runner().executed(tmp_path)
    (table,) = [text for text in _outputs(notebook, "text/plain") if "CONSULT" in text]
    assert {"talks", "violence"} <= set(table.split())
    (picture,) = _outputs(notebook, "image/svg+xml")
    bars = re.findall(r'aria-roledescription="bar"', picture)
    assert len(bars) == table.count("\n")  # a bar for every row
    assert (tmp_path / "events.parquet").exists()


def test_the_notebook_is_committed_with_what_it_shows_and_small() -> None:
    notebook = nbformat.read(NOTEBOOK, as_version=4)
    nbformat.validate(notebook)
    assert _outputs(notebook, "image/svg+xml")
    assert NOTEBOOK.stat().st_size < 100_000
    assert "u001b" not in NOTEBOOK.read_text(encoding="utf-8"), "keep it by: python docs/notebook.py"
    assert not re.search(r"/(home|root|tmp|work|Users)/", NOTEBOOK.read_text(encoding="utf-8"))


# ── R, of which there is none here ──

_R_STRING = re.compile(r"\"[^\"\n]*\"|'[^'\n]*'")
_R_KNOWN = {"TRUE", "FALSE", "NULL", "NA", "c", "n"}  # n: what dplyr's count adds
_LIBRARIES = {"arrow", "dplyr", "tidyr", "ggplot2"}


def r_blocks() -> list[tuple[str, str]]:
    pages = {page.name: page.read_text(encoding="utf-8") for page in sorted(DOCS.glob("*.md"))}
    cells = nbformat.read(NOTEBOOK, as_version=4).cells
    pages[NOTEBOOK.name] = "\n".join(cell.source for cell in cells if cell.cell_type == "markdown")
    return [(name, code) for name, page in pages.items() for code in re.findall(r"```r\n(.*?)```", page, re.DOTALL)]


def free_names(code: str) -> set[str]:
    """Names that the code uses and does not itself make: columns, if it is sound."""
    plain = _R_STRING.sub('""', re.sub(r"#.*|%\w+%", "", code))
    made = set(re.findall(r"([\w.]+)\s*(?:<-|=(?!=))", plain))
    called = set(re.findall(r"([\w.]+)\s*\(", plain))
    return set(re.findall(r"(?<![\w.])[A-Za-z.][\w.]*", plain)) - made - called - _R_KNOWN - _LIBRARIES


@pytest.fixture(scope="module")
def columns(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    import pyarrow.parquet

    folder = tmp_path_factory.mktemp("r")
    fill(folder / "archive", [article(1)])
    file = folder / "events.parquet"
    done = CliRunner().invoke(app, ["export", "parquet", "--archive", str(folder / "archive"), "--output", str(file)])
    assert done.exit_code == 0, done.output
    return set(pyarrow.parquet.read_schema(file).names)


@pytest.mark.parametrize(("page", "code"), r_blocks(), ids=lambda value: value.split("\n")[0])
def test_r_code_uses_columns_of_the_export_and_is_closed(page: str, code: str, columns: set[str]) -> None:
    assert free_names(code) <= columns, page
    assert free_names(code), "it uses no column"
    plain = _R_STRING.sub("", code)
    assert not set(plain) & {'"', "'"}, "a string is left open"
    stack = []
    for sign in re.findall(r"[()\[\]{}]", plain):
        if sign in "([{":
            stack.append(sign)
        else:
            assert stack, sign
            assert stack.pop() + sign in ("()", "[]", "{}")
    assert not stack


def test_a_column_that_is_not_there_would_be_noticed(columns: set[str]) -> None:
    assert free_names('x <- read_parquet("e.parquet")\nx |> filter(happened == "a") |> count(week)') == {
        "happened",
        "week",
    }
    assert "happened" not in columns
