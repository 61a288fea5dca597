"""Which office, noun and matter the words of a phrase make: "deputy foreign minister", "envoy for Syria"."""

from __future__ import annotations

from dragoman.knowledge import Knowledge, Tenure
from dragoman.knowledge.offices import office_weight
from dragoman.reading.actors.drafts import Facts
from dragoman.reading.actors.lexicon import Lexicon
from dragoman.reading.actors.names import Names, is_person
from dragoman.reading.actors.owners import OwnerFinder
from dragoman.reading.actors.phrases import case_of, core, is_held, is_plural, noun_lemma
from dragoman.reading.tree import Tree

# What follows an office that somebody has been named or chosen for: "prime minister-designate".
_TO_BE = frozenset({"designate", "elect", "-"})
# What leads to the matter that an office is of.
_MATTER = frozenset({"of", "for"})
_AGENT_KINDS = frozenset({"person", "people", "organization", "state"})
# Sectors of those who have a leader of their own, whatever stands behind their name: "the Likud opposition".
_LED = frozenset({"PTY", "OPP", "REB"})
# Those of this weight rule.
_RULING = 6
# Offices that say of whom or what only with the word before or after them.
_MINISTERIAL = frozenset({"minister", "secretary"})
# What a deputy is who is nobody's.
_LEGISLATOR = "member of parliament"


