"""Which actors a noun phrase stands for: those it names, those its noun belongs to, or "both sides"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from dragoman.mediation.bodies import Bodies
from dragoman.mediation.profiles import Profiles
from dragoman.mediation.tokens import Tokens
from dragoman.mediation.vocabulary import load_vocabulary
from dragoman.records import Place

if TYPE_CHECKING:
    from dragoman.reading.actors import Actors
    from dragoman.reading.where import PlaceMention

_FUSED = re.compile(r"(.+?)[-‑](\w+(?:ed|led))")
# Within a noun phrase, whoever stands here is whom the noun belongs to.
_INSIDE = frozenset({"nmod:poss", "nmod", "compound", "amod", "appos", "flat", "nmod:unmarked", "nmod:desc"})
# Words for those who are at odds, whoever they are; the plain ones need no "both" beside them.
_PLAIN_SIDES = frozenset("side party rival foe enemy belligerent adversary delegation faction camp".split())
_SIDES = _PLAIN_SIDES | frozenset(
    """neighbour neighbor delegate team panel chamber leader president man
    general minister negotiator""".split()
)
_TWO = frozenset({"both", "two", "warring", "rival", "opposing"})
_SENT = frozenset(
    """representative delegate delegation negotiator envoy ambassador diplomat leader official minister president
    team""".split()
)
_VENUES = frozenset("city town capital resort village venue palace hotel island port emirate residence castle".split())


class Phrases:
    """The noun phrases of an article, asked by their heads for the actors behind them."""

    def __init__(
        self, tokens: Tokens, profiles: Profiles, bodies: Bodies, actors: Actors, places: Sequence[PlaceMention]
    ) -> None:
        self.tokens = tokens
        self.profiles = profiles
        self.bodies = bodies
        self.actors = actors
        self.places: dict[int, Place] = {place.head: place.record for place in places}
        self.doc, self.tree, self.plain, self.words = tokens.doc, tokens.tree, tokens.plain, tokens.words

    def named(self, i: int) -> list[str]:
        """The actors whom the noun phrase of a token names, conjuncts included."""
        found: list[str] = []
        for head in self.tokens.conjuncts(i):
            found += self.named_at(head) or self._after(head, i)
        return list(dict.fromkeys(found))

    def _after(self, head: int, first: int) -> list[str]:
        """ "the United States and the regional bloc IGAD": a name that follows a noun of the list."""
        if head == first or self.doc[head].pos_ != "NOUN":
            return []
        return [actor for kid in self.tree.kids(head, "appos") for actor in self.named_at(kid)]

    def named_at(self, i: int) -> list[str]:
        """The actors that a token names by itself, or heads as the title of a name: "Cardinal Miguel Obando"."""
        found = self.actors.at(i) or [m for k in self.tree.kids(i, "flat", "flat:name") for m in self.actors.at(k)]
        return [mention.actor for mention in found if mention.sense == "actor"]

    def fused(self, i: int) -> tuple[str, str] | None:
        """Actor and participle of a word like "EU-mediated", where the tokenizer leaves it one."""
        word = self.tokens.plain[i]
        parts = _FUSED.fullmatch(self.doc[i].text) if "-" in word or "‑" in word else None
        if parts is None:
            return None
        name, participle = parts.groups()
        found = self.profiles.knowledge.lookup(name, self.profiles.article.published)
        actor = found[0].id if found else self.profiles.knowledge.country_of_demonym(name)
        verb = load_vocabulary().forms.get(participle.lower(), participle.lower())
        return None if actor is None else (actor, verb)

    def people_of(self, i: int) -> list[str]:
        """The actors of a noun phrase, or those whom its noun belongs to ("delegations of both sides")."""
        sides = self.sides(i)
        return sides if sides is not None else self._people_of(i)

    def who(self, heads: Iterable[int]) -> list[str]:
        """The actors behind heads of phrases."""
        return list(dict.fromkeys(actor for head in heads for actor in self.people_of(head)))

    def sides(self, i: int) -> list[str] | None:
        """The parties where a phrase means them without a name: "both sides", "the two delegations", "the rivals".

        Who is nearest before such words may be anybody; once the parties are known it is them. None for other phrases.
        """
        word = self.plain[i]
        beside = {self.plain[child] for child in self.tree.children[i]}
        if len(self.bodies.parties) < 2 or (word != "both" and self.words[i] not in _SIDES):
            return None
        two = word == "both" or bool(beside & _TWO)
        if any(self.named_at(child) for child in self.tree.kids(i, "nmod", "amod", "compound", "nmod:desc", "appos")):
            # "two factions of the Liberation Army" are its own.
            return None
        plain = self.words[i] in _PLAIN_SIDES and not self.tree.kids(i, "amod", "compound", "nmod", "nmod:poss")
        if not two and (self.doc[i].tag_ != "NNS" or "the" not in beside or not plain):
            return None
        subjects = self.tree.kids(self.tree.heads[i], "nsubj")
        if word == "both" and i in subjects[1:]:
            # "Taylor and Compaore, who were there, both pledged …"
            return None
        if word == "both" and (self.tree.deps[i] in ("det", "cc:preconj") or beside - _TWO - {"of", ","}):
            return None
        found = self._people_of(i)
        bodies = {self.bodies.body(actor) for actor in found}
        return found if len(bodies) > 1 and bodies <= set(self.bodies.parties) else list(self.bodies.parties)

    def _people_of(self, i: int) -> list[str]:
        if self.doc[i].tag_ == "WP$":
            return self._whose(i)
        for child in self.tree.children[i]:
            if self.doc[child].tag_ == "WP$" and self.tree.deps[self.tree.clause(i)] == "acl:relcl":
                # "Malaysia, whose government has brokered": not any government, but the one before the clause.
                owner = self.named(self.tree.heads[self.tree.clause(i)])
                if owner:
                    return owner
        if self.tree.deps[i] == "appos" and self.doc[i].pos_ == "NOUN" and (found := self.named(self.tree.heads[i])):
            return found  # "Turkey, a NATO member that refused": not NATO
        found = self.named(i)
        if self.words[i] in _SENT:
            # "Representatives of the government and the TPLF" are of both, whichever a mention takes them for.
            senders = [actor for kid in self.tokens.obliques(i, "of", "from") for actor in self.named(kid)]
            unknown = all(actor in self.profiles.records and not self.profiles.records[actor].known for actor in found)
            if len({self.bodies.body(actor) for actor in senders}) > 1 or (found and unknown and senders):
                return senders
        if found:
            return found
        covering = self.actors.covering(i)
        if covering is not None and covering.sense == "actor":
            return [covering.actor]
        for head in self.tokens.conjuncts(i):
            names = [actor for kid in self.tree.kids(head, "appos") for actor in self.named(kid)]
            if names:
                found += names  # "Eritrea's ally Uganda" is Uganda
                continue
            for child in self.tree.children[head]:
                if self.doc[child].tag_ == "WP$":
                    # "Malaysia, whose government has brokered the talks": the one before the clause.
                    clause = self.tree.clause(head)
                    if self.tree.deps[clause] == "acl:relcl":
                        found += self.named(self.tree.heads[clause])
                elif self.tree.deps[child] == "nmod:poss" and self.words[head] == "counterpart":
                    continue  # nobody is his own counterpart
                elif self.tree.deps[child] in _INSIDE:
                    found += self.named(child) or (self.people_of(child) if self.tree.deps[child] == "nmod" else [])
        return list(dict.fromkeys(found))

    def _whose(self, i: int) -> list[str]:
        """ "Mandela, whose offer was turned down": the one before the clause, wherever the tree hangs it."""
        clause = self.tree.clause(self.tree.heads[i])
        if self.tree.deps[clause] == "acl:relcl":
            return self.named(self.tree.heads[clause])
        for k in range(i - 1, max(0, i - 9), -1):
            if self.named_at(k):
                return self.named_at(k)
        return []

    def between(self, i: int) -> list[str]:
        """Those named after "between" by a noun of meeting or conflict, wherever the tree hangs them."""
        tree = self.tree
        holders = [i, tree.heads[i]]
        heads = [kid for holder in holders for kid in self.tokens.obliques(holder, "between", "among") if kid > i]
        actors = self.who(heads)
        if heads and len({self.bodies.body(actor) for actor in actors}) < 2:
            # A tree that loses the second side still has it in its words: up to the end of the phrase.
            stop = min(tree.right[heads[0]] + 1, heads[0] + 25)
            mentions = self.actors.within(heads[0] - 6 if heads[0] - 6 > i else i + 1, stop)
            actors = list(dict.fromkeys([*actors, *(m.actor for m in mentions if m.sense == "actor")]))
        return actors

    def hosts(self, head: int) -> list[str]:
        """Who hosts or leads, where a city or a palace that does so stands for its country."""
        actors = self.people_of(head)
        if actors and self.words[head] not in _VENUES and all(self.profiles.can_act(actor) for actor in actors):
            return actors
        for i in [head, *self.tree.children[head]]:
            place = self.places.get(i)
            if place is not None and place.country is not None:
                return [place.country]
        owners = [record.country for actor in actors if (record := self.profiles.records.get(actor)) is not None]
        return [country for country in owners if country is not None]
