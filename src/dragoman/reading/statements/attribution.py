"""Statements: what is said, where it begins and ends, and on whose word."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from spacy.tokens import Doc

from dragoman.reading.statements.contents import Contents
from dragoman.reading.statements.cues import CueLexicon, load_cues
from dragoman.reading.statements.extents import Content
from dragoman.reading.statements.linking import Quote, QuoteLinker, read_quotes
from dragoman.reading.statements.resuming import Resuming
from dragoman.reading.statements.speakers import SUBJECTS, Speakers
from dragoman.reading.tree import Tree
from dragoman.records import Statement, TextSpan

if TYPE_CHECKING:
    from dragoman.reading.actors import Actors

# Statements nest a few deep; looking back over a fixed number keeps a long article linear.
LOOK_BACK = 64
# A quotation of fewer words that nobody is said to say is a title or a word held at arm's length.
FRAGMENT = 4
# After so many tokens without a word of his a quotation is no longer taken for the last speaker's.
CARRY = 120
_INDEFINITE = frozenset({"a", "an", "one", "another", "some"})


@dataclass(frozen=True, slots=True)
class FoundStatement:
    """A statement with its place among the tokens.

    Attributes:
        record: the statement as it is given back.
        cue: the token of the reporting word, or None.
        tokens: from the first to the last token of what is said.
        parts: the stretches of `tokens` that are said; more than one where the speaker is named in between.
        kind: what the cue tells of the speech act ("denial", "promise" …), or None without a cue.
    """

    record: Statement
    cue: int | None
    tokens: range
    parts: tuple[range, ...] = ()
    kind: str | None = None

    def covers(self, index: int) -> bool:
        """Whether a token is part of what is said, not of the words that say who says it."""
        return any(index in part for part in self.parts or (self.tokens,))


def find_statements(doc: Doc, actors: Actors, lexicon: CueLexicon | None = None) -> tuple[FoundStatement, ...]:
    """Every statement of an article, in the order of where its content begins."""
    if not len(doc):
        return ()
    return _Attribution(doc, actors, lexicon or load_cues()).run()


def statement_at(index: int, statements: Sequence[FoundStatement]) -> FoundStatement | None:
    """The innermost statement that covers a token, of statements in reading order."""
    last = bisect_right(statements, index, key=lambda found: found.tokens.start)
    covering = [found for found in statements[max(0, last - LOOK_BACK) : last] if found.covers(index)]
    return min(covering, key=lambda found: len(found.tokens), default=None)


def speaker_of(index: int, statements: Sequence[FoundStatement]) -> str | None:
    """The speaker of the innermost statement that covers a token; the cue itself is the article's own word."""
    inner = statement_at(index, statements)
    return inner.record.speaker if inner is not None else None


