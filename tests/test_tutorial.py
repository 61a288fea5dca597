"""The pages that tell people what to type are followed word for word, and give what they promise."""

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest
from rooms import room

import dragoman

ROOT = Path(__file__).parents[1]


def _guide() -> ModuleType:
    spec = importlib.util.spec_from_file_location("follow", ROOT / "docs" / "follow.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)

    sys.modules["follow"] = module  # dataclasses look their module up
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def guide() -> ModuleType:
    return _guide()


@pytest.fixture(scope="module")
def followed(guide: ModuleType, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of somebody who has done the tutorial."""
    folder = tmp_path_factory.mktemp("tutorial")
    guide.follow(ROOT / "docs" / "tutorial.md", folder)
    return folder


@pytest.mark.slow
def test_who_follows_the_tutorial_gets_the_brief_the_exports_and_an_archive(followed: Path) -> None:
    brief = (followed / "brief.html").read_text(encoding="utf-8")
    assert "FARC" in brief
    assert (followed / "events.csv").read_text(encoding="utf-8").count("\n") > 100
    assert dragoman.open(followed / "archive").articles().count() == 32


@pytest.mark.slow
def test_the_page_that_they_are_led_to_opens(followed: Path) -> None:
    pages = room(followed / "archive")
    assert "COL-FARC" in pages.get("/mediations").text
    assert pages.get("/mediations/COL-FARC").status_code == 200


@pytest.mark.slow
@pytest.mark.parametrize("page", ["archive.md", "mediation.md"])
def test_the_code_of_other_pages_runs_in_the_archive_of_the_tutorial(
    guide: ModuleType, followed: Path, page: str
) -> None:
    guide.follow(ROOT / "docs" / page, followed)


@pytest.mark.slow
def test_every_recipe_runs_as_it_stands(guide: ModuleType, tmp_path: Path) -> None:
    guide.follow(ROOT / "docs" / "how-to.md", tmp_path)


# Whole pages that are followed here, and pages whose Python is run by test_docs.py.
FOLLOWED = {"tutorial.md", "how-to.md", "archive.md", "mediation.md"}
RUN = {"README.md", "reference.md", "sources.md", "knowledge.md"}


def test_no_code_stands_on_a_page_that_is_never_run(guide: ModuleType) -> None:
    for page in (*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")):
        left = {block.kind for block in guide.blocks(page.read_text(encoding="utf-8")) if not block.why_not}
        if page.name in RUN:
            left.discard("python")
        assert page.name in FOLLOWED or not left, page.name


def test_a_block_that_fails_is_named_with_page_and_line(guide: ModuleType, tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("Do:\n\n```sh\ntrue\n```\n\n```sh\nfalse\n```\n", encoding="utf-8")
    with pytest.raises(AssertionError, match=r"page\.md, line 7"):
        guide.follow(page, tmp_path)


def test_a_promise_that_is_not_kept_is_named(guide: ModuleType, tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("<!-- promises: brief.html -->\n", encoding="utf-8")
    with pytest.raises(AssertionError, match=r"brief\.html"):
        guide.follow(page, tmp_path)


def test_a_block_is_passed_over_only_with_a_reason(guide: ModuleType) -> None:
    page = "<!-- not here: no net -->\n```sh\nfalse\n```\n\n```python\nx = 1\n```\n"
    assert [block.why_not for block in guide.blocks(page)] == ["no net", None]
