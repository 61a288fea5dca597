"""Run the notebook anew and keep what it shows: `python docs/notebook.py`.

It is run in a new folder beside a copy of the samples, so that it works as for somebody who has just cloned. What it
shows is kept in the file, small enough to be read in a diff; the web pages are made of that and run nothing.
"""

from __future__ import annotations

import os
import re
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

import nbformat
from nbclient import NotebookClient

ROOT = Path(__file__).resolve().parents[1]
NOTEBOOK = Path(__file__).with_name("weeks.ipynb")
_LONGEST = 300  # seconds that a cell may take


def executed(folder: Path, path: Path = NOTEBOOK) -> Any:
    """The notebook after it has been run in a folder.

    Raises:
        nbclient.exceptions.CellExecutionError: a cell failed.
    """
    if not (folder / "samples").exists():
        shutil.copytree(ROOT / "samples", folder / "samples")
    os.environ["PATH"] = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    os.environ["COLUMNS"] = "100"
    notebook = nbformat.read(path, as_version=4)
    client = NotebookClient(
        notebook, timeout=_LONGEST, kernel_name="python3", resources={"metadata": {"path": str(folder)}}
    )
    client.execute()
    return notebook


def kept(notebook: Any) -> str:
    """The notebook as it is committed: without times, versions and ids that differ from run to run."""
    for number, cell in enumerate(notebook.cells):
        cell["id"] = f"cell-{number}"
        cell["metadata"].pop("execution", None)
        if cell.cell_type == "code":
            cell.outputs = [
                *_last_words(cell.outputs),
                *(each for each in cell.outputs if each.get("name") != "stderr"),
            ]
    notebook.metadata = {
        "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
        "language_info": {"name": "python"},
    }
    return str(nbformat.writes(notebook)) + "\n"


def _last_words(outputs: Any) -> list[Any]:
    """What commands say on standard error while they work, after it: the last line, without what moves the cursor."""
    said = "".join(each.text for each in outputs if each.get("name") == "stderr")
    lines = [line.strip() for line in re.split(r"[\r\n]+", re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", said))]
    words = [line for line in lines if line][-1:]
    return [nbformat.v4.new_output("stream", name="stderr", text=f"{words[0]}\n")] if words else []


def main() -> None:
    """Run from the command line."""
    with tempfile.TemporaryDirectory(prefix="dragoman-") as folder:
        NOTEBOOK.write_text(kept(executed(Path(folder))), encoding="utf-8")
    print(f"{NOTEBOOK}: {NOTEBOOK.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
