from __future__ import annotations

from collections import Counter

import pytest
from archives import article, fill

import dragoman
from dragoman.errors import ArchiveError
from dragoman.store.archive import Archive
from dragoman.store.facets import FACETS
from dragoman.store.rows import day


@pytest.fixture(scope="module", params=["files", "memory"])
def archive(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Archive:
    folder = tmp_path_factory.mktemp("divided") / "archive"
    fill(folder, [article(n) for n in range(5)])
    fill(folder, [article(9, "Again. ")])
    opened = dragoman.open(folder)
    if request.param == "memory":
        opened.hold()
    return opened


@pytest.mark.parametrize(
    "filters", [{}, {"type": "AGREE"}, {"actor": "DZA"}, {"with_": ["ETH", "ERI"]}, {"actor": "FRA"}, {"history": True},
                {"one_story": True}]
)  # fmt: skip
def test_a_selection_divides_as_its_events_do(archive: Archive, filters: dict[str, object]) -> None:
    events = archive.events(**filters).list()  # type: ignore[arg-type]
    countries = {item.record.id: item.record.country for item in archive.actors(history=True)}
    sides = {
        name: Counter(
            key for item in events for key in {countries[actor] or actor for actor in getattr(item.record, f"{name}s")}
        )
        for name in ("actor", "recipient")
    }
    found = archive.facets(**filters)
    assert found.total == len(events)
    assert {name: dict(found.counts[name]) for name in FACETS} == {
        "type": Counter(item.record.type for item in events),
        "status": Counter(item.record.status for item in events),
        "country": Counter(item.record.where.country for item in events if item.record.where),
        "source": Counter(item.article.source for item in events),
        "year": Counter(str(day(item.record.when, item.article.published).year) for item in events),
        "confidence": Counter(str(min(9, int(item.record.confidence * 10))) for item in events),
        **sides,
    }


def test_a_selection_divides_by_nothing_that_there_is_not(archive: Archive) -> None:
    with pytest.raises(ArchiveError, match="there is no facet 'colour'; there are type"):
        archive.facets(("colour",))
    assert archive.facets(()).total == 18


def test_a_selection_divides_by_two_things_at_once(archive: Archive) -> None:
    pairs = (("month", "quad"), ("type", "status"))
    events = archive.events(with_="ERI").list()
    found = archive.facets(("type",), crossed=pairs, with_="ERI")
    assert found.counts == archive.facets(("type",), with_="ERI").counts
    assert found.total == len(events)
    months = Counter((f"{day(e.record.when, e.article.published):%Y-%m}-01", e.record.quad) for e in events)
    assert {(month, quad): n for month, quad, n in found.crossed["month", "quad"]} == months
    types = Counter((e.record.type, e.record.status) for e in events)
    assert {(kind, status): n for kind, status, n in found.crossed["type", "status"]} == types
    with pytest.raises(ArchiveError, match="'actor' cannot be crossed"):
        archive.facets(crossed=(("actor", "quad"),))


def test_whom_an_actor_deals_with_is_told_by_year(archive: Archive) -> None:
    countries = {item.record.id: item.record.country for item in archive.actors(history=True)}
    wanted: Counter[tuple[str, int, str]] = Counter()
    for item in archive.events(with_="ETH"):
        year = day(item.record.when, item.article.published).year
        everyone = {countries[actor] or actor for actor in (*item.record.actors, *item.record.recipients)}
        for other in everyone - {"ETH"}:
            wanted[other, year, item.record.quad] += 1
    assert {(other, year, quad): n for other, year, quad, n in archive.dealings("ETH", "ETH")} == wanted
    assert wanted
