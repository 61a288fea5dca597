"""Whom a description means: "the Turkish leader", "his counterpart", "the alliance", "the rebels", "the two sides"."""

from __future__ import annotations

from datetime import date
from itertools import combinations

from dragoman.knowledge import Entity, Knowledge
from dragoman.knowledge.names import fold
from dragoman.reading.actors.drafts import Draft, Facts
from dragoman.reading.actors.lexicon import Lexicon
from dragoman.reading.actors.linking import Linker, Profile
from dragoman.reading.actors.names import Names
from dragoman.reading.actors.phrases import SUBJECTS, case_of, conjuncts, first_conjunct, governor
from dragoman.reading.tree import Tree

# How many mentions back a description looks for whom it means.
_WINDOW = 80
# Conjoined phrases in this many sentences back may be "the two sides".
_PAIR_SENTENCES = 8
_ARMED = frozenset({"REB", "UAF", "PRM"})
# Sources of the press: whose they are, only the text can say.
_SPOKEN_FOR = frozenset({"diplomat", "analyst", "observer", "expert", "source"})
# Groups that have people of their own, not those of a country.
# Whoever serves one of these acts for no country.
_ABROAD = frozenset({"IGO", "UNO", "EUR", "NGO"})
_COMMANDED = frozenset({"REB", "UAF", "PRM", "PRE", "OPP", "PTY", "CRM"})


