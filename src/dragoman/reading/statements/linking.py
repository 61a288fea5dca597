"""Which reporting word a quotation belongs to, by what stands right before and after its marks."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass

from spacy.tokens import Doc

from dragoman.reading.quotations import find_quotations
from dragoman.reading.statements.contents import Contents
from dragoman.reading.statements.extents import Content
from dragoman.reading.tree import Tree

# Between a quotation and its cue stand the speaker and what is said of him, seldom more.
REACH = 40
# A quotation of so many tokens, marks included, may be a name.
SHORT = 6
MARKS = frozenset("“”„«»\"'‘’,:;-–—") | {"``", "''"}
# Tags of verbs that make a clause.
_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
ENDS = frozenset(".?!…")


@dataclass(slots=True)
class Quote:
    """A quotation in tokens: its pieces (those of a run over paragraphs are one), and the cue found for it."""

    start: int  # characters, marks included
    end: int
    pieces: list[range]
    cue: int | None = None
    part: bool = False  # of a reported clause that begins before it

    @property
    def first(self) -> int:
        """The first token."""
        return self.pieces[0].start

    @property
    def stop(self) -> int:
        """The token after the last."""
        return self.pieces[-1].stop


def read_quotes(doc: Doc) -> list[Quote]:
    """The quotations of a Doc, in order."""
    offsets = [token.idx for token in doc]
    quotes: list[Quote] = []
    for found in find_quotations(doc.text):
        first, stop = bisect_left(offsets, found.start), bisect_left(offsets, found.end)
        if stop <= first:
            continue
        if found.resumed and quotes:
            quotes[-1].pieces.append(range(first, stop))
            quotes[-1].end = found.end
        else:
            quotes.append(Quote(found.start, found.end, [range(first, stop)]))
    return quotes


class QuoteLinker:
    """Gives each quotation the cue beside it, or that of the quotation that it goes on from."""

    def __init__(self, tree: Tree, contents: Contents, quotes: list[Quote]) -> None:
        self.tree = tree
        self.doc = tree.doc
        self.contents = contents
        self.quotes = quotes
        self.quoted = [False] * len(tree.heads)
        for quote in quotes:
            for piece in quote.pieces:
                for i in piece:
                    self.quoted[i] = True

    def link(self, cues: dict[int, list[Content]]) -> None:
        """Set `cue` of each quotation that has one, `part` of those inside a reported clause."""
        for number, quote in enumerate(self.quotes):
            before, close = self._before(quote, cues)
            if before is not None and close:
                quote.cue = before
                continue
            after = self._after(quote, cues)
            quote.cue = after if after is not None else before
            if quote.cue is None and number:
                self._join(self.quotes[number - 1], quote)
        self._by_tree(cues)

    def _before(self, quote: Quote, cues: dict[int, list[Content]]) -> tuple[int | None, bool]:
        """The cue that a quotation follows, and whether it follows at once (after a colon, a comma or no word)."""
        at = quote.first - 1
        marks = set()
        while at >= 0 and self.doc[at].text in MARKS and not self.quoted[at]:
            marks.add(self.doc[at].text)
            at -= 1
        if at < 0 or self.quoted[at] or self.doc[at].text in ENDS:
            return None, False
        if self.tree.sentence[at] != self.tree.sentence[quote.first] and not marks & {":", ","}:
            return None, False
        for i in range(at, max(self.tree.bounds(at)[0], at - REACH) - 1, -1):
            if self.quoted[i]:
                return None, False
            if i in cues and self.contents.words.takes(i, "quote") and (self.doc[i].pos_ != "NOUN" or ":" in marks):
                if any(content.start < content.stop <= quote.first for content in cues[i]) and ":" not in marks:
                    return None, False  # it reports something else: "said he was ready, calling it “…”"
                if any(self._begun(content, quote) for content in cues[i]):
                    return None, False
                if self._names(i, quote):
                    return None, False  # called “Sea Org”
                return i, bool(marks & {":", ","}) or at - i <= 1
            if self.contents.words.is_clause(i) and not self.tree.deps[i].startswith("acl"):
                return None, False
        return None, False

    def _begun(self, content: Content, quote: Quote) -> bool:
        """Whether a reported clause has begun before the quotation, which then is but part of it."""
        if not content.start - 1 <= quote.first < content.stop:
            return False
        if quote.stop - quote.first <= SHORT and any(
            self.doc[i].tag_ in _FINITE for i in range(quote.stop, content.stop)
        ):
            return True  # "said that “bandits” had attacked"
        return any(self.doc[i].text not in MARKS for i in range(content.start, quote.first))

    def _names(self, cue: int, quote: Quote) -> bool:
        """Whether a short quotation after a verb is a name given, not what someone says of a thing."""
        if self.contents.words.takes(cue, "that") or quote.stop - quote.first > SHORT:
            return False
        return self.contents.words.subject(cue) is None or self._is_titled(quote)

    def _is_titled(self, quote: Quote) -> bool:
        """Whether the first word is written as a name's: “Sea Org”, not “a victory for Africa”."""
        first = next((self.doc[i].text for i in quote.pieces[0] if self.doc[i].is_alpha), "a")
        return first[:1].isupper()

    def _after(self, quote: Quote, cues: dict[int, list[Content]]) -> int | None:
        """The cue that follows a quotation: “…,” he said."""
        last = self.doc[quote.stop - 2].text if quote.stop - 2 >= quote.first else ""
        at = quote.stop
        if last == "." or at >= len(self.doc):
            return None
        # Without a comma or the like, what follows goes on with the sentence that the quotation stands in.
        marked = last in (",", "?", "!", "…", "-", "—", "–") or self.doc[at].text in (",", "-", "—", "–")
        while at < len(self.doc) and self.doc[at].text in MARKS and not self.quoted[at]:
            at += 1
        if not marked or at >= len(self.doc) or self.doc[at].text in ENDS:
            return None
        aside: int | None = None  # the verb of "“…,” the man, who advises him, said", should no other come
        for i in range(at, min(self.tree.bounds(at)[1], at + REACH) + 1):
            if self.quoted[i] or self.doc[i].text in ENDS:
                return aside
            if i in cues and i - at <= 2 and self.contents.words.in_the_words(i):
                return i  # “…,” in the words of the envoy
            if i not in cues or self.doc[i].pos_ == "NOUN":
                continue
            if not (self.contents.words.takes(i, "quote") or self.contents.words.takes(i, "aside")):
                continue
            subject = self.contents.words.subject(i)
            begins = i if subject is None or subject > i else self.tree.left[subject]
            if begins - at > 3 and i - at > 8:
                return None
            if subject is not None and any(self.doc[k].tag_ in _FINITE for k in range(at, begins)):
                return None  # The raid, named “Thunder”, would go on, he said
            if any(content.start < quote.first - 1 and quote.stop <= content.stop + 1 for content in cues[i]):
                return None  # His role was “humanitarian”, the palace said: a part of what is reported
            if aside is None and self.tree.deps[i] == "acl:relcl" and at <= self.tree.heads[i] < i:
                aside = i
                continue
            own = [content for content in cues[i] if content.start > i]
            # “…”, saying that …: the cue tells of what comes after it.
            return aside if own and (subject is None or begins - at > 3) else i
        return aside

    def _join(self, earlier: Quote, quote: Quote) -> None:
        """Take a quotation as going on from the one before where only the words that name the speaker stand between."""
        gap = range(earlier.stop, quote.first)
        if earlier.cue is None or len(gap) > REACH:
            return
        words = [i for i in gap if self.doc[i].text not in MARKS and self.doc[i].text not in ENDS]
        coordinated = bool(words) and all(self.doc[i].pos_ == "CCONJ" for i in words)
        # “A,” he said, “B”; “A,” he said. “B.”: at most one full stop, and no word after it.
        ends = [i for i in gap if self.doc[i].text in ENDS]
        broken = earlier.cue in gap and (not ends or (len(ends) == 1 and not any(i > ends[0] for i in words)))
        if broken or (coordinated and not ends):
            quote.cue = earlier.cue

    def _by_tree(self, cues: dict[int, list[Content]]) -> None:
        """Where no cue stands beside a quotation, one whose clause it mostly is."""
        starts = [quote.first for quote in self.quotes]
        for cue, contents in cues.items():
            if self.quoted[cue]:
                continue
            for content in contents:
                number = bisect_left(starts, content.start - 1)
                if number < len(self.quotes):
                    quote = self.quotes[number]
                    if quote.cue is None and quote.first <= content.start + 1 and quote.stop >= content.stop - 1:
                        quote.cue = cue
