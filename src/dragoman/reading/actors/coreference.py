"""Which mentions are one: names first, then descriptions, then pronouns, in one walk through the article."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import cached_property

from dragoman.knowledge import Knowledge
from dragoman.reading.actors.descriptions import DescriptionResolver
from dragoman.reading.actors.drafts import Draft, Facts
from dragoman.reading.actors.homes import INNER_SECTORS
from dragoman.reading.actors.lexicon import Lexicon
from dragoman.reading.actors.linking import INTERNATIONAL, SECRETARY_GENERAL, UNITED_NATIONS, Linker, Profile
from dragoman.reading.actors.names import Names
from dragoman.reading.actors.phrases import SUBJECTS, first_conjunct, governor, relative_antecedent
from dragoman.reading.actors.quotes import Quotes
from dragoman.reading.actors.salience import Salience
from dragoman.reading.tree import Tree

_WITHIN = frozenset({"REB", "OPP", "PTY", "COP", "LEG", "JUD"})
_SPEAKERS = frozenset("i me my mine myself we us our ours ourselves".split())


class Resolver:
    """Finds the actors behind the drafts of one article."""

    def __init__(
        self, tree: Tree, names: Names, linker: Linker, knowledge: Knowledge, lexicon: Lexicon, published: date
    ) -> None:
        self.tree, self.doc, self.names = tree, tree.doc, names
        self.linker, self.knowledge, self.lexicon, self.published = linker, knowledge, lexicon, published
        self._weak: Counter[str] = Counter()
        self._acting: set[str] | None = None
        self.quotes = Quotes(tree, lexicon)
        self.salience = Salience(tree, lexicon, self.quotes, linker.profiles)
        self.descriptions = DescriptionResolver(tree, names, linker, knowledge, lexicon, published)

    def resolve(self, drafts: Sequence[Draft]) -> None:
        """Give every draft its actors; those of no actor stay without."""
        self._full_names(drafts)
        # A single word that the labels alone take for a person is one where they do so again.
        self._weak = Counter(self._text(draft) for draft in drafts if draft.name is not None and draft.name.weak)
        by_head = {draft.head: draft for draft in drafts if draft.kind != "pronoun"}
        by_head.update((draft.head, draft) for draft in drafts if draft.kind == "pronoun")
        later: list[Draft] = []
        drafts = self._with_pairs(drafts)
        for number, draft in enumerate(drafts):
            if draft.kind == "pair":
                draft.actors = self._listed(draft, by_head)
                continue
            if draft.facts.holders:
                self._hold(draft, drafts, number, by_head)
            if draft.kind == "name":
                draft.actors = self._name(draft)
                self._answers_to(draft)
                self._belongs(draft, by_head)
                self._serves(draft)
            elif draft.kind == "pronoun":
                if draft.facts.noun in _SPEAKERS:
                    later.append(draft)
                elif not draft.actors:
                    draft.actors = self._pronoun(draft, drafts, number, by_head)
            elif draft.facts.listed:
                draft.actors = self._listed(draft, by_head)
            elif draft.kind != "thing":
                owner = by_head.get(draft.possessor) if draft.possessor is not None else None
                if owner is not None and owner.kind == "pronoun" and not owner.actors:
                    # Whose "its leaders" are must be known first.
                    owner.actors = self._pronoun(owner, drafts, number, by_head)
                    self.descriptions.memory.hold(owner)
                for head in draft.facts.owners:
                    # "The president's spokesman" opens before "the president" does.
                    named = by_head.get(head)
                    if named is not None and named.kind in ("name", "office"):
                        found = self._name if named.kind == "name" else self.descriptions.resolve
                        named.actors = named.actors or found(named)
                        self.descriptions.memory.hold(named)
                draft.actors = draft.actors or self._named_beside(draft, by_head) or self.descriptions.resolve(draft)
            self.descriptions.memory.see(draft)
            for actor in draft.actors:
                self.salience.counts[actor] += 1
        for draft in later:
            speaker = self.quotes.speaker(draft.head)
            if speaker is not None and speaker in by_head and speaker != draft.head:
                draft.actors = by_head[speaker].actors[:1]

    def _named_beside(self, draft: Draft, by_head: dict[int, Draft]) -> tuple[str, ...]:
        """The body whose name stands in apposition to a description: "the other rebel group, Bemba's Movement"."""
        if draft.plural or draft.kind not in ("group", "body"):
            return ()
        for child in self.tree.kids(draft.head, "appos"):
            name = self.names.at.get(child)  # the tree may hang its last word elsewhere
            named = by_head.get(name.head) if name is not None else None
            if name is None or named is None or named.name is not name:
                continue
            if any(entity.kind in ("organization", "group") for entity in name.entities[:1]):
                named.actors = self._name(named)
                return named.actors
        return ()

    def _hold(self, draft: Draft, drafts: Sequence[Draft], number: int, by_head: dict[int, Draft]) -> None:
        """Find out whose a phrase is where no known name says it: "its spokesman", "the group's leader"."""
        facts = draft.facts
        for head in facts.holders:
            holder = by_head.get(head)
            if holder is None or holder is draft:
                continue
            if holder.kind == "pronoun":
                holder.actors = holder.actors or self._pronoun(holder, drafts, number, by_head)
            elif holder.kind == "name":
                holder.actors = self._name(holder)
            elif holder.kind not in ("thing", "sides") and not holder.facts.holders:
                holder.actors = holder.actors or self.descriptions.resolve(holder)
            self.descriptions.memory.hold(holder)
            chief = self.descriptions.memory.person_of(holder)
            if facts.office == "deputy" and chief is not None and chief.office in self.lexicon.single:
                facts.office = f"deputy {chief.office}"
            owner = self.descriptions.memory.owner_behind(head)
            if owner is None and holder.facts.office == SECRETARY_GENERAL and not self._have_secretaries:
                owner = UNITED_NATIONS  # where no other body with one is told of
            if owner is not None and draft.kind == "name" and facts.office == "counterpart":
                continue  # of another country than the one whose counterpart he is
            if owner is not None and draft.kind == "name":
                owners = facts.nations if self.knowledge.is_country(owner) else facts.bodies
                owners.append(owner)
            elif owner is not None and draft.possessor is None and draft.plural and holder.kind != "pronoun":
                draft.possessor = head  # "the group's ministers", "the movement's commanders"
        facts.holders = []
        if draft.kind == "name":
            for actor in draft.actors:
                self.linker.learn(actor, facts)

    @cached_property
    def _have_secretaries(self) -> bool:
        """Whether the article names a body other than the United Nations that has a secretary-general."""
        first = [name.entities[0] for name in self.names.found if name.entities]
        bodies = {body.id for body in first if body.kind != "person" and body.sector in INTERNATIONAL}
        return any(
            self.knowledge.holders(SECRETARY_GENERAL, body, self.published) for body in bodies - {UNITED_NATIONS}
        )

    def _with_pairs(self, drafts: Sequence[Draft]) -> list[Draft]:
        """The drafts with whole coordinations among them, "Russia and Ukraine", for the pronouns after them."""
        last: dict[int, list[Draft]] = {}
        for draft in drafts:
            if draft.kind not in ("pronoun", "thing") and draft.form != "modifier" and draft.sense == "actor":
                last.setdefault(first_conjunct(self.tree, draft.head), []).append(draft)
        pairs: dict[int, Draft] = {}
        for parts in last.values():
            if len(parts) > 1:
                facts = Facts(listed=[part.head for part in parts])
                start, end = parts[0].start, parts[-1].end
                pairs[id(parts[-1])] = Draft(start, end, parts[0].head, "pair", "name", facts, plural=True)
        found: list[Draft] = []
        for draft in drafts:
            found.append(draft)
            if id(draft) in pairs:
                found.append(pairs[id(draft)])
        return found

    def _listed(self, draft: Draft, by_head: dict[int, Draft]) -> tuple[str, ...]:
        """Those whom "the two ministers, A and B" or "the leaders of A and B" lists."""
        found: dict[str, None] = {}
        for head in draft.facts.listed:
            other = by_head.get(head)
            if other is not None and not other.actors and other.kind == "name":
                other.actors = self._name(other)
            found.update(dict.fromkeys(other.actors if other is not None else ()))
        facts = draft.facts
        if facts.office is not None and draft.kind == "sides":
            # "The chief negotiators, A and B": each of them is one.
            said = Facts(nations=facts.nations, bodies=facts.bodies, office=facts.office, former=facts.former)
            said.sector = facts.sector
            for actor in found:
                if self.linker.profiles[actor].kind == "person":
                    self.linker.learn(actor, said)
        return tuple(found)

    # ------------------------------------------------------------------ names

    def _full_names(self, drafts: Sequence[Draft]) -> None:
        """Persons by their full names first, so that a surname in the headline finds its bearer."""
        for draft in drafts:
            name = draft.name
            if name is not None and draft.kind == "name" and name.end - name.start > 1 and self._is_person(draft):
                draft.actors = (self.linker.person(self._text(draft), name.entities, draft.facts),)

    def _does_something(self, text: str) -> bool:
        """Whether an unknown name acts somewhere in the article: what never does may be a place, a thing, a show."""
        if self._acting is None:
            self._acting = set()
            for name in self.names.found:
                dep, above = governor(self.tree, name.head)
                acts = dep == "obl:agent" or (
                    dep in ("nsubj", "obj") and self.tree.doc[above].lemma_.lower() in self.lexicon.animate
                )
                last = self.knowledge.noun(self.tree.doc[name.end - 1].lower_)
                if acts or (last is not None and last.kind == "organization" and dep in SUBJECTS):
                    self._acting.add(name.full or self.tree.doc[name.start : name.end].text)
        half = self.lexicon.halves.get(text)
        return text in self._acting or (half is not None and self.linker.context[half] > 0)

    def _is_person(self, draft: Draft) -> bool:
        name = draft.name
        if name is None:
            return False
        return name.entities[0].kind == "person" if name.entities else name.label == "PERSON"

    def _belongs(self, draft: Draft, by_head: dict[int, Draft]) -> None:
        """Give who is somebody's adviser or envoy the one whom that one acts for: "Kofi Annan's special adviser"."""
        facts = draft.facts
        if facts.office is None or not facts.owners or facts.nations or facts.bodies or facts.former:
            return
        chief = by_head.get(facts.owners[0])
        if chief is None or chief is draft or chief.kind != "name":
            return
        chief.actors = chief.actors or self._name(chief)
        self.descriptions.memory.hold(chief)
        owner = self.descriptions.memory.owner_behind(chief.head)
        if owner is None:
            return
        (facts.nations if self.knowledge.is_country(owner) else facts.bodies).append(owner)
        for actor in draft.actors:
            profile = self.linker.profiles[actor]
            if not profile.known and profile.office == facts.office and profile.of is None:
                profile.of, profile.country = owner, profile.country or self.linker.home(owner)
                profile.sector = self.linker.sector(owner) if not self.knowledge.is_country(owner) else profile.sector

    def _answers_to(self, draft: Draft) -> None:
        """Give a counterpart with a name the office of the one whose counterpart he is."""
        if draft.facts.office != "counterpart":
            return
        memory = self.descriptions.memory
        whose = [memory.heads[i] for i in range(draft.start, draft.end) if i in memory.heads and i != draft.head]
        owner = next((one for each in whose if each.kind == "pronoun" and (one := memory.person_of(each))), None)
        persons = (one for one in memory.recent_profiles() if one.kind == "person")
        base = owner or next((one for one in persons if one.office is not None and one.id not in draft.actors), None)
        if base is None or base.office is None or base.office.startswith("former"):
            return
        said = replace(draft.facts, office=base.office)
        for actor in draft.actors:
            if self.linker.profiles[actor].kind == "person" and not self.linker.profiles[actor].known:
                self.linker.learn(actor, said)

    def _serves(self, draft: Draft) -> None:
        """Whom an official serves of whom only the office is told: "Foreign Minister Mpenzwe", at home."""
        for actor in draft.actors:
            profile = self.linker.profiles[actor]
            if profile.kind != "person" or profile.known or profile.country is not None or profile.of is not None:
                continue
            if profile.office is None or draft.facts.office in (None, "counterpart"):
                continue  # a counterpart is of another country
            if profile.sector in _WITHIN:
                # A rebel leader of whom no more is told is one of the country that the article is about.
                homes = self.descriptions.homes
                profile.country = homes.country_here(draft) or homes.salient(draft, profile.sector)
            elif profile.sector in ("GOV", "MIL") or self._is_bygone_minister(profile):
                homes = self.descriptions.homes
                without = self._led_by_others(profile) | self._sent_to(draft)
                profile.country = homes.sender(draft, "MIL") or homes.salient(draft, without=without)
                profile.country = profile.country or homes.salient(draft, without=self._sent_to(draft))
                profile.of = profile.country if not profile.office.startswith("former") else None

    def _is_bygone_minister(self, profile: Profile) -> bool:
        """Whether somebody held an office at home: a former diplomat may be anyone's."""
        office = (profile.office or "").removeprefix("former ")
        anywhere = office in self.lexicon.soft or office == "ambassador"
        return profile.sector == "ELI" and office != profile.office and not anywhere

    def _sent_to(self, draft: Draft) -> set[str]:
        """The country that an office is for or at: an ambassador to Laos is another country's."""
        region = draft.facts.region
        hits = self.knowledge.lookup(region, on=self.published) if region is not None else ()
        return {hits[0].id} if hits and hits[0].kind == "country" else set()

    def _led_by_others(self, profile: Profile) -> set[str]:
        """The countries in which somebody else holds an office that only one can hold, by the base or by the text."""
        office = profile.office
        if office is None or office not in self.lexicon.single:
            return set()
        known = {country for country in self.linker.context if self.knowledge.holders(office, country, self.published)}
        told = {
            other.of
            for other in self.linker.profiles.values()
            if other.office == office and other.of is not None and other.id != profile.id
        }
        return known | told

    def _is_only_a_label(self, draft: Draft, text: str) -> bool:
        """Whether an unknown name before a noun is a name of that thing: "the Rio protocol", "the Condor range"."""
        entities = draft.name.entities if draft.name is not None else ()
        if any(entity.kind != "person" or entity.by != "surname" for entity in entities):
            return False
        known = self.linker.knows(entities, draft.facts)
        return not known and self.linker.named(text) is None and not self._does_something(text)

    def _calls_itself_it(self, draft: Draft) -> bool:
        """Whether who is named says something of itself as "it": "Washington said that it would send troops"."""
        dep, verb = governor(self.tree, draft.head)
        if dep not in SUBJECTS or self.doc[verb].lemma_.lower() not in self.lexicon.speech:
            return False
        said = [kid for clause in self.tree.kids(verb, "ccomp") for kid in self.tree.kids(clause, "nsubj")]
        return any(self.doc[subject].lower_ == "it" for subject in said)

    def _text(self, draft: Draft) -> str:
        assert draft.name is not None
        return draft.name.full or self.doc[draft.name.start : draft.name.end].text

    def _name(self, draft: Draft) -> tuple[str, ...]:
        if draft.actors:
            return draft.actors
        if draft.name is None:
            return tuple(self.linker.known(nation) for nation in draft.facts.nations)
        name, text = draft.name, self._text(draft)
        if draft.form == "modifier" and self._is_only_a_label(draft, text):
            return ()
        if self._is_person(draft):
            if name.weak and self._weak[text] < 2 and self.linker.named(text) is None and not draft.facts.office:
                return ()
            return (self.linker.person(text, name.entities, draft.facts),)
        if name.end - name.start == 1 and draft.sense == "actor" and name.label not in ("GPE", "LOC", "ORG"):
            # "Jordan", after Michael Jordan.
            person = self.linker.named(text)
            if person is not None and name.entities and not self._calls_itself_it(draft):
                return (person,)
        if not name.entities and not self._does_something(text):
            return ()
        body = self.linker.body(text, name.entities, draft.facts)
        profile = self.linker.profiles[body]
        if not profile.known and profile.country is None and profile.sector in INNER_SECTORS:
            # A movement that nobody knows is one of the country whose conflict is told.
            profile.country = self.descriptions.homes.told_of() or self.descriptions.homes.salient(
                draft, profile.sector
            )
        return (body,)

    # ------------------------------------------------------------------ pronouns

    def _pronoun(
        self, draft: Draft, drafts: Sequence[Draft], number: int, by_head: dict[int, Draft]
    ) -> tuple[str, ...]:
        if draft.facts.noun == "who":
            antecedent = relative_antecedent(self.tree, draft.head)
            found = by_head.get(antecedent) if antecedent is not None else None
            return found.actors if found is not None and found.head < draft.head else ()
        if (draft.facts.noun or "").endswith(("self", "selves")):
            subject = next(
                (
                    child
                    for child in self.tree.children[self.tree.clause(draft.head)]
                    if self.tree.deps[child] in SUBJECTS
                ),
                None,
            )
            found = by_head.get(subject) if subject is not None else None
            if found is not None and found.actors:
                return found.actors
        beside = self._beside(draft, by_head)
        if beside is not None:
            draft.antecedent = beside.head
            return beside.actors
        low = max(0, number - 200)
        ahead = []
        for other in drafts[number + 1 : number + 40]:
            if self.tree.sentence[other.head] != self.tree.sentence[draft.head]:
                break
            if other.kind == "name" and other.name is not None:
                if not other.actors and other.name is not None and not self._is_person(other):
                    other.actors = self._name(other)
                if other.actors:
                    ahead.append(other)
        chosen = self.salience.choose(draft, drafts[low:number], ahead)
        if chosen is None:
            return ()
        draft.antecedent = chosen.head
        return chosen.actors

    def _beside(self, draft: Draft, by_head: dict[int, Draft]) -> Draft | None:
        """Whom a genitive means in the second part of "Qatar and its neighbours", "Annan and his aides": the first."""
        above = self.tree.heads[draft.head]
        if self.tree.deps[draft.head] != "nmod:poss" or self.tree.deps[above] != "conj":
            return None
        first = by_head.get(self.tree.heads[above])
        if first is None or len(first.actors) != 1 or first.plural or first.head > draft.head:
            return None
        person = self.linker.profiles[first.actors[0]].kind == "person"
        lower = self.doc[draft.head].lower_
        return first if (lower == "its" and not person) or (lower in ("his", "her") and person) else None


