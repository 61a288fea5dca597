"""On whose word: from a reporting word to the actor who says it."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
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
_RELATIVE_CLAUSES = ("acl", "acl:relcl", "advcl:relcl")
_FINITE, _NOMINAL = frozenset({"VBD", "VBZ", "VBP"}), frozenset({"NOUN", "PROPN", "PRON"})
# What stands within a phrase and does not head it.
_INNER = frozenset({"amod", "compound", "nmod:desc", "nmod:poss", "nummod", "det", "flat"})
_LONGEST_NAME = 12
_CLOSING = frozenset({"”", "»", '"', "''", "’", "'"})
_DEFINITE = frozenset({"the", "this", "that"})
# How many tokens back "the statement" is looked for.
MEMORY = 400
_RELATIVE = frozenset({"who", "which", "that", "whom"})


def subjects_of(tree: Tree, verb: int) -> list[int]:
    """The subjects of a verb, its own first, where the parse gives it that of the clause which it interrupts.

    It is the nearest before the verb ("It was, he said, a step"), or the one right behind it where a comma is before
    it ("The talks, said Moi, had failed"). What stands behind a full stop is of another sentence.
    """
    subjects = tree.kids(verb, *SUBJECTS)
    before = [subject for subject in reversed(subjects) if subject < verb]
    after = [i for i in subjects if i > verb and not any(tree.doc[k].text == "." for k in range(verb, i))]
    inverted = bool(verb and after) and tree.doc[verb - 1].text == "," and tree.left[after[0]] == verb + 1
    return [*after, *before] if inverted else [*before, *after]


def named_before(tree: Tree, verb: int) -> range | None:
    """The phrase between a comma and a finite verb that says who speaks, where the parse gives it no subject.

    "The plan was rejected by Lagos, diplomats in Accra said": the parse may make them one more of the agents.
    """
    doc = tree.doc
    if doc[verb].tag_ not in _FINITE or tree.deps[verb] in ("conj", *_RELATIVE_CLAUSES) or tree.kids(verb, *SUBJECTS):
        return None
    if not any(child < verb for child in tree.kids(verb, "ccomp", "parataxis")):
        return None
    first = verb
    while first > max(tree.bounds(verb)[0], verb - _LONGEST_NAME) and doc[first - 1].text != ",":
        first -= 1
        if doc[first].pos_ in ("VERB", "AUX", "PUNCT", "SCONJ", "CCONJ"):
            return None
    if first == verb or doc[first - 1].text != "," or doc[first].pos_ == "ADP":
        return None
    return range(first, verb)


def named_behind(tree: Tree, verb: int) -> int | None:
    """The head of the phrase behind a verb that closes its sentence, where the parse takes it for an object.

    "The lanes must stay open, warned the Danish minister." What is said stands before a comma, and nothing opens the
    verb's clause, so that the phrase can only be who speaks.
    """
    doc = tree.doc
    if doc[verb].tag_ not in _FINITE or tree.deps[verb] not in ("advcl", "parataxis") or tree.heads[verb] > verb:
        return None
    if not verb or doc[verb - 1].text != "," or any(child < verb - 1 for child in tree.children[verb]):
        return None
    things = tree.kids(verb, "obj", "iobj")
    if len(things) != 1 or tree.left[things[0]] != verb + 1 or doc[things[0]].pos_ not in _NOMINAL:
        return None
    rest = range(tree.right[things[0]] + 1, tree.bounds(verb)[1] + 1)
    return things[0] if all(doc[i].is_punct or doc[i].is_space for i in rest) else None


@dataclass(frozen=True, slots=True)
class Mouthpieces:
    """The words from `data/mouthpieces.toml`.

    Attributes:
        nouns: whoever and whatever speaks for the body or the person that the noun phrase names, in all forms.
        servants: those of them who serve a person, whose words are not that person's own.
        links: prepositions before that name.
        issuing: verbs by which the subject makes the words that are their object his own.
        means: prepositions before the words in which somebody says something.
        norms: what things are done according to, and which says nothing.
        told: verbs that say "as … by" whose word something is.
    """

    nouns: frozenset[str]
    servants: frozenset[str]
    links: frozenset[str]
    issuing: frozenset[str]
    means: frozenset[str]
    norms: frozenset[str]
    told: frozenset[str]


@cache
def load_mouthpieces() -> Mouthpieces:
    """The words that ship, those of the room of actors among them, read once."""
    data = tomllib.loads(files(__package__).joinpath("data", "mouthpieces.toml").read_text(encoding="utf-8"))
    nouns = load_lexicon().mouthpieces.union(data["nouns"])
    forms = frozenset(form for noun in nouns for form in noun_forms(noun)).union(data["irregular"])
    servants = frozenset(form for noun in data["servants"] for form in noun_forms(noun))
    lists = (frozenset(data[name]) for name in ("links", "issuing", "means", "norms", "told"))
    return Mouthpieces(forms, servants, *lists)


class Speakers:
    """Finds the speaker of a cue over the tree, then names it by the actors of the article."""

    def __init__(self, tree: Tree, actors: Actors, lexicon: CueLexicon) -> None:
        self.tree = tree
        self.actors = actors
        self.lexicon = lexicon
        self.words = load_mouthpieces()
        self._mentioned = frozenset(mention.actor for mention in actors.mentions)

    def of_verb(self, cue: int) -> str | None:
        """The actor who says what a verb reports, or None."""
        nearest = self._last_clause(cue)
        if nearest is not None:
            return self.named(nearest)
        token = self.head_of_verb(cue)
        name = None if token is None else self.named(token)
        if name is None and token is not None and token == self.tree.heads[cue] and self.tree.deps[cue] == "acl":
            # "“This is a deal,” she said, promising savings": hung on a thing, which does not speak.
            clause = self.tree.clause(token)
            return self.of_verb(clause if self._reports(clause) else self.tree.heads[clause])
        if name is None and self.tree.deps[cue] == "advcl" and self.tree.doc[cue].tag_ == "VBG":
            return self._of_verb_before(cue)
        return name

    def _last_clause(self, cue: int) -> int | None:
        """Whom "who" stands for in "met Mr Savimbi, who stayed away, saying that …": the last clause is his."""
        tree, doc = self.tree, self.tree.doc
        if tree.deps[cue] != "advcl" or doc[cue].tag_ != "VBG" or not cue or doc[cue - 1].text != ",":
            return None
        above = tree.heads[cue]
        verb = next((i for i in range(cue - 1, above, -1) if doc[i].tag_ in _FINITE and doc[i].pos_ == "VERB"), None)
        if verb is None or tree.deps[verb] != "acl:relcl" or tree.heads[verb] < above:
            return None
        who = next((i for i in tree.kids(verb, "nsubj") if doc[i].lower_ == "who"), None)
        return None if who is None else self._relative(who, verb)

    def _of_verb_before(self, cue: int) -> str | None:
        """Who is the subject of the nearest clause before, for "Habyarimana, who stayed away, saying that …"."""
        for verb in range(cue - 1, self.tree.bounds(cue)[0] - 1, -1):
            subjects = [subject for subject in subjects_of(self.tree, verb) if subject < verb]
            if subjects:
                return self.named(self._relative(subjects[0], verb))
        return None

    def head_of_verb(self, cue: int) -> int | None:
        """The token that heads the speaker of a verb: its subject, or the agent of a passive."""
        tree, seen = self.tree, cue
        for _ in range(8):  # a longer chain of clauses without a subject is a parse gone wrong
            if self._is_said_of(seen):
                # "The paper quoted him as saying", "he was reported as saying": whoever is quoted, says it.
                return next(iter(tree.kids(seen, "obj", "iobj", "nsubj:pass")), self._last_person(seen))
            passive = bool(tree.kids(seen, "aux:pass", "nsubj:pass"))
            if seen == cue and (passive or (tree.deps[seen] in ("acl", "advcl") and self._is_participle(seen))):
                agents = tree.kids(seen, "obl:agent") or self._by(seen)
                return agents[0] if agents else None
            subjects = subjects_of(tree, seen)
            if subjects:
                # A rank before a name may be a subject of its own: "said Col. Rene Ponce".
                named = (subject for subject in subjects if subject > seen and self.actors.at(subject))
                if seen != cue:
                    subjects = [subject for subject in subjects if subject < cue] or subjects
                return self._relative(next(named, subjects[0]) if subjects[0] > seen else subjects[0], seen)
            behind = self._inverted(cue) if seen == cue else None
            if behind is None and seen == cue:
                behind = named_behind(tree, cue)
            if behind is not None:
                return behind
            before = named_before(tree, seen) if seen == cue else None
            if before is not None:
                heads = (i for i in before if tree.doc[i].pos_ in _NOMINAL and tree.deps[i] not in _INNER)
                return next(heads, None)
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

    def _inverted(self, cue: int) -> int | None:
        """The phrase right behind a verb that follows a quotation, which the parse has made a subject within that."""
        tree = self.tree
        if not cue or cue + 1 >= len(tree.heads) or tree.doc[cue - 1].text not in _CLOSING:
            return None
        head = cue + 1
        while tree.left[tree.heads[head]] == cue + 1 and tree.heads[head] != head:
            head = tree.heads[head]
        away = tree.heads[head] < cue and tree.deps[head] in SUBJECTS
        return head if away and tree.doc[cue].tag_ in _FINITE and tree.doc[head].pos_ in _NOMINAL else None

    def _is_said_of(self, verb: int) -> bool:
        """Whether somebody is quoted "as saying" something."""
        tree = self.tree
        for child in tree.kids(verb, "advcl", "xcomp", "ccomp", "obl"):
            if tree.doc[child].tag_ == "VBG" and any(
                tree.doc[mark].lower_ == "as" for mark in tree.kids(child, "mark", "case")
            ):
                return bool(tree.kids(verb, "obj", "iobj", "nsubj:pass", "aux:pass"))
        return False

    def of_noun(self, cue: int) -> str | None:
        """The actor whose words a noun names: "his warning", "a statement by the ministry", "the Russian claim".

        "The statement" is the one that was spoken of before.
        """
        name = self._of_words(cue)
        if name is not None or not any(self.tree.doc[kid].lower_ in _DEFINITE for kid in self.tree.kids(cue, "det")):
            return name
        lemma = self.tree.doc[cue].lemma_
        for earlier in range(cue - 1, max(-1, cue - MEMORY), -1):
            if self.tree.doc[earlier].lemma_ == lemma and self.tree.doc[earlier].pos_ == "NOUN":
                name = self._of_words(earlier)
                if name is not None:
                    return name
        return None

    def _of_words(self, cue: int) -> str | None:
        tree, actors = self.tree, self.actors
        candidates = tree.kids(cue, "nmod:poss")
        for child in tree.kids(cue, "nmod", "obl"):
            if self._case(child) in ("by", "from", "of"):
                candidates.append(child)
        if tree.doc[cue].lower_ == "words" and cue + 1 < len(tree.heads) and tree.doc[cue + 1].lower_ == "of":
            candidates.append(tree.heads[cue + 1])  # wherever the tree hangs it
        for clause in tree.kids(cue, "acl"):  # "a statement issued by the ministry"
            if self._is_participle(clause) and tree.doc[clause].lemma_.lower() in self.words.issuing:
                candidates += tree.kids(clause, "obl:agent") or self._by(clause)
        candidates += tree.kids(cue, "compound", "amod")
        for candidate in candidates:
            name = self.named(candidate)
            if name is not None:
                return name
        # "He rejected … in a statement", "the ministry issued a statement saying": who makes it, says it; but of
        # "he rejected claims that …", "according to reports" nobody tells whose they are.
        head = tree.heads[cue]
        if tree.deps[cue] in ("obj", "obl") and tree.doc[head].pos_ == "VERB":
            if tree.kids(head, "aux:pass", "nsubj:pass"):
                return None
            told = tree.doc[head].lemma_.lower() in self.words.issuing
            if tree.deps[cue] == "obl":
                told = self._case(cue) in self.words.means
            return self.of_verb(head) if told else None
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
            if tree.doc[token].pos_ == "NOUN":  # "the other group, the MLC": the name tells better whom it describes
                for child in tree.kids(token, "appos"):
                    if tree.doc[child].pos_ == "PROPN":
                        return next((mention.actor for mention in self.actors.at(child)), own)
            return own
        for child in tree.kids(token, "appos", "flat", "flat:name"):
            for mention in self.actors.at(child):
                return mention.actor
        if tree.doc[token].pos_ in ("NUM", "PRON", "DET", "ADJ"):  # "one of the mediators", "some of them"
            for child in tree.kids(token, "nmod", "obl"):
                if child > token and self._case(child) == "of":
                    for mention in self.actors.at(child):
                        # One of several is nobody whom a name stands for.
                        return None if self.actors.record(mention.actor).kind == "person" else mention.actor
        around = self.actors.covering(token)
        if around is not None and around.sense == "actor" and tree.is_beside(around.head, token):
            return around.actor  # headed by a title in the tree, by the name in the mention
        word = tree.doc[token]
        if word.lower_ in self.lexicon.nouns or word.lemma_.lower() in self.lexicon.nouns:
            return self.of_noun(token)
        if not self.words.nouns.isdisjoint((word.lower_, word.lemma_.lower())):
            for child in tree.kids(token, "nmod:poss", "compound", "nmod", "amod"):
                if tree.deps[child] == "nmod" and self._case(child) not in self.words.links:
                    continue
                for mention in self.actors.at(child):
                    servant = not self.words.servants.isdisjoint((word.lower_, word.lemma_.lower()))
                    return self._body(mention.actor) if servant else mention.actor
        return None

    def _body(self, name: str) -> str | None:
        """Whom an aide of somebody speaks for: not the person, but the body or country that both of them serve."""
        record = self.actors.record(name)
        if record.kind != "person":
            return name
        return next((each for each in (record.of, record.country) if each and each in self._mentioned), None)

    def _relative(self, subject: int, verb: int) -> int:
        """What a relative pronoun stands for: the noun that the clause hangs on."""
        tree = self.tree
        beside = self._beside(subject, verb)
        if beside is not None:
            return beside
        if tree.doc[subject].lower_ in _RELATIVE:
            clause = verb
            while tree.deps[clause] == "conj":
                clause = tree.heads[clause]
            if tree.deps[clause].startswith("acl"):
                return self._someone(tree.heads[clause], subject)
            if tree.doc[subject].lower_ == "who" and tree.deps[clause] == "advcl":
                return self._last_person(subject) or subject
        return subject

    def _beside(self, who: int, verb: int) -> int | None:
        """The person right before "who", where the parse hangs the clause on another: "rejected by Mr Alatas, who"."""
        tree, doc = self.tree, self.tree.doc
        if doc[who].lower_ != "who" or who < 2 or doc[who - 1].text != "," or not tree.deps[verb].startswith("acl"):
            return None
        mention = self.actors.covering(who - 2)
        if mention is None or doc[who - 2].pos_ != "PROPN" or self.actors.record(mention.actor).kind != "person":
            return None
        return None if tree.is_under(mention.head, tree.heads[verb]) else mention.head

    def _someone(self, noun: int, pronoun: int) -> int:
        """The noun a relative clause hangs on; where "who" hangs on a thing, the person named last before it."""
        if self.tree.doc[pronoun].lower_ != "who" or self.named(noun) is not None:
            return noun
        return self._last_person(pronoun) or noun

    def _last_person(self, before: int) -> int | None:
        """The person named last in the sentence before a token."""
        for index in range(before - 1, self.tree.bounds(before)[0] - 1, -1):
            if any(self.actors.record(mention.actor).kind == "person" for mention in self.actors.at(index)):
                return index
        return None

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
