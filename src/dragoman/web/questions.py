"""SQL of strangers: only SELECT, only the views of the archive, for a few seconds and rows.

The archive's own locked connection opens no file; here the statement is looked at as well, before it runs: DuckDB
itself parses it, and whatever it reads from must be a view of the archive. Two doors are better than one.
"""

from __future__ import annotations

import json
import re
import time
from collections.abc import Iterator
from dataclasses import dataclass
from threading import Timer
from typing import Any

import duckdb

from dragoman.errors import ArchiveError, DragomanError
from dragoman.store import Archive

SECONDS = 5.0
ROWS = 1000
_LONGEST = 20_000
_CELLS = 2_000_000
_LONGEST_CELL = 4000
# Functions that stand where a table does and make their rows of nothing but their arguments.
_HARMLESS = frozenset({"unnest", "range", "generate_series"})
_PLAIN_NAME = re.compile(r"\w+\Z")
# Scalar functions that tell of the machine or run text as SQL.
_TELLING = re.compile(
    r"\A(getenv|current_setting|getvariable|query|query_table|read_.*|parquet_.*|sniff_csv|glob|pragma_.*|duckdb_.*|"
    r"pg_.*|nextval|currval|txid_current|version)\Z"
)


class QuestionError(DragomanError):
    """A question in SQL that cannot, or may not, be answered."""


@dataclass(frozen=True, slots=True)
class Answer:
    """Rows of an answer; `cut` where there were more."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]
    cut: bool
    seconds: float


def checked(question: str) -> str:
    """The question, if it only reads the views.

    Raises:
        QuestionError: it is no single SELECT, or reads from elsewhere.
    """
    question = question.strip().rstrip(";").strip()
    if not question:
        raise QuestionError("There is no question.")
    if len(question) > _LONGEST or "\0" in question:
        raise QuestionError(f"A question has {_LONGEST} characters at most.")
    with duckdb.connect(":memory:") as parser:
        found = parser.execute("SELECT json_serialize_sql(?)", [question]).fetchone()
    tree: dict[str, Any] = json.loads(found[0]) if found else {"error": True, "error_message": "it cannot be read"}
    if tree.get("error"):
        raise QuestionError(f"Only a SELECT can be asked: {tree.get('error_message', 'it cannot be read')}")
    if len(tree.get("statements", ())) != 1:
        raise QuestionError("One question at a time.")
    nodes = list(_nodes(tree))
    named = {name.lower() for node in nodes for name in _ctes(node)}
    if not all(map(_PLAIN_NAME.match, named)):  # '/a/file.csv' is the name of a table, too, to DuckDB
        raise QuestionError("A name in WITH is a plain word.")
    for node in nodes:
        kind = node.get("type")
        if kind == "BASE_TABLE":
            table = str(node.get("table_name", "")).lower()
            path: list[str] = list((node.get("qualified_name") or {}).get("path", [table]))
            if node.get("schema_name") or node.get("catalog_name") or len(path) > 1 or table not in VIEWS | named:
                raise QuestionError(
                    f"There is no table {node.get('table_name')!r}; there are {', '.join(sorted(VIEWS))}."
                )
        elif kind == "TABLE_FUNCTION":
            function = str((node.get("function") or {}).get("function_name", "")).lower()
            if function not in _HARMLESS:
                raise QuestionError(f"The function {function!r} cannot be read from here.")
        elif kind == "SHOW_REF":
            raise QuestionError("Only a SELECT can be asked.")
        if node.get("class") == "FUNCTION" and _TELLING.match(str(node.get("function_name", "")).lower()):
            raise QuestionError(f"The function {node.get('function_name')!r} cannot be used here.")
    return question


_TABLES = (
    "articles", "events", "actors", "statements", "times", "places", "ties", "mediations", "steps", "problems",
    "copies", "dyads",
)  # fmt: skip
VIEWS = frozenset({*_TABLES, *(f"{name}_history" for name in _TABLES), "stories", "batches"})


def _nodes(tree: Any) -> Iterator[dict[str, Any]]:
    """Every object of a parsed statement."""
    waiting = [tree]
    while waiting:
        item = waiting.pop()
        if isinstance(item, dict):
            yield item
            waiting += item.values()
        elif isinstance(item, list):
            waiting += item


def _ctes(node: dict[str, Any]) -> Iterator[str]:
    entries = (node.get("cte_map") or {}).get("map") or ()
    for entry in entries:
        if isinstance(entry, dict) and isinstance(entry.get("key"), str):
            yield entry["key"]
    if node.get("type") in ("RECURSIVE_CTE_NODE", "CTE_NODE"):
        for name in ("cte_name", "ctename"):
            if isinstance(node.get(name), str):
                yield node[name]


def ask(archive: Archive, question: str, *, rows: int = ROWS, seconds: float = SECONDS) -> Answer:
    """Answer a question, or give up after some seconds.

    Raises:
        QuestionError: it cannot or may not be answered; the message has no path in it.
    """
    relation = archive.sql(checked(question))
    started = time.monotonic()
    connection = archive.guarded()
    timer = Timer(seconds, connection.interrupt)
    timer.daemon = True
    timer.start()
    try:
        answer = relation.relation()
        columns = tuple(answer.columns)
        found = answer.limit(min(rows + 1, max(1, _CELLS // max(1, len(columns))))).fetchall()
    except duckdb.InterruptException:
        raise QuestionError(f"That took longer than {seconds:g} seconds and was stopped.") from None
    except (duckdb.Error, ArchiveError) as error:
        raise QuestionError(without_paths(str(error))) from None
    finally:
        timer.cancel()
    taken = time.monotonic() - started
    return Answer(columns, tuple(tuple(map(_shown, row)) for row in found[:rows]), len(found) > rows, taken)


def _shown(value: Any) -> Any:
    return value[:_LONGEST_CELL] + " …" if isinstance(value, str) and len(value) > _LONGEST_CELL else value


def without_paths(message: str) -> str:
    """An error message that tells nothing of this machine."""
    return re.sub(r"(?:[A-Za-z]:)?(?:/[\w.@%+=-]+){2,}/?", "…", message.split("\n\nStack Trace")[0])[:600]


def tables(archive: Archive) -> tuple[tuple[str, str], ...]:
    """The views that can be asked, each with its columns."""
    found = []
    for name in (*_TABLES, "stories", "batches"):
        try:
            found.append((name, ", ".join(archive.sql(f"SELECT * FROM {name}").columns)))
        except ArchiveError:
            continue
    return tuple(found)