def tell_twins_apart(names: Names, context: Counter[str], lexicon: Lexicon) -> None:
    """Put first, of two countries of one name, the one that the article also names by another: Congo, by Brazzaville.

    The people of both go by one word too; it is counted for the one that is meant.
    """
    by_demonym = Counter(names.nations.values())
    for first, second in lexicon.twins.items():
        others = context[first] - by_demonym[first]
        if context[second] - by_demonym[second] <= max(others, 0):
            continue
        for name in names.found:
            if [entity.id for entity in name.entities[:2]] == [first, second]:
                name.entities = (name.entities[1], name.entities[0], *name.entities[2:])
        for token, nation in names.nations.items():
            if nation == first:
                names.nations[token] = second
        context[second] += by_demonym[first]
        context[first] -= by_demonym[first]


def drop_homonyms(tree: Tree, names: Names, context: Counter[str], knowledge: Knowledge, lexicon: Lexicon) -> None:
    """Take the name of a country that is here a part of another one for a mere place: Georgia, told of with Atlanta."""
    for homonym, other in lexicon.homonyms.items():
        found = [name for name in names.found if tree.doc[name.start : name.end].text == homonym and name.entities]
        if not found:
            continue
        own = found[0].entities[0].id
        if context[own] + sum(context[neighbour] for neighbour in knowledge.borders(own)) > 0:
            continue
        signs = lexicon.signs[homonym]
        if context[other] or any(token.text.title() in signs for token in tree.doc):
            for name in found:
                name.entities, name.label = (), "GPE"


