from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from archives import FIRST, article, content, documents, fill, recipe

import dragoman
from dragoman.errors import IngestError
from dragoman.ingest import LocalEngine, Recipe, Report, ingest, reread
from dragoman.sources import Document


def _take(folder: Path, given: list[Document], workers: int = 2, **options: object) -> Report:
    return ingest(folder, given, recipe(), LocalEngine(workers, patience=2.0), batch=20, **options)  # type: ignore[arg-type]


def test_any_number_of_workers_gives_the_same_to_the_byte(tmp_path: Path) -> None:
    given = documents(article(number) for number in range(50))
    ingest(tmp_path / "here", given, recipe(), LocalEngine(1), batch=20)
    ingest(tmp_path / "many", given, recipe(), LocalEngine(3), batch=20)
    assert content(tmp_path / "here") == content(tmp_path / "many")
    assert [batch.batch for batch in dragoman.open(tmp_path / "here").batches()] == [
        batch.batch for batch in dragoman.open(tmp_path / "many").batches()
    ]


def test_an_article_that_kills_its_reader_is_set_aside_and_named_and_the_rest_is_read(tmp_path: Path) -> None:
    words = {7: "KILL ", 8: "FAIL ", 21: "KILL ", 33: "SLEEP "}
    given = [article(number, words.get(number, "")) for number in range(40)]
    report = _take(tmp_path, documents(given))
    assert (report.articles, report.refused) == (36, 4)
    archive = dragoman.open(tmp_path)
    assert {item.article.id for item in archive.articles()} == {
        raw.id for number, raw in enumerate(given) if number not in words
    }
    told = {problem.origin: problem.message for problem in archive.problems()}
    assert sorted(told) == [f"news.jsonl, line {number + 1}" for number in (21, 33, 7, 8)]
    assert "SIGKILL" in told["news.jsonl, line 8"]
    assert "no sense in it" in told["news.jsonl, line 9"]
    assert "did not end in 2 seconds" in told["news.jsonl, line 34"]


def test_what_was_set_aside_is_not_tried_again_by_the_same_versions(tmp_path: Path) -> None:
    given = documents([article(1), article(2, "KILL ")])
    _take(tmp_path, given)
    began = time.monotonic()
    report = _take(tmp_path, given)
    assert (report.known, report.refused, report.batches) == (1, 1, 0)
    assert time.monotonic() - began < 30
    newer = recipe("2.0 model=a codebook=b knowledge=c")
    assert ingest(tmp_path, given, newer, LocalEngine(1)).refused == 1
    assert dragoman.open(tmp_path).problems().count() == 2


def _no_reader() -> object:
    raise OSError("the weights are missing")


def test_a_reader_that_cannot_be_made_ends_the_run_with_its_reason(tmp_path: Path) -> None:
    with pytest.raises(IngestError, match="the weights are missing"):
        ingest(tmp_path, documents([article(1)]), Recipe(_no_reader, (), "1"), LocalEngine(2))  # type: ignore[arg-type]


def test_only_as_much_is_taken_from_the_source_as_is_being_read(tmp_path: Path) -> None:
    taken, most = 0, 0

    def endless() -> Iterator[Document]:
        nonlocal taken
        for document in documents(article(number) for number in range(160)):
            taken += 1
            yield document

    def watch(report: Report) -> None:
        nonlocal most
        most = max(most, taken - report.seen)

    ingest(tmp_path, endless(), recipe(), LocalEngine(2), batch=20, progress=watch)
    assert taken == 160
    assert most <= 100


def test_two_ingests_at_once_both_land_and_no_article_twice(tmp_path: Path) -> None:
    shared = [article(number) for number in range(40)]
    lists = [
        documents([*shared[:30], *(article(100 + number) for number in range(30))], "one.jsonl"),
        documents([*shared[10:], *(article(200 + number) for number in range(30))], "two.jsonl"),
    ]
    failed: list[BaseException] = []

    def run(given: list[Document]) -> None:
        try:
            ingest(tmp_path, given, recipe(), LocalEngine(1), batch=5)
        except BaseException as error:
            failed.append(error)

    threads = [threading.Thread(target=run, args=(given,)) for given in lists]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failed
    archive = dragoman.open(tmp_path)
    ids = [item.article.id for item in archive.articles(history=True)]
    wanted = {raw.id for raw in shared} | {article(base + n).id for base in (100, 200) for n in range(30)}
    assert sorted(ids) == sorted(wanted)
    assert archive.events().count() == 3 * len(wanted)
    assert [batch.sequence for batch in archive.batches()] == list(range(1, len(archive.batches()) + 1))


