"""GUM's own marks of who is meant: every mention with its group, by document."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from dragoman.reading.tree import Tree


@dataclass(frozen=True, slots=True)
class GoldMention:
    """A marked span of tokens, its group, and what kind of thing it is."""

    start: int
    end: int
    group: str
    kind: str


@dataclass(frozen=True, slots=True)
class GoldDocument:
    """The words and sentences of a document, its date and its marks."""

    id: str
    published: date
    words: tuple[str, ...]
    spaces: tuple[bool, ...]
    starts: tuple[bool, ...]
    mentions: tuple[GoldMention, ...]

    @property
    def genre(self) -> str:
        return self.id.split("_")[1]


def read_documents(path: Path) -> Iterator[GoldDocument]:
    """The documents of a file of GUM."""
    lines: list[str] = []
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("# newdoc") and lines:
            yield _document(lines)
            lines = []
        lines.append(line)
    if lines:
        yield _document(lines)


def _document(lines: list[str]) -> GoldDocument:
    identifier, published = "", date(2015, 1, 1)
    words: list[str] = []
    spaces: list[bool] = []
    starts: list[bool] = []
    mentions: list[GoldMention] = []
    opened: dict[str, list[tuple[int, str]]] = {}
    last: list[str] = []
    fresh = True
    for line in lines:
        if line.startswith("# newdoc id = "):
            identifier = line.split("= ", 1)[1]
        elif line.startswith("# meta::dateCreated = "):
            found = re.search(r"\d{4}-\d{2}-\d{2}", line)
            published = date.fromisoformat(found[0]) if found else published
        elif not line:
            fresh = True
        elif line[0].isdigit() and line.split("\t", 1)[0].isdigit():
            fields = line.split("\t")
            words.append(fields[1])
            spaces.append("SpaceAfter=No" not in fields[9])
            starts.append(fresh)
            fresh = False
            entity = next((part[7:] for part in fields[9].split("|") if part.startswith("Entity=")), "")
            for match in re.finditer(r"\(([^()]*)|([^()]*)\)", entity):
                if match[1] is not None:
                    group, _, rest = match[1].partition("-")
                    group = group.split("[")[0]
                    opened.setdefault(group, []).append((len(words) - 1, rest.split("-")[0]))
                    last.append(group)
                    if entity[match.end() : match.end() + 1] == ")":
                        continue
                else:
                    group = (match[2] or last[-1]).split("[")[0]
                    if group not in opened or not opened[group]:
                        group = last[-1] if last else group
                    if opened.get(group):
                        start, kind = opened[group].pop()
                        mentions.append(GoldMention(start, len(words), group, kind))
    return GoldDocument(identifier, published, tuple(words), tuple(spaces), tuple(starts), tuple(mentions))


def groups_by_head(document: GoldDocument, tree: Tree) -> dict[int, str]:
    """The group of the smallest mention that each token heads."""
    found: dict[int, tuple[int, str]] = {}
    for mention in document.mentions:
        heads = [
            i
            for i in range(mention.start, mention.end)
            if not mention.start <= tree.heads[i] < mention.end or tree.heads[i] == i
        ]
        for head in heads[:1]:
            size = mention.end - mention.start
            if head not in found or size < found[head][0]:
                found[head] = (size, mention.group)
    return {head: group for head, (_, group) in found.items()}
