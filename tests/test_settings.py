from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

from dragoman.errors import DataError
from dragoman.settings import Settings, load_settings


def _file(folder: Path, text: str) -> Path:
    path = folder / "dragoman.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_every_setting_says_what_it_is_for() -> None:
    for field in dataclasses.fields(Settings):
        assert len(field.metadata["help"]) > 20, field.name


def test_without_a_file_the_defaults_hold(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert load_settings() == Settings()


def test_the_file_in_the_working_folder_is_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _file(tmp_path, 'format = "jsonl"')
    monkeypatch.chdir(tmp_path)
    assert load_settings().format == "jsonl"


def test_paths_are_taken_from_the_folder_of_the_file(tmp_path: Path) -> None:
    settings = load_settings(_file(tmp_path, 'frames = ["mine.tsv", "more/frames.tsv"]\nactors = "actors.csv"'))
    assert settings.frames == (tmp_path / "mine.tsv", tmp_path / "more/frames.tsv")
    assert settings.actors == (tmp_path / "actors.csv",)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('format = "text"\nfromat = "json"', "line 2: there is no setting 'fromat'"),
        ('\n\nformat = "xml"', "line 3: format is one of text, json, jsonl"),
        ("threads = -1", "line 1: threads is a whole number"),
        ("threads = true", "line 1: threads is a whole number"),
        ("frames = [1]", "line 1: frames is a list of files"),
        ("model = 3", "line 1: model is a string"),
        ('format = "text\n', "line 1"),
    ],
)
def test_a_mistake_is_named_with_file_and_line(tmp_path: Path, text: str, message: str) -> None:
    path = _file(tmp_path, text)
    with pytest.raises(DataError) as refused:
        load_settings(path)
    assert str(refused.value).startswith(str(path))
    assert message in str(refused.value)


def test_a_file_that_is_asked_for_must_be_there(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"nowhere\.toml"):
        load_settings(tmp_path / "nowhere.toml")
