"""Whom an office means: "the Turkish leader", "the foreign minister", "his counterpart", "the former president"."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from dragoman.knowledge import Entity, Knowledge
from dragoman.knowledge.names import fold
from dragoman.reading.actors.drafts import Draft, Facts
from dragoman.reading.actors.homes import Homes
from dragoman.reading.actors.lexicon import Lexicon
from dragoman.reading.actors.linking import INTERNATIONAL, SECRETARY_GENERAL, UNITED_NATIONS, Linker, Profile
from dragoman.reading.actors.memory import Memory
from dragoman.reading.actors.phrases import first_conjunct, noun_lemma
from dragoman.reading.actors.view import View
from dragoman.reading.tree import Tree

# How a draft is resolved elsewhere: as a set of parties, as a group.
Other = Callable[[Draft], tuple[str, ...]]


class OfficeResolver:
    """Resolves the offices of one article."""

    def __init__(
        self, tree: Tree, linker: Linker, knowledge: Knowledge, lexicon: Lexicon, published: date,
        memory: Memory, homes: Homes, view: View, *, sides: Other, group: Other,
        between: Callable[[], tuple[str, ...]],
    ) -> None:  # fmt: skip
        self.tree, self.linker, self.knowledge, self.lexicon, self.published = (
            tree,
            linker,
            knowledge,
            lexicon,
            published,
        )
        self.memory, self.homes, self.view = memory, homes, view
        self._sides, self._group, self._between = sides, group, between

    def resolve(self, draft: Draft) -> tuple[str, ...]:
        """The holder where he can be known, else the part of a country that he belongs to; empty for nobody."""
        facts = draft.facts
        office = facts.office or ""
        owners = facts.bodies or facts.nations
        if office in ("counterpart", "colleague"):
            return self._counterpart(draft)
        if facts.owners and not draft.plural and (facts.noun or "") in self.lexicon.mouthpieces:
            behind = self.memory.person_of(self.memory.heads.get(facts.owners[0]))
            if behind is not None:
                return (behind.id,)
        if facts.owners and not owners:
            owners = [owner for index in facts.owners[:1] if (owner := self.memory.owner_behind(index)) is not None]
        if not owners and draft.possessor is None and not draft.plural and (seat := self._seat(draft)) is not None:
            owners = [seat]
        if draft.possessor is not None and not owners:
            owners = [owner] if (owner := self.memory.owner_behind(draft.possessor)) else []
        if owners:
            articles = {self.tree.doc[child].lower_ for child in self.tree.kids(draft.head, "det", "nummod")}
            some = bool(articles & {"a", "an", "one", "another"})
            # "A U.N. spokesman" is any of them.
            if office in self.lexicon.between and draft.definite and not draft.plural and facts.nations:
                # "The Algerian mediator" is who mediates here and comes from there, whomever he mediates for.
                called = self.view.called(draft, office)
                if called:
                    return tuple(called)
            found = [] if some else [person for owner in owners for person in self._holder(office, owner, facts)]
            if found and (not draft.plural or len(owners) > 1 or len(found) > 1):
                return tuple(dict.fromkeys(found))
            if draft.plural or not draft.definite:
                return tuple(dict.fromkeys(self.memory.part(owner, facts.sector or "GOV", facts) for owner in owners))
            called = self.view.called(draft, office) if facts.nations and draft.possessor is None else []
            return tuple(called) or (self._someone(draft, owners[0]),)
        if draft.plural and office in self.lexicon.between:
            # "The mediators" are neither of the sides between whom they stand.
            called = self._recent_persons(draft, office, 2)
            return tuple(called) if draft.definite and len(called) == 2 else self._between()
        if draft.plural:
            recent = self._recent_persons(draft, office, 2)
            if draft.definite and len(recent) == 2:
                return tuple(recent)
            # "The two ministers" may stand for their countries, "the two commanders" for soldiers alone.
            ranks = office in self.lexicon.ranks and facts.count is None
            soldiers = facts.sector in ("MIL", "REB") and (ranks or office not in self.lexicon.persons)
            return (self._sides(draft) if draft.definite and not soldiers else ()) or self._group(draft)
        if not draft.definite:
            return self._group(draft) if facts.sector is not None or "spokes" in office else ()
        recent = self._recent_persons(draft, office, 3)
        if office in self.lexicon.soft:
            # Whom the article has called a mediator, before who has been one elsewhere.
            recent.sort(key=lambda one: office not in self.linker.profiles[one].said)
        if facts.former:
            # "The ousted president" is not the one who is president.
            recent = [one for one in recent if self.linker.profiles[one].office != office] or recent
        recent = recent[:1] or self.view.soft(draft, office)
        if recent:
            return tuple(recent)
        if office in self.lexicon.institutional:
            return self._institutional(office, facts)
        if office in self.lexicon.single and not facts.former:
            country = self.homes.salient(draft)
            if country is not None:
                found = self._holder(office, country, facts)
                if found:
                    return tuple(found)
        if office in self.lexicon.between:
            between = self._between()
            return between if len(between) == 1 else ()
        country = self.homes.salient(draft)
        return (self._someone(draft, country),) if country is not None else ()

    def _seat(self, draft: Draft) -> str | None:
        """The country in whose capital an office has its office: "the prime minister's office in Nairobi"."""
        above = self.tree.heads[draft.head]
        own = self.tree.deps[draft.head] == "nmod:poss" and noun_lemma(self.tree.doc[above]) in self.lexicon.mouthpieces
        if not own or above + 2 >= len(self.tree.doc) or self.tree.doc[above + 1].lower_ != "in":
            return None
        name = self.homes.names.at.get(above + 2)
        first = name.entities[0] if name is not None and name.entities else None
        return first.id if first is not None and first.kind == "country" and first.by == "capital" else None

    def _institutional(self, office: str, facts: Facts) -> tuple[str, ...]:
        """Who holds an office of the body last told of that has such an office, or else that body itself."""
        told = self.memory.recent_profiles()
        named = {profile.id for profile in told}
        for profile in told:
            body = profile.id if profile.kind != "person" else profile.of
            known = self.knowledge.entity(body) if body is not None and not self.knowledge.is_country(body) else None
            if known is None:
                continue
            found = self._holder(office, known.id, facts)
            # Of a party's secretary-general one hears as such only where the article has named him.
            if found and (known.sector in INTERNATIONAL or not named.isdisjoint(found)):
                return tuple(found)
        heard = any(name.entities and name.entities[0].id == UNITED_NATIONS for name in self.homes.names.found)
        return tuple(self._holder(office, UNITED_NATIONS, facts)) if heard and office == SECRETARY_GENERAL else ()

    def _holder(self, office: str, owner: str, facts: Facts) -> list[str]:
        """The person of the article, or else the holder on the day, of an office of a country or body."""
        offices = self._leading(owner) if office == "leader" and self.knowledge.is_country(owner) else [office]
        for title in offices:
            told = [one.id for one in self.memory.recent_profiles() if self._has_held(one, title, owner)]
            holding = [] if facts.former else [one for one in told if self.linker.profiles[one].office == title]
            if told:
                return (holding or told)[:1]
        if facts.former:
            return self._once(offices, owner)
        for title in offices:
            of = self._led_by(owner, title)
            holders = self.knowledge.holders(title, of, self.published)
            called = {holder.id: self._titles(holder, title, of) for holder in holders}
            there = self._for_region({name for names in called.values() for name in names}, facts.region)
            named = tuple(holder for holder in holders if not there.isdisjoint(called[holder.id]))
            sent = any(self._post(name) for names in called.values() for name in names)
            # A state has many ambassadors: the only one who is known need not be the one who is meant.
            holders = named if sent and title not in self.lexicon.single else named or holders
            if holders and (len(holders) == 1 or title in self.lexicon.single):
                return [self.linker.known(holders[0].id)]
        return []

    def _once(self, titles: list[str], owner: str) -> list[str]:
        """Who of the article held one of these offices once, whomever he acts for now."""
        for profile in self.memory.recent_profiles():
            if profile.kind != "person" or not profile.known:
                continue
            for tenure in self.knowledge.offices(profile.id):
                over = tenure.end is not None and tenure.end < self.published
                if over and tenure.of == owner and tenure.office in titles:
                    return [profile.id]
        return []

    def _has_held(self, profile: Profile, title: str, owner: str) -> bool:
        """Whether someone of the article holds or held an office: by the knowledge base, else as the text says."""
        if profile.kind != "person" or owner not in (profile.country, profile.of):
            return False
        if title == "leader" and self.knowledge.is_country(owner) and profile.of != owner:
            # Who leads a party of a country is not the country's leader.
            return False
        if profile.known and self.knowledge.is_country(owner):
            # The president of a part of a country, or of a party in it, is not the country's.
            held = profile.said | {tenure.office for tenure in self.knowledge.offices(profile.id) if tenure.of == owner}
        else:
            held = profile.offices
        return title in held or any(
            office.endswith(" " + title) and not set(office.split()) & self.lexicon.lesser for office in held
        )

    def _led_by(self, owner: str, title: str) -> str:
        """The federation whose head led a country while it was a part of one."""
        federation = self.lexicon.federations.get(owner)
        if federation is None or title not in self.lexicon.leaders:
            return owner
        known = self.knowledge.country(federation)
        over = known is not None and known.end is not None and known.end < self.published.year
        return owner if over or not self.knowledge.holders(title, federation, self.published) else federation

    def _leading(self, country: str) -> list[str]:
        leaders = list(self.lexicon.leaders)
        if country in self.lexicon.cabinet_led and self._led_by(country, "president") == country:
            leaders.remove("prime minister")
            leaders.insert(0, "prime minister")
        return leaders

    def _titles(self, holder: Entity, office: str, of: str) -> list[str]:
        """What an office that someone holds is called there: "ambassador to Chad"."""
        held = self.knowledge.offices(holder.id, self.published)
        return [tenure.title for tenure in held if tenure.office == office and tenure.of == of and tenure.title]

    def _post(self, title: str) -> str:
        """The place or the matter that a title is for: "Chad"; empty where it tells of none."""
        words = title.split()
        at = next((index for index, word in enumerate(words) if word in self.lexicon.posting), len(words))
        return " ".join(words[at + 1 :])

    def _for_region(self, titles: set[str], region: str | None) -> set[str]:
        """The titles that tell of the region that a text tells of, in its words or as the same country."""
        if region is None or not titles:
            return set()
        words = f" {fold(region)} "
        found = {title for title in titles if words in f" {fold(title)} "}
        if not found and (country := self._country(region)) is not None:
            found = {title for title in titles if country == self._country(self._post(title))}
        return found

    def _country(self, place: str) -> str | None:
        """The country that a name of it or of its capital means."""
        hits = self.knowledge.lookup(place, on=self.published)
        return hits[0].id if hits and hits[0].kind == "country" else None

    def _counterpart(self, draft: Draft) -> tuple[str, ...]:
        """ "His Ukrainian counterpart": who holds there the office of the one who is told of."""
        base = None
        if draft.possessor is not None:
            owner = self.memory.heads.get(draft.possessor)
            first = first_conjunct(self.tree, draft.head)
            # "Met the minister and his Turkish counterpart": the minister's.
            beside = self.memory.person_of(self.memory.heads.get(first)) if first != draft.head else None
            base = beside or self.memory.person_of(owner)
        if base is None:
            base = next((p for p in self.memory.recent_profiles() if p.kind == "person" and p.offices), None)
        if base is None or not draft.facts.nations:
            return ()
        offices = [base.office] if base.office in self.lexicon.single else []
        offices += [
            office for office in sorted(base.offices) if office in self.lexicon.single and office not in offices
        ]
        if base.office == "leader" or not offices:
            offices += ["president", "prime minister"]
        found = []
        for nation in draft.facts.nations:
            for office in offices:
                holder = self._holder(office or "", nation, draft.facts)
                if holder:
                    found += holder
                    break
            else:
                found.append(self.memory.part(nation, "GOV", draft.facts))
        return tuple(dict.fromkeys(found))

    def _someone(self, draft: Draft, owner: str | None) -> str:
        """One official without a name: the part of a country that they belong to, or a key of their own words."""
        facts = draft.facts
        if owner is not None and self.knowledge.is_country(owner):
            return self.linker.group(owner, "ELI" if facts.former else facts.sector or "GOV", facts.words)
        if owner is not None and owner not in self.linker.profiles:
            self.linker.known(owner)
        return (
            owner
            if owner is not None and owner in self.linker.profiles
            else self.linker.own_key(facts.words, facts, "person")
        )

    def _recent_persons(self, draft: Draft, office: str, count: int) -> list[str]:
        doer = self.memory.doer_beside(draft)
        persons = (p for p in self.memory.recent_profiles() if p.kind == "person" and p.id != doer)
        return [person.id for person in persons if self._fits(person, office)][:count]

    def _fits(self, profile: Profile, office: str) -> bool:
        """Whether "the minister" can be a foreign minister."""
        if office in profile.offices:
            return True
        if office == "minister" and profile.office == "prime minister":
            return False
        if office == "leader":
            return any(title in profile.offices for title in self.lexicon.leaders)
        if office == "opposition leader":
            # Who leads a party of the opposition.
            return profile.sector in ("OPP", "PTY") and profile.office in ("leader", "president", "chairman")
        return any(
            title.endswith(" " + office) and not set(title.split()) & self.lexicon.lesser
            for title in sorted(profile.offices)
        )
