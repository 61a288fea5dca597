"""Makes the archive that later versions must be able to read: python tests/store/keep.py, once for every release."""

from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path

HOME = Path(__file__).parent
sys.path.insert(0, str(HOME.parent))

from archives import article, fill  # noqa: E402

import dragoman  # noqa: E402


def main() -> None:
    folder = HOME / "archives" / dragoman.__version__
    shutil.rmtree(folder, ignore_errors=True)
    fill(folder / "archive", [article(1), article(2, url="https://example.org/2"), article(3, "FAIL ")])
    fill(folder / "archive", [article(2, "Corrected. ", url="https://example.org/2")])
    for log in folder.rglob("_delta_log/*.json"):  # they tell where they were written, which is nobody's business
        text = log.read_text(encoding="utf-8")
        log.write_text(text.replace(folder.absolute().as_posix(), "/kept"), encoding="utf-8")
    readings = [reading.to_dict() for reading in dragoman.open(folder / "archive").readings()]
    (folder / "readings.json").write_text(json.dumps(readings, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
