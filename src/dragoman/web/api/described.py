"""The OpenAPI description, and the page that shows it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Described:
    """`/api`: what can be asked."""

    calls: tuple[tuple[str, str, str, tuple[tuple[str, str], ...]], ...]


def described(openapi: Mapping[str, Any]) -> Described:
    """The OpenAPI as a page to read: method, path, what for, parameters."""
    calls = []
    for path, methods in openapi["paths"].items():
        for method, call in methods.items():
            parameters = tuple((p["name"], p["in"]) for p in call.get("parameters", ()))
            calls.append((method.upper(), path, " ".join(call.get("description", "").split()), parameters))
    return Described(tuple(calls))


def named_as_in_the_contract(openapi: dict[str, Any]) -> dict[str, Any]:
    """`from` is a keyword in Python: the contract's name for it goes into the description."""
    for schema in openapi.get("components", {}).get("schemas", {}).values():
        properties = schema.get("properties", {})
        if "from_" in properties:
            schema["properties"] = {key.rstrip("_") if key == "from_" else key: v for key, v in properties.items()}
            schema["required"] = ["from" if key == "from_" else key for key in schema.get("required", ())]
    return openapi
