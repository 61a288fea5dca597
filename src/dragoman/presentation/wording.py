"""The words for records: days, actors, events, steps."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date

from dragoman.mediation import prose
from dragoman.records import Event, Mediation, Reading, Step, When, Where

_MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()


class Names:
    """The names of the actors in some readings, by id; an id that nobody has named stands for itself.

    `known` may name those that the readings do not, such as the country of a place.
    """

    def __init__(self, readings: Iterable[Reading], known: Callable[[str], str | None] | None = None) -> None:
        self._names: dict[str, str] = {}
        self._known = known
        for reading in readings:
            for actor in reading.actors:
                self._names.setdefault(actor.id, actor.name)

    def __getitem__(self, actor: str) -> str:
        if actor not in self._names:
            self._names[actor] = (self._known and self._known(actor)) or actor
        return self._names[actor]

    def join(self, actors: Iterable[str]) -> str:
        """The names with commas between."""
        return ", ".join(self[actor] for actor in actors)


def day(value: date) -> str:
    """21 Mar 2022."""
    return prose.in_full(value, _MONTHS)


def days(when: When) -> str:
    """The span in as few words as say it: 21 Mar 2022, 1–20 Mar 2022, Mar 2022, 28 Feb – 3 Mar 2022, 1994."""
    return prose.days(when, _MONTHS)


def days_within(when: When, year: int) -> str:
    """The span, without the year where it is the given one: 21 Mar, 1–20 Mar."""
    words = days(when)
    others = {day.year for day in (when.earliest, when.latest) if day is not None} - {year}
    # A whole month or year keeps its year: "Mar" alone could be any.
    return words.removesuffix(f" {year}") if not others and words[0].isdigit() and " " in words else words


def place(where: Where | None, names: Names) -> str:
    """Antalya, Turkey; the country by its code where nobody has named it, and nothing where there is no place."""
    if where is None:
        return ""
    country = names[where.country] if where.country else where.name
    return where.name if country == where.name else f"{where.name}, {country}"


def deed(event: Event) -> str:
    """CONSULT · visit."""
    return f"{event.type} · {event.mode}" if event.mode else event.type


def status(event_or_step: Event | Step) -> str:
    """The status where it is not the usual one."""
    return "" if event_or_step.status == "actual" else event_or_step.status


def step_title(step: Step) -> str:
    """Talks, round 2: inconclusive."""
    title = step.kind.capitalize()
    if step.round is not None:
        title += f", round {step.round}"
    if step.outcome is not None and step.outcome != step.kind:
        title += f": {step.outcome}"
    return title


def step_parties(step: Step, names: Names) -> str:
    """Russia, Ukraine; with Turkey: who acts on whom, and which third parties take part."""
    words = ", ".join(names[actor] for actor in step.actors)
    if step.recipients:
        words += (" → " if words else "to ") + ", ".join(names[actor] for actor in step.recipients)
    others = [actor for actor in step.third_parties if actor not in step.actors and actor not in step.recipients]
    if others:
        words += ("; " if words else "") + "with " + ", ".join(names[actor] for actor in others)
    return words


def parties(mediation: Mediation, names: Names) -> str:
    """Russia – Ukraine."""
    return " – ".join(names[party] for party in mediation.parties) or mediation.id


def mediators(mediation: Mediation, names: Names) -> str:
    """Turkey (offered, host), Israel (offered)."""
    return ", ".join(
        f"{names[mediator.actor]} ({', '.join(mediator.roles)})" if mediator.roles else names[mediator.actor]
        for mediator in mediation.mediators
    )


def counted(number: int, noun: str) -> str:
    """1 event, 2 events."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def heading(reading: Reading, length: int = 90) -> str:
    """The title, or the article's first words."""
    words = reading.article.title or " ".join(reading.article.text[: length + 40].split())
    return words if len(words) <= length else words[: length - 1].rsplit(" ", 1)[0] + " …"


def in_order(steps: tuple[Step, ...]) -> list[Step]:
    """Steps by their days; those without one keep their place at the end."""
    return sorted(
        steps,
        key=lambda step: (
            step.when.earliest is None and step.when.latest is None,
            str(step.when.earliest or step.when.latest),
            str(step.when.latest or ""),
        ),
    )
