from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from archives import FIRST, SampleReader, article, content, fill, recipe

import dragoman
from dragoman.errors import ArchiveError, DragomanError, FormatError
from dragoman.records import Event
from dragoman.sources import Item, Origin
from dragoman.store import mediations
from dragoman.store.archive import Archive
from dragoman.store.rows import Origin as RowOrigin
from dragoman.store.rows import rows
from dragoman.store.snapshot import Snapshot
from dragoman.store.tables import Tables, new_segment, to_tables


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive of ten articles in three batches."""
    path = tmp_path_factory.mktemp("kept") / "archive"
    fill(path, [article(number) for number in range(10)])
    return path


def test_what_was_read_comes_back_whole(folder: Path) -> None:
    archive = dragoman.open(folder)
    wanted = SampleReader().read(article(3))
    assert archive.reading(article(3).id) == wanted
    assert [reading.article.published for reading in archive.readings()] == [
        FIRST + timedelta(days=number) for number in range(10)
    ]


def test_every_record_leads_back_to_its_article_and_says_what_made_it(folder: Path) -> None:
    found = dragoman.open(folder).events(actor="DZA", article=article(3).id).list()
    assert [item.record for item in found] == [
        event for event in SampleReader().read(article(3)).events if "DZA" in event.actors
    ]
    assert found[0].article.title == "Report 3"
    assert found[0].versions == recipe().versions
    assert found[0].names == {"DZA": "Algeria", "ETH": "Ethiopia", "ERI": "Eritrea"}


def test_few_records_can_be_asked_about_while_they_are_gone_through(folder: Path) -> None:
    archive = dragoman.open(folder)
    texts = [archive.reading(found.article.id).article.text for found in archive.events().limit(5)]
    assert len(texts) == 5


@pytest.mark.parametrize(
    ("filters", "number"),
    [
        ({}, 30),
        ({"actor": "ETH"}, 20),
        ({"actor": ["DZA", "ETH"]}, 30),
        ({"actor": "DZA", "with_": "ERI"}, 10),
        ({"actor": "DZA", "with_": "FRA"}, 0),
        ({"recipient": "ETH"}, 10),
        ({"type": "CONCEDE", "status": "future"}, 10),
        ({"cameo": "05"}, 10),
        ({"context": "peacekeeping"}, 10),
        ({"topic": "ERI-ETH", "country": "DZA"}, 10),
        ({"said_by": "abdelaziz-bouteflika"}, 10),
        ({"min_confidence": 0.9}, 10),
        ({"status": "historical", "since": FIRST + timedelta(days=2), "until": FIRST + timedelta(days=4)}, 3),
        ({"type": []}, 0),
    ],
)
def test_events_are_found_by_each_of_their_sides(folder: Path, filters: dict[str, object], number: int) -> None:
    found = dragoman.open(folder).events(**filters)  # type: ignore[arg-type]
    assert found.count() == number
    assert len(found.list()) == number


def test_an_event_is_of_the_day_it_tells_or_else_of_the_day_it_was_published(folder: Path) -> None:
    for row in dragoman.open(folder).sql("SELECT type, day, published FROM events"):
        assert row["day"] == (date(2000, 12, 12) if row["type"] == "SUPPORT" else row["published"])


def test_a_relation_is_asked_when_it_is_wanted_in_any_shape(folder: Path) -> None:
    events = dragoman.open(folder).events(type="AGREE")
    assert events.arrow().num_rows == events.count() == len(events.pandas()) == events.polars().height == 10
    assert [item.article.title for item in events.order("-published").limit(2, offset=1)] == ["Report 8", "Report 7"]
    first = events.first()
    assert first is not None
    assert isinstance(first.record, Event)
    assert events.select("id", "day").columns == ("id", "day")
    with pytest.raises(ArchiveError, match="no name of a column"):
        events.order("day; DROP")


def test_counts_are_by_day_dyad_and_type(folder: Path) -> None:
    archive = dragoman.open(folder)
    found = archive.counts(("dyad", "type"), status=["actual", "historical"]).list()
    assert found == [
        {"actor": "DZA", "recipient": "ERI", "type": "AGREE", "n": 10},
        {"actor": "DZA", "recipient": "ETH", "type": "AGREE", "n": 10},
        {"actor": "ERI", "recipient": "ETH", "type": "SUPPORT", "n": 10},
        {"actor": "ETH", "recipient": "ERI", "type": "SUPPORT", "n": 10},
    ]
    assert archive.counts(("actor",), country="DZA").list() == [{"actor": "ERI", "n": 10}, {"actor": "ETH", "n": 10}]
    assert archive.counts(("year", "quad"), actor="ETH").list() == [
        {"year": 2000, "quad": "verbal cooperation", "n": 20}
    ]
    with pytest.raises(ArchiveError, match="cannot be counted by 'colour'"):
        archive.counts(("colour",))


def test_other_records_are_found_too(folder: Path) -> None:
    archive = dragoman.open(folder)
    one = article(0).id
    reading = archive.reading(one)
    assert tuple(item.record for item in archive.statements(article=one)) == reading.statements
    assert tuple(item.record for item in archive.actors(article=one)) == reading.actors
    assert tuple(item.record for item in archive.ties(article=one)) == reading.ties
    assert tuple(item.record for item in archive.places(article=one)) == reading.places
    assert tuple(item.record for item in archive.steps(article=one)) == reading.mediations[0].steps
    assert archive.statements(speaker="DZA").count() == 20
    assert [item.article.id for item in archive.articles(search="report 7.")] == [article(7).id]


def test_the_file_on_a_mediation_draws_on_all_articles(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    archive = dragoman.open(folder)
    (file,) = archive.mediations()
    assert file.id == "ERI-ETH"
    assert len(file.articles) == 10
    assert len(archive.mediation("ERI-ETH", FIRST + timedelta(days=2)).articles) == 3
    assert archive.conflicts() == ("ERI-ETH",)
    assert archive.files().file("ERI-ETH") == file
    monkeypatch.setattr(mediations, "_MANY", 0)  # as in an archive of very many
    assert dragoman.open(folder).mediations() == (file,)
    with pytest.raises(DragomanError, match="no mediation 'RUS-UKR'; there are: ERI-ETH"):
        dragoman.open(folder).mediation("RUS-UKR")


def test_sql_reads_the_archive_and_nothing_else(folder: Path, tmp_path: Path) -> None:
    archive = dragoman.open(folder)
    assert archive.sql("SELECT count(*) AS n FROM statements WHERE quoted;").list() == [{"n": 10}]
    assert archive.sql("SELECT count(*) AS n FROM dyads WHERE actor = ?", ["DZA"]).list() == [{"n": 20}]
    secret = tmp_path / "secret.csv"
    secret.write_text("a\n1\n", encoding="utf-8")
    for question in (
        f"SELECT * FROM '{secret}'",
        f"COPY (SELECT 1) TO '{folder}/strange.csv'",
        "SELECT 1; SELECT 2",
        "SET enable_external_access = true",
        "SELECT nothing FROM events",
        "SELEC",
    ):
        with pytest.raises(ArchiveError):
            archive.sql(question).list()
    assert not (folder / "strange.csv").exists()


def test_the_same_again_changes_nothing(tmp_path: Path) -> None:
    folder = tmp_path / "archive"
    articles = [article(number) for number in range(6)]
    fill(folder, articles)
    before = content(folder)
    report = fill(folder, [*articles, articles[0]])
    assert (report.articles, report.known, report.batches) == (0, 7, 0)
    assert content(folder) == before


def test_a_changed_article_is_a_new_revision_and_the_old_one_can_still_be_seen(tmp_path: Path) -> None:
    folder = tmp_path / "archive"
    fill(folder, [article(1, url="https://example.org/1"), article(2)])
    revised = article(1, "Corrected. ", url="https://example.org/1")
    fill(folder, [revised])
    archive = dragoman.open(folder)
    assert {item.article.id for item in archive.articles()} == {revised.id, article(2).id}
    assert archive.articles(history=True).count() == 3
    assert archive.events(type="AGREE").count() == 2
    assert archive.events(type="AGREE", history=True).count() == 3
    assert [(item.article.id, item.current) for item in archive.revisions(revised.id)] == [
        (article(1).id, False),
        (revised.id, True),
    ]
    assert archive.reading(revised.id).article.text == revised.text


def test_two_revisions_in_one_batch_leave_the_later_one(tmp_path: Path) -> None:
    older, newer = article(1, url="https://example.org/1"), article(1, "New. ", url="https://example.org/1")
    fill(tmp_path / "archive", [older, newer])
    assert [item.article.id for item in dragoman.open(tmp_path / "archive").articles()] == [newer.id]


def test_the_archive_can_be_seen_as_it_was(folder: Path) -> None:
    archive = dragoman.open(folder, version=1)
    assert archive.articles().count() == 4
    assert archive.events(type="AGREE").count() == 4
    assert dragoman.open(folder, version=0).events().count() == 0
    with pytest.raises(ArchiveError, match="no version 9"):
        dragoman.open(folder, version=9)


def test_an_open_archive_stays_as_it_is_until_it_is_refreshed(tmp_path: Path) -> None:
    folder = tmp_path / "archive"
    fill(folder, [article(1)])
    archive = dragoman.open(folder)
    fill(folder, [article(2)])
    assert archive.articles().count() == 1
    assert archive.refresh()
    assert archive.articles().count() == 2
    assert not archive.refresh()


def test_what_cannot_be_read_is_named_once(tmp_path: Path) -> None:
    folder = tmp_path / "archive"
    bad = Item.refused(Origin("bad.txt"), FormatError("it is empty"))
    poison = article(2, "FAIL ")
    for _ in range(2):
        report = fill(folder, [bad, article(1), poison])
    assert report.refused == 2
    first, second = dragoman.open(folder).problems()
    assert (first.origin, first.kind, first.message) == ("bad.txt", "FormatError", "it is empty")
    assert (second.origin, second.kind, second.article) == ("news.jsonl, line 2", "ValueError", poison.id)
    assert "no sense in it" in second.message


def test_an_archive_says_what_it_holds(folder: Path) -> None:
    info = dragoman.open(folder).info()
    assert (info.version, info.articles, info.events, info.mediations, info.problems) == (4, 10, 30, 1, 0)
    assert (info.first, info.last) == (FIRST, FIRST + timedelta(days=9))
    assert info.versions == (recipe().versions,)
    assert info.bytes > 1000


def test_what_is_no_archive_is_said_to_be_none(tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match="is no archive"):
        dragoman.open(tmp_path)
    (tmp_path / "letters.txt").write_text("dear all", encoding="utf-8")
    with pytest.raises(ArchiveError, match=r"it holds letters\.txt"):
        fill(tmp_path, [article(1)])


def test_a_newer_schema_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "archive"
    monkeypatch.setattr("dragoman.store.writing.SCHEMA", 99)
    for again in (lambda: fill(folder, [article(1)]), lambda: dragoman.open(folder)):
        with pytest.raises(ArchiveError, match="schema 99"):
            again()


def test_what_duckdb_cannot_open_by_itself_is_read_through_arrow(tmp_path: Path) -> None:
    """As an object store is: the same answers, through Delta Lake's own way to the files."""
    fill(tmp_path, [article(number) for number in range(6)])
    here = dragoman.open(tmp_path)
    tables = Tables(tmp_path.as_uri())
    tables.folder = None
    there = Archive(tables, Snapshot(tables))
    for ask in (
        lambda archive: archive.events(actor="DZA", since=FIRST).list(),
        lambda archive: archive.counts(("dyad", "month")).list(),
        lambda archive: archive.sql("SELECT count(*) AS n FROM statements").list(),
        lambda archive: archive.reading(article(3).id),
    ):
        assert ask(here) == ask(there)


