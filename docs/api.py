"""Bring docs/api.md up to date: every call of the JSON API, with its parameters and what it answers.

python docs/api.py
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from fastapi import FastAPI

from dragoman.cli.filters import FILTERS
from dragoman.version import VERSION
from dragoman.web import api
from dragoman.web.api import described

TARGET = Path(__file__).with_name("api.md")
# What a parameter means that the command line does not have; what it shares with it is told in the same words.
MEANINGS = {
    "article": "The id of an article.",
    "as_of": "As it was known at the end of this day.",
    "by": "What is counted by.",
    "geonames": "The place, by its GeoNames id.",
    "id": "The id of the record, article or mediation that is meant.",
    "kind": "The kind, as the contract has it.",
    "latest": "Only the last review of each event.",
    "limit": "How many at most.",
    "mediation": "The id of the mediation.",
    "most": "How many partners, the most frequent first.",
    "offset": "How many are passed over first.",
    "order": "Columns to sort by, `-` before one for descending.",
    "own": "The country that the actor acts for, which is no partner of its own.",
    "q": "The question, in DuckDB's SQL.",
    "quad": "One of the four categories, such as `verbal conflict`.",
    "search": "Words that stand in the text or title.",
    "sector": "The PLOVER sector.",
    "speaker": "Who says it, by id or country.",
    "steps": "How many steps of the timeline are told.",
    "versions": "The reading that these versions made; the one that stands, if not given.",
}


def description() -> dict[str, Any]:
    """The OpenAPI of the calls, as `/api/openapi.json` gives it; no archive is needed for it."""
    app = FastAPI(title="Dragoman", version=VERSION)
    app.include_router(api.router)
    return described.named_as_in_the_contract(app.openapi())


def renewed(page: str) -> str:
    """The page with everything between `<!-- name -->` and `<!-- end -->` written anew."""
    openapi = description()
    for name, lines in {"calls": _calls(openapi), "answers": _answers(openapi)}.items():
        block = "\n".join([f"<!-- {name} -->", "", *lines, "<!-- end -->"])
        page, count = re.subn(rf"<!-- {name} -->.*?<!-- end -->", lambda _, block=block: block, page, flags=re.DOTALL)
        if count != 1:
            raise SystemExit(f"{TARGET} has {count} places for {name}")
    return page


def _calls(openapi: Mapping[str, Any]) -> Iterator[str]:
    for path, methods in openapi["paths"].items():
        for method, call in methods.items():
            yield f"### `{method.upper()} {path}`"
            yield ""
            yield " ".join(call["description"].split())
            yield ""
            if body := call.get("requestBody"):
                yield f"The body is a {_type(body['content']['application/json']['schema'])}."
                yield ""
            good = next(answer for code, answer in call["responses"].items() if code.startswith("2"))
            answer = good.get("content", {}).get("application/json", {}).get("schema")
            yield f"Answers with {_type(answer) if answer else 'nothing'}."
            yield ""
            if parameters := call.get("parameters"):
                yield "| parameter | type | meaning |"
                yield "| --- | --- | --- |"
                for each in parameters:
                    yield f"| `{each['name']}` | {_cell(_bounds(each['schema']))} | {_cell(meaning(each['name']))} |"
                yield ""


def meaning(name: str) -> str:
    """What a parameter is for, in words.

    Raises:
        KeyError: nobody has said.
    """
    known = FILTERS.get({"with": "with_"}.get(name, name))
    return MEANINGS[name] if known is None else str(known[1].help)


# Pages and found records differ in what they hold alone: one of each stands for all.
_SHOWN = {"Page_FoundRecord_Event__": "Page of …", "FoundRecord_Event_": "Found …"}
_HELD = {("Page of …", "items"): "list of what is asked for", ("Found …", "record"): "the record"}
_PLAIN = {None: "anything", "string": "text", "integer": "whole number", "boolean": "true or false"}


def _answers(openapi: Mapping[str, Any]) -> Iterator[str]:
    for name, schema in sorted(openapi["components"]["schemas"].items()):
        if name.startswith(("Page_", "FoundRecord_")) and name not in _SHOWN:
            continue
        shown = _SHOWN.get(name, name)
        yield f"### {shown}"
        yield ""
        words = " ".join((schema.get("description") or "").split("Attributes:")[0].split())
        if words:
            yield words
            yield ""
        yield "| field | type |"
        yield "| --- | --- |"
        for field, inner in schema.get("properties", {}).items():
            yield f"| `{field}` | {_cell(_HELD.get((shown, field)) or _type(inner))} |"
        yield ""


def _type(schema: Mapping[str, Any]) -> str:
    if "$ref" in schema:
        name = schema["$ref"].rsplit("/", 1)[1]
        if found := re.fullmatch(r"Page_(?:FoundRecord_)?(\w+?)_+", name):
            return f"a page of `{found[1].split('_')[0]}`"
        if found := re.fullmatch(r"FoundRecord_(\w+?)_", name):
            return f"`{found[1]}` with its article"
        return f"`{name}`"
    if "anyOf" in schema:
        kinds = [_type(each) for each in schema["anyOf"] if each.get("type") != "null"]
        return " or ".join(kinds) + (" or null" if len(kinds) < len(schema["anyOf"]) else "")
    if "enum" in schema:
        return "one of " + ", ".join(f"`{value}`" for value in schema["enum"])
    if "const" in schema:
        return f"`{schema['const']}`"
    kind = schema.get("type")
    if kind == "array":
        return f"list of {_type(schema['items'])}" if schema.get("items") else "list"
    if kind == "string" and "format" in schema:
        return {"date": "day", "date-time": "time"}.get(schema["format"], schema["format"])
    return _PLAIN.get(kind, str(kind))


def _bounds(schema: Mapping[str, Any]) -> str:
    words = _type(schema)
    if schema.get("type") == "array":
        words = words.replace("list of", "may be repeated:")
    pattern = schema.get("pattern", "")
    if choices := re.fullmatch(r"\^\(([\w|]+)\)\$", schema.get("items", {}).get("pattern", pattern)):
        words += " – any of " + ", ".join(f"`{word}`" for word in choices[1].split("|"))
    if "maximum" in schema:
        words += f", {schema.get('minimum', 0):,} to {schema['maximum']:,}"
    if schema.get("default") not in (None, [], False):
        words += f"; {schema['default']} if not given"
    return words


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


if __name__ == "__main__":
    TARGET.write_text(renewed(TARGET.read_text(encoding="utf-8")), encoding="utf-8")
