"""Who a pronoun means: candidates before it, weighed by agreement, place in the sentence, distance and prominence."""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache
from importlib import resources
from operator import mul

from spacy.tokens import Token

from dragoman.reading.actors.drafts import Draft
from dragoman.reading.actors.lexicon import Lexicon
from dragoman.reading.actors.linking import Profile
from dragoman.reading.actors.phrases import OBJECTS, SUBJECTS, doer_beside, governor, noun_lemma
from dragoman.reading.actors.quotes import Quotes
from dragoman.reading.tree import Tree

# How far back a pronoun reaches: in sentences, and in phrases.
_SENTENCES = 4
_PHRASES = 60
# How sure the language model must be of whom a pronoun takes up from further back, or of one that means nobody.
_FAR = 0.4
_POSSESSIVE = frozenset({"his", "her", "its", "their"})
_RELATIVE = frozenset({"who", "whom", "whose", "which", "that"})
# Clauses that tell what a sentence is about, and what speaks for their subject where it is a new one (by hand).
_MAIN = frozenset({"root", "conj", "parataxis"})
_FRESH = 0.5
# How sure the language model must be of a "he" before that one, for it to be meant all the same.
_SURE = 0.6
FEATURES = (
    "sentences", "same", "phrases", "subject", "object", "parallel", "count", "pronoun", "modifier", "place", "thing",
    "spoken", "indefinite", "matrix", "speaker", "inner", "name", "first", "learned", "learned other", "ahead",
    "controller",
)  # fmt: skip


def learned_antecedent(token: Token) -> tuple[int, float] | None:
    """The antecedent that the language model's own head gives, with its score; None where there is none."""
    if not token.has_extension("antecedent"):
        return None
    found = token._.get("antecedent")
    if found is None:
        return None
    return int(found), float(token._.get("antecedent_score") or 0.0)


@cache
def load_weights() -> tuple[dict[str, list[float]], dict[str, float]]:
    """The weights of the features by the kind of pronoun, and the score below which nobody is meant."""
    text = resources.files("dragoman.reading.actors").joinpath("data", "salience.toml").read_text(encoding="utf-8")
    data = tomllib.loads(text)
    weights = {kind: [float(table.get(name, 0.0)) for name in FEATURES] for kind, table in data.items()}
    return weights, {kind: float(table["least"]) for kind, table in data.items()}


