"""Word classes that the reading of actors rests on, and given names with their gender; both are data."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources

from dragoman.language.tokenization import short_titles


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The classes of ``data/words.toml``, each a set of lemmas, and the given names of ``data/given_names.txt``."""

    place_prepositions: frozenset[str]
    directional: frozenset[str]
    motion: frozenset[str]
    receiving: frozenset[str]
    sent: frozenset[str]
    giving: frozenset[str]
    located: frozenset[str]
    stretching: frozenset[str]
    striking: frozenset[str]
    place_nouns: frozenset[str]
    venues: frozenset[str]
    topics: frozenset[str]
    strife: frozenset[str]
    settled: frozenset[str]
    subjects: frozenset[str]
    government: frozenset[str]
    ruling: frozenset[str]
    relational: frozenset[str]
    idle: frozenset[str]
    land: frozenset[str]
    animate: frozenset[str]
    speech: frozenset[str]
    voiced: frozenset[str]
    documents: frozenset[str]
    former: frozenset[str]
    posting: frozenset[str]
    abroad: frozenset[str]
    portfolios: frozenset[str]
    portfolio_parts: frozenset[str]
    speaking: frozenset[str]
    bygone: frozenset[str]
    kinds: frozenset[str]
    styles: frozenset[str]
    headships: frozenset[str]
    offices_of: dict[str, str]
    posts: frozenset[str]
    institutions: frozenset[str]
    naming: frozenset[str]
    serving: frozenset[str]
    local: frozenset[str]
    unmarked: frozenset[str]
    lesser: frozenset[str]
    collective: frozenset[str]
    leaving: frozenset[str]
    removing: frozenset[str]
    staying: frozenset[str]
    sides: frozenset[str]
    opposed: frozenset[str]
    bodies_of_two: frozenset[str]
    institutional: frozenset[str]
    states: frozenset[str]
    persons: frozenset[str]
    quantifiers: frozenset[str]
    counterpart: frozenset[str]
    leaders: tuple[str, ...]
    cabinet_led: frozenset[str]
    single: frozenset[str]
    bodies: dict[str, tuple[str, ...]]
    masculine: frozenset[str]
    feminine: frozenset[str]
    armed: frozenset[str]
    held: frozenset[str]
    following: frozenset[str]
    opposing: frozenset[str]
    spheres: dict[str, str]
    generic: frozenset[str]
    deeds: frozenset[str]
    kin: frozenset[str]
    soft: frozenset[str]
    uncounted: frozenset[str]
    between: frozenset[str]
    callings: frozenset[str]
    opposites: frozenset[str]
    leading: frozenset[str]
    sending: frozenset[str]
    seated: frozenset[str]
    delegated: frozenset[str]
    followers: frozenset[str]
    homonyms: dict[str, str]
    federations: dict[str, str]
    twins: dict[str, str]
    plurals: dict[str, tuple[str, ...]]
    signs: dict[str, frozenset[str]]
    halves: dict[str, str]
    regional: frozenset[str]
    mouthpieces: frozenset[str]
    organs: frozenset[str]
    services: frozenset[str]
    ranks: frozenset[str]
    courtesy: frozenset[str]
    particles: frozenset[str]
    links: frozenset[str]
    short_titles: dict[str, str]
    given: dict[str, str]

    def gender_of_word(self, word: str) -> str | None:
        """``masc`` or ``fem`` where a title or noun says it."""
        word = word.lower().rstrip(".")
        if word in self.masculine:
            return "masc"
        return "fem" if word in self.feminine else None

    def gender_of_given(self, name: str) -> str | None:
        """``masc`` or ``fem`` for a given name known to be of one gender."""
        found = self.given.get(name.lower())
        return found if found in ("masc", "fem") else None


def _text(name: str) -> str:
    return resources.files("dragoman.reading.actors").joinpath("data", name).read_text(encoding="utf-8")


def _given_names(text: str) -> dict[str, str]:
    """Lines under ``[masc]``, ``[fem]`` and ``[any]``; lines that begin with # are comments."""
    found: dict[str, str] = {}
    gender = "any"
    for line in text.splitlines():
        if line.startswith("["):
            gender = line.strip("[] ")
        elif not line.startswith("#"):
            for name in line.lower().split():
                found[name] = gender if found.get(name, gender) == gender else "any"
    return found


