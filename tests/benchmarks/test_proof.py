"""What the proof page says is what was measured; what differs by region and years is counted by article."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks import errors, floors, gold, measured, proof
from benchmarks.groups import ERAS, NOWHERE, era, region, region_of
from benchmarks.measured import Benchmark
from benchmarks.pictures import calibration_svg, coverage_svg


def test_the_page_is_what_was_measured() -> None:
    page = proof.PAGE.read_text(encoding="utf-8")
    assert proof.renewed(page) == page, "run: python -m benchmarks.proof"
    assert proof.CALIBRATION.read_text(encoding="utf-8") == proof.picture()


def test_every_floor_stands_on_the_page_with_command_day_and_data() -> None:
    page = proof.PAGE.read_text(encoding="utf-8")
    for floor in floors.load():
        assert f"`{floor.command}` ({floor.date}, data `{floor.hash}`)" in page


def test_every_benchmark_of_the_page_was_run_and_is_there() -> None:
    for each in measured.load():
        assert each.date, each.command
        assert each.figures, each.command
        module = each.command.split()[2]
        assert Path(*module.split(".")).with_suffix(".py").name in {
            path.name for path in Path(measured.MEASURED.parent).glob("*.py")
        }


def test_figures_are_kept_by_their_paths() -> None:
    report = {"a": {"b": {"f1": 0.5, "n": 3, "name": "x", "good": True}}, "other": {"f1": 1}}
    assert dict(measured.kept(report, ["a/*/f1", "a/b/n"])) == {"a/b/f1": 0.5, "a/b/n": 3.0}
    assert dict(measured.kept(report, ["*"])) == {"a/b/f1": 0.5, "a/b/n": 3.0, "other/f1": 1.0}


def test_what_was_measured_comes_back_as_it_was_written(tmp_path: Path) -> None:
    path = tmp_path / "measured.toml"
    path.write_text("# Notes stay.\n\n[[benchmark]]\n", encoding="utf-8")
    given = [
        Benchmark("Ümlaut", "python -m x", ("a",), ("*",), "ab", "2026-01-02", {"a · b/c": 0.1234, "n": 5.0}),
        Benchmark("Not yet", "python -m y", (), ("*",)),
    ]
    measured.dump(given, path)
    assert measured.load(path) == given
    assert path.read_text(encoding="utf-8").startswith("# Notes stay.")


def test_errors_come_back_as_they_were_written(tmp_path: Path) -> None:
    path = tmp_path / "errors.toml"
    path.write_text("# Notes.\n\n[[error]]\n", encoding="utf-8")
    given = [errors.Error("kind", "“Text”", "A B (actual)", ("A B (actual)",), "2026-01-02")]
    errors.dump(given, path)
    assert errors.load(path) == given
    assert given[0].mended


def test_every_article_has_years_and_most_a_part_of_the_world() -> None:
    articles = gold.load()
    found = [region(article) for article in articles]
    assert {era(article) for article in articles} == {name for _, name in ERAS}
    assert found.count(NOWHERE) < len(found) / 20
    assert len(set(found)) == 6
    by_id = {article.id: region(article) for article in gold.load()}
    assert by_id["burundi-2000"] == "Africa"
    assert by_id["dayton-1995"] == "Europe"
    assert by_id["stockholm-2018"] == "Middle East"


@pytest.mark.parametrize(
    ("country", "part"), [("EGY", "Middle East"), ("COL", "Americas"), ("XXX", None), (None, None)]
)
def test_a_country_has_its_part_of_the_world(country: str | None, part: str | None) -> None:
    assert region_of(country) == part


def test_pictures_show_each_tenth_and_each_country_with_a_gap() -> None:
    bins = {
        "0.1–0.2": {"events": 1.0, "mean confidence": 0.15, "right": 0.0},
        "0.8–0.9": {"events": 9.0, "mean confidence": 0.85, "right": 0.9},
    }
    assert calibration_svg(bins).count("<circle") == 2
    known = {("AAA", 1990): {"a": True, "b": True}, ("BBB", 1990): {"a": True, "b": False}}
    picture = coverage_svg(known)
    assert ">BBB<" in picture
    assert ">AAA<" not in picture
