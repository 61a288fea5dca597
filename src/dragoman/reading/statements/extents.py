"""How far a clause goes that a reporting word reports: without the word itself, its speaker, and what comes after."""

from __future__ import annotations

from dataclasses import dataclass

from dragoman.reading.statements.reporting import ReportingWords
from dragoman.reading.statements.speakers import SUBJECTS, named_before
from dragoman.reading.tree import Tree

# Nobody is named so many tokens after the clause that is his.
LONGEST = 200
# A clause that one of these opens tells when or why something is said: "he said, after the talks had ended".
CIRCUMSTANCE = frozenset(
    {"after", "although", "because", "before", "since", "though", "unless", "until", "when", "while"}
)
# Marks that stand around a clause and are no part of it.
TRIMMED = frozenset("“”„«»\"'‘’,:;.-–—") | {"``", "''"}
_OPENING, _CLOSING = frozenset({"“", "„", "«", '"', "``"}), frozenset({"”", "»", '"', "''"})


@dataclass(frozen=True, slots=True)
class Content:
    """A stretch of tokens that a cue reports; `gap` is what stands inside it but is not said (the cue's own clause)."""

    start: int
    stop: int
    gap: range | None = None

    @property
    def parts(self) -> tuple[range, ...]:
        """The stretches that are said."""
        if self.gap is None:
            return (range(self.start, self.stop),)
        return tuple(part for part in (range(self.start, self.gap.start), range(self.gap.stop, self.stop)) if part)


