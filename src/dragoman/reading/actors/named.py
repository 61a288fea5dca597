"""Mentions by name: persons with title and apposition, bodies, countries, capitals, demonyms."""

from __future__ import annotations

from dragoman.knowledge import Knowledge
from dragoman.reading.actors.drafts import Facts, Found
from dragoman.reading.actors.facts import FactFinder, is_plural
from dragoman.reading.actors.lexicon import Lexicon
from dragoman.reading.actors.names import Name, Names, is_person
from dragoman.reading.actors.phrases import (
    INNER,
    SUBJECTS,
    case_of,
    conjuncts,
    core,
    first_conjunct,
    noun_lemma,
    split_by_verb,
)
from dragoman.reading.actors.senses import sense_of
from dragoman.reading.tree import Tree

_ITSELF = frozenset({"himself", "herself", "itself"})


class NamedFinder:
    """Finds the mentions by name of one article."""

    def __init__(
        self, tree: Tree, names: Names, knowledge: Knowledge, lexicon: Lexicon, facts: FactFinder, found: Found
    ) -> None:
        self.tree, self.doc, self.names = tree, tree.doc, names
        self.knowledge, self.lexicon, self.facts, self.found = knowledge, lexicon, facts, found
        self._said: dict[int, Facts] = {}

    def person(self, name: Name) -> None:
        """A person with title, nationality and apposition: one mention."""
        head = name.head
        above, facts = self._titled(name)
        if facts is not None:
            self._belongs(facts, self._before(name))
            self._appositions(head, facts)
            self.found.consume(above, facts)
            start, _ = core(self.tree, above)
            facts.former = facts.former or self._has_left(above)
            self._is_made(above, facts)
            self.found.add(start, max(name.end, head + 1), above, "name", facts, name)
            return
        if self.tree.deps[head] in INNER and above not in self.names.at and above > head:
            # "the Trump administration", "an Assad ally"
            self.found.add(name.start, name.end, head, "name", Facts(), name, form="modifier")
            return
        start, end = core(self.tree, head)
        start, end = min(start, name.start), max(end, name.end)
        facts = self._before(name)
        self.found.consumed.update(facts.used)
        for child in self.tree.kids(head, "appos"):
            # The tree may take "the rebels' deputy chief, Mr Ba" the other way round.
            beside = child < start and self.tree.right[child] in (start - 2, start - 1)
            title = self.facts.described(child) if beside else None
            if title is not None and title.office is not None and not is_plural(self.doc[child]):
                start = core(self.tree, child)[0]
                self.facts.merge(facts, title)
                self.found.consume(child, title)
        before = start - 1
        if (
            start == name.start
            and before >= 0
            and self.tree.sentence[before] == self.tree.sentence[start]
            and before not in self.names.at
        ):
            # The tree may cut a title off; nothing else stands right before a name without a comma.
            title = (
                self.facts.described(before)
                if not is_plural(self.doc[before]) and before not in self.names.nations
                else None
            )
            if title is not None:
                start = core(self.tree, before)[0]
                self.facts.merge(facts, title)
                self.found.consume(before, title)
        end = max(end, self._appositions(head, facts))
        self._each(head, facts)
        self._told(head, facts)
        self._is_made(head, facts)
        self._is_led(head, facts)
        if self._has_left(head):
            facts.former = True
        self.found.add(start, end, head, "name", facts, name)

    def _before(self, name: Name) -> Facts:
        """What stands before a name says: "the head of the rebel delegation, Mr Ba", "Senegalese Colonel Sylla"."""
        start = min(core(self.tree, name.head)[0], name.start)
        facts = self.facts.of(name.head, start, name.start)
        for title in self.tree.kids(name.head, "nmod:desc"):
            whole = self.facts.described(title) if title < name.start and self.tree.kids(title, "nmod") else None
            if whole is not None and whole.office is not None:
                facts.office, facts.sector, facts.noun = whole.office, whole.sector, whole.noun
                self._belongs(facts, whole)
        return facts

    def _appositions(self, head: int, facts: Facts) -> int:
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
                end = max(end, self.facts.end_with_of(child))
                self._told(child, facts)
            elif child in self.names.nations and self._is_one(child):
                # "Mr Ba, a Senegalese": no one else, and news of him where nothing more is said.
                facts.nations += [] if facts.office or facts.bodies or facts.nations else [self.names.nations[child]]
                self.found.consumed.add(child)
            elif self.doc[child].pos_ == "NOUN":
                # "a Congolese laureate": whatever that is, it tells whose he is.
                self._belongs(facts, self.facts.of(child, core(self.tree, child)[0], child + 1))
        return end

    def _each(self, head: int, facts: Facts) -> None:
        """What stands behind a row of names and is said of each: "A and B, heads of the two delegations"."""
        row = [part for part in conjuncts(self.tree, head) if part in self.names.at and is_person(self.names.at[part])]
        if len(row) < 2 or facts.office is not None:
            return
        for child in (kid for part in row for kid in self.tree.kids(part, "appos")):
            if child > max(row) and child not in self.names.at and is_plural(self.doc[child]):
                other = self.facts.described(child)
                if other is not None and other.office is not None:
                    self.facts.merge(facts, other)
                    return

    def _posted(self, noun: int, facts: Facts) -> None:
        """What a noun is an office of who has a name: "the OSCE's representative", of which anyone else has many."""
        lemma = noun_lemma(self.doc[noun])
        if facts.office is None and lemma in self.lexicon.posts and not is_plural(self.doc[noun]):
            before = self.doc[noun - 1].lower_ if noun else ""
            told = before in self.lexicon.kinds or before in self.lexicon.portfolios
            facts.office = f"{before} {lemma}" if told else lemma

    def _is_one(self, i: int) -> bool:
        """Whether "a" or "an" stands before a word, or "the" before one that is no plural."""
        articles = {self.doc[child].lower_ for child in self.tree.kids(i, "det")}
        return bool(articles & {"a", "an"}) or ("the" in articles and not is_plural(self.doc[i]))

    def _own_appositions(self, head: int) -> list[int]:
        """What stands in apposition to a name and to no other in its row.

        In "Mr Ba and Mr Li, the envoy" the tree may hang the envoy on the first.
        """
        row = [part for part in conjuncts(self.tree, head) if part in self.names.at and is_person(self.names.at[part])]
        if len(row) < 2 or head not in row:
            return self.tree.kids(head, "appos")
        found = [child for part in row for child in self.tree.kids(part, "appos")]
        return [child for child in sorted(found) if max((part for part in row if part < child), default=head) == head]

    def _told(self, head: int, facts: Facts) -> None:
        """Take in what a relative clause says that somebody is or leads."""
        for child in self.tree.kids(head, "acl:relcl"):
            self._leads(child, facts)
            self._is_now(child, facts)
            self._serves_as(child, facts)
            if self.doc[child].lemma_.lower() in self.lexicon.naming and any(
                "Rel" in self.doc[kid].morph.get("PronType", []) for kid in self.tree.kids(child, "obj", "nsubj:pass")
            ):
                self._made(child, facts)  # "whom parliament has elected president"
        for child in self.tree.kids(head, "acl"):
            if self.doc[child].tag_ == "VBN" and self.doc[child].lemma_.lower() in self.lexicon.naming:
                self._made(child, facts)  # "Mr Ba, named prime minister on Friday"
            elif self.doc[child].tag_ == "VBG":
                self._serves_as(child, facts)

    def _second(self, first: int, facts: Facts) -> None:
        """Of "a former guerrilla and now the chief negotiator", the second part: what somebody is, not was."""
        for part in self.tree.kids(first, "conj"):
            nothing = facts.office is None and not is_plural(self.doc[first])
            if not (facts.former or nothing) or part in self.names.at or is_plural(self.doc[part]):
                continue
            index = part
            if self.doc[part].lower_ == "one":
                index = next(iter(self.tree.kids(part, "nmod")), part)  # "now one of the negotiators"
            other = self.facts.described(index)
            if other is not None and other.office is not None and not other.former:
                self._follow(facts, other)
                self.found.consume(index, other)

    def _follow(self, facts: Facts, other: Facts) -> None:
        """Put what somebody is in the place of what he was, a guerrilla of whatever movement."""
        if facts.former:
            facts.office, facts.noun, facts.sector, facts.former = None, None, None, False
            facts.bodies.clear()
        self.facts.merge(facts, other)

    def _is_now(self, noun: int, facts: Facts) -> None:
        """ "Who is now the oil minister": what a relative clause in the present says that somebody is."""
        copulas = self.tree.kids(noun, "cop")
        if not copulas or self.doc[copulas[0]].tag_ != "VBZ" or is_plural(self.doc[noun]):
            return
        helpers = {self.doc[kid].lower_ for kid in self.tree.children[noun]}
        subjects = [self.doc[kid].lower_ for kid in self.tree.kids(noun, *SUBJECTS)]
        other = self.facts.described(noun) if subjects == ["who"] and not helpers & self.lexicon.staying else None
        if other is not None and other.office is not None:
            self._follow(facts, other)
            self.found.consume(noun, other)

    def _serves_as(self, verb: int, facts: Facts) -> None:
        """ "Who serves as the group's spokesman", "acting as mediator": what a clause in the present says."""
        if self.doc[verb].lemma_.lower() in self.lexicon.serving and self.doc[verb].tag_ in ("VBZ", "VBG"):
            self._made(verb, facts)

    def _is_made(self, head: int, facts: Facts) -> None:
        """ "Was elected president", "named him its negotiator", "became foreign minister": what somebody is made."""
        dep, verb = self.tree.deps[head], self.tree.heads[head]
        lemma, tag = self.doc[verb].lemma_.lower(), self.doc[verb].tag_
        if tag not in ("VBD", "VBN"):
            return
        itself = any(self.doc[kid].lower_ in _ITSELF for kid in self.tree.kids(verb, "obj"))
        if (lemma in self.lexicon.naming and (dep in ("nsubj:pass", "obj") or (dep == "nsubj" and itself))) or (
            lemma == "become" and dep == "nsubj"
        ):
            self._made(verb, facts)

    def _made(self, verb: int, facts: Facts) -> None:
        """Take in the office that somebody is given, where nothing says that it was long since or has not happened."""
        styles = self.lexicon.ranks | self.lexicon.styles
        if facts.office is not None and facts.office not in styles and not facts.former:
            return
        helpers = {self.doc[kid].lower_.replace("’", "'") for kid in self.tree.children[verb]}
        years = any(self.doc[i].shape_ == "dddd" for i in range(self.tree.left[verb], self.tree.right[verb] + 1))
        if (
            helpers & self.lexicon.staying
            or years
            or (self.tree.deps[verb] in ("conj", "advcl", "ccomp") and "had" in helpers)
        ):
            return
        plain = self.doc[verb].lemma_.lower() not in self.lexicon.serving
        for noun in self.tree.kids(verb, "xcomp", "obj", "obl", "iobj", "nmod"):
            case = case_of(self.tree, noun)
            if (
                noun < verb
                or noun in self.names.at
                or is_plural(self.doc[noun])
                or case != ("as" if not plain else case)
            ):
                continue
            if case not in ("", "as"):
                continue
            other = self.facts.described(noun)
            if other is not None and other.office is not None and not other.former:
                self._follow(facts, other)
                return

    def _titled(self, name: Name) -> tuple[int, Facts | None]:
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

    def _is_someone(self, facts: Facts) -> bool:
        """Whether a phrase means one person: by an office, or a noun for a person."""
        noun = self.knowledge.noun(facts.noun) if facts.noun is not None else None
        return facts.office is not None or (noun is not None and noun.kind == "person")

    def _belongs(self, facts: Facts, other: Facts) -> None:
        """Take from a phrase no more than the countries and bodies in it."""
        facts.nations += [nation for nation in other.nations if nation not in facts.nations]
        facts.bodies += [body for body in other.bodies if body not in facts.bodies]

    def _leads(self, verb: int, facts: Facts) -> None:
        """ "Who heads the party", "who leads a wing of the opposition": what a relative clause says of him."""
        if self.doc[verb].lemma_.lower() not in self.lexicon.leading or self.doc[verb].tag_ not in ("VBZ", "VBG"):
            return
        if any(self.doc[child].lower_ not in ("who", "that") for child in self.tree.kids(verb, *SUBJECTS)):
            return
        for led in self.tree.kids(verb, "obj"):
            other = self.facts.of(led, core(self.tree, led)[0], led + 1)
            name = self.names.at.get(led)
            office = self._leading_office(verb, led)
            if name is not None and name.entities:
                entity = name.entities[0]
                if entity.kind not in ("person", "country") and entity.id not in facts.bodies:
                    facts.bodies.append(entity.id)
                    facts.office = facts.office or office
            elif name is not None and name.label == "ORG":
                facts.holders.append(led)
                facts.office = facts.office or office
            elif noun_lemma(self.doc[led]) in self.lexicon.delegated and facts.office is None:
                self._belongs(facts, other)
                facts.office = "head of delegation"
                facts.sector = facts.sector or other.sector
                facts.holders += [] if facts.nations or facts.bodies else other.holders
            elif noun_lemma(self.doc[led]) in self.lexicon.followers or (
                noun_lemma(self.doc[led]) in self.lexicon.institutions
                and (facts.office is None or facts.office in self.lexicon.ranks)
            ):
                self._belongs(facts, other)
                other = self.facts.described(led) or other
                for child in self.tree.kids(led, "appos", "flat"):
                    called = self.names.at.get(child)
                    if called is not None and called.entities and called.entities[0].kind in ("group", "organization"):
                        facts.bodies += [called.entities[0].id]  # "leads the opposition coalition CNARED"
                    elif called is not None and called.label == "ORG" and not facts.bodies:
                        facts.holders.append(child)
                below = [self.knowledge.sector_of_noun(noun_lemma(self.doc[c])) for c in self.tree.kids(led, "nmod")]
                facts.sector = facts.sector or other.sector or next(filter(None, below), None)
                facts.office = office if facts.office is None or facts.office in self.lexicon.ranks else facts.office

    def _leading_office(self, verb: int, led: int) -> str:
        """What he is who leads: "the head of the delegation", who commands is a commander, who chairs a chairman."""
        if noun_lemma(self.doc[led]) in self.lexicon.delegated:
            return "head of delegation"
        return {"command": "commander", "chair": "chairman"}.get(self.doc[verb].lemma_.lower(), "leader")

    def _has_left(self, head: int) -> bool:
        """Whether a clause tells that somebody has left an office: "had resigned", "was dismissed"."""
        dep, verb = self.tree.deps[head], self.tree.heads[head]
        token = self.doc[verb]
        lost = dep in ("nsubj:pass", "obj")
        left = self.lexicon.leaving if dep == "nsubj" else self.lexicon.removing if lost else frozenset()
        helpers = {self.doc[kid].lower_.replace("’", "'") for kid in self.tree.children[verb]}
        stays = bool(helpers & self.lexicon.staying)
        return token.lemma_.lower() in left and token.tag_ in ("VBD", "VBN") and not stays

    def _is_led(self, head: int, facts: Facts) -> None:
        """Of "two factions of the movement, led by A and B": that A and B lead them."""
        first = first_conjunct(self.tree, head)
        verb = self.tree.heads[first]
        if self.tree.deps[first] != "obl:agent" or self.tree.deps[verb] != "acl":
            return
        led = self.tree.heads[verb]
        named = self.names.at.get(led)
        group = named is not None and bool(named.entities) and named.entities[0].kind == "group"
        if self.doc[verb].lemma_.lower() not in self.lexicon.leading:
            return
        if group or noun_lemma(self.doc[led]) in self.lexicon.followers:
            other = self.facts.of(led, core(self.tree, led)[0], led + 1)
            if named is not None and group:
                other.bodies.append(named.entities[0].id)
            self._belongs(facts, other)
            facts.office = facts.office or "leader"
            facts.sector = facts.sector or other.sector

    def body(self, name: Name) -> None:
        """A country, body or group by name; a capital or a seat of power for its government."""
        head = name.head
        above = self.tree.heads[head]
        dep = self.tree.deps[head]
        if not name.entities and name.label != "ORG":
            return
        best = name.entities[0] if name.entities else None
        start, end = name.start, name.end
        form: str = "name"
        if dep in INNER and above != head and not split_by_verb(self.tree, name.end, above):
            form = "modifier"
        else:
            low, high = core(self.tree, head)
            if not any(index in self.names.at for index in range(low, start)) and not self.tree.kids(head, "nmod:poss"):
                start = min(start, low)
            end = max(end, high)
        sense = "actor"
        if best is not None and (best.kind == "country" or best.by in ("capital", "seat")):
            sense = sense_of(self.tree, self.lexicon, head, city=best.by == "capital")
            if self._opens_line(name):
                sense = "place"
        facts = self.facts.of(head, start, name.start) if start < name.start else Facts()
        if best is None:
            self.facts.merge(facts, self._said.get(name.start, Facts()))
        for child in self.tree.kids(head, "appos"):
            # "the Palestine Liberation Organization (PLO)"
            other = self.names.at.get(child)
            if other is not None and best is not None and other.entities[:1] == (best,):
                self.found.consumed.add(child)
        self.found.add(
            start, end, head, "name", facts, name, form="modifier" if form == "modifier" else "name", sense=sense
        )

    def beside(self, name: Name) -> None:
        """Take in what a noun beside the name of a body says: "the rebel group X", "X, an armed movement".

        It is no mention of somebody else; what it says counts where nobody knows the body.
        """
        if (not name.entities and name.label != "ORG") or (name.entities and name.entities[0].kind == "country"):
            return  # what stands beside a dateline's town is the story
        above = self.tree.heads[name.head]
        nouns = [child for child in self.tree.kids(name.head, "appos") if child > name.end]
        if self.tree.deps[name.head] in ("appos", "flat", "nmod:desc", "compound") and above < name.start:
            # "The opposition movement X" is X, whatever else is known of it; "the rebels, X and Y," are several.
            nouns += [above] if not name.entities or above == name.start - 1 else []
            nouns += [child for child in self.tree.kids(above, "appos") if child > name.end]
        if self.tree.deps[name.head] == "nmod" and is_plural(self.doc[above]) and above < name.start:
            # "Envoys of X, an armed movement": the tree may hang what one thing is on the many.
            nouns += [child for child in self.tree.kids(above, "appos") if child > name.end]
        for index in nouns:
            if index in self.names.at or is_plural(self.doc[index]) or self.tree.kids(index, "conj"):
                continue
            other = self.facts.described(index)
            if other is not None and other.office is None:
                self.facts.merge(self._said.setdefault(name.start, Facts()), other)
                self.found.consume(index, other)

    def _opens_line(self, name: Name) -> bool:
        """Whether a name is a dateline's: it opens a line in capitals, and a dash, a slash or a bracket follows.

        The country of a town that does so is one too: "ARUSHA, Tanzania, 29 August -".
        """
        town = bool(name.entities) and name.entities[0].by in ("capital", "name", "alias", "seat")
        if not town or name.end >= len(self.doc):
            return False
        first = name.start
        if not self.doc[name.start : name.end].text.isupper():
            if first < 2 or self.doc[first - 1].text != "," or not self.doc[first - 2].text.isupper():
                return False
            first -= 1
        while first > 0 and (self.doc[first - 1].text in "/,–-" or self.doc[first - 1].text.isupper()):
            first -= 1
        opens = first == 0 or "\n" in self.doc[first - 1].text_with_ws or self.doc[first - 1].is_space
        return opens and self.doc[name.end].text in ("-", "–", "—", "--", "/", "(", ",", ":")

    def demonym(self, i: int) -> None:
        """ "Russian" before what is Russian; "the Russians"."""
        nation = self.names.nations[i]
        dep, above = self.tree.deps[i], self.tree.heads[i]
        token = self.doc[i]
        if dep == "conj":
            dep, above = self.tree.deps[self.tree.heads[i]], self.tree.heads[self.tree.heads[i]]
        if (
            dep in ("amod", "compound", "nmod:desc", "obl", "advmod", "obl:unmarked")
            and token.pos_ in ("ADJ", "PROPN", "NOUN")
            and above != i
            and above > i
        ):
            noun = noun_lemma(self.doc[above])
            if noun in self.lexicon.idle or above in self.names.at:
                return
            sense = "place" if noun in self.lexicon.land or noun in self.lexicon.topics else "actor"
            self.found.add(i, i + 1, i, "name", Facts(nations=[nation]), form="modifier", sense=sense)
            return
        if dep in ("cop", "root", "xcomp") or (token.pos_ == "ADJ" and not self.tree.kids(i, "det")):
            return
        start, end = core(self.tree, i)
        singular = not is_plural(self.doc[i]) and any(
            self.doc[child].lower_ in ("a", "an") for child in self.tree.kids(i, "det")
        )
        if singular:
            self.found.add(start, end, i, "group", Facts(nations=[nation], noun="citizen", sector="CVL"))
        else:
            self.found.add(start, end, i, "name", Facts(nations=[nation]))
