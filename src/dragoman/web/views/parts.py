"""What several pages show: steps in words, names with their addresses, places in long lists."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date

from dragoman.mediation import FileStep, MediationFile, Report
from dragoman.mediation.prose import shortened
from dragoman.mediation.wording import step_sentence, telling
from dragoman.presentation import wording
from dragoman.web import charts, urls
from dragoman.web.contexts import Paging, ToldStep
from dragoman.web.library import Shelf
from dragoman.web.selection import ParameterError

MOST_PAGES = 100
# Of these the sentence tells who met whom and what came of it; the words would only say it again.
_SAY_ENOUGH = ("talks", "consultation")


def paging(page: int, size: int, total: int, address: Callable[[int | None], str]) -> Paging:
    """Where page `page` (from 1) of a list lies; `address` makes the link to another page.

    Raises:
        ParameterError: there is no such page.
    """
    # Nobody leafs further, and what lies deeper has to be sorted anew for each page.
    pages = min(max(1, -(-total // size)), MOST_PAGES)
    if page > pages:
        there = "is 1 page" if pages == 1 else f"are {pages} pages"
        raise ParameterError(f"page: there {there}; narrow what you look for, or take the whole of it as a file")
    first = (page - 1) * size
    return Paging(
        page, pages, total, min(first + 1, total), min(first + size, total),
        address(page - 1 if page > 2 else None) if page > 1 else None,
        address(page + 1) if page < pages else None,
    )  # fmt: skip


def told(item: FileStep, file: MediationFile, shelf: Shelf, as_of: date | None = None) -> ToldStep:
    """A step in words, with the reports that it was made of."""
    wanted = frozenset(item.reports)
    return _told(item, tuple(report for report in file.reports if report.id in wanted), file.id, shelf, as_of)


def _told(item: FileStep, reports: tuple[Report, ...], file: str, shelf: Shelf, as_of: date | None) -> ToldStep:
    return ToldStep(
        item=item,
        sentence=step_sentence(item.step, shelf.names.__getitem__),
        words=shortened(telling(reports[0])) if reports and item.step.kind not in _SAY_ENOUGH else "",
        days=wording.days(item.step.when),
        tone=charts.TONES[item.step.kind],
        reports=reports,
        address=urls.step(file, item.id, as_of),
    )


def all_told(file: MediationFile, items: Iterable[FileStep], shelf: Shelf, as_of: date | None) -> list[ToldStep]:
    """Many steps of one file in words."""
    by_id = {report.id: report for report in file.reports}
    return [
        _told(item, tuple(by_id[report] for report in item.reports if report in by_id), file.id, shelf, as_of)
        for item in items
    ]


def title(file: MediationFile, shelf: Shelf) -> str:
    """Russia – Ukraine."""
    return " – ".join(shelf.names[party] for party in file.parties) or file.id


def named(ids: Iterable[str], shelf: Shelf) -> tuple[tuple[str, str], ...]:
    """Names with the addresses of their pages."""
    return tuple((shelf.names[actor], urls.actor(actor)) for actor in ids)


def last_day(item: FileStep) -> tuple[date, str]:
    """What steps are put in order by: when it ended, the latest last."""
    when = item.step.when
    return (when.latest or when.earliest or date.min, item.id)
