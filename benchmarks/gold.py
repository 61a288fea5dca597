"""News articles with hand-made gold records, as `articles/*.json` keep them.

A gold file quotes the text where the records of Dragoman give offsets: `"[met] Milosevic before dawn"` is the word
*met* in that passage, and the whole quotation where it has no brackets; `nth` tells quotations apart that occur more
than once. Loading turns them into offsets and refuses one that is not found. `A|B` in a field means that either is
right (the contract or the codebook leaves it open). `optional` marks what a careful reader may give or leave out: it is
neither missed nor a false alarm.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Literal

ARTICLES = Path(__file__).parent / "articles"

Split = Literal["dev", "held-out"]
Choice = frozenset[str | None]
"""The values that are right: one, or several where the text or the contract leaves it open."""


class GoldError(Exception):
    """A gold file contradicts its own text; the message names the file and the quotation."""


@dataclass(frozen=True, slots=True)
class GoldActor:
    id: str
    ids: Choice
    kind: str
    country: Choice
    sector: Choice
    office: Choice
    of: Choice
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Days:
    """A span of days, both ends included; both None where the article gives none."""

    earliest: date | None
    latest: date | None


@dataclass(frozen=True, slots=True)
class GoldEvent:
    types: Choice
    start: int
    end: int
    text: str
    actors: tuple[Choice, ...]
    recipients: tuple[Choice, ...]
    statuses: Choice
    when: Days
    where: str | None
    said_by: Choice
    optional: bool


@dataclass(frozen=True, slots=True)
class GoldStatement:
    speaker: Choice
    start: int
    end: int
    text: str
    quoted: bool
    optional: bool


@dataclass(frozen=True, slots=True)
class GoldTime:
    start: int
    end: int
    text: str
    when: Days
    other: Days | None
    """Another right answer: "within ten days" may run from the deal or from the report of it."""


@dataclass(frozen=True, slots=True)
class GoldPlace:
    start: int
    end: int
    text: str
    name: str
    country: Choice
    latitude: float | None
    longitude: float | None


@dataclass(frozen=True, slots=True)
class GoldTie:
    from_: str
    to: str
    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class GoldStep:
    kinds: Choice
    actors: tuple[Choice, ...]
    recipients: tuple[Choice, ...]
    third_parties: tuple[Choice, ...]
    persons: tuple[Choice, ...]
    when: Days
    where: str | None
    statuses: Choice
    round: int | None
    outcome: str | None
    terms: tuple[Choice, ...]
    said_by: Choice
    start: int
    end: int
    text: str
    optional: bool


@dataclass(frozen=True, slots=True)
class GoldMediator:
    actor: Choice
    roles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class GoldMediation:
    parties: tuple[Choice, ...]
    mediators: tuple[GoldMediator, ...]
    steps: tuple[GoldStep, ...]


@dataclass(frozen=True, slots=True)
class GoldArticle:
    id: str
    split: Split
    published: date
    title: str
    text: str
    actors: tuple[GoldActor, ...]
    events: tuple[GoldEvent, ...]
    statements: tuple[GoldStatement, ...]
    times: tuple[GoldTime, ...]
    places: tuple[GoldPlace, ...]
    ties: tuple[GoldTie, ...]
    mediations: tuple[GoldMediation, ...]


def load(folder: Path = ARTICLES) -> tuple[GoldArticle, ...]:
    """All gold articles, by id.

    Raises:
        GoldError: a quotation is not in its article or is ambiguous; an id stands for no actor there or for two.
    """
    return tuple(read(path) for path in sorted(folder.glob("*.json")))


def read(path: Path) -> GoldArticle:
    """One gold file, its quotations turned into offsets.

    Raises:
        GoldError: see `load`.
    """
    data = json.loads(path.read_text(encoding="utf-8"))
    quotes = _Quotes(path, "\n\n".join(data["text"]))
    article = GoldArticle(
        id=data["id"],
        split=data["split"],
        published=date.fromisoformat(data["published"]),
        title=data["title"],
        text=quotes.text,
        actors=tuple(_actor(item, quotes) for item in data["actors"]),
        events=tuple(_event(item, quotes) for item in data["events"]),
        statements=tuple(
            GoldStatement(
                _choice(item["speaker"]),
                *quotes.find(item, "text"),
                quoted=item["quoted"],
                optional=item.get("optional", False),
            )
            for item in data["statements"]
        ),
        times=tuple(_time(item, quotes) for item in data["times"]),
        places=tuple(_place(item, quotes) for item in data["places"]),
        ties=tuple(
            GoldTie(item["from"], item["to"], item["kind"], quotes.find(item, "text")[2]) for item in data["ties"]
        ),
        mediations=tuple(_mediation(item, quotes) for item in data["mediations"]),
    )
    _check_ids(path, article)
    return article


@dataclass(frozen=True, slots=True)
class _Quotes:
    path: Path
    text: str

    def find(self, item: dict[str, Any], key: str) -> tuple[int, int, str]:
        """Start, end and words of the quotation under the key."""
        quote: str = item[key]
        plain = quote.replace("[", "").replace("]", "")
        starts = list(_occurrences(self.text, plain))
        nth = item.get("nth", 1)
        if len(starts) < nth or ("nth" not in item and len(starts) > 1):
            raise GoldError(f"{self.path.name}: {quote!r} occurs {len(starts)} times")
        start = starts[nth - 1]
        end = start + len(plain)
        if "[" in quote:
            opening, closing = quote.index("["), quote.index("]")
            start, end = start + opening, start + closing - 1
        return start, end, self.text[start:end]


def _occurrences(text: str, quote: str) -> Iterator[int]:
    start = text.find(quote)
    while start >= 0:
        yield start
        start = text.find(quote, start + 1)


def _choice(value: str | None) -> Choice:
    if value is None:
        return frozenset({None})
    return frozenset(None if part in ("", "-") else part for part in value.split("|"))


def _choices(values: list[str]) -> tuple[Choice, ...]:
    return tuple(_choice(value) for value in values)


def _days(item: dict[str, Any]) -> Days:
    ends = item["when"] if "when" in item else (item["earliest"], item["latest"])
    earliest, latest = (date.fromisoformat(day) if day else None for day in ends)
    if earliest and latest and earliest > latest:
        raise GoldError(f"{earliest} is after {latest}: {item}")
    return Days(earliest, latest)


def _time(item: dict[str, Any], quotes: _Quotes) -> GoldTime:
    other = _days({"when": item["or"]}) if "or" in item else None
    return GoldTime(*quotes.find(item, "text"), when=_days(item), other=other)


def _actor(item: dict[str, Any], quotes: _Quotes) -> GoldActor:
    for name in item["names"]:
        if name not in quotes.text:
            raise GoldError(f"{quotes.path.name}: the name {name!r} is not in the text")
    return GoldActor(
        id=item["id"].split("|")[0],
        ids=_choice(item["id"]),
        kind=item["kind"],
        country=_choice(item["country"]),
        sector=_choice(item["sector"]),
        office=_choice(item["office"]),
        of=_choice(item["of"]),
        names=tuple(item["names"]),
    )


def _event(item: dict[str, Any], quotes: _Quotes) -> GoldEvent:
    start, end, text = quotes.find(item, "predicate")
    return GoldEvent(
        types=_choice(item["type"]),
        start=start,
        end=end,
        text=text,
        actors=_choices(item["actors"]),
        recipients=_choices(item["recipients"]),
        statuses=_choice(item["status"]),
        when=_days(item),
        where=item["where"],
        said_by=_choice(item["said_by"]),
        optional=item.get("optional", False),
    )


def _place(item: dict[str, Any], quotes: _Quotes) -> GoldPlace:
    start, end, text = quotes.find(item, "text")
    return GoldPlace(start, end, text, item["name"], _choice(item["country"]), item["latitude"], item["longitude"])


def _mediation(item: dict[str, Any], quotes: _Quotes) -> GoldMediation:
    return GoldMediation(
        parties=_choices(item["parties"]),
        mediators=tuple(GoldMediator(_choice(each["actor"]), tuple(each["roles"])) for each in item["mediators"]),
        steps=tuple(_step(step, quotes) for step in item["steps"]),
    )


def _step(item: dict[str, Any], quotes: _Quotes) -> GoldStep:
    start, end, text = quotes.find(item, "evidence")
    return GoldStep(
        kinds=_choice(item["kind"]),
        actors=_choices(item["actors"]),
        recipients=_choices(item["recipients"]),
        third_parties=_choices(item["third_parties"]),
        persons=_choices(item["persons"]),
        when=_days(item),
        where=item["where"],
        statuses=_choice(item["status"]),
        round=item["round"],
        outcome=item["outcome"],
        terms=_choices(item["terms"]),
        said_by=_choice(item["said_by"]),
        start=start,
        end=end,
        text=text,
        optional=item.get("optional", False),
    )


def canonical(id_: str) -> str:
    """An id without what the contract leaves open: case, spaces, and whether a country or its government is meant."""
    return id_.casefold().replace(" ", "-").removesuffix(":gov")


def _check_ids(path: Path, article: GoldArticle) -> None:
    known: set[str | None] = {None}
    whose: dict[str, GoldActor] = {}
    for actor in article.actors:
        for id_ in sorted(filter(None, actor.ids)):
            # An id that two actors answer to would be counted for one of them, whichever was meant.
            other = whose.setdefault(canonical(id_), actor)
            if other is not actor:
                raise GoldError(f"{path.name}: {id_} stands for {other.names[0]!r} and for {actor.names[0]!r}")
        # A person's country or body may stand in a mediation without being named by itself.
        known |= actor.ids | actor.of | actor.country
    used: set[str | None] = set()
    for event in article.events:
        used = used.union(*event.actors, *event.recipients, event.said_by)
    for statement in article.statements:
        used |= statement.speaker
    for tie in article.ties:
        used |= {tie.from_, tie.to}
    for mediation in article.mediations:
        used = used.union(*mediation.parties, *(each.actor for each in mediation.mediators))
        for step in mediation.steps:
            used = used.union(*step.actors, *step.recipients, *step.third_parties, *step.persons, step.said_by)
    if missing := used - known:
        raise GoldError(f"{path.name}: no actor for {', '.join(sorted(filter(None, missing)))}")
