"""What the room hands out: mentions, and the actors behind them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from dragoman.records import Actor, Span

Sense = Literal["actor", "place"]
Form = Literal["name", "description", "pronoun", "modifier", "given"]

_FEMININE = frozenset({"she", "her", "hers", "herself"})


@dataclass(frozen=True, slots=True)
class Mention:
    """Words that stand for an actor, or for the place that bears its name.

    Attributes:
        start: the first token; `end` is exclusive.
        head: the token that heads the phrase in the tree.
        actor: the id of the actor.
        sense: whether it acts here or is a place. The place that is visited or attacked is a place; who wants the
            country behind it takes its `actor` all the same.
        form: how it is put. A `modifier` is the "Russian" of "Russian missiles".
    """

    start: int
    end: int
    head: int
    actor: str
    sense: Sense
    form: Form


class Actors:
    """The actors of an article and where they are mentioned."""

    def __init__(
        self,
        records: Iterable[Actor],
        mentions: Iterable[Mention],
        known: Mapping[str, Actor],
        women: Mapping[str, bool] | None = None,
        places: Mapping[str, Sequence[Span]] | None = None,
    ) -> None:
        """`records` are those who act; `known` holds everyone mentioned, those who only name a place too.

        `women` says of persons, where it is known, whether they are women; `places` has the characters at which a name
        stands for the place that bears it, by the id of the actor.
        """
        self.records: tuple[Actor, ...] = tuple(records)
        self.mentions: tuple[Mention, ...] = tuple(mentions)
        self._known = dict(known)
        self._women = dict(women or {})
        self._places = dict(places or {})
        self._heads: dict[int, list[Mention]] = {}
        self._covering: dict[int, Mention] = {}
        for mention in self.mentions:
            self._heads.setdefault(mention.head, []).append(mention)
            for index in range(mention.start, mention.end):
                other = self._covering.get(index)
                if other is None or mention.end - mention.start < other.end - other.start:
                    self._covering[index] = mention
        self._starts = [mention.start for mention in self.mentions]

    def at(self, index: int) -> tuple[Mention, ...]:
        """The mentions headed by this token; "the two sides" gives one for each side."""
        return tuple(self._heads.get(index, ()))

    def covering(self, index: int) -> Mention | None:
        """The innermost mention that covers the token."""
        return self._covering.get(index)

    def within(self, start: int, end: int) -> tuple[Mention, ...]:
        """The mentions that lie wholly between two tokens (end exclusive), in reading order."""
        first, last = bisect_left(self._starts, start), bisect_left(self._starts, end)
        return tuple(mention for mention in self.mentions[first:last] if mention.end <= end)

    def may_be(self, actor_id: str, pronoun: str) -> bool:
        """Whether "he", "she" and their forms can mean a person, as far as the gender is known."""
        woman = self._women.get(actor_id)
        return woman is None or woman == (pronoun in _FEMININE)

    def places(self, actor_id: str) -> Sequence[Span]:
        """The characters at which the actor's name stands for a place, in reading order."""
        return self._places.get(actor_id, ())

    def record(self, actor_id: str) -> Actor:
        """The actor with this id.

        Raises:
            KeyError: no mention has this id.
        """
        return self._known[actor_id]
