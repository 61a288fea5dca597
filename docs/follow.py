"""Follow a page of the documentation word for word: `python docs/follow.py docs/tutorial.md [FOLDER]`.

Every block marked ``sh`` or ``python`` is run in its order, in FOLDER (a new one, if none is given) beside a copy of
the samples. Python blocks share their names. A block after the comment ``<!-- not here: reason -->`` is passed over,
and so said. What a page promises with ``<!-- promises: file … -->`` must be there at its end.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
_BLOCK = re.compile(
    r"(?:^<!-- not here: (?P<why>.*?) -->\n+)?^```(?P<kind>sh|python)\n(?P<code>.*?)^```$", re.MULTILINE | re.DOTALL
)
_PROMISE = re.compile(r"<!-- promises: (.*?) -->")
_LONGEST = 300  # seconds that a block may take


@dataclass(frozen=True)
class Block:
    """Code on a page: where it stands, its kind, and why it is not run here, if so."""

    line: int
    kind: str
    code: str
    why_not: str | None


def blocks(page: str) -> Iterator[Block]:
    """The blocks of a page in their order."""
    for found in _BLOCK.finditer(page):
        line = page.count("\n", 0, found.start("code"))
        yield Block(line, found["kind"], found["code"], found["why"])


def promises(page: str) -> list[str]:
    """The files that a page says will be there at its end."""
    return [name for words in _PROMISE.findall(page) for name in words.split()]


def follow(path: Path, folder: Path) -> None:
    """Do what the page says.

    Raises:
        AssertionError: a block failed, or a promised file is missing; the message names page and line.
    """
    page = path.read_text(encoding="utf-8")
    if not (folder / "samples").exists():
        shutil.copytree(ROOT / "samples", folder / "samples")
    names: dict[str, Any] = {"__name__": "__main__"}
    for block in blocks(page):
        place = f"{path.name}, line {block.line}"
        print(f"{place}: {'passed over: ' + block.why_not if block.why_not else block.kind}", flush=True)
        if block.why_not:
            continue
        if block.kind == "python":
            with contextlib.chdir(folder):
                exec(compile(block.code, place, "exec"), names)
            continue
        environment = {
            **os.environ,
            "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
            "COLUMNS": "100",
        }
        done = subprocess.run(
            ["bash", "-euo", "pipefail", "-c", block.code],
            cwd=folder, env=environment, capture_output=True, text=True, check=False, timeout=_LONGEST,
        )  # fmt: skip
        assert done.returncode == 0, (
            f"{place}: exit {done.returncode}\n{block.code}\n{done.stdout[-800:]}{done.stderr[-2000:]}"
        )
    for name in promises(page):
        file = folder / name
        assert file.exists(), f"{path.name} promises {name}, and it is not there"
        assert file.is_dir() or file.stat().st_size > 0, f"{path.name} promises {name}, and it is empty"


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("page", type=Path)
    parser.add_argument("folder", type=Path, nargs="?")
    options = parser.parse_args()
    folder = options.folder or Path(tempfile.mkdtemp(prefix="dragoman-"))
    folder.mkdir(parents=True, exist_ok=True)
    follow(options.page, folder)
    print(f"done; see {folder}")


if __name__ == "__main__":
    main()
