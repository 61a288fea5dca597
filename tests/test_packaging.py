"""The wheel, as a user gets it: built, installed into an environment with nothing in it, and used there."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tarfile
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
ARTICLE = (
    "GENEVA, March 3, 2003 - The foreign ministers of Ethiopia and Eritrea met in Geneva on Monday, diplomats said."
)

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def dist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The source distribution, and the wheel that is built from it: what an index would be given."""
    folder = tmp_path_factory.mktemp("dist")
    done = subprocess.run(
        [sys.executable, "-m", "build", "--outdir", str(folder), str(ROOT)], check=False, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    assert not re.search("warning|deprecat", done.stdout + done.stderr, re.IGNORECASE), done.stdout + done.stderr
    return folder


@pytest.fixture(scope="module")
def wheel(dist: Path) -> Path:
    (built,) = dist.glob("*.whl")
    return built


def test_the_source_distribution_carries_what_is_needed_to_build_test_and_read_about_it(dist: Path) -> None:
    (built,) = dist.glob("*.tar.gz")
    with tarfile.open(built) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    for needed in (
        "LICENSE", "README.md", "CHANGELOG.md", "CONTRIBUTING.md", "Containerfile", "Makefile", "constraints.txt",
        "pyproject.toml", "docs/conf.py", "docs/tutorial.md", "docs/weeks.ipynb", "docs/calibration.svg",
        "samples/README.md", "tests/test_packaging.py", "benchmarks/floors.toml", "training/train.py",
    ):  # fmt: skip
        assert needed in names
    assert not [name for name in names if "__pycache__" in name or name.startswith((".venv", "demo", "docs/_build"))]


def test_the_wheel_carries_weights_and_knowledge_and_no_tests(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
    for needed in ("dragoman/py.typed", "dragoman/language/model/network.onnx", "dragoman/presentation/style.css"):
        assert needed in names
    for folder in ("knowledge", "codebook", "mediation"):
        assert any(name.startswith(f"dragoman/{folder}/data/") for name in names)
    assert not any(name.startswith(("tests/", "training/", "benchmarks/")) for name in names)
    assert any(name.endswith("licenses/LICENSE") for name in names)


def test_an_article_is_read_where_only_the_wheel_is_installed(wheel: Path, tmp_path: Path) -> None:
    home = tmp_path / "venv"
    venv.create(home, with_pip=True)
    python = home / ("Scripts" if os.name == "nt" else "bin") / "python"
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}

    def run(*command: str | Path, text: str | None = None) -> str:
        done = subprocess.run(
            list(map(str, command)),
            input=text,
            cwd=tmp_path,
            env=environment,
            text=True,
            capture_output=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    run(python, "-m", "pip", "install", "--quiet", "--constraint", ROOT / "constraints.txt", wheel)
    assert "torch" not in run(python, "-m", "pip", "list", "--format", "freeze").lower()
    reading = json.loads(run(python.with_name("dragoman"), "read", "--format", "json", text=ARTICLE))
    assert reading["article"]["published"] == "2003-03-03"
    assert {"ETH", "ERI"} <= {actor["country"] for actor in reading["actors"]}
    assert reading["events"]
