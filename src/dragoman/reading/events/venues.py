"""Events as the room of places sees them: what sort of act each is, and whether it is the news that is being told."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING

from dragoman.reading.events.coding import Coded
from dragoman.reading.where import Act, Happening
from dragoman.records import Event

if TYPE_CHECKING:
    from dragoman.reading.actors import Actors

_FORCE = frozenset({"ASSAULT", "COERCE", "PROTEST", "MOBILIZE", "RETREAT", "AID"})
_SPEECH = frozenset({"REQUEST", "ACCUSE", "REJECT", "THREATEN", "SANCTION", "SUPPORT"})
# Acts among a country's own people, and sectors of those who rise against its government.
_INNER = frozenset({"ASSAULT", "COERCE", "PROTEST"})
_RISING = frozenset({"REB", "OPP", "CVL", "COP", "PRM", "PTY", "LAB", "EDU", "REL"})
_SIGNING = "057"
# "discuss by telephone": nowhere.
_AFAR = frozenset({"041"})
# Older than this is background, which happened where it happened.
_NEWS = timedelta(days=21)


def happenings(
    events: Sequence[Event], coded: Sequence[Coded], actors: Actors, published: date
) -> tuple[Happening, ...]:
    """What the room of places asks of each event; `coded` are those that the events were made of."""
    return tuple(_happening(event, item, actors, published) for event, item in zip(events, coded, strict=True))


def _happening(event: Event, item: Coded, actors: Actors, published: date) -> Happening:
    coding = item.coding
    light = coding.predicate.light
    first, last = event.when.earliest, event.when.latest
    # What has gone on for months was in many places.
    news = last is None or (last >= published - _NEWS and (first is None or last - first <= 2 * _NEWS))
    doers = _sides(event.actors, actors)
    return Happening(
        predicate=light if light is not None else coding.head,
        act=_act(event.type, coding.code.code, len(event.actors)),
        actors=doers | _sides(event.recipients, actors),
        told=event.status == "actual" and news,
        earliest=event.when.earliest,
        latest=event.when.latest,
        head=coding.head,
        code=coding.code.code,
        home=_home(event, actors),
        doers=doers,
    )


def _sides(ids: Sequence[str], actors: Actors) -> frozenset[str]:
    """Each with the country or body that he or she acts for."""
    records = [actors.record(each) for each in ids]
    return frozenset(side for record in records for side in (record.id, record.of or record.country or record.id))


def _home(event: Event, actors: Actors) -> str | None:
    """The one country that all sides of an act of force are of, where it is an act among its own people."""
    if event.type not in _INNER or event.status not in ("actual", "historical"):
        return None
    doers = [actors.record(actor) for actor in event.actors]
    sides = [*doers, *(actors.record(actor) for actor in event.recipients)]
    countries = {record.country for record in sides}
    if len(countries) != 1:
        return None
    # An army alone may be anywhere; with its own people before it, it is at home. So are rebels and protesters.
    at_home = len(sides) > len(doers) or all(record.sector in _RISING for record in doers)
    return next(iter(countries)) if doers and at_home else None


def _act(type_: str, code: str, number: int) -> Act:
    if code in _AFAR:
        return "other"
    if type_ == "CONSULT":
        return "meeting"
    if code == _SIGNING:
        return "deal"
    if type_ in _FORCE:
        return "force"
    if type_ in ("AGREE", "CONCEDE"):
        # A promise by one side is speech; what two or more do together is a deal.
        return "deal" if number > 1 else "speech"
    return "speech" if type_ in _SPEECH else "other"
