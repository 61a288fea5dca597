"""Every link of the reading room, so that none is put together anywhere else."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from urllib.parse import quote, urlencode

Values = Mapping[str, object]

# Colons are common in ids (`UKR:MIL`) and harmless in a path; a slash never is.
_SAFE = ":"


def _id(identifier: str) -> str:
    return quote(identifier, safe=_SAFE)


def query(values: Values) -> str:
    """`?a=1&b=2&b=3`, without what is empty; nothing where all is."""
    pairs: list[tuple[str, str]] = []
    for name, value in values.items():
        several: Iterable[object] = value if isinstance(value, list | tuple) else (value,)
        pairs += [(name, str(item)) for item in several if item not in (None, "", False)]
    return f"?{urlencode(pairs)}" if pairs else ""


def home(since: date | None = None) -> str:
    """The front page, with what is new since a day."""
    return "/" + query({"since": since})


def mediations(as_of: date | None = None) -> str:
    """All mediations."""
    return "/mediations" + query({"as_of": as_of})


def mediation(identifier: str, **values: object) -> str:
    """One mediation: `as_of`, `by`, `first`, `last`, `page`."""
    return f"/mediations/{_id(identifier)}{query(values)}"


def step(identifier: str, step_id: str, as_of: date | None = None) -> str:
    """One step with all that it rests on."""
    return f"/mediations/{_id(identifier)}/steps/{_id(step_id)}{query({'as_of': as_of})}"


def brief(identifier: str, **values: object) -> str:
    """The brief to print."""
    return f"/mediations/{_id(identifier)}/brief{query(values)}"


def steps_export(identifier: str, suffix: str, as_of: date | None = None) -> str:
    """The steps as a file: `csv` or `json`."""
    return f"/mediations/{_id(identifier)}/steps.{suffix}{query({'as_of': as_of})}"


def feed(suffix: str, identifier: str | None = None) -> str:
    """New steps as `atom` or `rss`; of one mediation, or of all."""
    return f"/mediations/{_id(identifier)}/feed.{suffix}" if identifier is not None else f"/feed.{suffix}"


def articles(**values: object) -> str:
    """Articles: `q`, `since`, `until`, `page`."""
    return "/articles" + query(values)


def article(identifier: str, sentence: int | None = None, event: str | None = None) -> str:
    """One article; at a sentence or an event of it."""
    anchor = f"#s{sentence}" if sentence is not None else f"#{event_anchor(event)}" if event is not None else ""
    return f"/articles/{_id(identifier)}{anchor}"


def event_anchor(event: str) -> str:
    """What an event's card is found by on the page of its article."""
    return f"event-{_id(event)}"


def tree(identifier: str, sentence: int) -> str:
    """The tree of one sentence."""
    return f"/articles/{_id(identifier)}/sentences/{sentence}"


def events(**values: object) -> str:
    """A selection of events."""
    return "/events" + query(values)


def events_export(suffix: str, **values: object) -> str:
    """The same selection as a file: `csv`, `jsonl` or `parquet`."""
    return f"/events.{suffix}{query(values)}"


def actor(identifier: str) -> str:
    """One actor."""
    return f"/actors/{_id(identifier)}"


def actors(**values: object) -> str:
    """Actors by name."""
    return "/actors" + query(values)


def codebook(name: str | None = None) -> str:
    """The codebook, or one type of it."""
    return "/codebook" if name is None else f"/codebook/{_id(name)}"


def reviews() -> str:
    """What analysts have said of the records."""
    return "/reviews"


def review(article_id: str, event: str) -> str:
    """The form on one event."""
    return f"/articles/{_id(article_id)}/events/{_id(event)}/review"


def sql(text: str | None = None) -> str:
    """The page for questions in SQL."""
    return "/sql" + query({"q": text})


def login(then: str | None = None) -> str:
    """Where the token is asked for."""
    return "/login" + query({"then": then})


def static(name: str, version: str) -> str:
    """A file of ours; the version is in the address, so that it may be kept for good."""
    return f"/static/{version}/{name}"