class TitleReader:
    """Reads the titles of one article."""

    def __init__(self, tree: Tree, names: Names, knowledge: Knowledge, lexicon: Lexicon, whose: OwnerFinder) -> None:
        self.tree, self.doc, self.names = tree, tree.doc, names
        self.knowledge, self.lexicon, self.whose = knowledge, lexicon, whose

    def read(self, facts: Facts, words: list[str], head: int) -> None:
        """Take in what the words of a phrase and the complements of its head make of somebody."""
        words = [self.lexicon.short_titles.get(word.lower().rstrip("."), word) for word in words]
        lower = [word.lower() for word in words]
        once = any(self.doc[child].lower_ in self.lexicon.bygone for child in self.tree.kids(head, "advmod"))
        facts.former = once or any(word in self.lexicon.former for word in lower)
        complement = next(
            (child for child in self.tree.kids(head, "nmod") if child > head and case_of(self.tree, child) in _MATTER),
            None,
        )
        options = self._options(words, head, complement)
        title = self._office(facts, options, words)
        if facts.office == _LEGISLATOR and self._has_chief(head, words):
            facts.office = "deputy"
        if title in _MINISTERIAL:
            facts.office = self._portfolio(head, complement, title) or facts.office
        if facts.former and facts.office is not None and office_weight(facts.office) < _RULING:
            # Who leads from abroad leads; who ruled and is abroad does not rule.
            facts.former = once or any(word in self.lexicon.former - self.lexicon.abroad for word in lower)
        if facts.office is not None and "designate" in lower:
            facts.office = f"{facts.office}-designate"  # named, and not yet in office
        self._noun(facts, options, title)
        self._posting(facts, head)

    def _options(self, words: list[str], head: int, complement: int | None) -> list[str]:
        """The stretches of words that may be an office or a noun for somebody, the likeliest first."""
        kept = [
            word
            for word in words
            if word.lower() not in self.lexicon.former and word.lower() not in self.lexicon.unmarked and word != "-"
        ]
        options = [*_runs(words), *_runs(kept)] if len(words) != len(kept) else _runs(kept)
        if self.doc[head].pos_ == "NOUN" and words and head not in self.names.at:
            # What a phrase is, its head says: a "mother's funeral" is no mother.
            ends = {words[-1], next((word for word in reversed(words) if word.lower() not in _TO_BE), "")}
            options = [option for option in options if option.rpartition(" ")[2] in ends]
        if complement is not None and not self.whose.is_owner(complement):
            options = [*self._with_complement(head, complement, kept), *options]
        return options

    def _office(self, facts: Facts, options: list[str], words: list[str]) -> str:
        """Take in the office, with the body that it is always of; the words for it, or none."""
        owner = next(iter([*facts.bodies, *facts.nations]), None)
        title = ""
        for option in options:
            facts.office = self.knowledge.office_title(option, owner)
            if facts.office is not None:
                title = option.lower()
                lesser = self._lesser(option, words)
                if lesser:
                    facts.office = f"{lesser} {title if lesser == 'assistant' else facts.office}"
                break
        body = self.lexicon.offices_of.get(facts.office or "")
        if body is not None and not facts.bodies and not facts.nations:
            (facts.nations if self.knowledge.is_country(body) else facts.bodies).append(body)
        return title

    def _noun(self, facts: Facts, options: list[str], title: str) -> None:
        """Take in the noun for somebody and its sector, or that of the office."""
        officer = len(title.split()) > 1 and facts.office not in self.lexicon.ranks
        for option in map(str.lower, options):
            if officer and option in self.lexicon.ranks:
                continue  # a director general is no general
            noun = self.knowledge.noun(option)
            if noun is not None and noun.kind in _AGENT_KINDS:
                facts.noun, facts.sector = option, noun.sector
                break
        if facts.office is not None and facts.sector is None:
            of = (facts.nations or [""])[0]
            if self.knowledge.sector_of_office(Tenure("", facts.office, of, None, None)) == "MIL":
                facts.sector = "MIL" if facts.office != "commander" else None

    def _posting(self, facts: Facts, head: int) -> None:
        """Take in what an office is for: "special envoy for Syria"."""
        for child in self.tree.kids(head, "nmod"):
            if child > head and case_of(self.tree, child) in self.lexicon.posting and not is_held(self.doc, child):
                name = self.names.at.get(child)
                facts.region = self.doc[name.start : name.end].text if name else self.doc[child].text

    def _with_complement(self, head: int, complement: int, kept: list[str]) -> list[str]:
        """The titles that an office may make with the matter that it is of, the longest first.

        A minister is "for internal affairs" as well as "of" them, and "the chair of the government peace panel" has
        the chair of the peace panel.
        """
        start = core(self.tree, complement)[0]
        matter = [token.lower_ for token in self.doc[start:complement] if token.pos_ not in ("DET", "NUM")]
        matter.append(noun_lemma(self.doc[complement]) if is_plural(self.doc[head]) else self.doc[complement].lower_)
        owners = [
            self.names.at[i].entities[0]
            for i in range(start, complement)
            if self.whose.is_owner(i) and i in self.names.at
        ]
        led = any(owner.sector in _LED for owner in owners)
        parts = [" ".join(matter[first:]) for first in range(0 if led else max(0, len(matter) - 3), len(matter))]
        parts = parts[:1] if led else parts  # "the leader of the Likud opposition" leads Likud
        found = [self.doc[head : complement + 1].text.replace(" for ", " of ", 1)]
        marks = [i for i in range(core(self.tree, head)[0], head) if self.doc[i].text in ("'s", "’s", "'", "’")]
        whole = (
            self.doc[head].lower_ if marks else " ".join(kept)
        )  # "the army's chief of staff" may be an officer of it
        for office in dict.fromkeys((whole, self.doc[head].lower_, noun_lemma(self.doc[head]))):
            found += [f"{office} of {article}{part}" for part in parts for article in ("", "the ")]
        return sorted(found, key=lambda one: -len(one.split()))

    def _portfolio(self, head: int, complement: int | None, title: str) -> str | None:
        """What a minister is minister of: "the mines minister", "Minister of Mines", "the minister for social policy".

        None where the text does not say it.
        """
        known, parts = self.lexicon.portfolios, self.lexicon.portfolio_parts
        at = next((i for i in range(head, max(head - 4, -1), -1) if self.doc[i].lower_ == title), None)
        if at is None:
            return None
        start = at
        while start > 0 and (
            self.doc[start - 1].lower_ in known
            or (start < at and self.doc[start - 1].lower_ in parts)
            or (start < at and self.doc[start - 1].lower_ in ("and", "&") and self.doc[start - 2].lower_ in known)
        ):
            start -= 1
        matter = self.doc[start:at].text.lower()
        if not matter and complement is not None and title == "minister" and complement > at:
            low, high = core(self.tree, complement)
            words = [token.lower_ for token in self.doc[low:high] if token.pos_ != "DET"]
            named = any(index in self.names.nations or self.whose.is_owner(index) for index in range(low, high))
            if known.isdisjoint(words) or named:
                return None
            matter = " ".join(words)
        if not matter:
            return None
        before = self.doc[start - 1].lower_ if start > 0 else ""
        if before == "-" and start > 1:
            before = self.doc[start - 2].lower_
        lesser = f"{before} " if before in self.lexicon.lesser and before not in self.lexicon.former else ""
        return f"{lesser}{matter} {title}"

    def _lesser(self, title: str, words: list[str]) -> str:
        """What makes a lesser office of a title: the "assistant" of "assistant secretary of state"."""
        first = title.split()[0]
        at = words.index(first) if first in words else 0
        if at > 1 and words[at - 1] == "-":
            at -= 1  # "vice-chairman"
        before = words[at - 1].lower() if at else ""
        return before if before in self.lexicon.lesser and before not in self.lexicon.former else ""

    def _has_chief(self, head: int, words: list[str]) -> bool:
        """Whether a deputy is somebody's and no member of a parliament: "his deputy", "deputy to"."""
        if not words or words[-1].lower() != "deputy":
            return False
        for child in self.tree.kids(head, "nmod:poss"):
            name = self.names.at.get(child)
            if self.doc[child].pos_ == "PRON" or (name is not None and is_person(name)):
                return True
        return any(case_of(self.tree, child) == "to" for child in self.tree.kids(head, "nmod") if child > head)


def _runs(words: list[str]) -> list[str]:
    """All stretches of words, the longer and the later first, none of them beginning or ending in "of" or a hyphen."""
    found = []
    for size in range(min(5, len(words)), 0, -1):
        for start in range(len(words) - size, -1, -1):
            run = words[start : start + size]
            if run[0] not in ("of", "-") and run[-1] not in ("of", "-"):
                found.append(" ".join(run))
    return found
