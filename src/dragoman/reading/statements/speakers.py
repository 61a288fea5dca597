"""On whose word: from a reporting word to the actor who says it."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from dragoman.reading.actors.lexicon import load_lexicon
from dragoman.reading.inflection import noun_forms
from dragoman.reading.statements.cues import CueLexicon
from dragoman.reading.tree import Tree

if TYPE_CHECKING:
    from dragoman.reading.actors import Actors

SUBJECTS = ("nsubj", "nsubj:pass", "nsubj:outer")
# A clause without a subject of its own takes that of the clause above it.
_CONTROLLED = ("advcl", "xcomp", "conj", "parataxis", "ccomp")
_RELATIVE = frozenset({"who", "which", "that", "whom"})


@cache
def load_mouthpieces() -> frozenset[str]:
    """Whoever speaks through these speaks for the body or the person that the noun phrase names; in all their forms."""
    data = tomllib.loads(files(__package__).joinpath("data", "mouthpieces.toml").read_text(encoding="utf-8"))
    nouns = load_lexicon().mouthpieces.union(data["nouns"])
    return frozenset(form for noun in nouns for form in noun_forms(noun)).union(data["irregular"])


class Speakers:
    """Finds the speaker of a cue over the tree, then names it by the actors of the article."""

    def __init__(self, tree: Tree, actors: Actors, lexicon: CueLexicon) -> None:
        self.tree = tree
        self.actors = actors
        self.lexicon = lexicon
        self.mouthpieces = load_mouthpieces()

    def of_verb(self, cue: int) -> str | None:
        """The actor who says what a verb reports, or None."""
        token = self.head_of_verb(cue)
        name = None if token is None else self.named(token)
        if name is None and token is not None and token == self.tree.heads[cue] and self.tree.deps[cue] == "acl":
            # "“This is a deal,” she said, promising savings": hung on a thing, which does not speak.
            clause = self.tree.clause(token)
            return self.of_verb(clause if self._reports(clause) else self.tree.heads[clause])
        return name

    def head_of_verb(self, cue: int) -> int | None:
        """The token that heads the speaker of a verb: its subject, or the agent of a passive."""
        tree, seen = self.tree, cue
        for _ in range(8):  # a longer chain of clauses without a subject is a parse gone wrong
            passive = bool(tree.kids(seen, "aux:pass", "nsubj:pass")) and tree.doc[seen].lower_ != "quoted"
            if seen == cue and (passive or (tree.deps[seen] in ("acl", "advcl") and self._is_participle(seen))):
                agents = tree.kids(seen, "obl:agent") or self._by(seen)
                return agents[0] if agents else None
            subjects = tree.kids(seen, *SUBJECTS)
            if subjects:
                return self._relative(subjects[0], seen)
            dep = tree.deps[seen]
            if dep.startswith("acl"):
                return tree.heads[seen]
            if dep.split(":")[0] not in _CONTROLLED:
                return None
            seen = tree.heads[seen]
            if dep == "advcl" and tree.deps[seen] == "ccomp" and self._reports(tree.heads[seen]):
                seen = tree.heads[seen]  # "warned that it could spread, adding that …": whoever warns, adds
            if tree.doc[seen].pos_ == "NOUN" and not tree.kids(seen, "cop") and dep in ("advcl", "parataxis"):
                return seen
        return None

    def of_noun(self, cue: int) -> str | None:
        """The actor whose words a noun names: "his warning", "a statement by the ministry", "the Russian claim"."""
        tree, actors = self.tree, self.actors
        candidates = tree.kids(cue, "nmod:poss")
        for child in tree.kids(cue, "nmod", "obl"):
            if self._case(child) in ("by", "from", "of"):
                candidates.append(child)
        candidates += tree.kids(cue, "compound", "amod")
        for candidate in candidates:
            name = self.named(candidate)
            if name is not None:
                return name
        # "He rejected … in a statement", "the ministry issued a statement saying": who makes it, says it.
        head = tree.heads[cue]
        if tree.deps[cue] in ("obj", "obl") and tree.doc[head].pos_ == "VERB":
            if tree.kids(head, "aux:pass", "nsubj:pass"):
                return None
            return self.of_verb(head)
        return next((m.actor for m in actors.at(cue)), None)

    def named(self, token: int) -> str | None:
        """The actor that a token heads a mention of; through "a spokesman for X" and "X's statement" the X."""
        tree = self.tree
        own = next((mention.actor for mention in self.actors.at(token)), None)
        if own is None or self.actors.record(own).kind != "person":
            for child in tree.kids(token, "appos"):  # "a spokesman for the council, Capo Daniel"
                named = self.actors.covering(child)
                for mention in self.actors.at(child) or ((named,) if named is not None else ()):
                    if self.actors.record(mention.actor).kind == "person":
                        return mention.actor
        if own is not None:
            return own
        for child in tree.kids(token, "appos", "flat", "flat:name"):
            for mention in self.actors.at(child):
                return mention.actor
        if tree.doc[token].pos_ in ("NUM", "PRON", "DET", "ADJ"):  # "one of the mediators", "some of them"
            for child in tree.kids(token, "nmod", "obl"):
                if child > token and self._case(child) == "of":
                    for mention in self.actors.at(child):
                        return mention.actor
        around = self.actors.covering(token)
        if around is not None and around.sense == "actor" and tree.is_beside(around.head, token):
            return around.actor  # headed by a title in the tree, by the name in the mention
        word = tree.doc[token]
        if word.lower_ in self.lexicon.nouns or word.lemma_.lower() in self.lexicon.nouns:
            return self.of_noun(token)
        if not self.mouthpieces.isdisjoint((word.lower_, word.lemma_.lower())):
            for child in tree.kids(token, "nmod:poss", "compound", "nmod", "amod"):
                if tree.deps[child] == "nmod" and self._case(child) not in ("for", "of", "from", "at"):
                    continue
                for mention in self.actors.at(child):
                    return mention.actor
        return None

    def _relative(self, subject: int, verb: int) -> int:
        """What a relative pronoun stands for: the noun that the clause hangs on."""
        tree = self.tree
        if tree.doc[subject].lower_ in _RELATIVE:
            clause = verb
            while tree.deps[clause] == "conj":
                clause = tree.heads[clause]
            if tree.deps[clause].startswith("acl"):
                return self._someone(tree.heads[clause], subject)
        return subject

    def _someone(self, noun: int, pronoun: int) -> int:
        """The noun a relative clause hangs on; where "who" hangs on a thing, the person named last before it."""
        if self.tree.doc[pronoun].lower_ != "who" or self.named(noun) is not None:
            return noun
        for index in range(pronoun - 1, self.tree.bounds(pronoun)[0] - 1, -1):
            if any(self.actors.record(mention.actor).kind == "person" for mention in self.actors.at(index)):
                return index
        return noun

    def _reports(self, verb: int) -> bool:
        token = self.tree.doc[verb]
        cue = self.lexicon.verb(token.text, token.lemma_)
        return cue is not None and "that" in cue.takes

    def _by(self, verb: int) -> list[int]:
        return [child for child in self.tree.kids(verb, "obl") if self._case(child) == "by"]

    def _case(self, token: int) -> str:
        doc = self.tree.doc
        return next((doc[child].lower_ for child in self.tree.kids(token, "case")), "")

    def _is_participle(self, token: int) -> bool:
        return self.tree.doc[token].tag_ == "VBN"
