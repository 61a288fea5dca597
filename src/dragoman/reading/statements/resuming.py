"""Whoever goes on speaking without a name: "he added", "his claim that", "another said", "the statement went on"."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from dragoman.reading.statements.contents import Contents
from dragoman.reading.statements.speakers import SUBJECTS, Speakers
from dragoman.reading.tree import Tree

if TYPE_CHECKING:
    from dragoman.reading.actors import Actors

_ONE = frozenset({"he", "she"})
_HIS = frozenset({"his", "her"})
# One more of those who spoke last.
_ANOTHER = frozenset({"another", "others"})
_LONGEST_CHAIN = 8
# Some of those whom the sentence before is about.
_SOME = frozenset({"one", "some", "several", "many"})


class Resuming:
    """Finds the speaker of a cue in the one who spoke last, or in whom the sentence before is about.

    Attributes:
        ends: the reporting words of the article's own voice, each with the last token of it and of what it reports.
        told: those words, as they stand in the text.
        own: for each token whether it is the article's own word: in no quotation and in no reported clause.
    """

    def __init__(
        self, tree: Tree, actors: Actors, contents: Contents, speakers: Speakers,
        ends: Mapping[int, int], own: Sequence[bool],
    ) -> None:  # fmt: skip
        self.tree, self.doc, self.actors = tree, tree.doc, actors
        self.contents, self.speakers = contents, speakers
        self.told, self.ends, self.own = sorted(ends), ends, own

    def speaker(self, cue: int) -> str | None:
        """The speaker of a cue that names nobody, or None where it does or where nothing tells."""
        return (
            self._of_last(cue, _LONGEST_CHAIN) or self._of_it(cue) or self._of_document(cue)
            or self._of_several(cue) or self._of_subject(cue)
        )  # fmt: skip

    def _of_last(self, cue: int, chain: int) -> str | None:
        """Whoever spoke last, for "he added": a spokesman goes on until somebody else speaks or is told of."""
        word = self._word(cue)
        form = "" if word is None else self.doc[word].lower_
        if word is not None and any(self.doc[kid].lower_ == "them" for kid in self.tree.kids(word, "nmod")):
            form = "another"  # "one of them"
        if word is None or not (form in _ONE or form in _HIS or form in _ANOTHER or form == "they"):
            return None
        last = self._last(cue, word)
        subject = None if last is None else self._head(last)
        if last is None or subject is None or (form not in _ANOTHER and self._is_told_of(last, word)):
            return None
        noun = self.doc[subject].pos_ == "NOUN"
        if form in _ANOTHER:
            return self._named(last) if noun else None
        if noun and (form == "they") == (self.doc[subject].morph.get("Number", []) == ["Plur"]):
            return self._named(last)
        if form == "they":
            return None
        if self.doc[subject].lower_ in _ONE:
            same = (self.doc[subject].lower_ == "she") == (form in ("she", "her"))
            return self._of_last(last, chain - 1) if same and chain else None
        name = self._named(last)
        return name if name is not None and self._may_be(name, form) else None

    def _of_it(self, cue: int) -> str | None:
        """Which body, office or document spoke last, for "it added"."""
        word = self._word(cue)
        if word is None or self.doc[word].lower_ != "it":
            return None
        last = self._last(cue, word)
        subject = None if last is None else self._head(last)
        if last is None or subject is None or self._is_told_of(last, word, bodies=True):
            return None
        if self.doc[subject].lower_ == "it":
            return self._of_it(last)
        if self.doc[subject].pos_ not in ("NOUN", "PROPN"):
            return None
        name = self._named(last)
        if name is None or (self.doc[subject].pos_ == "PROPN" and self.actors.record(name).kind == "person"):
            return None
        return name

    def _above(self, cue: int) -> int | None:
        """The main verb of the sentence before."""
        sentence = self.tree.sentence[cue]
        if sentence == 0:
            return None
        starts = self.tree.starts
        return next((i for i in range(starts[sentence - 1], starts[sentence]) if self.tree.heads[i] == i), None)

    def _of_document(self, cue: int) -> str | None:
        """Who gave out the paper that speaks, for "The ministry issued a decree. It said …"."""
        word, above = self._word(cue), self._above(cue)
        if word is None or above is None or self.doc[word].lower_ != "it":
            return None
        if self.doc[above].lemma_.lower() not in self.speakers.words.issuing or self.tree.kids(above, "nsubj:pass"):
            return None
        if not any(self.doc[thing].pos_ == "NOUN" and thing > above for thing in self.tree.kids(above, "obj")):
            return None
        return self.speakers.of_verb(above)

    def _of_several(self, cue: int) -> str | None:
        """Of whom "one" is one: "British officials were bitter. “…,” said one"."""
        word, above = self._word(cue), self._above(cue)
        if word is None or above is None or self.doc[word].lower_ not in _SOME or self.tree.kids(word, "nmod"):
            return None
        for subject in self.tree.kids(above, *SUBJECTS):
            if self.doc[subject].pos_ == "NOUN" and self.doc[subject].morph.get("Number", []) == ["Plur"]:
                return self.speakers.named(subject)
        return None

    def _last(self, cue: int, word: int) -> int | None:
        """The last of the article's own reporting verbs before a cue, in its sentence or the one before."""
        before = bisect_left(self.told, min(cue, word)) - 1
        if before < 0 or self.tree.sentence[cue] - self.tree.sentence[self.ends[self.told[before]]] > 1:
            return None
        return self.told[before]

    def _head(self, cue: int) -> int | None:
        verb = self.doc[cue].lower_ != "according"
        return self.speakers.head_of_verb(cue) if verb else self.contents.words.source(cue)

    def _named(self, cue: int) -> str | None:
        if self.doc[cue].lower_ != "according":
            return self.speakers.of_verb(cue)
        source = self.contents.words.source(cue)
        return None if source is None else self.speakers.named(source)

    def _word(self, cue: int) -> int | None:
        """The pronoun that stands for the speaker: the subject of a verb, the owner of a noun."""
        if self.doc[cue].pos_ != "NOUN":
            return self.speakers.head_of_verb(cue)
        return next((kid for kid in self.tree.kids(cue, "nmod:poss") if self.doc[kid].lower_ in _HIS), None)

    def _is_told_of(self, last: int, word: int, *, bodies: bool = False) -> bool:
        """Whether a person, or a body, is a subject of the article's own between the last cue and a pronoun."""
        first = last + 1
        if self.tree.sentence[last] != self.tree.sentence[word]:
            end = self.tree.bounds(last)[1] + 1
            # A full stop that was overlooked ends a sentence too.
            first = next((i + 1 for i in range(last, end) if self.own[i] and self.doc[i].text == "."), end)
        between = (i for i in range(first, word) if self.own[i] and self.tree.deps[i] in SUBJECTS)
        others = (mention.actor for i in between for mention in self.actors.at(i))
        return any((self.actors.record(name).kind == "person") != bodies for name in others)

    def _of_subject(self, cue: int) -> str | None:
        """Whom the sentence before is about, for "he said" behind or before what is said: its subject, if a person.

        What stands within a quotation or a reported clause is not looked at: "“Ehud Barak,” he said, “was brave”".
        """
        subject = None if self.doc[cue].pos_ == "NOUN" else self.contents.words.subject(cue)
        form = "" if subject is None else self.doc[subject].lower_
        if form not in _ONE:
            return None
        sentence = self.tree.sentence[cue]
        root = next((i for i in range(self.tree.starts[sentence], len(self.doc)) if self.tree.heads[i] == i), cue)
        if root not in (cue, self.tree.heads[cue]):
            return None
        if root < cue and (self.tree.deps[cue] == "conj" or any(self.doc[i].text in ";:" for i in range(root, cue))):
            return self._sole_subject(root, form)  # "Lee had gone to the port; he told reporters …"
        if sentence == 0:
            return None
        first = self.tree.starts[sentence - 1]
        above = next((i for i in range(first, self.tree.starts[sentence]) if self.tree.heads[i] == i), None)
        if above is None or subject is None or self._is_told_of(above, subject):
            return None
        return self._sole_subject(above, form)

    def _sole_subject(self, verb: int, form: str) -> str | None:
        """The one person that is the subject of a clause, if a pronoun of this form can mean him or her."""
        subjects = self.tree.kids(verb, *SUBJECTS)
        if len(subjects) != 1 or self.tree.kids(subjects[0], "conj"):
            return None
        name = self.speakers.named(subjects[0])
        return name if name is not None and self._may_be(name, form) else None

    def _may_be(self, name: str, form: str) -> bool:
        """Whether an actor is a person whom a pronoun of this form can mean."""
        return self.actors.record(name).kind == "person" and self.actors.may_be(name, form)
