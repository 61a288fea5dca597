"""The pages of the documentation: built without a warning, and true to the records."""

import dataclasses
import re
import subprocess
import sys
from pathlib import Path

import pytest

from dragoman import records

DOCS = Path(__file__).parents[1] / "docs"
KINDS = [kind for kind in vars(records).values() if dataclasses.is_dataclass(kind) and issubclass(kind, records.Record)]


def test_every_field_of_the_records_is_described() -> None:
    page = (DOCS / "records.md").read_text(encoding="utf-8")
    named = {name for row in re.findall(r"^\| (.*?) \|", page, re.MULTILINE) for name in re.findall(r"`(\w+)`", row)}
    assert len(KINDS) > 10
    for kind in KINDS:
        for field in dataclasses.fields(kind):
            assert field.name.rstrip("_") in named, f"{kind.__name__}.{field.name}"


def test_every_page_is_in_the_table_of_contents() -> None:
    index = (DOCS / "index.md").read_text(encoding="utf-8")
    listed = set(re.findall(r"^([\w-]+)$", index, re.MULTILINE))
    assert {page.stem for page in (*DOCS.glob("*.md"), *DOCS.glob("*.ipynb"))} - {"index"} == listed


@pytest.mark.slow
def test_the_pages_are_built_without_a_warning(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "sphinx", "-q", "-W", "-b", "html", str(DOCS), str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "index.html").exists()
