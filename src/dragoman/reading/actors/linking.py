"""From names to ids: those of the knowledge base on the article's date, or keys of their own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from dragoman.knowledge import Entity, Knowledge, Tenure
from dragoman.knowledge.names import fold, slug
from dragoman.knowledge.offices import office_weight
from dragoman.reading.actors.drafts import Facts, Gender
from dragoman.reading.actors.lexicon import Lexicon
from dragoman.records import Kind

# A bearer of a name must reach this to be taken before "none of these": a full name does, a mere surname needs
# an office on the day and a reason in the article.
_ENOUGH = 2.0
_BY_SCORE = {"name": 4.0, "alias": 3.5, "acronym": 3.0, "spelling": 2.5, "surname": 1.0}
# Who holds these goes by a given name.
_CROWNED = frozenset({"king", "queen", "emir", "sultan", "crown prince", "supreme leader"})
# What anyone may be called who holds another office.
_LOOSE = frozenset(
    "counterpart colleague leader minister official diplomat negotiator chief head chairman chairwoman chair secretary "
    "representative spokesperson general commander governor envoy mediator facilitator host prince princess sheikh "
    "ayatollah archbishop bishop cardinal mufti imam lord sir colonel major marshal admiral".split()
) | {"opposition leader", "head of delegation", "chief negotiator", "co-leader"}
# Of these, what says something of somebody who holds no other office, or a small one.
_TELLING = frozenset({"leader", "negotiator", "chief negotiator", "mediator", "facilitator", "commander", "governor"})
# And what does where the base knows of no office at all.
_POSTS = frozenset(
    {"spokesperson", "chairman", "chairwoman", "chair", "head of delegation", "representative", "co-leader"}
)
# Years in which somebody of the same name is likely to be told of.
_GENERATION = 15
# Years after which who is called something plain, or is told of far from home, is another person.
_RECENT, _RETIRED = 4, 10
# What anybody may be.
_PLAIN = frozenset({"CVL", "AGR", "EDU", "BUS", "LAB", "MED", "REF", "CRM"})
# Below this weight an office is a small one.
_STANDING = 5
# From this weight on an office is one of those that lead a state.
_LEADING = 8
# From this one on it heads one.
_HEADING = 9
# Of bodies like these a former president is heard as who he was.
_PRIVATE = frozenset({"PTY", "NGO"})
# Offices of those who are sent, which one text calls thus and another thus.
_SENT = frozenset(
    {"special envoy", "special representative", "special adviser", "special coordinator", "personal envoy"}
)
_ENVOY = "special envoy"
# Bodies of many states, and those who serve none.
INTERNATIONAL = frozenset({"IGO", "UNO", "EUR", "NGO"})
# Whose secretary-general is meant where no body is named.
UNITED_NATIONS, SECRETARY_GENERAL = "UN", "secretary-general"
_RANKS = frozenset({"general", "colonel", "major", "brigadier", "admiral", "marshal"})
_FIGHTING = frozenset({"REB", "UAF", "PRM", "CRM"})


@dataclass(slots=True)
class Profile:
    """Someone met in the article, and what is known or said of them; `said` are the offices that the article gives."""

    id: str
    name: str
    kind: Kind
    country: str | None
    sector: str
    office: str | None = None
    of: str | None = None
    known: bool = False
    gender: Gender | None = None
    offices: set[str] = field(default_factory=set)
    said: set[str] = field(default_factory=set)
    names: set[str] = field(default_factory=set)


class Linker:
    """Links the names of one article."""

    def __init__(self, published: date, knowledge: Knowledge, lexicon: Lexicon, context: Counter[str]) -> None:
        """`context` counts the countries that the article names."""
        self.published, self.knowledge, self.lexicon = published, knowledge, lexicon
        self.context = context
        self._total = sum(context.values()) or 1
        self.profiles: dict[str, Profile] = {}
        self._by_name: dict[str, list[str]] = {}
        self._by_given: dict[str, str] = {}

    # ------------------------------------------------------------------ persons

    def person(self, text: str, entities: tuple[Entity, ...], facts: Facts) -> str:
        """The id of a person by name, with what title and apposition say."""
        key = fold(text)
        short = len(key.split()) == 1
        if key in self._by_name:
            earlier = self._earlier(key, facts)
            if earlier is not None:
                self._add_facts(self.profiles[earlier], facts)
                return earlier
        if short and not facts.office and key in self._by_given:
            return self._by_given[key]
        best, score = None, _ENOUGH
        for entity in entities:
            if entity.kind == "person":
                found = self._score(entity, facts, short=short)
                if found > score:
                    best, score = entity, found
        if best is None and short and facts.office in _CROWNED:
            best = self._crowned(key, facts.office)
        if best is None:
            identifier = slug(text) or "person"
            if identifier not in self.profiles:
                self.profiles[identifier] = Profile(identifier, text, "person", None, "UNK")
        else:
            identifier = best.id
            self._known(best)
        self._remember(identifier, key, full=not short)
        self._add_facts(self.profiles[identifier], facts)
        return identifier

    def knows(self, entities: tuple[Entity, ...], facts: Facts) -> bool:
        """Whether one of those who bear a surname can be meant by it here."""
        return any(self._score(entity, facts, short=True) > _ENOUGH for entity in entities)

    def _crowned(self, key: str, office: str | None) -> Entity | None:
        """Who reigns under this given name in a country of the article: "King Mohammed"."""
        for country, _ in sorted(self.context.items(), key=lambda pair: (-pair[1], pair[0])):
            for holder in self.knowledge.holders(office or "", country, self.published):
                if key in fold(holder.name).split():
                    return holder
        return None

    def named(self, text: str) -> str | None:
        """The person of the article who is called by this surname, the one met last."""
        found = self._by_name.get(fold(text))
        return found[-1] if found else self._by_given.get(fold(text))

    def _earlier(self, key: str, facts: Facts) -> str | None:
        for identifier in reversed(self._by_name[key]):
            profile = self.profiles[identifier]
            if facts.nations and profile.country and profile.country not in facts.nations:
                continue
            other = facts.office in self.lexicon.single and facts.office not in profile.offices
            if other and profile.offices and profile.known and not facts.former:
                continue  # "President Kabila" is not the Kabila who was told of as a general
            if facts.gender and profile.gender and facts.gender != profile.gender:
                continue
            return identifier
        return None

    def _remember(self, identifier: str, key: str, *, full: bool) -> None:
        """Later mentions by surname, or by less of the name, mean this person."""
        words = key.split()
        shorter = {key}
        for start in range(1, len(words)):
            shorter.add(" ".join(words[start:]))
        while len(words) > 1 and words[0] in self.lexicon.particles:
            words = words[1:]
            shorter.add(" ".join(words))
        profile = self.profiles[identifier]
        if full:
            given = fold(profile.name).split() if profile.known else words  # the text may have the title before it
            self._by_given.setdefault(given[0], identifier)
        if profile.known and full:
            # Family names that stand first (Xi Jinping), and given names by which leaders go (Saddam, Suu Kyi).
            shorter.update(fold(name) for name in self._short_names(profile))
        for name in sorted(shorter):
            holders = self._by_name.setdefault(name, [])
            if identifier in holders:
                holders.remove(identifier)
            holders.append(identifier)
        profile.names |= shorter

    def _short_names(self, profile: Profile) -> list[str]:
        entity = self.knowledge.entity(profile.id)
        if entity is None:
            return []
        first = entity.name.split()[0]
        by_first = any(found.id == profile.id for found in self.knowledge.lookup(first, on=self.published))
        return ([first] if by_first else []) + [alias for alias in entity.aliases if " " not in alias]

    def _score(self, entity: Entity, facts: Facts, *, short: bool) -> float:
        score = _BY_SCORE.get(entity.by, 1.0)
        if short:
            score = min(score, 2.0)
        ever = self.knowledge.offices(entity.id)
        held = [tenure for tenure in ever if tenure.held_on(self.published)]
        if held:
            score += 1.5 + (0.6 if max(office_weight(tenure.office) for tenure in held) >= 8 else 0.0)
        elif any(self._just_out(tenure) for tenure in ever):
            score += 1.0
        elif ever and short:
            score -= 0.5
        owners = {*facts.nations, *facts.bodies}
        if facts.office is not None:
            now = any(tenure.office == facts.office for tenure in held)
            once = any(tenure.office == facts.office for tenure in ever)
            if now and not facts.former:
                score += 3.0
            elif once:
                score += 2.0 if facts.former else 0.5
            elif short:
                ranked = facts.office in self.lexicon.ranks and self._heads_alone(entity)
                score += 1.5 if ranked else -1.5
        if owners:
            if entity.country in owners or any(tenure.of in owners for tenure in ever):
                score += 2.0
            elif facts.nations and entity.country is not None:
                score -= 3.0
        apart = entity.country is None or not self.context[entity.country]
        if (
            facts.office is None
            and ever
            and (
                (facts.sector in _PLAIN and not self._is_of_the_time(ever, _RECENT))
                or (apart and not self._is_of_the_time(ever, _RETIRED))
            )
        ):
            return 0.0  # "John Smith, a farmer": a namesake of who was in office long ago
        if entity.country is not None:
            share = self.context[entity.country] / self._total
            served = held or [tenure for tenure in ever if self._just_out(tenure)]
            abroad = any(self._is_beyond(tenure.of, entity.country) for tenure in served)
            score += 0.5 + min(1.0, 2 * share) if share else 0.0 if abroad else -1.0
            if entity.by == "spelling" and ((not share and not abroad) or not self._is_of_the_time(ever)):
                # Names that only sound alike are many: of a country that nobody speaks of, or of another generation,
                # it is another person.
                return 0.0
        return score

    def _heads_alone(self, entity: Entity) -> bool:
        """Whether somebody leads a state, and nobody else of his surname does: "Colonel Gaddafi" tells of no office."""
        surname = entity.name.split()[-1]
        leading = [one.id for one in self.knowledge.lookup(surname, on=self.published) if self._leads(one.id)]
        return leading == [entity.id]

    def _leads(self, person: str) -> bool:
        held = (tenure for tenure in self.knowledge.offices(person) if tenure.held_on(self.published))
        return any(tenure.office in self.lexicon.leaders and self.knowledge.is_country(tenure.of) for tenure in held)

    def _is_beyond(self, body: str, country: str) -> bool:
        """Whether a body is no country and none of this country's own: of the UN one hears wherever it acts."""
        known = None if self.knowledge.is_country(body) else self.knowledge.entity(body)
        return known is not None and known.country != country

    def _is_of_the_time(self, ever: Sequence[Tenure], years: int = _GENERATION) -> bool:
        """Whether somebody held some office within so many years of the article."""
        edges = [edge for tenure in ever for edge in (tenure.start, tenure.end) if edge is not None]
        near = any(abs((edge - self.published).days) < years * 365 for edge in edges)
        return near or not edges or any(tenure.held_on(self.published) for tenure in ever)

    def _just_out(self, tenure: Tenure) -> bool:
        """Whether a leading office was left, or is taken, within a few years of the article."""
        if office_weight(tenure.office) < 8:
            return False
        edges = [edge for edge in (tenure.start, tenure.end) if edge is not None]
        return any(abs((edge - self.published).days) < 4 * 365 for edge in edges)

    # ------------------------------------------------------------------ bodies and countries

    def body(self, text: str, entities: tuple[Entity, ...], facts: Facts) -> str:
        """The id of a country, body or group by name; a key of its own where nobody knows it."""
        best: Entity | None = None
        top = 0.0
        for rank, entity in enumerate(entities):
            if entity.kind == "person":
                continue
            share = self.context[entity.country] / self._total if entity.country else 0.0
            score = 3.0 - 0.5 * rank + 2 * share
            if entity.country in facts.nations:
                score += 2.0
            elif facts.nations and entity.country is not None:
                score -= 2.0
            if score > top:
                best, top = entity, score
        if best is not None:
            self._known(best)
            return best.id
        half = self.lexicon.halves.get(text)
        if half is not None and self.context[half]:
            return self.known(half)
        return self.own_key(text, facts, "organization")

    def own_key(self, text: str, facts: Facts, kind: Kind) -> str:
        """A key made of the words themselves."""
        identifier = slug(text) or "unnamed"
        sector = facts.sector
        words = text.lower().split()
        for noun in (" ".join(words[-2:]), *reversed(words)):
            sector = sector or self.knowledge.sector_of_noun(noun)
        country = facts.nations[0] if facts.nations else None
        profile = self.profiles.get(identifier)
        if profile is None:
            profile = self.profiles[identifier] = Profile(identifier, text, kind, country, sector or "UNK")
        elif not profile.known:
            # What a later phrase says: "X (ABC), an armed movement".
            profile.country = profile.country or country
            if profile.sector == "UNK" and sector is not None:
                profile.sector = sector
        if profile.sector in _FIGHTING and profile.kind == "organization":
            profile.kind = "group"
        return identifier

    def known(self, identifier: str) -> str:
        """Take in someone known by id."""
        entity = self.knowledge.entity(identifier)
        if entity is not None:
            self._known(entity)
        return identifier

    def group(self, owner: str, sector: str, name: str) -> str:
        """A part of a country that has no name: ``UKR:MIL``."""
        identifier = f"{owner}:{sector}"
        if identifier not in self.profiles:
            entity = self.knowledge.entity(identifier)
            title = entity.name if entity is not None else name
            self.profiles[identifier] = Profile(identifier, title, "group", owner, sector)
        return identifier

    def _known(self, entity: Entity) -> None:
        if entity.id in self.profiles:
            return
        profile = Profile(entity.id, entity.name, entity.kind, entity.country, entity.sector, known=True)
        if entity.kind == "person":
            profile.offices = {tenure.office for tenure in self.knowledge.offices(entity.id)}
            profile.gender = self._gender(entity.name)
            self._serve(profile, entity)
        self.profiles[entity.id] = profile

    def _serve(self, profile: Profile, entity: Entity) -> None:
        """Office, country and sector of a known person on the article's day, else of the office left last."""
        tenure = self.knowledge.last_office(entity.id, self.published)
        if tenure is None:
            # All that is known of them came later.
            profile.sector = "UNK" if profile.offices else entity.sector
            return
        held = tenure.held_on(self.published)
        if held:
            tenure = self._standing(tenure)
        profile.sector = self.knowledge.sector_of_office(tenure)
        if held:
            profile.office, profile.of = tenure.office, tenure.of
            self._act_for(profile, tenure.of)
        elif profile.sector == "GOV":
            profile.sector = "ELI"
        elif profile.sector in INTERNATIONAL:
            profile.sector = "ELI" if entity.country is not None else profile.sector

    def _standing(self, tenure: Tenure) -> Tenure:
        """The office that somebody has beside that of a mediator for the same body; of two that send him, the UN's.

        The high representative is called that before facilitator, and the envoy of the United Nations and the Arab
        League is the former's.
        """
        others = self.knowledge.offices(tenure.person, self.published)
        if tenure.office in self.lexicon.between:
            return next((one for one in others if one.of == tenure.of and one.office != tenure.office), tenure)
        if tenure.office == _ENVOY:
            # All who are sent are envoys; some are more exactly called.
            posts = (one for one in others if one.office != _ENVOY and one.of in (tenure.of, "UN"))
            exact = next((one for one in posts if one.office in _SENT or one.office.startswith("special coord")), None)
            if exact is not None:
                return exact
        return next((one for one in others if one.office == tenure.office and one.of == "UN"), tenure)

    def _act_for(self, profile: Profile, body: str) -> None:
        """Whoever serves an international body acts for no country; a movement's leader for the one it is in."""
        owner = self.knowledge.entity(body)
        if owner is None or owner.kind == "country":
            return
        profile.country = owner.country

    def learn(self, identifier: str, facts: Facts) -> None:
        """Take in what a phrase says of a person, once it is known whose office it is."""
        self._add_facts(self.profiles[identifier], facts)

    def _add_facts(self, profile: Profile, facts: Facts) -> None:
        """What the text says of a person counts where nothing is known."""
        profile.gender = profile.gender or facts.gender or self._gender(profile.name)
        if facts.office == "chief of staff" and not facts.bodies and not _RANKS.isdisjoint(facts.also):
            facts.office, facts.sector = "chief of the general staff", "MIL"  # a general has no president's office
        if facts.holders:
            return  # whose office it is will be found out when its turn has come
        new = facts.office is not None and facts.office not in profile.offices
        if facts.office is not None:
            profile.offices.add(facts.office)
        profile.said.update(facts.also)
        profile.offices.update(office for office in facts.also if office in _TELLING)
        if profile.known:
            if facts.office is not None and not facts.former:
                held = self.knowledge.offices(profile.id, self.published)
                meant = [one for one in held if one.office == facts.office and self._is_there(one, facts)]
                if facts.office == "leader" and facts.nations:
                    # "The Palestinian leader" heads Palestine before he leads the PLO.
                    heads = (one for one in held if one.of in facts.nations)
                    meant = [one for one in heads if office_weight(one.office) >= _HEADING] or meant
                # Who is president of a country and of its ruling party is "the president" of the country.
                # "The envoy" says less of a special representative than the base does.
                vague = facts.noun == "envoy" and profile.office != _ENVOY and profile.office in _SENT
                if meant and not vague:
                    tenure = sorted(meant, key=lambda one: self.knowledge.is_country(one.of))[-1]
                    profile.office, profile.of = tenure.office, tenure.of
                    profile.sector = self.knowledge.sector_of_office(tenure)
                    if self.knowledge.is_country(tenure.of):
                        profile.country = tenure.of
                    else:
                        self._act_for(profile, tenure.of)
            elif facts.office is None and facts.bodies and not facts.former and profile.of not in facts.bodies:
                # "The head of the African Union's commission": of several offices the one that the text means.
                for tenure in self.knowledge.offices(profile.id, self.published):
                    if tenure.of in facts.bodies:
                        profile.office, profile.of = tenure.office, tenure.of
                        profile.sector = self.knowledge.sector_of_office(tenure)
                        self._act_for(profile, tenure.of)
                        break
                else:
                    self._lend(profile, facts.bodies[0])
            elif facts.office is not None and facts.former and self._is_over(facts.office, profile):
                # "The foreign minister had resigned": the text is newer than a table.
                profile.office, profile.of = f"former {facts.office}", None
            # What the base has for other years only, the text may have for this one.
            other = facts.office != profile.office and office_weight(profile.office or "") < _LEADING
            news = facts.office is not None and (new or other) and not facts.former
            if news and self._outdoes(facts, profile) and not self._is_bygone(profile, facts.office or ""):
                # An office that the base does not know of: the text is the newer.
                owners = [*facts.bodies, *facts.nations]
                of = profile.of if profile.office is not None and not owners else None
                profile.office, profile.of = facts.office, owners[0] if owners else of or profile.country
                told = facts.bodies or facts.sector is not None or profile.sector in ("UNK", "ELI")
                profile.sector = self._said_sector(facts) if of is None and told else profile.sector
            elif profile.sector == "UNK":
                profile.sector = self._said_sector(facts)
            return
        if profile.country is None and facts.nations:
            profile.country = facts.nations[0]
        if profile.office is None and facts.office not in (None, "counterpart"):
            profile.office = f"former {facts.office}" if facts.former else facts.office
            owners = [*facts.bodies, *facts.nations]
            profile.of = owners[0] if owners and not facts.former else None
        if profile.sector == "UNK":
            profile.sector = self._said_sector(facts)
        if facts.bodies and not facts.former and profile.sector in INTERNATIONAL:
            profile.country = None
        if profile.of is None and facts.bodies and not facts.former:
            profile.of = facts.bodies[0]
        if profile.country is None and facts.bodies:
            profile.country = self._country_of(facts.bodies[0])

    def home(self, body: str) -> str | None:
        """The country that a country or a body is or acts in."""
        return self._country_of(body)

    def sector(self, body: str) -> str:
        """The sector of whoever serves a body."""
        return self._sector_of(body) or "UNK"

    def _lend(self, profile: Profile, body: str) -> None:
        """Whom a text calls "of the United Nations" it sees there, whatever else he is, but for who heads a state."""
        if self._sector_of(body) in INTERNATIONAL and office_weight(profile.office or "") < _HEADING:
            profile.office, profile.of = None, body
            profile.sector = self._sector_of(body) or profile.sector
            self._act_for(profile, body)

    def _is_over(self, office: str, profile: Profile) -> bool:
        """Whether an office of the past is what somebody is to the text: a former student leader leads others.

        A former president may lead a party, too; where the text does not say so, he is the former president.
        """
        private = profile.of is not None and self._sector_of(profile.of) in _PRIVATE
        leading = private and office_weight(office) >= _LEADING
        return profile.office is None or leading or (profile.office == office and office not in _LOOSE)

    def _is_bygone(self, profile: Profile, office: str) -> bool:
        """Whether somebody held an office once that another is known to have held on the day, from then until later.

        "President Bush" is said of him after his time, too.
        """
        if office in _TELLING:
            return False  # several may be chief negotiators, and one may be it again
        once = [tenure for tenure in self.knowledge.offices(profile.id) if tenure.office == office]
        over = bool(once) and all(tenure.end is not None and tenure.end < self.published for tenure in once)
        holders = {holder.id for one in once for holder in self.knowledge.holders(office, one.of, self.published)}
        now = [one for holder in holders - {profile.id} for one in self.knowledge.offices(holder, self.published)]
        return over and any(tenure.office == office and tenure.end is not None for tenure in now)

    def _is_there(self, tenure: Tenure, facts: Facts) -> bool:
        """Whether an office is held where the text says: "the Palestinian leader" leads no party by that."""
        if facts.bodies:
            return tenure.of in facts.bodies
        if not facts.nations or tenure.of in facts.nations:
            return True
        body = self.knowledge.entity(tenure.of)
        return body is None or body.sector != "PTY"

    def _outdoes(self, facts: Facts, profile: Profile) -> bool:
        """Whether the office that the text gives someone known stands against the one that the base has for the day.

        A special envoy whom the text calls special representative is one; "leader" and "official" say too little.
        """
        if profile.office is None:
            return facts.office not in _LOOSE or facts.office in _TELLING | _POSTS
        if facts.office in _LOOSE:
            # Who is called chief negotiator is that before he is an assistant secretary.
            return facts.office in _TELLING - {"leader"} and office_weight(profile.office) < _STANDING
        if facts.office in _SENT or profile.office in _SENT:
            if (facts.office or "").endswith(" minister") and {*facts.nations} & {profile.of, profile.country}:
                return profile.office in _SENT  # who is sent for a time may be a minister at home
            # "Envoy" is said of all of them, so that it says nothing against a special representative.
            return facts.office in _SENT - {"special envoy"} and profile.office in _SENT
        if office_weight(facts.office or "") >= _LEADING:
            return False  # who leads a state the base knows better than a title that may be another's
        owners = {*facts.bodies, *facts.nations}
        return not owners or bool(owners & {profile.of, profile.country})

    def _said_sector(self, facts: Facts) -> str:
        """The sector that the text gives a person; UNK where it says none."""
        if facts.former:
            return "ELI"
        if facts.bodies:
            return self._sector_of(facts.bodies[0]) or facts.sector or "UNK"
        if facts.sector not in (None, "GOV"):
            return facts.sector
        if facts.office is not None and facts.office != "counterpart":
            # An army chief is a soldier, a speaker a legislator, whatever noun calls them so.
            return self.knowledge.sector_of_office(Tenure("", facts.office, (facts.nations or [""])[0], None, None))
        return facts.sector or "UNK"

    def _sector_of(self, body: str) -> str | None:
        """The sector of a body, known or met in the article."""
        profile, entity = self.profiles.get(body), self.knowledge.entity(body)
        return entity.sector if entity is not None else profile.sector if profile is not None else None

    def _country_of(self, body: str) -> str | None:
        profile, entity = self.profiles.get(body), self.knowledge.entity(body)
        return entity.country if entity is not None else profile.country if profile is not None else None

    def _gender(self, name: str) -> Gender | None:
        """By the given name, after a title that is part of the name: Sheikh Hasina is a woman."""
        words = fold(name).split()
        while len(words) > 1 and self.lexicon.gender_of_word(words[0]) is not None:
            words = words[1:]
        found = self.lexicon.gender_of_given(words[0]) if words else None
        return found  # type: ignore[return-value]
