"""What an analyst says should stand in an event: read from a form or from JSON, and seen whether it can."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, get_args

from dragoman.codebook import load_codebook
from dragoman.records import Event, Status
from dragoman.store.reviews import Correction, Verdict
from dragoman.web.selection import ParameterError, day

_MOST_ACTORS, _LONGEST = 24, 200


def verdict_of(text: str) -> Verdict:
    """A verdict by its name.

    Raises:
        ParameterError: it is none.
    """
    for verdict in get_args(Verdict):
        if text == verdict:
            found: Verdict = verdict
            return found
    raise ParameterError("verdict: accept, correct or reject")


def of_form(fields: Mapping[str, str], event: Event) -> Correction:
    """What a form says should stand there instead: only where it differs from what does.

    Raises:
        ParameterError: a field holds no type, mode, status, day or actor.
    """
    wanted: dict[str, Any] = {}
    stands = {"type": event.type, "mode": event.mode or "", "status": event.status}
    wanted |= {name: fields[name] for name, value in stands.items() if fields.get(name, value) != value}
    for name in ("actors", "recipients"):
        held: tuple[str, ...] = getattr(event, name)
        given = tuple(part.strip() for part in fields.get(name, "; ".join(held)).split(";") if part.strip())
        if given != held:
            wanted[name] = given
    days = {"earliest": event.when.earliest, "latest": event.when.latest}
    told = {name: _day(fields, name, value) for name, value in days.items()}
    if told != days:
        wanted |= told
    where = (event.where.name, event.where.country or "") if event.where else ("", "")
    place, country = fields.get("place", where[0]), fields.get("country", where[1])
    if (place, country) != where:
        wanted |= {"place": place, "country": country.upper() or None}
    return checked(Correction(**wanted), event)


def _day(fields: Mapping[str, str], name: str, stands: date | None) -> date | None:
    given = fields.get(name, stands.isoformat() if stands else "")
    return day(given, name) if given else stands


def checked(correction: Correction, event: Event) -> Correction:
    """The correction, if it can stand in the event.

    Raises:
        ParameterError: a type, mode, status or country is none, the days are the wrong way round, or it is too much.
    """
    kind = load_codebook().types.get(correction.type or event.type)
    if kind is None:
        raise ParameterError(f"type: there is no type {(correction.type or '')[:40]!r}")
    if correction.mode and kind.mode(correction.mode) is None:
        raise ParameterError(f"mode: {kind.name} has no mode {correction.mode[:40]!r}")
    if correction.status is not None and correction.status not in get_args(Status):
        raise ParameterError(f"status: there is no status {correction.status[:40]!r}")
    first, last = correction.earliest or event.when.earliest, correction.latest or event.when.latest
    if (correction.earliest or correction.latest) and first and last and first > last:
        raise ParameterError("earliest: it lies after the latest day")
    for name in ("actors", "recipients"):
        ids: tuple[str, ...] = getattr(correction, name) or ()
        if len(ids) > _MOST_ACTORS or any(len(actor) > _LONGEST for actor in ids):
            raise ParameterError(f"{name}: ids of actors, {_MOST_ACTORS} at most")
    country = correction.country
    if len(correction.place or "") > _LONGEST or (country and not (len(country) == 3 and country.isalpha())):
        raise ParameterError("place: a name, and the country as three letters")
    return correction
