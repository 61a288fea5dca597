"""A mention on its way: what the phrase itself says, before anyone knows who is meant."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass, field
from typing import Literal

from spacy.tokens import Doc

from dragoman.reading.actors.model import Form, Sense
from dragoman.reading.actors.names import Name
from dragoman.reading.actors.phrases import noun_lemma

DraftKind = Literal["name", "office", "group", "body", "sides", "pronoun", "thing", "pair"]
Gender = Literal["masc", "fem"]
# The noun of who is told of by where he comes from: "the Swede".
NATIVE = "native"


@dataclass(slots=True)
class Facts:
    """What a phrase says of the one it means.

    Attributes:
        nations: ids of the countries in it ("Ukraine's", "Turkish").
        bodies: ids of the bodies and groups in it ("NATO", "Hamas").
        owners: persons in it, by the index of their name ("the Trump administration").
        office: the normal office that its title names.
        former: whether the office is one of the past.
        also: other offices that the phrase names beside it: "the president, mediator of the crisis".
        noun: the lemma of the noun for an agent, with the words that make it one ("security force").
        sector: the PLOVER sector of that noun.
        region: what the office is for ("special envoy for Syria").
        gender: where a title or noun says it.
        words: the words of a description without determiners, for a key of its own.
        listed: heads of the phrases that list who is meant ("the two ministers, A and B"; "the leaders of A and B").
        count: how many they are said to be.
        used: the tokens of the names that only say whose it is.
        holders: heads of the phrases without a known name that say whose it is: "the group's leader", "its spokesman".
    """

    nations: list[str] = field(default_factory=list)
    bodies: list[str] = field(default_factory=list)
    owners: list[int] = field(default_factory=list)
    office: str | None = None
    former: bool = False
    noun: str | None = None
    sector: str | None = None
    region: str | None = None
    gender: Gender | None = None
    words: str = ""
    listed: list[int] = field(default_factory=list)
    count: int | None = None
    used: list[int] = field(default_factory=list)
    holders: list[int] = field(default_factory=list)
    also: list[str] = field(default_factory=list)

    def belong_with(self, other: Facts) -> None:
        """Take from another phrase no more than the countries and bodies in it."""
        self.nations += [nation for nation in other.nations if nation not in self.nations]
        self.bodies += [body for body in other.bodies if body not in self.bodies]


@dataclass(slots=True)
class Draft:
    """A mention whose actor is to be found.

    Attributes:
        kind: how it is resolved; a `thing` is no actor, but a pronoun may mean it; a `pair` is a whole coordination,
            for pronouns alone.
        definite: "the", a genitive or a demonstrative before it.
        plural: by its morphology; a coordination is the business of its conjuncts.
        possessor: the token of the pronoun in "his counterpart".
        antecedent: for a pronoun, the head of the phrase that it was found to refer to.
        actors: whom it was found to mean; "the two sides" mean several.
    """

    start: int
    end: int
    head: int
    kind: DraftKind
    form: Form
    facts: Facts
    name: Name | None = None
    sense: Sense = "actor"
    definite: bool = False
    plural: bool = False
    possessor: int | None = None
    antecedent: int | None = None
    actors: tuple[str, ...] = ()


class Found:
    """The drafts of one article as they are found, and the tokens that nothing else may be made of."""

    def __init__(self, relational: Container[str], doc: Doc) -> None:
        self.drafts: list[Draft] = []
        self.consumed: set[int] = set()
        self._relational, self._doc = relational, doc

    def add(
        self, start: int, end: int, head: int, kind: DraftKind, facts: Facts, name: Name | None = None, *,
        form: str | None = None, sense: str = "actor", definite: bool = False, plural: bool = False,
        possessor: int | None = None,
    ) -> None:  # fmt: skip
        """Take in a draft; its form follows from its kind where none is given."""
        if form is None:
            form = "name" if kind == "name" else "pronoun" if kind == "pronoun" else "description"
        self.drafts.append(
            Draft(start, max(end, head + 1), head, kind, form, facts, name, sense, definite, plural, possessor)  # type: ignore[arg-type]
        )

    def consume(self, head: int, facts: Facts) -> None:
        """Take a described phrase out of the running, with the names that only say whose it is."""
        self.consumed.add(head)
        if noun_lemma(self._doc[head]) not in self._relational:
            self.consumed.update(facts.used)