class Salience:
    """Scores the candidates for the pronouns of one article."""

    def __init__(self, tree: Tree, lexicon: Lexicon, quotes: Quotes, profiles: dict[str, Profile]) -> None:
        self.tree, self.lexicon, self.quotes, self.profiles = tree, lexicon, quotes, profiles
        self.counts: Counter[str] = Counter()
        self._weights, self._least = load_weights()

    def choose(self, pronoun: Draft, history: Sequence[Draft], ahead: Sequence[Draft]) -> Draft | None:
        """The draft that the pronoun refers to; a `thing` where it means no actor, None where nobody fits.

        `history` are the drafts before it, `ahead` those after it in its sentence.
        """
        own = self._of_speaker(pronoun, history) or self._of_subject(pronoun, history)
        if own is not None:
            return own
        best: Draft | None = None
        kind = pronoun_class(pronoun.facts.noun or "")
        top = self._least[kind]
        fresh: Draft | None = None
        for draft, gap, distance, forward in self.candidates(pronoun, history, ahead):
            score = self.score(pronoun, draft, gap, distance, ahead=forward)
            if fresh is None and gap and not forward and self._takes_over(pronoun, draft):
                fresh = draft
                score += _FRESH if kind == "he" else 0.0
            elif fresh is not None and draft.form == "pronoun" and draft.actors != fresh.actors:
                # Whoever was "he" before is not in view any more, since another was told of by name.
                link, sure = learned_antecedent(self.tree.doc[pronoun.head]) or (-1, 0.0)
                if link != draft.head or sure < _SURE:
                    continue
            if score > top:
                best, top = draft, score
        return best

    def _takes_over(self, pronoun: Draft, draft: Draft) -> bool:
        """Whether a sentence before has somebody told of by name for its subject, and so no earlier "he"."""
        if draft.form == "pronoun" or len(draft.actors) != 1 or self.quotes.inside[pronoun.head] >= 0:
            return False
        dep, above = governor(self.tree, draft.head)
        return dep in SUBJECTS and self.tree.deps[above] in _MAIN

    def _of_speaker(self, pronoun: Draft, history: Sequence[Draft]) -> Draft | None:
        """Whoever says it, for a pronoun in what is said: "Turkey says it can host them", "Annan said he would go".

        Not where another subject within what is said, or one who is told it, could be meant as well.
        """
        clause = self.tree.clause(pronoun.head)
        for _ in range(6):
            subject = next((kid for kid in self.tree.children[clause] if self.tree.deps[kid] in SUBJECTS), None)
            if subject is not None and subject != pronoun.head and not self.tree.is_under(pronoun.head, subject):
                other = _by_head(history, subject)
                if other is None or other.kind != "thing":
                    return None
            verb = self.tree.heads[clause]
            if verb == clause:
                return None
            if self.tree.deps[clause] == "ccomp" and self.tree.doc[verb].lemma_.lower() in self.lexicon.speech:
                speaker = next((kid for kid in self.tree.children[verb] if self.tree.deps[kid] in SUBJECTS), None)
                told = any(self.tree.deps[kid] in OBJECTS for kid in self.tree.children[verb])
                found = _by_head(history, speaker) if speaker is not None and not told else None
                if found is None or found.kind == "thing" or not self.agrees(pronoun, found):
                    return None
                return found
            clause = self.tree.clause(verb)
        return None

    def _of_subject(self, pronoun: Draft, history: Sequence[Draft]) -> Draft | None:
        """The subject of the clause for a genitive in its object: "Taylor left his capital", "they buried their dead".

        Not in what somebody else is asked to do, and not beside one whose it could be: "met Arafat and his wife".
        """
        if (pronoun.facts.noun or "") not in _POSSESSIVE or self.tree.deps[pronoun.head] != "nmod:poss":
            return None
        index = self.tree.heads[pronoun.head]
        clause = self.tree.clause(index)
        while index != clause:
            dep, above = self.tree.deps[index], self.tree.heads[index]
            if dep == "xcomp" and any(self.tree.deps[kid] in OBJECTS for kid in self.tree.children[above]):
                return None
            other = _by_head(history, above) if dep in ("conj", "appos", "nmod") else None
            if other is not None and other.kind != "thing" and self.agrees(pronoun, other):
                return None
            if dep in SUBJECTS:
                return None
            index = above
        subject = next((kid for kid in self.tree.children[clause] if self.tree.deps[kid] in SUBJECTS), None)
        if subject is None or subject > pronoun.head:
            return None
        whole = [draft for draft in history[-_PHRASES:] if draft.head == subject and draft.kind != "thing"]
        return next((draft for draft in reversed(whole) if draft.actors and self.agrees(pronoun, draft)), None)

    def candidates(
        self, pronoun: Draft, history: Sequence[Draft], ahead: Sequence[Draft]
    ) -> Iterator[tuple[Draft, int, int, bool]]:
        """Whom a pronoun may mean: draft, sentences and phrases between, and whether it comes only after."""
        doer = self._doer(pronoun, history)
        link, sure = learned_antecedent(self.tree.doc[pronoun.head]) or (-1, 0.0)
        link = link if sure >= _FAR else -1
        for distance, draft in enumerate(reversed(history[-_PHRASES:])):
            gap = self._gap(draft.head, pronoun.head)
            pointed = draft.head == link and not self._excluded(pronoun, draft)
            if gap > _SENTENCES and not pointed:
                if link < 0 or draft.head < link:
                    break
                continue
            if pointed and self._means_nobody(pronoun, draft):
                yield draft, gap, distance, False
                continue
            if self._excluded(pronoun, draft) or not self.agrees(pronoun, draft):
                continue
            if doer and draft.actors == doer:
                continue  # by whatever name: "Razali met her" has her for somebody else
            yield draft, gap, distance, False
        for draft in ahead:
            # "In his speech, the minister said": forward only from a fronted phrase to the subject of its clause.
            if self._fronted(pronoun, draft) and self.agrees(pronoun, draft):
                yield draft, 0, 0, True

    def _means_nobody(self, pronoun: Draft, draft: Draft) -> bool:
        """Whether an "it" or "they" before means nothing that was found: one that takes it up means nobody, too."""
        kind = pronoun_class(pronoun.facts.noun or "")
        same = draft.kind == "pronoun" and pronoun_class(draft.facts.noun or "") == kind
        return same and kind != "he" and not draft.actors and draft.antecedent is None

    def _gap(self, earlier: int, later: int) -> int:
        """The sentences between two tokens; what stands wholly in a quotation is passed over from outside of it."""
        first, last = self.tree.sentence[earlier], self.tree.sentence[later]
        gap = last - first
        if gap < 2 or self.quotes.inside[later] >= 0:
            return gap
        between = self.tree.starts[first + 1 : last]
        return gap - sum(
            self.quotes.inside[start] == self.quotes.inside[end] >= 0 for start, end in self._ends(between)
        )

    def _ends(self, starts: Sequence[int]) -> Iterator[tuple[int, int]]:
        """The second and the last but one token of sentences: their marks of quotation may stand outside of them."""
        for start in starts:
            low, high = self.tree.bounds(start)
            yield min(low + 1, high), max(high - 1, low)

    def _doer(self, pronoun: Draft, history: Sequence[Draft]) -> tuple[str, ...]:
        """The one who acts on whom the pronoun means, and so is not meant."""
        if (pronoun.facts.noun or "").endswith(("self", "selves")):
            return ()
        subject = doer_beside(self.tree, pronoun.head)
        found = _by_head(history, subject) if subject is not None else None
        return found.actors if found is not None and len(found.actors) == 1 else ()

    def features(self, pronoun: Draft, draft: Draft, gap: int, distance: int, *, ahead: bool = False) -> list[float]:
        """What speaks for and against a candidate, in the order of `FEATURES`."""
        dep, above = governor(self.tree, draft.head)
        own, clause = governor(self.tree, pronoun.head)
        subject = dep in SUBJECTS
        thing = draft.kind == "thing"
        speaker = self.quotes.speaker(pronoun.head)
        learned = learned_antecedent(self.tree.doc[pronoun.head])
        link, sure = learned if learned is not None else (-1, 0.0)
        pointed = draft.start <= link < draft.end if link != pronoun.head else False
        return [
            float(gap),
            float(gap == 0),
            min(distance, 30) / 10,
            float(subject),
            float(dep in OBJECTS),
            float(subject == (own in SUBJECTS)),
            min(4, self.counts[draft.actors[0]]) / 4 if draft.actors else 0.0,
            float(draft.form == "pronoun"),
            float(draft.form == "modifier"),
            float(draft.sense == "place"),
            float(thing),
            float(thing and own in SUBJECTS and self.tree.doc[clause].lemma_.lower() in self.lexicon.animate),
            float(not draft.definite and draft.kind in ("thing", "group")),
            float(gap == 0 and subject and self._is_matrix(above, pronoun.head)),
            float(speaker is not None and speaker == draft.head),
            float(dep in ("nmod", "nmod:poss", "compound", "amod")),
            float(draft.form == "name"),
            float(subject and draft.head - self.tree.starts[self.tree.sentence[draft.head]] < 8),
            sure if pointed else 0.0,
            sure if not pointed and link >= 0 and link != pronoun.head else 0.0,
            float(ahead),
            float(self._controls(draft.head, pronoun.head)),
        ]

    def score(self, pronoun: Draft, draft: Draft, gap: int, distance: int, *, ahead: bool = False) -> float:
        """How well a candidate fits; larger is better."""
        weights = self._weights[pronoun_class(pronoun.facts.noun or "")]
        features = self.features(pronoun, draft, gap, distance, ahead=ahead)
        return float(sum(map(mul, weights, features)))

    def agrees(self, pronoun: Draft, draft: Draft) -> bool:
        """Number, gender and animacy."""
        word = pronoun.facts.noun or ""
        personal = pronoun.facts.gender is not None
        if word == "it" and draft.actors and self._is_deed(pronoun.head):
            return False
        if draft.kind == "pronoun":
            other = draft.facts.noun or ""
            if other in _RELATIVE and any(self.profiles[actor].kind == "person" for actor in draft.actors):
                return False  # "Qatar's emir, who said it would host them": it is not he
            # What "they" and "it" meant before may be a thing, and they may mean it again.
            told = bool(draft.actors) or (draft.antecedent is not None and not personal)
            same = pronoun_class(other) == pronoun_class(word) and draft.facts.gender == pronoun.facts.gender
            return told and same
        profile = self.profiles.get(draft.actors[0]) if draft.actors else None
        if personal:
            if profile is None or draft.plural or len(draft.actors) > 1:
                return False
            if profile.kind != "person" and not (profile.kind == "group" and draft.form == "description"):
                return False
            gender = profile.gender or draft.facts.gender
            return gender is None or gender == pronoun.facts.gender
        if word.startswith("it"):
            if draft.plural or len(draft.actors) > 1:
                return False
            if profile is None:
                return draft.kind == "thing"
            return profile.kind != "person" and draft.kind != "office"
        if draft.kind == "thing":
            # "The team arrived. They were …"
            return draft.plural or (draft.facts.noun or "") in self.lexicon.collective
        if profile is None:
            return False
        return (
            draft.plural or len(draft.actors) > 1 or profile.kind in ("organization", "group") or draft.kind == "sides"
        )

    def _is_deed(self, index: int) -> bool:
        """Whether a pronoun is said to be what only a deed can be: "called it a crime", "it was a mistake"."""
        dep, above = self.tree.deps[index], self.tree.heads[index]
        if dep in OBJECTS:
            named = [kid for kid in self.tree.kids(above, "xcomp", "obj") if kid > index]
        else:
            named = [above] if dep in SUBJECTS and self.tree.kids(above, "cop") else []
        return any(noun_lemma(self.tree.doc[noun]) in self.lexicon.deeds for noun in named)

    def _excluded(self, pronoun: Draft, draft: Draft) -> bool:
        """Binding: an argument of the same predicate is someone else, and so is what the pronoun is a part of."""
        if draft.start <= pronoun.head < draft.end or draft.head == pronoun.head:
            return True
        if self.tree.sentence[draft.head] != self.tree.sentence[pronoun.head]:
            return False
        if (pronoun.facts.noun or "") in _POSSESSIVE and self.tree.deps[pronoun.head] == "nmod:poss":
            return self.tree.heads[pronoun.head] == draft.head
        if (pronoun.facts.noun or "").endswith(("self", "selves")):
            return False
        _, above = governor(self.tree, draft.head)
        _, clause = governor(self.tree, pronoun.head)
        # In "Moscow, with which it has ties" the relative pronoun is Moscow, and so "it" is not.
        related = self.tree.deps[clause] == "acl:relcl" and self.tree.heads[clause] == draft.head
        return above == clause or related

    def _fronted(self, pronoun: Draft, draft: Draft) -> bool:
        dep, above = governor(self.tree, draft.head)
        if dep not in SUBJECTS or self.tree.deps[draft.head] not in SUBJECTS:
            return False
        index = pronoun.head
        while self.tree.heads[index] != index and self.tree.heads[index] != above:
            index = self.tree.heads[index]
        if self.tree.heads[index] != above or index == draft.head:
            return False
        return (
            self.tree.deps[index] in ("advcl", "obl", "obl:unmarked", "acl")
            and index < draft.start
            and index != pronoun.head
        )

    def _is_matrix(self, verb: int, index: int) -> bool:
        """Whether a verb governs the clause of a token as its complement or adjunct."""
        clause = self.tree.clause(index)
        for _ in range(6):
            if clause == verb:
                return False
            if self.tree.heads[clause] == verb:
                return self.tree.deps[clause] in ("ccomp", "advcl", "xcomp", "parataxis", "conj")
            if self.tree.heads[clause] == clause:
                return False
            clause = self.tree.heads[clause]
        return False

    def _controls(self, head: int, index: int) -> bool:
        """Whether one is the object that does what its verb asks: Russia, in "urged Russia to withdraw its forces"."""
        clause = index
        for _ in range(8):
            if self.tree.heads[clause] == clause:
                return False
            if self.tree.deps[clause] == "xcomp":
                break
            clause = self.tree.heads[clause]
        return self.tree.heads[head] == self.tree.heads[clause] and self.tree.deps[head] in OBJECTS and head < index


def _by_head(drafts: Sequence[Draft], head: int) -> Draft | None:
    """The draft with this head, among the last ones."""
    return next((draft for draft in reversed(drafts[-_PHRASES:]) if draft.head == head), None)


def pronoun_class(word: str) -> str:
    """The pronouns that share their weights: `he` (and she), `it`, `they`."""
    if word in ("he", "him", "his", "himself"):
        return "he"
    if word in ("she", "her", "hers", "herself"):
        return "he"
    return "they" if word.startswith("the") else "it"
