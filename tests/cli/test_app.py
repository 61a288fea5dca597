from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from dragoman.cli.app import app
from dragoman.version import VERSION

_SOURCE = Path(__file__).parents[2] / "src"
_COMMAND = [sys.executable, "-c", "from dragoman.cli import main; main()"]


def test_version_names_everything_that_a_result_depends_on() -> None:
    result = CliRunner().invoke(app, ["--version"])
    assert result.exit_code == 0
    assert f"dragoman {VERSION}" in result.stdout
    for library in ("python", "spacy", "onnxruntime"):
        assert f"{library} " in result.stdout


@pytest.fixture(autouse=True)
def _findable(monkeypatch: pytest.MonkeyPatch) -> None:
    """The package is found by the processes started here, installed or not."""
    monkeypatch.setenv("PYTHONPATH", str(_SOURCE))


def test_help_does_not_wait_for_the_language_libraries() -> None:
    program = "import sys; import dragoman.cli.app; print({'spacy', 'numpy', 'onnxruntime'} & set(sys.modules))"
    result = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert result.stdout.strip() == "set()"


def test_help_is_quick() -> None:
    def best(command: list[str]) -> float:
        # Processor time, for the machine may be busy with other things.
        times = []
        for _ in range(5):
            start = os.times()
            subprocess.run(command, capture_output=True, check=True)
            end = os.times()
            times.append(end.children_user + end.children_system - start.children_user - start.children_system)
        return min(times)

    assert best([*_COMMAND, "--help"]) - best([sys.executable, "-c", "pass"]) < 0.4


@pytest.mark.parametrize(
    "arguments", [["read", "nowhere.txt"], ["read", "--published", "today"], ["codebook", "NOSUCH"]]
)
def test_an_error_is_one_line_without_a_stack(arguments: list[str], tmp_path: Path) -> None:
    result = subprocess.run(
        [*_COMMAND, *arguments], capture_output=True, text=True, cwd=tmp_path, stdin=subprocess.DEVNULL
    )
    assert result.returncode == 1
    assert result.stderr.startswith("dragoman: ")
    assert len(result.stderr.splitlines()) == 1


def test_codebook_shows_a_type_and_checks_frames(tmp_path: Path) -> None:
    runner = CliRunner()
    assert "verbal cooperation" in runner.invoke(app, ["codebook", "consult"]).output
    bad = tmp_path / "bad.tsv"
    bad.write_text("lemma\tpos\tcode\nstiff\tv\t120\nstiff\tv\t111\n", encoding="utf-8")
    result = runner.invoke(app, ["codebook", "check", str(bad)])
    assert result.exit_code == 1
    assert "bad.tsv:3" in result.output
