"""Every call of the JSON API is described in the documentation, as the server itself describes it."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

DOCS = Path(__file__).parents[2] / "docs"


@pytest.fixture(scope="module")
def generator() -> ModuleType:
    spec = importlib.util.spec_from_file_location("api_reference", DOCS / "api.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_page_is_what_the_server_says(generator: ModuleType) -> None:
    page = (DOCS / "api.md").read_text(encoding="utf-8")
    assert generator.renewed(page) == page, "run: python docs/api.py"


def test_every_call_and_parameter_has_words(generator: ModuleType) -> None:
    page = (DOCS / "api.md").read_text(encoding="utf-8")
    for path, methods in generator.description()["paths"].items():
        for method, call in methods.items():
            assert f"### `{method.upper()} {path}`" in page
            assert call["description"]
            for parameter in call.get("parameters", ()):
                assert generator.meaning(parameter["name"])
