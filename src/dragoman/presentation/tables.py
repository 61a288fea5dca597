"""Events as a table: one row an event, for spreadsheets, Arrow and pandas."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from dragoman.errors import DragomanError
from dragoman.records import Reading

if TYPE_CHECKING:
    import pandas
    import pyarrow

COLUMNS = (
    "article", "external_id", "published", "source", "event", "type", "mode", "contexts", "quad", "intensity", "cameo",
    "actors", "recipients", "actor_names", "recipient_names", "status", "earliest", "latest", "basis", "when_text",
    "place", "country", "latitude", "longitude", "geonames", "said_by", "topics", "confidence", "predicate", "sentence",
    "start", "end", "same_as", "why",
)  # fmt: skip

_LISTS = frozenset({"contexts", "actors", "recipients", "actor_names", "recipient_names", "topics"})


def event_rows(readings: Iterable[Reading]) -> Iterator[dict[str, Any]]:
    """One flat row an event; lists are joined with `; `, days are ISO 8601, what is not known is None."""
    for values in _rows(readings):
        yield {
            name: "; ".join(value) if name in _LISTS else value.isoformat() if hasattr(value, "isoformat") else value
            for name, value in values.items()
        }


def to_arrow(readings: Iterable[Reading]) -> pyarrow.Table:
    """The events as an Arrow table with typed columns: days are dates, lists are lists.

    Raises:
        DragomanError: pyarrow is not installed.
    """
    try:
        import pyarrow as pa
    except ImportError as error:
        raise DragomanError("tables need pyarrow: pip install '.[tables]' in the checkout") from error
    kinds = {"published": pa.date32(), "earliest": pa.date32(), "latest": pa.date32()}
    kinds |= dict.fromkeys(("intensity", "latitude", "longitude", "confidence"), pa.float64())
    kinds |= dict.fromkeys(("geonames", "sentence", "start", "end"), pa.int64())
    kinds |= dict.fromkeys(_LISTS, pa.list_(pa.string()))
    schema = pa.schema([(name, kinds.get(name, pa.string())) for name in COLUMNS])
    return pa.Table.from_pylist(list(_rows(readings)), schema=schema)


def to_pandas(readings: Iterable[Reading]) -> pandas.DataFrame:
    """The events as a pandas data frame.

    Raises:
        DragomanError: pyarrow or pandas is not installed.
    """
    try:
        frame: pandas.DataFrame = to_arrow(readings).to_pandas()
        return frame
    except ImportError as error:
        raise DragomanError("data frames need pandas: pip install '.[tables]' in the checkout") from error


def _rows(readings: Iterable[Reading]) -> Iterator[dict[str, Any]]:
    for reading in readings:
        article = reading.article
        names = {actor.id: actor.name for actor in reading.actors}
        for event in reading.events:
            where = event.where
            values = (
                article.id, article.external_id, article.published, article.source, event.id, event.type, event.mode,
                list(event.contexts), event.quad, event.intensity, event.cameo, list(event.actors),
                list(event.recipients),
                [names.get(actor, actor) for actor in event.actors],
                [names.get(actor, actor) for actor in event.recipients],
                event.status, event.when.earliest, event.when.latest, event.when.basis, event.when.text,
                where.name if where else None, where.country if where else None, where.latitude if where else None,
                where.longitude if where else None, where.geonames if where else None, event.said_by,
                list(event.topics),
                event.confidence, " ".join(event.predicate.text.split()), event.sentence, event.start, event.end,
                event.same_as, event.why,
            )  # fmt: skip
            yield dict(zip(COLUMNS, values, strict=True))