def test_small_files_become_large_ones_and_nothing_else_changes(tmp_path: Path) -> None:
    fill(tmp_path, [article(number) for number in range(12)], batch=1)
    before = content(tmp_path)
    archive = dragoman.open(tmp_path)
    tables = Tables(tmp_path)
    orphan = to_tables(rows(SampleReader().read(article(99)), RowOrigin("x", "1")))
    tables.write(new_segment(), orphan)
    files = len(tables.files("events", archive.batches()))
    assert tables.compact(archive.batches(), fan=4) > 0
    assert len(tables.files("events", archive.batches())) < files
    assert archive.events().count() == 36  # who opened it before is not disturbed
    assert content(tmp_path) == before
    assert dragoman.open(tmp_path, version=3).articles().count() == 3
    assert tables.sweep(archive.batches()) == 0  # it may be another's that is being written
    assert tables.sweep(archive.batches(), age=0.0) == 1
    assert content(tmp_path) == before


def test_a_question_that_wants_all_the_memory_is_an_error_of_its_own(folder: Path) -> None:
    archive = dragoman.open(folder)
    greedy = "SELECT list(a.range::VARCHAR || b.range::VARCHAR) FROM range(40000) a, range(4000) b"
    with pytest.raises(ArchiveError, match=r"(?i)memory"):
        archive.sql(greedy).list()
    assert archive.sql("SELECT count(*) AS n FROM events").first() is not None
