"""The pages that tell people what to type are followed word for word, and give what they promise."""

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

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


@pytest.mark.slow
@pytest.mark.parametrize("page", ["tutorial.md", "how-to.md"])
def test_who_follows_the_page_gets_what_it_promises(guide: ModuleType, page: str, tmp_path: Path) -> None:
    guide.follow(ROOT / "docs" / page, tmp_path)


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
