"""Noun phrases that the parser parted or hung on the wrong word, mended in place.

**A clause has one subject.** "The prime minister, Abdalla Hamdok, said": the second of two is the first one's name;
in "President Moi's office said" the first is the second one's owner.

**A verb has one object beside another.** "Oslo weighs ceasefire plans": two nouns in a row are one phrase.

**A measure takes what it measures.** "Signed a deal after a week of talks": the week was of talks, nothing was signed
of them.

**An office with a hyphen is one.** In "the secretary-general's envoy" what hangs on the general hangs on the secretary.

**A name has one head.** What hangs on a later part of it hangs on that, and a rank in short ("Gen.") heads no name.

**An apposition ends at its comma.** In "Ana Vela, a former mayor and now the mediator, met" both say who she is.

**A quotation ends at its mark.** Whom the tree makes the subject of a verb inside it, behind the mark, is its speaker,
and what follows him tells how he said it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

_NOMINAL = frozenset({"NOUN", "PROPN"})
_CLOSING = frozenset({'"', "”", "''", "’’", "»"})
# What somebody sends or says to another: from whom it comes is part of what it is.
_SENT = frozenset(
    form
    for noun in "offer proposal demand request call appeal invitation message letter pledge promise warning threat "
    "pressure support help aid objection complaint assurance guarantee".split()
    for form in (noun, noun + "s")
)
# Behind them "of" tells what they measure, whatever the verb before takes.
_MEASURES = frozenset(
    form for noun in "hour day night week weekend month year decade round string".split() for form in (noun, noun + "s")
) | {"series"}
# What points out one such stretch: "accused it this week of lying" measures nothing.
_DEFINITE = frozenset({"the", "this", "that", "these", "those", "last", "next", "past", "same"})
_GENITIVE = frozenset({"'s", "’s", "'", "’"})
_SUBJECTS = ("nsubj", "nsubj:pass")
# Behind a hyphen they belong to the office before it: secretary-general, president-elect.
_HELD = frozenset({"general", "elect", "designate"})
# What stands before any surname.
_COURTESY = frozenset({"Mr", "Mr.", "Mrs", "Mrs.", "Ms", "Ms.", "Miss", "Dr", "Dr."})
_IN_CHARGE = frozenset({"chief", "command", "charge"})
# So near is a clause to the subject that the tree gave to the verb above it.
_NEAR = 8


@dataclass(frozen=True, slots=True)
class Parse:
    """A parsed stretch of text, mended in place; the lists are parallel and a root is its own head."""

    words: Sequence[str]
    upos: Sequence[str]
    heads: list[int]
    labels: list[str]

    def mend(self, names: Sequence[tuple[int, int, str]]) -> None:
        """Mend the tree, `names` being (first, end, type)."""
        self._join_offices()
        self._gather_flat()
        for i in range(2, len(self.heads)):
            self._close_genitive(i)
            self._turn_genitive(i)
            self._hang_behind_quotation(i)
        for start, end, kind in names:
            if kind == "PERSON" and end - start > 1:
                self._hang_rank(start)
        for i in range(len(self.heads) - 1):
            if self.words[i] in _COURTESY:
                self._describe(i)
        for i in range(len(self.heads) - 2):
            self._turn_apposition(i)
        for i in range(len(self.heads) - 1):
            if self._is_one_object(i):
                self.heads[i], self.labels[i] = i + 1, "compound"
        for i in range(1, len(self.heads)):
            if self.labels[i] == "conj" == self.labels[i - 1] and self._closes_list(i):
                self._head_list(i)
        people = {start for start, _, kind in names if kind == "PERSON"}
        for i in range(2, len(self.heads)):
            if self.labels[i] == "conj" and self.upos[i] == "NOUN":
                self._join_apposition(i, people)
        for i in range(2, len(self.heads)):
            if self.labels[i] == "obl" and self._is_bare_object(i):
                self.labels[i] = "obj"
            if self.labels[i] == "obl" and self.words[i].lower() in ("which", "whom"):
                self._raise_relative(i)
            if self.labels[i] == "obl" and (self._comes_from(i) or self._is_measured(i)):
                self.labels[i] = "nmod"
        for verb, subjects in sorted(self._subjects().items()):
            for one, other in pairwise(subjects):
                if self._owns(one, other):
                    self.heads[one], self.labels[one] = other, "nmod:poss"
                elif self._renames(one, other):
                    self.heads[other], self.labels[other] = one, "appos"
                elif one < verb < other and (self._is_quoted_away(verb, other) or self._is_reported(verb, other)):
                    self._give_speaker(verb, other)
                elif one < verb < other and (clause := self._told_without_subject(verb, other)) is not None:
                    self.heads[other] = clause
            if len(subjects) == 1 and verb < subjects[0] and self._is_quoted_away(verb, subjects[0]):
                self._give_speaker(verb, subjects[0])

    def _close_genitive(self, i: int) -> None:
        """Hang the mark of a genitive on the last word of its name: "Ivory Coast's government" is Coast's."""
        marks = self.words[i] in ("'s", "’s") and self.labels[i] == "case" and self.heads[i] == i - 2
        if marks and self.labels[i - 1] == "nmod:poss" and self.upos[i - 1] == self.upos[i - 2] == "PROPN":
            self.heads[i] = self.heads[i - 2] = i - 1
            self.labels[i - 2] = "compound"

    def _turn_genitive(self, i: int) -> None:
        """Hang a genitive on the noun that it stands before: "the other group, Bemba's Movement" is Bemba's."""
        above = self.heads[i]
        if self.labels[i] != "nmod:poss" or above >= i or self.words[min(i + 1, len(self.words) - 1)] not in _GENITIVE:
            return
        behind = range(i + 2, min(len(self.heads), i + _NEAR))
        owned = next((k for k in behind if self.heads[k] == above and self.labels[k] in ("appos", "conj")), None)
        if owned is not None and self.upos[owned] in _NOMINAL:
            self.heads[i] = owned

    def _join_offices(self) -> None:
        """Give an office with hyphens its first word for a head: "the secretary-general", "second-in-command"."""
        joined: dict[int, int] = {}
        for first in range(len(self.heads) - 2):
            end = self._office_end(first)
            if end is None or first in joined:
                continue
            rest = range(first + 1, end)
            if self.heads[first] in rest:
                last = end - 1
                outside = next((i for i in reversed(rest) if self.heads[i] not in range(first, end)), last)
                above = self.heads[outside]
                self.heads[first] = first if above in range(first, end) else above
                self.labels[first] = self.labels[outside]
            for i in rest:
                self.heads[i], self.labels[i] = first, "punct" if self.words[i] == "-" else "flat"
                joined[i] = first
        for i in range(len(self.heads)) if joined else ():
            whole = joined.get(self.heads[i], i)
            if whole != i:
                self.heads[i] = whole

    def _office_end(self, i: int) -> int | None:
        """Where an office with hyphens ends that opens with this word; None where none does."""
        words = [word.lower() for word in self.words[i + 1 : i + 5]]
        if len(words) > 1 and words[0] == "-" and words[1] in _HELD and self.upos[i] in _NOMINAL:
            return i + 3
        return i + 5 if words[:3] == ["-", "in", "-"] and words[3:] and words[3] in _IN_CHARGE else None

    def _turn_apposition(self, i: int) -> None:
        """Hang a name behind a comma on the post before it, not the post on the name: "the deputy, Ana Vela, left"."""
        end = self._office_end(i)
        name = (end or i + 1) + 1
        if name >= len(self.heads) or self.heads[i] != name or self.labels[i] != "nmod":
            return
        if self.words[name - 1] != "," or self.upos[name] != "PROPN" or (end is None and self.upos[i] != "NOUN"):
            return
        for kid in range(max(0, i - _NEAR), i):
            if self.heads[kid] == i and self.labels[kid] == "case":
                return  # "in the capital, Quito residents marched"
        self.heads[i], self.labels[i] = i if self.heads[name] == name else self.heads[name], self.labels[name]
        self.heads[name], self.labels[name] = i, "appos"

    def _gather_flat(self) -> None:
        """A name has one head: what hangs on a later part of it hangs on that ("Gen. Lee, the chief of staff")."""
        flat = [label == "flat" and self.heads[i] < i for i, label in enumerate(self.labels)]
        for i in range(len(self.heads)):
            above = self.heads[i]
            while flat[above] and self.heads[above] < above < i:
                above = self.heads[above]
            self.heads[i] = above

    def _is_one_object(self, i: int) -> bool:
        """Whether a noun and the noun behind it are both called the object of a verb: "ceasefire plans"."""
        nouns = self.upos[i] in _NOMINAL and self.upos[i + 1] in _NOMINAL
        alike = self.labels[i] == self.labels[i + 1] == "obj" and self.heads[i] == self.heads[i + 1]
        return nouns and alike and self.heads[i] != i + 1

    def _is_bare_object(self, i: int) -> bool:
        """Whether what is called an oblique is an object: a noun with no preposition right behind an active verb."""
        verb = self.heads[i]
        if self.upos[i] != "NOUN" or not (verb < i <= verb + 4 and self.upos[verb] == "VERB"):
            return False
        own = range(max(0, verb - 12), min(len(self.heads), i + 12))
        held = {self.labels[k] for k in own if self.heads[k] == verb}
        if held & {"obj", "aux:pass", "nsubj:pass", "xcomp", "ccomp"} or "nsubj" not in held:
            return False
        return not any(self.heads[k] == i and self.labels[k] in ("case", "mark", "advmod") for k in own)

    def _raise_relative(self, i: int) -> None:
        """ "In which she took great pride": the pronoun at the head of a clause belongs to its verb."""
        above = self.heads[i]
        while self.upos[above] in ("ADJ", "NOUN") and self.labels[above] in ("amod", "compound", "obj", "conj"):
            above = self.heads[above]
        if self.upos[above] in ("VERB", "AUX"):
            self.heads[i] = above

    def _closes_list(self, i: int) -> bool:
        """Whether a noun stands right behind the last of those that it is listed with: "border and customs posts"."""
        nouns = self.upos[i] == self.upos[i - 1] == "NOUN"
        first = self.heads[i]
        return (
            nouns
            and first < i - 1
            and self.labels[first] in ("obj", "obl", "nmod", "nsubj")
            and self._in_list(i - 1, first)
        )

    def _in_list(self, i: int, first: int) -> bool:
        for _ in range(6):
            if i == first:
                return True
            if self.labels[i] != "conj":
                return False
            i = self.heads[i]
        return False

    def _head_list(self, i: int) -> None:
        """Make a noun the head of what is listed before it, with what describes the whole."""
        first = self.heads[i]
        for k in range(max(0, first - 8), first):
            if self.heads[k] == first and self.labels[k] in ("det", "amod", "case", "nmod:poss", "nummod"):
                self.heads[k] = i
        self.heads[i], self.labels[i] = self.heads[first], self.labels[first]
        self.heads[first], self.labels[first] = i, "compound"

    def _join_apposition(self, i: int, people: Collection[int]) -> None:
        """Join a noun to the apposition that no comma has ended yet: "Ana Vela, a mayor and now the mediator, met".

        Where a name follows the comma behind it, the noun is its title: "Ana Vela, the mayor and the mediator, Bo Li".
        """
        name = self.heads[i]
        nouns = [k for k in range(name + 1, i) if self.heads[k] == name and self.labels[k] == "appos"]
        if self.upos[name] != "PROPN" or not nouns or self.upos[nouns[-1]] != "NOUN":
            return
        noun, end = nouns[-1], max(self._below(i)) + 1
        closed = end < len(self.words) and self.words[end] == "," and end + 1 not in people
        if closed and "," in self.words[name + 1 : noun] and "," not in self.words[noun + 1 : i]:
            self.heads[i] = noun

    def _comes_from(self, i: int) -> bool:
        """Hang "from Norway" on the offer, demand or letter right before it that the verb has as its object."""
        case = self._case(i)
        if not case or self.words[case].lower() != "from":
            return False
        noun = case - 1
        if self.labels[noun] != "obj" or self.heads[noun] != self.heads[i] or self.words[noun].lower() not in _SENT:
            return False
        self.heads[i] = noun
        return True

    def _is_measured(self, i: int) -> bool:
        """Hang "of talks" on the measure right before it that has a preposition of its own: "after a week of talks"."""
        case = self._case(i)
        measure = case - 1
        if measure < 1 or self.words[case].lower() != "of" or self.words[measure].lower() not in _MEASURES:
            return False
        own = self._case(measure)
        if not own or self.labels[measure] != "obl" or self.heads[measure] != self.heads[i] or self.heads[i] == i:
            return False
        if any(self.words[k].lower() in _DEFINITE for k in range(own + 1, measure)):
            return False
        self.heads[i] = measure
        return True

    def _case(self, i: int) -> int:
        """The preposition shortly before a noun; 0 where there is none."""
        return next((k for k in range(max(0, i - 6), i) if self.heads[k] == i and self.labels[k] == "case"), 0)

    def _hang_rank(self, i: int) -> None:
        """A rank in short describes the name behind it and does not head it: "Gen. Lee"."""
        if self.words[i].endswith(".") and 2 < len(self.words[i]) < 7:
            self._describe(i)

    def _describe(self, i: int) -> None:
        """Let a title describe the name behind it that the tree hangs on it: "Mr Lee"."""
        name = i + 1
        if self.upos[name] != "PROPN":
            return
        if self.heads[name] == self.heads[i] != i and self.labels[name] == self.labels[i]:
            self.heads[i], self.labels[i] = name, "nmod:desc"  # no verb has two subjects side by side
        if self.labels[name] != "flat" or self.heads[name] != i:
            return
        for k in range(max(0, i - 60), min(len(self.heads), i + 60)):
            if self.heads[k] == i and k not in (i, name):
                self.heads[k] = name
        self.heads[name], self.labels[name] = (name if self.heads[i] == i else self.heads[i]), self.labels[i]
        self.heads[i], self.labels[i] = name, "nmod:desc"

    def _subjects(self) -> dict[int, list[int]]:
        found: dict[int, list[int]] = {}
        for i, label in enumerate(self.labels):
            if label in _SUBJECTS and self.heads[i] != i:
                found.setdefault(self.heads[i], []).append(i)
        return found

    def _owns(self, one: int, other: int) -> bool:
        """Whether a subject is the genitive of the one behind it: "President Moi's office said"."""
        own = [k for k in range(one + 1, min(other, one + 8)) if self.words[k] in _GENITIVE and self.heads[k] == one]
        return len(own) == 1 and all(self.upos[k] in ("ADJ", "NOUN", "PROPN") for k in range(own[-1] + 1, other))

    def _renames(self, one: int, other: int) -> bool:
        """Whether a second subject only says the first one's name: "the prime minister, Abdalla Hamdok, said"."""
        if self.upos[one] != "NOUN" or self.upos[other] not in _NOMINAL or self.labels[one] != self.labels[other]:
            return False
        first = min(k for k in self._below(other) if self.upos[k] != "PUNCT")
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

    def _hang_behind_quotation(self, i: int) -> None:
        """Hang what stands behind a quotation and its speaker on the word of saying: "“No,” they said in a note"."""
        verb = self.heads[i]
        said = self.heads[verb]
        behind = self.labels[i] == "obl" and verb < said < i and self.labels[verb] == "ccomp"
        if behind and any(self.words[k] in _CLOSING for k in range(verb + 1, said)):
            self.heads[i] = said

    def _is_reported(self, verb: int, subject: int) -> bool:
        """Whether a second subject stands between a clause and the verb behind it that reports the clause."""
        return self.labels[verb] == "ccomp" and self.heads[verb] > subject

    def _told_without_subject(self, verb: int, subject: int) -> int | None:
        """The clause behind a second subject that tells what the first says: "the general said his men would leave"."""
        behind = range(subject + 1, min(len(self.heads), subject + _NEAR))
        told = (k for k in behind if self.heads[k] == verb and self.labels[k] == "ccomp")
        clause = next(told, None)
        if clause is None or any(self.heads[k] == clause and self.labels[k] in _SUBJECTS for k in behind):
            return None
        return clause

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