class Extents:
    """Clauses of a Doc as their reporting words report them."""

    def __init__(self, tree: Tree, words: ReportingWords) -> None:
        self.tree = tree
        self.words = words

    def span(self, head: int, cue: int) -> list[Content]:
        """The clause under a token, without the cue's words and the marks around it."""
        tree = self.tree
        start, stop = tree.left[head], tree.right[head] + 1
        gap: range | None = None
        if tree.is_under(cue, head):
            out = range(tree.left[cue], tree.right[cue] + 1)
            if out.start <= start:
                start = out.stop
            elif out.stop >= stop:
                stop = out.start
            else:
                gap = out
        elif start <= cue < stop:
            # A clause that something was moved out of ("a move which he said was …"): the side with the predicate.
            behind = self._resumed(head, cue, stop)
            begins = self._speaker_start(head, cue) if head < cue else self._aside_start(cue)
            if behind is not None and start < begins:
                gap = range(begins, behind)
            else:
                start, stop = (cue + 1, stop) if head > cue else (start, begins)
        if self._is_parted(head, cue):
            return []
        named = named_before(tree, cue) if head < cue else None
        if named is not None:
            stop = min(stop, named.start)
        if cue < head and not tree.is_under(cue, head):
            # "said the talks had failed and denied …": the next verb of the article's own ends what is said.
            stop = min([stop, *(tree.left[verb] for verb in tree.kids(cue, "conj") if tree.left[verb] > head)])
        stop = min(self.sentence_end(start, stop, head), self._next_cue(head, cue, stop), self._rebuff(head, stop))
        start, stop = self.trim(start, stop, head)
        if gap is not None and gap.start <= start:
            start, stop, gap = *self.trim(gap.stop, stop, head), None
        elif gap is not None and gap.stop >= stop:
            start, stop, gap = *self.trim(start, gap.start, head), None
        return [Content(start, stop, gap)] if start < stop else []

    def _aside_start(self, cue: int) -> int:
        """Where an aside begins within the clause that it reports, or 0: "If he stayed, it said, they would act"."""
        subject = self.words.subject(cue)
        begins = cue if subject is None or subject > cue else self.tree.left[subject]
        return begins if begins and begins < cue and self.tree.doc[begins - 1].text == "," else 0

    def _resumed(self, head: int, cue: int, stop: int) -> int | None:
        """Where a clause goes on behind its cue, between commas: "They had come, he said, to change the future"."""
        doc = self.tree.doc
        if cue + 2 >= stop or doc[cue + 1].text != "," or (head > cue and not self._aside_start(cue)):
            return None
        return None if doc[cue + 2].lower_ in CIRCUMSTANCE else cue + 2

    def _speaker_start(self, head: int, cue: int) -> int:
        """Where the words that name the speaker begin before a cue that follows: "the army left, a diplomat said"."""
        tree = self.tree
        subjects = [subject for subject in tree.kids(cue, *SUBJECTS) if head < subject < cue]
        named = named_before(tree, cue)
        if named is not None:
            return named.start
        return min([cue, *(tree.left[subject] for subject in subjects if tree.left[subject] > head)])

    def _next_cue(self, head: int, cue: int, stop: int) -> int:
        """Where the article goes on to the next reporting word, which the parse has hung on what is reported.

        "warned that it could spread, adding that …"; "says it can help, but says that …"
        """
        tree, doc = self.tree, self.tree.doc
        if cue >= head:
            return stop
        for child in tree.kids(head, "advcl", "conj"):
            entry = self.words.cue(child)
            if child < head or entry is None or "that" not in entry.takes or tree.kids(child, *SUBJECTS):
                continue
            own = self.words.cue(cue)
            again = own is not None and own.lemma == entry.lemma and doc[child].tag_ == doc[cue].tag_
            if again or (tree.deps[child] == "advcl" and doc[child].tag_ == "VBG" and tree.kids(child, "ccomp")):
                return min(stop, tree.left[child])
        return stop

    def _is_parted(self, head: int, cue: int) -> bool:
        """Whether a full stop that the parse has overlooked stands between a clause and the cue before or behind it."""
        doc, opened = self.tree.doc, False
        for i in range(max(min(head, cue), cue - LONGEST), min(max(head, cue), cue + LONGEST)):
            if doc[i].text == ".":
                # A mark closes what was quoted within the clause: … to “violence.” Kerry said
                after = i + 2 if opened and doc[i + 1].text in _CLOSING else i + 1
                if after < len(doc) and doc[after].text[:1].isupper():
                    return True
            opened = opened or doc[i].text in _OPENING
        return False

    def _rebuff(self, head: int, stop: int) -> int:
        """Where a clause ends in which others deny what is reported: "had shelled the town, which Quito denies"."""
        tree, doc = self.tree, self.tree.doc
        for i in range(head + 1, stop):
            entry = self.words.cue(i)
            if entry is None or entry.kind != "denial" or not tree.is_under(i, head):
                continue
            relative = [child for child in tree.children[i] if doc[child].tag_ in ("WDT", "WP")]
            subject = self.words.subject(i)
            if subject is None or subject in relative or not (relative or tree.deps[i].endswith("relcl")):
                continue
            for begins in (tree.left[i], tree.left[tree.heads[i]]):
                if head < begins and "," in (doc[begins].text, doc[begins - 1].text):
                    return begins
        return stop

    def sentence_end(self, start: int, stop: int, head: int) -> int:
        """Where a clause ends that the parse lets run on over a full stop."""
        doc = self.tree.doc
        for i in range(max(start, head), stop - 1):
            if doc[i].text in (".", "?", "!"):
                after = i + 1
                while after < stop and doc[after].text in TRIMMED:
                    after += 1
                if after < stop and doc[after].text[:1].isupper():
                    return i
        return stop

    def trim(self, start: int, stop: int, head: int) -> tuple[int, int]:
        """A stretch without the marks at its ends and the words that only join the clause of `head` to another."""
        while start < stop and self._is_trimmed(start, head):
            start += 1
        while stop > start and self.tree.doc[stop - 1].text in TRIMMED:
            stop -= 1
        return start, stop

    def _is_trimmed(self, index: int, head: int) -> bool:
        token = self.tree.doc[index]
        if token.text in TRIMMED:
            return True
        return self.tree.heads[index] == head and (
            self.tree.deps[index] == "cc" or (self.tree.deps[index] == "mark" and token.lower_ in ("that", "as"))
        )
