"""One article as the finders of steps see it: its tree, who is named where, for whom they act, and what is said."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from spacy.tokens import Doc

from dragoman.mediation.arguments import Arguments
from dragoman.mediation.bodies import Bodies
from dragoman.mediation.clauses import Clauses
from dragoman.mediation.phrases import Phrases
from dragoman.mediation.profiles import Profiles
from dragoman.mediation.tokens import Tokens
from dragoman.records import Article, Event, MediatorRole

if TYPE_CHECKING:
    from dragoman.knowledge import Knowledge
    from dragoman.reading.actors import Actors
    from dragoman.reading.statements import FoundStatement
    from dragoman.reading.where import PlaceMention


class Scene:
    """The article with its layers, each asked by token or by actor.

    Attributes:
        tokens: the words and the runs of them that belong together.
        profiles: what is known of each actor.
        bodies: for whom each actor speaks here.
        phrases: which actors stand in which phrase.
        arguments: who does what a predicate says, and to whom.
        clauses: whether a predicate is denied, wanted or to come, and who says so.
        events: the coded events by the tokens of their predicates.
        roles: what the words say of who mediates, found once (see roles.py).
        tone: how many words of war there are and how many of trade, votes and sport, counted once (see parties.py).
    """

    def __init__(
        self,
        doc: Doc,
        article: Article,
        actors: Actors,
        events: Sequence[Event],
        statements: Sequence[FoundStatement],
        places: Sequence[PlaceMention],
        knowledge: Knowledge,
    ) -> None:
        self.doc = doc
        self.article = article
        self.actors = actors
        self.knowledge = knowledge
        self.statements = tuple(statements)
        self.mentioned = tuple(places)
        self.tokens = Tokens(doc)
        self.profiles = Profiles(article, actors.records, knowledge)
        self.bodies = Bodies(self.tokens, self.profiles)
        self.phrases = Phrases(self.tokens, self.profiles, self.bodies, actors, places)
        self.clauses = Clauses(self.tokens, self.statements)
        self.arguments = Arguments(self.tokens, self.phrases)
        # What every rule looks at stands here too, by its short name.
        self.tree, self.plain, self.words = self.tokens.tree, self.tokens.plain, self.tokens.words
        self.places = self.phrases.places
        self.roles: list[tuple[str, MediatorRole]] | None = None
        self.tone: tuple[int, int] | None = None
        self.events: dict[int, list[Event]] = {}
        for event in events:
            first = self.tokens.index(event.predicate.start)
            last = self.tokens.index(max(event.predicate.start, event.predicate.end - 1))
            for i in range(first, last + 1):
                self.events.setdefault(i, []).append(event)

    def settle(self, parties: Sequence[str]) -> None:
        """Say who the parties are."""
        self.bodies.settle(parties)
        # Who mediates is told by bodies, and some of these have just become others.
        self.roles = None
