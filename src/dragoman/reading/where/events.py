"""An event's own place: what the tree ties to its predicate, not just a place in its sentence."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from spacy.tokens import Doc, Span

from dragoman.knowledge.places import load_gazetteer
from dragoman.reading.tree import Tree
from dragoman.reading.where.model import PlaceMention
from dragoman.reading.where.words import load_words
from dragoman.records import Place, Where

# Prepositions that put an event somewhere; those of motion do so where the event is a going there.
AT = frozenset(
    "in at near outside inside on off around along across within throughout above over under beneath "
    "beside between amid by".split()
)
TO = frozenset({"to", "into", "toward", "towards", "through", "via", "for"})
_UNDER = (
    "obl",
    "obl:unmarked",
    "advmod",
    "nmod",
    "nmod:poss",
    "nmod:unmarked",
    "compound",
    "amod",
    "appos",
    "obj",
    "flat",
    "nmod:desc",
)
_BESIDE = frozenset({"compound", "amod", "nmod:poss", "appos", "nmod:unmarked", "nmod:desc"})
_CLAUSAL = frozenset({"acl", "acl:relcl", "advcl", "ccomp", "parataxis", "conj", "csubj", "xcomp"})
# "signed in Beijing after four days of talks": the talks were there too.
_WITHIN = frozenset({"in", "at", "during", "for", "after", "following", "on"})
_PAST = frozenset({"after", "following"})
_GROUNDS = frozenset({"island", "mountain", "river", "sea", "venue", "site"})
# What is done to these is done where they are: "struck camps in Pakistan", "met officials in Geneva".
_PLACED = frozenset({"force", "meeting"})
_POINTS = frozenset({"venue", "site", "city"})
_FIRST_PERSON = frozenset({"i", "we"})
# What is nearer to a point says more of where.
_FINENESS = {
    "venue": 0,
    "site": 0,
    "city": 1,
    "island": 2,
    "mountain": 2,
    "river": 2,
    "sea": 2,
    "territory": 3,
    "region": 4,
    "country": 5,
}


class EventPlaces:
    """Places of an article, ready to be asked for the place of one event after another."""

    def __init__(self, doc: Doc, places: Sequence[PlaceMention], tree: Tree | None = None) -> None:
        self.tree = tree or Tree.of(doc)
        self.doc = doc
        self._words = load_words()
        self.heads: dict[int, PlaceMention] = {place.head: place for place in places if not place.dateline}
        self.dateline = next((place for place in places if place.dateline), None)
        self._towns = sorted((p for p in places if p.kind in _POINTS), key=lambda place: place.start)
        self._starts = [place.start for place in self._towns]
        self._ends = {place.end: place for place in places}
        line = self.dateline.end if self.dateline is not None else 0
        # The first sentence that tells something; a dateline may stand as a sentence of its own.
        self.lead = self.tree.sentence[min(line + 8, len(doc) - 1)] if len(doc) else 0

    def where(self, predicate: int, act: str | None = None) -> Where | None:
        """The place of the event that a predicate states, or None.

        Args:
            predicate: The token that states the event.
            act: What sort of act it is, where that is known: "meeting", "deal", "speech", "force", "other".
        """
        of_talks = self.of_talks(predicate) if act == "deal" and self.tree.sentence[predicate] <= self.lead else None
        return self.stated(predicate, act) or of_talks or self._of_lead(predicate)

    def stated(self, predicate: int, act: str | None = None) -> Where | None:
        """The place that the tree ties to a predicate, or None."""
        joined = self._same_subject(predicate)
        for step in self._steps(predicate):
            found = list(self._of(step, predicate, act, shared=step in joined))
            if not found and step == predicate:
                # "met and signed a pact in Nairobi": what follows in the same breath.
                for child in self.tree.kids(step, "conj"):
                    if not self.tree.kids(child, "nsubj", "nsubj:pass"):
                        # "Quit the talks and left for Nairobi": one was elsewhere before.
                        found += (p for p in self._obliques(child) if self._case(p.head) not in ("to", "for"))
                if not found and act == "force":
                    found = list(self._deep(step))
            if found:
                best = min(found, key=lambda place: (_FINENESS.get(place.kind or "", 6), place.start))
                return self.placed(best)
        fronted = self._fronted(predicate)
        if fronted is not None:
            return self.placed(fronted)
        head = self.tree.heads[predicate]
        if act == "deal" and self.tree.deps[predicate] in ("ccomp", "parataxis") and head != predicate:
            # "told the delegates at the castle that they have reached agreement": announced where it was made.
            announced = [*self._obliques(head), *(p for o in self.tree.kids(head, "obj") for p in self._obliques(o))]
            return self.placed(announced[0]) if announced else None
        if act == "speech" and self.tree.deps[predicate] in ("ccomp", "parataxis") and head != predicate:
            # "We call upon them", he read out in the palace.
            own = any(self.doc[i].lower_ in _FIRST_PERSON for i in self.tree.kids(predicate, "nsubj"))
            spoken = list(self._obliques(head)) if own else []
            return self.placed(spoken[0]) if spoken else None
        return None

    def _fronted(self, predicate: int) -> PlaceMention | None:
        """The place that opens a sentence, for a later clause: "In Pale, A did not comment, but B denounced …"."""
        tree = self.tree
        if tree.deps[predicate] != "conj" or not tree.kids(predicate, "nsubj", "nsubj:pass"):
            return None
        head = tree.heads[predicate]
        subjects = tree.kids(head, "nsubj", "nsubj:pass")
        opening = [i for i in tree.kids(head, "obl") if subjects and i < subjects[0] and self._case(i) == "in"]
        return next((self.heads[i] for i in opening if i in self.heads), None)

    def route(self, predicate: int) -> Sequence[str]:
        """The countries between whose towns somebody goes: "shuttled between Cairo and Jerusalem"."""
        doc, tree = self.doc, self.tree
        if doc[predicate].lemma_.lower() not in self._words.plying:
            return ()
        ends = [i for i in tree.kids(predicate, "obl") if self._case(i) == "between"]
        ends += [other for i in ends for other in tree.kids(i, "conj")]
        return [code for i in ends if (code := self._land_of(i)) is not None]

    def _land_of(self, head: int) -> str | None:
        """The country in which lies what a phrase names, be it a town that stands for a government."""
        place = next(self._within(head), None)
        if place is not None:
            return place.record.country
        known = load_gazetteer().lookup(self._name(head).text)
        return known[0].country if known and self.doc[head].pos_ == "PROPN" else None

    def placed(self, place: PlaceMention) -> Where:
        """A house that nobody knows stands where the lead was written: "WASHINGTON - … at the State Department".

        Else in the town that was named last ("… in Asmara. They signed at State House"), and a village by its
        neighbour's name ("in Borregaard and Oslo").
        """
        where = place.where
        if where.country is not None or place.kind not in (None, "venue", "site"):
            return where
        town = self._beside(place)
        if town is None and self.tree.sentence[place.start] <= self.lead:
            town = self.dateline
        if town is None and self._is_house(place):
            town = self.town_before(place.start)
            if town is not None and self.tree.sentence[place.start] - self.tree.sentence[town.start] > 2:
                town = self.dateline
        if town is None or town.record.country is None:
            return where
        return Where(where.text, where.name, town.record.country, town.record.latitude, town.record.longitude, None)

    def _beside(self, place: PlaceMention) -> PlaceMention | None:
        """The place of a known country that stands beside another by "and"."""
        tree = self.tree
        linked = tree.kids(place.head, "conj")
        if tree.deps[place.head] == "conj":
            linked = [*linked, tree.heads[place.head]]
        known = (self.heads[i] for i in linked if i in self.heads)
        return next((other for other in known if other.record.country is not None), None)

    def _is_house(self, place: PlaceMention) -> bool:
        """Whether a name is that of a house: "State House", "the Hilton", "Castle Buildings"."""
        words = {self.doc[i].lower_.removesuffix("s") for i in range(place.start, place.end)}
        article = place.start > 0 and self.doc[place.start - 1].lower_ == "the"
        return article or bool(words & self._words.houses)

    def _deep(self, predicate: int) -> Iterator[PlaceMention]:
        """Places anywhere in the clause, for what is done to things: "rammed a truck into a convoy near the port"."""
        tree = self.tree
        stack = [predicate]
        while stack:
            i = stack.pop()
            if i in self.heads and self._case(i) in AT:
                yield self.heads[i]
            for child in tree.children[i]:
                if tree.deps[child] not in _CLAUSAL and not tree.deps[child].startswith("nsubj"):
                    stack.append(child)

    def town_before(self, token: int) -> PlaceMention | None:
        """The town or house named last before a token, the dateline's included."""
        at = bisect_left(self._starts, token)
        return self._towns[at - 1] if at else self.dateline

    def _of_lead(self, predicate: int) -> Where | None:
        """The dateline's place, for what an article reports first, in the past tense and with no other place about.

        "LOMÉ - The government and the rebels signed …": an agency's dateline says where its news happened.
        """
        tree, doc = self.tree, self.doc
        if self.dateline is None or tree.sentence[predicate] > tree.sentence[self.dateline.head] + 1:
            return None
        first, last = tree.bounds(predicate)
        if first > self.dateline.end + 8 or any(first <= head <= last for head in self.heads):
            return None
        verb = predicate
        while doc[verb].pos_ in ("NOUN", "PROPN") and tree.heads[verb] != verb:
            verb = tree.heads[verb]
        past = "Past" in doc[verb].morph.get("Tense", []) or any(
            doc[child].lower_ in ("have", "has") for child in tree.kids(verb, "aux")
        )
        main = tree.deps[verb] in ("root", "conj", "parataxis") or tree.deps[tree.heads[verb]] == "root"
        return self.dateline.where if past and main else None

    def of_talks(self, predicate: int) -> Where | None:
        """The town where the talks were that the sentence of a deal names: "…, they said after talks in Geneva"."""
        first, last = self.tree.bounds(predicate)
        for i in range(first, last + 1):
            if self.doc[i].lower_ in self._words.gatherings and i != predicate:
                found = next((place for place in self._obliques(i) if place.kind in _POINTS), None)
                if found is not None:
                    return found.where
        return None

    def _steps(self, predicate: int) -> Iterator[int]:
        """The predicate, then those whose clause it shares."""
        tree = self.tree
        yield predicate
        at = predicate
        for _ in range(4):
            dep, head = tree.deps[at].split(":")[0], tree.heads[at]
            if head == at:
                return
            if self.doc[at].pos_ in ("NOUN", "PROPN") and not tree.kids(at, "cop"):
                # "talks" in "held talks", "a round of talks": the place stands with the words above.
                if dep in ("obj", "nsubj", "obl", "nmod", "compound", "conj", "xcomp") and self._lends(at, head):
                    at = head
                    yield at
                    continue
                return
            if dep == "acl" and head in self.heads:
                return  # "in Geneva, brokered by …": its place stands right before it, and nothing above is its own
            if dep == "acl" and self.doc[at].tag_ == "VBN" and self.doc[head].lower_ in self._words.occasions:
                at = head  # "talks in Geneva, brokered by …"
                yield at
                continue
            if dep == "xcomp" and self.doc[head].lemma_.lower() not in self._words.phases:
                return  # "agreed in Paris to meet": the meeting is elsewhere
            if dep in ("xcomp", "conj", "advcl") and not tree.kids(at, "nsubj", "nsubj:pass"):
                at = head
                yield at
                continue
            return

    def _same_subject(self, predicate: int) -> set[int]:
        """The predicate and those it is joined to by "and" or "but" with one subject: what places that, places all."""
        tree, same = self.tree, {predicate}
        while tree.deps[predicate] == "conj" and not tree.kids(predicate, "nsubj", "nsubj:pass", "nsubj:outer"):
            predicate = tree.heads[predicate]
            same.add(predicate)
        return same

    def _lends(self, noun: int, head: int) -> bool:
        """Whether the place of the word above is the noun's too: not so for "spoke in Paris of the talks"."""
        dep = self.tree.deps[noun].split(":")[0]
        if dep in ("nmod", "compound"):
            return any(self.doc[child].lower_ == "of" for child in self.tree.kids(noun, "case")) or dep == "compound"
        if dep == "obl":
            # "Fled to Kenya after the coup": that was where they fled from.
            within = _WITHIN - _PAST if self._words.is_leaving(self.doc[head]) else _WITHIN
            return any(self.doc[child].lower_ in within for child in self.tree.kids(noun, "case"))
        return True

    def _of(self, step: int, predicate: int, act: str | None, *, shared: bool) -> Iterator[PlaceMention]:
        tree, doc = self.tree, self.doc
        if (place := self._before_where(step)) is not None:
            yield place
        if tree.deps[step] == "acl" and doc[step].tag_ == "VBN" and tree.heads[step] in self.heads:
            yield self.heads[tree.heads[step]]
        lemma = doc[step].lemma_.lower()
        nominal = doc[step].pos_ in ("NOUN", "PROPN")
        raised = tree.heads[step] if tree.deps[step] == "xcomp" and step == predicate else step
        if raised != step and act is not None and tree.kids(raised, "nsubj:pass", "aux:pass"):
            # "Parliament in Freetown is expected to ratify": who is expected to is who does it.
            for subject in tree.kids(raised, "nsubj:pass", "nsubj"):
                yield from (place for place in self._obliques(subject) if place.kind in _POINTS)
        for child in tree.children[step]:
            dep = tree.deps[child]
            base = dep.split(":")[0]
            word = doc[child].lower_
            if base == "nsubj" and lemma in self._words.hosting:
                yield from self._within(child)
            if base == "nsubj" and word in self._words.occasions:
                yield from self._obliques(child)
            elif dep in ("nsubj", "nsubj:pass") and shared and act is not None and not nominal:
                # "Parliament in Freetown is to ratify", "protesters in Tehran stormed"
                # and "a spokesman for the ministry in Rome".
                below = [child, *tree.kids(child, "nmod")]
                for place in (place for part in below for place in self._obliques(part)):
                    if act == "force" or place.kind in _POINTS or self._case(place.head) == "in":
                        yield place
                for clause in tree.kids(child, "acl"):
                    if doc[clause].tag_ in ("VBG", "VBN") and doc[clause].lemma_.lower() in self._words.assembled:
                        yield from self._obliques(clause)
            if dep == "nsubj:pass" and child in self.heads:
                yield self.heads[child]  # "Mosul was captured"
            if base == "obj" and child != predicate:
                if child in self.heads:
                    yield self.heads[child]
                elif act == "force" and lemma in self._words.invading and (land := self._country(child)) is not None:
                    yield land
                elif act in _PLACED or word in self._words.occasions:
                    yield from self._obliques(child)
                    if act == "force" and lemma in self._words.invading and word in self._words.towns:
                        yield from self._unnamed(child, "in")  # "shelled the town"
                    if act == "force":
                        # "Occupied the Heglig oilfield", "bombed the airport of Asmara".
                        parts = [k for k in tree.kids(child, "nmod") if self._case(k) == "of"]
                        parts += tree.kids(child, "compound", "nmod:desc")
                        yield from (self.heads[k] for k in parts if k in self.heads)
                elif word in self._words.deals:
                    yield from (place for place in self._obliques(child) if place.kind in _POINTS)
            if base in ("obl", "nmod", "advmod") and dep != "obl:agent":
                yield from self._oblique(child, step)
                spoken = act == "speech" and not self._words.is_motion(doc[step])
                if spoken and self._case(child) == "from" and child in self.heads:
                    # "Condemned the accord from Beirut"
                    yield from (place for place in (self.heads[child],) if place.kind in _POINTS)
                if base != "advmod" and self._case(child) == "of" and nominal:
                    if child in self.heads:
                        yield self.heads[child]
                    elif act == "force":
                        yield from self._obliques(child)  # "the killing of 26 people in Pahalgam"
            if dep in _BESIDE and nominal and child in self.heads:
                yield self.heads[child]
            if dep in ("acl", "acl:relcl") and nominal and not self._has_own_subject(child):
                yield from self._obliques(child)  # "talks held in Geneva"
            if dep == "advcl" and child < step and not tree.kids(child, "nsubj") and shared:
                # "Speaking in Brussels, he …"
                for oblique in tree.kids(child, "obl"):
                    if self._case(oblique) in AT:
                        yield from self._within(oblique)

    def _country(self, head: int) -> PlaceMention | None:
        """The country that a phrase names, though it stands for whoever acts: "Iraq invaded Kuwait", "bombed Syria"."""
        span = self._name(head)
        gazetteer = load_gazetteer()
        code = gazetteer.country_named(span.text)
        land = gazetteer.country(code) if code is not None else None
        if land is None:
            return None
        point = (land.latitude, land.longitude, land.geonames)
        record = Place(span.text, land.name, land.country, *point, span.start_char, span.end_char)
        return PlaceMention(span.start, span.end, head, record, "country", dateline=False)

    def _name(self, head: int) -> Span:
        last = max([head, *self.tree.kids(head, "flat", "flat:name")])
        first = min([head, *(i for i in self.tree.kids(head, "compound", "amod") if self.doc[i].pos_ == "PROPN")])
        return self.doc[first : last + 1]

    def _before_where(self, step: int) -> PlaceMention | None:
        """ "Geneva, where they met": the place right before the relative word, else what the clause hangs on."""
        tree, doc = self.tree, self.doc
        for child in tree.children[step]:
            if doc[child].lower_ in ("where", "wherein") and child < step:
                end = child - 1 if child and doc[child - 1].text == "," else child
                if end in self._ends:
                    return self._ends[end]
                if tree.deps[step] == "acl:relcl":
                    return next(self._within(tree.heads[step], clause=step), None)
        return None

    def _has_own_subject(self, verb: int) -> bool:
        doc = self.doc
        return any(doc[s].tag_ not in ("WDT", "WP") for s in self.tree.kids(verb, "nsubj", "nsubj:pass"))

    def _obliques(self, token: int) -> Iterator[PlaceMention]:
        """Places that phrases of a word name by a preposition of place."""
        for child in self.tree.children[token]:
            if self.tree.deps[child].split(":")[0] in ("obl", "nmod", "advmod"):
                yield from self._oblique(child, token)

    def _oblique(self, child: int, above: int) -> Iterator[PlaceMention]:
        """The places of one phrase of a word."""
        doc = self.doc
        lemma = doc[above].lemma_.lower()
        word, case = doc[child].lower_, self._case(child)
        if word == "here" and self.dateline is not None:
            yield self.dateline
        elif word == "there" and (town := self.town_before(child)) is not None:
            yield town
        elif case in ("on", "over") and (
            lemma in self._words.about or (doc[above].lower_ in self._words.talks and child in self.heads)
        ):
            return
        elif case in ("on", "over") and lemma in self._words.gatherings:
            # "Talks on Western Sahara" are about it; on an island one can hold them.
            if child in self.heads or (self._case(child) == "on" and doc[child].lower_ in _GROUNDS):
                yield from (place for place in self._within(child) if place.kind in _GROUNDS)
        elif case in AT or (child in self.heads and not case and doc[child].pos_ == "ADV"):
            found = list(self._within(child))
            if not found and case in ("in", "at", "inside", "near", "outside"):
                found = self._unnamed(child, case)
            yield from found
        elif case in TO and self._words.is_motion(doc[above]):
            yield from self._within(child)
        elif word in self._words.periods:
            yield from self._obliques(child)  # "met for the first time in Havana"

    def _unnamed(self, token: int, case: str) -> list[PlaceMention]:
        """ "in the resort", "at the foreign ministry": the town named last, the town that the report comes from."""
        doc, tree = self.doc, self.tree
        word = doc[token].lower_
        definite = any(doc[child].lower_ in ("the", "this", "that") for child in tree.kids(token, "det"))
        if word in self._words.houses and definite and self.dateline is not None:
            return [self.dateline]
        if any(doc[child].pos_ == "PROPN" for child in tree.kids(token, "nmod", "appos", "flat", "compound")):
            return []  # a town with a name of its own
        if word in self._words.towns and definite:
            town = self.town_before(tree.left[token])
            if town is not None and tree.sentence[token] - tree.sentence[town.start] > 2:
                town = self.dateline or town  # so far back, the report's own town is nearer to the mind
            return [] if town is None else [town]
        return []

    def _within(self, token: int, clause: int = -1) -> Iterator[PlaceMention]:
        """Places of a phrase: its head, or what stands with it ("a summit in Brussels", "the city of Antalya")."""
        tree = self.tree
        stack = [token]
        while stack:
            i = stack.pop()
            if i in self.heads:
                yield self.heads[i]
            for child in tree.children[i]:
                dep = tree.deps[child]
                if child == clause or dep in _CLAUSAL:
                    continue
                if i != token and self.doc[i].lemma_.lower() in self._words.deeds:
                    continue  # "struck in retaliation for the killing of pilgrims in …": that was another place
                if dep.startswith("nmod") and self._case(child) not in (*AT, "of", ""):
                    continue
                if dep in _UNDER:
                    stack.append(child)

    def _case(self, token: int) -> str:
        return next((self.doc[child].lower_ for child in self.tree.kids(token, "case")), "")
