from __future__ import annotations

import os
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

import pytest
from archives import article, fill, recipe
from typer.testing import CliRunner

from dragoman.cli.app import app
from dragoman.provenance import current_versions
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


def test_versions_are_told_of_what_made_the_records_and_of_every_library_that_is_there() -> None:
    told = dict(line.split(" ", 1) for line in CliRunner().invoke(app, ["--version"]).stdout.splitlines())
    made = current_versions()
    assert (told["model"], told["codebook"], told["knowledge"]) == (made.model, made.codebook, made.knowledge)
    for library in ("deltalake", "duckdb", "pyarrow", "trafilatura"):
        assert told[library] == version(library)


@pytest.mark.parametrize(
    "program",
    [
        "import dragoman",
        "import dragoman; [getattr(dragoman, name) for name in dragoman.__all__]",
        "import dragoman; dragoman.read('Kenya hosted talks between Sudan and Ethiopia.', published='2021-03-05')",
    ],
)
def test_nothing_warns(program: str) -> None:
    done = subprocess.run([sys.executable, "-W", "error", "-c", program], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_the_command_is_there_as_a_module_too() -> None:
    done = subprocess.run([sys.executable, "-m", "dragoman", "--help"], capture_output=True, text=True, check=True)
    assert "ingest" in done.stdout


def test_bash_completes_commands_and_options() -> None:
    def completed(*words: str) -> list[str]:
        environment = {
            **os.environ,
            "_DRAGOMAN_COMPLETE": "complete_bash",
            "COMP_WORDS": " ".join(words),
            "COMP_CWORD": str(len(words) - 1),
        }
        program = "import sys; sys.argv = ['dragoman']; from dragoman.cli import main; main()"
        command = [sys.executable, "-c", program]
        return subprocess.run(command, env=environment, capture_output=True, text=True, check=False).stdout.split()

    assert completed("dragoman", "ex") == ["export"]
    assert completed("dragoman", "events", "--sta") == ["--status"]


def test_help_does_not_wait_for_the_language_libraries() -> None:
    program = "import sys; import dragoman.cli.app; print({'spacy', 'numpy', 'onnxruntime'} & set(sys.modules))"
    result = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert result.stdout.strip() == "set()"


def test_import_and_help_are_quick() -> None:
    def best(command: list[str]) -> float:
        # Processor time, for the machine may be busy with other things.
        times = []
        for _ in range(5):
            start = os.times()
            subprocess.run(command, capture_output=True, check=True)
            end = os.times()
            times.append(end.children_user + end.children_system - start.children_user - start.children_system)
        return min(times)

    nothing = best([sys.executable, "-c", "pass"])
    assert best([sys.executable, "-c", "import dragoman"]) - nothing < 0.3
    assert best([*_COMMAND, "--help"]) - nothing < 0.4


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


def test_a_reader_of_an_export_who_leaves_early_is_left_in_peace(tmp_path: Path) -> None:
    fill(tmp_path / "archive", [article(n) for n in range(1, 4)], recipe())
    words = [sys.executable, "-m", "dragoman", "export", "csv", "--archive", str(tmp_path / "archive")]
    # Nobody reads: the other end of the pipe is closed before anything is written.
    reader, writer = os.pipe()
    os.close(reader)
    try:
        ended = subprocess.run(words, stdout=writer, stderr=subprocess.PIPE, text=True, check=False)
    finally:
        os.close(writer)
    assert ended.stderr == ""
