"""The words that announce what someone says."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from dragoman.errors import DataError
from dragoman.reading.inflection import noun_forms, verb_forms

CONSTRUCTIONS = ("that", "to", "tell", "quote", "aside", "object", "objects", "about", "nouns")


@dataclass(frozen=True, slots=True)
class Cue:
    """A reporting word: its kind, the constructions in which it reports, and the objects that are what is said."""

    lemma: str
    kind: str
    takes: frozenset[str]
    objects: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class CueLexicon:
    """Reporting verbs and nouns, by every form of theirs."""

    verbs: Mapping[str, Cue]
    nouns: Mapping[str, Cue]

    def verb(self, form: str, lemma: str) -> Cue | None:
        """The verb of which this is a form."""
        return self.verbs.get(form.lower()) or self.verbs.get(lemma.lower())

    def noun(self, form: str, lemma: str) -> Cue | None:
        """The noun of which this is a form."""
        return self.nouns.get(form.lower()) or self.nouns.get(lemma.lower())


@cache
def load_cues() -> CueLexicon:
    """The shipped lexicon.

    Raises:
        DataError: a table holds something other than lists of words under the known constructions.
    """
    name = "cues.toml"
    data = tomllib.loads(files(__package__).joinpath("data", name).read_text(encoding="utf-8"))
    return parse_cues(data, name)


def parse_cues(data: Mapping[str, object], name: str) -> CueLexicon:
    """Build a lexicon from tables of kinds; `name` is the file that errors speak of."""
    verbs: dict[str, tuple[str, set[str], frozenset[str]]] = {}
    nouns: dict[str, Cue] = {}
    for kind, table in data.items():
        if not isinstance(table, dict):
            raise DataError(f"{name}: [{kind}] is not a table")
        for construction, words in table.items():
            if construction not in CONSTRUCTIONS:
                raise DataError(f"{name}: [{kind}] {construction!r} is none of {', '.join(CONSTRUCTIONS)}")
            if not isinstance(words, list) or not all(isinstance(word, str) for word in words):
                raise DataError(f"{name}: [{kind}] {construction} is not a list of words")
            for word in words:
                if construction == "nouns":
                    infinitive = {"to"} if table.get("to") else set()
                    nouns[word] = Cue(word, kind, frozenset({"that", "quote"} | infinitive))
                elif construction != "objects":
                    # A verb in two tables ("caution" notes and warns) keeps the kind that comes last: the closer one.
                    takes = verbs[word][1] if word in verbs else set()
                    takes.update({construction} if construction in ("quote", "aside") else {construction, "quote"})
                    verbs[word] = (kind, takes, frozenset(table.get("objects", ())))
    by_form: dict[str, Cue] = {}
    for word, (kind, takes, objects) in verbs.items():
        cue = Cue(word, kind, frozenset(takes), objects)
        for form in verb_forms(word):
            by_form.setdefault(form, cue)
    return CueLexicon(by_form, {form: cue for word, cue in nouns.items() for form in noun_forms(word)})
