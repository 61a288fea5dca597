"""How a text introduces a person by name: titles before it, appositions behind it, one for each of a row."""

from __future__ import annotations

from dragoman.knowledge import Knowledge
from dragoman.reading.actors.careers import CareerReader
from dragoman.reading.actors.drafts import Facts, Found
from dragoman.reading.actors.facts import FactFinder
from dragoman.reading.actors.lexicon import Lexicon
from dragoman.reading.actors.names import Name, Names, is_person
from dragoman.reading.actors.phrases import SUBJECTS, conjuncts, core, is_plural, noun_lemma
from dragoman.reading.tree import Tree


class Introductions:
    """Reads what stands beside the names of persons in one article."""

    def __init__(
        self, tree: Tree, names: Names, knowledge: Knowledge, lexicon: Lexicon,
        facts: FactFinder, careers: CareerReader, found: Found,
    ) -> None:  # fmt: skip
        self.tree, self.doc, self.names = tree, tree.doc, names
        self.knowledge, self.lexicon = knowledge, lexicon
        self.facts, self.careers, self.found = facts, careers, found

    def titled(self, name: Name) -> tuple[int, Facts | None]:
        """The noun that a name stands in apposition to, with what it says of the person; None where there is none.

        In "a spokesman for the council, Capo Daniel" the tree may hang the name on the council.
        """
        above = self.tree.heads[name.head]
        relation = self.tree.deps[name.head]
        beside = self._beside(name)
        if beside is not None:
            above, relation = beside, "appos"
        if relation not in ("appos", "flat", "compound", "nmod:desc", "nmod") or self.tree.kids(name.head, "case"):
            return above, None
        found: tuple[int, Facts | None] = (above, None)
        start = min(core(self.tree, name.head)[0], name.start)  # "the chief of the army, General Ba"
        comma = start > 0 and self.doc[start - 1].text == ","
        index = above
        for _ in range(3):
            if index >= name.head or is_plural(self.doc[index]):
                break
            facts = self.facts.described(index) if index not in self.names.at else None
            if facts is not None and self._is_someone(facts):
                self._posted(index, facts)
                return index, facts
            if facts is not None and index == above:
                found = above, facts
            inner = self.tree.deps[index] in ("nmod", "nmod:poss", "flat", "compound")
            if not (comma and inner and relation == "appos"):
                break
            index = self.tree.heads[index]
        return found

    def before(self, name: Name) -> Facts:
        """What stands before a name says: "the head of the rebel delegation, Mr Ba", "Senegalese Colonel Sylla"."""
        start = min(core(self.tree, name.head)[0], name.start)
        facts = self.facts.of(name.head, start, name.start)
        for title in self.tree.kids(name.head, "nmod:desc"):
            whole = self.facts.described(title) if title < name.start and self.tree.kids(title, "nmod") else None
            if whole is not None and whole.office is not None:
                facts.office, facts.sector, facts.noun = whole.office, whole.sector, whole.noun
                facts.belong_with(whole)
        return facts

    def cut_off(self, name: Name, start: int, facts: Facts) -> int:
        """Take in a title that the tree does not hang before its name, and find where the phrase starts with that."""
        for child in self.tree.kids(name.head, "appos"):
            # The tree may take "the rebels' deputy chief, Mr Ba" the other way round.
            beside = child < start and self.tree.right[child] in (start - 2, start - 1)
            title = self.facts.described(child) if beside else None
            if title is not None and title.office is not None and not is_plural(self.doc[child]):
                start = self._take_title(child, title, facts)
        before = start - 1
        if start != name.start or before < 0 or self.tree.sentence[before] != self.tree.sentence[start]:
            return start
        if before in self.names.at or before in self.names.nations or is_plural(self.doc[before]):
            return start
        # The tree may cut a title off; nothing else stands right before a name without a comma.
        title = self.facts.described(before)
        return self._take_title(before, title, facts) if title is not None else start

    def _take_title(self, i: int, title: Facts, facts: Facts) -> int:
        """Take in a title; where it starts."""
        self.facts.merge(facts, title)
        self.found.consume(i, title)
        return core(self.tree, i)[0]

    def appositions(self, head: int, facts: Facts) -> int:
        """Take in what stands in apposition to a name, and find the end of that."""
        end = head + 1
        for child in self._own_appositions(head):
            if child in self.names.at or child < head or is_plural(self.doc[child]):
                continue
            following = self.names.at.get(child + 1)
            if following is not None and is_person(following):
                continue  # "Leonid Kuchma, Russian ambassador Mikhail Zurabov": the title of the next one
            other = self.facts.described(child)
            if other is not None:
                self._posted(child, other)
                self._second(child, other)
                self.facts.merge(facts, other)
                self.found.consume(child, other)
                end = max(end, self.facts.whose.end_with_of(child))
                self.careers.take_clauses(child, facts)
            elif child in self.names.nations and self._is_one(child):
                # "Mr Ba, a Senegalese": no one else, and news of him where nothing more is said.
                facts.nations += [] if facts.office or facts.bodies or facts.nations else [self.names.nations[child]]
                self.found.consumed.add(child)
            elif self.doc[child].pos_ == "NOUN":
                # "a Congolese laureate": whatever that is, it tells whose he is.
                facts.belong_with(self.facts.of(child, core(self.tree, child)[0], child + 1))
        return end

    def each(self, head: int, facts: Facts) -> None:
        """What stands behind a row of names and is said of each: "A and B, heads of the two delegations"."""
        row = self._row(head)
        if len(row) < 2 or facts.office is not None:
            return
        for child in (kid for part in row for kid in self.tree.kids(part, "appos")):
            if child > max(row) and child not in self.names.at and is_plural(self.doc[child]):
                other = self.facts.described(child)
                if other is not None and other.office is not None:
                    self.facts.merge(facts, other)
                    return

    def _row(self, head: int) -> list[int]:
        """The persons by name in the row that a name stands in."""
        return [part for part in conjuncts(self.tree, head) if part in self.names.at and is_person(self.names.at[part])]

    def _own_appositions(self, head: int) -> list[int]:
        """What stands in apposition to a name and to no other in its row.

        In "Mr Ba and Mr Li, the envoy" the tree may hang the envoy on the first.
        """
        row = self._row(head)
        if len(row) < 2 or head not in row:
            return self.tree.kids(head, "appos")
        found = [child for part in row for child in self.tree.kids(part, "appos")]
        return [child for child in sorted(found) if max((part for part in row if part < child), default=head) == head]

    def _posted(self, noun: int, facts: Facts) -> None:
        """What a noun is an office of who has a name: "the OSCE's representative", of which anyone else has many."""
        lemma = noun_lemma(self.doc[noun])
        if facts.office is None and lemma in self.lexicon.posts and not is_plural(self.doc[noun]):
            before = self.doc[noun - 1].lower_ if noun else ""
            told = before in self.lexicon.kinds or before in self.lexicon.portfolios
            facts.office = f"{before} {lemma}" if told else lemma

    def _second(self, first: int, facts: Facts) -> None:
        """Of "a former guerrilla and now the chief negotiator", the second part: what somebody is, not was."""
        for part in self.tree.kids(first, "conj"):
            nothing = facts.office is None and not is_plural(self.doc[first])
            self._double(part, facts)
            if not (facts.former or nothing) or part in self.names.at or is_plural(self.doc[part]):
                continue
            index = part
            if self.doc[part].lower_ == "one":
                index = next(iter(self.tree.kids(part, "nmod")), part)  # "now one of the negotiators"
            other = self.facts.described(index)
            if other is not None and other.office is not None and not other.former:
                self.careers.follow(facts, other)
                self.found.consume(index, other)

    def _double(self, part: int, facts: Facts) -> None:
        """Take in the second office of one person, "the foreign minister and deputy prime minister"."""
        articles = {self.doc[kid].lower_ for kid in self.tree.kids(part, "det")}
        if facts.office is None or part in self.names.at or is_plural(self.doc[part]) or not articles <= {"a", "an"}:
            return
        other = self.facts.described(part)
        if other is not None and other.office is not None:
            facts.also += [] if other.former else [other.office]
            self.found.consume(part, other)

    def _is_one(self, i: int) -> bool:
        """Whether "a" or "an" stands before a word, or "the" before one that is no plural."""
        articles = {self.doc[child].lower_ for child in self.tree.kids(i, "det")}
        return bool(articles & {"a", "an"}) or ("the" in articles and not is_plural(self.doc[i]))

    def _is_someone(self, facts: Facts) -> bool:
        """Whether a phrase means one person: by an office, or a noun for a person."""
        noun = self.knowledge.noun(facts.noun) if facts.noun is not None else None
        return facts.office is not None or (noun is not None and noun.kind == "person")

    def _beside(self, name: Name) -> int | None:
        """The last of a row that a name stands right after: it is the name of that one and no more in the row.

        In "Mr Ba, the envoy, and the rebels' negotiator, Mr Li" the tree may make a third of Mr Li, or hang the
        negotiator on one of the two.
        """
        start = min(core(self.tree, name.head)[0], name.start)
        if start >= 2 and self.doc[start - 1].text == ",":
            # Of two subjects side by side one is the title of the other: "The Minister of Mines, Mr Ba, said".
            dep, verb = self.tree.deps[name.head], self.tree.heads[name.head]
            subjects = self.tree.kids(verb, dep) if dep in SUBJECTS else []
            for noun in [*subjects, *(part for one in subjects for part in self.tree.kids(one, "conj"))]:
                if noun < start and noun not in self.names.at and self._end_of(noun, start) == start - 2:
                    return noun
        if name.start < 2 or self.doc[name.start - 1].text != ",":
            return None
        joined = self.tree.kids(name.head, "cc")
        for noun in (*self.tree.kids(name.head, "appos"), *self.tree.kids(self.tree.heads[name.head], "appos")):
            own = self.tree.heads[noun] == name.head or any(cc == self.tree.left[noun] - 1 for cc in joined)
            # A comma behind the name may hang on the noun, so where its phrase ends is told by its words.
            if own and noun < name.head and self._end_of(noun, len(self.doc)) == name.start - 2:
                return noun if noun not in self.names.at else None
        if self.tree.deps[name.head] not in ("conj", "appos"):
            return None
        above = self.tree.heads[name.head]
        row = self.tree.kids(above, "conj")
        row += [part for beside in self.tree.kids(above, "appos") for part in self.tree.kids(beside, "conj")]
        if self.tree.deps[above] == "appos":
            row = [*row, *self.tree.kids(self.tree.heads[above], "conj")]
        ends = [noun for noun in row if noun < name.head and self._last_word(noun) == name.start - 2]
        return next((noun for noun in ends if noun not in self.names.at and self._is_last(noun, joined)), None)

    def _end_of(self, noun: int, before: int) -> int:
        """Where the phrase of a noun ends, without what hangs on it from behind a name there and without commas."""
        kids = [kid for kid in self.tree.children[noun] if self.tree.deps[kid] != "punct" and noun < kid < before]
        return max((self.tree.right[kid] for kid in kids), default=noun)

    def _last_word(self, noun: int) -> int:
        """Where a phrase ends, without the comma that the tree may hang on it."""
        last = self.tree.right[noun]
        while last > noun and self.doc[last].is_punct:
            last -= 1
        return last

    def _is_last(self, noun: int, joined: list[int]) -> bool:
        """Whether "and" opens a phrase, so that it ends its row; the tree may hang it on the name behind (`joined`)."""
        if joined:
            words = [kid for kid in self.tree.children[noun] if self.tree.deps[kid] != "punct"]
            first = min((self.tree.left[kid] for kid in words), default=noun)
            return any(cc == min(first, noun) - 1 for cc in joined)
        return bool(self.tree.kids(noun, "cc"))
