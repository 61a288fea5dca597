"""The articles that ship can be read, are dated, and are not those that measure the reader."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks import gold
from dragoman.sources.text import read_text

SAMPLES = sorted((Path(__file__).parent.parent / "samples").glob("*.txt"))


def _phrases(text: str, length: int = 9) -> set[tuple[str, ...]]:
    words = text.lower().split()
    return {tuple(words[i : i + length]) for i in range(len(words) - length + 1)}


def test_enough_samples_ship_for_several_mediations() -> None:
    assert len(SAMPLES) >= 26


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_a_sample_has_a_title_and_the_day_that_its_name_tells(path: Path) -> None:
    article = read_text(path.read_bytes())
    assert article.title
    assert article.source is None
    assert path.stem.startswith(article.published.isoformat())
    assert 120 <= len(article.text.split()) <= 300


def test_samples_and_gold_articles_share_no_sentences() -> None:
    measured = {phrase for article in gold.load() for phrase in _phrases(article.text)}
    for path in SAMPLES:
        assert not _phrases(path.read_text(encoding="utf-8")) & measured, path.name


def test_the_readme_of_the_samples_counts_them() -> None:
    readme = (SAMPLES[0].parent / "README.md").read_text(encoding="utf-8")
    rows = [line.split("|") for line in readme.splitlines() if line.startswith("| ") and "---" not in line]
    assert sum(int(row[2]) for row in rows if row[2].strip().isdigit()) == len(SAMPLES)
