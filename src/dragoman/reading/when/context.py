"""What an expression's days depend on beside its words: the article's date, its tense, the times told before."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from spacy.tokens import Doc

from dragoman.reading.when.days import ORDER, UNKNOWN, Days, Grain
from dragoman.reading.when.lexicon import Item
from dragoman.reading.when.outlook import Outlook, outlook


@dataclass(frozen=True, slots=True)
class Told:
    """A time as resolved: its days, how finely it is told, and whether later words may count from it."""

    days: Days
    grain: Grain
    dated: bool = False  # its own words name the year
    refers: bool = True
    point: Days | None = None  # of "since June", June
    counted: bool = False  # over which something is counted or ranked: "the first in ten years"


NOTHING = Told(UNKNOWN, "day", refers=False)


def grain_of(unit: str) -> Grain:
    """How finely a time is told that counts in a unit."""
    return unit if unit in ORDER else "week" if unit == "fortnight" else "day"


class Context:
    """One article as its expressions are read in order: what they count from, and what was told before."""

    def __init__(self, doc: Doc, published: date, rules: Mapping[str, Rule], day_first: bool | None = None) -> None:
        self.doc = doc
        self.published = published
        self.base = published  # the day from which "yesterday" counts: the article's, or the speaker's
        self.story: list[tuple[int, Told]] = []
        self.year_hint: int | None = None  # the year that the other end of a range is told with
        self.day_first = day_first  # whether the article writes 4/10 for the fourth of October; None: not known
        self._rules = rules

    def resolve(self, item: Item) -> Told | None:
        """The days of an expression, or None where it is no time after all."""
        return self._rules[item.rule](self, item)

    def remember(self, start: int, told: Told) -> None:
        """Let later expressions ("the following day") count from this one."""
        if told.refers and told.days.earliest and told.days.latest:
            self.story.append((start, told))

    def outlook(self, item: Item) -> Outlook:
        """Whether the sentence around an expression looks back or ahead."""
        return outlook(self.doc, item.start, item.end)

    def reference(self, unit: str, ahead: bool = True, at: int | None = None) -> Told | None:
        """The latest time told that is fine enough to count in the unit from, for the clause of a token if given."""
        limit = ORDER.index("week") if unit in ("day", "hour", "minute", "night") else ORDER.index("year")
        for position, told in reversed(self.story[-6:]):
            if at is not None and not self.shares_clause(position, at):
                continue
            if not ahead and told.days.earliest and told.days.earliest > self.base:
                continue
            if ORDER.index(told.grain) <= limit:
                return told
        return None

    def story_year(self, item: Item) -> int | None:
        """The year that the passage tells of, where it names one and it is not the article's."""
        if not self.story:
            return None
        position, told = self.story[-1]
        if not self.shares_clause(position, item.start):
            return None
        if not told.dated or not told.days.earliest or not self.sets_scene(position, item.start):
            return None
        if told.grain not in ("day", "month", "year") or told.days.earliest.year >= self.base.year:
            return None
        if told.days.latest is None or told.days.latest.year != told.days.earliest.year:
            return None
        return told.days.earliest.year

    def sets_scene(self, position: int, start: int) -> bool:
        """Whether a time told before holds for later words: in their sentence, or at the head of the one before."""
        doc = self.doc
        if start - position > 60 or not doc.has_annotation("SENT_START"):
            return start - position <= 15
        breaks = [i for i in range(position + 1, start + 1) if doc[i].is_sent_start]
        if not breaks:
            return True
        begin = next((i for i in range(position, max(position - 4, -1), -1) if doc[i].is_sent_start), None)
        return begin is not None and len(breaks) == 1

    def shares_clause(self, position: int, start: int) -> bool:
        """Whether a time told before is not of a relative clause alone: "Ona, who took over in 1994, lost in May"."""
        if not self.doc.has_annotation("DEP"):
            return True
        relative = next((i for i in self._line(position) if self._is_relative(i)), None)
        return relative is None or relative in self._line(start)

    def _is_relative(self, i: int) -> bool:
        """Whether a verb heads a relative clause, which the tree may take for one of circumstance."""
        verb = self.doc[i]
        subjects = [child.lower_ for child in verb.children if child.dep_.startswith("nsubj")]
        return verb.dep_ == "acl:relcl" or (verb.dep_ == "advcl" and subjects == ["who"])

    def _line(self, position: int) -> list[int]:
        """A token and what governs it, up to the root."""
        line = [position]
        while len(line) < 30 and self.doc[line[-1]].head.i != line[-1]:
            line.append(self.doc[line[-1]].head.i)
        return line

    def broken(self, start: int, end: int) -> bool:
        """Whether a new sentence begins between two tokens."""
        return self.doc.has_annotation("SENT_START") and any(
            self.doc[i].is_sent_start for i in range(start + 1, end + 1)
        )


Rule = Callable[[Context, Item], Told | None]