_KILLED = """
import sys
from pathlib import Path
from archives import article, documents, recipe
from dragoman.ingest import LocalEngine, ingest

if __name__ == "__main__":
    given = documents(article(number, "FAIL " * (number == 17)) for number in range(60))
    ingest(Path(sys.argv[1]), given, recipe(), LocalEngine(1), batch=6)
"""


def _start(tmp_path: Path, folder: Path) -> subprocess.Popen[bytes]:
    script = tmp_path / "killed.py"
    script.write_text(_KILLED, encoding="utf-8")
    paths = os.pathsep.join([*sys.path])
    return subprocess.Popen(
        [sys.executable, str(script), str(folder)], env=os.environ | {"PYTHONPATH": paths}, stderr=subprocess.DEVNULL
    )


@pytest.mark.slow
def test_a_run_that_was_killed_at_any_moment_goes_on_as_if_nothing_had_happened(tmp_path: Path) -> None:
    undisturbed = tmp_path / "undisturbed"
    began = time.monotonic()
    assert _start(tmp_path, undisturbed).wait() == 0
    whole = time.monotonic() - began
    wanted = content(undisturbed)
    folder = tmp_path / "killed"
    for moment in range(10):
        process = _start(tmp_path, folder)
        time.sleep(whole * (moment + 1) / 11)
        process.send_signal(signal.SIGKILL)
        process.wait()
    assert _start(tmp_path, folder).wait() == 0
    assert content(folder) == wanted


def test_ctrl_c_keeps_what_was_read_and_the_next_run_goes_on(tmp_path: Path) -> None:
    given = documents(article(number) for number in range(40))

    def stop(report: Report) -> None:
        if report.seen >= 20 and not report.stopped:
            raise KeyboardInterrupt

    report = ingest(tmp_path, given, recipe(), LocalEngine(1), batch=20, progress=_once(stop))
    assert report.stopped
    assert 0 < report.articles < 40
    assert ingest(tmp_path, given, recipe(), LocalEngine(1), batch=20).articles == 40 - report.articles
    assert dragoman.open(tmp_path).articles(history=True).count() == 40


def _once(stop: object) -> object:
    """A Ctrl-C comes once."""
    left = [stop]

    def progress(report: Report) -> None:
        if left:
            try:
                left[0](report)  # type: ignore[operator]
            except KeyboardInterrupt:
                left.clear()
                raise

    return progress


def test_reading_again_with_newer_versions_keeps_the_older_reading_visible(tmp_path: Path) -> None:
    fill(tmp_path, [article(number) for number in range(10)])
    before = content(tmp_path)
    newer = recipe("1.1 model=a codebook=z knowledge=c", intensity=1.0)
    report = reread(tmp_path, newer, LocalEngine(1), since=FIRST + timedelta(days=4))
    assert report.articles == 6
    archive = dragoman.open(tmp_path)
    assert archive.articles().count() == 10
    assert archive.events().count() == 30
    assert archive.events(history=True).count() == 48
    one = article(7).id
    assert archive.reading(one).events[0].intensity == 4.0
    assert archive.reading(one, recipe().versions).events[0].intensity == 3.0
    assert [(item.versions, item.current) for item in archive.revisions(one)] == [
        (recipe().versions, False),
        (newer.versions, True),
    ]
    assert set(archive.info().versions) == {recipe().versions, newer.versions}
    assert content(tmp_path)["articles_history"] != before["articles_history"]
    assert set(before["articles_history"]) < set(content(tmp_path)["articles_history"])
    assert reread(tmp_path, newer, LocalEngine(1), since=FIRST + timedelta(days=4)).articles == 0