class DescriptionResolver:
    """Resolves the descriptions of one article, told of each draft in reading order."""

    def __init__(
        self, tree: Tree, names: Names, linker: Linker, knowledge: Knowledge, lexicon: Lexicon, published: date
    ) -> None:
        self.tree, self.doc, self.names = tree, tree.doc, names
        self.linker, self.knowledge, self.lexicon, self.published = linker, knowledge, lexicon, published
        self._seen: list[Draft] = []
        self._by_noun: dict[str, tuple[str, ...]] = {}
        self._by_sector: dict[str, tuple[int, str]] = {}
        self._heads: dict[int, Draft] = {}
        self._pairs: list[tuple[int, tuple[str, ...]]] = []
        self._armed: dict[str, None] | None = None
        self._enemies = frozenset(
            frozenset(pair)
            for conflict in knowledge.conflicts
            for pair in combinations(sorted(set(conflict.parties)), 2)
        )

    def see(self, draft: Draft) -> None:
        """Remember a draft for what comes later."""
        self._heads[draft.head] = draft
        if not draft.actors:
            return
        self._seen.append(draft)
        sentence = self.tree.sentence[draft.head]
        if draft.kind == "group" and draft.facts.noun is not None:
            self._by_noun[draft.facts.noun] = draft.actors
        for actor in draft.actors:
            profile = self.linker.profiles[actor]
            if profile.kind != "person" and profile.sector not in ("GOV", "UNK"):
                self._by_sector[profile.sector] = (sentence, actor)
        if self.tree.deps[draft.head] == "conj" and draft.sense == "actor":
            # Places that are listed ("in Moscow, Tehran and Kabul") are no sides.
            parts = [self._heads[head] for head in conjuncts(self.tree, draft.head) if head in self._heads]
            together = tuple(dict.fromkeys(a for part in parts if part.sense == "actor" for a in part.actors))
            if len(together) > 1:
                if self._pairs and set(self._pairs[-1][1]) < set(together):
                    self._pairs.pop()
                self._pairs.append((sentence, together))

    def hold(self, draft: Draft) -> None:
        """Know a pronoun before its turn, for the phrase that it is the genitive of."""
        self._heads[draft.head] = draft

    def resolve(self, draft: Draft) -> tuple[str, ...]:
        """The actors that a description means; empty where nobody can be named."""
        if draft.kind == "sides":
            return self._sides(draft)
        if draft.kind == "office":
            return self._office(draft)
        if draft.kind == "body":
            found = self._body(draft)
            if found or draft.facts.sector is None:
                return found
        return self._group(draft)

    # ------------------------------------------------------------------ offices

    def _office(self, draft: Draft) -> tuple[str, ...]:
        facts = draft.facts
        office = facts.office or ""
        owners = facts.bodies or facts.nations
        if office in ("counterpart", "colleague"):
            return self._counterpart(draft)
        if facts.owners and not draft.plural and (facts.noun or "") in self.lexicon.mouthpieces:
            behind = self._person_of(self._heads.get(facts.owners[0]))
            if behind is not None:
                return (behind.id,)
        if facts.owners and not owners:
            owners = [owner for index in facts.owners[:1] if (owner := self._owner_behind(index)) is not None]
        if draft.possessor is not None and not owners:
            owners = [owner] if (owner := self._owner_behind(draft.possessor)) else []
        if owners:
            found = [person for owner in owners for person in self._holder(office, owner, facts)]
            if found and (not draft.plural or len(owners) > 1 or len(found) > 1):
                return tuple(dict.fromkeys(found))
            if draft.plural or not draft.definite:
                return tuple(dict.fromkeys(self._part(owner, facts.sector or "GOV", facts) for owner in owners))
            called = self._called(draft, office) if facts.nations and draft.possessor is None else []
            return tuple(called) or (self._someone(draft, owners[0]),)
        if draft.plural:
            recent = self._recent_persons(office, 2)
            if draft.definite and len(recent) == 2:
                return tuple(recent)
            return (self._sides(draft) if draft.definite else ()) or self._group(draft)
        if not draft.definite:
            return self._group(draft) if facts.sector is not None or "spokes" in office else ()
        recent = self._recent_persons(office, 3)
        if facts.former:
            # "The ousted president" is not the one who is president.
            recent = [one for one in recent if self.linker.profiles[one].office != office] or recent
        recent = recent[:1] or self._soft(draft, office)
        if recent:
            return tuple(recent)
        if office in self.lexicon.single and not facts.former:
            country = self.salient_country(draft)
            if country is not None:
                found = self._holder(office, country, facts)
                if found:
                    return tuple(found)
        country = self.salient_country(draft)
        return (self._someone(draft, country),) if country is not None else ()

    def _holder(self, office: str, owner: str, facts: Facts) -> list[str]:
        """The person of the article, or else the holder on the day, of an office of a country or body."""
        offices = self._leading(owner) if office == "leader" and self.knowledge.is_country(owner) else [office]
        for title in offices:
            for profile in self._recent_profiles():
                if self._has_held(profile, title, owner):
                    return [profile.id]
        if facts.former:
            return []
        for title in offices:
            holders = self.knowledge.holders(title, self._led_by(owner, title), self.published)
            if facts.region is not None:
                holders = self._for_region(holders, title, owner, facts.region) or holders
            if holders and (len(holders) == 1 or title in self.lexicon.single):
                return [self.linker.known(holders[0].id)]
        return []

    def _has_held(self, profile: Profile, title: str, owner: str) -> bool:
        """Whether someone of the article holds or held an office: by the knowledge base, else as the text says."""
        if profile.kind != "person" or owner not in (profile.country, profile.of):
            return False
        if title == "leader" and self.knowledge.is_country(owner) and profile.of != owner:
            # Who leads a party of a country is not the country's leader.
            return False
        if profile.known and self.knowledge.is_country(owner) and profile.of not in (None, owner):
            # The president of a part of a country is not the country's.
            held = {tenure.office for tenure in self.knowledge.offices(profile.id) if tenure.of == owner}
        else:
            held = profile.offices
        return title in held or any(office.endswith(" " + title) for office in held)

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

    def _for_region(self, holders: tuple[Entity, ...], office: str, owner: str, region: str) -> tuple[Entity, ...]:
        found = []
        for holder in holders:
            for tenure in self.knowledge.offices(holder.id, self.published):
                if (
                    tenure.office == office
                    and tenure.of == owner
                    and tenure.title
                    and fold(region) in fold(tenure.title)
                ):
                    found.append(holder)
        return tuple(found)

    def _counterpart(self, draft: Draft) -> tuple[str, ...]:
        """ "His Ukrainian counterpart": who holds there the office of the one who is told of."""
        base = None
        if draft.possessor is not None:
            owner = self._heads.get(draft.possessor)
            first = first_conjunct(self.tree, draft.head)
            # "Met the minister and his Turkish counterpart": the minister's.
            beside = self._person_of(self._heads.get(first)) if first != draft.head else None
            base = beside or self._person_of(owner)
        if base is None:
            base = next((p for p in self._recent_profiles() if p.kind == "person" and p.offices), None)
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
                found.append(self._part(nation, "GOV", draft.facts))
        return tuple(dict.fromkeys(found))

    def _person_of(self, draft: Draft | None) -> Profile | None:
        if draft is None or not draft.actors:
            return None
        profile = self.linker.profiles[draft.actors[0]]
        return profile if profile.kind == "person" else None

    def _country_behind(self, possessor: int) -> str | None:
        draft = self._heads.get(possessor)
        if draft is None or not draft.actors:
            return None
        profile = self.linker.profiles[draft.actors[0]]
        return profile.country

    def _owner_behind(self, possessor: int) -> str | None:
        """The country or group that a possessor is, or that a person who is the possessor leads or acts for."""
        draft = self._heads.get(possessor)
        if draft is None or not draft.actors:
            return None
        profile = self.linker.profiles[draft.actors[0]]
        if profile.kind == "person":
            body = self.knowledge.entity(profile.of) if profile.of is not None else None
            led = body is not None and body.kind == "group"
            return profile.of if led else profile.country
        return profile.id if profile.sector in _COMMANDED or profile.country is None else profile.country

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

    def _recent_profiles(self) -> list[Profile]:
        """The actors of the last mentions, the last first."""
        found: dict[str, None] = {}
        for draft in reversed(self._seen[-_WINDOW:]):
            for actor in draft.actors:
                found.setdefault(actor)
        return [self.linker.profiles[actor] for actor in found]

    def _recent_persons(self, office: str, count: int) -> list[str]:
        return [p.id for p in self._recent_profiles() if p.kind == "person" and self._fits(p, office)][:count]

    def _soft(self, draft: Draft, office: str) -> list[str]:
        """The person in view for "the mediator", "the diplomat": the last who was a subject, else the last."""
        return self._in_view(draft) if office in self.lexicon.soft else []

    def _called(self, draft: Draft, noun: str) -> list[str]:
        """The person in view for what he is by calling or by birth: "the general", "the Dutch diplomat", "the priest".

        What a person has been ("the former Argentine foreign minister") may be anything.
        """
        facts = draft.facts
        known = noun in self.lexicon.soft or noun in self.lexicon.callings
        if facts.former and facts.office is None:
            known = known or self.knowledge.noun(noun) is not None
        if not known and not (facts.former and facts.office is not None and facts.nations):
            return []
        return self._in_view(draft)

    def _opposite(self, draft: Draft) -> list[str]:
        """The person in view who is not the one whose "host" or "successor" he is."""
        owner = self._person_of(self._heads.get(draft.possessor)) if draft.possessor is not None else None
        return self._in_view(draft, other_than=owner.id) if owner is not None and not draft.plural else []

    def _in_view(self, draft: Draft, other_than: str | None = None) -> list[str]:
        """The last person who was a subject, else the last, that what is said may be true of."""
        last: list[str] = []
        for earlier in reversed(self._seen[-_WINDOW:]):
            if self.tree.sentence[draft.head] - self.tree.sentence[earlier.head] > 3:
                break
            person = self._person_of(earlier)
            if person is None or person.id == other_than or not self._may_be(person, draft.facts):
                continue
            if self._apart(draft, earlier) and not self._taken_up(draft, earlier):
                if governor(self.tree, earlier.head)[0] in SUBJECTS:
                    return [person.id]
                last = last or [person.id]
        return last

    def _may_be(self, person: Profile, facts: Facts) -> bool:
        """Whether nationality, gender and office of a phrase can be this person's."""
        if facts.gender is not None and person.gender is not None and facts.gender != person.gender:
            return False
        if facts.former and facts.office is not None and person.office == facts.office:
            return False
        if not facts.nations:
            return True
        entity = self.knowledge.entity(person.id)
        home = entity.country if entity is not None else person.country
        # Of whom nobody knows where he comes from, a nationality is news.
        return home in facts.nations or (home is None and (person.sector in _ABROAD or not person.known))

    def _taken_up(self, draft: Draft, earlier: Draft) -> bool:
        """Whether a clause beside the phrase's own has this subject: then a pronoun would mean it, a phrase another."""
        if governor(self.tree, draft.head)[0] not in SUBJECTS or governor(self.tree, earlier.head)[0] not in SUBJECTS:
            return False
        own, other = governor(self.tree, draft.head)[1], governor(self.tree, earlier.head)[1]
        return self.tree.deps[own] in ("conj", "parataxis") and self.tree.heads[own] == other

    def _apart(self, draft: Draft, earlier: Draft) -> bool:
        """Two arguments of one predicate are two persons."""
        return governor(self.tree, draft.head)[1] != governor(self.tree, earlier.head)[1]

    def _fits(self, profile: Profile, office: str) -> bool:
        """Whether "the minister" can be a foreign minister."""
        if office in profile.offices:
            return True
        if office == "leader":
            return any(title in profile.offices for title in self.lexicon.leaders)
        if office == "opposition leader":
            # Who leads a party of the opposition.
            return profile.sector in ("OPP", "PTY") and profile.office in ("leader", "president", "chairman")
        return any(title.endswith(" " + office) for title in sorted(profile.offices))

    # ------------------------------------------------------------------ groups

    def _group(self, draft: Draft) -> tuple[str, ...]:
        facts = draft.facts
        owners = [*facts.nations]
        for index in facts.owners:
            profile = self._person_of(self._heads.get(index))
            if profile is not None and (owner := self._owner_behind(index)) is not None:
                owners.append(owner)
        if draft.possessor is not None and not owners and not facts.bodies:
            behind = self._owner_behind(draft.possessor)
            owners = [behind] if behind else []
        last = ((facts.noun or "").split() or [""])[-1]
        if facts.owners and not draft.plural and last in self.lexicon.mouthpieces:
            behind_it = self._person_of(self._heads.get(facts.owners[0]))
            if behind_it is not None:
                return (behind_it.id,)
        if draft.possessor is not None and last in self.lexicon.mouthpieces and not facts.used:
            # "Her spokesman said" is her word; "at her office" is a place.
            speaks = self._person_of(self._heads.get(draft.possessor))
            acts = governor(self.tree, draft.head)[0] in SUBJECTS or case_of(self.tree, draft.head) in ("", "by", "to")
            if speaks is not None:
                return (speaks.id,) if acts else ()
        sector = facts.sector or ("MIL" if last in self.lexicon.armed else "GOV" if facts.office else None)
        if sector is None and last.startswith("spokes"):
            sector = "GOV"
        if last == "opposition" and not owners and not facts.bodies and draft.definite:
            opposed = self._opposing()
            if opposed is not None:
                return (opposed,)
        if last in self.lexicon.opposites and draft.possessor is not None:
            return tuple(self._opposite(draft))
        if draft.definite and not draft.plural and not facts.bodies and draft.possessor is None:
            recent = self._called(draft, last)
            if recent:
                return tuple(recent)
        if last in self.lexicon.government or last == "country":
            if owners:
                return tuple(dict.fromkeys(self.linker.known(owner) for owner in owners))
            if draft.definite and not draft.plural and last != "state":
                country = self.salient_country(draft)
                return (self.linker.known(country),) if country is not None else ()
            return ()
        if facts.bodies:
            return tuple(dict.fromkeys(self.linker.known(body) for body in facts.bodies if self.knowledge.entity(body)))
        if owners:
            return tuple(dict.fromkeys(self._part(owner, sector or "CVL", facts) for owner in owners))
        if sector is None:
            return ()
        if draft.definite and sector in _ARMED:
            fighters = self._fighters(draft)
            if fighters:
                return fighters
        if draft.definite and facts.noun in self._by_noun:
            return self._by_noun[facts.noun]
        if (
            draft.definite
            and sector in self._by_sector
            and self.tree.sentence[draft.head] - self._by_sector[sector][0] <= 12
        ):
            return (self._by_sector[sector][1],)
        if not draft.definite and draft.plural and sector == "REB" and len(self._armed_groups()) == 1:
            return self._fighters(draft)
        if not draft.definite and last in _SPOKEN_FOR:
            # "Diplomats said": of which country is not told.
            words = self.doc[draft.head].lower_
            return (self.linker.own_key(words, Facts(noun=last, sector=sector), "group"),)
        if any(word in self.lexicon.regional for word in facts.words.replace("-", " ").split()):
            return ()
        country = self._sender(draft, sector) or self._country_here(draft) or self.salient_country(draft)
        if country is not None:
            return (self._part(country, sector, facts),)
        return (self.linker.own_key(facts.words or facts.noun or "", facts, "group"),)

    def _opposing(self) -> str | None:
        """The group of the article that is called an opposition, or whose leader is in one."""
        for profile in self._recent_profiles():
            if profile.kind == "person":
                body = self.knowledge.entity(profile.of) if profile.of is not None else None
            else:
                body = self.knowledge.entity(profile.id)
            if body is None or body.kind in ("person", "country"):
                continue
            if body.sector == "OPP" or any("opposition" in fold(name) for name in (body.name, *body.aliases)):
                return self.linker.known(body.id)
        return None

    def _fighters(self, draft: Draft) -> tuple[str, ...]:
        """Whom "the rebels" means: groups just named together, else the one armed group that the article names."""
        armed = self._armed_groups()
        if draft.plural:
            for at, pair in reversed(self._pairs):
                if self.tree.sentence[draft.head] - at > 4:
                    break
                together = tuple(actor for actor in pair if actor in armed)
                if len(together) > 1 and len(together) == len(pair):
                    return together
        if len(armed) == 1:
            return tuple(self.linker.known(group) for group in armed)
        for profile in self._recent_profiles():
            if profile.id in armed:
                return (profile.id,)
        return ()

    def _armed_groups(self) -> dict[str, None]:
        """The armed groups that the article names, and those that its persons lead."""
        if self._armed is None:
            self._armed = {}
            for name in self.names.found:
                best = name.entities[0] if name.entities else None
                if best is not None and best.kind == "group" and best.sector in _ARMED:
                    self._armed[best.id] = None
                elif best is not None and best.kind == "person" and best.by != "surname":
                    for tenure in self.knowledge.offices(best.id, self.published):
                        body = self.knowledge.entity(tenure.of)
                        if body is not None and body.kind == "group" and body.sector in _ARMED:
                            self._armed[body.id] = None
        return self._armed

    def _part(self, owner: str, sector: str, facts: Facts) -> str:
        if not self.knowledge.is_country(owner):
            return self.linker.known(owner)
        return self.linker.group(owner, "ELI" if facts.former else sector, facts.words)

    def _sender(self, draft: Draft, sector: str) -> str | None:
        """Whose the soldiers are whom somebody sends or keeps: "France, which keeps 3,500 soldiers there"."""
        dep, verb = governor(self.tree, draft.head)
        if sector != "MIL" or dep not in ("obj", "obl") or self.doc[verb].lemma_.lower() not in self.lexicon.sending:
            return None
        for _ in range(3):
            subject = next(iter(self.tree.kids(verb, "nsubj")), None)
            if subject is not None:
                return self._owner_behind(subject)
            if self.tree.deps[verb] not in ("conj", "xcomp", "advcl"):
                break
            verb = self.tree.heads[verb]
        return None

    def _country_here(self, draft: Draft) -> str | None:
        """The country that a place of the same sentence lies in."""
        low, high = self.tree.bounds(draft.head)
        for index in range(max(low, draft.head - 40), min(high + 1, draft.head + 40)):
            name = self.names.at.get(index)
            if name is not None and name.head == index and name.entities and name.entities[0].kind == "country":
                from_place = governor(self.tree, index)[0]
                if from_place in ("obl", "nmod"):
                    return name.entities[0].id
        return None

    def salient_country(self, draft: Draft) -> str | None:
        """The country that "the government" or "the army" belongs to here."""
        scores: dict[str, float] = {}
        here = self.tree.sentence[draft.head]
        for earlier in reversed(self._seen[-_WINDOW:]):
            gap = here - self.tree.sentence[earlier.head]
            if gap > 6:
                break
            for actor in earlier.actors[:1]:
                country = self.linker.profiles[actor].country
                if country is not None:
                    weight = 1.0 if governor(self.tree, earlier.head)[0] in SUBJECTS else 0.7
                    scores[country] = scores.get(country, 0.0) + weight / (1 + gap)
        total = sum(self.linker.context.values()) or 1
        for country, count in self.linker.context.items():
            scores[country] = scores.get(country, 0.0) + 1.5 * count / total
        return min(scores, key=lambda country: (-scores[country], country)) if scores else None

    # ------------------------------------------------------------------ bodies

    def _body(self, draft: Draft) -> tuple[str, ...]:
        """The body, or the country, mentioned last that the noun can stand for."""
        kinds = self.lexicon.bodies[self.doc[draft.head].lemma_.lower()]
        if "country" in kinds:
            behind = self._country_behind(draft.possessor) if draft.possessor is not None else None
            country = behind or self.salient_country(draft)
            return (self.linker.known(country),) if country is not None else ()
        for profile in self._recent_profiles():
            if profile.kind == "person" or profile.kind == "country":
                continue
            words = set(fold(profile.name).split())
            if profile.id in kinds or profile.sector in kinds or any(kind in words for kind in kinds):
                return (profile.id,)
        return ()

    # ------------------------------------------------------------------ parties

    def _sides(self, draft: Draft) -> tuple[str, ...]:
        """The parties that "the two sides" or "both" mean: those named together last, or the two most in view."""
        noun = draft.facts.noun or ""
        sentence = self.tree.sentence[draft.head]
        other = self._doer(draft)
        count = draft.facts.count
        best: tuple[str, ...] = ()
        top = float("-inf")
        for order, (at, pair) in enumerate(reversed(self._pairs)):
            if sentence - at > _PAIR_SENTENCES:
                break
            fitting = self._fitting(pair, noun, other)
            if len(fitting) < 2 or (count is not None and count > 2 and len(fitting) != count):
                continue
            # Near is likelier; those known to be enemies are likelier still, and a pair before a crowd.
            score = -0.5 * order + (0.4 if noun == "both" else 2.0) * self._opposed(fitting)
            score -= 1.0 if count == 2 and len(fitting) != 2 else 0.0
            if score > top:
                best, top = fitting, score
        if best:
            return best
        if count is not None and count > 2:
            return ()
        view: dict[str, float] = {}
        for earlier in reversed(self._seen[-_WINDOW:]):
            gap = sentence - self.tree.sentence[earlier.head]
            for actor in self._fitting(earlier.actors, noun, other):
                view[actor] = view.get(actor, 0.0) + 1 / (2 + gap)
        ranked = sorted(view, key=lambda actor: (-view[actor], actor))
        pairs = list(combinations(ranked[:4], 2))
        return tuple(sorted(next((pair for pair in pairs if self._opposed(pair)), pairs[0]))) if pairs else ()

    def _opposed(self, actors: tuple[str, ...]) -> bool:
        """Whether two of these are the parties of a known conflict, themselves or through whom they act for."""
        for pair in combinations(actors, 2):
            sides = [self._sides_of(actor) for actor in pair]
            if any(frozenset((one, two)) in self._enemies for one in sides[0] for two in sides[1] if one != two):
                return True
        return False

    def _sides_of(self, actor: str) -> tuple[str, ...]:
        profile = self.linker.profiles[actor]
        return tuple(side for side in (actor, profile.of, profile.country) if side is not None)

    def _fitting(self, actors: tuple[str, ...], noun: str, other: str | None) -> tuple[str, ...]:
        """Those of some actors who can be meant, in place of persons their countries where states are meant."""
        found: dict[str, None] = {}
        for actor in actors:
            if actor == other:
                continue
            if self._is_side(actor, noun):
                found[actor] = None
            elif noun in self.lexicon.states and (country := self.linker.profiles[actor].country) is not None:
                found[self.linker.known(country)] = None
        if self._any_kind(noun) and len({self.linker.profiles[actor].kind == "person" for actor in found}) > 1:
            # "The two" are two of a kind.
            return tuple(actor for actor in found if self.linker.profiles[actor].kind != "person")
        return tuple(found)

    def _doer(self, draft: Draft) -> str | None:
        """Who acts on the sides in the same clause, the mediator between them, and so is none of them."""
        index = draft.head
        personal = draft.facts.noun in self.lexicon.persons or draft.facts.noun == "both"
        for _ in range(8):
            for child in self.tree.children[index]:
                if self.tree.deps[child] in SUBJECTS and child < draft.head:
                    subject = self._heads.get(child)
                    if subject is not None and subject.actors:
                        return subject.actors[0]
            if self.tree.heads[index] == index or (self.tree.deps[index] == "ccomp" and personal):
                # Who says what the two men did may well be one of them.
                break
            index = self.tree.heads[index]
        return None

    def _any_kind(self, noun: str) -> bool:
        """Whether persons and countries alike can be meant: "the two", "the two rivals"."""
        return noun == "both" or (noun in self.lexicon.kin and noun not in self.lexicon.states)

    def _is_side(self, actor: str, noun: str) -> bool:
        kind = self.linker.profiles[actor].kind
        if self._any_kind(noun):
            return True
        if noun in self.lexicon.persons:
            return kind == "person"
        if noun in self.lexicon.states:
            return kind == "country"
        return kind != "person"