@cache
def load_lexicon() -> Lexicon:
    """The word classes that ship, read once."""
    data = tomllib.loads(_text("words.toml"))

    def words(table: str, key: str) -> frozenset[str]:
        return frozenset(data[table][key])

    return Lexicon(
        place_prepositions=words("places", "prepositions"),
        directional=words("places", "directional"),
        motion=words("places", "motion"),
        receiving=words("places", "receiving"),
        sent=words("places", "sent"),
        giving=words("places", "giving"),
        located=words("places", "located"),
        stretching=words("places", "stretching"),
        striking=words("places", "striking"),
        place_nouns=words("places", "nouns"),
        venues=words("places", "venues"),
        topics=words("places", "topics"),
        strife=words("places", "strife"),
        settled=words("places", "settled"),
        subjects=words("places", "subjects"),
        government=words("acting", "government"),
        ruling=words("acting", "ruling"),
        relational=words("acting", "relational"),
        idle=words("acting", "idle"),
        land=words("acting", "land"),
        animate=words("verbs", "animate"),
        speech=words("verbs", "speech"),
        voiced=words("verbs", "voiced"),
        documents=words("verbs", "documents"),
        former=words("descriptions", "former"),
        posting=words("descriptions", "posting"),
        abroad=words("descriptions", "abroad"),
        portfolios=words("descriptions", "portfolios"),
        portfolio_parts=words("descriptions", "portfolio_parts"),
        speaking=words("descriptions", "speaking"),
        bygone=words("descriptions", "bygone"),
        kinds=words("descriptions", "kinds"),
        styles=words("descriptions", "styles"),
        headships=words("descriptions", "headships"),
        offices_of=dict(data["offices_of"]),
        posts=words("descriptions", "posts"),
        institutions=words("descriptions", "institutions"),
        naming=words("descriptions", "naming"),
        serving=words("descriptions", "serving"),
        local=words("descriptions", "local"),
        unmarked=words("descriptions", "unmarked"),
        lesser=words("descriptions", "lesser"),
        collective=words("descriptions", "collective"),
        leaving=words("descriptions", "leaving"),
        removing=words("descriptions", "removing"),
        staying=words("descriptions", "staying"),
        sides=words("descriptions", "sides"),
        opposed=words("descriptions", "opposed"),
        bodies_of_two=words("descriptions", "bodies_of_two"),
        institutional=words("descriptions", "institutional"),
        states=words("descriptions", "states"),
        persons=words("descriptions", "persons"),
        quantifiers=words("descriptions", "quantifiers"),
        counterpart=words("descriptions", "counterpart"),
        leaders=tuple(data["descriptions"]["leaders"]),
        cabinet_led=words("descriptions", "cabinet_led"),
        single=words("descriptions", "single"),
        bodies={noun: tuple(kinds) for noun, kinds in data["bodies"].items()},
        masculine=words("gender", "masc"),
        feminine=words("gender", "fem"),
        kin=words("acting", "kin"),
        armed=words("acting", "armed"),
        held=words("acting", "held"),
        following=words("acting", "following"),
        opposing=words("acting", "opposing"),
        spheres=dict(data["spheres"]),
        generic=words("acting", "generic"),
        deeds=words("acting", "deeds"),
        soft=words("descriptions", "soft"),
        uncounted=words("descriptions", "uncounted"),
        between=words("descriptions", "between"),
        callings=words("descriptions", "callings"),
        opposites=words("descriptions", "opposites"),
        leading=words("descriptions", "leading"),
        sending=words("descriptions", "sending"),
        seated=words("descriptions", "seated"),
        delegated=words("descriptions", "delegated"),
        followers=words("descriptions", "followers"),
        homonyms=dict(data["homonyms"]),
        federations=dict(data["federations"]),
        twins=dict(data["twins"]),
        plurals={name: tuple(countries) for name, countries in data["plurals"].items()},
        signs={name: frozenset(words) for name, words in data["signs"].items()},
        halves=dict(data["halves"]),
        regional=words("descriptions", "regional"),
        mouthpieces=words("descriptions", "mouthpieces"),
        organs=words("descriptions", "organs"),
        services=words("descriptions", "services"),
        ranks=words("descriptions", "ranks"),
        courtesy=words("names", "courtesy") | short_titles().keys(),
        particles=words("names", "particles"),
        links=words("names", "particles") | words("names", "links"),
        short_titles=short_titles(),
        given=_given_names(_text("given_names.txt")),
    )