def country_context(tree: Tree, names: Names, knowledge: Knowledge, lexicon: Lexicon, published: date) -> Counter[str]:
    """How often the article names each country, by its name, its capital, its people or one of its bodies."""
    found: Counter[str] = Counter(names.nations.values())
    for name in names.found:
        best = name.entities[0] if name.entities else None
        # A person who is only guessed at, by surname or sound, says nothing of the countries that the article is about.
        if best is None or best.country is None or (best.kind == "person" and best.by in ("surname", "spelling")):
            continue
        if best.kind == "person" and _serves_many(best.id, knowledge, published):
            continue  # nor does where the commander of an international force comes from
        # A country known by no other name ("Congo") says nothing of which one it is.
        if len(name.entities) > 1 and name.entities[1].kind == best.kind == "country":
            continue
        if tree.doc[name.start : name.end].text not in lexicon.homonyms:
            found[best.country] += 1
    return found


def _serves_many(person: str, knowledge: Knowledge, published: date) -> bool:
    """Whether somebody served a body of many states on the day, and no state."""
    tenure = knowledge.last_office(person, published)
    held = tenure is not None and tenure.held_on(published)
    body = knowledge.entity(tenure.of) if tenure is not None and held else None
    return body is not None and body.kind != "country" and body.sector in INTERNATIONAL
