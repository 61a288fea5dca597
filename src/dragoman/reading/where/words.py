"""Classes of words that tell where something happens; they are data, read once."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from spacy.tokens import Token

from dragoman.reading.inflection import noun_forms, verb_forms


@dataclass(frozen=True, slots=True)
class Words:
    """The classes of ``data/words.toml``, those of motion in every form.

    Attributes:
        motion: words after which "to" and "for" say where the event is.
        leaving: those of them that lead away from what went before.
        bound: words after which "to", "for" and "from" say that a town is meant and no government.
        periods: words for stretches of time, below which an event's place may stand.
        hosting: verbs whose subject may be the place: "Bern hosted".
        gatherings: nouns that are the event of a clause whose subject they are: "the talks in Geneva collapsed".
        occasions: these, and nouns for what brings people together to fight.
        talks: gatherings that "on" and "over" say the subject of.
        deals: nouns that take the place where what they name was signed, if that is a town or a house.
        deeds: nouns of violence that what is told may answer, elsewhere.
        towns: nouns for the town that was named last.
        houses: nouns for a house of the place that the report comes from.
        phases: verbs after which an infinitive happens where they do.
        about: verbs whose "on" and "over" say what they were about.
        plying: verbs of going to and fro, which happen at neither end.
        invading: verbs of force that happen where those are whom they are done to: "Iraq invaded Kuwait".
        assembled: verbs of being somewhere together or speaking there.
    """

    motion: frozenset[str]
    leaving: frozenset[str]
    bound: frozenset[str]
    periods: frozenset[str]
    hosting: frozenset[str]
    gatherings: frozenset[str]
    occasions: frozenset[str]
    talks: frozenset[str]
    deals: frozenset[str]
    deeds: frozenset[str]
    towns: frozenset[str]
    houses: frozenset[str]
    phases: frozenset[str]
    about: frozenset[str]
    plying: frozenset[str]
    invading: frozenset[str]
    assembled: frozenset[str]

    def is_motion(self, token: Token) -> bool:
        """Whether a word tells of going where the words after it say."""
        return token.lower_ in self.motion or token.lemma_.lower() in self.motion

    def is_leaving(self, token: Token) -> bool:
        """Whether a word tells of going away from where something happened."""
        return token.lower_ in self.leaving or token.lemma_.lower() in self.leaving

    def is_bound(self, token: Token) -> bool:
        """Whether what a word leads to or from is a town."""
        return token.lower_ in self.bound or token.lemma_.lower() in self.bound


@cache
def load_words() -> Words:
    """The classes that ship."""
    data = tomllib.loads(files(__package__).joinpath("data/words.toml").read_text(encoding="utf-8"))
    motion = data["motion"]
    leaving = _forms(motion["leaving"])
    going = leaving | _forms(motion["going"])
    return Words(
        motion=going | _forms(motion["bringing"]),
        leaving=leaving,
        bound=going | frozenset(motion["heading"]),
        periods=frozenset(data["time"]["periods"]),
        occasions=frozenset(data["nouns"]["gatherings"]).union(data["battles"]["nouns"]),
        **{name: frozenset(words) for part in ("nouns", "verbs") for name, words in data[part].items()},
    )


def _forms(words: Iterable[str]) -> frozenset[str]:
    """The forms of words that may be verbs and nouns: the tagger's lemma of "fled" is a guess."""
    return frozenset(form for word in words for form in (*verb_forms(word), *noun_forms(word)))
