"""What can be asked, as SQL: filters with their parameters, and what counts are made by."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from dragoman.errors import ArchiveError

Condition = tuple[str, list[Any]]
One = str | date | int
Wanted = One | Iterable[One] | None

# What events can be counted by: the columns, and what each is made of.
_BY_DYADS = ("dyad", "actor", "recipient")
_PERIODS = {
    "day": "day",
    "week": "CAST(date_trunc('week', day) AS DATE)",
    "month": "CAST(date_trunc('month', day) AS DATE)",
    "year": "year(day)",
}
_PLAIN = ("type", "mode", "quad", "cameo", "status", "country", "source")
BY = (*_PERIODS, *_BY_DYADS, *_PLAIN)


def values(wanted: Wanted) -> list[Any]:
    """One value or several as a list."""
    if wanted is None:
        return []
    return [wanted] if isinstance(wanted, str | date | int) else list(wanted)


def any_of(column: str, wanted: Wanted) -> Iterator[Condition]:
    """The column holds one of these."""
    if wanted is not None:
        yield _one_of(column, values(wanted))


def _one_of(column: str, wanted: list[Any]) -> Condition:
    # Written out, because DuckDB skips parts of files by IN and not by list_contains.
    return (f'"{column}" IN ({", ".join("?" * len(wanted))})' if wanted else "false"), wanted


def any_in_list(column: str, wanted: Wanted) -> Iterator[Condition]:
    """The column, a list, holds one of these."""
    if wanted is not None:
        yield f'list_has_any("{column}", ?)', [values(wanted)]


def between(column: str, since: str | date | None, until: str | date | None) -> Iterator[Condition]:
    """Days from `since` to `until`, both included.

    Raises:
        ArchiveError: one of them is no day.
    """
    if since is not None:
        yield f'"{column}" >= ?', [_day(since)]
    if until is not None:
        yield f'"{column}" <= ?', [_day(until)]


def _day(value: str | date) -> date:
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(value)
    except ValueError as error:
        raise ArchiveError(f"{value!r} is no day such as 2022-03-21") from error


#: Stands around each id in the columns ``…_all`` of `events_keyed`.
MARK = "\x1f"


def _side(side: str, wanted: list[Any], keyed: bool) -> Condition:
    """Someone on this side of the event is meant: by id, or by the country that is acted for."""
    if keyed:
        return _told(f"{side}_all", wanted)
    # One by one, because DuckDB looks for one value in a list five times as fast as for any of several.
    parts = [f"list_contains({column}, ?)" for column in (f"{side}s", f"{side}_countries")]
    listed = " OR ".join(" OR ".join([part] * len(wanted)) for part in parts)
    return f"({listed or 'false'})", [*wanted, *wanted] if wanted else []


def _either_side(wanted: list[Any], keyed: bool) -> Condition:
    """Someone on one side of the event or the other is meant."""
    if keyed:
        return _told("taker_all", wanted)
    (actors, first), (recipients, second) = (_side(side, wanted, keyed) for side in ("actor", "recipient"))
    return f"({actors} OR {recipients})", [*first, *second]


def _told(column: str, wanted: list[Any]) -> Condition:
    """One of these stands in a text: words are found several times as fast as items of lists."""
    texts = [f"{MARK}{value}{MARK}" for value in wanted if MARK not in str(value)]
    return f"({' OR '.join([f'contains({column}, ?)'] * len(texts)) or 'false'})", texts


def events(filters: Mapping[str, Any], keyed: bool = False) -> list[Condition]:
    """The filters of events as conditions on the columns of `events`, or those of `events_keyed`."""
    return [*_events(filters, keyed)]


def _events(f: Mapping[str, Any], keyed: bool) -> Iterator[Condition]:
    for side in ("actor", "recipient"):
        if f.get(side) is not None:
            yield _side(side, values(f[side]), keyed)
    if f.get("with_") is not None:
        yield _either_side(values(f["with_"]), keyed)
    for column in ("type", "mode", "quad", "status", "country", "said_by", "article", "source"):
        yield from any_of(column, f.get(column))
    if f.get("cameo") is not None:  # a code stands for those below it: 05 for 051 and 057
        codes = values(f["cameo"])
        yield "(" + " OR ".join(["starts_with(cameo, ?)"] * len(codes)) + ")", codes
    yield from any_in_list("contexts", f.get("context"))
    yield from any_in_list("topics", f.get("topic"))
    yield from between("day", f.get("since"), f.get("until"))
    if f.get("min_confidence") is not None:
        yield "confidence >= ?", [float(f["min_confidence"])]


def where(conditions: Iterable[Condition]) -> tuple[str, list[Any]]:
    """All conditions together, with their parameters in order."""
    parts, parameters = [], []
    for sql, given in conditions:
        parts.append(sql)
        parameters += given
    return (" WHERE " + " AND ".join(parts) if parts else ""), parameters


def counts(
    by: Sequence[str], filters: Mapping[str, Any], *, suffix: str, firsts: str, keyed: bool = False
) -> tuple[str, list[Any], str]:
    """Counts of events by some of `BY`: the question, its parameters, and the order of the answer.

    Args:
        keyed: to be asked of `events_keyed` and `dyads_keyed`.
        suffix: `_history` for readings that gave way, too.
        firsts: a condition that leaves one article of each story.

    Raises:
        ArchiveError: there is nothing of that name to count by.
    """
    for name in by:
        if name not in BY:
            raise ArchiveError(f"events cannot be counted by {name!r}; there are {', '.join(BY)}")
    dyads = bool(set(by) & set(_BY_DYADS))
    columns = list(
        dict.fromkeys(column for name in by for column in (("actor", "recipient") if name == "dyad" else (name,)))
    )
    chosen = ", ".join(f'{_PERIODS.get(name, chr(34) + name + chr(34))} AS "{name}"' for name in columns)
    if dyads and set(by) & {"country"}:
        raise ArchiveError("countries of places cannot be counted together with dyads")
    if dyads:
        conditions, others = _dyads(filters, keyed)
        if others:
            inner, given = where(events(others))
            conditions.append((f"(article, event) IN (SELECT article, id FROM events{suffix}{inner})", given))
        one_sided = len({"actor", "recipient", "dyad"} & set(by)) == 1 and "dyad" not in by
        table, number = (
            f"dyads{'_keyed' * keyed}{suffix}",
            "count(DISTINCT (article, event))" if one_sided else "count(*)",
        )
    else:
        conditions = events(filters, keyed)
        table, number = f"events{'_keyed' * keyed}{suffix}", "count(*)"
    if firsts:
        conditions.append((firsts, []))
    condition, parameters = where(conditions)
    grouped = " GROUP BY ALL" if columns else ""
    sql = f"SELECT {chosen}{', ' if chosen else ''}{number} AS n FROM {table}{condition}{grouped}"
    return sql, parameters, ", ".join(f'"{name}" NULLS LAST' for name in columns)


#: Columns beside those of `dyads` that `dyads_keyed` has: what else filters ask, so that no event is looked up.
OF_EVENTS = ("country", "said_by", "contexts", "topics")


def _dyads(filters: Mapping[str, Any], keyed: bool) -> tuple[list[Condition], dict[str, Any]]:
    """The filters that dyads can answer by themselves, and those that events must."""
    given = {name: value for name, value in filters.items() if value is not None}
    mine: list[Condition] = []
    for side in ("actor", "recipient"):
        if side in given:
            wanted = values(given.pop(side))
            mine.append(either((side, f"{side}_id"), wanted))
    if "with_" in given:
        wanted = values(given.pop("with_"))
        mine.append(either(("actor", "actor_id", "recipient", "recipient_id"), wanted))
    inside = {"type", "mode", "quad", "cameo", "status", "article", "source", "since", "until", "min_confidence"}
    if keyed:
        inside |= {"country", "said_by", "context", "topic"}
    mine += events({name: value for name, value in given.items() if name in inside})
    return mine, {name: value for name, value in given.items() if name not in inside}


def either(columns: Sequence[str], wanted: list[Any]) -> Condition:
    """One of the columns holds one of these."""
    conditions = [_one_of(column, wanted) for column in columns]
    return "(" + " OR ".join(sql for sql, _ in conditions) + ")", [item for _, given in conditions for item in given]
