"""Ties: standing relations between actors, read off the tree with a lexicon."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from spacy.tokens import Doc, Token

from dragoman.knowledge import Knowledge
from dragoman.reading.ties.lexicon import TieLexicon, load_ties
from dragoman.reading.ties.parties import Parties, Party
from dragoman.reading.tree import Tree
from dragoman.records import Tie, TieKind

if TYPE_CHECKING:
    from dragoman.reading.actors import Actors, Mention

_WITH = frozenset({"with", "to", "towards", "toward"})
_DEFINITE = frozenset({"the", "both", "two", "these", "those"})
_QUALITIES = ("good", "poor")
# What tells of a tie.
_BEARING = frozenset({"NOUN", "PROPN", "VERB", "ADJ"})
_NEGATIONS = frozenset(
    {"no", "not", "n't", "n’t", "never", "neither", "nor", "former", "ex", "erstwhile", "once", "one-time"}
)
_BACKED = frozenset({"backed", "supported", "sponsored"})
_UNREAL = frozenset({"would", "could", "might", "may", "should", "will", "'ll"})


def find_ties(doc: Doc, actors: Actors, knowledge: Knowledge) -> tuple[Tie, ...]:
    """The ties that an article states, in reading order; each once a sentence.

    `knowledge` tells countries from bodies: one is a member of a body alone.
    """
    if not len(doc):
        return ()
    return _Finder(doc, actors, knowledge, load_ties()).run()


class _Finder:
    def __init__(self, doc: Doc, actors: Actors, knowledge: Knowledge, lexicon: TieLexicon) -> None:
        self.doc = doc
        self.tree = Tree.of(doc)
        self.parties = Parties(self.tree, actors)
        self.actors = actors
        self.knowledge = knowledge
        self.lexicon = lexicon
        self._acting = frozenset(record.id for record in actors.records)

    def run(self) -> tuple[Tie, ...]:
        found: dict[tuple[int, str, str, TieKind], Tie] = {}
        for token in self.doc:
            for tie in self._at(token) if token.pos_ in _BEARING else ():
                if tie.kind == "poor" and self._are_persons(tie):
                    continue  # "his rival, the former premier": who wants whose office, not how two bodies stand
                # The same two in one sentence from either side are one tie.
                pair = min(tie.from_, tie.to), max(tie.from_, tie.to)
                found.setdefault((tie.sentence, *pair, tie.kind), tie)
        return tuple(found.values())

    def _are_persons(self, tie: Tie) -> bool:
        return all(self.actors.record(end).kind == "person" for end in (tie.from_, tie.to))

    def _at(self, token: Token) -> Iterator[Tie]:
        index = token.i
        word = token.lower_.replace("-", "")
        if token.pos_ in ("NOUN", "PROPN") and word in self.lexicon.bearers:
            yield from self._bearer(index, word)
        elif token.pos_ == "NOUN" and word in self.lexicon.relations:
            yield from self._relation(index, word)
        elif token.pos_ == "NOUN" and word in self.lexicon.borders:
            yield from self._border(index)
        elif token.pos_ == "NOUN" and token.lower_ in self.lexicon.states:
            yield from self._state(index)
        elif token.pos_ in ("VERB", "ADJ") and word in self.lexicon.depending:
            yield from self._dependence(index)
        elif token.pos_ in ("VERB", "ADJ"):
            if word in self.lexicon.verbs:
                yield from self._verb(index, word)
            if token.lower_ in self.lexicon.adjectives and self.tree.deps[index] == "amod":
                yield from self._adjective(index)
            if token.lower_ in _BACKED and self.tree.deps[index] == "amod":
                yield from self._backed(index)

    # -- "NATO ally Turkey", "Turkey, a member of NATO", "Qatar is a close ally of …"

    def _bearer(self, index: int, noun: str) -> Iterator[Tie]:
        kind = self._bearer_kind(index, noun)
        if kind is None or self._denied(index):
            return
        if kind != "member" and self.doc[index].morph.get("Number", []) == ["Plur"]:
            pair = self._pair(index)
            if pair is not None:
                # The two may have been named in another sentence: the noun phrase alone is what tells of the tie.
                start, end = self.tree.left[index], index + 1
                yield Tie(pair[0].actor, pair[1].actor, kind, self.doc[start:end].text, self.tree.sentence[index])
                return
        owners = self._owners(index)
        bearers = self._bearers(index, owners)
        if not owners and len(bearers) > 1 and self.tree.kids(index, "cop") and kind != "member":
            bearers, owners = bearers[:1], bearers[1:]  # "Cuba and Venezuela are close allies"
        for bearer in bearers:
            for owner in owners:
                if kind == "member" and not self._is_body(owner.actor):
                    continue
                yield from self._tie(bearer, owner, kind, index)

    def _pair(self, index: int) -> tuple[Party, Party] | None:
        """The two who are told of as one thing to each other: "the arch-rivals", "the quarrelling neighbours".

        They are those that the noun itself was found to mean, else the pair named last: "Ethiopia and Eritrea …".
        """
        tree = self.tree
        if tree.kids(index, "nmod:poss") or tree.kids(index, "cop"):
            return None
        if any(self.parties.case(child) in ("of", "to") for child in tree.kids(index, "nmod")):
            return None
        definite = any(self.doc[child].lower_ in _DEFINITE for child in tree.kids(index, "det", "nummod"))
        own = list(dict.fromkeys(mention.actor for mention in self.actors.at(index)))
        if len(own) == 2:
            start, end = tree.left[index], index + 1
            return Party(own[0], start, end), Party(own[1], start, end)
        if not definite:
            return None
        for sentence in range(tree.sentence[index], max(-1, tree.sentence[index] - 3), -1):
            stop = min(index, tree.bounds(tree.starts[sentence])[1] + 1)
            for i in range(stop - 1, tree.starts[sentence] - 1, -1):
                if tree.deps[i] != "conj" or tree.heads[i] >= i or len(tree.kids(tree.heads[i], "conj")) > 1:
                    continue  # of three nobody can say which two are meant
                one, other = self._country_at(tree.heads[i]), self._country_at(i)
                if one is not None and other is not None and one.actor != other.actor:
                    return one, other
        return None

    def _country_at(self, index: int) -> Party | None:
        for party in self.parties.at(index):
            record = self.actors.record(party.actor)
            if record.kind == "country" or (record.known and record.kind in ("organization", "group")):
                return party
        return None

    def _bearer_kind(self, index: int, noun: str) -> TieKind | None:
        kinds = self.lexicon.bearers[noun]
        before = {self.doc[child].lemma_.lower() for child in self.tree.kids(index, "compound", "amod", "nmod:poss")}
        before |= {self.doc[child].lower_ for child in self.tree.kids(index, "compound", "amod")}
        for modifier in sorted(before):
            if modifier in kinds:
                return kinds[modifier]
        return kinds.get("-")

    def _owners(self, index: int) -> list[Party]:
        tree, found = self.tree, list[Party]()
        for child in tree.kids(index, "nmod:poss", "compound", "amod", "nmod", "nmod:desc"):
            if tree.deps[child] == "nmod" and self.parties.case(child) not in ("of", "to"):
                continue
            if child > index and tree.deps[child] != "nmod":
                continue
            found += self.parties.at(child, index)
        if not found and tree.deps[index] in ("amod", "compound", "nmod:desc", "flat"):
            found = [p for child in tree.kids(tree.heads[index], "nmod:poss") for p in self.parties.at(child, index)]
        if not found and index and tree.sentence[index - 1] == tree.sentence[index]:
            # A parse may hang the name before the noun elsewhere.
            found = [p for p in self.parties.at(index - 1, index) if p.end == index]
        return found

    def _bearers(self, index: int, owners: Iterable[Party]) -> list[Party]:
        tree, doc = self.tree, self.doc
        owned = {owner.actor for owner in owners}
        head, dep = tree.heads[index], tree.deps[index]
        found: list[Party] = []
        if index + 1 < len(doc) and tree.sentence[index + 1] == tree.sentence[index]:
            after = self._name_from(index + 1)
            if after is not None:
                found += self.parties.at(after, index)
        if not found and tree.kids(index, "cop"):
            found += self.parties.subject(index)
        beside = dep in ("appos", "flat", "compound", "nmod:desc", "amod") or (
            dep == "nmod" and not self.parties.case(index)
        )
        if not found and beside and head != index:
            found += self.parties.at(head, index)
        if not found:
            for child in tree.kids(index, "appos", "flat", "nmod:desc"):
                found += self.parties.at(child, index)
        if not found and self.parties.case(index) == "as" and dep in ("obl", "advcl", "nmod"):
            found += self.parties.subject(head)
        if not found:
            found = [Party(m.actor, m.start, m.end) for m in self.actors.at(index) if self._is_told(m)]
        return [party for party in found if party.actor not in owned]

    def _is_told(self, mention: Mention) -> bool:
        """Whether a mention is of somebody that the article has told apart: "the ally" may be anyone's."""
        return mention.form != "modifier" and self.actors.record(mention.actor).known

    def _name_from(self, index: int) -> int | None:
        """The head of the name that begins right at a token."""
        if self.doc[index].pos_ != "PROPN":
            return None
        covering = self.actors.covering(index)
        if self.actors.at(index):
            return index
        return covering.head if covering is not None and covering.start >= index - 3 else None

    # -- "keeps close trade, mining and rail links with Lusaka"

    def _relation(self, index: int, noun: str) -> Iterator[Tie]:
        tree = self.tree
        kinds = self._relation_kinds(index, noun)
        head, dep = tree.heads[index], tree.deps[index].split(":")[0]
        held = dep in ("obj", "conj", "nsubj") and self._holder(index) is not None
        if self._none(index) and held:
            kinds = ["poor"]
        if not kinds:
            if not held:
                return
            kinds = ["other"]
        elif not held and not (dep in ("nsubj", "nmod", "obl", "obj") and self._states(index)):
            return
        sides = self._sides(index, head)
        for one, other in sides:
            for kind in kinds:
                yield from self._tie(one, other, kind, index)

    def _relation_kinds(self, index: int, noun: str) -> list[TieKind]:
        tree, doc = self.tree, self.doc
        words: list[int] = []
        for child in tree.kids(index, "amod", "compound", "nmod:poss", "nmod"):
            if child < index:
                words += [
                    child,
                    *(
                        each
                        for each in tree.children[child]
                        if each < index and tree.deps[each] in ("conj", "compound", "amod")
                    ),
                ]
        before = index - 1
        while before > 0 and (doc[before].text in (",", "and", "-") or doc[before].lower_ in self.lexicon.modifiers):
            words.append(before)  # "energy and defence ties", however the parse hangs them
            before -= 1
        head = tree.heads[index]
        if tree.deps[index] == "conj" and doc[head].lower_ in self.lexicon.modifiers:
            # "trade, mining and rail links", where the parse takes the first for a noun of its own
            words += [head, *(each for each in tree.children[head] if each < index)]
        if tree.deps[index] == "obj" and self._is_participle(head):
            words.append(head)
        if tree.deps[index] == "nsubj" and doc[head].pos_ in ("ADJ", "VERB"):
            words += [head, *tree.kids(head, "conj")]
        kinds: dict[TieKind, None] = {}
        for word in sorted(set(words)):
            for form in (doc[word].lower_, doc[word].lemma_.lower()):
                if form in self.lexicon.modifiers:
                    kinds[self.lexicon.modifiers[form]] = None
                    break
        own = self.lexicon.relations[noun]
        topics = [kind for kind in kinds if kind not in _QUALITIES]
        if topics:
            return topics
        if own is not None:
            return [own]
        return list(kinds)[:1]

    def _holder(self, index: int) -> int | None:
        """The verb of having that the relation is the object of."""
        at = index
        while self.tree.deps[at] == "conj" and self.doc[self.tree.heads[at]].pos_ == "NOUN":
            at = self.tree.heads[at]
        verb = self.tree.heads[at]
        if self.tree.deps[at] == "obj" and self._is_participle(verb):
            return verb  # "has strained relations": the participle taken for the verb
        if self.tree.deps[at] == "obj" and self.doc[verb].lower_ in self.lexicon.modifiers and verb > 0:
            verb -= 1  # "has close ties": the adjective taken for a verb
            return verb if self.doc[verb].lower_ in self.lexicon.holding and not self._unreal(verb) else None
        if self.tree.deps[at] == "obj" and self.doc[verb].lower_ in self.lexicon.holding:
            return None if self._unreal(verb) else verb
        return None

    def _is_participle(self, verb: int) -> bool:
        token = self.doc[verb]
        return (
            token.tag_ == "VBN"
            and token.lower_ in self.lexicon.modifiers
            and any(self.doc[child].lower_ in ("has", "have", "had") for child in self.tree.kids(verb, "aux"))
        )

    def _states(self, index: int) -> bool:
        """Whether the words say how a relation is, not what is done about it."""
        tree, doc = self.tree, self.doc
        head, dep = tree.heads[index], tree.deps[index].split(":")[0]
        if dep == "nsubj":
            return bool(tree.kids(head, "cop")) or doc[head].lemma_.lower() in ("remain", "be", "stay")
        owned = bool(tree.kids(index, "nmod:poss"))
        return owned or doc[head].lemma_.lower() in ("because", "due", "given", "despite", "with")

    def _sides(self, index: int, head: int) -> list[tuple[Party, Party]]:
        tree = self.tree
        between: list[Party] = []
        for child in tree.kids(index, "nmod"):
            if self.parties.case(child) in ("between", "among"):
                between += self.parties.at(child)
        if len(between) > 1:
            return [(between[0], other) for other in between[1:]]
        named = [p for child in tree.kids(index, "compound", "amod") for p in self.parties.at(child, index)]
        if len(named) < 2 and index >= 3 and self.doc[index - 2].text in "-–—/":
            pair = [*self.parties.at(index - 3, index), *self.parties.at(index - 1, index)]
            named = pair if len({p.actor for p in pair}) > 1 else named
        holder = self._holder(index)
        clause = holder if holder is not None else tree.clause(index)
        others = self.parties.after(index, _WITH, clause)
        if holder is not None:
            others = others or self.parties.after(holder, _WITH, clause) or self.parties.after(head, _WITH, clause)
        ones = [p for child in tree.kids(index, "nmod:poss") for p in self.parties.at(child)]
        if not ones and holder is not None:
            ones = self.parties.subject(holder)
        if not ones:
            ones = named[:1]
        if not others and len(named) > 1 and len({p.actor for p in named}) > 1:
            ones, others = named[:1], named[1:]
        return [(one, other) for one in ones for other in others]

    # -- "shares a border with", "borders", "belongs to", "depends on … for gas", "neighbouring Rwanda"

    def _border(self, index: int) -> Iterator[Tie]:
        verb = self.tree.heads[index]
        if self.tree.deps[index] != "obj" or self.doc[verb].lower_ not in self.lexicon.sharing:
            return
        others = self.parties.after(index, frozenset({"with"}), verb) + self.parties.after(
            verb, frozenset({"with"}), verb
        )
        ones = self.parties.subject(verb)
        if not others and len(ones) > 1:
            ones, others = ones[:1], ones[1:]
        for one in ones:
            for other in others:
                yield from self._tie(one, other, "neighbour", index)

    def _state(self, index: int) -> Iterator[Tie]:
        """ "is at odds with": a state that two are in."""
        kind, prepositions = self.lexicon.states[self.doc[index].lower_]
        if self.parties.case(index) not in prepositions or self._denied(index):
            return
        clause = index if self.tree.kids(index, "cop", "nsubj") else self.tree.heads[index]
        others = self.parties.after(index, _WITH, index) or self.parties.after(clause, _WITH, clause)
        ones = self.parties.subject(clause)
        if not ones and self.tree.deps[index] == "nmod":
            ones = self.parties.at(clause)
        for one in ones:
            for other in others:
                yield from self._tie(one, other, kind, index)

    def _verb(self, index: int, word: str) -> Iterator[Tie]:
        kind, prepositions = self.lexicon.verbs[word]
        tag = self.doc[index].tag_
        if self._denied(index) or self._unreal(index) or tag == "VB":
            return
        habit = word in self.lexicon.habits
        if habit and tag not in ("VBZ", "VBP"):
            return
        others = self.parties.after(index, prepositions, index)
        if "" in prepositions:
            for child in self.tree.kids(index, "obj"):
                others += (
                    [self._country(party) for party in self.parties.at(child)] if habit else self.parties.at(child)
                )
        dep = self.tree.deps[index]
        ones = self.parties.at(self.tree.heads[index]) if dep == "amod" else self.parties.subject(index)
        for one in ones:
            for other in others:
                if kind == "member" and not self._is_body(other.actor):
                    continue
                yield from self._tie(one, other, kind, index)

    def _country(self, party: Party) -> Party:
        """Whose soldiers are trained is the other side of the tie: the country, where the article has it act."""
        record = self.actors.record(party.actor)
        country = record.country if record.kind == "group" and record.sector in ("MIL", "GOV", "COP") else None
        if country is not None and country in self._acting:
            return Party(country, party.start, party.end)
        return party

    def _dependence(self, index: int) -> Iterator[Tie]:
        if self._denied(index):
            return
        kinds: dict[TieKind, None] = {}
        for child in self.tree.kids(index, "obl"):
            if self.parties.case(child) == "for":
                for word in (child, *self.tree.kids(child, "conj", "compound")):
                    if self.doc[word].lower_ in self.lexicon.dependence:
                        kinds[self.lexicon.dependence[self.doc[word].lower_]] = None
        for one in self.parties.subject(index):
            for other in self.parties.after(index, frozenset({"on", "upon"}), index):
                for kind in kinds:
                    yield from self._tie(one, other, kind, index)

    def _adjective(self, index: int) -> Iterator[Tie]:
        kind = self.lexicon.adjectives[self.doc[index].lower_]
        first, _ = self.tree.bounds(index)
        for one in self.parties.at(self.tree.heads[index], index):
            # Whose neighbour it is: the last country named before it in the sentence.
            before = [m for m in self.actors.within(first, index) if self.actors.record(m.actor).country is not None]
            for mention in reversed(before):
                country = self.actors.record(mention.actor).country
                if country is None or country == self.actors.record(one.actor).country:
                    continue
                if kind == "neighbour" and country not in self.knowledge.borders(one.actor):
                    continue
                if mention.actor == country:
                    yield from self._tie(Party(mention.actor, mention.start, mention.end), one, kind, index)
                    break

    def _backed(self, index: int) -> Iterator[Tie]:
        """ "Iran-backed Hezbollah", "the Saudi-backed government": who stands before the hyphen is an ally."""
        if index < 2 or self.doc[index - 1].text not in ("-", "–") or self.tree.heads[index - 2] != index:
            return
        head = self.tree.heads[index]
        names = [*self.tree.kids(head, "appos", "flat"), head]
        backed = next((found for at in names if (found := self.parties.at(at, index))), [])
        for one in self.parties.at(index - 2, index):
            for other in backed:
                record = self.actors.record(other.actor)
                if record.known or record.kind == "group":
                    yield from self._tie(one, other, "ally", index)

    # -- what all share

    def _is_body(self, actor: str) -> bool:
        return not self.knowledge.is_country(actor) and self.actors.record(actor).kind != "person"

    def _none(self, index: int) -> bool:
        return any(self.doc[child].lower_ == "no" for child in self.tree.children[index])

    def _denied(self, index: int) -> bool:
        return any(self.doc[child].lower_ in _NEGATIONS for child in self.tree.children[index])

    def _unreal(self, verb: int) -> bool:
        auxiliaries = {self.doc[child].lower_ for child in self.tree.kids(verb, "aux")}
        return bool(auxiliaries & _UNREAL) or any(
            self.doc[child].lower_ in ("to", "if") for child in self.tree.kids(verb, "mark")
        )

    def _tie(self, one: Party, other: Party, kind: TieKind, index: int) -> Iterator[Tie]:
        kinds = {self.actors.record(one.actor).kind, self.actors.record(other.actor).kind}
        if one.actor == other.actor or (kind == "member" and self.actors.record(one.actor).kind == "person"):
            return
        if kind == "neighbour" and "person" in kinds:
            return  # an envoy may visit neighbouring countries; they are not his
        number = self.tree.sentence[index]
        if self.tree.sentence[one.start] != number or self.tree.sentence[other.start] != number:
            return
        start = min(one.start, other.start, index)
        end = max(one.end, other.end, index + 1)
        yield Tie(one.actor, other.actor, kind, self.doc[start:end].text, number)
