from __future__ import annotations

import socket
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from archives import Here, article, content, documents, fill, recipe

import dragoman
from dragoman.errors import ArchiveError
from dragoman.ingest import ingest
from dragoman.store.schema import SCHEMA
from dragoman.store.tables import Batch, Conflict, Tables, new_segment, now

pytest.importorskip("moto.server", reason="no S3 server for tests: pip install 'moto[server]'")
KEYS = {"AWS_ACCESS_KEY_ID": "tests", "AWS_SECRET_ACCESS_KEY": "tests", "AWS_REGION": "us-east-1"}


@pytest.fixture(scope="module")
def store() -> Iterator[dict[str, str]]:
    """An S3 server on this machine, and what it takes to reach it."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    address = f"http://127.0.0.1:{port}"
    # A process of its own: deltalake asks for some things without letting go of the interpreter.
    command = [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as server:
        try:
            for _ in range(300):
                try:
                    urllib.request.urlopen(urllib.request.Request(f"{address}/news", method="PUT")).close()
                    break
                except OSError:
                    time.sleep(0.2)
            yield KEYS | {"AWS_ENDPOINT_URL": address, "AWS_ALLOW_HTTP": "true"}
        finally:
            server.kill()


@pytest.fixture
def bucket(store: dict[str, str], monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> str:
    """The address of an archive that is not there yet; the keys are where all tools look for them."""
    for name, value in store.items():
        monkeypatch.setenv(name, value)
    return f"s3://news/{request.node.name}"


def test_an_archive_in_an_object_store_says_what_one_in_a_folder_says(bucket: str, tmp_path: Path) -> None:
    given = [*(article(number) for number in range(10)), article(11, "FAIL ")]
    given += [
        article(2, "Corrected. ", url="https://example.org/2"),
        article(2, "Again. ", url="https://example.org/2"),
    ]
    fill(tmp_path / "here", given)
    fill(bucket, given)
    assert content(bucket) == content(tmp_path / "here")
    there, here = dragoman.open(bucket), dragoman.open(tmp_path / "here")
    assert there.events(actor="DZA", since="2000-12-14").count() == here.events(actor="DZA", since="2000-12-14").count()
    assert (
        there.counts(("month", "dyad"), one_story=True).list() == here.counts(("month", "dyad"), one_story=True).list()
    )
    assert there.mediations() == here.mediations()
    assert there.reading(article(3).id) == here.reading(article(3).id)
    assert dragoman.open(bucket, version=1).version == 1
    assert fill(bucket, given).articles == 0


def test_questions_are_answered_while_and_after_small_files_are_merged(bucket: str) -> None:
    fill(bucket, [article(number) for number in range(12)], batch=2)
    archive = dragoman.open(bucket)
    before = archive.table("events").list()
    tables = Tables(bucket)
    assert tables.compact(tables.batches()[1], fan=3) > 0
    assert archive.table("events").list() == before
    merged = dragoman.open(bucket)
    assert merged.table("events").list() == before
    assert merged.events(article=article(5).id, type="AGREE").count() == 1
    assert merged.sql("SELECT count(*) AS n FROM statements WHERE speaker_country = ?", ["DZA"]).list() == [{"n": 24}]
    assert fill(bucket, [article(number) for number in range(14)]).articles == 2


def test_a_question_in_sql_reads_nothing_but_the_archive(bucket: str, tmp_path: Path) -> None:
    fill(bucket, [article(1)])
    secret = tmp_path / "secret.csv"
    secret.write_text("a\n1\n", encoding="utf-8")
    archive = dragoman.open(bucket)
    assert archive.sql("SELECT count(*) AS n FROM events").list() == [{"n": 3}]
    with pytest.raises(ArchiveError):
        archive.sql(f"SELECT * FROM '{secret}'").list()


def test_two_that_write_into_an_object_store_at_once_both_land_and_no_article_twice(bucket: str) -> None:
    shared = [article(number) for number in range(12)]
    lists = [[*shared, *(article(base + number) for number in range(6))] for base in (100, 200)]
    failed: list[BaseException] = []

    def run(number: int) -> None:
        try:
            ingest(bucket, documents(lists[number], f"{number}.jsonl"), recipe(), Here(), batch=3)
        except BaseException as error:
            failed.append(error)

    threads = [threading.Thread(target=run, args=(number,)) for number in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failed
    archive = dragoman.open(bucket)
    ids = [item.article.id for item in archive.articles(history=True)]
    assert sorted(ids) == sorted({raw.id for given in lists for raw in given})
    assert [batch.sequence for batch in archive.batches()] == list(range(1, len(archive.batches()) + 1))


def test_an_address_without_an_archive_is_named(bucket: str) -> None:
    with pytest.raises(ArchiveError, match="is no archive"):
        dragoman.open(bucket)


def test_a_bucket_that_is_not_there_is_told_in_one_line(bucket: str) -> None:
    for attempt in (lambda: fill("s3://nowhere/archive", [article(1)]), lambda: dragoman.open("s3://nowhere/archive")):
        with pytest.raises(ArchiveError) as found:
            attempt()
        assert "s3://nowhere/archive" in str(found.value)
        assert "\n" not in str(found.value)
        assert "\x1b" not in str(found.value)


def test_of_two_batches_that_follow_the_same_one_only_the_first_is_there(bucket: str) -> None:
    tables = [Tables(bucket), Tables(bucket)]
    tables[0].create()
    versions = [table.batches()[0] for table in tables]
    assert versions[0] == versions[1]
    batches = [
        Batch(1, f"batch{number}", new_segment(), "ingest", "1", SCHEMA, 0, 0, 0, 0, now()) for number in range(2)
    ]
    tables[0].commit(batches[0], versions[0])
    with pytest.raises(Conflict):
        tables[1].commit(batches[1], versions[1])
    assert [batch.batch for batch in tables[1].batches()[1]] == ["batch0"]
