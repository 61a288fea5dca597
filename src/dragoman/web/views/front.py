"""The front page and the list of mediations."""

from __future__ import annotations

from datetime import date, timedelta

from dragoman.mediation import MediationFile
from dragoman.web import urls
from dragoman.web.contexts import HomePage, MediationsPage, News, Summary
from dragoman.web.library import Shelf
from dragoman.web.views.parts import all_told, last_day, named, title, told

_NEWS_A_MEDIATION = 6
_LATEST = 8


def summary(file: MediationFile, shelf: Shelf, as_of: date | None = None) -> Summary:
    """A mediation as a line in a list."""
    happened = [item for item in file.steps if item.step.status != "future"] or list(file.steps)
    latest = max(happened, key=last_day, default=None)
    return Summary(
        file=file,
        title=title(file, shelf),
        mediators=named((mediator.actor for mediator in file.mediators), shelf),
        latest=None if latest is None else told(latest, file, shelf, as_of),
        address=urls.mediation(file.id, as_of=as_of),
    )


def home(shelf: Shelf, since: date | None, last_batch: int | None) -> HomePage:
    """Args: since: the chosen day; last_batch: how many batches there were at the reader's last visit."""
    last = shelf.info.last or date.today()
    day = since or last - timedelta(days=7)
    fresh = None
    if last_batch is not None and last_batch < shelf.info.version:
        fresh = sum(batch.articles for batch in shelf.archive.batches() if batch.sequence > last_batch)
    counted = shelf.keep(
        ("since", day),
        lambda: (
            shelf.archive.articles(since=day + timedelta(days=1)).count(),
            shelf.archive.events(since=day + timedelta(days=1)).count(),
        ),
    )
    return HomePage(
        info=shelf.info,
        since=day,
        chosen=since is not None,
        fresh=fresh,
        news=shelf.keep(("news", day), lambda: _news(shelf, day)),
        mediations=tuple(summary(file, shelf) for file in shelf.files()[:_LATEST]),
        articles=counted[0],
        events=counted[1],
    )


def _news(shelf: Shelf, since: date) -> tuple[News, ...]:
    found = []
    for file in shelf.files():
        if file.latest is None or file.latest <= since:
            break  # the newest come first
        fresh = {report.id for report in file.reports if report.published > since}
        steps = [item for item in file.steps if fresh.issuperset(item.reports)]
        if steps:
            steps.sort(key=last_day, reverse=True)
            shown = all_told(file, steps[:_NEWS_A_MEDIATION], shelf, None)
            found.append(News(title(file, shelf), urls.mediation(file.id), tuple(shown), len(steps) - len(shown)))
    return tuple(found)


def mediations(shelf: Shelf, as_of: date | None) -> MediationsPage:
    """All of them, the one with the newest report first."""
    return MediationsPage(tuple(summary(file, shelf, as_of) for file in shelf.files(as_of)), as_of)
