"""Whoever uses records can say what made them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

from dragoman.cli.app import app
from dragoman.provenance import current_versions
from dragoman.version import VERSION


def cite(*arguments: str) -> str:
    result = CliRunner().invoke(app, ["cite", *arguments])
    assert result.exit_code == 0, result.output
    return result.output


def test_without_an_archive_the_program_is_cited(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    told = cite()
    made = current_versions()
    assert f"Dragoman {VERSION} (model {made.model}, codebook {made.codebook}, knowledge {made.knowledge})" in told
    assert told.count("@software{") == 1


def test_an_archive_is_cited_with_what_it_holds_and_what_made_it(tmp_path: Path) -> None:
    text = "Kenya hosted talks between Sudan and Ethiopia on Monday."
    for number, word in enumerate(("one", "two")):
        (tmp_path / f"{word}.txt").write_text(f"date 2021-03-0{number + 5}\n{text}", encoding="utf-8")
    digests = set()
    for name, sources in (("a", ["one.txt"]), ("b", ["one.txt", "two.txt"]), ("c", ["two.txt", "one.txt"])):
        archive = str(tmp_path / name)
        files = [str(tmp_path / source) for source in sources]
        assert CliRunner().invoke(app, ["ingest", *files, "--archive", archive, "--workers", "1"]).exit_code == 0
        told = cite("--archive", archive)
        assert f"from {len(sources):,} articles" in told
        assert current_versions().codebook in told
        (digest,) = set(re.findall(r"archive ([0-9a-f]{16})", told))
        digests.add((len(sources), digest))
    # The same articles are the same archive, in whatever order they came.
    assert len(digests) == 2
