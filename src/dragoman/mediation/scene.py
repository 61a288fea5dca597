"""One article as the finders of steps see it: its tree, who is named where, for whom they act, and what is said."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from spacy.tokens import Doc, Token

from dragoman.mediation.vocabulary import load_vocabulary
from dragoman.reading.negation import denies
from dragoman.reading.tree import Tree
from dragoman.records import Actor, Article, Event, MediatorRole, Place

if TYPE_CHECKING:
    from dragoman.knowledge import Knowledge
    from dragoman.knowledge.conflicts import Conflict
    from dragoman.reading.actors import Actors
    from dragoman.reading.statements import FoundStatement
    from dragoman.reading.where import PlaceMention

# Sectors whose members act for their country; a movement acts for itself.
# Bodies that send nobody to mediate who is not said to come from them.
_PRIVATE = frozenset({"NGO", "BUS", "EDU", "JRN", "MED", "MNC", "REL"})
_STATE = frozenset({"GOV", "MIL", "LEG", "JUD", "SPY", "COP", "ELI", "UNK", "PRE"})
# Armed or political movements: a side by themselves.
MOVEMENTS = frozenset({"REB", "UAF", "PRM", "ISM", "IMG"})
# International bodies.
BODIES = frozenset({"IGO", "UNO", "EUR", "NGO", "IMG"})
# Within a noun phrase, whoever stands here is whom the noun belongs to.
_INSIDE = frozenset({"nmod:poss", "nmod", "compound", "amod", "appos", "flat", "nmod:unmarked", "nmod:desc"})
_PROCESS = "-PEACE-PROCESS"
_HYPHENS = frozenset({"-", "–", "‑", "‐"})


def straight(text: str) -> str:
    """Words in lower case, their apostrophes straight whatever the printer sets: what rules over words look at."""
    return text.lower().replace("’", "'")


class Scene:
    """The article with its layers, asked by token."""

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
        self.tree = Tree.of(doc)
        self.records = {actor.id: actor for actor in actors.records}
        self.mentioned = tuple(places)
        self.places: dict[int, Place] = {place.head: place.record for place in places}
        # The words as they stand, in lower case and with straight apostrophes, and their lemmas.
        self.plain = [straight(token.text) for token in doc]
        self.words = [self._word(token) for token in doc]
        self._starts = [token.idx for token in doc]
        year = article.published.year
        # Groups that are sides of a known conflict of the time are themselves, governments in exile among them.
        self._sides = {
            party
            for conflict in knowledge.conflicts
            if conflict.is_on(year, lately=1)
            for party in conflict.parties
            if not knowledge.is_country(party)
        }
        self._home: str | None = None
        self.parties: tuple[str, ...] = ()
        self._opposed = self._opponents()
        self._aliases = self._movements()
        # The statements that cover a token, and those that a token introduces: asked for often, found once.
        self._said: dict[int, list[FoundStatement]] = {}
        self.cues: dict[int, FoundStatement] = {}
        for found in self.statements:
            if found.cue is not None:
                self.cues.setdefault(found.cue, found)
            for k in found.tokens:
                self._said.setdefault(k, []).append(found)
        # What the words say of who mediates, found once (see roles.py).
        self.roles: list[tuple[str, MediatorRole]] | None = None
        self.events: dict[int, list[Event]] = {}
        for event in events:
            first, last = (
                self.index(event.predicate.start),
                self.index(max(event.predicate.start, event.predicate.end - 1)),
            )
            for i in range(first, last + 1):
                self.events.setdefault(i, []).append(event)

    # ------------------------------------------------------------------ words

    def index(self, offset: int) -> int:
        """The token at a character of the text."""
        return max(0, bisect_right(self._starts, offset) - 1)

    def _word(self, token: Token) -> str:
        """The lemma in lower case; the last part of a hyphened word is the whole ("cease-fire" is "ceasefire")."""
        word = self.plain[token.i]
        lemma = load_vocabulary().forms.get(word) or (token.lemma_ or word).lower()
        i = token.i
        for first in (i, i - 2):
            # A "go-between" is one word, whichever half heads it.
            if 0 <= first < len(self.doc) - 2 and self.doc[first + 1].text in _HYPHENS:
                whole = self.plain[first] + self.plain[first + 2]
                if whole in load_vocabulary().known:
                    return whole
        if i >= 2 and self.doc[i - 1].text in _HYPHENS and self.doc[i - 2].head.i == i:
            half = self.doc[i - 2]
            if not half.is_title and not half.is_upper:  # "Swiss-mediated", "EU-mediated": that is who mediated
                return self.plain[half.i] + lemma
        return lemma

    def fused(self, i: int) -> tuple[str, str] | None:
        """Actor and participle of a word like "EU-mediated", where the tokenizer leaves it one."""
        parts = re.fullmatch(r"(.+?)[-‑](\w+(?:ed|led))", self.doc[i].text)
        if parts is None:
            return None
        name, participle = parts.groups()
        found = self.knowledge.lookup(name, self.article.published)
        actor = found[0].id if found else self.knowledge.country_of_demonym(name)
        verb = load_vocabulary().forms.get(participle.lower(), participle.lower())
        return None if actor is None else (actor, verb)

    def text(self, start: int, end: int) -> str:
        """The words of a run of tokens in lower case, hyphens closed up and apostrophes straight."""
        raw = straight(self.doc[start:end].text).replace("‑", "-").replace("–", "-")
        return " ".join(raw.split())

    def sentence(self, i: int) -> tuple[int, int]:
        """The sentence of a token, end exclusive."""
        first, last = self.tree.bounds(i)
        return first, last + 1

    def clause(self, i: int) -> tuple[int, int]:
        """The clause of a token as a run of tokens: its words without the clauses that stand before or after it."""
        tree = self.tree
        head = i if tree.deps[i] in _CLAUSAL or self.doc[i].pos_ in ("VERB", "AUX") else tree.clause(i)
        kept = [head]
        for child in tree.children[head]:
            if tree.deps[child] in _SEPARATE and self.doc[child].pos_ in ("VERB", "AUX", "ADJ", "NOUN"):
                continue
            if tree.deps[child] == "conj" and self.doc[child].pos_ in ("VERB", "AUX"):
                continue
            if tree.deps[child] in ("punct", "cc"):
                continue
            kept += [tree.left[child], tree.right[child]]
        return min(kept), max(kept) + 1

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Tokens to characters."""
        last = self.doc[end - 1]
        return self.doc[start].idx, last.idx + len(last)

    # ------------------------------------------------------------------ who

    def body(self, actor_id: str) -> str:
        """Whom an actor acts for: a minister for his country, an envoy for the body that sent him."""
        found = self._opposed.get(actor_id) or self._body(actor_id, 0)
        if found == actor_id and self._home is not None:
            record = self.records.get(actor_id)
            if record is not None and record.kind == "person" and record.sector == "GOV" and record.country is None:
                # "Information Minister X": of the one state that is a party here.
                return self._home
        return self._aliases.get(found, found)

    def settle(self, parties: Sequence[str]) -> None:
        """Say who the parties are: officials without a country are of the only state among them."""
        self.parties = tuple(parties)
        states = [party for party in parties if self.is_country(party)]
        self._home = states[0] if len(states) == 1 else None
        # In a conflict of others an opposition leader speaks for his country as its ministers do.
        self._opposed = {person: side for person, side in self._opposed.items() if side in parties}
        for record in self.records.values():
            # A former president speaks for himself where his country is a side; abroad he may still carry its name.
            if record.country in parties and self.is_retired(record.id):
                self._opposed.setdefault(record.id, record.id)
        for body in {self._body(actor, 0) for actor in self.records}:
            country = self.authority_of(body)
            if country is not None and country in parties and body not in parties:
                self._aliases.setdefault(body, country)
        # Who mediates is told by bodies, and some of these have just become others.
        self.roles = None

    def is_retired(self, person: str) -> bool:
        """Whether somebody is told, or known and not told otherwise, to have left the offices that he held."""
        record = self.records.get(person)
        if record is None or record.kind != "person":
            return False
        if record.office is not None and not record.office.startswith("former"):
            return False
        told = [straight(self.article.text[m.start : m.end]) for m in record.mentions]
        return any(_FORMER.search(words) for words in told) or self._left_office(person, told)

    def _left_office(self, person: str, told: Sequence[str]) -> bool:
        """Whether somebody is known to have held offices and to hold none now, and is told to hold none."""
        ends = [tenure.end for tenure in self.knowledge.offices(person)]
        if not ends or any(end is None or end >= self.article.published for end in ends):
            return False
        return not any(_POST.search(words) for words in told)

    def authority_of(self, body: str) -> str | None:
        """The country that a body speaks for abroad, as the PLO does for Palestine; None for one that contests it."""
        country = self.country_of(body)
        if country is None or body == country or self.sector(body) != "GOV" or ":" in body:
            return None
        within = (c for c in self.knowledge.conflicts if c.countries == (country,) and body in c.parties)
        return None if any(within) else country

    def _opponents(self) -> dict[str, str]:
        """Persons who are a side at home: an opposition leader for it, an ousted or elected president for himself."""
        found: dict[str, str] = {}
        for record in self.records.values():
            body = self._body(record.id, 0)
            if record.kind != "person" or record.country is None or body not in (record.country, record.id):
                continue
            told = [straight(self.article.text[m.start : m.end]) for m in record.mentions]
            if body == record.country and any(_OPPOSITION.search(words) for words in told):
                sides = [side for side in sorted(self._sides) if self._opposes(side, record.country)]
                found[record.id] = sides[0] if sides else f"{record.country}:OPP"
            elif any(_OUSTED.search(words) or _CLAIMANT.search(words) for words in told):
                found[record.id] = record.id
        return found

    def _opposes(self, side: str, country: str | None) -> bool:
        known = self._known(side)
        return known is not None and known.sector == "OPP" and known.country == country

    def opponents(self) -> dict[str, str]:
        """Sides that persons stand for against the state that they are of, with that state."""
        found = {side: self.records[person].country or "" for person, side in self._opposed.items()}
        for record in self.records.values():
            # "Burma's opposition leader, Aung San Suu Kyi" stands for a party that is a side, movement or not.
            body = self._body(record.id, 0)
            if record.kind == "person" and record.country and body not in (record.country, record.id):
                told = [straight(self.article.text[m.start : m.end]) for m in record.mentions]
                if any(_OPPOSITION.search(words) for words in told):
                    found[body] = record.country
        return found

    def _movements(self) -> dict[str, str]:
        """ "The rebels" of a country are its one movement that the article names."""
        named: dict[str, list[str]] = {}
        unnamed: list[tuple[str, str]] = []
        for record in self.records.values():
            if record.sector not in MOVEMENTS or record.country is None:
                continue
            if record.kind == "person":
                # A rebel leader of whom nothing more is said leads the movement that the article names.
                if self._body(record.id, 0) == record.id and record.id not in self._opposed:
                    unnamed.append((record.id, record.country))
            elif ":" in record.id:
                unnamed.append((record.id, record.country))
            elif self._body(record.id, 0) == record.id:
                named.setdefault(record.country, []).append(record.id)
        counts = {record.id: len(record.mentions) for record in self.records.values()}
        found: dict[str, str] = {}
        for identifier, country in unnamed:
            ranked = sorted(named.get(country, ()), key=lambda name: (-counts[name], name))
            known = None if ranked else self._known_side(identifier, country)
            if known is not None:
                found[identifier] = known
                continue
            person = self.records[identifier].kind == "person"
            if not ranked or (not person and self._particular(identifier, country)):
                continue
            # With two movements of like weight nobody can say which of them is meant, and who is named once in passing
            # is not the one that is always called "the rebels".
            alone = len(ranked) == 1 or (not person and counts[ranked[0]] >= 2 * counts[ranked[1]])
            if alone and (person or 2 * counts[ranked[0]] > counts[identifier]):
                found[identifier] = ranked[0]
        return found

    def _known_side(self, identifier: str, country: str) -> str | None:
        """The one movement of a known conflict whose land the article names: "Acehnese rebels" are those of Aceh."""
        year, sector = self.article.published.year, self.sector(identifier)
        sides: set[str] = set()
        for conflict in self.knowledge.conflicts:
            if country not in conflict.countries or not conflict.is_on(year):
                continue
            movements = [side for side in conflict.parties if self.sector(side) in MOVEMENTS and ":" not in side]
            if len(movements) == 1 and sector in MOVEMENTS and self.names_land_of(conflict):
                sides.update(movements)
        return sides.pop() if len(sides) == 1 else None

    def names_land_of(self, conflict: Conflict, often: int = 1) -> bool:
        """Whether the article names the land that a conflict is called after, and is no country: Tigray, Aceh."""
        lands = self.lands_of(conflict)
        return any(len(re.findall(rf"\b{re.escape(land)}", self.article.text)) >= often for land in lands)

    def lands_of(self, conflict: Conflict) -> list[str]:
        """The lands that a conflict is called after, countries apart."""
        states = {self.country_of(party) for party in conflict.parties} | set(conflict.countries)
        named: set[str] = set()
        for country in filter(None, states):
            known, entity = self.knowledge.country(country), self.knowledge.entity(country)
            names = (*(known.demonyms if known else ()), entity.name if entity else "")
            named.update(word for name in names for word in name.split())
        return [word for word in re.findall(r"[A-Z][\w'’-]{3,}", conflict.name) if word not in named | _GENERAL]

    def _particular(self, identifier: str, country: str) -> bool:
        """Whether a group without a name is told apart by number or place: "fourteen armed groups", "Darfur rebels"."""
        known, entity = self.knowledge.country(country), self.knowledge.entity(country)
        names = (*(known.demonyms if known else ()), entity.name if entity else "")
        own = {word.casefold() for name in names for word in name.split()}
        for mention in self.records[identifier].mentions:
            for token in self.doc[self.index(mention.start) : self.index(mention.end - 1) + 1]:
                if token.pos_ == "NUM" or (token.pos_ == "PROPN" and token.text.casefold() not in own):
                    return True
        return False

    def _body(self, actor_id: str, depth: int) -> str:
        record = self.records.get(actor_id) or self._known(actor_id)
        if record is None or depth > 3:
            return actor_id
        if record.kind == "country":
            return actor_id
        if record.kind == "person":
            if record.of is not None and record.of != actor_id and not record.of.endswith(_PROCESS):
                return actor_id if self._beside(record.of) else self._body(record.of, depth + 1)
            if record.of is not None and record.of.endswith(_PROCESS):
                # A mediator of a peace process acts for the body he comes from, else for his country.
                return self._sender(actor_id, record.country, depth)
            if record.country is not None and record.sector in _STATE:
                return record.country
            return actor_id
        entity = self.knowledge.entity(actor_id)
        parent = record.of or (entity.of if entity is not None else None)
        if actor_id in self._sides:
            return actor_id
        if record.sector in _STATE:
            return record.country or (self._body(parent, depth + 1) if parent else actor_id)
        above = self._known(parent) if parent is not None else None
        if above is not None and record.sector != above.sector and above.sector in BODIES:
            # The World Bank and the courts in The Hague act by themselves.
            return actor_id
        if parent is not None and parent != actor_id and not self.knowledge.is_country(parent):
            # The armed wing of a movement is the movement, a UN agency the UN; rebels are not their country.
            return self._body(parent, depth + 1)
        return actor_id

    def _beside(self, body: str) -> bool:
        """Whether somebody's body is a private one that the article does not name: it did not send him."""
        known, told = self._known(body), self.records.get(body)
        return known is not None and known.sector in _PRIVATE and (told is None or not told.mentions)

    def _sender(self, person: str, country: str | None, depth: int) -> str:
        """For whom a mediator without a mandate acts: another body of his on the day, his country, himself."""
        for tenure in self.knowledge.offices(person, self.article.published):
            if tenure.of and not tenure.of.endswith(_PROCESS):
                return self._body(tenure.of, depth + 1)
        entity = self.knowledge.entity(person)
        return country or (entity.country if entity is not None else None) or person

    def is_established(self, actor_id: str) -> bool:
        """Whether this is a country or a body of which more is known than the article says."""
        record = self.records.get(actor_id)
        return not self.is_person(actor_id) and (record is None or record.known)

    def is_country(self, actor_id: str) -> bool:
        """Whether this is a country."""
        return self.knowledge.is_country(actor_id)

    def _known(self, actor_id: str) -> Actor | None:
        entity = self.knowledge.entity(actor_id)
        if entity is None:
            return None
        return Actor(entity.id, entity.name, entity.kind, entity.country, entity.sector, None, entity.of, True, ())

    def said(self, i: int) -> list[FoundStatement]:
        """The statements that a token is part of, the innermost first."""
        return sorted(self._said.get(i, ()), key=lambda found: len(found.tokens))

    def is_person(self, actor_id: str) -> bool:
        """Whether this is a person."""
        record = self.records.get(actor_id)
        return record is not None and record.kind == "person"

    def country_of(self, actor_id: str) -> str | None:
        """The country that an actor is or belongs to."""
        if self.knowledge.is_country(actor_id):
            return actor_id
        record = self.records.get(actor_id) or self._known(actor_id)
        if record is None and actor_id[3:4] == ":":
            return actor_id[:3]
        return None if record is None else record.country

    def sector(self, actor_id: str) -> str | None:
        """The PLOVER sector of an actor, None where nothing is known of it."""
        record = self.records.get(actor_id) or self._known(actor_id)
        return None if record is None else record.sector

    def can_act(self, actor_id: str) -> bool:
        """Whether such an actor can be a party or a mediator: not a crowd, a firm, a paper or a court."""
        record = self.records.get(actor_id) or self._known(actor_id)
        if record is None:
            return True
        return record.sector not in _BYSTANDERS

    def named(self, i: int) -> list[str]:
        """The actors whom the noun phrase of a token names, conjuncts included."""
        found: list[str] = []
        for head in self.conjuncts(i):
            found += self._at(head)
        return list(dict.fromkeys(found))

    def _at(self, i: int) -> list[str]:
        return [mention.actor for mention in self.actors.at(i) if mention.sense == "actor"]

    def people_of(self, i: int) -> list[str]:
        """The actors of a noun phrase, or those whom its noun belongs to ("delegations of both sides")."""
        sides = self.sides(i)
        return sides if sides is not None else self._people_of(i)

    def sides(self, i: int) -> list[str] | None:
        """The parties where a phrase means them without a name: "both sides", "the two delegations", "the rivals".

        Who is nearest before such words may be anybody; once the parties are known it is them. None for other phrases.
        """
        word = self.plain[i]
        beside = {self.plain[child] for child in self.tree.children[i]}
        if len(self.parties) < 2 or (word != "both" and self.words[i] not in _SIDES):
            return None
        two = word == "both" or bool(beside & _TWO)
        if any(self._at(child) for child in self.tree.kids(i, "nmod", "amod", "compound", "nmod:desc", "appos")):
            # "two factions of the Liberation Army" are its own.
            return None
        plain = self.words[i] in _PLAIN_SIDES and not self.tree.kids(i, "amod", "compound", "nmod", "nmod:poss")
        if not two and (self.doc[i].tag_ != "NNS" or "the" not in beside or not plain):
            return None
        if word == "both" and (self.tree.deps[i] in ("det", "cc:preconj") or beside - _TWO - {"of", ","}):
            return None
        found = self._people_of(i)
        bodies = {self.body(actor) for actor in found}
        return found if len(bodies) > 1 and bodies <= set(self.parties) else list(self.parties)

    def _people_of(self, i: int) -> list[str]:
        if self.doc[i].tag_ == "WP$":
            return self._whose(i)
        for child in self.tree.children[i]:
            if self.doc[child].tag_ == "WP$" and self.tree.deps[self.tree.clause(i)] == "acl:relcl":
                # "Malaysia, whose government has brokered": not any government, but the one before the clause.
                owner = self.named(self.tree.heads[self.tree.clause(i)])
                if owner:
                    return owner
        found = self.named(i)
        if self.words[i] in _SENT:
            # "Representatives of the government and the TPLF" are of both, whichever a mention takes them for.
            senders = [actor for kid in self.obliques(i, "of", "from") for actor in self.named(kid)]
            unknown = all(actor in self.records and not self.records[actor].known for actor in found)
            if len({self.body(actor) for actor in senders}) > 1 or (found and unknown and senders):
                return senders
        if found:
            return found
        covering = self.actors.covering(i)
        if covering is not None and covering.sense == "actor":
            return [covering.actor]
        for head in self.conjuncts(i):
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
            if self._at(k):
                return self._at(k)
        return []

    def conjuncts(self, i: int) -> list[int]:
        """A token and those coordinated with it; a name's later words may carry the next name."""
        found, queue = [], [i]
        while queue:
            k = queue.pop(0)
            found.append(k)
            for child in self.tree.children[k]:
                if self.tree.deps[child] == "conj":
                    queue.append(child)
                elif self.tree.deps[child] in ("flat", "flat:name", "appos"):
                    queue += [deeper for deeper in self.tree.children[child] if self.tree.deps[deeper] == "conj"]
        return found

    def between(self, i: int) -> list[str]:
        """Those named after "between" by a noun of meeting or conflict, wherever the tree hangs them."""
        tree = self.tree
        holders = [i, tree.heads[i]]
        heads = [kid for holder in holders for kid in self.obliques(holder, "between", "among") if kid > i]
        actors = self.who(heads)
        if heads and len({self.body(actor) for actor in actors}) < 2:
            # A tree that loses the second side still has it in its words: up to the end of the phrase.
            stop = min(tree.right[heads[0]] + 1, heads[0] + 25)
            mentions = self.actors.within(heads[0] - 6 if heads[0] - 6 > i else i + 1, stop)
            actors = list(dict.fromkeys([*actors, *(m.actor for m in mentions if m.sense == "actor")]))
        return actors

    def case(self, i: int) -> str:
        """The preposition of a phrase in lower case, "" without one."""
        kids = self.tree.kids(i, "case")
        if not kids:
            return ""
        words = [self.plain[child] for child in kids]
        return "'s" if words[-1] in ("'s", "'") else words[0]

    def subjects(self, i: int) -> list[int]:
        """The heads of those who do what a predicate says, found through control, coordination and relative clauses."""
        return self._subjects(i, 0)

    def _subjects(self, i: int, depth: int) -> list[int]:
        if depth > 6:
            return []
        tree, doc = self.tree, self.doc
        passive = bool(tree.kids(i, "nsubj:pass", "aux:pass")) or doc[i].morph.get("Voice", []) == ["Pass"]
        if passive:
            return [kid for kid in tree.kids(i, "obl:agent", "obl", "nmod") if self.case(kid) == "by"]
        own = tree.kids(i, "nsubj")
        if own:
            return [self._relative(kid, i) for kid in own]
        head, dep = tree.heads[i], tree.deps[i]
        if head == i:
            return []
        if dep == "ccomp" and any(self.plain[kid] == "it" for kid in tree.kids(i, "expl")):
            # "Oman said that it stood ready": a tree takes this for the "it" of "it rains".
            return self._subjects(head, depth + 1)
        if dep in ("acl", "acl:relcl"):
            if doc[i].tag_ == "VBN":
                return [kid for kid in tree.kids(i, "obl:agent", "obl") if self.case(kid) == "by"]
            if dep == "acl" and doc[i].tag_ in ("VB",):
                # "an offer to mediate": whoever makes the offer mediates.
                return self._subjects(head, depth + 1) if doc[head].pos_ == "VERB" else self.makers(head, depth + 1)
            return [head]
        if dep == "xcomp":
            objects = tree.kids(head, "obj", "iobj")
            if objects and doc[head].pos_ == "VERB" and self.words[head] not in _SUBJECT_CONTROL | _CALLING:
                return objects
            if tree.kids(head, "nsubj:pass"):
                return tree.kids(head, "nsubj:pass")
            return self._subjects(head, depth + 1)
        if dep in ("advcl", "conj", "parataxis", "ccomp", "cop", "dep"):
            if dep == "ccomp" and doc[i].morph.get("VerbForm", []) == ["Fin"]:
                return []
            marks = {self.plain[kid] for kid in tree.kids(i, "mark")}
            if dep == "advcl" and marks & {"for", "of"} and self.words[head] in _CHARGING | _THANKING:
                # "thanked New Zealand for bringing both sides together"
                return tree.kids(head, "obj", "nsubj:pass")
            passive_subjects = tree.kids(head, "nsubj:pass")
            return passive_subjects or self._subjects(head, depth + 1)
        return []

    def _relative(self, subject: int, predicate: int) -> int:
        """The noun that "who", "which", "that" stand for."""
        if self.doc[subject].tag_ in ("WDT", "WP") and self.tree.deps[predicate].startswith("acl"):
            return self.tree.heads[predicate]
        return subject

    def makers(self, noun: int, depth: int = 0) -> list[int]:
        """Those whom a nominal act belongs to: "Turkey's offer", "an offer from Turkey", "Turkey made an offer"."""
        if depth > 6:
            return []
        tree = self.tree
        found = tree.kids(noun, "nmod:poss")
        found += [kid for kid in tree.kids(noun, "nmod", "obl") if self.case(kid) in ("by", "from", "of")]
        found += [kid for kid in tree.kids(noun, "compound", "amod", "nmod:desc") if self._at(kid)]
        if any(self.people_of(kid) for kid in found):
            return found
        head = tree.heads[noun]
        if head != noun and tree.deps[noun] in ("obj", "nsubj:pass", "xcomp") and self.doc[head].pos_ == "VERB":
            return found + self._subjects(head, depth + 1)
        return found

    def who(self, heads: Iterable[int]) -> list[str]:
        """The actors behind heads of phrases."""
        return list(dict.fromkeys(actor for head in heads for actor in self.people_of(head)))

    def hosts(self, head: int) -> list[str]:
        """Who hosts or leads, where a city or a palace that does so stands for its country."""
        actors = self.people_of(head)
        if actors and self.words[head] not in _VENUES and all(self.can_act(actor) for actor in actors):
            return actors
        for i in [head, *self.tree.children[head]]:
            place = self.places.get(i)
            if place is not None and place.country is not None:
                return [place.country]
        owners = [record.country for actor in actors if (record := self.records.get(actor)) is not None]
        return [country for country in owners if country is not None]

    def objects(self, i: int) -> list[int]:
        """What a predicate is done to: objects, passive subjects, and what a passive participle stands with."""
        tree = self.tree
        found = tree.kids(i, "obj", "iobj", "nsubj:pass")
        found = [self._relative(kid, i) for kid in found]
        if tree.deps[i] == "acl" and self.doc[i].tag_ == "VBN":
            found.append(tree.heads[i])
        if not found and tree.deps[i] == "conj" and self.doc[i].pos_ == "VERB":
            head = tree.heads[i]
            if self.doc[i].tag_ == "VBN" and tree.kids(head, "nsubj:pass"):
                return tree.kids(head, "nsubj:pass")
        return found

    def obliques(self, i: int, *prepositions: str) -> list[int]:
        """Phrases that hang on a predicate or a noun by one of these prepositions."""
        kids = self.tree.kids(i, "obl", "nmod", "obl:agent", "obl:arg")
        return [kid for kid in kids if self.case(kid) in prepositions]

    # ------------------------------------------------------------------ how

    def negated(self, i: int) -> bool:
        """Whether a predicate is denied: "not", "never", "no talks", "no deal was reached", "refused to"."""
        for child in self.tree.children[i]:
            word, dep = self.plain[child], self.tree.deps[child]
            if dep in ("advmod", "det", "aux") and (word in _NO or denies(self.tree, child)):
                return True
            if dep in _CORE and (word in _NOBODY or self._without(child)):
                return True
        head = self.tree.heads[i]
        return self.tree.deps[i] == "xcomp" and (self.words[head] in _DENYING or self.negated(head))

    def _without(self, i: int) -> bool:
        """Whether a phrase is of nothing: "no agreement", "neither side"."""
        return any(self.plain[kid] in _NO for kid in self.tree.kids(i, "det"))

    def due(self, i: int) -> bool:
        """Whether it "is to" happen."""
        kids = self.tree.children[i]
        to = any(self.plain[kid] == "to" and self.tree.deps[kid] in ("mark", "aux") for kid in kids)
        be = any(self.plain[kid] in ("is", "are", "'s") for kid in kids)
        return to and be

    def backshifted(self, i: int) -> bool:
        """Whether "would" is the "will" of reported speech: "they would meet again in May, he said"."""
        if self.modal(i) != "would" or self.negated(i):
            return False
        for kid in self.tree.kids(i, "advcl"):
            if {self.plain[mark] for mark in self.tree.kids(kid, "mark")} & {"if", "unless", "should"}:
                return False
        first = self.tree.heads[i] if self.tree.deps[i] == "conj" else i
        said = [*self.said(i), *self.said(first)]
        return any(not found.record.quoted for found in said) or self.tree.deps[first] == "ccomp"

    def unreal(self, i: int) -> bool:
        """Whether a predicate tells what is demanded, feared, charged or supposed, not what happened."""
        k = i
        for _ in range(5):
            marks = {self.plain[kid] for kid in self.tree.kids(k, "mark", "advmod")}
            if self.tree.deps[k] == "advcl" and marks & _SUPPOSING and not self.came_about(k):
                return True
            head, dep = self.tree.heads[k], self.tree.deps[k]
            if head == k or dep in ("acl:relcl", "parataxis", "root"):
                return False
            if dep == "obl" and self.case(k) in ("of", "for") and self.words[head] in _CHARGING:
                return True
            if dep == "advcl" and marks & {"of", "for"} and self.words[head] in _CHARGING:
                return True
            if dep in ("ccomp", "xcomp", "obj", "acl") and self.words[head] in _DESIRING:
                return True
            k = head
        return False

    def came_about(self, i: int) -> bool:
        """Whether a clause with "until", "before" or "once" tells what has been: "they fought until they signed it".

        Its verb is in the past, and what it hangs on is neither denied, nor wanted, nor still to come.
        """
        head = self.tree.heads[i]
        marks = {self.plain[kid] for kid in self.tree.kids(i, "mark", "advmod")} & _SUPPOSING
        if self.tree.deps[i] != "advcl" or not marks or not marks <= _TIMING or self._tense(i) != "VBD":
            return False
        while True:
            wanted = self.words[head] in _SUBJECT_CONTROL | _DESIRING | _DENYING
            if wanted or self._tense(head) in _NOT_PAST or self.negated(head) or self.due(head):
                return False
            if self.tree.deps[head] != "conj" or self.tree.kids(head, "nsubj", "nsubj:pass"):
                return True
            # "would rest and fight on until they signed it"
            head = self.tree.heads[head]

    def _tense(self, i: int) -> str:
        """The tag of the word by which a predicate is finite: of its first auxiliary or copula, else its own."""
        kids = self.tree.kids(i, "aux", "aux:pass", "cop")
        tag = self.doc[min(kids, default=i)].tag_
        # A participle with a subject of its own and no auxiliary is a past tense that the tagger slipped on.
        return "VBD" if tag == "VBN" and not kids and self.tree.kids(i, "nsubj") else tag

    def modal(self, i: int) -> str:
        """The modal of a predicate in lower case, or "" ("would", "may", "must", "will", "can")."""
        for child in self.tree.kids(i, "aux"):
            if self.doc[child].tag_ == "MD":
                return self.plain[child]
        return ""


