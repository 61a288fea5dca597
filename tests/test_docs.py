from __future__ import annotations

import dataclasses
import importlib.util
import re
import tomllib
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
import typer

from dragoman.cli.app import app
from dragoman.codebook import load_codebook
from dragoman.settings import Settings, load_settings
from dragoman.version import VERSION

ROOT = Path(__file__).parents[1]
REFERENCE = (ROOT / "docs" / "reference.md").read_text(encoding="utf-8")


def _generator(name: str = "reference") -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, ROOT / "docs" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_reference_is_what_the_code_says() -> None:
    assert _generator().renewed(REFERENCE) == REFERENCE, "run: python docs/reference.py"


def test_every_code_is_explained() -> None:
    page = (ROOT / "docs" / "codes.md").read_text(encoding="utf-8")
    assert _generator("codes").renewed(page) == page, "run: python docs/codes.py"
    book = load_codebook()
    for kind in book.types.values():
        assert f"### {kind.name}\n" in page
        assert all(f"| `{mode.name}` |" in page for mode in kind.modes)
    assert all(f"`{code}` " in page for code in book.codes)


def test_every_command_and_option_is_described() -> None:
    def walk(command: Any, path: str) -> None:
        assert f"`{path}`" in REFERENCE
        assert command.help, path
        for parameter in command.params:
            assert getattr(parameter, "help", None), f"{path} {parameter.name}"
        for name, inner in getattr(command, "commands", {}).items():
            walk(inner, f"{path} {name}")

    walk(typer.main.get_command(app), "dragoman")


def test_every_setting_is_described() -> None:
    for field in dataclasses.fields(Settings):
        assert f"| `{field.name}` |" in REFERENCE


@pytest.mark.parametrize("page", ["README.md", "docs/reference.md", "docs/sources.md", "docs/knowledge.md"])
def test_the_code_on_a_page_runs_as_it_stands(page: str) -> None:
    blocks = re.findall(r"^```python\n(.*?)^```", (ROOT / page).read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    assert blocks
    names: dict[str, Any] = {}
    for block in blocks:
        exec(compile(block, page, "exec"), names)


PAGES = [*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").glob("*.md")), ROOT / "samples" / "README.md"]


_FENCED = re.compile(r"^```(\w*)\n(.*?)^```", re.MULTILINE | re.DOTALL)
_COMMAND = re.compile(r"(?:^|bin/|[|&;] )dragoman ([a-z-][^#|>\n;&]*)", re.MULTILINE)


def _blocks(page: Path, kind: str) -> list[str]:
    return [code for name, code in _FENCED.findall(page.read_text(encoding="utf-8")) if name == kind]


def _commands(page: Path) -> list[list[str]]:
    """What is typed after `dragoman` in the code of a page, fenced or indented, without what the shell puts in."""
    text = page.read_text(encoding="utf-8")
    indented = re.findall(r"^    (\S.*)$", _FENCED.sub("", text), re.MULTILINE)
    code = "\n".join([*(code for _, code in _FENCED.findall(text)), *indented])
    code = re.sub(r"\\\n\s*", " ", code)
    return [line.split() for line in _COMMAND.findall(re.sub(r"\$\([^)]*\)|\"[^\"\n]*\"", "WORD", code))]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_a_page_names_no_command_or_option_that_there_is_not(page: Path) -> None:
    for line in _commands(page):
        words = list(line)
        command: Any = typer.main.get_command(app)
        parameters = list(command.params)
        while words and words[0] in getattr(command, "commands", {}):
            command = command.commands[words.pop(0)]
            parameters = list(command.params)
        assert command.name != "dragoman" or not words or words[0].startswith("-"), line
        for inner in getattr(command, "commands", {}).values():  # `dragoman codebook CONSULT` shows the type
            parameters += inner.params if command.name != "dragoman" else []
        options = {option for parameter in parameters for option in parameter.opts}
        named = {word.partition("=")[0] for word in words if re.fullmatch(r"--?[a-z].*", word)}
        assert named <= options, line


def test_the_readme_shows_what_there_is_to_do() -> None:
    assert len(_commands(ROOT / "README.md")) > 8


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_a_page_sets_no_setting_that_there_is_not(page: Path, tmp_path: Path) -> None:
    for block in _blocks(page, "toml"):
        file = tmp_path / "dragoman.toml"
        file.write_text(block, encoding="utf-8")
        load_settings(file)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_a_page_names_no_benchmark_that_there_is_not(page: Path) -> None:
    for module in re.findall(r"python -m ((?:benchmarks|training|tests)[.\w]*)", page.read_text(encoding="utf-8")):
        path = ROOT.joinpath(*module.rstrip(".").split("."))
        assert path.with_suffix(".py").exists() or (path / "__main__.py").exists(), module


def test_links_between_pages_lead_somewhere() -> None:
    pages = [*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")]
    assert len(pages) > 5
    for page in pages:
        for link in re.findall(r"\]\(([^)#\s]+)", page.read_text(encoding="utf-8")):
            assert link.startswith("https://") or (page.parent / link).exists(), f"{page.name}: {link}"


def test_changelog_and_package_agree_on_the_version() -> None:
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert re.findall(r"^## (\S+)", changelog, re.MULTILINE)[0] == VERSION


def test_pins_are_exact_and_name_no_place_to_fetch_from() -> None:
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pins = [line for line in lines if not line.startswith("#")]
    assert pins
    for pin in pins:
        assert re.fullmatch(r"[A-Za-z0-9._-]+==[0-9][A-Za-z0-9.]*", pin), pin


def test_every_dependency_is_pinned() -> None:
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8").split("[project.scripts]")[0]
    pins = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pinned = {pin.split("==")[0].lower().replace("_", "-") for pin in pins}
    named = {
        name.lower().replace("_", "-") for name in re.findall(r'^\s+"([A-Za-z0-9_-]+)(?:[>=])', project, re.MULTILINE)
    }
    assert len(named) > 8
    assert named <= pinned


def test_pages_and_the_container_file_name_extras_that_there_are() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    named = {
        extra.strip()
        for page in (*PAGES, ROOT / "Containerfile", ROOT / "Makefile")
        for listed in re.findall(r"(?:dragoman|'\.|\"\.|\.whl\)\"?)\[([a-z, ]+)\]", page.read_text(encoding="utf-8"))
        for extra in listed.split(",")
    }
    assert {"archive", "web", "sources", "dev"} <= named <= set(project["optional-dependencies"])
