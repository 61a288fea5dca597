"""Whose words a quotation is, as far as the sentence tells: for "I" and "we", and against "he" for the speaker."""

from __future__ import annotations

from dragoman.reading.actors.lexicon import Lexicon
from dragoman.reading.actors.phrases import SUBJECTS
from dragoman.reading.tree import Tree

_OPEN, _CLOSE, _EITHER = "“«„", "”»", '"'


class Quotes:
    """The quotations of an article and the tokens that head the phrases of their speakers."""

    def __init__(self, tree: Tree, lexicon: Lexicon) -> None:
        self.tree, self.lexicon = tree, lexicon
        self.inside = self._mark()
        self._spans = self._gather()
        self._speakers: dict[int, int | None] = {}

    def _mark(self) -> list[int]:
        """The number of the quotation that each token is in; -1 outside."""
        marks = []
        number, inside, opened = -1, False, 0
        for token in self.tree.doc:
            text = token.text
            if text in _OPEN or (text in _EITHER and not inside) or token.text == "``":
                inside, opened = True, token.i
                number += 1
                marks.append(-1)
                continue
            if inside and (text in _CLOSE or text in _EITHER or text == "''"):
                inside = False
            elif inside and token.i - opened > 400:
                # A mark that was never closed does not make the rest of the article a quotation.
                inside = False
            marks.append(number if inside else -1)
        return marks

    def _gather(self) -> dict[int, tuple[int, int]]:
        spans: dict[int, tuple[int, int]] = {}
        for index, number in enumerate(self.inside):
            if number >= 0:
                start, _ = spans.get(number, (index, index))
                spans[number] = (start, index + 1)
        return spans

    def speaker(self, index: int) -> int | None:
        """The head of the phrase of who speaks the words at this token; None outside quotations and where untold."""
        number = self.inside[index]
        if number < 0:
            return None
        if number not in self._speakers:
            start, end = self._spans[number]
            found = self._near(start, end)
            if found is None and number - 1 in self._spans and self._spans[number - 1][1] + 60 > start:
                found = self.speaker(self._spans[number - 1][0]) if number - 1 in self._speakers else None
            self._speakers[number] = found
        return self._speakers[number]

    def _near(self, start: int, end: int) -> int | None:
        """The subject of a verb of speech around a quotation: after it first, then before it."""
        after = self.tree.bounds(end - 1)[1]
        # A sentence may have been cut between "he said:" and the quotation.
        before = self.tree.bounds(max(0, start - 1))[0]
        if start >= 2 and self.tree.doc[start - 2].text in (":", ","):
            before = self.tree.bounds(start - 2)[0]
        for index in [*range(end, min(after + 1, end + 40)), *range(start - 1, max(before - 1, start - 40), -1)]:
            if self.inside[index] >= 0 or self.tree.doc[index].lemma_.lower() not in self.lexicon.speech:
                continue
            subject = self._subject(index)
            if subject is not None:
                return subject
        return None

    def _subject(self, verb: int) -> int | None:
        for _ in range(10):
            for child in self.tree.children[verb]:
                if self.tree.deps[child] in SUBJECTS and self.inside[child] < 0:
                    return child
            if self.tree.deps[verb] not in ("conj", "xcomp", "advcl"):
                return None
            verb = self.tree.heads[verb]
        return None
