"""How well actors are found and resolved: `python -m benchmarks.actors [CASES.json | FILE.conllu …]`.

Cases (``tests/cases/actors.json``, written for this) are dated texts of all eras and regions in which the actors are
marked, ``[Ankara|TUR]``: the words, the ids expected (``A+B`` for several, ``0`` for no actor), and ``@`` where the
name is a place. ``-`` marks what is not scored, and so does a third part ``*``; a third part ``any`` takes any one of
the ids, ``place`` a place or nobody. A ``.conllu`` file of GUM is read for
its pronouns: those that are the subject of what only someone can do ("said", "agreed"), in the genres like news, are
right where the name or description that they were found to mean is one of the same group. Without files, both are read.
"""

from __future__ import annotations

import argparse
import json
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc

from benchmarks.gum import groups_by_head, read_documents
from benchmarks.report import Table, add_json, publish, shared
from dragoman.knowledge import Knowledge, load_knowledge
from dragoman.language import load
from dragoman.reading.actors import Actors, find_actors
from dragoman.reading.actors.finding import draft_mentions
from dragoman.reading.actors.lexicon import load_lexicon
from dragoman.reading.actors.phrases import SUBJECTS
from dragoman.reading.tree import Tree

_NEWSLIKE = frozenset({"news", "interview", "bio", "speech", "court", "textbook"})
_SUBJECTS = frozenset({"he", "she", "it", "they"})
CASES = Path(__file__).parents[1] / "tests" / "cases" / "actors.json"
UNSEEN = CASES.with_name("actors_unseen.json")
_MARK = re.compile(r"\[([^\[\]|]+)\|([^\[\]|]+)(?:\|(\*|any|place))?\]")


@dataclass(frozen=True, slots=True)
class Expected:
    """Marked words and whom they mean; no ids where they mean no actor."""

    start: int
    end: int
    ids: frozenset[str]
    place: bool
    choice: str = ""

    def fits(self, ids: frozenset[str], *, place: bool) -> bool:
        """Whether these actors are what is expected."""
        if self.choice == "place":
            return not ids or place
        if self.choice == "any":
            return len(ids) == 1 and ids <= self.ids
        # A place that bears no actor's name may still be a mention of where it lies.
        return ids == self.ids or (not self.ids and place)


@dataclass(frozen=True, slots=True)
class Case:
    """A dated text with what is expected of its actors."""

    name: str
    published: date
    text: str
    expected: tuple[Expected, ...]
    offices: dict[str, str]


@dataclass
class Score:
    """Right answers by what was asked, and the wrong ones in words."""

    right: Counter[str] = field(default_factory=Counter)
    asked: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)

    def count(self, what: str, right: bool, note: str) -> None:
        self.asked[what] += 1
        self.right[what] += right
        if not right:
            self.wrong.append(f"{what}: {note}")

    def share(self, what: str) -> float:
        return self.right[what] / self.asked[what] if self.asked[what] else float("nan")


def read_cases(path: Path) -> Iterator[Case]:
    """The cases of a file, their marks taken out of the text."""
    for entry in json.loads(path.read_text(encoding="utf-8")):
        text, expected, last = "", [], 0
        for match in _MARK.finditer(entry["text"]):
            text += entry["text"][last : match.start()]
            start = len(text)
            text += match[1]
            last = match.end()
            key = match[2]
            if key == "-" or match[3] == "*":
                continue
            ids = frozenset() if key == "0" else frozenset(key.rstrip("@").split("+"))
            expected.append(Expected(start, len(text), ids, key.endswith("@"), match[3] or ""))
        text += entry["text"][last:]
        yield Case(
            entry["name"], date.fromisoformat(entry["published"]), text, tuple(expected), entry.get("offices", {})
        )


def found_at(
    doc_offsets: Sequence[tuple[int, int]], actors: Actors, start: int, end: int
) -> tuple[frozenset[str], bool]:
    """The actors of the longest mention that lies in these characters, and whether it is a place."""
    best, size = None, 0
    for mention in actors.mentions:
        low, high = doc_offsets[mention.start][0], doc_offsets[mention.end - 1][1]
        if low < end and high > start and start <= doc_offsets[mention.head][0] < end and high - low > size:
            best, size = mention, high - low
    if best is None:
        return frozenset(), False
    return frozenset(mention.actor for mention in actors.at(best.head)), best.sense == "place"


