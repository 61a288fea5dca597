"""Whose words a quotation is, as far as the sentence tells: for "I" and "we", and against "he" for the speaker."""

from __future__ import annotations

from functools import cached_property

from dragoman.reading.actors.lexicon import Lexicon
from dragoman.reading.actors.phrases import SUBJECTS
from dragoman.reading.quotations import quoted_tokens
from dragoman.reading.tree import Tree

# A quotation that begins within so many tokens after another, with nobody told to speak it, goes on from that one.
_CLOSE = 60


class Quotes:
    """The quotations of an article and the tokens that head the phrases of their speakers."""

    def __init__(self, tree: Tree, lexicon: Lexicon) -> None:
        self.tree, self.lexicon = tree, lexicon
        self._spans = quoted_tokens(tree.doc)
        # The number of the quotation that each token is in; -1 outside.
        self.inside = [-1] * len(tree.doc)
        for number, span in enumerate(self._spans):
            self.inside[span.start : span.stop] = [number] * len(span)

    def speaker(self, index: int) -> int | None:
        """The head of the phrase of who speaks the words at this token; None outside quotations and where untold."""
        number = self.inside[index]
        return self._speakers[number] if number >= 0 else None

    @cached_property
    def _speakers(self) -> list[int | None]:
        """The speaker of each quotation, in order, so that one without a speaker of its own can take the one before."""
        found: list[int | None] = []
        for number, span in enumerate(self._spans):
            speaker = self._near(span.start, span.stop)
            if speaker is None and number and span.start < self._spans[number - 1].stop + _CLOSE:
                speaker = found[-1]
            found.append(speaker)
        return found

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
