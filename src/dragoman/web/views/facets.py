"""Ways to narrow a selection of events, each value with the number of events that it leads to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from dragoman.store.facets import FACETS, Facets, Pair
from dragoman.web import urls
from dragoman.web.contexts import Choice, Facet
from dragoman.web.library import Shelf
from dragoman.web.selection import Selection

_LABELS = {
    "type": "Type", "actor": "Who", "recipient": "To whom", "status": "Status", "country": "Where", "year": "Year",
    "confidence": "Confidence", "source": "Source",
}  # fmt: skip
_MOST_CHOICES = 9
_TENTHS = (9, 8, 7, 5)


def facets(
    shelf: Shelf, selection: Selection, show: str, crossed: tuple[Pair, ...] = ()
) -> tuple[Facets, tuple[Facet, ...]]:
    """How the selection divides, also by the pairs that are to be crossed; and the facets that have any choice.

    A facet counts as if it were open, so that another of its values can be chosen instead. Those that are open already
    are counted in one go.
    """
    opened = tuple(name for name in FACETS if _without(selection, name) == selection)
    together = _counted(shelf, selection, opened, crossed)
    found = []
    for name, label in _LABELS.items():
        counts = together if name in opened else _counted(shelf, _without(selection, name), (name,))
        choices = tuple(_choices(name, dict(counts.counts[name]), selection, show, shelf))
        if choices:
            found.append(Facet(name, label, choices))
    return together, tuple(found)


def _counted(shelf: Shelf, selection: Selection, names: tuple[str, ...], crossed: tuple[Pair, ...] = ()) -> Facets:
    return shelf.keep(
        ("facets", selection, names, crossed),
        lambda: shelf.archive.facets(names, crossed=crossed, **selection.filters()),
    )


def _without(selection: Selection, name: str) -> Selection:
    """The selection with this facet open."""
    if name == "year":
        return replace(selection, since=None, until=None) if _year(selection) else selection
    if name == "confidence":
        return replace(selection, min_confidence=None)
    return selection.with_values(name, ())


def _year(selection: Selection) -> int | None:
    """The year that is chosen, if it is exactly one."""
    first, last = selection.since, selection.until
    if first is None or last is None or first.year != last.year:
        return None
    return first.year if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31) else None


def _choices(name: str, counts: dict[str, int], selection: Selection, show: str, shelf: Shelf) -> Iterator[Choice]:
    if name == "year":
        chosen_year = _year(selection)
        for year in sorted(map(int, counts), reverse=True)[:_MOST_CHOICES]:
            days = (None, None) if year == chosen_year else (date(year, 1, 1), date(year, 12, 31))
            narrowed = replace(selection, since=days[0], until=days[1])
            yield Choice(str(year), str(year), counts[str(year)], year == chosen_year, _address(narrowed, show))
    elif name == "confidence":
        for tenth in _TENTHS:
            least = tenth / 10
            n = sum(count for value, count in counts.items() if int(value) >= tenth)
            chosen = selection.min_confidence == least
            if n or chosen:
                narrowed = replace(selection, min_confidence=None if chosen else least)
                yield Choice(
                    f"{least}", f"{10 * tenth}\N{NO-BREAK SPACE}% and more", n, chosen, _address(narrowed, show)
                )
    else:
        held: tuple[str, ...] = getattr(selection, name)
        others = [value for value in counts if value not in held]
        for value in (*held, *others[:_MOST_CHOICES]):
            label = shelf.names[value] if name in ("actor", "recipient", "country") else value
            address = _address(selection.with_value(name, value), show)
            yield Choice(value, label, counts.get(value, 0), value in held, address)


def _address(selection: Selection, show: str) -> str:
    return urls.events(**selection.values(), show=None if show == "table" else show)
