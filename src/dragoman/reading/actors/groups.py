"""Whom a noun for a group or a body means: "the rebels", "Russian troops", "the opposition", "the alliance"."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from dragoman.knowledge import Knowledge
from dragoman.knowledge.names import fold
from dragoman.reading.actors.drafts import NATIVE, Draft, Facts
from dragoman.reading.actors.homes import INNER_SECTORS, Homes
from dragoman.reading.actors.involvement import INVOLVED, Involvement
from dragoman.reading.actors.lexicon import Lexicon
from dragoman.reading.actors.linking import Linker, Profile
from dragoman.reading.actors.memory import Memory
from dragoman.reading.actors.names import Names
from dragoman.reading.actors.phrases import SUBJECTS, case_of, governor, is_source, noun_lemma
from dragoman.reading.actors.view import View
from dragoman.reading.tree import Tree
from dragoman.records import Kind

_ARMED = frozenset({"REB", "UAF", "PRM"})
# What is labelled as a place is nobody of whom nothing else is told: "took Goma".
_PLACES = frozenset({"GPE", "LOC", "FAC"})
# Sources of the press: whose they are, only the text can say.
_SPOKEN_FOR = frozenset({"diplomat", "analyst", "observer", "expert", "source"})

# Forms of state that few have: "the kingdom" is one.
_FORMS = frozenset({"kingdom", "emirate", "sultanate"})
# Sectors of those who have men under them.
_COMMANDING = _ARMED | {"MIL", "COP"}
# Nouns that may stand for any body.
_VAGUE = frozenset({"group", "movement", "organization", "organisation", "front"})


class GroupResolver:
    """Resolves the groups and bodies of one article."""

    def __init__(
        self, tree: Tree, names: Names, linker: Linker, knowledge: Knowledge, lexicon: Lexicon, published: date,
        memory: Memory, homes: Homes, view: View,
    ) -> None:  # fmt: skip
        self.tree, self.doc, self.names = tree, tree.doc, names
        self.linker, self.knowledge, self.lexicon, self.published = linker, knowledge, lexicon, published
        self.memory, self.homes, self.view = memory, homes, view
        self.involvement = Involvement(tree.doc)
        self._armed: dict[str, None] | None = None

    def resolve(self, draft: Draft) -> tuple[str, ...]:
        """Those whom a group is: known bodies, parts of a country, a key of their own words; empty for nobody."""
        facts = draft.facts
        if facts.noun == NATIVE:
            return tuple(self.view.native(draft))
        owners = [*facts.nations]
        for index in facts.owners:
            profile = self.memory.person_of(self.memory.heads.get(index))
            if profile is not None and (owner := self.memory.owner_behind(index)) is not None:
                owners.append(owner)
        if draft.possessor is not None and not owners and not facts.bodies:
            behind = self.memory.owner_behind(draft.possessor)
            owners = [behind] if behind else []
        last = ((facts.noun or "").split() or [""])[-1]
        if facts.owners and not draft.plural and last in self.lexicon.mouthpieces:
            behind_it = self.memory.person_of(self.memory.heads.get(facts.owners[0]))
            if behind_it is not None:
                return (behind_it.id,) if not self._is_venue(draft, last) else ()
            office = self.memory.heads.get(facts.owners[0])
            if office is not None and office.kind == "office":
                return office.actors  # of a country's prime minister nobody knows more than whose he is
        if draft.possessor is not None and last in self.lexicon.mouthpieces and not facts.used:
            # "Her spokesman said" is her word; "at her office" is a place.
            speaks = self.memory.person_of(self.memory.heads.get(draft.possessor))
            acts = governor(self.tree, draft.head)[0] in SUBJECTS or case_of(self.tree, draft.head) in ("", "by", "to")
            if speaks is not None:
                return (speaks.id,) if acts else ()
        sector = facts.sector or ("MIL" if last in self.lexicon.armed else "GOV" if facts.office else None)
        if sector is None and last.startswith("spokes"):
            sector = "GOV"
        if last == "man" and draft.plural and draft.possessor is not None:
            # A general's men are soldiers, a rebel's are rebels.
            chief = self.memory.person_of(self.memory.heads.get(draft.possessor))
            sector = chief.sector if chief is not None and chief.sector in _COMMANDING else sector
        if sector is None and last in self.lexicon.delegated:
            sector = self._sent_by(facts, owned=bool(owners))
        if last == "opposition" and not owners and not facts.bodies and draft.definite:
            opposed = self._opposing()
            if opposed is not None:
                return (opposed,)
        if last == "neighbour" and (owners or draft.possessor is not None):
            return self._neighbour(draft, owners)
        if last in self.lexicon.opposing and draft.plural and (draft.possessor is not None or facts.owners):
            return self._against(draft, owners)
        if last in self.lexicon.opposites and draft.possessor is not None:
            return tuple(self.view.opposite(draft))
        ruling = last in self.lexicon.government
        if draft.definite and not draft.plural and not facts.bodies and draft.possessor is None and not ruling:
            recent = self.view.called(draft, last)
            if recent:
                return tuple(recent)
        if ruling or last == "country":
            if owners:
                return tuple(dict.fromkeys(self.linker.known(owner) for owner in owners))
            single = not draft.plural or last in ("authority", "authorities")
            if draft.definite and single and last != "state" and not facts.bodies:
                country = self.homes.told_of() if draft.form == "modifier" else self.homes.salient(draft, sector)
                if country is not None and facts.former:  # "the ousted government" governs no more
                    return (self.memory.part(country, "ELI", facts),)
                return (self.linker.known(country),) if country is not None else ()
            if not facts.bodies and draft.plural:
                return self._from_abroad(draft)  # "Western governments"
            if not facts.bodies or last == "presidency":  # "the Hamas leadership" leads no country
                return ()
        if facts.bodies:
            found = [entity for body in facts.bodies if (entity := self.knowledge.entity(body)) is not None]
            # "The Tuareg rebels of the MNLA" are the MNLA: a people only says which rebels.
            if sector in INNER_SECTORS:
                # "The parties of Northern Ireland" are not its executive.
                homes = [entity.country for entity in found if entity.sector == "GOV" and entity.country is not None]
                if homes and len(homes) == len(found):
                    return tuple(dict.fromkeys(self.memory.part(home, sector, facts) for home in homes))
            acting = [entity for entity in found if entity.sector != "UNK"] or found
            return tuple(dict.fromkeys(self.linker.known(entity.id) for entity in acting))
        if len(owners) > 1 and sector is None and not draft.plural and self._are_several(last):
            # "A committee of Kenya and Somalia" is theirs.
            return tuple(dict.fromkeys(self.linker.known(owner) for owner in owners))
        if owners:
            # Of "a Saudi source" nobody tells more than where it is.
            own = sector or ("UNK" if last == "source" else "CVL")
            return tuple(dict.fromkeys(self.memory.part(owner, own, facts) for owner in owners))
        if sector is None:
            return self.untold(draft)
        if draft.definite and sector in _ARMED:
            fighters = self._fighters(draft)
            if fighters:
                return fighters
        if draft.definite and facts.noun in self.memory.by_noun:
            return self.memory.by_noun[facts.noun]
        if (
            draft.definite
            and sector in self.memory.by_sector
            and self.tree.sentence[draft.head] - self.memory.by_sector[sector][0] <= 12
        ):
            return (self.memory.by_sector[sector][1],)
        if not draft.definite and draft.plural and sector == "REB" and len(self._armed_groups()) == 1:
            return self._fighters(draft)
        if not draft.definite and last in _SPOKEN_FOR and (last != "source" or sector is None):
            # "Diplomats said": of which country is not told.
            words = self.doc[draft.head].lower_
            return (self.linker.own_key(words, Facts(noun=last, sector=sector), "group"),)
        # "Foreign troops" are of no country that is told; every country has a foreign ministry.
        organ = last in self.lexicon.organs
        if not organ and self._regions(facts):
            return self._from_abroad(draft)
        # Delegates are not of the country in which they meet.
        sent = sector == "GOV" and not organ and (last in self.lexicon.delegated or last in self.lexicon.bodies)
        told_of = self.homes.told_of() if sent or sector in INNER_SECTORS else None
        country = self.homes.sender(draft, sector) or told_of
        if country is None and not sent:
            country = self.homes.seat(draft) if organ else self.homes.country_here(draft)
        if draft.form == "modifier":
            # "An army convoy": of one country's war, or nobody can say whose.
            return (self.memory.part(told_of, sector, facts),) if told_of is not None else ()
        country = country or self.homes.salient(draft, sector)
        if country is not None and not (sector == "CVL" and self._struck_by(country, draft)):
            return (self.memory.part(country, sector, facts),)
        return (self.linker.own_key(facts.words or facts.noun or "", facts, "group"),)

    def _is_venue(self, draft: Draft, noun: str) -> bool:
        """Whether something happens at the office of somebody, who does nothing: "outside the president's office"."""
        return noun == "office" and case_of(self.tree, draft.head) in self.lexicon.place_prepositions

    def untold(self, draft: Draft) -> tuple[str, ...]:
        """A key of their own words for those of whom nobody tells more than what they say or do: "witnesses said"."""
        noun = draft.facts.noun or noun_lemma(self.doc[draft.head])
        if draft.definite and noun in self.memory.by_noun:
            return self.memory.by_noun[noun]
        if noun in self.lexicon.documents or self.doc[draft.head].ent_type_ in _PLACES or not self._takes_part(draft):
            return ()
        kind: Kind = "group" if draft.plural or self._is_body(noun) else "person"
        return (self.linker.own_key(self._own_words(draft), draft.facts, kind),)

    def _own_words(self, draft: Draft) -> str:
        """What they are called: one by the words of a name ("the Justice Foundation"), several by their noun."""
        head = self.doc[draft.head]
        named = not draft.plural and head.pos_ == "PROPN"
        return (
            self.doc[draft.start : draft.end].text.removeprefix("The ").removeprefix("the ") if named else head.lower_
        )

    def _regions(self, facts: Facts) -> list[str]:
        return [word for word in facts.words.replace("-", " ").split() if word in self.lexicon.regional]

    def _from_abroad(self, draft: Draft) -> tuple[str, ...]:
        """A key of their own words for those who are of no one country, where they do something: "Arab states"."""
        if not draft.plural or draft.facts.office is not None or not self._takes_part(draft):
            return ()
        words = " ".join([*self._regions(draft.facts), self.doc[draft.head].lower_])
        return (self.linker.own_key(words, draft.facts, "group"),)

    def _takes_part(self, draft: Draft) -> bool:
        """Whether those of whom nothing more is told say something, or do something by the language model."""
        if is_source(self.tree, draft.head, self.lexicon.speech):
            return True
        return self.involvement.acting(draft.head) >= INVOLVED or self.involvement.suffering(draft.head) >= INVOLVED

    def _struck_by(self, country: str, draft: Draft) -> bool:
        """Whether a country does something to people of whom nobody says that they are its own: "Israel killed 70"."""
        doers = (self.memory.heads.get(i) for i in self.involvement.doers(draft.head))
        return any(doer is not None and doer.actors == (country,) for doer in doers)

    def _against(self, draft: Draft, owners: list[str]) -> tuple[str, ...]:
        """The opposition of the country that a person governs: "his opponents", "critics of the president"."""
        heads = [draft.possessor] if draft.possessor is not None else draft.facts.owners
        persons = [self.memory.person_of(self.memory.heads.get(head)) for head in heads]
        governing = [person for person in persons if person is not None and person.sector == "GOV"]
        countries = [owner for owner in owners if self.knowledge.is_country(owner)]
        if not governing or len(governing) < len(heads):
            return ()  # whom a rebel or an opponent has against him are too many
        return tuple(dict.fromkeys(self.memory.part(country, "OPP", draft.facts) for country in countries))

    def _sent_by(self, facts: Facts, *, owned: bool) -> str | None:
        """Whom delegates are sent by: the group that stands before them ("the rebel delegation"), else a government."""
        for word in reversed(facts.words.split()[:-1]):
            sector = self.knowledge.sector_of_noun(word)
            if sector is not None:
                return sector
        return "GOV" if owned else None

    def _are_several(self, noun: str) -> bool:
        known = self.knowledge.noun(noun)
        return known is not None and known.kind in ("people", "organization")

    def _is_body(self, noun: str | None) -> bool:
        known = self.knowledge.noun(noun) if noun is not None else None
        return noun in self.lexicon.bodies or (known is not None and known.kind in ("organization", "state"))

    def _neighbour(self, draft: Draft, owners: list[str]) -> tuple[str, ...]:
        """ "Its neighbour": the country across the border of which the article speaks most."""
        countries = [owner for owner in owners if self.knowledge.is_country(owner)]
        around = {border for country in countries for border in self.knowledge.borders(country)}
        ranked = [one for one, _ in self.linker.context.most_common() if one in around]
        if not ranked or draft.plural:
            return ()
        first = self.linker.context[ranked[0]]
        alone = len(ranked) == 1 or first >= 2 * self.linker.context[ranked[1]]
        return (self.linker.known(ranked[0]),) if alone else ()

    def _opposing(self) -> str | None:
        """The group of the article that is called an opposition, or whose leader is in one."""
        for profile in self.memory.recent_profiles():
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
        if draft.plural and draft.facts.sector == "PRM":
            # "The militias" are not the one army of rebels that the article names.
            armed = {group: None for group in armed if self._sector(group) != "REB"}
        if draft.plural:
            for at, pair in reversed(self.memory.pairs):
                if self.tree.sentence[draft.head] - at > 4:
                    break
                together = tuple(actor for actor in pair if actor in armed)
                if len(together) > 1 and len(together) == len(pair):
                    return together
        if "other" in draft.facts.words.split() and not draft.plural:
            # "The other rebel group" is not the one that was told of last.
            told = next((one.id for one in self.memory.recent_profiles() if one.id in armed), None)
            armed = {group: None for group in armed if group != told}
            return (self.linker.known(next(iter(armed))),) if len(armed) == 1 else ()
        if len(armed) == 1:
            return tuple(self.linker.known(group) for group in armed)
        for profile in self.memory.recent_profiles():
            if profile.id in armed:
                return (profile.id,)
        return ()

    def _sector(self, group: str) -> str | None:
        known = self.knowledge.entity(group)
        return known.sector if known is not None else None

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

    def body(self, draft: Draft) -> tuple[str, ...]:
        """The body, or the country, mentioned last that the noun can stand for; where there is none, its own words.

        "The group" is always one of those named before.
        """
        found = self._known_body(draft)
        if found or draft.facts.sector is not None or noun_lemma(self.doc[draft.head]) in _VAGUE:
            return found
        return self.untold(draft)

    def _known_body(self, draft: Draft) -> tuple[str, ...]:
        lemma = self.doc[draft.head].lemma_.lower()
        kinds = self.lexicon.bodies[lemma]
        if "country" in kinds:
            behind = self.memory.country_behind(draft.possessor) if draft.possessor is not None else None
            country = behind or self.homes.salient(draft, form=lemma if lemma in _FORMS else None)
            return (self.linker.known(country),) if country is not None else ()
        fallback: str | None = None
        recent = list({profile.id: profile for profile in self._recent_bodies()}.values())
        if "other" in draft.facts.words.split():
            recent = recent[1:]  # "the other rebel group" is not the one that was told of last
        for profile in recent:
            words = set(fold(profile.name).split())
            if profile.id in kinds or profile.sector in kinds or any(kind in words for kind in kinds):
                return (profile.id,)
            if profile.kind != "country" and (profile.sector == "UNK" or lemma == "group"):
                # Of an unknown body nobody says what it is; a group is whatever was named last.
                fallback = fallback or profile.id
        return (fallback,) if fallback is not None and lemma in _VAGUE else ()

    def _recent_bodies(self) -> Iterator[Profile]:
        """The bodies and groups of the last mentions, those whom its persons serve among them."""
        for profile in self.memory.recent_profiles():
            if profile.kind == "person":
                if profile.of is not None and not self.knowledge.is_country(profile.of):
                    self.linker.known(profile.of)
                    if profile.of in self.linker.profiles:
                        yield self.linker.profiles[profile.of]
            elif profile.kind != "country":
                yield profile
