"""What no English tree has, and the scores of single arcs still give: mended after the tree is decoded."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

_NOMINAL = frozenset({"NOUN", "PROPN"})
_CLOSING = frozenset({'"', "”", "''", "’’", "»"})
_SUBJECTS = ("nsubj", "nsubj:pass")


@dataclass(frozen=True, slots=True)
class Parse:
    """A parsed stretch of text, mended in place; the lists are parallel and a root is its own head."""

    words: Sequence[str]
    upos: Sequence[str]
    tags: Sequence[str]
    heads: list[int]
    labels: list[str]

    def mend(self, names: Sequence[tuple[int, int, str]]) -> None:
        """Mend the tree, `names` being (first, end, type)."""
        self._join_names(names)
        for verb, subjects in sorted(self._subjects().items()):
            for one, other in pairwise(subjects):
                if self._renames(one, other):
                    self.heads[other], self.labels[other] = one, "appos"
                elif one < verb < other and self._is_quoted_away(verb, other):
                    self._give_speaker(verb, other)
            if len(subjects) == 1 and verb < subjects[0] and self._is_quoted_away(verb, subjects[0]):
                self._give_speaker(verb, subjects[0])
        for i in range(len(self.heads)):
            if self.labels[i] == "conj" and self.tags[i] == "VBD":
                self._raise_finite(i)

    def _join_names(self, names: Sequence[tuple[int, int, str]]) -> None:
        """A person's name is one phrase: of two parts of it that hang alike on one word, the second joins the first."""
        for start, end, kind in names:
            first: int | None = None
            for i in range(start, end) if kind == "PERSON" else ():
                if start <= self.heads[i] < end and self.heads[i] != i:
                    continue
                if first is None:
                    first = i
                elif (self.heads[i], self.labels[i]) == (self.heads[first], self.labels[first]):
                    self.heads[i], self.labels[i] = first, "flat"

    def _subjects(self) -> dict[int, list[int]]:
        found: dict[int, list[int]] = {}
        for i, label in enumerate(self.labels):
            if label in _SUBJECTS and self.heads[i] != i:
                found.setdefault(self.heads[i], []).append(i)
        return found

    def _renames(self, one: int, other: int) -> bool:
        """Whether a second subject only says the first one's name: "the prime minister, Abdalla Hamdok, said"."""
        if self.upos[one] not in _NOMINAL or self.upos[other] not in _NOMINAL or self.labels[one] != self.labels[other]:
            return False
        first = min(self._below(other))
        before = [k for k in self._below(one) if k < first and self.upos[k] != "PUNCT"]
        return bool(before) and max(before) == first - 2 and self.words[first - 1] == ","

    def _below(self, i: int) -> Iterator[int]:
        for k in range(max(0, i - 40), min(len(self.heads), i + 40)):
            above, steps = k, 0
            while above != i and self.heads[above] != above and steps < 20:
                above, steps = self.heads[above], steps + 1
            if above == i:
                yield k

    def _is_quoted_away(self, verb: int, subject: int) -> bool:
        """Whether a quotation ends between a verb and what the tree calls its subject: it is the speaker's then."""
        return any(self.words[k] in _CLOSING and self.words[k - 1] in (",", "?", "!") for k in range(verb + 1, subject))

    def _give_speaker(self, verb: int, subject: int) -> None:
        """Hang a subject on the verb above that has none and stands behind it."""
        above = verb
        for _ in range(20):
            if self.heads[above] == above:
                return
            above = self.heads[above]
            if above > subject and self.upos[above] == "VERB":
                around = range(max(0, above - 60), min(len(self.heads), above + 60))
                if not any(self.heads[k] == above and self.labels[k] in _SUBJECTS for k in around):
                    self.heads[subject] = above
                return

    def _raise_finite(self, i: int) -> None:
        """A past tense is not joined with an infinitive: "said it would send men and warned" joins "said"."""
        head = self.heads[i]
        if self.tags[head] != "VB" or any(self.heads[k] == i and self.labels[k] in _SUBJECTS for k in range(head, i)):
            return
        above = head
        for _ in range(6):
            if self.heads[above] == above:
                return
            above = self.heads[above]
            if self.tags[above] == "VBD" and above < i:
                self.heads[i] = above
                return
