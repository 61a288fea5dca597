"""What a user can set: each setting with its default and what it is for.

Settings come from `dragoman.toml` in the working folder (or the file named by `--settings`); options of the command
line override them.
"""

from __future__ import annotations

import dataclasses
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dragoman.errors import DataError

FILE_NAME = "dragoman.toml"


def _setting(default: Any, help: str, *, choices: tuple[str, ...] = ()) -> Any:
    return dataclasses.field(default=default, metadata={"help": help, "choices": choices})


@dataclass(frozen=True, slots=True)
class Settings:
    """All settings. Paths in a settings file are taken from the folder that the file lies in."""

    format: str = _setting(
        "text",
        "How `dragoman read` prints: a report to read, JSON, or one JSON object a line.",
        choices=("text", "json", "jsonl"),
    )
    frames: tuple[Path, ...] = _setting(
        (), "Files of frames that extend the codebook; a later one overrides an earlier one."
    )
    actors: tuple[Path, ...] = _setting(
        (), "Files of actors that extend the knowledge; a later one overrides an earlier one."
    )
    model: str | None = _setting(
        None, "Another spaCy pipeline with Universal Dependencies labels, by package name or folder, in place of ours."
    )
    archive: str = _setting(
        "archive",
        "The archive that commands ask and write: a folder, or an object store's address such as s3://bucket/x.",
    )
    threads: int = _setting(0, "How many processor cores are used; 0 means all.")
    largest_document: int = _setting(40, "Megabytes of one text, line, row or PDF file at most.")
    largest_page: int = _setting(5, "Megabytes of one web page or feed at most.")
    largest_ratio: int = _setting(250, "How many times its size a compressed file may unpack to before it is refused.")
    user_agent: str | None = _setting(
        None,
        "What web servers are told of who asks; name a way to reach you. Without it, name and version of Dragoman.",
    )
    web_delay: int = _setting(1, "Seconds between two requests to one web server; its robots.txt may ask for more.")
    web_timeout: int = _setting(20, "Seconds that a web server may be silent; a whole page may take three times that.")
    web_tries: int = _setting(3, "How often a page is asked for when its server is busy or cannot be reached.")


def load_settings(path: Path | None = None) -> Settings:
    """The settings in this file; without one, those in `dragoman.toml` of the working folder, if it is there.

    Raises:
        DataError: the file is missing or malformed, or names a setting that there is not; file and line are in the
        message.
    """
    if path is None:
        path = Path(FILE_NAME)
        if not path.is_file():
            return Settings()
    try:
        text = path.read_text(encoding="utf-8")
        data = tomllib.loads(text)
    except OSError as error:
        raise DataError(f"{path}: it cannot be opened: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise DataError(f"{path}: it is not UTF-8") from error
    except tomllib.TOMLDecodeError as error:
        raise DataError(f"{path}: {error}") from error
    return _checked(data, path, text)


def _checked(data: Mapping[str, Any], path: Path, text: str) -> Settings:
    fields = {field.name: field for field in dataclasses.fields(Settings)}
    values: dict[str, Any] = {}
    for name, value in data.items():
        place = f"{path}, line {_line(text, name)}"
        if name not in fields:
            raise DataError(f"{place}: there is no setting {name!r}; there are {', '.join(fields)}")
        field = fields[name]
        choices = field.metadata["choices"]
        if isinstance(field.default, tuple):
            files = [value] if isinstance(value, str) else value
            if not isinstance(files, list) or not all(isinstance(file, str) for file in files):
                raise DataError(f"{place}: {name} is a list of files")
            values[name] = tuple(path.parent / file for file in files)
        elif isinstance(field.default, int):
            if type(value) is not int or value < 0:
                raise DataError(f"{place}: {name} is a whole number, 0 or more")
            values[name] = value
        elif not isinstance(value, str) or (choices and value not in choices):
            raise DataError(f"{place}: {name} is {'one of ' + ', '.join(choices) if choices else 'a string'}")
        else:
            values[name] = value
    return Settings(**values)


def _line(text: str, name: str) -> int:
    found = re.search(rf"^[ \t]*\[?[\"']?{re.escape(name)}[\"']?", text, re.MULTILINE)
    return text.count("\n", 0, found.start()) + 1 if found else 1