class _Attribution:
    def __init__(self, doc: Doc, actors: Actors, lexicon: CueLexicon) -> None:
        self.doc = doc
        self.actors = actors
        self.tree = Tree.of(doc)
        self.contents = Contents(self.tree, lexicon)
        self.speakers = Speakers(self.tree, actors, lexicon)
        self.quotes = read_quotes(doc)

    def run(self) -> tuple[FoundStatement, ...]:
        cues = self.contents.find()
        QuoteLinker(self.tree, self.contents, self.quotes).link(cues)
        self.quoted = self._quoted()
        self.resuming = self._resuming(cues)
        found = self._reported(cues) + self._cued()
        found += self._carried(found)
        unique = {(each.tokens.start, each.tokens.stop): each for each in reversed(found)}
        return tuple(unique[key] for key in sorted(unique, key=lambda key: (key[0], -key[1])))

    def _resuming(self, cues: dict[int, list[Content]]) -> Resuming:
        """Who goes on speaking is asked of the reporting verbs that the article itself uses."""
        said = [part for contents in cues.values() for content in contents for part in content.parts]
        said += [piece for quote in self.quotes if quote.cue is not None for piece in quote.pieces]
        own = [True] * len(self.doc)
        for part in said:
            own[part.start : part.stop] = [False] * len(part)
        ends: dict[int, int] = {}
        for cue, contents in cues.items():
            if own[cue] and (self.doc[cue].pos_ == "VERB" or self.doc[cue].lower_ == "according"):
                stops = [content.stop for content in contents]
                stops += [quote.stop for quote in self.quoted.get(cue, [])]
                if stops:
                    ends[cue] = max(cue, *(stop - 1 for stop in stops))
        return Resuming(self.tree, self.actors, self.contents, self.speakers, ends, own)

    def _quoted(self) -> dict[int, list[Quote]]:
        """The quotations of each cue."""
        quoted: dict[int, list[Quote]] = {}
        for quote in self.quotes:
            if quote.cue is not None:
                quoted.setdefault(quote.cue, []).append(quote)
        return quoted

    def _reported(self, cues: dict[int, list[Content]]) -> list[FoundStatement]:
        """Clauses that a cue reports, unless a quotation of the same cue says the same."""
        found = []
        for cue, contents in cues.items():
            for content in contents:
                own = self.quoted.get(cue, [])
                if any(quote.first < content.stop and content.start < quote.stop for quote in own):
                    continue
                inside = self._quotes_in(content)
                stop = max([content.stop, *(quote.stop for quote in inside)])
                marked = sum(min(quote.stop, stop) - max(quote.first, content.start) for quote in inside)
                parts = content.parts if stop == content.stop else (*content.parts, range(content.stop, stop))
                start_char = self.doc[content.start].idx
                end_char = self.doc[stop - 1].idx + len(self.doc[stop - 1])
                for quote in inside:
                    # The marks of a quotation belong to it: a clause that begins or ends with one takes the mark in.
                    if quote.first >= content.start - 1:
                        start_char = min(start_char, quote.start)
                    end_char = max(end_char, quote.end)
                found.append(
                    self._found(
                        start_char, end_char, parts, cue, self._speaker(cue), quoted=2 * marked >= stop - content.start
                    )
                )
        return found

    def _quotes_in(self, content: Content) -> list[Quote]:
        """Quotations without a cue of their own that begin within a reported clause: its words given word for word."""
        first = bisect_left(self.quotes, content.start - 1, key=lambda quote: quote.first)
        inside = []
        for quote in self.quotes[first:]:
            if quote.first >= content.stop:
                break
            if quote.cue is None:
                quote.part = True
                inside.append(quote)
        return inside

    def _cued(self) -> list[FoundStatement]:
        """Quotations with a cue; those of one cue are one statement."""
        found: list[FoundStatement] = []
        run: list[Quote] = []
        for quote in [*self.quotes, None]:
            if run and (quote is None or quote.cue != run[-1].cue):
                pieces = tuple(piece for each in run for piece in each.pieces)
                speaker = self._speaker(run[0].cue) if run[0].cue is not None else None
                found.append(self._found(run[0].start, run[-1].end, pieces, run[0].cue, speaker, quoted=True))
                run = []
            if quote is not None and quote.cue is not None and not quote.part:
                run.append(quote)
        return found

    def _carried(self, found: list[FoundStatement]) -> list[FoundStatement]:
        """Quotations without a cue: sentences of their own, by whoever is named before them or spoke last."""
        before = sorted(found, key=lambda each: each.tokens.start)
        starts = [each.tokens.start for each in before]
        carried: list[FoundStatement] = []
        for quote in self.quotes:
            if quote.cue is not None or quote.part:
                continue
            introduced = self._introduced(quote)
            if introduced is None and not self._stands_alone(quote):
                continue
            speaker = introduced
            if speaker is None and not self._is_new(quote):
                at = bisect_left(starts, quote.first)
                speaker = self._last_speaker(quote, before[at - 1] if at else None, carried[-1] if carried else None)
            carried.append(self._found(quote.start, quote.end, tuple(quote.pieces), None, speaker, quoted=True))
        return carried

    def _introduced(self, quote: Quote) -> str | None:
        """The speaker in "NAME: “…”"."""
        at = quote.first - 1
        if at < 0 or self.doc[at].text != ":":
            return None
        start = self.tree.bounds(at)[0]
        told = self._subjects_before(at)
        name = next((name for name in map(self.speakers.named, told) if name is not None), None)
        if name is not None and self.actors.record(name).kind == "person":
            return name
        if at - start > 12 or self._is_new(quote):
            return None
        return next((m.actor for i in range(at - 1, start - 1, -1) for m in self.actors.at(i)), None)

    def _is_new(self, quote: Quote) -> bool:
        """Whether somebody not told of before speaks: "One guard was sure: “…”", "Her neighbour disagrees: “…”"."""
        at = quote.first - 1
        if at < 0 or self.doc[at].text != ":":
            return False
        for subject in self._subjects_before(at):
            verb = self.tree.heads[subject]
            acts = self.doc[verb].pos_ == "VERB" and self.doc[subject].pos_ == "NOUN"
            if self.speakers.named(subject) is None and acts and self.tree.kids(subject, "nmod:poss"):
                return True
            if any(self.doc[kid].lower_ in _INDEFINITE for kid in self.tree.kids(subject, "det", "nummod")):
                return True
        return False

    def _subjects_before(self, colon: int) -> list[int]:
        """The subjects of the clause that a colon closes."""
        tree = self.tree
        roots = (i for i in range(tree.bounds(colon)[0], colon) if tree.heads[i] == i or tree.heads[i] >= colon)
        return [subject for root in roots for subject in tree.kids(root, *SUBJECTS) if subject < colon]

    def _stands_alone(self, quote: Quote) -> bool:
        """Whether a quotation is one or more whole sentences, not words within a sentence of the article."""
        words = sum(self.doc[i].is_alpha for piece in quote.pieces for i in piece)
        if words < FRAGMENT:
            return False
        before = quote.first - 1
        while before >= 0 and (self.doc[before].is_space or self.doc[before].text in "”\"’')"):
            before -= 1
        if (
            before >= 0
            and self.doc[before].text not in ".?!…:"
            and self.tree.sentence[before] == self.tree.sentence[quote.first]
        ):
            return False
        inner = self.doc[quote.stop - 2].text
        after = self.doc[quote.stop].text if quote.stop < len(self.doc) else "."
        return inner in ".?!…" or after in ".?!…" or (quote.stop < len(self.doc) and self.doc[quote.stop].is_space)

    def _last_speaker(self, quote: Quote, before: FoundStatement | None, carried: FoundStatement | None) -> str | None:
        last = before
        if carried is not None and (last is None or carried.tokens.start > last.tokens.start):
            last = carried
        end = -1
        if last is not None:
            end = max(last.tokens.stop, (last.cue or 0) + 1)
            if not self._words(end, quote.first, new_sentence=True):
                return last.record.speaker
        # A sentence of the article stands between: its subject is whom the quotation lets speak, where it is a person.
        sentence = self.tree.sentence[quote.first - 1] if quote.first else -1
        if sentence >= 0 and self.tree.starts[sentence] >= end:
            root = next((i for i in range(self.tree.starts[sentence], quote.first) if self.tree.heads[i] == i), None)
            for subject in [] if root is None else self.tree.kids(root, *SUBJECTS):
                for mention in self.actors.at(subject):
                    if self.actors.record(mention.actor).kind == "person":
                        return mention.actor
        if last is not None and quote.first - end <= CARRY:
            return last.record.speaker
        return None

    def _words(self, start: int, stop: int, *, new_sentence: bool) -> bool:
        """Whether a sentence of the article's own begins between two tokens."""
        if start >= stop:
            return False
        first = self.tree.sentence[min(start, stop - 1)]
        for i in range(start, stop):
            token = self.doc[i]
            if token.is_alpha and (not new_sentence or self.tree.sentence[i] != first or self._ended(start, i)):
                return True
        return False

    def _ended(self, start: int, index: int) -> bool:
        return any(self.doc[i].text in ".?!…" for i in range(max(start, index - 40), index))

    def _speaker(self, cue: int) -> str | None:
        if self.doc[cue].lower_ == "according":
            source = self.contents.words.source(cue)
            return None if source is None else self.speakers.named(source)
        if self.doc[cue].pos_ == "NOUN":
            return self.resuming.speaker(cue) or self.speakers.of_noun(cue)
        return self.resuming.speaker(cue) or self.speakers.of_verb(cue)

    def _found(
        self, start: int, end: int, parts: tuple[range, ...], cue: int | None, speaker: str | None, *, quoted: bool
    ) -> FoundStatement:
        word = None
        kind = None
        if cue is not None:
            token = self.doc[cue]
            word = TextSpan(token.idx, token.idx + len(token), token.text)
            entry = self.contents.words.cue(cue)
            kind = entry.kind if entry is not None else "neutral"
        tokens = range(parts[0].start, parts[-1].stop)
        record = Statement(speaker, start, end, quoted, word, self.tree.sentence[tokens.start])
        return FoundStatement(record, cue, tokens, parts, kind)
