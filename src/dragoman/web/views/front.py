"""The front page and the list of mediations."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from dragoman.mediation import MediationFile, Report
from dragoman.web import urls
from dragoman.web.contexts import HomePage, MediationsPage, News, Summary
from dragoman.web.library import Shelf
from dragoman.web.views.parts import all_told, last_day, named, title, told
from dragoman.web.views.standing import last_turn

_NEWS_A_MEDIATION = 6
_LATEST = 8


def summary(file: MediationFile, shelf: Shelf, as_of: date | None = None) -> Summary:
    """A mediation as a line in a list."""
    happened = [item for item in file.steps if item.step.status != "future"] or list(file.steps)
    latest = max(happened, key=last_day, default=None)
    turn = last_turn(file.steps) or latest
    later = turn is not None and latest is not None and last_day(latest)[0] > last_day(turn)[0]
    return Summary(
        file=file,
        title=title(file, shelf),
        mediators=named((mediator.actor for mediator in file.mediators), shelf),
        turn=None if turn is None else told(turn, file, shelf, as_of),
        latest=told(latest, file, shelf, as_of) if latest is not None and later else None,
        address=urls.mediation(file.id, as_of=as_of),
    )


def home(shelf: Shelf, since: date | None, last_batch: int | None) -> HomePage:
    """Args: since: the chosen day; last_batch: how many batches there were at the reader's last visit."""
    last = shelf.info.last or date.today()
    day = since or last - timedelta(days=7)
    after = day + timedelta(days=1)
    fresh: frozenset[str] | None = None
    if last_batch is not None and last_batch < shelf.info.version:
        fresh = shelf.keep(("came in", last_batch), lambda: _came_in(shelf, last_batch))
    counted = shelf.keep(
        ("since", day),
        lambda: (shelf.archive.articles(since=after).count(), shelf.archive.events(since=after).count()),
    )
    return HomePage(
        info=shelf.info,
        since=day,
        after=after,
        fresh=None if fresh is None else len(fresh),
        fresh_news=shelf.keep(("fresh", last_batch), lambda: _news(shelf, lambda report: report.article in fresh))
        if fresh
        else (),
        news=shelf.keep(("news", day), lambda: _news(shelf, lambda report: report.published > day)),
        mediations=tuple(summary(file, shelf) for file in shelf.files()[:_LATEST]),
        articles=counted[0],
        events=counted[1],
    )


def _came_in(shelf: Shelf, last_batch: int) -> frozenset[str]:
    """The articles of all batches after this one."""
    sql = "SELECT article FROM articles JOIN batches USING (batch) WHERE sequence > ?"
    return frozenset(row[0] for row in shelf.archive.run(sql, [last_batch]).fetchall())


def _news(shelf: Shelf, is_new: Callable[[Report], bool]) -> tuple[News, ...]:
    """The steps of which no report is older."""
    found = []
    for file in shelf.files():
        fresh = {report.id for report in file.reports if is_new(report)}
        steps = [item for item in file.steps if fresh.issuperset(item.reports)] if fresh else []
        if steps:
            steps.sort(key=last_day, reverse=True)
            shown = all_told(file, steps[:_NEWS_A_MEDIATION], shelf, None)
            found.append(News(title(file, shelf), urls.mediation(file.id), tuple(shown), len(steps) - len(shown)))
    return tuple(found)


def mediations(shelf: Shelf, as_of: date | None) -> MediationsPage:
    """All of them, the one with the newest report first."""
    return MediationsPage(tuple(summary(file, shelf, as_of) for file in shelf.files(as_of)), as_of)