# Words for those who are at odds, whoever they are; the plain ones need no "both" beside them.
_PLAIN_SIDES = frozenset("side party rival foe enemy belligerent adversary delegation faction camp".split())
_SIDES = _PLAIN_SIDES | frozenset(
    """neighbour neighbor delegate team panel chamber leader president man
    general minister negotiator""".split()
)
_TWO = frozenset({"both", "two", "warring", "rival", "opposing"})
# Words in the names of conflicts that name no land.
_GENERAL = frozenset(
    """Civil Conflict Crisis Dispute First Second Third Insurgency Rebellion Invasion Occupation Annexation Struggle
    Gulf North South East West Northern Southern Eastern Western Black Sea Middle Islamic State Against""".split()
)
_CLAUSAL = frozenset({"root", "ccomp", "advcl", "acl", "acl:relcl", "parataxis", "csubj", "xcomp"})
_SEPARATE = frozenset({"ccomp", "advcl", "parataxis", "acl:relcl"})
_VENUES = frozenset("city town capital resort village venue palace hotel island port emirate residence castle".split())
# What is done to nothing or by nobody is not done.
_NO = frozenset({"no", "neither"})
_NOBODY = frozenset({"nobody", "none", "neither", "nothing"})
_CORE = frozenset({"nsubj", "nsubj:pass", "obj"})
_DENYING = frozenset({"refuse", "fail", "decline", "deny"})
# What follows these is wished, feared or charged.
_DESIRING = frozenset(
    """demand urge want ask call insist appeal press hope fear threaten seek require request propose suggest warn avoid
    prevent deny doubt wish beg implore plead exhort invite oppose let allow""".split()
)
_CHARGING = frozenset({"accuse", "blame", "reproach", "criticize", "criticise", "fault", "condemn", "suspect", "wary"})
# Who calls somebody "to congratulate him" congratulates.
_CALLING = frozenset({"telephone", "phone", "call", "ring", "visit", "meet", "write"})
_THANKING = frozenset({"thank", "praise", "commend", "congratulate", "credit", "applaud", "laud", "hail"})
_SENT = frozenset(
    """representative delegate delegation negotiator envoy ambassador diplomat leader official minister president
    team""".split()
)
_OPPOSITION = re.compile(
    r"^(?:\W*\w+){0,3}?\W*opposition(?:'s)? (?:leader|figure|chief|politician|head|candidate)"
    r"|\bleader of the opposition"
)
_CLAIMANT = re.compile(
    r"\bpresident[- ]elect\b|\bself-(?:proclaimed|declared|styled)\b|\brival (?:president|prime minister)\b"
    r"|\b(?:beat|defeated) (?:him|her|\w+) (?:at|in) the (?:\w+ )?(?:polls?|elections?|vote|ballot|run-?off)\b"
    r"|\bwinner of (?:the|last|\w+'s) (?:\w+ )?(?:election|vote|poll|ballot)\b|\belection winner\b"
)
_OUSTED = re.compile(
    r"\b(?:ousted|deposed|exiled|toppled|overthrown) (?:\w+ )?(?:president|leader|premier|prime minister)"
)
_FORMER = re.compile(
    r"\b(?:former|ex-?) ?(?:\w+ )?(?:president|leader|premier|prime minister|foreign minister|ruler)\b"
)
_POST = re.compile(
    r"\b(?:president|minister|premier|king|emir|sultan|negotiator|spokes\w+|envoy|ambassador|advis[eo]r|official|general"
    r"|commander|chief|head|leader|delegate|representative|diplomat|secretary|mediator|speaker|senator|lawmaker)\b"
)
_SUPPOSING = frozenset({"if", "unless", "until", "before", "lest", "whether", "once"})
# Of these, those that only say when of what has been: "until both signed". What lies ahead they make a condition.
_TIMING = frozenset({"until", "before", "once"})
# Forms by which a clause tells what is, what is wanted or what will be.
_NOT_PAST = frozenset({"VB", "VBP", "VBZ", "MD"})
_SUBJECT_CONTROL = frozenset({"offer", "promise", "threaten", "pledge", "agree", "vow", "want", "plan", "refuse"})
_BYSTANDERS = frozenset({"BUS", "LAB", "MNC", "JRN", "MED", "EDU", "REF", "AGR", "CRM", "CVL", "JUD"})