def score_cases(nlp: Language, knowledge: Knowledge, cases: Sequence[Case]) -> Score:
    """Ids by the form of the words, senses and offices."""
    score = Score()
    for case in cases:
        doc = nlp(case.text)
        actors = find_actors(doc, case.published, knowledge)
        offsets = [(token.idx, token.idx + len(token.text)) for token in doc]
        for expected in case.expected:
            words = case.text[expected.start : expected.end]
            ids, place = found_at(offsets, actors, expected.start, expected.end)
            form = (
                "pronouns"
                if words.lower() in _PRONOUNS
                else "names"
                if words[:4].lower() not in ("the ", "both")
                else "descriptions"
            )
            note = f"{case.name}: {words!r} is {_listed(ids)}, not {_listed(expected.ids)}"
            right = expected.fits(ids, place=place)
            score.count(form, right, note)
            if right and ids and expected.ids and expected.choice != "place":
                score.count(
                    "senses", place == expected.place, f"{case.name}: {words!r} is {'a place' if place else 'an actor'}"
                )
        offices = {record.id: record.office for record in actors.records}
        for person, office in case.offices.items():
            score.count("offices", offices.get(person) == office, f"{case.name}: {person} is {offices.get(person)}")
    return score


_PRONOUNS = frozenset("he she it they him her them his its their we i who both".split())


def _listed(ids: frozenset[str]) -> str:
    return "+".join(sorted(ids)) or "nobody"


def score_gum(nlp: Language, knowledge: Knowledge, path: Path) -> Score:
    """Pronoun subjects by genre, with the document's own words and sentences."""
    score = Score()
    lexicon = load_lexicon()
    for document in read_documents(path):
        if document.genre not in _NEWSLIKE:
            continue
        tree = Tree(nlp(Doc(nlp.vocab, document.words, document.spaces, sent_starts=document.starts)))
        drafts, resolver = draft_mentions(tree, document.published, knowledge)
        resolver.resolve(drafts)
        groups = groups_by_head(document, tree)
        named = {draft.head: draft for draft in drafts}
        for draft in drafts:
            word, verb = draft.facts.noun, tree.doc[tree.heads[draft.head]].lemma_.lower()
            if draft.kind != "pronoun" or word not in _SUBJECTS or tree.deps[draft.head] not in SUBJECTS:
                continue
            group = groups.get(draft.head)
            earlier = [head for head, other in groups.items() if other == group and head < draft.head]
            if verb not in lexicon.animate or group is None or not earlier:
                continue
            index = draft.antecedent
            while index in named and named[index].kind == "pronoun" and named[index].antecedent is not None:
                index = named[index].antecedent
            note = f"{document.id}: {tree.doc[max(0, draft.head - 12) : draft.head + 3].text!r}"
            found = groups.get(index) if index is not None else None
            score.count(f"{document.genre} {word}", found == group, note)
            score.count("all pronouns", found == group, note)
    return score


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the figures and what went wrong."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--errors", action="store_true", help="print every wrong answer")
    add_json(parser)
    options = parser.parse_args(arguments)
    nlp, knowledge = load(), load_knowledge()
    rows: dict[str, dict[str, float]] = {}
    wrong: list[str] = []
    for path in options.files or [CASES, UNSEEN, shared() / "data" / "treebanks" / "gum" / "dev.conllu"]:
        if path.suffix == ".conllu":
            score = score_gum(nlp, knowledge, path)
        else:
            score = score_cases(nlp, knowledge, list(read_cases(path)))
        for what in sorted(score.asked):
            rows[f"{path.stem}: {what}"] = {"asked": score.asked[what], "right": score.share(what)}
        wrong += score.wrong
    publish([Table("Actors", rows)], options.json)
    if options.errors:
        print("\n".join(wrong))


if __name__ == "__main__":
    main()
