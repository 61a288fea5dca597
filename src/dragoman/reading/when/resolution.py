"""From a recognised expression to its days: from the article's date, the tense, and the times told before."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from spacy.tokens import Doc

from dragoman.reading.when.days import (
    DAYS,
    ORDER,
    UNKNOWN,
    Days,
    Grain,
    day,
    month_of,
    months_of,
    part,
    plus,
    plus_months,
    shifted,
    unit_around,
    years_of,
)
from dragoman.reading.when.feasts import occurrences, phrases, rule_of
from dragoman.reading.when.lexicon import Item
from dragoman.reading.when.outlook import Outlook, outlook

# "A few" and its like as units: from so many to so many; the fewest may be as little as one day.
_FEW = {"day": (1, 7), "week": (1, 5), "month": (1, 6), "hour": (0, 0), "minute": (0, 0)}
_YEAR_CUES = frozenset({"in", "since", "of", "until", "by", "(", "from", "to", "-", "–", "between", "and", "or", "before", "after", ","})
_RECURRING = frozenset({"every", "each"})
_POSSESSIVES = frozenset({"its", "their", "his", "her", "my", "our", "your", "'s", "’s"})
_FINE = {"hour": 24, "minute": 1440}


@dataclass(frozen=True, slots=True)
class Told:
    """A time as resolved: its days, how finely it is told, and whether later words may count from it."""

    days: Days
    grain: Grain
    dated: bool = False  # its own words name the year
    refers: bool = True


NOTHING = Told(UNKNOWN, "day", refers=False)


class Resolver:
    """Reads the expressions of one article in order, and remembers what was told."""

    def __init__(self, doc: Doc, published: date) -> None:
        self.doc = doc
        self.published = published
        self.base = published  # the day from which "yesterday" counts: the article's, or the speaker's
        self.story: list[tuple[int, Told]] = []
        self._year_hint: int | None = None

    def resolve(self, item: Item) -> Told | None:
        """The days of an expression, or None where it is no time after all."""
        method: Callable[[Item], Told | None] = getattr(self, f"_{item.rule}")
        return method(item)

    def remember(self, start: int, told: Told) -> None:
        """Let later expressions ("the following day") count from this one."""
        if told.refers and told.days.earliest and told.days.latest:
            self.story.append((start, told))

    def _outlook(self, item: Item) -> Outlook:
        return outlook(self.doc, item.start, item.end)

    def _reference(self, unit: str, ahead: bool = True) -> Told | None:
        """The latest time told that is fine enough to count in the unit from."""
        limit = ORDER.index("week") if unit in ("day", "hour", "minute", "night") else ORDER.index("year")
        for _, told in reversed(self.story[-6:]):
            if not ahead and told.days.earliest and told.days.earliest > self.base:
                continue
            if ORDER.index(told.grain) <= limit:
                return told
        return None

    # --- dates -----------------------------------------------------------------------------------------------------

    def _date(self, item: Item) -> Told | None:
        number = item.number("day")
        if "month" not in item.slots:
            reference = self._reference("day")
            anchor = (reference.days.earliest if reference else None) or self.base
            found = day(anchor.year, anchor.month, number)
            return Told(Days(found, found), "day") if found else None
        month, year = item.number("month"), item.number("year")
        if year:
            found = day(year, month, number)
            return Told(Days(found, found), "day", dated=True) if found else NOTHING
        weekday = item.value("weekday")
        years = self._candidate_years(item, month, number)
        for candidate in years:
            found = day(candidate, month, number)
            if found and (not isinstance(weekday, int) or found.weekday() == weekday):
                return Told(Days(found, found), "day", dated=candidate < self.base.year - 1)
        found = day(years[0], month, number)
        return Told(Days(found, found), "day") if found else NOTHING

    def _candidate_years(self, item: Item, month: int, number: int) -> list[int]:
        """Years for a date told without one, best first: the story's, then the nearest by tense."""
        if self._year_hint:
            return [self._year_hint]
        here = self.base.year
        nearby = self._story_year(item)
        first = day(here, month, number) or day(here, month, 28) or self.base
        told = self._outlook(item)
        if told == "future":
            years = [here, here + 1] if first >= self.base else [here + 1, here]
        elif told == "past":
            years = [here, here - 1] if first <= self.base else [here - 1, here]
        else:
            near = min((abs((date(y, month, min(number, 28)) - self.base).days), y) for y in (here - 1, here, here + 1))
            years = [near[1], here, here - 1, here + 1]
        if nearby and told != "future":
            years.insert(0, nearby)
        return years

    def _story_year(self, item: Item) -> int | None:
        """The year that the passage tells of, where it names one and it is not the article's."""
        if not self.story:
            return None
        position, told = self.story[-1]
        if not told.dated or not told.days.earliest or not self._sets_scene(position, item.start):
            return None
        if told.grain not in ("day", "month", "year") or told.days.earliest.year >= self.base.year:
            return None
        return told.days.earliest.year

    def _sets_scene(self, position: int, start: int) -> bool:
        """Whether a time told before holds for later words: in their sentence, or at the head of the one before."""
        doc = self.doc
        if start - position > 60 or not doc.has_annotation("SENT_START"):
            return start - position <= 15
        breaks = [i for i in range(position + 1, start + 1) if doc[i].is_sent_start]
        if not breaks:
            return True
        begin = next((i for i in range(position, max(position - 4, -1), -1) if doc[i].is_sent_start), None)
        return begin is not None and len(breaks) == 1

    def _numeric(self, item: Item) -> Told | None:
        a, b, year = item.number("a"), item.number("b"), item.number("year")
        if year < 100:
            year += 1900 if year > self.published.year % 100 + 10 else 2000
        readings = {found for found in (day(year, a, b), day(year, b, a)) if found}
        if not readings:
            return NOTHING
        if len(readings) > 1:
            readings = {self._by_evidence(day(year, b, a), day(year, a, b))} - {None} or readings
        if len(readings) > 1:
            return NOTHING
        found = readings.pop()
        return Told(Days(found, found), "day", dated=True)

    def _by_evidence(self, day_first: date | None, month_first: date | None) -> date | None:
        """Which of two readings of 10/4/2007 the article speaks for: other dates in it, then nearness to its own."""
        if self.day_first is not None:
            return day_first if self.day_first else month_first
        if day_first and month_first:
            gaps = abs((day_first - self.published).days), abs((month_first - self.published).days)
            if min(gaps) <= 31 < max(gaps):
                return day_first if gaps[0] < gaps[1] else month_first
        return None

    day_first: bool | None = None

    def _dayrange(self, item: Item) -> Told | None:
        month = item.number("month")
        year = item.number("year") or self._candidate_years(item, month, item.number("last"))[0]
        first, last = day(year, month, item.number("day")), day(year, month, item.number("last"))
        if not first or not last or first > last:
            return NOTHING
        return Told(Days(first, last), "day", dated="year" in item.slots)

    def _month(self, item: Item) -> Told | None:
        month, year = item.number("month"), item.number("year")
        if year:
            return Told(month_of(year, month), "month", dated=True)
        if "shift" in item.slots:
            shift = item.number("shift")
            if item.text.endswith("year"):
                return Told(month_of(self.base.year + shift, month), "month", dated=True)
            if shift < 0:
                year = self.base.year - (month >= self.base.month)
            elif shift > 0:
                year = self.base.year + (month <= self.base.month)
            else:
                year = self.base.year
            return Told(month_of(year, month), "month")
        if self._is_name(item) or self._recurs(item):
            return None
        if self._year_hint:
            return Told(month_of(self._year_hint, month), "month")
        nearby = self._story_year(item)
        told = self._outlook(item)
        if nearby and told != "future":
            return Told(month_of(nearby, month), "month", dated=True)
        here = self.base
        year = here.year
        if told == "future":
            year += month < here.month
        elif (month - here.month) % 12 in (1, 2, 3) and self._of_noun(item):
            year += month < here.month  # "elections in November" after October: the coming ones
        elif told == "past" or (month - here.month) % 12 > 6:
            year -= month > here.month
        elif month < here.month and (month - here.month) % 12 <= 3:
            year += 1
        return Told(month_of(year, month), "month")

    def _of_noun(self, item: Item) -> bool:
        """Whether the month hangs on a noun, so that the verb's tense says little about it."""
        token = self.doc[item.start]
        return token.dep_ in ("nmod", "nmod:unmarked") and token.head.pos_ == "NOUN"

    def _recurs(self, item: Item) -> bool:
        """"Every year in August": no one August."""
        return any(self.doc[i].text.lower() in _RECURRING for i in range(max(item.start - 4, 0), item.start))

    def _is_name(self, item: Item) -> bool:
        """"Theresa May", "April Smith": a month's name inside a person's."""
        doc = self.doc
        before = doc[item.start - 1] if item.start else None
        after = doc[item.end] if item.end < len(doc) else None
        if item.end - item.start > 1:
            return False
        if doc[item.start].ent_type_ in ("PERSON", "ORG", "GPE"):
            return True
        person = before is not None and before.text[:1].isupper() and before.pos_ == "PROPN"
        follows = after is not None and after.text[:1].isupper() and after.text[1:].islower() and after.pos_ == "PROPN"
        return (person and before is not None and before.dep_ in ("flat", "compound")) or (
            follows and after is not None and after.dep_ == "flat" and after.head.i == item.start
        )

    def _year(self, item: Item) -> Told | None:
        year = item.number("year")
        doc, i = self.doc, item.start
        after = doc[item.end] if item.end < len(doc) else None
        if not 1000 <= year <= 2150:
            return None
        if year % 10 == 0 and after is not None and after.text in ("'s", "’s") and i and doc[i - 1].text.lower() == "the":
            return self._decades(year)
        if after is not None and after.pos_ == "NOUN" and "Plur" in after.morph.get("Number") and not (1900 < year < 2060):
            return None
        if doc[i].dep_ == "nummod" and doc[i].head.i > i and "Plur" in doc[i].head.morph.get("Number"):
            return None
        if i and doc[i - 1].text.lower() in ("resolution", "number", "no", "no.", "flight", "room", "about", "some", "nearly"):
            return None
        if not 1900 <= year <= 2060 and (not i or doc[i - 1].text.lower() not in _YEAR_CUES):
            return None
        return Told(years_of(year, year), "year", dated=True)

    def _yearspan(self, item: Item) -> Told | None:
        first, last = item.number("year"), item.number("last")
        if last < 100:
            last += first // 100 * 100
        return Told(years_of(first, last), "year", dated=True) if first <= last else NOTHING

    def _decade(self, item: Item) -> Told | None:
        decade = item.number("decade")
        if decade < 100:
            if not item.text.startswith("the"):
                return None  # "in her 80s"
            decade += 1900 if decade > self.published.year % 100 else 2000
        return self._decades(decade)

    def _decades(self, decade: int) -> Told:
        """The 1990s; the 1600s, which are a century."""
        if decade % 100 == 0 and decade < 2000:
            return Told(years_of(decade, decade + 99), "century", dated=True)
        return Told(years_of(decade, decade + 9), "decade", dated=True)

    def _century(self, item: Item) -> Told | None:
        first = (item.number("n") - 1) * 100
        return Told(years_of(max(first, 1), first + 99), "century", dated=True) if 1 <= item.number("n") <= 25 else None

    # --- days from the article or the story ------------------------------------------------------------------------

    def _weekday(self, item: Item) -> Told | None:
        number = item.number("weekday")
        if item.start and self.doc[item.start - 1].text.lower() in _RECURRING:
            return None
        if "week" in item.slots:
            shift = item.number("week")
            if item.sources["week"] == "SHIFT":
                monday = plus(self.base, -self.base.weekday() + 7 * shift)
            else:
                reference = self._reference("week")
                anchor = (reference.days.earliest if reference else None) or self.base
                monday = plus(anchor, -anchor.weekday() + 7 * shift)
            found = plus(monday, number)
            return Told(Days(found, found), "day")
        which = item.slots["which"].text if "which" in item.slots else ""
        reference = self._reference("day")
        if which in ("following", "that", "same", "previous", "preceding") and reference and reference.days.latest:
            found = _nearest(reference.days.latest, number, which)
        elif which in ("last", "past", "previous", "preceding"):
            found = plus(self.base, -((self.base.weekday() - number - 1) % 7 + 1))
        elif which in ("next", "coming", "following"):
            found = plus(self.base, (number - self.base.weekday() - 1) % 7 + 1)
        elif self._outlook(item) in ("future", "present"):
            # News of the day itself says "will meet on Friday" on a Friday; for the week after it says "next".
            found = plus(self.base, (number - self.base.weekday()) % 7)
        else:
            found = plus(self.base, -((self.base.weekday() - number) % 7))
        return Told(Days(found, found), "day")

    def _today(self, item: Item) -> Told | None:
        i = item.start
        if i and self.doc[i].text[0].isupper() and self.doc[i - 1].text[-1].isalpha():
            return None  # the "Today" programme
        found = plus(self.base, item.number("shift"))
        return Told(Days(found, found), "day", refers=item.number("shift") != 0)

    def _beyond(self, item: Item) -> Told | None:
        found = plus(self.base, 2 * item.number("shift"))
        return Told(Days(found, found), "day")

    def _tonight(self, item: Item) -> Told | None:
        found = plus(self.base, -1) if "last" in item.slots else self.base
        return Told(Days(found, found), "day")

    def _allday(self, item: Item) -> Told | None:
        reference = self._reference("day", ahead=False)
        near = bool(self.story) and item.start - self.story[-1][0] < 60
        return Told(reference.days if reference and near else Days(self.base, self.base), "day", refers=False)

    def _overnight(self, item: Item) -> Told | None:
        if self._outlook(item) == "future":
            return Told(Days(self.base, plus(self.base, 1)), "day")
        return Told(Days(plus(self.base, -1), self.base), "day")

    def _unit(self, item: Item) -> Told | None:
        if "running" in item.slots:
            unit, count = "weekend", 0
        else:
            unit = str(item.value("unit"))
        if unit in ("hour", "minute"):
            return None
        unit = "day" if unit in ("night", "None") else "week" if unit == "fortnight" else unit
        if "anaphor" in item.slots or "that" in item.slots or "same" in item.slots:
            count = item.number("anaphor") if "anaphor" in item.slots else 0
            reference = self._reference(unit)
            if reference is None or not reference.days.earliest or not reference.days.latest:
                if count == 0:
                    return NOTHING
                anchor = self.base
            else:
                anchor = reference.days.latest if count > 0 else reference.days.earliest
            return Told(unit_around(shifted(anchor, count, unit), unit), _grain(unit), dated=unit == "year")
        if "coming" in item.slots or "past" in item.slots:
            count = -1 if "past" in item.slots else 1
            if unit in ("weekend",):
                return Told(self._weekend(item, count), "weekend")
            ends = sorted((self.base, shifted(self.base, count, unit)))
            return Told(Days(ends[0], ends[1]), _grain(unit), refers=False)
        if unit == "weekend":
            count = item.number("shift")
            return Told(self._weekend(item, count), "weekend")
        if unit == "day":
            return None if item.number("shift") <= 0 else Told(unit_around(plus(self.base, 1), "day"), "day")
        count = item.number("shift")
        if count < 0 and item.text.startswith("the "):  # "in the last month": the thirty days up to now
            return Told(Days(shifted(self.base, count, unit), self.base), "day", refers=False)
        return Told(unit_around(shifted(self.base, count, unit), unit), _grain(unit), refers=unit != "year")

    def _weekend(self, item: Item, count: int) -> Days:
        base = self.base
        last = plus(base, -((base.weekday() - 5) % 7))  # the latest Saturday up to the day
        if count < 0:
            if base.weekday() >= 5:
                last = plus(last, -7)
        elif count > 0 or self._outlook(item) in ("future", "present"):
            last = plus(last, 7)
        return Days(last, plus(last, 1))

    def _amount(self, item: Item | None, unit: str) -> tuple[int, int] | None:
        """Least and most: "three" is 3 to 3, "a few" more than one."""
        if item is None or item.rule != "count":
            return _FEW.get(unit)
        if "few" in item.slots:
            return _FEW.get(unit)
        if item.text.endswith(("couple", "couple of")):
            return 2, 2
        if item.text.endswith("dozen"):
            return 12, 12
        number = item.number("tens") + item.number("n", 1 if "tens" not in item.slots else 0)
        return number, number

    def _window(self, item: Item) -> Told | None:
        unit = str(item.value("unit"))
        if "recent" in item.slots:
            direction = -1
        elif "ahead" in item.slots:
            direction = 1
        else:
            direction = item.number("direction")
        anchor = self.base
        before = self.doc[item.start - 1].text.lower() if item.start else ""
        if before in _POSSESSIVES:
            return None  # "its last hours"
        if item.slots.get("direction") is not None and item.slots["direction"].text in ("following", "previous", "preceding"):
            reference = self._reference(unit, direction > 0)
            if reference:
                anchor = (reference.days.latest if direction > 0 else reference.days.earliest) or anchor
        amount = self._amount(item.slots.get("n"), unit)
        if unit in _FINE:
            hours = (amount or (0, 0))[1]
            amount, unit = (-(-hours // _FINE[unit]),) * 2, "day"
        if unit == "night":
            unit = "day"
        if amount is None or amount[1] > 5000:
            days = Days(None, anchor) if direction < 0 else Days(anchor, None)
            return Told(days, "day", refers=False)
        ends = sorted((anchor, shifted(anchor, direction * amount[1], unit)))
        return Told(Days(ends[0], ends[1]), "day", refers=False)

    def _ago(self, item: Item) -> Told | None:
        return self._distance(item, self.base, -1)

    def _later(self, item: Item) -> Told | None:
        unit = str(item.value("unit"))
        back = "back" in item.slots
        reference = self._reference(unit)
        if reference is None:
            if not back or unit in ("hour", "minute"):
                return NOTHING
            return self._distance(item, self.base, -1)
        anchor = reference.days.earliest if back else reference.days.latest
        return self._distance(item, anchor or self.base, -1 if back else 1)

    def _aside(self, item: Item) -> Told | None:
        """"On Friday, a week after the two had met": so long before what the sentence tells."""
        if "n" not in item.slots or not self.story:
            return NOTHING
        position, told = self.story[-1]
        if not told.days.earliest or item.start - position > 12 or told.grain != "day" or self._broken(position, item.start):
            return NOTHING
        turned = self._distance(item, told.days.earliest, 1 if "back" in item.slots else -1)
        return replace(turned, refers=False) if turned else None

    def _broken(self, start: int, end: int) -> bool:
        return self.doc.has_annotation("SENT_START") and any(self.doc[i].is_sent_start for i in range(start + 1, end + 1))

    def _distance(self, item: Item, anchor: date, direction: int) -> Told | None:
        unit = str(item.value("unit"))
        vague = "n" not in item.slots and item.sources.get("unit") == "PLURAL"
        amount = _FEW.get(unit) if vague else self._amount(item.slots.get("n"), unit) if "n" in item.slots else (1, 1)
        if unit in _FINE:
            hours = amount[1] if amount else 0
            found = plus(anchor, direction * (hours // _FINE[unit]))
            return Told(Days(found, found), "day")
        unit = "day" if unit == "night" else unit
        if amount is None or amount[1] > 5000:
            return NOTHING
        least, most = amount
        if least == most:
            target = shifted(anchor, direction * least, unit)
            width = "year" if unit in ("decade", "century") else "week" if unit == "fortnight" else unit
            return Told(unit_around(target, width), _grain(width), dated=width == "year")
        ends = sorted((shifted(anchor, direction * least, unit), shifted(anchor, direction * most, unit)))
        return Told(Days(ends[0], ends[1]), _grain(unit) if unit in DAYS else "month", refers=False)

    def _duration(self, item: Item) -> Told | None:
        how = item.slots["how"].text
        unit = str(item.value("unit"))
        unit = "day" if unit == "night" else unit
        amount = self._amount(item.slots.get("n"), unit) if "n" in item.slots else None
        told = self._outlook(item)
        if amount is None or amount[1] > 5000:
            return NOTHING
        days = amount[1] if unit not in _FINE else -(-amount[1] // _FINE[unit])
        unit = "day" if unit in _FINE else unit
        if how == "for":
            if self._perfect(item):
                return Told(Days(shifted(self.base, -days, unit), self.base), "day", refers=False)
            return NOTHING
        if told == "future":
            if how == "in":
                return Told(unit_around(shifted(self.base, days, unit), "year" if unit in ("decade", "century") else unit), _grain(unit))
            begin = self._signed(item)
            return Told(Days(begin, shifted(begin, days, unit)), "day", refers=False)
        if how == "in" and self._perfect(item):
            return Told(Days(shifted(self.base, -days, unit), self.base), "day", refers=False)
        return NOTHING

    def _signed(self, item: Item) -> date:
        """The day from which a term runs: that of the agreement where the sentence tells it."""
        if self.story:
            position, told = self.story[-1]
            latest = told.days.latest
            if told.grain == "day" and latest and latest <= self.base and not self._broken(position, item.start):
                return latest
        return self.base

    def _perfect(self, item: Item) -> bool:
        """Whether the clause is in the present perfect: what it tells goes on."""
        doc = self.doc
        for i in range(item.start - 1, max(item.start - 12, -1), -1):
            if doc[i].text.lower() in ("has", "have", "'ve", "’ve"):
                return True
            if doc[i].text in ".;" or doc[i].text.lower() in ("had", "was", "were", "will"):
                return False
        return False

    def _recently(self, item: Item) -> Told | None:
        return Told(Days(None, self.base), "day", refers=False)

    # --- seasons, quarters ------------------------------------------------------------------------------------------

    def _season(self, item: Item) -> Told | None:
        month, year = item.number("season"), item.number("year")
        base = self.base
        following = self.doc[item.end] if item.end < len(self.doc) else None
        if following is not None and not year and following.text[:1].isupper() and self.doc[item.end - 1].text[:1].isupper():
            return None  # "the Winter Olympics"
        if year or "shift" in item.slots:
            return Told(months_of(year or base.year + item.number("shift"), month, 3), "quarter", dated=True)
        which = item.number("which") if "which" in item.slots else None
        told = self._outlook(item)
        spans = [months_of(y, month, 3) for y in range(base.year - 2, base.year + 3)]
        if which == -1:
            span = max((s for s in spans if s.latest and s.latest < base), key=lambda s: s.latest or base)
        elif which == 1 or (which is None and told == "future"):
            span = min((s for s in spans if s.earliest and s.earliest > base), key=lambda s: s.earliest or base)
        elif which == 0:
            span = next((s for s in spans if s.earliest and s.latest and s.earliest <= base <= s.latest), months_of(base.year, month, 3))
            if told == "past" and span.earliest and span.earliest > base:
                span = months_of(base.year - 1, month, 3)
        else:
            span = max((s for s in spans if s.earliest and s.earliest <= base), key=lambda s: s.earliest or base)
        return Told(span, "quarter")

    def _quarter(self, item: Item) -> Told | None:
        year = item.number("year") or self.base.year + item.number("shift")
        dated = "year" in item.slots
        if "half" in item.slots:
            half = item.number("half")
            return Told(months_of(year, 6 * half - 5, 6), "quarter", dated=dated) if half <= 2 else None
        number = item.number("n")
        if not 1 <= number <= 4:
            return None
        span = months_of(year, 3 * number - 2, 3)
        if "year" not in item.slots and "shift" not in item.slots and span.earliest and span.earliest > self.base:
            if self._outlook(item) == "past":
                span = months_of(year - 1, 3 * number - 2, 3)
        return Told(span, "quarter", dated=dated)

    def _feast(self, item: Item) -> Told | None:
        rule = rule_of(item.text)
        after = self.doc[item.end].text.lower() if item.end < len(self.doc) else ""
        if rule is None or after in phrases():
            return None
        base, year = self.base, item.number("year")
        if rule.startswith("once"):
            return Told(next(occurrences(rule, base.year)), "day", dated=True)
        if year:
            return Told(next(occurrences(rule, year), UNKNOWN), "day", dated=True)
        near = [s for y in range(max(base.year - 2, 2), base.year + 3) for s in occurrences(rule, y)]
        starts = [(s, s.earliest or base, s.latest or base) for s in near]
        told = self._outlook(item)
        which = item.number("which", 9)
        if which == -1:
            found = [s for s, _, last in starts if last < base][-1:]
        elif which == 1:
            found = [s for s, first, _ in starts if first > base][:1]
        elif which == 0:
            found = [s for s, first, _ in starts if first.year == base.year][:1]
        elif told == "past":
            found = [s for s, first, _ in starts if first <= base][-1:]
        elif told == "future":
            found = [s for s, _, last in starts if last > base][:1]
        else:
            gaps = [(max((first - base).days, (base - last).days, 0), s.earliest or base, s) for s, first, last in starts]
            found = [min(gaps, key=lambda gap: gap[:2])[2]] if gaps else []
        return Told(found[0], "day") if found else NOTHING

    def _fiscal(self, item: Item) -> Told | None:
        year = item.number("year")
        if "last" in item.slots:  # 2019–20: April to March, as in Britain and India
            return Told(months_of(year, 4, 12), "year", dated=True)
        return Told(months_of(year - 1, 10, 12), "year", dated=True)  # the United States' federal year

    def _clock(self, item: Item) -> Told | None:
        reference = self._reference("day")
        near = bool(self.story) and item.start - self.story[-1][0] < 40
        days = reference.days if reference and near else Days(self.base, self.base)
        return Told(days, "day", refers=False)

    # --- phrases of phrases -----------------------------------------------------------------------------------------

    def _within(self, item: Item, slot: str = "period") -> Told | None:
        return self.resolve(item.slots[slot])

    def _part(self, item: Item) -> Told | None:
        if "period" in item.slots:
            told = self._within(item)
        else:
            unit = str(item.value("unit"))
            told = Told(unit_around(self.base, unit), _grain(unit)) if unit in DAYS or unit in ("month", "year") else None
        if told is None or told.days.earliest is None or told.days.latest is None:
            return told
        first, last = told.days.earliest, told.days.latest
        if "part" in item.slots:
            which = item.value("part")
            if item.sources["part"] == "EDGE" and told.grain in ("year", "quarter") and which != "mid":
                found = unit_around(first if which == "early" else last, "month")
                return replace(told, days=found, grain="month")
            days = part(told.days, told.grain, which)  # type: ignore[arg-type]
            return replace(told, days=days)
        if "earlier" in item.slots:
            if first < self.base <= plus(last, 1):
                last = min(last, plus(self.base, -1))
            return replace(told, days=Days(first, max(first, last)))
        if "later" in item.slots or "rest" in item.text:
            if first <= self.base < last and told.grain != "day":
                first = plus(self.base, 1)
            return replace(told, days=Days(first, last))
        if "half" in item.slots:
            middle = plus(first, ((last - first).days + 1) // 2)
            days = Days(first, plus(middle, -1)) if item.number("half") == 1 else Days(middle, last)
            return replace(told, days=days)
        if "window" in item.slots:
            return self._nth(item.slots["window"], told, first, last)
        if "unit" in item.slots:
            return self._nth(item, told, first, last)
        return told

    def _nth(self, item: Item, told: Told, first: date, last: date) -> Told | None:
        unit = str(item.value("unit"))
        if unit not in ("day", "week", "month", "year", "decade"):
            return None
        if item.rule == "window" and item.number("direction") > 0:
            return told
        if "first" in item.slots or ("last" in item.slots and "n" in item.slots) or item.rule == "window":
            amount = self._amount(item.slots.get("n"), unit) if "n" in item.slots else None
            if amount is None:
                return replace(told, days=part(told.days, told.grain, "early" if "first" in item.slots else "late"))
            if "first" in item.slots:
                end = plus(shifted(first, amount[1], unit), -1)
                return replace(told, days=Days(first, min(end, last)), grain=_grain(unit))
            return replace(told, days=Days(max(first, plus(shifted(last, -amount[1], unit), 1)), last), grain=_grain(unit))
        if "last" in item.slots:
            begin = plus(shifted(plus(last, 1), -1, unit), 0)
            return replace(told, days=Days(max(first, begin), last), grain=_grain(unit))
        number = item.number("n")
        begin = shifted(first, number - 1, unit)
        end = plus(shifted(begin, 1, unit), -1)
        if begin > last:
            return None
        return replace(told, days=Days(begin, min(end, last)), grain=_grain(unit))

    def _daypart(self, item: Item) -> Told | None:
        told = self._within(item)
        if told and "night" in item.slots and told.days.earliest:
            if any(word in item.text for word in ("into", "to ")):
                return replace(told, days=Days(plus(told.days.earliest, -1), told.days.latest))
            if told.days.latest:
                return replace(told, days=Days(told.days.earliest, plus(told.days.latest, 1)))
        return told

    def _offset(self, item: Item) -> Told | None:
        told = self._within(item)
        if told is None or not told.days.earliest or not told.days.latest:
            return told
        back = "back" in item.slots
        return self._distance(item, told.days.earliest if back else told.days.latest, -1 if back else 1)

    def _pair(self, item: Item) -> Told | None:
        """Two neighbouring units as one span; others are each their own."""
        last = self.resolve(item.slots["last"])
        kept, self._year_hint = self._year_hint, last.days.earliest.year if last and last.dated and last.days.earliest else None
        first = self.resolve(item.slots["period"])
        self._year_hint = kept
        if not first or not last or not first.days.latest or not last.days.earliest or first.grain != last.grain:
            return None
        if plus(first.days.latest, 1) != last.days.earliest:
            return None
        return Told(Days(first.days.earliest, last.days.latest), last.grain, dated=last.dated)

    def _range(self, item: Item) -> Told | None:
        last = self.resolve(item.slots["last"])
        if last is None or last.days.latest is None or last.days.earliest is None:
            return NOTHING
        # "November 20 to December 11, 2015", "January 23 through March 9": the end tells the year.
        dates = item.slots["period"].rule in ("date", "month", "part") and last.grain in ("day", "month")
        kept, self._year_hint = self._year_hint, last.days.earliest.year if last.dated or dates else None
        first = self.resolve(item.slots["period"])
        self._year_hint = kept
        if first is None or first.days.earliest is None:
            return NOTHING
        begin, end = first.days.earliest, last.days.latest
        if begin > end:  # "from November to February", "from Friday to Monday": the end lies in the next round
            if first.grain == "day" and "WEEKLY" in item.slots["last"].symbols:
                end = plus(end, 7) if self._outlook(item) == "future" else end
                begin = begin if begin <= end else plus(begin, -7)
            elif last.dated or self._outlook(item) != "future":
                begin = plus_months(begin, -12)
            else:
                end = plus_months(end, 12)
        if begin > end:
            return NOTHING
        return Told(Days(begin, end), last.grain, dated=first.dated or last.dated)

    def _since(self, item: Item) -> Told | None:
        told = self._within(item)
        if told is None or told.days.earliest is None:
            return told
        return Told(Days(told.days.earliest, max(self.base, told.days.earliest)), told.grain, told.dated, refers=False)

    def _by(self, item: Item) -> Told | None:
        return self._deadline(item)

    def _until(self, item: Item) -> Told | None:
        return self._deadline(item)

    def _deadline(self, item: Item) -> Told | None:
        told = self._within(item)
        if told is None or told.days.latest is None or told.days.latest <= self.base:
            return told
        return Told(Days(self.base, told.days.latest), told.grain, told.dated, refers=False)


def _grain(unit: str) -> Grain:
    return unit if unit in ORDER else "week" if unit == "fortnight" else "day"  # type: ignore[return-value]


def _nearest(anchor: date, weekday: int, which: str) -> date:
    if which == "following":
        return plus(anchor, (weekday - anchor.weekday() - 1) % 7 + 1)
    if which in ("previous", "preceding"):
        return plus(anchor, -((anchor.weekday() - weekday - 1) % 7 + 1))
    return plus(anchor, -((anchor.weekday() - weekday) % 7))
