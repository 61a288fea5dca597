"""Who a pronoun means: candidates before it, weighed by agreement, place in the sentence, distance and prominence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from spacy.tokens import Token

from dragoman.reading.actors.drafts import Draft
from dragoman.reading.actors.lexicon import Lexicon
from dragoman.reading.actors.linking import Profile
from dragoman.reading.actors.phrases import OBJECTS, SUBJECTS, governor
from dragoman.reading.actors.quotes import Quotes
from dragoman.reading.tree import Tree

# How far back a pronoun reaches: in sentences, and in phrases.
_SENTENCES = 4
_PHRASES = 60
_POSSESSIVE = frozenset({"his", "her", "its", "their"})
# Below this nobody is near enough to be meant.
_ENOUGH = -2.2

_WEIGHTS = {
    "sentence": -0.9,
    "phrase": -0.03,
    "subject": 1.0,
    "object": 0.2,
    "parallel": 0.4,
    "count": 0.25,
    "pronoun": 0.3,
    "indefinite": -0.3,
    "modifier": -0.8,
    "place": -0.8,
    "thing": -0.4,
    "matrix": 0.9,
    "speaker": -1.5,
    "inner": -0.6,
}


def learned_antecedent(token: Token) -> tuple[int, float] | None:
    """The antecedent that the language model's own head gives, with its score; None where there is none."""
    if not token.has_extension("antecedent"):
        return None
    found = token._.get("antecedent")
    if found is None:
        return None
    return int(found), float(token._.get("antecedent_score") or 0.0)


class Salience:
    """Scores the candidates for the pronouns of one article."""

    def __init__(self, tree: Tree, lexicon: Lexicon, quotes: Quotes, profiles: dict[str, Profile]) -> None:
        self.tree, self.lexicon, self.quotes, self.profiles = tree, lexicon, quotes, profiles
        self.counts: Counter[str] = Counter()

    def choose(self, pronoun: Draft, history: Sequence[Draft], ahead: Sequence[Draft]) -> Draft | None:
        """The draft that the pronoun refers to; a `thing` where it means no actor, None where nobody fits.

        `history` are the drafts before it, `ahead` those after it in its sentence.
        """
        best: Draft | None = None
        top = _ENOUGH
        sentence = self.tree.sentence[pronoun.head]
        for distance, draft in enumerate(reversed(history[-_PHRASES:])):
            gap = sentence - self.tree.sentence[draft.head]
            if gap > _SENTENCES:
                break
            if self._excluded(pronoun, draft) or not self.agrees(pronoun, draft):
                continue
            score = self.score(pronoun, draft, gap, distance)
            if score > top:
                best, top = draft, score
        for draft in ahead:
            # "In his speech, the minister said": forward only from a fronted phrase to the subject of its clause.
            if self._fronted(pronoun, draft) and self.agrees(pronoun, draft):
                score = self.score(pronoun, draft, 0, 2) - 0.2
                if score > top:
                    best, top = draft, score
        return best

    def score(self, pronoun: Draft, draft: Draft, gap: int, distance: int) -> float:
        """How well a candidate fits; larger is better."""
        dep, above = governor(self.tree, draft.head)
        own, clause = governor(self.tree, pronoun.head)
        weights = _WEIGHTS
        score = weights["sentence"] * gap + weights["phrase"] * distance
        if dep in SUBJECTS:
            score += weights["subject"]
        elif dep in OBJECTS:
            score += weights["object"]
        if (dep in SUBJECTS) == (own in SUBJECTS):
            score += weights["parallel"]
        if draft.form == "pronoun":
            score += weights["pronoun"]
        elif draft.form == "modifier":
            score += weights["modifier"]
        if draft.sense == "place":
            score += weights["place"]
        if draft.kind == "thing":
            score += weights["thing"]
            if self._speaks(clause, own):
                score += 3 * weights["thing"]
        if not draft.definite and draft.kind in ("thing", "group"):
            score += weights["indefinite"]
        if draft.actors:
            score += weights["count"] * min(4, self.counts[draft.actors[0]])
        if gap == 0 and dep in SUBJECTS and self._is_matrix(above, pronoun.head):
            score += weights["matrix"]
        speaker = self.quotes.speaker(pronoun.head)
        if speaker is not None and (speaker == draft.head or self.quotes.speaker(draft.head) is None and gap == 0):
            score += weights["speaker"] if speaker == draft.head else 0.0
        if dep in ("nmod", "nmod:poss", "compound"):
            score += weights["inner"]
        return score

    def agrees(self, pronoun: Draft, draft: Draft) -> bool:
        """Number, gender and animacy."""
        word = pronoun.facts.noun or ""
        personal = pronoun.facts.gender is not None
        if draft.kind == "pronoun":
            return draft.facts.noun is not None and _class(draft.facts.noun) == _class(word) and bool(draft.actors)
        profile = self.profiles.get(draft.actors[0]) if draft.actors else None
        if personal:
            if profile is None or draft.plural or len(draft.actors) > 1:
                return False
            if profile.kind != "person" and not (profile.kind == "group" and draft.form == "description"):
                return False
            gender = draft.facts.gender or profile.gender
            return gender is None or gender == pronoun.facts.gender
        if word.startswith("it"):
            if draft.plural or len(draft.actors) > 1:
                return False
            if profile is None:
                return draft.kind == "thing"
            return profile.kind != "person" and draft.kind != "office"
        if draft.kind == "thing":
            return draft.plural
        if profile is None:
            return False
        return draft.plural or len(draft.actors) > 1 or profile.kind in ("organization", "group") or draft.kind == "sides"

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
        return above == clause

    def _fronted(self, pronoun: Draft, draft: Draft) -> bool:
        dep, above = governor(self.tree, draft.head)
        if dep not in SUBJECTS or self.tree.deps[draft.head] not in SUBJECTS:
            return False
        index = pronoun.head
        while self.tree.heads[index] != index and self.tree.heads[index] != above:
            index = self.tree.heads[index]
        if self.tree.heads[index] != above or index == draft.head:
            return False
        return self.tree.deps[index] in ("advcl", "obl", "obl:unmarked", "acl") and index < draft.start and index != pronoun.head

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

    def _speaks(self, predicate: int, dep: str) -> bool:
        return dep in SUBJECTS and self.tree.doc[predicate].lemma_.lower() in self.lexicon.animate


def _class(word: str) -> str:
    if word in ("he", "him", "his", "himself"):
        return "he"
    if word in ("she", "her", "hers", "herself"):
        return "she"
    return "they" if word.startswith("the") else "it" if word.startswith("it") else "we"
