"""Bring docs/codes.md up to date: what every type, mode, context and code means, from the codebook.

python docs/codes.py
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from dragoman.codebook import Codebook, EventType, load_codebook

TARGET = Path(__file__).with_name("codes.md")


def renewed(page: str) -> str:
    """The page with everything between `<!-- name -->` and `<!-- end -->` written anew."""
    book = load_codebook()
    for name, lines in {"types": _types(book), "contexts": _contexts(book), "statements": _statements(book)}.items():
        block = "\n".join([f"<!-- {name} -->", "", *lines, "<!-- end -->"])
        page, count = re.subn(rf"<!-- {name} -->.*?<!-- end -->", lambda _, block=block: block, page, flags=re.DOTALL)
        if count != 1:
            raise SystemExit(f"{TARGET} has {count} places for {name}")
    return page


def _types(book: Codebook) -> Iterator[str]:
    yield "| type | quad category | score | meaning |"
    yield "| --- | --- | ---: | --- |"
    for kind in book.types.values():
        yield f"| [{kind.name}](#{kind.name.lower()}) | {kind.quad} | {kind.score:g} | {kind.definition} |"
    yield ""
    for kind in book.types.values():
        yield from _type(kind, book)


def _type(kind: EventType, book: Codebook) -> Iterator[str]:
    yield f"### {kind.name}"
    yield ""
    yield f"{kind.definition} *{kind.quad.capitalize()}, score {kind.score:g}.*"
    yield ""
    if kind.rules:
        yield from (f"- {rule}" for rule in kind.rules)
        yield ""
    if kind.modes:
        yield "| mode | score | meaning |"
        yield "| --- | ---: | --- |"
        yield from (f"| `{mode.name}` | {mode.score:g} | {mode.definition} |" for mode in kind.modes)
        yield ""
    codes = [f"`{code.code}` {code.label}" for code in book.codes.values() if code.type == kind.name]
    yield f"CAMEO: {'; '.join(codes)}."
    yield ""
    for example in book.examples:
        if example.type == kind.name:
            yield f"> {example.text} → `{example.cameo}`"
            yield ""


def _contexts(book: Codebook) -> Iterator[str]:
    yield "| context | meaning |"
    yield "| --- | --- |"
    yield from (f"| `{context.name}` | {context.definition} |" for context in book.contexts.values())
    yield ""


def _statements(book: Codebook) -> Iterator[str]:
    codes = [f"`{code.code}` {code.label}" for code in book.codes.values() if code.type is None]
    yield f"{'; '.join(codes)}."
    yield ""


if __name__ == "__main__":
    TARGET.write_text(renewed(TARGET.read_text(encoding="utf-8")), encoding="utf-8")
